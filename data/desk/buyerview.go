package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/buyer"
)

// addDealings adds what a person ordered, wrote, claimed and rated.
func (d *Desk) addDealings(ctx context.Context, v *BuyerView) error {
	ids, total, err := d.store.OrdersOfPerson(ctx, v.Row.ID, buyerOrders)
	if err != nil {
		return err
	}
	v.More = total - len(ids)
	if v.Orders, err = d.store.OrderRows(ctx, ids); err != nil {
		return err
	}
	for _, id := range ids {
		if err := d.addOrderMoments(ctx, v, int64(id)); err != nil {
			return err
		}
	}
	messages, all, err := d.store.MessagesOfPerson(ctx, v.Row.ID, buyerMessages)
	if err != nil {
		return err
	}
	v.Older = all - len(messages)
	numbers := make(map[int64]string, len(v.Orders))
	for _, o := range v.Orders {
		numbers[o.ID] = o.Number
	}
	for i, m := range messageMoments(messages) {
		m.OrderID, m.Order = messages[i].OrderID, numbers[messages[i].OrderID]
		v.Timeline = append(v.Timeline, m)
	}
	if err := d.addCases(ctx, v); err != nil {
		return err
	}
	sortMoments(v.Timeline)
	return nil
}

// addOrderMoments adds the way of an order; scans are left to the order's own page.
func (d *Desk) addOrderMoments(ctx context.Context, v *BuyerView, id int64) error {
	order, err := d.store.Order(ctx, id)
	if err != nil {
		return err
	}
	events, err := d.store.OrderEvents(ctx, id)
	if err != nil {
		return err
	}
	for _, m := range orderMoments(order, events) {
		if m.Kind == data.MomentTracking {
			continue
		}
		if m.Kind == data.MomentOrdered {
			m.Text = bought(order)
		}
		m.OrderID, m.Order = id, order.Number
		v.Timeline = append(v.Timeline, m)
	}
	return nil
}

// bought says what was ordered in a line.
func bought(o *data.Order) string {
	var items []string
	for i, it := range o.Items {
		if i == 3 {
			items = append(items, "…")
			break
		}
		items = append(items, fmt.Sprintf("%d × %s", it.Quantity, it.Title))
	}
	return strings.Join(items, ", ")
}

func (d *Desk) addCases(ctx context.Context, v *BuyerView) error {
	disputes, err := d.store.DisputesOfPerson(ctx, v.Row.ID, buyerCases)
	if err != nil {
		return err
	}
	if v.Disputes, err = d.store.DisputeRows(ctx, disputes); err != nil {
		return err
	}
	v.Facts = disputeFacts(v.Row, v.Disputes)
	for _, row := range v.Disputes {
		dispute, err := d.store.Dispute(ctx, row.ID)
		if err != nil {
			return err
		}
		for _, m := range eventMoments(dispute) {
			m.OrderID, m.Order = row.OrderID, row.OrderNumber
			v.Timeline = append(v.Timeline, m)
		}
	}
	if v.Feedback, err = d.store.FeedbackOfPerson(ctx, v.Row.ID, buyerCases); err != nil {
		return err
	}
	stars := 0
	for _, f := range v.Feedback {
		stars += f.Stars
		for _, m := range feedbackMoments([]data.Feedback{f}) {
			m.OrderID, m.Order = f.OrderID, f.OrderNumber
			v.Timeline = append(v.Timeline, m)
		}
	}
	if n := len(v.Feedback); n > 0 {
		v.Stars = float64(stars) / float64(n)
	}
	return nil
}

var (
	sayBuyerDisputes = data.DefinePhrase("buyer.disputes", "Disputes: {disputes}, on {on} of {orders} orders.")
	sayReason        = data.DefinePhrase("buyer.disputes.reason", "{reason}: {count}, of which {open} open, {won} won, {lost} lost or accepted, {split} split, {withdrawn} withdrawn.")
)

// disputeFacts tell what a buyer's disputes came to, in numbers alone: what somebody
// intended is nothing that a program knows.
func disputeFacts(row data.BuyerRow, all []data.DisputeRow) []data.Text {
	if len(all) == 0 {
		return nil
	}
	var reasons []data.Reason
	orders := map[int64]bool{}
	for _, one := range all {
		orders[one.OrderID] = true
		if !slices.Contains(reasons, one.Reason) {
			reasons = append(reasons, one.Reason)
		}
	}
	slices.Sort(reasons)
	facts := []data.Text{sayBuyerDisputes.With("disputes", len(all), "on", len(orders), "orders", row.Orders+row.CalledOff)}
	for _, reason := range reasons {
		n := map[string]int{}
		for _, one := range all {
			if one.Reason != reason {
				continue
			}
			n["count"]++
			switch {
			case one.Stage != data.StageClosed:
				n["open"]++
			case one.Outcome == "accepted":
				n["lost"]++
			default:
				n[one.Outcome]++
			}
		}
		facts = append(facts, sayReason.With("reason", string(reason), "count", n["count"], "open", n["open"], "won", n["won"], "lost", n["lost"],
			"split", n["split"], "withdrawn", n["withdrawn"]))
	}
	return facts
}

var (
	sayKey    = data.DefinePhrase("buyer.key", "A key buyer: {orders} orders, the last on {last} (the newer half of your buyers ordered since {since}), and {spent} spent (the tenth that spends most in {currency} begins at {top}).")
	sayNotKey = data.DefinePhrase("buyer.key.not", "Not among the key buyers, who ordered twice or more, since {since}, and spent {top} or more.")
	sayNoKey  = data.DefinePhrase("buyer.key.none", "Not among the key buyers, who ordered twice or more and spent most.")
)

// keyBuyer says whether a person is a key buyer, and by which figures.
func keyBuyer(b buyer.Bands, row data.BuyerRow) (bool, data.Text) {
	key := b.Key(buyer.Bought{Last: row.LastAt, Orders: row.Orders, Spent: row.Spent})
	top, ok := b.Top[row.Spent.Currency]
	if !ok || b.Since().IsZero() {
		return false, sayNoKey.With()
	}
	least, since := data.Money{Minor: top, Currency: row.Spent.Currency}, day(b.Since())
	if !key {
		return false, sayNotKey.With("since", since, "top", least.String())
	}
	return true, sayKey.With("orders", row.Orders, "last", day(row.LastAt), "since", since, "spent", row.Spent.String(), "currency", row.Spent.Currency, "top", least.String())
}

func day(t time.Time) string { return data.FormatTime(t, time.UTC, time.DateOnly, time.DateOnly) }
