package notice

import (
	"slices"
	"strings"

	"golang.org/x/text/currency"

	"casebinder/data"
)

// amountRead is one amount as it was read, or the doubt that stands for it.
type amountRead struct {
	money data.Money
	text  string
	doubt *data.Problem
}

// amountRe is an amount at the beginning of a text: a currency before it,
// behind it, or both.
var amountRe = pattern(
	`^[\s::*=-]*((?:(?:US|AU|A|CA|C|NZ|HK|NT|SG|S|MX|R) ?\$|[$€£¥₱฿₫₽₹₩]|RM|Rp|zł|[A-Z]{3} ?[$€£¥]?|人民币|美元)?)\s*(\d[\d.,]*\d|\d)\s*((?:[A-Z]{3}\b|€|£|元|美元|欧元|英镑|zł|₫|₽)?)`)

var signs = map[string]string{
	"US$": "USD", "AU$": "AUD", "A$": "AUD", "CA$": "CAD", "C$": "CAD", "NZ$": "NZD", "HK$": "HKD", "NT$": "TWD", "SG$": "SGD",
	"S$": "SGD", "MX$": "MXN", "R$": "BRL", "€": "EUR", "£": "GBP", "₱": "PHP", "฿": "THB", "₫": "VND", "₽": "RUB", "₹": "INR",
	"₩": "KRW", "RM": "MYR", "Rp": "IDR", "zł": "PLN", "人民币": "CNY", "元": "CNY", "美元": "USD", "欧元": "EUR", "英镑": "GBP",
}

// shared are the signs of several currencies.
var shared = map[string][]string{
	"$": {"USD", "AUD", "CAD", "NZD", "HKD", "SGD", "TWD", "MXN", "CLP", "COP", "ARS"},
	"¥": {"CNY", "JPY"},
}

func (d *reader) amount(hit *FieldHit) {
	m := amountRe().FindStringSubmatch(strings.Join(strings.Fields(hit.Value), " "))
	if m == nil {
		hit.Value = short(firstLine(hit.Value))
		d.amounts = append(d.amounts, amountRead{text: hit.Value, doubt: problemAmountUnread.New("text", hit.Value)})
		return
	}
	hit.Value = strings.TrimSpace(strings.TrimLeft(m[0], " :*=-"))
	code, certain := d.currency(m[1], m[3])
	if !certain {
		d.amounts = append(d.amounts, amountRead{text: hit.Value, doubt: problemAmountCurrency.New("text", hit.Value)})
		return
	}
	plain, ok := plainNumber(m[2], data.CurrencyExponent(code))
	money, err := data.ParseDecimal(plain, code)
	if !ok || err != nil {
		d.amounts = append(d.amounts, amountRead{text: hit.Value, doubt: problemAmountUnread.New("text", hit.Value)})
		return
	}
	d.amounts = append(d.amounts, amountRead{money: money, text: hit.Value})
}

// currency tells what is meant by the signs before and behind an amount.
func (d *reader) currency(before, behind string) (string, bool) {
	var codes []string
	ambiguous := ""
	parts := strings.Fields(before)
	if joined := strings.Join(parts, ""); signs[joined] != "" {
		parts = []string{joined} // "US $"
	}
	for _, sign := range append(parts, behind) {
		if sign == "" {
			continue
		}
		if len(sign) == 4 && strings.HasSuffix(sign, "$") {
			sign = sign[:3] // "USD$"
		}
		if code, ok := signs[sign]; ok {
			codes = appendNew(codes, code)
		} else if _, ok := shared[sign]; ok {
			ambiguous = sign
		} else if _, err := currency.ParseISO(sign); err == nil {
			codes = appendNew(codes, sign)
		} else {
			return "", false
		}
	}
	if len(codes) > 1 {
		return "", false
	}
	if len(codes) == 1 {
		return codes[0], ambiguous == "" || slices.Contains(shared[ambiguous], codes[0])
	}
	if ambiguous == "" {
		return "", false
	}
	if code := d.site.Symbols[ambiguous]; code != "" {
		return code, true
	}
	return d.o.Currency, slices.Contains(shared[ambiguous], d.o.Currency)
}

var (
	groupsOf3  = pattern(`^\d{1,3}(?:,\d{3})+(?:\.\d+)?$`)
	groupsDots = pattern(`^\d{1,3}(?:\.\d{3})+(?:,\d+)?$`)
	decimals   = pattern(`^\d+(?:[.,]\d+)?$`)
)

// plainNumber writes a number with a point and no groups, if there is one way
// to read it in a currency of exp decimals.
func plainNumber(s string, exp int) (string, bool) {
	if decimals().MatchString(s) {
		at := strings.IndexAny(s, ".,")
		if at < 0 {
			return s, true
		}
		behind := len(s) - at - 1
		grouped := behind == 3 && at <= 3 && s[0] != '0'
		switch {
		case grouped && exp == 3:
			return "", false
		case grouped:
			return s[:at] + s[at+1:], true
		case behind <= exp:
			return s[:at] + "." + s[at+1:], true
		case strings.Trim(s[at+1:], "0") == "": // 12.00 of a currency without decimals
			return s[:at], true
		}
		return "", false
	}
	if groupsOf3().MatchString(s) {
		return strings.ReplaceAll(s, ",", ""), true
	}
	if groupsDots().MatchString(s) {
		return strings.ReplaceAll(strings.ReplaceAll(s, ".", ""), ",", "."), true
	}
	return "", false
}

func (d *reader) decideAmount() {
	var texts []string
	for _, a := range d.amounts {
		texts = appendNew(texts, a.text)
	}
	if len(d.amounts) == 0 {
		return
	}
	one := d.amounts[0]
	for _, a := range d.amounts {
		if one.doubt != nil && a.doubt == nil {
			one = a
		}
	}
	for _, a := range d.amounts {
		if a.doubt == nil && a.money != one.money {
			d.n.doubt(problemTwoValues.New("field", string(FieldAmount), "values", strings.Join(texts, "; ")))
			return
		}
	}
	d.n.Amount = one.money
	if one.doubt != nil {
		d.n.doubt(one.doubt)
	}
}
