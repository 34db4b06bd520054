package importer

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// xlsxRows streams the rows of a sheet.
type xlsxRows struct {
	sheetRow
	ctx      context.Context
	book     *xlsxBook
	part     *part
	progress func(done, total int64)
	line     int
	ended    bool
	text     []byte // of the cell that is read
}

func openXLSX(ctx context.Context, src *Source, name string, progress func(done, total int64)) (rows, error) {
	b, err := openPackage(src)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(b.sheets, func(s xlsxPart) bool { return s.name == name })
	if at < 0 {
		return nil, problemNoSheet.New("file", src.Name, "sheet", name)
	}
	if err := b.contents(ctx); err != nil {
		return nil, err
	}
	p, err := b.open(b.sheets[at].part, maxUnfolded)
	if err != nil {
		return nil, err
	}
	return &xlsxRows{ctx: ctx, book: b, part: p, progress: progress}, nil
}

func (x *xlsxRows) close() error   { return x.part.close() }
func (x *xlsxRows) from1904() bool { return x.book.date04 }

func (x *xlsxRows) next() (*record, error) {
	if x.ended {
		return nil, io.EOF
	}
	for strange := 0; ; {
		token, err := x.part.need()
		if err != nil {
			return nil, x.book.damaged(err)
		}
		switch {
		case token == xmlStart && x.part.is("row"):
			if err := x.row(); err != nil {
				return nil, x.book.damaged(err)
			}
			return x.record(), nil
		case token == xmlStart:
			if strange++; strange > maxStrange {
				return nil, x.book.damaged(errXML)
			}
		case token == xmlEnd && (x.part.is("sheetData") || x.part.is("worksheet")):
			x.ended = true
			return nil, io.EOF
		}
	}
}

// row reads the cells of a row.
func (x *xlsxRows) row() error {
	x.line++
	if n, err := strconv.Atoi(x.part.attr("r")); err == nil && n >= x.line {
		x.line = n
	}
	if x.line > MaxSheetRows {
		return problemManyRows.New("file", x.book.src.Name, "limit", MaxSheetRows)
	}
	if x.line%256 == 0 {
		if err := x.ctx.Err(); err != nil {
			return err
		}
		x.part.report(x.book.src, x.progress)
	}
	x.part.row(x.line)
	x.begin(x.line)
	column := -1
	for elements := 0; ; {
		token, err := x.part.need()
		if err != nil {
			return err
		}
		switch {
		case token == xmlEnd && x.part.is("row"):
			return nil
		case token != xmlStart:
			continue
		}
		if elements++; elements > MaxColumns {
			return errXML
		}
		if x.part.is("c") {
			if column, err = x.cell(column); err != nil {
				return err
			}
		}
	}
}

// cellColumn reads the column of a name such as "AB12"; a cell without a name
// stands behind the one before it.
func cellColumn(name []byte, after int) (int, error) {
	if len(name) == 0 {
		name = []byte("?")
		if after < MaxColumns {
			return after, nil
		}
	}
	n := 0
	for i := 0; i < len(name) && i < 4; i++ {
		c := name[i] | 0x20
		if c < 'a' || c > 'z' {
			break
		}
		n = n*26 + int(c-'a') + 1
	}
	if n < 1 || n > MaxColumns {
		return 0, fmt.Errorf("cell %.20q", name)
	}
	return n - 1, nil
}

// xlsxCell is what the tag of a cell says.
type xlsxCell struct {
	is      byte // 's' shared, 'n' number, 'b' true or false, 'e' error, 't' text of its own
	format  numberFormat
	formula bool
	valued  bool
}

// cellTag reads the tag of a cell: its name, and what it is.
func (x *xlsxRows) cellTag() (name []byte, c xlsxCell) {
	c.is = 'n'
	for rest := x.part.attrs; ; {
		key, value, more, ok := nextAttr(rest)
		if !ok {
			return name, c
		}
		rest = more
		switch string(key) {
		case "r":
			name = value
		case "t":
			switch string(value) {
			case "s", "e", "n", "b":
				c.is = value[0]
			default:
				c.is = 't'
			}
		case "s":
			if n, err := strconv.Atoi(string(value)); err == nil && n >= 0 && n < len(x.book.formats) {
				c.format = x.book.formats[n]
			}
		}
	}
}

// cell reads a cell up to its end and gives its column.
func (x *xlsxRows) cell(before int) (int, error) {
	name, c := x.cellTag()
	column, err := cellColumn(name, before+1)
	if err != nil {
		return 0, err
	}
	x.text = x.text[:0]
	for elements := 0; ; {
		token, err := x.part.need()
		if err != nil {
			return 0, err
		}
		switch {
		case token == xmlEnd && x.part.is("c"):
			return column, x.put(column, c)
		case token != xmlStart:
			continue
		case x.part.is("f"):
			c.formula = true
		case x.part.is("v"), x.part.is("is"):
			c.valued = true
			if x.text, err = x.part.inner(x.text, string(x.part.name)); err != nil {
				return 0, err
			}
		}
		if elements++; elements > maxStrange {
			return 0, errXML
		}
	}
}

// put decides what a cell holds.
func (x *xlsxRows) put(column int, c xlsxCell) error {
	text := string(x.text)
	if c.is != 't' {
		text = strings.TrimSpace(text)
	}
	switch {
	case c.formula && text == "" && (c.is != 't' || !c.valued):
		x.set(column, "", kindMissing)
	case c.is == 'e':
		x.set(column, text, kindError)
	case text == "" && c.is != 't':
		return nil
	case c.is == 's':
		i, err := strconv.Atoi(text)
		if err != nil || i < 0 || i >= x.book.texts.len() {
			return fmt.Errorf("string %.20q", text)
		}
		x.set(column, unescape(x.book.texts.at(i)), kindText)
	case c.is == 'n':
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return fmt.Errorf("number %.20q", text)
		}
		x.number(column, v, text, c.format)
	case c.is == 'b':
		x.set(column, truth(text != "0"), kindText)
	default:
		x.set(column, unescape(text), kindText)
	}
	return nil
}

// truth is what a spreadsheet program shows of true and false: 1 would be an
// amount.
func truth(is bool) string {
	if is {
		return "TRUE"
	}
	return "FALSE"
}

// number puts a number as its format shows it.
func (x *xlsxRows) number(column int, v float64, text string, f numberFormat) {
	if shown, ok := f.text(v, x.book.date04); ok {
		x.set(column, shown, kindText)
		return
	}
	number, k := numberText(v)
	if k == kindLossy {
		number = text
	}
	x.set(column, number, k)
}
