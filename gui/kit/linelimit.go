package kit

import (
	"slices"

	"fyne.io/fyne/v2"

	"casebinder/gui/look"
)

// limitDashes tell limits apart that have one color: middling dashes, dots, long ones.
var limitDashes = [...]float32{5, 1.5, 11}

func limitDash(i int) float32 { return limitDashes[i%len(limitDashes)] }

// limitAir is between the words of a limit and any limit's line.
const limitAir = 2

// limits sets the words of each limit at its line: above it at the right end, else where
// no other limit's words stand, and no other line goes through them if there is such a place.
func (r *lineRenderer) limits() {
	p := &r.c.plot
	var lines, taken []box
	for _, l := range r.c.o.Limits {
		lines = append(lines, boxAt(p.x, p.yOf(l.Value)-limitAir/2, p.w, limitAir))
	}
	for _, l := range r.c.o.Limits {
		wide := min(textWidth(l.Text, false), p.w)
		places := limitPlaces(p, wide, p.yOf(l.Value))
		at, ok := firstFree(places, slices.Concat(lines, taken))
		if !ok {
			at, _ = firstFree(places, taken)
		}
		taken = append(taken, at)
		r.text(l.Text, Danger, at.from.X, at.from.Y, wide)
	}
}

// box is a part of the drawing.
type box struct{ from, to fyne.Position }

func boxAt(x, y, w, h float32) box { return box{fyne.NewPos(x, y), fyne.NewPos(x+w, y+h)} }

func (a box) meets(b box) bool {
	return a.from.X < b.to.X && b.from.X < a.to.X && a.from.Y < b.to.Y && b.from.Y < a.to.Y
}

// limitPlaces are where the words of a limit can stand whose line is at y, the best first.
func limitPlaces(p *plot, wide, y float32) []box {
	var places []box
	for _, x := range []float32{p.x + p.w - wide, p.x + 4, p.x + (p.w-wide)/2} {
		for _, top := range []float32{y - chartLine - limitAir, y + limitAir} {
			if top == y+limitAir && top+chartLine > p.y+p.h {
				continue // it would stand below the chart
			}
			places = append(places, boxAt(x, top, wide, chartLine))
		}
	}
	return places
}

// firstFree is the first place that meets nothing of what is taken; else the first one.
func firstFree(places, taken []box) (box, bool) {
	for _, one := range places {
		if !slices.ContainsFunc(taken, one.meets) {
			return one, true
		}
	}
	return places[0], false
}

// drawLimits draws the lines of the limits.
func (r *lineRenderer) drawLimits(d *pencil) {
	p := &r.c.plot
	for i, l := range r.c.o.Limits {
		d.line(look.Color(look.Red), 1.5, limitDash(i), fyne.NewPos(p.x, p.yOf(l.Value)), fyne.NewPos(p.x+p.w, p.yOf(l.Value)))
	}
}
