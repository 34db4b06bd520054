package health

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

func metric(t testing.TB, id string) *Metric {
	t.Helper()
	m, ok := Find(books(t), id)
	if !ok {
		t.Fatalf("no %s", id)
	}
	return m
}

func day(month time.Month, d int) Moment { return At(time.Date(2026, month, d, 10, 0, 0, 0, time.UTC)) }

func orders(from int64, n int64, like Order) []Order {
	var list []Order
	for i := range n {
		like.ID = from + i
		list = append(list, like)
	}
	return list
}

func keys(reasons []Reason) []string {
	var list []string
	for _, t := range reasons {
		list = append(list, strings.TrimPrefix(t.Key, "health.explain."))
	}
	return list
}

// 2 disputed of 10 confirmed are 20 %; of the 8 that were shipped in the time 25 %.
func TestExplainFindsTheReadingThatWasUsed(t *testing.T) {
	m := metric(t, "aliexpress.dispute_rate")
	rows := &Rows{Zone: time.UTC}
	rows.Orders = slices.Concat(orders(1, 6, Order{ConfirmedAt: day(6, 20), ShippedAt: day(6, 10)}), orders(7, 2, Order{ShippedAt: day(6, 10)}), orders(9, 2, Order{ConfirmedAt: day(6, 20)}))
	for id := int64(7); id <= 8; id++ {
		rows.Disputes = append(rows.Disputes, Dispute{ID: id, Order: id, Events: []Event{{Kind: data.EventOpened, At: day(6, 22)}}})
	}
	ask := Ask{AsOf: time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)}
	for _, c := range []struct {
		text string
		told Told
		want string
	}{
		{"20 %", Told{}, "same"},
		{"25 %", Told{}, "reading"},
		{"0,25", Told{}, "reading"},
		{"50 %", Told{}, "nothing"},
		{"20 %", Told{Base: 12}, "missing"},
		{"20 %", Told{Base: 9}, "surplus"},
		{"50 %", Told{Hits: 5}, "cases"},
	} {
		var err error
		if c.told.Value, c.told.Digits, err = ParseShare(c.text); err != nil {
			t.Fatal(err)
		}
		got := m.Explain(rows, ask, c.told)
		if !slices.Contains(keys(got), c.want) {
			t.Errorf("%s %+v: %v, want %s", c.text, c.told, keys(got), c.want)
		}
		if c.want == "reading" && !strings.Contains(got[0].String(), "shipped") {
			t.Errorf("%s names no reading", got[0])
		}
	}
}

// On 1 July one of 2; on 30 June the order of 30 June was not there, and it was one
// of one.
func TestExplainFindsTheDayThatWasUsed(t *testing.T) {
	m := metric(t, "amazon.cancellation_rate")
	rows := &Rows{Orders: []Order{{ID: 1, OrderedAt: day(6, 28), State: StateCanceled, Party: PartySeller}, {ID: 2, OrderedAt: day(6, 30)}}}
	ask := Ask{AsOf: time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)}
	if got := keys(m.Explain(rows, ask, Told{Value: 1})); !slices.Contains(got, "earlier") {
		t.Errorf("%v, want the day before", got)
	}
	rows.Orders = append(rows.Orders, orders(3, 2, Order{OrderedAt: day(7, 1)})...)
	if got := keys(m.Explain(rows, ask, Told{Value: 0.25})); !slices.Contains(got, "later") {
		t.Errorf("%v, want today's rows", got)
	}
}

// Of 10 that count 1 is a case, and of 5 nobody told: between 1 and 6 of 15.
func TestExplainSaysHowFarWhatWasNotToldCanReach(t *testing.T) {
	m := metric(t, "walmart.valid_tracking_rate")
	rows := &Rows{Orders: slices.Concat(orders(1, 1, Order{ShippedAt: day(6, 20), Valid: Yes}), orders(2, 9, Order{ShippedAt: day(6, 20), Valid: No}), orders(11, 5, Order{ShippedAt: day(6, 20), Valid: Untold}))}
	got := m.Explain(rows, Ask{AsOf: time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)}, Told{Value: 0.3})
	if len(got) != 6 || !strings.Contains(got[0].String(), "6.67 %") || !strings.Contains(got[0].String(), "40.00 %") {
		t.Fatalf("%v", got)
	}
	for i, r := range got[1:] {
		if r.Row.ID != int64(11+i) || r.Parts["why"].Key != whyUntold.Key {
			t.Errorf("%v is named, because %v", r.Row, r.Parts["why"])
		}
	}
}

// 1 of 101 meets Amazon's target, 2 do not; a claim that is won is no defect.
func TestWhatIf(t *testing.T) {
	m := metric(t, "amazon.order_defect_rate")
	rows := &Rows{Orders: orders(1, 101, Order{OrderedAt: day(6, 20)}), Disputes: []Dispute{{ID: 9, Order: 3, Outcome: "lost", Liable: "seller", Events: []Event{{Kind: data.EventOpened, At: day(6, 25)}, {Kind: data.EventRuled, At: day(6, 28)}}}}}
	ask := Ask{AsOf: time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)}
	for _, c := range []struct {
		change Change
		hits   int64
		level  string
	}{{Change{}, 1, "meets"}, {Change{OneMore: true}, 2, "misses"}, {Change{Won: []int64{3}}, 0, "meets"}} {
		if n := m.WhatIf(rows, ask, c.change); n.Hits != c.hits || levelID(n) != c.level {
			t.Errorf("%+v: %d, %s; want %d, %s", c.change, n.Hits, levelID(n), c.hits, c.level)
		}
	}
	late := metric(t, "amazon.late_shipment_rate")
	rows.Orders = orders(1, 2, Order{ShipBy: day(6, 30), State: StateToShip})
	ask.AsOf = time.Date(2026, 6, 30, 9, 0, 0, 0, time.UTC)
	ask.Span = &Span{From: ask.AsOf.AddDate(0, 0, -30), To: ask.AsOf.AddDate(0, 0, 1)}
	ask.AsOf = ask.AsOf.Add(12 * time.Hour)
	if n := late.WhatIf(rows, ask, Change{Shipped: true}); n.Hits != 2 {
		t.Errorf("%d late, want both: the date is over", n.Hits)
	}
	uploaded := metric(t, "tiktok.late_dispatch_rate")
	ask.AsOf = time.Date(2026, 6, 30, 9, 0, 0, 0, time.UTC)
	if n := uploaded.WhatIf(rows, ask, Change{Shipped: true}); n.Hits != 0 {
		t.Errorf("%d late before the date", n.Hits)
	}
}

