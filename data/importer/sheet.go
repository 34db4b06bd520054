package importer

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// sheet is what the rows of a spreadsheet know besides.
type sheet interface {
	rows
	from1904() bool // days are counted from 1904
}

// sheetInfo names a sheet.
type sheetInfo struct {
	name   string
	hidden bool
}

// sheetList lists the sheets of a spreadsheet in order, the hidden ones last.
func sheetList(ctx context.Context, src *Source, format Format) ([]sheetInfo, error) {
	var all []sheetInfo
	switch format {
	case FormatXLS:
		book, err := openBook(src)
		if err != nil {
			return nil, err
		}
		for _, s := range book.sheets {
			all = append(all, sheetInfo{s.name, s.hidden})
		}
	case FormatODS:
		book, err := openODS(ctx, src)
		if err != nil {
			return nil, err
		}
		all = slices.Clone(book.sheets)
	default:
		book, err := openPackage(src)
		if err != nil {
			return nil, err
		}
		for _, s := range book.sheets {
			all = append(all, sheetInfo{s.name, s.hidden})
		}
	}
	slices.SortStableFunc(all, func(a, b sheetInfo) int {
		switch {
		case a.hidden == b.hidden:
			return 0
		case a.hidden:
			return 1
		}
		return -1
	})
	return all, nil
}

// sheetRow collects the cells of one row in whatever order they come.
type sheetRow struct {
	rec   record
	texts []string
}

func (s *sheetRow) begin(line int) {
	s.rec.line, s.rec.bad, s.rec.replaced, s.rec.faulty = line, nil, false, false
	s.rec.ends, s.rec.kinds = s.rec.ends[:0], s.rec.kinds[:0]
	s.texts = s.texts[:0]
}

// set puts a cell into its column, which is below MaxColumns.
func (s *sheetRow) set(column int, text string, k kind) {
	for len(s.texts) <= column {
		s.texts = append(s.texts, "")
		s.rec.kinds = append(s.rec.kinds, kindText)
	}
	s.texts[column], s.rec.kinds[column] = text, k
	s.rec.faulty = s.rec.faulty || k == kindError || k == kindMissing
}

func (s *sheetRow) record() *record {
	var b strings.Builder
	for i, text := range s.texts {
		if i > 0 {
			b.WriteByte(cellBreak)
		}
		if strings.IndexByte(text, cellBreak) >= 0 {
			text = strings.ReplaceAll(text, string(cellBreak), " ")
		}
		if strings.IndexByte(text, 0) >= 0 {
			s.rec.bad = problemControl.New()
		}
		b.WriteString(text)
		s.rec.ends = append(s.rec.ends, b.Len())
	}
	if len(s.texts) == 0 {
		s.rec.ends = append(s.rec.ends, 0)
	}
	s.rec.text = b.String()
	if !utf8.ValidString(s.rec.text) {
		s.rec.valid()
	}
	return &s.rec
}

// numberText writes a number of a sheet as a person would: up to 15 digits,
// which is all that a spreadsheet keeps, and no exponent. A whole number of
// more is kindLossy.
func numberText(v float64) (string, kind) {
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0):
		return strconv.FormatFloat(v, 'g', -1, 64), kindText
	case v == math.Trunc(v) && math.Abs(v) < 1e15:
		return strconv.FormatInt(int64(v), 10), kindNumber
	case math.Abs(v) >= 1e15:
		return strconv.FormatFloat(v, 'E', -1, 64), kindLossy
	}
	short, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64)
	if err != nil {
		short = v
	}
	return strconv.FormatFloat(short, 'f', -1, 64), kindNumber
}
