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

const header = "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Currency,Subtotal,Shipping,Taxes,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Cancelled at,Refunded Amount\n"

func TestAnOlderStateIsTakenWhenAccepted(t *testing.T) {
	b, d := guitest.Real(t)
	shop, err := d.PutShop(t.Context(), data.Shop{Platform: data.Shopify, Name: "Lamps", Zone: "America/New_York", Currency: "USD"})
	if err != nil {
		t.Fatal(err)
	}
	b.Shops = func() []data.Shop { return []data.Shop{shop} }
	dir := t.TempDir()
	row := func(fulfilled string) string {
		return "#1,,paid,2026-06-01 10:00:00 -0400," + fulfilled + ",,USD,10,0,0,10,2026-06-01 10:00:00 -0400,1,Lamp,10,,0\n"
	}
	newer, older := filepath.Join(dir, "newer.csv"), filepath.Join(dir, "older.csv")
	for path, text := range map[string]string{newer: header + row("fulfilled"), older: header + row("unfulfilled")} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.Import(t.Context(), desk.ImportRequest{Path: newer, Shop: shop}, nil); err != nil {
		t.Fatal(err)
	}
	status := func() data.OrderStatus {
		rows, err := d.OrderFirst(t.Context(), data.OrderQuery{}, 1)
		if err != nil || len(rows) != 1 {
			t.Fatal(rows, err)
		}
		return rows[0].Status
	}
	if status() != data.StatusShipped {
		t.Fatalf("it is %s", status())
	}
	New(b.Env, d).Files("orders", []string{older})
	b.Shows(t, "Use the older state of 1 order too", "takes the order #1 back from “shipped” to “to ship”", words.T("import.zone"), "America/New_York")
	guitest.Find[*kit.Check](b)[0].SetChecked(true)
	b.Shows(t, "took the order #1 back from “shipped” to “to ship”")
	b.UI.Save()
	if status() != data.StatusToShip {
		t.Errorf("it is %s", status())
	}
}

func TestTheZoneOfAFileHoldsForItAlone(t *testing.T) {
	b, d, _ := guitest.RealCase(t)
	shops, err := d.Shops(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "own.csv")
	if err := os.WriteFile(path, []byte("Order No,Ordered,Amount\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := &importSheet{env: New(b.Env, d), request: desk.ImportRequest{Path: path, Shop: shops[0]}}
	s.open()
	box := s.zoneOfFile()
	b.Window.SetContent(box)
	choice := guitest.Find[*kit.Choice[string]](b)
	if len(choice) == 0 {
		t.Fatal("there is no choice of zones")
	}
	choice[0].SetSelected("Asia/Shanghai")
	if s.request.Shop.Zone != "Asia/Shanghai" || s.request.Shop.ID != shops[0].ID {
		t.Errorf("the file is read as %+v", s.request.Shop)
	}
	if after, err := d.Shops(t.Context()); err != nil || after[0].Zone != shops[0].Zone {
		t.Errorf("the shop has the zone %s, %v", after[0].Zone, err)
	}
}
