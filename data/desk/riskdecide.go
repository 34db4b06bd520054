package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/risk"
	"casebinder/data/store"
)

var (
	problemHoldPast = data.DefineProblem("risk_hold_past", data.ErrInvalid,
		"The date until which the order is held, {until}, has passed.", "Choose a later date, or let it ship.")
	problemShipped = data.DefineProblem("risk_shipped", data.ErrConflict,
		"The order {number} is no longer waiting to be shipped.", "Look at the order again.")
	taskHeld = data.DefinePhrase("risk.task.held", "Ship {number}, or check it again")
)

// originRisk is the origin of the task that a hold makes; its key is the order and
// the date.
const originRisk = "risk_hold"

// RiskDeed is what a person decides about shipping an order.
type RiskDeed struct {
	Decision data.RiskDecision
	Until    time.Time // of a hold
	Reason   string
	Task     string // title of the task that a hold makes; "" for one in English
}

// DecideRisk writes down what a person decided about shipping an order, with the
// reason: to ship it all the same, which lets all findings stand that speak against
// it now; to hold it until a date, which makes a task of that date; to cancel it; or
// nothing, which takes an earlier decision back. It is one step and can be undone.
func (d *Desk) DecideRisk(ctx context.Context, orderID int64, r RiskDeed) error {
	decision, until, reason := r.Decision, r.Until, strings.TrimSpace(r.Reason)
	if reason == "" && decision != data.RiskUndecided {
		return problemWhy.New()
	}
	if decision == data.RiskWait && !data.Latest(until).After(d.now()) {
		return problemHoldPast.New("until", data.Stamp(until, time.Local))
	}
	v, err := d.Risk(ctx, orderID)
	if err != nil {
		return err
	}
	order, err := d.store.Order(ctx, orderID)
	if err != nil {
		return err
	}
	if !v.Waits && decision != data.RiskUndecided {
		return problemShipped.New("number", order.Number)
	}
	next := store.Risk{OrderID: orderID, Decision: decision, Reason: reason}
	if decision != data.RiskUndecided {
		next.DecidedBy, next.DecidedAt = d.Operator(), d.now().UTC()
	}
	steps := []step{deciding(order, next)}
	switch decision {
	case data.RiskWait:
		steps[0] = deciding(order, holdingUntil(next, until))
		title := r.Task
		if title == "" {
			title = taskHeld.With("number", order.Number).String()
		}
		held, err := d.addingTask(&data.Task{
			Title: title, Note: reason, Due: until, OrderID: orderID,
			Origin: data.TaskOrigin{Kind: originRisk, Key: fmt.Sprintf("%d %d", orderID, d.now().UnixMilli())},
		})
		if err != nil {
			return err
		}
		steps = append(steps, held)
	case data.RiskShip:
		passes, err := d.passingAll(order, v.Findings, reason)
		if err != nil {
			return err
		}
		steps = append(steps, passes...)
	case data.RiskCancel, data.RiskUndecided:
	}
	return d.act(ctx, together(steps...))
}

func holdingUntil(k store.Risk, until time.Time) store.Risk {
	k.HoldUntil = until
	return k
}

// passingAll are the steps that let each finding stand that speaks against shipping.
func (d *Desk) passingAll(order *data.Order, found []risk.Found, reason string) ([]step, error) {
	c := checkedOrder(order, nil)
	var steps []step
	for i := range found {
		f := &found[i]
		if f.Passed != nil || f.Level.Rank() < data.RiskLook.Rank() {
			continue
		}
		uid, err := newUID()
		if err != nil {
			return nil, err
		}
		steps = append(steps, c.passing("finding.pass", &data.Pass{
			UID: uid, Entity: data.EntityOrder, EntityID: order.ID, Key: f.Key(), Severity: f.Severity, At: d.now().UTC(), By: d.Operator(), Reason: reason,
		}, f.Key()))
	}
	return steps, nil
}

