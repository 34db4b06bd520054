package health

import (
	"cmp"
	"time"

	"casebinder/data"
)

// Sums is what was counted.
type Sums struct {
	Hits   int64 // the numerator; orders, pieces, or minor units of Currency
	Base   int64 // the denominator
	Buyers int64 // different buyers in the numerator
	Sales  int64 // orders behind a denominator of amounts
}

// Number is a metric's value at a moment.
type Number struct {
	Metric   *Metric
	AsOf     time.Time
	Span     Span
	Settings Settings // those in force, the defaults among them
	Sums
	Currency string // of an amount; "": a count
	Level    *Level // nil: the platform names no limit, or nothing was counted that it could be told from
	ToWorse  int64  // how many more cases would bring the next worse level; 0: none would, or it is not known
	Worse    *Level // that level; nil: there is none
	ToBetter int64  // how many cases fewer would bring the next better one
	Usual    Usual  // how large a case is, of a number that counts amounts
	Mixed    int64  // rows in other currencies, which are left out
	Untold   int64  // rows that are left out because something that decides was not told
	Assumed  int64  // rows that count by a date that was assumed
	Rows     *Listing

	region string
	zone   *time.Location
}

// NA reports whether nothing was counted: there is no rate of nothing.
func (n *Number) NA() bool { return n.Base == 0 }

// Value is the numerator through the denominator, 0 where that is nothing.
func (n *Number) Value() float64 {
	if n.Base == 0 {
		return 0
	}
	return float64(n.Hits) / float64(n.Base)
}

// Good reports whether the account meets what the platform asks for. known is
// false where no limit is named or nothing was counted.
func (n *Number) Good() (good, known bool) {
	if n.Level == nil || n.NA() {
		return false, false
	}
	return n.Level.Good, true
}

// Listing are the rows behind a number.
type Listing struct {
	Base []Counted
	Hits []Counted
	Left []LeftOut
}

// Counted is a row with its weight, the moment by which it is in the time, and what
// makes it a case.
type Counted struct {
	Ref
	Weight int64
	By     Moment
	Why    Causes // of one in the denominator alone what keeps it out of the numerator, where more is better; 0: nothing makes it a case
	In     int64  // how much of its weight is in the numerator
}

// MoreIsBetter reports whether the rows in the numerator are those that are well: then
// those that are missing from it are to be looked at.
func (n *Number) MoreIsBetter() bool {
	class := n.Settings.word("class", "positive")
	return !n.Metric.BadWhenRising() && class == "positive"
}

// Missed are the rows of the denominator that are not in the numerator, each with what
// keeps it out, where more is better.
func (n *Number) Missed() []Counted {
	if n.Rows == nil || !n.MoreIsBetter() {
		return nil
	}
	var list []Counted
	for _, c := range n.Rows.Base {
		if c.In < c.Weight {
			c.Weight, c.In = c.Weight-c.In, 0
			list = append(list, c)
		}
	}
	return list
}

// Day is the day by which a row counts, by the clock of the number's window.
func (n *Number) Day(c Counted) data.Day {
	return data.OnDay(time.UnixMilli(int64(c.By)).In(n.zone))
}

// LeftOut is a row that does not count, and why.
type LeftOut struct {
	Ref
	Why data.Text
}

// Ask says what is to be computed.
type Ask struct {
	AsOf     time.Time
	Settings Settings
	Span     *Span  // instead of the metric's own window
	Region   string // of the shop, where limits differ; "US", "EU" ...
	List     bool   // the rows too
}

// Usual is how large a case is where amounts are counted: cases to a limit are cases
// of this size.
type Usual struct {
	Amount   int64 // the median, minor units; 0: not known
	Sales    bool  // of the sales, for want of a case: one is then taken to be over a whole sale
	ToWorse  int64 // the amount up to the next worse level
	ToBetter int64 // and down to the next better one
}

// cases is how many cases of this size make an amount, the last one in part.
func (u *Usual) cases(amount int64) int64 {
	if u.Amount <= 0 {
		return 0
	}
	return (amount + u.Amount - 1) / u.Amount
}

