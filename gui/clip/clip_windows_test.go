package clip

import (
	"bytes"
	"errors"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"unsafe"

	"golang.org/x/sys/windows"

	"casebinder/data"
)

var (
	emptyClipboard = user32.NewProc("EmptyClipboard")
	setData        = user32.NewProc("SetClipboardData")
	globalAlloc    = kernel32.NewProc("GlobalAlloc")
)

// put gives the clipboard one form of content, as another program does.
func put(t *testing.T, form uintptr, content []byte) {
	t.Helper()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := opened(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer closeClipboard.Call() //nolint:errcheck // it is open
	emptyClipboard.Call()       //nolint:errcheck // what follows would fail
	const movable = 2
	handle, _, err := globalAlloc.Call(movable, uintptr(len(content)))
	at, _, _ := globalLock.Call(handle)
	if at == 0 {
		t.Fatal(err)
	}
	copy(unsafe.Slice((*byte)(pointer(at)), len(content)), content)
	globalUnlock.Call(handle) //nolint:errcheck // it is locked
	if ok, _, err := setData.Call(form, handle); ok == 0 {
		t.Fatal(err)
	}
}

// header is that of a DIB of one by two pixels.
func header(size, bits, packing byte, height int8) []byte {
	h := append([]byte{size, 0, 0, 0, 1, 0, 0, 0, byte(height), 0, 0, 0, 1, 0, bits, 0, packing}, make([]byte, int(size)-17)...)
	if height < 0 {
		h[9], h[10], h[11] = 0xFF, 0xFF, 0xFF
	}
	if size == 124 {
		copy(h[40:], []byte{0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 0, 0, 0, 0, 255})
	}
	return h
}

// TestScreenshots reads red above blue from each form in which Windows keeps it.
func TestScreenshots(t *testing.T) {
	name, err := windows.UTF16PtrFromString("PNG")
	if err != nil {
		t.Fatal(err)
	}
	asPNG, _, _ := registerForm.Call(uintptr(unsafe.Pointer(name)))
	join := func(head []byte, pixels ...byte) []byte { return append(head, pixels...) }
	for kind, c := range map[string]struct {
		form    uintptr
		content []byte
	}{
		"PNG":                    {asPNG, pngOf(t, color.NRGBA{R: 255, A: 255})},
		"32 bits, alpha empty":   {formDIB, join(header(40, 32, 0, 2), 255, 0, 0, 0, 0, 0, 255, 0)},
		"24 bits":                {formDIB, join(header(40, 24, 0, 2), 255, 0, 0, 0, 0, 0, 255, 0)},
		"from above":             {formDIB, join(header(40, 32, 0, -2), 0, 0, 255, 0, 255, 0, 0, 0)},
		"V5, alpha empty":        {formDIBV5, join(header(124, 32, 3, 2), 255, 0, 0, 0, 0, 0, 255, 0)},
		"V5, opaque":             {formDIBV5, join(header(124, 32, 3, 2), 255, 0, 0, 255, 0, 0, 255, 255)},
		"V5, opaque, from above": {formDIBV5, join(header(124, 32, 3, -2), 0, 0, 255, 255, 255, 0, 0, 255)},
	} {
		put(t, c.form, c.content)
		got, err := Read(t.Context())
		if err != nil {
			t.Errorf("%s: %v", kind, err)
			continue
		}
		img, err := png.Decode(bytes.NewReader(got.Picture))
		if err != nil {
			t.Errorf("%s: %v", kind, err)
			continue
		}
		if top := color.NRGBAModel.Convert(img.At(0, 0)); top != (color.NRGBA{R: 255, A: 255}) {
			t.Errorf("%s: %v at the top", kind, top)
		}
	}
}

func TestAnInvisiblePictureIsRefused(t *testing.T) {
	name, err := windows.UTF16PtrFromString("PNG")
	if err != nil {
		t.Fatal(err)
	}
	asPNG, _, _ := registerForm.Call(uintptr(unsafe.Pointer(name)))
	put(t, asPNG, pngOf(t, color.NRGBA{R: 255}))
	_, err = Read(t.Context())
	if p, ok := errors.AsType[*data.Problem](err); !ok || p.Kind != ProblemInvisible {
		t.Errorf("got %v", err)
	}
}

// TestCopiedFiles reads what the Explorer leaves when files are copied.
func TestCopiedFiles(t *testing.T) {
	want := []string{filepath.Join(os.TempDir(), "label 1.jpg"), filepath.Join(os.TempDir(), "面单.png")}
	drop := append([]byte{20, 0, 0, 0}, make([]byte, 12)...)
	drop = append(drop, 1, 0, 0, 0) // names of 16 bits a letter
	for _, path := range want {
		letters, err := windows.UTF16FromString(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range letters {
			drop = append(drop, byte(l), byte(l>>8))
		}
	}
	put(t, formFiles, append(drop, 0, 0))
	got, err := Read(t.Context())
	if err != nil || !slices.Equal(got.Files, want) {
		t.Errorf("got %q, %v", got.Files, err)
	}
}

// TestAnotherProgramHoldsTheClipboard lets a thread of its own hold it.
func TestAnotherProgramHoldsTheClipboard(t *testing.T) {
	held, let, free := make(chan error), make(chan struct{}), make(chan struct{})
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		window, _, _ := user32.NewProc("GetDesktopWindow").Call()
		ok, _, err := openClipboard.Call(window)
		if ok != 0 {
			err = nil
		}
		held <- err
		<-let
		closeClipboard.Call() //nolint:errcheck // it is open
		close(free)
	}()
	if err := <-held; err != nil {
		t.Fatal(err)
	}
	_, err := Read(t.Context())
	if p, ok := errors.AsType[*data.Problem](err); !ok || p.Kind != ProblemBusy {
		t.Errorf("held by another: %v", err)
	}
	close(let)
	<-free
	if _, err := Read(t.Context()); err != nil {
		t.Errorf("let go: %v", err)
	}
}
