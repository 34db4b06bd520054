package importer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"casebinder/data"
)

// amount is a number as a platform wrote it, taken apart.
type amount struct {
	negative bool
	unit     string // "US$", "€", "EUR"; "" for none; without white space
	digits   string // digits with points and commas, the first and last a digit
	form     form   // how the digits are written, where the text says so for certain; else formPlain
}

const longestAmount = 96 // bytes

// splitAmount takes an amount apart: "US $ 45.99", "45,99 €", "(12.00)",
// "-3,00", "1'234.-". It reports whether that is what the text is.
func splitAmount(text string) (amount, bool) {
	var a amount
	if len(text) > longestAmount {
		return a, false
	}
	text, decimal := westernDigits(text)
	text, bracketed := unbracket(text)
	first, last := digitSpan(text)
	if first < 0 {
		return a, false
	}
	var whole bool
	before, after := text[:first], text[last:]
	after, whole = cutNoDecimals(after)
	if !a.setDigits(text[first:last], whole, decimal) {
		return a, false
	}
	one, minusBefore := unit(before)
	two, minusAfter := unit(after)
	for _, minus := range []bool{bracketed, minusBefore, minusAfter} {
		if minus && a.negative {
			return a, false // two signs: is it more or less than nothing?
		}
		a.negative = a.negative || minus
	}
	var ok bool
	a.unit, ok = oneUnit(one, two)
	return a, ok
}

// digitSpan gives where the digits begin and end, -1 where there are none.
func digitSpan(text string) (first, last int) {
	first = strings.IndexAny(text, "0123456789")
	if first < 0 {
		return -1, -1
	}
	if first > 0 && text[first-1] == '.' && !strings.HasSuffix(strings.TrimRight(text[:first-1], " "), "Rs") {
		if r, _ := utf8.DecodeLastRuneInString(text[:first-1]); first == 1 || !unicode.IsLetter(r) { // "kr.50" is no fraction
			first-- // ".50"
		}
	}
	return first, strings.LastIndexAny(text, "0123456789") + 1
}

// setDigits takes the digits with the signs between them. Whole: the text says
// that there are no decimals; decimal: that the point stands before them.
func (a *amount) setDigits(digits string, whole, decimal bool) bool {
	if strings.ContainsAny(digits, " '") || !ascii(digits) {
		digits = ungroup(digits)
	}
	if digits[0] == '.' {
		digits = "0" + digits
	}
	a.digits = digits
	if strings.Trim(digits, "0123456789.,") != "" {
		return false
	}
	switch points, commas := strings.Contains(digits, "."), strings.Contains(digits, ","); {
	case decimal:
		a.form = formPoint
		return strings.Count(digits, ".") == 1 && !commas && !whole
	case whole && points && commas:
		return false
	case whole && points:
		a.form = fits(digits, 0, '.', formComma)
	case whole && commas:
		a.form = fits(digits, 0, ',', formPoint)
	}
	return a.form != formBad
}

// written tells how the digits are written.
func (a *amount) written() form {
	if a.form != formPlain {
		return a.form
	}
	return formOf(a.digits)
}

// unbracket takes off the parentheses that mean less than nothing, and leaves
// what stands beside them: "(12.00)", "$(12.00)", "(12.00) USD".
func unbracket(text string) (string, bool) {
	open, end := strings.IndexByte(text, '('), strings.LastIndexByte(text, ')')
	if open < 0 || end < open || strings.ContainsAny(text[:open]+text[end:], "0123456789") {
		return strings.TrimSpace(text), false
	}
	return strings.TrimSpace(text[:open] + text[open+1:end] + text[end+1:]), true
}

// cutNoDecimals takes off what stands for no decimals behind the digits, as in
// "45.-", "45,--", "45:-".
func cutNoDecimals(after string) (rest string, whole bool) {
	if after == "" || strings.IndexByte(".,:", after[0]) < 0 {
		return after, false
	}
	rest = strings.TrimLeft(after[1:], " ")
	for n := 0; ; n++ {
		r, size := utf8.DecodeRuneInString(rest)
		if n == 2 || !isDash(r) {
			return rest, n > 0
		}
		rest = rest[size:]
	}
}

func isDash(r rune) bool {
	switch r {
	case '-', '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212':
		return true
	}
	return false
}

// zeros begin the decimal digits of the scripts that shops write.
var zeros = []rune{'\u0660', '\u06F0', '\u0966', '\u09E6', '\u0E50', '\uFF10'}

// westernDigits puts ASCII in the place of digits and signs of other scripts,
// and takes out marks of direction. decimal: the text has a sign that stands
// before decimals and nowhere else.
func westernDigits(text string) (plain string, decimal bool) {
	if ascii(text) {
		return text, false
	}
	plain = strings.Map(func(r rune) rune {
		switch {
		case r == '\u066B':
			decimal = true
			return '.'
		case r == '\u066C': // groups, and nothing else
			return -1
		case r >= '\uFF01' && r <= '\uFF5E':
			return r - '\uFF01' + '!'
		case r == '\uFFE5':
			return '¥'
		case r == '\uFFE1':
			return '£'
		case r == '\uFFE6':
			return '₩'
		case r == '\u3000':
			return ' '
		case r == '\u200E', r == '\u200F', r == '\u061C', r >= '\u202A' && r <= '\u202E', r >= '\u2066' && r <= '\u2069', r == '\uFEFF':
			return -1
		}
		for _, zero := range zeros {
			if r >= zero && r < zero+10 {
				return '0' + r - zero
			}
		}
		return r
	}, text)
	return plain, decimal
}

