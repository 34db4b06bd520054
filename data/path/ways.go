package path

import (
	"slices"

	"casebinder/data"
	"casebinder/data/pack"
	"casebinder/data/service"
)

// CostLine is one cost of a way.
type CostLine struct {
	Cost   data.Cost
	Amount data.Money // what comes back is less than nothing
	Known  bool       // false: Amount is not known, and left out of the sum
	Own    bool       // written down for this order alone
	Why    data.Text  // what it stands on, or what is lacking
}

// Way is one way that a step offers, with what it costs from now on.
type Way struct {
	Answer  string
	Text    data.Text
	Lines   []CostLine
	Sum     data.Money // in the order's currency; of the lines that are known
	Whole   bool       // each line is known and in the order's currency
	Lacking []data.Cost
	Wanted  bool // what the buyer wishes
	Risk    bool // the buyer may open a dispute over it
}

var (
	whyTotal    = data.DefinePhrase("path.cost.total", "all that was paid")
	whyLeft     = data.DefinePhrase("path.cost.left", "what was paid, less {refunded} that was refunded")
	whyScale    = data.DefinePhrase("path.cost.scale", "by the shop's scale")
	whyNoScale  = data.DefinePhrase("path.cost.no_scale", "the shop's scale has no step for it: decide, and enter it")
	whyFigure   = data.DefinePhrase("path.cost.figure", "by the shop's figure, {figure}")
	whyNoFigure = data.DefinePhrase("path.cost.no_figure", "not known: enter it for this order or for the shop")
	whyOwn      = data.DefinePhrase("path.cost.own", "entered for this order")
	whyCurrency = data.DefinePhrase("path.cost.currency", "in another currency than the order, so it is not added up")
)

// Ways lists what a question offers, what the buyer wishes first, each with its
// costs from now on; none where the question is not one of ways.
func (p *Path) Ways(step string, run *data.PathRun, f *Facts) []Way {
	s := p.Step(step)
	if s == nil {
		return nil
	}
	wish := p.Wish(run.Wish)
	var all []Way
	for i := range s.Answers {
		a := &s.Answers[i]
		if !a.IsWay() {
			continue
		}
		w := Way{Answer: a.ID, Text: pack.Text(a.Text), Whole: true, Risk: a.Risk, Wanted: wish != nil && wish.Amends != "" && wish.Amends == a.Amends}
		w.Sum.Currency = f.Order.Total.Currency
		for _, cost := range a.Costs {
			w.add(p.cost(cost, a, run, f), f.Order.Total.Currency)
		}
		all = append(all, w)
	}
	slices.SortStableFunc(all, func(a, b Way) int { return rank(b.Wanted) - rank(a.Wanted) })
	return all
}

func rank(first bool) int {
	if first {
		return 1
	}
	return 0
}

// add puts a line to a way and into its sum.
func (w *Way) add(line CostLine, currency string) {
	if line.Known && line.Amount.Currency != currency && line.Amount.Minor != 0 {
		line.Known, line.Why = false, whyCurrency.With()
	}
	if line.Known {
		w.Sum.Minor += line.Amount.Minor
	} else {
		w.Whole = false
		w.Lacking = append(w.Lacking, line.Cost)
	}
	w.Lines = append(w.Lines, line)
}

// cost works out one line. What was written down for the order counts first, then
// the shop's figure.
func (p *Path) cost(cost data.Cost, a *Answer, run *data.PathRun, f *Facts) CostLine {
	line := CostLine{Cost: cost}
	if own, ok := run.Steps.Costs[string(cost)]; ok {
		line.Amount, line.Known, line.Own, line.Why = own, true, true, whyOwn.With()
		return line.turned()
	}
	switch cost {
	case data.CostRefund:
		line.Amount, line.Known, line.Why = f.left()
	case data.CostPart:
		if line.Amount = f.part(p.causeAfter(a)); line.Amount.IsZero() {
			line.Why = whyNoScale.With()
		} else {
			line.Known, line.Why = true, whyScale.With()
		}
	default:
		line.set(f)
	}
	return line.turned()
}

// set takes the shop's figure.
func (l *CostLine) set(f *Facts) {
	of := l.Cost
	if of == data.CostGoodsBack {
		of = data.CostGoods
	}
	figure, ok := f.Service.Costs[of]
	if ok {
		l.Amount, l.Known = figure.Of(f.Order.Total)
	}
	if l.Known {
		l.Why = whyFigure.With("figure", figure)
	} else {
		l.Why = whyNoFigure.With()
	}
}

func (l CostLine) turned() CostLine {
	if l.Cost.ComesBack() && l.Amount.Minor > 0 {
		l.Amount.Minor = -l.Amount.Minor
	}
	return l
}

// left is what can still be refunded of an order.
func (f *Facts) left() (data.Money, bool, data.Text) {
	total, gone := f.Order.Total, f.Order.Refunded
	switch {
	case total.Currency == "":
		return data.Money{}, false, whyNoTotal.With()
	case gone.Minor > 0 && gone.Currency == total.Currency:
		return data.Money{Minor: max(total.Minor-gone.Minor, 0), Currency: total.Currency}, true, whyLeft.With("refunded", gone)
	}
	return total, true, whyTotal.With()
}

// part is the part of the money that the shop's scale offers for a cause; zero
// where it has no step for it.
func (f *Facts) part(cause string) data.Money {
	c := data.Complaint{Cause: cause}
	offers, own, _ := service.Proposals(&c, f.Order.Total, f.Service)
	if !own {
		return data.Money{}
	}
	for _, s := range offers {
		if s.Offer == data.AmendsPart {
			return s.Amount
		}
	}
	return data.Money{}
}

// causeAfter is the cause of the first ending that an answer leads to; "" where
// that names none.
func (p *Path) causeAfter(a *Answer) string {
	to := a.To
	for range maxSteps {
		if e := p.End(to); e != nil {
			return e.Cause
		}
		s := p.Step(to)
		if s == nil {
			return ""
		}
		to = s.Answers[0].To
	}
	return ""
}

// Values gives those with which an ending's reply begins. One that is not known is
// left out: the reply asks for it.
func (e *End) Values(run *data.PathRun, f *Facts) (values map[string]string) {
	values = map[string]string{}
	for name, value := range e.Fill {
		switch value {
		case "$total":
			if m, known, _ := f.left(); known {
				values[name] = m.Decimal() + " " + m.Currency
			}
		case "$part":
			m, own := run.Steps.Costs[string(data.CostPart)]
			if !own {
				m = f.part(e.Cause)
			}
			if !m.IsZero() {
				values[name] = m.Decimal() + " " + m.Currency
			}
		default:
			values[name] = value
		}
	}
	return values
}
