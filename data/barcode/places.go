package barcode

import (
	"cmp"
	"math"
	"slices"
)

// A place is a part of a picture that looks like a code: lines beside each other, all
// the same way, or much light and dark close together.
type place struct {
	x, y   float64 // its middle, in pixels
	across float64 // the angle across its lines, or along one of its edges, in radians
	w, h   float64 // at that angle, and across it, in pixels
	cells  []int   // of the grid in which it was found
}

const (
	cellSize     = 8 // pixels of an edge of the cells in which codes are looked for
	aroundPixels = 9 * cellSize * cellSize
	lineSlope    = 10.  // the mean slope of cells with lines, in shades over two pixels, at least
	lineOneWay   = 0.7  // how much of the slopes goes one way, of 1
	lineTurn     = 0.3  // radians by which the lines of cells of one code may differ
	innerCells   = 2    // by which a code of bars is larger than its inner cells, on each side
	narrowest    = 64.  // pixels across the lines of a code: the edge of a label is narrower
	busySlope    = 16.  // the mean slope of a cell of a code of squares
	busyPart     = 2    // percent of the cells of a picture with the steepest slopes
	busyLeast    = 0.4  // of their slope
	busyAround   = 8    // cells of the nine of which it is the middle
	busyFull     = 0.45 // how much of its place is busy
	busyEdge     = 40.  // pixels of the shorter edge of a code of squares
	fewestCells  = 6    // of a place
	maxPlaces    = 10   // of a kind, of one picture
)

// A cell holds what the slopes of its pixels have in common.
type cell struct{ xx, yy, xy float64 }

func (c *cell) add(o cell) { c.xx, c.yy, c.xy = c.xx+o.xx, c.yy+o.yy, c.xy+o.xy }

// angle gives the way across the lines.
func (c *cell) angle() float64 { return math.Atan2(2*c.xy, c.xx-c.yy) / 2 }

// lined tells whether the slopes of a cell and of those around it are steep and go one
// way.
func (c *cell) lined() bool {
	all := c.xx + c.yy
	return all > lineSlope*lineSlope*aroundPixels && math.Hypot(c.xx-c.yy, 2*c.xy) > lineOneWay*all
}

// A grid is all cells of a picture, row by row.
type grid struct {
	cells []cell
	w, h  int
}

// grid sums the slopes of a picture.
func (g gray) grid() grid {
	all := grid{w: g.w / cellSize, h: g.h / cellSize}
	all.cells = make([]cell, all.w*all.h)
	for y := 1; y < min(all.h*cellSize, g.h-1); y++ {
		row, over, under := g.pix[y*g.w:][:g.w], g.pix[(y-1)*g.w:][:g.w], g.pix[(y+1)*g.w:][:g.w]
		cells := all.cells[y/cellSize*all.w:][:all.w]
		for i := range cells {
			var xx, yy, xy int32
			for x := max(1, i*cellSize); x < min((i+1)*cellSize, g.w-1); x++ {
				dx, dy := int32(row[x+1])-int32(row[x-1]), int32(under[x])-int32(over[x])
				xx, yy, xy = xx+dx*dx, yy+dy*dy, xy+dx*dy
			}
			cells[i].add(cell{float64(xx), float64(yy), float64(xy)})
		}
	}
	return all
}

// around gives each cell together with those beside it.
func (g grid) around() grid {
	rows, out := slices.Clone(g.cells), make([]cell, len(g.cells))
	for i := range rows {
		if i%g.w > 0 {
			rows[i].add(g.cells[i-1])
		}
		if i%g.w < g.w-1 {
			rows[i].add(g.cells[i+1])
		}
	}
	for i := range out {
		out[i] = rows[i]
		if i >= g.w {
			out[i].add(rows[i-g.w])
		}
		if i/g.w < g.h-1 {
			out[i].add(rows[i+g.w])
		}
	}
	return grid{out, g.w, g.h}
}

