package kit

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"fyne.io/fyne/v2"
	"golang.org/x/image/vector"
)

// A pencil draws a chart into a picture, in units of the window. However many
// points a line has, it is one object of the window.
type pencil struct {
	to    *image.RGBA
	scale float32 // pixels in a unit
}

func newPencil(w, h int, size fyne.Size) *pencil {
	scale := float32(1)
	if size.Width > 0 {
		scale = float32(w) / size.Width
	}
	return &pencil{to: image.NewRGBA(image.Rect(0, 0, w, h)), scale: scale}
}

// fill paints the shape with these corners, as far as it lies in the picture.
func (p *pencil) fill(c color.Color, corners ...fyne.Position) {
	if len(corners) < 3 {
		return
	}
	box := p.box(corners)
	if box.Empty() {
		return
	}
	r := vector.NewRasterizer(box.Dx(), box.Dy())
	at := func(q fyne.Position) (x, y float32) {
		return q.X*p.scale - float32(box.Min.X), q.Y*p.scale - float32(box.Min.Y)
	}
	x, y := at(corners[0])
	r.MoveTo(x, y)
	for _, q := range corners[1:] {
		x, y = at(q)
		r.LineTo(x, y)
	}
	r.ClosePath()
	r.DrawOp = draw.Over
	r.Draw(p.to, box, image.NewUniform(c), image.Point{})
}

// box is the part of the picture that corners cover.
func (p *pencil) box(corners []fyne.Position) image.Rectangle {
	low, high := corners[0], corners[0]
	for _, q := range corners[1:] {
		low = fyne.NewPos(min(low.X, q.X), min(low.Y, q.Y))
		high = fyne.NewPos(max(high.X, q.X), max(high.Y, q.Y))
	}
	floor := func(v float32) int { return int(math.Floor(float64(v * p.scale))) }
	return image.Rect(floor(low.X), floor(low.Y), floor(high.X)+1, floor(high.Y)+1).Intersect(p.to.Bounds())
}

func (p *pencil) rect(c color.Color, x, y, w, h float32) {
	p.fill(c, fyne.NewPos(x, y), fyne.NewPos(x+w, y), fyne.NewPos(x+w, y+h), fyne.NewPos(x, y+h))
}

// line draws from a to b. dash is how long its pieces are, and as long the gaps
// between them; 0 draws it whole.
func (p *pencil) line(c color.Color, width, dash float32, a, b fyne.Position) {
	dx, dy := b.X-a.X, b.Y-a.Y
	long := float32(math.Hypot(float64(dx), float64(dy)))
	if long == 0 {
		return
	}
	dx, dy = dx/long, dy/long
	if dash <= 0 {
		dash = long
	}
	nx, ny := -dy*width/2, dx*width/2
	for at := float32(0); at < long; at += 2 * dash {
		end := min(at+dash, long)
		x1, y1, x2, y2 := a.X+dx*at, a.Y+dy*at, a.X+dx*end, a.Y+dy*end
		p.fill(c, fyne.NewPos(x1+nx, y1+ny), fyne.NewPos(x2+nx, y2+ny), fyne.NewPos(x2-nx, y2-ny), fyne.NewPos(x1-nx, y1-ny))
	}
}

// The signs of points, by which lines are told apart without colors.
const (
	signRound = iota
	signSquare
	signUp
	signDiamond
	signs
)

// sign draws the n-th sign around a place.
func (p *pencil) sign(c color.Color, n int, at fyne.Position, r float32) {
	corners := [...]int{signRound: 16, signSquare: 4, signUp: 3, signDiamond: 4}[n%signs]
	turn := [...]float64{signRound: 0, signSquare: math.Pi / 4, signUp: -math.Pi / 2, signDiamond: 0}[n%signs]
	if n%signs != signRound {
		r *= 1.25
	}
	var shape []fyne.Position
	for i := range corners {
		angle := turn + 2*math.Pi*float64(i)/float64(corners)
		shape = append(shape, fyne.NewPos(at.X+r*float32(math.Cos(angle)), at.Y+r*float32(math.Sin(angle))))
	}
	p.fill(c, shape...)
}

// niceSteps gives even values from 0 or below low to high or above, between 2 and
// 6 of them, at 1, 2 or 5 times a power of ten.
func niceSteps(low, high float64) []float64 {
	low, high = math.Min(low, 0), math.Max(high, 0)
	if !(high > low) || math.IsInf(high-low, 0) {
		return []float64{0, 1}
	}
	raw := (high - low) / 4
	step := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, by := range []float64{1, 2, 5, 10} {
		if by*step >= raw*(1-1e-9) {
			step *= by
			break
		}
	}
	var steps []float64
	for n := math.Floor(low/step + 1e-9); ; n++ {
		steps = append(steps, n*step)
		if n*step >= high*(1-1e-9) || len(steps) > 12 {
			return steps
		}
	}
}
