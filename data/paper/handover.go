package paper

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/pdf"
	"casebinder/data/reply"
)

// given is one parcel that is handed over.
type given struct {
	order, shop, tracking, country string
	grams                          int64
}

// handOver gathers the parcels of a day, and prints a note for each carrier: who
// takes them signs for their own alone.
type handOver struct {
	p       *press
	by      map[string][]given // by carrier, in the order of the orders
	numbers map[string]string  // the order of each tracking number
}

func newHandOver(p *press) *handOver {
	return &handOver{p: p, by: map[string][]given{}, numbers: map[string]string{}}
}

// take takes the parcels of an order. One that has none stands with its number
// alone, unless a day was asked for.
func (h *handOver) take(o *Order) {
	parcels := going(&o.Order)
	if len(parcels) == 0 {
		parcels = []data.Shipment{{ShippedAt: o.ShippedAt}}
	}
	for _, s := range parcels {
		if !h.p.o.Only.IsZero() && !onDay(s, h.p.o, o) {
			h.p.notes.add(noteOtherDay, o.Number)
			continue
		}
		switch first, seen := h.numbers[s.Tracking]; {
		case s.Tracking == "":
			h.p.notes.add(noteNoTracking, o.Number)
		case seen && first != o.Number:
			h.p.notes.add(noteTwice, o.Number, "tracking", s.Tracking)
		default:
			h.numbers[s.Tracking] = o.Number
		}
		if s.Weight <= 0 {
			h.p.notes.add(noteUnweighed, o.Number)
		}
		country := cmp.Or(o.ShipTo.Country, o.Buyer.Country)
		h.by[strings.TrimSpace(s.Carrier)] = append(h.by[strings.TrimSpace(s.Carrier)], given{o.Number, o.Shop.Name, s.Tracking, country, s.Weight})
	}
}

// onDay reports whether a parcel left on the day that was asked for, as the shop's
// clock counts days.
func onDay(s data.Shipment, o Options, order *Order) bool {
	at := s.ShippedAt
	if at.IsZero() {
		at = order.ShippedAt
	}
	if at.IsZero() {
		return false
	}
	zone := order.Shop.Location()
	return dayIn(at, zone) == dayIn(o.Only, zone)
}

func dayIn(t time.Time, zone *time.Location) data.Day {
	if day, ok := data.DayOf(t); ok {
		return day
	}
	return data.OnDay(t.In(zone))
}

// print prints the notes by carrier.
func (h *handOver) print(ctx context.Context) error {
	carriers := make([]string, 0, len(h.by))
	for carrier := range h.by {
		carriers = append(carriers, carrier)
	}
	slices.Sort(carriers)
	for _, carrier := range carriers {
		if err := h.note(ctx, carrier, h.by[carrier]); err != nil {
			return err
		}
	}
	return h.p.err
}

// note prints the note of one carrier.
func (h *handOver) note(ctx context.Context, carrier string, list []given) error {
	p := h.p
	p.order = ""
	p.speak(p.o.Language)
	writing := reply.WritingFor(p.lang, "", p.o.Zone)
	date := writing.Day(p.o.dated())
	p.begin(joined(" · ", p.words.HandOver, carrier, date))
	title := pdf.Block{Spans: []pdf.Span{{Text: p.words.HandOver, Style: p.style(1.75, true, accent)}}}
	if also := p.also(); also != nil {
		title.Spans = append(title.Spans, pdf.Span{Text: "\n" + also.HandOver, Style: p.style(1.1, false, muted)})
	}
	p.add(row{cells: []cell{{p.set(title, p.body()), 0, p.body()}}, after: p.pt(0.6)})
	p.page.Line(p.margin, p.y, p.margin+p.body(), p.y, pdf.Pt(1), accent)
	p.y += p.pt(0.7)
	grams, weighed := int64(0), 0
	var shops []string
	for _, g := range list {
		if g.grams > 0 {
			grams, weighed = grams+g.grams, weighed+1
		}
		if !slices.Contains(shops, g.shop) && len(shops) < 20 {
			shops = append(shops, g.shop)
		}
	}
	sum := weight(grams)
	if weighed < len(list) && sum != "" {
		sum += " (" + strconv.Itoa(weighed) + "/" + strconv.Itoa(len(list)) + ")"
	}
	p.facts([]fact{
		{p.label(func(w *words) string { return w.Shop }), strings.Join(shops, ", ")},
		{p.label(func(w *words) string { return w.Carrier }), cmp.Or(carrier, "—")},
		{p.label(func(w *words) string { return w.Date }), date},
		{p.label(func(w *words) string { return w.Parcels }), strconv.Itoa(len(list))},
		{p.label(func(w *words) string { return w.Weight }), sum},
	})
	if err := h.rows(ctx, list, writing); err != nil {
		return err
	}
	p.result.Parcels += len(list)
	h.signatures(len(list), sum)
	return nil
}

