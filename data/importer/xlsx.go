package importer

import (
	"context"
	"errors"
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
