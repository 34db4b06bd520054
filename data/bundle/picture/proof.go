package picture

import (
	"context"
	"fmt"
	"image"
	"io"
	"slices"

	"casebinder/data"
)

// How far the samples of one color may lie apart in a JPEG: where its block lies
// wholly in the color, and in one that the color's border or a mark crosses.
const (
	apartWithin = 3
	apartBorder = 72
)

// Proof opens a written copy and looks for what must not be in it. The copy is a
// JPEG or PNG as [Redact] writes it, the edits those that were burned in, and
// original the [Info] of what it is a copy of.
//
// A box must be black and a square of pixelation of one color, except where a mark
// that points was drawn over it; a JPEG may ring at their borders. The copy must
// have the original's size, and hold nothing but its pixels: no segment or chunk
// of EXIF, XMP, ICC or text, no thumbnail, nothing behind its end. Anything else
// gives [ProblemRedaction], as does a copy that cannot be opened.
func Proof(ctx context.Context, written io.ReadSeeker, edits []data.Edit, original Info) error {
	s, err := open(written)
	if err != nil {
		return err
	}
	if err := onlyPixels(s); err != nil {
		return found(err)
	}
	img, info, err := Decode(ctx, written)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return found(fmt.Errorf("it cannot be opened again: %w", err))
	}
	if info.Width != original.Width || info.Height != original.Height {
		return found(fmt.Errorf("it is %d x %d pixels where the original has %d x %d",
			info.Width, info.Height, original.Width, original.Height))
	}
	bounds := image.Rect(0, 0, info.Width, info.Height)
	if err := checkEdits(edits, bounds); err != nil {
		return err
	}
	p := &prover{img: img, bounds: bounds, lossy: info.Format == FormatJPEG}
	if err := p.marksOver(edits); err != nil {
		return err
	}
	return p.hidden(ctx, edits)
}

func found(what error) error {
	return ProblemRedaction.Wrap(what, "found", what)
}

// prover looks at the pixels of a copy.
type prover struct {
	img    image.Image
	bounds image.Rectangle
	lossy  bool
	over   []layer           // what was drawn over the hidden areas
	later  []image.Rectangle // areas that were hidden after the one that is looked at
}

func (p *prover) marksOver(edits []data.Edit) error {
	for _, e := range edits {
		layers, err := marks(e, p.bounds)
		if err != nil {
			return err
		}
		p.over = append(p.over, layers...)
	}
	return nil
}

// hidden looks at each area in the order in which it was burned in.
func (p *prover) hidden(ctx context.Context, edits []data.Edit) error {
	order := slices.DeleteFunc(paintOrder(edits), func(i int) bool { return !edits[i].Hides() })
	for n, i := range order {
		p.later = nil
		for _, j := range order[n+1:] {
			p.later = append(p.later, area(edits[j]).Intersect(p.bounds))
		}
		e := edits[i]
		r := area(e).Intersect(p.bounds)
		pieces := []image.Rectangle{r}
		if e.Kind == data.EditPixels {
			pieces = cells(r)
		}
		for _, piece := range pieces {
			if err := ctx.Err(); err != nil {
				return err
			}
			if !p.flat(piece, e.Kind == data.EditBox) {
				return found(fmt.Errorf("something shows in the area at %d, %d (mark %d)", piece.Min.X, piece.Min.Y, i+1))
			}
		}
	}
	return nil
}

// flat reports whether a piece has one color: black for a box.
func (p *prover) flat(piece image.Rectangle, black bool) bool {
	skip := p.covered(piece)
	inner := piece
	if p.lossy {
		// The blocks that lie wholly in the piece.
		inner = image.Rect((piece.Min.X+block-1)/block*block, (piece.Min.Y+block-1)/block*block,
			piece.Max.X/block*block, piece.Max.Y/block*block)
		if piece.Max.X == p.bounds.Max.X {
			inner.Max.X = piece.Max.X // a block that is cut off by the picture
		}
		if piece.Max.Y == p.bounds.Max.Y {
			inner.Max.Y = piece.Max.Y
		}
	}
	within, border := tone{}, tone{}
	row := make([]byte, 4*piece.Dx())
	for y := piece.Min.Y; y < piece.Max.Y; y++ {
		readRow(p.img, piece.Min.X, y, row)
		for x := piece.Min.X; x < piece.Max.X; x++ {
			switch c := [3]byte(row[4*(x-piece.Min.X):]); {
			case skip.is(x, y):
			case image.Pt(x, y).In(inner) && !(p.lossy && skip.near(x, y)):
				within.add(c)
			default:
				border.add(c)
			}
		}
	}
	if !p.lossy {
		return within.apart(black) == 0
	}
	border.join(within)
	return within.apart(black) <= apartWithin && border.apart(black) <= apartBorder
}

// tone is the darkest and the lightest that was met of each color.
type tone struct {
	met      bool
	low, top [3]byte
}

