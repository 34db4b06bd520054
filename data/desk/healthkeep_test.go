package desk

import (
	"errors"
	"slices"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/health"
)

// An eBay shop with four sales in August 2026, of which the seller canceled one on
// 3 September. The look-back of the evaluation of 20 August ends with July and counts
// nothing; that of 20 September counts August: 1 of 4.
func healthDesk(t *testing.T, now *time.Time) *Desk {
	t.Helper()
	d := deskAt(t, now)
	orders := sales(4, func(i int) time.Time { return time.Date(2026, 8, 10+i, 12, 0, 0, 0, time.UTC) })
	for i := range 3 {
		orders[i].Status = data.StatusCompleted
	}
	cancelBySeller(&orders[3], time.Date(2026, 9, 3, 12, 0, 0, 0, time.UTC))
	putOrders(t, d, orders...)
	return d
}

const defects = "ebay.transaction_defect_rate"

func TestTheNumbersOfDaysOnWhichTheProgramWasClosed(t *testing.T) {
	now := time.Date(2026, 8, 25, 20, 0, 0, 0, time.UTC)
	d := healthDesk(t, &now)
	if err := d.KeepHealth(t.Context()); err != nil {
		t.Fatal(err)
	}
	now = time.Date(2026, 9, 24, 20, 0, 0, 0, time.UTC) // thirty days later
	for range 2 {                                       // the second time there is nothing to do
		if err := d.KeepHealth(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	shops, err := d.Shops(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	days, _, _, err := d.HealthHistory(t.Context(), shops[0].ID, defects, "2026-08-20")
	if err != nil {
		t.Fatal(err)
	}
	want := time.Date(2026, 8, 20, 0, 0, 0, 0, time.UTC)
	for _, day := range days {
		if day.Day != want.Format(time.DateOnly) {
			t.Fatalf("after %s comes %s", want.AddDate(0, 0, -1).Format(time.DateOnly), day.Day)
		}
		base, hits := int64(0), int64(0)
		if day.Day >= "2026-09-20" {
			base, hits = 4, 1
		}
		if day.Base != base || day.Hits != hits {
			t.Errorf("%s: %d of %d, want %d of %d", day.Day, day.Hits, day.Base, hits, base)
		}
		want = want.AddDate(0, 0, 1)
	}
	if last := want.AddDate(0, 0, -1).Format(time.DateOnly); last != "2026-09-23" {
		t.Errorf("the last day that is kept is %s: the 24th is not over in California", last)
	}
}

func TestWhatThePlatformShows(t *testing.T) {
	now := time.Date(2026, 9, 24, 20, 0, 0, 0, time.UTC)
	d := healthDesk(t, &now)
	shops, err := d.Shops(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	told := data.HealthTold{ShopID: shops[0].ID, Metric: defects, Day: "2026-09-24", Value: "20 %", Base: 5}
	if err := d.TellHealth(t.Context(), told); err != nil {
		t.Fatal(err)
	}
	seen := func() *data.HealthTold {
		list, err := d.Health(t.Context(), HealthAsk{Metric: defects})
		if err != nil || len(list) != 1 {
			t.Fatal(err, list)
		}
		if n := list[0].Numbers[0]; n.Hits != 1 || n.Base != 4 {
			t.Fatalf("%d of %d", n.Hits, n.Base)
		}
		return list[0].Numbers[0].Told
	}
	if got := seen(); got == nil || got.Value != "20 %" || got.Operator != "Lin" {
		t.Fatalf("%+v", got)
	}
	why, err := d.ExplainHealth(t.Context(), told)
	if err != nil || len(why) != 1 || why[0].Key != "health.explain.missing" || why[0].Args["n"] != "1" {
		t.Errorf("%v, %v: want that one row is not in the desk", why, err)
	}
	why, err = d.ExplainHealth(t.Context(), data.HealthTold{ShopID: shops[0].ID, Metric: defects, Day: "2026-09-24", Value: "5 %"})
	if err != nil || len(why) != 1 || why[0].String() != "1-3 counts here by 2026-08-13: canceled by the seller." {
		t.Errorf("%v, %v: want the canceled order", why, err)
	}
	if _, err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := seen(); got != nil {
		t.Errorf("%+v is there after the undo", got)
	}
	for _, bad := range []data.HealthTold{
		{ShopID: told.ShopID, Metric: "ebay.luck", Day: told.Day, Value: "1 %"},
		{ShopID: told.ShopID, Metric: defects, Day: "24.9.2026", Value: "1 %"},
		{ShopID: told.ShopID, Metric: defects, Day: "2027-01-01", Value: "1 %"},
		{ShopID: told.ShopID, Metric: defects, Day: told.Day, Value: "much"},
	} {
		var problem *data.Problem
		if err := d.TellHealth(t.Context(), bad); !errors.As(err, &problem) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}

// One more sale and its undo are seen at once, and give what a desk gives that reads
// all anew.
func TestANumberFollowsItsRows(t *testing.T) {
	now := time.Date(2026, 9, 24, 20, 0, 0, 0, time.UTC)
	d := healthDesk(t, &now)
	number := func() health.Sums {
		list, err := d.Health(t.Context(), HealthAsk{Metric: defects})
		if err != nil || len(list) != 1 {
			t.Fatal(err, list)
		}
		return list[0].Numbers[0].Sums
	}
	if n := number(); n.Hits != 1 || n.Base != 4 {
		t.Fatal(n)
	}
	ids, err := d.OrdersByNumber(t.Context(), "1-0")
	if err != nil || len(ids) != 1 {
		t.Fatal(err, ids)
	}
	dispute, err := d.OpenDispute(t.Context(), NewDispute{OrderID: ids[0], Reason: data.ReasonNotReceived, OpenedAt: time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	ruled := data.CaseEvent{Kind: data.EventRuled, Actor: data.ActorPlatform, At: time.Date(2026, 9, 5, 12, 0, 0, 0, time.UTC)}
	if _, err := d.AppendEvent(t.Context(), dispute.ID, NewEvent{CaseEvent: ruled}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.PutRuling(t.Context(), dispute.ID, data.Ruling{Outcome: "lost", Liable: "seller"}); err != nil {
		t.Fatal(err)
	}
	if n := number(); n.Hits != 2 || n.Base != 4 {
		t.Error("after a case was lost:", n)
	}
	if _, err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := number(); n.Hits != 1 || n.Base != 4 {
		t.Error("after the ruling was taken back:", n)
	}
}

// A buyer left one star on 20 November, and five of them on the 25th; another one left
// two stars on the 21st, which Amazon removed on the 24th.
func starsThatChanged(t *testing.T, now *time.Time, each func(d *Desk)) *Desk {
	t.Helper()
	d := deskAt(t, now)
	orders := sales(4, func(int) time.Time { return time.Date(2026, 11, 10, 12, 0, 0, 0, time.UTC) })
	shop := amazonSales(t, d, orders)
	var left [2]data.Feedback
	leave := func(i, stars int) (err error) {
		left[i], err = d.PutFeedback(t.Context(), data.Feedback{Shop: shop, OrderNumber: orders[i].Number, Stars: stars, LeftAt: *now})
		return err
	}
	for ; now.Day() < 28; *now = now.AddDate(0, 0, 1) {
		var err error
		switch now.Day() {
		case 20:
			err = leave(0, 1)
		case 21:
			err = leave(1, 2)
		case 24:
			_, err = d.WriteFeedback(t.Context(), left[1].ID, FeedbackDeed{Kind: FeedbackDecide, Outcome: "removed", Sure: true})
		case 25:
			_, err = d.WriteFeedback(t.Context(), left[0].ID, FeedbackDeed{Kind: FeedbackRevise, Stars: 5, Sure: true})
		}
		if err != nil {
			t.Fatal(err)
		}
		each(d)
	}
	return d
}

const orderDefects = "amazon.order_defect_rate"

func TestTheNumberOfADayCountsTheStarsThatStoodOnIt(t *testing.T) {
	want := map[int]int64{19: 0, 20: 1, 21: 2, 22: 2, 23: 2, 24: 1, 25: 0, 26: 0}
	begin := time.Date(2026, 11, 18, 20, 0, 0, 0, time.UTC)
	keep := func(d *Desk) {
		if err := d.KeepHealth(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	now := begin
	daily := starsThatChanged(t, &now, keep)
	now = begin
	atOnce := starsThatChanged(t, &now, func(*Desk) {})
	keep(atOnce)
	keep(daily) // the last day
	kept := func(d *Desk) []data.HealthDay {
		days, events, _, err := d.HealthHistory(t.Context(), 1, orderDefects, "2026-11-15")
		if err != nil {
			t.Fatal(err)
		}
		if bad := []data.HealthEvent{{Day: "2026-11-20", Kind: "negative", N: 1}, {Day: "2026-11-21", Kind: "negative", N: 1}}; !slices.Equal(events, bad) {
			t.Errorf("what happened: %v, want %v", events, bad)
		}
		return days
	}
	one, other := kept(daily), kept(atOnce)
	if !slices.Equal(one, other) {
		t.Errorf("kept day by day: %+v\nat once: %+v", one, other)
	}
	seen := map[string]int64{}
	for _, day := range other {
		seen[day.Day] = day.Hits
	}
	for day, hits := range want {
		at := time.Date(2026, 11, day, 0, 0, 0, 0, time.UTC)
		if n, ok := seen[at.Format(time.DateOnly)]; !ok || n != hits {
			t.Errorf("kept of %v: %d (%v), want %d", at, n, ok, hits)
		}
		list, err := atOnce.Health(t.Context(), HealthAsk{Metric: orderDefects, AsOf: at.AddDate(0, 0, 1).Add(-time.Millisecond)})
		if err != nil {
			t.Fatal(err)
		}
		if n := list[0].Numbers[0]; n.Hits != hits || n.Base != 4 {
			t.Errorf("asked for %v: %d of %d, want %d of 4", at, n.Hits, n.Base, hits)
		}
	}
}
