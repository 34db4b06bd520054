package picture

import (
	"fmt"
	"image"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"casebinder/assets"
	"casebinder/data"
)

// maxPlace is how far from the picture's corner a mark may be said to lie.
const maxPlace = 1 << 20

type rgb [3]uint32

var (
	markRed   = rgb{214, 20, 20}
	markWhite = rgb{255, 255, 255}
)

// Apply burns marks into a copy of the pixels of an upright picture; the picture
// itself stays as it is. Squares come first, then boxes, then what points at
// something, each in the order given, so that nothing uncovers what another
// takes away.
//
// A box is black and opaque. The squares of an [data.EditPixels] have the average
// color of what lay under them, and a side of at least 12 pixels and of a twelfth
// of the area's shorter side. Arrow, frame and number are red with a white rim, as
// wide as suits the picture. A mark that sticks out of the picture is cut off; one
// that is empty or lies outside gives [ProblemEdit].
func Apply(img image.Image, edits []data.Edit) (*image.NRGBA, error) {
	bounds := image.Rectangle{Max: img.Bounds().Size()}
	if err := checkEdits(edits, bounds); err != nil {
		return nil, err
	}
	out := toNRGBA(known(img))
	for _, i := range paintOrder(edits) {
		switch e := edits[i]; e.Kind {
		case data.EditPixels:
			for _, c := range cells(area(e).Intersect(bounds)) {
				flatten(out, c)
			}
		case data.EditBox:
			fillRect(out, area(e).Intersect(bounds))
		case data.EditArrow, data.EditFrame, data.EditNumber:
			layers, err := marks(e, bounds)
			if err != nil {
				return nil, err
			}
			for _, l := range layers {
				l.shape.rows(bounds, func(y, x int, cover []int) { blend(out.Pix[out.PixOffset(x, y):], cover, l.color) })
			}
		}
	}
	return out, nil
}

// paintOrder lists the marks' indexes in the order in which they are burned in.
func paintOrder(edits []data.Edit) []int {
	var order []int
	for _, turn := range []func(data.Edit) bool{
		func(e data.Edit) bool { return e.Kind == data.EditPixels },
		func(e data.Edit) bool { return e.Kind == data.EditBox },
		func(e data.Edit) bool { return !e.Hides() },
	} {
		for i, e := range edits {
			if turn(e) {
				order = append(order, i)
			}
		}
	}
	return order
}

// checkEdits says of each mark whether it can be drawn.
func checkEdits(edits []data.Edit, bounds image.Rectangle) error {
	for i, e := range edits {
		if reason := undrawable(e, bounds); reason != "" {
			return ProblemEdit.New("number", i+1, "kind", e.Kind, "reason", reason)
		}
	}
	return nil
}

// undrawable says why a mark cannot be drawn; "" when it can.
func undrawable(e data.Edit, bounds image.Rectangle) string {
	for _, v := range []int{e.X, e.Y, e.W, e.H} {
		if v < -maxPlace || v > maxPlace {
			return "it lies outside the picture"
		}
	}
	switch e.Kind {
	case data.EditBox, data.EditPixels, data.EditFrame:
		if e.W == 0 || e.H == 0 {
			return "it is empty"
		}
	case data.EditArrow:
		if e.W == 0 && e.H == 0 {
			return "it is empty"
		}
	case data.EditNumber:
		if e.Number < 1 || e.Number > 99 {
			return "its number is not within 1 to 99"
		}
	default:
		return "there is no such kind of mark"
	}
	if !seen(e, bounds) {
		return "it lies outside the picture"
	}
	return ""
}

// seen reports whether any of a mark lies in the picture.
func seen(e data.Edit, bounds image.Rectangle) bool {
	if e.Hides() {
		return area(e).Overlaps(bounds)
	}
	layers, err := marks(e, bounds)
	found := err != nil // which is said when it is drawn
	for _, l := range layers {
		l.shape.rows(bounds, func(_, _ int, cover []int) {
			for _, c := range cover {
				found = found || c > 0
			}
		})
	}
	return found
}

// area is the rectangle of a mark, whichever of its corners was drawn first.
func area(e data.Edit) image.Rectangle { return image.Rect(e.X, e.Y, e.X+e.W, e.Y+e.H) }

// block is the side of a JPEG's unit of 4:2:0. Squares lie on a grid of it, so
// that one square's color does not run into the next.
const block = 16

