package reply

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
)

// nameWords are the words by which a name is understood: assets/templates/names.toml.
type nameWords struct {
	Titles     []string `toml:"titles"`
	Suffixes   []string `toml:"suffixes"`
	Honorifics []string `toml:"honorifics"`
	Firms      []string `toml:"firms"`
	FirmParts  []string `toml:"firm_parts"`
	Particles  []string `toml:"particles"`
	Given      []string `toml:"given"`
}

type nameSets struct {
	titles, suffixes, firms, particles, given map[string]bool
	honorifics, firmParts                     []string
}

var readNames = sync.OnceValues(func() (nameSets, error) {
	var w nameWords
	if err := pack.Read(assets.FS, "templates/names.toml", &w); err != nil {
		return nameSets{}, err
	}
	set := func(list []string) map[string]bool {
		m := map[string]bool{}
		for _, word := range list {
			m[word] = true
		}
		return m
	}
	return nameSets{
		titles: set(w.Titles), suffixes: set(w.Suffixes), firms: set(w.Firms), particles: set(w.Particles), given: set(w.Given),
		honorifics: w.Honorifics, firmParts: w.FirmParts,
	}, nil
})

// Person is what a name tells of whom to greet.
type Person struct {
	Given string // by which a friendly letter greets; "" where it cannot be told from the family name
	Full  string // the whole name without titles; "" for what is no person's name
}

// PersonOf understands a buyer's name as a form or a platform wrote it. What is
// masked, a handle, a firm or a title alone gives the zero Person: a neutral
// greeting is never wrong.
func PersonOf(name, country string) Person {
	sets, err := readNames()
	if err != nil {
		return Person{}
	}
	name = strings.Join(strings.Fields(plainText(name)), " ")
	if before, _, careOf := strings.Cut(name, " c/o "); careOf {
		name = before
	}
	if i := strings.IndexAny(name, "(（"); i > 0 && !sets.isFirm(name) {
		name = strings.TrimSpace(name[:i])
	}
	if !looksLikeName(name) || sets.isFirm(name) {
		return Person{}
	}
	for _, h := range sets.honorifics {
		name = strings.TrimSpace(strings.TrimSuffix(name, h))
	}
	if strings.ContainsFunc(name, ownScript) {
		if len([]rune(name)) < 2 {
			return Person{}
		}
		return Person{Given: name, Full: name}
	}
	return sets.words(name, country)
}

// looksLikeName refuses what no person is called: masks, handles, addresses,
// numbers, and what has no two letters.
func looksLikeName(name string) bool {
	letters := 0
	for _, r := range name {
		switch {
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r), strings.ContainsRune("*•●＊#@_+/\\|<>{}[]=$%^~…?!&:;\"", r), unicode.IsSymbol(r):
			return false
		}
	}
	return letters >= 2 && !strings.Contains(name, "..") && !strings.HasPrefix(strings.ToLower(name), "www.")
}

// cyrillicFirms stand before the name of a firm.
var cyrillicFirms = map[string]bool{"ооо": true, "оао": true, "зао": true, "пао": true, "ао": true, "ип": true, "тоо": true}

// isFirm reports whether a word of the name is one of firms. A word of three
// letters or fewer counts at the end alone.
func (s nameSets) isFirm(name string) bool {
	lower := strings.ToLower(name)
	for _, part := range s.firmParts {
		if strings.Contains(lower, part) {
			return true
		}
	}
	if strings.Contains(lower, "&") || strings.Contains(lower, "z o.o") {
		return true
	}
	words := strings.FieldsFunc(lower, func(r rune) bool { return r == ' ' || r == ',' || r == '"' || r == '«' || r == '»' })
	for i, word := range words {
		bare := strings.TrimSuffix(word, ".")
		if s.firms[bare] && firmHere(bare, i, len(words)) {
			return true
		}
	}
	return false
}

// firmHere reports whether a word of firms says so in its place: a longer one
// anywhere, a short one at the end of a name, a Russian one at its beginning.
func firmHere(word string, i, of int) bool {
	return len([]rune(word)) > 3 || strings.Contains(word, ".") || i > 0 && i == of-1 || i == 0 && cyrillicFirms[word]
}

