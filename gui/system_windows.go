package gui

import (
	"fmt"
	"runtime"
	"syscall"

	"fyne.io/fyne/v2"
	"golang.org/x/sys/windows"

	"casebinder/gui/native"
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

// mayComeForward lets the window that is open already come to the front: Windows allows
// it to the program alone that a person started last.
func mayComeForward() {
	const any = ^uintptr(0)
	user32.NewProc("AllowSetForegroundWindow").Call(any) //nolint:errcheck // else it blinks in the task bar
}

// restoreWindow brings a window back that was made small.
func restoreWindow(w fyne.Window) {
	handle, ok := native.Handle(w).(uintptr)
	if !ok || handle == 0 {
		return
	}
	if small, _, _ := user32.NewProc("IsIconic").Call(handle); small != 0 {
		user32.NewProc("ShowWindow").Call(handle, windows.SW_RESTORE) //nolint:errcheck // it tells how it was before
	}
}

var user32 = windows.NewLazySystemDLL("user32.dll")
