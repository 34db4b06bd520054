package bundle

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"casebinder/data"
	"casebinder/data/bag"
	"casebinder/data/pages"
	"casebinder/data/pdf"
	"casebinder/data/picture"
)

// exhibits draws exhibits: photos several on a page where the step of the ladder
// says so, everything else on pages of its own. With follow the first one stands
// below the heading of its section.
func (r *renderer) exhibits(ctx context.Context, list []*Placed, follow bool) error {
	slot := 0
	for i, p := range list {
		r.watched(exhibitItem(p.Number))
		var err error
		first := 0
		if r.inGrid(p) {
			err = r.cell(ctx, p, slot, follow && i == 0)
			first = r.running()
			slot++
		} else {
			slot = 0
			first, err = r.alone(ctx, p, follow && i == 0)
		}
		if err != nil {
			return err
		}
		r.at.Exhibits[p.Number] = span{first, r.running()}
		if err := r.step(ctx); err != nil {
			return err
		}
	}
	r.now = mark{}
	return nil
}

// alone draws an exhibit on pages of its own, and gives the first.
func (r *renderer) alone(ctx context.Context, p *Placed, follow bool) (first int, err error) {
	r.now = mark{}
	r.now.holds(p.Number)
	switch {
	case follow, r.part.Compact && r.left() > roomAlone:
		r.marks[len(r.marks)-1].holds(p.Number)
	default:
		r.newPage()
	}
	first = r.running()
	r.dest(exhibitDest(p.Number), r.y-14*pdf.MM)
	r.bookmark(1, joinNonEmpty(" - ", r.w.get("exhibit", "n", itoa(p.Number)), p.Title))
	switch {
	case r.part.Compact:
		r.text(pdf.Block{Spans: r.shortBand(p)}, marginX, bodyWidth)
		r.gap(2 * pdf.MM)
	case isDocument(p.Exhibit.MIME):
		r.slimBand(p)
	default:
		r.band(p)
	}
	return first, r.show(ctx, p)
}

// shortBand is the head of an exhibit where room is dear.
func (r *renderer) shortBand(p *Placed) []pdf.Span {
	e := p.Exhibit
	spans := []pdf.Span{{Text: r.w.get("exhibit", "n", itoa(p.Number)) + "  ", Style: style(11, true, accent)}, {Text: p.Title, Style: style(11, true, ink)}}
	if proves := oneLine(e.Proves); proves != "" {
		spans = append(spans, pdf.Span{Text: "\n" + proves, Style: styleBody})
	}
	more := joinNonEmpty(" · ", r.w.get("captured")+": "+r.captured(e.Evidence), excerpt(e.Name, 60), "SHA-256 "+e.SHA256[:16]+" …")
	spans = append(spans, pdf.Span{Text: "\n" + more, Style: styleSmall})
	if e.Original != nil {
		spans = append(spans, pdf.Span{Text: "\n" + r.copyText(e, e.Original.SHA256), Style: styleSmall})
	}
	return spans
}

// slimBand is the head of a document, whose own first page stands below it.
func (r *renderer) slimBand(p *Placed) {
	e, w := p.Exhibit, r.w
	r.text(pdf.Block{Spans: []pdf.Span{
		{Text: w.get("exhibit", "n", itoa(p.Number)) + "   ", Style: style(15, true, accent)}, {Text: p.Title, Style: style(12, true, ink)},
	}}, marginX, bodyWidth)
	if proves := oneLine(e.Proves); proves != "" {
		r.text(pdf.Plain(proves, style(10.5, false, ink)), marginX, bodyWidth)
	}
	added := r.clock.full(e.AddedAt)
	if e.AddedBy != "" && added != "" {
		added = w.get("added.by", "time", added, "who", oneLine(e.AddedBy))
	}
	known := []string{w.get("captured") + ": " + r.captured(e.Evidence)}
	for _, f := range []fact{{w.get("added"), added}, {w.get("file"), excerpt(e.Name, 80)}, {w.get("original"), r.whereOriginal(p)}, {w.get("sha"), w.get("sha.short", "start", e.SHA256[:16])}} {
		if f.value != "" {
			known = append(known, f.label+": "+f.value)
		}
	}
	r.text(pdf.Plain(strings.Join(known, " · "), styleSmall), marginX, bodyWidth)
	if note := strings.TrimSpace(e.Note); note != "" && oneLine(note) != p.Title {
		r.text(pdf.Plain(note, styleBody), marginX, bodyWidth)
	}
	r.gap(pdf.Pt(3))
	r.page.Line(marginX, r.y, marginX+bodyWidth, r.y, pdf.Pt(1.2), accent)
	r.gap(5 * pdf.MM)
	if e.Original != nil {
		r.boxed(pdf.Block{Spans: []pdf.Span{{Text: r.copyText(e, e.Original.SHA256), Style: style(9, false, ink)}}}, accent)
	}
}

