package sample

import (
	"bytes"
	"testing"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/importer"
)

// The import files that a user may try are read by the importer itself.
func TestSampleImportFiles(t *testing.T) {
	presets, err := importer.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, preset string
		shop         data.Shop
		orders       int
		items        int
		number       string
		total        data.Money
		buyer        string
	}{
		{
			"ebay-orders.csv", "ebay-orders",
			data.Shop{Platform: data.EBay, Name: "s", Zone: "America/Los_Angeles", Currency: "USD"},
			10, 11,
			"14-22924-33908",
			data.Money{Minor: 17600, Currency: "USD"},
			"Dora Muster",
		},
		{
			"shopify-orders.csv", "shopify-orders",
			data.Shop{Platform: data.Shopify, Name: "s", Zone: "Europe/Amsterdam", Currency: "EUR"},
			6, 9,
			"#2002",
			data.Money{Minor: 8150, Currency: "EUR"},
			"Léo Exemple",
		},
		{
			"aliexpress-orders-gb18030.csv", "aliexpress-orders",
			data.Shop{Platform: data.AliExpress, Name: "s", Zone: "Asia/Shanghai", Currency: "USD"},
			8, 9,
			"8196000000000102",
			data.Money{Minor: 2289, Currency: "USD"},
			"Ирина Примерова",
		},
	} {
		raw, err := assets.FS.ReadFile("sample/" + test.name)
		if err != nil {
			t.Fatal(err)
		}
		src := importer.NewSource(test.name, bytes.NewReader(raw), int64(len(raw)))
		in, err := importer.InspectAs(t.Context(), src, presets, importer.Layout{}, importer.TargetOrders)
		if err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		if in.Preset == nil || in.Preset.ID != test.preset || len(in.Questions) > 0 {
			t.Errorf("%s: preset %v, questions %v", test.name, in.Preset, in.Questions)
			continue
		}
		orders := map[string]*data.Order{}
		items := 0
		_, err = importer.Read(t.Context(), src, in, importer.Options{Shop: test.shop}, importer.Sink{
			Order: func(o *data.Order) error { orders[o.Number] = o; items += len(o.Items); return nil },
			Reject: func(r data.Rejection) error {
				t.Errorf("%s line %s: %s", test.name, r.At("row").ID, r.Why)
				return nil
			},
		})
		if err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		if len(orders) != test.orders || items != test.items {
			t.Errorf("%s: %d orders with %d items, want %d and %d", test.name, len(orders), items, test.orders, test.items)
		}
		o := orders[test.number]
		if o == nil || o.Total != test.total || o.Buyer.Name != test.buyer && o.ShipTo.Name != test.buyer {
			t.Errorf("%s: order %s is %+v", test.name, test.number, o)
		}
		for number, o := range orders {
			if o.Status == data.StatusUnknown {
				t.Errorf("%s: order %s has the unknown status %q", test.name, number, o.PlatformStatus)
			}
		}
	}
}