// inner tells which cells have lines of the same way at some distance on both sides of
// them, across the lines: the edge of a label has none.
func (g grid) inner() []bool {
	lined := func(x, y int, angle float64) bool {
		if x < 0 || y < 0 || x >= g.w || y >= g.h {
			return false
		}
		c := &g.cells[y*g.w+x]
		return c.lined() && math.Abs(turnBetween(c.angle(), angle)) < lineTurn
	}
	is := make([]bool, len(g.cells))
	for i := range g.cells {
		if !g.cells[i].lined() {
			continue
		}
		angle := g.cells[i].angle()
		sin, cos := math.Sincos(angle)
		dx, dy := int(math.Round(innerCells*cos)), int(math.Round(innerCells*sin))
		is[i] = lined(i%g.w+dx, i/g.w+dy, angle) && lined(i%g.w-dx, i/g.w-dy, angle)
	}
	return is
}

// turnBetween gives the angle between two lines, from minus to plus a quarter turn.
func turnBetween(a, b float64) float64 { return math.Remainder(a-b, math.Pi) }

// bars finds where codes of bars may lie, the largest first.
func (g grid) bars() []place {
	g = g.around()
	alike := func(a, b int) bool {
		return math.Abs(turnBetween(g.cells[a].angle(), g.cells[b].angle())) < lineTurn
	}
	var found []place
	for _, members := range g.gather(g.inner(), alike) {
		var sum cell
		for _, i := range members {
			sum.add(g.cells[i])
		}
		p := g.placeOf(members, sum.angle())
		p.w += 2 * innerCells * cellSize
		if p.w >= narrowest {
			found = append(found, p)
		}
	}
	return largest(found)
}

// squares finds where codes of squares may lie, but for the cells that are known to
// belong to something else.
func (g grid) squares(from gray, known []bool) []place {
	var found []place
	for _, members := range g.gather(g.busy(known), func(int, int) bool { return true }) {
		p := g.placeOf(members, from.edges(g, members))
		if p.h > p.w { // codes of rows are wider than high
			p.w, p.h, p.across = p.h, p.w, p.across+math.Pi/2
		}
		full := float64(len(members)*cellSize*cellSize) / (p.w * p.h)
		p.w, p.h = p.w+2*cellSize, p.h+2*cellSize
		if full >= busyFull && min(p.w, p.h) >= busyEdge {
			found = append(found, p)
		}
	}
	return largest(found)
}

// busy tells which cells have steep slopes, as steep as most of those of codes in this
// picture, and so have those around them. Lines of text have quiet ones between them.
func (g grid) busy(known []bool) []bool {
	slopes := make([]float64, 0, len(g.cells))
	for _, c := range g.cells {
		slopes = append(slopes, c.xx+c.yy)
	}
	slices.Sort(slopes)
	if len(slopes) == 0 {
		return nil
	}
	steep := slopes[len(slopes)*(100-busyPart)/100] * busyLeast * busyLeast
	steep = max(steep, busySlope*busySlope*cellSize*cellSize)
	is := make([]bool, len(g.cells))
	for y := 1; y < g.h-1; y++ {
		for x := 1; x < g.w-1; x++ {
			count := 0
			for _, i := range []int{y*g.w + x, (y-1)*g.w + x, (y+1)*g.w + x} {
				for _, c := range g.cells[i-1 : i+2] {
					if c.xx+c.yy > steep {
						count++
					}
				}
			}
			is[y*g.w+x] = count >= busyAround && !known[y*g.w+x]
		}
	}
	return is
}

// edges gives the angle of the edges in cells, which go two ways across each other.
func (g gray) edges(all grid, members []int) float64 {
	var re, im float64
	for _, i := range members {
		x0, y0 := max(1, i%all.w*cellSize), max(1, i/all.w*cellSize)
		for y := y0; y < min(y0+cellSize, g.h-1); y++ {
			for x := x0; x < min(x0+cellSize, g.w-1); x++ {
				at := y*g.w + x
				dx, dy := float64(g.pix[at+1])-float64(g.pix[at-1]), float64(g.pix[at+g.w])-float64(g.pix[at-g.w])
				if n := dx*dx + dy*dy; n > 0 {
					a, b := dx*dx-dy*dy, 2*dx*dy // twice the angle, and then four times
					re, im = re+(a*a-b*b)/n, im+2*a*b/n
				}
			}
		}
	}
	return math.Atan2(im, re) / 4
}

// largest sorts places by how many cells they have, and gives the first.
func largest(all []place) []place {
	slices.SortStableFunc(all, func(a, b place) int { return cmp.Compare(len(b.cells), len(a.cells)) })
	return all[:min(len(all), maxPlaces)]
}

