package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"casebinder/gui/look"
)

// minThumb is how small the thumb of a scroll bar can be.
const minThumb = 24

// scrollBar scrolls over any length, counted in float64.
type scrollBar struct {
	widget.BaseWidget
	upright           bool
	at, view, content float64
	moved             func(at float64)
	thumb             *canvas.Rectangle
	hovered           bool
}

var (
	_ fyne.Draggable    = (*scrollBar)(nil)
	_ fyne.Tappable     = (*scrollBar)(nil)
	_ desktop.Hoverable = (*scrollBar)(nil)
)

func newScrollBar(upright bool, moved func(at float64)) *scrollBar {
	b := &scrollBar{upright: upright, moved: moved, thumb: canvas.NewRectangle(nil)}
	b.thumb.CornerRadius = 3
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer is for Fyne.
func (b *scrollBar) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewWithoutLayout(b.thumb))
}

// Resize is for Fyne.
func (b *scrollBar) Resize(size fyne.Size) {
	b.BaseWidget.Resize(size)
	b.place()
}

func (b *scrollBar) set(at, view, content float64) {
	if b.at == at && b.view == view && b.content == content && b.thumb.FillColor != nil {
		return
	}
	b.at, b.view, b.content = at, view, content
	b.place()
}

func (b *scrollBar) length() float64 {
	if b.upright {
		return float64(b.Size().Height)
	}
	return float64(b.Size().Width)
}

func (b *scrollBar) thumbLength() float64 {
	return max(minThumb, b.length()*b.view/b.content)
}

func (b *scrollBar) place() {
	if b.content <= b.view || b.view <= 0 {
		b.thumb.Hide()
		return
	}
	b.thumb.FillColor = look.Color(theme.ColorNameScrollBar)
	thick := float32(5)
	if b.hovered {
		thick = 8
	}
	long := b.thumbLength()
	pos := float32((b.length() - long) * b.at / (b.content - b.view))
	side := (barWidth - thick) / 2
	if b.upright {
		b.thumb.Move(fyne.NewPos(side, pos))
		b.thumb.Resize(fyne.NewSize(thick, float32(long)))
	} else {
		b.thumb.Move(fyne.NewPos(pos, side))
		b.thumb.Resize(fyne.NewSize(float32(long), thick))
	}
	b.thumb.Show()
	b.thumb.Refresh()
}

// Dragged is for Fyne.
func (b *scrollBar) Dragged(e *fyne.DragEvent) {
	by := float64(e.Dragged.DX)
	if b.upright {
		by = float64(e.Dragged.DY)
	}
	if way := b.length() - b.thumbLength(); way > 0 && b.content > b.view {
		b.jump(b.at + by*(b.content-b.view)/way)
	}
}

// DragEnd is for Fyne.
func (b *scrollBar) DragEnd() {}

// Tapped goes a page up or down.
func (b *scrollBar) Tapped(e *fyne.PointEvent) {
	pos, start := float64(e.Position.X), float64(b.thumb.Position().X)
	if b.upright {
		pos, start = float64(e.Position.Y), float64(b.thumb.Position().Y)
	}
	switch {
	case pos < start:
		b.jump(b.at - b.view)
	case pos > start+b.thumbLength():
		b.jump(b.at + b.view)
	}
}

func (b *scrollBar) jump(at float64) {
	b.at = max(0, min(at, b.content-b.view))
	b.place()
	b.moved(b.at)
}

// MouseIn is for Fyne.
func (b *scrollBar) MouseIn(*desktop.MouseEvent) { b.hovered = true; b.place() }

// MouseMoved is for Fyne.
func (b *scrollBar) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (b *scrollBar) MouseOut() { b.hovered = false; b.place() }