// words understands a name that is written in words with blanks.
func (s nameSets) words(name, country string) Person {
	name = s.tail(name)
	family, given, comma := strings.Cut(name, ",")
	words, titled := s.bare(strings.Fields(name))
	if comma {
		front, a := s.bare(strings.Fields(given))
		back, b := s.bare(strings.Fields(family))
		words, titled = slices.Concat(front, back), a || b
		if len(front) == 0 {
			return Person{}
		}
		if len(words) > 1 && patronymic(front) < 0 {
			return s.person(words, s.givenIn(words, front[0], country), country)
		}
	}
	switch {
	case len(words) == 0:
		return Person{}
	case len(words) == 1 && (titled || s.familyAlone(words[0]) || initial(words[0])):
		return Person{}
	}
	return s.person(words, s.whichGiven(words, country), country)
}

func (s nameSets) givenIn(words []string, first, country string) int {
	if country == "VN" {
		return s.whichGiven(words, country)
	}
	return slices.Index(words, first)
}

// tail takes off what stands behind a comma and is no name: "Smith, Jr."
func (s nameSets) tail(name string) string {
	for {
		i := strings.LastIndexByte(name, ',')
		if i < 0 || !s.suffix(strings.TrimSpace(name[i+1:])) {
			return name
		}
		name = strings.TrimSpace(name[:i])
	}
}

func (s nameSets) suffix(word string) bool {
	bare := strings.ToLower(strings.TrimSuffix(word, "."))
	return bare == "" || s.suffixes[bare]
}

// doubtfulTitles are also names: they are titles with a point, or before two
// words more.
var doubtfulTitles = map[string]bool{
	"don": true, "pan": true, "m": true, "p": true, "me": true, "op": true, "av": true, "hon": true, "fr": true, "col": true, "lt": true, "eng": true,
	"mag": true, "sh": true, "sig": true, "rag": true, "ing": true, "cik": true, "tuan": true, "sir": true, "arch": true, "bey": true, "kak": true, "anh": true,
	"hr": true, "bc": true, "capt": true, "me.": true, "hj": true, "dna": true, "mw": true, "д": true, "د": true, "أ": true, "م": true, "ibu": true, "mx": true,
}

// bare takes titles off the front, and titles and suffixes off the end.
func (s nameSets) bare(words []string) (rest []string, titled bool) {
	for len(words) > 0 {
		lower := strings.ToLower(words[0])
		title := strings.TrimSuffix(lower, ".")
		if !s.titles[title] || doubtfulTitles[title] && title == lower && len(words) < 3 {
			break
		}
		words, titled = words[1:], true
	}
	for len(words) > 1 {
		last := words[len(words)-1]
		lower := strings.TrimSuffix(strings.ToLower(last), ".")
		behind := lower == "bey" || lower == "hanım" || lower == "hanim"
		if !s.suffix(last) && !behind {
			break
		}
		words = words[:len(words)-1]
	}
	return words, titled
}

// familyFirst are the countries in which the family name stands first even in
// Latin letters.
var familyFirst = map[string]bool{"HU": true}

// wholeName are the countries whose people are greeted by the whole name where
// it is in Latin letters: which word is the given one cannot be told.
var wholeName = map[string]bool{"JP": true, "KR": true, "CN": true, "TW": true, "HK": true, "MO": true}

// whichGiven is the place of the given name; -1 where it cannot be told.
func (s nameSets) whichGiven(words []string, country string) int {
	if len(words) == 1 {
		return 0
	}
	if at := patronymic(words); at > 0 {
		return at - 1
	} else if at == 0 {
		return -1
	}
	if slavic(words, country) {
		return s.slavicGiven(words)
	}
	if at := capitalFamily(words); at >= 0 {
		return at
	}
	switch {
	case country == "VN":
		return len(words) - 1
	case familyFirst[country]:
		return 1
	case wholeName[country]:
		return -1
	case initial(words[0]):
		return -1
	}
	return 0
}

