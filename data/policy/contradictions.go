package policy

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"casebinder/data"
)

var (
	sayOrderOfDates = define("contradiction.dates", "“{later}” at {at} comes before “{earlier}” at {before}.")
	mendDates       = define("contradiction.dates.mend", "Compare both with the platform and the carrier; correct the wrong one, or leave it out of the proof.")
	sayTwoDelivered = define("contradiction.delivered", "The order says delivered on {order}, the carrier on {carrier}.")
	sayPostcode     = define("contradiction.postcode", "The order goes to the postcode {order}; {where} says {other}.")
	sayCity         = define("contradiction.city", "The order goes to {order}; the delivery scan says {other}.")
	sayNoPostcode   = define("contradiction.label", "The order's postcode {order} is not in the label's text.")
	mendAddress     = define("contradiction.address.mend", "Show why (a forwarded parcel, a pick-up point, the buyer's wish in writing), or do not rely on this delivery.")
	sayTracking     = define("contradiction.tracking", "The tracking number {tracking} belongs to order {order} too.")
	mendTracking    = define("contradiction.tracking.mend", "Check which parcel went to whom. Say so if both orders went in one parcel.")
	sayCurrency     = define("contradiction.currency", "The order is in {order}, “{what}” in {other}.")
	sayAmount       = define("contradiction.amount", "“{what}” is {other}, more than the order's total {order}.")
	mendAmount      = define("contradiction.amount.mend", "Correct the amount, or explain the difference (postage, tax, exchange rate).")
	sayRefunded     = define("contradiction.refunded", "{refunded} of the claimed {claimed} has already been refunded.")
	mendRefunded    = define("contradiction.refunded.mend", "Send the proof of the refund instead of refunding again.")
	sayUntold       = define("contradiction.untold", "The order says “{what}” at {at}; the dispute has no such step.")
	mendUntold      = define("contradiction.untold.mend", "Record it in the dispute too, so that the bundle and the deadlines count it.")
	sayPromise      = define("contradiction.promise", "A message promises “{promise}”; the statement says “{denial}”.")
	mendPromise     = define("contradiction.promise.mend", "Keep the promise, or explain in the statement what changed since.")
	sayAfterClaim   = define("contradiction.photo_after_claim", "“{name}” was taken at {at}, after the claim of {claim}.")
	sayAfterShip    = define("contradiction.photo_after_shipping", "“{name}” shows packing or inspection, but was taken at {at}, after shipping at {shipped}.")
	sayExif         = define("contradiction.photo_exif", "“{name}”: the camera wrote {exif}; stated was {stated}.")
	sayExifFuture   = define("contradiction.photo_future", "“{name}” was added at {added}, but the camera wrote {exif}.")
	mendPhoto       = define("contradiction.photo.mend", "Say when and why it was taken, or use a picture from before.")
	sayReused       = define("contradiction.reused", "The same file “{name}” is used for the orders {orders}.")
	mendReused      = define("contradiction.reused.mend", "Use a picture of this order's own goods; a reviewer who sees the file twice believes neither.")
)

// Contradictions finds what in a case speaks against the rest of it, the worst
// first. It finds what it can prove; that it finds nothing proves nothing.
func Contradictions(f *CaseFacts) []data.Finding {
	all := slices.Concat(dateFindings(f), addressFindings(f), trackingFindings(f), moneyFindings(f),
		refundFindings(f), untoldFindings(f), promiseFindings(f), photoFindings(f), reuseFindings(f))
	data.SortFindings(all)
	return all
}

// moment is a named time for the check of an order of times.
type moment struct {
	name string
	at   time.Time
	ref  data.Ref
}

