package reports

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/report"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// barsMost is how many bars a chart has: those that matter most come first.
const barsMost = 12

// row is a row of the table on the screen.
type row = kit.Numbered[*report.Row]

// draw shows the chosen table with its chart, and what stands behind it.
func (f *figures) draw() {
	t := f.made.Table(f.table)
	if t == nil {
		f.table = f.made.Tables[0].ID
		t = &f.made.Tables[0]
	}
	rows := listed(t)
	at := slices.IndexFunc(rows, func(r *report.Row) bool { return r.Key == f.chosen })
	f.tell(t, nil)
	if at >= 0 {
		f.tell(t, rows[at])
	}
	table := f.list(t, rows)
	chart := f.chart(t)
	if chart == nil {
		f.place.Objects = []fyne.CanvasObject{table}
	} else {
		split := container.NewVSplit(chart, table)
		split.Offset = 0.4
		f.place.Objects = []fyne.CanvasObject{split}
	}
	f.place.Refresh()
	if at >= 0 {
		table.Select(int64(at + 1))
		table.Reload()
		return
	}
	table.Restart()
}

// listed are the rows of a table, its total last.
func listed(t *report.Table) []*report.Row {
	rows := make([]*report.Row, 0, len(t.Rows)+1)
	for i := range t.Rows {
		rows = append(rows, &t.Rows[i])
	}
	if t.Total != nil && len(rows) > 0 {
		rows = append(rows, t.Total)
	}
	return rows
}

// tell says what the table rests on; of a chosen row with sums, which lines they are.
func (f *figures) tell(t *report.Table, chosen *report.Row) {
	var said []string
	if chosen != nil {
		said = f.lines(t, chosen)
	}
	if len(said) == 0 {
		told := f.made.Told()
		if strings.HasPrefix(t.ID, "money.") { // what is in no sum is read first
			left := f.made.LeftOut()
			told = append(left, told[:len(told)-len(left)]...)
		} else {
			told = append(told[:1:1], t.Notes...)
		}
		for _, text := range told {
			said = append(said, words.Text(text))
		}
	}
	f.said.SetText(strings.Join(said, "\n"))
}

// lines tells of what the sums of a row are made.
func (f *figures) lines(t *report.Table, chosen *report.Row) []string {
	var said []string
	for _, l := range t.Lines {
		if l.Key != chosen.Key && chosen.Key != "total" {
			continue
		}
		args := []any{"measure", words.T("report.measure." + string(l.Measure)), "n", l.Rows, "amount", words.Money(l.Amount), "worth", words.Money(l.Worth), "rate", l.Rate.Value, "day", l.Rate.Day}
		key := "reports.line"
		switch {
		case l.Left:
			key = "reports.line.left"
		case l.Rate.Value != "":
			key = "reports.line.rate"
		}
		said = append(said, words.T(key, args...))
	}
	return said
}

// list is the table on the screen.
func (f *figures) list(t *report.Table, rows []*report.Row) *kit.Table[row] {
	columns := make([]kit.Column[row], len(t.Columns))
	for k, c := range t.Columns {
		columns[k] = kit.Column[row]{
			ID: c.ID, Title: c.Title.Key, Width: width(t, k), Right: c.Unit != report.Words, Grow: k == 0, Bold: k == 0,
			Text: func(n row) string {
				if c.Unit == report.Count && len(t.Columns) > 12 && n.Row.Cells[k].N == 0 { // what there is shall be seen
					return "·"
				}
				return f.made.Show(Speaker{}, t, n.Row, k)
			},
		}
		if c.Title.Key == "" {
			columns[k].Title = c.Title.English
		}
	}
	made := f.made
	source := kit.ListSource(func(context.Context, kit.Order) ([]row, error) { return kit.Number(rows), nil }, kit.PlaceOf[*report.Row])
	return kit.NewTable(f.UI, kit.TableOptions[row]{
		Name: "reports." + t.ID, Columns: columns, Source: func() kit.Source[row] { return source },
		OnSelect: func(n row, ok bool) {
			if ok && f.made == made {
				f.chosen = n.Row.Key
				f.tell(t, n.Row)
			}
		},
		Deeds: kit.Counted[row],
		Empty: func() kit.Empty { return kit.Empty{Text: words.T("report.nothing")} },
	})
}

func width(t *report.Table, k int) float32 {
	if len(t.Columns) > 12 {
		switch k {
		case 0:
			return 110
		case len(t.Columns) - 1: // the total
			return 64
		}
		return 37
	}
	if len(t.Columns) > 8 && t.Columns[2].Unit == report.Money { // all of it shall be seen at once
		return map[report.Unit]float32{report.Words: 130, report.Count: 96, report.Money: 116, report.Ratio: 84}[t.Columns[k].Unit]
	}
	return map[report.Unit]float32{report.Words: 190, report.Count: 110, report.Money: 150, report.Share: 270, report.Index: 130, report.Ratio: 110, report.Span: 150}[t.Columns[k].Unit]
}

