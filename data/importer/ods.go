package importer

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
)

const (
	odsMime    = "application/vnd.oasis.opendocument.spreadsheet"
	odsContent = "content.xml"
)

// odsBook is an opened .ods. (OpenDocument 1.3, part 3, section 9.)
type odsBook struct {
	*zipPackage
	sheets []sheetInfo
}

// openODS opens an .ods and finds its sheets, once for a source.
func openODS(ctx context.Context, src *Source) (*odsBook, error) {
	src.mu.Lock()
	defer src.mu.Unlock()
	if src.ods != nil {
		return src.ods, nil
	}
	z, err := openZip(src)
	if err != nil {
		return nil, err
	}
	b := &odsBook{zipPackage: z}
	if err := b.readable(); err != nil {
		return nil, err
	}
	if b.sheets, err = b.list(ctx); err != nil {
		return nil, err
	}
	src.ods = b
	return b, nil
}

// readable refuses other documents and those with a password.
func (b *odsBook) readable() error {
	mime := b.find("mimetype")
	if mime == nil || mime.UncompressedSize64 > 200 || b.find(odsContent) == nil {
		return problemOldSheet.New("file", b.src.Name, "detail", "OpenDocument")
	}
	r, err := mime.Open()
	if err != nil {
		return b.damaged(err)
	}
	defer r.Close()
	text, err := io.ReadAll(io.LimitReader(r, 200))
	if err != nil {
		return b.damaged(err)
	}
	if kind := strings.TrimSpace(string(text)); kind != odsMime {
		return problemOldSheet.New("file", b.src.Name, "detail", shorten(kind))
	}
	if b.find("META-INF/manifest.xml") == nil {
		return nil
	}
	p, err := b.open("META-INF/manifest.xml", maxParts)
	if err != nil {
		return err
	}
	defer p.close()
	return b.damaged(p.each(func() error {
		if p.is("encryption-data") {
			return problemPassword.New("file", b.src.Name)
		}
		return nil
	}))
}

// list names the sheets, with those that are hidden by their style.
func (b *odsBook) list(ctx context.Context) ([]sheetInfo, error) {
	p, err := b.open(odsContent, maxUnfolded)
	if err != nil {
		return nil, err
	}
	defer p.close()
	var all []sheetInfo
	style, hidden, seen := "", map[string]bool{}, 0
	err = p.each(func() error {
		if seen++; seen%65_536 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		switch {
		case p.is("style"):
			style = p.attr("name")
		case p.is("table-properties") && p.attr("display") == "false" && len(hidden) < maxStyles:
			hidden[style] = true
		case p.is("table") && p.attr("name") != "" && !p.sub():
			if len(all) >= maxSheets {
				return problemManySheets.New("file", b.src.Name, "limit", maxSheets)
			}
			all = append(all, sheetInfo{p.attr("name"), hidden[p.attr("style-name")]})
		}
		return nil
	})
	if err == nil && len(all) == 0 {
		err = errors.New("no sheet")
	}
	return all, b.damaged(err)
}

// sub reports whether a table is one within a cell.
func (p *part) sub() bool { return p.attr("is-sub-table") == "true" }

// odsRows streams the rows of a sheet.
type odsRows struct {
	sheetRow
	ctx      context.Context
	book     *odsBook
	part     *part
	progress func(done, total int64)
	line     int
	repeat   int // how often the row that was read stands there still
	ended    bool
	text     []byte
	unfolded int64 // bytes of rows that were given, repeated ones included
}

func openODSRows(ctx context.Context, src *Source, name string, progress func(done, total int64)) (rows, error) {
	b, err := openODS(ctx, src)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(b.sheets, func(s sheetInfo) bool { return s.name == name }) {
		return nil, problemNoSheet.New("file", src.Name, "sheet", name)
	}
	p, err := b.open(odsContent, maxUnfolded)
	if err != nil {
		return nil, err
	}
	for seen := 0; ; {
		token, err := p.need()
		if err != nil {
			p.close()
			return nil, b.damaged(err)
		}
		if token == xmlStart && p.is("table") && p.attr("name") == name && !p.sub() {
			return &odsRows{ctx: ctx, book: b, part: p, progress: progress}, nil
		}
		if seen++; seen%65_536 == 0 && ctx.Err() != nil {
			p.close()
			return nil, ctx.Err()
		}
	}
}

func (o *odsRows) close() error   { return o.part.close() }
func (o *odsRows) from1904() bool { return false } // dates are written out

func (o *odsRows) next() (*record, error) {
	if o.repeat > 0 {
		o.repeat--
		if o.line++; o.line > MaxSheetRows {
			return nil, problemManyRows.New("file", o.book.src.Name, "limit", MaxSheetRows)
		}
		o.rec.line = o.line
		return &o.rec, o.unfold()
	}
	if o.ended {
		return nil, io.EOF
	}
	for {
		token, err := o.part.need()
		if err != nil {
			return nil, o.book.damaged(err)
		}
		switch {
		case token == xmlStart && o.part.is("table-row"):
			if err := o.row(); err != nil {
				return nil, o.book.damaged(err)
			}
			rec := o.record()
			return rec, o.unfold()
		case token == xmlEnd && o.part.is("table"):
			o.ended = true
			return nil, io.EOF
		}
	}
}