func dateFindings(f *CaseFacts) []data.Finding {
	o := &f.Order
	order := orderRef(o)
	ordered, paid, shipped := moment{"ordered", o.OrderedAt, order}, moment{"paid", o.PaidAt, order}, moment{"shipped", o.ShippedAt, order}
	delivered := moment{"delivered", o.DeliveredAt, order}
	opened := moment{"dispute opened", f.Dispute.OpenedAt, data.Ref{Kind: "dispute", ID: f.Dispute.UID, Label: f.Dispute.CaseNumber}}
	var out []data.Finding
	out = append(out, outOfOrder(ordered, paid, data.Warning)...)
	out = append(out, outOfOrder(ordered, shipped, data.Serious)...)
	out = append(out, outOfOrder(paid, shipped, data.Info)...)
	out = append(out, outOfOrder(shipped, delivered, data.Serious)...)
	out = append(out, outOfOrder(ordered, opened, data.Serious)...)
	goods := outbound(o)
	for _, s := range goods {
		ref := shipmentRef(s)
		sent, arrived := moment{"parcel shipped", s.ShippedAt, ref}, moment{"parcel delivered", s.DeliveredAt, ref}
		out = append(out, outOfOrder(ordered, sent, data.Serious)...)
		out = append(out, outOfOrder(sent, arrived, data.Serious)...)
		if scan := deliveryScan(s); scan != nil {
			out = append(out, outOfOrder(sent, moment{"delivery scan", scan.At, ref}, data.Serious)...)
			if !s.DeliveredAt.IsZero() && s.DeliveredAt.Sub(scan.At).Abs() > 24*time.Hour {
				out = append(out, twoDeliveries(s.DeliveredAt, scan.At, ref, ref))
			}
		}
		if len(goods) == 1 && !o.DeliveredAt.IsZero() && !s.DeliveredAt.IsZero() && o.DeliveredAt.Sub(s.DeliveredAt).Abs() > 24*time.Hour {
			out = append(out, twoDeliveries(o.DeliveredAt, s.DeliveredAt, order, ref))
		}
	}
	return out
}

func outOfOrder(earlier, later moment, severity data.Severity) []data.Finding {
	if earlier.at.IsZero() || later.at.IsZero() || !later.at.Before(earlier.at) {
		return nil
	}
	return []data.Finding{{
		Rule: "dates_out_of_order", Severity: severity, Where: []data.Ref{earlier.ref, later.ref}, How: mendDates.With(),
		Why: sayOrderOfDates.With("later", later.name, "at", utc(later.at), "earlier", earlier.name, "before", utc(earlier.at)),
	}}
}

func twoDeliveries(order, carrier time.Time, a, b data.Ref) data.Finding {
	return data.Finding{
		Rule: "two_deliveries", Severity: data.Warning, Where: []data.Ref{a, b}, How: mendDates.With(),
		Why: sayTwoDelivered.With("order", utc(order), "carrier", utc(carrier)),
	}
}

// codeForm finds what can be a postcode in a place: digits, or the British and
// Canadian forms.
var codeForm = regexp.MustCompile(`(?i)\b(\d{5}-\d{4}|\d{4,7}|\d{3}-\d{4}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d)\b`)

func addressFindings(f *CaseFacts) []data.Finding {
	var out []data.Finding
	code := plainPlace(shortCode(f.Order.ShipTo))
	for _, s := range outbound(&f.Order) {
		if scan := deliveryScan(s); scan != nil && !placeMatches(scan, f.Order.ShipTo) {
			out = append(out, scanAddress(f, s, scan, code)...)
		}
	}
	for _, l := range f.Labels {
		if code == "" || strings.TrimSpace(l.Text) == "" || strings.Contains(plainPlace(l.Text), code) {
			continue
		}
		out = append(out, data.Finding{
			Rule: "label_address", Severity: data.Serious, Where: []data.Ref{orderRef(&f.Order), {Kind: "label", ID: l.Evidence, Label: clip(l.Text)}},
			Why: sayNoPostcode.With("order", f.Order.ShipTo.Postcode), How: mendAddress.With(),
		})
	}
	return out
}

