package parcel

import (
	"slices"
	"testing"
	"time"

	"casebinder/data"
)

// TestUploadRows: each parcel to the buyer is a line; what cannot stand is said.
func TestUploadRows(t *testing.T) {
	at := time.Date(2026, 6, 2, 2, 0, 0, 0, time.UTC) // still the first of June in Los Angeles
	o := data.Order{
		Shop: data.Shop{Platform: data.Amazon, Zone: "America/Los_Angeles"}, Number: "111-1111111-1111111",
		Shipments: []data.Shipment{
			{Tracking: "UR000000017YP", Carrier: "燕文", ShippedAt: at},
			{Carrier: "Snail Mail", ShippedAt: at, Tracking: "S1"},
			{Tracking: "BACK1", Kind: data.ShipmentReturn, ShippedAt: at},
			{Tracking: "T3"},
		},
	}
	forms := map[string]UploadForm{}
	for _, f := range UploadForms() {
		forms[f.ID] = f
		if f.Source == "" || f.Confidence == "" || len(f.Columns) == 0 {
			t.Errorf("%s does not say whence it is known", f.ID)
		}
	}
	amazon := forms["amazon"]
	rows, left := amazon.Rows(&o)
	if len(rows) != 2 || !slices.Equal(rows[0], []string{"111-1111111-1111111", "", "", "2026-06-01", "Yanwen", "", "UR000000017YP", ""}) {
		t.Errorf("rows %q", rows)
	}
	if len(rows) == 2 && (rows[1][4] != "Other" || rows[1][5] != "Snail Mail") {
		t.Errorf("a carrier that Amazon does not know: %q", rows[1])
	}
	if len(left) != 1 || left[0].Why.Key != "upload.left.date" {
		t.Errorf("left %v", left)
	}
	paypal, ebay := forms["paypal"], forms["ebay"]
	if rows, left := paypal.Rows(&o); len(rows) != 0 || len(left) != 3 {
		t.Errorf("PayPal without a payment: %q %v", rows, left)
	}
	if rows, left := ebay.Rows(&o); len(rows) != 0 || len(left) != 1 {
		t.Errorf("eBay takes an order of Amazon: %q %v", rows, left)
	}
}
