package native

import (
	"runtime"
	"testing"
	"unsafe"

	"golang.org/x/sys/windows"
)

// An input method that asks for its place is told where the caret was put.
func TestThePlaceOfTheCaret(t *testing.T) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	class, err := windows.UTF16PtrFromString("STATIC")
	if err != nil {
		t.Fatal(err)
	}
	const shown = 0x10000000
	window, _, err := user32.NewProc("CreateWindowExW").Call(0, uintptr(unsafe.Pointer(class)), 0, shown, 0, 0, 300, 200, 0, 0, 0, 0)
	if window == 0 {
		t.Skipf("no window can be made here: %v", err)
	}
	defer user32.NewProc("DestroyWindow").Call(window) //nolint:errcheck // the process ends
	for _, at := range []point{{30, 40}, {120, 7}} {
		placeCaret(window, at, 18)
		context, _, _ := imm32.NewProc("ImmGetContext").Call(window)
		if context == 0 {
			t.Skip("this Windows has no input methods")
		}
		var text composition
		var list candidate
		imm32.NewProc("ImmGetCompositionWindow").Call(context, uintptr(unsafe.Pointer(&text)))  //nolint:errcheck // seen below
		imm32.NewProc("ImmGetCandidateWindow").Call(context, 0, uintptr(unsafe.Pointer(&list))) //nolint:errcheck // seen below
		imm32.NewProc("ImmReleaseContext").Call(window, context)                                //nolint:errcheck // it was got
		if text.style != formPoint || text.at != at {
			t.Errorf("what is composed stands at %v (%x), the caret at %v", text.at, text.style, at)
		}
		if want := (rect{at.x, at.y, at.x + 1, at.y + 18}); list.style != formExclude || list.area != want {
			t.Errorf("the candidates keep off %v (%x), not off %v", list.area, list.style, want)
		}
	}
}
