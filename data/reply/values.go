package reply

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"casebinder/data"
	"casebinder/data/service"
)

// values gives every variable that has a value, formatted for a language. Days
// are those of the shop's time zone, as the platform shows them.
func (c Context) values(lang string) map[string]string {
	shop := c.shop()
	f := c.format(lang)
	known := map[string]string{}
	c.orderValues(known, f)
	c.buyerValues(known, f)
	c.parcelValues(known, f)
	c.disputeValues(known, f)
	c.shopValues(known, f)
	c.threadValues(known)
	known["shop.name"] = shop.Name
	known["platform.id"] = string(shop.Platform)
	if shop.Platform != "" && shop.Platform != data.OtherSite {
		known["platform.name"] = shop.Platform.Title()
	}
	known["seller.name"] = firstOf(c.Operator, shop.Name)
	known["seller.signature"] = firstOf(c.Service.Signature, c.Signature, shop.Name, c.Operator)
	known["today"] = f.date(c.Now)
	for name, value := range c.Extra {
		if v, ok := lookup(name); ok && strings.TrimSpace(value) != "" {
			known[name] = f.typed(v, value, firstOf(c.Order.Total.Currency, shop.Currency))
		}
	}
	for name, value := range known {
		if value = plainText(value); value == "" {
			delete(known, name)
		} else {
			known[name] = value
		}
	}
	known["buyer.salutation"] = Salutation(personOf(c.Order), lang) // has isolates of its own
	return known
}

func (c Context) shop() data.Shop {
	if c.Shop == (data.Shop{}) {
		return c.Order.Shop
	}
	return c.Shop
}

// format is that of the language for this buyer.
func (c Context) format(lang string) format {
	return formatFor(lang, countryCode(firstOf(c.Order.Buyer.Country, c.Order.ShipTo.Country)), c.shop().Location())
}

// typed writes a value that a person typed as the language writes its kind.
func (f format) typed(v Variable, value, inCurrency string) string {
	switch v.Kind {
	case KindDate:
		if t, ok := typedDay(value); ok {
			return f.day(t)
		}
	case KindMoney:
		if m, ok := typedMoney(value, inCurrency); ok {
			return f.money(m)
		}
	case KindChoice, KindFact, KindNumber:
		return westernDigits(strings.TrimSpace(value))
	case KindText:
	}
	return value
}

// fact is the value of a thing that is so.
func fact(so bool) string {
	if so {
		return "true"
	}
	return ""
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
	known["order.paid"] = fact(!o.PaidAt.IsZero() || slices.Contains(paidStatuses, o.Status))
	known["order.canceled"] = fact(o.Status == data.StatusCanceled)
	known["order.repeat"] = fact(c.Repeat)
	known["order.rated"] = fact(c.Rated)
	known["address.fixed"] = fact(fixedAddress(c.shop().Platform))
	known["feedback.editable"] = fact(editableFeedback(c.shop().Platform))
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
		if first.Quantity > 0 {
			known["item.quantity"] = strconv.FormatInt(first.Quantity, 10)
		}
	}
}

// paidStatuses are those of orders that are paid, or were.
var paidStatuses = []data.OrderStatus{data.StatusToShip, data.StatusShipped, data.StatusDelivered, data.StatusCompleted, data.StatusRefunded}

func (c Context) buyerValues(known map[string]string, f format) {
	o := c.Order
	person := personOf(o)
	known["buyer.name"] = person.Full
	known["buyer.first_name"] = firstOf(person.Given, person.Full)
	if country := firstOf(o.Buyer.Country, o.ShipTo.Country); country != "" {
		known["buyer.country"] = f.countryName(country)
	}
	known["ship_to.name"] = o.ShipTo.Name
	known["ship_to.city"] = o.ShipTo.City
	known["ship_to.postcode"] = o.ShipTo.Postcode
	if o.ShipTo.Country != "" {
		known["ship_to.country"] = f.countryName(o.ShipTo.Country)
	}
	known["ship_to.address"] = f.address(o.ShipTo)
}

// shopValues are what the shop's own policy says.
func (c Context) shopValues(known map[string]string, f format) {
	policy := c.Service.Policy
	delivered := c.Order.DeliveredAt
	if latest := latestParcel(c.Order); !latest.DeliveredAt.IsZero() {
		delivered = latest.DeliveredAt
	}
	if policy.Days > 0 {
		known["policy.return_days"] = strconv.Itoa(policy.Days)
		if !delivered.IsZero() {
			until := f.date(delivered.AddDate(0, 0, policy.Days))
			known["policy.return_until"] = until
		}
	}
	if policy.Warranty > 0 {
		known["policy.warranty_months"] = strconv.Itoa(policy.Warranty)
		if !delivered.IsZero() {
			known["warranty.until"] = f.date(delivered.AddDate(0, policy.Warranty, 0))
		}
	}
	switch policy.Pays {
	case "buyer":
		known["return.postage"] = "buyer"
	case "seller":
		known["return.postage"] = "seller_refunds"
	}
	if !c.AnswerBy.IsZero() {
		known["answer.by"] = f.date(c.AnswerBy)
	}
}

