package store

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"casebinder/data"
)

// benchOrder makes the order with a number: believable in size, and different
// enough that indexes and search have work.
func benchOrder(i int) data.Order {
	at := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(i*7919%31_000_000) * time.Second)
	titles := []string{"Wireless earbuds with charging case", "蓝牙耳机 无线 降噪", "Silicone phone case, clear", "Чехол для телефона", "LED strip lights 5 m, RGB"}
	names := []string{"Maria Silva", "John Example", "Иван Петров", "王小明", "Léa Dubois"}
	countries := []string{"BR", "US", "RU", "CN", "FR"}
	k := i * 31 % 5
	return data.Order{
		Number:         fmt.Sprintf("81%014d", i*7919%100_000_000_000),
		Buyer:          data.Buyer{Handle: fmt.Sprintf("buyer%06d", i*13%150_000), Name: names[k], Email: fmt.Sprintf("b%06d@example.com", i*13%150_000), Country: countries[k]},
		Status:         []data.OrderStatus{data.StatusShipped, data.StatusCompleted, data.StatusToShip, data.StatusDelivered, data.StatusCompleted}[i%5],
		PlatformStatus: "WAIT_BUYER_ACCEPT_GOODS",
		Total:          data.Money{Minor: int64(500 + i*17%20000), Currency: "USD"},
		Shipping:       data.Money{Minor: 199, Currency: "USD"},
		PaymentMethod:  "card", PaymentRef: fmt.Sprintf("P%010d", i),
		OrderedAt: at, SourceTime: at.Add(240 * time.Hour), DeliveredAt: at.Add(200 * time.Hour), PaidAt: at.Add(time.Minute), ShipBy: at.Add(72 * time.Hour), ShippedAt: at.Add(24 * time.Hour),
		ShipTo: data.Address{
			Name: names[k], Line1: fmt.Sprintf("%d Sample Street", i%999), City: "Sampletown", State: "ST",
			Postcode: fmt.Sprintf("%05d", i%99999), Country: countries[k], Phone: "+1 555 0100",
		},
		Items:     []data.Item{{ExternalID: fmt.Sprint(9_000_000 + i), SKU: fmt.Sprintf("SKU-%04d", i%3000), Title: titles[k], Quantity: 1, Price: data.Money{Minor: int64(500 + i*17%20000), Currency: "USD"}}},
		Shipments: []data.Shipment{{Carrier: "Sample Post", Tracking: fmt.Sprintf("LP%011dCN", i), ShippedAt: at.Add(24 * time.Hour)}},
	}
}

func fill(b testing.TB, s *Store, n int) time.Duration {
	shop := newShop(b, s, data.AliExpress, "bench")
	start := time.Now()
	err := s.Update(context.Background(), func(tx *Tx) error {
		m, err := tx.ImportOrders(&Import{Shop: shop, File: "bench.csv"})
		if err != nil {
			return err
		}
		for i := range n {
			o := benchOrder(i)
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
	return time.Since(start)
}

// BenchmarkImport compares an import of 200,000 orders, with items, parcels,
// buyers, search and journal, with the sqlite3 shell's .import of the same
// orders table with the same indexes and nothing else.
func BenchmarkImport(b *testing.B) {
	const n = 200_000
	for range b.N {
		dir := b.TempDir()
		s := openAt(b, filepath.Join(dir, "desk.db"), testOptions())
		ours := fill(b, s, n)
		csv, schema := filepath.Join(dir, "orders.csv"), filepath.Join(dir, "schema.sql")
		shell(b, s.Path(), ".mode csv", ".once "+csv, "SELECT * FROM orders WHERE id > 0")
		shell(b, s.Path(), ".once "+schema, "SELECT sql || ';' FROM sqlite_schema WHERE tbl_name IN ('orders','shop','buyer','import') AND sql IS NOT NULL ORDER BY type DESC")
		plain := filepath.Join(dir, "plain.db")
		shell(b, plain, "PRAGMA journal_mode=wal", ".read "+schema)
		start := time.Now()
		cmd := exec.Command(needProgram(b, "sqlite3"), plain, ".mode csv", ".import "+csv+" orders")
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("%v %s", err, out)
		}
		theirs := time.Since(start)
		b.ReportMetric((cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds(), "cpu-shell")
		if got := shell(b, plain, "SELECT count(*) FROM orders"); got != fmt.Sprint(n) {
			b.Fatal("the shell imported", got)
		}
		b.ReportMetric(ours.Seconds(), "s-ours")
		b.ReportMetric(theirs.Seconds(), "s-shell")
		b.ReportMetric(ours.Seconds()/theirs.Seconds(), "ratio")
	}
}

// BenchmarkLists measures what a person waits for, with 200,000 orders.
func BenchmarkLists(b *testing.B) {
	ctx := context.Background()
	s := openAt(b, filepath.Join(b.TempDir(), "desk.db"), testOptions())
	fill(b, s, 200_000)
	for name, q := range map[string]data.OrderQuery{
		"newest": {}, "total": {Sort: data.OrderByTotal}, "status": {Statuses: []data.OrderStatus{data.StatusShipped}},
		"word": {Search: "silva"}, "chinese": {Search: "耳机"}, "number": {Search: "810000001"},
	} {
		b.Run("first/"+name, func(b *testing.B) {
			for range b.N {
				if _, err := s.OrderFirst(ctx, q, 50); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("ids/"+name, func(b *testing.B) {
			for range b.N {
				if _, err := s.OrderIDs(ctx, q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	for _, text := range []string{"s", "silva", "耳", "耳机", "蓝牙耳机", "наушники", "8100"} {
		b.Run("everything/"+text, func(b *testing.B) {
			for range b.N {
				if _, err := s.SearchAll(ctx, text, 20); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
