package importer

import (
	"fmt"
	"hash/maphash"
	"strconv"
	"strings"

	"casebinder/data"
)

// addLine adds the item of a row and what it adds to the total. The very same row
// a second time adds nothing.
func (r *orderReader) addLine(o *openOrder, rec *record, l line, row string) *data.Problem {
	if r.items >= 0 {
		if bad := r.addPacked(o, clean(rec.cell(r.items), false), row); bad != nil {
			return bad
		}
	} else if bad := r.readItem(o, rec, &l); bad != nil {
		return bad
	}
	if l.item.ExternalID != "" && o.hasRow(rec.text) {
		return nil
	}
	if l.hasItem || l.summed {
		o.lines = append(o.lines, l)
	}
	return nil
}

func (o *openOrder) hasRow(text string) bool {
	for _, row := range o.rows {
		if row.text == text {
			return true
		}
	}
	return false
}

// readItem reads the item of a row, whose price is in the line already.
func (r *orderReader) readItem(o *openOrder, rec *record, l *line) *data.Problem {
	price := l.item.Price
	l.item = data.Item{
		ExternalID: value(rec.cell(r.itemID), true), SKU: value(rec.cell(r.itemSKU), true),
		Title: value(rec.cell(r.itemTitle), false), Variation: value(rec.cell(r.itemVariation), false), Quantity: 1, Price: price,
	}
	l.part.Key = r.lineKey(rec, &l.item)
	if l.item.Title == "" && l.item.SKU == "" && l.item.ExternalID == "" {
		return nil
	}
	if text := value(rec.cell(r.quantity), false); text != "" {
		n, ok := quantity(text)
		if !ok {
			return problemBadQuantity.New("value", text, "header", r.name(r.quantity))
		}
		l.item.Quantity = n
	}
	if l.item.Quantity == 0 { // a line that was canceled
		addExtra(o.order, r.name(r.itemTitle)+" × 0", l.item.Title)
		return nil
	}
	l.hasItem = true
	l.part.Item, l.part.Quantity = l.item.ExternalID, l.item.Quantity
	if r.preset.Price == PriceOfLine {
		r.unitPrice(o, &l.item)
	}
	return nil
}

// unitPrice makes the price of one unit from that of the line, where it is whole.
func (r *orderReader) unitPrice(o *openOrder, item *data.Item) {
	switch {
	case item.Price.Minor == 0:
	case item.Price.Minor%item.Quantity == 0:
		item.Price.Minor /= item.Quantity
	default:
		addExtra(o.order, r.name(r.price)+" ("+item.Title+")", item.Price.Decimal())
		item.Price = data.Money{}
	}
}

// lineKey names a row among those of its order, the same in every file: by the
// platform's id of the row or the line, else by what is sold.
func (r *orderReader) lineKey(rec *record, item *data.Item) string {
	if id := value(rec.cell(r.lineID), true); id != "" {
		return id
	}
	if item.ExternalID != "" {
		return item.ExternalID
	}
	return strings.Join([]string{item.SKU, item.Title, item.Variation}, "\x1f")
}

// takeLines makes the items and the total of an order from its rows. A unit that
// was canceled leaves both, unless all were.
func (r *orderReader) takeLines(o *openOrder) {
	live, kept := false, false // kept: a unit stays with the buyer, or goes there
	for _, l := range o.lines {
		live = live || !l.canceled
		kept = kept || !l.canceled && l.part.Status != "" && l.part.Status != data.StatusRefunded
	}
	seen := map[string]int{}
	for _, l := range o.lines {
		gone := live && l.canceled
		if l.hasItem && l.cart == o.cart {
			r.takeItem(o, l, gone)
		}
		if l.summed {
			r.takePart(o, l, seen)
		}
		doubtUnit(o, l, kept, gone)
	}
	settleTotal(o)
}

// takePart adds a row's part of the total. Rows alike get keys of their own.
func (r *orderReader) takePart(o *openOrder, l line, seen map[string]int) {
	if seen[l.part.Key]++; seen[l.part.Key] > 1 {
		l.part.Key = fmt.Sprintf("%s\x1f%d", l.part.Key, seen[l.part.Key])
	}
	l.part.Source = r.preset.ID
	o.order.Parts = append(o.order.Parts, l.part)
}

