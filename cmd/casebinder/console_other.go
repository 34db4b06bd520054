//go:build !windows

package main

// joinConsole does nothing: on these systems a program has the terminal of whoever
// started it.
func joinConsole() {}
