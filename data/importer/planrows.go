package importer

import (
	"strconv"
	"strings"

	"casebinder/data"
)

// footer reports whether a row is a remark of the platform: by its first cell that
// is not empty, or by its cells as one text, since a remark may hold a comma.
func (l *plan) footer(rec *record) bool {
	if len(l.footers) == 0 {
		return false
	}
	first, whole := "", ""
	for i := 0; i < len(rec.ends) && len(whole) < 300; i++ {
		text := strings.TrimSpace(rec.cell(i))
		switch {
		case text == "":
		case first == "":
			first, whole = text, text
		default:
			whole += "," + text
		}
	}
	for _, re := range l.footers {
		if re.MatchString(first) || re.MatchString(whole) {
			return true
		}
	}
	return false
}

// sparse reports whether a row has as few cells as a remark.
func (l *plan) sparse(rec *record) bool {
	if len(rec.ends) < l.head.filled {
		return true
	}
	const most = 4
	filled, start := 0, 0
	for _, end := range rec.ends {
		if end > start {
			if filled++; filled > most {
				return false
			}
		}
		start = end + 1
	}
	return true
}

// ragged says what is wrong with the number of cells, or nil.
func (l *plan) ragged(rec *record) *data.Problem {
	columns := len(l.head.names)
	for i := columns; i < len(rec.ends); i++ {
		if strings.TrimSpace(rec.cell(i)) != "" {
			return problemManyCells.New("cells", len(rec.ends), "columns", columns)
		}
	}
	if len(rec.ends) < l.head.filled && !l.short {
		return problemFewCells.New("cells", len(rec.ends), "columns", columns)
	}
	return nil
}

// rule says what a row is, and which column says so.
func (l *plan) rule(rec *record) (RowIs, int) {
	for i := range l.rules {
		r := &l.rules[i]
		text := strings.ToLower(clean(rec.cell(r.i), false))
		if r.fits(text) {
			return r.Do, r.i
		}
	}
	return RowOrder, -1
}

func (r *rowRule) fits(text string) bool {
	if r.words[text] || r.Filled && text != "" || r.Empty && text == "" || len(r.not) > 0 && text != "" && !r.not[text] {
		return true
	}
	for _, part := range r.parts {
		if strings.Contains(text, part) {
			return true
		}
	}
	if r.Negative {
		a, ok := splitAmount(text)
		return ok && a.negative
	}
	return false
}

// orderNumber reads an order number: text, whatever it looks like. "" without
// a problem means that the cell is empty.
func (l *plan) orderNumber(rec *record, i int) (string, *data.Problem) {
	text := l.numberOf(clean(rec.cell(i), true))
	switch {
	case text == "":
		return "", nil
	case rec.kind(i) == kindLossy:
		return "", problemRoundedNumber.New("value", text)
	case scientific(text):
		return "", problemScientific.New("value", text)
	case len(text) > 120 || strings.ContainsAny(text, "\n\r\t"):
		return "", problemLongNumber.New("header", l.name(i), "limit", 120)
	}
	return text, nil
}

// scientific reports whether text is a number such as 1.23E+17.
func scientific(text string) bool {
	e := strings.IndexAny(text, "eE")
	if e < 1 || e == len(text)-1 || len(text) > 40 {
		return false
	}
	mantissa, exponent := text[:e], strings.TrimPrefix(text[e+1:], "+")
	if strings.ContainsAny(mantissa, "eE ") || text[0] < '0' || text[0] > '9' {
		return false
	}
	signed := len(exponent) < len(text)-e-1
	if !signed && !strings.ContainsAny(mantissa, ".,") {
		return false // "12E5" may be a number that somebody made up
	}
	_, err1 := strconv.ParseFloat(strings.Replace(mantissa, ",", ".", 1), 64)
	_, err2 := strconv.ParseUint(exponent, 10, 16)
	return err1 == nil && err2 == nil
}
