package reply

import (
	"strconv"
	"strings"
	"sync"
	"time"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"

	"golang.org/x/text/language"
)

// localeWords is one language of assets/templates/locale.toml.
type localeWords struct {
	First   string            `toml:"first"`   // how the first day of a month is written, if not "1"
	List    string            `toml:"list"`    // between items
	Times   string            `toml:"times"`   // quantity and title, with {n} and {title}
	Aside   string            `toml:"aside"`   // the variation, with {text}
	Code    bool              `toml:"code"`    // amounts show the code of a foreign currency, not its sign
	Money   map[string]string `toml:"money"`   // how amounts of a currency are written, with {number}, where custom is not CLDR's
	Reasons map[string]string `toml:"reasons"` // of a dispute
}

// isoWords is for languages without a table.
var isoWords = localeWords{List: "; ", Times: "{n} × {title}", Aside: " ({text})"}

var localeTable = sync.OnceValues(func() (map[string]localeWords, error) {
	table := map[string]localeWords{}
	return table, pack.Read(assets.FS, "templates/locale.toml", &table)
})

// format writes values for one language, as it is written in one country.
type format struct {
	words   localeWords
	tag     language.Tag
	base    string // language without its region, such as "es"
	script  string // such as "Hant"
	country string // of the reader, ISO 3166-1; "" not known
	zone    *time.Location
}

// formatFor finds how a language is written for a reader in a country. A
// language without words of its own is written with signs alone.
func formatFor(lang, country string, zone *time.Location) format {
	f := format{words: isoWords, zone: zone, country: strings.ToUpper(strings.TrimSpace(country))}
	f.base, f.script = baseAndScript(lang)
	if table, err := localeTable(); err == nil {
		for _, key := range []string{f.base + "-" + f.script, f.base} {
			if words, ok := table[key]; ok {
				f.words = words
				break
			}
		}
	}
	tag, err := language.Parse(strings.TrimSpace(lang))
	if err != nil {
		tag = language.English
	}
	f.tag = tag
	if len(f.country) != 2 {
		f.country = ""
	}
	return f
}

// rightToLeft reports whether a language is written from right to left.
func rightToLeft(lang string) bool {
	switch base, _ := baseAndScript(lang); base {
	case "ar", "he", "fa", "ur", "yi", "ps", "sd", "ug", "ckb":
		return true
	}
	return false
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
