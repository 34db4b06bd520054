package kit

import (
	"fyne.io/fyne/v2"

	"casebinder/gui/look"
)

// limitDashes tell limits apart that have one color: middling dashes, dots, long ones.
var limitDashes = [...]float32{5, 1.5, 11}

func limitDash(i int) float32 { return limitDashes[i%len(limitDashes)] }

// limits sets the words of each limit at its line: above it at the right end, else where
// no other limit's words stand.
func (r *lineRenderer) limits() {
	p := &r.c.plot
	var taken []fyne.Position
	for _, l := range r.c.o.Limits {
		wide := min(textWidth(l.Text, false), p.w)
		y := p.yOf(l.Value)
		at := limitPlace(p, wide, y, taken)
		taken = append(taken, at, at.AddXY(wide, chartLine))
		r.text(l.Text, Danger, at.X, at.Y, wide)
	}
}

// limitPlace is where the words of a limit stand whose line is at y. taken are the
// corners of other words.
func limitPlace(p *plot, wide, y float32, taken []fyne.Position) fyne.Position {
	right, middle := p.x+p.w-wide, p.x+(p.w-wide)/2
	for _, at := range []fyne.Position{
		{X: right, Y: y - chartLine},
		{X: right, Y: y + 1},
		{X: p.x + 4, Y: y - chartLine},
		{X: p.x + 4, Y: y + 1},
		{X: middle, Y: y - chartLine},
		{X: middle, Y: y + 1},
	} {
		free := at.Y >= p.y-chartLine && at.Y+chartLine <= p.y+p.h
		for i := 0; i < len(taken); i += 2 {
			a, b := taken[i], taken[i+1]
			free = free && (at.X >= b.X || at.X+wide <= a.X || at.Y >= b.Y || at.Y+chartLine <= a.Y)
		}
		if free {
			return at
		}
	}
	return fyne.NewPos(right, y-chartLine)
}

// drawLimits draws the lines of the limits.
func (r *lineRenderer) drawLimits(d *pencil) {
	p := &r.c.plot
	for i, l := range r.c.o.Limits {
		d.line(look.Color(look.Red), 1.5, limitDash(i), fyne.NewPos(p.x, p.yOf(l.Value)), fyne.NewPos(p.x+p.w, p.yOf(l.Value)))
	}
}
