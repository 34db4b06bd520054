package importer

import (
	"context"
	"hash/maphash"
	"strconv"
	"strings"

	"casebinder/data"
)

const (
	openOrders = 8192   // orders that wait for more of their rows
	mostRows   = 10_000 // of one order
	mostUnits  = 1_000_000_000
)

// openOrder is an order that may get more rows.
type openOrder struct {
	order    *data.Order
	currency string
	sum      data.Money
	summed   bool
	rows     []rowRef
	bad      bool
	badLine  int
}

// rowRef keeps what a rejection needs.
type rowRef struct {
	line int
	text string
}

// orderReader turns rows into orders.
type orderReader struct {
	*plan
	file    string
	sink    Sink
	sum     *Summary
	open    map[string]*openOrder
	queue   []*openOrder // oldest first
	last    *openOrder
	closed  map[uint64]struct{} // hashes of the numbers of orders that were given
	seed    maphash.Seed
	refunds map[string][]*record // by the number that they refer to

	parsed []rowAmount // scratch

	country, countryCode string // the last one that was looked up
}

func newOrderReader(l *plan, file string, sink Sink, sum *Summary) *orderReader {
	return &orderReader{
		plan: l, file: file, sink: sink, sum: sum, open: map[string]*openOrder{}, closed: map[uint64]struct{}{},
		seed: maphash.MakeSeed(), refunds: map[string][]*record{},
	}
}

func (r *orderReader) reject(line int, text string, why *data.Problem) error {
	r.sum.Rejected++
	if leftOut(why.Kind) {
		r.sum.LeftOut++
	}
	if r.sink.Reject == nil {
		return nil
	}
	return r.sink.Reject(data.Rejection{File: r.file, Line: line, Cells: splitCells(text), Reason: why})
}

// doubt tells what is taken and could not be read for certain. Line 0 is the file
// as a whole.
func (r *orderReader) doubt(line int, text string, why *data.Problem) error {
	r.sum.Doubts++
	if r.sink.Doubt == nil {
		return nil
	}
	d := data.Rejection{File: r.file, Line: line, Reason: why}
	if text != "" {
		d.Cells = splitCells(text)
	}
	return r.sink.Doubt(d)
}

// row takes one row that is whole.
func (r *orderReader) row(rec *record) error {
	is, by := r.rule(rec)
	switch is {
	case RowLeave:
		return r.reject(rec.line, rec.text, problemLeftOut.New("header", r.name(by), "value", clean(rec.cell(by), false)))
	case RowRefund:
		return nil // collected before; given back at the end when nothing was found for it
	}
	number, bad := r.orderNumber(rec, r.number)
	if bad != nil {
		return r.reject(rec.line, rec.text, bad)
	}
	o, err := r.find(number, rec)
	if o == nil || err != nil {
		return err
	}
	r.last = o
	if o.bad {
		return r.reject(rec.line, rec.text, problemOtherRow.New("line", o.badLine, "number", o.order.Number))
	}
	if len(o.rows) >= mostRows {
		bad = problemManyItems.New("number", o.order.Number, "limit", mostRows)
	} else {
		bad = r.add(o, rec)
	}
	o.rows = append(o.rows, rowRef{rec.line, rec.text})
	if bad != nil {
		return r.spoil(o, bad)
	}
	return nil
}

// find gives the open order that a row belongs to, or opens one. It is nil when
// the row was rejected.
func (r *orderReader) find(number string, rec *record) (*openOrder, error) {
	if number == "" {
		if r.preset.Continuation && r.last != nil {
			return r.last, nil
		}
		return nil, r.reject(rec.line, rec.text, problemNoNumber.New("header", r.name(r.number)))
	}
	if r.last != nil && r.last.order.Number == number {
		return r.last, nil
	}
	if o, ok := r.open[number]; ok {
		return o, nil
	}
	key := maphash.String(r.seed, number)
	if _, was := r.closed[key]; was {
		return nil, r.reject(rec.line, rec.text, problemScattered.New("number", number, "limit", openOrders))
	}
	r.closed[key] = struct{}{}
	o := &openOrder{order: &data.Order{Shop: r.shop, Number: number}}
	o.order.Buyer.Platform = r.shop.Platform
	r.open[number] = o
	r.queue = append(r.queue, o)
	if len(r.queue) <= openOrders {
		return o, nil
	}
	oldest := r.queue[0]
	r.queue[0] = nil
	r.queue = r.queue[1:]
	return o, r.close(oldest)
}

