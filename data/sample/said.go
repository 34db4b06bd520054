package sample

import (
	"cmp"
	"slices"
	"strings"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"
)

// English is the language in which the script is told.
const English = "en"

// Languages lists those in which the sample's seller can write: the window's.
func Languages() []string { return []string{English, "zh-CN", "zh-TW"} }

// own is what a seller wrote, in the language that the window speaks. What buyers,
// carriers and listings say stays in theirs.
type own struct {
	language string
	Currency string            `toml:"currency"` // of reports; "": the shops'
	Words    map[string]string `toml:"words"`    // by the script's English
	said     map[string]bool   // of Words, those that were asked for
	unsaid   []string          // texts that Words lack; a test allows none
}

// ownIn reads the seller's words in a language; one that the sample lacks is English.
func ownIn(language string) (own, error) {
	o := own{language: language, said: map[string]bool{}}
	if language == English || !slices.Contains(Languages(), language) {
		o.language = English
		return o, nil
	}
	return o, pack.Read(assets.FS, "sample/words."+language+".toml", &o)
}

// say gives the seller's words for the script's.
func (o *own) say(english string) string {
	if english == "" || o.language == English {
		return english
	}
	text, ok := o.Words[english]
	if !ok {
		o.unsaid = append(o.unsaid, english)
		return english
	}
	o.said[english] = true
	return text
}

// beside gives what the seller reads beside a text of somebody else, and who
// translated it: the script's translation, or its text where that is English. What
// the seller reads anyway has none.
func (m *maker) beside(language, text, english string) data.Translation {
	base, _, _ := strings.Cut(language, "-")
	reads, _, _ := strings.Cut(m.own.language, "-")
	if base == English {
		english = cmp.Or(english, text)
	}
	if base == reads || english == "" {
		return data.Translation{}
	}
	return data.Translation{Text: m.own.say(english), By: m.translator}
}
