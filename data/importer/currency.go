package importer

import (
	"slices"
	"strings"

	"casebinder/data"
)

// currencySigns maps the signs and words that people write for currencies, in small
// letters, to the currencies that they can mean. A sign of one alone is certain.
var currencySigns = map[string][]string{
	"us$": {"USD"}, "usd$": {"USD"}, "$us": {"USD"}, "$usd": {"USD"}, "u.s.$": {"USD"},
	"c$": {"CAD"}, "ca$": {"CAD"}, "cad$": {"CAD"}, "$ca": {"CAD"}, "cdn$": {"CAD"}, "au$": {"AUD"}, "a$": {"AUD"}, "aud$": {"AUD"}, "$au": {"AUD"},
	"nz$": {"NZD"}, "nzd$": {"NZD"}, "hk$": {"HKD"}, "hkd$": {"HKD"}, "nt$": {"TWD"}, "nt": {"TWD"}, "ntd": {"TWD"}, "ntd$": {"TWD"}, "twd$": {"TWD"},
	"新台幣": {"TWD"}, "新臺幣": {"TWD"}, "台幣": {"TWD"}, "臺幣": {"TWD"}, "港幣": {"HKD"}, "港币": {"HKD"}, "港元": {"HKD"}, "美元": {"USD"}, "美金": {"USD"},
	"歐元": {"EUR"}, "欧元": {"EUR"}, "英鎊": {"GBP"}, "英镑": {"GBP"}, "日元": {"JPY"}, "日圓": {"JPY"}, "盧布": {"RUB"}, "卢布": {"RUB"},
	"s$": {"SGD"}, "sg$": {"SGD"}, "sgd$": {"SGD"}, "mx$": {"MXN"}, "mxn$": {"MXN"}, "mex$": {"MXN"}, "r$": {"BRL"}, "rd$": {"DOP"}, "ar$": {"ARS"},
	"cl$": {"CLP"}, "clp$": {"CLP"}, "co$": {"COP"}, "col$": {"COP"}, "cop$": {"COP"}, "$u": {"UYU"}, "j$": {"JMD"}, "tt$": {"TTD"}, "s/": {"PEN"}, "s/.": {"PEN"},
	"€": {"EUR"}, "euro": {"EUR"}, "euros": {"EUR"}, "евро": {"EUR"}, "rm": {"MYR"}, "rp": {"IDR"}, "₱": {"PHP"}, "php₱": {"PHP"},
	"₫": {"VND"}, "đ": {"VND"}, "vnđ": {"VND"}, "đồng": {"VND"}, "฿": {"THB"}, "บาท": {"THB"}, "₽": {"RUB"}, "руб": {"RUB"}, "рублей": {"RUB"},
	"₩": {"KRW"}, "원": {"KRW"}, "₹": {"INR"}, "₺": {"TRY"}, "tl": {"TRY"}, "ytl": {"TRY"}, "₪": {"ILS"}, "nis": {"ILS"}, "ש\"ח": {"ILS"}, "₴": {"UAH"}, "грн": {"UAH"},
	"zł": {"PLN"}, "zl": {"PLN"}, "złotych": {"PLN"}, "kč": {"CZK"}, "kc": {"CZK"}, "ft": {"HUF"}, "лв": {"BGN"}, "lv": {"BGN"}, "дин": {"RSD"}, "kn": {"HRK"},
	"ден": {"MKD"}, "₸": {"KZT"}, "тг": {"KZT"}, "₾": {"GEL"}, "֏": {"AMD"}, "₼": {"AZN"}, "₮": {"MNT"}, "₭": {"LAK"}, "៛": {"KHR"}, "৳": {"BDT"}, "сум": {"UZS"}, "сом": {"KGS"},
	"rmb": {"CNY"}, "cn¥": {"CNY"}, "cny¥": {"CNY"}, "人民币": {"CNY"}, "人民幣": {"CNY"}, "jp¥": {"JPY"}, "円": {"JPY"}, "yen": {"JPY"},
	"sfr": {"CHF"}, "chfr": {"CHF"}, "₦": {"NGN"}, "₵": {"GHS"}, "gh₵": {"GHS"}, "ksh": {"KES"}, "kshs": {"KES"}, "tsh": {"TZS"}, "ush": {"UGX"}, "₲": {"PYG"}, "₡": {"CRC"},
	"e£": {"EGP"}, "le": {"EGP"}, "ج.م": {"EGP"}, "د.إ": {"AED"}, "درهم": {"AED", "MAD"}, "dhs": {"AED"}, "ر.س": {"SAR"}, "sr": {"SAR"}, "kd": {"KWD"}, "د.ك": {"KWD"}, "د.ب": {"BHD"},
	"ر.ع": {"OMR"}, "qr": {"QAR"}, "ر.ق": {"QAR"}, "jd": {"JOD"}, "د.أ": {"JOD"}, "dt": {"TND"}, "د.ت": {"TND"}, "da": {"DZD"}, "د.ج": {"DZD"}, "د.م": {"MAD"}, "تومان": {},

	"$": {
		"USD", "CAD", "AUD", "NZD", "HKD", "TWD", "SGD", "MXN", "CLP", "COP", "ARS", "BBD", "BMD", "BND", "BSD", "BZD", "DOP", "FJD", "GYD", "JMD",
		"KYD", "LRD", "NAD", "SBD", "SRD", "TTD", "UYU", "XCD",
	},
	"dollar": {"USD", "CAD", "AUD", "NZD", "HKD", "SGD"}, "dollars": {"USD", "CAD", "AUD", "NZD", "HKD", "SGD"},
	"¥": {"CNY", "JPY"}, "元": {"CNY", "TWD", "HKD"}, "圓": {"TWD", "HKD", "JPY"}, "圆": {"CNY", "JPY"},
	"kr": {"SEK", "NOK", "DKK", "ISK"}, "kr.": {"DKK", "SEK", "NOK", "ISK"}, "rs": {"INR", "PKR", "LKR", "NPR", "MUR", "SCR"}, "₨": {"INR", "PKR", "LKR", "NPR", "MUR", "SCR"},
	"£": {"GBP", "EGP", "FKP", "GIP", "LBP", "SHP", "SYP", "SSP"}, "lei": {"RON", "MDL"}, "leu": {"RON", "MDL"}, "fr": {"CHF", "XAF", "XOF", "XPF"},
	"fcfa": {"XOF", "XAF"}, "cfa": {"XOF", "XAF"}, "dh": {"MAD", "AED"}, "bs": {"BOB", "VES"}, "br": {"BYN", "ETB"}, "р": {"RUB", "BYN"}, "r": {"ZAR"},
	"﷼": {"IRR", "SAR", "YER", "OMR", "QAR"}, "ریال": {"IRR"}, "ريال": {"SAR", "YER", "OMR", "QAR"},
}

