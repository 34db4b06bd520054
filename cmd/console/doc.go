//go:build windows

// Command console is what Windows calls casebinder.com: a terminal and a script take it
// before Casebinder.exe, which opens without a console window and for which neither of
// them waits. It is as large as an icon.
//
// Its one rule: it passes on and adds nothing: arguments, input, output, the console's
// keys and the exit code are those of Casebinder.exe.
package main
