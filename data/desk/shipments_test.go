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
	if err := d.AddShipment(t.Context(), id, data.Shipment{Tracking: " LX1 ", Carrier: "China Post", ShippedAt: shipped}, false); err != nil {
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

// What a person entered is the person's word, until a file tells the same.
func TestWhoToldOfAParcel(t *testing.T) {
	d, _ := aliExpressCase(t)
	id := orderID(t, d, "812345")
	must(t, d.AddShipment(t.Context(), id, data.Shipment{Tracking: "LX1", Carrier: "China Post"}, false))
	must(t, d.AddScan(t.Context(), id, "LX1", data.TrackingEvent{At: clock.Add(-time.Hour), Text: "Delivered"}))
	told := func() (parcel, scan data.Teller) {
		s := orderNow(t, d, id).Shipments[0]
		return s.Told, s.Events[0].Told
	}
	if parcel, scan := told(); parcel != data.TellerPerson || scan != data.TellerPerson {
		t.Errorf("entered: %q, %q", parcel, scan)
	}
	path := write(t, "orders.csv", "Number;Buyer;Total;At;Status;Tracking\n812345;Ana;45.99;2026-10-20 08:00;shipped;LX1\n812346;Bo;5.00;2026-10-20 08:00;shipped;LX2\n")
	r := desk.ImportRequest{Path: path, Shop: shopOf(t, d)}
	custom, err := d.MappingPreset(t.Context(), "tracked", r, map[string]string{
		"Number": "number", "Buyer": "buyer_name", "Total": "total", "At": "ordered_at", "Tracking": "tracking",
	})
	must(t, err)
	r.Custom = custom
	_, err = d.Import(t.Context(), r, nil)
	must(t, err)
	if parcel, scan := told(); parcel != data.TellerFile || scan != data.TellerPerson {
		t.Errorf("the file tells of the parcel, and of no scan: %q, %q", parcel, scan)
	}
	if other := orderNow(t, d, orderID(t, d, "812346")).Shipments; len(other) != 1 || other[0].Told != data.TellerFile {
		t.Errorf("a parcel of a file: %+v", other)
	}
}

func TestAParcelIsRefused(t *testing.T) {
	d, _ := aliExpressCase(t)
	id := orderID(t, d, "812345")
	if err := d.AddShipment(t.Context(), id, data.Shipment{Tracking: " "}, false); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("without a number: %v", err)
	}
	if err := d.AddShipment(t.Context(), id, data.Shipment{Tracking: "LX1", ShippedAt: clock.Add(time.Hour)}, false); !errors.Is(err, data.ErrInvalid) {
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
