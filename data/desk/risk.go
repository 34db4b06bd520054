package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/policy"
	"casebinder/data/risk"
	"casebinder/data/store"
)

// Settings that hold what a shop changes of the review before shipping.
const (
	riskOwnSetting     = "risk.own"     // a book of rules as TOML
	riskOffSetting     = "risk.off"     // rule -> why it is switched off
	riskEditionSetting = "risk.edition" // of the rules by which the kept reviews were made
)

// riskInForce are the rules of the review, with the settings that they were made of.
type riskInForce struct {
	of    string
	rules *risk.Rules
}

// riskRules are the rules of the review in force.
func (d *Desk) riskRules(ctx context.Context) (*risk.Rules, error) {
	own, err := d.store.Setting(ctx, riskOwnSetting)
	if err != nil {
		return nil, err
	}
	off, err := d.store.Setting(ctx, riskOffSetting)
	if err != nil {
		return nil, err
	}
	of := string(own) + "\n" + string(off)
	d.rulesMu.Lock()
	defer d.rulesMu.Unlock()
	if d.risk.rules != nil && d.risk.of == of {
		return d.risk.rules, nil
	}
	rules, err := readRisk(own, off)
	if err != nil {
		return nil, err
	}
	d.risk = riskInForce{of: of, rules: rules}
	return rules, nil
}

func readRisk(own, off json.RawMessage) (*risk.Rules, error) {
	var book *risk.Book
	if own != nil {
		var text string
		if err := json.Unmarshal(own, &text); err != nil {
			return nil, fmt.Errorf("reading the setting %s: %w", riskOwnSetting, err)
		}
		var err error
		if book, err = risk.Decode(riskOwnSetting, []byte(text)); err != nil {
			return nil, err
		}
	}
	why := map[string]string{}
	if off != nil {
		if err := json.Unmarshal(off, &why); err != nil {
			return nil, fmt.Errorf("reading the setting %s: %w", riskOffSetting, err)
		}
	}
	return risk.New(book, why)
}

// RiskView is the review of an order before it ships, with what a person decided.
type RiskView struct {
	risk.Review
	OrderID   int64
	Waits     bool           // the order is still to be shipped
	Now       data.RiskLevel // the level at this moment, with the person's decision
	Decision  data.RiskDecision
	Reason    string // of the decision
	DecidedBy string
	DecidedAt time.Time
	HoldUntil time.Time // the person's own date
	From      time.Time // not to be shipped before: the person's date, else the review's
}

// Risk reviews an order as it is at this moment.
func (d *Desk) Risk(ctx context.Context, orderID int64) (RiskView, error) {
	rules, err := d.riskRules(ctx)
	if err != nil {
		return RiskView{}, err
	}
	r := reviewer{desk: d, rules: rules, from: &d.store.Reader}
	return r.one(ctx, orderID)
}

// reviewer reviews orders under some rules.
type reviewer struct {
	desk    *Desk
	rules   *risk.Rules
	from    *store.Reader
	classes map[string][]string // of products; nil until asked for
}

// gathered are orders with what their reviews need.
type gathered struct {
	*store.RiskFacts
	past   map[int64]*past
	passes map[int64][]data.Pass
}

func (r *reviewer) one(ctx context.Context, orderID int64) (RiskView, error) {
	v := RiskView{OrderID: orderID}
	g, err := r.gather(ctx, []int64{orderID}, nil)
	if err != nil {
		return v, err
	}
	if len(g.Orders) == 0 {
		return v, data.ErrNotFound
	}
	kept, _, err := r.from.Risk(ctx, orderID)
	if err != nil {
		return v, err
	}
	f := r.factsOf(g, &g.Orders[0])
	v.Review, v.Waits = r.rules.Review(&f, g.passes[orderID]), waits(&f.Order)
	v.decided(&kept, r.desk.now())
	return v, nil
}

// waits reports whether an order is still to be shipped.
func waits(o *data.Order) bool {
	return o.ShippedAt.IsZero() && slices.Contains([]data.OrderStatus{data.StatusUnpaid, data.StatusReview, data.StatusToShip}, o.Status)
}

