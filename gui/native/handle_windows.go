package native

import (
	"log/slog"
	"unsafe"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"golang.org/x/sys/windows"
)

// ID is what Windows knows the program by; the installer's entry in the start menu says
// the same.
const ID = "Casebinder.Casebinder"

var (
	user32  = windows.NewLazySystemDLL("user32.dll")
	shell32 = windows.NewLazySystemDLL("shell32.dll")
	ole32   = windows.NewLazySystemDLL("ole32.dll")
	combase = windows.NewLazySystemDLL("combase.dll")
	imm32   = windows.NewLazySystemDLL("imm32.dll")
)

// Introduce tells Windows whose windows and notifications are this process's. Call it
// before the first window.
func Introduce() {
	id, err := windows.UTF16PtrFromString(ID)
	if err == nil {
		err = succeeded(shell32.NewProc("SetCurrentProcessExplicitAppUserModelID").Call(uintptr(unsafe.Pointer(id))))
	}
	if err != nil {
		slog.Warn("telling Windows the program's name", "error", err)
	}
}

// Handle is the window as Windows knows it, nil where that cannot be told. Call it on
// the main goroutine.
func Handle(w fyne.Window) any {
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
