package health

import (
	"slices"

	"casebinder/data"
)

// Etsy, Walmart, Shopee, Lazada and TikTok Shop.

// answers counts threads that were answered within so many hours. dueIn says
// whether a thread belongs to the time by the end of its time to answer.
func (c *calc) answers(hours int, dueIn bool) {
	for i := range c.rows.Threads {
		th := &c.rows.Threads[i]
		limit := th.First + Moment(hours)*hour
		when := th.First
		if dueIn {
			when = limit
		}
		answered := c.done(th.Answered)
		switch {
		case when < c.from:
			c.leave(KindThread, th.ID, whyBefore)
		case when >= c.to:
			c.leave(KindThread, th.ID, whyAfter)
		case answered == 0 && limit > c.asOf:
			c.leave(KindThread, th.ID, whyReplyOpen)
		default:
			missed := missNoAnswer.when(answered == 0) | missLateAnswer.when(answered > limit)
			c.well(KindThread, th.ID, when, max(1, th.Times), causeAnswered, missed)
		}
	}
}

func etsyResponse(c *calc) { c.answers(c.s.number("hours", 24), true) }

func walmartResponse(c *calc) { c.answers(c.s.number("hours", 48), false) }

// etsyOnTime: orders shipped by their date (with valid tracking, where it is
// asked for), among those due in the time.
func etsyOnTime(c *calc) {
	tracked := c.s.flag("tracking_required")
	c.orders(func(o *Order) {
		switch {
		case !c.dueThen(o, o.ShipBy):
		case o.canceled() && o.ShippedAt == 0:
			c.leave(KindOrder, o.ID, whyCanceled)
		case tracked && o.Valid == Untold:
			c.leave(KindOrder, o.ID, whyUntold)
		default:
			missed := c.inTime(o.ShippedAt, o.ShipBy, missNotShipped, missLateShipped)
			if missed != missNotShipped {
				missed |= missUnconfirmed.when(tracked && o.Valid != Yes)
			}
			c.wellOrder(o, o.ShipBy, causeInTime, missed)
		}
	})
}

// etsyReviews: reviews of three stars or fewer.
func etsyReviews(c *calc) {
	for i := range c.rows.Feedback {
		f := &c.rows.Feedback[i]
		switch {
		case !c.in(f.LeftAt):
			c.leave(KindFeedback, f.ID, c.outside(f.LeftAt))
		case f.Removed != 0 && f.Removed <= c.asOf:
			c.leave(KindFeedback, f.ID, whyRemoved)
		default:
			c.base(KindFeedback, f.ID, f.LeftAt, max(1, f.Times))
			if stars := f.at(c.asOf); stars <= 3 {
				c.hit(KindFeedback, f.ID, f.LeftAt, max(1, f.Times), ratingCause(data.Tone(stars)))
			}
		}
	}
}

// etsyCases: orders with a case that was refunded from the seller's account.
func etsyCases(c *calc) {
	c.ordered(func(_ *Order, ds []Dispute) Causes {
		return causeRefunded.when(slices.ContainsFunc(ds, func(d Dispute) bool {
			return c.opened(&d) != 0 && d.Refunder != "platform" && c.first(&d, data.EventRefundIssued) != 0
		}))
	})
}

// walmartOnTime: orders delivered by the expected date.
func walmartOnTime(c *calc) {
	c.orders(func(o *Order) {
		switch {
		case !c.dueThen(o, o.DeliverBy):
		case o.canceled() && o.ShippedAt == 0:
			c.leave(KindOrder, o.ID, whyCanceled)
		case o.Valid == Untold && o.DeliveredAt == 0:
			c.leave(KindOrder, o.ID, whyUntold)
		default:
			c.wellOrder(o, o.DeliverBy, causeInTime, c.inTime(o.DeliveredAt, o.DeliverBy, missNotDelivered, missLateDelivered))
		}
	})
}

// shopeeUnfulfilled: orders that failed by the seller's fault in the time, among
// those and the orders of the time that stand (by the setting: among all of it).
func shopeeUnfulfilled(c *calc) {
	total := c.s.word("denominator", "net") == "total"
	c.orders(func(o *Order) {
		failed := c.in(c.failedAt(o))
		counts := c.in(o.OrderedAt)
		if !total {
			counts = failed || counts && !o.canceledByBuyer()
		}
		switch {
		case counts:
			c.base(KindOrder, o.ID, firstOf(c.inside(o.OrderedAt), c.failedAt(o)), o.times())
			if failed {
				c.hit(KindOrder, o.ID, c.failedAt(o), o.times(), failedBy(o))
				c.buyer(o)
			}
			c.assume(o, failed)
		case failed:
			c.hit(KindOrder, o.ID, c.failedAt(o), o.times(), failedBy(o))
			c.assume(o, failed)
		case c.in(o.OrderedAt):
			c.leave(KindOrder, o.ID, whyBuyer)
		default:
			c.leave(KindOrder, o.ID, c.outside(o.OrderedAt))
		}
	})
}

// failedBy is what made an order fail by the seller's fault.
func failedBy(o *Order) Causes {
	if o.canceledBySeller() {
		return causeCanceled
	}
	return causeReturned
}

