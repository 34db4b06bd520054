package words

import (
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"casebinder/data/importer"
)

// Country writes an ISO 3166 code, or the name that an export has for a country, as
// its name in the language of the screen. What is neither is shown as it came from the
// platform.
func Country(country string) string {
	code := importer.CountryCode(country)
	region, err := language.ParseRegion(strings.TrimSpace(code))
	if err != nil || len(code) != 2 || !region.IsCountry() {
		return code
	}
	if name := display.Regions(language.Make(Language())).Name(region); name != "" {
		return name
	}
	return code
}

// LanguageNamed writes a BCP 47 tag as a language's name in the language of the
// screen.
func LanguageNamed(tag string) string {
	switch tag {
	case Simplified, Traditional:
		return Title(tag)
	}
	parsed, err := language.Parse(tag)
	if err != nil {
		return tag
	}
	if name := display.Languages(language.Make(Language())).Name(parsed); name != "" {
		return name
	}
	return tag
}