// unfold counts what rows and cells that are repeated come to.
func (o *odsRows) unfold() error {
	o.unfolded += int64(len(o.rec.text))
	if limit := max(bombSize, o.book.src.Size*bombRatio); o.unfolded > limit {
		return problemUnfolds.New("file", o.book.src.Name, "limit", size(limit))
	}
	return nil
}

// row reads the cells of a row. Empty rows that are repeated to the end of the
// sheet are one.
func (o *odsRows) row() error {
	o.line++
	if o.line > MaxSheetRows {
		return problemManyRows.New("file", o.book.src.Name, "limit", MaxSheetRows)
	}
	if o.line%256 == 0 {
		if err := o.ctx.Err(); err != nil {
			return err
		}
		o.part.report(o.book.src, o.progress)
	}
	times, err := o.times("number-rows-repeated", 1<<21)
	if err != nil {
		return err
	}
	o.part.row(o.line)
	o.begin(o.line)
	column := 0
	for elements := 0; ; {
		token, err := o.part.need()
		if err != nil {
			return err
		}
		switch {
		case token == xmlEnd && o.part.is("table-row"):
			if len(o.texts) == 0 {
				o.line += times - 1
			} else {
				o.repeat = times - 1
			}
			return nil
		case token != xmlStart:
			continue
		}
		if elements++; elements > MaxColumns {
			return errXML
		}
		if o.part.is("table-cell") || o.part.is("covered-table-cell") {
			if column, err = o.cell(column); err != nil {
				return err
			}
		}
	}
}

func (o *odsRows) times(attr string, limit int) (int, error) {
	text := o.part.attr(attr)
	if text == "" {
		return 1, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > limit {
		return 0, errXML
	}
	return n, nil
}

// cell reads a cell up to its end and gives the column behind it.
func (o *odsRows) cell(column int) (int, error) {
	times, err := o.times("number-columns-repeated", MaxColumns)
	if err != nil {
		return 0, err
	}
	covered := o.part.is("covered-table-cell")
	is, formula := o.part.attr("value-type"), o.part.attr("formula") != ""
	plain := o.part.attr("value")
	date, own := o.part.attr("date-value"), o.part.attr("string-value")
	// value-type stands twice: once for OpenDocument, once for what it has no word for.
	broken := bytes.Contains(o.part.attrs, []byte(`calcext:value-type="error"`))
	if o.text, err = o.shown(); err != nil {
		return 0, err
	}
	text, k := string(o.text), kindText
	switch {
	case covered:
		text = ""
	case broken, formula && formulaError(text):
		k = kindError
	case formula && is == "":
		text, k = "", kindMissing
	case is == "float", is == "currency":
		v, err := strconv.ParseFloat(plain, 64)
		if err != nil {
			return 0, errXML
		}
		if filled := strings.TrimSpace(text); !leadingZeros(filled, v) {
			if text, k = numberText(v); k == kindLossy {
				text = plain
			}
		}
	case is == "date":
		text = strings.Replace(date, "T", " ", 1)
	case own != "":
		text = own
	}
	if text == "" && k == kindText {
		return column + times, nil
	}
	if column+times > MaxColumns {
		return 0, errXML
	}
	for i := range times {
		o.set(column+i, text, k)
	}
	return column + times, nil
}

// formulaError reports whether a formula shows that it failed.
func formulaError(text string) bool {
	return strings.HasPrefix(text, "Err:") || strings.HasPrefix(text, "#") && (strings.HasSuffix(text, "!") || strings.HasSuffix(text, "?") || text == "#N/A")
}

// leadingZeros reports whether a cell shows a number as digits with zeros in
// front, as postcodes are.
func leadingZeros(text string, v float64) bool {
	if len(text) < 2 || len(text) > 15 || text[0] != '0' || strings.Trim(text, "0123456789") != "" {
		return false
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return err == nil && float64(n) == v
}

// shown reads what a cell shows, up to its end: its paragraphs. Remarks pinned to
// it are no part of it.
func (o *odsRows) shown() ([]byte, error) {
	out, notes, lines := o.text[:0], 0, 0
	for elements := 0; ; {
		token, err := o.part.need()
		if err != nil {
			return out, err
		}
		p := o.part
		switch token {
		case xmlStart:
			if elements++; elements > maxStrange {
				return out, errXML
			}
			switch {
			case p.is("annotation"):
				notes++
			case notes > 0:
			case p.is("p"):
				if lines++; lines > 1 {
					out = append(out, '\n')
				}
			case p.is("line-break"):
				out = append(out, '\n')
			case p.is("s"), p.is("tab"):
				out = append(out, ' ')
			}
		case xmlEnd:
			switch {
			case p.is("annotation"):
				notes--
			case p.is("table-cell"), p.is("covered-table-cell"):
				return out, nil
			}
		case xmlText:
			if notes == 0 && lines > 0 {
				out = append(out, p.text...)
			}
		}
	}
}
