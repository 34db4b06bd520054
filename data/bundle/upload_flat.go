package bundle

import (
	"bytes"
	"context"
	"math"
	"strings"

	"casebinder/data/bundle/fit"
	"casebinder/data/pdf"
	"casebinder/data/picture"
)

// flatAnnex draws pictures of the pages of a PDF: where its own pages are too
// large for a form, go on in another file, or have colors that a form does not
// take. Their text can then no longer be searched.
func (r *renderer) flatAnnex(ctx context.Context, p *Placed, path string, dpi int) error {
	doc, err := r.opts.Viewer.Open(ctx, path)
	if err != nil {
		return err
	}
	defer func() { _ = doc.Close() }()
	shown, cut := r.part.Spans[p.Number]
	first := true
	for n := 1; n <= doc.Pages(); n++ {
		if cut && (n < shown.First || n > shown.Last) {
			continue // stands in another part
		}
		if !first || !r.part.Compact || r.left() < roomAlone {
			r.newPage()
		}
		first = false
		r.dest(annexDest(p.Number, n), 0)
		caption := r.plain(excerpt(p.Exhibit.Name, 60)+" · "+r.w.get("page.own", "n", itoa(n), "total", itoa(doc.Pages())), styleSmall, bodyWidth)
		r.y += drawFirst(r.page, caption, marginX, r.y-pdf.Pt(4))
		width, height := doc.Size(n)
		w, h := pdf.Fit(max(1, int(width*1000)), max(1, int(height*1000)), bodyWidth, r.left())
		img, err := doc.Picture(ctx, n, max(1, int(math.Round(float64(w)/1000/72*float64(dpi)))))
		if err != nil {
			return err
		}
		var out bytes.Buffer
		quality := r.part.Step.Quality
		if quality == 0 {
			quality = 80
		}
		if _, err := picture.Encode(&out, img, fit.Step{Quality: quality, Tone: r.part.Step.Tone}); err != nil {
			return err
		}
		added, err := r.doc.AddImage(bytes.NewReader(out.Bytes()))
		if err != nil {
			return err
		}
		x := marginX + (bodyWidth-w)/2
		r.page.DrawImage(added, x, r.y, w, h)
		r.page.StrokeRect(x, r.y, w, h, pdf.Pt(0.5), rule)
		r.y += h
	}
	return ctx.Err()
}

// flatFrom is how large a PDF must be, in bytes a page, for pictures of its pages
// to be smaller.
const flatFrom = 150_000

// flat says which documents become pictures of their pages at a step: those that
// go on in another file, all where nothing but black and white is taken, and
// large ones on the lower steps.
func (u *uploader) flat(ctx context.Context, exhibits []int, step int, spans map[int]span) (map[int]int, error) {
	if u.p.Pictures() {
		return nil, nil
	}
	s := u.steps[step]
	all := map[int]int{}
	for _, n := range exhibits {
		x := &u.placed[n-1]
		if mime, _, _ := strings.Cut(x.Exhibit.MIME, ";"); mime != "application/pdf" || x.Withheld != "" {
			continue
		}
		if u.p.PDFA { // whose composer makes pictures of what an archive file cannot hold
			if _, err := u.pages(ctx); err != nil {
				return nil, err
			}
		}
		_, cut := spans[n]
		if s.Tone == fit.ToneBlack || cut || s.PageDPI > 0 && x.Exhibit.Size > flatFrom {
			large, err := u.largePages(ctx, x)
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
func (u *uploader) largePages(ctx context.Context, x *Placed) (bool, error) {
	if n, known := u.pageCounts[x.Number]; known {
		return n > 0 && x.Exhibit.Size/int64(n) > flatFrom, nil
	}
	viewer, err := u.pages(ctx)
	if err != nil {
		return false, err
	}
	f, _, err := u.open.OpenOriginal(ctx, x.Exhibit.SHA256)
	if err != nil {
		return false, originalProblem(x, err)
	}
	defer func() { _ = f.Close() }()
	path, remove, err := pathOf(f, u.opts.Annex.TempDir)
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
	u.pageCounts[x.Number] = count
	return err == nil && count > 0 && x.Exhibit.Size/int64(count) > flatFrom, nil
}
