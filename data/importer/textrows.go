package importer

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

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
