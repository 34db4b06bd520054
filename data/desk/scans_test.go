package desk_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
)

const trackingPage = "Royal Mail\nYour reference number: RM000000012GB\nSigned for by: FRONT DESK\nDate\tTime\tTracking event\tLocation\n" +
	"20-06-2026\t12:34\tDelivered to letterbox\tBristol East DO\n20-06-2026\t07:48\tDue to be delivered today\tBristol East DO\n" +
	"18-06-2026\t15:20\tAccepted at Post Office\tHarrogate PO\n17-06-2026\t09:00\tSender preparing item\t\nSee less\n"

func parcels(t *testing.T, d *desk.Desk, id int64) data.Order {
	t.Helper()
	view, err := d.Order(t.Context(), id)
	must(t, err)
	return view.Order
}

func TestTakeScans(t *testing.T) {
	ctx := t.Context()
	d, id := imported(t)
	before := parcels(t, d, id)
	page, err := d.PreviewScans(ctx, desk.ScansRequest{Text: trackingPage, OrderID: id})
	must(t, err)
	if fresh, known := page.Fresh(); fresh != 4 || known != 0 || len(page.Added) != 1 {
		t.Fatalf("%d fresh, %d known, new parcels %v: %v", fresh, known, page.Added, page.Findings)
	}
	if got := parcels(t, d, id); len(got.Shipments) != len(before.Shipments) {
		t.Fatal("looking wrote a parcel")
	}
	report, err := d.TakeScans(ctx, page)
	must(t, err)
	if report.Added != 4 || len(report.Parcels) != 1 {
		t.Fatalf("%+v", report)
	}
	o := parcels(t, d, id)
	s := o.Shipments[len(o.Shipments)-1]
	// The hours of Royal Mail are British: an hour before UTC in June.
	if want := time.Date(2026, 6, 20, 11, 34, 0, 0, time.UTC); !s.DeliveredAt.Equal(want) || s.SignedBy != "FRONT DESK" || s.Carrier != "Royal Mail" || s.Told != data.TellerPerson {
		t.Fatalf("parcel %+v", s)
	}
	// The carrier has held it since it was accepted, not since it was announced.
	if want := time.Date(2026, 6, 18, 14, 20, 0, 0, time.UTC); !s.ShippedAt.Equal(want) {
		t.Fatalf("shipped %s", s.ShippedAt)
	}
	for _, e := range s.Events {
		if e.Told != data.TellerPerson || e.IntakeID == 0 {
			t.Fatalf("nobody stands for the scan %+v", e)
		}
	}
	view, err := d.Order(ctx, id)
	must(t, err)
	if len(view.Evidence) != 1 || view.Evidence[0].Kind != data.KindTracking || view.Evidence[0].Tracking != "RM000000012GB" {
		t.Fatalf("the page is no evidence of the order: %+v", view.Evidence)
	}
	again, err := d.PreviewScans(ctx, desk.ScansRequest{Text: trackingPage})
	must(t, err)
	if fresh, known := again.Fresh(); fresh != 0 || known != 4 || again.Order.ID != id || !has(again.Findings, "scans.taken_before") {
		t.Fatalf("again: %d fresh, %d known, order %d, %v", fresh, known, again.Order.ID, again.Findings)
	}
	if report, err := d.TakeScans(ctx, again); err != nil || report.Added != 0 || report.Known != 4 {
		t.Fatalf("taken again: %+v %v", report, err)
	}
	if action, err := d.Undo(ctx); err != nil || action != "scans.take" {
		t.Fatalf("undid %q, %v", action, err)
	}
	if after := parcels(t, d, id); len(after.Shipments) != len(before.Shipments) || after.Status != before.Status || !after.DeliveredAt.Equal(before.DeliveredAt) || !after.ShippedAt.Equal(before.ShippedAt) || len(after.Stated) != len(before.Stated) {
		t.Fatalf("undone, but %+v is not %+v", after, before)
	}
	_, err = d.Redo(ctx)
	must(t, err)
	if o := parcels(t, d, id); len(o.Shipments[len(o.Shipments)-1].Events) != 4 {
		t.Fatal("done again, and the scans are not there")
	}
}

func has(findings []data.Finding, rule string) bool {
	for _, f := range findings {
		if f.Rule == rule {
			return true
		}
	}
	return false
}

// TestOddPages: what does not fit the order is said, and left out or asked.
func TestOddPages(t *testing.T) {
	ctx := t.Context()
	d, id := imported(t)
	for name, c := range map[string]struct {
		text, rule string
		onOrder    bool
		fresh      int
	}{
		"a parcel of no order":    {trackingPage, "scans.no_order", false, 0},
		"no number, and no order": {"20-06-2026 12:34 Delivered\n", "", false, 0},
		"in the future":           {"Number: LX123450019CN\n2199-06-20 12:34 Madrid, Delivered\n2026-06-20 12:34 Madrid, Arrived at hub\n", "scans.future", true, 1},
		"to another country":      {"Number: LX123450019CN\nCountry: China -> Fiji\n2026-06-20 12:34 Suva, Delivered\n", "scans.other_country", true, 1},
		"before the order":        {"Number: LX123450019CN\n2019-06-20 12:34 Madrid, Delivered\n", "scans.before_order", true, 1},
		"several parcels":         {"Number: LX123450019CN\n2026-06-20 12:34 Madrid, Delivered\n===\nNumber: LX123450020CN\n2026-06-21 12:34 Madrid, Delivered\n", "page.several_parcels", true, 2},
		"nothing":                 {"Tracking results\nLX000000099CN\nNot found\nAdded on 2026-11-28 09:10\n", "page.no_scans", true, 0},
	} {
		r := desk.ScansRequest{Text: c.text}
		if c.onOrder {
			r.OrderID = id
		}
		page, err := d.PreviewScans(ctx, r)
		must(t, err)
		if fresh, _ := page.Fresh(); fresh != c.fresh || c.rule != "" && !has(page.Findings, c.rule) {
			t.Errorf("%s: %d fresh, %v", name, fresh, page.Findings)
		}
		if c.fresh == 0 {
			if _, err := d.TakeScans(ctx, page); !errors.Is(err, data.ErrInvalid) {
				t.Errorf("%s was taken: %v", name, err)
			}
		}
	}
	if _, err := d.PreviewScans(ctx, desk.ScansRequest{Text: " \n"}); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("a page of blanks: %v", err)
	}
	if _, err := d.PreviewScans(ctx, desk.ScansRequest{Text: strings.Repeat("x\n", 3<<20)}); !errors.Is(err, data.ErrLimit) {
		t.Errorf("a page too large: %v", err)
	}
}