// ungroup takes out white space and apostrophes between groups of three.
func ungroup(digits string) string {
	var b strings.Builder
	for i, r := range digits {
		switch r {
		case ' ', '\'', '\u00A0', '\u202F', '\u2009', '\u2019', '\u02BC':
			rest := digits[i+utf8.RuneLen(r):]
			n := 0
			for n < len(rest) && rest[n] >= '0' && rest[n] <= '9' {
				n++
			}
			if n == 3 {
				continue
			}
		}
		b.WriteRune(r)
	}
	return b.String()
}

// unit is what stands beside the digits, and whether a minus is among it.
func unit(text string) (string, bool) {
	minus := 0
	out := strings.Map(func(r rune) rune {
		switch {
		case isDash(r):
			minus++
			return -1
		case unicode.IsSpace(r), r == '+', r == ':':
			return -1
		}
		return r
	}, text)
	if minus > 1 {
		return "--", false // no unit that is known
	}
	return out, minus > 0
}

// oneUnit joins what stands on both sides of the digits: nothing on one, or a
// sign and the code of a currency that it can mean.
func oneUnit(before, after string) (string, bool) {
	switch {
	case before == "" || before == after:
		return after, true
	case after == "":
		return before, true
	}
	for _, pair := range [][2]string{{before, after}, {after, before}} {
		if code := strings.ToUpper(pair[0]); data.IsCurrency(code) && canMean(pair[1], code) {
			return code, true
		}
	}
	return "", false
}

// form is how the digits of an amount are written.
type form uint8

const (
	formPlain     form = iota // no sign: any decimal sign fits
	formPoint                 // a point stands before the decimals, or commas group
	formComma                 // a comma stands before the decimals, or points group
	formAmbiguous             // "1,234": one or a thousand
	formBad
)

// formOf tells how digits are written from them alone.
func formOf(digits string) form {
	points, commas := strings.Count(digits, "."), strings.Count(digits, ",")
	switch {
	case points == 0 && commas == 0:
		return formPlain
	case points > 0 && commas > 0:
		if strings.LastIndexByte(digits, '.') > strings.LastIndexByte(digits, ',') {
			return fits(digits, '.', ',', formPoint)
		}
		return fits(digits, ',', '.', formComma)
	case points > 1:
		return fits(digits, 0, '.', formComma)
	case commas > 1:
		return fits(digits, 0, ',', formPoint)
	}
	sign, asDecimal := byte('.'), formPoint
	if commas == 1 {
		sign, asDecimal = ',', formComma
	}
	at := strings.IndexByte(digits, sign)
	whole, rest := digits[:at], len(digits)-at-1
	if rest == 3 && len(whole) <= 3 && whole[0] != '0' {
		return formAmbiguous
	}
	return asDecimal
}

// fits checks that the group sign stands between groups: three digits, or two
// as in India, and three at last; and the decimal sign once, at the end.
func fits(digits string, decimal, group byte, is form) form {
	whole := digits
	if decimal != 0 {
		at := strings.LastIndexByte(digits, decimal)
		whole = digits[:at]
		if strings.IndexByte(whole, decimal) >= 0 || strings.IndexByte(digits[at:], group) >= 0 {
			return formBad
		}
	}
	parts := strings.Split(whole, string(group))
	for i, p := range parts {
		last := i == len(parts)-1
		if i == 0 && (len(p) == 0 || len(p) > 3) || i > 0 && len(p) != 3 && (last || len(p) != 2) {
			return formBad
		}
	}
	return is
}

// minor gives the digits in minor units of a currency with exp decimals. The
// form is formPoint or formComma; more decimals than the currency has are
// allowed when they are zeros.
func minor(digits string, f form, exp int) (int64, bool) {
	decimal := byte('.')
	if f == formComma {
		decimal = ','
	}
	var n int64
	seen, whole := -1, 0 // decimals seen; -1: none yet
	for i := 0; i < len(digits); i++ {
		c := digits[i]
		switch {
		case c == decimal:
			if seen >= 0 {
				return 0, false
			}
			seen = 0
		case c < '0' || c > '9':
			if seen >= 0 {
				return 0, false
			}
		case seen >= exp:
			if c != '0' {
				return 0, false
			}
			seen++
		default:
			if whole++; whole > 18 {
				return 0, false
			}
			n = n*10 + int64(c-'0')
			if seen >= 0 {
				seen++
			}
		}
	}
	for d := max(seen, 0); d < exp; d++ {
		if whole++; whole > 18 {
			return 0, false
		}
		n *= 10
	}
	return n, true
}

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
