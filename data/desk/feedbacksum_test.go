package desk_test

import (
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/health"
)

// summed is a desk with eight orders on AliExpress, of which one is below five
// dollars, and feedback whose counts are worked by hand. The clock stands on 20
// November 2026; the days of the numbers end with the 19th, in Shanghai.
func summed(t *testing.T) (*desk.Desk, data.Shop) {
	t.Helper()
	d := open(t)
	text := "Number;Buyer;Total;At;Item;SKU;Carrier;Tracking\n"
	for i, total := range []string{"45.99", "45.99", "4.99", "45.99", "45.99", "45.99", "45.99", "45.99"} {
		n := string(rune('1' + i))
		text += "81000" + n + ";Buyer " + n + ";" + total + ";2025-10-01 08:00;Lamp;LAMP;Cainiao;LX" + n + "\n"
	}
	r := desk.ImportRequest{Path: write(t, "orders.csv", text), Shop: data.Shop{Platform: data.AliExpress, Name: "Lantern", Zone: "Asia/Shanghai", Currency: "USD"}}
	custom, err := d.MappingPreset(t.Context(), "plain", r, map[string]string{
		"Number": "number", "Buyer": "buyer_handle", "Total": "total", "At": "ordered_at", "Item": "item_title", "SKU": "item_sku", "Carrier": "carrier", "Tracking": "tracking",
	})
	must(t, err)
	r.Custom = custom
	_, err = d.Import(t.Context(), r, nil)
	must(t, err)
	shop := shopOf(t, d)
	put := func(number string, stars int, day, cause string, change func(*data.Feedback)) {
		t.Helper()
		left, err := time.Parse(time.DateOnly, day)
		must(t, err)
		f := data.Feedback{Shop: shop, OrderNumber: number, Stars: stars, Text: number + day, LeftAt: left.Add(12 * time.Hour), Cause: cause}
		if change != nil {
			change(&f)
		}
		_, err = d.PutFeedback(t.Context(), f)
		must(t, err)
	}
	put("810001", 5, "2026-11-18", "quality", nil)
	put("810002", 4, "2026-11-10", "packing", nil)
	put("810003", 1, "2026-11-10", "", nil)                     // below five dollars
	put("810004", 3, "2026-11-01", "size", nil)                 //
	put("810005", 2, "2026-10-25", "size", nil)                 //
	put("810005", 1, "2026-10-24", "", nil)                     // of the same order: the later one counts
	put("810006", 1, "2026-09-30", "extra_duty", nil)           // 3 months
	put("810007", 5, "2026-03-01", "", nil)                     // 12 months
	put("810008", 5, "2025-10-10", "", nil)                     // all time
	put("810008", 1, "2026-11-15", "", func(f *data.Feedback) { // removed by the platform
		f.RemovedAt, f.State = clock, data.FeedbackRemoved
	})
	put("810001", 5, "2026-11-19", "", func(f *data.Feedback) { f.Given = true }) // left for the buyer
	put("", 3, "2026-06-01", "", nil)                                             // 6 months; no order
	return d, shop
}

func TestTheSummaryCountsAsAliExpressShowsIt(t *testing.T) {
	d, shop := summed(t)
	sum, err := d.FeedbackSummary(t.Context(), shop.ID)
	must(t, err)
	type row struct {
		stars                     [5]int
		positive, neutral, negate int
		left                      int
	}
	want := []row{
		{[5]int{0, 1, 1, 1, 1}, 2, 1, 1, 3}, // 5, 4, 3, 2; left: below five dollars, removed, the first of two of one order
		{[5]int{1, 1, 1, 1, 1}, 2, 1, 2, 3},
		{[5]int{1, 1, 2, 1, 1}, 2, 2, 2, 3},
		{[5]int{1, 1, 2, 1, 2}, 3, 2, 2, 3},
		{[5]int{1, 1, 2, 1, 3}, 4, 2, 2, 3},
	}
	for i, s := range sum.Spans {
		left := 0
		for _, l := range s.Left {
			left += l.N
		}
		if got := (row{s.Stars, s.Positive, s.Neutral, s.Negative, left}); got != want[i] {
			t.Errorf("%d months: %+v, want %+v", s.Months, got, want[i])
		}
	}
	// What was left today, on the 20th in Shanghai, is in no time: all end with the 19th.
	_, err = d.PutFeedback(t.Context(), data.Feedback{Shop: shop, Stars: 5, Text: "today", LeftAt: clock.Add(-time.Minute)})
	must(t, err)
	sum, err = d.FeedbackSummary(t.Context(), shop.ID)
	must(t, err)
	for _, s := range sum.Spans {
		if s.Stars[4] != want[map[int]int{1: 0, 3: 1, 6: 2, 12: 3, 0: 4}[s.Months]].stars[4] || data.OnDay(s.To.Add(-time.Millisecond)) != sum.Last {
			t.Errorf("%d months: %v until %s", s.Months, s.Stars, s.To)
		}
	}
	if sum.Last.String() != "2026-11-19" {
		t.Errorf("the summary ends with %s", sum.Last)
	}
	if rate, ok := sum.Spans[0].Rate("positive"); !ok || rate != 0.5 {
		t.Errorf("half of the month's are good: %v %v", rate, ok)
	}
	must(t, d.SetFeedbackDenominator(t.Context(), shop.ID, "positive_negative"))
	sum, err = d.FeedbackSummary(t.Context(), shop.ID)
	must(t, err)
	if rate, ok := sum.Spans[0].Rate("positive"); !ok || rate != 2.0/3 || sum.Denominator != "positive_negative" {
		t.Errorf("without the neutral: %v %v", rate, ok)
	}
	if _, ok := sum.Spans[0].Rate("neutral"); ok {
		t.Error("a rate of neutral ones without the neutral")
	}
}

