package desk

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"casebinder/data"
)

// warned says what Today tells of the number of a shop, "" for nothing.
func warned(t *testing.T, d *Desk, metric string) string {
	t.Helper()
	list, err := d.HealthWarnings(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	for i := range list {
		if list[i].Number.Metric.ID == metric {
			return list[i].Why().String()
		}
	}
	return ""
}

// Six sales of August were canceled by the seller, each of another buyer. eBay looks
// at August from 20 September on: on the 18th nothing is counted and nothing will be,
// on the 19th tomorrow is bad, on the 20th today is.
func TestANumberOfNothingThatIsBadTomorrowIsWarnedOf(t *testing.T) {
	now := time.Date(2026, 9, 18, 20, 0, 0, 0, time.UTC)
	d := deskAt(t, &now)
	orders := sales(6, func(i int) time.Time { return time.Date(2026, 8, 10+i, 12, 0, 0, 0, time.UTC) })
	for i := range orders {
		cancelBySeller(&orders[i], orders[i].OrderedAt.AddDate(0, 0, 1))
	}
	putOrders(t, d, orders...)
	for day, want := range map[int]string{
		18: "",
		19: "Transaction defect rate of Willow counts nothing today and is 100.00 % from tomorrow on: Below Standard.",
		20: "Transaction defect rate of Willow is 100.00 %: Below Standard.",
	} {
		now = time.Date(2026, 9, day, 20, 0, 0, 0, time.UTC)
		if got := warned(t, d, defects); got != want {
			t.Errorf("on 2026-09-%d: %q, want %q", day, got, want)
		}
	}
}

// Three sales of an Amazon shop's first day count from the next day on. That the number
// will be 0 of 3 then, a case away from bad, is no warning before it is so.
func TestANumberOfNothingThatIsGoodTomorrowIsNotWarnedOf(t *testing.T) {
	now := time.Date(2026, 5, 18, 12, 0, 0, 0, time.UTC)
	d := deskAt(t, &now)
	amazonSales(t, d, sales(3, func(i int) time.Time { return time.Date(2026, 5, 18, 6+i, 0, 0, 0, time.UTC) }))
	for day, want := range map[int]string{
		18: "",
		19: "Order defect rate of Heron is 0.00 %: one more case, and it no longer meets what the platform asks.",
	} {
		now = time.Date(2026, 5, day, 12, 0, 0, 0, time.UTC)
		if got := warned(t, d, orderDefects); got != want {
			t.Errorf("on 2026-05-%d: %q, want %q", day, got, want)
		}
	}
}

// An Amazon shop whose 99 older sales leave the 60 days at the end of 19 May: today one
// bad rating of 199 meets what Amazon asks, tomorrow it is one of 100, which does not.
// A day before, one more case of 199 makes it two of 199.
func TestAWarningSaysWhatWouldMakeItSo(t *testing.T) {
	now := time.Date(2026, 5, 18, 12, 0, 0, 0, time.UTC)
	d := deskAt(t, &now)
	shop := amazonSales(t, d, sales(199, func(i int) time.Time {
		if i >= 100 {
			return time.Date(2026, 3, 20, 12, 0, 0, 0, time.UTC)
		}
		return time.Date(2026, 4, 10, 12, 0, 0, 0, time.UTC)
	}))
	if _, err := d.PutFeedback(t.Context(), data.Feedback{Shop: shop, OrderNumber: "1-0", Stars: 1, LeftAt: now.AddDate(0, 0, -1)}); err != nil {
		t.Fatal(err)
	}
	for day, want := range map[int]string{
		18: "Order defect rate of Heron is 0.50 %: one more case, and it no longer meets what the platform asks.",
		19: "Order defect rate of Heron is 0.50 % today and 1.00 % from tomorrow on: Target missed.",
		20: "Order defect rate of Heron is 1.00 %: Target missed.",
	} {
		now = time.Date(2026, 5, day, 12, 0, 0, 0, time.UTC)
		if got := warned(t, d, orderDefects); got != want {
			t.Errorf("on 2026-05-%d: %q, want %q", day, got, want)
		}
	}
}

// An order that is dated on a day to come is kept and told; one of an hour to come is
// a matter of clocks.
func TestAnOrderOfTheFutureIsKeptAndTold(t *testing.T) {
	d := riskDesk(t)
	shop, err := d.PutShop(t.Context(), data.Shop{Platform: "shopify", Name: "Heron", Zone: "UTC", Currency: "EUR"})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "file.csv")
	text := "Number,State,Ordered,Total,Currency\nN-1,shipped,2026-03-11 09:00:00,1.00,EUR\nN-2,shipped,2026-03-10 18:00:00,1.00,EUR\nN-3,shipped,2026-03-09 09:00:00,1.00,EUR\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	report, err := d.Import(t.Context(), ImportRequest{Path: path, Shop: shop, Custom: []byte(anOrdersTable)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if report.Counts.Added != 3 || report.Doubted != 2 || len(report.Doubts) != 2 || report.Doubts[1].Rule != "import_order_future" { // the first: columns that it lacks
		t.Fatalf("%d added, doubts %+v", report.Counts.Added, report.Doubts)
	}
	if why := report.Doubts[1].Why.String(); why != "The order N-1 is dated 2026-03-11 09:00, which lies in the future." {
		t.Error(why)
	}
}
