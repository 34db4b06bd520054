package bundle

import (
	"context"
	"fmt"
	"io"
	"os"

	"casebinder/data/pdf"
)

// archiveDPI is for pages of a PDF that an archive file can hold as pictures alone.
const archiveDPI = 150

// annex draws the pages of a PDF, one on each page.
func (r *renderer) annex(ctx context.Context, p *Placed, f io.Reader) error {
	path, remove, err := pathOf(f, r.opts.Annex.TempDir)
	if err != nil {
		return err
	}
	defer remove()
	if dpi := r.part.Flat[p.Number]; dpi > 0 && r.opts.Viewer != nil {
		return r.flatAnnex(ctx, p, path, dpi)
	}
	a, err := pdf.ReadAnnex(ctx, path, r.opts.Annex)
	if err != nil {
		return err
	}
	defer func() { _ = a.Close() }() // its pages are copied into the document
	if ok, _ := a.Archivable(); r.part.PDFA && !ok && r.opts.Viewer != nil {
		return r.flatAnnex(ctx, p, path, archiveDPI)
	}
	added, err := r.doc.AddAnnex(a)
	if err != nil {
		return err
	}
	pages := a.Pages()
	if !r.part.Compact {
		r.text(pdf.Plain(r.w.get("pages.n", "n", itoa(len(pages))), styleSmall), marginX, bodyWidth)
	}
	shown, cut := r.part.Spans[p.Number]
	first := true
	for i, page := range pages {
		if cut && (i+1 < shown.First || i+1 > shown.Last) {
			continue // stands in another part
		}
		if !first || !r.part.Compact || r.left() < roomAlone {
			r.newPage()
		}
		first = false
		r.dest(annexDest(p.Number, i+1), 0)
		caption := r.plain(excerpt(p.Exhibit.Name, 60)+" · "+r.w.get("page.own", "n", itoa(i+1), "total", itoa(len(pages))), styleSmall, bodyWidth)
		r.y += drawFirst(r.page, caption, marginX, r.y-pdf.Pt(4))
		w, h := pdf.Fit(int(page.Width), int(page.Height), bodyWidth, r.left())
		x := marginX + (bodyWidth-w)/2
		r.page.DrawAnnex(added, i, x, r.y, w, h)
		r.page.StrokeRect(x, r.y, w, h, pdf.Pt(0.5), rule)
		r.y += h
	}
	return nil
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
	if closeErr := tmp.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		remove()
		return "", nil, fmt.Errorf("copying a PDF: %w", err)
	}
	return tmp.Name(), remove, nil
}
