package reply

import "strings"

// A Kind says what sort of value a variable has, so that a window can ask for
// it rightly: a day is picked and not typed.
type Kind string

// The kinds of variables.
const (
	KindText   Kind = ""
	KindDate   Kind = "date"   // typed as 2026-12-28, it is written as the language writes days; other text stays as it was typed
	KindMoney  Kind = "money"  // typed as "12.50 USD", or "12.50" in the order's currency; other text stays as it was typed
	KindNumber Kind = "number" // digits
	KindChoice Kind = "choice" // one of Choices; templates ask for it in conditions
	KindFact   Kind = "fact"   // "true" where it is so; without a value where it is not, or not known
)

// Variable is one name that a template may use.
type Variable struct {
	Name    string // "order.number"
	Key     string // of its description in the language files: "variable.order.number"
	English string // its description
	Kind    Kind
	Choices []string // of KindChoice; their words are "variable.<name>.<choice>"
	Asked   bool     // no order knows it: a person types it, through Context.Extra
}

// variables lists every variable in the order in which a choice shows them.
var variables = withKeys([]Variable{
	{Name: "order.number", English: "Order number"},
	{Name: "order.date", English: "Date of the order", Kind: KindDate},
	{Name: "order.paid_date", English: "Date of the payment", Kind: KindDate},
	{Name: "order.total", English: "Total of the order", Kind: KindMoney},
	{Name: "order.shipping", English: "Shipping fee of the order", Kind: KindMoney},
	{Name: "order.items", English: "All items with their quantities, on one line"},
	{Name: "order.quantity", English: "Number of pieces in the order"},
	{Name: "order.ship_by", English: "Date by which the order must ship", Kind: KindDate},
	{Name: "order.note", English: "The buyer's note on the order"},
	{Name: "order.paid", English: "The order is paid", Kind: KindFact},
	{Name: "order.canceled", English: "The order is canceled", Kind: KindFact},
	{Name: "order.repeat", English: "The buyer bought here before", Kind: KindFact},
	{Name: "order.rated", English: "The buyer left feedback on the order", Kind: KindFact},
	{Name: "order.pay_by", English: "Date by which the order must be paid", Kind: KindDate, Asked: true},
	{Name: "item.title", English: "Title of the first item"},
	{Name: "item.variation", English: "Variation of the first item, such as its color"},
	{Name: "item.sku", English: "SKU of the first item"},
	{Name: "item.quantity", English: "Quantity of the first item"},
	{Name: "buyer.name", English: "Buyer's full name"},
	{Name: "buyer.first_name", English: "Buyer's first name"},
	{Name: "buyer.country", English: "Buyer's country in the language of the text"},
	{Name: "buyer.salutation", English: "Opening line: the greeting with the name, or without one where the name does not serve"},
	{Name: "ship_to.name", English: "Recipient's name"},
	{Name: "ship_to.address", English: "Recipient's whole address, one part a line"},
	{Name: "ship_to.city", English: "Recipient's city"},
	{Name: "ship_to.postcode", English: "Recipient's postcode"},
	{Name: "ship_to.country", English: "Recipient's country"},
	{Name: "shop.name", English: "Name of the shop"},
	{Name: "platform.name", English: "Name of the platform"},
	{Name: "platform.id", English: "The platform in small letters, for conditions"},
	{Name: "address.fixed", English: "On this platform a new address means: cancel and order again", Kind: KindFact},
	{Name: "feedback.settled", English: "The matter behind the feedback is marked as settled", Kind: KindFact},
	{Name: "feedback.editable", English: "The buyer can change the feedback on this platform", Kind: KindFact},
	{Name: "seller.name", English: "Your name"},
	{Name: "seller.signature", English: "Your signature; without one, the shop's name"},
	{Name: "today", English: "Today's date", Kind: KindDate},
	{Name: "ship.date", English: "Date when the parcel left", Kind: KindDate},
	{Name: "parcel.shipped", English: "The parcel has left", Kind: KindFact},
	{Name: "parcel.waiting", English: "The parcel is known not to have left yet", Kind: KindFact},
	{Name: "parcel.second", English: "More than one parcel has left", Kind: KindFact},
	{Name: "parcel.customs", English: "The last scan is of customs", Kind: KindFact},
	{Name: "parcel.pickup", English: "The last scan says that the parcel waits to be picked up", Kind: KindFact},
	{Name: "parcel.delivered", English: "The parcel was delivered", Kind: KindFact},
	{Name: "tracking.number", English: "Tracking number of the latest parcel"},
	{Name: "tracking.carrier", English: "Carrier of the latest parcel"},
	{Name: "tracking.status", English: "Latest scan in the carrier's words"},
	{Name: "tracking.place", English: "Place of the latest scan"},
	{Name: "tracking.date", English: "Date of the latest scan", Kind: KindDate},
	{Name: "delivery.date", English: "Date of the delivery", Kind: KindDate},
	{Name: "dispute.case", English: "The platform's case number"},
	{Name: "dispute.amount", English: "Amount in dispute", Kind: KindMoney},
	{Name: "dispute.reason", English: "Reason of the dispute in the language of the text"},
	{Name: "dispute.opened", English: "Date when the dispute was opened", Kind: KindDate},
	{Name: "dispute.due", English: "Date that the platform states for an answer", Kind: KindDate},
	{Name: "dispute.claim", English: "What the buyer claims, in the buyer's words"},
	{Name: "case.decided", English: "The dispute is decided or closed", Kind: KindFact},
	{Name: "offer.expires", English: "Last day to answer the offer in the dispute", Kind: KindDate, Asked: true},
	{Name: "refund.amount", English: "Amount that was refunded", Kind: KindMoney},
	{Name: "refund.date", English: "Date of the refund", Kind: KindDate},
	{Name: "feedback.stars", English: "Stars of the feedback"},
	{Name: "feedback.text", English: "Text of the feedback"},
	{Name: "feedback.date", English: "Date of the feedback", Kind: KindDate},
	{Name: "thread.answered", English: "All messages of the buyer are answered", Kind: KindFact},
	{Name: "policy.return_days", English: "Days of the shop's return period", Kind: KindNumber},
	{Name: "policy.return_until", English: "Last day of the return period of this order", Kind: KindDate},
	{Name: "policy.warranty_months", English: "Months of the shop's warranty", Kind: KindNumber},
	{Name: "answer.text", English: "Your answer to the buyer's question", Asked: true},
	{Name: "issue.text", English: "The problem in a few words", Asked: true},
	{Name: "solution.text", English: "The solution in one sentence", Asked: true},
	{Name: "proof.text", English: "What your proof shows, one point a line", Asked: true},
	{Name: "delivery.eta", English: "Day on which the parcel should arrive", Kind: KindDate, Asked: true},
	{Name: "answer.by", English: "Day by which you answer", Kind: KindDate, Asked: true},
	{Name: "missing.items", English: "What is missing in the parcel", Asked: true},
	{Name: "decision.reason", English: "Why you decide so, in one sentence", Asked: true},
	{Name: "delay.reason", English: "Why the parcel is late", Asked: true},
	{Name: "pickup.place", English: "Where the parcel waits", Asked: true},
	{Name: "pickup.until", English: "Last day on which the parcel waits", Kind: KindDate, Asked: true},
	{Name: "pickup.code", English: "Code for the pickup", Asked: true},
	{Name: "offer.amount", English: "Amount that you offer", Kind: KindMoney, Asked: true},
	{Name: "payment.until", English: "Last day to pay", Kind: KindDate, Asked: true},
	{Name: "refund.until", English: "Day by which the refund should be seen", Kind: KindDate, Asked: true},
	{Name: "coupon.code", English: "Code of the coupon", Asked: true},
	{Name: "coupon.until", English: "Last day of the coupon", Kind: KindDate, Asked: true},
	{Name: "duty.amount", English: "Amount of duty or fee that the buyer paid", Kind: KindMoney, Asked: true},
	{Name: "duty.rate", English: "Duty or tax that the buyer may have to pay, as the customs say it", Asked: true},
	{Name: "resend.item", English: "What you send again", Asked: true},
	{Name: "resend.date", English: "Day on which you send it", Kind: KindDate, Asked: true},
	{Name: "resend.tracking", English: "Tracking number of what you sent again", Asked: true},
	{Name: "return.address", English: "Address for the return", Asked: true},
	{Name: "return.until", English: "Last day to send the return", Kind: KindDate, Asked: true},
	{Name: "return.tracking", English: "Tracking number of the return", Asked: true},
	{Name: "return.agreed", English: "Day on which the return was agreed", Kind: KindDate, Asked: true},
	{Name: "return.postage", English: "Who pays for the way back", Kind: KindChoice, Choices: []string{"seller_label", "seller_refunds", "buyer"}, Asked: true},
	{Name: "duty.payer", English: "Who pays duty and import tax", Kind: KindChoice, Choices: []string{"buyer", "seller"}, Asked: true},
	{Name: "shipping.days", English: "Usual days on the way to the buyer's country, such as 7-15", Asked: true},
	{Name: "shipping.fee", English: "Shipping fee told before the sale", Kind: KindMoney, Asked: true},
	{Name: "issue.kind", English: "What is wrong", Kind: KindChoice, Choices: []string{"damaged", "quality", "not_as_described", "wrong_item", "missing", "not_working", "size", "not_received", "other"}, Asked: true},
	{Name: "issue.count", English: "Number of pieces with the problem", Kind: KindNumber, Asked: true},
	{Name: "solution.kind", English: "The solution", Kind: KindChoice, Choices: []string{"refund", "partial_refund", "return_refund", "resend", "exchange", "repair", "coupon"}, Asked: true},
	{Name: "alternative.kind", English: "What you offer in its place", Kind: KindChoice, Choices: []string{"partial_refund", "coupon", "exchange", "repair", "return", "resend_part"}, Asked: true},
	{Name: "refusal.kind", English: "Why you refuse", Kind: KindChoice, Choices: []string{"in_transit", "delivered", "as_described", "used", "late"}, Asked: true},
	{Name: "cancel.refusal", English: "Why the order cannot be canceled", Kind: KindChoice, Choices: []string{"shipped", "packed", "made_to_order"}, Asked: true},
	{Name: "delay.kind", English: "Why the parcel is late", Kind: KindChoice, Choices: []string{"weather", "customs", "carrier", "holiday", "strike", "flights", "stock"}, Asked: true},
	{Name: "resend.kind", English: "What you send again", Kind: KindChoice, Choices: []string{"order", "item", "part"}, Asked: true},
	{Name: "holiday.kind", English: "The holiday", Kind: KindChoice, Choices: []string{"new_year", "lunar_new_year", "valentines_day", "easter", "eid", "mothers_day", "golden_week", "diwali", "thanksgiving", "black_friday", "christmas"}, Asked: true},
	{Name: "promo.kind", English: "The sale", Kind: KindChoice, Choices: []string{"sale", "anniversary", "season", "clearance", "black_friday", "singles_day", "christmas"}, Asked: true},
	{Name: "promo.percent", English: "Discount in percent", Kind: KindNumber, Asked: true},
	{Name: "guide.kind", English: "What the guide is about", Kind: KindChoice, Choices: []string{"manual", "charge", "pair", "switch", "assemble", "clean"}, Asked: true},
	{Name: "hint.kind", English: "What the hint is about", Kind: KindChoice, Choices: []string{"size", "plug", "color", "accessories", "delivery"}, Asked: true},
	{Name: "inquiry.kind", English: "What the carrier is asked", Kind: KindChoice, Choices: []string{"no_scan", "not_received", "damaged", "lost", "customs", "returned"}, Asked: true},
	{Name: "repair.way", English: "How it is repaired", Kind: KindChoice, Choices: []string{"send_in", "send_part", "local"}, Asked: true},
	{Name: "complaint.ground", English: "Why the platform should look at the feedback", Kind: KindChoice, Choices: []string{"off_topic", "abusive", "private_data", "competitor", "extortion"}, Asked: true},
	{Name: "stock.state", English: "Whether it is in stock", Kind: KindChoice, Choices: []string{"in_stock", "few", "back_later", "sold_out"}, Asked: true},
	{Name: "stock.date", English: "Day on which it is back in stock", Kind: KindDate, Asked: true},
	{Name: "supply.wish", English: "What you want of the supplier", Kind: KindChoice, Choices: []string{"credit", "replace", "rework"}, Asked: true},
	{Name: "supply.reference", English: "The supplier's order or batch number", Asked: true},
	{Name: "offer.quantity", English: "Pieces that the price is for", Kind: KindNumber, Asked: true},
	{Name: "offer.until", English: "Last day of the price", Kind: KindDate, Asked: true},
	{Name: "size.value", English: "Size that you recommend", Asked: true},
	{Name: "size.measure", English: "Measurement of that size", Asked: true},
	{Name: "exchange.variation", English: "Color or size for the exchange", Asked: true},
	{Name: "call.date", English: "Day of the call", Kind: KindDate, Asked: true},
	{Name: "repair.until", English: "Day by which the repair is done", Kind: KindDate, Asked: true},
	{Name: "warranty.until", English: "Last day of the warranty", Kind: KindDate, Asked: true},
	{Name: "inquiry.number", English: "Number of the inquiry at the carrier", Asked: true},
	{Name: "inquiry.until", English: "Day by which the carrier answers", Kind: KindDate, Asked: true},
	{Name: "away.from", English: "First day on which you are away", Kind: KindDate, Asked: true},
	{Name: "away.until", English: "Day on which you are back", Kind: KindDate, Asked: true},
	{Name: "product.title", English: "Name of the new product", Asked: true},
	{Name: "promo.name", English: "Name of the sale or holiday", Asked: true},
	{Name: "promo.until", English: "Last day of the sale", Kind: KindDate, Asked: true},
})