// threadValues are what was written with the buyer so far.
func (c Context) threadValues(known map[string]string) {
	var out, in time.Time
	for _, m := range c.Messages {
		switch m.Direction {
		case data.ToBuyer:
			out = m.SentAt
			if m.Template != "" {
				known["said."+m.Template] = "true"
			}
		case data.FromBuyer:
			if !m.NoAnswer {
				in = m.SentAt
			}
		case data.FromPlatform:
		}
	}
	for _, uid := range c.Said {
		known["said."+uid] = "true"
	}
	known["thread.answered"] = fact(!out.IsZero() && !in.After(out))
}

// latestParcel is the parcel that left last: the one that a buyer asks about when
// a first one was lost and sent again.
func latestParcel(o data.Order) (latest data.Shipment) {
	for i, s := range o.Shipments {
		if i == 0 || !s.ShippedAt.Before(latest.ShippedAt) {
			latest = s
		}
	}
	return latest
}

// parcelValues tells of the latest parcel.
func (c Context) parcelValues(known map[string]string, f format) {
	o := c.Order
	shipped, delivered := o.ShippedAt, o.DeliveredAt
	latest := latestParcel(o)
	if !latest.ShippedAt.IsZero() {
		shipped = latest.ShippedAt
	}
	if !latest.DeliveredAt.IsZero() {
		delivered = latest.DeliveredAt
	}
	gone := !shipped.IsZero() || len(latest.Events) > 0 || slices.Contains(goneStatuses, o.Status)
	known["parcel.shipped"] = fact(gone)
	known["parcel.waiting"] = fact(!gone && delivered.IsZero() && slices.Contains(waitingStatuses, o.Status))
	known["parcel.second"] = fact(len(o.Shipments) > 1)
	if n := len(latest.Events); n > 0 {
		scan := service.ScanMeans(latest.Events[n-1].Text)
		known["parcel.customs"] = fact(scan == service.ScanCustoms || scan == service.ScanHeld)
		known["parcel.pickup"] = fact(scan == service.ScanPickup || scan == service.ScanAttempt)
	}
	known["parcel.delivered"] = fact(!delivered.IsZero() || o.Status == data.StatusDelivered)
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

// waitingStatuses are those of orders whose goods are still here: that nothing
// tells of a departure is not enough to say so, as the order may be an old one.
var waitingStatuses = []data.OrderStatus{data.StatusUnpaid, data.StatusReview, data.StatusToShip}

// goneStatuses are those of orders whose goods have left.
var goneStatuses = []data.OrderStatus{data.StatusShipped, data.StatusDelivered, data.StatusCompleted}

func (c Context) disputeValues(known map[string]string, f format) {
	known["refund.amount"] = f.money(c.Order.Refunded)
	if d := c.Dispute; d != nil {
		known["dispute.case"] = d.CaseNumber
		known["dispute.amount"] = f.money(d.Amount)
		known["dispute.reason"] = f.reason(d.Reason)
		known["dispute.opened"] = f.date(d.OpenedAt)
		known["dispute.due"] = f.date(d.StatedDue)
		known["dispute.claim"] = d.Claim
		known["case.decided"] = fact(d.Stage == data.StageClosed || d.Ruling.Outcome != "")
		known["issue.kind"] = issueKinds[d.Reason]
		for _, e := range d.Events {
			if e.Kind == data.EventReturnAgreed {
				known["return.agreed"] = f.date(e.At)
			}
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
		known["feedback.settled"] = fact(!fb.SettledAt.IsZero())
		switch g := fb.Complained.Ground; g {
		case data.GroundIrrelevant:
			known["complaint.ground"] = "off_topic"
		case data.GroundOther: // a person says which
		default:
			known["complaint.ground"] = string(g)
		}
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

// issueKinds are what a dispute's reason says is wrong, as templates ask for it.
var issueKinds = map[data.Reason]string{
	data.ReasonNotReceived: "not_received", data.ReasonNotAsDescribed: "not_as_described", data.ReasonDamaged: "damaged",
	data.ReasonWrongItem: "wrong_item", data.ReasonShort: "missing", data.ReasonQuality: "quality",
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

// plainText drops what a form may smuggle into a value: control characters,
// and marks that turn the direction of what follows.
func plainText(text string) string {
	text = strings.ToValidUTF8(text, "�")
	text = strings.ReplaceAll(text, "\r\n", "\n")
	clean := strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case unicode.IsControl(r), r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0x200E, r == 0x200F, r == 0x061C:
			return -1
		}
		return r
	}, text)
	return strings.TrimSpace(clean)
}
