package health

import "casebinder/data"

// Amazon's account health (accountHealthReport of the selling partner API; help
// pages G200285170, 200285210, G201817070).

func (c *calc) amazonShips(o *Order) bool {
	want := c.s.word("fulfilment", "mfn")
	switch {
	case want == "mfn" && o.Elsewhere:
		c.leave(KindOrder, o.ID, whyElsewhere)
	case want == "afn" && !o.Elsewhere:
		c.leave(KindOrder, o.ID, whyOurs)
	default:
		return true
	}
	return false
}

// amazonDefects: orders with negative feedback, a claim that counts or a
// chargeback; each once.
func amazonDefects(c *calc) {
	disputes, ratings := c.disputes(), c.feedback()
	c.orders(func(o *Order) {
		ds, fs := disputes.of(o.ID), ratings.of(o.ID)
		switch {
		case !c.in(o.OrderedAt):
			c.leave(KindOrder, o.ID, c.outside(o.OrderedAt))
			return
		case !c.amazonShips(o):
			return
		case o.canceledByBuyer():
			c.leave(KindOrder, o.ID, whyBuyer)
			return
		}
		var why Causes
		for i := range ds {
			why |= c.amazonClaim(&ds[i])
		}
		for i := range fs {
			f := &fs[i]
			why |= causeNegative.when(f.LeftAt <= c.asOf && f.at(c.asOf) <= 2 && (f.Removed == 0 || f.Removed > c.asOf))
		}
		c.share(o, o.OrderedAt, o.times(), why)
	})
}

// amazonClaim says whether a dispute makes a defect: a chargeback does, and a
// claim that was neither taken back, nor decided for the seller, nor paid by Amazon
// because the fault was the carrier's or its own.
func (c *calc) amazonClaim(d *Dispute) Causes {
	if c.opened(d) == 0 {
		return 0
	}
	switch d.Way {
	case WayChargeback:
		return causeChargeback
	case WayReturn:
		return 0
	}
	if c.withdrawn(d) != 0 {
		return causeClaim.when(c.s.flag("withdrawn_claim_counts"))
	}
	return causeClaim.when(!c.won(d) && !(c.ended(d) && (d.Liable == "carrier" || d.Liable == "platform")))
}

// amazonLate: orders whose shipment was confirmed after the expected date, or is
// not confirmed though the date is over.
func amazonLate(c *calc) {
	byOrder := c.s.word("by", "ship_by") == "ordered"
	c.orders(func(o *Order) {
		when := o.ShipBy
		if byOrder {
			when = o.OrderedAt
		}
		switch {
		case o.Elsewhere:
			c.leave(KindOrder, o.ID, whyElsewhere)
		case !c.in(when):
			c.leave(KindOrder, o.ID, c.outside(when))
		case o.canceledByBuyer():
			c.leave(KindOrder, o.ID, whyBuyer)
		case o.canceled() && o.ShippedAt == 0:
			c.leave(KindOrder, o.ID, whyCanceled)
		case o.ShipBy == 0:
			c.leave(KindOrder, o.ID, whyNoDate)
		case c.done(o.ShippedAt) == 0 && c.asOf.by(o.ShipBy):
			c.leave(KindOrder, o.ID, whyNotDue)
		default:
			c.share(o, when, o.times(), causeLate.when(!c.done(o.ShippedAt).by(o.ShipBy)))
		}
	})
}

// amazonTracking: confirmed parcels with a number, a carrier and a scan.
func amazonTracking(c *calc) {
	byShipped := c.s.word("by", "promised_delivery") == "shipped"
	for i := range c.rows.Shipments {
		p := &c.rows.Shipments[i]
		when := p.DeliverBy
		if byShipped {
			when = p.ShippedAt
		}
		switch {
		case p.Elsewhere:
			c.leave(KindShipment, p.ID, whyElsewhere)
		case !p.Confirmed:
			c.leave(KindShipment, p.ID, whyUnconfirmed)
		case p.Exempt:
			c.leave(KindShipment, p.ID, whyExempt)
		case !c.in(when) && (when == 0 || when < c.from || when >= c.to):
			c.leave(KindShipment, p.ID, c.outside(when))
		case p.Untold:
			c.leave(KindShipment, p.ID, whyUntold)
		default:
			missed := missNoNumber.when(!p.Tracked) | missNoCarrier.when(!p.Carrier) | missNoScan.when(p.Tracked && c.done(p.FirstScan) == 0)
			c.well(KindShipment, p.ID, when, max(1, p.Times), causeTracked, missed)
		}
	}
}

// amazonOnTime: pieces that came by the promised date, among those with tracking.
func amazonOnTime(c *calc) {
	pieces := c.s.word("count", "units") == "units"
	for i := range c.rows.Shipments {
		p := &c.rows.Shipments[i]
		weight := max(1, p.Times)
		if pieces {
			weight *= max(1, p.Units)
		}
		switch {
		case p.Elsewhere:
			c.leave(KindShipment, p.ID, whyElsewhere)
		case !p.Tracked:
			c.leave(KindShipment, p.ID, whyUntracked)
		case !c.in(p.DeliverBy):
			c.leave(KindShipment, p.ID, c.outside(p.DeliverBy))
		case p.Untold:
			c.leave(KindShipment, p.ID, whyUntold)
		default:
			missed := c.inTime(p.DeliveredAt, p.DeliverBy, missNotDelivered, missLateDelivered)
			if c.done(p.AttemptedAt).by(p.DeliverBy) { // the attempt is enough
				missed = 0
			}
			c.well(KindShipment, p.ID, p.DeliverBy, weight, causeInTime, missed)
		}
	}
}

// notDescribed are the reasons that stand for goods unlike their description.
func notDescribed(r data.Reason) bool {
	switch r {
	case data.ReasonNotAsDescribed, data.ReasonDamaged, data.ReasonWrongItem, data.ReasonShort, data.ReasonQuality, data.ReasonFake:
		return true
	}
	return false
}
