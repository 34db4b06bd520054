package buyer

import (
	"slices"
	"testing"
	"time"

	"casebinder/data"
)

func at(day int) time.Time { return time.Date(2026, 1, day, 0, 0, 0, 0, time.UTC) }

func usd(minor int64) data.Money { return data.Money{Minor: minor, Currency: "USD"} }

// Twenty buyers, worked by hand: day n ordered last on the n-th of January. Who came
// back: 2, 2, 3, 5, 9 orders, so a half begins at 3 and the tenth at 9. The quarters of days
// 1..20 begin at the 16th, 11th and 6th. Of twenty sums of 1..20 dollars the tenth
// begins at 19.
func TestBandsOfTwentyBuyers(t *testing.T) {
	orders := map[int]int{2: 2, 7: 2, 12: 3, 19: 5, 20: 9}
	var all []Bought
	for day := 1; day <= 20; day++ {
		all = append(all, Bought{Last: at(day), Orders: max(1, orders[day]), Spent: usd(int64(day) * 100)})
	}
	b := BandsOf(all)
	if want := []int{1, 2, 3, 9}; !slices.Equal(b.Orders, want) {
		t.Errorf("rows begin at %v, not %v", b.Orders, want)
	}
	if want := []time.Time{at(16), at(11), at(6)}; !slices.Equal(b.Last, want) {
		t.Errorf("columns begin at %v, not %v", b.Last, want)
	}
	if b.Top["USD"] != 1900 || b.Few["USD"] {
		t.Errorf("the tenth begins at %d", b.Top["USD"])
	}
	if !b.Since().Equal(at(11)) {
		t.Errorf("the newer half begins on %v", b.Since())
	}
	for day, want := range map[int]bool{20: true, 19: true, 18: false, 12: false, 2: false} {
		if b.Key(all[day-1]) != want {
			t.Errorf("the buyer of day %d: key %v", day, !want)
		}
	}
	cells := Grid(all, b)
	if len(cells) != 16 {
		t.Fatalf("%d cells", len(cells))
	}
	sum := 0
	for _, c := range cells {
		sum += c.Buyers
	}
	if sum != 20 {
		t.Errorf("the cells hold %d of 20 buyers", sum)
	}
	// Row of three to eight orders: day 12 in the second column, day 19 in the first.
	if got := cells[2*4+0]; got.Buyers != 1 || got.Key != 1 || got.Spenders != 1 {
		t.Errorf("day 19: %+v", got)
	}
	if got := cells[2*4+1]; got.Buyers != 1 || got.Key != 0 {
		t.Errorf("day 12: %+v", got)
	}
	// Once, and long ago: days 1, 3, 4, 5.
	if got := cells[3]; got.Buyers != 4 {
		t.Errorf("once, long ago: %+v", got)
	}
}

// Sums are compared within a currency alone: 5,000 yen are no 5,000 cents.
func TestCurrenciesStandApart(t *testing.T) {
	b := BandsOf([]Bought{
		{Last: at(1), Orders: 2, Spent: data.Money{Minor: 5000, Currency: "JPY"}},
		{Last: at(1), Orders: 2, Spent: usd(90)},
	})
	if b.Top["JPY"] != 5000 || b.Top["USD"] != 90 || !b.Few["USD"] {
		t.Errorf("%+v", b)
	}
}

func TestNoBuyersAtAll(t *testing.T) {
	b := BandsOf(nil)
	cells := Grid(nil, b)
	if len(cells) != 1 || cells[0].Buyers != 0 || !b.Since().IsZero() || b.Key(Bought{}) {
		t.Errorf("%+v %+v", b, cells)
	}
	one := []Bought{{Orders: 1}} // when is not known
	if got := Grid(one, BandsOf(one)); len(got) != 1 || got[0].Buyers != 1 {
		t.Errorf("%+v", got)
	}
}
