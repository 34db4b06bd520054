package report

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"casebinder/data"
)

// book writes a workbook: a sheet with what the report says of itself, then a sheet a
// table. Texts are texts, whatever they begin with; sums, shares and what a rate makes
// of an amount are formulas over the cells that they come from, with their value
// beside, for programs that do not compute.
type book struct {
	*Report
	say    Speaker
	file   *excelize.File
	styles map[string]int
	names  map[string]bool
	sheet  string
	err    error
}

func writeXLSX(ctx context.Context, w io.Writer, r *Report, p Paper) error {
	b := &book{Report: r, say: p.Say, file: excelize.NewFile(), styles: map[string]int{}, names: map[string]bool{}}
	defer b.file.Close() //nolint:errcheck // nothing is kept open but memory
	b.cover(p)
	for i := range r.Tables {
		if err := ctx.Err(); err != nil {
			return err
		}
		b.table(&r.Tables[i])
	}
	if b.err != nil {
		return fmt.Errorf("writing the workbook: %w", b.err)
	}
	if _, err := b.file.WriteTo(w); err != nil {
		return fmt.Errorf("writing the workbook: %w", err)
	}
	return nil
}

// try keeps the first error.
func (b *book) try(err error) {
	if b.err == nil {
		b.err = err
	}
}

// open begins a sheet with a name that no other has.
func (b *book) open(title string) {
	clean := []rune(strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) {
			return ' '
		}
		return r
	}, title), "' "))
	name := string(clean[:min(len(clean), 27)])
	for n := 2; name == "" || b.names[strings.ToLower(name)]; n++ {
		name = string(clean[:min(len(clean), 27)]) + " " + strconv.Itoa(n)
	}
	b.names[strings.ToLower(name)] = true
	if b.sheet == "" {
		b.try(b.file.SetSheetName("Sheet1", name))
	} else {
		_, err := b.file.NewSheet(name)
		b.try(err)
	}
	b.sheet = name
}

func at2(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return "A1" // no table has so many columns
	}
	return name
}

// style gives a cell a form for numbers and weight.
func (b *book) style(cell, form string, bold bool) {
	key := form + strconv.FormatBool(bold)
	id, ok := b.styles[key]
	if !ok {
		s := &excelize.Style{Font: &excelize.Font{Bold: bold}}
		if form != "" {
			s.CustomNumFmt = &form
		}
		var err error
		id, err = b.file.NewStyle(s)
		b.try(err)
		b.styles[key] = id
	}
	b.try(b.file.SetCellStyle(b.sheet, cell, cell, id))
}

func (b *book) text(column, row int, text string, bold bool) {
	cell := at2(column, row)
	b.try(b.file.SetCellStr(b.sheet, cell, strings.ToValidUTF8(text, "�")))
	if bold {
		b.style(cell, "", true)
	}
}

func (b *book) number(column, row int, value any, form string, bold bool) {
	cell := at2(column, row)
	b.try(b.file.SetCellValue(b.sheet, cell, value))
	b.style(cell, form, bold)
}

// formula writes a formula with the value that it has.
func (b *book) formula(column, row int, formula string, value float64, form string, bold bool) {
	b.number(column, row, value, form, bold)
	b.try(b.file.SetCellFormula(b.sheet, at2(column, row), formula))
}

func (b *book) moneyForm(currency string) string {
	return strings.TrimSuffix("#,##0."+strings.Repeat("0", data.CurrencyExponent(currency)), ".")
}

func major(minor int64, currency string) float64 {
	v, err := strconv.ParseFloat(data.Money{Minor: minor, Currency: currency}.Decimal(), 64)
	if err != nil {
		return 0 // Decimal writes nothing else
	}
	return v
}

// cover says what the report is about.
func (b *book) cover(p Paper) {
	title := b.say.Text(phraseReport.With())
	b.open(title)
	b.text(1, 1, title, true)
	b.try(b.file.SetColWidth(b.sheet, "A", "A", 110))
	row := 2
	for _, d := range []data.Day{b.Ask.From, b.Ask.To} {
		b.number(1, row, time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC), "yyyy-mm-dd", false)
		row++
	}
	for _, told := range b.Told() {
		b.text(1, row, b.say.Text(told), false)
		row++
	}
	notes, of := b.notes()
	for _, note := range notes {
		b.text(1, row, strings.Join(of[note], " · ")+": "+note, false)
		row++
	}
	b.text(1, row, p.Program, false)
	b.wrapped(4, row)
}

// notes are the notes below tables, each once, with the tables that it is about.
func (b *book) notes() (notes []string, of map[string][]string) {
	of = map[string][]string{}
	for i := range b.Tables {
		for _, text := range b.Tables[i].Notes {
			note := b.say.Text(text)
			if of[note] == nil {
				notes = append(notes, note)
			}
			of[note] = append(of[note], b.say.Text(b.Tables[i].Title))
		}
	}
	return notes, of
}

