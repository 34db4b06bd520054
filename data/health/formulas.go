package health

// formulas are the ways to count, by the metric's id.
var formulas = map[string]formula{
	"aliexpress.dispute_rate":               aliDisputes,
	"aliexpress.arbitration_raised_rate":    aliSubmitted,
	"aliexpress.seller_responsible_rate":    aliResponsible,
	"aliexpress.feedback_rate":              aliFeedback,
	"ebay.transaction_defect_rate":          ebayDefects,
	"ebay.cases_closed_without_resolution":  ebayUnresolved,
	"ebay.late_shipment_rate":               ebayLate,
	"ebay.tracking_uploaded_validated":      ebayTracking,
	"amazon.order_defect_rate":              amazonDefects,
	"amazon.late_shipment_rate":             amazonLate,
	"amazon.cancellation_rate":              amazonCancels,
	"amazon.valid_tracking_rate":            amazonTracking,
	"amazon.on_time_delivery_rate":          amazonOnTime,
	"paypal.dispute_rate":                   paypalClaims,
	"visa.vamp_ratio":                       visaRatio,
	"mastercard.chargeback_ratio":           mastercardRatio,
	"etsy.message_response_rate":            etsyResponse,
	"etsy.on_time_shipping":                 etsyOnTime,
	"etsy.low_review_rate":                  etsyReviews,
	"etsy.case_rate":                        etsyCases,
	"walmart.cancellation_rate":             sellerCancels,
	"walmart.on_time_delivery_rate":         walmartOnTime,
	"walmart.valid_tracking_rate":           shippedTracking,
	"walmart.seller_response_rate":          walmartResponse,
	"shopee.non_fulfilment_rate":            shopeeUnfulfilled,
	"shopee.late_shipment_rate":             shopeeLate,
	"lazada.seller_cancellation_rate":       lazadaCancels,
	"lazada.ship_on_time_rate":              lazadaOnTime,
	"tiktok.seller_fault_cancellation_rate": sellerCancels,
	"tiktok.late_dispatch_rate":             tiktokLate,
	"tiktok.valid_tracking_rate":            shippedTracking,
	"tiktok.seller_fault_return_rate":       tiktokReturns,
}

// sellerCancels: orders that the seller canceled, or the platform for a missed
// date, among the orders of the time. What the buyer asked for stays among the
// orders.
func sellerCancels(c *calc) { c.cancels((*Order).canceledBySeller) }

// amazonCancels: the same, before the shipment was confirmed.
func amazonCancels(c *calc) {
	c.cancels(func(o *Order) bool {
		return o.canceledBySeller() && (o.ShippedAt == 0 || o.CanceledAt != 0 && o.CanceledAt < o.ShippedAt)
	})
}

func (c *calc) cancels(counts func(*Order) bool) {
	c.orders(func(o *Order) {
		switch {
		case !c.in(o.OrderedAt):
			c.leave(KindOrder, o.ID, c.outside(o.OrderedAt))
		case o.Elsewhere:
			c.leave(KindOrder, o.ID, whyElsewhere)
		default:
			c.share(o, o.OrderedAt, o.times(), causeCanceled.when(counts(o) && o.CanceledAt <= c.asOf))
		}
	})
}

// ordered counts the orders of the time, each with its disputes; why says what
// makes one a case.
func (c *calc) ordered(why func(*Order, []Dispute) Causes) {
	disputes := c.disputes()
	c.orders(func(o *Order) {
		ds := disputes.of(o.ID)
		if !c.in(o.OrderedAt) {
			c.leave(KindOrder, o.ID, c.outside(o.OrderedAt))
			return
		}
		c.share(o, o.OrderedAt, o.times(), why(o, ds))
	})
}

// shippedTracking: orders whose tracking the carrier confirmed, among those that
// were shipped in the time.
func shippedTracking(c *calc) {
	c.orders(func(o *Order) {
		switch {
		case o.ShippedAt == 0 && o.canceled():
			c.leave(KindOrder, o.ID, whyCanceled)
		case o.ShippedAt == 0 || o.ShippedAt > c.asOf:
			c.leave(KindOrder, o.ID, whyNotShipped)
		case !c.in(o.ShippedAt):
			c.leave(KindOrder, o.ID, c.outside(o.ShippedAt))
		case o.Elsewhere:
			c.leave(KindOrder, o.ID, whyElsewhere)
		case o.Valid == Untold:
			c.leave(KindOrder, o.ID, whyUntold)
		default:
			c.wellOrder(o, o.ShippedAt, causeTracked, missUnconfirmed.when(o.Valid != Yes))
		}
	})
}

// dueThen sorts out what a rate of shipping in time does not look at: what is due
// at another time, what others ship, and what was canceled before.
func (c *calc) dueThen(o *Order, due Moment) bool {
	switch {
	case o.Elsewhere:
		c.leave(KindOrder, o.ID, whyElsewhere)
	case o.canceledByBuyer():
		c.leave(KindOrder, o.ID, whyBuyer)
	case due != 0 && due >= c.to && due > c.asOf:
		c.leave(KindOrder, o.ID, whyNotDue)
	case !c.in(due):
		c.leave(KindOrder, o.ID, c.outside(due))
	default:
		return true
	}
	return false
}

// done is a moment that had come when the number was taken, else 0.
func (c *calc) done(m Moment) Moment {
	if m > c.asOf {
		return 0
	}
	return m
}
