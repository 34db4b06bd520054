package health

import (
	"slices"
	"time"

	"casebinder/data"
)

// Change is something that might happen. The zero Change is nothing.
type Change struct {
	At      time.Time // when it happens; zero: at the moment of the number
	OneMore bool      // one more row of the denominator enters the numerator (or leaves it, where falling is bad); of amounts, one of the usual size
	Shipped bool      // all orders that wait for it are shipped now
	Won     []int64   // the disputes of these orders end for the seller, as by an appeal
}

// IsZero reports whether nothing would change.
func (c Change) IsZero() bool { return !c.OneMore && !c.Shipped && len(c.Won) == 0 }

// WhatIf is the number after a change. The rows are as before when it returns.
func (m *Metric) WhatIf(rows *Rows, ask Ask, c Change) *Number {
	if c.IsZero() {
		return m.Measure(rows, ask)
	}
	now := At(ask.AsOf)
	if !c.At.IsZero() {
		now = At(c.At)
	}
	type order struct {
		at  int
		was Order
	}
	var orders []order
	for i := range rows.Orders {
		o := &rows.Orders[i]
		if c.Shipped && o.ShippedAt == 0 && !o.canceled() && (o.State == StateToShip || o.State == StateOther) {
			orders = append(orders, order{i, *o})
			o.ShippedAt, o.Uploaded = now, now
		}
	}
	disputes := rows.Disputes
	if len(c.Won) > 0 {
		rows.Disputes = slices.Clone(disputes)
	}
	for i := range rows.Disputes {
		if d := &rows.Disputes[i]; slices.Contains(c.Won, d.Order) {
			d.Outcome, d.Liable, d.Closed = "won", "buyer", No
			d.Events = append(slices.Clone(d.Events), Event{Kind: data.EventRuled, At: now, Actor: data.ActorPlatform})
		}
	}
	n := m.Measure(rows, ask)
	rows.Disputes = disputes
	for _, o := range orders {
		rows.Orders[o.at] = o.was
	}
	if c.OneMore && n.Base > 0 {
		step, one := int64(1), int64(1)
		if m.Amounts { // where money is counted, a case is one of the usual size
			one = max(1, n.Usual.Amount)
		}
		if !m.BadWhenRising() {
			step = -1
		}
		if hits := n.Hits + step*one; hits >= 0 && (hits <= n.Base || m.BadWhenRising()) {
			n.Hits = hits
			n.Buyers = max(0, n.Buyers+step)
			n.Level = nil
			n.judge(m.region(&ask))
		}
	}
	return n
}
