package bundle

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"
	"time"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/bundle/pdf"
)

// A renderer draws one bundle.
type renderer struct {
	*sheet
	c        *Case
	clock    clock
	open     Opener
	opts     Options
	placed   []Placed
	rejected []Rejected
	pages    map[string]int // of sections, from 1
	done     int64
	told     bool // what a fingerprint shows
}

// render writes the PDF of a case.
func render(ctx context.Context, out io.Writer, c *Case, w *words, placed []Placed, open Opener, opts Options) (*renderer, error) {
	r := &renderer{c: c, clock: clock{c.Zone}, open: open, opts: opts, placed: placed, pages: map[string]int{}}
	if r.clock.zone == nil {
		r.clock.zone = c.Order.Shop.Location()
	}
	fonts := pdf.NotoFonts(assets.FS)
	r.sheet = &sheet{ts: pdf.NewTypesetter(fonts), w: w, laters: map[int][]later{}}
	r.doc = pdf.New(out, pdf.Options{
		Title: w.get("title.order", "number", oneLine(c.Order.Number)), Author: c.Order.Shop.Name, Creator: c.Program,
		Language: w.language, Created: c.Generated, Fonts: fonts, Stamp: r.stamp,
	})
	r.cover()
	r.index()
	r.timeline()
	steps := []func(context.Context) error{r.messages, func(context.Context) error { r.tracking(); return nil }, r.exhibits}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	err := errors.Join(r.doc.Close(), r.err)
	if err != nil {
		return nil, fmt.Errorf("writing the PDF: %w", err)
	}
	return r, ctx.Err()
}

// step counts an exhibit or message, and stops where the context is done.
func (r *renderer) step(ctx context.Context) error {
	r.done++
	if r.opts.Progress != nil && (r.done%50 == 0 || r.done > int64(len(r.c.Messages))) {
		r.opts.Progress(Progress{StepPages, r.done, int64(len(r.c.Messages) + len(r.c.Exhibits))})
	}
	if r.err != nil {
		return fmt.Errorf("writing the PDF: %w", r.err)
	}
	return ctx.Err()
}

// begin begins a section and keeps its page.
func (r *renderer) begin(name, title string) {
	r.now = mark{}
	r.section(name, title)
	r.pages[name] = r.page.Number()
}

// stamp draws what stands on every page: whose case it is, which exhibit, which page.
func (r *renderer) stamp(page *pdf.Page, total int) {
	r.drawLaters(page)
	m := r.marks[page.Number()-1]
	n, of := itoa(page.Number()), itoa(total)
	const top, bottom = 12 * pdf.MM, pdf.A4Height - 16*pdf.MM
	small := style(8, false, muted)
	if !m.plain {
		name := r.w.get("stamp.order", "platform", r.c.Order.Shop.Platform.Title(), "number", excerpt(r.c.Order.Number, 60))
		drawFirst(page, r.plain(name, small, 110*pdf.MM), marginX, top)
	}
	if m.exhibit > 0 {
		label := r.layout(pdf.Block{
			Spans: []pdf.Span{{Text: r.w.get("stamp.exhibit", "e", itoa(m.exhibit), "n", n, "total", of), Style: style(8.5, true, pdf.White)}},
		}, 80*pdf.MM)
		width := label.Width() + 6*pdf.MM
		x := marginX + bodyWidth - width
		page.FillRect(x, top-pdf.Pt(3.5), width, label.Height()+pdf.Pt(7), accent)
		page.DrawText(label, x+3*pdf.MM, top)
	}
	if !m.plain {
		y := bodyTop - 6*pdf.MM
		page.Line(marginX, y, marginX+bodyWidth, y, pdf.Pt(0.5), rule)
	}
	page.Line(marginX, bottom-pdf.Pt(5), marginX+bodyWidth, bottom-pdf.Pt(5), pdf.Pt(0.5), rule)
	drawFirst(page, r.plain(joinNonEmpty(" · ", r.clock.full(r.c.Generated), r.c.Program), small, 110*pdf.MM), marginX, bottom)
	number := r.layout(pdf.Block{
		Spans: []pdf.Span{{Text: r.w.get("stamp.page", "n", n, "total", of), Style: style(8.5, true, ink)}}, Align: pdf.AlignRight,
	}, 60*pdf.MM)
	page.DrawText(number, marginX+bodyWidth-60*pdf.MM, bottom)
}