// cells cuts an area into its squares. At the borders they are narrower or wider
// by up to a half, never smaller than the least side.
func cells(r image.Rectangle) []image.Rectangle {
	least := max(12, (min(r.Dx(), r.Dy())+11)/12)
	side := (least + block - 1) / block * block
	xs, ys := cuts(r.Min.X, r.Max.X, least, side), cuts(r.Min.Y, r.Max.Y, least, side)
	var all []image.Rectangle
	for j := range len(ys) - 1 {
		for i := range len(xs) - 1 {
			all = append(all, image.Rect(xs[i], ys[j], xs[i+1], ys[j+1]))
		}
	}
	return all
}

// cuts lists where a stretch is cut, its ends included.
func cuts(from, to, least, side int) []int {
	all := []int{from}
	for at := (from/side + 1) * side; at <= to-least; at += side {
		if at-from >= least {
			all = append(all, at)
		}
	}
	return append(all, to)
}

// flatten gives a rectangle its average color, opaque on white paper.
func flatten(img *image.NRGBA, r image.Rectangle) {
	var sum [3]uint64
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := img.Pix[img.PixOffset(r.Min.X, y) : img.PixOffset(r.Max.X-1, y)+4]
		for i := 0; i < len(row); i += 4 {
			a := uint64(row[i+3])
			for j := range 3 {
				sum[j] += (uint64(row[i+j])*a + 255*(255-a) + 127) / 255
			}
		}
	}
	n := uint64(r.Dx()) * uint64(r.Dy())
	paint(img, r, [4]byte{byte((sum[0] + n/2) / n), byte((sum[1] + n/2) / n), byte((sum[2] + n/2) / n), 255})
}

// fillRect makes a rectangle black.
func fillRect(img *image.NRGBA, r image.Rectangle) { paint(img, r, [4]byte{3: 255}) }

func paint(img *image.NRGBA, r image.Rectangle, color [4]byte) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := img.Pix[img.PixOffset(r.Min.X, y) : img.PixOffset(r.Max.X-1, y)+4]
		for i := 0; i < len(row); i += 4 {
			copy(row[i:], color[:])
		}
	}
}

// blend lays a color over the pixels of a row.
func blend(row []byte, cover []int, color rgb) {
	for x, c := range cover {
		if c == 0 {
			continue
		}
		p := row[4*x : 4*x+4]
		over, under := uint32(c)*255, uint32(256-c)*uint32(p[3])
		alpha := over + under // of 256 * 255
		for j := range 3 {
			p[j] = byte((color[j]*over + uint32(p[j])*under + alpha/2) / alpha)
		}
		p[3] = byte((alpha + 128) / 256)
	}
}

// layer is a shape in a color.
type layer struct {
	shape shape
	color rgb
}

// markUnit is the width of a line that is well seen on a picture of this size
// when it fills a page.
func markUnit(bounds image.Rectangle) int {
	return max(3, (bounds.Dx()+bounds.Dy())/300) * unit
}

// marks gives the layers of an arrow, a frame or a number.
func marks(e data.Edit, bounds image.Rectangle) ([]layer, error) {
	u := markUnit(bounds)
	rim := max(unit*3/2, u/3)
	center := point{e.X*unit + unit/2, e.Y*unit + unit/2}
	switch e.Kind {
	case data.EditArrow:
		p := arrow(center, point{center.x + e.W*unit, center.y + e.H*unit}, u)
		return []layer{{grown(p, rim), markWhite}, {shape{p}, markRed}}, nil
	case data.EditFrame:
		r := area(e)
		return []layer{{ring(r, u/2+rim), markWhite}, {ring(r, u/2), markRed}}, nil
	case data.EditNumber:
		radius := 5 * u
		digits, err := numeral(fmt.Sprint(e.Number), center, radius)
		if err != nil {
			return nil, err
		}
		return []layer{
			{shape{disk(center, radius+rim)}, markWhite}, {shape{disk(center, radius)}, markRed}, {digits, markWhite},
		}, nil
	case data.EditBox, data.EditPixels:
	}
	return nil, nil
}

