package bundle

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"casebinder/data"
	"casebinder/data/bundle/fit"
	"casebinder/data/pdf"
	"casebinder/data/picture"
)

// photo draws a picture as large as the page allows: a file of several pages page
// by page, a long screenshot in parts.
func (r *renderer) photo(ctx context.Context, p *Placed, f io.ReadSeeker) error {
	sheets, err := picture.Pages(f)
	if err != nil {
		return err
	}
	if len(sheets) > 1 {
		return r.sheets(ctx, p, sheets)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("reading a picture: %w", err)
	}
	img, info, err := r.place(ctx, p, f, r.stepIn(f, r.photoRoom))
	if err != nil {
		return err
	}
	if info.Animated() {
		r.missing(p, ProblemFirstFrame)
	}
	r.small(r.copyNote(info))
	if long(img.Width, img.Height) {
		return r.inParts(ctx, p, img)
	}
	w, h := pdf.Fit(img.Width, img.Height, bodyWidth, r.left())
	if _, full := pdf.Fit(img.Width, img.Height, bodyWidth, bodyHeight); h < full*3/5 {
		r.newPage() // it would be too small to see anything below the text
		r.again(p, "")
		w, h = pdf.Fit(img.Width, img.Height, bodyWidth, r.left())
	}
	w, h = r.unblown(img, w, h)
	x := marginX + (bodyWidth-w)/2
	r.page.DrawImage(img, x, r.y, w, h)
	r.page.StrokeRect(x, r.y, w, h, pdf.Pt(0.5), rule)
	r.y += h
	return nil
}

// again writes at the top of a page whose exhibit began on one before.
func (r *renderer) again(p *Placed, more string) {
	r.small(joinNonEmpty(" · ", r.w.get("exhibit", "n", itoa(p.Number)), p.Title, r.captured(p.Exhibit.Evidence), more))
}

// maxSheets is how many pages of a picture are printed.
const maxSheets = 1000

// sheets draws the pages of a picture that has several.
func (r *renderer) sheets(ctx context.Context, p *Placed, all []*io.SectionReader) error {
	if len(all) > maxSheets {
		r.missing(p, ProblemPart, "shown", maxSheets, "total", len(all))
		all = all[:maxSheets]
	}
	sizes := make([]picture.Info, len(all))
	for i, sheet := range all {
		info, err := picture.Inspect(sheet)
		if err != nil {
			return err
		}
		sizes[i] = info
	}
	return r.leaf(ctx, p, leaves{
		count: len(all),
		size:  func(i int) (int, int) { return sizes[i].Width, sizes[i].Height },
		draw: func(ctx context.Context, i int, x, y, w, h pdf.Length) error {
			step := r.stepIn(all[i], func(int, int) (pdf.Length, pdf.Length) { return w, h })
			copied, _, err := r.copyOf(ctx, p, all[i], step, i+1)
			if err != nil {
				return err
			}
			img, err := r.doc.AddImage(bytes.NewReader(copied))
			if err != nil {
				return err
			}
			r.page.DrawImage(img, x, y, w, h)
			return nil
		},
	})
}

// longFrom is how many times as high as wide a picture is that nobody could read
// on one page: a screen of a telephone is 2.2 times as high.
const longFrom = 3

func long(w, h int) bool { return h > longFrom*w }

// longSize is how large a long screenshot is printed in all: 200 pixels an inch, as
// on the screen of a telephone held closer than a page, and no less than can be
// read, but over no more than a hundred pages. A preview's small pictures are
// measured as if they were those of a telephone.
func (r *renderer) longSize(width, height int) (w, h pdf.Length) {
	pixels := pdf.Length(width)
	if r.preview {
		pixels = 1080
	}
	w = min(max(pixels*72*pdf.Point/200, 100*pdf.MM), bodyWidth, pixels*pdf.Point)
	h = w * pdf.Length(height) / pdf.Length(width)
	if most := 100 * (bodyHeight - 2*overlap); h > most {
		w, h = max(1, most*pdf.Length(width)/pdf.Length(height)), most
	}
	return w, h
}

// overlap is the height at the end of a part that stands again at the beginning of
// the next, so that a line that was cut is whole on one of them.
const overlap = 8 * pdf.MM

