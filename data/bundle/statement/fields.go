package statement

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/bundle/fit"
)

// The sets of text fields.
const (
	FieldsStripe  = "stripe"
	FieldsPayPal  = "paypal"
	FieldsEBay    = "ebay"
	FieldsShopify = "shopify"
)

// A Field is one field of a platform's form.
type Field struct {
	Name  string `json:"name"`            // the platform's own: "shipping_tracking_number"
	Title string `json:"title"`           // key of its words: "field.tracking_numbers"
	Value string `json:"value"`           // "" when the facts do not fill it
	Limit int64  `json:"limit,omitempty"` // characters at most; 0: none is known
	Count int64  `json:"count"`           // as the platform counts
	Over  bool   `json:"over,omitempty"`  // longer than the limit; the value is never cut
	Why   string `json:"why,omitempty"`   // key of what is missing, when it is empty
}

// FieldOptions say how fields are filled.
type FieldOptions struct {
	Cite   func(data.Cite) string // names a citation of the statement; nil leaves citations out
	Others []string               // files that are uploaded and hold no exhibit
	File   func(n int) string     // names the file that is uploaded with exhibit n, "" where there is none; nil names none
	Words  Labels                 // of the bundle's language; nil is English
	Mask   func(string) string    // what takes personal data out of a value; nil: nothing
	Unit   fit.Unit               // how the platform counts; "" is code points
	Limit  int64                  // of one text field; 0 takes the platform's documented one
}

// The documented limits of text, in characters.
const (
	stripeField  = 20_000 // of a narrative field (stripe-go, dispute.go, 2026-08-07)
	paypalNotes  = 2_000  // of an evidence's notes (Disputes API v1, schema)
	ebayNote     = 1_000  // of a payment dispute's note (Fulfillment API)
	shopifyField = 0      // none is documented
)

// Total adds up the characters of all fields.
func Total(fields []Field) int64 {
	var n int64
	for _, f := range fields {
		n += f.Count
	}
	return n
}

// Fields fills the text fields of a platform's form with what the facts show
// and what the statement says; an unknown set has none. A field that the facts
// do not fill is given empty with the reason. Values are never cut.
func Fields(set string, f Facts, s data.Statement, o FieldOptions) []Field {
	if o.Words == nil {
		o.Words, _ = LabelsIn("en") // embedded; a test reads it
	}
	b := &form{facts: &f, options: o}
	b.text = b.statement(s)
	switch set {
	case FieldsStripe:
		b.stripe()
	case FieldsShopify:
		b.shopify()
	case FieldsPayPal:
		b.paypal()
	case FieldsEBay:
		b.ebay()
	}
	return b.fields
}

// form is a form while it is filled.
type form struct {
	facts   *Facts
	options FieldOptions
	text    string // the statement, masked
	fields  []Field
}

// statement is the statement as the text of a field.
func (b *form) statement(s data.Statement) string {
	text, err := Text(s, b.options.Cite, TextOptions{Numbered: true, Compact: true, Unit: b.options.Unit, Mask: b.options.Mask})
	if err != nil && !errors.Is(err, data.ErrLimit) {
		return ""
	}
	return text
}

// put adds a field that may hold personal data.
func (b *form) put(name, title, value, why string, limit int64) {
	if b.options.Mask != nil {
		value = b.options.Mask(value)
	}
	b.add(name, title, value, why, limit)
}

// add adds a field whose value is masked already, or holds no personal data: a
// tracking number must not be taken for that of a phone.
func (b *form) add(name, title, value, why string, limit int64) {
	f := Field{Name: name, Title: "field." + title, Value: strings.TrimSpace(value), Limit: limit}
	f.Count = fit.Count(f.Value, b.options.Unit)
	f.Over = limit > 0 && f.Count > limit
	if f.Value == "" {
		f.Why = "field.why." + why
	}
	b.fields = append(b.fields, f)
}

// limit is the caller's limit of a text field, else the documented one.
func (b *form) limit(documented int64) int64 {
	if b.options.Limit > 0 {
		return b.options.Limit
	}
	return documented
}

// customer is the buyer's name.
func (b *form) customer() string {
	o := &b.facts.Order
	if name := oneLine(o.Buyer.Name); name != "" {
		return name
	}
	return oneLine(o.ShipTo.Name)
}