var variableNames = indexVariables(variables)

func withKeys(list []Variable) []Variable {
	for i := range list {
		list[i].Key = "variable." + list[i].Name
	}
	return list
}

func indexVariables(list []Variable) map[string]Variable {
	index := make(map[string]Variable, len(list))
	for _, v := range list {
		index[v.Name] = v
	}
	return index
}

// Variables lists every variable in the order in which a choice shows them.
func Variables() []Variable { return append([]Variable(nil), variables...) }

// lookup finds a variable by its name. The names of "said.<template>", whether a
// message of that template was sent on the order, and of "snippet.<name>", a text
// that the seller keeps, are not listed.
func lookup(name string) (Variable, bool) {
	if v, ok := variableNames[name]; ok {
		return v, true
	}
	if uid, ok := strings.CutPrefix(name, "said."); ok && identifier.MatchString(uid) {
		return Variable{Name: name, Kind: KindFact}, true
	}
	if own, ok := strings.CutPrefix(name, "snippet."); ok && identifier.MatchString(own) {
		return Variable{Name: name}, true
	}
	return Variable{}, false
}

// nearestVariable is the known name with the smallest edit distance, for the
// words of a problem.
func nearestVariable(name string) string {
	best, distance := "", 1<<30
	if len(name) > 60 {
		name = name[:60]
	}
	for _, v := range variables {
		if d := editDistance(name, v.Name); d < distance {
			best, distance = v.Name, d
		}
	}
	return best
}

// editDistance is Levenshtein's, over bytes.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := diagonal
			if a[i-1] != b[j-1] {
				change++
			}
			diagonal = row[j]
			row[j] = min(change, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)]
}
