package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"casebinder/data"
)

var (
	problemNoTracking = data.DefineProblem("shipment_no_tracking", data.ErrInvalid,
		"The tracking number is missing.", "Enter the one that the carrier gave.")
	problemShipmentTwice = data.DefineProblem("shipment_twice", data.ErrConflict,
		"The order {number} already has a parcel {tracking}.", "Check the tracking number; a new scan is added to the parcel that is there.")
	problemShipmentKind = data.DefineProblem("shipment_kind", data.ErrInvalid,
		"There is no kind of parcel “{kind}”.", "Leave it out for what was ordered, or write resend or return.")
	problemNoShipment = data.DefineProblem("shipment_unknown", data.ErrNotFound,
		"The order {number} has no parcel {tracking}.", "Check the tracking number, or add the parcel first.")
	problemScanTwice = data.DefineProblem("scan_twice", data.ErrConflict,
		"The parcel {tracking} already has this scan.", "Check time and text; a scan is entered only once.")
)

// AddShipment writes down a parcel of an order as the seller states it, or gives
// one that is there without it its tracking number. One that was handed over makes
// an order that was to ship a shipped one. A number that another order has is
// refused with a problem that wraps an OrderDoubt, unless the person is sure. It
// can be undone.
func (d *Desk) AddShipment(ctx context.Context, orderID int64, s data.Shipment, sure bool) error {
	s.Tracking, s.Carrier = strings.TrimSpace(s.Tracking), strings.TrimSpace(s.Carrier)
	if s.Tracking == "" {
		return problemNoTracking.New()
	}
	if !slices.Contains(data.ShipmentKinds(), s.Kind) {
		return problemShipmentKind.New("kind", s.Kind)
	}
	if s.ShippedAt.After(d.now()) {
		return problemEventInFuture.New("at", data.JSONTime(s.ShippedAt))
	}
	s.Told = data.TellerPerson
	return d.act(ctx, d.changing("shipment.add", orderID, sure, func(p *orderPlan) error {
		if err := p.parcel(s, false); err != nil || s.ShippedAt.IsZero() || s.Kind != data.ShipmentGoods {
			return err
		}
		if p.order.Status == data.StatusToShip {
			p.setStatus(data.StatusShipped)
		}
		if p.order.ShippedAt.IsZero() {
			p.setShipped(s.ShippedAt)
		}
		return nil
	}))
}

// AddScan writes down what a carrier says of a parcel, as the seller read it. It
// can be undone.
func (d *Desk) AddScan(ctx context.Context, orderID int64, tracking string, e data.TrackingEvent) error {
	e.Text, e.Place = strings.TrimSpace(e.Text), strings.TrimSpace(e.Place)
	if e.Text == "" {
		return problemNoText.New()
	}
	now := data.Instant(d.now())
	if e.At.IsZero() {
		e.At = now
	}
	if e.At.After(now) {
		return problemEventInFuture.New("at", data.JSONTime(e.At))
	}
	e.Told = data.TellerPerson
	return d.act(ctx, d.changing("shipment.scan", orderID, true, func(p *orderPlan) error {
		return p.edit(addScan(strings.TrimSpace(tracking), e))
	}))
}

// parcelEdit changes the parcels of an order, and gives what changes them back.
type parcelEdit func(*data.Order) (parcelEdit, error)

// swapParcel puts one form of a parcel in the place of another, as far as nothing
// else was told of it since; nil is no parcel.
func swapParcel(from, to *data.Shipment) parcelEdit {
	return func(o *data.Order) (parcelEdit, error) {
		back := swapParcel(to, from)
		list := slices.Clone(o.Shipments)
		if from == nil {
			if to.Tracking == "" || parcelOf(o, to.Tracking) < 0 { // a file may have told it since
				o.Shipments = append(list, *to)
			}
			return back, nil
		}
		at := slices.IndexFunc(list, func(s data.Shipment) bool { return s.Tracking == from.Tracking && s.Kind == from.Kind })
		switch {
		case at < 0: // numbered anew, or gone
			return back, nil
		case to != nil:
			giveBack(&list[at], from, to)
		case from.Told == data.TellerPerson && list[at].Told == data.TellerFile: // a file tells it now
			return back, nil
		default:
			gone := list[at]
			list, back = slices.Delete(list, at, at+1), swapParcel(nil, &gone)
		}
		o.Shipments = list
		return back, nil
	}
}

// giveBack makes of a parcel what it is to be, in what is still as it was.
func giveBack(s, from, to *data.Shipment) {
	swapped(&s.Tracking, from.Tracking, to.Tracking)
	swapped(&s.Carrier, from.Carrier, to.Carrier)
	swapped(&s.Service, from.Service, to.Service)
	swapped(&s.Told, from.Told, to.Told)
	swapped(&s.Weight, from.Weight, to.Weight)
	for _, t := range []struct {
		at       *time.Time
		from, to time.Time
	}{{&s.ShippedAt, from.ShippedAt, to.ShippedAt}, {&s.DeliveredAt, from.DeliveredAt, to.DeliveredAt}} {
		if t.at.Equal(t.from) {
			*t.at = t.to
		}
	}
}

func swapped[T comparable](field *T, from, to T) {
	if *field == from {
		*field = to
	}
}

func addScan(tracking string, e data.TrackingEvent) parcelEdit {
	return func(o *data.Order) (parcelEdit, error) {
		at := parcelOf(o, tracking)
		if at < 0 {
			return nil, problemNoShipment.New("number", o.Number, "tracking", tracking)
		}
		s := &o.Shipments[at]
		if slices.ContainsFunc(s.Events, sameScan(e)) {
			return nil, problemScanTwice.New("tracking", tracking)
		}
		s.Events = append(slices.Clone(s.Events), e)
		slices.SortStableFunc(s.Events, func(a, b data.TrackingEvent) int { return a.At.Compare(b.At) })
		return removeScan(tracking, e), nil
	}
}

func removeScan(tracking string, e data.TrackingEvent) parcelEdit {
	return func(o *data.Order) (parcelEdit, error) {
		at := parcelOf(o, tracking)
		if at < 0 {
			return nil, problemNoShipment.New("number", o.Number, "tracking", tracking)
		}
		s := &o.Shipments[at]
		s.Events = slices.DeleteFunc(slices.Clone(s.Events), sameScan(e))
		return addScan(tracking, e), nil
	}
}

func parcelOf(o *data.Order, tracking string) int {
	return slices.IndexFunc(o.Shipments, func(s data.Shipment) bool { return s.Tracking == tracking })
}

func sameScan(e data.TrackingEvent) func(data.TrackingEvent) bool {
	return func(other data.TrackingEvent) bool {
		return other.At.Equal(e.At) && other.Place == e.Place && other.Text == e.Text
	}
}