// doubtUnit says what of a unit the order as a whole does not tell: that it was
// refunded where others stay, or that it was canceled and the total still holds it.
func doubtUnit(o *openOrder, l line, kept, gone bool) {
	if kept && l.part.Status == data.StatusRefunded {
		o.odd = append(o.odd, oddness{o.rows[0], problemDoubtRefundedUnit.New("number", o.order.Number, "item", l.item.Title)})
	}
	if gone && !l.summed && !o.order.Total.IsZero() {
		o.odd = append(o.odd, oddness{o.rows[0], problemDoubtCanceledUnit.New("number", o.order.Number, "item", l.item.Title, "total", o.order.Total)})
	}
}

// settleTotal takes the sum of the parts where no total is stated. A preset states
// it or sums it up; one that does both has said what wins.
func settleTotal(o *openOrder) {
	sum := o.order.PartsTotal()
	switch {
	case o.order.Total.IsZero():
		o.order.Total = sum
	case !sum.IsZero() && sum != o.order.Total:
		o.order.Parts = nil
	}
}

// takeItem adds an item, or its quantity to the same line shipped in parts.
func (r *orderReader) takeItem(o *openOrder, l line, gone bool) {
	if gone {
		addExtra(o.order, r.name(r.itemTitle)+" × 0", l.item.Title)
		return
	}
	if l.item.ExternalID != "" {
		for i := range o.order.Items {
			if have := &o.order.Items[i]; have.ExternalID == l.item.ExternalID {
				have.Quantity = min(have.Quantity+l.item.Quantity, mostUnits)
				return
			}
		}
	}
	o.order.Items = append(o.order.Items, l.item)
}

// quantity reads a whole number of units, from 0.
func quantity(text string) (int64, bool) {
	text = strings.TrimSuffix(strings.TrimSuffix(text, ".00"), ".0")
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil && n >= 0 && n <= mostUnits
}

// mostWaiting is how many rows that are items wait for their payment.
const mostWaiting = 100_000

// cartRow takes a row that is an item of a payment.
func (r *orderReader) cartRow(rec *record) error {
	number, bad := r.orderNumber(rec, r.reference)
	switch {
	case bad != nil:
		return r.reject(rec.line, rec.text, bad)
	case number == "":
		return r.reject(rec.line, rec.text, problemNoNumber.New("header", r.name(r.reference)))
	}
	if o := r.open[number]; o != nil {
		return r.rowOf(o, rec, r.addCart)
	}
	if _, was := r.closed[maphash.String(r.seed, number)]; was || r.waiting >= mostWaiting {
		return r.reject(rec.line, rec.text, problemScattered.New("number", number, "limit", openOrders))
	}
	r.carts[number] = append(r.carts[number], rec.keep())
	r.waiting++
	return nil
}

// cartOf adds the items that stood above their payment.
func (r *orderReader) cartOf(o *openOrder) error {
	waiting := r.carts[o.order.Number]
	delete(r.carts, o.order.Number)
	r.waiting -= len(waiting)
	for _, rec := range waiting {
		if err := r.rowOf(o, rec, r.addCart); err != nil {
			return err
		}
	}
	return nil
}

// addCart adds a row that is an item. What the payment's own row names as its
// item is a summary of them.
func (r *orderReader) addCart(o *openOrder, rec *record) *data.Problem {
	var l line
	a, ok, bad := r.amountAt(rec, r.column(FieldTotal))
	if bad != nil {
		return bad
	}
	if ok {
		row, bad := r.rowCurrency(rec, o.currency, []rowAmount{a})
		if bad != nil {
			return bad
		}
		if l.item.Price, bad = r.take(o, a, row); bad != nil {
			return bad
		}
	}
	if bad := r.readItem(o, rec, &l); bad != nil || !l.hasItem {
		return bad
	}
	r.unitPrice(o, &l.item)
	l.cart, o.cart = true, true
	o.lines = append(o.lines, l)
	return nil
}