func (t *tone) add(c [3]byte) {
	if !t.met {
		t.met, t.low, t.top = true, c, c
		return
	}
	for i, v := range c {
		t.low[i], t.top[i] = min(t.low[i], v), max(t.top[i], v)
	}
}

func (t *tone) join(o tone) {
	if o.met {
		t.add(o.low)
		t.add(o.top)
	}
}

// apart is how far the colors lie apart, or, in a box, away from black.
func (t *tone) apart(black bool) int {
	worst := 0
	for i := range 3 {
		low := int(t.low[i])
		if black {
			low = 0
		}
		worst = max(worst, int(t.top[i])-low)
	}
	return worst
}

// cover is which pixels of a piece were drawn over, and which blocks of a JPEG so
// that they may ring.
type cover struct {
	pixels *image.Alpha // nil when none were
	blocks map[image.Point]bool
}

// covered finds what was drawn over a piece, or beside it within a block.
func (p *prover) covered(piece image.Rectangle) cover {
	c := cover{blocks: map[image.Point]bool{}}
	wide := piece.Inset(-2 * block).Intersect(p.bounds)
	for _, l := range p.over {
		if l.shape.bounds().Overlaps(wide) {
			l.shape.rows(wide, func(y, x int, covered []int) {
				for i, v := range covered {
					if v > 0 {
						c.set(wide, x+i, y)
					}
				}
			})
		}
	}
	for _, r := range p.later {
		r = r.Intersect(wide)
		for y := r.Min.Y; y < r.Max.Y; y++ {
			for x := r.Min.X; x < r.Max.X; x++ {
				c.set(wide, x, y)
			}
		}
	}
	return c
}

func (c *cover) set(wide image.Rectangle, x, y int) {
	if c.pixels == nil {
		c.pixels = image.NewAlpha(wide)
	}
	c.pixels.Pix[c.pixels.PixOffset(x, y)] = 255
	c.blocks[image.Pt(x/block, y/block)] = true
}

// is reports whether a pixel itself was drawn over.
func (c *cover) is(x, y int) bool {
	return c.pixels != nil && c.pixels.Pix[c.pixels.PixOffset(x, y)] != 0
}

// near reports whether the block of a pixel was drawn over anywhere.
func (c *cover) near(x, y int) bool {
	return c.pixels != nil && c.blocks[image.Pt(x/block, y/block)]
}

// onlyPixels walks a file and names the first thing in it that is not needed to
// show its pixels.
func onlyPixels(s source) error {
	head, err := s.at(0, 12)
	if err != nil {
		return err
	}
	switch sniff(head) {
	case FormatJPEG:
		return onlyPixelsJPEG(s)
	case FormatPNG:
		return onlyPixelsPNG(s)
	}
	return badHeader("it is neither a JPEG nor a PNG")
}

func onlyPixelsPNG(s source) error {
	off := int64(len(pngSignature))
	for range 1 << 24 {
		p, err := s.full(off, 8)
		if err != nil {
			return err
		}
		kind := string(p[4:])
		off += 12 + int64(be.Uint32(p))
		switch kind {
		case "IHDR", "PLTE", "IDAT", "tRNS":
		case "IEND":
			if be.Uint32(p) != 0 || off != s.size {
				return badHeader("bytes behind its end")
			}
			return nil
		default:
			return badHeader(fmt.Sprintf("a chunk %q", kind))
		}
	}
	return badHeader("more chunks than pixels need")
}

func onlyPixelsJPEG(s source) error {
	off := int64(2)
	for range maxParts {
		p, err := s.full(off, 2)
		if err != nil {
			return err
		}
		if p[0] != 0xFF {
			return badHeader("bytes between its segments")
		}
		switch marker := p[1]; {
		case marker == 0xD9:
			if off+2 != s.size {
				return badHeader("bytes behind its end")
			}
			return nil
		case marker == 0xDA:
			_, _, end, err := jpegSegment(s, off)
			if err != nil {
				return err
			}
			if off, err = scanEnd(s, end); err != nil {
				return err
			}
		case marker == 0xDB || marker == 0xC4 || marker == 0xDD || marker == 0xC0 || marker == 0xC2:
			_, _, end, err := jpegSegment(s, off)
			if err != nil {
				return err
			}
			off = end
		case marker == 0xFE:
			return badHeader("a comment")
		case marker >= 0xE0 && marker <= 0xEF:
			return badHeader(fmt.Sprintf("a segment APP%d", marker-0xE0))
		default:
			return badHeader(fmt.Sprintf("a segment %#x", marker))
		}
	}
	return badHeader("more segments than pixels need")
}

// scanEnd finds the marker behind a scan's data.
func scanEnd(s source, off int64) (int64, error) {
	const chunk = 1 << 16
	for {
		p, err := s.at(off, chunk)
		if err != nil {
			return 0, err
		}
		if len(p) < 2 {
			return 0, errShort
		}
		for i := range len(p) - 1 {
			if next := p[i+1]; p[i] == 0xFF && next != 0 && (next < 0xD0 || next > 0xD7) {
				return off + int64(i), nil
			}
		}
		off += int64(len(p) - 1)
	}
}
