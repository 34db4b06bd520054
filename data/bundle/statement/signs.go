package statement

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"casebinder/data"
)

// sign tells by words what an entry or a message is about.
type sign struct {
	Any []string `toml:"any"`
	Not []string `toml:"not"`
}

// signs is assets/statements/signs.toml.
type signs struct {
	Delivered sign `toml:"delivered"`
	Signed    sign `toml:"signed"`
	Attempted sign `toml:"attempted"`
	Weighed   sign `toml:"weighed"`
	Receipt   sign `toml:"receipt"`
	Mind      sign `toml:"mind"`
	Cancel    sign `toml:"cancel"`
	Asked     sign `toml:"asked"`
}

// found gives the place in a text, folded by plainCase, at which a sign stands;
// -1 where none does, or where a word speaks against it.
func (s sign) found(folded string) int {
	if slices.ContainsFunc(s.Not, func(w string) bool { return indexWord(folded, w) >= 0 }) {
		return -1
	}
	for _, w := range s.Any {
		if i := indexWord(folded, w); i >= 0 {
			return i
		}
	}
	return -1
}

func (s sign) in(text string) bool { return s.found(plainCase(text)) >= 0 }

// plainCase folds case, apostrophes and no-break spaces, so that a sign is
// written once.
func plainCase(text string) string { return strings.ToLower(plainMarks.Replace(text)) }

var plainMarks = strings.NewReplacer("’", "'", string(noBreak), " ", string(narrowNoBreak), " ")

// indexWord finds a word where it begins; with a blank behind it as a whole.
// Scripts without blanks are searched as they are.
func indexWord(text, word string) int {
	bare := strings.TrimRight(word, " ")
	first, _ := utf8.DecodeRuneInString(bare)
	bound := unicode.In(first, unicode.Latin, unicode.Cyrillic)
	for from := 0; ; {
		i := strings.Index(text[from:], bare)
		if i < 0 {
			return -1
		}
		at := from + i
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at+len(bare):])
		if !(bound && at > 0 && unicode.IsLetter(before)) && (bare == word || !unicode.IsLetter(after)) {
			return at
		}
		from = at + len(bare)
	}
}

// lastScan finds the last entry of a parcel with a sign.
func lastScan(s *data.Shipment, is func(*data.TrackingEvent) bool) *data.TrackingEvent {
	for i := range slices.Backward(s.Events) {
		if is(&s.Events[i]) {
			return &s.Events[i]
		}
	}
	return nil
}

var weightForm = regexp.MustCompile(`(?i)\d[\d.,]*\s?(kg|kgs|g|gr|lb|lbs|oz|公斤|千克|克|кг|г)([^\p{L}]|$)`)

// namesPostcode reports whether a text holds a postcode as a whole. A ZIP+4
// counts without its last four digits, which carriers leave out.
func namesPostcode(text, postcode string) bool {
	code := strings.Trim(strings.TrimSpace(postcode), "'")
	if head, tail, cut := strings.Cut(code, "-"); cut && len(head) == 5 && len(tail) == 4 {
		code = head
	}
	return wholeWord(letters(text), letters(code))
}

// namesPlace reports whether a text holds the name of a place as whole words.
func namesPlace(text, place string) bool { return wholeWord(letters(text), letters(place)) }

// letters keeps letters and digits in small letters, with one blank for
// anything else.
func letters(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }), " ")
}

// wholeWord finds words in a text of letters, bounded by blanks; a Chinese
// name stands without blanks among others, and a postcode may be written with
// or without a blank in it.
func wholeWord(text, words string) bool {
	if words == "" {
		return false
	}
	if strings.Contains(" "+text+" ", " "+words+" ") {
		return true
	}
	if first, _ := utf8.DecodeRuneInString(words); unicode.Is(unicode.Han, first) {
		return strings.Contains(text, words)
	}
	joined, before := strings.ReplaceAll(words, " ", ""), ""
	for field := range strings.FieldsSeq(text) {
		if field == joined || before+field == joined {
			return true
		}
		before = field
	}
	return false
}