// inParts draws a long picture over as many pages as it needs.
func (r *renderer) inParts(ctx context.Context, p *Placed, img *pdf.Image) error {
	w, h := r.longSize(img.Width, img.Height)
	x := marginX + (bodyWidth-w)/2
	if r.left() < bodyHeight/2 {
		r.newPage()
		r.again(p, "")
	}
	for from := pdf.Length(0); ctx.Err() == nil; {
		to := min(from+r.left(), h)
		r.page.DrawImagePart(img, x, r.y, w, h, from, to)
		r.page.StrokeRect(x, r.y, w, to-from, pdf.Pt(0.5), rule)
		r.y += to - from
		if to == h {
			break
		}
		from = to - overlap
		r.newPage()
		r.again(p, r.w.get("photo.goes.on"))
	}
	return ctx.Err()
}

// unblown keeps a photo from being blown up beyond 72 pixels an inch. The small
// pictures of a preview stand for larger ones.
func (r *renderer) unblown(img *pdf.Image, w, h pdf.Length) (pdf.Length, pdf.Length) {
	if most := pdf.Length(img.Width) * pdf.Point; w > most && !r.preview {
		return most, pdf.Length(img.Height) * pdf.Point
	}
	return w, h
}

// small writes a line of explanation, if there is one.
func (s *sheet) small(text string) {
	if text == "" {
		return
	}
	s.text(pdf.Plain(text, styleSmall), marginX, bodyWidth)
	s.gap(2 * pdf.MM)
}

// place puts a picture into the document: its own bytes where they can be placed
// and the step asks for nothing else, or a copy. The info is that of what a copy was
// made of.
func (r *renderer) place(ctx context.Context, p *Placed, f io.ReadSeeker, s fit.Step) (*pdf.Image, picture.Info, error) {
	if s.LongEdge == 0 && s.Quality == 0 && (s.Tone == "" || s.Tone == fit.ToneColor) {
		img, err := r.doc.AddImage(f)
		if known, ok := data.AsProblem(err); !ok || known.Kind != pdf.ProblemImageFormat && known.Kind != pdf.ProblemImageColor {
			return img, picture.Info{Frames: 1}, err
		}
	}
	copied, info, err := r.copyOf(ctx, p, f, s, 0)
	if err != nil {
		return nil, info, err
	}
	img, err := r.doc.AddImage(bytes.NewReader(copied))
	return img, info, err
}

// copyNote says of a copy what it does not show.
func (r *renderer) copyNote(i picture.Info) string {
	switch {
	case i.Animated():
		return r.w.get("first.frame", "format", strings.ToUpper(i.Format))
	case i.Format != picture.FormatJPEG && i.Format != picture.FormatPNG && i.Format != "":
		return r.w.get("converted", "format", strings.ToUpper(i.Format))
	}
	return ""
}

// copyVersion is part of the names of kept copies: it changes when the same
// picture and step give other bytes.
const copyVersion = "1"

// copyOf gives a copy of a picture at a step of the ladder; page is that of a file
// of several, from 1, or 0. It is kept in
// Options.CacheDir under the original's hash, so that it is made once.
func (e *env) copyOf(ctx context.Context, p *Placed, f io.ReadSeeker, step fit.Step, page int) ([]byte, picture.Info, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, picture.Info{}, fmt.Errorf("reading a picture: %w", err)
	}
	info, err := picture.Inspect(f)
	if err != nil {
		return nil, info, err
	}
	kept := ""
	if e.opts.CacheDir != "" && !e.preview {
		name := fmt.Sprintf("%s-%d-%d-%s-%s", p.Exhibit.SHA256, step.LongEdge, step.Quality, step.Tone, copyVersion)
		if page > 0 {
			name += "-" + itoa(page)
		}
		kept = filepath.Join(e.opts.CacheDir, "copies", name[:2], name)
		if raw, err := os.ReadFile(kept); err == nil && len(raw) > 0 {
			return raw, info, nil
		}
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, info, fmt.Errorf("reading a picture: %w", err)
	}
	img, info, err := picture.Decode(ctx, f)
	if err != nil {
		return nil, info, err
	}
	var out bytes.Buffer
	if _, err := picture.Encode(&out, img, step); err != nil {
		return nil, info, err
	}
	if kept != "" {
		keep(kept, out.Bytes())
	}
	return out.Bytes(), info, nil
}

// keep stores a copy for the next time. Where that fails it is made again then.
func keep(path string, content []byte) {
	if os.MkdirAll(filepath.Dir(path), 0o700) != nil {
		return
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), "new-*")
	if err != nil {
		return
	}
	_, err = tmp.Write(content)
	if err = errors.Join(err, tmp.Close()); err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		_ = os.Remove(tmp.Name())
	}
}
