package importer

import (
	"context"
	"hash/maphash"

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
	status   orderState
	lines    []line    // in the order of their rows
	priced   bool      // a row holds an amount that its total is, or is made of
	cart     bool      // its items came in rows of their own
	odd      []oddness // what must be doubted once the order is taken
	rows     []rowRef
	bad      bool
	badLine  int
}

// line is one row of an order: its item, where it has one, and what it adds to
// the total, where the total is a sum.
type line struct {
	item     data.Item
	hasItem  bool
	part     data.Part
	summed   bool
	canceled bool
	cart     bool // from a row of its own
}

// oddness is a doubt about an order, and the line of the file that raised it.
type oddness struct {
	row rowRef
	why *data.Problem
}

// rowRef keeps what a rejection needs.
type rowRef struct {
	line int
	text string
}

// orderReader turns rows into orders.
type orderReader struct {
	*plan
	place   place
	sink    Sink
	sum     *Summary
	open    map[string]*openOrder
	queue   []*openOrder // oldest first
	last    *openOrder
	closed  map[uint64]struct{} // hashes of the numbers of orders that were given
	seed    maphash.Seed
	refunds map[string][]*record // by the number that they refer to
	carts   map[string][]*record // rows that are items, by the payment that they refer to and that was not met yet
	waiting int                  // how many they are
	tallies map[string]*tally    // doubts that many rows share

	shops []string // accounts that the orders were sold from, see Preset.Shops

	parsed []rowAmount // scratch

	country, countryCode string // the last one that was looked up
}

func newOrderReader(l *plan, at place, sink Sink, sum *Summary) *orderReader {
	return &orderReader{
		plan: l, place: at, sink: sink, sum: sum, open: map[string]*openOrder{}, closed: map[uint64]struct{}{},
		seed: maphash.MakeSeed(), refunds: map[string][]*record{}, carts: map[string][]*record{}, tallies: map[string]*tally{},
	}
}

func (r *orderReader) reject(line int, text string, why *data.Problem) error {
	r.sum.Rejected++
	if leftOut[why.Kind] {
		r.sum.LeftOut++
	}
	if r.sink.Reject == nil {
		return nil
	}
	return r.sink.Reject(data.Rejection{Finding: r.place.refused(line, why), Cells: splitCells(text)})
}

// doubt tells what is taken and could not be read for certain. Line 0 is the file
// as a whole.
func (r *orderReader) doubt(line int, text string, why *data.Problem) error {
	r.sum.Doubts++
	if r.sink.Doubt == nil {
		return nil
	}
	return r.sink.Doubt(r.place.doubted(line, text, why))
}

// row takes one row that is whole.
func (r *orderReader) row(rec *record) error {
	r.noteCurrency(rec)
	is, by := r.rule(rec)
	switch is {
	case RowLeave:
		return r.reject(rec.line, rec.text, problemLeftOut.New("header", r.name(by), "value", clean(rec.cell(by), false)))
	case RowUnknown:
		return r.reject(rec.line, rec.text, problemUnknownRow.New("header", r.name(by), "value", clean(rec.cell(by), false)))
	case RowItem:
		return r.cartRow(rec)
	case RowRefund:
		return nil // collected before; given on at the end when nothing was found for it
	}
	if label := r.sumLabel(rec); label != "" {
		return r.reject(rec.line, rec.text, problemSumRow.New("value", label))
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
	r.noteShop(rec)
	return r.rowOf(o, rec, r.add)
}

// rowOf adds a row to its order by one of the ways to read a row.
func (r *orderReader) rowOf(o *openOrder, rec *record, add func(*openOrder, *record) *data.Problem) error {
	if o.bad {
		return r.reject(rec.line, rec.text, problemOtherRow.New("line", o.badLine, "number", o.order.Number))
	}
	var bad *data.Problem
	if len(o.rows) >= mostRows {
		bad = problemManyItems.New("number", o.order.Number, "limit", mostRows)
	} else {
		bad = add(o, rec)
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
	if err := r.cartOf(o); err != nil || len(r.queue) <= openOrders {
		return o, err
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

// close finishes an order and gives it away.
func (r *orderReader) close(o *openOrder) error {
	delete(r.open, o.order.Number)
	if o.bad {
		return nil
	}
	r.takeStatus(o)
	r.takeLines(o)
	if bad := r.addRefunds(o); bad != nil {
		return r.spoil(o, bad)
	}
	r.doubtAmounts(o)
	if from := orElse(o.order.Buyer.Country, o.order.ShipTo.Country); from != "" {
		if from != r.country {
			r.country, r.countryCode = from, CountryCode(from)
		}
		o.order.Buyer.Country = r.countryCode
	}
	finishPayment(&o.order.Payment)
	finishOrder(o.order, r.paid >= 0)
	finishFate(o.order)
	if err := r.doubtful(o); err != nil {
		return err
	}
	r.sum.Taken++
	r.sum.Items += len(o.order.Items)
	if r.sink.Order == nil {
		return nil
	}
	return r.sink.Order(o.order)
}

// end gives away what waits, and gives on the refunds without a payment.
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
	for _, rec := range allRecords(r.refunds) {
		if err := r.giveRefund(rec); err != nil {
			return err
		}
	}
	for _, rec := range allRecords(r.carts) {
		why := problemNoPayment.New("reference", clean(rec.cell(r.reference), true))
		if err := r.reject(rec.line, rec.text, why); err != nil {
			return err
		}
	}
	if err := r.doubtShops(); err != nil {
		return err
	}
	return r.giveTallies()
}

func allRecords(of map[string][]*record) []*record {
	var all []*record
	for _, recs := range of {
		all = append(all, recs...)
	}
	sortRecords(all)
	return all
}