// cover draws the first page: what the case is, and what is in the bundle.
func (r *renderer) cover() {
	c, w := r.c, r.w
	r.now = mark{plain: true}
	r.newPage()
	r.now = mark{}
	r.pages["cover"] = 1
	r.page.Dest("cover", 0)
	r.doc.Bookmark(0, w.get("cover"), 0, 0)
	r.page.FillRect(0, 0, pdf.A4Width, 5*pdf.MM, accent)
	r.y = 16 * pdf.MM
	r.text(pdf.Plain(w.get("title"), style(11, true, muted)), marginX, bodyWidth)
	r.gap(1 * pdf.MM)
	r.text(pdf.Plain(w.get("title.order", "number", excerpt(c.Order.Number, 80)), style(22, true, accent)), marginX, bodyWidth)
	reason := w.named("reason.", string(c.Dispute.Reason))
	r.text(pdf.Plain(joinNonEmpty("  ·  ", c.Order.Shop.Platform.Title(), reason, c.Dispute.Amount.String()), style(12, false, ink)), marginX, bodyWidth)
	r.gap(3 * pdf.MM)
	r.page.Line(marginX, r.y, marginX+bodyWidth, r.y, pdf.Pt(1.2), accent)
	r.gap(5 * pdf.MM)
	r.facts(r.caseFacts(), 3)
	r.items()
	claim := strings.TrimSpace(c.Dispute.Claim)
	if claim == "" && reason != "" {
		claim = w.get("claim.none", "reason", reason)
	}
	if claim != "" {
		r.heading(w.get("claim"))
		r.text(pdf.Plain(claim, styleBody), marginX, bodyWidth)
	}
	if ask := strings.TrimSpace(c.Ask); ask != "" {
		r.heading(w.get("ask"))
		r.text(pdf.Plain(ask, styleBody), marginX, bodyWidth)
	}
	r.contents()
	r.told = r.integrity(false)
}

// caseFacts are the facts of the cover.
func (r *renderer) caseFacts() []fact {
	c, w, t := r.c, r.w, r.clock.full
	o, d := c.Order, c.Dispute
	buyer := oneLine(o.Buyer.Name)
	if h := oneLine(o.Buyer.Handle); h != "" && h != buyer && !strings.Contains(h, "@") {
		buyer = strings.TrimSpace(buyer + " (" + h + ")")
	}
	a := o.ShipTo
	to := joinNonEmpty(", ", a.City, a.State, a.Postcode, a.Country)
	return []fact{
		{w.get("platform"), o.Shop.Platform.Title()},
		{w.get("shop"), oneLine(o.Shop.Name)},
		{w.get("order"), oneLine(o.Number)},
		{w.get("case"), oneLine(d.CaseNumber)},
		{w.get("buyer"), buyer},
		{w.get("destination"), to},
		{w.get("total"), o.Total.String()},
		{w.get("amount"), d.Amount.String()},
		{w.get("refunded"), o.Refunded.String()},
		{w.get("payment"), oneLine(o.PaymentMethod)},
		{w.get("reason"), w.named("reason.", string(d.Reason))},
		{w.get("ordered"), t(o.OrderedAt)},
		{w.get("paid"), t(o.PaidAt)},
		{w.get("shipped"), t(o.ShippedAt)},
		{w.get("delivered"), t(o.DeliveredAt)},
		{w.get("opened"), t(d.OpenedAt)},
		{w.get("due"), t(d.StatedDue)},
		{w.get("prepared"), oneLine(c.Prepared)},
	}
}

