package desk

import (
	"strings"
	"time"
	"unicode"

	"casebinder/data"
)

var (
	sayTaken  = doubtPhrase("tracking", "The tracking number {tracking} is already on another order: {orders}.")
	mendTaken = doubtPhrase("tracking.how", "Compare it with the label. Two orders in one parcel may share a number.")
	mendDate  = doubtPhrase("date.how", "Check the date again: day and month, the year, the time zone.")

	sayBeforeOrder     = doubtPhrase("before_order", "{at} lies before the order was placed, {ordered}.")
	sayBeforeShipping  = doubtPhrase("before_shipping", "{at} lies before the goods left, {shipped}.")
	sayAfterDelivery   = doubtPhrase("after_delivery", "{at} lies after the delivery, {delivered}.")
	sayNotShipped      = doubtPhrase("not_shipped", "Nothing says that the goods have left.")
	mendShipFirst      = doubtPhrase("not_shipped.how", "Record when they were shipped first, if you know it.")
	sayUnpaid          = doubtPhrase("unpaid", "The order is not paid.")
	sayReview          = doubtPhrase("review", "The payment is under review: goods that leave now are not covered.")
	sayCanceledNow     = doubtPhrase("canceled", "The order is canceled.")
	sayRefundedNow     = doubtPhrase("refunded", "The order is refunded.")
	mendStatus         = doubtPhrase("status.how", "Look at the order on the platform first.")
	sayRefundAbove     = doubtPhrase("refund_above", "{amount} is more than what is left: the order cost {total}, and {refunded} was refunded before.")
	mendRefundAbove    = doubtPhrase("refund_above.how", "Check the amount. A refund can be higher than the payment if it includes return postage.")
	sayAddressLate     = doubtPhrase("address_late", "The goods have already left for the old address.")
	mendAddressLate    = doubtPhrase("address_late.how", "Ask the carrier whether the parcel can be stopped; a redirected parcel loses the seller's protection.")
	sayAddressCountry  = doubtPhrase("address_country", "The new address is in another country: {country_was} before, {country_is} now.")
	mendAddressCountry = doubtPhrase("address_country.how", "Postage, customs and seller protection may change. Many sellers ask the buyer to order again.")
	sayAddressScripts  = doubtPhrase("address_scripts", "The new address is written in several scripts.")
	mendAddressScripts = doubtPhrase("address_scripts.how", "Carriers read one on a label. Ask the buyer for it in the script of the country.")
	sayCancelLate      = doubtPhrase("cancel_late", "The goods have already left.")
	mendCancelLate     = doubtPhrase("cancel_late.how", "This does not call back a parcel on its way. You may mean a return or a refund.")

	sayShipped     = doubtPhrase("is.shipped", "shipped on {at}")
	sayDelivered   = doubtPhrase("is.delivered", "delivered on {at}")
	sayRefundedAll = doubtPhrase("is.refunded", "fully refunded: {refunded}")
	sayReceipt     = doubtPhrase("is.receipt", "receipt was confirmed on {at}")
	sayCanceled    = doubtPhrase("is.canceled", "it is canceled")
	fieldStreet    = doubtPhrase("field.street", "street")
	fieldPlace     = doubtPhrase("field.place", "city or postcode")
)

func doubtPhrase(name, english string) data.Phrase {
	return data.DefinePhrase("order_doubt."+name, english)
}

// doubtLife doubts what the order's status speaks against.
func (p *orderPlan) doubtLife(kind data.OrderEventKind) {
	switch p.order.Status {
	case data.StatusUnpaid:
		p.doubt("order_doubt.unpaid", sayUnpaid.With(), mendStatus.With())
	case data.StatusReview:
		if kind == data.OrderShipped {
			p.doubt("order_doubt.review", sayReview.With(), mendStatus.With())
		}
	case data.StatusCanceled:
		p.doubt("order_doubt.canceled", sayCanceledNow.With(), mendStatus.With())
	case data.StatusRefunded:
		if kind == data.OrderShipped {
			p.doubt("order_doubt.refunded", sayRefundedNow.With(), mendStatus.With())
		}
	}
}

// clockOf writes a time as the order's shop reads it.
func clockOf(o *data.Order, at time.Time) string {
	return data.FormatTime(at, o.Shop.Location(), time.DateOnly, "2006-01-02 15:04")
}

// trimmed is an address without the blanks around its lines.
func trimmed(a data.Address) data.Address {
	for _, field := range []*string{&a.Name, &a.Line1, &a.Line2, &a.Line3, &a.City, &a.State, &a.Postcode, &a.Country, &a.Phone} {
		*field = strings.TrimSpace(*field)
	}
	return a
}

// scripts are those in which addresses are written, those that one language mixes
// as one: a Korean address may hold Han, a Japanese one does. Latin letters stand
// in all of them.
var scripts = [][]*unicode.RangeTable{
	{unicode.Cyrillic},
	{unicode.Greek},
	{unicode.Arabic},
	{unicode.Hebrew},
	{unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana},
	{unicode.Thai},
	{unicode.Devanagari},
	{unicode.Bengali},
	{unicode.Tamil},
	{unicode.Armenian},
	{unicode.Georgian},
}

// scriptsOf counts the scripts of an address, apart from the Latin one.
func scriptsOf(a data.Address) int {
	met := map[int]bool{}
	for _, r := range a.Name + a.Line1 + a.Line2 + a.Line3 + a.City + a.State {
		for i, script := range scripts {
			if unicode.IsOneOf(script, r) {
				met[i] = true
			}
		}
	}
	return len(met)
}
