package native

import (
	"unsafe"

	"fyne.io/fyne/v2"
)

// Styles of composition and candidate windows.
const (
	formPoint   = 0x02 // the text begins at a point
	formExclude = 0x80 // the candidates stand beside a rectangle
)

type point struct{ x, y int32 }

type rect struct{ left, top, right, bottom int32 }

// A composition says where the text that is being composed stands, COMPOSITIONFORM.
type composition struct {
	style uint32
	at    point
	area  rect
}

// A candidate says where the list of candidates stands, CANDIDATEFORM.
type candidate struct {
	index, style uint32
	at           point
	area         rect
}

// PlacesCaret tells whether PlaceCaret does anything: where a caret is costs a walk over
// the window.
const PlacesCaret = true

// PlaceCaret tells input methods where the caret is on the window: they show there what is
// composed and its candidates. Without it these stand in a corner of the screen.
// Call it on the main goroutine.
func PlaceCaret(w fyne.Window, at fyne.Position, height float32) {
	window, ok := Handle(w).(uintptr)
	if !ok || window == 0 {
		return
	}
	scale := w.Canvas().Scale()
	placeCaret(window, point{int32(at.X * scale), int32(at.Y * scale)}, int32(height*scale))
}

func placeCaret(window uintptr, at point, height int32) {
	// Some input methods follow the caret of the system, which the toolkit does not have.
	// It is never shown.
	if made, _, _ := user32.NewProc("CreateCaret").Call(window, 0, 1, uintptr(height)); made != 0 {
		user32.NewProc("SetCaretPos").Call(uintptr(at.x), uintptr(at.y)) //nolint:errcheck // the next one may
	}
	context, _, _ := imm32.NewProc("ImmGetContext").Call(window)
	if context == 0 {
		return // nobody composes here
	}
	defer imm32.NewProc("ImmReleaseContext").Call(window, context) //nolint:errcheck // nothing is lost with it
	area := rect{at.x, at.y, at.x + 1, at.y + height}
	text := composition{style: formPoint, at: at, area: area}
	imm32.NewProc("ImmSetCompositionWindow").Call(context, uintptr(unsafe.Pointer(&text))) //nolint:errcheck // it stands in a corner, as it would
	list := candidate{style: formExclude, at: at, area: area}
	imm32.NewProc("ImmSetCandidateWindow").Call(context, uintptr(unsafe.Pointer(&list))) //nolint:errcheck // as above
}
