package reply

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"
)

// addressForm is how the post of some countries wants an address: a table of
// assets/templates/addresses.toml.
type addressForm struct {
	Countries []string `toml:"countries"` // ISO 3166-1; "*" for all others
	Lines     []string `toml:"lines"`     // with {name} {street} {city} {state} {postcode}
	Native    []string `toml:"native"`    // in the country's own script; none: as Lines
	Upper     []string `toml:"upper"`     // parts in capitals
}

var addressForms = sync.OnceValues(func() (map[string]addressForm, error) {
	var file struct {
		Forms []addressForm `toml:"form"`
	}
	if err := pack.Read(assets.FS, "templates/addresses.toml", &file); err != nil {
		return nil, err
	}
	forms := map[string]addressForm{}
	for _, form := range file.Forms {
		for _, country := range form.Countries {
			forms[country] = form
		}
	}
	return forms, nil
})

// edges are what is left around a part without a value.
var edges = regexp.MustCompile(`^[\s,/–-]+|[\s,/–-]+$`)

// blanks stand where a part in the middle has no value. Canada writes two before
// its postcode.
var blanks = regexp.MustCompile(`, {2,}| {3,}`)

// address writes an address as the post of its country wants it, one part a
// line, with the country in words and in capitals. A country's own script gets
// the order of that country.
func (f format) address(a data.Address) string {
	code := countryCode(a.Country)
	forms, err := addressForms()
	if err != nil {
		return ""
	}
	form, ok := forms[code]
	if !ok {
		form = forms["*"]
	}
	street := nonEmpty(a.Line1, a.Line2, a.Line3)
	parts := map[string]string{"name": a.Name, "city": a.City, "state": a.State, "postcode": a.Postcode}
	native := len(form.Native) > 0 && strings.ContainsFunc(a.Line1+a.City, ownScript)
	lines, joint := form.Lines, "\n"
	if native {
		if lines = form.Native; code != "KR" {
			joint = ""
		}
	}
	for _, part := range form.Upper {
		parts[part] = strings.ToUpper(parts[part])
	}
	parts["street"] = strings.Join(street, joint)
	var out []string
	for _, line := range lines {
		filled := blanks.ReplaceAllStringFunc(edges.ReplaceAllString(data.FillWords(line, parts), ""), oneGap)
		if filled != "" && filled != "〒" {
			out = append(out, filled)
		}
	}
	if len(out) == 0 {
		return ""
	}
	if a.Country != "" && (!native || f.country != code) {
		out = append(out, strings.ToUpper(f.countryName(a.Country)))
	}
	return strings.Join(slices.DeleteFunc(out, func(s string) bool { return s == "" }), "\n")
}

// oneGap is the blank that stays of those around a missing part.
func oneGap(blanks string) string {
	if strings.HasPrefix(blanks, ",") {
		return ", "
	}
	return "  "
}

func ownScript(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}
