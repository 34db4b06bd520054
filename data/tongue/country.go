package tongue

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"casebinder/assets"
	"casebinder/data/pack"

	"golang.org/x/text/language"
)

// countryTongue is a table of assets/tongue/countries.toml.
type countryTongue struct {
	Code     string     `toml:"code"` // ISO 3166-1
	Language string     `toml:"language"`
	Sure     bool       `toml:"sure"`
	Parts    []partRule `toml:"part"` // the first that fits counts
}

// partRule is a part of a country whose people read another language.
type partRule struct {
	Language  string   `toml:"language"`
	Unsure    bool     `toml:"unsure"`
	States    []string `toml:"states"`
	Postcodes []string `toml:"postcodes"` // "39" begins with, "1000-1299" from and to
}

type countryFile struct {
	Countries []countryTongue `toml:"country"`
}

const countriesFile = "tongue/countries.toml"

var countryKind = pack.Kind[countryFile]{ID: func(*countryFile) string { return "" }, Check: func(f *countryFile, r *pack.Report) {
	seen := map[string]bool{}
	for i, c := range f.Countries {
		if len(c.Code) != 2 || seen[c.Code] {
			r.Fail(pack.At("country", i, "code"), "“%s” is no country, or there twice", c.Code)
		}
		seen[c.Code] = true
		if _, err := language.Parse(c.Language); err != nil {
			r.Fail(pack.At("country", i, "language"), "“%s” is no language", c.Language)
		}
		for _, part := range c.Parts {
			if _, err := language.Parse(part.Language); err != nil {
				r.Fail(pack.At("country", i, "part"), "“%s” is no language", part.Language)
			}
		}
	}
}}

var readCountries = sync.OnceValues(func() (map[string]countryTongue, error) {
	text, err := assets.FS.ReadFile(countriesFile)
	if err != nil {
		return nil, err
	}
	file, err := countryKind.Decode(countriesFile, text)
	if err != nil {
		return nil, err
	}
	all := map[string]countryTongue{}
	for _, c := range file.Countries {
		all[c.Code] = c
	}
	return all, nil
})

// OfPlace is the language of a country, or of the part of it that the state or
// postcode tells; "" where it is not known.
func OfPlace(country, state, postcode string) (lang string, sure bool) {
	all, err := readCountries()
	if err != nil {
		return "", false
	}
	c, ok := all[strings.ToUpper(strings.TrimSpace(country))]
	if !ok {
		return "", false
	}
	for _, part := range c.Parts {
		if part.holds(strings.TrimSpace(state), strings.ToUpper(strings.TrimSpace(postcode))) {
			return part.Language, !part.Unsure
		}
	}
	return c.Language, c.Sure
}

func (p partRule) holds(state, postcode string) bool {
	if state != "" && slices.ContainsFunc(p.States, func(s string) bool { return strings.EqualFold(s, state) }) {
		return true
	}
	if !lettered(postcode) {
		postcode = strings.TrimLeft(postcode, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-")
	}
	for _, rule := range p.Postcodes {
		from, to, span := strings.Cut(rule, "-")
		if !span {
			if postcode != "" && strings.HasPrefix(postcode, rule) {
				return true
			}
			continue
		}
		low, _ := strconv.Atoi(from) // the file is tested
		high, _ := strconv.Atoi(to)
		if n, err := strconv.Atoi(postcode); err == nil && low <= n && n <= high {
			return true
		}
	}
	return false
}

// lettered reports whether a postcode has letters and figures by turns, as
// Canada's; the letters of "CH-1200" are the country's and no part of it.
func lettered(postcode string) bool {
	return len(postcode) > 2 && postcode[0] >= 'A' && postcode[1] >= '0' && postcode[1] <= '9'
}
