package health

import (
	"maps"
	"slices"
	"time"

	"casebinder/data"
)

// calc is one computation: the window, and what was counted so far.
type calc struct {
	Sums
	rows           *Rows
	s              Settings
	from, to, asOf Moment
	zone           *time.Location
	list           bool
	listing        Listing
	buyers         map[int64]bool
	nameless       int64
	currency       Code
	mixed          int64
	untold         int64
	assumed        int64
	cases, sales   map[int64]int64 // of a number of amounts: how many were of each amount
}

type formula func(*calc)

func (c *calc) in(m Moment) bool { return m != 0 && m >= c.from && m < c.to && m <= c.asOf }

// inside is a moment that lies in the time; 0 for one that does not.
func (c *calc) inside(m Moment) Moment {
	if c.in(m) {
		return m
	}
	return 0
}

// base counts a row in the denominator, by a moment.
func (c *calc) base(kind Kind, id int64, by Moment, weight int64) {
	c.Base += weight
	if c.list {
		c.listing.Base = append(c.listing.Base, Counted{Ref: Ref{kind, id}, Weight: weight, By: by})
	}
}

// hit counts a row in the numerator, by a moment, and says why.
func (c *calc) hit(kind Kind, id int64, by Moment, weight int64, why Causes) {
	c.Hits += weight
	if c.list {
		row := Counted{Ref{kind, id}, weight, by, why, weight}
		c.listing.Hits = append(c.listing.Hits, row)
		if last := len(c.listing.Base) - 1; last >= 0 && c.listing.Base[last].Ref == row.Ref {
			c.listing.Base[last].In, c.listing.Base[last].Why = weight, why
		}
	}
}

// well counts a row of a rate of what was done well: in the denominator, and in the
// numerator unless something keeps it out of there.
func (c *calc) well(kind Kind, id int64, by Moment, weight int64, why, missed Causes) {
	c.base(kind, id, by, weight)
	if missed == 0 {
		c.hit(kind, id, by, weight, why)
	} else if c.list {
		c.listing.Base[len(c.listing.Base)-1].Why = missed
	}
}

// wellOrder is the same of an order.
func (c *calc) wellOrder(o *Order, by Moment, why, missed Causes) {
	c.well(KindOrder, o.ID, by, o.times(), why, missed)
	if missed == 0 {
		c.buyer(o)
	}
}

// inTime says what keeps out what had to happen until a limit: that it did not, or
// that it came later.
func (c *calc) inTime(at, limit Moment, never, late Causes) Causes {
	switch at = c.done(at); {
	case at == 0:
		return never
	case !at.by(limit):
		return late
	}
	return 0
}

// buyer counts whose orders are in the numerator; orders of nobody known are of
// different buyers.
func (c *calc) buyer(o *Order) {
	if o.Buyer == 0 {
		c.nameless += o.times()
		return
	}
	if c.buyers == nil {
		c.buyers = map[int64]bool{}
	}
	c.buyers[o.Buyer] = true
}

// leave says that a row does not count.
func (c *calc) leave(kind Kind, id int64, why data.Phrase) {
	if isUntold(why.Key) {
		c.untold++
	}
	if c.list {
		c.listing.Left = append(c.listing.Left, LeftOut{Ref{kind, id}, why.With()})
	}
}

// share counts an order by a moment in the denominator and, where anything makes it
// one, as a case.
func (c *calc) share(o *Order, by Moment, weight int64, why Causes) {
	c.base(KindOrder, o.ID, by, weight)
	if why != 0 {
		c.hit(KindOrder, o.ID, by, weight, why)
		c.buyer(o)
	}
}

// outside says why a date is not in the window.
func (c *calc) outside(m Moment) data.Phrase {
	switch {
	case m == 0:
		return whyNoDate
	case m < c.from:
		return whyBefore
	default:
		return whyAfter
	}
}

func (c *calc) orders(each func(*Order)) {
	for i := range c.rows.Orders {
		each(&c.rows.Orders[i])
	}
}

func (c *calc) disputes() *run[Dispute] {
	return &run[Dispute]{rows: c.rows.Disputes, order: func(d *Dispute) int64 { return d.Order }}
}

func (c *calc) feedback() *run[Feedback] {
	return &run[Feedback]{rows: c.rows.Feedback, order: func(f *Feedback) int64 { return f.Order }}
}

