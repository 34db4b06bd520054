package gui

import (
	"strings"

	"casebinder/data/payway"
	"casebinder/gui/kit"
	"casebinder/gui/route"
	"casebinder/gui/words"
)

// mostWays is how many ways to pay and countries are found at once.
const mostWays = 5

// wayLines are the ways to pay and the countries that a text names.
func (f *finder) wayLines() []kit.Hit {
	text := strings.ToLower(strings.TrimSpace(f.text))
	methods, err := payway.For("")
	countries, err2 := payway.Countries()
	if err != nil || err2 != nil || len([]rune(text)) < 2 {
		return nil // the program's own data is read: its tests say so
	}
	var hits []kit.Hit
	add := func(name, more, country string) {
		if strings.HasPrefix(strings.ToLower(name), text) && len(hits) < mostWays {
			hits = append(hits, kit.Hit{Text: name, More: more, Open: func() { f.app.goTo(route.PayWays{Country: country}) }})
		}
	}
	for _, c := range countries {
		add(words.Country(c), words.T("payways.title"), c)
	}
	for _, m := range methods {
		country := ""
		if len(m.Countries) == 1 {
			country = m.Countries[0]
		}
		add(m.Name, words.T("payways.title"), country)
	}
	if len(hits) == 0 {
		return nil
	}
	return append([]kit.Hit{{Text: words.T("payways.title")}}, hits...)
}
