package kit

import (
	"context"
	"errors"
	"log/slog"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"casebinder/gui/look"
	"casebinder/gui/words"
)

// problemPanel is the place below the window's content in which errors stay
// until they are read.
type problemPanel struct {
	ui     *UI
	object *fyne.Container
	moved  func() // lays the window out anew: a part that hides leaves its room otherwise
}

func newProblemPanel(u *UI) *problemPanel {
	p := &problemPanel{ui: u, object: container.NewVBox(), moved: func() {}}
	p.object.Hide()
	return p
}

// Problem shows an error where it stays until it is read: in the sheet that is
// open, else below the content. What was canceled by the person is no error.
// Call it on the main goroutine.
func (u *UI) Problem(err error) {
	if err == nil || errors.Is(err, context.Canceled) {
		return
	}
	slog.Warn("shown to the person", "error", err)
	what, do := words.Problem(err)
	Event("problem", "what", what, "do", do)
	if n := len(u.sheets); n > 0 {
		u.sheets[n-1].showProblem(err)
		return
	}
	box := u.problems.object
	var item fyne.CanvasObject
	item = NewProblem(u, err, func() {
		box.Remove(item)
		if len(box.Objects) == 0 {
			box.Hide()
		}
		u.problems.moved()
	})
	if len(box.Objects) > 1 {
		box.Remove(box.Objects[0])
	}
	box.Add(item)
	box.Show()
	u.problems.moved()
}

// ClearProblem takes away what the open sheet says of a try that went wrong, once one
// went well.
func (u *UI) ClearProblem() {
	if n := len(u.sheets); n > 0 {
		u.sheets[n-1].ClearProblem()
	}
}

// NewProblem draws an error: what is wrong, what to do, a button that copies
// both, and one that closes it when close is given.
func NewProblem(u *UI, err error, closed func()) fyne.CanvasObject {
	what, do := words.Problem(err)
	return NewWarning(u, what, do, err.Error(), closed)
}

// NewWarning draws what is wrong and what to do, with buttons that copy both and
// the detail, that do more, and that close it when closed is given.
func NewWarning(u *UI, what, do, detail string, closed func(), more ...fyne.CanvasObject) fyne.CanvasObject {
	head, next := wrapped("! "+what, fyne.TextStyle{Bold: true}), wrapped(do, fyne.TextStyle{})
	buttons := container.NewHBox(more...)
	buttons.Add(NewButton("", words.T("do.copy"), func() { u.Copy(what+"\n"+do+"\n\n"+detail, words.T("toast.copied")) }))
	if closed != nil {
		b := NewButton("", words.T("do.close"), closed)
		buttons.Add(b)
		Trace("problem.close", b)
	}
	back := canvas.NewRectangle(look.Color(look.RedWash))
	text := container.New(tightColumn{}, head, next)
	return container.NewStack(back, container.NewPadded(container.NewBorder(nil, nil, nil, container.NewVBox(buttons), text)))
}

// tightColumn stacks objects without the gap of a VBox.
type tightColumn struct{}

func (tightColumn) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		o.Resize(fyne.NewSize(size.Width, o.MinSize().Height))
		h := o.MinSize().Height
		o.Resize(fyne.NewSize(size.Width, h))
		o.Move(fyne.NewPos(0, y))
		y += h
	}
}

func (tightColumn) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for _, o := range objects {
		if o.Visible() {
			m := o.MinSize()
			size = fyne.NewSize(max(size.Width, m.Width), size.Height+m.Height)
		}
	}
	return size
}
