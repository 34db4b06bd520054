package reply

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"casebinder/data"
)

// values gives every variable that has a value, formatted for a language. Days
// are those of the shop's time zone, as the platform shows them.
func (c Context) values(lang string) map[string]string {
	shop := c.Shop
	if shop == (data.Shop{}) {
		shop = c.Order.Shop
	}
	f := formatFor(lang, shop.Location())
	known := map[string]string{}
	c.orderValues(known, f)
	c.parcelValues(known, f)
	c.disputeValues(known, f)
	known["shop.name"] = shop.Name
	if shop.Platform != "" && shop.Platform != data.OtherSite {
		known["platform.name"] = shop.Platform.Title()
	}
	known["seller.name"] = firstOf(c.Operator, shop.Name)
	known["seller.signature"] = firstOf(c.Signature, c.Operator, shop.Name)
	known["today"] = f.date(c.Now)
	for name, value := range c.Extra {
		if _, ok := variableNames[name]; ok && strings.TrimSpace(value) != "" {
			known[name] = value
		}
	}
	for name, value := range known {
		if clean := plainText(value); clean == "" {
			delete(known, name)
		} else {
			known[name] = clean
		}
	}
	return known
}

func (c Context) orderValues(known map[string]string, f format) {
	o := c.Order
	known["order.number"] = o.Number
	known["order.date"] = f.date(o.OrderedAt)
	known["order.paid_date"] = f.date(o.PaidAt)
	known["order.total"] = f.money(o.Total)
	known["order.shipping"] = f.money(o.Shipping)
	known["order.ship_by"] = f.date(o.ShipBy)
	known["order.note"] = o.BuyerNote
	var pieces int64
	lines := make([]string, 0, len(o.Items))
	for _, item := range o.Items {
		pieces += item.Quantity
		lines = append(lines, f.item(item))
	}
	known["order.items"] = strings.Join(lines, f.words.List)
	if pieces > 0 {
		known["order.quantity"] = strconv.FormatInt(pieces, 10)
	}
	if len(o.Items) > 0 {
		first := o.Items[0]
		known["item.title"] = first.Title
		known["item.variation"] = first.Variation
		known["item.sku"] = first.SKU
		known["item.quantity"] = strconv.FormatInt(first.Quantity, 10)
	}
	name := firstOf(o.Buyer.Name, o.ShipTo.Name, o.Buyer.Handle)
	known["buyer.name"] = name
	known["buyer.first_name"] = firstName(name)
	known["buyer.country"] = firstOf(o.Buyer.Country, o.ShipTo.Country)
	known["ship_to.name"] = o.ShipTo.Name
	known["ship_to.city"] = o.ShipTo.City
	known["ship_to.postcode"] = o.ShipTo.Postcode
	known["ship_to.country"] = o.ShipTo.Country
	known["ship_to.address"] = addressLines(o.ShipTo)
}

// parcelValues tells of the parcel that left last: the one that a buyer asks
// about when a first one was lost and sent again.
func (c Context) parcelValues(known map[string]string, f format) {
	o := c.Order
	shipped, delivered := o.ShippedAt, o.DeliveredAt
	var latest data.Shipment
	for i, s := range o.Shipments {
		if i == 0 || !s.ShippedAt.Before(latest.ShippedAt) {
			latest = s
		}
	}
	if !latest.ShippedAt.IsZero() {
		shipped = latest.ShippedAt
	}
	if !latest.DeliveredAt.IsZero() {
		delivered = latest.DeliveredAt
	}
	known["ship.date"] = f.date(shipped)
	known["delivery.date"] = f.date(delivered)
	known["tracking.number"] = latest.Tracking
	known["tracking.carrier"] = latest.Carrier
	if n := len(latest.Events); n > 0 {
		last := latest.Events[n-1]
		known["tracking.status"] = last.Text
		known["tracking.place"] = last.Place
		known["tracking.date"] = f.date(last.At)
	}
}

func (c Context) disputeValues(known map[string]string, f format) {
	known["refund.amount"] = f.money(c.Order.Refunded)
	if d := c.Dispute; d != nil {
		known["dispute.case"] = d.CaseNumber
		known["dispute.amount"] = f.money(d.Amount)
		known["dispute.reason"] = f.reason(d.Reason)
		known["dispute.opened"] = f.date(d.OpenedAt)
		known["dispute.due"] = f.date(d.StatedDue)
		known["dispute.claim"] = d.Claim
		for _, e := range d.Events {
			if e.Kind != data.EventRefundIssued {
				continue
			}
			known["refund.date"] = f.date(e.At)
			if !e.Amount.IsZero() {
				known["refund.amount"] = f.money(e.Amount)
			}
		}
	}
	if fb := c.Feedback; fb != nil {
		if fb.Stars > 0 {
			known["feedback.stars"] = strconv.Itoa(fb.Stars)
		}
		known["feedback.text"] = fb.Text
		known["feedback.date"] = f.date(fb.LeftAt)
	}
}

func firstOf(texts ...string) string {
	for _, text := range texts {
		if strings.TrimSpace(text) != "" {
			return text
		}
	}
	return ""
}

func addressLines(a data.Address) string {
	city := strings.TrimSpace(strings.Join(nonEmpty(a.Postcode, a.City), " "))
	return strings.Join(nonEmpty(a.Name, a.Line1, a.Line2, a.Line3, city, a.State, a.Country), "\n")
}

func nonEmpty(parts ...string) []string {
	kept := parts[:0:0]
	for _, part := range parts {
		if part = strings.TrimSpace(part); part != "" {
			kept = append(kept, part)
		}
	}
	return kept
}

// firstName is the first word of a name, the whole of it where the family name
// comes first and no blank parts them. A word in capitals alone, as address
// forms have it, gets small letters.
func firstName(name string) string {
	words := strings.Fields(name)
	if len(words) == 0 {
		return ""
	}
	first := words[0]
	if family, given, comma := strings.Cut(name, ","); comma && strings.TrimSpace(family) != "" {
		if after := strings.Fields(given); len(after) > 0 {
			first = after[0]
		}
	}
	for _, r := range name {
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) {
			return strings.TrimSpace(name)
		}
	}
	if runes := []rune(first); len(runes) > 2 && first == strings.ToUpper(first) && first != strings.ToLower(first) {
		return string(runes[0]) + strings.ToLower(string(runes[1:]))
	}
	return first
}

// plainText drops what a form may smuggle into a value: control characters,
// and marks that turn the direction of what follows.
func plainText(text string) string {
	text = strings.ToValidUTF8(text, "�")
	text = strings.ReplaceAll(text, "\r\n", "\n")
	clean := strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case unicode.IsControl(r), r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, text)
	return strings.TrimSpace(clean)
}

// day is a date without its time in a zone.
func day(t time.Time, zone *time.Location) (year int, month time.Month, dayOfMonth int) {
	return t.In(zone).Date()
}
