package report

import (
	"cmp"
	"slices"
	"strings"

	"casebinder/data"
)

// marginDimensions are by what margins are told apart.
var marginDimensions = []string{"shop", "product", "month"}

// Margins adds up the margins of sales, one after the other, so that the sales of a
// large shop need not be held.
type Margins struct {
	Book  *CostBook
	Shops map[int64]data.Shop

	Uncounted int64 // sales that were not even read, since no cost of goods is known of anything

	lines   map[string]map[lineKey]*Line // by dimension
	rows    map[string]map[string]*marginRow
	lacking map[lackKey]*lackRow
}

// marginRow counts the orders of a row.
type marginRow struct {
	label          Label
	whole, unknown int64
}

// lackKey is what is lacking of a margin, and of which article.
type lackKey struct {
	measure Measure
	article string
	rate    bool // a rate is lacking, not the cost
}

type lackRow struct {
	label   Label
	why     data.Text
	orders  int64
	numbers []string
}

// lackNumbers is how many orders a row of lacking costs names.
const lackNumbers = 10

// Add counts a sale in.
func (t *Margins) Add(s *data.Sale) {
	if t.lines == nil {
		t.lines, t.rows, t.lacking = map[string]map[lineKey]*Line{}, map[string]map[string]*marginRow{}, map[lackKey]*lackRow{}
		for _, d := range marginDimensions {
			t.lines[d], t.rows[d] = map[lineKey]*Line{}, map[string]*marginRow{}
		}
	}
	m := t.Book.Of(s)
	if !m.Whole {
		t.lacks(s, &m)
	}
	for _, d := range marginDimensions {
		key, label := t.keyOf(d, s)
		row := t.rows[d][key]
		if row == nil {
			row = &marginRow{label: label}
			t.rows[d][key] = row
		}
		if !m.Whole {
			row.unknown++
			continue
		}
		row.whole++
		for i := range m.Lines {
			t.count(d, key, label, &m.Lines[i])
		}
	}
}

func (t *Margins) count(dimension, key string, label Label, l *MarginLine) {
	k := lineKey{key, l.Measure, l.Amount.Currency, l.Rate.Day}
	line := t.lines[dimension][k]
	if line == nil {
		line = &Line{Key: key, Label: label, Measure: l.Measure, Amount: data.Money{Currency: l.Amount.Currency}, Rate: l.Rate}
		t.lines[dimension][k] = line
	}
	line.Rows++
	line.Amount.Minor += l.Amount.Minor
}

func (t *Margins) keyOf(dimension string, s *data.Sale) (string, Label) {
	switch dimension {
	case "shop":
		shop := t.Shops[s.ShopID]
		return string(shop.Platform) + "/" + shop.Name, Label{"shop", shop.Name}
	case "month":
		return s.Month, Label{"month", s.Month}
	}
	name, title := s.Article()
	return name, Label{"product", cmp.Or(title, name)}
}

// lacks notes what is lacking of an order's margin, each once.
func (t *Margins) lacks(s *data.Sale, m *Margin) {
	seen := map[lackKey]bool{}
	for i := range m.Lines {
		l := &m.Lines[i]
		if l.Known {
			continue
		}
		k := lackKey{measure: l.Measure, article: l.Article, rate: l.Amount.Currency != ""}
		why := l.Why
		if k.rate {
			k.article = l.Amount.Currency
			why = phraseLackRate.With("currency", l.Amount.Currency, "target", t.Book.Currency)
		}
		if seen[k] {
			continue
		}
		seen[k] = true
		row := t.lacking[k]
		if row == nil {
			row = &lackRow{label: Label{"product", "-"}, why: why}
			if !k.rate && l.Measure == Goods {
				row.label = Label{"product", l.Article}
			}
			t.lacking[k] = row
		}
		if row.orders++; len(row.numbers) < lackNumbers {
			row.numbers = append(row.numbers, s.Number)
		}
	}
}

// margins adds the tables of what sales left, and of what is lacking.
func (in *Input) margins(r *Report) {
	t := in.Margins
	if t == nil {
		t = &Margins{}
	}
	for _, d := range marginDimensions {
		lines := make([]Line, 0, len(t.lines[d]))
		for _, l := range t.lines[d] {
			l.convert(in.Ask.Currency)
			lines = append(lines, *l)
		}
		sortLines(lines, marginMeasures)
		r.uses(lines)
		r.Tables = append(r.Tables, in.marginTable(d, lines, t.rows[d]))
	}
	r.Tables = append(r.Tables, lackTable(t.lacking))
	if t.Uncounted > 0 {
		for i := range r.Tables {
			if strings.HasPrefix(r.Tables[i].ID, "margin.") {
				r.Tables[i].Notes = []data.Text{phraseNoteUncounted.With("n", t.Uncounted)}
			}
		}
	}
}

