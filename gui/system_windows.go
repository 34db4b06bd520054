package gui

import (
	"fmt"
	"runtime"
	"syscall"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"golang.org/x/sys/windows"
)

// openInSystem opens a file or a folder in the program that Windows has for it, by its
// plain path: an address in which Chinese letters are percent-encoded finds nothing.
func openInSystem(_ fyne.App, path string) error {
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return err
	}
	runtime.LockOSThread() // what opens it may be an object of this thread's
	defer runtime.UnlockOSThread()
	switch err := windows.CoInitializeEx(0, windows.COINIT_APARTMENTTHREADED|windows.COINIT_DISABLE_OLE1DDE); err {
	case nil, syscall.Errno(1): // begun, or it was already
		defer windows.CoUninitialize()
	}
	if err := windows.ShellExecute(0, nil, name, nil, nil, windows.SW_SHOWNORMAL); err != nil {
		return fmt.Errorf("opening %s: %w", path, err)
	}
	return nil
}

// handleOf is the window as Windows knows it, nil where that cannot be told.
func handleOf(w fyne.Window) any {
	native, ok := w.(driver.NativeWindow)
	if !ok {
		return nil
	}
	var handle any
	native.RunNative(func(context any) {
		if c, ok := context.(driver.WindowsWindowContext); ok {
			handle = c.HWND
		}
	})
	return handle
}
