package importer

import (
	"casebinder/data"
)

// Refund is a refund whose payment is not in its file. It may be in an earlier
// one.
type Refund struct {
	Number string // of the order, as the row refers to it
	Part   data.Part
	Row    data.Rejection // the row, for when there is no such order
}

// addRefunds adds the refund rows that name this order.
func (r *orderReader) addRefunds(o *openOrder) *data.Problem {
	recs := r.refunds[o.order.Number]
	if len(recs) == 0 {
		return nil
	}
	stated := o.order.Refunded
	for _, rec := range recs {
		part, ok, bad := r.refundPart(rec)
		if bad != nil {
			return bad
		}
		if !ok {
			continue
		}
		if part.Amount.Currency != "" && o.currency != "" && part.Amount.Currency != o.currency {
			return problemTwoCurrencies.New("number", o.order.Number, "one", o.currency, "other", part.Amount.Currency)
		}
		o.order.AddPart(part)
	}
	delete(r.refunds, o.order.Number)
	if stated.IsZero() {
		o.order.Refunded = o.order.PartsRefunded()
	}
	if o.order.FullyRefunded() && o.order.Status != data.StatusCanceled {
		o.order.Status = data.StatusRefunded
	}
	return nil
}

// refundPart reads a refund row: an amount below zero went back to the buyer,
// one above came back to the shop.
func (r *orderReader) refundPart(rec *record) (part data.Part, ok bool, bad *data.Problem) {
	amounts, bad := r.refundAmounts(rec)
	if bad != nil || len(amounts) == 0 {
		return part, false, bad
	}
	row, bad := r.rowCurrency(rec, "", amounts)
	if bad != nil {
		return part, false, bad
	}
	o := &openOrder{order: &data.Order{Number: r.referenceOf(rec)}}
	part = data.Part{Source: r.preset.ID, Refund: true, Key: r.refundKey(rec)}
	if part.Amount, _, bad = r.rowSum(o, amounts, row); bad != nil {
		return part, false, bad
	}
	part.Amount.Minor = -part.Amount.Minor
	return part, !part.Amount.IsZero() || r.column(FieldTotal) >= 0, nil
}

// refundAmounts reads what a refund row says of money: its total, or where the
// file states none, the amounts that would add up to it.
func (r *orderReader) refundAmounts(rec *record) (amounts []rowAmount, bad *data.Problem) {
	columns := r.sums
	if i := r.column(FieldTotal); i >= 0 {
		columns = []sumColumn{{i: i}}
	}
	for _, c := range columns {
		a, ok, bad := r.amountAt(rec, c.i)
		if bad != nil {
			return nil, bad
		}
		if ok {
			a.negative = a.negative != c.negative
			amounts = append(amounts, a)
		}
	}
	return amounts, nil
}

// refundKey names a refund among those of its order: by its own number, else by
// all that its row says.
func (r *orderReader) refundKey(rec *record) string {
	for _, i := range []int{r.itemID, r.number} {
		if key := value(rec.cell(i), true); key != "" && i != r.reference {
			return key
		}
	}
	return rec.text
}

// giveRefund gives on a refund that found no payment.
func (r *orderReader) giveRefund(rec *record) error {
	number := r.referenceOf(rec)
	why := problemNoPayment.New("reference", number)
	if r.sink.Refund == nil || number == "" {
		return r.reject(rec.line, rec.text, why)
	}
	part, ok, bad := r.refundPart(rec)
	switch {
	case bad != nil:
		return r.reject(rec.line, rec.text, bad)
	case !ok:
		return r.reject(rec.line, rec.text, why)
	}
	r.sum.Refunds++
	return r.sink.Refund(&Refund{
		Number: number, Part: part,
		Row: data.Rejection{Finding: r.place.refused(rec.line, why), Cells: splitCells(rec.text)},
	})
}

// doubtful tells what is odd about an order that is taken.
func (r *orderReader) doubtful(o *openOrder) error {
	for _, odd := range o.odd {
		if err := r.doubt(odd.row.line, odd.row.text, odd.why); err != nil {
			return err
		}
	}
	if len(o.rows) == 0 {
		return nil
	}
	if why := OverRefunded(o.order); why != nil {
		return r.doubt(o.rows[0].line, o.rows[0].text, why)
	}
	return nil
}

// OverRefunded doubts an order of which more was refunded than was paid, nil for
// any other.
func OverRefunded(o *data.Order) *data.Problem {
	if o.Total.Currency == "" || o.Total.Currency != o.Refunded.Currency || o.Refunded.Minor <= o.Total.Minor && o.Refunded.Minor >= 0 {
		return nil
	}
	return problemDoubtRefunded.New("number", o.Number, "refunded", o.Refunded, "total", o.Total)
}
