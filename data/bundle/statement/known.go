package statement

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"casebinder/data"
)

// known is what is known for a statement in one language: facts as words, and
// what can be cited.
type known struct {
	facts  *Facts
	words  *wording
	signs  *signs
	zone   *time.Location
	values map[string]string
	cites  map[string][]data.Cite // by target
}

// maxParcels is how many parcels are told one by one.
const maxParcels = 4

// maxCites is how many exhibits of a kind a claim cites.
const maxCites = 3

func gather(lib *library, t Template, w *wording, f *Facts) *known {
	k := &known{facts: f, words: w, signs: &lib.signs, zone: f.location(), values: map[string]string{}, cites: map[string][]data.Cite{}}
	k.order()
	k.shipping()
	k.chat()
	k.caseFile()
	k.exhibits()
	k.prior()
	k.parts()
	k.set("case.this", w.Cases[t.Word])
	k.set("case.opening", w.Openings[t.Word])
	k.set("ask.words", clip(f.Ask, 1000))
	return k
}

// set notes a fact; one without words is not known.
func (k *known) set(name, value string) {
	if value = ownLine(value); value != "" {
		k.values[name] = value
	}
}

// flag notes that something is so.
func (k *known) flag(name string, so bool) {
	if so {
		k.values[name] = "yes"
	}
}

func (k *known) moment(t time.Time) string { return k.words.Format.moment(t, k.zone) }

func (k *known) order() {
	o := &k.facts.Order
	k.set("order.number", oneLine(o.Number))
	k.set("order.date", k.moment(o.OrderedAt))
	k.set("order.paid", k.moment(o.PaidAt))
	k.set("order.total", k.words.Format.money(o.Total))
	k.set("order.items", k.words.Format.items(o.Items))
	k.set("payment.ref", clip(o.PaymentRef, 80))
	k.set("payment.method", clip(o.PaymentMethod, 60))
	k.set("address.city", clip(o.ShipTo.City, 60))
	k.set("address.postcode", clip(strings.Trim(o.ShipTo.Postcode, "' "), 20))
	k.set("address.country", clip(o.ShipTo.Country, 60))
	k.set("ship.by", k.moment(o.ShipBy))
	shipped := k.facts.shippedAt()
	k.set("ship.date", k.moment(shipped))
	k.flag("ship.intime", !shipped.IsZero() && !o.ShipBy.IsZero() && !shipped.After(o.ShipBy))
	if sum, ok := itemSum(o); ok {
		k.set("order.sum", k.words.Format.money(sum))
		k.set("order.shipping", k.words.Format.money(o.Shipping))
	}
}

// itemSum is what the items cost, where together with shipping they are
// exactly the total.
func itemSum(o *data.Order) (data.Money, bool) {
	var sum data.Money
	for _, i := range o.Items {
		if i.Price.IsZero() || i.Quantity < 1 || i.Price.Minor < 0 || i.Price.Minor > 1<<40 || i.Quantity > 1<<20 {
			return sum, false
		}
		var err error
		if sum, err = sum.Add(data.Money{Minor: i.Price.Minor * i.Quantity, Currency: i.Price.Currency}); err != nil {
			return sum, false
		}
	}
	all, err := sum.Add(o.Shipping)
	return sum, err == nil && !sum.IsZero() && all == o.Total
}

// shipping tells of all parcels together.
func (k *known) shipping() {
	parcels := k.facts.parcels()
	delivered := 0
	for i := range parcels {
		if k.deliveryScan(&parcels[i]) != nil || !parcels[i].DeliveredAt.IsZero() {
			delivered++
		}
	}
	if len(parcels) > maxParcels {
		k.set("parcels.count", strconv.Itoa(len(parcels)))
		if delivered > 0 {
			k.set("parcels.delivered", strconv.Itoa(delivered))
		}
		k.flag("parcels.all", delivered == len(parcels))
	}
}

func (k *known) deliveryScan(p *data.Shipment) *data.TrackingEvent {
	return lastScan(p, func(e *data.TrackingEvent) bool { return k.signs.Delivered.in(e.Text) })
}

