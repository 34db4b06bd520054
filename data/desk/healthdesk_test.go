package desk

import (
	"fmt"
	"testing"
	"time"

	"casebinder/data"
)

// deskAt is an empty desk by a clock that a test sets.
func deskAt(t *testing.T, now *time.Time) *Desk {
	t.Helper()
	d, err := Open(t.Context(), t.TempDir(), Options{Operator: "Lin", CheckAfter: time.Hour, Now: func() time.Time { return *now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// sales are orders of different buyers, numbered from 1-0 on, that were placed on the
// days that a test says.
func sales(n int, on func(i int) time.Time) []data.Order {
	orders := make([]data.Order, n)
	for i := range orders {
		orders[i] = riskOrder(fmt.Sprint("1-", i), fmt.Sprint("buyer", i), 1000)
		orders[i].OrderedAt, orders[i].PaidAt = on(i), time.Time{}
	}
	return orders
}

// cancelBySeller has the seller cancel a sale.
func cancelBySeller(o *data.Order, at time.Time) {
	o.Status = data.StatusCanceled
	o.Fate = data.Fate{CanceledAt: at, CanceledBy: data.ActorSeller, CancelReason: data.CancelOutOfStock}
}

// amazonSales puts sales into an Amazon shop.
func amazonSales(t *testing.T, d *Desk, orders []data.Order) data.Shop {
	t.Helper()
	shop, err := d.PutShop(t.Context(), data.Shop{Platform: "amazon", Name: "Heron", Zone: "UTC", Site: "US"})
	if err != nil {
		t.Fatal(err)
	}
	for i := range orders {
		orders[i].Shop, orders[i].Buyer.Platform = shop, "amazon"
	}
	if err := d.store.Update(t.Context(), putAll(orders)); err != nil {
		t.Fatal(err)
	}
	return shop
}
