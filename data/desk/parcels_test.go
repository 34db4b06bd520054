package desk_test

import (
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/parcel"
)

func TestAHeldParcelStandsUntilItBecomesATaskOrIsLeft(t *testing.T) {
	d, _ := aliExpressCase(t)
	id := orderID(t, d, "812345")
	must(t, d.AddShipment(t.Context(), id, data.Shipment{Tracking: "LX1", Kind: data.ShipmentResend, ShippedAt: d.Now().Add(-72 * time.Hour)}, true))
	must(t, d.AddScan(t.Context(), id, "LX1", data.TrackingEvent{At: d.Now().Add(-time.Hour), Text: "Held by customs"}))
	list := func(want int) []parcel.TroubleKind {
		t.Helper()
		found, err := d.ParcelTroubles(t.Context(), 0)
		if err != nil || found.Total != want || len(found.List) != want || found.Capped || found.Looked == 0 {
			t.Fatalf("%+v, %v", found, err)
		}
		var kinds []parcel.TroubleKind
		for i := range found.List {
			kinds = append(kinds, found.List[i].Kind)
		}
		return kinds
	}
	if got := list(1); got[0] != parcel.TroubleHeld {
		t.Fatal(got)
	}
	found, _ := d.ParcelTroubles(t.Context(), 1)
	one := found.List[0]
	for range 2 { // the second time it comes back from the bin
		task, err := d.TakeOnParcel(t.Context(), &one, one.Task.String(), "")
		if err != nil || task.Title != "Give customs the papers of parcel LX1" {
			t.Fatalf("%+v, %v", task, err)
		}
		list(0)
		_, err = d.Undo(t.Context())
		must(t, err)
		list(1)
	}
	must(t, d.PassFinding(t.Context(), data.EntityOrder, id, one.Key(), "the buyer pays"))
	list(0)
	view, err := d.OrderParcels(t.Context(), id)
	parcels, findings := view.List, view.Findings
	if err != nil || len(parcels) == 0 || parcels[len(parcels)-1].State.Stage != parcel.StageHeld || len(findings) != 1 || findings[0].Passed == nil {
		t.Errorf("%+v %+v %v", parcels, findings, err)
	}
	_, err = d.Undo(t.Context())
	must(t, err)
	list(1)
}
