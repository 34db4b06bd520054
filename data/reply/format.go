package reply

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// localeWords is one language of assets/templates/locale.toml.
type localeWords struct {
	Date    string            `toml:"date"`    // with {d} {m} {month} {y}
	First   string            `toml:"first"`   // how the first day of a month is written, if not "1"
	Months  []string          `toml:"months"`  // twelve; none where dates are digits
	Amount  string            `toml:"amount"`  // with {symbol} and {number}
	List    string            `toml:"list"`    // between items
	Times   string            `toml:"times"`   // quantity and title, with {n} and {title}
	Aside   string            `toml:"aside"`   // the variation, with {text}
	Reasons map[string]string `toml:"reasons"` // of a dispute
}

// isoWords is for languages without a table: dates as 2025-07-21, and the
// currency's code before its amount, which nobody can misread.
var isoWords = localeWords{Date: "{y}-{mm}-{dd}", Amount: "{symbol} {number}", List: "; ", Times: "{n} × {title}", Aside: " ({text})"}

var localeTable = sync.OnceValues(func() (map[string]localeWords, error) {
	table := map[string]localeWords{}
	return table, pack.Read(assets.FS, "templates/locale.toml", &table)
})

// symbols of currencies, chosen so that no two share one.
var symbols = map[string]string{
	"USD": "US$", "EUR": "€", "GBP": "£", "JPY": "JP¥", "CNY": "CN¥", "RUB": "₽", "BRL": "R$", "KRW": "₩",
	"CAD": "CA$", "AUD": "A$", "MXN": "MX$", "PLN": "zł", "INR": "₹", "ILS": "₪", "TRY": "₺", "UAH": "₴",
}

// format writes values for one language and time zone.
type format struct {
	words   localeWords
	zone    *time.Location
	printer *message.Printer
	known   bool // the language has a table
}

// formatFor finds the words of a language. The embedded table is tested, so a
// language without one falls back to ISO forms.
func formatFor(lang string, zone *time.Location) format {
	base, _ := baseAndScript(lang)
	f := format{words: isoWords, zone: zone}
	if table, err := localeTable(); err == nil {
		if words, ok := table[base]; ok {
			f.words, f.known = words, true
		}
	}
	tag, err := language.Parse(strings.TrimSpace(lang))
	if err != nil {
		tag = language.English
	}
	// Western digits everywhere: an amount or a number is compared with the
	// platform's page, which writes them so.
	if latin, err := tag.SetTypeForKey("nu", "latn"); err == nil {
		tag = latin
	}
	f.printer = message.NewPrinter(tag)
	return f
}

func (f format) date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	year, month, dom := day(t, f.zone)
	monthName := ""
	if len(f.words.Months) == 12 {
		monthName = f.words.Months[month-1]
	}
	dayText := strconv.Itoa(dom)
	if dom == 1 && f.words.First != "" {
		dayText = f.words.First
	}
	return data.FillWords(f.words.Date, map[string]string{
		"d": dayText, "dd": fmt.Sprintf("%02d", dom), "m": strconv.Itoa(int(month)), "mm": fmt.Sprintf("%02d", month),
		"month": monthName, "y": strconv.Itoa(year),
	})
}

// money writes an amount exactly: its digits come from the integer minor
// units, only the marks between them from the language.
func (f format) money(m data.Money) string {
	if m.IsZero() {
		return ""
	}
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(m.Decimal(), "-"), ".")
	digits := whole
	if n, err := strconv.ParseInt(whole, 10, 64); err == nil {
		digits = f.printer.Sprint(number.Decimal(n))
	}
	if fraction != "" {
		digits += f.decimalMark() + fraction
	}
	if m.Minor < 0 {
		digits = "-" + digits
	}
	if m.Currency == "" {
		return digits
	}
	symbol, hasSymbol := symbols[m.Currency]
	if !hasSymbol || !f.known {
		return m.Currency + " " + digits
	}
	return data.FillWords(f.words.Amount, map[string]string{"symbol": symbol, "number": digits})
}

func (f format) decimalMark() string {
	half := f.printer.Sprint(number.Decimal(1.5))
	return strings.Trim(half, "15")
}

func (f format) item(item data.Item) string {
	title := item.Title
	if v := strings.TrimSpace(item.Variation); v != "" {
		title += data.FillWords(f.words.Aside, map[string]string{"text": v})
	}
	if item.Quantity <= 1 {
		return title
	}
	return data.FillWords(f.words.Times, map[string]string{"n": strconv.FormatInt(item.Quantity, 10), "title": title})
}

// reason names a dispute's reason in the language; where there is no table,
// in English.
func (f format) reason(r data.Reason) string {
	if words := f.words.Reasons[string(r)]; words != "" {
		return words
	}
	if table, err := localeTable(); err == nil {
		return table["en"].Reasons[string(r)]
	}
	return ""
}