// gather gives the groups of cells that lie beside each other, of those that are
// marked, and are alike.
func (g grid) gather(is []bool, alike func(a, b int) bool) [][]int {
	var groups [][]int
	for i := range is {
		if !is[i] {
			continue
		}
		members := []int{i}
		is[i] = false
		for n := 0; n < len(members); n++ {
			at := members[n]
			for _, next := range []int{at - 1, at + 1, at - g.w, at + g.w} {
				if next < 0 || next >= len(is) || next/g.w != at/g.w && next%g.w != at%g.w {
					continue
				}
				if is[next] && alike(at, next) {
					is[next] = false
					members = append(members, next)
				}
			}
		}
		if len(members) >= fewestCells {
			groups = append(groups, members)
		}
	}
	return groups
}

// placeOf gives the smallest place at an angle that holds cells.
func (g grid) placeOf(members []int, angle float64) place {
	sin, cos := math.Sincos(angle)
	u0, u1, v0, v1 := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, i := range members {
		x, y := (float64(i%g.w)+.5)*cellSize, (float64(i/g.w)+.5)*cellSize
		u, v := x*cos+y*sin, -x*sin+y*cos
		u0, u1, v0, v1 = min(u0, u), max(u1, u), min(v0, v), max(v1, v)
	}
	u, v := (u0+u1)/2, (v0+v1)/2
	return place{
		x: u*cos - v*sin, y: u*sin + v*cos, across: angle,
		w: u1 - u0 + cellSize, h: v1 - v0 + cellSize, cells: members,
	}
}

// times gives a place in a picture that is larger by a factor.
func (p place) times(factor float64) place {
	p.x, p.y, p.w, p.h = p.x*factor, p.y*factor, p.w*factor, p.h*factor
	return p
}

// aligned turns a place so that its lines stand upright when it is cut out: slopes of
// fine lines are measured up to a few degrees too steep. The sums along the lines
// change the most from one to the next where they lie along them.
func (g gray) aligned(p place) place {
	const rows, step, most = 24, 0.02, 6
	best, angle := -1, p.across
	look := p
	for i := -most; i <= most; i++ {
		look.across = p.across + float64(i)*step
		mean := max(1, int(p.h)/2)
		look.h = p.h / 2
		strip := g.straight(look, cut{across: 1, along: min(1, rows/look.h), mean: min(rows, mean)})
		change := 0
		for y := range strip.h {
			row := strip.pix[y*strip.w:][:strip.w]
			for x := 1; x < len(row); x++ {
				d := int(row[x]) - int(row[x-1])
				change += d * d
			}
		}
		if change > best {
			best, angle = change, look.across
		}
	}
	p.across = angle
	return p
}

// A cut is a way in which a place is cut out of a picture.
type cut struct {
	across, along float64 // larger by these factors, across the lines and along them
	mean          int     // each row is the mean of so many, which takes out noise
	room          float64 // of white beside it, in its width
	sharper       float64
}

// straight cuts a place out of a picture, its lines upright.
func (g gray) straight(p place, c cut) gray {
	out := gray{w: max(1, int(p.w*(1+2*c.room)*c.across)), h: max(1, int((p.h+2*c.room*p.w*(c.along-1))*c.along)/c.mean)}
	out.pix = make([]byte, out.w*out.h)
	sums := make([]int, out.w)
	const one = 1 << 16
	sin, cos := math.Sincos(p.across)
	du, dv := int(cos/c.across*one), int(sin/c.across*one)
	from := (.5 - float64(out.w)/2) / c.across
	for y := range out.h {
		clear(sums)
		for k := range c.mean {
			along := (float64(y*c.mean+k) + .5 - float64(out.h*c.mean)/2) / c.along
			u, v := int((p.x+from*cos-along*sin-.5)*one), int((p.y+from*sin+along*cos-.5)*one)
			for x := range sums {
				sums[x] += int(g.between(u, v))
				u, v = u+du, v+dv
			}
		}
		row := out.pix[y*out.w:][:out.w]
		for x, v := range sums {
			row[x] = byte(v / c.mean)
		}
	}
	if c.sharper > 0 {
		return out.sharper(int(4*c.across), c.sharper)
	}
	return out
}