// parcel tells of one parcel, beside what is known anyway.
func (k *known) parcel(p *data.Shipment, n, of int) *known {
	one := *k
	one.values = make(map[string]string, len(k.values)+12)
	for name, value := range k.values {
		one.values[name] = value
	}
	one.flag("parcel.only", of == 1)
	if of > 1 {
		one.set("parcel.n", strconv.Itoa(n))
		one.set("parcel.count", strconv.Itoa(of))
	}
	one.set("parcel.tracking", clip(p.Tracking, 60))
	one.set("parcel.carrier", clip(p.Carrier, 60))
	one.set("parcel.shipped", k.moment(p.ShippedAt))
	one.set("parcel.delivered", k.moment(p.DeliveredAt))
	scan := k.deliveryScan(p)
	if scan != nil {
		one.scan("delivery", scan)
		to, where := k.facts.Order.ShipTo, scan.Place+" \n "+scan.Text
		if namesPostcode(where, to.Postcode) {
			one.set("delivery.postcode", k.values["address.postcode"])
		} else if namesPlace(where, to.City) {
			one.set("delivery.city", k.values["address.city"])
		}
	}
	handed := p.DeliveredAt
	if scan != nil {
		handed = scan.At
	}
	one.flag("delivery.before", !handed.IsZero() && handed.Before(k.facts.Dispute.OpenedAt))
	if signed := lastScan(p, func(e *data.TrackingEvent) bool { return k.signs.Signed.in(e.Text) }); signed != nil {
		one.scan("signature", signed)
		one.flag("signature.same", signed == scan)
	}
	if weighed := lastScan(p, func(e *data.TrackingEvent) bool { return k.signs.Weighed.in(e.Text) && weightForm.MatchString(e.Text) }); weighed != nil {
		one.scan("weight", weighed)
	}
	if scan != nil || !p.DeliveredAt.IsZero() {
		return &one
	}
	if latest := lastScan(p, func(e *data.TrackingEvent) bool { return oneLine(e.Text) != "" }); latest != nil {
		one.scan("latest", latest)
	}
	if tried := lastScan(p, func(e *data.TrackingEvent) bool { return k.signs.Attempted.in(e.Text) }); tried != nil {
		one.scan("attempt", tried)
		one.flag("attempt.same", one.values["latest.time"] == one.values["attempt.time"] && one.values["latest.words"] == one.values["attempt.words"])
	}
	return &one
}

// scan notes an entry of the carrier in its own words.
func (k *known) scan(group string, e *data.TrackingEvent) {
	k.set(group+".words", strings.TrimRight(clip(e.Text, 200), ".。 "))
	k.set(group+".time", k.moment(e.At))
	if e.Told == data.TellerPerson {
		k.set(group+".copied", k.words.Format.Copied)
	}
	if group != "signature" && group != "weight" {
		k.set(group+".place", strings.TrimRight(clip(e.Place, 80), ".。 "))
	}
}

// caseFile tells of the dispute's own events.
func (k *known) caseFile() {
	d := &k.facts.Dispute
	k.set("dispute.opened", k.moment(d.OpenedAt))
	k.set("dispute.amount", k.words.Format.money(d.Amount))
	k.set("dispute.case", clip(d.CaseNumber, 60))
	for _, e := range k.facts.events() {
		switch e.Kind {
		case data.EventCounterOffer:
			if e.Actor == data.ActorSeller && !e.Amount.IsZero() {
				k.set("offer.time", k.moment(e.At))
				k.set("offer.amount", k.words.Format.money(e.Amount))
			}
		case data.EventReturnAgreed:
			k.set("returning.agreed", k.moment(e.At))
		case data.EventReturnShipped:
			k.set("returning.shipped", k.moment(e.At))
		case data.EventReturnReceived:
			k.set("returning.received", k.moment(e.At))
		case data.EventRefundIssued:
			k.set("refund.time", k.moment(e.At))
		default:
		}
	}
	k.flag("returning.none", k.values["returning.agreed"] != "" && k.values["returning.shipped"] == "" && k.values["returning.received"] == "")
	k.refunds()
}

