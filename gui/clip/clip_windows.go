package clip

import (
	"context"
	"fmt"
	"runtime"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"

	"casebinder/data/picture"
)

// Forms of content, as Windows numbers them.
const (
	formDIB   = 8
	formFiles = 15
	formDIBV5 = 17
)

var (
	user32   = windows.NewLazySystemDLL("user32.dll")
	kernel32 = windows.NewLazySystemDLL("kernel32.dll")
	shell32  = windows.NewLazySystemDLL("shell32.dll")

	openClipboard   = user32.NewProc("OpenClipboard")
	closeClipboard  = user32.NewProc("CloseClipboard")
	getData         = user32.NewProc("GetClipboardData")
	isAvailable     = user32.NewProc("IsClipboardFormatAvailable")
	registerForm    = user32.NewProc("RegisterClipboardFormatW")
	globalLock      = kernel32.NewProc("GlobalLock")
	globalUnlock    = kernel32.NewProc("GlobalUnlock")
	globalSize      = kernel32.NewProc("GlobalSize")
	dragQueryFile   = shell32.NewProc("DragQueryFileW")
	askAgainAfter   = 20 * time.Millisecond
	allFiles        = uintptr(0xFFFFFFFF)
	mostOfClipboard = uintptr(1 << 30)
)

// read opens the clipboard, which one thread may do at a time.
func read(ctx context.Context) (Content, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := opened(ctx); err != nil {
		return Content{}, err
	}
	raw, files, err := taken()
	closeClipboard.Call() //nolint:errcheck // it was open
	if err != nil || len(files) > 0 {
		return Content{Files: files}, err
	}
	offers := []offer{
		{func() ([]byte, error) { return raw[0], nil }, decodeFile},
		{func() ([]byte, error) { return raw[1], nil }, picture.DecodeDIB},
		{func() ([]byte, error) { return raw[2], nil }, picture.DecodeDIB},
	}
	png, err := choose(ctx, offers)
	return Content{Picture: png}, err
}

// opened asks for the clipboard until it is free.
func opened(ctx context.Context) error {
	for {
		if ok, _, _ := openClipboard.Call(0); ok != 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return tooLong(ctx)
		case <-time.After(askAgainAfter):
		}
	}
}

// taken copies what is on the open clipboard: as PNG, as CF_DIBV5, as CF_DIB, and the
// names of files.
func taken() (raw [3][]byte, files []string, err error) {
	name, err := windows.UTF16PtrFromString("PNG")
	if err != nil {
		return raw, nil, err
	}
	asPNG, _, _ := registerForm.Call(uintptr(unsafe.Pointer(name)))
	for i, form := range []uintptr{asPNG, formDIBV5, formDIB} {
		if raw[i], err = content(form); err != nil {
			return raw, nil, err
		}
	}
	return raw, fileNames(), nil
}

// content copies one form; nil where the clipboard does not have it.
func content(form uintptr) ([]byte, error) {
	if has, _, _ := isAvailable.Call(form); form == 0 || has == 0 {
		return nil, nil
	}
	handle, _, _ := getData.Call(form)
	if handle == 0 {
		return nil, nil // the program that promised it did not give it
	}
	size, _, _ := globalSize.Call(handle)
	if size > mostOfClipboard {
		return nil, fmt.Errorf("the picture on the clipboard has %d bytes", size)
	}
	at, _, err := globalLock.Call(handle)
	if at == 0 {
		return nil, fmt.Errorf("reading the clipboard: %w", err)
	}
	defer globalUnlock.Call(handle) //nolint:errcheck // it is locked
	out := make([]byte, size)
	copy(out, unsafe.Slice((*byte)(pointer(at)), size))
	return out, nil
}

// pointer is memory of the system's, which the collector does not move.
func pointer(at uintptr) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&at)) }

// fileNames gives the paths of the files that were copied.
func fileNames() (files []string) {
	if has, _, _ := isAvailable.Call(formFiles); has == 0 {
		return nil
	}
	drop, _, _ := getData.Call(formFiles)
	if drop == 0 {
		return nil
	}
	n, _, _ := dragQueryFile.Call(drop, allFiles, 0, 0)
	for i := range n {
		length, _, _ := dragQueryFile.Call(drop, i, 0, 0)
		name := make([]uint16, length+1)
		dragQueryFile.Call(drop, i, uintptr(unsafe.Pointer(&name[0])), length+1) //nolint:errcheck // an empty name is left out
		if path := windows.UTF16ToString(name); path != "" {
			files = append(files, path)
		}
	}
	return files
}
