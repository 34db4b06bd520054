package bundle

import (
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/bundle/fit"
	"casebinder/data/pdf"
)

// cover draws the first page: what the case is, and what is in the bundle.
func (r *renderer) cover() {
	c, w := r.c, r.w
	r.now = mark{plain: true}
	r.newPage()
	r.now = mark{}
	r.dest("cover", 0)
	r.bookmark(0, w.get("cover"))
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
	a := o.ShipTo
	to := joinNonEmpty(", ", a.City, a.State, a.Postcode, a.Country)
	return []fact{
		{w.get("platform"), o.Shop.Platform.Title()},
		{w.get("shop"), oneLine(o.Shop.Name)},
		{w.get("order"), oneLine(o.Number)},
		{w.get("case"), oneLine(d.CaseNumber)},
		{w.get("buyer"), r.buyerName()},
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
		{w.get("version"), itoa(max(c.Version, 1))},
		{w.get("profile"), r.profileName()},
		{w.get("masked"), r.maskNames()},
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

// integrity says in a box what a fingerprint shows, and what not. Unless it must,
// it does not begin a page for that.
func (r *renderer) integrity(must bool) bool {
	const in = 4 * pdf.MM
	spans := []pdf.Span{
		{Text: r.w.get("integrity") + "\n", Style: style(9, true, accent)},
		{Text: r.w.get("integrity.text", "time", r.clock.full(r.c.Generated)), Style: style(8.5, false, ink)},
	}
	if key := r.opts.Key; key != nil && !key.IsZero() {
		spans = append(spans, pdf.Span{Text: "\n" + r.w.get("signer") + " ", Style: style(8.5, false, ink)}, pdf.Span{Text: key.Fingerprint(), Style: style(8.5, true, ink)})
	}
	text := r.layout(pdf.Block{Leading: pdf.Pt(12), Spans: spans}, bodyWidth-2*in)
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

// buyerName is what the buyer is called, and the account's name beside it.
func (r *renderer) buyerName() string {
	b := r.c.Order.Buyer
	name := oneLine(b.Name)
	if h := oneLine(b.Handle); h != "" && h != name && !strings.Contains(h, "@") {
		name = strings.TrimSpace(name + " (" + h + ")")
	}
	return name
}

// letterhead begins a part without a cover: what the case is, in a few lines.
func (r *renderer) letterhead(title string) {
	r.now = mark{}
	r.newPage()
	r.dest("cover", 0)
	r.text(pdf.Plain(title, style(15, true, accent)), marginX, bodyWidth)
	r.gap(1 * pdf.MM)
	o, d := r.c.Order, r.c.Dispute
	r.text(pdf.Plain(joinNonEmpty("  ·  ", o.Shop.Platform.Title(), r.w.get("title.order", "number", excerpt(o.Number, 80)), d.CaseNumber,
		r.w.named("reason.", string(d.Reason)), d.Amount.String()), styleBody), marginX, bodyWidth)
	r.gap(2 * pdf.MM)
	r.page.Line(marginX, r.y, marginX+bodyWidth, r.y, pdf.Pt(1.2), accent)
	r.gap(4 * pdf.MM)
	if len(r.part.Exhibits) > 0 {
		r.indexTable()
	}
}

// profileName is the platform's form that the bundle was made for; "" for none.
func (r *renderer) profileName() string {
	if p := r.opts.Profile; p != nil && p.ID != fit.Plain {
		return oneLine(p.Name)
	}
	return ""
}

// maskNames says which personal data is masked.
func (r *renderer) maskNames() string {
	var list []string
	for _, k := range data.MaskKinds() {
		if slices.Contains(r.c.Mask, k) {
			list = append(list, r.w.named("mask.", string(k)))
		}
	}
	return strings.Join(list, ", ")
}