// spoil rejects an order with all rows that it has so far.
func (r *orderReader) spoil(o *openOrder, bad *data.Problem) error {
	at := len(o.rows) - 1
	o.bad, o.badLine = true, o.rows[at].line
	if err := r.reject(o.rows[at].line, o.rows[at].text, bad); err != nil {
		return err
	}
	for _, row := range o.rows[:at] {
		why := problemOtherRow.New("line", o.badLine, "number", o.order.Number)
		if err := r.reject(row.line, row.text, why); err != nil {
			return err
		}
	}
	o.rows = nil
	return nil
}

// add puts what a row says into its order. What an earlier row said stays.
func (r *orderReader) add(o *openOrder, rec *record) *data.Problem {
	for i := range r.texts {
		c := &r.texts[i]
		if to := c.set(o.order); *to == "" {
			*to = value(rec.cell(c.i), c.id)
		}
	}
	if last := clean(rec.cell(r.lastName), false); last != "" && len(o.rows) == 0 {
		o.order.Buyer.Name = strings.TrimSpace(o.order.Buyer.Name + " " + last)
	}
	for i := range r.dates {
		c := &r.dates[i]
		if c.loose {
			r.looseDate(o.order, rec, c)
			continue
		}
		at, bad := r.date(rec, c.i, c.read, r.dateCell(rec, c.i, c.field))
		if bad != nil {
			return bad
		}
		if to := c.set(o.order); to.IsZero() || c.field == FieldSourceTime && at.After(*to) {
			*to = at
		}
	}
	if o.order.Status == "" {
		o.order.Status = r.status(rec)
	}
	if bad := r.addAmounts(o, rec); bad != nil {
		return bad
	}
	r.addParcels(o.order, rec)
	for _, e := range r.extras {
		if text := strings.TrimSpace(rec.cell(e.i)); text != "" {
			addExtra(o.order, e.name, text)
		}
	}
	return nil
}

// looseDate reads a cell that may hold a date or something else. What is not
// the one unmistakably, day and time of day, stays as it is among the extras.
func (r *orderReader) looseDate(o *data.Order, rec *record, c *dateColumn) {
	text := clean(rec.cell(c.i), false)
	if nothing(text) {
		return
	}
	if rec.kind(c.i) == kindText && r.rowZone < 0 {
		c.read.order = orderUnknown
		if p, ok := c.read.read(text, kindText, nil); ok && p.timed && !p.ambiguous {
			if to := c.set(o); to.IsZero() {
				*to = p.at
			}
			return
		}
	}
	addExtra(o, r.name(c.i), text)
}

func addExtra(o *data.Order, name, text string) {
	if o.Extra == nil {
		o.Extra = map[string]string{}
	}
	if _, taken := o.Extra[name]; !taken {
		o.Extra[name] = text
	}
}

// addAmounts reads all amounts of a row, then its item, since one sign among
// them tells the currency of those without.
func (r *orderReader) addAmounts(o *openOrder, rec *record) *data.Problem {
	r.parsed = r.parsed[:0]
	collect := func(i int) (int, *data.Problem) {
		a, ok, bad := r.amountAt(rec, i)
		if !ok || bad != nil {
			return -1, bad
		}
		r.parsed = append(r.parsed, a)
		return len(r.parsed) - 1, nil
	}
	var at [3]int
	for i := range r.amounts {
		var bad *data.Problem
		if at[i], bad = collect(r.amounts[i].i); bad != nil {
			return bad
		}
	}
	price, bad := collect(r.price)
	if bad != nil {
		return bad
	}
	sums := len(r.parsed)
	for i := range r.sums {
		n, bad := collect(r.sums[i].i)
		if bad != nil {
			return bad
		}
		if n >= 0 && r.sums[i].negative {
			r.parsed[n].negative = !r.parsed[n].negative
		}
	}
	row, bad := r.rowCurrency(rec, o.currency, r.parsed)
	if bad != nil {
		return bad
	}
	for i := range r.amounts {
		if at[i] < 0 {
			continue
		}
		m, bad := r.take(o, r.parsed[at[i]], row)
		if bad != nil {
			return bad
		}
		if to := r.amounts[i].set(o.order); to.IsZero() {
			*to = m
		}
	}
	var unit data.Money
	if price >= 0 {
		if unit, bad = r.take(o, r.parsed[price], row); bad != nil {
			return bad
		}
	}
	fresh, bad := r.addItems(o, rec, unit, row)
	if bad != nil || !fresh {
		return bad
	}
	return r.addSums(o, r.parsed[sums:], row)
}

