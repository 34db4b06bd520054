package desk

import (
	"cmp"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/health"
	"casebinder/data/policy"
	"casebinder/data/store"
)

func (r *healthReader) dispute(d *data.Dispute) health.Dispute {
	h := health.Dispute{
		ID: d.ID, Order: d.OrderID, Reason: d.Reason, Outcome: d.Ruling.Outcome, Liable: d.Ruling.Liable, Amount: d.Amount.Minor,
		Currency: health.CodeOf(d.Amount.Currency), Way: r.way(d), Card: r.network(d), Return: strings.Contains(d.Wish, "return"),
	}
	h.Return = h.Return || h.Way == health.WayReturn
	if d.Amount.Currency == "" {
		h.Amount = -1
	}
	undone := data.Retracted(d.Events)
	opened := false
	for _, e := range d.Events {
		opened = opened || e.Kind == data.EventOpened
		h.Return = h.Return || !undone[e.UID] && (e.Kind == data.EventReturnAgreed || e.Kind == data.EventReturnShipped)
		h.Events = append(h.Events, health.Event{Kind: e.Kind, At: health.At(e.At), Actor: e.Actor, Undone: undone[e.UID]})
	}
	if !opened {
		h.Events = slices.Insert(h.Events, 0, health.Event{Kind: data.EventOpened, At: health.At(d.OpenedAt), Actor: data.ActorBuyer})
	}
	return h
}

// returned gives orders the reason of their return, where a return of them tells one:
// a report of the platform's, or a case that a person wrote down. It gives them the
// time of their first refund, which a person wrote down on the order or in a case:
// files name amounts alone.
func returned(rows *health.Rows, refunds map[int64]int64) {
	refund := func(o *health.Order, at health.Moment) {
		if at != 0 && (o.RefundedAt == 0 || at < o.RefundedAt) {
			o.RefundedAt = at
		}
	}
	for id, at := range refunds {
		if o := orderOf(rows, id); o != nil {
			refund(o, health.Moment(at))
		}
	}
	for i := range rows.Disputes {
		d := &rows.Disputes[i]
		o := orderOf(rows, d.Order)
		if o == nil {
			continue
		}
		if d.Return && d.Reason != "" && o.Returned == health.FaultUnknown {
			o.Returned = health.ReturnFault(d.Reason)
		}
		for _, e := range d.Events {
			if e.Kind == data.EventRefundIssued && !e.Undone {
				refund(o, e.At)
			}
		}
	}
}

func orderOf(rows *health.Rows, id int64) *health.Order {
	at, found := slices.BinarySearchFunc(rows.Orders, id, func(o health.Order, id int64) int { return cmp.Compare(o.ID, id) })
	if !found {
		return nil
	}
	return &rows.Orders[at]
}

// way is by which door a dispute came, by the pack of its rules.
func (r *healthReader) way(d *data.Dispute) health.Way {
	p := r.byID[d.Pack]
	if p == nil {
		p = policy.ForCase(r.packs, r.platform, d.Reason, "")
	}
	switch {
	case p == nil:
		return health.WayPlatform
	case p.Channel == "chargeback" || p.Channel == "payment dispute" || d.Reason == data.ReasonUnauthorized:
		return health.WayChargeback
	case p.Channel == "return":
		return health.WayReturn
	}
	return health.WayPlatform
}

// network is the card network that the pack of a chargeback names.
func (r *healthReader) network(d *data.Dispute) string {
	for _, n := range cardNetworks {
		if strings.Contains(d.Pack, n) {
			return n
		}
	}
	return ""
}

func healthRatings(list []store.HealthFeedback) []health.Feedback {
	ratings := make([]health.Feedback, len(list))
	for i := range list {
		f := &list[i]
		ratings[i] = health.Feedback{
			ID: f.ID, Order: f.Order, Buyer: f.Buyer, Stars: int(f.Stars), LeftAt: health.Moment(f.LeftAt), Removed: health.Moment(f.RemovedAt), Product: f.Product,
		}
		for _, b := range f.Before {
			ratings[i].Before = append(ratings[i].Before, health.Stood{Until: health.Moment(b.At), Stars: int(b.Stars)})
		}
	}
	return ratings
}
