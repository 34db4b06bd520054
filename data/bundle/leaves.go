package bundle

import (
	"bytes"
	"context"
	"math"

	"casebinder/data"
	"casebinder/data/bundle/fit"
	"casebinder/data/pages"
	"casebinder/data/pdf"
	"casebinder/data/picture"
)

// leaves are the pages of an exhibit that is a document of its own.
type leaves struct {
	count int
	size  func(i int) (w, h int) // in any unit; i from 0
	draw  func(ctx context.Context, i int, x, y, w, h pdf.Length) error
	note  func(i int) string // beside the page's number; nil for none
}

// leaf draws the pages of a document, one on each page.
func (r *renderer) leaf(ctx context.Context, p *Placed, l leaves) error {
	shown, cut := r.part.Spans[p.Number]
	first := true
	for i := range l.count {
		if cut && (i+1 < shown.First || i+1 > shown.Last) {
			continue // stands in another part
		}
		if !first || r.left() < roomAlone {
			r.newPage()
		}
		first = false
		r.dest(annexDest(p.Number, i+1), 0)
		words := excerpt(p.Exhibit.Name, 60) + " · " + r.w.get("page.own", "n", itoa(i+1), "total", itoa(l.count))
		if l.note != nil {
			words = joinNonEmpty(" · ", words, l.note(i))
		}
		caption := r.plain(words, styleSmall, bodyWidth)
		r.y += r.page.DrawLines(caption, 0, min(2, caption.Lines()), marginX, r.y-pdf.Pt(4))
		width, height := l.size(i)
		w, h := pdf.Fit(max(1, width), max(1, height), bodyWidth, r.left())
		x := marginX + (bodyWidth-w)/2
		if err := l.draw(ctx, i, x, r.y, w, h); err != nil {
			return err
		}
		r.page.StrokeRect(x, r.y, w, h, pdf.Pt(0.5), rule)
		r.y += h
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// pictured are the pages of a PDF as pictures by PDFium. Their text can no longer
// be searched.
func (r *renderer) pictured(doc *pages.File, dpi int) leaves {
	return leaves{
		count: doc.Pages(),
		size: func(i int) (int, int) {
			w, h := doc.Size(i + 1)
			return int(w * 1000), int(h * 1000)
		},
		draw: func(ctx context.Context, i int, x, y, w, h pdf.Length) error {
			return r.drawPictured(ctx, doc, i, dpi, x, y, w, h)
		},
	}
}

// drawPictured draws a picture of page i of a PDF.
func (r *renderer) drawPictured(ctx context.Context, doc *pages.File, i, dpi int, x, y, w, h pdf.Length) error {
	img, err := doc.Picture(ctx, i+1, max(1, int(math.Round(float64(w)/1000/72*float64(dpi)))))
	if err != nil {
		return err
	}
	quality := r.part.Step.Quality
	if quality == 0 {
		quality = 80
	}
	var out bytes.Buffer
	if _, err := picture.Encode(&out, img, fit.Step{Quality: quality, Tone: r.part.Step.Tone}); err != nil {
		return err
	}
	added, err := r.doc.AddImage(bytes.NewReader(out.Bytes()))
	if err != nil {
		return err
	}
	r.page.DrawImage(added, x, y, w, h)
	return nil
}

// missing notes that something of an exhibit does not stand on its pages though
// it is shown, or is not in the bag.
func (r *renderer) missing(p *Placed, kind *data.ProblemKind, args ...any) {
	args = append([]any{"name", p.Exhibit.Name}, args...)
	r.at.Missing = append(r.at.Missing, Rejected{Number: p.Number, Name: p.Exhibit.Name, Reason: kind.New(args...)})
}

// The kinds of what is missing on pages.
var (
	ProblemUnpainted = data.DefineProblem("bundle_unpainted", data.ErrInvalid,
		"On {count} pages of {name}, notes, drawings or form fields are missing: the file does not say what they look like.",
		"Open it in a PDF viewer, print it to a new PDF, and add that one.")
	ProblemListed = data.DefineProblem("bundle_listed", data.ErrInvalid,
		"{name} cannot be printed on a page: it is listed with its fingerprint.",
		"Add pictures or a PDF of what matters in it.")
	ProblemFirstFrame = data.DefineProblem("bundle_first_frame", data.ErrInvalid,
		"{name} is an animation: only its first picture is shown.",
		"Add pictures of the moments that matter.")
	ProblemPart = data.DefineProblem("bundle_part", data.ErrInvalid,
		"Only a part of {name} is shown: {shown} of {total}.",
		"Add what is missing as a separate file.")
	ProblemKeptBack = data.DefineProblem("bundle_kept_back", data.ErrRefused,
		"{name} is shown, but the file itself is not in the ZIP: it contains personal data that is masked, or cannot be searched for it.",
		"Allow this kind of data, or send the file when asked.")
)