// wrapped breaks long texts of the first column into lines.
func (b *book) wrapped(from, to int) {
	style, err := b.file.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	b.try(err)
	b.try(b.file.SetCellStyle(b.sheet, at2(1, from), at2(1, to), style))
}

// Rows of a sheet.
const (
	headRow  = 3
	firstRow = 4
)

func (b *book) table(t *Table) {
	b.open(b.say.Text(t.Title))
	b.text(1, 1, b.say.Text(t.Title), true)
	b.try(b.file.SetColWidth(b.sheet, "A", "A", 34))
	b.try(b.file.SetColWidth(b.sheet, "B", "Z", 14))
	for k, c := range t.Columns {
		title := b.say.Text(c.Title)
		if c.Unit == Money {
			title += " (" + b.Ask.Currency + ")"
		}
		b.text(1+k, headRow, title, true)
	}
	b.intervalHeads(t)
	ranges := b.lines(t)
	for i := range t.Rows {
		b.row(t, &t.Rows[i], firstRow+i, ranges, false)
	}
	last := firstRow + len(t.Rows) - 1
	if t.Total != nil {
		b.row(t, t.Total, last+1, nil, true)
	}
	b.try(b.file.SetPanes(b.sheet, &excelize.Panes{Freeze: true, YSplit: headRow, TopLeftCell: at2(1, firstRow), ActivePane: "bottomLeft"}))
	if len(t.Rows) > 0 {
		b.chart(t, last)
	}
}

func (b *book) row(t *Table, r *Row, row int, ranges map[string][2]int, total bool) {
	for k := range t.Columns {
		b.cell(t, r, row, k, ranges, total)
	}
}

func (b *book) cell(t *Table, r *Row, row, k int, ranges map[string][2]int, total bool) {
	c, cell := t.Columns[k], r.Cells[k]
	form := map[Unit]string{Count: "#,##0", Money: b.moneyForm(b.Ask.Currency), Share: "0.0%", Ratio: "0.0%", Index: "0.0", Span: "[h]:mm"}[c.Unit]
	value := float64(cell.N)
	if c.Unit == Money {
		value = major(cell.N, b.Ask.Currency)
	}
	switch {
	case c.Unit == Words:
		b.words(row, k, r, t, total)
	case c.Less > 0:
		b.formula(1+k, row, at2(1+c.From, row)+"-SUM("+at2(2+c.From, row)+":"+at2(1+c.From+c.Less, row)+")", value, form, total)
	case c.Unit == Share || c.Unit == Index || c.Unit == Ratio:
		if cell.Known {
			b.share(t, r, row, k, form, total)
		}
	case c.Unit == Span:
		if cell.Known {
			b.number(1+k, row, cell.Span.Hours()/24, form, total)
		}
	case total && len(t.Rows) > 0:
		b.formula(1+k, row, "SUM("+at2(1+k, firstRow)+":"+at2(1+k, row-1)+")", value, form, true)
	case c.Unit == Money && ranges[r.Key+"\x00"+c.ID] != [2]int{}:
		span := ranges[r.Key+"\x00"+c.ID]
		b.formula(1+k, row, "SUM("+at2(worthColumn(t), span[0])+":"+at2(worthColumn(t), span[1])+")", value, form, false)
	default:
		b.number(1+k, row, value, form, total)
	}
}

// words writes a name; a month is a date.
func (b *book) words(row, k int, r *Row, t *Table, bold bool) {
	if label := r.Cells[k].Label; label.Kind == "month" {
		if month, err := time.Parse("2006-01", label.Value); err == nil {
			b.number(1+k, row, month, "yyyy-mm", bold)
			return
		}
	}
	b.text(1+k, row, b.Show(b.say, t, r, k), bold)
}

// share writes a share as the formula of its counts, and the range in which it lies.
func (b *book) share(t *Table, r *Row, row, k int, form string, bold bool) {
	c := t.Columns[k]
	num, den := at2(1+c.Num, row), at2(1+c.Den, row)
	if c.Unit == Index {
		b.formula(1+k, row, "IF("+den+"=0,\"\",100*"+num+"/"+den+")", t.Value(r, k), form, bold)
		return
	}
	b.formula(1+k, row, "IF("+den+"=0,\"\","+num+"/"+den+")", t.Value(r, k), form, bold)
	if c.Unit == Ratio {
		return
	}
	low, high := Wilson(r.Cells[c.Num].N, r.Cells[c.Den].N)
	b.number(len(t.Columns)+1, row, low, form, bold)
	b.number(len(t.Columns)+2, row, high, form, bold)
}

var (
	phraseLow   = data.DefinePhrase("report.low", "95 %: from")
	phraseHigh  = data.DefinePhrase("report.high", "95 %: to")
	phraseWhat  = data.DefinePhrase("report.what", "What")
	phraseSum   = data.DefinePhrase("report.sum", "Amount")
	phraseMoney = data.DefinePhrase("report.currency", "Currency")
	phraseAt    = data.DefinePhrase("report.at", "Rate")
	phraseSince = data.DefinePhrase("report.since", "Rate from")
	phraseWorth = data.DefinePhrase("report.worth", "In {currency}")
)

