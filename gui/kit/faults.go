package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/gui/look"
)

// Check asks every field, shows what is wrong under it, and gives the keys to the
// first that is wrong; it reports whether all are right. What is wrong goes away as
// soon as the field is right.
func (f *Form) Check() bool {
	first := f.mark()
	if first == nil {
		return true
	}
	c := fyne.CurrentApp().Driver().CanvasForObject(f.Object)
	if in := fieldsIn(first.Object); c != nil && len(in) > 0 {
		c.Focus(in[0])
		reveal(c, in[0].(fyne.CanvasObject))
	}
	return false
}

// Mark does what Check does and leaves the keys where they are: for what is worked
// out while a person types.
func (f *Form) Mark() bool { return f.mark() == nil }

func (f *Form) mark() (first *Field) {
	for _, one := range f.fields {
		err := one.check()
		one.SetError(err)
		if err != nil && first == nil {
			first = one
		}
	}
	f.Object.Refresh()
	if first != nil && !f.watched {
		f.watched = true
		for _, one := range f.fields {
			for _, in := range fieldsIn(one.Object) {
				hear(in, f.again)
			}
		}
	}
	return first
}

// again asks the fields that were found wrong once more: one of them, or one that it
// depends on, has changed.
func (f *Form) again() {
	for _, one := range f.fields {
		if one.fault.Visible() {
			one.SetError(one.check())
		}
	}
	f.Object.Refresh()
}

func (f *Field) check() error {
	if f.Check == nil {
		return nil
	}
	return f.Check()
}

// fieldsIn are the fields that one fills in within an object, in their order.
func fieldsIn(o fyne.CanvasObject) []fyne.Focusable {
	if box, ok := o.(*fyne.Container); ok {
		var all []fyne.Focusable
		for _, child := range inOrder(box) {
			all = append(all, fieldsIn(child)...)
		}
		return all
	}
	if f, ok := o.(fyne.Focusable); ok && o.Visible() {
		return []fyne.Focusable{f}
	}
	return nil
}

// inOrder gives the objects of a container with those last that are pressed: a border
// names its middle, the field, behind the buttons at its sides.
func inOrder(box *fyne.Container) []fyne.CanvasObject {
	var fields, rest []fyne.CanvasObject
	for _, o := range box.Objects {
		if f, ok := o.(fyne.Focusable); ok && isField(f) {
			fields = append(fields, o)
			continue
		}
		rest = append(rest, o)
	}
	return append(fields, rest...)
}

// hearer is a field of the kit that tells of each change.
type hearer interface{ hear(changed func()) }

// hear has changed called whenever a person fills the field in.
func hear(f fyne.Focusable, changed func()) {
	if h, ok := f.(hearer); ok {
		h.hear(changed)
	}
}

// after1 has a function called behind another one, which may be nil.
func after1[V any](before func(V), then func()) func(V) {
	return func(v V) {
		if before != nil {
			before(v)
		}
		then()
	}
}

func (e *Entry) hear(changed func())       { e.OnChanged = after1(e.OnChanged, changed) }
func (e *SelectEntry) hear(changed func()) { e.OnChanged = after1(e.OnChanged, changed) }
func (c *Choice[V]) hear(changed func())   { c.OnChanged = after1(c.OnChanged, changed) }
func (c *Check) hear(changed func())       { c.OnChanged = after1(c.OnChanged, changed) }

// reveal scrolls whatever holds an object until it is in view.
func reveal(c fyne.Canvas, o fyne.CanvasObject) {
	root := c.Content()
	if top := c.Overlays().Top(); top != nil {
		root = top
	}
	for _, s := range scrollsAround(root, o) {
		d := fyne.CurrentApp().Driver()
		y := d.AbsolutePositionForObject(o).Y - d.AbsolutePositionForObject(s).Y
		switch height := s.Size().Height; {
		case y < 0:
			s.ScrollToOffset(s.Offset.AddXY(0, y-look.Gap))
		case y+o.Size().Height > height:
			s.ScrollToOffset(s.Offset.AddXY(0, y+o.Size().Height-height+look.Gap))
		}
	}
}

// scrollsAround are the scrolls in which an object stands, the outer one first; nil
// where it does not stand in root.
func scrollsAround(root, o fyne.CanvasObject) []*container.Scroll {
	all, _ := scrollsTo(root, o)
	return all
}

func scrollsTo(root, o fyne.CanvasObject) (scrolls []*container.Scroll, found bool) {
	if root == o {
		return nil, true
	}
	var within []fyne.CanvasObject
	switch v := root.(type) {
	case *fyne.Container:
		within = v.Objects
	case *container.Scroll:
		within = []fyne.CanvasObject{v.Content}
	case *container.Split:
		within = []fyne.CanvasObject{v.Leading, v.Trailing}
	case *widget.PopUp:
		within = []fyne.CanvasObject{v.Content}
	}
	for _, child := range within {
		if child == nil {
			continue
		}
		if below, ok := scrollsTo(child, o); ok {
			if s, is := root.(*container.Scroll); is {
				below = append([]*container.Scroll{s}, below...)
			}
			return below, true
		}
	}
	return nil, false
}
