package gui

import (
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// countryName writes an ISO 3166 code as a country's name in the language of
// the screen. What is no code is shown as it came from the platform.
func countryName(code string) string {
	region, err := language.ParseRegion(strings.TrimSpace(code))
	if err != nil || len(code) != 2 || !region.IsCountry() {
		return code
	}
	if name := display.Regions(language.Make(words.Language())).Name(region); name != "" {
		return name
	}
	return code
}

// languageName writes a BCP 47 tag as a language's name in the language of the
// screen.
func languageName(tag string) string {
	switch tag {
	case words.Simplified, words.Traditional:
		return words.Title(tag)
	}
	parsed, err := language.Parse(tag)
	if err != nil {
		return tag
	}
	if name := display.Languages(language.Make(words.Language())).Name(parsed); name != "" {
		return name
	}
	return tag
}

// markets are the countries that a filter offers, most parcels first.
var markets = []string{
	"US", "RU", "BR", "ES", "FR", "GB", "DE", "IT", "PL", "NL", "MX", "CL", "CA", "AU", "KR", "JP", "SA", "AE", "IL", "UA",
	"TR", "PT", "CZ", "BE", "SE", "CH", "AT", "IE", "NZ", "SG", "MY", "TH", "VN", "PH", "ID", "IN", "ZA", "CO", "PE", "AR", "HK", "TW",
}

func marketOptions() []kit.Option[string] {
	list := make([]kit.Option[string], 0, len(markets))
	for _, code := range markets {
		list = append(list, kit.Option[string]{Value: code, Text: code + " · " + countryName(code)})
	}
	return list
}
