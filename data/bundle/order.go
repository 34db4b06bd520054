package bundle

import (
	"fmt"

	"casebinder/data"
	"casebinder/data/pdf"
)

// order draws what was ordered and how it was paid.
func (r *renderer) order() {
	w, o, t := r.w, r.c.Order, r.clock.full
	a := o.ShipTo
	r.facts([]fact{
		{w.get("order"), oneLine(o.Number)},
		{w.get("ordered"), t(o.OrderedAt)},
		{w.get("paid"), t(o.PaidAt)},
		{w.get("ship.by"), t(o.ShipBy)},
		{w.get("payment"), oneLine(o.PaymentMethod)},
		{w.get("payment.ref"), oneLine(o.PaymentRef)},
		{w.get("total"), o.Total.String()},
		{w.get("shipping.cost"), o.Shipping.String()},
		{w.get("refunded"), o.Refunded.String() + statedLine(r.stated(data.StatedRefunded))},
		{w.get("buyer"), r.buyerName()},
		{w.get("destination"), joinNonEmpty(", ", a.Name, a.Line1, a.Line2, a.Line3, a.City, a.State, a.Postcode, a.Country) + statedLine(r.stated(data.StatedShipTo))},
	}, 3)
	r.items()
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

// statedLine puts behind a fact whose word it is.
func statedLine(by string) string {
	if by == "" {
		return ""
	}
	return " (" + by + ")"
}
