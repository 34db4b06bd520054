package store

import (
	"testing"
	"time"
)

// BenchmarkReport asks for what a report of a year is made of, on a desk of 1,000,000
// orders of that year, every hundredth with a dispute.
func BenchmarkReport(b *testing.B) {
	s := openAt(b, b.TempDir()+"/desk.db", testOptions())
	fill(b, s, 1_000_000)
	if _, err := s.write.ExecContext(b.Context(), "INSERT INTO dispute (uid, order_id, shop_id, order_number, reason, amount_minor, amount_currency, opened_at, stage, outcome, cause) "+
		"SELECT 'd' || id, id, shop_id, number, 'damaged', total_minor, total_currency, ordered_at + 864000000, 'closed', 'won', 'packing' FROM orders WHERE id % 100 = 0"); err != nil {
		b.Fatal(err)
	}
	if _, err := s.write.ExecContext(b.Context(), "UPDATE orders SET refunded_minor = total_minor, refunded_currency = total_currency WHERE id % 50 = 0"); err != nil {
		b.Fatal(err)
	}
	from, to := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	b.Run("cases", func(b *testing.B) {
		for b.Loop() {
			list, err := s.ReportCases(b.Context(), 0, from, to)
			if err != nil || len(list) < 25_000 {
				b.Fatal(len(list), err)
			}
		}
	})
	for _, by := range []string{"country", "product", "carrier"} {
		b.Run(by, func(b *testing.B) {
			for b.Loop() {
				counts, err := s.PlacedOrders(b.Context(), by, 0, from, to)
				if err != nil || len(counts) == 0 {
					b.Fatal(len(counts), err)
				}
			}
		})
	}
}
