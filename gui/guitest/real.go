package guitest

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/words"
)

// realNow is the clock of a real desk.
var realNow = time.Date(2026, time.November, 21, 12, 0, 0, 0, time.UTC)

// Real makes a bench on a real desk with one eBay shop.
func Real(t *testing.T) (*Bench, *desk.Desk) {
	t.Helper()
	ctx := context.Background()
	d, err := desk.Open(ctx, filepath.Join(t.TempDir(), "desk"), desk.Options{Operator: "Lin", Now: func() time.Time { return realNow }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	shop, err := d.PutShop(ctx, data.Shop{Platform: data.EBay, Name: "Sample parts", Zone: "America/Los_Angeles", Currency: "USD"})
	if err != nil {
		t.Fatal(err)
	}
	b := NewOn(t, words.English, d, d.Now)
	b.Shops = func() []data.Shop { return []data.Shop{shop} }
	b.Blank()
	return b, d
}

// RealCase makes a bench on a real desk with one eBay order and an open
// dispute.
func RealCase(t *testing.T) (*Bench, *desk.Desk, data.Dispute) {
	t.Helper()
	b, desks := Real(t)
	orders := Orders(t, desks, "12-10001-20002,2026-11-10 10:00,sample,45.99,USD")
	d, err := desks.OpenDispute(context.Background(), desk.NewDispute{
		OrderID: orders[0].ID, Reason: data.ReasonNotReceived, Amount: data.Money{Minor: 4599, Currency: "USD"},
		CaseNumber: "5000000001", OpenedAt: time.Date(2026, 11, 20, 18, 0, 0, 0, time.UTC),
	})
	if err != nil {
		t.Fatal(err)
	}
	return b, desks, d
}

// Orders imports orders into the first shop, each a line of number, date, buyer's
// handle, total and currency, and gives their rows, the newest first.
func Orders(t *testing.T, desks *desk.Desk, lines ...string) []data.OrderRow {
	t.Helper()
	ctx := context.Background()
	file := filepath.Join(t.TempDir(), "orders.csv")
	text := "Order Number,Order Date,Buyer,Total,Currency\n" + strings.Join(lines, "\n") + "\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	shops, err := desks.Shops(ctx)
	if err != nil {
		t.Fatal(err)
	}
	request := desk.ImportRequest{Path: file, Target: "orders", Shop: shops[0]}
	preset, err := desks.MappingPreset(ctx, "sample", request, map[string]string{
		"Order Number": "number", "Order Date": "ordered_at", "Buyer": "buyer_handle", "Total": "total", "Currency": "currency",
	})
	if err != nil {
		t.Fatal(err)
	}
	request.Custom = preset
	if _, err := desks.Import(ctx, request, nil); err != nil {
		t.Fatal(err)
	}
	orders, err := desks.OrderFirst(ctx, data.OrderQuery{Sort: data.OrderByOrdered}, len(lines)+1)
	if err != nil || len(orders) != len(lines) {
		t.Fatalf("orders: %v, %v", orders, err)
	}
	return orders
}