func isDocument(mime string) bool {
	kind, _, _ := strings.Cut(mime, ";")
	return kind == "application/pdf"
}

// copyText says of an edited copy that it is one, and of which file.
func (r *renderer) copyText(e Exhibit, sum string) string {
	if at := e.Original.ErasedAt; !at.IsZero() {
		return r.w.get("redacted.erased", "sum", sum, "time", r.clock.full(at))
	}
	if e.Redacted() {
		return r.w.get("redacted.text", "sum", sum)
	}
	return r.w.get("edited.text", "sum", sum)
}

// band is the head of an exhibit: number, title, and what is known of the file.
func (r *renderer) band(p *Placed) {
	e, w := p.Exhibit, r.w
	r.text(pdf.Plain(w.get("exhibit", "n", itoa(p.Number)), style(19, true, accent)), marginX, bodyWidth)
	r.text(pdf.Plain(p.Title, style(12, true, ink)), marginX, bodyWidth)
	r.gap(2 * pdf.MM)
	r.page.Line(marginX, r.y, marginX+bodyWidth, r.y, pdf.Pt(1.2), accent)
	r.gap(4 * pdf.MM)
	if proves := oneLine(e.Proves); proves != "" {
		r.text(pdf.Block{Spans: []pdf.Span{{Text: w.get("proves") + "\n", Style: styleLabel}, {Text: proves, Style: style(10.5, false, ink)}}}, marginX, bodyWidth)
		r.gap(2 * pdf.MM)
	}
	added := r.clock.full(e.AddedAt)
	if e.AddedBy != "" && added != "" {
		added = w.get("added.by", "time", added, "who", oneLine(e.AddedBy))
	}
	place := oneLine(e.Place)
	if coordinates.MatchString(place) {
		place = "" // where a seller lives or works is not for the other side; the original keeps it
	}
	r.facts([]fact{
		{w.get("kind"), w.kind(e.Kind)},
		{w.get("captured"), r.captured(e.Evidence)},
		{w.get("place"), place},
		{w.get("device"), oneLine(e.Device)},
		{w.get("added"), added},
		{w.get("file"), oneLine(e.Name)},
		{w.get("type"), e.MIME + " · " + byteSize(e.Size)},
		{w.get("sha"), w.get("sha.short", "start", e.SHA256[:16])},
		{w.get("original"), r.whereOriginal(p)},
	}, 2)
	if note := strings.TrimSpace(e.Note); note != "" && oneLine(note) != p.Title {
		r.text(pdf.Block{Spans: []pdf.Span{{Text: w.get("note") + "\n", Style: styleLabel}, {Text: note, Style: styleBody}}}, marginX, bodyWidth)
		r.gap(2 * pdf.MM)
	}
	if e.Original != nil {
		r.boxed(pdf.Block{Spans: []pdf.Span{{Text: r.copyText(e, e.Original.SHA256), Style: style(9, false, ink)}}}, accent)
	}
	r.gap(2 * pdf.MM)
}

// whereOriginal says where in the ZIP the original is, or why it is not there.
func (r *renderer) whereOriginal(p *Placed) string {
	if p.Withheld != "" {
		return r.w.named("withheld.", p.Withheld)
	}
	return "data/" + p.File
}

// boxed draws a text in a tinted box with an edge.
func (r *renderer) boxed(b pdf.Block, edge pdf.Color) {
	const in = 3 * pdf.MM
	text := r.layout(b, bodyWidth-2*in)
	r.need(text.Height() + 2*in)
	r.page.FillRect(marginX, r.y, bodyWidth, text.Height()+2*in, tint)
	r.page.FillRect(marginX, r.y, pdf.Pt(2.5), text.Height()+2*in, edge)
	r.page.DrawText(text, marginX+in, r.y+in)
	r.y += text.Height() + 2*in
}

var coordinates = regexp.MustCompile(`^[-+]?\d{1,3}(\.\d+)?\s*°?\s*[NSns]?\s*[,;/ ]\s*[-+]?\d{1,3}(\.\d+)?\s*°?\s*[EWew]?$`)

func (r *renderer) captured(e data.Evidence) string {
	if e.CapturedAt.IsZero() {
		return r.w.get("captured.none")
	}
	at := r.clock.full(e.CapturedAt)
	if e.Captured == data.CapturedNone {
		return at
	}
	return r.w.get("captured.how", "time", at, "how", r.w.named("captured.", string(e.Captured)))
}