func scanAddress(f *CaseFacts, s *data.Shipment, scan *data.TrackingEvent, code string) []data.Finding {
	where := []data.Ref{orderRef(&f.Order), shipmentRef(s)}
	if other := codeForm.FindString(scan.Place); other != "" && code != "" {
		return []data.Finding{{
			Rule: "tracking_postcode", Severity: data.Serious, Where: where, How: mendAddress.With(),
			Why: sayPostcode.With("order", f.Order.ShipTo.Postcode, "where", "the delivery scan", "other", other),
		}}
	}
	if f.Order.ShipTo.City == "" || plainPlace(scan.Place) == "" {
		return nil
	}
	// A place in another script or wider than a city (a state, a country) proves
	// nothing.
	place := plainPlace(scan.Place)
	for _, wide := range []string{f.Order.ShipTo.State, f.Order.ShipTo.Country} {
		if place == plainPlace(wide) {
			return nil
		}
	}
	if isHan(place) != isHan(plainPlace(f.Order.ShipTo.City)) {
		return nil
	}
	return []data.Finding{{
		Rule: "tracking_city", Severity: data.Warning, Where: where, How: mendAddress.With(),
		Why: sayCity.With("order", f.Order.ShipTo.City, "other", scan.Place),
	}}
}

func isHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

func trackingFindings(f *CaseFacts) []data.Finding {
	var out []data.Finding
	for i := range f.Order.Shipments {
		s := &f.Order.Shipments[i]
		if other, taken := f.OtherTracking[s.Tracking]; taken && s.Tracking != "" && other != f.Order.Number {
			out = append(out, data.Finding{
				Rule: "tracking_of_another_order", Severity: data.Serious,
				Where: []data.Ref{shipmentRef(s), {Kind: "order", ID: other, Label: other}},
				Why:   sayTracking.With("tracking", s.Tracking, "order", other), How: mendTracking.With(),
			})
		}
	}
	return out
}

func moneyFindings(f *CaseFacts) []data.Finding {
	total := f.Order.Total
	if total.IsZero() {
		return nil
	}
	var out []data.Finding
	check := func(what string, m data.Money, ref data.Ref) {
		f := data.Finding{Severity: data.Warning, Where: []data.Ref{orderRef(&f.Order), ref}, How: mendAmount.With()}
		switch {
		case m.IsZero():
			return
		case m.Currency != total.Currency:
			f.Rule, f.Why = "currency_differs", sayCurrency.With("order", total.Currency, "what", what, "other", m.Currency)
		case m.Minor > total.Minor:
			f.Rule, f.Why = "amount_above_total", sayAmount.With("what", what, "other", m, "order", total)
		default:
			return
		}
		out = append(out, f)
	}
	check("claim", f.Dispute.Amount, data.Ref{Kind: "dispute", ID: f.Dispute.UID, Label: f.Dispute.CaseNumber})
	check("refunded", f.Order.Refunded, orderRef(&f.Order))
	for _, e := range standing(f.Dispute.Events) {
		if e.Kind != data.EventOpened || e.Amount != f.Dispute.Amount {
			check(string(e.Kind), e.Amount, eventRef(&e))
		}
	}
	return out
}

// refundFindings tells of money that has already gone back, by the order or by
// the case's own events; the larger of the two is taken, since one is often
// the record of the other.
func refundFindings(f *CaseFacts) []data.Finding {
	back := f.Order.Refunded
	where := []data.Ref{orderRef(&f.Order)}
	var byEvents data.Money
	for _, e := range standing(f.Dispute.Events) {
		if e.Kind != data.EventRefundIssued {
			continue
		}
		where = append(where, eventRef(&e))
		if sum, err := byEvents.Add(e.Amount); err == nil {
			byEvents = sum
		}
	}
	if byEvents.Currency == back.Currency && byEvents.Minor > back.Minor || back.IsZero() {
		back = byEvents
	}
	claimed := f.Dispute.Amount
	if back.Minor <= 0 || f.Dispute.Stage == data.StageClosed {
		return nil
	}
	severity := data.Warning
	if back.Currency == claimed.Currency && back.Minor >= claimed.Minor {
		severity = data.Serious
	}
	return []data.Finding{{
		Rule: "refund_already_issued", Severity: severity, Where: where,
		Why: sayRefunded.With("refunded", back, "claimed", claimed), How: mendRefunded.With(),
	}}
}

