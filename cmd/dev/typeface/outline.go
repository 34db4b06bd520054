package main

import (
	"math"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
)

// em is how many units the em of a made face has.
const em = 1000

// near is by how much, in units of the em, one cubic curve may miss the quadratic
// ones that it takes the place of: at 26 pixels an em, a fortieth of a pixel.
const near = 1.0

// maxJoined is how many quadratic curves become one cubic at most.
const maxJoined = 8

// A point is in units of the em.
type point struct{ x, y float64 }

func (p point) plus(q point) point       { return point{p.x + q.x, p.y + q.y} }
func (p point) minus(q point) point      { return point{p.x - q.x, p.y - q.y} }
func (p point) times(f float64) point    { return point{p.x * f, p.y * f} }
func (p point) cross(q point) float64    { return p.x*q.y - p.y*q.x }
func (p point) dot(q point) float64      { return p.x*q.x + p.y*q.y }
func (p point) rounded() point           { return point{math.Round(p.x), math.Round(p.y)} }
func (p point) distance(q point) float64 { return math.Hypot(p.x-q.x, p.y-q.y) }

// A piece of a contour is a line to its end, or a cubic curve with two handles.
type piece struct {
	line     bool
	one, two point
	end      point
}

// A contour begins at a point and closes there.
type contour struct {
	start  point
	pieces []piece
}

// A quad is a quadratic curve.
type quad struct{ from, handle, to point }

// contours gives the outline of a glyph in cubic curves with whole coordinates.
// Noto's Chinese and Korean were drawn with cubic curves and came to TrueType as
// several quadratic ones each; here they are joined again.
func contours(face *font.Face, gid font.GID) []contour {
	outline, _ := face.GlyphDataOutline(gid)
	scale := float64(em) / float64(face.Upem())
	at := func(p opentype.SegmentPoint) point { return point{float64(p.X) * scale, float64(p.Y) * scale} }
	var all []contour
	var quads []quad
	var pen point
	flush := func() {
		if len(quads) > 0 {
			last := &all[len(all)-1]
			last.pieces = append(last.pieces, joined(quads)...)
			quads = quads[:0]
		}
	}
	for _, s := range outline.Segments {
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			flush()
			pen = at(s.Args[0])
			all = append(all, contour{start: pen.rounded()})
		case opentype.SegmentOpLineTo:
			flush()
			pen = at(s.Args[0])
			last := &all[len(all)-1]
			last.pieces = append(last.pieces, piece{line: true, end: pen.rounded()})
		case opentype.SegmentOpQuadTo:
			quads = append(quads, quad{pen, at(s.Args[0]), at(s.Args[1])})
			pen = at(s.Args[1])
		}
	}
	flush()
	for i := range all {
		all[i].pieces = withoutStandstill(all[i])
	}
	return all
}

// withoutStandstill drops lines that go nowhere, and the line that closes a
// contour, which is drawn in any case.
func withoutStandstill(c contour) []piece {
	var kept []piece
	pen := c.start
	for _, p := range c.pieces {
		if !p.line || p.end != pen {
			kept = append(kept, p)
		}
		pen = p.end
	}
	if n := len(kept); n > 0 && kept[n-1].line && kept[n-1].end == c.start {
		kept = kept[:n-1]
	}
	return kept
}

// joined gives cubic curves for quadratic ones that follow each other: as few as
// stay near.
func joined(quads []quad) []piece {
	var pieces []piece
	for len(quads) > 0 {
		n := 1
		best := raised(quads[0])
		for try := 2; try <= min(maxJoined, len(quads)); try++ {
			if !smooth(quads[try-2], quads[try-1]) {
				break
			}
			cubic, ok := one(quads[:try])
			if !ok {
				break // a part of a cubic curve is one: what is longer fits no better
			}
			n, best = try, cubic
		}
		pieces = append(pieces, best)
		quads = quads[n:]
	}
	return pieces
}

// raised is a quadratic curve written as a cubic one.
func raised(q quad) piece {
	return piece{
		one: q.from.plus(q.handle.minus(q.from).times(2.0 / 3)).rounded(),
		two: q.to.plus(q.handle.minus(q.to).times(2.0 / 3)).rounded(),
		end: q.to.rounded(),
	}
}