// Between sales of 10.00 and 30.00 lie 20.00: one more claim is of 20.00, not of a
// cent.
func TestOneMoreClaimIsOfTheUsualSize(t *testing.T) {
	m := metric(t, "paypal.dispute_rate")
	usd := CodeOf("USD")
	rows := &Rows{Orders: slices.Concat(orders(1, 1, Order{OrderedAt: day(5, 20), PaidAt: day(5, 20), Total: 1000, Currency: usd}),
		orders(2, 1, Order{OrderedAt: day(6, 20), PaidAt: day(6, 20), Total: 3000, Currency: usd}))}
	ask := Ask{AsOf: time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)}
	if n := m.WhatIf(rows, ask, Change{OneMore: true}); n.Hits != 2000 || n.Base != 4000 {
		t.Errorf("%d of %d", n.Hits, n.Base)
	}
}

func TestAShareIsShownAsItWasTyped(t *testing.T) {
	for text, want := range map[string]string{"66,7": "66.7 %", "7.25 %": "7.25 %", "0.0125": "1.25 %", "0": "0 %", "100": "100 %", "0,05 %": "0.05 %", "many": "many"} {
		if got := ShownShare(text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
}

func TestParseShare(t *testing.T) {
	for _, c := range []struct {
		text   string
		share  float64
		digits int
	}{
		{"7.25 %", 0.0725, 2}, {"7,25", 0.0725, 2}, {"0.0725", 0.0725, 2}, {"0.5 %", 0.005, 1}, {"0,5%", 0.005, 1}, {"1", 0.01, 0}, {"12", 0.12, 0}, {"100 %", 1, 0}, {"0", 0, 0}, {"98.5％", 0.985, 1}, {" 2.20 % ", 0.022, 2},
	} {
		share, digits, err := ParseShare(c.text)
		if err != nil || share < c.share-1e-9 || share > c.share+1e-9 || digits != c.digits {
			t.Errorf("%q: %v with %d digits (%v), want %v with %d", c.text, share, digits, err, c.share, c.digits)
		}
	}
	for _, bad := range []string{"", "%", "seven", "-1", "1e3", "NaN", "+2", "1,2,3", "1.2,3", "1001", "0x10", "Inf"} {
		if share, _, err := ParseShare(bad); err == nil {
			t.Errorf("%q is read as %v", bad, share)
		}
	}
}

// Of ten orders of the time two are cases: one has a star alone and a claim, one a
// chargeback. The platform says 10 %: each row that counts here is named, with all
// that makes it a case.
func TestExplainNamesTheRowsThatCount(t *testing.T) {
	m := metric(t, "amazon.order_defect_rate")
	rows := &Rows{Zone: time.UTC, Orders: orders(1, 10, Order{OrderedAt: day(6, 1)})}
	rows.Feedback = []Feedback{{ID: 5, Order: 3, Stars: 1, LeftAt: day(6, 5)}, {ID: 6, Order: 4, Stars: 5, LeftAt: day(6, 5)}}
	rows.Disputes = []Dispute{
		{ID: 8, Order: 3, Events: []Event{{Kind: data.EventOpened, At: day(6, 6)}}},
		{ID: 9, Order: 7, Way: WayChargeback, Events: []Event{{Kind: data.EventOpened, At: day(6, 7)}}},
	}
	ask := Ask{AsOf: time.Date(2026, 7, 20, 0, 0, 0, 0, time.UTC)}
	for _, told := range []Told{{Value: 0.1, Digits: 0, Hits: 1, Base: 10}, {Value: 0.1, Digits: 0}} {
		var got []string
		for _, r := range m.Explain(rows, ask, told) {
			if r.Row.Kind != "" {
				got = append(got, fmt.Sprint(r.Row.ID, " ", r.Parts["why"].Key, " ", r.Args["day"]))
			}
		}
		want := []string{"3 health.cause.claim 2026-06-01", "3 health.cause.negative 2026-06-01", "7 health.cause.chargeback 2026-06-01"}
		if !slices.Equal(got, want) {
			t.Errorf("%+v: %q, want %q", told, got, want)
		}
	}
}

// 12 orders were late here, the platform counts 11: ten are named, two are counted.
func TestExplainNamesTenRowsAtMost(t *testing.T) {
	m := metric(t, "amazon.cancellation_rate")
	rows := &Rows{Zone: time.UTC, Orders: orders(1, 12, Order{OrderedAt: day(6, 28), State: StateCanceled, Party: PartySeller})}
	got := m.Explain(rows, Ask{AsOf: time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)}, Told{Value: 0.91, Hits: 11, Base: 12})
	named := 0
	for _, r := range got {
		if r.Row.Kind != "" {
			named++
		}
	}
	if last := got[len(got)-1]; named != 10 || last.Key != "health.explain.more_rows" || last.Args["n"] != "2" {
		t.Errorf("%d rows are named, and %v", named, last)
	}
}
