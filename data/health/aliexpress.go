package health

import (
	"cmp"
	"slices"
	"time"

	"casebinder/data"
)

// The four numbers of AliExpress (seed document 001, chapter 1; help page
// profile_metrics).

// aliDisputes: orders with a dispute that was raised in the time and not taken
// back, among those confirmed, confirmed by time-out, or disputed in it. A
// dispute that was taken back stays in the denominator.
func aliDisputes(c *calc) {
	disputes := c.disputes()
	c.orders(func(o *Order) {
		var raised, stands Moment
		ds := disputes.of(o.ID)
		if c.undated(o, ds) {
			return
		}
		for _, d := range ds {
			if d.Way != WayPlatform {
				continue
			}
			at := c.raised(&d)
			if raised = firstOf(raised, at); at != 0 && c.withdrawn(&d) == 0 {
				stands = firstOf(stands, at)
			}
		}
		c.aliCount(o, raised, stands, causeDispute)
	})
}

// aliSubmitted: orders whose dispute went to the platform in the time, among
// those confirmed, confirmed by time-out, settled between the parties, or
// submitted in it.
func aliSubmitted(c *calc) {
	disputes := c.disputes()
	c.orders(func(o *Order) {
		var submitted, settled Moment
		ds := disputes.of(o.ID)
		if c.undated(o, ds) {
			return
		}
		for _, d := range ds {
			if d.Way != WayPlatform {
				continue
			}
			submitted = firstOf(submitted, c.inside(c.submitted(&d)))
			settled = firstOf(settled, c.inside(c.settled(&d)))
		}
		c.aliCount(o, firstOf(submitted, settled), submitted, causeSubmitted)
	})
}

// aliResponsible: orders that were ruled against the seller in the time. By the
// second definition the denominator is what was shipped in it.
func aliResponsible(c *calc) {
	disputes := c.disputes()
	c.orders(func(o *Order) {
		var decided, settled, liable Moment
		ds, untold := disputes.of(o.ID), false
		if c.undated(o, ds) {
			return
		}
		for _, d := range ds {
			if d.Way != WayPlatform {
				continue
			}
			settled = firstOf(settled, c.inside(c.settled(&d)))
			ruled := c.inside(c.last(&d, data.EventRuled))
			if decided = firstOf(decided, ruled); d.Liable == "seller" {
				liable = firstOf(liable, ruled)
			}
			untold = untold || ruled != 0 && data.Ruling{Outcome: d.Outcome, Liable: d.Liable}.Untold()
		}
		if untold && liable == 0 {
			c.leave(KindOrder, o.ID, whyRuling)
			return
		}
		c.aliCount(o, firstOf(decided, settled), liable, causeRuled)
	})
}

// undated leaves out an order that is in dispute by its own status while no case tells
// when that was raised: it may count above and below the line, or in neither.
func (c *calc) undated(o *Order, disputes []Dispute) bool {
	if o.State != StateDisputed || slices.ContainsFunc(disputes, func(d Dispute) bool { return d.Way == WayPlatform }) {
		return false
	}
	c.leave(KindOrder, o.ID, whyDisputed)
	return true
}

// settled is when a dispute ended between the parties; 0 where it went to the
// platform, or did not end.
func (c *calc) settled(d *Dispute) Moment {
	if c.submitted(d) != 0 {
		return 0
	}
	return c.over(d, data.EventClosed, data.EventAccepted, data.EventWithdrawn)
}

// aliCount counts an order: in the denominator where it is confirmed or inCase
// (or, by the setting, where it was shipped in the time), and as a case.
func (c *calc) aliCount(o *Order, inCase, hit Moment, why Causes) {
	counts := firstOf(firstOf(c.inside(o.ConfirmedAt), c.inside(o.TimedOutAt)), inCase)
	if c.s.word("denominator", "") == "shipped" {
		counts = c.inside(o.ShippedAt)
	}
	if counts != 0 {
		c.base(KindOrder, o.ID, counts, o.times())
		if o.Assumed {
			c.assumed += o.times()
		}
	}
	if hit != 0 {
		c.hit(KindOrder, o.ID, hit, o.times(), why)
		c.buyer(o)
	}
	if counts == 0 && hit == 0 {
		c.leave(KindOrder, o.ID, c.aliWhy(o))
	}
}

func (c *calc) aliWhy(o *Order) data.Phrase {
	if c.s.word("denominator", "") == "shipped" {
		if o.ShippedAt == 0 {
			return whyNotShipped
		}
		return c.outside(o.ShippedAt)
	}
	confirmed := max(o.ConfirmedAt, o.TimedOutAt)
	switch {
	case confirmed != 0:
		return c.outside(confirmed)
	case o.State == StateCompleted:
		return whyNoConfirm
	default:
		return whyOpen
	}
}

