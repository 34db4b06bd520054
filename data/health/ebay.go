package health

import "slices"

// eBay's seller standards (help pages on seller performance; seller centre AU).

// ebayDefects: transactions that the seller canceled, or with a case that was
// closed without the seller's solution.
func ebayDefects(c *calc) {
	c.ordered(func(o *Order, ds []Dispute) Causes {
		return causeCanceled.when(o.canceled() && o.Party == PartySeller && o.Cause != FaultBuyer && o.CanceledAt <= c.asOf) | c.anyUnresolved(ds)
	})
}

// ebayUnresolved: transactions with a case that was closed without the seller's
// solution.
func ebayUnresolved(c *calc) {
	c.ordered(func(_ *Order, ds []Dispute) Causes { return c.anyUnresolved(ds) })
}

func (c *calc) anyUnresolved(ds []Dispute) Causes {
	return causeUnresolved.when(slices.ContainsFunc(ds, func(d Dispute) bool { return c.unresolved(&d) }))
}

// ebayLate: transactions that were late, among those of which scan, delivery or
// buyer tell it (by the setting: among all).
func ebayLate(c *calc) {
	all := c.s.word("denominator", "measured") == "all"
	parcels := c.shipments()
	c.orders(func(o *Order) {
		ss := parcels.of(o.ID)
		switch {
		case !c.in(o.OrderedAt):
			c.leave(KindOrder, o.ID, c.outside(o.OrderedAt))
			return
		case o.canceledByBuyer():
			c.leave(KindOrder, o.ID, whyBuyer)
			return
		}
		late, told := c.ebayIsLate(o, ss)
		if !told && !all {
			c.leave(KindOrder, o.ID, whyNotMeasured)
			return
		}
		c.share(o, o.OrderedAt, o.times(), causeLate.when(late))
	})
}

// ebayIsLate reports whether a transaction was late, and whether anything tells.
// Each of a scan within handling time, a delivery (or the attempt) by the last
// estimated date, and the buyer's word makes it be in time.
func (c *calc) ebayIsLate(o *Order, parcels []Shipment) (late, told bool) {
	if o.Says == Yes {
		return false, true
	}
	one := [1]Shipment{{FirstScan: o.FirstScan, DeliveredAt: o.DeliveredAt}}
	if len(parcels) == 0 {
		parcels = one[:]
	}
	for i := range parcels {
		p := &parcels[i]
		scan, there := c.done(p.FirstScan), c.done(p.DeliveredAt)
		if tried := c.done(p.AttemptedAt); tried != 0 && (there == 0 || tried < there) {
			there = tried
		}
		promised := firstOf(o.DeliverBy, p.DeliverBy)
		switch {
		case scan != 0 && o.ShipBy != 0 && scan.by(o.ShipBy), there != 0 && promised != 0 && there.by(promised):
			told = true
		case there != 0 && promised != 0, scan != 0 && promised != 0 && !c.asOf.by(promised):
			return true, true
		}
	}
	if told {
		return false, true
	}
	return o.Says == No, o.Says == No
}

// programCountry is the country of a program of eBay's; it names one otherwise than
// addresses do.
func programCountry(program string) Code {
	if program == "UK" {
		program = "GB"
	}
	return CodeOf(program)
}

// ebayTracking: transactions to buyers of the program's region whose tracking was
// uploaded within handling time and confirmed by the carrier.
func ebayTracking(c *calc) {
	region, strict := programCountry(c.s.word("program", "US")), c.s.flag("scan_within_handling")
	parcels := c.shipments()
	c.orders(func(o *Order) {
		ss := parcels.of(o.ID)
		switch {
		case !c.in(o.OrderedAt):
			c.leave(KindOrder, o.ID, c.outside(o.OrderedAt))
		case o.Country != region:
			c.leave(KindOrder, o.ID, whyRegion)
		case o.canceledByBuyer():
			c.leave(KindOrder, o.ID, whyBuyer)
		case o.Valid == Untold:
			c.leave(KindOrder, o.ID, whyUntold)
		case o.ShipBy == 0 && o.Uploaded != 0:
			c.leave(KindOrder, o.ID, whyNoDate)
		default:
			scan := c.done(o.FirstScan)
			for i := range ss {
				if s := c.done(ss[i].FirstScan); s != 0 && (scan == 0 || s < scan) {
					scan = s
				}
			}
			missed := c.inTime(o.Uploaded, o.ShipBy, missNoUpload, missLateUpload)
			if missed != missNoUpload { // without a number nothing can be scanned
				missed |= missUnconfirmed.when(o.Valid != Yes && (o.Valid != NoAnswer || scan == 0))
			}
			if strict && missed&(missNoUpload|missUnconfirmed) == 0 {
				missed |= c.inTime(scan, o.ShipBy, missNoScan, missLateScan)
			}
			c.wellOrder(o, o.OrderedAt, causeTracked, missed)
		}
	})
}
