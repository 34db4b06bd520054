package bundle

import (
	"context"
	"io"
	"strings"

	"casebinder/data/pdf"
	"casebinder/data/picture"
)

// gridOf gives the columns and rows of a page that holds so many photos.
func gridOf(perPage int) (columns, rows int) {
	switch {
	case perPage >= 6:
		return 2, 3
	case perPage >= 4:
		return 2, 2
	case perPage >= 2:
		return 1, 2
	}
	return 1, 1
}

// inGrid reports whether an exhibit shares its page with others: photos, and what
// is only listed.
func (r *renderer) inGrid(p *Placed) bool {
	mime, _, _ := strings.Cut(p.Exhibit.MIME, ";")
	return r.part.Step.PerPage > 1 && mime != "application/pdf" && !isText(mime) && !isLetter(p.Exhibit)
}

// cell draws a photo with its caption into the next place of a grid of photos;
// slot counts them from the first of the grid. With follow the grid begins below
// what stands on the page.
func (r *renderer) cell(ctx context.Context, p *Placed, slot int, follow bool) error {
	columns, rows := gridOf(r.part.Step.PerPage)
	if slot %= columns * rows; slot == 0 {
		if !follow {
			r.newPage()
		}
		r.gridTop = r.y
	}
	r.marks[len(r.marks)-1].holds(p.Number)
	const gutter = 6 * pdf.MM
	width := (bodyWidth - pdf.Length(columns-1)*gutter) / pdf.Length(columns)
	height := (bodyBottom - r.gridTop - pdf.Length(rows-1)*gutter) / pdf.Length(rows)
	x := marginX + pdf.Length(slot%columns)*(width+gutter)
	y := r.gridTop + pdf.Length(slot/columns)*(height+gutter)
	r.y = min(y+height+gutter, bodyBottom)
	r.page.Dest(exhibitDest(p.Number), max(y-14*pdf.MM, 0))
	r.at.Dests[exhibitDest(p.Number)] = r.running()
	r.bookmark(1, joinNonEmpty(" - ", r.w.get("exhibit", "n", itoa(p.Number)), p.Title))
	caption := r.caption(p, width)
	to := caption.Fit(0, height/3)
	taken := r.page.DrawLines(caption, 0, to, x, y) + pdf.Pt(3)
	return r.opened(ctx, p, func(f io.ReadSeekCloser) error {
		if !strings.HasPrefix(p.Exhibit.MIME, "image/") {
			return r.listed(ctx, p, f, x, y+taken, width, height-taken)
		}
		img, info, err := r.place(ctx, p, f, r.stepIn(f, func(w, h int) (pdf.Length, pdf.Length) { return pdf.Fit(w, h, width, height-taken) }))
		if err != nil {
			return err
		}
		if info.Frames != 1 {
			r.missing(p, ProblemFirstFrame)
		}
		w, h := pdf.Fit(img.Width, img.Height, width, height-taken)
		w, h = r.unblown(img, w, h)
		r.page.DrawImage(img, x, y+taken, w, h)
		r.page.StrokeRect(x, y+taken, w, h, pdf.Pt(0.5), rule)
		return nil
	}, func(reason string) {
		text := r.plain(r.w.get("unshown")+"\n"+reason, style(8, false, alarm), width)
		r.page.DrawLines(text, 0, text.Fit(0, height-taken), x, y+taken)
	})
}

// caption says what a photo shows, when it was taken and how that is known.
func (r *renderer) caption(p *Placed, width pdf.Length) *pdf.Text {
	e := p.Exhibit
	b := pdf.Block{Leading: pdf.Pt(11.5), Spans: []pdf.Span{
		{Text: r.w.get("exhibit", "n", itoa(p.Number)) + "  ", Style: style(9, true, accent)}, {Text: p.Title, Style: style(9, true, ink)},
	}}
	if proves := oneLine(e.Proves); proves != "" {
		b.Spans = append(b.Spans, pdf.Span{Text: "\n" + proves, Style: style(8.5, false, ink)})
	}
	b.Spans = append(b.Spans, pdf.Span{Text: "\n" + r.w.get("captured") + ": " + r.captured(e.Evidence), Style: styleSmall})
	if e.Original != nil {
		b.Spans = append(b.Spans, pdf.Span{Text: "\n" + r.copyText(e, e.Original.SHA256[:16]+" …"), Style: styleSmall})
	}
	return r.layout(b, width)
}

// listed says in a cell what a file is that cannot be shown on a page.
func (r *renderer) listed(ctx context.Context, p *Placed, f io.ReadSeeker, x, y, width, height pdf.Length) error {
	say := []string{joinNonEmpty(" · ", p.Exhibit.MIME, byteSize(p.Exhibit.Size)), "SHA-256 " + p.Exhibit.SHA256}
	var img *pdf.Image
	if isFilm(p.Exhibit.MIME) {
		info, err := picture.Film(ctx, f, p.Exhibit.Size)
		if err != nil {
			return err
		}
		say[0] = joinNonEmpty(" · ", info.Format, filmLength(info.Length), byteSize(p.Exhibit.Size))
		img = r.still(info)
	}
	text := r.plain(strings.Join(say, "\n"), styleSmall, width)
	taken := r.page.DrawLines(text, 0, text.Fit(0, height), x, y) + pdf.Pt(3)
	if img != nil && height > taken {
		w, h := pdf.Fit(img.Width, img.Height, width, height-taken)
		w, h = r.unblown(img, w, h)
		r.page.DrawImage(img, x, y+taken, w, h)
	}
	return nil
}
