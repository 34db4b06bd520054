package importer

import (
	"reflect"
	"testing"

	"casebinder/data"
)

func TestEBayOrders(t *testing.T) {
	own := shop(data.EBay, "America/Los_Angeles", "")
	g := mustRead(t, file(t, "ebay-us.csv"), "ebay-orders", Options{Shop: own})
	if g.in.HeaderLine != 2 || g.in.Separator != ',' || g.in.Encoding != encUTF8 {
		t.Errorf("layout %+v", g.in.Layout)
	}
	one := data.Order{
		Shop: own, Number: "11-11111-11111",
		Buyer: data.Buyer{
			Platform: data.EBay, Handle: "sample_buyer_1", Name: "Ann Sample", Email: "ann@example.com", Country: "US",
		},
		Status: data.StatusShipped, Total: usd(5099), Shipping: usd(500), PaymentMethod: "PayPal",
		// midnight in Los Angeles in summer is 07:00 UTC
		OrderedAt: day(2025, 7, 21, 7), PaidAt: day(2025, 7, 21, 7), ShipBy: dueDay(2025, 7, 24, 7),
		ShippedAt: day(2025, 7, 23, 7),
		ShipTo: data.Address{
			Name: "Ann Sample", Line1: "1 Main St", City: "Springfield", State: "OR", Postcode: "97477", Country: "United States",
			Phone: "+1 555 0100",
		},
		Items: []data.Item{{ExternalID: "10001", SKU: "LAMP-1", Title: `Lamp, brass 12" tall`, Quantity: 1, Price: usd(4599)}},
		Shipments: []data.Shipment{{
			Service: "USPS Ground Advantage", Tracking: "9400100000000000000001", ShippedAt: day(2025, 7, 23, 7),
		}},
		Payment: data.Payment{State: data.PaymentCleared},
		Extra: map[string]string{
			"Sales Record Number": "101", "Item Number": "250000000001", "eBay Collected Tax": "$3.10",
		},
	}
	if o := g.orders["11-11111-11111"]; o == nil || !reflect.DeepEqual(*o, one) {
		t.Errorf("got %s\nwant %s", show(o), show(one))
	}
	two := g.orders["22-22222-22222"]
	if two == nil || two.Total != usd(107250) || two.BuyerNote != "Please pack well,\nit is a gift" || two.Status != data.StatusToShip {
		t.Fatalf("got %s", show(two))
	}
	items := []data.Item{
		{ExternalID: "10002", SKU: "CUP", Title: "Cup", Variation: "[Color:Blue]", Quantity: 2, Price: usd(3025)},
		{ExternalID: "10003", SKU: "TAB", Title: "Table", Quantity: 1, Price: usd(100000)},
	}
	if !reflect.DeepEqual(two.Items, items) || two.Buyer.Country != "CA" || two.ShipTo.City != "Québec" {
		t.Errorf("got %s", show(two))
	}
	if len(g.rejected) != 1 || code(g.rejected[0]) != "import_date" || lineOf(g.rejected[0]) != 9 ||
		g.rejected[0].Why.Args["value"] != "Feb-30-25" || g.rejected[0].Cells[1] != "33-33333-33333" {
		t.Errorf("rejected %s", show(g.rejected))
	}
	want := Summary{Rows: 5, Taken: 2, Items: 3, Rejected: 1, Footers: 2}
	if g.sum != want {
		t.Errorf("summary %+v, want %+v", g.sum, want)
	}
}
