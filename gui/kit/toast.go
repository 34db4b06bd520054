package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"casebinder/gui/look"
	"casebinder/gui/words"
)

// How long a toast stays; longer when something can be undone in it.
const (
	toastStays     = 4 * time.Second
	toastUndoStays = 10 * time.Second
)

type toastLayer struct {
	object *fyne.Container
	stack  *fyne.Container
	offers fyne.CanvasObject // the toast that offers Undo; nil: none does
}

func newToastLayer() *toastLayer {
	stack := container.NewVBox()
	bottom := container.NewHBox(layout.NewSpacer(), container.NewPadded(stack), layout.NewSpacer())
	return &toastLayer{stack: stack, object: container.NewVBox(layout.NewSpacer(), bottom, spacer(0, 76))}
}

// spacer is an empty object of a size.
func spacer(w, h float32) fyne.CanvasObject {
	r := canvas.NewRectangle(nil)
	r.SetMinSize(fyne.NewSize(w, h))
	return r
}

// Turned takes away the toast that offers Undo: what it speaks of was taken back by
// other ways, or is no longer the newest deed, and its button would take back another.
func (u *UI) Turned() {
	if u.toasts.offers != nil {
		u.toasts.stack.Remove(u.toasts.offers)
		u.toasts.object.Refresh()
		u.toasts.offers = nil
	}
}

// Toast says that something was done, at the bottom of the window, and goes by
// itself. With undo there is a button that takes it back. Call it on the main
// goroutine.
func (u *UI) Toast(text string, undo func()) {
	Event("toast", "text", text)
	label := NewText(text, Plain, look.Text, false)
	label.Color = look.Color(look.ToastInk)
	row := container.NewHBox(spacer(6, 30), container.NewCenter(label), spacer(6, 0))
	back := canvas.NewRectangle(look.Color(look.Toast))
	back.CornerRadius = 6
	toast := container.NewStack(back, row)
	stack := u.toasts.stack
	remove := func() {
		stack.Remove(toast)
		u.toasts.object.Refresh()
	}
	stays := toastStays
	if undo != nil {
		u.Turned() // the newest deed is what Undo takes back
		u.toasts.offers = toast
		stays = toastUndoStays
		b := NewButton("", words.T("do.undo"), func() { remove(); undo() })
		b.Importance = widget.HighImportance
		row.Add(container.NewCenter(b))
		row.Add(spacer(4, 0))
		Trace("toast.undo", b)
	}
	if len(stack.Objects) > 2 {
		stack.Remove(stack.Objects[0])
	}
	stack.Add(toast)
	u.toasts.object.Refresh()
	after(stays, remove)
}
