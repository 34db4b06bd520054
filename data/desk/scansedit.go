package desk

import (
	"maps"
	"reflect"
	"slices"
	"time"

	"casebinder/data"
)

// apply writes onto an order what a page or a table tells of its parcels. by is
// whose word it is; nil: a file's.
func (e *pageEdit) apply(o *data.Order, intake int64, report *ScansReport, by *data.Stated) {
	o.Shipments, o.Stated = slices.Clone(o.Shipments), maps.Clone(o.Stated)
	for _, number := range e.numbers {
		at := parcelOf(o, number)
		if at < 0 {
			report.Parcels = append(report.Parcels, number)
			if e.told == data.TellerFile {
				at = unnumbered(o)
			}
		}
		if at < 0 {
			o.Shipments = append(o.Shipments, data.Shipment{Told: e.told})
			at = len(o.Shipments) - 1
		}
		s := &o.Shipments[at]
		s.Tracking = number
		e.applyScans(s, intake, report)
		e.applyFacts(o, s)
	}
	e.applyOrder(o, by)
}

// unnumbered is the one parcel of an order whose number was not told yet; -1 where
// there is none, or more than one.
func unnumbered(o *data.Order) int {
	at := -1
	for i, s := range o.Shipments {
		switch {
		case s.Kind == data.ShipmentReturn:
		case s.Tracking != "" || at >= 0:
			return -1
		default:
			at = i
		}
	}
	return at
}

// applyScans adds the scans that a parcel has not.
func (e *pageEdit) applyScans(s *data.Shipment, intake int64, report *ScansReport) {
	s.Events = slices.Clone(s.Events)
	var delivered time.Time
	for _, n := range e.events {
		if n.tracking != s.Tracking || slices.ContainsFunc(s.Events, sameScan(n.event)) {
			continue
		}
		event := n.event
		event.IntakeID = intake
		s.Events = append(s.Events, event)
		report.Added++
		if scan := (&scanOf{Text: event.Text}); scan.Delivered() && event.At.After(delivered) {
			delivered = event.At
		}
		if !n.advice && (s.ShippedAt.IsZero() || event.At.Before(s.ShippedAt) && s.Told == data.TellerPerson) {
			s.ShippedAt = event.At
		}
	}
	slices.SortStableFunc(s.Events, func(a, b data.TrackingEvent) int { return a.At.Compare(b.At) })
	if s.DeliveredAt.IsZero() {
		s.DeliveredAt = delivered
	}
}

// applyFacts takes what is told of a parcel beside its scans, where it is not known.
func (e *pageEdit) applyFacts(o *data.Order, s *data.Shipment) {
	f := e.parcels[s.Tracking]
	if len(e.numbers) == 1 && e.page != nil { // of several it is not told which one the words are about
		page := e.page.delivered(o.ID, o.ShipTo)
		f.Postcode, f.SignedBy = page.postcode, page.signed
	}
	for _, t := range []struct {
		to   *string
		from string
	}{{&s.Carrier, f.Carrier}, {&s.Service, f.Service}, {&s.Postcode, f.Postcode}, {&s.SignedBy, f.SignedBy}} {
		if *t.to == "" {
			*t.to = t.from
		}
	}
	for _, t := range []struct {
		to   *time.Time
		from time.Time
	}{{&s.ShippedAt, f.ShippedAt}, {&s.DeliveredAt, f.DeliveredAt}, {&s.PromisedAt, f.PromisedAt}} {
		if t.to.IsZero() {
			*t.to = t.from
		}
	}
}

// arrival is what the parcels of an order tell of it together.
type arrival struct {
	first, last time.Time // shipped, delivered
	all         bool      // each was delivered
}

func arrivalOf(o *data.Order) arrival {
	var a arrival
	sent, arrived := 0, 0
	for _, s := range o.Shipments {
		if s.Kind == data.ShipmentReturn {
			continue
		}
		sent++
		if !s.DeliveredAt.IsZero() {
			arrived++
			if s.DeliveredAt.After(a.last) {
				a.last = s.DeliveredAt
			}
		}
		if !s.ShippedAt.IsZero() && (a.first.IsZero() || s.ShippedAt.Before(a.first)) {
			a.first = s.ShippedAt
		}
	}
	a.all = arrived > 0 && arrived == sent
	return a
}