const fiveDollars = 500 // minor units: orders below it leave no counted rating (help page)

// aliFeedback: ratings of a class among all that count. Rising or not depends on
// the class that the settings name.
func aliFeedback(c *calc) {
	class, two := c.s.word("class", "positive"), c.s.word("denominator", "all") != "all"
	seen := map[ratingOf]bool{}
	for _, r := range c.aliRatings() {
		c.aliRating(&r, seen, class, two)
	}
}

// rated is a rating with what hangs on its order.
type rated struct {
	*Feedback
	o        *Order // nil: not known
	disputes []Dispute
}

// aliRatings gives all ratings in the order of time: those of one buyer in one week
// count once, the earliest of them.
func (c *calc) aliRatings() []rated {
	all := make([]rated, 0, len(c.rows.Feedback))
	disputes, at := c.disputes(), 0
	for i := range c.rows.Feedback {
		one := rated{Feedback: &c.rows.Feedback[i]}
		for at < len(c.rows.Orders) && c.rows.Orders[at].ID < one.Order {
			at++
		}
		if at < len(c.rows.Orders) && c.rows.Orders[at].ID == one.Order {
			one.o = &c.rows.Orders[at]
		}
		if one.Order != 0 {
			one.disputes = disputes.of(one.Order)
		}
		all = append(all, one)
	}
	slices.SortStableFunc(all, func(a, b rated) int { return cmp.Compare(a.LeftAt, b.LeftAt) })
	return all
}

// ratedAgain reports whether a later rating of the same order stands in its place. An
// order's buyer rates it once and may change that once (seed document 001, 7.4): what
// is left later is what became of it, but for ratings of two products.
func (c *calc) ratedAgain(f *Feedback) bool {
	if f.Order == 0 {
		return false
	}
	from, _ := slices.BinarySearchFunc(c.rows.Feedback, f.Order, func(g Feedback, order int64) int { return cmp.Compare(g.Order, order) })
	behind := false
	for i := from; i < len(c.rows.Feedback) && c.rows.Feedback[i].Order == f.Order; i++ {
		g := &c.rows.Feedback[i]
		same := g.Product == f.Product || g.Product == "" || f.Product == ""
		stands := c.in(g.LeftAt) && (g.Removed == 0 || g.Removed > c.asOf)
		if g.ID != f.ID && same && stands && (g.LeftAt > f.LeftAt || g.LeftAt == f.LeftAt && behind) {
			return true
		}
		behind = behind || g.ID == f.ID
	}
	return false
}

// ratingOf are ratings of which one counts.
type ratingOf struct {
	buyer int64
	week  Moment
	class string
}

func (c *calc) aliRating(f *rated, seen map[ratingOf]bool, class string, two bool) {
	if why, leave := c.ratingLeft(f); leave {
		c.leave(KindFeedback, f.ID, why)
		return
	}
	tone := data.Tone(f.at(c.asOf))
	if two && tone == "neutral" {
		c.leave(KindFeedback, f.ID, whyClass)
		return
	}
	buyer := f.Buyer
	if f.o != nil && f.o.Buyer != 0 {
		buyer = f.o.Buyer
	}
	if buyer != 0 {
		key := ratingOf{buyer, c.week(f.LeftAt), tone}
		if seen[key] {
			c.leave(KindFeedback, f.ID, whySameWeek)
			return
		}
		seen[key] = true
	}
	is := ratingCause(tone)
	c.well(KindFeedback, f.ID, f.LeftAt, max(1, f.Times), is, is.when(tone != class))
}

func (c *calc) ratingLeft(f *rated) (data.Phrase, bool) {
	switch o := f.o; {
	case !c.in(f.LeftAt):
		return c.outside(f.LeftAt), true
	case f.Removed != 0 && f.Removed <= c.asOf:
		return whyRemoved, true
	case o != nil && o.Total >= 0 && o.Currency == CodeOf("USD") && o.Total < fiveDollars:
		return whySmall, true
	case slices.ContainsFunc(f.disputes, c.takesRatings):
		return whyReturned, true
	case c.ratedAgain(f.Feedback):
		return whySameOrder, true
	}
	return data.Phrase{}, false
}

// takesRatings reports a dispute over a parcel not received, or over a return,
// that was not taken back before the platform was asked.
func (c *calc) takesRatings(d Dispute) bool {
	if d.Reason != data.ReasonNotReceived && !d.Return || c.opened(&d) == 0 {
		return false
	}
	back, asked := c.withdrawn(&d), c.submitted(&d)
	return back == 0 || asked != 0 && asked < back
}

// week is the Monday with which the natural week of a moment begins.
func (c *calc) week(m Moment) Moment {
	t := m.Time().In(c.zone)
	return At(midnight(t.Year(), t.Month(), t.Day()-(int(t.Weekday())+6)%7, c.zone).Add(time.Millisecond))
}