// chart draws a table; nil where there is nothing to draw.
func (f *figures) chart(t *report.Table) fyne.CanvasObject {
	switch {
	case len(t.Rows) == 0 || len(t.Drawn) == 0:
		return nil
	case t.Course && len(t.Rows) > 1:
		return kit.Inset(look.Gap, f.course(t))
	case len(t.Drawn) > 3:
		return container.NewVScroll(kit.Inset(look.Gap, f.hours(t)))
	}
	if f.drawn < 0 || f.drawn >= len(t.Drawn) {
		f.drawn = t.FirstDrawn()
	}
	bars := container.NewVScroll(kit.Inset(look.Gap, f.bars(t, t.Drawn[f.drawn])))
	if len(t.Drawn) == 1 {
		return bars
	}
	var options []kit.Option[int]
	for i, k := range t.Drawn {
		options = append(options, kit.Option[int]{Value: i, Text: words.Text(t.Columns[k].Title)})
	}
	chips := kit.NewChips("reports.drawn", options, f.drawn, func(i int) { f.drawn = i; f.draw() })
	return container.NewBorder(kit.Inset(look.Tight, chips.Object), nil, nil, nil, bars)
}

// course draws a line a column over the months.
func (f *figures) course(t *report.Table) *kit.LineChart {
	o := kit.LineOptions{
		Empty: words.T("report.nothing"), Time: func(at time.Time) string { return at.Format("2006-01") },
		Value: func(v float64) string { return f.axis(t, t.Drawn[t.FirstDrawn()], v) },
	}
	for _, k := range t.Drawn {
		s := kit.LineSeries{Name: words.Text(t.Columns[k].Title)}
		for i := range t.Rows {
			month, err := time.Parse("2006-01", t.Rows[i].Key)
			if err != nil {
				continue // rows of a course are months
			}
			s.Points = append(s.Points, kit.LinePoint{At: month, Value: f.major(t, &t.Rows[i], k), Text: f.made.Show(Speaker{}, t, &t.Rows[i], k)})
		}
		o.Series = append(o.Series, s)
	}
	return kit.NewLineChart(f.UI, o)
}

// major is a value as an axis has it: money in its main unit.
func (f *figures) major(t *report.Table, r *report.Row, k int) float64 {
	v := t.Value(r, k)
	if t.Columns[k].Unit == report.Money {
		v /= math.Pow10(data.CurrencyExponent(f.made.Ask.Currency))
	}
	return v
}

func (f *figures) axis(t *report.Table, k int, v float64) string {
	switch t.Columns[k].Unit {
	case report.Share, report.Ratio:
		return Speaker{}.Percent(v)
	case report.Money:
		return words.Number(int64(math.Round(v)))
	case report.Words, report.Count, report.Span, report.Index:
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// bars draws a bar a row, those that matter most.
func (f *figures) bars(t *report.Table, k int) *kit.BarChart {
	var bars []kit.Bar
	most := 0.0
	c := t.Columns[k]
	for i := range t.Rows[:min(len(t.Rows), barsMost)] {
		r := &t.Rows[i]
		b := kit.Bar{Label: f.name(t, r), Text: f.made.Show(Speaker{}, t, r, k)}
		if v := f.major(t, r, k); !math.IsNaN(v) {
			b.Value = max(v, 0) // a loss is told in figures
			if c.Unit == report.Share {
				b.Low, b.High = report.Wilson(r.Cells[c.Num].N, r.Cells[c.Den].N)
			}
		}
		bars = append(bars, b)
	}
	if c.Unit == report.Share {
		most = 1
	}
	return kit.NewBarChart(f.UI, most, bars)
}

// name joins the words of a row.
func (f *figures) name(t *report.Table, r *report.Row) string {
	var names []string
	for k, c := range t.Columns {
		if c.Unit == report.Words {
			names = append(names, f.made.Show(Speaker{}, t, r, k))
		}
	}
	return words.Join(" · ", names...)
}

// hours draws the whole week's messages by hour.
func (f *figures) hours(t *report.Table) *kit.BarChart {
	var bars []kit.Bar
	for hour, k := range t.Drawn {
		n := t.Total.Cells[k].N
		bars = append(bars, kit.Bar{Label: strconv.Itoa(hour) + ":00–" + strconv.Itoa(hour+1) + ":00", Value: float64(n), Text: words.Number(n)})
	}
	return kit.NewBarChart(f.UI, 0, bars)
}