// Columns of a table of margins.
const (
	marginOrders = 1
	marginFirst  = 2 // of marginMeasures
	marginColumn = 7
)

func (in *Input) marginTable(dimension string, lines []Line, rows map[string]*marginRow) Table {
	t := Table{
		ID: "margin." + dimension, Title: phraseMarginBy[dimension].With(), Lines: lines, Course: dimension == "month", Drawn: []int{marginColumn},
		Columns: []Column{{ID: dimension, Title: phraseColumn[dimension].With(), Unit: Words}, {ID: "orders", Title: phraseWholeOrders.With(), Unit: Count}},
		Notes:   []data.Text{phraseNoteMargin.With(), phraseNoteLacking.With()},
	}
	for _, m := range marginMeasures {
		t.Columns = append(t.Columns, Column{ID: string(m), Title: phraseMeasure[m].With(), Unit: Money})
	}
	t.Columns = append(t.Columns, Column{ID: "margin", Title: phraseMargin.With(), Unit: Money, From: marginFirst, Less: len(marginMeasures) - 1},
		Column{ID: "rate", Title: phraseMarginRate.With(), Unit: Ratio, Num: marginColumn, Den: marginFirst},
		Column{ID: "unknown", Title: phraseUnknownCost.With(), Unit: Count})
	if dimension == "product" {
		t.Notes = append(t.Notes, phraseNoteMarginSeveral.With())
	}
	if t.Course {
		for _, m := range in.Ask.Months() {
			if rows[m.Month] == nil {
				if rows == nil {
					rows = map[string]*marginRow{}
				}
				rows[m.Month] = &marginRow{label: Label{"month", m.Month}}
			}
		}
	}
	at := map[string]int{}
	for key, n := range rows {
		at[key] = len(t.Rows)
		row := Row{key, []Cell{{Label: n.label, Known: true}, count(n.whole)}}
		for range marginMeasures {
			row.Cells = append(row.Cells, count(0))
		}
		t.Rows = append(t.Rows, Row{key, append(row.Cells, count(0), Cell{}, count(n.unknown))})
	}
	for _, l := range lines {
		if !l.Left {
			t.Rows[at[l.Key]].Cells[marginFirst+slices.Index(marginMeasures, l.Measure)].N += l.Worth.Minor
		}
	}
	for i := range t.Rows {
		cells := t.Rows[i].Cells
		cells[marginColumn].N = cells[marginFirst].N
		for k := range len(marginMeasures) - 1 {
			cells[marginColumn].N -= cells[marginFirst+1+k].N
		}
		cells[marginColumn+1].Known = cells[marginFirst].N > 0
	}
	slices.SortFunc(t.Rows, func(a, b Row) int {
		if t.Course {
			return cmp.Compare(a.Key, b.Key)
		}
		return cmp.Or(cmp.Compare(b.Cells[marginColumn].N, a.Cells[marginColumn].N), cmp.Compare(a.Key, b.Key))
	})
	t.sum()
	return t
}

// lackTable names what is not known, what most orders lack first.
func lackTable(lacking map[lackKey]*lackRow) Table {
	t := Table{ID: "margin.unknown", Title: phraseLacking.With(), Notes: []data.Text{phraseNoteLackTable.With("most", lackNumbers)}}
	t.Columns = []Column{
		{ID: "product", Title: phraseColumn["product"].With(), Unit: Words},
		{ID: "what", Title: phraseWhat.With(), Unit: Words},
		{ID: "why", Title: phraseWhy.With(), Unit: Words},
		{ID: "orders", Title: phraseOrdersLacking.With(), Unit: Count},
		{ID: "numbers", Title: phraseColumn["order"].With(), Unit: Words},
	}
	for k, n := range lacking {
		key := string(k.measure) + "/" + k.article
		t.Rows = append(t.Rows, Row{key, []Cell{
			{Label: n.label, Known: true},
			{Text: phraseMeasure[k.measure].With(), Known: true},
			{Text: n.why, Known: true},
			count(n.orders),
			labeled("order", strings.Join(n.numbers, ", ")),
		}})
	}
	slices.SortFunc(t.Rows, func(a, b Row) int { return cmp.Or(cmp.Compare(b.Cells[3].N, a.Cells[3].N), cmp.Compare(a.Key, b.Key)) })
	return t
}
