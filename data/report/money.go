package report

import (
	"cmp"
	"slices"
	"time"

	"casebinder/data"
)

// Measure is a kind of money.
type Measure string

// The measures.
const (
	AtRisk    Measure = "at_risk"   // claimed in disputes that are open at the end of the period
	Recovered Measure = "recovered" // claimed in disputes that ended in the period, and not paid back
	Refunded  Measure = "refunded"  // paid back for orders that were placed in the period
)

// Measures lists them in their order.
func Measures() []Measure { return []Measure{AtRisk, Recovered, Refunded} }

// Line is one sum in one currency at one rate.
type Line struct {
	Key     string // of the table's row
	Label   Label
	Measure Measure
	Rows    int
	Amount  data.Money
	Rate    data.Rate  // zero: the report's own currency, or no rate
	Worth   data.Money // in the report's currency, rounded; zero where Left
	Left    bool       // no rate: in no sum
}

// moneyDimensions are by what money is told apart.
var moneyDimensions = []string{"shop", "platform", "reason", "product", "carrier", "month"}

// counted money of a case.
type sum struct {
	measure Measure
	amount  data.Money
	at      time.Time
	unknown bool // it belongs in, but nobody knows how much it is
}

// sums are the sums that a case is in.
func (in *Input) sums(c *data.ReportCase) []sum {
	switch c.Kind {
	case data.CaseRefund:
		if in.Ask.Holds(c.At) {
			return []sum{{Refunded, c.Amount, c.At, c.Amount.Currency == ""}}
		}
	case data.CaseDispute:
		if in.Ask.openAtEnd(c) {
			return []sum{{AtRisk, c.Amount, c.At, c.Amount.Currency == ""}}
		}
		if !c.Open && in.Ask.Holds(c.EndedAt) {
			return recovered(c)
		}
	case data.CaseComplaint, data.CaseFeedback:
	}
	return nil
}

// recovered is what was claimed and did not go back. What a split gave back is told by
// the dispute's events, or not known.
func recovered(c *data.ReportCase) []sum {
	switch c.Outcome {
	case "won", "withdrawn":
		return []sum{{Recovered, c.Amount, c.EndedAt, c.Amount.Currency == ""}}
	case "split":
		if c.Amount.Currency == "" || c.PaidBack.Currency != c.Amount.Currency || c.PaidBack.Minor > c.Amount.Minor {
			return []sum{{measure: Recovered, at: c.EndedAt, unknown: true}}
		}
		return []sum{{Recovered, data.Money{Minor: c.Amount.Minor - c.PaidBack.Minor, Currency: c.Amount.Currency}, c.EndedAt, false}}
	}
	return nil
}

// rate gives the rate in force on a day.
func (in *Input) rate(currency, day string) (data.Rate, bool) {
	return rateOn(in.Rates, in.Ask.Currency, currency, day)
}

func rateOn(rates []data.Rate, target, currency, day string) (best data.Rate, ok bool) {
	for _, r := range rates {
		if r.Currency == currency && r.Target == target && r.Day <= day && (!ok || r.Day > best.Day) {
			best, ok = r, true
		}
	}
	return best, ok
}

type lineKey struct {
	key      string
	measure  Measure
	currency string
	rate     string // its day; "" none
}

// keyOf is the value of a case in a dimension.
func (in *Input) keyOf(dimension string, c *data.ReportCase, at time.Time) (key string, label Label) {
	shop := in.Shops[c.ShopID]
	value := ""
	switch dimension {
	case "shop":
		return string(shop.Platform) + "/" + shop.Name, Label{"shop", shop.Name}
	case "platform":
		value = string(shop.Platform)
	case "reason":
		value = c.Reason
	case "cause":
		value = c.Cause
	case "product":
		return c.Product, Label{"product", cmp.Or(c.Title, c.Product)}
	case "supplier":
		value = in.supplier(c.Product)
	case "carrier":
		value = c.Carrier
	case "country":
		value = c.Country
	case "operator":
		value = c.Operator
	case "month":
		if value = in.Ask.MonthOf(at); value != "" && value < in.Ask.MonthOf(in.Ask.Start()) {
			value = Earlier
		}
	}
	return value, Label{dimension, value}
}

func (in *Input) supplier(product string) string {
	if product == data.Several {
		return product
	}
	return in.Suppliers[product]
}

// money adds the tables of money, and what is in none of their sums.
func (in *Input) money(r *Report) {
	for i, dimension := range moneyDimensions {
		lines, left := in.lines(dimension)
		if i == 0 { // each dimension leaves out the same
			r.Left = left
		}
		r.uses(lines)
		r.Tables = append(r.Tables, in.moneyTable(dimension, lines))
	}
}

// uses adds the rates of lines to those that the report tells of.
func (r *Report) uses(lines []Line) {
	for _, l := range lines {
		if l.Rate.Value != "" && !slices.Contains(r.Rates, l.Rate) {
			r.Rates = append(r.Rates, l.Rate)
		}
	}
	slices.SortFunc(r.Rates, func(a, b data.Rate) int {
		return cmp.Or(cmp.Compare(a.Currency, b.Currency), cmp.Compare(a.Day, b.Day))
	})
}

