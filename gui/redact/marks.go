package redact

import (
	"image"
	"math"
	"slices"

	"casebinder/data"
)

// markTools are the kinds of marks in the order of their keys, 1 to 5.
var markTools = []data.EditKind{data.EditBox, data.EditPixels, data.EditArrow, data.EditFrame, data.EditNumber}

// marks are what is drawn on a picture, in pixels of its upright original, with
// what is needed to take steps back.
type marks struct {
	size   image.Point // of the original
	list   []data.Edit
	chosen int // -1: none

	past, future [][]data.Edit
	nudged       int // the mark that the last step moved by a key; -1: none
}

func newMarks(size image.Point, list []data.Edit) *marks {
	return &marks{size: size, list: slices.Clone(list), chosen: -1, nudged: -1}
}

// step keeps the marks as they are, to come back to.
func (m *marks) step() {
	m.past = append(m.past, slices.Clone(m.list))
	m.future = nil
	m.nudged = -1
}

// undo takes the last step back and reports whether there was one.
func (m *marks) undo() bool { return m.back(&m.past, &m.future) }

// redo takes a step again that was taken back.
func (m *marks) redo() bool { return m.back(&m.future, &m.past) }

func (m *marks) back(from, to *[][]data.Edit) bool {
	n := len(*from)
	if n == 0 {
		return false
	}
	*to = append(*to, m.list)
	m.list, *from = (*from)[n-1], (*from)[:n-1]
	m.nudged = -1
	if m.chosen >= len(m.list) {
		m.chosen = len(m.list) - 1
	}
	return true
}

// mark is the chosen mark.
func (m *marks) mark() (data.Edit, bool) {
	if m.chosen < 0 || m.chosen >= len(m.list) {
		return data.Edit{}, false
	}
	return m.list[m.chosen], true
}

// add puts a mark on top of the others and chooses it.
func (m *marks) add(e data.Edit) {
	m.step()
	m.list = append(m.list, e)
	m.chosen = len(m.list) - 1
}

// remove takes the chosen mark away and chooses the one before it.
func (m *marks) remove() bool {
	if _, ok := m.mark(); !ok {
		return false
	}
	m.step()
	m.list = slices.Delete(m.list, m.chosen, m.chosen+1)
	m.chosen = min(m.chosen, len(m.list)-1)
	return true
}

// next chooses the next mark, or the one before; after the last comes the first.
func (m *marks) next(by int) bool {
	n := len(m.list)
	if n == 0 {
		return false
	}
	switch {
	case m.chosen < 0 && by < 0:
		m.chosen = n - 1
	case m.chosen < 0:
		m.chosen = 0
	default:
		m.chosen = (m.chosen + by + n) % n
	}
	return true
}

// nudge moves the chosen mark by pixels; one move after the other is one step.
func (m *marks) nudge(dx, dy int) bool {
	return m.byKey(func(e data.Edit) data.Edit { return m.moved(e, dx, dy) })
}

// stretch makes the chosen mark wider and higher by pixels.
func (m *marks) stretch(dx, dy int) bool {
	return m.byKey(func(e data.Edit) data.Edit {
		if e.Kind == data.EditNumber {
			return e
		}
		return m.resized(e, grip{1, 1}, image.Pt(e.X+e.W+dx, e.Y+e.H+dy))
	})
}

func (m *marks) byKey(change func(data.Edit) data.Edit) bool {
	e, ok := m.mark()
	if !ok {
		return false
	}
	to := change(e)
	if to == e {
		return false
	}
	if m.nudged != m.chosen {
		m.step()
		m.nudged = m.chosen
	}
	m.list[m.chosen] = to
	return true
}

// count changes the number of the chosen mark.
func (m *marks) count(by int) bool {
	e, ok := m.mark()
	if !ok || e.Kind != data.EditNumber || e.Number+by < 1 || e.Number+by > 99 {
		return false
	}
	m.step()
	m.list[m.chosen].Number += by
	return true
}

// nextNumber is the number that a new numbered mark gets.
func (m *marks) nextNumber() int {
	n := 0
	for _, e := range m.list {
		n = max(n, e.Number)
	}
	return min(n+1, 99)
}

// drawn is the mark that a tool makes from one point to another. It reports
// whether there is enough of it to keep.
func (m *marks) drawn(kind data.EditKind, from, to image.Point) (data.Edit, bool) {
	from, to = m.inside(from), m.inside(to)
	switch kind {
	case data.EditArrow:
		e := data.Edit{Kind: kind, X: from.X, Y: from.Y, W: to.X - from.X, H: to.Y - from.Y}
		return e, e.W != 0 || e.H != 0
	case data.EditNumber:
		to.X, to.Y = min(to.X, m.size.X-1), min(to.Y, m.size.Y-1)
		return data.Edit{Kind: kind, X: to.X, Y: to.Y, Number: m.nextNumber()}, true
	case data.EditBox, data.EditPixels, data.EditFrame:
	}
	r := image.Rectangle{Min: from, Max: to}.Canon()
	return data.Edit{Kind: kind, X: r.Min.X, Y: r.Min.Y, W: r.Dx(), H: r.Dy()}, !r.Empty()
}

