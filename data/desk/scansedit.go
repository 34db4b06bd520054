package desk

import (
	"maps"
	"reflect"
	"slices"
	"time"

	"casebinder/data"
)

// apply writes onto an order what a page tells of its parcels.
func (e *pageEdit) apply(o *data.Order, intake int64, report *ScansReport, by data.Stated) {
	o.Shipments, o.Stated = slices.Clone(o.Shipments), maps.Clone(o.Stated)
	for _, number := range e.numbers {
		at := slices.IndexFunc(o.Shipments, func(s data.Shipment) bool { return s.Tracking == number })
		if at < 0 {
			o.Shipments = append(o.Shipments, data.Shipment{Tracking: number, Carrier: e.carrier[number], Told: data.TellerPerson})
			at = len(o.Shipments) - 1
			report.Parcels = append(report.Parcels, number)
		}
		e.applyParcel(o, &o.Shipments[at], intake, report)
	}
	e.applyOrder(o, by)
}

func (e *pageEdit) applyParcel(o *data.Order, s *data.Shipment, intake int64, report *ScansReport) {
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
	if s.Carrier == "" {
		s.Carrier = e.carrier[s.Tracking]
	}
	if delivered.IsZero() {
		return
	}
	if s.DeliveredAt.IsZero() {
		s.DeliveredAt = delivered
	}
	if len(e.numbers) > 1 {
		return // which of the parcels the page's other words are about is not told
	}
	page := e.page.delivered(o.ID, o.ShipTo)
	if s.Postcode == "" {
		s.Postcode = page.postcode
	}
	if s.SignedBy == "" {
		s.SignedBy = page.signed
	}
}

// applyOrder draws from the parcels where the order stands.
func (e *pageEdit) applyOrder(o *data.Order, by data.Stated) {
	var first, last time.Time
	sent, arrived := 0, 0
	for _, s := range o.Shipments {
		if s.Kind == data.ShipmentReturn {
			continue
		}
		sent++
		if !s.DeliveredAt.IsZero() {
			arrived++
			if s.DeliveredAt.After(last) {
				last = s.DeliveredAt
			}
		}
		if !s.ShippedAt.IsZero() && (first.IsZero() || s.ShippedAt.Before(first)) {
			first = s.ShippedAt
		}
	}
	state := func(name string) {
		if o.Stated == nil {
			o.Stated = map[string]data.Stated{}
		}
		o.Stated[name] = by
	}
	if !first.IsZero() && o.ShippedAt.IsZero() {
		o.ShippedAt = first
		state(data.StatedShipped)
	}
	if !first.IsZero() && o.Status == data.StatusToShip {
		o.Status = data.StatusShipped
		state(data.StatedStatus)
	}
	if arrived == 0 || arrived < sent {
		return
	}
	if o.DeliveredAt.IsZero() {
		o.DeliveredAt = last
		state(data.StatedDelivered)
	}
	if o.Status == data.StatusShipped {
		o.Status = data.StatusDelivered
		state(data.StatedStatus)
	}
}

// undo takes from an order what a page did to it.
func (b *scansBack) undo(o *data.Order) {
	back(&o.Status, b.before.Status, b.after.Status)
	backTime(&o.ShippedAt, b.before.ShippedAt, b.after.ShippedAt)
	backTime(&o.DeliveredAt, b.before.DeliveredAt, b.after.DeliveredAt)
	if reflect.DeepEqual(o.Stated, b.after.Stated) {
		o.Stated = maps.Clone(b.before.Stated)
	}
	o.Shipments = slices.Clone(o.Shipments)
	for _, after := range b.after.Shipments {
		at := slices.IndexFunc(o.Shipments, func(s data.Shipment) bool { return s.Tracking == after.Tracking })
		if at < 0 {
			continue
		}
		was := slices.IndexFunc(b.before.Shipments, func(s data.Shipment) bool { return s.Tracking == after.Tracking })
		before := data.Shipment{}
		if was >= 0 {
			before = b.before.Shipments[was]
		}
		s := &o.Shipments[at]
		s.Events = slices.DeleteFunc(slices.Clone(s.Events), func(e data.TrackingEvent) bool {
			return slices.ContainsFunc(after.Events, sameScan(e)) && !slices.ContainsFunc(before.Events, sameScan(e))
		})
		back(&s.Carrier, before.Carrier, after.Carrier)
		back(&s.Postcode, before.Postcode, after.Postcode)
		back(&s.SignedBy, before.SignedBy, after.SignedBy)
		backTime(&s.ShippedAt, before.ShippedAt, after.ShippedAt)
		backTime(&s.DeliveredAt, before.DeliveredAt, after.DeliveredAt)
		if was < 0 && len(s.Events) == 0 && s.Told == data.TellerPerson {
			o.Shipments = slices.Delete(o.Shipments, at, at+1)
		}
	}
}

// back gives a value what it was, where nobody changed it since.
func back[T comparable](value *T, before, after T) {
	if *value == after {
		*value = before
	}
}

func backTime(value *time.Time, before, after time.Time) {
	if value.Equal(after) {
		*value = before
	}
}
