package report

import (
	"cmp"
	"slices"

	"casebinder/data"
)

// What a margin is made of, beside Refunded.
const (
	Sold    Measure = "sales"   // what buyers paid for orders that were placed in the period
	Goods   Measure = "goods"   // what the goods cost the shop
	Postage Measure = "postage" // of the first parcel
	Fees    Measure = "fees"    // of the platform and the payment service
)

// marginMeasures lists them as they stand: what comes in, then what goes out.
var marginMeasures = []Measure{Sold, Refunded, Goods, Postage, Fees}

// CostBook is what is known of what sales cost.
type CostBook struct {
	Currency string // of all sums
	Rates    []data.Rate
	Goods    map[string][]data.GoodsCost // by article, the oldest day first
	Shops    map[int64]data.CostFigures
}

// Any reports whether a cost of goods is known of anything.
func (b *CostBook) Any() bool {
	if len(b.Goods) > 0 {
		return true
	}
	for _, figures := range b.Shops {
		if _, ok := figures[data.CostGoods]; ok {
			return true
		}
	}
	return false
}

// MarginLine is a part of an order's margin.
type MarginLine struct {
	Measure Measure
	Article string     // whose cost it is; "" the whole order's
	Amount  data.Money // as it was told; what goes out is above zero
	Worth   data.Money // in the currency of all sums, rounded
	Rate    data.Rate  // zero: none was needed, or none is known
	Known   bool       // false: it is in no sum
	Why     data.Text  // what it stands on, or what is lacking
}

// Margin is what an order left the shop, as far as it is known.
type Margin struct {
	Lines []MarginLine
	Sum   data.Money // of the lines that are known
	Whole bool       // each is
}

// Unknown counts the lines that are not known.
func (m *Margin) Unknown() (n int) {
	for i := range m.Lines {
		if !m.Lines[i].Known {
			n++
		}
	}
	return n
}

var (
	whyPaid      = data.DefinePhrase("margin.paid", "all that the buyer paid")
	whyNoTotal   = data.DefinePhrase("margin.no_total", "no file tells what was paid")
	whyRefunded  = data.DefinePhrase("margin.refunded", "paid back to the buyer")
	whyOwn       = data.DefinePhrase("margin.own", "entered for this order")
	whyUnits     = data.DefinePhrase("margin.units", "{n} × {cost}, {article}")
	whyFigure    = data.DefinePhrase("margin.figure", "by the shop's figure, {figure}")
	whyShareOf   = data.DefinePhrase("margin.share", "by the shop's figure, {figure} of the price of {article}")
	whyFeeBack   = data.DefinePhrase("margin.fee_back", "comes back with the refund, by the shop's figure, {figure}")
	whyNoGoods   = data.DefinePhrase("margin.no_goods", "the cost of {article} is not known")
	whyNoCost    = data.DefinePhrase("margin.no_cost", "not known: enter it for this order or for the shop")
	whyNoRate    = data.DefinePhrase("margin.no_rate", "no rate from {currency} into {target} is entered for {day} or before")
	whyTooLarge  = data.DefinePhrase("margin.too_large", "more than can be counted")
	whyNoArticle = data.DefinePhrase("margin.no_article", "the cost of the goods is not known, and the order names none")
)

// Of works out what an order left. What is not known is a line of its own, and in no
// sum.
func (b *CostBook) Of(s *data.Sale) Margin {
	var lines []MarginLine
	if s.Total.Currency == "" {
		lines = append(lines, MarginLine{Measure: Sold, Why: whyNoTotal.With()})
	} else {
		lines = append(lines, MarginLine{Measure: Sold, Amount: s.Total, Known: true, Why: whyPaid.With()})
	}
	if s.Refunded.Minor != 0 {
		lines = append(lines, MarginLine{Measure: Refunded, Amount: s.Refunded, Known: true, Why: whyRefunded.With()})
	}
	lines = append(lines, b.goods(s)...)
	lines = append(lines, b.figure(s, Postage, data.CostPostage), b.figure(s, Fees, data.CostFees))
	if back, ok := b.feeBack(s, lines[len(lines)-1]); ok {
		lines = append(lines, back)
	}
	m := Margin{Sum: data.Money{Currency: b.Currency}, Whole: true}
	for _, l := range lines {
		b.convert(&l, s.Day)
		switch {
		case !l.Known:
			m.Whole = false
		case l.Measure == Sold:
			m.Sum.Minor += l.Worth.Minor
		default:
			m.Sum.Minor -= l.Worth.Minor
		}
		m.Lines = append(m.Lines, l)
	}
	return m
}