func joinNonEmpty(sep string, parts ...string) string {
	kept := parts[:0:0]
	for _, p := range parts {
		if p = oneLine(p); p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}

// items lists what was ordered.
func (r *renderer) items() {
	if len(r.c.Order.Items) == 0 {
		return
	}
	r.heading(r.w.get("items"))
	t := r.table(
		column{r.w.get("quantity"), 16 * pdf.MM, pdf.AlignStart}, column{r.w.get("item"), bodyWidth - 50*pdf.MM, pdf.AlignStart},
		column{r.w.get("price"), 34 * pdf.MM, pdf.AlignRight},
	)
	for _, it := range r.c.Order.Items {
		title := pdf.Block{Spans: []pdf.Span{{Text: oneLine(it.Title), Style: styleBody}}}
		if more := joinNonEmpty(" · ", it.Variation, it.SKU); more != "" {
			title.Spans = append(title.Spans, pdf.Span{Text: "\n" + more, Style: styleSmall})
		}
		t.row("", pdf.Plain(fmt.Sprint(it.Quantity), styleBody), title, pdf.Plain(it.Price.String(), styleBody))
	}
}

// contents lists the parts of the bundle with their pages.
func (r *renderer) contents() {
	w := r.w
	parts := []struct{ name, title string }{{"index", w.get("index")}, {"timeline", w.get("timeline")}}
	if len(r.c.Messages) > 0 {
		parts = append(parts, struct{ name, title string }{"messages", fmt.Sprintf("%s (%d)", w.get("messages"), len(r.c.Messages))})
	}
	if len(r.c.Order.Shipments) > 0 {
		parts = append(parts, struct{ name, title string }{"tracking", w.get("tracking")})
	}
	if len(r.placed) > 0 {
		parts = append(parts, struct{ name, title string }{exhibitDest(1), fmt.Sprintf("%s (%d)", w.get("exhibits"), len(r.placed))})
	}
	r.heading(w.get("contents"))
	for _, p := range parts {
		r.contentsLine(p.name, p.title)
	}
}

// contentsLine is one line with a row of dots to its page number.
func (r *renderer) contentsLine(dest, title string) {
	const numberWidth = 16 * pdf.MM
	t := r.plain(title, styleBody, bodyWidth-numberWidth)
	r.need(t.Height())
	r.page.DrawText(t, marginX, r.y)
	base := r.y + t.Height() - pdf.Pt(3.5)
	r.page.Line(marginX+t.Width()+2*pdf.MM, base, marginX+bodyWidth-10*pdf.MM, base, pdf.Pt(0.4), rule)
	r.later(marginX+bodyWidth-numberWidth, r.y, numberWidth, styleLink, func() string { return itoa(r.pageOf(dest)) })
	r.page.Link(marginX, r.y, bodyWidth, t.Height(), dest)
	r.y += t.Height() + pdf.Pt(1.5)
}

func exhibitDest(n int) string { return "exhibit-" + itoa(n) }

// pageOf is the page of a section or exhibit, when all are drawn.
func (r *renderer) pageOf(dest string) int {
	for _, p := range r.placed {
		if exhibitDest(p.Number) == dest {
			return p.First
		}
	}
	return r.pages[dest]
}

// integrity says in a box what a fingerprint shows, and what not. Unless it must,
// it does not begin a page for that.
func (r *renderer) integrity(must bool) bool {
	const in = 4 * pdf.MM
	text := r.layout(pdf.Block{Leading: pdf.Pt(12), Spans: []pdf.Span{
		{Text: r.w.get("integrity") + "\n", Style: style(9, true, accent)},
		{Text: r.w.get("integrity.text", "time", r.clock.full(r.c.Generated)), Style: style(8.5, false, ink)},
	}}, bodyWidth-2*in)
	h := text.Height() + 2*in
	if !must && r.left() < h+5*pdf.MM {
		return false
	}
	r.need(h + 5*pdf.MM)
	r.gap(5 * pdf.MM)
	r.page.FillRect(marginX, r.y, bodyWidth, h, tint)
	r.page.FillRect(marginX, r.y, pdf.Pt(2.5), h, accent)
	r.page.DrawText(text, marginX+in, r.y+in)
	r.y += h
	return true
}

// index lists the exhibits, each line a link.
func (r *renderer) index() {
	r.begin("index", r.w.get("index"))
	if len(r.placed) == 0 {
		r.text(pdf.Plain(r.w.get("exhibits.none"), styleBody), marginX, bodyWidth)
	} else {
		r.indexTable()
	}
	if !r.told {
		r.integrity(true)
	}
}

func (r *renderer) indexTable() {
	t := r.table(
		column{r.w.get("number"), 26 * pdf.MM, pdf.AlignStart}, column{r.w.get("exhibit.title"), 78 * pdf.MM, pdf.AlignStart},
		column{r.w.get("date"), 42 * pdf.MM, pdf.AlignStart}, column{r.w.get("pages"), bodyWidth - 146*pdf.MM, pdf.AlignRight},
	)
	for i := range r.placed {
		p := &r.placed[i]
		title := pdf.Block{Spans: []pdf.Span{{Text: p.Title, Style: styleStrong}}}
		more := excerpt(p.Exhibit.Name, 80) // in full on its page
		if kind := r.w.kind(p.Exhibit.Kind); kind != p.Title {
			more = joinNonEmpty(" · ", kind, more)
		}
		title.Spans = append(title.Spans, pdf.Span{Text: "\n" + more, Style: styleSmall})
		date := r.clock.full(p.Exhibit.CapturedAt)
		if date == "" {
			date = r.w.get("undated")
		}
		top := t.row(exhibitDest(p.Number), pdf.Plain(r.w.get("exhibit", "n", itoa(p.Number)), styleLink), title,
			pdf.Plain(date, styleBody), pdf.Plain("", styleBody))
		t.later(marginX+146*pdf.MM, top, bodyWidth-146*pdf.MM, styleLink, func() string { return pageRange(p.First, p.Last) })
	}
}

func pageRange(first, last int) string {
	if first == last {
		return itoa(first)
	}
	return itoa(first) + "–" + itoa(last)
}

// A moment is one line of the timeline.
type moment struct {
	at   time.Time
	who  string
	what []pdf.Span
	link string
}

// timeline draws everything that happened, in one order.
func (r *renderer) timeline() {
	r.begin("timeline", r.w.get("timeline"))
	r.text(pdf.Plain(r.w.get("timeline.note", "zone", r.clock.zone.String()), styleSmall), marginX, bodyWidth)
	r.gap(4 * pdf.MM)
	t := r.table(
		column{r.w.get("time"), 42 * pdf.MM, pdf.AlignStart}, column{r.w.get("who"), 30 * pdf.MM, pdf.AlignStart},
		column{r.w.get("what"), bodyWidth - 72*pdf.MM, pdf.AlignStart},
	)
	for _, m := range r.moments() {
		at := r.clock.full(m.at)
		if at == "" {
			at = r.w.get("undated")
		}
		t.row(m.link, pdf.Plain(at, styleBody), pdf.Plain(m.who, styleBody), pdf.Block{Spans: m.what})
	}
}

// moments collects the timeline; what has no date stands at the end.
func (r *renderer) moments() []moment {
	list := append(r.orderMoments(), r.caseMoments()...)
	for i, m := range r.sortedMessages() {
		list = append(list, moment{m.SentAt, r.author(m), []pdf.Span{
			{Text: r.w.get("message.short") + "  ", Style: styleLink}, {Text: excerpt(m.Text, 120), Style: styleBody},
		}, messageDest(i)})
	}
	for _, p := range r.placed {
		if e := p.Exhibit; !e.CapturedAt.IsZero() {
			text := r.w.get("captured.event", "exhibit", r.w.get("exhibit", "n", itoa(p.Number)), "title", excerpt(p.Title, 120))
			list = append(list, moment{e.CapturedAt, r.w.get("file.who"), []pdf.Span{{Text: text, Style: styleLink}}, exhibitDest(p.Number)})
		}
	}
	sort.SliceStable(list, func(i, j int) bool {
		a, b := list[i].at, list[j].at
		if a.IsZero() || b.IsZero() {
			return !a.IsZero() && b.IsZero()
		}
		return a.Before(b)
	})
	return list
}

func (r *renderer) orderMoments() []moment {
	o, w := r.c.Order, r.w
	var list []moment
	add := func(at time.Time, who, what, more string) {
		if at.IsZero() {
			return
		}
		spans := []pdf.Span{{Text: what, Style: styleStrong}}
		if more != "" {
			spans = append(spans, pdf.Span{Text: "  " + more, Style: styleBody})
		}
		list = append(list, moment{at: at, who: who, what: spans})
	}
	buyer, carrier := w.get("actor.buyer"), w.get("carrier.who")
	add(o.OrderedAt, buyer, w.get("order.event"), "")
	add(o.PaidAt, buyer, w.get("payment.event"), joinNonEmpty(" · ", o.Total.String(), o.PaymentMethod))
	shipped, delivered := false, false
	for _, s := range o.Shipments {
		id := joinNonEmpty(" ", s.Carrier, s.Tracking)
		add(s.ShippedAt, w.get("actor.seller"), w.get("shipped.event"), id)
		add(s.DeliveredAt, carrier, w.get("delivered.event"), id)
		shipped, delivered = shipped || !s.ShippedAt.IsZero(), delivered || !s.DeliveredAt.IsZero()
		for _, e := range s.Events {
			list = append(list, moment{e.At, carrier, []pdf.Span{{Text: joinNonEmpty(" · ", e.Place, e.Text), Style: styleBody}}, "tracking"})
		}
	}
	if !shipped {
		add(o.ShippedAt, w.get("actor.seller"), w.get("shipped.event"), "")
	}
	if !delivered {
		add(o.DeliveredAt, carrier, w.get("delivered.event"), "")
	}
	return list
}

func (r *renderer) caseMoments() []moment {
	var list []moment
	opened := false
	for _, e := range r.c.Dispute.Events {
		opened = opened || e.Kind == data.EventOpened
		list = append(list, r.caseMoment(e))
	}
	if !opened && !r.c.Dispute.OpenedAt.IsZero() {
		list = append(list, r.caseMoment(data.CaseEvent{Kind: data.EventOpened, Actor: data.ActorBuyer, At: r.c.Dispute.OpenedAt, Amount: r.c.Dispute.Amount}))
	}
	return list
}

func (r *renderer) caseMoment(e data.CaseEvent) moment {
	w := r.w
	spans := []pdf.Span{{Text: w.named("event.", string(e.Kind)), Style: styleStrong}}
	if a := e.Amount.String(); a != "" {
		spans = append(spans, pdf.Span{Text: "  " + a, Style: styleBody})
	}
	if n := strings.TrimSpace(e.Note); n != "" {
		spans = append(spans, pdf.Span{Text: "\n" + n, Style: styleBody})
	}
	var more []string
	if !e.Due.IsZero() {
		more = append(more, w.get("event.due", "time", r.clock.full(e.Due)))
	}
	if e.Corrects != "" {
		more = append(more, w.get("event.corrects"))
	}
	if len(more) > 0 {
		spans = append(spans, pdf.Span{Text: "\n" + strings.Join(more, " · "), Style: styleSmall})
	}
	return moment{at: e.At, who: w.named("actor.", string(e.Actor)), what: spans}
}