// photoFindings holds the times of pictures against what happened to the order,
// and against each other.
func photoFindings(f *CaseFacts) []data.Finding {
	var out []data.Finding
	for i := range f.Evidence {
		e := &f.Evidence[i]
		if !e.BinnedAt.IsZero() || e.CapturedAt.IsZero() {
			continue
		}
		out = append(out, photoTooLate(f, e)...)
		if e.Captured == data.CapturedExif {
			out = append(out, photoClock(f, e)...)
		}
	}
	return out
}

func photoFinding(e *data.Evidence, rule string, severity data.Severity, why data.Text) data.Finding {
	return data.Finding{Rule: rule, Severity: severity, Where: []data.Ref{evidenceRef(e)}, Why: why, How: mendPhoto.With()}
}

// photoTooLate tells of a picture of the goods at the seller's that was taken when
// they were gone, or when the buyer had complained.
func photoTooLate(f *CaseFacts, e *data.Evidence) []data.Finding {
	shipped, claim := shippedAt(&f.Order), f.Dispute.OpenedAt
	before := e.Kind == data.KindPacking || e.Kind == data.KindQC
	switch {
	case before && !shipped.IsZero() && e.CapturedAt.After(shipped.Add(24*time.Hour)):
		why := sayAfterShip.With("name", e.Name, "at", utc(e.CapturedAt), "shipped", utc(shipped))
		return []data.Finding{photoFinding(e, "photo_after_shipping", data.Serious, why)}
	case (before || e.Kind == data.KindPhoto) && !claim.IsZero() && e.CapturedAt.After(claim):
		why := sayAfterClaim.With("name", e.Name, "at", utc(e.CapturedAt), "claim", utc(claim))
		return []data.Finding{photoFinding(e, "photo_after_claim", data.Warning, why)}
	}
	return nil
}

// photoClock holds the time that a camera wrote against others. A camera's clock
// has no zone: a day is the finest that can be told.
func photoClock(f *CaseFacts, e *data.Evidence) (out []data.Finding) {
	if stated := f.StatedCapture[e.UID]; !stated.IsZero() && stated.Sub(e.CapturedAt).Abs() > 24*time.Hour {
		why := sayExif.With("name", e.Name, "exif", utc(e.CapturedAt), "stated", utc(stated))
		out = append(out, photoFinding(e, "photo_exif_differs", data.Serious, why))
	}
	if !e.AddedAt.IsZero() && e.CapturedAt.After(e.AddedAt.Add(24*time.Hour)) {
		why := sayExifFuture.With("name", e.Name, "added", utc(e.AddedAt), "exif", utc(e.CapturedAt))
		out = append(out, photoFinding(e, "photo_from_the_future", data.Warning, why))
	}
	return out
}

// reuseFindings tells of files that serve other orders too. Terms and offers
// are the same for many orders, and may.
func reuseFindings(f *CaseFacts) []data.Finding {
	var out []data.Finding
	for i := range f.Evidence {
		e := &f.Evidence[i]
		if !e.BinnedAt.IsZero() || e.Kind == data.KindPolicy || e.Kind == data.KindListing {
			continue
		}
		others := slices.DeleteFunc(slices.Clone(f.OtherFiles[e.SHA256]), func(n string) bool { return n == f.Order.Number })
		if len(others) == 0 || e.SHA256 == "" {
			continue
		}
		where := []data.Ref{evidenceRef(e)}
		for _, n := range others {
			where = append(where, data.Ref{Kind: "order", ID: n, Label: n})
		}
		out = append(out, data.Finding{
			Rule: "file_used_twice", Severity: data.Serious, Where: where, How: mendReused.With(),
			Why: sayReused.With("name", e.Name, "orders", strings.Join(append([]string{f.Order.Number}, others...), ", ")),
		})
	}
	return out
}
