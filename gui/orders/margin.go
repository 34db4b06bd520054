package orders

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/report"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// marginWords says what an order left in a line: the sum and its share of what was paid,
// or what is known of it and that something is lacking.
func marginWords(m *desk.OrderMargin) string {
	switch {
	case m.Void:
		return ""
	case !m.Whole:
		return words.T("order.margin.lacking", "what", words.List(lacking(m)...))
	case m.Sale.Total.Minor > 0 && m.Sum.Currency == m.Sale.Total.Currency:
		share := strconv.FormatFloat(100*float64(m.Sum.Minor)/float64(m.Sale.Total.Minor), 'f', 1, 64) + " %"
		return words.T("order.margin.share", "sum", words.Money(m.Sum), "share", share)
	}
	return words.T("order.margin.sum", "sum", words.Money(m.Sum))
}

// lacking names the parts of a margin that are not known, each once.
func lacking(m *desk.OrderMargin) []string {
	var names []string
	seen := map[report.Measure]bool{}
	for _, l := range m.Lines {
		if !l.Known && !seen[l.Measure] {
			seen[l.Measure] = true
			names = append(names, words.Of("report.measure", l.Measure))
		}
	}
	return names
}

// marginSheet shows of what the margin of the order in view is made, and takes what the
// order itself cost.
func (d *detail) marginSheet() {
	m, o := d.margin, d.view.Order
	lines := kit.Stacked(0)
	for _, l := range m.Lines {
		lines.Add(marginLine(&l))
	}
	left := words.T("order.margin.known", "sum", words.Money(m.Sum))
	if m.Whole {
		left = words.T("order.margin.left", "sum", words.Money(m.Sum))
	}
	lines.Add(kit.Section(left))
	if m.Sale.Apart > 0 {
		lines.Add(kit.Soft(words.N("order.margin.apart", m.Sale.Apart)))
	}
	fields := []*kit.Field{{Label: words.T("order.margin.parts"), Object: lines}}
	typed := map[data.Cost]*kit.Entry{}
	for _, cost := range data.SaleCosts() {
		text := ""
		if own, ok := m.Sale.Own[cost]; ok {
			text = own.Decimal() + " " + own.Currency
		}
		typed[cost] = kit.TextField(d.env.UI, text, 1)
		typed[cost].SetPlaceHolder(words.T("order.margin.as_known"))
		kit.Trace("order.margin."+string(cost), typed[cost])
		fields = append(fields, &kit.Field{Label: words.T("order.margin.cost." + string(cost)), Object: typed[cost]})
	}
	fields[len(fields)-1].Hint = words.T("order.margin.hint")
	texts := map[data.Cost]string{}
	d.env.UI.OpenForm(kit.FormSheet{
		Name: "order.margin", Title: words.T("order.margin.title", "number", o.Number), Width: 700, Height: 560, Save: words.T("do.save"), Focus: typed[data.CostGoods], Fields: fields,
		Read: func() error {
			for cost, field := range typed {
				texts[cost] = field.Text
			}
			return nil
		},
		Work: func(ctx context.Context) error { return d.env.desk.SetOrderCosts(ctx, o.ID, texts) },
		Done: func() { d.env.UI.Toast(words.T("order.margin.saved"), d.env.Undo) },
	})
}

// marginLine is a part of a margin: what it is, how much, and what it stands on.
func marginLine(l *report.MarginLine) fyne.CanvasObject {
	sum := ""
	if l.Known {
		sum = words.Money(l.Worth)
		if l.Rate.Value != "" {
			sum = words.T("order.margin.converted", "amount", words.Money(l.Amount), "rate", l.Rate.Value, "day", l.Rate.Day, "worth", words.Money(l.Worth))
		}
	}
	said := words.Join(" · ", words.Of("report.measure", l.Measure), sum, words.Text(l.Why))
	if l.Known {
		return kit.Prose(said)
	}
	line := kit.Colored(said, theme.ColorNameError, fyne.TextStyle{})
	line.Wrapping = fyne.TextWrapWord
	return line
}
