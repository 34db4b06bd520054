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

// photo draws a picture as large as the page allows.
func (r *renderer) photo(ctx context.Context, p *Placed, f io.ReadSeeker) error {
	img, note, err := r.place(ctx, p, f, r.stepIn(f, r.photoRoom))
	if err != nil {
		return err
	}
	r.small(note)
	w, h := pdf.Fit(img.Width, img.Height, bodyWidth, r.left())
	if _, full := pdf.Fit(img.Width, img.Height, bodyWidth, bodyHeight); h < full*3/5 {
		r.newPage() // it would be too small to see anything below the text
		r.small(joinNonEmpty(" · ", r.w.get("exhibit", "n", itoa(p.Number)), p.Title, r.captured(p.Exhibit.Evidence)))
		w, h = pdf.Fit(img.Width, img.Height, bodyWidth, r.left())
	}
	w, h = r.unblown(img, w, h)
	x := marginX + (bodyWidth-w)/2
	r.page.DrawImage(img, x, r.y, w, h)
	r.page.StrokeRect(x, r.y, w, h, pdf.Pt(0.5), rule)
	r.y += h
	return nil
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
// and the step asks for nothing else, or a copy. The note says what the copy is.
func (r *renderer) place(ctx context.Context, p *Placed, f io.ReadSeeker, s fit.Step) (*pdf.Image, string, error) {
	if s.LongEdge == 0 && s.Quality == 0 && (s.Tone == "" || s.Tone == fit.ToneColor) {
		img, err := r.doc.AddImage(f)
		if known, ok := data.AsProblem(err); !ok || known.Kind != pdf.ProblemImageFormat && known.Kind != pdf.ProblemImageColor {
			return img, "", err
		}
	}
	copied, info, err := r.copyOf(ctx, p, f, s)
	if err != nil {
		return nil, "", err
	}
	img, err := r.doc.AddImage(bytes.NewReader(copied))
	return img, r.copyNote(info), err
}

// copyNote says of a copy what it does not show.
func (r *renderer) copyNote(i picture.Info) string {
	switch {
	case i.Animated():
		return r.w.get("first.frame", "format", strings.ToUpper(i.Format))
	case i.Format == picture.FormatTIFF && i.Frames > 1:
		return r.w.get("first.page", "format", strings.ToUpper(i.Format))
	case i.Format != picture.FormatJPEG && i.Format != picture.FormatPNG && i.Format != "":
		return r.w.get("converted", "format", strings.ToUpper(i.Format))
	}
	return ""
}

// copyVersion is part of the names of kept copies: it changes when the same
// picture and step give other bytes.
const copyVersion = "1"

// copyOf gives a copy of a picture at a step of the ladder. It is kept in
// Options.CacheDir under the original's hash, so that it is made once.
func (e *env) copyOf(ctx context.Context, p *Placed, f io.ReadSeeker, step fit.Step) ([]byte, picture.Info, error) {
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
