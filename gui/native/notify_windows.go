package native

import (
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"
	"unsafe"

	"fyne.io/fyne/v2"
	"golang.org/x/sys/windows"
)

// Notify shows a notification, beside the main goroutine, on which it is to be called. Where
// Windows has none of its newer kind, or does not take one of the program's, it is a balloon.
func Notify(_ fyne.App, w fyne.Window, title, text string) {
	window, _ := Handle(w).(uintptr)
	go func() {
		enter.Do(func() {
			if err := startMenuEntry(); err != nil {
				slog.Warn("making the entry in the start menu", "error", err)
			}
		})
		err := toast(title, text)
		if err == nil {
			return
		}
		slog.Info("a notification is shown as a balloon", "because", err)
		if err := balloon(window, title, text); err != nil {
			slog.Warn("showing a notification", "error", err)
		}
	}()
}

// enter makes the entry in the start menu once a run: Windows shows the notifications of
// programs that have one.
var enter sync.Once

// notifyIcon is NOTIFYICONDATAW.
type notifyIcon struct {
	size                uint32
	window              uintptr
	id, flags, callback uint32
	icon                uintptr
	tip                 [128]uint16
	state, stateMask    uint32
	info                [256]uint16
	version             uint32
	infoTitle           [64]uint16
	infoFlags           uint32
	item                windows.GUID
	balloonIcon         uintptr
}

const (
	addIcon, changeIcon, deleteIcon = 0, 1, 2
	hasIcon, hasTip, hasInfo        = 0x02, 0x04, 0x10
	balloonID                       = 0xCA5E
	balloonStays                    = 30 * time.Second
)

// balloon shows a notification at an icon in the task bar, which goes with it.
func balloon(window uintptr, title, text string) error {
	n := &notifyIcon{window: window, id: balloonID, flags: hasIcon | hasTip | hasInfo, icon: ownIcon()}
	n.size = uint32(unsafe.Sizeof(*n))
	fill(n.tip[:], title)
	fill(n.infoTitle[:], title)
	fill(n.info[:], text)
	call := shell32.NewProc("Shell_NotifyIconW")
	done, _, err := call.Call(addIcon, uintptr(unsafe.Pointer(n)))
	if done == 0 { // that of the last one is still there
		done, _, err = call.Call(changeIcon, uintptr(unsafe.Pointer(n)))
	}
	if done == 0 {
		return err
	}
	time.AfterFunc(balloonStays, func() {
		call.Call(deleteIcon, uintptr(unsafe.Pointer(n))) //nolint:errcheck // another one may have taken it along
	})
	return nil
}

// fill writes a text into a field, as much as it holds.
func fill(field []uint16, text string) {
	encoded, err := windows.UTF16FromString(text)
	if err != nil {
		return // a text with a zero in it; the program's own words have none
	}
	copy(field[:len(field)-1], encoded)
}

// ownIcon is the program's, 0 where it has none.
func ownIcon() uintptr {
	program, err := os.Executable()
	if err != nil {
		return 0
	}
	name, err := windows.UTF16PtrFromString(program)
	if err != nil {
		return 0
	}
	var small uintptr
	shell32.NewProc("ExtractIconExW").Call(uintptr(unsafe.Pointer(name)), 0, 0, uintptr(unsafe.Pointer(&small)), 1) //nolint:errcheck // 0 is told
	return small
}

// startMenuEntry makes the program's entry in the start menu, with its ID, where there is
// none: the installer makes one. A program in a folder for temporary files gets none.
func startMenuEntry() error {
	programs, err := windows.KnownFolderPath(windows.FOLDERID_Programs, 0)
	if err != nil {
		return err
	}
	entry := filepath.Join(programs, "Casebinder.lnk")
	program, err := os.Executable()
	if err != nil {
		return err
	}
	if _, err := os.Stat(entry); err == nil || within(program, os.TempDir()) {
		return nil
	}
	return makeShortcut(entry, program)
}

// within reports whether a file lies in a folder or below it.
func within(file, dir string) bool {
	inside, err := filepath.Rel(dir, file)
	return err == nil && filepath.IsLocal(inside)
}
