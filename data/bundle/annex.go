package bundle

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"casebinder/data"
	"casebinder/data/pages"
	"casebinder/data/pdf"
)

// picturedDPI is for pages of a PDF of which pictures stand in for the pages
// themselves.
const picturedDPI = 150

// drawnIn is how long the pages of a PDF may take to be drawn: nobody who decides
// a case waits longer.
const drawnIn = 10 * time.Second

// annex draws the pages of a PDF: the pages themselves, whose text can be
// searched, or pictures of them where a form asks for that, where our reader of
// PDF files does not understand what PDFium does, and where viewers have to make
// up what fields and notes look like.
func (r *renderer) annex(ctx context.Context, p *Placed, f io.Reader) error {
	path, remove, err := pathOf(f, r.opts.Annex.TempDir)
	if err != nil {
		return err
	}
	defer remove()
	doc, err := r.viewed(ctx, path)
	if err != nil {
		return err
	}
	if doc != nil {
		defer func() { _ = doc.Close() }()
		if dpi := r.part.Flat[p.Number]; dpi > 0 {
			if err := r.inTime(ctx, p, doc); err != nil {
				return err
			}
			return r.leaf(ctx, p, r.pictured(doc, dpi))
		}
	}
	a, err := pdf.ReadAnnex(ctx, path, r.opts.Annex)
	if err != nil && (doc == nil || !isProblem(err, pdf.ProblemAnnexDamaged)) {
		return err
	}
	if slow := r.inTime(ctx, p, doc); slow != nil {
		if err == nil {
			_ = a.Close()
		}
		return slow
	}
	if err != nil {
		return r.leaf(ctx, p, r.stoodIn(doc))
	}
	defer func() { _ = a.Close() }() // its pages are copied into the document
	if ok, _ := a.Archivable(); r.part.PDFA && !ok && doc != nil {
		return r.leaf(ctx, p, r.pictured(doc, picturedDPI))
	}
	added, err := r.doc.AddAnnex(a)
	if err != nil {
		return err
	}
	return r.leaf(ctx, p, r.copied(p, a, added, doc))
}

// viewed opens a PDF in the viewer, where there is one. A file that the viewer
// does not understand is nil.
func (r *renderer) viewed(ctx context.Context, path string) (*pages.File, error) {
	if r.opts.Viewer == nil {
		return nil, nil //nolint:nilnil // no viewer, no file
	}
	doc, err := r.opts.Viewer.Open(ctx, path)
	if _, told := data.AsProblem(err); told {
		return nil, nil //nolint:nilnil // the reader of annexes tells what is wrong
	}
	return doc, err
}

// inTime sees to it that pages are drawn in time. That a file's are is kept in
// Options.CacheDir, so that it is asked once.
func (e *env) inTime(ctx context.Context, p *Placed, doc *pages.File) error {
	if e.preview || doc == nil {
		return nil // a preview does not wait
	}
	err, known := e.drawn[p.Exhibit.SHA256]
	if known {
		return err
	}
	kept := ""
	if e.opts.CacheDir != "" {
		kept = filepath.Join(e.opts.CacheDir, "drawn", p.Exhibit.SHA256)
		_, err := os.Stat(kept)
		known = err == nil
	}
	if !known {
		err = doc.InTime(ctx, drawnIn)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if !isProblem(err, pages.ProblemSlow) {
		err = nil // a page that cannot be drawn is told where it stands
		if kept != "" && !known {
			keep(kept, nil)
		}
	}
	e.drawn[p.Exhibit.SHA256] = err
	return err
}

func isProblem(err error, kind *data.ProblemKind) bool {
	known, ok := data.AsProblem(err)
	return ok && known.Kind == kind
}

// stoodIn are pictures of the pages of a PDF that our reader does not understand.
func (r *renderer) stoodIn(doc *pages.File) leaves {
	l := r.pictured(doc, picturedDPI)
	l.note = func(int) string { return r.w.get("page.picture") }
	return l
}

// copied are the pages of a PDF themselves. A page of which a viewer makes up a
// part is a picture.
func (r *renderer) copied(p *Placed, a *pdf.Annex, added *pdf.AddedAnnex, doc *pages.File) leaves {
	list := a.Pages()
	lacking := 0
	for _, page := range list {
		if page.Missing > 0 || page.Unpainted && doc == nil {
			lacking++
		}
	}
	if lacking > 0 {
		r.missing(p, ProblemUnpainted, "count", lacking)
	}
	return leaves{
		count: len(list),
		size:  func(i int) (int, int) { return int(list[i].Width), int(list[i].Height) },
		draw: func(ctx context.Context, i int, x, y, w, h pdf.Length) error {
			if list[i].Unpainted && doc != nil && i < doc.Pages() {
				return r.drawPictured(ctx, doc, i, picturedDPI, x, y, w, h)
			}
			r.page.DrawAnnex(added, i, x, y, w, h)
			return nil
		},
		note: func(i int) string {
			var picture, missing string
			if list[i].Unpainted && doc != nil {
				picture = r.w.get("page.picture")
			}
			if list[i].Missing > 0 || list[i].Unpainted && doc == nil {
				missing = r.w.get("page.missing")
			}
			return joinNonEmpty(" · ", picture, missing)
		},
	}
}

// pathOf gives a path to what a reader reads: its own, or that of a copy.
func pathOf(f io.Reader, tempDir string) (path string, remove func(), err error) {
	if file, ok := f.(*os.File); ok {
		return file.Name(), func() {}, nil
	}
	tmp, err := os.CreateTemp(tempDir, "annex-*.pdf")
	if err != nil {
		return "", nil, fmt.Errorf("copying a PDF: %w", err)
	}
	remove = func() { _ = os.Remove(tmp.Name()) }
	_, err = io.Copy(tmp, f)
	if err = errors.Join(err, tmp.Close()); err != nil {
		remove()
		return "", nil, fmt.Errorf("copying a PDF: %w", err)
	}
	return tmp.Name(), remove, nil
}
