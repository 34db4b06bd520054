package reply

import (
	"strings"
	"sync"
	"unicode"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"
)

// salutation is how a language greets: a table of assets/templates/salutations.toml.
type salutation struct {
	Code    string `toml:"code"`    // language
	Named   string `toml:"named"`   // with {first}, {full} or {name}; "" where the culture greets without a name
	Neutral string `toml:"neutral"` // without a name
	Next    string `toml:"next"`    // "small": the text goes on with a small letter
}

var salutations = sync.OnceValues(func() (map[string]salutation, error) {
	var file struct {
		Languages []salutation `toml:"language"`
	}
	if err := pack.Read(assets.FS, "templates/salutations.toml", &file); err != nil {
		return nil, err
	}
	table := map[string]salutation{}
	for _, one := range file.Languages {
		table[one.Code] = one
	}
	return table, nil
})

// Salutation is the whole opening line for a person in a language; "" where the
// language has none.
func Salutation(p Person, lang string) string {
	table, err := salutations()
	if err != nil {
		return ""
	}
	base, _ := baseAndScript(lang)
	if base == "no" || base == "nn" {
		base = "nb"
	}
	s, ok := table[base]
	switch {
	case !ok:
		return ""
	case s.Named == "", strings.Contains(s.Named, "{first}") && p.Given == "", p.Full == "":
		return s.Neutral
	}
	line := data.FillWords(s.Named, map[string]string{
		"first": isolated(p.Given, lang), "full": isolated(p.Full, lang), "name": isolated(firstOf(p.Given, p.Full), lang),
	})
	if base == "zh" && strings.ContainsFunc(p.Full, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		line = strings.Replace(line, " ", "", 1)
	}
	return line
}

// isolated keeps a value together in a text that is written from right to left:
// each of its lines between U+2068 and U+2069.
func isolated(value, lang string) string {
	if value == "" || !rightToLeft(lang) {
		return value
	}
	lines := strings.Split(value, "\n")
	for i, line := range lines {
		if line != "" {
			lines[i] = "\u2068" + line + "\u2069"
		}
	}
	return strings.Join(lines, "\n")
}
