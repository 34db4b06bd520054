package importer

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

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

// textRows splits text in UTF-8 into rows. It takes RFC 4180 and what is
// found besides it: any of three line ends, mixed; quotation marks inside a
// cell that are not doubled; marks that mean nothing at all.
type textRows struct {
	src     io.Reader
	sep     byte
	columns int  // how many the header has; 0 while it is not known
	foreign bool // the source was decoded, so U+FFFD in it is a replaced character

	buf    []byte
	r, w   int // what is buffered and not consumed
	line   int // lines consumed
	eof    bool
	failed error
	rec    record
	cells  []byte // scratch for the text of a record
}

const textBlock = 256 << 10

var errOpenQuote = errors.New("open quote")

func newTextRows(src io.Reader, sep rune) *textRows {
	return &textRows{src: src, sep: byte(sep), buf: make([]byte, textBlock)}
}

func (t *textRows) close() error { return nil }

// fill reads more behind what is buffered, as long as a record may be.
func (t *textRows) fill() {
	if t.r > 0 {
		copy(t.buf, t.buf[t.r:t.w])
		t.w -= t.r
		t.r = 0
	}
	if t.w == len(t.buf) {
		t.buf = append(t.buf, make([]byte, len(t.buf))...)
	}
	for t.w < len(t.buf) && !t.eof {
		n, err := t.src.Read(t.buf[t.w:])
		t.w += n
		if err == nil {
			continue
		}
		t.eof = true
		if !errors.Is(err, io.EOF) {
			t.failed = err
		}
	}
}

// firstLine finds the end of the first physical line in what is buffered: the
// length without and with its line end. It reads on until it has one.
func (t *textRows) firstLine() (length, whole int, err error) {
	searched := 0
	for {
		part := t.buf[t.r+searched : t.w]
		i := bytes.IndexByte(part, '\n')
		area := part
		if i >= 0 {
			area = part[:i]
		}
		if cr := bytes.IndexByte(area, '\r'); cr >= 0 && (searched+cr+1 < t.w-t.r || t.eof) {
			at := searched + cr
			if at+1 < t.w-t.r && t.buf[t.r+at+1] == '\n' {
				return at, at + 2, nil
			}
			return at, at + 1, nil
		}
		if i >= 0 {
			return searched + i, searched + i + 1, nil
		}
		searched = max(0, t.w-t.r-1)
		if t.eof {
			return t.w - t.r, t.w - t.r, nil
		}
		if t.w-t.r >= MaxRecordSize {
			return 0, 0, problemLongRecord.New("line", t.line+1, "limit", size(MaxRecordSize))
		}
		t.fill()
	}
}

func (t *textRows) next() (*record, error) {
	if t.r == t.w && !t.eof {
		t.fill()
	}
	if t.r == t.w {
		if t.failed != nil {
			return nil, t.failed
		}
		return nil, io.EOF
	}
	length, whole, err := t.firstLine()
	if err != nil {
		return nil, err
	}
	rec := &t.rec
	rec.line, rec.bad, rec.replaced, rec.ends = t.line+1, nil, false, rec.ends[:0]
	line := t.buf[t.r : t.r+length]
	if bytes.IndexByte(line, '"') < 0 {
		t.plain(line)
		t.r, t.line = t.r+whole, t.line+1
	} else if err := t.quoted(length, whole); err != nil {
		return nil, err
	}
	if t.failed != nil {
		return nil, t.failed // the record may have been cut where the reading failed
	}
	t.finish()
	return rec, nil
}

// plain splits one line at each separator.
func (t *textRows) plain(line []byte) {
	rec := &t.rec
	rec.ends = rec.ends[:0]
	t.cells = append(t.cells[:0], line...)
	if bytes.IndexByte(t.cells, cellBreak) >= 0 {
		for i, c := range t.cells {
			if c == cellBreak {
				t.cells[i] = ' '
			}
		}
	}
	for at := 0; ; {
		i := bytes.IndexByte(t.cells[at:], t.sep)
		if i < 0 {
			break
		}
		at += i
		rec.ends = append(rec.ends, at)
		t.cells[at] = cellBreak
		at++
	}
	rec.ends = append(rec.ends, len(t.cells))
}

// quoted splits a record in which quotation marks occur. When they make no
// sense, or not as many cells as the header has, and the first line alone does
// without them, they are taken as text.
func (t *textRows) quoted(length, whole int) error {
	used, lines, err := t.unquote()
	if err != nil && !errors.Is(err, errOpenQuote) {
		return err
	}
	if err != nil || t.columns > 0 && len(t.rec.ends) != t.columns {
		found := len(t.rec.ends)
		t.plain(t.buf[t.r : t.r+length])
		switch {
		case t.columns > 0 && len(t.rec.ends) == t.columns:
			used, lines = whole, 1
		case err != nil:
			t.rec.bad = problemOpenQuote.New("line", t.line+1)
			used, lines = whole, 1
		default:
			if _, _, err := t.unquote(); err != nil || len(t.rec.ends) != found {
				return data.ErrDamaged
			}
		}
	}
	t.r, t.line = t.r+used, t.line+lines
	return nil
}

