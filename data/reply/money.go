package reply

import (
	"regexp"
	"strings"

	"casebinder/data"

	"github.com/bojanz/currency"
	"golang.org/x/text/language"
)

// plainSigns are the signs that more than one currency has. They stand alone
// for a reader at home; for all others the fuller one is written.
var plainSigns = map[string]string{
	"USD": "US$", "CAD": "CA$", "AUD": "A$", "NZD": "NZ$", "MXN": "MX$", "HKD": "HK$", "SGD": "S$", "TWD": "NT$", "CLP": "CL$", "COP": "CO$",
	"ARS": "AR$", "UYU": "UY$", "JPY": "JP¥", "CNY": "CN¥", "EGP": "E£", "LBP": "L£",
}

// money writes an amount by CLDR for the language and the reader's country, with
// exactly the digits of the amount and always 0 to 9. A sign that two currencies
// share is written so that nobody takes one for the other.
func (f format) money(m data.Money) string {
	if m.IsZero() {
		return ""
	}
	amount, err := currency.NewAmount(m.Decimal(), m.Currency)
	if err != nil { // no currency, or one that CLDR does not have
		return strings.TrimSpace(m.Currency + " " + m.Decimal())
	}
	writer := currency.NewFormatter(f.locale())
	if pattern := f.words.Money[m.Currency]; pattern != "" {
		writer.CurrencyDisplay = currency.DisplayNone
		return data.FillWords(pattern, map[string]string{"number": clean(writer.Format(amount))})
	}
	home := f.home(m.Currency)
	sign, _ := currency.GetSymbol(m.Currency, f.locale())
	switch full := plainSigns[m.Currency]; {
	case f.words.Code && !home && sign != "€" && len(sign) < 3:
		writer.CurrencyDisplay = currency.DisplayCode
	case full != "" && !home && (sign == "$" || sign == "¥" || sign == "￥" || sign == "£" || sign == "元"):
		writer.SymbolMap = map[string]string{m.Currency: full}
	}
	return clean(writer.Format(amount))
}

// home reports whether a currency is that of the reader's country; where that is
// not known, of the country that the language's tag names or is mostly written in.
func (f format) home(code string) bool {
	country := f.country
	if country == "" {
		region, sure := f.tag.Region()
		if sure == language.No {
			return false
		}
		country = region.String()
	}
	if f.country == "" && f.base == "en" {
		return false // English is written to readers everywhere
	}
	own, ok := currency.ForCountryCode(country)
	return ok && own == code
}

// locale is CLDR's name of the language as it is written in the reader's
// country: its marks between digits may be the country's.
func (f format) locale() currency.Locale {
	l := currency.Locale{Language: f.base}
	if f.script == "Hant" {
		l.Script = "Hant"
	}
	if region, sure := f.tag.Region(); sure == language.Exact {
		l.Territory = region.String()
	}
	if f.country != "" && f.script != "Hant" && (f.base != "en" || writesEnglish[f.country]) {
		l.Territory = f.country
	}
	return l
}

// writesEnglish are the countries whose own custom of English CLDR has; a reader
// of English elsewhere gets the usual one.
var writesEnglish = map[string]bool{
	"US": true, "GB": true, "IE": true, "CA": true, "AU": true, "NZ": true, "IN": true, "ZA": true, "SG": true, "HK": true, "PH": true, "MY": true,
	"NG": true, "KE": true, "PK": true, "JM": true, "MT": true, "IL": true,
}

// clean takes out the marks of direction that CLDR puts into amounts: the whole
// value is kept together by its isolate.
func clean(amount string) string {
	return westernDigits(strings.Map(func(r rune) rune {
		if r == '\u200e' || r == '\u200f' || r == '\u061c' {
			return -1
		}
		switch r {
		case '٫':
			return '.'
		case '٬':
			return ','
		}
		return r
	}, strings.TrimSpace(amount)))
}

var typedAmount = regexp.MustCompile(`^(?:([A-Za-z]{3})\s*)?(-?\d{1,15}(?:\.\d{1,4})?)(?:\s*([A-Za-z]{3}))?$`)

// typedMoney reads an amount as a window or a command gives it: "12.50 USD",
// "USD 12.50", or "12.50" in the currency that is meant.
func typedMoney(text, inCurrency string) (data.Money, bool) {
	m := typedAmount.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return data.Money{}, false
	}
	code := strings.ToUpper(firstOf(m[1], m[3], inCurrency))
	amount, err := data.ParseDecimal(m[2], code)
	return amount, err == nil && code != ""
}
