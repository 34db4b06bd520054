package bundle

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/pdf"
)

// A moment is one line of the timeline.
type moment struct {
	at    time.Time
	whole bool // stands for its whole day
	who   string
	what  []pdf.Span
	link  string
}

// timeline draws everything that happened, in one order.
func (r *renderer) timeline(ctx context.Context) error {
	r.text(pdf.Plain(r.w.get("timeline.note", "zone", r.clock.zone.String()), styleSmall), marginX, bodyWidth)
	r.gap(4 * pdf.MM)
	t := r.table(
		column{r.w.get("time"), 42 * pdf.MM, pdf.AlignStart}, column{r.w.get("who"), 30 * pdf.MM, pdf.AlignStart},
		column{r.w.get("what"), bodyWidth - 72*pdf.MM, pdf.AlignStart},
	)
	var rows []tableRow
	for _, m := range r.moments() {
		at := r.clock.full(m.at)
		switch {
		case at == "":
			at = r.w.get("undated")
		case m.whole:
			at = r.clock.day(m.at)
		}
		rows = append(rows, tableRow{m.link, []pdf.Block{pdf.Plain(at, styleBody), pdf.Plain(m.who, styleBody), {Spans: m.what}}})
	}
	return t.rows(ctx, rows)
}

// moments collects the timeline; what has no date stands at the end.
func (r *renderer) moments() []moment {
	list := append(r.orderMoments(), r.caseMoments()...)
	list = append(list, r.feedbackMoments()...)
	list = append(list, r.writtenMoments()...)
	list = append(list, r.messageMoments()...)
	for _, p := range r.placed {
		if e := p.Exhibit; !e.CapturedAt.IsZero() {
			text := r.w.get("captured.event", "exhibit", r.w.get("exhibit", "n", itoa(p.Number)), "title", excerpt(p.Title, 120))
			list = append(list, moment{at: e.CapturedAt, who: r.w.get("file.who"), what: []pdf.Span{{Text: text, Style: styleLink}}, link: exhibitDest(p.Number)})
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return earlier(list[i].at, list[j].at) })
	return list
}

// maxListed is how many messages the timeline names one by one; of more it
// counts those of each day.
const maxListed = 60

func (r *renderer) messageMoments() []moment {
	var list []moment
	if len(r.messages) <= maxListed && !r.part.Step.Cited {
		for i, m := range r.messages {
			list = append(list, moment{at: m.SentAt, who: r.author(m), what: []pdf.Span{
				{Text: r.w.get("message.short") + "  ", Style: styleLink}, {Text: excerpt(m.Text, 120), Style: styleBody},
			}, link: messageDest(i)})
		}
		return list
	}
	for from := 0; from < len(r.messages); {
		to, day := from+1, r.clock.day(r.messages[from].SentAt)
		for to < len(r.messages) && r.clock.day(r.messages[to].SentAt) == day {
			to++
		}
		list = append(list, r.dayMoment(from, to))
		from = to
	}
	return list
}

// dayMoment counts the messages of a day.
func (r *renderer) dayMoment(from, to int) moment {
	count := map[data.Direction]int{}
	for _, m := range r.messages[from:to] {
		count[m.Direction]++
	}
	var parts []string
	for _, d := range []struct {
		way data.Direction
		who data.Actor
	}{{data.FromBuyer, data.ActorBuyer}, {data.ToBuyer, data.ActorSeller}, {data.FromPlatform, data.ActorPlatform}} {
		if n := count[d.way]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s: %d", r.w.named("actor.", string(d.who)), n))
		}
	}
	return moment{at: r.messages[from].SentAt, whole: true, what: []pdf.Span{
		{Text: r.w.get("messages.day", "n", itoa(to-from)) + "  ", Style: styleLink}, {Text: strings.Join(parts, " · "), Style: styleBody},
	}, link: messageDest(from)}
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
		if s.Kind == data.ShipmentReturn {
			s.ShippedAt, s.DeliveredAt = time.Time{}, time.Time{} // back to the seller: its scans tell
		}
		shipped, delivered = shipped || !s.ShippedAt.IsZero(), delivered || !s.DeliveredAt.IsZero()
		// What the carrier recorded at that very time is the same happening.
		first, last := s.ShippedAt, s.DeliveredAt
		for _, e := range s.Events {
			one := moment{at: e.At, who: carrier, what: []pdf.Span{{Text: joinNonEmpty(" · ", e.Place, e.Text), Style: styleBody}}, link: string(data.SectionShipping)}
			if by := r.teller(e.Told, e.IntakeID != 0); by != "" {
				one.what = append(one.what, pdf.Span{Text: "\n" + by, Style: styleSmall})
			}
			switch {
			case e.At.IsZero():
			case e.At.Equal(first):
				one.what, first = happened(w.get("shipped.event"), id, one.what), time.Time{}
			case e.At.Equal(last):
				one.what, last = happened(w.get("delivered.event"), id, one.what), time.Time{}
			}
			list = append(list, one)
		}
		add(first, w.get("actor.seller"), w.get("shipped.event"), id)
		add(last, carrier, w.get("delivered.event"), id)
	}
	if !shipped {
		add(o.ShippedAt, w.get("actor.seller"), w.get("shipped.event"), r.stated(data.StatedShipped))
	}
	if !delivered {
		who := carrier
		if o.IsStated(data.StatedDelivered) { // no carrier says so
			who = w.get("actor.seller")
		}
		add(o.DeliveredAt, who, w.get("delivered.event"), r.stated(data.StatedDelivered))
	}
	return list
}

// writtenMoments are what the seller wrote down of the order and its own dates do
// not tell. Its notes are the seller's own, and stay.
func (r *renderer) writtenMoments() []moment {
	var list []moment
	for _, e := range r.c.Written {
		if r.toldElsewhere(&e) {
			continue
		}
		spans := []pdf.Span{{Text: r.w.named("written.", string(e.Kind)), Style: styleStrong}}
		if more := joinNonEmpty(" · ", e.Amount.String(), e.Tracking); more != "" {
			spans = append(spans, pdf.Span{Text: "  " + more, Style: styleBody})
		}
		spans = append(spans, pdf.Span{Text: "\n" + r.w.get("told.stated"), Style: styleSmall})
		who := data.ActorSeller
		switch e.Kind {
		case data.OrderReturnAsked, data.OrderReturnSent, data.OrderConfirmed:
			who = data.ActorBuyer
		}
		list = append(list, moment{at: e.At, who: r.w.named("actor.", string(who)), what: spans})
	}
	return list
}

// toldElsewhere reports whether the timeline has what was written down already, as
// a date of the order or of its parcels.
func (r *renderer) toldElsewhere(e *data.OrderEvent) bool {
	switch e.Kind {
	case data.OrderShipped, data.OrderDelivered:
		return true
	case data.OrderResent:
		return slices.ContainsFunc(r.c.Order.Shipments, func(s data.Shipment) bool { return s.Tracking == e.Tracking && !s.ShippedAt.IsZero() })
	}
	return false
}

// happened puts what happened before the carrier's own words for it.
func happened(what, id string, words []pdf.Span) []pdf.Span {
	return append([]pdf.Span{{Text: what, Style: styleStrong}, {Text: "  " + id + "\n", Style: styleBody}}, words...)
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
