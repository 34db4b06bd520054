package report

import (
	"context"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/table"
)

// Paper is how a report is written into a file.
type Paper struct {
	Say     Speaker
	Made    time.Time
	Program string
}

// Formats are the endings of the files that a report is written into.
func Formats() []string { return []string{".xlsx", ".csv", ".pdf"} }

var problemFormat = data.DefineProblem("report_format", data.ErrInvalid,
	"“{file}” ends in none of .xlsx, .csv and .pdf, so that it is not clear what to write.", "Give the file a name that ends in one of them.")

// Write writes a report into a file.
type Write func(ctx context.Context, w io.Writer, r *Report, p Paper) error

// Writer gives what writes a file of this name.
func Writer(path string) (Write, error) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".xlsx":
		return writeXLSX, nil
	case ".csv":
		return writeCSV, nil
	case ".pdf":
		return writePDF, nil
	}
	return nil, problemFormat.New("file", filepath.Base(path))
}

var (
	phraseCSVTable  = data.DefinePhrase("report.csv.table", "Table")
	phraseCSVRow    = data.DefinePhrase("report.csv.row", "Row")
	phraseCSVFigure = data.DefinePhrase("report.csv.figure", "Figure")
	phraseCSVValue  = data.DefinePhrase("report.csv.value", "Value")
	phraseCSVUnit   = data.DefinePhrase("report.csv.unit", "Unit")
)

// writeCSV writes one figure a line, so that a spreadsheet or a script can turn the
// tables as it likes. A share is a number from 0 to 1, a span is in hours.
func writeCSV(_ context.Context, w io.Writer, r *Report, p Paper) error {
	var columns []table.Column
	for _, title := range []data.Phrase{phraseCSVTable, phraseCSVRow, phraseCSVFigure, phraseCSVValue, phraseCSVUnit} {
		columns = append(columns, table.Column{Title: p.Say.Text(title.With())})
	}
	return table.WriteCSV(w, columns, func(yield func([]table.Cell, error) bool) {
		line := func(of, row, figure string, value table.Cell, unit string) bool {
			return yield([]table.Cell{table.Text(of), table.Text(row), table.Text(figure), value, table.Text(unit)}, nil)
		}
		for _, told := range r.Told() {
			if !line(p.Say.Text(phraseReport.With()), p.Say.Text(told), "", table.Cell{}, "") {
				return
			}
		}
		for i := range r.Tables {
			if !csvTable(r, &r.Tables[i], p.Say, line) {
				return
			}
		}
	})
}

func csvTable(r *Report, t *Table, say Speaker, line func(of, row, figure string, value table.Cell, unit string) bool) bool {
	rows := t.Rows
	if t.Total != nil {
		rows = append(rows[:len(rows):len(rows)], *t.Total)
	}
	texts := !slices.ContainsFunc(t.Columns, func(c Column) bool { return c.Unit != Words })
	for i := range rows {
		name := rowName(r, t, &rows[i], say)
		if texts {
			name = r.Show(say, t, &rows[i], 0)
		}
		for k, c := range t.Columns {
			value, unit := r.plain(t, &rows[i], k)
			switch {
			case c.Unit != Words:
			case !texts || k == 0:
				continue
			default:
				value = table.Text(r.Show(say, t, &rows[i], k))
			}
			if !line(say.Text(t.Title), name, say.Text(c.Title), value, unit) {
				return false
			}
		}
	}
	return true
}

// rowName joins the words of a row.
func rowName(r *Report, t *Table, row *Row, say Speaker) string {
	var names []string
	for k, c := range t.Columns {
		if text := r.Show(say, t, row, k); c.Unit == Words && text != "" {
			names = append(names, text)
		}
	}
	return strings.Join(names, " · ")
}

// plain writes a figure for programs, with its unit; empty where nothing is known.
func (r *Report) plain(t *Table, row *Row, column int) (value table.Cell, unit string) {
	c, cell := t.Columns[column], row.Cells[column]
	switch c.Unit {
	case Money:
		return table.Amount(data.Money{Minor: cell.N, Currency: r.Ask.Currency}), r.Ask.Currency
	case Count:
		return table.Number(cell.N), ""
	case Share, Index, Span, Ratio:
		unit = map[Unit]string{Share: "1", Ratio: "1", Index: "/100", Span: "h"}[c.Unit]
		if cell.Known {
			value = table.Text(strconv.FormatFloat(t.Value(row, column), 'f', -1, 64))
		}
		return value, unit
	case Words:
	}
	return table.Cell{}, ""
}
