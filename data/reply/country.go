package reply

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// countryName names a country in the language of the text. What is no code of
// ISO 3166-1, and no English name of one, stays as it was written.
func (f format) countryName(country string) string {
	code := countryCode(country)
	if code == "" {
		return country
	}
	region, err := language.ParseRegion(code)
	if err != nil {
		return country
	}
	if namer := display.Regions(f.tag); namer != nil {
		if name := namer.Name(region); name != "" {
			return name
		}
	}
	if name := display.English.Regions().Name(region); name != "" {
		return name
	}
	return country
}

// CountryCode tells the code (ISO 3166-1) of a country that stands as its code or
// its English name; "" where it stands as neither.
func CountryCode(country string) string { return countryCode(country) }

// countryCode tells the code of a country that stands as its code or its English
// name; "" where it stands as neither.
func countryCode(country string) string {
	country = strings.TrimSpace(country)
	if len(country) == 2 {
		if region, err := language.ParseRegion(country); err == nil && region.IsCountry() {
			return region.String()
		}
		return ""
	}
	return englishCountries()[strings.ToLower(country)]
}

var englishCountries = sync.OnceValue(func() map[string]string {
	names := map[string]string{
		"usa": "US", "united states of america": "US", "uk": "GB", "great britain": "GB", "russian federation": "RU", "korea": "KR",
		"republic of korea": "KR", "viet nam": "VN", "czech republic": "CZ", "the netherlands": "NL", "turkey": "TR", "hong kong": "HK", "macau": "MO",
	}
	namer := display.English.Regions()
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			if region, err := language.ParseRegion(string(a) + string(b)); err == nil && region.IsCountry() {
				names[strings.ToLower(namer.Name(region))] = region.String()
			}
		}
	}
	return names
})
