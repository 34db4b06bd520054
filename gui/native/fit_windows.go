package native

import (
	"image"
	"log/slog"
	"unsafe"

	"fyne.io/fyne/v2"
	"golang.org/x/sys/windows"
)

var (
	monitorFromWindow = user32.NewProc("MonitorFromWindow")
	getMonitorInfo    = user32.NewProc("GetMonitorInfoW")
	getWindowRect     = user32.NewProc("GetWindowRect")
	isZoomed          = user32.NewProc("IsZoomed")
	setWindowPos      = user32.NewProc("SetWindowPos")
)

// Flags of Windows.
const (
	nearestMonitor = 2
	keepOrder      = 0x0004 // SWP_NOZORDER
	keepActive     = 0x0010 // SWP_NOACTIVATE
)

// A monitorInfo is MONITORINFO.
type monitorInfo struct {
	size         uint32
	screen, work windows.Rect
	flags        uint32
}

// Fit puts the window, its frame included, into that part of its screen that no bar of
// tasks covers. The toolkit asks for a size and looks at no screen: at 150 % a window would
// reach beyond a small laptop's. Call it on the main goroutine, once the window is shown.
func Fit(w fyne.Window) {
	handle, ok := Handle(w).(uintptr)
	if !ok {
		return
	}
	if zoomed, _, _ := isZoomed.Call(handle); zoomed != 0 {
		return
	}
	var at windows.Rect
	info := monitorInfo{size: uint32(unsafe.Sizeof(monitorInfo{}))}
	screen, _, _ := monitorFromWindow.Call(handle, nearestMonitor)
	if ok, _, err := getMonitorInfo.Call(screen, uintptr(unsafe.Pointer(&info))); ok == 0 {
		slog.Warn("asking Windows for the screen", "error", err)
		return
	}
	if ok, _, err := getWindowRect.Call(handle, uintptr(unsafe.Pointer(&at))); ok == 0 {
		slog.Warn("asking Windows for the window", "error", err)
		return
	}
	is := rectangle(at)
	to := fitted(is, rectangle(info.work))
	if to == is {
		return
	}
	if ok, _, err := setWindowPos.Call(handle, 0, uintptr(to.Min.X), uintptr(to.Min.Y), uintptr(to.Dx()), uintptr(to.Dy()), keepOrder|keepActive); ok == 0 {
		slog.Warn("fitting the window to the screen", "error", err)
	}
}

func rectangle(r windows.Rect) image.Rectangle {
	return image.Rect(int(r.Left), int(r.Top), int(r.Right), int(r.Bottom))
}