// ring is a line along the border of a rectangle, half of its width to each side.
func ring(r image.Rectangle, half int) shape {
	x0, y0, x1, y1 := r.Min.X*unit, r.Min.Y*unit, r.Max.X*unit, r.Max.Y*unit
	side := func(ax, ay, bx, by int) polygon {
		return polygon{{ax - half, ay - half}, {bx + half, ay - half}, {bx + half, by + half}, {ax - half, by + half}}.turned()
	}
	return shape{side(x0, y0, x1, y0), side(x1, y0, x1, y1), side(x0, y1, x1, y1), side(x0, y0, x0, y1)}
}

// arrow is an arrow's outline. A short one has a smaller head.
func arrow(tail, tip point, u int) polygon {
	dx, dy := tip.x-tail.x, tip.y-tail.y
	length := hypot(dx, dy)
	head, half := 5*u, 5*u/2
	if length < head*3/2 {
		half = half * length * 2 / (head * 3)
		head = length * 2 / 3
	}
	along := func(from point, n, across int) point {
		return point{from.x + dx*n/length - dy*across/length, from.y + dy*n/length + dx*across/length}
	}
	shaft := min(u*2/3, half/2)
	return polygon{
		along(tail, 0, shaft), along(tip, -head, shaft), along(tip, -head, half), tip,
		along(tip, -head, -half), along(tip, -head, -shaft), along(tail, 0, -shaft),
	}.turned()
}

// markFont is the typeface of numbers.
var markFont = sync.OnceValues(func() (*sfnt.Font, error) {
	file, err := assets.FS.ReadFile("fonts/NotoSans-Bold.ttf")
	if err != nil {
		return nil, fmt.Errorf("reading the font of numbers: %w", err)
	}
	f, err := sfnt.Parse(file)
	if err != nil {
		return nil, fmt.Errorf("reading the font of numbers: %w", err)
	}
	return f, nil
})

// numeral gives the outlines of digits in the middle of a disk.
func numeral(digits string, center point, radius int) (shape, error) {
	f, err := markFont()
	if err != nil {
		return nil, err
	}
	var buf sfnt.Buffer
	ppem := fixed.Int26_6(radius * 6 / 5 * 64 / unit)
	var s shape
	pen := 0
	for _, digit := range digits {
		glyph, err := f.GlyphIndex(&buf, digit)
		if err != nil {
			return nil, fmt.Errorf("drawing a number: %w", err)
		}
		segments, err := f.LoadGlyph(&buf, glyph, ppem, nil)
		if err != nil {
			return nil, fmt.Errorf("drawing a number: %w", err)
		}
		s = append(s, contours(segments, pen)...)
		advance, err := f.GlyphAdvance(&buf, glyph, ppem, font.HintingNone)
		if err != nil {
			return nil, fmt.Errorf("drawing a number: %w", err)
		}
		pen += int(advance) * unit / 64
	}
	low, high := s[0][0], s[0][0]
	for _, p := range s {
		for _, at := range p {
			low = point{min(low.x, at.x), min(low.y, at.y)}
			high = point{max(high.x, at.x), max(high.y, at.y)}
		}
	}
	for _, p := range s {
		for i := range p {
			p[i].x += center.x - (low.x+high.x)/2
			p[i].y += center.y - (low.y+high.y)/2
		}
	}
	return s, nil
}

// contours turns a glyph's outline into polygons, moved to the right by pen.
func contours(segments sfnt.Segments, pen int) shape {
	var s shape
	at := func(p fixed.Point26_6) point { return point{int(p.X)*unit/64 + pen, int(p.Y) * unit / 64} }
	for _, seg := range segments {
		if seg.Op == sfnt.SegmentOpMoveTo {
			s = append(s, polygon{at(seg.Args[0])})
			continue
		}
		p := &s[len(s)-1]
		from := (*p)[len(*p)-1]
		b := at(seg.Args[0])
		switch seg.Op {
		case sfnt.SegmentOpLineTo:
			*p = append(*p, b)
		case sfnt.SegmentOpQuadTo:
			c := at(seg.Args[1])
			const steps = 8
			for t := 1; t <= steps; t++ {
				u := steps - t
				*p = append(*p, point{
					(u*u*from.x + 2*u*t*b.x + t*t*c.x) / (steps * steps), (u*u*from.y + 2*u*t*b.y + t*t*c.y) / (steps * steps),
				})
			}
		case sfnt.SegmentOpCubeTo: // not in a TrueType font
			*p = append(*p, at(seg.Args[2]))
		case sfnt.SegmentOpMoveTo:
		}
	}
	return s
}