// The summary's rates are those of the number in Health, for each time, class and
// denominator.
func TestTheSummaryIsTheNumberInHealth(t *testing.T) {
	d, shop := summed(t)
	ctx := t.Context()
	const rate = "aliexpress.feedback_rate"
	for _, denominator := range []string{"all", "positive_negative"} {
		must(t, d.SetFeedbackDenominator(ctx, shop.ID, denominator))
		sum, err := d.FeedbackSummary(ctx, shop.ID)
		must(t, err)
		for _, span := range sum.Spans {
			if span.Months == 0 {
				continue
			}
			for class, n := range map[string]int{"positive": span.Positive, "negative": span.Negative} {
				all, err := d.Health(ctx, desk.HealthAsk{ShopID: shop.ID, Metric: rate, AsOf: clock, Settings: map[string]health.Settings{
					rate: {"months": int64(span.Months), "class": class, "denominator": denominator},
				}})
				must(t, err)
				number := all[0].Numbers[0]
				if int(number.Hits) != n || int(number.Base) != span.Base() {
					t.Errorf("%s, %d months, %s: %d of %d, Health has %d of %d", denominator, span.Months, class, n, span.Base(), number.Hits, number.Base)
				}
			}
		}
	}
}

func TestTrendsCountPraiseToo(t *testing.T) {
	d, shop := summed(t)
	by := func(what string, months int) map[string][3]int {
		list, err := d.FeedbackTrends(t.Context(), what, shop.ID, months)
		must(t, err)
		got := map[string][3]int{}
		for _, l := range list {
			if l.All() > 0 {
				got[l.Key] = [3]int{l.Positive, l.Neutral, l.Negative}
			}
		}
		return got
	}
	for what, want := range map[string]map[string][3]int{
		"cause":   {"quality": {1, 0, 0}, "packing": {1, 0, 0}, "size": {0, 1, 1}, "": {0, 0, 3}},
		"product": {"LAMP": {2, 1, 4}},
		"carrier": {"Cainiao": {2, 1, 4}},
	} {
		got := by(what, 1)
		if len(got) != len(want) {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
		for key, n := range want {
			if got[key] != n {
				t.Errorf("%s %q: %v, want %v", what, key, got[key], n)
			}
		}
	}
	if got := by("cause", 3)["extra_duty"]; got != [3]int{0, 0, 1} {
		t.Errorf("three months: %v", got)
	}
}

// What buyers had not been told to expect is a note on the listing's check.
func TestFeedbackIsANoteOnTheListing(t *testing.T) {
	d, shop := summed(t)
	items, err := d.CheckListing(t.Context(), data.Product{ShopID: shop.ID, SKU: "LAMP", Title: "Lamp"})
	must(t, err)
	notes := map[string]string{}
	for _, item := range items {
		for _, f := range item.Findings {
			if f.Rule == "listing.expected.size" || f.Rule == "listing.expected.extra_duty" {
				notes[item.Part] = f.Why.Args["n"] + " " + f.Why.Args["words"]
			}
		}
	}
	if len(notes) != 2 || notes["sizes"] != "2 8100042026-11-01" || notes["duty"] != "1 8100062026-09-30" {
		t.Errorf("%v", notes)
	}
}

// A month before 31 March begins on 28 February. What a clock that was set back puts
// into the future is not counted before its time.
func TestTrendsOverUnevenMonthsAndAClockSetBack(t *testing.T) {
	now := time.Date(2026, 3, 31, 12, 0, 0, 0, time.UTC)
	o := options()
	o.Now = func() time.Time { return now }
	d, err := desk.Open(t.Context(), t.TempDir(), o)
	must(t, err)
	t.Cleanup(func() { must(t, d.Close()) })
	shop, err := d.PutShop(t.Context(), data.Shop{Platform: data.AliExpress, Name: "Lantern", Zone: "UTC", Currency: "USD"})
	must(t, err)
	for _, at := range []string{"2026-02-27 12:00", "2026-02-28 13:00", "2026-03-01 09:00", "2026-03-30 09:00"} {
		left, err := time.Parse("2006-01-02 15:04", at)
		must(t, err)
		_, err = d.PutFeedback(t.Context(), data.Feedback{Shop: shop, Stars: 1, Text: at, LeftAt: left, Cause: "size"})
		must(t, err)
	}
	count := func() [2]int {
		t.Helper()
		list, err := d.FeedbackTrends(t.Context(), "cause", shop.ID, 1)
		must(t, err)
		if len(list) != 1 || list[0].Key != "size" {
			t.Fatalf("%+v", list)
		}
		return [2]int{list[0].Negative, list[0].Before.Negative}
	}
	if got := count(); got != [2]int{3, 1} {
		t.Errorf("the month to 31 March and the one before: %v, want 3 and 1", got)
	}
	now = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC) // the clock is set back
	if got := count(); got != [2]int{3, 0} {
		t.Errorf("to 10 March, from 10 February: %v, want 3 and 0", got)
	}
	sum, err := d.FeedbackSummary(t.Context(), shop.ID)
	must(t, err)
	if s := sum.Spans[4]; s.Counted() != 3 {
		t.Errorf("all time to 9 March counts %d, want 3", s.Counted())
	}
}