// Measure computes a metric.
func (m *Metric) Measure(rows *Rows, ask Ask) *Number {
	s := ask.Settings.over(m.Defaults)
	zone := m.Window.zone(rows.Zone)
	n := &Number{Metric: m, AsOf: ask.AsOf, Settings: s, zone: zone}
	if ask.Span != nil {
		n.Span = *ask.Span
		n.Span.Day = m.Window.day(ask.AsOf, zone)
	} else {
		n.Span = m.spanOf(rows, ask.AsOf, zone, s)
	}
	c := &calc{rows: rows, s: s, from: At(n.Span.From), to: At(n.Span.To), asOf: At(ask.AsOf), zone: zone, list: ask.List}
	m.compute(c)
	n.Sums, n.Currency, n.Mixed, n.Untold, n.Assumed = c.Sums, c.currency.String(), c.mixed, c.untold, c.assumed
	n.Buyers = int64(len(c.buyers)) + c.nameless
	n.Usual = c.usual()
	if ask.List {
		n.Rows = &c.listing
	}
	n.judge(m.region(&ask))
	return n
}

// region is that by whose limits a number is judged: the one that was chosen, else
// that of the shop. Where a number has a region of its own, as that of the bank
// behind the cards, the shop's says nothing.
func (m *Metric) region(ask *Ask) string {
	own, _ := m.Defaults["region"].(string)
	site, _ := m.Defaults["site"].(string)
	return cmp.Or(ask.Settings.word("region", ""), ask.Settings.word("site", ""), own, ask.Region, site)
}

// enoughSold is from how many transactions in three months on eBay looks back
// three months and not twelve (ebay.com help, seller performance).
const enoughSold = 400

func (m *Metric) spanOf(rows *Rows, asOf time.Time, zone *time.Location, s Settings) Span {
	if m.Window.Kind != "lookback" || s.number("lookback_months", 0) > 0 {
		return m.Window.span(asOf, zone, s)
	}
	short := m.Window.span(asOf, zone, Settings{"lookback_months": 3}.over(s))
	if rows.sold(At(short.From), At(short.To)) >= enoughSold {
		return short
	}
	return m.Window.span(asOf, zone, Settings{"lookback_months": 12}.over(s))
}

// judge says where the account stands, and how far the next level is.
func (n *Number) judge(region string) {
	n.region = region
	levels := n.Metric.InForce(n)
	at := level(levels, n.Sums)
	if at < 0 {
		return
	}
	n.Level = &levels[at]
	if n.NA() {
		return
	}
	worse := int64(1)
	if !n.Metric.BadWhenRising() {
		worse = -1
	}
	if n.ToWorse = n.distance(levels, at, worse); n.ToWorse > 0 {
		s := n.Sums
		s.Hits += worse * n.ToWorse
		s.Buyers = max(0, s.Buyers+worse*n.ToWorse)
		if to := level(levels, s); to >= 0 {
			n.Worse = &levels[to]
		}
	}
	n.ToBetter = n.distance(levels, at, -worse)
	if u := &n.Usual; n.Metric.Amounts {
		u.ToWorse, u.ToBetter = n.ToWorse, n.ToBetter
		n.ToWorse, n.ToBetter = u.cases(u.ToWorse), u.cases(u.ToBetter)
	}
}

// InForce gives the levels that count on the day and in the region of a number.
func (m *Metric) InForce(n *Number) []Level {
	day := n.Span.Day
	if m.Window.Kind == "full_months" { // a month is judged by the limits of its own time
		day = n.Span.To.Add(-time.Millisecond).In(day.Location())
	}
	var levels []Level
	for _, l := range m.Levels {
		if l.inForce(day, n.region) {
			levels = append(levels, l)
		}
	}
	return levels
}

// distance is how many rows of the denominator would have to enter the numerator
// (or leave it, step -1) until the level is another one. 0: it stays, whatever
// they do.
func (n *Number) distance(levels []Level, at int, step int64) int64 {
	most := n.Base - n.Hits
	if step < 0 {
		most = n.Hits
	}
	other := func(k int64) bool {
		s := n.Sums
		s.Hits += step * k
		s.Buyers = max(0, s.Buyers+step*k) // each of another buyer: what is to be feared
		then := level(levels, s)
		return then < 0 || levels[then].ID != levels[at].ID
	}
	if most < 1 || !other(most) {
		return 0
	}
	low, high := int64(0), most // other(high) holds
	for high-low > 1 {
		if middle := (low + high) / 2; other(middle) {
			high = middle
		} else {
			low = middle
		}
	}
	return high
}
