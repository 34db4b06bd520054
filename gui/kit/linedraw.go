package kit

import (
	"image"
	"image/color"
	"math"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"casebinder/gui/look"
)

// Room of a chart of lines.
const (
	chartLine  = 18 // of a text
	chartRight = 16 // right of the last point
	chartSign  = 22 // before a name
	chartStep  = 84 // between times on the axis, at least
)

// plot is where values and times stand.
type plot struct {
	x, y, w, h float32
	from, to   time.Time
	steps      []float64 // of the upright axis
}

func (p *plot) xOf(at time.Time) float32 {
	span := p.to.Sub(p.from)
	if span <= 0 {
		return p.x + p.w/2
	}
	return p.x + p.w*float32(float64(at.Sub(p.from))/float64(span))
}

func (p *plot) yOf(v float64) float32 {
	low, high := p.steps[0], p.steps[len(p.steps)-1]
	return p.y + p.h*float32((high-v)/(high-low))
}

func (p *plot) timeAt(x float32) time.Time {
	share := min(max(float64((x-p.x)/p.w), 0), 1)
	return p.from.Add(time.Duration(share * float64(p.to.Sub(p.from))))
}

func (p *plot) at(l LinePoint) fyne.Position { return fyne.NewPos(p.xOf(l.At), p.yOf(l.Value)) }

func markNumber(i int) string { return "[" + strconv.Itoa(i+1) + "]" }

// seriesInk is the color of a line, and how its line is broken.
func seriesInk(i int) (ink color.Color, dash float32) {
	switch i % 3 {
	case 0:
		return look.Color(theme.ColorNamePrimary), 0
	case 1:
		return look.Color(theme.ColorNameForeground), 7
	}
	return look.Color(look.Muted), 3
}

// lineRenderer draws the lines into one picture, and sets texts around it.
type lineRenderer struct {
	c      *LineChart
	raster *canvas.Raster
	texts  []*canvas.Text
	keys   []lineKey
}

// lineKey is a name with what stands before it.
type lineKey struct {
	at     fyne.Position
	series int // -1: a mark, whose number is part of its text
}

func (r *lineRenderer) Destroy()           {}
func (r *lineRenderer) MinSize() fyne.Size { return fyne.NewSize(260, 180) }

func (r *lineRenderer) Objects() []fyne.CanvasObject {
	all := []fyne.CanvasObject{r.raster}
	for _, t := range r.texts {
		all = append(all, t)
	}
	return all
}

func (r *lineRenderer) Refresh() {
	r.Layout(r.c.Size())
	canvas.Refresh(r.raster)
	canvas.Refresh(r.c)
}

// Layout is for Fyne.
func (r *lineRenderer) Layout(size fyne.Size) {
	r.raster.Resize(size)
	r.texts, r.keys = r.texts[:0], r.keys[:0]
	c := r.c
	if len(c.times) == 0 {
		c.plot = plot{}
		r.text(c.o.Empty, Muted, 0, 0, size.Width)
		return
	}
	if told := c.Reading(); told != "" {
		r.text(told, Plain, 0, 0, size.Width)
	}
	top := r.names(size.Width)
	c.plot = r.frame(size, top)
	r.axes(size)
	r.limits()
}

// text sets a line of text, cut to a width.
func (r *lineRenderer) text(words string, role Role, x, y, width float32) *canvas.Text {
	t := NewText(fit(words, width, false), role, look.Text, false)
	Put(t, x, y)
	r.texts = append(r.texts, t)
	return t
}

// names sets what each line and mark is, in as many rows as they take, and
// gives where the chart begins. The first row is that of the reading.
func (r *lineRenderer) names(width float32) (below float32) {
	x, y := float32(0), float32(chartLine)
	put := func(words string, sign float32, series int) {
		wide := min(sign+textWidth(words, false)+12, width)
		if x > 0 && x+wide > width {
			x, y = 0, y+chartLine
		}
		r.keys = append(r.keys, lineKey{fyne.NewPos(x, y+chartLine/2), series})
		r.text(words, Plain, x+sign, y, width-sign)
		x += wide
	}
	for i, s := range r.c.o.Series {
		put(s.Name, chartSign, i)
	}
	for i, m := range r.c.o.Marks {
		put(markNumber(i)+" "+m.Text, 0, -1)
	}
	return y + chartLine + 4
}

