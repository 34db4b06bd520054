package desk_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
)

func TestParcelsAndScansAreTakenBackAndDoneAgain(t *testing.T) {
	d, _ := aliExpressCase(t)
	id := orderID(t, d, "812345")
	before := orderNow(t, d, id)
	shipped := time.Date(2026, 10, 21, 9, 0, 0, 0, time.UTC)
	if err := d.AddShipment(t.Context(), id, data.Shipment{Tracking: " LX1 ", Carrier: "China Post", ShippedAt: shipped}); err != nil {
		t.Fatal(err)
	}
	late := data.TrackingEvent{At: shipped.Add(48 * time.Hour), Place: "Madrid", Text: "Delivered"}
	early := data.TrackingEvent{At: shipped.Add(time.Hour), Text: "Accepted"}
	for _, e := range []data.TrackingEvent{late, early} {
		if err := d.AddScan(t.Context(), id, "LX1", e); err != nil {
			t.Fatal(err)
		}
	}
	after := orderNow(t, d, id)
	if n := len(after.Shipments); n != 1 || !after.ShippedAt.Equal(shipped) || after.Shipments[0].Carrier != "China Post" {
		t.Fatalf("%+v", after)
	}
	if events := after.Shipments[0].Events; len(events) != 2 || events[0].Text != "Accepted" || events[1].Place != "Madrid" {
		t.Errorf("scans %+v", events)
	}
	if err := d.AddScan(t.Context(), id, "LX1", late); !errors.Is(err, data.ErrConflict) {
		t.Errorf("the same scan again: %v", err)
	}
	for range 3 {
		if _, err := d.Undo(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if back := orderNow(t, d, id); len(back.Shipments) != 0 || back.Status != before.Status || !back.ShippedAt.Equal(before.ShippedAt) {
		t.Errorf("taken back: %+v", back)
	}
	for range 3 {
		if _, err := d.Redo(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	again := orderNow(t, d, id)
	if len(again.Shipments) != 1 || len(again.Shipments[0].Events) != 2 || again.Status != after.Status || !reflect.DeepEqual(again.Items, after.Items) {
		t.Errorf("done again: %+v", again)
	}
}

func TestAParcelIsRefused(t *testing.T) {
	d, _ := aliExpressCase(t)
	id := orderID(t, d, "812345")
	if err := d.AddShipment(t.Context(), id, data.Shipment{Tracking: " "}); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("without a number: %v", err)
	}
	if err := d.AddShipment(t.Context(), id, data.Shipment{Tracking: "LX1", ShippedAt: clock.Add(time.Hour)}); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("in the future: %v", err)
	}
	if err := d.AddScan(t.Context(), id, "LX1", data.TrackingEvent{Text: "Delivered"}); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("of no parcel: %v", err)
	}
	if n := len(orderNow(t, d, id).Shipments); n != 0 {
		t.Errorf("%d parcels", n)
	}
}

func orderNow(t *testing.T, d *desk.Desk, id int64) data.Order {
	t.Helper()
	view, err := d.Order(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return view.Order
}
