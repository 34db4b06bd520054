package bundle

import (
	"strings"

	"casebinder/data"
	"casebinder/data/pdf"
)

// tracking draws each parcel with its scans.
func (r *renderer) tracking() {
	w := r.w
	for i, s := range r.c.Order.Shipments {
		r.heading(w.get("parcel", "n", itoa(i+1)))
		r.facts([]fact{
			{w.get("tracking.number"), oneLine(s.Tracking)},
			{w.get("carrier"), oneLine(s.Carrier)},
			{w.get("service"), oneLine(s.Service)},
			{w.get("shipped"), r.clock.full(s.ShippedAt)},
			{w.get("delivered"), r.clock.full(s.DeliveredAt)},
			{w.get("told"), r.teller(s.Told, false)},
			{w.get("parcel.kind"), r.parcelKind(s.Kind)},
			{w.get("parcel.promised"), r.clock.full(s.PromisedAt)},
		}, 3)
		if len(s.Events) == 0 {
			r.text(pdf.Plain(w.get("tracking.none"), styleSmall), marginX, bodyWidth)
			continue
		}
		r.gap(2 * pdf.MM)
		t := r.table(
			column{w.get("time"), 42 * pdf.MM, pdf.AlignStart}, column{w.get("place"), 42 * pdf.MM, pdf.AlignStart},
			column{w.get("status"), bodyWidth - 84*pdf.MM, pdf.AlignStart},
		)
		for _, e := range s.Events {
			status := pdf.Plain(strings.TrimSpace(e.Text), styleBody)
			if by := r.teller(e.Told, e.IntakeID != 0); by != "" {
				status.Spans = append(status.Spans, pdf.Span{Text: "\n" + by, Style: styleSmall})
			}
			t.row("", pdf.Plain(r.clock.full(e.At), styleBody), pdf.Plain(oneLine(e.Place), styleBody), status)
		}
	}
}

// teller says of what the seller entered that it is the seller's word, or that it
// was pasted from the carrier's page; "" for what a file tells.
func (r *renderer) teller(by data.Teller, pasted bool) string {
	switch {
	case by != data.TellerPerson:
		return ""
	case pasted:
		return r.w.get("told.pasted")
	}
	return r.w.get("told.person")
}

// parcelKind names what was sent again or back; "" for what was ordered.
func (r *renderer) parcelKind(k data.ShipmentKind) string {
	switch k {
	case data.ShipmentGoods:
	case data.ShipmentResend:
		return r.w.get("parcel.kind.resend")
	case data.ShipmentReturn:
		return r.w.get("parcel.kind.return")
	}
	return ""
}

// stated says of a fact of the order that it is the seller's word; "" for what a
// file tells.
func (r *renderer) stated(name string) string {
	if !r.c.Order.IsStated(name) {
		return ""
	}
	return r.w.get("told.stated")
}
