package importer

import (
	"strings"

	"casebinder/data"
)

// cellBreak stands between the cells of a record's text. The unit separator
// has no business in a table; where a cell holds one it becomes a space.
const cellBreak = '\x1f'

// kind is what a sheet says that a cell is.
type kind uint8

const (
	kindText    kind = iota
	kindNumber       // the text is its shortest decimal form, with a point
	kindLossy        // a number of more digits than a spreadsheet keeps
	kindError        // the error of a formula, such as #VALUE!
	kindMissing      // a formula whose result was not saved
)

// record is one row. Its text is all cells, so that a row costs one
// allocation and can be listed later; ends and kinds are the reader's and hold
// until the next row.
type record struct {
	line     int // where it begins
	text     string
	ends     []int         // where each cell ends in text
	kinds    []kind        // nil: all are text
	bad      *data.Problem // it could not be split
	replaced bool          // characters were replaced by U+FFFD
	faulty   bool          // a cell is kindError or kindMissing
}

// valid puts U+FFFD in the place of what is not UTF-8, and moves the ends.
func (r *record) valid() {
	r.text, r.replaced = strings.ToValidUTF8(r.text, "\uFFFD"), true
	r.ends = r.ends[:0]
	for i := range len(r.text) {
		if r.text[i] == cellBreak {
			r.ends = append(r.ends, i)
		}
	}
	r.ends = append(r.ends, len(r.text))
}

// cell is the i-th cell, "" when the row is too short.
func (r *record) cell(i int) string {
	if i < 0 || i >= len(r.ends) {
		return ""
	}
	start := 0
	if i > 0 {
		start = r.ends[i-1] + 1
	}
	return r.text[start:r.ends[i]]
}

func (r *record) kind(i int) kind {
	if i < 0 || i >= len(r.kinds) {
		return kindText
	}
	return r.kinds[i]
}

func (r *record) cells() []string { return splitCells(r.text) }

func splitCells(text string) []string { return strings.Split(text, string(cellBreak)) }

// blank reports whether no cell holds anything.
func (r *record) blank() bool {
	if r.bad != nil {
		return false
	}
	for i := 0; i < len(r.text); i++ {
		if c := r.text[i]; c > ' ' || c == 0 {
			return false
		}
	}
	return true
}

// keep makes a copy that outlives the next row.
func (r *record) keep() *record {
	k := *r
	k.ends = append([]int(nil), r.ends...)
	k.kinds = append([]kind(nil), r.kinds...)
	return &k
}

// rows gives the rows of a file, one after another, io.EOF at the end. What
// it gives holds until the next call.
type rows interface {
	next() (*record, error)
	close() error
}
