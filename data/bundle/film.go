package bundle

import (
	"bytes"
	"context"
	"io"
	"strings"
	"time"

	"casebinder/data/pdf"
	"casebinder/data/picture"
)

func isFilm(mime string) bool {
	return strings.HasPrefix(mime, "video/") || strings.HasPrefix(mime, "audio/")
}

// film lists a video or a sound: how long it is, its fingerprint in full, and a
// still where the file carries one.
func (r *renderer) film(ctx context.Context, p *Placed, f io.ReadSeeker) error {
	info, err := picture.Film(ctx, f, p.Exhibit.Size)
	if err != nil {
		return err
	}
	r.facts(r.filmFacts(info), 3)
	r.facts([]fact{{r.w.get("sha.full"), p.Exhibit.SHA256}}, 1)
	r.gap(2 * pdf.MM)
	r.text(pdf.Plain(r.w.get("listed"), styleBody), marginX, bodyWidth)
	r.missing(p, ProblemListed)
	if img := r.still(info); img != nil {
		r.gap(4 * pdf.MM)
		r.small(r.w.get("still"))
		w, h := pdf.Fit(img.Width, img.Height, bodyWidth, r.left())
		w, h = r.unblown(img, w, h)
		r.page.DrawImage(img, marginX, r.y, w, h)
		r.page.StrokeRect(marginX, r.y, w, h, pdf.Pt(0.5), rule)
		r.y += h
	}
	return nil
}

// still puts the picture that a film carries into the document, if it has one
// that can be shown.
func (r *renderer) still(info picture.FilmInfo) *pdf.Image {
	if len(info.Still) == 0 {
		return nil
	}
	img, err := r.doc.AddImage(bytes.NewReader(info.Still))
	if err != nil {
		return nil // the film is listed all the same
	}
	return img
}

// filmFacts are what a film says of itself.
func (r *renderer) filmFacts(info picture.FilmInfo) []fact {
	frame := ""
	if info.Width > 0 && info.Height > 0 {
		frame = itoa(info.Width) + " × " + itoa(info.Height)
	}
	recorded := ""
	if !info.Created.IsZero() {
		recorded = r.clock.full(info.Created)
	}
	return []fact{
		{r.w.get("film.length"), filmLength(info.Length)},
		{r.w.get("film.format"), joinNonEmpty(" · ", info.Format, frame)},
		{r.w.get("film.created"), recorded},
	}
}

// filmLength prints hours, minutes and seconds; "" when the length is not known.
func filmLength(d time.Duration) string {
	if d <= 0 {
		return ""
	}
	s := int((d + time.Second/2) / time.Second)
	two := func(n int) string { return pad(n)[1:] }
	if s < 3600 {
		return itoa(s/60) + ":" + two(s%60)
	}
	return itoa(s/3600) + ":" + two(s/60%60) + ":" + two(s%60)
}
