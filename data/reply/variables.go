package reply

import "strings"

// Variable is one name that a template may use.
type Variable struct {
	Name    string // "order.number"
	Key     string // of its description in the language files: "variable.order.number"
	English string // its description
	Asked   bool   // no order knows it: a person types it, through Context.Extra
}

// variableTable lists every variable; a leading "?" marks one that is asked
// from the person who writes.
var variableTable = [][2]string{
	{"order.number", "Order number"},
	{"order.date", "Date of the order"},
	{"order.paid_date", "Date of the payment"},
	{"order.total", "Total of the order"},
	{"order.shipping", "Shipping fee of the order"},
	{"order.items", "All items with their quantities, on one line"},
	{"order.quantity", "Number of pieces in the order"},
	{"order.ship_by", "Date by which the order must ship"},
	{"order.note", "The buyer's note on the order"},
	{"item.title", "Title of the first item"},
	{"item.variation", "Variation of the first item, such as its color"},
	{"item.sku", "SKU of the first item"},
	{"item.quantity", "Quantity of the first item"},
	{"buyer.name", "Buyer's full name"},
	{"buyer.first_name", "Buyer's first name"},
	{"buyer.country", "Buyer's country as the platform wrote it"},
	{"ship_to.name", "Recipient's name"},
	{"ship_to.address", "Recipient's whole address, one part a line"},
	{"ship_to.city", "Recipient's city"},
	{"ship_to.postcode", "Recipient's postcode"},
	{"ship_to.country", "Recipient's country"},
	{"shop.name", "Name of the shop"},
	{"platform.name", "Name of the platform"},
	{"seller.name", "Your name"},
	{"seller.signature", "Your signature; without one, your name or the shop's"},
	{"today", "Today's date"},
	{"ship.date", "Date when the parcel left"},
	{"tracking.number", "Tracking number of the latest parcel"},
	{"tracking.carrier", "Carrier of the latest parcel"},
	{"tracking.status", "Latest scan in the carrier's words"},
	{"tracking.place", "Place of the latest scan"},
	{"tracking.date", "Date of the latest scan"},
	{"delivery.date", "Date of the delivery"},
	{"dispute.case", "The platform's case number"},
	{"dispute.amount", "Amount in dispute"},
	{"dispute.reason", "Reason of the dispute in the language of the text"},
	{"dispute.opened", "Date when the dispute was opened"},
	{"dispute.due", "Date that the platform states for an answer"},
	{"dispute.claim", "What the buyer claims, in the buyer's words"},
	{"refund.amount", "Amount that was refunded"},
	{"refund.date", "Date of the refund"},
	{"feedback.stars", "Stars of the feedback"},
	{"feedback.text", "Text of the feedback"},
	{"feedback.date", "Date of the feedback"},
	{"?answer.text", "Your answer to the buyer's question"},
	{"?issue.text", "The problem in a few words"},
	{"?solution.text", "The solution in one sentence"},
	{"?proof.text", "What your proof shows, one point a line"},
	{"?delivery.eta", "When the parcel should arrive"},
	{"?delay.reason", "Why the parcel is late"},
	{"?pickup.place", "Where the parcel waits"},
	{"?pickup.until", "How long the parcel waits"},
	{"?offer.amount", "Amount that you offer"},
	{"?coupon.code", "Code of the coupon"},
	{"?coupon.until", "Last day of the coupon"},
	{"?duty.amount", "Amount of duty or fee that the buyer paid"},
	{"?resend.item", "What you send again"},
	{"?resend.date", "When you send it"},
	{"?resend.tracking", "Tracking number of what you sent again"},
	{"?return.address", "Address for the return"},
	{"?return.until", "Last day to send the return"},
	{"?return.tracking", "Tracking number of the return"},
	{"?product.title", "Name of the new product"},
	{"?promo.name", "Name of the sale or holiday"},
	{"?promo.until", "Last day of the sale"},
}

var (
	variables     = listVariables()
	variableNames = indexVariables(variables)
)

func listVariables() []Variable {
	list := make([]Variable, 0, len(variableTable))
	for _, row := range variableTable {
		name, asked := strings.CutPrefix(row[0], "?")
		list = append(list, Variable{Name: name, Key: "variable." + name, English: row[1], Asked: asked})
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