// take gives an amount in its currency and holds the order to one currency.
func (r *orderReader) take(o *openOrder, a rowAmount, row string) (data.Money, *data.Problem) {
	currency, bad := r.currencyOf(a, row)
	if bad != nil {
		if bad.Kind == problemWhichCurrency && row != "" { // "$" in a row of euros
			bad = problemTwoCurrencies.New("number", o.order.Number, "one", row, "other", a.unit)
		}
		return data.Money{}, bad
	}
	if currency == "" {
		if strings.Trim(a.digits, "0.,") == "" {
			return data.Money{}, nil // nothing, in whatever currency
		}
		return data.Money{}, problemNoCurrency.New("value", a.text, "header", r.name(a.i))
	}
	for _, other := range []string{o.currency, row} {
		if other != "" && other != currency {
			return data.Money{}, problemTwoCurrencies.New("number", o.order.Number, "one", other, "other", currency)
		}
	}
	m, bad := r.money(a, currency)
	if bad == nil {
		o.currency = currency
	}
	return m, bad
}

func (r *orderReader) addSums(o *openOrder, sums []rowAmount, row string) *data.Problem {
	for _, a := range sums {
		m, bad := r.take(o, a, row)
		if bad != nil {
			return bad
		}
		total, err := o.sum.Add(m)
		if err != nil || total.Minor > 1<<60 || total.Minor < -(1<<60) {
			return problemBadAmount.Wrap(err, "value", a.text, "header", r.name(a.i))
		}
		o.sum, o.summed = total, true
	}
	return nil
}

// addItems adds the items of a row. It reports false when the very same row
// was there before.
func (r *orderReader) addItems(o *openOrder, rec *record, price data.Money, row string) (bool, *data.Problem) {
	if r.items >= 0 {
		return true, r.addPacked(o, clean(rec.cell(r.items), false), row)
	}
	item := data.Item{
		ExternalID: value(rec.cell(r.itemID), true), SKU: value(rec.cell(r.itemSKU), true),
		Title: value(rec.cell(r.itemTitle), false), Variation: value(rec.cell(r.itemVariation), false), Quantity: 1, Price: price,
	}
	if item.Title == "" && item.SKU == "" && item.ExternalID == "" {
		return true, nil
	}
	if text := value(rec.cell(r.quantity), false); text != "" {
		n, ok := quantity(text)
		if !ok {
			return true, problemBadQuantity.New("value", text, "header", r.name(r.quantity))
		}
		item.Quantity = n
	}
	if item.Quantity == 0 { // a line that was canceled
		addExtra(o.order, r.name(r.itemTitle)+" × 0", item.Title)
		return true, nil
	}
	if r.preset.Price == PriceOfLine && price.Minor != 0 {
		if price.Minor%item.Quantity == 0 {
			item.Price.Minor /= item.Quantity
		} else {
			addExtra(o.order, r.name(r.price)+" ("+item.Title+")", price.Decimal())
			item.Price = data.Money{}
		}
	}
	return r.addItem(o, item, rec.text), nil
}

// addItem adds an item, or its quantity to the same line shipped in parts.
func (r *orderReader) addItem(o *openOrder, item data.Item, text string) bool {
	if item.ExternalID != "" {
		for i := range o.order.Items {
			have := &o.order.Items[i]
			if have.ExternalID != item.ExternalID {
				continue
			}
			for _, row := range o.rows {
				if row.text == text {
					return false
				}
			}
			have.Quantity = min(have.Quantity+item.Quantity, mostUnits)
			return true
		}
	}
	o.order.Items = append(o.order.Items, item)
	return true
}

// quantity reads a whole number of units, from 0.
func quantity(text string) (int64, bool) {
	text = strings.TrimSuffix(strings.TrimSuffix(text, ".00"), ".0")
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil && n >= 0 && n <= mostUnits
}

func (r *orderReader) addParcels(o *data.Order, rec *record) {
	carrier, service := value(rec.cell(r.carrier), false), value(rec.cell(r.service), false)
	if r.parcels >= 0 {
		for _, p := range parcels(clean(rec.cell(r.parcels), false)) {
			addParcel(o, p)
		}
		return
	}
	text := clean(rec.cell(r.tracking), true)
	if nothing(text) {
		text = ""
	}
	if text == "" && (carrier == "" && service == "" || len(o.Shipments) > 0) {
		return
	}
	for _, number := range strings.FieldsFunc(text, func(c rune) bool { return c == ',' || c == ';' || c == '\n' || c == '|' }) {
		addParcel(o, data.Shipment{Carrier: carrier, Service: service, Tracking: strings.TrimSpace(number)})
	}
	if text == "" {
		addParcel(o, data.Shipment{Carrier: carrier, Service: service})
	}
}