// address writes an address on one line.
func address(a data.Address) string {
	city := strings.TrimSpace(oneLine(a.Postcode) + " " + oneLine(a.City))
	var parts []string
	for _, p := range []string{a.Name, a.Line1, a.Line2, a.Line3, city, a.State, a.Country} {
		if p = oneLine(p); p != "" {
			parts = append(parts, p)
		}
	}
	if oneLine(a.Line1) == "" && city == "" {
		return ""
	}
	return strings.Join(parts, ", ")
}

// billingColumns are the columns of a payment report that hold the address of
// the card's holder (Stripe, unified payments report).
var billingColumns = []string{"Card Address Line1", "Card Address Line2", "Card Address Zip", "Card Address City", "Card Address State", "Card Address Country"}

// extra gives a column that no field of the order takes.
func (b *form) extra(names ...string) string {
	for _, name := range names {
		for column, value := range b.facts.Order.Extra {
			if letters(column) == letters(name) && oneLine(value) != "" {
				return oneLine(value)
			}
		}
	}
	return ""
}

// billing is the address of the card or account that paid. A desk that took its
// orders before a field held it has it among their further columns.
func (b *form) billing() string {
	to := b.facts.Order.Payment.Billing
	to.Name = ""
	if text := address(to); text != "" {
		return text
	}
	var parts []string
	for _, column := range billingColumns {
		if value := b.extra(column); value != "" {
			parts = append(parts, value)
		}
	}
	return strings.Join(parts, ", ")
}

// tracked lists the parcels that have a tracking number.
func (b *form) tracked() []data.Shipment {
	var list []data.Shipment
	for _, p := range b.facts.parcels() {
		if oneLine(p.Tracking) != "" {
			list = append(list, p)
		}
	}
	return list
}

// shippedParcels lists what the shipping fields tell of: the parcels with a
// tracking number, or all when none has one.
func (b *form) shippedParcels() []data.Shipment {
	if list := b.tracked(); len(list) > 0 {
		return list
	}
	return b.facts.parcels()
}

// each joins a value of each parcel with commas; the same value of all stands
// once, so that the first carrier belongs to the first number.
func each(parcels []data.Shipment, value func(data.Shipment) string) string {
	var values []string
	same := true
	for _, p := range parcels {
		v := oneLine(strings.ReplaceAll(value(p), ",", " "))
		if v == "" {
			continue
		}
		same = same && (len(values) == 0 || values[0] == v)
		values = append(values, v)
	}
	if same && len(values) > 0 {
		return values[0]
	}
	return strings.Join(values, ", ")
}

// numbers joins the tracking numbers with commas.
func (b *form) numbers() string {
	return each(b.tracked(), func(p data.Shipment) string { return p.Tracking })
}

func (b *form) carriers() string {
	return each(b.shippedParcels(), func(p data.Shipment) string { return p.Carrier })
}

// shippedOn is the days of shipping as 2026-03-02.
func (b *form) shippedOn() string {
	return each(b.shippedParcels(), func(p data.Shipment) string {
		if p.ShippedAt.IsZero() {
			return ""
		}
		return data.FormatTime(p.ShippedAt, b.facts.location(), time.DateOnly, time.DateOnly)
	})
}

// deliveredOn is the day on which the last parcel came, when all came.
func (b *form) deliveredOn() string {
	latest := ""
	for _, p := range b.facts.parcels() {
		if p.DeliveredAt.IsZero() {
			return ""
		}
		latest = max(latest, data.FormatTime(p.DeliveredAt, b.facts.location(), time.DateOnly, time.DateOnly))
	}
	return latest
}