func (h *handOver) rows(ctx context.Context, list []given, writing reply.Writing) error {
	p := h.p
	gap := p.pt(0.8)
	number := cell{x: p.pt(1.7), w: p.pt(2.8)}
	mass := cell{w: p.pt(5)}
	mass.x = p.body() - mass.w
	place := cell{w: p.body() * 22 / 100}
	place.x = mass.x - gap - place.w
	parcel := cell{x: number.x + number.w + gap}
	parcel.w = place.x - gap - parcel.x
	order := cell{}
	if p.wide {
		order.w = p.body() * 27 / 100
		order.x = place.x - gap - order.w
		parcel.w = order.x - gap - parcel.x
	}
	end := pdf.AlignRight
	if p.rtl() {
		end = pdf.AlignLeft
	}
	with := func(at cell, text string, s pdf.Style, align pdf.Align) cell {
		at.text = p.set(pdf.Block{Spans: []pdf.Span{{Text: text, Style: s}}, Align: align}, at.w)
		return at
	}
	small, usual := p.style(0.85, true, muted), p.style(1, false, ink)
	p.head = func() {
		cells := []cell{
			with(number, p.words.Number, small, end), with(parcel, p.both(func(w *words) string { return w.Tracking }), small, pdf.AlignStart),
			with(place, p.both(func(w *words) string { return w.Destination }), small, pdf.AlignStart), with(mass, p.both(func(w *words) string { return w.Weight }), small, end),
		}
		if p.wide {
			cells = append(cells, with(order, p.both(func(w *words) string { return w.Order }), small, pdf.AlignStart))
		}
		p.add(row{cells: cells, line: true, after: p.pt(0.4)})
	}
	p.head()
	for i, g := range list {
		if i%200 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		p.order = g.order
		tracking := pdf.Block{Spans: []pdf.Span{{Text: cmp.Or(g.tracking, "—"), Style: p.style(1.05, true, ink)}}}
		if !p.wide {
			tracking.Spans = append(tracking.Spans, pdf.Span{Text: "\n" + g.order, Style: p.style(0.9, false, muted)})
		}
		first := parcel
		first.text = p.set(tracking, first.w)
		cells := []cell{
			with(number, strconv.Itoa(i+1), usual, end), first, with(place, destination(writing, g.country), usual, pdf.AlignStart), with(mass, cmp.Or(weight(g.grams), "—"), usual, end),
		}
		if p.wide {
			cells = append(cells, with(order, g.order, usual, pdf.AlignStart))
		}
		p.add(row{cells: cells, line: true, after: p.pt(0.4), draw: func(y pdf.Length) { p.box(0, y) }})
	}
	p.head, p.order = nil, ""
	return nil
}

// signatures ends a note: the sum, and who gave and who took.
func (h *handOver) signatures(parcels int, sum string) {
	p := h.p
	total := p.label(func(w *words) string { return w.Total }) + ": " + joined(" · ", p.words.Parcels+" "+strconv.Itoa(parcels), sum)
	p.add(row{cells: []cell{{p.set(pdf.Plain(total, p.style(1.1, true, ink)), p.body()), 0, p.body()}}, after: p.pt(0.9), keep: p.pt(10)})
	date, signature := func(w *words) string { return w.Date }, func(w *words) string { return w.Signature }
	if p.wide {
		p.blanks(func(w *words) string { return w.Handed }, signature, date)
		p.y += p.pt(0.6)
		p.blanks(func(w *words) string { return w.Received }, signature, date)
		return
	}
	p.blanks(func(w *words) string { return w.Handed }, signature)
	p.blanks(func(w *words) string { return w.Received }, signature)
	p.blanks(date)
}

// destination names a country, with its code for a carrier who reads another
// language.
func destination(writing reply.Writing, country string) string {
	name, code := writing.Country(country), reply.CountryCode(country)
	if code == "" || name == code {
		return name
	}
	return name + " " + code
}