// inside is the point on the picture that is nearest; its far border counts.
func (m *marks) inside(p image.Point) image.Point {
	return image.Pt(max(0, min(p.X, m.size.X)), max(0, min(p.Y, m.size.Y)))
}

// moved is a mark elsewhere. It stays on the picture.
func (m *marks) moved(e data.Edit, dx, dy int) data.Edit {
	r := around(e)
	far := m.size
	if e.Kind == data.EditNumber {
		far = far.Sub(image.Pt(1, 1)) // its middle is a pixel
	}
	e.X += max(-r.Min.X, min(dx, far.X-r.Max.X))
	e.Y += max(-r.Min.Y, min(dy, far.Y-r.Max.Y))
	return e
}

// around is the rectangle that a mark's points span.
func around(e data.Edit) image.Rectangle {
	return image.Rectangle{Min: image.Pt(e.X, e.Y), Max: image.Pt(e.X+e.W, e.Y+e.H)}.Canon()
}

// grip is a handle of a mark: -1 is its left or upper side, 1 its right or lower
// one, 0 neither. Of an arrow {-1, -1} is the tail and {1, 1} the tip.
type grip struct{ x, y int }

// grips lists the handles of a mark.
func grips(e data.Edit) []grip {
	switch e.Kind {
	case data.EditArrow:
		return []grip{{-1, -1}, {1, 1}}
	case data.EditNumber:
		return nil
	case data.EditBox, data.EditPixels, data.EditFrame:
	}
	return []grip{{-1, -1}, {1, -1}, {-1, 1}, {1, 1}, {0, -1}, {0, 1}, {-1, 0}, {1, 0}}
}

// at is where a handle lies, in halves of a pixel of the original.
func (g grip) at(e data.Edit) (x, y float64) {
	return float64(e.X) + float64(e.W)*float64(g.x+1)/2, float64(e.Y) + float64(e.H)*float64(g.y+1)/2
}

// resized is a mark with one of its handles moved to a point.
func (m *marks) resized(e data.Edit, g grip, to image.Point) data.Edit {
	to = m.inside(to)
	x0, y0, x1, y1 := e.X, e.Y, e.X+e.W, e.Y+e.H
	move := func(side int, low, high *int, at int) {
		switch side {
		case -1:
			*low = at
		case 1:
			*high = at
		}
	}
	move(g.x, &x0, &x1, to.X)
	move(g.y, &y0, &y1, to.Y)
	r := data.Edit{Kind: e.Kind, X: x0, Y: y0, W: x1 - x0, H: y1 - y0, Number: e.Number}
	if e.Kind != data.EditArrow {
		a := around(r)
		r.X, r.Y, r.W, r.H = a.Min.X, a.Min.Y, a.Dx(), a.Dy()
		if r.W == 0 || r.H == 0 {
			return e
		}
	} else if r.W == 0 && r.H == 0 {
		return e
	}
	return r
}

// hit is the topmost mark at a point of the original, or -1. near is how many
// pixels beside a line still count.
func (m *marks) hit(x, y, near float64) int {
	for i, e := range slices.Backward(m.list) {
		if touches(e, x, y, near, m.numberSize()) {
			return i
		}
	}
	return -1
}

// numberSize is about the radius of a numbered mark, in pixels of the original.
func (m *marks) numberSize() float64 { return float64(max(3, (m.size.X+m.size.Y)/300)) * 5 }

func touches(e data.Edit, x, y, near, number float64) bool {
	r := around(e)
	x0, y0, x1, y1 := float64(r.Min.X), float64(r.Min.Y), float64(r.Max.X), float64(r.Max.Y)
	switch e.Kind {
	case data.EditNumber:
		return math.Hypot(x-x0, y-y0) <= max(number, near)
	case data.EditArrow:
		return fromLine(x, y, float64(e.X), float64(e.Y), float64(e.X+e.W), float64(e.Y+e.H)) <= near
	case data.EditFrame:
		in := x > x0+near && x < x1-near && y > y0+near && y < y1-near
		return !in && x >= x0-near && x <= x1+near && y >= y0-near && y <= y1+near
	case data.EditBox, data.EditPixels:
	}
	return x >= x0 && x <= x1 && y >= y0 && y <= y1
}

// fromLine is how far a point lies from a stretch.
func fromLine(x, y, ax, ay, bx, by float64) float64 {
	dx, dy := bx-ax, by-ay
	t := 0.0
	if long := dx*dx + dy*dy; long > 0 {
		t = max(0, min(1, ((x-ax)*dx+(y-ay)*dy)/long))
	}
	return math.Hypot(x-ax-t*dx, y-ay-t*dy)
}
