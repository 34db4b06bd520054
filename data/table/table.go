// Package table writes rows as a CSV or XLSX file that a spreadsheet opens.
//
// Its one rule: a text never becomes a formula, and a file is there whole or
// not at all.
package table

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"

	"casebinder/data"
)

// Formats are the endings of the files that can be written.
func Formats() []string { return []string{".xlsx", ".csv"} }

var problemFormat = data.DefineProblem("table_format", data.ErrInvalid,
	"“{file}” ends in neither .xlsx nor .csv, so that it is not clear what to write.",
	"Give the file a name that ends in .xlsx or .csv.")

// Column is a column of a table.
type Column struct {
	Title string
	// Currency is the title of a second column that holds the currency of the
	// first one's amounts; "" where there are none.
	Currency string
}

type kind int

const (
	text kind = iota
	number
	amount
	moment
)

// A Cell holds one value. The zero Cell is empty.
type Cell struct {
	kind   kind
	text   string
	number int64
	money  data.Money
	time   time.Time // in its zone
}

// Text is a cell with words.
func Text(s string) Cell { return Cell{text: s} }

// Number is a cell with a whole number.
func Number(n int64) Cell { return Cell{kind: number, number: n} }

// Amount is a cell with an amount; its currency goes into a column of its own.
func Amount(m data.Money) Cell { return Cell{kind: amount, money: m} }

// Time is a cell with a day, or with a moment as the clocks of a zone show it.
// The zero time is an empty cell.
func Time(t time.Time, zone *time.Location) Cell {
	if t.IsZero() {
		return Cell{}
	}
	if !data.IsDay(t) {
		t = t.In(zone)
	}
	return Cell{kind: moment, time: t}
}

// A writer writes rows one after the other. Close ends the file.
type writer interface {
	row(cells []Cell) error
	close() error
}

// Save writes rows into a file; the ending of its name, ".csv" or ".xlsx", says
// how. An error of the rows ends it, and leaves at path what was there before.
func Save(path, sheet string, columns []Column, rows iter.Seq2[[]Cell, error]) (err error) {
	file, err := os.CreateTemp(filepath.Dir(path), ".casebinder-*")
	if err != nil {
		return fmt.Errorf("writing the table: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, ignoreClosed(file.Close()), os.Remove(file.Name()))
		}
	}()
	if err := write(file, path, sheet, columns, rows); err != nil {
		return err
	}
	if err := file.Sync(); err != nil {
		return fmt.Errorf("writing the table: %w", err)
	}
	if err := file.Close(); err != nil {
		return fmt.Errorf("writing the table: %w", err)
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return fmt.Errorf("writing the table: %w", err)
	}
	return nil
}

func ignoreClosed(err error) error {
	if errors.Is(err, os.ErrClosed) {
		return nil
	}
	return err
}

func write(to io.Writer, path, sheet string, columns []Column, rows iter.Seq2[[]Cell, error]) error {
	var w writer
	var err error
	switch strings.ToLower(filepath.Ext(path)) {
	case ".csv":
		w, err = newCSV(to, columns)
	case ".txt": // for programs that want tabs
		w, err = newText(to, columns, '\t')
	case ".xlsx":
		w, err = newXLSX(to, sheet, columns)
	default:
		err = problemFormat.New("file", filepath.Base(path))
	}
	if err != nil {
		return err
	}
	for cells, err := range rows {
		if err != nil {
			return errors.Join(err, abandon(w))
		}
		if err := w.row(cells); err != nil {
			return errors.Join(err, abandon(w))
		}
	}
	return w.close()
}

// abandon lets go of what a writer holds.
func abandon(w writer) error {
	if x, ok := w.(*xlsxWriter); ok {
		return x.file.Close()
	}
	return nil
}