func (c *calc) shipments() *run[Shipment] {
	return &run[Shipment]{rows: c.rows.Shipments, order: func(s *Shipment) int64 { return s.Order }}
}

// first is when something first happened in a dispute, until the moment of the
// number.
func (c *calc) first(d *Dispute, kinds ...data.EventKind) Moment {
	for i := range d.Events {
		if e := &d.Events[i]; c.happened(e) && isOne(e.Kind, kinds) {
			return e.At
		}
	}
	return 0
}

// last is when it last happened.
func (c *calc) last(d *Dispute, kinds ...data.EventKind) Moment {
	for i := len(d.Events) - 1; i >= 0; i-- {
		if e := &d.Events[i]; c.happened(e) && isOne(e.Kind, kinds) {
			return e.At
		}
	}
	return 0
}

func (c *calc) happened(e *Event) bool { return !e.Undone && e.At <= c.asOf }

func isOne(kind data.EventKind, kinds []data.EventKind) bool {
	for _, k := range kinds {
		if k == kind {
			return true
		}
	}
	return false
}

func (c *calc) opened(d *Dispute) Moment { return c.first(d, data.EventOpened) }

// raised is when a dispute was first opened, or opened again, in the time.
func (c *calc) raised(d *Dispute) Moment {
	for i := range d.Events {
		if e := &d.Events[i]; e.Kind == data.EventOpened && c.happened(e) && c.in(e.At) {
			return e.At
		}
	}
	return 0
}

// over is when a dispute last ended by one of these, unless it was opened again.
func (c *calc) over(d *Dispute, kinds ...data.EventKind) Moment {
	for i := len(d.Events) - 1; i >= 0; i-- {
		e := &d.Events[i]
		switch {
		case !c.happened(e):
		case isOne(e.Kind, kinds):
			return e.At
		case e.Kind == data.EventOpened:
			return 0
		}
	}
	return 0
}

// withdrawn is when the buyer took a dispute back, 0 where it stands.
func (c *calc) withdrawn(d *Dispute) Moment { return c.over(d, data.EventWithdrawn) }

// submitted is when the platform was first asked to decide, or stepped in.
func (c *calc) submitted(d *Dispute) Moment {
	return c.first(d, data.EventEscalated, data.EventPlatformStepped)
}

// won reports whether the dispute ended for the seller.
func (c *calc) won(d *Dispute) bool { return d.Outcome == "won" && c.ended(d) }

// ended reports whether its end is known at the moment of the number. A dispute
// without an event of its end has its outcome from a person, who wrote no date.
func (c *calc) ended(d *Dispute) bool {
	end := [...]data.EventKind{data.EventRuled, data.EventClosed, data.EventWithdrawn, data.EventAccepted}
	var any bool
	for i := range d.Events {
		if e := &d.Events[i]; isOne(e.Kind, end[:]) && !e.Undone {
			any = true
			if e.At <= c.asOf {
				return true
			}
		}
	}
	return !any
}

// unresolved reports whether the platform closed a case in the buyer's favor
// because the seller had not resolved it.
func (c *calc) unresolved(d *Dispute) bool {
	if d.Way != WayPlatform || !c.ended(d) || d.Outcome == "won" { // on appeal, at the latest
		return false
	}
	if d.Closed != NoAnswer {
		return d.Closed == Yes
	}
	return d.Outcome == "lost" && d.Liable == "seller" && c.last(d, data.EventRuled) != 0
}

// amount notes how large a row was.
func amount(of *map[int64]int64, is, times int64) {
	if *of == nil {
		*of = map[int64]int64{}
	}
	(*of)[is] += times
}

// usual is the size of a case: the median of those that count, else of the sales.
func (c *calc) usual() Usual {
	if len(c.cases) > 0 {
		return Usual{Amount: median(c.cases)}
	}
	return Usual{Amount: median(c.sales), Sales: len(c.sales) > 0}
}

// median is the middle of amounts, of which there are so many each; of two in the
// middle what lies between them.
func median(counts map[int64]int64) int64 {
	total := int64(0)
	for _, n := range counts {
		total += n
	}
	below, left := int64(0), int64(-1)
	for _, is := range slices.Sorted(maps.Keys(counts)) {
		below += counts[is]
		switch {
		case left >= 0:
			return (left + is) / 2
		case 2*below > total:
			return is
		case 2*below == total:
			left = is
		}
	}
	return max(0, left)
}
