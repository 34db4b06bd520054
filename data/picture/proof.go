package picture

import (
	"context"
	"fmt"
	"image"
	"io"
	"slices"

	"casebinder/data"
)

// How far the samples of one color may lie apart in a JPEG. Where a block lies
// wholly in the color they are the same but for rounding. In a block that the
// color's border or a mark crosses the luma rings, and the colors, which are
// stored for two by two pixels, ring and also take something from beyond the
// border: there they are looked at from borderInset pixels on.
const (
	apartWithin = 3
	apartLuma   = 64
	apartChroma = 72
	borderInset = 3
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
	if ycc, ok := p.img.(*image.YCbCr); ok && p.lossy {
		return p.flatYCbCr(ycc, piece, black, skip)
	}
	all := tone{}
	if black {
		all.add([3]byte{})
	}
	row := make([]byte, 4*piece.Dx())
	for y := piece.Min.Y; y < piece.Max.Y; y++ {
		readRow(p.img, piece.Min.X, y, row)
		for x := piece.Min.X; x < piece.Max.X; x++ {
			if !skip.is(x, y) {
				all.add([3]byte(row[4*(x-piece.Min.X):]))
			}
		}
	}
	limit := 0
	if p.lossy {
		limit = apartLuma // a JPEG in gray, which is not what is written here
	}
	return all.apart() <= limit
}

// flatYCbCr is flat for a JPEG.
func (p *prover) flatYCbCr(img *image.YCbCr, piece image.Rectangle, black bool, skip cover) bool {
	// The blocks that lie wholly in the piece; those at the picture's own border
	// are cut off by it.
	inner := image.Rectangle{
		Min: image.Pt((piece.Min.X+block-1)/block*block, (piece.Min.Y+block-1)/block*block),
		Max: image.Pt(piece.Max.X/block*block, piece.Max.Y/block*block),
	}
	if piece.Max.X == p.bounds.Max.X {
		inner.Max.X = piece.Max.X
	}
	if piece.Max.Y == p.bounds.Max.Y {
		inner.Max.Y = piece.Max.Y
	}
	deep := piece.Inset(borderInset)
	var within, luma, colors tone
	if black {
		within.add([3]byte{0, 128, 128})
	}
	for y := piece.Min.Y; y < piece.Max.Y; y++ {
		for x := piece.Min.X; x < piece.Max.X; x++ {
			if skip.is(x, y) {
				continue
			}
			at := img.COffset(x, y)
			c := [3]byte{img.Y[y*img.YStride+x], img.Cb[at], img.Cr[at]}
			pixel := image.Pt(x, y)
			switch {
			case pixel.In(inner) && (skip.pixels == nil || !skip.block(x, y)):
				within.add(c)
			case pixel.In(deep) && !skip.near(x, y):
				colors.add(c)
			}
			luma.add([3]byte{c[0], 128, 128})
		}
	}
	if within.met {
		luma.add([3]byte{within.low[0], 128, 128})
		colors.add(within.low)
	}
	return within.apart() <= apartWithin && luma.apart() <= apartLuma && colors.apart() <= apartChroma
}

// tone is the least and the most that was met of each sample.
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

// apart is how far the samples lie apart.
func (t *tone) apart() int {
	worst := 0
	for i := range 3 {
		worst = max(worst, int(t.top[i])-int(t.low[i]))
	}
	return worst
}

// cover is which pixels of a piece were drawn over, and which blocks of a JPEG so
// that they may ring.
type cover struct {
	pixels *image.Alpha // nil when none were
	blocks map[image.Point]bool
	last   image.Point // the block that was marked last
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
	if at := image.Pt(x/block, y/block); at != c.last || !c.blocks[at] {
		c.last, c.blocks[at] = at, true
	}
}

// is reports whether a pixel itself was drawn over.
func (c *cover) is(x, y int) bool {
	return c.pixels != nil && c.pixels.Pix[c.pixels.PixOffset(x, y)] != 0
}

// block reports whether the block of a pixel was drawn over anywhere.
func (c *cover) block(x, y int) bool {
	return c.pixels != nil && c.blocks[image.Pt(x/block, y/block)]
}

// near reports whether a pixel was drawn over within borderInset of one.
func (c *cover) near(x, y int) bool {
	if len(c.blocks) == 0 || !c.block(x, y) && !c.block(x-borderInset, y-borderInset) && !c.block(x+borderInset, y+borderInset) &&
		!c.block(x-borderInset, y+borderInset) && !c.block(x+borderInset, y-borderInset) {
		return false
	}
	around := image.Rect(x-borderInset, y-borderInset, x+borderInset+1, y+borderInset+1).Intersect(c.pixels.Rect)
	for yy := around.Min.Y; yy < around.Max.Y; yy++ {
		for _, v := range c.pixels.Pix[c.pixels.PixOffset(around.Min.X, yy) : c.pixels.PixOffset(around.Max.X-1, yy)+1] {
			if v != 0 {
				return true
			}
		}
	}
	return false
}
