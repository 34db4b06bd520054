package desk

import (
	"errors"
	"fmt"
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
	d, err := Open(t.Context(), t.TempDir(), Options{Operator: "Lin", CheckAfter: time.Hour, Now: func() time.Time { return *now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	var orders []data.Order
	for i := range 4 {
		o := riskOrder(fmt.Sprint("1-", i), fmt.Sprint("buyer", i), 1000)
		o.Status, o.OrderedAt, o.PaidAt = data.StatusCompleted, time.Date(2026, 8, 10+i, 12, 0, 0, 0, time.UTC), time.Time{}
		if i == 3 {
			o.Status = data.StatusCanceled
			o.Fate = data.Fate{CanceledAt: time.Date(2026, 9, 3, 12, 0, 0, 0, time.UTC), CanceledBy: data.ActorSeller, CancelReason: data.CancelOutOfStock}
		}
		orders = append(orders, o)
	}
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
