package main

import (
	"os"

	"golang.org/x/sys/windows"
)

// handedOver keeps the standard files as they were: one that nobody holds any more is
// closed, and these are the console's own.
var handedOver = []*os.File{os.Stdin, os.Stdout, os.Stderr}

// joinConsole joins the console from which a command was started: a program that opens
// without a console window has none of its own. What was redirected stays so.
func joinConsole() {
	const parent = ^uintptr(0)
	if joined, _, _ := windows.NewLazySystemDLL("kernel32.dll").NewProc("AttachConsole").Call(parent); joined == 0 {
		return // it has one already, or whoever started it has none
	}
	// Whether a file is a console was looked at before there was one.
	os.Stdin = onConsole(windows.Stdin, "CONIN$", os.O_RDONLY, handedOver[0])
	os.Stdout = onConsole(windows.Stdout, "CONOUT$", os.O_WRONLY, handedOver[1])
	os.Stderr = onConsole(windows.Stderr, "CONOUT$", os.O_WRONLY, handedOver[2])
}

// onConsole is a standard file as it was handed over, or the console where none was.
func onConsole(handle windows.Handle, console string, flag int, before *os.File) *os.File {
	if handle != 0 && handle != windows.InvalidHandle {
		return os.NewFile(uintptr(handle), before.Name())
	}
	if f, err := os.OpenFile(console, flag, 0); err == nil {
		return f
	}
	return before
}
