package bundle

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	"casebinder/data"
	"casebinder/data/bundle/fit"
	"casebinder/data/letter"
	"casebinder/data/pdf"
	"casebinder/data/picture"
)

// The kinds of what a letter does not show.
var (
	ProblemAttachments = data.DefineProblem("bundle_attachments", data.ErrInvalid,
		"{name} carries {count} files that are not shown: {files}.",
		"Add the files that matter as exhibits of their own.")
	ProblemAbsent = data.DefineProblem("bundle_absent", data.ErrInvalid,
		"{count} pictures in {name} are not shown: they are stored elsewhere, or cannot be read.",
		"Add a screenshot or a PDF of it as it looks where it is normally read.")
	ProblemCut = data.DefineProblem("bundle_cut", data.ErrLimit,
		"{name} is too long to print in full: only its beginning is shown.",
		"Add the part that matters as a separate file.")
)

// isLetter tells of files that are shown as a mail is.
func isLetter(e Exhibit) bool { return letter.KindOf(e.MIME, e.Name) != letter.None }

// letterOf reads a mail, a web page or a Word file.
func (e *env) letterOf(ctx context.Context, x *Exhibit, f io.Reader) (letter.Letter, error) {
	if x.Size > letter.MaxFile {
		return letter.Letter{}, ProblemLongText.New("size", byteSize(x.Size), "limit", byteSize(letter.MaxFile))
	}
	raw, err := io.ReadAll(io.LimitReader(f, letter.MaxFile))
	if err != nil {
		return letter.Letter{}, fmt.Errorf("reading a letter: %w", err)
	}
	return letter.Read(ctx, letter.KindOf(x.MIME, x.Name), raw)
}

// letter prints a mail, a web page or a Word file: who wrote to whom, the text,
// and the pictures that lie in it.
func (r *renderer) letter(ctx context.Context, p *Placed, f io.Reader) error {
	l, err := r.letterOf(ctx, &p.Exhibit, f)
	if err != nil {
		return err
	}
	hide := func(s string) string {
		if r.masker != nil {
			return r.masker.Text(s)
		}
		return s
	}
	var head []fact
	for _, field := range l.Fields {
		head = append(head, fact{r.w.named("letter.", strings.ToLower(field.Name)), hide(field.Value)})
	}
	r.line(r.y)
	r.gap(3 * pdf.MM)
	r.facts(head, 1)
	for _, piece := range l.Pieces {
		if err := ctx.Err(); err != nil {
			return err
		}
		if piece.Picture == nil {
			r.longText(ctx, hide(strings.Trim(piece.Text, "\n")))
			r.gap(2 * pdf.MM)
			continue
		}
		if err := r.enclosed(ctx, piece.Picture); err != nil {
			if _, told := data.AsProblem(err); !told {
				return err
			}
			l.Absent++
		}
	}
	r.letterLacks(p, l, hide)
	return ctx.Err()
}

// letterLacks says on the page and in the result what is not shown.
func (r *renderer) letterLacks(p *Placed, l letter.Letter, hide func(string) string) {
	if n := len(l.Attachments); n > 0 {
		var files []string
		for _, a := range l.Attachments[:min(n, 20)] {
			files = append(files, hide(excerpt(a.Name, 80))+" ("+byteSize(int64(a.Size))+")")
		}
		if n > len(files) {
			files = append(files, "…")
		}
		r.small(r.w.get("letter.attachments", "n", itoa(n), "files", strings.Join(files, ", ")))
		r.missing(p, ProblemAttachments, "count", n, "files", strings.Join(files, ", "))
	}
	if l.Absent > 0 {
		r.small(r.w.get("letter.absent", "n", itoa(l.Absent)))
		r.missing(p, ProblemAbsent, "count", l.Absent)
	}
	if l.Cut {
		r.small(r.w.get("letter.cut"))
		r.missing(p, ProblemCut)
	}
}

// enclosed draws a picture that lies in a letter, no larger than half a page. Dots
// that count readers are left out.
func (r *renderer) enclosed(ctx context.Context, raw []byte) error {
	info, err := picture.Inspect(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	if info.Width <= 3 || info.Height <= 3 {
		return nil
	}
	step := r.part.Step
	if step.LongEdge == 0 {
		step.LongEdge = 1600
	}
	decoded, _, err := picture.Decode(ctx, bytes.NewReader(raw))
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if _, err := picture.Encode(&out, decoded, fit.Step{LongEdge: step.LongEdge, Quality: step.Quality, Tone: step.Tone}); err != nil {
		return err
	}
	img, err := r.doc.AddImage(bytes.NewReader(out.Bytes()))
	if err != nil {
		return err
	}
	w, h := pdf.Fit(img.Width, img.Height, bodyWidth, bodyHeight/2)
	w, h = r.unblown(img, w, h)
	r.need(h + 2*pdf.MM)
	r.page.DrawImage(img, marginX, r.y, w, h)
	r.y += h + 3*pdf.MM
	return nil
}

// letterTexts are all words of a letter, to search and to learn from.
func letterTexts(l letter.Letter) string {
	var all []string
	for _, f := range l.Fields {
		all = append(all, f.Name+": "+f.Value)
	}
	for _, p := range l.Pieces {
		all = append(all, p.Text)
	}
	for _, a := range l.Attachments {
		all = append(all, a.Name)
	}
	return strings.Join(all, "\n")
}