// smooth tells that one curve goes on in the direction in which another ends.
func smooth(a, b quad) bool {
	in, out := a.to.minus(a.handle), b.handle.minus(b.from)
	return in.dot(out) > 0 && math.Abs(in.cross(out)) <= 0.1*in.dot(out)
}

// one gives the cubic curve with the directions of the first and the last of
// several quadratic curves at its ends. How far its handles reach is what brings
// it nearest to them by least squares.
func one(quads []quad) (piece, bool) {
	first, last := quads[0], quads[len(quads)-1]
	from, to := first.from, last.to
	a, b := first.handle.minus(from), last.handle.minus(to)
	points, times := samples(quads)
	for range 3 { // the times are bettered as the curve comes nearer
		var aa, ab, bb, ra, rb float64
		for i, t := range times {
			s := 1 - t
			f1, f2 := 3*s*s*t, 3*s*t*t
			rest := points[i].minus(from.times(s*s*s + f1)).minus(to.times(t*t*t + f2))
			aa += f1 * f1 * a.dot(a)
			ab += f1 * f2 * a.dot(b)
			bb += f2 * f2 * b.dot(b)
			ra += f1 * a.dot(rest)
			rb += f2 * b.dot(rest)
		}
		det := aa*bb - ab*ab
		if math.Abs(det) < 1e-9 {
			return piece{}, false
		}
		u, v := (ra*bb-rb*ab)/det, (rb*aa-ra*ab)/det
		if u <= 0 || v <= 0 {
			return piece{}, false
		}
		p := piece{one: from.plus(a.times(u)).rounded(), two: to.plus(b.times(v)).rounded(), end: to.rounded()}
		if fits(from.rounded(), p, points, times) {
			return p, true
		}
	}
	return piece{}, false
}

// samples gives points on the curves, and guesses by their lengths at what time
// one curve passes them.
func samples(quads []quad) ([]point, []float64) {
	const each = 4
	var points []point
	lengths := []float64{}
	total := 0.0
	pen := quads[0].from
	for _, q := range quads {
		for i := 1; i <= each; i++ {
			t := float64(i) / each
			p := q.from.times((1 - t) * (1 - t)).plus(q.handle.times(2 * t * (1 - t))).plus(q.to.times(t * t))
			total += p.distance(pen)
			pen = p
			points, lengths = append(points, p), append(lengths, total)
		}
	}
	for i := range lengths {
		lengths[i] /= total
	}
	return points, lengths
}

// fits tells whether a cubic curve passes near all points, and betters the times
// at which it does.
func fits(from point, p piece, points []point, times []float64) bool {
	good := true
	for i, want := range points {
		t := times[i]
		for range 2 { // Newton's steps towards the nearest point
			s := 1 - t
			at := cubicAt(from, p, t)
			d := p.one.minus(from).times(3 * s * s).plus(p.two.minus(p.one).times(6 * s * t)).plus(p.end.minus(p.two).times(3 * t * t))
			if d.dot(d) < 1e-9 {
				break
			}
			t = max(0, min(1, t-at.minus(want).dot(d)/d.dot(d)))
		}
		times[i] = t
		if cubicAt(from, p, t).distance(want) > near {
			good = false
		}
	}
	return good && stays(from, p, points)
}

// stays tells whether a cubic curve goes nowhere but past the points: one that
// swings out between two of them passes all.
func stays(from point, p piece, points []point) bool {
	const steps = 16
	for i := 1; i < steps; i++ {
		at := cubicAt(from, p, float64(i)/steps)
		nearest, before := math.Inf(1), from
		for _, next := range points {
			nearest, before = min(nearest, toLine(at, before, next)), next
		}
		if nearest > near {
			return false
		}
	}
	return true
}

// toLine is how far a point lies from the line between two.
func toLine(p, a, b point) float64 {
	d := b.minus(a)
	if d.dot(d) == 0 {
		return p.distance(a)
	}
	t := max(0, min(1, p.minus(a).dot(d)/d.dot(d)))
	return p.distance(a.plus(d.times(t)))
}

func cubicAt(from point, p piece, t float64) point {
	s := 1 - t
	return from.times(s * s * s).plus(p.one.times(3 * s * s * t)).plus(p.two.times(3 * s * t * t)).plus(p.end.times(t * t * t))
}
