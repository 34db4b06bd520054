package importer

import (
	"errors"
	"io"

	"casebinder/data"
)

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
			if !ok && !t.eof {
				return 0, 0, io.ErrShortBuffer
			}
			if !ok || next < 0 {
				return 0, 0, errOpenQuote
			}
			lines += breaks
			i = next
		} else {
			i = t.plainCell(in, i, &out)
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

// plainCell takes a cell without marks from i on, and gives where it ends.
func (t *textRows) plainCell(in []byte, i int, out *[]byte) int {
	for ; i < len(in) && in[i] != t.sep && in[i] != '\n' && in[i] != '\r'; i++ {
		c := in[i]
		if c == cellBreak {
			c = ' '
		}
		*out = append(*out, c)
	}
	return i
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
