package importer

import (
	"slices"
	"time"

	"casebinder/data"
)

// CostLine is a row of a list of costs: what a unit of an article costs, or what an
// order itself cost, or both.
type CostLine struct {
	Article string    // SKU, or the title of what has none; "" the row names none
	Since   time.Time // from which day the cost counts; zero: always
	Number  string    // of the order; "" the row names none
	Costs   map[data.Cost]data.Money

	Where []data.Ref // the row
	Cells []string   // as they are written
}

// costFields are the columns of sums, by the cost that they are.
var costFields = []struct {
	field Field
	cost  data.Cost
}{{FieldUnitCost, data.CostGoods}, {FieldPostageCost, data.CostPostage}, {FieldFees, data.CostFees}}

var (
	problemCostNothing = data.DefineProblem("import_cost_nothing", data.ErrInvalid,
		"The row has no sum: neither a cost of goods, nor postage, nor fees.", "Write a sum into the row, or leave the row out.")
	problemCostOfWhat = data.DefineProblem("import_cost_of_what", data.ErrInvalid,
		"The row says not whose cost it is.", "A cost of goods needs a SKU or a title; postage and fees need an order number.")
)

// costReader turns the rows of a list of costs into lines.
type costReader struct {
	lineReader
	dates *dateReader
}

func (r *costReader) row(rec *record) error {
	if is, by := r.rule(rec); is == RowLeave {
		return r.reject(rec.line, rec.text, problemLeftOut.New("header", r.name(by), "value", clean(rec.cell(by), false)))
	}
	line, bad := r.line(rec)
	if bad != nil {
		return r.reject(rec.line, rec.text, bad)
	}
	r.sum.Taken++
	if r.sink.Cost == nil {
		return nil
	}
	return r.sink.Cost(line)
}

func (r *costReader) line(rec *record) (*CostLine, *data.Problem) {
	c := &CostLine{Costs: map[data.Cost]data.Money{}, Where: r.place.at(rec.line, "", ""), Cells: rec.cells()}
	var bad *data.Problem
	if c.Article, bad = r.named(rec, FieldSKU); bad != nil {
		return nil, bad
	}
	if c.Article == "" {
		c.Article = value(rec.cell(r.column(FieldTitle)), false)
	}
	if c.Number, bad = r.named(rec, FieldNumber); bad != nil {
		return nil, bad
	}
	if i := r.column(FieldAt); i >= 0 {
		if r.dates == nil {
			r.dates = r.newDates()
		}
		if c.Since, bad = r.date(rec, i, r.dates, value(rec.cell(i), false)); bad != nil {
			return nil, bad
		}
	}
	if bad := r.sumsOf(rec, c); bad != nil {
		return nil, bad
	}
	_, goods := c.Costs[data.CostGoods]
	switch {
	case len(c.Costs) == 0:
		return nil, problemCostNothing.New()
	case c.Number == "" && (!goods || c.Article == "" || len(c.Costs) > 1):
		return nil, problemCostOfWhat.New()
	}
	return c, nil
}

// named reads a number or a SKU, which a spreadsheet may have spoiled.
func (r *costReader) named(rec *record, f Field) (string, *data.Problem) {
	i := r.column(f)
	if i < 0 {
		return "", nil
	}
	text, bad := r.orderNumber(rec, i)
	return value(text, true), bad
}

// sumsOf reads the sums of a row. Platforms write fees below zero: what it cost is meant.
func (r *costReader) sumsOf(rec *record, c *CostLine) *data.Problem {
	var amounts []rowAmount
	var kinds []data.Cost
	for _, f := range costFields {
		a, ok, bad := r.amountAt(rec, r.column(f.field))
		if bad != nil {
			return bad
		}
		if ok {
			amounts, kinds = append(amounts, a), append(kinds, f.cost)
		}
	}
	row, bad := r.rowCurrency(rec, "", amounts)
	if bad != nil {
		return bad
	}
	for k, a := range amounts {
		currency, bad := r.currencyOf(a, row)
		if bad != nil {
			return bad
		}
		if currency == "" {
			return problemNoCurrency.New("value", a.text, "header", r.name(a.i))
		}
		m, bad := r.money(a, currency)
		if bad != nil {
			return bad
		}
		if m.Minor < 0 {
			if kinds[k] == data.CostGoods {
				return problemNegative.New("value", a.text, "header", r.name(a.i))
			}
			m.Minor = -m.Minor
		}
		c.Costs[kinds[k]] = m
	}
	return nil
}

// wantsCosts names what a list of costs must have beside what all have: a name of what
// costs something, and a sum. "" where it has both.
func wantsCosts(has func(Field) bool) (lacking Field) {
	if !slices.ContainsFunc([]Field{FieldSKU, FieldTitle, FieldNumber}, has) {
		return FieldSKU
	}
	if !slices.ContainsFunc([]Field{FieldUnitCost, FieldPostageCost, FieldFees}, has) {
		return FieldUnitCost
	}
	return ""
}