func (b *book) intervalHeads(t *Table) {
	for _, c := range t.Columns {
		if c.Unit == Share {
			b.text(len(t.Columns)+1, headRow, b.say.Text(phraseLow.With()), true)
			b.text(len(t.Columns)+2, headRow, b.say.Text(phraseHigh.With()), true)
		}
	}
}

// Columns of the lines that sums of money are made of, right of the table.
func linesColumn(t *Table) int { return max(8, len(t.Columns)+2) }

func worthColumn(t *Table) int { return linesColumn(t) + 7 }

// lines writes what sums are made of, and gives for each row and column the first and
// the last line that it adds up.
func (b *book) lines(t *Table) map[string][2]int {
	if len(t.Lines) == 0 {
		return nil
	}
	first, worth := linesColumn(t), phraseWorth.With("currency", b.Ask.Currency)
	for i, title := range []data.Text{
		t.Columns[0].Title, phraseWhat.With(), phraseRows.With(), phraseSum.With(), phraseMoney.With(), phraseSince.With(), phraseAt.With(), worth,
	} {
		b.text(first+i, headRow, b.say.Text(title), true)
	}
	ranges := map[string][2]int{}
	for i, l := range t.Lines {
		row := firstRow + i
		b.text(first, row, b.say.Label(l.Label), false)
		b.text(first+1, row, b.say.Text(phraseMeasure[l.Measure].With()), false)
		b.number(first+2, row, int64(l.Rows), "#,##0", false)
		b.number(first+3, row, major(l.Amount.Minor, l.Amount.Currency), b.moneyForm(l.Amount.Currency), false)
		b.text(first+4, row, l.Amount.Currency, false)
		b.worth(l, first, row)
		key := l.Key + "\x00" + string(l.Measure)
		span, ok := ranges[key]
		if !ok {
			span[0] = row
		}
		span[1] = row
		ranges[key] = span
	}
	return ranges
}

// worth writes a rate, and what it makes of an amount. What has no rate stays empty, so
// that it is in no sum.
func (b *book) worth(l Line, first, row int) {
	amount, rate, sum := at2(first+3, row), at2(first+6, row), first+7
	form, value := b.moneyForm(b.Ask.Currency), major(l.Worth.Minor, b.Ask.Currency)
	switch {
	case l.Left:
	case l.Rate.Value == "":
		b.formula(sum, row, amount, value, form, false)
	default:
		if day, err := time.Parse(time.DateOnly, l.Rate.Day); err == nil {
			b.number(first+5, row, day, "yyyy-mm-dd", false)
		}
		factor, err := strconv.ParseFloat(l.Rate.Value, 64)
		b.try(err)
		b.number(first+6, row, factor, "General", false)
		b.formula(sum, row, fmt.Sprintf("ROUND(%s*%s,%d)", amount, rate, data.CurrencyExponent(b.Ask.Currency)), value, form, false)
	}
}

// chartMost is how many rows a chart shows: more would not be told apart.
const chartMost = 40

// chart draws the drawn columns below the table.
func (b *book) chart(t *Table, last int) {
	if len(t.Drawn) == 0 {
		return
	}
	last = min(last, firstRow+chartMost-1)
	kind := excelize.Bar
	switch {
	case t.Course:
		kind = excelize.Line
	case len(t.Drawn) > 3: // hours of the week
		kind = excelize.ColStacked
	}
	sheet := "'" + strings.ReplaceAll(b.sheet, "'", "''") + "'!"
	absolute := func(column, row int) string {
		name, err := excelize.CoordinatesToCellName(column, row, true)
		b.try(err)
		return name
	}
	chart := &excelize.Chart{Type: kind, Title: excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: b.say.Text(t.Title)}}}, Dimension: excelize.ChartDimension{Width: 760, Height: 360}}
	if len(t.Drawn) > 3 { // a line a weekday over the hours
		for row := firstRow; row <= last; row++ {
			chart.Series = append(chart.Series, excelize.ChartSeries{
				Name: sheet + absolute(1, row), Categories: sheet + absolute(2, headRow) + ":" + absolute(1+len(t.Drawn), headRow),
				Values: sheet + absolute(2, row) + ":" + absolute(1+len(t.Drawn), row),
			})
		}
	} else {
		for _, k := range t.Drawn {
			chart.Series = append(chart.Series, excelize.ChartSeries{
				Name: sheet + absolute(1+k, headRow), Categories: sheet + absolute(1, firstRow) + ":" + absolute(1, last),
				Values: sheet + absolute(1+k, firstRow) + ":" + absolute(1+k, last),
			})
		}
	}
	b.try(b.file.AddChart(b.sheet, at2(1, firstRow+len(t.Rows)+3), chart))
}