// decided joins a review with what a person decided.
func (v *RiskView) decided(kept *store.Risk, now time.Time) {
	v.Decision, v.Reason, v.DecidedBy, v.DecidedAt, v.HoldUntil = kept.Decision, kept.Reason, kept.DecidedBy, kept.DecidedAt, kept.HoldUntil
	v.Now, v.From = v.At(now), v.ShipFrom
	switch v.Decision {
	case data.RiskWait:
		v.From = v.HoldUntil
		if v.Now != data.RiskStop {
			v.Now = data.RiskLook
			if now.Before(v.HoldUntil) {
				v.Now = data.RiskHold
			}
		}
	case data.RiskCancel:
		v.Now, v.From = data.RiskStop, time.Time{}
	case data.RiskShip, data.RiskUndecided:
	}
}

// gather brings the facts of some orders. What is known of buyers from a part that
// went before, which may be nil, is not asked for again.
func (r *reviewer) gather(ctx context.Context, ids []int64, before *gathered) (g *gathered, err error) {
	if r.classes == nil {
		if r.classes, err = r.from.ProductClasses(ctx); err != nil {
			return nil, err
		}
	}
	if before == nil {
		before = &gathered{}
	}
	g = &gathered{}
	if g.RiskFacts, err = r.from.RiskFacts(ctx, ids, before.RiskFacts); err != nil {
		return nil, err
	}
	g.past = make(map[int64]*past, len(g.Past))
	for id, list := range g.Past {
		if p := before.past[id]; p != nil {
			g.past[id] = p
		} else {
			g.past[id] = newPast(list)
		}
	}
	g.passes, err = r.from.PassesOf(ctx, data.EntityOrder, ids)
	return g, err
}

// begin is what the first part of many orders has before it. Where they are much of the
// desk, one way through what all buyers share takes less than to ask for each.
func (r *reviewer) begin(ctx context.Context, orders int) (*gathered, error) {
	last, err := r.from.LastOrder(ctx)
	if err != nil || int64(orders) < last/4 {
		return nil, err
	}
	sharers, err := r.from.Sharers(ctx)
	return &gathered{RiskFacts: &store.RiskFacts{Sharers: sharers}}, err
}

// past are a buyer's orders with sums over them, so that each of many orders of
// one buyer is reviewed without going through all others.
type past struct {
	list      []store.PastOrder // oldest first
	at        map[int64]int
	good      []int // of those before
	disputes  int
	reversals []risk.Past
	reversed  map[int64]int // by order, how many of reversals are of it
}

func newPast(list []store.PastOrder) *past {
	p := &past{list: list, at: make(map[int64]int, len(list)), good: make([]int, len(list)+1), reversed: map[int64]int{}}
	for i := range list {
		o := &list[i]
		p.at[o.ID] = i
		p.good[i+1] = p.good[i]
		if (o.Status == data.StatusDelivered || o.Status == data.StatusCompleted) && len(o.Disputes) == 0 && !o.Reversed {
			p.good[i+1]++
		}
		p.disputes += len(o.Disputes)
		for _, dispute := range o.Disputes {
			if reversal(dispute) {
				p.reverse(o, string(dispute.Reason))
			}
		}
		if o.Reversed && p.reversed[o.ID] == 0 {
			p.reverse(o, "")
		}
	}
	return p
}

func (p *past) reverse(o *store.PastOrder, why string) {
	p.reversed[o.ID]++
	p.reversals = append(p.reversals, risk.Past{Number: o.Number, At: o.At, Total: o.Total, Why: why})
}

// reversal reports whether a dispute took a payment back over the seller's head: a
// payment that was called unauthorized, or a chargeback.
func reversal(d store.PastDispute) bool {
	return d.Reason == data.ReasonUnauthorized || strings.Contains(d.Pack, "chargeback") ||
		slices.Contains([]string{"visa", "mastercard", "amex", "discover", "ebay-payment-dispute"}, d.Pack)
}

// mostRow is how many of the orders in a row are looked at one by one.
const mostRow = 50

