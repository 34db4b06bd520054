package bundle

import (
	"context"
	"io"

	"casebinder/data"
)

// A PageMap says where things stand in a previewed bundle.
type PageMap struct {
	Pages    int
	Sections map[data.Section]int // page on which each section begins
	Exhibits []Placed
	Unused   []Placed
	Rejected []Rejected
	Missing  []Rejected
}

// Preview writes the bundle's PDF for the screen, with the small pictures that
// an opener gives in place of the originals. Nothing is hashed, and a citation
// that leads nowhere is shown as such.
func Preview(ctx context.Context, c Case, small Opener, out io.Writer, opts Options) (PageMap, error) {
	if err := c.check(); err != nil {
		return PageMap{}, err
	}
	e, err := newEnv(ctx, &c, small, opts)
	if err != nil {
		return PageMap{}, err
	}
	e.preview = true
	if opts.Viewer != nil { // without one an exhibit that is left out in the end is shown all the same
		if err := e.withhold(ctx); err != nil {
			return PageMap{}, err
		}
	}
	at, err := composePart(ctx, out, e, e.whole())
	if err != nil {
		return PageMap{}, err
	}
	e.keepPages(at)
	return PageMap{Pages: at.Pages, Sections: at.Sections, Exhibits: e.placed, Unused: e.unused(), Rejected: at.Rejected, Missing: at.Missing}, nil
}
