package store

import (
	"strings"
	"testing"

	"casebinder/data"
)

// While orders are read, the newest is taken out and another one gets its row, and a
// person writes another phone into the first: what is kept is of the orders as they are
// in the end.
func TestOrdersThatChangeWhileTheyAreCounted(t *testing.T) {
	s := openNew(t)
	shop := newShop(t, s, data.EBay, "a")
	var orders []data.Order
	for i := range 5 {
		orders = append(orders, benchOrder(i))
	}
	importAll(t, s, shop, orders...)
	other := benchOrder(9)
	other.Shop = shop
	meanwhile := func() {
		update(t, s, func(tx *Tx) error { return tx.Delete("order", 5) })
		update(t, s, func(tx *Tx) error { return tx.PutOrder(&other) })
		first, err := s.Order(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		first.Total.Minor = 99
		update(t, s, func(tx *Tx) error { return tx.PutOrder(first) })
	}
	marks := func(o *data.Order) []data.BuyerMark {
		if meanwhile != nil {
			do := meanwhile
			meanwhile = nil
			do()
		}
		return []data.BuyerMark{{Kind: data.MarkEmail, Value: o.Buyer.Email}}
	}
	for more := true; more; {
		var err error
		if more, err = s.KeepBuyers(t.Context(), 100, marks); err != nil {
			t.Fatal(err)
		}
	}
	if other.ID != 5 || meanwhile != nil {
		t.Fatalf("the other order has the row %d", other.ID)
	}
	if behind, err := s.BuyersBehind(t.Context()); behind != 0 || err != nil {
		t.Errorf("%d are behind: %v", behind, err)
	}
	got := shell(t, s.Path(), "SELECT b.handle, m.mark, s.orders, s.spend_minor FROM buyer_stat s JOIN buyer b ON b.id = s.buyer_id LEFT JOIN buyer_mark m ON m.buyer_id = b.id ORDER BY b.handle")
	want := strings.Join([]string{
		"buyer000000|b000000@example.com|1|99", "buyer000013|b000013@example.com|1|517", "buyer000026|b000026@example.com|1|534",
		"buyer000039|b000039@example.com|1|551", "buyer000117|b000117@example.com|1|653",
	}, "\n")
	if got != want {
		t.Errorf("kept:\n%s", got)
	}
}
