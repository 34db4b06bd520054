package importer

import (
	"archive/zip"
	"bufio"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"casebinder/data"
)

// Why .xlsx is read here and not through a library: whether a cell is text or
// a number must be known, because an order number that went through a number
// is wrong; the libraries' streams tell only its text, and end in silence
// where a sheet is cut off.

// Limits of what an .xlsx unfolds to.
const (
	maxUnfolded = 4 << 30   // bytes of one sheet
	maxStrings  = 512 << 20 // bytes of the table of strings, which is held in memory
	maxParts    = 16 << 20  // bytes of any other part
	bombSize    = 32 << 20  // beyond this, a part must not be
	bombRatio   = 250       // so many times larger than it is packed
)

// xlsxBook is an opened .xlsx.
type xlsxBook struct {
	src     *Source
	zip     *zip.Reader
	sheets  []xlsxPart
	strings string   // part with the table of strings; "" for none
	texts   []string // the table of strings, when it was read
	date04  bool
}

type xlsxPart struct{ name, part string }

func (b *xlsxBook) names() []string {
	names := make([]string, len(b.sheets))
	for i, s := range b.sheets {
		names[i] = s.name
	}
	return names
}

func (b *xlsxBook) damaged(err error) error {
	if _, ok := data.AsProblem(err); ok || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return problemSheetDamaged.Wrap(err, "file", b.src.Name, "detail", err)
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
	b := &xlsxBook{src: src}
	var err error
	if b.zip, err = zip.NewReader(src.r, src.Size); err != nil {
		return nil, b.damaged(err)
	}
	if b.find("mimetype") != nil {
		return nil, problemOldSheet.New("file", src.Name, "detail", "OpenDocument")
	}
	if b.find("[Content_Types].xml") == nil {
		return nil, problemArchive.New("file", src.Name)
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
	if b.find(book) == nil {
		return nil, problemOldSheet.New("file", src.Name, "detail", "no workbook")
	}
	dir, name := path.Split(book)
	if rels, err = b.relations(dir+"_rels/"+name+".rels", dir); err != nil {
		return nil, err
	}
	return b, b.workbook(book, rels)
}

func (b *xlsxBook) find(name string) *zip.File {
	for _, f := range b.zip.File {
		if strings.EqualFold(strings.ReplaceAll(f.Name, `\`, "/"), name) {
			return f
		}
	}
	return nil
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
	for {
		el, err := p.start()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, b.damaged(err)
		}
		if el.Name.Local != "Relationship" {
			continue
		}
		target := attribute(el, "Target")
		if strings.HasPrefix(target, "/") {
			target = target[1:]
		} else {
			target = path.Join(dir, target)
		}
		all = append(all, relation{attribute(el, "Id"), attribute(el, "Type"), target})
	}
}

// workbook reads the list of sheets.
func (b *xlsxBook) workbook(part string, rels []relation) error {
	for _, r := range rels {
		if strings.HasSuffix(r.kind, "/sharedStrings") {
			b.strings = r.target
		}
	}
	p, err := b.open(part, maxParts)
	if err != nil {
		return err
	}
	defer p.close()
	for {
		el, err := p.start()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return b.damaged(err)
		}
		switch el.Name.Local {
		case "workbookPr":
			v := attribute(el, "date1904")
			b.date04 = v == "1" || v == "true"
		case "sheet":
			at := slices.IndexFunc(rels, func(r relation) bool {
				return r.id == attribute(el, "id") && strings.HasSuffix(r.kind, "/worksheet")
			})
			if at >= 0 {
				b.sheets = append(b.sheets, xlsxPart{attribute(el, "name"), rels[at].target})
			}
		}
	}
	if len(b.sheets) == 0 {
		return b.damaged(errors.New("no sheet"))
	}
	return nil
}

func attribute(el *xml.StartElement, local string) string {
	for _, a := range el.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// part is an XML part that is being read, with its limits.
type part struct {
	*xml.Decoder
	closer   io.Closer
	in       *meter
	unpacked uint64 // bytes, as the package says
}

func (p *part) close() error { return p.closer.Close() }

// meter counts what is unfolded, and ends it at a limit.
type meter struct {
	*bufio.Reader
	src    *Source
	read   int64
	row    int64 // since the last row began
	line   int
	limit  int64
	packed int64
}

func (m *meter) ReadByte() (byte, error) {
	m.read++
	if m.row++; m.row > MaxRecordSize && m.line > 0 {
		return 0, problemLongRecord.New("line", m.line, "limit", size(MaxRecordSize))
	}
	if m.read > m.limit || m.read > bombSize && m.read > m.packed*bombRatio {
		return 0, problemUnfolds.New("file", m.src.Name, "limit", size(min(m.limit, max(bombSize, m.packed*bombRatio))))
	}
	return m.Reader.ReadByte()
}

// open opens a part of the package.
func (b *xlsxBook) open(name string, limit int64) (*part, error) {
	f := b.find(name)
	if f == nil {
		return nil, b.damaged(fmt.Errorf("no part %s", name))
	}
	r, err := f.Open()
	if err != nil {
		return nil, b.damaged(err)
	}
	m := &meter{Reader: bufio.NewReaderSize(r, 64<<10), src: b.src, limit: limit, packed: int64(f.CompressedSize64)}
	return &part{xml.NewDecoder(m), r, m, f.UncompressedSize64}, nil
}

// start gives the next element that begins.
func (p *part) start() (*xml.StartElement, error) {
	for {
		token, err := p.RawToken()
		if err != nil {
			return nil, err
		}
		if el, ok := token.(xml.StartElement); ok {
			return &el, nil
		}
	}
}

// text collects the characters up to the end of the element that has begun.
// Phonetic guides are left out.
func (p *part) text(until string, into *strings.Builder) error {
	in, skip := 0, 0
	for {
		token, err := p.RawToken()
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			return err
		}
		switch el := token.(type) {
		case xml.StartElement:
			switch el.Name.Local {
			case "rPh":
				skip++
			case "t":
				in++
			}
		case xml.EndElement:
			switch el.Name.Local {
			case until:
				return nil
			case "rPh":
				skip--
			case "t":
				in--
			}
		case xml.CharData:
			if skip == 0 && (in > 0 || until == "v" || until == "t") {
				into.Write(el)
			}
		}
	}
}

// table reads the table of strings, once.
func (b *xlsxBook) table(ctx context.Context) ([]string, error) {
	b.src.mu.Lock()
	defer b.src.mu.Unlock()
	if b.texts != nil {
		return b.texts, nil
	}
	texts, err := b.readTable(ctx)
	if err == nil {
		b.texts = texts
	}
	return texts, err
}

func (b *xlsxBook) readTable(ctx context.Context) ([]string, error) {
	if b.strings == "" || b.find(b.strings) == nil {
		return nil, nil
	}
	p, err := b.open(b.strings, maxStrings)
	if err != nil {
		return nil, err
	}
	defer p.close()
	var all []string
	for {
		el, err := p.start()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, b.damaged(err)
		}
		if el.Name.Local != "si" {
			continue
		}
		if len(all)%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		var text strings.Builder
		if err := p.text("si", &text); err != nil {
			return nil, b.damaged(err)
		}
		all = append(all, unescape(text.String()))
	}
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
	strings  []string
	progress func(done, total int64)
	line     int
	ended    bool
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
	table, err := b.table(ctx)
	if err != nil {
		return nil, err
	}
	p, err := b.open(b.sheets[at].part, maxUnfolded)
	if err != nil {
		return nil, err
	}
	return &xlsxRows{ctx: ctx, book: b, part: p, strings: table, progress: progress}, nil
}

func (x *xlsxRows) close() error   { return x.part.close() }
func (x *xlsxRows) from1904() bool { return x.book.date04 }

func (x *xlsxRows) next() (*record, error) {
	if x.ended {
		return nil, io.EOF
	}
	for {
		token, err := x.part.RawToken()
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			return nil, x.book.damaged(err)
		}
		switch el := token.(type) {
		case xml.StartElement:
			if el.Name.Local == "row" {
				if err := x.row(&el); err != nil {
					return nil, x.book.damaged(err)
				}
				return x.record(), nil
			}
		case xml.EndElement:
			if el.Name.Local == "sheetData" || el.Name.Local == "worksheet" {
				x.ended = true
				return nil, io.EOF
			}
		}
	}
}

// row reads the cells of a row.
func (x *xlsxRows) row(el *xml.StartElement) error {
	x.line++
	if n, err := strconv.Atoi(attribute(el, "r")); err == nil && n >= x.line {
		x.line = n
	}
	if x.line > MaxSheetRows {
		return problemManyRows.New("file", x.book.src.Name, "limit", MaxSheetRows)
	}
	if x.line%256 == 0 {
		if err := x.ctx.Err(); err != nil {
			return err
		}
		if x.progress != nil {
			x.report()
		}
	}
	x.part.in.row, x.part.in.line = 0, x.line
	x.begin(x.line)
	column := -1
	for {
		token, err := x.part.RawToken()
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			return err
		}
		switch el := token.(type) {
		case xml.StartElement:
			if el.Name.Local != "c" {
				continue
			}
			if column, err = cellColumn(attribute(&el, "r"), column+1); err != nil {
				return err
			}
			if err := x.cell(column, attribute(&el, "t")); err != nil {
				return err
			}
		case xml.EndElement:
			if el.Name.Local == "row" {
				return nil
			}
		}
	}
}

// report tells how much of the packed file was read, by the share of the sheet.
func (x *xlsxRows) report() {
	total := x.book.src.Size
	if x.part.unpacked > 0 {
		x.progress(min(total, int64(float64(total)*float64(x.part.in.read)/float64(x.part.unpacked))), total)
	}
}

// cellColumn reads the column of a name such as "AB12"; a cell without a name
// stands behind the one before it.
func cellColumn(name string, after int) (int, error) {
	if name == "" {
		name = "?"
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

// cell reads a cell up to its end.
func (x *xlsxRows) cell(column int, is string) error {
	var text strings.Builder
	for {
		token, err := x.part.RawToken()
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			return err
		}
		switch el := token.(type) {
		case xml.StartElement:
			if el.Name.Local == "v" || el.Name.Local == "is" {
				if err := x.part.text(el.Name.Local, &text); err != nil {
					return err
				}
			}
		case xml.EndElement:
			if el.Name.Local == "c" {
				return x.put(column, is, text.String())
			}
		}
	}
}

// put decides what a cell holds.
func (x *xlsxRows) put(column int, is, text string) error {
	switch is {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil || i < 0 || i >= len(x.strings) {
			if text == "" {
				return nil
			}
			return fmt.Errorf("string %.20q", text)
		}
		x.set(column, x.strings[i], kindText)
	case "", "n":
		if text = strings.TrimSpace(text); text == "" {
			return nil
		}
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return fmt.Errorf("number %.20q", text)
		}
		number, k := numberText(v)
		if k == kindLossy {
			number = text
		}
		x.set(column, number, k)
	case "e":
		return nil // an error of a formula holds nothing
	default:
		x.set(column, unescape(text), kindText)
	}
	return nil
}
