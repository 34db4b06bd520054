package table

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"casebinder/data"
)

// Limits of XLSX. (ECMA-376; "Excel specifications and limits", Microsoft.)
const (
	maxRows  = 1_048_576 // of a sheet
	maxCell  = 32_767    // UTF-16 units of a cell
	maxSheet = 31        // characters of a sheet's name
)

var problemLong = data.DefineProblem("table_cell_long", data.ErrRefused,
	"A text in the column “{column}” is longer than the 32,767 characters that a cell of an XLSX file can hold.",
	"Save the list as CSV instead, which has no such limit.")

// xlsxWriter streams rows into sheets; what does not fit into one goes on in the
// next.
type xlsxWriter struct {
	to      io.Writer
	file    *excelize.File
	stream  *excelize.StreamWriter
	sheet   string
	sheets  int
	at      int // the row that was written last in the sheet
	most    int // rows of a sheet
	columns []Column
	styles  map[string]int // by number format
	bold    int
}

func newXLSX(to io.Writer, sheet string, columns []Column) (*xlsxWriter, error) {
	w := &xlsxWriter{to: to, file: excelize.NewFile(), sheet: sheetName(sheet), most: maxRows, columns: columns, styles: map[string]int{}}
	var err error
	if w.bold, err = w.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}}); err != nil {
		return nil, fmt.Errorf("writing the table: %w", err)
	}
	return w, w.begin()
}

// sheetName leaves out what a sheet's name must not have.
func sheetName(name string) string {
	name = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) {
			return -1
		}
		return r
	}, name), "' ")
	if r := []rune(name); len(r) > maxSheet-4 { // 4: room for the number of a further sheet
		name = string(r[:maxSheet-4])
	}
	if name == "" {
		return "Table"
	}
	return name
}

// begin opens the next sheet with its titles, which stay in view.
func (w *xlsxWriter) begin() error {
	w.sheets++
	name := w.sheet
	if w.sheets > 1 {
		name += " " + strconv.Itoa(w.sheets)
		if _, err := w.file.NewSheet(name); err != nil {
			return fmt.Errorf("writing the table: %w", err)
		}
	} else if err := w.file.SetSheetName("Sheet1", name); err != nil {
		return fmt.Errorf("writing the table: %w", err)
	}
	stream, err := w.file.NewStreamWriter(name)
	if err != nil {
		return fmt.Errorf("writing the table: %w", err)
	}
	w.stream, w.at = stream, 0
	if err := stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return fmt.Errorf("writing the table: %w", err)
	}
	var titles []any
	for _, c := range w.columns {
		titles = append(titles, excelize.Cell{StyleID: w.bold, Value: c.Title})
		if c.Currency != "" {
			titles = append(titles, excelize.Cell{StyleID: w.bold, Value: c.Currency})
		}
	}
	return w.put(titles)
}

func (w *xlsxWriter) put(values []any) error {
	w.at++
	cell, err := excelize.CoordinatesToCellName(1, w.at)
	if err == nil {
		err = w.stream.SetRow(cell, values)
	}
	if err != nil {
		return fmt.Errorf("writing the table: %w", err)
	}
	return nil
}

func (w *xlsxWriter) row(cells []Cell) error {
	if w.at == w.most {
		if err := w.stream.Flush(); err != nil {
			return fmt.Errorf("writing the table: %w", err)
		}
		if err := w.begin(); err != nil {
			return err
		}
	}
	values := make([]any, 0, len(cells)+2)
	for i, c := range cells {
		value, err := w.value(c, w.columns[i].Title)
		if err != nil {
			return err
		}
		values = append(values, value)
		if w.columns[i].Currency != "" {
			values = append(values, c.money.Currency)
		}
	}
	return w.put(values)
}

// value is a cell as the library takes it. A text stays a text, whatever it
// begins with: formulas have a field of their own.
func (w *xlsxWriter) value(c Cell, column string) (any, error) {
	switch c.kind {
	case number:
		return c.number, nil
	case amount:
		if c.money.IsZero() {
			return nil, nil
		}
		digits := data.CurrencyExponent(c.money.Currency)
		value, err := strconv.ParseFloat(c.money.Decimal(), 64)
		if err != nil {
			return nil, fmt.Errorf("writing the amount %s: %w", c.money, err)
		}
		return w.styled(strings.TrimSuffix("#,##0."+strings.Repeat("0", digits), "."), value)
	case moment:
		if d, ok := data.DayOf(c.time); ok {
			return w.styled("yyyy-mm-dd", time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC))
		}
		year, month, day := c.time.Date()
		return w.styled("yyyy-mm-dd hh:mm", time.Date(year, month, day, c.time.Hour(), c.time.Minute(), 0, 0, time.UTC))
	case text:
	}
	valid := strings.ToValidUTF8(c.text, "�")
	if len(valid) > maxCell && len(utf16.Encode([]rune(valid))) > maxCell {
		return nil, problemLong.New("column", column)
	}
	return valid, nil
}

func (w *xlsxWriter) styled(format string, value any) (any, error) {
	id, ok := w.styles[format]
	if !ok {
		var err error
		if id, err = w.file.NewStyle(&excelize.Style{CustomNumFmt: &format}); err != nil {
			return nil, fmt.Errorf("writing the table: %w", err)
		}
		w.styles[format] = id
	}
	return excelize.Cell{StyleID: id, Value: value}, nil
}

func (w *xlsxWriter) close() error {
	if err := w.stream.Flush(); err != nil {
		return fmt.Errorf("writing the table: %w", err)
	}
	if _, err := w.file.WriteTo(w.to); err != nil {
		return fmt.Errorf("writing the table: %w", err)
	}
	if err := w.file.Close(); err != nil {
		return fmt.Errorf("writing the table: %w", err)
	}
	return nil
}
