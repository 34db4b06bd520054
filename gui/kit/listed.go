package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/gui/look"
)

// lowWindow is the height of a window in which tabs, a strip and six rows with their
// filters no longer stand under each other: 640 is asked of us, and a screen of 768 at
// 150 % leaves 486.
const lowWindow = 660

// Low reports whether the window is so low that what is not a list says itself shortly.
func (u *UI) Low() bool { return u.Window.Canvas().Size().Height < lowWindow }

// leastRows is how many rows of a list can be read before what stands around it gives way.
const leastRows = 6

// A Yield is a part that gives way where a window is low: its short form, or nothing,
// takes its place.
type Yield struct {
	Object *fyne.Container
	Keep   func() bool // it is to be seen now, whatever room there is; may be nil
	room   *yieldRoom
}

// NewYield makes a part that gives way; short may be nil.
func NewYield(full, short fyne.CanvasObject) *Yield {
	if short == nil {
		short = container.NewStack()
	}
	room := &yieldRoom{}
	// Each form has a box of its own, so that who hides what is in it is not overruled.
	y := &Yield{Object: container.New(room, container.NewStack(full), container.NewStack(short)), room: room}
	y.Object.Objects[1].Hide()
	return y
}

type yieldRoom struct{ short bool }

func (r *yieldRoom) shown(objects []fyne.CanvasObject) (now, other fyne.CanvasObject) {
	if r.short {
		return objects[1], objects[0]
	}
	return objects[0], objects[1]
}

// MinSize is for Fyne.
func (r *yieldRoom) MinSize(objects []fyne.CanvasObject) fyne.Size {
	now, _ := r.shown(objects)
	return now.MinSize()
}

// Layout is for Fyne.
func (r *yieldRoom) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	now, other := r.shown(objects)
	if other.Visible() {
		other.Hide()
	}
	if !now.Visible() {
		now.Show()
	}
	now.Move(fyne.NewPos(0, 0))
	now.Resize(size)
}

// Listed puts a list between what stands above it and below it. Where the list would
// have less than six rows, the yields give way, the first of them first.
func Listed(above, list, below fyne.CanvasObject, yields ...*Yield) *fyne.Container {
	return container.New(&listedRoom{yields}, above, list, below)
}

type listedRoom struct{ yields []*Yield }

// give lets as many yields give way as a height asks for.
func (r *listedRoom) give(objects []fyne.CanvasObject, height float32) {
	for _, y := range r.yields {
		y.room.short = false
	}
	for _, y := range r.yields {
		if around(objects)+leastRows*look.Row+look.Row <= height { // and the head of the list
			return
		}
		y.room.short = y.Keep == nil || !y.Keep()
	}
}

// around is the height of what stands above and below.
func around(objects []fyne.CanvasObject) float32 {
	height := float32(0)
	for _, o := range []fyne.CanvasObject{objects[0], objects[2]} {
		if o.Visible() {
			height += o.MinSize().Height
		}
	}
	return height
}

// MinSize is for Fyne. It is that of the short forms: a window can be made as low as
// they allow.
func (r *listedRoom) MinSize(objects []fyne.CanvasObject) fyne.Size {
	was := make([]bool, len(r.yields))
	for i, y := range r.yields {
		was[i], y.room.short = y.room.short, true
	}
	least := fyne.NewSize(0, around(objects)+objects[1].MinSize().Height)
	for i, y := range r.yields {
		y.room.short = was[i]
	}
	for _, o := range objects {
		least.Width = max(least.Width, o.MinSize().Width)
	}
	return least
}

// Layout is for Fyne.
func (r *listedRoom) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range []fyne.CanvasObject{objects[0], objects[2]} { // how high its texts are is known once they have a width
		o.Resize(fyne.NewSize(size.Width, o.MinSize().Height))
	}
	r.give(objects, size.Height)
	y := float32(0)
	place := func(o fyne.CanvasObject, height float32) {
		o.Resize(fyne.NewSize(size.Width, height))
		o.Move(fyne.NewPos(0, y))
		y += height
	}
	above, list, below := objects[0], objects[1], objects[2]
	foot := below.MinSize().Height
	if above.Visible() {
		place(above, above.MinSize().Height)
	}
	place(list, max(size.Height-y-foot, 0))
	place(below, foot)
	for _, y := range r.yields { // one that changed its form within its old size hears of nothing
		y.room.Layout(y.Object.Objects, y.Object.Size())
	}
}
