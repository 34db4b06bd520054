package bundle

import (
	"context"
	"strings"

	"casebinder/data/bundle/fit"
)

// flatFrom is how large a PDF must be, in bytes a page, for pictures of its pages
// to be smaller.
const flatFrom = 150_000

// flat says which documents become pictures of their pages at a step: those that
// go on in another file, all where nothing but black and white is taken, and
// large ones on the lower steps.
func (fm *formMaker) flat(ctx context.Context, exhibits []int, step int, spans map[int]span) (map[int]int, error) {
	if fm.p.Pictures() {
		return nil, nil
	}
	s := fm.steps[step]
	all := map[int]int{}
	for _, n := range exhibits {
		x := &fm.placed[n-1]
		if mime, _, _ := strings.Cut(x.Exhibit.MIME, ";"); mime != "application/pdf" || x.Withheld != "" {
			continue
		}
		if fm.p.PDFA { // whose composer makes pictures of what an archive file cannot hold
			if _, err := fm.pages(ctx); err != nil {
				return nil, err
			}
		}
		_, cut := spans[n]
		if s.Tone == fit.ToneBlack || cut || s.PageDPI > 0 && x.Exhibit.Size > flatFrom {
			large, err := fm.largePages(ctx, x)
			if err != nil {
				return nil, err
			}
			if large || cut || s.Tone == fit.ToneBlack {
				all[n] = max(s.PageDPI, 110)
				if s.PageDPI == 0 {
					all[n] = 150
				}
			}
		}
	}
	return all, nil
}

// largePages reports whether a PDF has more bytes for each page than a picture
// of one takes. What cannot be read has none.
func (fm *formMaker) largePages(ctx context.Context, x *Placed) (bool, error) {
	if n, known := fm.pageCounts[x.Number]; known {
		return n > 0 && x.Exhibit.Size/int64(n) > flatFrom, nil
	}
	viewer, err := fm.pages(ctx)
	if err != nil {
		return false, err
	}
	f, _, err := fm.open.OpenOriginal(ctx, x.Exhibit.SHA256)
	if err != nil {
		return false, originalProblem(x, err)
	}
	defer func() { _ = f.Close() }()
	path, remove, err := pathOf(f, fm.opts.Annex.TempDir)
	if err != nil {
		return false, err
	}
	defer remove()
	count := 0
	doc, err := viewer.Open(ctx, path)
	if err == nil {
		count = doc.Pages()
		err = doc.Close()
	}
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	fm.pageCounts[x.Number] = count
	return err == nil && count > 0 && x.Exhibit.Size/int64(count) > flatFrom, nil
}