// goods lists the items, a line for each.
func (b *form) goods() string {
	var lines []string
	for _, i := range b.facts.Order.Items {
		line := oneLine(i.Title)
		if v := oneLine(i.Variation); v != "" {
			line += " (" + v + ")"
		}
		if line == "" {
			continue
		}
		line = strconv.FormatInt(max(i.Quantity, 1), 10) + " × " + line
		if sku := oneLine(i.SKU); sku != "" {
			line += ", SKU " + sku
		}
		if !i.Price.IsZero() {
			line += ", " + i.Price.String()
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// narrative is the field that takes the statement, by reason.
func narrative(reason data.Reason) string {
	switch reason {
	case data.ReasonDuplicate:
		return "duplicate_charge_explanation"
	case data.ReasonRefundMissing, data.ReasonChangedMind:
		return "refund_refusal_explanation"
	case data.ReasonCanceled:
		return "cancellation_rebuttal"
	default:
		return "uncategorized_text"
	}
}

// narrated gives the statement when a field is the one that takes it.
func (b *form) narrated(field string) (value, why string) {
	if narrative(b.facts.Dispute.Reason) != field {
		return "", "elsewhere"
	}
	return b.text, "statement"
}

// stripe fills the text fields of Stripe's dispute evidence. Of those for a
// reason of their own only that of this dispute is named.
func (b *form) stripe() {
	o, long := &b.facts.Order, b.limit(stripeField)
	b.put("customer_name", "customer_name", b.customer(), "buyer", 0)
	b.put("customer_email_address", "customer_email", oneLine(o.Buyer.Email), "email", 0)
	b.put("customer_purchase_ip", "purchase_ip", b.extra("customer_purchase_ip", "Purchase IP", "Customer IP", "Browser IP"), "ip", 0)
	b.put("billing_address", "billing_address", b.billing(), "billing", 0)
	b.put("shipping_address", "shipping_address", address(o.ShipTo), "address", 0)
	b.add("shipping_carrier", "carrier", b.carriers(), "carrier", 0)
	b.add("shipping_date", "shipping_date", b.shippedOn(), "shipped", 0)
	b.add("shipping_tracking_number", "tracking_numbers", b.numbers(), "tracking", 0)
	b.add("service_date", "service_date", b.deliveredOn(), "delivered", 0)
	b.add("product_description", "product_description", b.goods(), "items", long)
	b.reasoned(long, map[string]string{
		"duplicate_charge_explanation": "duplicate_charge_explanation", "refund_refusal_explanation": "refund_refusal_explanation",
		"cancellation_rebuttal": "cancellation_rebuttal",
	})
	if b.facts.Dispute.Reason == data.ReasonDuplicate {
		b.add("duplicate_charge_id", "duplicate_charge_id", "", "other_charge", 0)
	}
	if b.facts.Dispute.Reason == data.ReasonRefundMissing || b.facts.Dispute.Reason == data.ReasonChangedMind {
		b.add("refund_policy_disclosure", "refund_policy_disclosure", "", "disclosure", long)
	}
	if b.facts.Dispute.Reason == data.ReasonCanceled {
		b.add("cancellation_policy_disclosure", "cancellation_policy_disclosure", "", "disclosure", long)
	}
	value, why := b.narrated("uncategorized_text")
	b.add("uncategorized_text", "uncategorized_text", value, why, long)
}

// reasoned adds the field that takes the statement for a reason of its own.
// names gives the platform's name of each.
func (b *form) reasoned(limit int64, names map[string]string) {
	field := narrative(b.facts.Dispute.Reason)
	if name := names[field]; name != "" {
		b.add(name, field, b.text, "statement", limit)
	}
}

// shopify fills the text fields of Shopify Payments' dispute evidence
// (ShopifyPaymentsDisputeEvidenceUpdateInput).
func (b *form) shopify() {
	o, long := &b.facts.Order, b.limit(shopifyField)
	first, last := splitName(b.customer())
	b.put("customerEmailAddress", "customer_email", oneLine(o.Buyer.Email), "email", 0)
	b.put("customerFirstName", "first_name", first, "buyer", 0)
	b.put("customerLastName", "last_name", last, "last_name", 0)
	b.put("shippingAddress", "shipping_address", address(o.ShipTo), "address", 0)
	b.reasoned(long, map[string]string{"refund_refusal_explanation": "refundRefusalExplanation", "cancellation_rebuttal": "cancellationRebuttal"})
	if r := b.facts.Dispute.Reason; r == data.ReasonRefundMissing || r == data.ReasonChangedMind {
		b.add("refundPolicyDisclosure", "refund_policy_disclosure", "", "disclosure", long)
	} else if r == data.ReasonCanceled {
		b.add("cancellationPolicyDisclosure", "cancellation_policy_disclosure", "", "disclosure", long)
	}
	value, why := b.narrated("uncategorized_text")
	if b.facts.Dispute.Reason == data.ReasonDuplicate {
		value, why = b.text, "statement" // it has no field of its own for charges
	}
	b.add("uncategorizedText", "uncategorized_text", value, why, long)
}

// splitName parts a name into the first word and the rest; a name before a
// comma is the last name. Without a blank all of it is the first.
func splitName(name string) (first, last string) {
	if family, given, comma := strings.Cut(name, ","); comma && oneLine(given) != "" {
		return oneLine(given), oneLine(family)
	}
	first, last, _ = strings.Cut(name, " ")
	return first, oneLine(last)
}
