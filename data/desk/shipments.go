package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/store"
)

var (
	problemNoTracking = data.DefineProblem("shipment_no_tracking", data.ErrInvalid,
		"There is no tracking number.", "Write the one that the carrier gave.")
	problemShipmentTwice = data.DefineProblem("shipment_twice", data.ErrConflict,
		"The order {number} has a parcel {tracking} already.", "Check the tracking number; a new scan is added to the parcel that is there.")
	problemNoShipment = data.DefineProblem("shipment_unknown", data.ErrNotFound,
		"The order {number} has no parcel {tracking}.", "Check the tracking number, or add the parcel first.")
	problemScanTwice = data.DefineProblem("scan_twice", data.ErrConflict,
		"The parcel {tracking} has this scan already.", "Check time and text; what is there needs no second entry.")
)

// AddShipment writes down a parcel of an order as the seller states it. One that
// was handed over makes an order that was to ship a shipped one. It can be
// undone.
func (d *Desk) AddShipment(ctx context.Context, orderID int64, s data.Shipment) error {
	s.Tracking, s.Carrier = strings.TrimSpace(s.Tracking), strings.TrimSpace(s.Carrier)
	if s.Tracking == "" {
		return problemNoTracking.New()
	}
	if s.ShippedAt.After(d.now()) {
		return problemEventInFuture.New("at", data.JSONTime(s.ShippedAt))
	}
	s.Told = data.TellerPerson
	return d.act(ctx, shipping("shipment.add", orderID, addParcel(s)))
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
	return d.act(ctx, shipping("shipment.scan", orderID, addScan(strings.TrimSpace(tracking), e)))
}

// parcelEdit changes the parcels of an order, and gives what changes them back.
type parcelEdit func(*data.Order) (parcelEdit, error)

// parcels is what the journal holds of an order whose parcels were changed.
type parcels struct {
	By        data.Actor       `json:"by"` // whose word it is: no file of the platform's
	Status    data.OrderStatus `json:"status"`
	ShippedAt time.Time        `json:"shipped_at,omitzero"`
	Shipments []data.Shipment  `json:"shipments"`
}

func parcelsOf(o *data.Order) parcels {
	return parcels{By: data.ActorSeller, Status: o.Status, ShippedAt: o.ShippedAt, Shipments: slices.Clone(o.Shipments)}
}

// shipping is the step that edits the parcels of an order as they stand then.
func shipping(action string, orderID int64, edit parcelEdit) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		order, err := tx.Order(ctx, orderID)
		if err != nil {
			return deed{}, err
		}
		before := parcelsOf(order)
		back, err := edit(order)
		if err != nil {
			return deed{}, err
		}
		return deed{
			Change: data.Change{
				Action: action, Entity: data.EntityOrder, Key: store.OrderKey(order.Shop, order.Number), Before: before, After: parcelsOf(order),
			},
			effect: data.EffectChanged, rows: rowsOf(data.EntityOrder, orderID, 0, 0), back: shipping(action, orderID, back),
		}, tx.PutOrder(order)
	}
}

func addParcel(s data.Shipment) parcelEdit {
	return func(o *data.Order) (parcelEdit, error) {
		if parcelOf(o, s.Tracking) >= 0 {
			return nil, problemShipmentTwice.New("number", o.Number, "tracking", s.Tracking)
		}
		back := removeParcel(s.Tracking, o.Status, o.ShippedAt)
		o.Shipments = append(slices.Clone(o.Shipments), s)
		if s.ShippedAt.IsZero() {
			return back, nil
		}
		if o.Status == data.StatusToShip {
			o.Status = data.StatusShipped
		}
		if o.ShippedAt.IsZero() {
			o.ShippedAt = s.ShippedAt
		}
		return back, nil
	}
}

// removeParcel takes a parcel away with what it did to its order, as far as
// nothing else was told of that since.
func removeParcel(tracking string, status data.OrderStatus, shippedAt time.Time) parcelEdit {
	return func(o *data.Order) (parcelEdit, error) {
		at := parcelOf(o, tracking)
		if at < 0 {
			return nil, problemNoShipment.New("number", o.Number, "tracking", tracking)
		}
		gone := o.Shipments[at]
		o.Shipments = slices.Delete(slices.Clone(o.Shipments), at, at+1)
		if o.Status == data.StatusShipped && status == data.StatusToShip {
			o.Status = status
		}
		if o.ShippedAt.Equal(gone.ShippedAt) {
			o.ShippedAt = shippedAt
		}
		return addParcel(gone), nil
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
