package importer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Why .xlsx is read here and not through a library: whether a cell is text or
// a number must be known, because an order number that went through a number
// is wrong; the libraries' streams tell only its text, and end in silence
// where a sheet is cut off.

// xlsxBook is an opened .xlsx.
type xlsxBook struct {
	*zipPackage
	sheets  []xlsxPart
	strings string // part with the table of strings; "" for none
	styles  string // part with the formats of numbers; "" for none
	texts   *textTable
	formats []numberFormat // by style of a cell, when they were read
	date04  bool
}

type xlsxPart struct {
	name, part string
	hidden     bool
}

// openPackage opens an .xlsx and finds its parts, once for a source.
func openPackage(src *Source) (*xlsxBook, error) {
	src.mu.Lock()
	defer src.mu.Unlock()
	if src.xlsx != nil {
		return src.xlsx, nil
	}
	b, err := newPackage(src)
	if err == nil {
		src.xlsx = b
	}
	return b, err
}

func newPackage(src *Source) (*xlsxBook, error) {
	z, err := openZip(src)
	if err != nil {
		return nil, err
	}
	b := &xlsxBook{zipPackage: z}
	if b.find("[Content_Types].xml") == nil {
		return nil, problemOldSheet.New("file", src.Name, "detail", "no workbook")
	}
	book := "xl/workbook.xml"
	rels, err := b.relations("_rels/.rels", "")
	if err != nil {
		return nil, err
	}
	for _, r := range rels {
		if strings.HasSuffix(r.kind, "/officeDocument") {
			book = r.target
		}
	}
	switch {
	case strings.HasSuffix(book, ".bin"):
		return nil, problemOldSheet.New("file", src.Name, "detail", "binary workbook, .xlsb")
	case b.find(book) == nil:
		return nil, problemOldSheet.New("file", src.Name, "detail", "no workbook")
	}
	dir, name := path.Split(book)
	if rels, err = b.relations(dir+"_rels/"+name+".rels", dir); err != nil {
		return nil, err
	}
	return b, b.workbook(book, rels)
}

type relation struct{ id, kind, target string }

// relations reads which part stands for which id.
func (b *xlsxBook) relations(part, dir string) ([]relation, error) {
	if b.find(part) == nil {
		return nil, nil
	}
	p, err := b.open(part, maxParts)
	if err != nil {
		return nil, err
	}
	defer p.close()
	var all []relation
	err = p.each(func() error {
		if !p.is("Relationship") {
			return nil
		}
		target := p.attr("Target")
		if strings.HasPrefix(target, "/") {
			target = target[1:]
		} else {
			target = path.Join(dir, target)
		}
		all = append(all, relation{p.attr("Id"), p.attr("Type"), target})
		return nil
	})
	return all, b.damaged(err)
}

// workbook reads the list of sheets.
func (b *xlsxBook) workbook(part string, rels []relation) error {
	for _, r := range rels {
		switch {
		case strings.HasSuffix(r.kind, "/sharedStrings"):
			b.strings = r.target
		case strings.HasSuffix(r.kind, "/styles"):
			b.styles = r.target
		}
	}
	p, err := b.open(part, maxParts)
	if err != nil {
		return err
	}
	defer p.close()
	err = p.each(func() error {
		switch {
		case p.is("workbookPr"):
			v := p.attr("date1904")
			b.date04 = v == "1" || v == "true"
		case p.is("sheet"):
			id := p.attr("id")
			at := slices.IndexFunc(rels, func(r relation) bool { return r.id == id && strings.HasSuffix(r.kind, "/worksheet") })
			if at < 0 {
				return nil // a chart is no table
			}
			if len(b.sheets) >= maxSheets {
				return problemManySheets.New("file", b.src.Name, "limit", maxSheets)
			}
			state := p.attr("state")
			b.sheets = append(b.sheets, xlsxPart{p.attr("name"), rels[at].target, state == "hidden" || state == "veryHidden"})
		}
		return nil
	})
	if err != nil {
		return b.damaged(err)
	}
	if len(b.sheets) == 0 {
		return b.damaged(errors.New("no sheet"))
	}
	return nil
}

// contents reads the table of strings and the formats, once.
func (b *xlsxBook) contents(ctx context.Context) error {
	b.src.mu.Lock()
	defer b.src.mu.Unlock()
	if b.texts != nil {
		return nil
	}
	texts, err := b.readTable(ctx)
	if err != nil {
		return err
	}
	if b.formats, err = b.readFormats(); err != nil {
		return err
	}
	b.texts = texts
	return nil
}

func (b *xlsxBook) readTable(ctx context.Context) (*textTable, error) {
	all := &textTable{}
	if b.strings == "" || b.find(b.strings) == nil {
		return all, nil
	}
	p, err := b.open(b.strings, maxStrings)
	if err != nil {
		return nil, err
	}
	defer p.close()
	var text []byte
	err = p.each(func() error {
		if !p.is("si") {
			return nil
		}
		if len(all.ends)%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if text, err = p.inner(text[:0], "si"); err != nil {
			return err
		}
		if !all.add(text) {
			return problemManyTexts.New("file", b.src.Name, "limit", maxTexts)
		}
		return nil
	})
	return all, b.damaged(err)
}

// readFormats reads what the styles of cells say of numbers.
func (b *xlsxBook) readFormats() ([]numberFormat, error) {
	if b.styles == "" || b.find(b.styles) == nil {
		return nil, nil
	}
	p, err := b.open(b.styles, maxParts)
	if err != nil {
		return nil, err
	}
	defer p.close()
	own := map[string]numberFormat{}
	var all []numberFormat
	cells := false
	err = p.each(func() error {
		switch {
		case p.is("numFmt") && len(own) < maxStyles:
			own[p.attr("numFmtId")] = parseFormat(p.attr("formatCode"))
		case p.is("cellXfs"):
			cells = true
		case p.is("cellStyles"), p.is("cellStyleXfs"), p.is("dxfs"):
			cells = false
		case p.is("xf") && cells && len(all) < maxStyles:
			id := p.attr("numFmtId")
			f, known := own[id]
			if n, err := strconv.Atoi(id); err == nil && !known {
				f = builtInFormat(n)
			}
			all = append(all, f)
		}
		return nil
	})
	return all, b.damaged(err)
}

// unescape resolves _x000D_ and its like, by which sheets write characters that
// XML has not.
func unescape(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	var b strings.Builder
	for {
		i := strings.Index(text, "_x")
		if i < 0 || len(text) < i+7 {
			break
		}
		n, err := strconv.ParseUint(text[i+2:i+6], 16, 16)
		if err != nil || text[i+6] != '_' {
			b.WriteString(text[:i+2])
			text = text[i+2:]
			continue
		}
		b.WriteString(text[:i])
		if n != '\r' {
			b.WriteRune(rune(n))
		}
		text = text[i+7:]
	}
	b.WriteString(text)
	return b.String()
}

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