// show draws the file itself. What cannot be shown gets a box that says why;
// only what stops the export is an error.
func (r *renderer) show(ctx context.Context, p *Placed) error {
	return r.opened(ctx, p, func(f io.ReadSeekCloser) error {
		err := r.file(ctx, p, f)
		if err == nil && p.Withheld != "" {
			r.missing(p, ProblemKeptBack)
		}
		return err
	}, func(reason string) {
		ships := r.w.get("unshown.ships")
		if p.Withheld != "" {
			ships = r.w.get("unshown.withheld", "sum", p.Exhibit.SHA256)
		}
		r.boxed(pdf.Block{Spans: []pdf.Span{
			{Text: r.w.get("unshown") + "\n", Style: style(11, true, alarm)},
			{Text: r.w.get("unshown.reason", "reason", reason) + "\n", Style: styleBody},
			{Text: ships, Style: styleBody},
		}}, alarm)
	})
}

// file draws a file as its kind is drawn.
func (r *renderer) file(ctx context.Context, p *Placed, f io.ReadSeeker) error {
	mime, _, _ := strings.Cut(p.Exhibit.MIME, ";")
	switch {
	case isLetter(p.Exhibit):
		return r.letter(ctx, p, f)
	case p.Withheld != "" && !strings.HasPrefix(mime, "image/") && !strings.HasPrefix(mime, "text/"):
		return ProblemWithheld.New("name", p.Exhibit.Name)
	case strings.HasPrefix(mime, "image/"):
		return r.photo(ctx, p, f)
	case mime == "application/pdf":
		return r.annex(ctx, p, f)
	case isText(mime):
		return r.printed(ctx, f, p.Exhibit.Size)
	case isFilm(mime):
		return r.film(ctx, p, f)
	}
	r.facts([]fact{{r.w.get("sha.full"), p.Exhibit.SHA256}}, 1)
	r.text(pdf.Plain(r.w.get("listed"), styleBody), marginX, bodyWidth)
	r.missing(p, ProblemListed)
	return nil
}

// opened opens the file of an exhibit and draws it, or says why it cannot be
// shown. Its error is only what stops the export.
func (r *renderer) opened(ctx context.Context, p *Placed, draw func(io.ReadSeekCloser) error, unshown func(reason string)) error {
	f, size, err := r.open.OpenOriginal(ctx, p.Exhibit.SHA256)
	if err != nil {
		return originalProblem(p, err)
	}
	defer func() { _ = f.Close() }()
	if size != p.Exhibit.Size && !r.preview {
		return originalProblem(p, fmt.Errorf("it has %d bytes and should have %d", size, p.Exhibit.Size))
	}
	err = draw(f)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err == nil {
		return nil
	}
	if full := bag.WriteProblem(err, r.opts.Annex.TempDir); errors.Is(full, data.ErrFull) {
		return full // that says nothing about the exhibit
	}
	r.at.Rejected = append(r.at.Rejected, Rejected{Number: p.Number, Name: p.Exhibit.Name, Reason: err})
	unshown(r.reason(err))
	return nil
}

// originalProblem says which exhibit's file is not what it was.
func originalProblem(p *Placed, err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if known, ok := data.AsProblem(err); ok && !errors.Is(err, data.ErrDamaged) && !errors.Is(err, data.ErrNotFound) {
		return known
	}
	return ProblemOriginal.Wrap(err, "number", p.Number, "name", p.Exhibit.Name, "reason", err)
}

func isText(mime string) bool {
	return strings.HasPrefix(mime, "text/") && mime != "text/html" || mime == "application/json"
}

// reason tells in the bundle's language why a file is not shown.
func (r *renderer) reason(err error) string {
	known, ok := data.AsProblem(err)
	if !ok {
		return r.w.get("why.other")
	}
	switch known.Kind {
	case pdf.ProblemImageFormat, picture.ProblemFormat:
		return r.w.get("why.format")
	case pdf.ProblemAnnexPassword:
		return r.w.get("why.password")
	case ProblemWithheld:
		return r.w.get("why.masked")
	case ProblemText:
		return r.w.get("why.encoding")
	case pages.ProblemSlow:
		return r.w.get("why.slow")
	}
	switch known.Kind.Is {
	case data.ErrDamaged:
		return r.w.get("why.damaged")
	case data.ErrLimit:
		return r.w.get("why.limit")
	}
	return r.w.get("why.other")
}
