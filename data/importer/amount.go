package importer

import (
	"strings"
	"unicode/utf8"

	"casebinder/data"
)

// amount is a number as a platform wrote it, taken apart.
type amount struct {
	negative bool
	unit     string // "US$", "€", "EUR"; "" for none; without white space
	digits   string // digits with points and commas, the first and last a digit
}

// splitAmount takes an amount apart: "US $ 45.99", "45,99 €", "(12.00)",
// "-3,00". It reports whether that is what the text is.
func splitAmount(text string) (amount, bool) {
	var a amount
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "(") && strings.HasSuffix(text, ")") && len(text) > 2 {
		a.negative = true
		text = text[1 : len(text)-1]
	}
	first := strings.IndexAny(text, "0123456789")
	if first < 0 || len(text) > 64 {
		return a, false
	}
	last := strings.LastIndexAny(text, "0123456789") + 1
	if first > 0 && text[first-1] == '.' && !strings.HasSuffix(strings.TrimRight(text[:first-1], " "), "Rs") {
		first-- // ".50"
	}
	a.digits = text[first:last]
	if strings.ContainsAny(a.digits, " '") || !ascii(a.digits) {
		a.digits = ungroup(a.digits)
	}
	if a.digits[0] == '.' {
		a.digits = "0" + a.digits
	}
	for _, c := range []byte(a.digits) {
		if (c < '0' || c > '9') && c != '.' && c != ',' {
			return a, false
		}
	}
	before, minus1 := unit(text[:first])
	after, minus2 := unit(text[last:])
	if before != "" && after != "" && before != after && !(ascii(before) != ascii(after)) && len(after) != 3 && len(before) != 3 {
		return a, false
	}
	a.unit = before
	if len(after) == 3 && data.IsCurrency(strings.ToUpper(after)) || before == "" {
		a.unit = after
	}
	if minus1 && minus2 || a.negative && (minus1 || minus2) {
		return a, false
	}
	a.negative = a.negative || minus1 || minus2
	return a, true
}

// ungroup takes out white space and apostrophes between groups of three.
func ungroup(digits string) string {
	var b strings.Builder
	for i, r := range digits {
		switch r {
		case ' ', '\'', '\u00A0', '\u202F', '\u2009', '\u2019':
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
	if text == "" {
		return "", false
	}
	minus := false
	out := strings.Map(func(r rune) rune {
		switch r {
		case '-', '\u2212', '\u2013':
			minus = true
			return -1
		case ' ', '\t', '\u00A0', '\u202F', '\u2009', '+', ':':
			return -1
		case '\uFFE5':
			return '¥'
		case '\uFF04':
			return '$'
		}
		return r
	}, text)
	return out, minus
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

// symbols maps the signs that mean one currency alone.
var symbols = map[string]string{
	"US$": "USD", "USD$": "USD", "$US": "USD", "€": "EUR", "£": "GBP", "C$": "CAD", "CA$": "CAD", "CAD$": "CAD",
	"AU$": "AUD", "A$": "AUD", "AUD$": "AUD", "NZ$": "NZD", "HK$": "HKD", "NT$": "TWD", "S$": "SGD", "SG$": "SGD", "MX$": "MXN",
	"R$": "BRL", "RM": "MYR", "Rp": "IDR", "₱": "PHP", "₫": "VND", "đ": "VND", "฿": "THB", "₽": "RUB",
	"₩": "KRW", "₹": "INR", "₺": "TRY", "₪": "ILS", "₴": "UAH", "zł": "PLN", "Kč": "CZK", "Ft": "HUF", "元": "CNY", "円": "JPY",
	"RMB": "CNY", "CN¥": "CNY", "JP¥": "JPY", "руб.": "RUB", "руб": "RUB", "Fr.": "CHF", "SFr.": "CHF",
}

// shared maps the signs of several currencies to these.
var shared = map[string][]string{
	"$":  {"USD", "CAD", "AUD", "NZD", "HKD", "TWD", "SGD", "MXN", "CLP", "COP", "ARS"},
	"¥":  {"CNY", "JPY"},
	"kr": {"SEK", "NOK", "DKK", "ISK"}, "kr.": {"DKK", "SEK", "NOK", "ISK"},
	"Rs": {"INR", "PKR", "LKR"}, "Rs.": {"INR", "PKR", "LKR"},
}

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