// frame works out where values and times stand.
func (r *lineRenderer) frame(size fyne.Size, top float32) plot {
	c := r.c
	low, high := 0.0, 0.0
	for _, s := range c.o.Series {
		for _, p := range s.Points {
			if !math.IsNaN(p.Value) {
				low, high = math.Min(low, p.Value), math.Max(high, p.Value)
			}
		}
	}
	for _, l := range c.o.Limits {
		low, high = math.Min(low, l.Value), math.Max(high, l.Value)
	}
	p := plot{steps: niceSteps(low, high), from: c.times[0], to: c.times[len(c.times)-1]}
	left := float32(0)
	for _, v := range p.steps {
		left = max(left, textWidth(c.o.Value(v), false))
	}
	p.x, p.y = left+8, top+chartLine // room for the numbers of marks
	p.w, p.h = max(size.Width-p.x-chartRight, 1), max(size.Height-p.y-chartLine-4, 1)
	return p
}

// axes sets the values and times at the steps, and the numbers of marks.
func (r *lineRenderer) axes(size fyne.Size) {
	c, p := r.c, &r.c.plot
	for _, v := range p.steps {
		words := c.o.Value(v)
		r.text(words, Muted, p.x-8-textWidth(words, false), p.yOf(v)-chartLine/2, size.Width)
	}
	end := float32(-chartStep)
	for _, at := range c.times {
		words := c.o.Time(at)
		wide := textWidth(words, false)
		x := min(max(p.xOf(at)-wide/2, 0), size.Width-wide)
		if x < end+12 {
			continue
		}
		r.text(words, Muted, x, p.y+p.h+4, size.Width)
		end = max(x+wide, x+chartStep-12)
	}
	for i, m := range c.o.Marks {
		if c.inside(m.At) {
			r.text(markNumber(i), Muted, p.xOf(m.At)-8, p.y-chartLine, 40)
		}
	}
}

// inside reports whether a time is between the first and the last.
func (c *LineChart) inside(at time.Time) bool {
	return !at.Before(c.plot.from) && !at.After(c.plot.to)
}

// draw paints all that is no text.
func (r *lineRenderer) draw(w, h int) image.Image {
	c := r.c
	d := newPencil(w, h, r.raster.Size())
	if len(c.times) == 0 || c.plot.w == 0 || w < 2 || h < 2 {
		return d.to
	}
	p := &c.plot
	for _, v := range p.steps {
		d.line(look.Color(look.Hairline), 1, 0, fyne.NewPos(p.x, p.yOf(v)), fyne.NewPos(p.x+p.w, p.yOf(v)))
	}
	for _, m := range c.o.Marks {
		if c.inside(m.At) {
			d.line(look.Color(look.Muted), 1, 2, fyne.NewPos(p.xOf(m.At), p.y), fyne.NewPos(p.xOf(m.At), p.y+p.h))
		}
	}
	r.drawLimits(d)
	for i, s := range c.o.Series {
		r.drawSeries(d, i, s)
	}
	if c.read >= 0 && c.read < len(c.times) {
		x := p.xOf(c.times[c.read])
		d.line(look.Color(theme.ColorNamePrimary), 1, 0, fyne.NewPos(x, p.y), fyne.NewPos(x, p.y+p.h))
	}
	r.drawKeys(d)
	return d.to
}

// drawSeries draws a line, and signs where there is room for them.
func (r *lineRenderer) drawSeries(d *pencil, i int, s LineSeries) {
	p := &r.c.plot
	ink, dash := seriesInk(i)
	signed := s.Alone || float32(len(s.Points))*14 <= p.w
	for k, point := range s.Points {
		if math.IsNaN(point.Value) {
			continue
		}
		at := p.at(point)
		before := k > 0 && !math.IsNaN(s.Points[k-1].Value)
		after := k+1 < len(s.Points) && !math.IsNaN(s.Points[k+1].Value)
		if before && !s.Alone {
			d.line(ink, 2, dash, p.at(s.Points[k-1]), at)
		}
		if signed || !before && !after {
			d.sign(ink, i, at, 3.5)
		}
	}
}

// drawKeys draws what stands before the names.
func (r *lineRenderer) drawKeys(d *pencil) {
	for _, k := range r.keys {
		if k.series < 0 {
			continue
		}
		ink, dash := seriesInk(k.series)
		if !r.c.o.Series[k.series].Alone {
			d.line(ink, 2, dash, k.at, k.at.AddXY(16, 0))
		}
		d.sign(ink, k.series, k.at.AddXY(8, 0), 3.5)
	}
}