// applyOrder draws from the parcels where the order stands.
func (e *pageEdit) applyOrder(o *data.Order, by *data.Stated) {
	a := arrivalOf(o)
	state := func(name string) {
		if by == nil {
			return
		}
		if o.Stated == nil {
			o.Stated = map[string]data.Stated{}
		}
		o.Stated[name] = *by
	}
	if !a.first.IsZero() && o.ShippedAt.IsZero() {
		o.ShippedAt = a.first
		state(data.StatedShipped)
	}
	if !a.first.IsZero() && o.Status == data.StatusToShip {
		o.Status = data.StatusShipped
		state(data.StatedStatus)
	}
	if !a.all {
		return
	}
	if o.DeliveredAt.IsZero() {
		o.DeliveredAt = a.last
		state(data.StatedDelivered)
	}
	if o.Status == data.StatusShipped {
		o.Status = data.StatusDelivered
		state(data.StatedStatus)
	}
}

// undo takes from an order what a page or a table did to it, as far as nothing
// else was told since.
func (b *scansBack) undo(o *data.Order) { moveParcels(o, &b.after, &b.before, 0) }

// moveParcels brings the parcels of an order from one state to another, in what is
// still as it was. Scans that come are those of an intake.
func moveParcels(o *data.Order, from, to *parcelsAt, intake int64) {
	swapped(&o.Status, from.Status, to.Status)
	swappedTime(&o.ShippedAt, from.ShippedAt, to.ShippedAt)
	swappedTime(&o.DeliveredAt, from.DeliveredAt, to.DeliveredAt)
	if reflect.DeepEqual(o.Stated, from.Stated) {
		o.Stated = maps.Clone(to.Stated)
	}
	o.Shipments = slices.Clone(o.Shipments)
	pairs, fresh := parcelPairs(from.Shipments, to.Shipments)
	for _, p := range pairs {
		at := parcelOf(o, p.from.Tracking)
		if at < 0 {
			continue
		}
		if p.to != nil {
			moveParcel(&o.Shipments[at], p.from, p.to, intake)
			continue
		}
		s := &o.Shipments[at]
		moveParcel(s, p.from, &data.Shipment{Tracking: s.Tracking, Told: s.Told}, intake)
		if len(s.Events) == 0 && s.Told == p.from.Told {
			o.Shipments = slices.Delete(o.Shipments, at, at+1)
		}
	}
	for _, s := range fresh {
		if parcelOf(o, s.Tracking) < 0 {
			o.Shipments = append(o.Shipments, *s)
			ofIntake(&o.Shipments[len(o.Shipments)-1], intake)
		}
	}
}

// parcelPair is a parcel in two states of its order; to is nil where it is gone.
type parcelPair struct{ from, to *data.Shipment }

// parcelPairs matches parcels by number; one that lost or got its number is the one
// that is left over.
func parcelPairs(from, to []data.Shipment) (pairs []parcelPair, fresh []*data.Shipment) {
	taken := make([]bool, len(to))
	find := func(fits func(*data.Shipment) bool) *data.Shipment {
		for i := range to {
			if !taken[i] && fits(&to[i]) {
				taken[i] = true
				return &to[i]
			}
		}
		return nil
	}
	for i := range from {
		f := &from[i]
		pairs = append(pairs, parcelPair{f, find(func(t *data.Shipment) bool { return t.Tracking == f.Tracking })})
	}
	for i, p := range pairs {
		if p.to == nil {
			pairs[i].to = find(func(t *data.Shipment) bool {
				return t.Kind == p.from.Kind && (t.Tracking == "" || p.from.Tracking == "")
			})
		}
	}
	for i := range to {
		if !taken[i] {
			fresh = append(fresh, &to[i])
		}
	}
	return pairs, fresh
}

// moveParcel brings a parcel from one state to another, in what is still as it was.
func moveParcel(s, from, to *data.Shipment, intake int64) {
	s.Events = slices.DeleteFunc(slices.Clone(s.Events), func(e data.TrackingEvent) bool {
		return slices.ContainsFunc(from.Events, sameScan(e)) && !slices.ContainsFunc(to.Events, sameScan(e))
	})
	for _, e := range to.Events {
		if !slices.ContainsFunc(from.Events, sameScan(e)) && !slices.ContainsFunc(s.Events, sameScan(e)) {
			e.IntakeID = intake
			s.Events = append(s.Events, e)
		}
	}
	giveBack(s, from, to)
	swapped(&s.Postcode, from.Postcode, to.Postcode)
	swapped(&s.SignedBy, from.SignedBy, to.SignedBy)
	swappedTime(&s.PromisedAt, from.PromisedAt, to.PromisedAt)
}

// ofIntake says of the scans of a parcel where they came from.
func ofIntake(s *data.Shipment, intake int64) {
	s.Events = slices.Clone(s.Events)
	for i := range s.Events {
		s.Events[i].IntakeID = intake
	}
}

func swappedTime(at *time.Time, from, to time.Time) {
	if at.Equal(from) {
		*at = to
	}
}