// unquote splits the record at the read position by RFC 4180 and says how many
// bytes and lines it has. errOpenQuote: a mark is not closed, or its closing
// stands in another line before text.
func (t *textRows) unquote() (used, lines int, err error) {
	for {
		used, lines, err = t.tryUnquote()
		if !errors.Is(err, io.ErrShortBuffer) {
			return used, lines, err
		}
		if t.w-t.r >= MaxRecordSize {
			return 0, 0, errOpenQuote
		}
		t.fill()
	}
}

func (t *textRows) tryUnquote() (used, lines int, err error) {
	in := t.buf[t.r:t.w]
	out, ends := t.cells[:0], t.rec.ends[:0]
	defer func() { t.cells, t.rec.ends = out, ends }()
	lines = 1
	for i := 0; ; {
		if i < len(in) && in[i] == '"' {
			next, breaks, ok := t.quotedCell(in, i+1, &out)
			if !ok {
				if t.eof {
					return 0, 0, errOpenQuote
				}
				return 0, 0, io.ErrShortBuffer
			}
			if next < 0 {
				return 0, 0, errOpenQuote
			}
			lines += breaks
			i = next
		} else {
			for i < len(in) && in[i] != t.sep && in[i] != '\n' && in[i] != '\r' {
				c := in[i]
				if c == cellBreak {
					c = ' '
				}
				out = append(out, c)
				i++
			}
		}
		ends = append(ends, len(out))
		switch {
		case i >= len(in):
			if !t.eof {
				return 0, 0, io.ErrShortBuffer
			}
			return i, lines, nil
		case in[i] == t.sep:
			out = append(out, cellBreak)
			i++
		case in[i] == '\n':
			return i + 1, lines, nil
		default:
			if i+1 >= len(in) && !t.eof {
				return 0, 0, io.ErrShortBuffer
			}
			if i+1 < len(in) && in[i+1] == '\n' {
				i++
			}
			return i + 1, lines, nil
		}
	}
}

// quotedCell copies a quoted cell from behind its opening mark and gives where
// its end is. ok is false when the input ends inside it; next is -1 when a
// mark stands before text in a later line than the opening.
func (t *textRows) quotedCell(in []byte, i int, out *[]byte) (next, breaks int, ok bool) {
	for i < len(in) {
		c := in[i]
		switch c {
		case '"':
			if i+1 >= len(in) {
				return i + 1, breaks, t.eof
			}
			switch n := in[i+1]; {
			case n == '"':
				*out = append(*out, '"')
				i += 2
				continue
			case n == t.sep || n == '\n' || n == '\r':
				return i + 1, breaks, true
			case breaks > 0:
				return -1, breaks, true
			}
		case '\r':
			if i+1 < len(in) && in[i+1] == '\n' {
				i++
				continue
			}
			c = '\n'
			breaks++
		case '\n':
			breaks++
		case cellBreak:
			c = ' '
		}
		*out = append(*out, c)
		i++
	}
	return i, breaks, false
}

// finish makes the record's text and looks for what no text has.
func (t *textRows) finish() {
	rec := &t.rec
	if len(rec.ends) > MaxColumns {
		rec.bad = problemManyCells.New("cells", len(rec.ends), "columns", MaxColumns)
		rec.ends = rec.ends[:MaxColumns]
		t.cells = t.cells[:rec.ends[MaxColumns-1]]
	}
	if bytes.IndexByte(t.cells, 0) >= 0 {
		rec.bad = problemControl.New()
	}
	if !utf8.Valid(t.cells) {
		rec.replaced = true
		t.replace()
	} else if t.foreign && bytes.Contains(t.cells, []byte("\uFFFD")) {
		rec.replaced = true
	}
	rec.text = string(t.cells)
}

// replace puts U+FFFD in the place of what is not UTF-8, and moves the ends.
func (t *textRows) replace() {
	valid := strings.ToValidUTF8(string(t.cells), "\uFFFD")
	t.cells = append(t.cells[:0], valid...)
	t.rec.ends = t.rec.ends[:0]
	for at := 0; ; {
		i := bytes.IndexByte(t.cells[at:], cellBreak)
		if i < 0 {
			break
		}
		t.rec.ends = append(t.rec.ends, at+i)
		at += i + 1
	}
	t.rec.ends = append(t.rec.ends, len(t.cells))
}
