package table

import (
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"

	"casebinder/data"
)

// Guard keeps a spreadsheet from taking a text for a formula. (OWASP, "CSV
// Injection".)
func Guard(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(text)[0]) {
		return "'" + text
	}
	return text
}

// csvWriter writes UTF-8 with a byte order mark, so that Excel reads it.
type csvWriter struct {
	out     *csv.Writer
	columns []Column
	line    []string
}

func newCSV(to io.Writer, columns []Column) (*csvWriter, error) {
	if _, err := io.WriteString(to, "\ufeff"); err != nil {
		return nil, fmt.Errorf("writing the table: %w", err)
	}
	return newText(to, columns, ',')
}

// newText writes UTF-8 as programs take it: without a mark before the first header.
func newText(to io.Writer, columns []Column, between rune) (*csvWriter, error) {
	w := &csvWriter{out: csv.NewWriter(to), columns: columns}
	w.out.UseCRLF, w.out.Comma = true, between
	for _, c := range columns {
		w.line = append(w.line, clean(c.Title))
		if c.Currency != "" {
			w.line = append(w.line, clean(c.Currency))
		}
	}
	return w, w.put()
}

func clean(s string) string { return Guard(strings.ToValidUTF8(s, "�")) }

func (w *csvWriter) put() error {
	if err := w.out.Write(w.line); err != nil {
		return fmt.Errorf("writing the table: %w", err)
	}
	return nil
}

func (w *csvWriter) row(cells []Cell) error {
	w.line = w.line[:0]
	for i, c := range cells {
		w.line = append(w.line, c.plain())
		if w.columns[i].Currency != "" {
			w.line = append(w.line, clean(c.money.Currency))
		}
	}
	return w.put()
}

func (w *csvWriter) close() error {
	w.out.Flush()
	if err := w.out.Error(); err != nil {
		return fmt.Errorf("writing the table: %w", err)
	}
	return nil
}

// plain writes a cell for programs: numbers without separators, days as
// 2026-11-30, moments as 2026-11-30 14:05.
func (c Cell) plain() string {
	switch c.kind {
	case number:
		return strconv.FormatInt(c.number, 10)
	case amount:
		if c.money.IsZero() {
			return ""
		}
		return c.money.Decimal()
	case moment:
		return data.FormatTime(c.time, c.time.Location(), time.DateOnly, "2006-01-02 15:04")
	case text:
	}
	return clean(c.text)
}

// WriteCSV writes rows as CSV into w, where whoever calls it sees to it that the file
// is there whole or not at all.
func WriteCSV(w io.Writer, columns []Column, rows iter.Seq2[[]Cell, error]) error {
	return write(w, ".csv", "", columns, rows)
}
