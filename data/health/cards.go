package health

import (
	"time"

	"casebinder/data"
)

// PayPal's dispute rate and the card networks' programs.

// paypalClaims: amounts of claims over goods not received or unlike their
// description, among the amounts sold, in the main currency of the shop. A claim
// counts by the day on which it was escalated, one at the card's issuer by that
// on which it was filed.
func paypalClaims(c *calc) {
	c.currency = c.mainCurrency()
	c.orders(func(o *Order) {
		switch {
		case !c.in(o.OrderedAt):
			c.leave(KindOrder, o.ID, c.outside(o.OrderedAt))
		case o.Total < 0 || o.Currency == (Code{}):
			c.leave(KindOrder, o.ID, whyNoAmount)
		case o.Currency != c.currency:
			c.mixed += o.times()
			c.leave(KindOrder, o.ID, whyCurrency)
		case o.canceled() && o.ShippedAt == 0 && o.PaidAt == 0 && o.State == StateUnpaid:
			c.leave(KindOrder, o.ID, whyCanceled)
		default:
			c.base(KindOrder, o.ID, o.OrderedAt, o.Total*o.times())
			c.Sales += o.times()
			amount(&c.sales, o.Total, o.times())
		}
	})
	for i := range c.rows.Disputes {
		d := &c.rows.Disputes[i]
		when := c.submitted(d)
		if d.Way == WayChargeback {
			when = c.opened(d)
		}
		switch {
		case d.Reason != data.ReasonNotReceived && !notDescribed(d.Reason):
			c.leave(KindDispute, d.ID, whyReason)
		case c.opened(d) >= c.to:
			c.leave(KindDispute, d.ID, whyAfter)
		case when == 0:
			c.leave(KindDispute, d.ID, whyNoEscalate)
		case !c.in(when):
			c.leave(KindDispute, d.ID, c.outside(when))
		case d.Amount < 0:
			c.leave(KindDispute, d.ID, whyNoAmount)
		case d.Currency != (Code{}) && d.Currency != c.currency:
			c.mixed++
			c.leave(KindDispute, d.ID, whyCurrency)
		default:
			c.hit(KindDispute, d.ID, when, d.Amount, paypalCause(d))
			amount(&c.cases, d.Amount, 1)
		}
	}
}

// paypalCause says by which door a claim came.
func paypalCause(d *Dispute) Causes {
	if d.Way == WayChargeback {
		return causeChargeback
	}
	return causeClaim
}

func cardCause(it *CardItem) Causes {
	if it.Kind == CardFraud {
		return causeFraud
	}
	return causeChargeback
}

// mainCurrency is the one in which most orders of the time were paid.
func (c *calc) mainCurrency() Code {
	counts := map[Code]int64{}
	c.orders(func(o *Order) {
		if c.in(o.OrderedAt) && o.Currency != (Code{}) {
			counts[o.Currency] += o.times()
		}
	})
	var main Code
	for code, n := range counts {
		if n > counts[main] || n == counts[main] && code.String() < main.String() {
			main = code
		}
	}
	return main
}

// visaRatio: reports of fraud and disputes of a month, among the month's sales
// without the card at hand. A fraud that is also disputed counts twice.
func visaRatio(c *calc) {
	for i := range c.rows.CardItems {
		it := &c.rows.CardItems[i]
		switch why, leave := c.cardLeft(it, "visa"); {
		case leave:
			c.leave(KindCardItem, it.ID, why)
		case !c.in(it.At):
			c.leave(KindCardItem, it.ID, c.outside(it.At))
		case it.Kind == CardAbsent:
			c.base(KindCardItem, it.ID, it.At, max(1, it.Times))
		case it.Kind == CardSettled:
			c.leave(KindCardItem, it.ID, whyPresent)
		default:
			c.hit(KindCardItem, it.ID, it.At, max(1, it.Times), cardCause(it))
		}
	}
}

func (c *calc) cardLeft(it *CardItem, card string) (data.Phrase, bool) {
	switch {
	case it.Card != "" && it.Card != card:
		return whyCard, true
	case it.Kind == CardInquiry:
		return whyInquiry, true
	case it.Resolved == "ce3":
		return whyCE3, true
	case it.Resolved == "rdr" && !c.s.flag("rdr_counts"):
		return whyRDR, true
	}
	return data.Phrase{}, false
}

// mastercardRatio: chargebacks of a month among the sales of the month before.
func mastercardRatio(c *calc) {
	to := c.from
	from := At(time.UnixMilli(int64(c.from)).In(c.zone).AddDate(0, -1, 0))
	for i := range c.rows.CardItems {
		it := &c.rows.CardItems[i]
		if it.Card != "" && it.Card != "mastercard" {
			c.leave(KindCardItem, it.ID, whyCard)
			continue
		}
		switch it.Kind {
		case CardSettled, CardAbsent:
			switch {
			case it.At < from:
				c.leave(KindCardItem, it.ID, whyBefore)
			case it.At >= to:
				c.leave(KindCardItem, it.ID, whyAfter)
			default:
				c.base(KindCardItem, it.ID, it.At, max(1, it.Times))
			}
		case CardDispute:
			if !c.in(it.At) {
				c.leave(KindCardItem, it.ID, c.outside(it.At))
				continue
			}
			c.hit(KindCardItem, it.ID, it.At, max(1, it.Times), cardCause(it))
		case CardInquiry:
			c.leave(KindCardItem, it.ID, whyInquiry)
		default:
			c.leave(KindCardItem, it.ID, whyReason)
		}
	}
}