// lines adds up what is of one key, measure, currency and rate.
func (in *Input) lines(dimension string) ([]Line, []Left) {
	at, left := map[lineKey]*Line{}, map[lineKey]*Left{}
	for i := range in.Cases {
		c := &in.Cases[i]
		for _, s := range in.sums(c) {
			day := in.Ask.To.String()
			if !s.at.IsZero() {
				day = in.Ask.DayOf(s.at)
			}
			key, label := in.keyOf(dimension, c, s.at)
			if s.unknown {
				leave(left, s.measure, data.Money{}, "")
				continue
			}
			var rate data.Rate
			known := s.amount.Currency == in.Ask.Currency
			if !known {
				if rate, known = in.rate(s.amount.Currency, day); !known {
					leave(left, s.measure, s.amount, day)
				}
			}
			k := lineKey{key, s.measure, s.amount.Currency, rate.Day}
			if at[k] == nil {
				at[k] = &Line{Key: key, Label: label, Measure: s.measure, Amount: data.Money{Currency: s.amount.Currency}, Rate: rate, Left: !known}
			}
			at[k].Rows++
			at[k].Amount.Minor += s.amount.Minor
		}
	}
	lines := make([]Line, 0, len(at))
	for _, l := range at {
		l.convert(in.Ask.Currency)
		lines = append(lines, *l)
	}
	sortLines(lines, Measures())
	return lines, leftList(left)
}

// sortLines brings lines of one row and measure together.
func sortLines(lines []Line, measures []Measure) {
	slices.SortFunc(lines, func(a, b Line) int {
		return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(slices.Index(measures, a.Measure), slices.Index(measures, b.Measure)),
			cmp.Compare(a.Amount.Currency, b.Amount.Currency), cmp.Compare(a.Rate.Day, b.Rate.Day))
	})
}

func (l *Line) convert(currency string) {
	switch {
	case l.Left:
	case l.Amount.Currency == currency:
		l.Worth = l.Amount
	default:
		var ok bool
		if l.Worth, ok = l.Rate.Convert(l.Amount); !ok { // more than fits
			l.Left = true
		}
	}
}

func leave(left map[lineKey]*Left, m Measure, amount data.Money, day string) {
	k := lineKey{measure: m, currency: amount.Currency}
	if left[k] == nil {
		left[k] = &Left{Measure: m, Amount: data.Money{Currency: amount.Currency}}
	}
	left[k].Rows++
	left[k].Amount.Minor += amount.Minor
	left[k].Day = max(left[k].Day, day)
}

func leftList(left map[lineKey]*Left) []Left {
	var list []Left
	for _, l := range left {
		list = append(list, *l)
	}
	slices.SortFunc(list, func(a, b Left) int {
		return cmp.Or(cmp.Compare(slices.Index(Measures(), a.Measure), slices.Index(Measures(), b.Measure)), cmp.Compare(a.Amount.Currency, b.Amount.Currency))
	})
	return list
}

// moneyTable has a row a key, with a column a measure.
func (in *Input) moneyTable(dimension string, lines []Line) Table {
	t := Table{
		ID: "money." + dimension, Title: phraseMoneyBy[dimension].With(), Lines: lines, Course: dimension == "month",
		Columns: []Column{{ID: dimension, Title: phraseColumn[dimension].With(), Unit: Words}}, Drawn: []int{1, 2, 3},
	}
	for _, m := range Measures() {
		t.Columns = append(t.Columns, Column{ID: string(m), Title: phraseMeasure[m].With(), Unit: Money})
	}
	t.Columns = append(t.Columns, Column{ID: "rows", Title: phraseRows.With(), Unit: Count})
	at := map[string]int{}
	add := func(key string, label Label) int {
		i, ok := at[key]
		if !ok {
			i = len(t.Rows)
			at[key] = i
			t.Rows = append(t.Rows, Row{key, []Cell{{Label: label, Known: true}, count(0), count(0), count(0), count(0)}})
		}
		return i
	}
	if t.Course { // a month without anything is told too
		if slices.ContainsFunc(lines, func(l Line) bool { return l.Key == Earlier }) {
			add(Earlier, Label{"month", Earlier})
		}
		for _, m := range in.Ask.Months() {
			add(m.Month, Label{"month", m.Month})
		}
	}
	for _, l := range lines {
		i := add(l.Key, l.Label)
		if l.Left {
			continue
		}
		t.Rows[i].Cells[1+slices.Index(Measures(), l.Measure)].N += l.Worth.Minor
		t.Rows[i].Cells[4].N += int64(l.Rows)
	}
	if !t.Course {
		slices.SortStableFunc(t.Rows, func(a, b Row) int {
			whole := func(r Row) int64 { return r.Cells[1].N + r.Cells[2].N + r.Cells[3].N }
			return cmp.Or(cmp.Compare(whole(b), whole(a)), cmp.Compare(a.Key, b.Key))
		})
	}
	t.sum()
	return t
}