// refunds tells what was given back: the sum of the case's refunds, or what the
// order knows where they say none. Sums in two currencies are not added up.
func (k *known) refunds() {
	var refunded data.Money
	mixed, ids := false, refundIDs(k.facts)
	for _, e := range k.facts.events() {
		if e.Kind == data.EventRefundIssued {
			sum, err := refunded.Add(e.Amount)
			mixed = mixed || err != nil
			refunded = sum
		}
	}
	if refunded.IsZero() && !mixed {
		refunded = k.facts.Order.Refunded
	}
	if refunded.Minor > 0 && !mixed {
		k.set("refund.amount", k.words.Format.money(refunded))
		total := k.facts.Order.Total
		k.flag("refund.full", total.Minor > 0 && refunded.Currency == total.Currency && refunded.Minor >= total.Minor)
	}
	if len(ids) > 0 && (k.values["refund.time"] != "" || k.values["refund.amount"] != "") {
		k.set("refund.ids", oneLine(k.words.Format.join(ids)))
	}
}

// refundForm is how payment services write the ids of refunds: Stripe's begin
// with re_ or pyr_, PayPal's transactions have 17 capitals and digits.
var refundForm = regexp.MustCompile(`\b(?:(?:re|pyr)_[A-Za-z0-9]{8,64}|[A-Z0-9]{17})\b`)

// refundIDs lists the ids of refunds that the caller gave, and those that the
// refunds' own events and exhibits name.
func refundIDs(f *Facts) []string {
	ids := slices.Clone(f.RefundIDs)
	add := func(text string) {
		for _, id := range refundForm.FindAllString(text, 8) {
			if strings.ContainsAny(id, "0123456789") && id != f.Order.PaymentRef && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	for _, e := range f.events() {
		if e.Kind == data.EventRefundIssued {
			add(e.Note)
		}
	}
	for _, e := range f.byKind(data.KindRefund) {
		add(e.Exhibit.Title + "\n" + e.Exhibit.Proves + "\n" + e.Evidence.Note)
	}
	return ids[:min(len(ids), 8)]
}

// prior tells of earlier orders without dispute that were paid with the same
// card, as Visa's compelling evidence asks for: two, and what both share.
func (k *known) prior() {
	var orders, shared []string
	var cites []data.Cite
	for _, p := range k.facts.Prior {
		shown := k.facts.naming(p.Number)
		if p.Disputed || !p.SameCard || oneLine(p.Number) == "" || p.At.IsZero() || len(shown) == 0 {
			continue
		}
		if len(orders) == 0 {
			shared = slices.Clone(p.Matches)
		}
		shared = slices.DeleteFunc(shared, func(m string) bool { return !slices.Contains(p.Matches, m) || k.words.Prior[m] == "" })
		orders = append(orders, clip(p.Number, 60)+data.FillWords(k.words.Format.Aside, map[string]string{"text": k.words.Format.date(p.At.In(k.zone))}))
		cites = append(cites, data.Cite{Evidence: shown[0].Evidence.UID})
		if len(orders) == 2 {
			break
		}
	}
	if len(orders) < 2 {
		return
	}
	for i, m := range shared {
		shared[i] = k.words.Prior[m]
	}
	k.set("prior.orders", k.words.Format.join(orders))
	k.set("prior.matches", k.words.Format.join(shared))
	k.cites["prior"] = slices.Compact(cites)
}

// parts notes which composed parts can be cited.
func (k *known) parts() {
	f := k.facts
	there := map[data.Section]bool{
		data.SectionOrder:         oneLine(f.Order.Number) != "",
		data.SectionShipping:      len(f.Order.Shipments) > 0,
		data.SectionCommunication: len(f.Messages) > 0,
		data.SectionTimeline:      len(f.Dispute.Events) > 0 || len(f.Messages) > 0 || len(f.parcels()) > 0 || !f.Order.OrderedAt.IsZero(),
	}
	for _, part := range partTargets {
		if there[part] && (f.Parts == nil || slices.Contains(f.Parts, part)) {
			k.cites[string(part)] = []data.Cite{{Part: part}}
		}
	}
	// A refund stands on the timeline when it is an event of the case, else
	// with the order.
	k.cites["refund_record"] = k.cites[string(data.SectionOrder)]
	if k.values["refund.time"] != "" {
		k.cites["refund_record"] = k.cites[string(data.SectionTimeline)]
	}
}
