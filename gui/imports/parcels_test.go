package imports

import (
	"os"
	"path/filepath"
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/guitest"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// TestACarriersTable: the sheet asks for no shop, shows the parcels, and asks about
// a number that another order has.
func TestACarriersTable(t *testing.T) {
	b, d := guitest.Real(t)
	shop, err := d.PutShop(t.Context(), data.Shop{Platform: data.Shopify, Name: "Lamps", Zone: "America/New_York", Currency: "USD"})
	if err != nil {
		t.Fatal(err)
	}
	b.Shops = func() []data.Shop { return []data.Shop{shop} }
	dir := t.TempDir()
	orders, table := filepath.Join(dir, "orders.csv"), filepath.Join(dir, "table.csv")
	row := func(number string) string {
		return number + ",,paid,2026-06-01 10:00:00 -0400,fulfilled,,USD,10,0,0,10,2026-06-01 10:00:00 -0400,1,Lamp,10,,0\n"
	}
	for path, text := range map[string]string{orders: header + row("#1") + row("#2"), table: "燕文单号,订单号,揽收时间\nUR1,1,2026-06-03\nUR9,2,2026-06-04\n"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.Import(t.Context(), desk.ImportRequest{Path: orders, Shop: shop}, nil); err != nil {
		t.Fatal(err)
	}
	ids, err := d.OrdersByNumber(t.Context(), "#1")
	if err != nil || len(ids) != 1 {
		t.Fatal(ids, err)
	}
	if err := d.AddShipment(t.Context(), ids[0], data.Shipment{Tracking: "UR9"}, false); err != nil {
		t.Fatal(err)
	}
	New(b.Env, d).Files("shipments", []string{table})
	b.Shows(t, words.T("import.any_shop"), "UR9", "the order #1 has that number already")
	guitest.Find[*kit.Check](b)[0].SetChecked(true)
	b.UI.Save()
	two, err := d.OrdersByNumber(t.Context(), "#2")
	if err != nil {
		t.Fatal(err)
	}
	v, err := d.Order(t.Context(), two[0])
	if err != nil || len(v.Order.Shipments) != 1 || v.Order.Shipments[0].Tracking != "UR9" {
		t.Errorf("the second order has %+v, %v", v.Order.Shipments, err)
	}
}
