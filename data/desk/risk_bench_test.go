package desk

import (
	"context"
	"fmt"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/store"
)

// BenchmarkRisk reviews 100,000 new orders of 60,000 buyers.
func BenchmarkRisk(b *testing.B) {
	d, err := Open(b.Context(), b.TempDir(), Options{Operator: "Lin", CheckAfter: time.Hour})
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close() //nolint:errcheck // a benchmark
	shop, err := d.PutShop(b.Context(), data.Shop{Platform: "ebay", Name: "Bench", Zone: "UTC"})
	if err != nil {
		b.Fatal(err)
	}
	const n = 100_000
	begin := time.Now().Add(-48 * time.Hour)
	err = d.store.Update(b.Context(), func(tx *store.Tx) error {
		m, err := tx.ImportOrders(&store.Import{Shop: shop, File: "bench.csv"})
		if err != nil {
			return err
		}
		for i := range n {
			o := data.Order{
				Shop: shop, Number: fmt.Sprintf("%012d", i), Status: data.StatusToShip, Total: data.Money{Minor: int64(i % 70_000), Currency: "USD"},
				OrderedAt: begin.Add(time.Duration(i) * time.Second), PaidAt: begin, BuyerNote: []string{"", "", "please ship asap"}[i%3],
				Buyer:   data.Buyer{Platform: "ebay", Handle: fmt.Sprintf("b%d", i*7%60_000), Name: fmt.Sprintf("Buyer %d Example", i)},
				ShipTo:  data.Address{Name: "Buyer Example", Line1: fmt.Sprintf("Example Street %d", i), City: "Madrid", Postcode: "28013", Country: "ES"},
				Items:   []data.Item{{SKU: fmt.Sprint(i % 500), Title: "Wireless earphones with case, black, model " + fmt.Sprint(i%90), Quantity: 1}},
				Payment: data.Payment{State: data.PaymentCleared, Holder: "Buyer Example", Address: data.Address{Name: "B. Example", Line1: fmt.Sprintf("Example St. %d", i), City: "Madrid", Postcode: "28013", Country: "ES"}},
			}
			if _, err := m.Add(&o); err != nil {
				return err
			}
		}
		_, err = m.Finish(0)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := d.store.Update(context.Background(), func(tx *store.Tx) error { return tx.SetRiskUpto(0) }); err != nil {
			b.Fatal(err)
		}
		if done, err := d.KeepRisk(b.Context(), nil); err != nil || done != n {
			b.Fatal(done, err)
		}
	}
}
