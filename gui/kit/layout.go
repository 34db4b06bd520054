package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"casebinder/gui/look"
	"casebinder/gui/words"
)

func Hairline() fyne.CanvasObject {
	line := canvas.NewRectangle(look.Color(look.Hairline))
	line.SetMinSize(fyne.NewSize(1, 1))
	return line
}

// HairlineTight puts a hairline on top of an object, without a gap.
func HairlineTight(o fyne.CanvasObject) fyne.CanvasObject {
	return Stacked(0, Hairline(), o)
}

// OnResize is a layout that fills its room and tells when it has changed.
func OnResize(changed func()) fyne.Layout { return resizeLayout{changed} }

type resizeLayout struct{ changed func() }

// Layout is for Fyne.
func (r resizeLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(size)
	}
	r.changed()
}

// MinSize is for Fyne.
func (r resizeLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return size
}

// Put places a text.
func Put(t *canvas.Text, x, y float32) {
	t.Move(fyne.NewPos(x, y))
	t.Resize(t.MinSize())
}

// SystemKeys writes a shortcut as the system does.
func SystemKeys(keys string) string { return words.Keys(keys) }
