package service

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"casebinder/data/pack"
)

// Market are notes on how buyers of a country like to be written to.
type Market struct {
	Country  string `toml:"country"` // ISO 3166-1
	Title    Words  `toml:"title"`
	Habits   Words  `toml:"habits"`   // address, tone, days
	Channels Words  `toml:"channels"` // by which way, and what to tell in advance
}

// Note is what the program says of a market, in a language of the window.
func (m Market) Note(language string) string {
	return m.Habits.In(language) + "\n" + m.Channels.In(language)
}

type marketFile struct {
	Markets []Market `toml:"market"`
}

var marketKind = pack.Kind[marketFile]{ID: func(*marketFile) string { return "markets" }, Check: (*marketFile).check}

var countryForm = regexp.MustCompile(`^[A-Z]{2}$`)

func (f *marketFile) check(r *pack.Report) {
	seen := map[string]bool{}
	for i, m := range f.Markets {
		at := pack.At("market", i)
		if !countryForm.MatchString(m.Country) || seen[m.Country] {
			r.Fail(at, "“%s” is no country, or is there twice", m.Country)
		}
		seen[m.Country] = true
		checkWords(r, at.Word("title"), m.Country+", title", m.Title)
		checkWords(r, at.Word("habits"), m.Country+", habits", m.Habits)
		checkWords(r, at.Word("channels"), m.Country+", channels", m.Channels)
	}
}

var markets = sync.OnceValues(func() (*marketFile, error) { return readOne(marketKind, "service/markets.toml") })

// Markets lists the notes, by country.
func Markets() []Market {
	f, err := markets()
	if err != nil { // a test reads the file: it cannot fail at work
		return nil
	}
	return slices.SortedFunc(slices.Values(f.Markets), func(a, b Market) int { return strings.Compare(a.Country, b.Country) })
}

// MarketOf gives the notes on a country, by its code or name; false where there
// are none.
func MarketOf(country string) (Market, bool) {
	country = Country(country)
	list := Markets()
	i := slices.IndexFunc(list, func(m Market) bool { return m.Country == country })
	if i < 0 {
		return Market{Country: country}, false
	}
	return list[i], true
}
