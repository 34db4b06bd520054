package picture

import (
	"image"
	"math/bits"
	"slices"
)

// Shapes are filled with integers alone: a pixel has 256 units across and is cut
// into 16 lines, so that the edge of a mark is smooth and the same on every
// machine.
const (
	unit  = 256
	lines = 16
)

type point struct{ x, y int }

// polygon is a closed line; its points are in units.
type polygon []point

// shape is filled where polygons wind around a pixel, once or more often.
type shape []polygon

// turned gives a polygon the one direction that all have, so that those that
// overlap never cancel each other.
func (p polygon) turned() polygon {
	area := 0
	for i, a := range p {
		b := p[(i+1)%len(p)]
		area += a.x*b.y - b.x*a.y
	}
	if area < 0 {
		slices.Reverse(p)
	}
	return p
}

// rows calls draw for each row of the picture that the shape touches, with how
// much of each pixel from x on is covered: 0 to 256. The slice is good until draw
// returns.
func (s shape) rows(picture image.Rectangle, draw func(y, x int, cover []int)) {
	bounds := s.bounds().Intersect(picture)
	if bounds.Empty() {
		return
	}
	heights := make([]image.Rectangle, len(s))
	for i, p := range s {
		heights[i] = shape{p}.bounds()
	}
	cover := make([]int, bounds.Dx())
	var here shape
	var crossings []crossing
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		here = here[:0]
		for i, h := range heights {
			if h.Min.Y <= y && y < h.Max.Y {
				here = append(here, s[i])
			}
		}
		clear(cover)
		for line := range lines {
			crossings = here.line(y*unit+line*unit/lines+unit/lines/2, bounds.Min.X, cover, crossings[:0])
		}
		draw(y, bounds.Min.X, cover)
	}
}

// bounds is the shape's, in whole pixels.
func (s shape) bounds() image.Rectangle {
	var all image.Rectangle
	for _, p := range s {
		for _, at := range p {
			x, y := at.x>>8, at.y>>8
			all = all.Union(image.Rect(x, y, x+1, y+1))
		}
	}
	return all
}

type crossing struct{ x, wind int }

// line adds what one line at height y covers. It uses the room of all and gives it
// back.
func (s shape) line(y, left int, cover []int, all []crossing) []crossing {
	for _, p := range s {
		for i, a := range p {
			b := p[(i+1)%len(p)]
			wind := 1
			if a.y > b.y {
				a, b, wind = b, a, -1
			}
			if a.y <= y && y < b.y {
				all = append(all, crossing{a.x + (y-a.y)*(b.x-a.x)/(b.y-a.y), wind})
			}
		}
	}
	slices.SortFunc(all, func(a, b crossing) int { return a.x - b.x })
	wind := 0
	for i, c := range all {
		if wind != 0 {
			span(all[i-1].x-left*unit, c.x-left*unit, cover)
		}
		wind += c.wind
	}
	return all
}

// span adds a stretch of one line, in units from the first pixel.
func span(from, to int, cover []int) {
	from, to = max(0, from), min(to, len(cover)*unit)
	for from < to {
		end := min(to, (from/unit+1)*unit)
		cover[from/unit] += (end - from) * (256 / lines) / unit
		from = end
	}
}

// disk is a circle around a point, of a radius in units.
func disk(center point, radius int) polygon {
	var p polygon
	k := radius * 5523 / 10000 // a quarter of a circle as a cubic curve
	r := radius
	for _, q := range [4][6]int{
		{r, k, k, r, 0, r}, {-k, r, -r, k, -r, 0}, {-r, -k, -k, -r, 0, -r}, {k, -r, r, -k, r, 0},
	} {
		from := point{r, 0}
		if len(p) > 0 {
			from = point{p[len(p)-1].x - center.x, p[len(p)-1].y - center.y}
		}
		const steps = 24
		for t := 1; t <= steps; t++ {
			u := steps - t
			at := func(a, b, c, d int) int {
				return (u*u*u*a + 3*u*u*t*b + 3*u*t*t*c + t*t*t*d) / (steps * steps * steps)
			}
			p = append(p, point{center.x + at(from.x, q[0], q[2], q[4]), center.y + at(from.y, q[1], q[3], q[5])})
		}
	}
	return p.turned()
}

// band is a straight line of a width, in units, without caps.
func band(a, b point, width int) polygon {
	dx, dy := b.x-a.x, b.y-a.y
	length := hypot(dx, dy)
	if length == 0 {
		return nil
	}
	nx, ny := -dy*width/2/length, dx*width/2/length
	return polygon{{a.x + nx, a.y + ny}, {b.x + nx, b.y + ny}, {b.x - nx, b.y - ny}, {a.x - nx, a.y - ny}}.turned()
}

// grown is a shape of one polygon with a rim around it.
func grown(p polygon, rim int) shape {
	s := shape{p}
	for i, a := range p {
		if b := band(a, p[(i+1)%len(p)], 2*rim); b != nil {
			s = append(s, b)
		}
		s = append(s, disk(a, rim))
	}
	return s
}

// hypot is the length of a line, cut off.
func hypot(dx, dy int) int {
	return isqrt(uint64(dx)*uint64(dx) + uint64(dy)*uint64(dy))
}

// isqrt is the square root, cut off.
func isqrt(v uint64) int {
	if v == 0 {
		return 0
	}
	x := uint64(1) << ((bits.Len64(v) + 1) / 2)
	for {
		y := (x + v/x) / 2
		if y >= x {
			return int(x)
		}
		x = y
	}
}