// Counts, detailed ratings and trends of all shops agree on their days: each shop's own,
// up to the end of its yesterday. At noon UTC of 20 November it is the 20th in Shanghai
// and in Los Angeles; at 20:00 it is the 21st in Shanghai, whose 20th then counts.
func TestTheWholeSummaryIsOfTheSameDays(t *testing.T) {
	now := time.Date(2026, 11, 20, 20, 0, 0, 0, time.UTC)
	o := options()
	o.Now = func() time.Time { return now }
	d, err := desk.Open(t.Context(), t.TempDir(), o)
	must(t, err)
	t.Cleanup(func() { must(t, d.Close()) })
	for zone, stars := range map[string]int{"Asia/Shanghai": 5, "America/Los_Angeles": 2} {
		shop, err := d.PutShop(t.Context(), data.Shop{Platform: data.AliExpress, Name: zone, Zone: zone, Currency: "USD"})
		must(t, err)
		for _, left := range []time.Time{now.AddDate(0, 0, -3), now.Add(-8 * time.Hour), now.Add(-time.Hour)} {
			_, err = d.PutFeedback(t.Context(), data.Feedback{Shop: shop, Stars: stars, Text: data.JSONTime(left), LeftAt: left, Cause: "size", Details: map[string]int{"description": stars}})
			must(t, err)
		}
	}
	// Of Shanghai the 17th (18th there) and noon of the 20th count, of Los Angeles the 17th.
	sum, err := d.FeedbackSummary(t.Context(), 0)
	must(t, err)
	for _, s := range sum.Spans {
		if s.Positive != 2 || s.Negative != 1 || len(s.Details) != 1 || s.Details[0].N != 3 || s.Details[0].Mean != 4 {
			t.Errorf("%d months: %d good, %d bad, %+v", s.Months, s.Positive, s.Negative, s.Details)
		}
		list, err := d.FeedbackTrends(t.Context(), "cause", 0, s.Months)
		must(t, err)
		if len(list) != 1 || list[0].Positive != 2 || list[0].Negative != 1 {
			t.Errorf("%d months: %+v", s.Months, list)
		}
	}
}

// A shop without orders and without feedback has no rates, and nothing fails.
func TestTheSummaryOfAnEmptyShop(t *testing.T) {
	d := open(t)
	for _, platform := range []data.Platform{data.AliExpress, data.EBay} {
		shop, err := d.PutShop(t.Context(), data.Shop{Platform: platform, Name: "new", Zone: "UTC", Currency: "USD"})
		must(t, err)
		for _, id := range []int64{shop.ID, 0} {
			sum, err := d.FeedbackSummary(t.Context(), id)
			must(t, err)
			if len(sum.Spans) != 5 {
				t.Fatalf("%s: %d times, want 5", platform, len(sum.Spans))
			}
			for _, s := range sum.Spans {
				if _, ok := s.Rate("positive"); ok || s.Counted() != 0 || s.Mean() != 0 {
					t.Errorf("%s: %+v", platform, s)
				}
			}
		}
		if list, err := d.FeedbackTrends(t.Context(), "product", shop.ID, 12); err != nil || len(list) != 0 {
			t.Errorf("%s: %v %v", platform, list, err)
		}
	}
}