func addParcel(o *data.Order, s data.Shipment) {
	for i := range o.Shipments {
		have := &o.Shipments[i]
		if have.Tracking == s.Tracking || have.Tracking == "" {
			have.Tracking = s.Tracking
			have.Carrier = orElse(have.Carrier, s.Carrier)
			have.Service = orElse(have.Service, s.Service)
			return
		}
	}
	if len(o.Shipments) < 1000 {
		o.Shipments = append(o.Shipments, s)
	}
}

func orElse(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// close finishes an order and gives it away.
func (r *orderReader) close(o *openOrder) error {
	delete(r.open, o.order.Number)
	if o.bad {
		return nil
	}
	if o.summed && o.order.Total.IsZero() {
		o.order.Total = o.sum
	}
	if bad := r.addRefunds(o); bad != nil {
		return r.spoil(o, bad)
	}
	if from := orElse(o.order.Buyer.Country, o.order.ShipTo.Country); from != "" {
		if from != r.country {
			r.country, r.countryCode = from, countryCode(from)
		}
		o.order.Buyer.Country = r.countryCode
	}
	finishOrder(o.order, r.paid >= 0)
	r.sum.Taken++
	r.sum.Items += len(o.order.Items)
	if r.sink.Order == nil {
		return nil
	}
	return r.sink.Order(o.order)
}

// addRefunds adds the refund rows that name this order.
func (r *orderReader) addRefunds(o *openOrder) *data.Problem {
	for _, rec := range r.refunds[o.order.Number] {
		a, ok, bad := r.amountAt(rec, r.column(FieldTotal))
		if bad != nil {
			return bad
		}
		if !ok {
			continue
		}
		row, bad := r.rowCurrency(rec, "", []rowAmount{a})
		if bad != nil {
			return bad
		}
		a.negative = false
		m, bad := r.take(o, a, row)
		if bad != nil {
			return bad
		}
		sum, err := o.order.Refunded.Add(m)
		if err != nil {
			return problemTwoCurrencies.Wrap(err, "number", o.order.Number, "one", o.currency, "other", m.Currency)
		}
		o.order.Refunded = sum
		if o.order.Total.Minor > 0 && sum.Minor >= o.order.Total.Minor {
			o.order.Status = data.StatusRefunded
		}
	}
	delete(r.refunds, o.order.Number)
	return nil
}

// finishOrder fills what follows from the rest. A column of dates that is
// there and empty says that the thing has not happened.
func finishOrder(o *data.Order, paidColumn bool) {
	if o.Status == "" {
		switch {
		case !o.DeliveredAt.IsZero():
			o.Status = data.StatusDelivered
		case !o.ShippedAt.IsZero():
			o.Status = data.StatusShipped
		case !o.PaidAt.IsZero():
			o.Status = data.StatusToShip
		case paidColumn && o.PlatformStatus == "":
			o.Status = data.StatusUnpaid
		default:
			o.Status = data.StatusUnknown
		}
	}
	for i := range o.Shipments {
		if i == 0 && o.Shipments[i].ShippedAt.IsZero() {
			o.Shipments[i].ShippedAt, o.Shipments[i].DeliveredAt = o.ShippedAt, o.DeliveredAt
		}
	}
	b := &o.Buyer
	b.Name = orElse(b.Name, o.ShipTo.Name)
	switch {
	case b.Handle != "":
	case b.Email != "":
		b.Handle = strings.ToLower(b.Email)
	case b.Name != "":
		b.Handle = strings.ToLower(b.Name)
		if o.ShipTo.Postcode != "" {
			b.Handle += " " + strings.ToLower(o.ShipTo.Postcode)
		}
	}
}

// end gives away what waits, and gives back the refunds without a payment.
func (r *orderReader) end(ctx context.Context) error {
	for _, o := range r.queue {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := r.close(o); err != nil {
			return err
		}
	}
	r.queue = nil
	for _, rec := range r.lostRefunds() {
		why := problemNoPayment.New("reference", clean(rec.cell(r.reference), true))
		if err := r.reject(rec.line, rec.text, why); err != nil {
			return err
		}
	}
	return nil
}

func (r *orderReader) lostRefunds() []*record {
	var all []*record
	for _, recs := range r.refunds {
		all = append(all, recs...)
	}
	sortRecords(all)
	return all
}