// goods are the lines of what the goods cost: what was entered for the order, else for
// each article; the shop's figure stands in where an article has none.
func (b *CostBook) goods(s *data.Sale) []MarginLine {
	if own, ok := s.Own[data.CostGoods]; ok {
		return []MarginLine{{Measure: Goods, Amount: own, Known: true, Why: whyOwn.With()}}
	}
	of := func(i *data.Item) (data.Money, bool) { return b.unitCost(i.Article(), s.Day) }
	if !slices.ContainsFunc(s.Items, func(i data.Item) bool { _, ok := of(&i); return ok }) {
		return b.allGoods(s)
	}
	var lines []MarginLine
	for k := range s.Items {
		i := &s.Items[k]
		line := MarginLine{Measure: Goods, Article: i.Article()}
		if cost, ok := of(i); ok {
			line.Why = whyUnits.With("n", i.Quantity, "cost", cost, "article", i.Article())
			if line.Amount, line.Known = cost.Times(i.Quantity); !line.Known {
				line.Why = whyTooLarge.With()
			}
		} else {
			line = b.shareOf(s, i)
		}
		lines = append(lines, line)
	}
	return lines
}

// allGoods is the shop's figure for an order of whose articles none has a cost; without
// one, each article lacks its cost.
func (b *CostBook) allGoods(s *data.Sale) []MarginLine {
	if line := b.figure(s, Goods, data.CostGoods); line.Known {
		return []MarginLine{line}
	}
	var lines []MarginLine
	for k := range s.Items {
		if i := &s.Items[k]; i.Article() != "" {
			lines = append(lines, MarginLine{Measure: Goods, Article: i.Article(), Why: whyNoGoods.With("article", cmp.Or(i.Title, i.SKU))})
		}
	}
	if len(lines) == 0 {
		return []MarginLine{{Measure: Goods, Why: whyNoArticle.With()}}
	}
	return lines
}

// shareOf is the shop's figure for one article among others: a share of its price. A
// sum for a whole order cannot be told apart.
func (b *CostBook) shareOf(s *data.Sale, i *data.Item) MarginLine {
	line := MarginLine{Measure: Goods, Article: i.Article(), Why: whyNoGoods.With("article", cmp.Or(i.Title, i.SKU))}
	figure, ok := b.Shops[s.ShopID][data.CostGoods]
	if !ok || figure.Share == 0 || i.Price.Currency == "" {
		return line
	}
	price, ok := i.Price.Times(i.Quantity)
	if !ok {
		return line
	}
	if line.Amount, line.Known = figure.Of(price); line.Known {
		line.Why = whyShareOf.With("figure", figure, "article", i.Article())
	}
	return line
}

// unitCost is what one unit of an article cost on a day.
func (b *CostBook) unitCost(article, day string) (cost data.Money, known bool) {
	for _, c := range b.Goods[article] {
		if c.Day <= day {
			cost, known = c.Amount, true
		}
	}
	return cost, known
}

// figure is what was entered for the order, else what the shop's figure makes of it.
func (b *CostBook) figure(s *data.Sale, m Measure, cost data.Cost) MarginLine {
	line := MarginLine{Measure: m, Why: whyNoCost.With()}
	if own, ok := s.Own[cost]; ok {
		line.Amount, line.Known, line.Why = own, true, whyOwn.With()
		return line
	}
	figure, ok := b.Shops[s.ShopID][cost]
	if !ok {
		return line
	}
	if line.Amount, line.Known = figure.Of(s.Total); line.Known {
		line.Why = whyFigure.With("figure", figure)
	}
	return line
}

// feeBack is what of the fees comes back where all was refunded, by the shop's figure.
func (b *CostBook) feeBack(s *data.Sale, fees MarginLine) (MarginLine, bool) {
	figure, ok := b.Shops[s.ShopID][data.CostFeeBack]
	_, own := s.Own[data.CostFees]
	whole := s.Total.Minor > 0 && s.Refunded.Currency == s.Total.Currency && s.Refunded.Minor >= s.Total.Minor
	if !ok || own || !whole || !fees.Known {
		return MarginLine{}, false
	}
	back, ok := figure.Of(s.Total)
	back.Minor = -back.Minor
	return MarginLine{Measure: Fees, Amount: back, Known: true, Why: whyFeeBack.With("figure", figure)}, ok
}

// convert gives a line its worth by the rate of the order's day.
func (b *CostBook) convert(l *MarginLine, day string) {
	switch {
	case !l.Known:
		return
	case l.Amount.Currency == b.Currency || l.Amount.Minor == 0:
		l.Amount.Currency = b.Currency // nothing is nothing in any
		l.Worth = l.Amount
		return
	}
	rate, ok := rateOn(b.Rates, b.Currency, l.Amount.Currency, day)
	if !ok {
		l.Known, l.Why = false, whyNoRate.With("currency", l.Amount.Currency, "target", b.Currency, "day", day)
		return
	}
	l.Rate = rate
	if l.Worth, l.Known = rate.Convert(l.Amount); !l.Known {
		l.Why = whyTooLarge.With()
	}
}
