package kit

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"casebinder/gui/look"
)

// A Bar is one of a chart of bars.
type Bar struct {
	Label     string
	Value     float64 // from 0 on; below 0 is drawn as nothing, and its words tell it
	Low, High float64 // the ends of a whisker, such as an interval; both 0 draw none
	Text      string  // the figures in words, beside the bar: it reads without the picture
	Do        func()  // a click, or Enter; may be nil
}

// A BarChart shows values as bars, one below the other, each with its words. The
// keys ↑ ↓ move through them and Enter opens one; its height is that of its bars.
type BarChart struct {
	widget.BaseWidget
	bars    []Bar
	most    float64 // at the right end; at least the longest bar
	ui      *UI
	at      int
	hover   int // -1: none
	focused bool
}

// Room of a chart of bars.
const (
	barRow   = 24
	barThick = 12
)

// NewBarChart makes a chart. most is the value at the right end, such as 1 for
// shares; 0 takes the greatest of the bars.
func NewBarChart(u *UI, most float64, bars []Bar) *BarChart {
	c := &BarChart{ui: u, bars: bars, most: most, hover: -1}
	for _, b := range bars {
		c.most = max(c.most, b.Value, b.High)
	}
	c.ExtendBaseWidget(c)
	return c
}

// Bars are those that are shown.
func (c *BarChart) Bars() []Bar { return c.bars }

// TypedKey moves through the bars.
func (c *BarChart) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyUp:
		c.mark(c.at - 1)
	case fyne.KeyDown:
		c.mark(c.at + 1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		c.open(c.at)
	default:
		c.ui.Key(e.Name)
	}
}

// TypedRune is for Fyne.
func (c *BarChart) TypedRune(rune) {}

// FocusGained is for Fyne.
func (c *BarChart) FocusGained() { c.focus(true) }

// FocusLost is for Fyne.
func (c *BarChart) FocusLost() { c.focus(false) }

func (c *BarChart) focus(on bool) {
	c.focused = on
	c.Refresh()
}

func (c *BarChart) mark(i int) {
	if i >= 0 && i < len(c.bars) {
		c.at = i
		c.Refresh()
	}
}

func (c *BarChart) open(i int) {
	if i >= 0 && i < len(c.bars) && c.bars[i].Do != nil {
		c.bars[i].Do()
	}
}

// Tapped is for Fyne.
func (c *BarChart) Tapped(e *fyne.PointEvent) {
	i := int(e.Position.Y / barRow)
	c.mark(i)
	c.open(i)
}

// MouseIn is for Fyne.
func (c *BarChart) MouseIn(e *desktop.MouseEvent) { c.MouseMoved(e) }

// MouseMoved is for Fyne.
func (c *BarChart) MouseMoved(e *desktop.MouseEvent) { c.point(int(e.Position.Y / barRow)) }

// MouseOut is for Fyne.
func (c *BarChart) MouseOut() { c.point(-1) }

func (c *BarChart) point(i int) {
	if i != c.hover {
		c.hover = i
		c.Refresh()
	}
}

// Cursor is for Fyne.
func (c *BarChart) Cursor() desktop.Cursor {
	if c.hover >= 0 && c.hover < len(c.bars) && c.bars[c.hover].Do != nil {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// CreateRenderer is for Fyne.
func (c *BarChart) CreateRenderer() fyne.WidgetRenderer {
	r := &barRenderer{c: c}
	r.raster = canvas.NewRaster(r.draw)
	for range c.bars {
		r.labels = append(r.labels, NewText("", Plain, look.Text, false))
		r.values = append(r.values, NewText("", Plain, look.Text, true))
	}
	return r
}

type barRenderer struct {
	c              *BarChart
	raster         *canvas.Raster
	labels, values []*canvas.Text
	left, right    float32 // where bars begin, and where the longest ends
}

func (r *barRenderer) Destroy() {}

func (r *barRenderer) MinSize() fyne.Size {
	return fyne.NewSize(280, float32(len(r.c.bars))*barRow+2)
}

func (r *barRenderer) Objects() []fyne.CanvasObject {
	all := []fyne.CanvasObject{r.raster}
	for i := range r.labels {
		all = append(all, r.labels[i], r.values[i])
	}
	return all
}

func (r *barRenderer) Refresh() {
	r.Layout(r.c.Size())
	canvas.Refresh(r.raster)
	canvas.Refresh(r.c)
}

// Layout is for Fyne: names at the left, figures at the right, at most a third of
// the width each.
func (r *barRenderer) Layout(size fyne.Size) {
	r.raster.Resize(size)
	names, figures := float32(0), float32(0)
	for _, b := range r.c.bars {
		names, figures = max(names, textWidth(b.Label, false)), max(figures, textWidth(b.Text, true))
	}
	names, figures = min(names, size.Width/3), min(figures, size.Width/3)
	r.left, r.right = names+10, max(size.Width-figures-12, names+12)
	for i, b := range r.c.bars {
		y := float32(i)*barRow + (barRow-chartLine)/2
		r.labels[i].Text, r.labels[i].Color = fit(b.Label, names+1, false), Plain.ink()
		Put(r.labels[i], 2, y)
		r.values[i].Text, r.values[i].Color = fit(b.Text, figures+1, true), Plain.ink()
		Put(r.values[i], r.right+8, y)
	}
}

func (r *barRenderer) draw(w, h int) image.Image {
	c := r.c
	size := r.raster.Size()
	d := newPencil(w, h, size)
	if w < 2 || h < 2 {
		return d.to
	}
	for i, b := range c.bars {
		y := float32(i) * barRow
		switch {
		case c.focused && i == c.at:
			d.rect(look.Color(look.RowMark), 0, y, size.Width, barRow)
		case i == c.hover && b.Do != nil:
			d.rect(look.Color(look.RowHover), 0, y, size.Width, barRow)
		}
		r.drawBar(d, b, y+barRow/2)
	}
	d.line(look.Color(look.Muted), 1, 0, fyne.NewPos(r.left, 0), fyne.NewPos(r.left, float32(len(c.bars))*barRow))
	return d.to
}

// drawBar draws a bar around a height, and its whisker.
func (r *barRenderer) drawBar(d *pencil, b Bar, middle float32) {
	if r.c.most <= 0 {
		return
	}
	x := func(v float64) float32 { return r.left + (r.right-r.left)*float32(max(v, 0)/r.c.most) }
	if b.Value > 0 {
		d.rect(look.Color(theme.ColorNamePrimary), r.left, middle-barThick/2, max(x(b.Value)-r.left, 1), barThick)
	}
	if b.Low == 0 && b.High == 0 {
		return
	}
	ink := look.Color(theme.ColorNameForeground)
	d.line(ink, 1.5, 0, fyne.NewPos(x(b.Low), middle), fyne.NewPos(x(b.High), middle))
	for _, v := range []float64{b.Low, b.High} {
		d.line(ink, 1.5, 0, fyne.NewPos(x(v), middle-4), fyne.NewPos(x(v), middle+4))
	}
}
