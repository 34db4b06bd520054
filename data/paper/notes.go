package paper

import (
	"strconv"

	"casebinder/data"
)

// A note is something that should be known of papers.
type note struct {
	rule     string
	severity data.Severity
	why, how data.Phrase
}

func define(rule string, severity data.Severity, why, how string) note {
	return note{"paper." + rule, severity, data.DefinePhrase("paper."+rule, why), data.DefinePhrase("paper."+rule+".how", how)}
}

var (
	noteCanceled = define("canceled", data.Serious, "Orders that were canceled or refunded: {count}.",
		"Check them before anything is packed.")
	noteUnpaid = define("unpaid", data.Warning, "Orders that are not paid, or whose payment is under review: {count}.",
		"Do not ship them yet.")
	noteLanguage = define("language", data.Info, "Papers that are not available in the buyer's language ({language}) and are printed in English: {count}.",
		"Choose another language that the buyer reads.")
	noteGlyph = define("glyph", data.Warning, "Characters that cannot be printed are shown as their code, such as {code}, in papers of {count} orders.",
		"Check these orders, and write what is missing by hand.")
	noteBarcode = define("barcode", data.Warning, "Order numbers that do not fit into a readable barcode and are printed as text only: {count}.",
		"Type the number when you pack, or print on a larger paper.")
	noteQuantity = define("quantity", data.Serious, "Items with a quantity below one, such as {quantity}, in {count} orders.",
		"Check the order on the platform: the list prints what its file says.")
	noteNoItems = define("no_items", data.Warning, "Orders without known items: {count}.",
		"Import a file that has the items, or write them on the list.")
	noteNoAddress = define("no_address", data.Info, "Orders without a known address: {count}.",
		"Import a file that has the address.")
	noteSmaller = define("smaller", data.Info, "Texts that were printed smaller to fit the card, down to {points} points: {count}.",
		"Shorten the text, or take a larger card.")
	noteSplit = define("split", data.Warning, "Texts that did not fit on one card and continue on the next: {count}.",
		"Shorten the text, or take a larger card.")
	noteNoTracking = define("no_tracking", data.Warning, "Parcels without a tracking number: {count}.",
		"Write the number on the note before it is signed.")
	noteUnweighed = define("unweighed", data.Info, "Parcels without a known weight: {count}.",
		"The total includes only the others.")
	noteTwice = define("tracking_twice", data.Serious, "Tracking numbers that appear in several orders, such as {tracking}: {count}.",
		"Check whether the parcels were sent together, or a number was mistyped.")
	noteOtherDay = define("other_day", data.Info, "Parcels left out because they did not leave on this day, or their day is not known: {count}.",
		"Choose another day, or no day, for all parcels of the orders.")
)

// maxRefs is how many orders a finding names; it counts all.
const maxRefs = 50

// notes gathers what should be known, one finding a rule.
type notes struct {
	order []string
	by    map[string]*noted
}

type noted struct {
	note
	count int
	last  string // the order that was counted last
	refs  []data.Ref
	args  []any
}

// add notes a rule for an order, with values for its words; the first values, and
// the least of numbers, stay. An order counts once in a row.
func (n *notes) add(rule note, order string, args ...any) {
	if n.by == nil {
		n.by = map[string]*noted{}
	}
	one, ok := n.by[rule.rule]
	if !ok {
		one = &noted{note: rule, args: args}
		n.by[rule.rule] = one
		n.order = append(n.order, rule.rule)
	}
	if rule.rule == noteSmaller.rule && less(args, one.args) {
		one.args = args
	}
	if one.count > 0 && one.last == order && rule.rule != noteNoTracking.rule && rule.rule != noteUnweighed.rule && rule.rule != noteOtherDay.rule {
		return
	}
	if one.count++; one.last != order && order != "" && len(one.refs) < maxRefs {
		one.refs = append(one.refs, data.Ref{Kind: "order", ID: order, Label: order})
	}
	one.last = order
}

func less(a, b []any) bool {
	x, _ := strconv.ParseFloat(a[1].(string), 64)
	y, _ := strconv.ParseFloat(b[1].(string), 64)
	return x < y
}

// trimmed writes a size in points.
func trimmed(size float64) string { return strconv.FormatFloat(size, 'f', -1, 64) }

func (n *notes) findings() []data.Finding {
	var list []data.Finding
	for _, rule := range n.order {
		one := n.by[rule]
		list = append(list, data.Finding{
			Rule: rule, Severity: one.severity, Where: one.refs, Why: one.why.With(append([]any{"count", one.count}, one.args...)...), How: one.how.With(),
		})
	}
	data.SortFindings(list)
	return list
}