// failedAt is when an order failed by the seller's fault; where no date is known,
// the order's own.
func (c *calc) failedAt(o *Order) Moment {
	switch {
	case o.canceledBySeller():
		return firstOf(o.CanceledAt, o.OrderedAt)
	case o.Returned == FaultSeller && (o.State == StateRefunded || o.RefundedAt != 0):
		return firstOf(o.RefundedAt, o.OrderedAt)
	}
	return 0
}

// assume notes an order that failed on a day that nobody told: that of the order
// itself is taken.
func (c *calc) assume(o *Order, failed bool) {
	if failed && (o.canceledBySeller() && o.CanceledAt == 0 || !o.canceledBySeller() && o.RefundedAt == 0) {
		c.assumed += o.times()
	}
}

func firstOf(a, b Moment) Moment {
	if a != 0 {
		return a
	}
	return b
}

// shopeeLate: orders shipped after their date, among those shipped in the time
// (by the setting: and those ordered in it).
func shopeeLate(c *calc) {
	total := c.s.word("denominator", "shipped") == "total"
	c.orders(func(o *Order) {
		shipped := c.done(o.ShippedAt)
		late := shipped != 0 && o.ShipBy != 0 && !shipped.by(o.ShipBy)
		switch {
		case o.Elsewhere:
			c.leave(KindOrder, o.ID, whyElsewhere)
		case o.canceledByBuyer():
			c.leave(KindOrder, o.ID, whyBuyer)
		case c.in(shipped) && o.ShipBy == 0:
			c.leave(KindOrder, o.ID, whyNoDate)
		case c.in(shipped), total && c.in(o.OrderedAt):
			c.share(o, firstOf(c.inside(shipped), o.OrderedAt), o.times(), causeLate.when(c.in(shipped) && late))
		case shipped == 0 && o.canceled():
			c.leave(KindOrder, o.ID, whyCanceled)
		case shipped == 0:
			c.leave(KindOrder, o.ID, whyNotShipped)
		default:
			c.leave(KindOrder, o.ID, c.outside(shipped))
		}
	})
}

// lazadaCancels: pieces canceled by the seller's fault among the pieces ordered.
func lazadaCancels(c *calc) {
	c.orders(func(o *Order) {
		switch {
		case !c.in(o.OrderedAt):
			c.leave(KindOrder, o.ID, c.outside(o.OrderedAt))
			return
		case o.Elsewhere:
			c.leave(KindOrder, o.ID, whyElsewhere)
			return
		}
		pieces := int64(max(1, o.Items)) * o.times()
		c.base(KindOrder, o.ID, o.OrderedAt, pieces)
		lost := min(pieces, int64(o.Canceled)*o.times())
		if lost == 0 && o.canceled() {
			lost = pieces
		}
		if o.sellersFault() && lost > 0 && o.CanceledAt <= c.asOf {
			c.hit(KindOrder, o.ID, o.OrderedAt, lost, causeCanceled)
			c.buyer(o)
		}
	})
}

// lazadaOnTime: orders handed over in time, among the valid ones of the time.
func lazadaOnTime(c *calc) {
	c.orders(func(o *Order) {
		over := firstOf(c.done(o.HandedOver), c.done(o.ShippedAt))
		switch {
		case !c.in(o.OrderedAt):
			c.leave(KindOrder, o.ID, c.outside(o.OrderedAt))
		case o.Elsewhere:
			c.leave(KindOrder, o.ID, whyElsewhere)
		case o.canceledByBuyer():
			c.leave(KindOrder, o.ID, whyBuyer)
		case o.ShipBy == 0 && !o.canceled():
			c.leave(KindOrder, o.ID, whyNoDate)
		case over == 0 && !o.canceled() && c.asOf.by(o.ShipBy):
			c.leave(KindOrder, o.ID, whyNotDue)
		default:
			never := missNotShipped
			if o.canceled() {
				never = missCanceled
			}
			c.wellOrder(o, o.OrderedAt, causeInTime, c.inTime(over, o.ShipBy, never, missLateShipped))
		}
	})
}

// tiktokLate: orders not shipped by their date, among those due in the time. One
// that was canceled because its date had passed was late all the same.
func tiktokLate(c *calc) {
	c.orders(func(o *Order) {
		switch {
		case !c.dueThen(o, o.ShipBy):
		case o.canceled() && o.ShippedAt == 0 && !o.canceledLate():
			c.leave(KindOrder, o.ID, whyCanceled)
		default:
			c.share(o, o.ShipBy, o.times(), causeLate.when(!c.done(o.ShippedAt).by(o.ShipBy)))
		}
	})
}

// tiktokReturns: orders returned or refunded by the seller's fault.
func tiktokReturns(c *calc) {
	c.orders(func(o *Order) {
		if !c.in(o.OrderedAt) {
			c.leave(KindOrder, o.ID, c.outside(o.OrderedAt))
			return
		}
		c.share(o, o.OrderedAt, o.times(), causeReturned.when(o.Returned == FaultSeller && (o.State == StateRefunded || o.RefundedAt != 0) && o.RefundedAt <= c.asOf))
	})
}