// usual names what a sign of several currencies means unless the shop, the row
// or the preset says another of them: the others write it in their own country
// alone.
var usual = map[string]string{"£": "GBP", "lei": "RON", "leu": "RON", "fr": "CHF", "р": "RUB"}

// codeWords are codes that are words too: in small letters beside a number, such as
// "3 pen", they are none.
var codeWords = []string{"ALL", "AMD", "BAM", "BOB", "CUP", "ERN", "GEL", "MAD", "MOP", "PEN", "SEK", "SOS", "TOP", "TRY"}

// meanings lists the currencies that a sign can mean.
func meanings(sign string) []string {
	sign = strings.ToLower(sign)
	if of, ok := currencySigns[sign]; ok {
		return of
	}
	return currencySigns[strings.TrimSuffix(sign, ".")]
}

func canMean(sign, code string) bool {
	return strings.EqualFold(sign, code) || slices.Contains(meanings(sign), code)
}

// symbol resolves a sign or code. many reports a sign of several currencies.
func (l *plan) symbol(unit, row string) (code string, many bool) {
	of := meanings(unit)
	if len(of) == 1 {
		return of[0], false
	}
	for _, own := range []string{row, l.shop.Currency} {
		if own != "" && (slices.Contains(of, own) || strings.EqualFold(unit, own)) {
			return own, false
		}
	}
	if code, ok := l.symbols[unit]; ok {
		return code, false
	}
	if code, ok := usual[strings.TrimSuffix(strings.ToLower(unit), ".")]; ok {
		return code, false
	}
	upper := strings.ToUpper(unit)
	if data.IsCurrency(upper) && (unit == upper || !slices.Contains(codeWords, upper)) {
		return upper, false
	}
	return "", len(of) > 0
}
