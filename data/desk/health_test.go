package desk

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/health"
	"casebinder/data/store"
)

// anew forgets the rows that are kept, so that all is read from the database.
func (k *healthKept) anew() { k.changed.Lock(); defer k.changed.Unlock(); k.stale.all = true }

func putAll(orders []data.Order) func(*store.Tx) error {
	return func(tx *store.Tx) error {
		for i := range orders {
			if err := tx.PutOrder(&orders[i]); err != nil {
				return err
			}
			if err := tx.Record(data.Change{Action: "test", Entity: data.EntityOrder, Key: orders[i].Number}); err != nil {
				return err
			}
		}
		return nil
	}
}

func healthNow(t *testing.T, d *Desk) []HealthShop {
	t.Helper()
	list, err := d.Health(t.Context(), HealthAsk{List: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(list) == 0 {
		t.Fatal("no numbers")
	}
	return list
}

func hits(t *testing.T, d *Desk, metric string) (hits, base int64) {
	t.Helper()
	for _, shop := range healthNow(t, d) {
		for _, n := range shop.Numbers {
			if n.Metric.ID == metric {
				return n.Hits, n.Base
			}
		}
	}
	t.Fatalf("no %s", metric)
	return 0, 0
}

// After each change the rows that were read again give what all anew give, and so
// do they after it is taken back.
func TestNumbersAfterOneMoreChangeAreThoseOfAFreshDesk(t *testing.T) {
	for _, platform := range []data.Platform{"ebay", "aliexpress", "amazon", "etsy", "shopee"} {
		t.Run(string(platform), func(t *testing.T) { onePlatform(t, platform) })
	}
}

func onePlatform(t *testing.T, platform data.Platform) {
	d := riskDesk(t)
	shop, err := d.PutShop(t.Context(), data.Shop{Platform: platform, Name: "Heron", Zone: "Europe/Berlin", Site: "US"})
	if err != nil {
		t.Fatal(err)
	}
	list := make([]data.Order, 6)
	for i := range list {
		at := riskNoon.AddDate(0, -2, 2*i)
		list[i] = riskOrder("H-"+string(rune('A'+i)), "buyer"+string(rune('a'+i/2)), 2000)
		list[i].OrderedAt, list[i].PaidAt, list[i].ShipBy, list[i].DeliverBy = at, at, at.AddDate(0, 0, 3), at.AddDate(0, 0, 12)
		list[i].Buyer.Platform = platform
	}
	heron := func(orders []data.Order) {
		for i := range orders {
			orders[i].Shop = shop
		}
		if err := d.store.Update(t.Context(), putAll(orders)); err != nil {
			t.Fatal(err)
		}
		d.health.anew()
	}
	heron(list)
	id := func(i int) int64 {
		ids, err := d.OrdersByNumber(t.Context(), list[i].Number)
		if err != nil || len(ids) != 1 {
			t.Fatal(ids, err)
		}
		return ids[0]
	}
	healthNow(t, d)
	dispute := int64(0)
	feedback := data.Feedback{}
	at := riskNoon.AddDate(0, -1, 0)
	steps := []func() error{
		func() error {
			return d.WriteOrder(t.Context(), id(0), OrderDeed{Kind: data.OrderShipped, At: at, Tracking: "LX1", Carrier: "DHL", Sure: true})
		},
		func() error {
			return d.AddScan(t.Context(), id(0), "LX1", data.TrackingEvent{At: at.AddDate(0, 0, 1), Text: "Accepted at the post office"})
		},
		func() error {
			return d.WriteOrder(t.Context(), id(0), OrderDeed{Kind: data.OrderDelivered, At: at.AddDate(0, 0, 5), Sure: true})
		},
		func() error {
			return d.WriteOrder(t.Context(), id(0), OrderDeed{Kind: data.OrderReceipt, At: riskNoon.AddDate(0, 0, -3), How: data.ConfirmedByTimeout, Sure: true})
		},
		func() error {
			return d.WriteOrder(t.Context(), id(1), OrderDeed{Kind: data.OrderCanceled, At: at, By: data.ActorSeller, Reason: data.CancelOutOfStock, Sure: true})
		},
		func() error {
			one, err := d.OpenDispute(t.Context(), NewDispute{OrderID: id(2), Reason: data.ReasonDamaged, OpenedAt: riskNoon.AddDate(0, 0, -9)})
			dispute = one.ID
			return err
		},
		func() error {
			_, err := d.AppendEvent(t.Context(), dispute, NewEvent{CaseEvent: data.CaseEvent{Kind: data.EventEscalated, Actor: data.ActorBuyer, At: riskNoon.AddDate(0, 0, -5)}})
			return err
		},
		func() (err error) {
			feedback, err = d.PutFeedback(t.Context(), data.Feedback{Shop: shop, OrderNumber: list[3].Number, Stars: 1, LeftAt: riskNoon.AddDate(0, 0, -20)})
			return err
		},
		func() error {
			_, err := d.WriteFeedback(t.Context(), feedback.ID, FeedbackDeed{Kind: FeedbackRevise, Stars: 4, At: riskNoon.AddDate(0, 0, -2), Sure: true})
			return err
		},
		func() error {
			_, err := d.WriteFeedback(t.Context(), feedback.ID, FeedbackDeed{Kind: FeedbackDecide, Outcome: "removed", At: riskNoon.AddDate(0, 0, -1), Sure: true})
			return err
		},
		func() error {
			_, err := d.PutFeedback(t.Context(), data.Feedback{Shop: shop, Stars: 5, BuyerHandle: "nobody", LeftAt: riskNoon.AddDate(0, 0, -20)})
			return err
		},
		func() error {
			_, err := d.AddMessage(t.Context(), data.Message{OrderID: id(4), Direction: data.FromBuyer, Text: "Where is it?", SentAt: riskNoon.AddDate(0, -1, -9)})
			return err
		},
		func() error { return d.BinDispute(t.Context(), dispute) },
	}
	for i, step := range steps {
		before := healthNow(t, d)
		if err := step(); err != nil {
			t.Fatalf("step %d: %v", i+1, err)
		}
		after := sameAnew(t, d, "step %d", i+1)
		if _, err := d.Undo(t.Context()); err != nil {
			t.Fatal(err)
		}
		if back := sameAnew(t, d, "step %d taken back", i+1); !reflect.DeepEqual(plain(back), plain(before)) {
			t.Errorf("step %d taken back: %v, was %v", i+1, plain(back), plain(before))
		}
		if _, err := d.Redo(t.Context()); err != nil {
			t.Fatal(err)
		}
		if again := sameAnew(t, d, "step %d again", i+1); !reflect.DeepEqual(plain(again), plain(after)) {
			t.Errorf("step %d again: %v, was %v", i+1, plain(again), plain(after))
		}
	}
}

// sameAnew gives the numbers as they are kept, which are those of all rows anew.
func sameAnew(t *testing.T, d *Desk, what string, args ...any) []HealthShop {
	t.Helper()
	lastWeek := func() map[string]any {
		list, err := d.Health(t.Context(), HealthAsk{List: true, AsOf: riskNoon.AddDate(0, 0, -7)})
		if err != nil {
			t.Fatal(err)
		}
		return plain(list)
	}
	kept, then := healthNow(t, d), lastWeek()
	d.health.anew()
	if fresh := healthNow(t, d); !reflect.DeepEqual(plain(kept), plain(fresh)) {
		t.Errorf(what+": %v\nanew %v", append(args, plain(kept), plain(fresh))...)
	}
	if fresh := lastWeek(); !reflect.DeepEqual(then, fresh) {
		t.Errorf(what+", a week ago: %v\nanew %v", append(args, then, fresh)...)
	}
	return kept
}

// plain are the numbers without what points elsewhere, their rows in one order.
func plain(list []HealthShop) map[string]any {
	all := map[string]any{}
	for _, shop := range list {
		for _, n := range shop.Numbers {
			rows := []health.Ref{}
			for _, c := range slices.Concat(n.Rows.Base, n.Rows.Hits) {
				rows = append(rows, c.Ref)
			}
			left := map[health.Ref]string{}
			for _, l := range n.Rows.Left {
				left[l.Ref] = l.Why.Key
			}
			slices.SortFunc(rows, func(a, b health.Ref) int {
				if a.Kind != b.Kind {
					return len(a.Kind) - len(b.Kind)
				}
				return int(a.ID - b.ID)
			})
			all[shop.Shop.Name+" "+n.Metric.ID] = []any{n.Sums, n.Next.Sums, rows, left}
		}
	}
	return all
}

// A return by the seller's fault counts on the day of its refund, which a person wrote
// down; one whose refund has no day counts on its own, and that is said.
func TestARefundCountsOnItsDay(t *testing.T) {
	d := riskDesk(t)
	shop, err := d.PutShop(t.Context(), data.Shop{Platform: "shopee", Name: "Heron", Zone: "Asia/Singapore"})
	if err != nil {
		t.Fatal(err)
	}
	now := riskNoon // a Tuesday: the seven days end with Sunday, 8 March
	list := make([]data.Order, 3)
	for i := range list {
		list[i] = riskOrder("S-"+string(rune('A'+i)), "buyer"+string(rune('a'+i)), 2000)
		list[i].Shop, list[i].Buyer.Platform, list[i].OrderedAt = shop, "shopee", now.AddDate(0, 0, -30)
		list[i].Fate.ReturnReason = data.ReasonDamaged
	}
	list[1].OrderedAt, list[1].Status = now.AddDate(0, 0, -6), data.StatusRefunded
	if err := d.store.Update(t.Context(), putAll(list)); err != nil {
		t.Fatal(err)
	}
	const unfulfilled = "shopee.non_fulfilment_rate"
	if n, of := hits(t, d, unfulfilled); n != 1 || of != 1 {
		t.Errorf("%d of %d, want the one that has no day of its refund", n, of)
	}
	ids, err := d.OrdersByNumber(t.Context(), "S-A")
	if err != nil || len(ids) != 1 {
		t.Fatal(ids, err)
	}
	refund := OrderDeed{Kind: data.OrderRefund, At: now.AddDate(0, 0, -4), Amount: data.Money{Minor: 2000, Currency: "USD"}, Sure: true}
	if err := d.WriteOrder(t.Context(), ids[0], refund); err != nil {
		t.Fatal(err)
	}
	if n, of := hits(t, d, unfulfilled); n != 2 || of != 2 {
		t.Errorf("%d of %d after a refund", n, of)
	}
	sameAnew(t, d, "a refund")
	for _, shop := range healthNow(t, d) {
		for _, n := range shop.Numbers {
			if n.Metric.ID == unfulfilled && n.Assumed != 1 {
				t.Errorf("%d days are assumed, want that of one refund", n.Assumed)
			}
		}
	}
}

// A file said that it was canceled; the seller says by whom, and takes it back.
func TestWhoCanceledIsWrittenDown(t *testing.T) {
	canceled := riskOrder("C-1", "ann", 3000)
	canceled.Status, canceled.OrderedAt = data.StatusCanceled, riskNoon.AddDate(0, -2, 0)
	d := riskDesk(t, canceled, func() data.Order {
		o := riskOrder("C-2", "bob", 3000)
		o.OrderedAt = riskNoon.AddDate(0, -2, 0)
		return o
	}())
	ids, err := d.OrdersByNumber(t.Context(), "C-1")
	if err != nil || len(ids) != 1 {
		t.Fatal(ids, err)
	}
	const defects = "ebay.transaction_defect_rate"
	if n, of := hits(t, d, defects); n != 0 || of != 2 {
		t.Fatalf("%d of %d before", n, of)
	}
	if err := d.WriteOrder(t.Context(), ids[0], OrderDeed{Kind: data.OrderCanceled}); err == nil {
		t.Error("canceled twice, and nothing new of it")
	}
	if err := d.WriteOrder(t.Context(), ids[0], OrderDeed{Kind: data.OrderCanceled, By: "carrier"}); err == nil {
		t.Error("a carrier cancels no order")
	}
	if err := d.WriteOrder(t.Context(), ids[0], OrderDeed{Kind: data.OrderCanceled, By: data.ActorSeller, Reason: data.CancelOutOfStock}); err != nil {
		t.Fatal(err)
	}
	if n, _ := hits(t, d, defects); n != 1 {
		t.Errorf("%d defects, want the canceled one", n)
	}
	if err := d.WriteOrder(t.Context(), ids[0], OrderDeed{Kind: data.OrderCanceled, Reason: data.CancelBuyerAsked}); err != nil {
		t.Fatal(err) // one's own word can be corrected
	}
	if n, _ := hits(t, d, defects); n != 0 {
		t.Errorf("%d defects, though the buyer asked for it", n)
	}
	for range 2 {
		if _, err := d.Undo(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	view, err := d.Order(t.Context(), ids[0])
	if err != nil || !view.Order.Fate.IsZero() || view.Order.Stated != nil || view.Order.Status != data.StatusCanceled {
		t.Errorf("%+v, stated %v, %s (%v)", view.Order.Fate, view.Order.Stated, view.Order.Status, err)
	}
}

func TestReceiptIsConfirmedOnce(t *testing.T) {
	o := riskOrder("R-1", "ann", 3000)
	o.Status, o.ShippedAt = data.StatusShipped, riskNoon.Add(-30*time.Minute)
	d := riskDesk(t, o)
	ids, err := d.OrdersByNumber(t.Context(), "R-1")
	if err != nil {
		t.Fatal(err)
	}
	if err := d.WriteOrder(t.Context(), ids[0], OrderDeed{Kind: data.OrderReceipt, At: riskNoon.Add(-50 * time.Minute)}); err == nil {
		t.Error("confirmed before it left, and nobody was asked")
	}
	if err := d.WriteOrder(t.Context(), ids[0], OrderDeed{Kind: data.OrderReceipt, At: riskNoon.Add(-10 * time.Minute), How: data.ConfirmedByTimeout}); err != nil {
		t.Fatal(err)
	}
	view, err := d.Order(t.Context(), ids[0])
	if err != nil {
		t.Fatal(err)
	}
	want := data.Fate{ConfirmedAt: riskNoon.Add(-10 * time.Minute), ConfirmedHow: data.ConfirmedByTimeout}
	if view.Order.Fate != want || view.Order.Status != data.StatusCompleted || !view.Order.IsStated(data.StatedReceipt) || view.Events[0].How != data.ConfirmedByTimeout {
		t.Errorf("%+v, %s, %+v", view.Order.Fate, view.Order.Status, view.Events)
	}
	if err := d.WriteOrder(t.Context(), ids[0], OrderDeed{Kind: data.OrderReceipt}); err == nil {
		t.Error("confirmed twice")
	}
	if _, err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if view, err = d.Order(t.Context(), ids[0]); err != nil || !view.Order.Fate.IsZero() || view.Order.Status != data.StatusShipped {
		t.Errorf("%+v, %s (%v)", view.Order.Fate, view.Order.Status, err)
	}
}