// patronymic finds a Russian father's name, in Cyrillic or Latin letters.
func patronymic(words []string) int {
	if len(words) < 2 || len(words) > 3 {
		return -1
	}
	for i, word := range words {
		lower := strings.ToLower(word)
		for _, end := range []string{
			"ович", "евич", "ьич", "овна", "евна", "ична", "инична", "фомич", "кузьмич", "лукич", "оглы", "кызы", "ович.",
			"ovich", "evich", "ovna", "evna", "ichna", "yich", "йович", "івна", "ївна",
		} {
			if strings.HasSuffix(lower, end) && len([]rune(lower)) > len([]rune(end))+1 && (len(words) == 3 || i == 1) {
				return i
			}
		}
	}
	return -1
}

// capitalFamily finds the given name where the family name alone is in capitals:
// "DUPONT Marie".
func capitalFamily(words []string) int {
	given := -1
	capitals := 0
	for i, word := range words {
		if len([]rune(word)) > 2 && word == strings.ToUpper(word) && word != strings.ToLower(word) {
			capitals++
		} else if given < 0 && len([]rune(word)) > 1 && word != strings.ToUpper(word) && word != strings.ToLower(word) {
			given = i
		}
	}
	if capitals == 0 || capitals == len(words) {
		return -1
	}
	return given
}

// initial reports whether a word is one letter, with a point or without.
func initial(word string) bool { return len([]rune(strings.TrimSuffix(word, "."))) < 2 }

func (s nameSets) person(words []string, given int, country string) Person {
	shout := !slices.ContainsFunc(words, func(w string) bool { return w != strings.ToUpper(w) })
	whisper := !slices.ContainsFunc(words, func(w string) bool { return w != strings.ToLower(w) })
	out := make([]string, len(words))
	for i, word := range words {
		out[i] = s.written(word, i > 0, shout || whisper, country)
	}
	p := Person{Full: strings.Join(out, " ")}
	if given >= 0 && !initial(words[given]) {
		p.Given = out[given]
	}
	return p
}

// written gives a word of a name its capitals, where a form took them away.
func (s nameSets) written(word string, inner, all bool, country string) string {
	lower := strings.ToLower(word)
	if all && inner && s.particles[lower] {
		return lower
	}
	single := len([]rune(word)) > 2 && word == strings.ToUpper(word) && word != lower
	if all || single || word == lower && !s.particles[lower] {
		tag := language.Und
		if country == "TR" || country == "AZ" {
			tag = language.Turkish
		}
		word = titled(word, tag)
		if country == "NL" && strings.HasPrefix(word, "Ij") {
			word = "IJ" + word[2:]
		}
	}
	return celtic(word)
}

// titled writes each part of a word with a capital: Marie-Claire, O'Brien.
func titled(word string, tag language.Tag) string {
	upper, lower := cases.Upper(tag), cases.Lower(tag)
	var b strings.Builder
	start := 0
	runes := []rune(word)
	for i := 0; i <= len(runes); i++ {
		if i < len(runes) && !strings.ContainsRune("-'’.", runes[i]) {
			continue
		}
		if i > start {
			b.WriteString(upper.String(string(runes[start])))
			b.WriteString(lower.String(string(runes[start+1 : i])))
		}
		if i < len(runes) {
			b.WriteRune(runes[i])
		}
		start = i + 1
	}
	return b.String()
}

// celtic mends what simple rules of capitals make of O'Brien and McDonald.
func celtic(word string) string {
	runes := []rune(word)
	if len(runes) > 3 && (runes[0] == 'O' || runes[0] == 'D' || runes[0] == 'L') && (runes[1] == '\'' || runes[1] == '’') {
		runes[2] = unicode.ToUpper(runes[2])
	}
	if len(runes) > 4 && runes[0] == 'M' && runes[1] == 'c' && unicode.IsLower(runes[2]) {
		runes[2] = unicode.ToUpper(runes[2])
	}
	return string(runes)
}

// personOf finds the person of an order: the buyer's name, else the recipient's.
// The handle, or a name that is nothing else, is never a person's name.
func personOf(o data.Order) Person {
	country := firstOf(o.Buyer.Country, o.ShipTo.Country)
	for _, name := range []string{o.Buyer.Name, o.ShipTo.Name} {
		if strings.TrimSpace(name) == "" || strings.EqualFold(name, o.Buyer.Handle) && !strings.Contains(name, " ") {
			continue
		}
		if p := PersonOf(name, countryCode(country)); p.Full != "" {
			return p
		}
	}
	return Person{}
}
