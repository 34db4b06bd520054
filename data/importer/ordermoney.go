package importer

import (
	"slices"
	"strings"

	"casebinder/data"
)

// amountPlaces tells where in orderReader.parsed the amounts of a row stand; -1: the
// row has none.
type amountPlaces struct {
	of    [4]int // of orderReader.amounts
	price int
	sums  int // the first of the sums, which go to the end
}

// parseAmounts reads the amounts of a row into r.parsed.
func (r *orderReader) parseAmounts(rec *record) (at amountPlaces, bad *data.Problem) {
	r.parsed = r.parsed[:0]
	collect := func(i int) (int, *data.Problem) {
		a, ok, bad := r.amountAt(rec, i)
		if !ok || bad != nil {
			return -1, bad
		}
		r.parsed = append(r.parsed, a)
		return len(r.parsed) - 1, nil
	}
	for i := range r.amounts {
		if at.of[i], bad = collect(r.amounts[i].i); bad != nil {
			return at, bad
		}
	}
	if at.price, bad = collect(r.price); bad != nil {
		return at, bad
	}
	at.sums = len(r.parsed)
	for i := range r.sums {
		n, bad := collect(r.sums[i].i)
		if bad != nil {
			return at, bad
		}
		if n >= 0 && r.sums[i].negative {
			r.parsed[n].negative = true // a discount, with a minus in some reports and without in others
		}
	}
	return at, nil
}

// addAmounts reads all amounts of a row, then its item, since one sign among
// them tells the currency of those without.
func (r *orderReader) addAmounts(o *openOrder, rec *record, is data.OrderStatus) *data.Problem {
	at, bad := r.parseAmounts(rec)
	if bad != nil {
		return bad
	}
	row, bad := r.rowCurrency(rec, o.currency, r.parsed)
	if bad != nil {
		return bad
	}
	for i := range r.amounts {
		if at.of[i] < 0 {
			continue
		}
		m, bad := r.take(o, r.parsed[at.of[i]], row)
		if bad != nil {
			return bad
		}
		if r.amounts[i].back && m.Minor < 0 {
			m.Minor = -m.Minor
		}
		if r.amounts[i].left {
			m = wentBack(o.order.Total, m)
		}
		o.priced = o.priced || r.amounts[i].total
		r.state(o, &r.amounts[i], m, rec)
	}
	l := line{canceled: is == data.StatusCanceled}
	l.part.Status = is
	if at.price >= 0 {
		if l.item.Price, bad = r.take(o, r.parsed[at.price], row); bad != nil {
			return bad
		}
	}
	if l.part.Amount, l.summed, bad = r.rowSum(o, r.parsed[at.sums:], row); bad != nil {
		return bad
	}
	return r.addLine(o, rec, l, row)
}

// wentBack tells what was refunded from what is left of a total. Nothing left is
// what files write where nothing went back, too, and says nothing.
func wentBack(total, left data.Money) data.Money {
	if left.Minor <= 0 || left.Currency != total.Currency || left.Minor >= total.Minor {
		return data.Money{}
	}
	return data.Money{Minor: total.Minor - left.Minor, Currency: total.Currency}
}

// state sets an amount that a row states of the whole order. Where two rows
// state two, the larger one is taken, whichever comes first, and doubted.
func (r *orderReader) state(o *openOrder, c *amountColumn, m data.Money, rec *record) {
	to := c.set(o.order)
	if to.IsZero() {
		*to = m
		return
	}
	if m.IsZero() || m == *to || m.Currency != to.Currency {
		return
	}
	less, more := *to, m
	if less.Minor > more.Minor {
		less, more = more, less
	}
	*to = more
	if less.Minor != 0 {
		o.odd = append(o.odd, oddness{
			rowRef{rec.line, rec.text},
			problemDoubtTwoAmounts.New("number", o.order.Number, "header", r.name(c.i), "one", more, "other", less),
		})
	}
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

// rowSum adds up what a row adds to the total. ok is false where no cell of it
// holds an amount.
func (r *orderReader) rowSum(o *openOrder, sums []rowAmount, row string) (sum data.Money, ok bool, bad *data.Problem) {
	for _, a := range sums {
		m, bad := r.take(o, a, row)
		if bad != nil {
			return sum, false, bad
		}
		o.priced = true
		total, err := sum.Add(m)
		if err != nil || outOfRange(total) {
			return sum, false, problemBadAmount.Wrap(err, "value", a.text, "header", r.name(a.i))
		}
		sum, ok = total, true
	}
	return sum, ok, nil
}

// doubtAmounts tells of an order whose total or refund the file knows and does not
// say: it would be taken for 0. An order that was canceled or waits for its
// payment may have none.
func (r *orderReader) doubtAmounts(o *openOrder) {
	is, row := o.status.is, o.rows[0]
	waits := is == data.StatusCanceled || is == data.StatusUnpaid || is == data.StatusReview
	if !o.priced && !waits && (r.column(FieldTotal) >= 0 || len(r.sums) > 0) {
		r.tallyDoubt("total", row, problemDoubtNoTotal.New("number", o.order.Number))
	}
	tells := r.column(FieldRefunded) >= 0 || r.column(FieldLeft) >= 0 || slices.ContainsFunc(r.rules, func(rule rowRule) bool { return rule.Do == RowRefund })
	if is != data.StatusRefunded || !tells || o.order.Total.IsZero() || o.order.FullyRefunded() {
		return
	}
	back := o.order.Refunded
	if back.Currency == "" {
		back.Currency = o.order.Total.Currency
	}
	o.odd = append(o.odd, oddness{row, problemDoubtRefundedWord.New(
		"number", o.order.Number, "value", o.order.PlatformStatus, "refunded", back, "total", o.order.Total)})
}

// outOfRange reports whether an amount is so large that a sum of a thousand of
// them could overflow.
func outOfRange(m data.Money) bool { return m.Minor > 1<<52 || m.Minor < -(1<<52) }
