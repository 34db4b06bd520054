package desk_test

import (
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
)

// carrierTable is what a carrier's portal lists: the orders #1001 and #1002 of
// imported, one of another seller, and one that is a parcel more of #1001.
const carrierTable = "燕文单号,尾程单号,订单号,渠道,目的国,揽收时间,妥投时间,状态,最新轨迹时间,最新轨迹\n" +
	"UR000000017YP,,1001,燕文航空挂号,FR,2026-11-06 09:00:00,,运输途中,2026-11-12 20:15:00,Arrived at destination country\n" +
	"UR000000025YP,9200000000000000000001,#1002,燕文航空挂号,FR,2026-11-06 09:30:00,2026-11-20 11:05:00,成功签收,2026-11-20 11:05:00,\"Delivered, left at front door\"\n" +
	"UR000000034YP,,7777,燕文航空挂号,FR,2026-11-06 09:30:00,,运输途中,,\n" +
	"UR000000048YP,,1001,燕文航空挂号,FR,2026-11-07 10:00:00,,运输途中,,\n"

func TestImportParcels(t *testing.T) {
	ctx := t.Context()
	d, id := imported(t)
	other := orderID(t, d, "#1002")
	before, beforeOther := parcels(t, d, id), parcels(t, d, other)
	request := desk.ImportRequest{Path: write(t, "yanwen.csv", carrierTable), Target: "shipments"}
	preview, err := d.WatchPreview(ctx, request, nil, nil)
	must(t, err)
	if preview.Preset != "yanwen-parcels" || preview.Counts.Added != 3 || preview.Counts.Rejected != 1 || len(preview.Parcels) != 4 {
		t.Fatalf("preview: %s %+v %d", preview.Preset, preview.Counts, len(preview.Parcels))
	}
	if after := parcels(t, d, id); len(after.Shipments) != len(before.Shipments) {
		t.Fatal("looking wrote a parcel")
	}
	report, err := d.Import(ctx, request, nil)
	must(t, err)
	if report.Counts.Added != 3 || report.Counts.Rejected != 1 || report.Rejected[0].Rule != "import_parcel_order" {
		t.Fatalf("%+v %v", report.Counts, report.Rejected)
	}
	o := parcels(t, d, id)
	if len(o.Shipments) != len(before.Shipments)+1 {
		t.Fatalf("parcels of the first order: %+v", o.Shipments)
	}
	s := parcelWith(t, &o, "UR000000017YP")
	// 09:00 in Shanghai is 01:00 in UTC; when the order was shipped its platform has told.
	if want := time.Date(2026, 11, 6, 1, 0, 0, 0, time.UTC); len(s.Events) != 2 || !s.Events[0].At.Equal(want) || s.Events[0].Text != "揽收时间" || !s.ShippedAt.Equal(before.ShippedAt) || s.Told != data.TellerFile || s.Carrier != "Yanwen" || s.Service != "Post" || !s.DeliveredAt.IsZero() {
		t.Fatalf("%+v", s)
	}
	if s.Events[1].Text != "Arrived at destination country" || s.Events[1].Told != data.TellerFile || s.Events[1].IntakeID == 0 {
		t.Fatalf("scans %+v", s.Events)
	}
	two := parcels(t, d, other)
	got := parcelWith(t, &two, "UR000000025YP")
	if want := time.Date(2026, 11, 20, 3, 5, 0, 0, time.UTC); !got.DeliveredAt.Equal(want) || len(got.Events) != 2 || got.Events[1].Text != "Delivered, left at front door" {
		t.Fatalf("%+v", got)
	}
	again, err := d.Import(ctx, request, nil)
	must(t, err)
	if again.Counts.Added+again.Counts.Updated != 0 || again.Counts.Unchanged != 3 {
		t.Fatalf("the same file again: %+v", again.Counts)
	}
	if action, err := d.Undo(ctx); err != nil || action != "shipments.import" {
		t.Fatalf("undid %q, %v", action, err)
	}
	for which, was := range map[int64]data.Order{id: before, other: beforeOther} {
		if after := parcels(t, d, which); len(after.Shipments) != len(was.Shipments) || after.Status != was.Status || !after.DeliveredAt.Equal(was.DeliveredAt) || !after.ShippedAt.Equal(was.ShippedAt) {
			t.Fatalf("undone, but %+v is not %+v", after, was)
		}
	}
	_, err = d.Redo(ctx)
	must(t, err)
	o = parcels(t, d, id)
	if s := parcelWith(t, &o, "UR000000017YP"); len(s.Events) != 2 || s.Events[0].IntakeID == 0 {
		t.Fatalf("done again: %+v", s)
	}
	if action, err := d.Undo(ctx); err != nil || action != "shipments.import" {
		t.Fatalf("undid again %q, %v", action, err)
	}
}

func parcelWith(t *testing.T, o *data.Order, number string) data.Shipment {
	t.Helper()
	for _, s := range o.Shipments {
		if s.Tracking == number {
			return s
		}
	}
	t.Fatalf("the order %s has no parcel %s: %+v", o.Number, number, o.Shipments)
	return data.Shipment{}
}

// TestOddParcels: what does not fit is asked or left out, with its reason.
func TestOddParcels(t *testing.T) {
	ctx := t.Context()
	d, id := imported(t)
	must(t, d.AddShipment(ctx, id, data.Shipment{Tracking: "UR000000017YP", Carrier: "Yanwen"}, false))
	for name, c := range map[string]struct {
		rows, rule string
		added      int
		accept     bool
	}{
		"a number of another order": {"UR000000017YP,1002,2026-11-06,,\n", "import_parcel_reused", 0, false},
		"and the person says so":    {"UR000000017YP,1002,2026-11-06,,\n", "", 1, true},
		"older than its order":      {"UR000000025YP,1002,2019-10-06,,\n", "import_parcel_old", 0, false},
		"in the future":             {"UR000000025YP,1002,2099-10-06,,\n", "import_parcel_future", 0, false},
		"no number":                 {",1002,2026-11-06,,\n", "import_no_tracking", 0, false},
		"rounded by a spreadsheet":  {"9.2E+21,1002,2026-11-06,,\n", "import_scientific", 0, false},
		"names no order":            {"UR000000025YP,,2026-11-06,,\n", "import_parcel_unnamed", 0, false},
		"a day that is none":        {"UR000000025YP,1002,2026-13-40,,\n", "import_date", 0, false},
		"found by its number alone": {"UR000000017YP,,2026-11-06,2026-11-07,Arrived\n", "", 0, false},
		"a formula is text":         {"UR000000025YP,1002,2026-11-06,2026-11-07,=1+1\n", "", 1, false},
	} {
		table := "Tracking Number,Order Number,Shipped,Last Event Time,Last Event\n" + c.rows
		p, err := d.WatchPreview(ctx, desk.ImportRequest{Path: write(t, "own.csv", table), Target: "shipments", AcceptReused: c.accept}, nil, nil)
		must(t, err)
		rule := ""
		if len(p.Rejected) > 0 {
			rule = p.Rejected[0].Rule
		}
		if rule != c.rule || p.Counts.Added != c.added {
			t.Errorf("%s: rule %q, added %d, %+v", name, rule, p.Counts.Added, p.Rejected)
		}
	}
}
