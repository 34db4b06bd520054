package desk

import (
	"errors"
	"strings"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/store"
)

// riskDesk is a desk with orders of one buyer and of another.
func riskDesk(t *testing.T, orders ...data.Order) *Desk {
	t.Helper()
	d := deskAt(t, &riskNoon)
	putOrders(t, d, orders...)
	return d
}

var riskNoon = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

func putOrders(t *testing.T, d *Desk, orders ...data.Order) {
	t.Helper()
	shop, err := d.PutShop(t.Context(), data.Shop{Platform: "ebay", Name: "Willow", Zone: "UTC"})
	if err != nil && !errors.Is(err, data.ErrConflict) {
		t.Fatal(err)
	}
	err = d.store.Update(t.Context(), func(tx *store.Tx) error {
		for i := range orders {
			if orders[i].Shop = shop; shop.ID == 0 {
				orders[i].Shop = data.Shop{Platform: "ebay", Name: "Willow"}
			}
			if err := tx.PutOrder(&orders[i]); err != nil {
				return err
			}
			if err := tx.Record(data.Change{Action: "test", Entity: data.EntityOrder, Key: orders[i].Number}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func riskOrder(number, buyer string, minor int64) data.Order {
	return data.Order{
		Number: number, Status: data.StatusToShip, Total: data.Money{Minor: minor, Currency: "USD"}, OrderedAt: riskNoon.Add(-time.Hour), PaidAt: riskNoon.Add(-time.Hour),
		Buyer: data.Buyer{Platform: "ebay", Handle: buyer, Name: buyer + " Example"}, Items: []data.Item{{Title: "Ceramic mug", Quantity: 1}},
		ShipTo: data.Address{Name: buyer + " Example", Line1: buyer + " Street 1", City: "Springfield", Postcode: "62701", Country: "US"},
	}
}

func riskRow(t *testing.T, d *Desk, number string) data.OrderRow {
	t.Helper()
	if _, err := d.KeepRisk(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	ids, err := d.OrdersByNumber(t.Context(), number)
	if err != nil || len(ids) != 1 {
		t.Fatal(ids, err)
	}
	rows, err := d.OrderRows(t.Context(), []int32{int32(ids[0])})
	if err != nil || len(rows) != 1 {
		t.Fatal(rows, err)
	}
	return rows[0]
}

func TestReviewsFollowWhatChanges(t *testing.T) {
	d := riskDesk(t, riskOrder("1", "ana", 2000), riskOrder("2", "bob", 40_000))
	if r := riskRow(t, d, "1"); r.Risk != data.RiskClear {
		t.Errorf("a small order is %q", r.Risk)
	}
	if r := riskRow(t, d, "2"); r.Risk != data.RiskLook || len(r.RiskReasons) != 1 || r.RiskReasons[0].Title != "first order, large" {
		t.Errorf("a large first order is %q by %v", r.Risk, r.RiskReasons)
	}
	// A second order in a row, with a rush, speaks in the first one too.
	second := riskOrder("3", "ana", 29_000)
	second.BuyerNote = "please ship today!"
	putOrders(t, d, second)
	if r := riskRow(t, d, "3"); r.Risk != data.RiskHold {
		t.Errorf("a second order with a rush is %q by %v", r.Risk, r.RiskReasons)
	}
	if r := riskRow(t, d, "1"); r.Risk != data.RiskLook {
		t.Errorf("the first of two orders is %q by %v", r.Risk, r.RiskReasons)
	}
	// The payment goes under review, and is completed.
	changed := riskOrder("2", "bob", 40_000)
	changed.Payment.State = data.PaymentReview
	putOrders(t, d, changed)
	if r := riskRow(t, d, "2"); r.Risk != data.RiskStop {
		t.Errorf("under review it is %q", r.Risk)
	}
	changed.ID, changed.Payment.State, changed.Status, changed.ShippedAt = 0, data.PaymentCleared, data.StatusShipped, riskNoon
	putOrders(t, d, changed)
	if r := riskRow(t, d, "2"); r.Risk != data.RiskNone {
		t.Errorf("shipped it is %q", r.Risk)
	}
	if ids, err := d.OrderIDs(t.Context(), data.OrderQuery{Risks: []data.RiskLevel{data.RiskHold, data.RiskLook}, Sort: data.OrderByRisk}); err != nil || len(ids) != 2 {
		t.Errorf("two are to be looked at: %v, %v", ids, err)
	}
}

func TestDecisionsAreOneStepAndCanBeUndone(t *testing.T) {
	d := riskDesk(t, riskOrder("1", "ana", 2000), riskOrder("2", "bob", 40_000))
	held := riskRow(t, d, "2")
	ctx := t.Context()
	if err := d.DecideRisk(ctx, held.ID, RiskDeed{Decision: data.RiskShip, Reason: " "}); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("without a reason: %v", err)
	}
	if err := d.DecideRisk(ctx, held.ID, RiskDeed{Decision: data.RiskWait, Until: riskNoon.Add(-time.Minute), Reason: "x"}); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("a hold into the past: %v", err)
	}
	if err := d.DecideRisk(ctx, held.ID, RiskDeed{Decision: data.RiskWait, Until: riskNoon.Add(48 * time.Hour), Reason: "asked for a confirmation"}); err != nil {
		t.Fatal(err)
	}
	v, err := d.Risk(ctx, held.ID)
	if err != nil || v.Now != data.RiskHold || !v.From.Equal(riskNoon.Add(48*time.Hour)) {
		t.Errorf("held: %s from %v, %v", v.Now, v.From, err)
	}
	findings, err := d.ShipFindings(ctx, held.ID)
	if err != nil || len(findings) == 0 || findings[0].Severity != data.Blocking || !strings.Contains(findings[0].Why.String(), "asked for a confirmation") {
		t.Errorf("a hold stands against shipping: %+v, %v", findings, err)
	}
	tasks, err := d.store.TasksAbout(ctx, held.ID)
	if err != nil || len(tasks) != 1 || !tasks[0].Due.Equal(riskNoon.Add(48*time.Hour)) {
		t.Errorf("the hold makes a task: %+v, %v", tasks, err)
	}
	if action, err := d.Undo(ctx); err != nil || action != "risk.decide" {
		t.Fatal(action, err)
	}
	if tasks, err = d.store.TasksAbout(ctx, held.ID); err != nil || len(tasks) != 0 {
		t.Errorf("undone, the task is gone: %+v, %v", tasks, err)
	}
	if err := d.DecideRisk(ctx, held.ID, RiskDeed{Decision: data.RiskShip, Reason: "known from the fair"}); err != nil {
		t.Fatal(err)
	}
	if r := riskRow(t, d, "2"); r.Risk != data.RiskClear || r.RiskDecision != data.RiskShip {
		t.Errorf("let ship it is %q, %q", r.Risk, r.RiskDecision)
	}
	changed := riskOrder("2", "bob", 40_000)
	changed.Payment.State = data.PaymentReversed
	putOrders(t, d, changed)
	if r := riskRow(t, d, "2"); r.Risk != data.RiskStop {
		t.Errorf("what comes later counts all the same: %q", r.Risk)
	}
}

func TestReversalsOfAnEarlierOrderSpeak(t *testing.T) {
	past := riskOrder("0", "ana", 900)
	past.Status, past.OrderedAt, past.ShippedAt = data.StatusShipped, riskNoon.AddDate(0, -2, 0), riskNoon.AddDate(0, -2, 1)
	d := riskDesk(t, past, riskOrder("1", "ana", 2000))
	if r := riskRow(t, d, "1"); r.Risk != data.RiskClear {
		t.Errorf("before: %q", r.Risk)
	}
	ids, err := d.OrdersByNumber(t.Context(), "0")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.OpenDispute(t.Context(), NewDispute{OrderID: ids[0], Reason: data.ReasonUnauthorized, OpenedAt: riskNoon.Add(-time.Hour)}); err != nil {
		t.Fatal(err)
	}
	if r := riskRow(t, d, "1"); r.Risk != data.RiskHold || r.RiskReasons[0].Rule != "buyer.reversals" {
		t.Errorf("after: %q by %v", r.Risk, r.RiskReasons)
	}
}

// Two accounts that share an address are seen in both orders, also in the one that
// was reviewed as clear before the other came; nobody asked for buyers to be kept.
func TestWhatBuyersShareSpeaksInBoth(t *testing.T) {
	d := riskDesk(t, riskOrder("1", "ana", 2000))
	if r := riskRow(t, d, "1"); r.Risk != data.RiskClear {
		t.Errorf("alone: %q by %v", r.Risk, r.RiskReasons)
	}
	other := riskOrder("2", "bob", 2000)
	other.ShipTo.Line1 = "ana Street 1"
	putOrders(t, d, other)
	for _, number := range []string{"2", "1"} {
		if r := riskRow(t, d, number); r.Risk != data.RiskLook || r.RiskReasons[0].Rule != "shared.first" {
			t.Errorf("%s: %q by %v", number, r.Risk, r.RiskReasons)
		}
	}
}

func TestATrialTellsWhatAChangeWouldDo(t *testing.T) {
	shipped := riskOrder("1", "ana", 2000)
	shipped.Status, shipped.ShippedAt = data.StatusShipped, riskNoon
	d := riskDesk(t, shipped, riskOrder("2", "bob", 40_000))
	own := "format = 1\nid = \"own\"\n[[amount]]\ncurrency = \"USD\"\nmedium = \"5\"\nlarge = \"10\"\n"
	trial, err := d.TryRisk(t.Context(), RiskChange{Own: &own}, 90, nil)
	if err != nil || trial.Orders != 2 || trial.Before[data.RiskClear] != 1 || trial.After[data.RiskLook] != 2 || len(trial.Moves) != 1 || trial.Moves[0].Number != "1" {
		t.Errorf("%+v, %v", trial, err)
	}
	trial, err = d.TryRisk(t.Context(), RiskChange{Rule: "first.large"}, 90, nil)
	if err != nil || len(trial.Moves) != 1 || trial.Moves[0].To != data.RiskClear {
		t.Errorf("%+v, %v", trial, err)
	}
	if r := riskRow(t, d, "2"); r.Risk != data.RiskLook {
		t.Errorf("a trial changed %q", r.Risk)
	}
	if err := d.ChangeRisk(t.Context(), RiskChange{Rule: "first.large"}); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("without a reason: %v", err)
	}
	if err := d.ChangeRisk(t.Context(), RiskChange{Rule: "first.large", Reason: "all our orders are large"}); err != nil {
		t.Fatal(err)
	}
	if r := riskRow(t, d, "2"); r.Risk != data.RiskClear {
		t.Errorf("with the rule off it is %q", r.Risk)
	}
	if _, err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if r := riskRow(t, d, "2"); r.Risk != data.RiskLook {
		t.Errorf("undone it is %q", r.Risk)
	}
	bad := "format = 1\nid = \"own\"\n[[rule]]\nid = \"x\"\n"
	if _, err := d.TryRisk(t.Context(), RiskChange{Own: &bad}, 90, nil); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("rules that are none: %v", err)
	}
}
