//go:build !windows

package gui

// takeOpenGL does nothing: these systems have one OpenGL, with Mesa in it where it is needed.
func takeOpenGL() error { return nil }

func startWithMesa() bool { return false }

// mesaDir is "": nothing is looked for beside the program.
func mesaDir() string { return "" }