// deciding is the step that writes a decision; taken back, the one before counts.
func deciding(order *data.Order, next store.Risk) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		before, _, err := tx.Risk(ctx, order.ID)
		if err != nil {
			return deed{}, err
		}
		return deed{
			Change: data.Change{Action: "risk.decide", Entity: data.EntityOrder, Key: order.Number, Before: decisionOf(before), After: decisionOf(next)},
			effect: data.EffectChanged, rows: rowsOf(data.EntityOrder, order.ID, order.ID, 0), back: deciding(order, before),
		}, tx.DecideRisk(&next)
	}
}

// decision is what the journal says of a decision.
type decision struct {
	Decision data.RiskDecision `json:"decision"`
	Reason   string            `json:"reason,omitempty"`
	Until    string            `json:"until,omitempty"`
}

func decisionOf(k store.Risk) any {
	if k.Decision == data.RiskUndecided {
		return nil
	}
	return decision{k.Decision, k.Reason, data.JSONTime(k.HoldUntil)}
}

// checkedOrder is an order with what its review finds.
func checkedOrder(order *data.Order, found []risk.Found) checked {
	c := checked{entity: data.EntityOrder, id: order.ID, key: order.Number, rows: rowsOf(data.EntityOrder, order.ID, order.ID, 0)}
	for i := range found {
		c.all = append(c.all, found[i].FindingView)
	}
	return c
}

// ShipFindings tells what stands against marking an order as shipped: what holds it
// or stops it, the conditions of the seller's protection that would be lost, and the
// proof of its packing that lacks. A Blocking one is passed with a reason by PassFinding or DecideRisk.
func (d *Desk) ShipFindings(ctx context.Context, orderID int64) ([]data.Finding, error) {
	v, err := d.Risk(ctx, orderID)
	if err != nil {
		return nil, err
	}
	order, err := d.store.Order(ctx, orderID)
	if err != nil {
		return nil, err
	}
	var all []data.Finding
	for _, f := range v.Standing() {
		one := f.Finding
		if f.Level == data.RiskHold && v.Now == data.RiskHold {
			one.Severity = data.Blocking
		}
		all = append(all, one)
	}
	if v.Decision == data.RiskWait && v.Now == data.RiskHold || v.Decision == data.RiskCancel {
		all = append(all, decidedFinding(&v, order))
	}
	covers, err := d.protection(ctx, order)
	if err != nil {
		return nil, err
	}
	for i := range covers {
		if covers[i].Severity != data.Info {
			all = append(all, covers[i])
		}
	}
	packs, err := d.PackFindings(ctx, orderID)
	if err != nil {
		return nil, err
	}
	for _, f := range packs {
		if f.Passed == nil {
			all = append(all, f.Finding)
		}
	}
	data.SortFindings(all)
	return all, nil
}

var (
	phraseHeld     = data.DefinePhrase("risk.held", "{who} put the order on hold until {until}: {reason}")
	phraseCanceled = data.DefinePhrase("risk.to_cancel", "{who} decided to cancel the order: {reason}")
	phraseHeldDo   = data.DefinePhrase("risk.held.do", "Undo the decision on the order if it may ship.")
)

func decidedFinding(v *RiskView, order *data.Order) data.Finding {
	f := data.Finding{Rule: "risk.decision", Severity: data.Blocking, How: phraseHeldDo.With()}
	if v.Decision == data.RiskCancel {
		f.Why = phraseCanceled.With("who", v.DecidedBy, "reason", v.Reason)
	} else {
		f.Why = phraseHeld.With("who", v.DecidedBy, "reason", v.Reason, "until", data.Stamp(v.HoldUntil, order.Shop.Location()))
	}
	return f
}

// Risks lists the reviews of all orders that wait and are not clear, the worst
// first, once they are up with what changed.
func (d *Desk) Risks(ctx context.Context, p Progress) ([]data.OrderRow, error) {
	if _, err := d.KeepRisk(ctx, p); err != nil {
		return nil, err
	}
	ids, err := d.store.OrderIDs(ctx, data.OrderQuery{Risks: slices.Clone(data.RiskLevels()[1:]), Sort: data.OrderByRisk})
	if err != nil {
		return nil, err
	}
	return d.store.OrderRows(ctx, ids)
}