func (p *past) history(o *data.Order, days int) risk.History {
	h := risk.History{Known: true, Disputes: p.disputes, Reversals: p.reversals}
	i, listed := p.at[o.ID]
	if !listed {
		return h
	}
	h.Earlier, h.Good, h.Disputes = i, p.good[i], p.disputes-len(p.list[i].Disputes)
	if p.reversed[o.ID] > 0 {
		h.Reversals = slices.DeleteFunc(slices.Clone(p.reversals), func(r risk.Past) bool { return r.Number == o.Number })
	}
	span := time.Duration(days) * 24 * time.Hour
	if o.OrderedAt.IsZero() {
		return h
	}
	first, _ := slices.BinarySearchFunc(p.list, o.OrderedAt.Add(-span), func(one store.PastOrder, t time.Time) int { return one.At.Compare(t) })
	for j := first; j < len(p.list) && !p.list[j].At.After(o.OrderedAt.Add(span)); j++ {
		switch one := &p.list[j]; {
		case j == i || one.Status == data.StatusCanceled || one.Status == data.StatusRefunded:
		case len(h.Row) == mostRow:
			h.RowMore++
		default:
			h.Row = append(h.Row, risk.Past{Number: one.Number, At: one.At, Total: one.Total})
		}
		if h.RowMore > 1000 { // a reseller: more changes nothing
			break
		}
	}
	return h
}

func (r *reviewer) factsOf(g *gathered, o *data.Order) risk.Facts {
	f := risk.Facts{Order: *o, Messages: g.Messages[o.ID], Confirms: g.Confirms[o.ID], Now: r.desk.now()}
	for i := range o.Items {
		if classes := r.classes[o.Items[i].SKU]; len(classes) > 0 {
			f.Classes = append(f.Classes, classes...)
		}
	}
	if p := g.past[o.Buyer.ID]; p != nil {
		f.Buyer = p.history(o, r.rules.RowDays())
	}
	for _, s := range g.Shared[o.Buyer.ID] {
		f.Shared = append(f.Shared, risk.Shared{Kind: s.Kind, Buyers: s.Buyers, Reversals: s.Reversals})
	}
	return f
}

// RiskEvent is the action of the event that tells that reviews were made anew.
const RiskEvent = "risk.kept"

// FollowRisk keeps the reviews of orders up with what changes, behind the window,
// until the desk is closed. A desk that can only be read is not followed.
func (d *Desk) FollowRisk() {
	if d.readOnly {
		return
	}
	wake := make(chan struct{}, 1)
	wake <- struct{}{}
	cancel := d.Subscribe(func(e Event) {
		if e.Action == RiskEvent {
			return
		}
		select {
		case wake <- struct{}{}:
		default:
		}
	})
	d.behind.Go(func() {
		defer cancel()
		for {
			select {
			case <-d.life.Done():
				return
			case <-wake:
			}
			n, err := d.KeepRisk(d.life, nil)
			if err != nil && d.life.Err() == nil {
				slog.Warn("reviewing orders before shipping", "error", err) // the next change tries again
			}
			if n > 0 {
				d.publish(data.ChangeEvent{Action: RiskEvent, Entity: data.EntityOrder, Effect: data.EffectMany, Rows: manyOf(data.EntityOrder)})
			}
		}
	})
}

// protection checks the conditions under which an order's platform and payment
// service protect the seller, while they can still be kept or lost.
func (d *Desk) protection(ctx context.Context, order *data.Order) ([]data.Finding, error) {
	if !order.DeliveredAt.IsZero() || slices.Contains([]data.OrderStatus{data.StatusDelivered, data.StatusCompleted, data.StatusCanceled, data.StatusRefunded}, order.Status) {
		return nil, nil
	}
	rules, err := d.Rules(ctx)
	if err != nil {
		return nil, err
	}
	review, err := d.riskRules(ctx)
	if err != nil {
		return nil, err
	}
	l := policy.Leaving{Order: *order, Now: d.now()}
	if order.Payment.Address != (data.Address{}) && order.ShipTo != (data.Address{}) {
		if c := review.Compare(order.ShipTo, order.Payment.Address); c.Size == risk.AddressBig {
			l.Differs = strings.Join(c.Differs, "; ")
		}
	}
	return rules.BeforeShipping(&l), nil
}
