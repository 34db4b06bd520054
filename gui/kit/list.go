package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// ListOptions say what a List lists.
type ListOptions struct {
	Name  string // in the trace
	Count func() int
	Make  func() fyne.CanvasObject
	Draw  func(i int, row fyne.CanvasObject)
	At    func() int  // the chosen row; -1: none
	Chose func(i int) // a row was chosen
	Press func(i int) // what a click does beside; may be nil
	Deeds func(i int) Deeds
	Line  func(i int) string // a row as text
}

// A List lists rows of several lines, with Deeds as every list has them. The arrows
// choose.
type List struct {
	widget.List
	ui      *UI
	options ListOptions
}

// NewList makes one.
func NewList(u *UI, o ListOptions) *List {
	l := &List{ui: u, options: o}
	l.Length, l.CreateItem, l.UpdateItem = o.Count, func() fyne.CanvasObject { return NewItem(u, o.Make()) }, l.draw
	l.OnSelected = o.Chose
	l.HideSeparators = true
	l.ExtendBaseWidget(l)
	Trace(o.Name, l)
	return l
}

func (l *List) draw(i widget.ListItemID, o fyne.CanvasObject) {
	if i >= l.options.Count() {
		return
	}
	item := o.(*Item)
	item.Choose = func() {
		l.ui.Window.Canvas().Focus(l)
		l.Select(i)
	}
	if l.options.Press != nil {
		item.Press = func() { l.options.Press(i) }
	}
	item.Deeds, item.Text = func() Deeds { return l.deeds(i) }, func() string { return l.line(i) }
	l.options.Draw(i, item.Content)
}

func (l *List) has(i int) bool { return i >= 0 && i < l.options.Count() }

func (l *List) deeds(i int) Deeds {
	if !l.has(i) {
		return nil
	}
	return l.options.Deeds(i)
}

func (l *List) line(i int) string {
	if !l.has(i) {
		return ""
	}
	return l.options.Line(i)
}

func (l *List) copy() {
	if at := l.options.At(); l.has(at) {
		l.ui.Copy(l.line(at), copiedWords())
	}
}

// TypedKey is for Fyne.
func (l *List) TypedKey(e *fyne.KeyEvent) {
	at, deeds := l.options.At(), l.deeds(l.options.At())
	switch {
	case e.Name == fyne.KeyUp && l.options.Count() > 0:
		l.Select(max(at-1, 0))
	case e.Name == fyne.KeyDown && l.options.Count() > 0:
		l.Select(min(at+1, l.options.Count()-1))
	case deeds.Typed(l.ui, e.Name, func() { deeds.Menu(l.ui, Below(l), 1, l.copy) }):
	case !l.ui.key(e.Name):
		l.List.TypedKey(e)
	}
}

// TypedShortcut copies the chosen row.
func (l *List) TypedShortcut(s fyne.Shortcut) { l.ui.TypedCopy(s, l.copy) }
