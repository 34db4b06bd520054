package store

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Text goes into the search indexes, and queries to them, in one form:
// compatibility forms are made plain (full-width letters and digits), Cyrillic
// yo becomes ye, marks are left away (accents, points, vowel signs), and each
// run of characters of a script that is written without spaces becomes its
// overlapping pairs, with the last character alone. So "没有收到" is found by any
// one, two or more of its characters: "没有 有收 收到 到".
//
// In some scripts marks are letters (Devanagari, Thai): there the index finds
// too much, and the texts are read again.

// searchForm is the number of that form. A desk whose indexes were written in
// an older one gets the rows anew that came out otherwise.
const searchForm = 2

// unspaced are the scripts that are written without spaces between words.
var unspaced = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo, unicode.Yi,
	unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan,
	unicode.Tai_Le, unicode.New_Tai_Lue, unicode.Tai_Tham, unicode.Tai_Viet, unicode.Javanese, unicode.Balinese,
}

// paired reports whether a rune is of a script that is written without spaces.
func paired(r rune) bool {
	if r < 0x0E00 {
		return false
	}
	if ideograph(r) {
		return true
	}
	return r == 'ー' || r == '々' || unicode.IsLetter(r) && unicode.In(r, unspaced...)
}

// ideograph is the quick answer for the most common characters of all that are
// neither ASCII nor marks.
func ideograph(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF }

// cutLetters are letters at which the index's tokenizer (unicode61) would cut a
// word all the same; they are vowel signs, and left away as such.
var cutLetters = &unicode.RangeTable{R16: []unicode.Range16{{0x19B0, 0x19C0, 1}, {0x19C8, 0x19C9, 1}, {0x1CF2, 0x1CF3, 1}}}

// mark reports whether a rune is left away in the index.
func mark(r rune) bool {
	if r < 0x0300 || r >= 0x0370 && r < 0x0483 || ideograph(r) {
		return false
	}
	return unicode.Is(unicode.M, r) || unicode.Is(cutLetters, r)
}

// silentMarks are the marks that may stand or be left away without making
// another word: accents, the points of Hebrew, the vowels of Arabic and Syriac.
var silentMarks = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x0300, 0x036F, 1},
		{0x0483, 0x0489, 1},
		{0x0591, 0x05C7, 1},
		{0x0610, 0x061A, 1},
		{0x064B, 0x065F, 1},
		{0x0670, 0x0670, 1},
		{0x06D6, 0x06ED, 1},
		{0x0711, 0x0711, 1},
		{0x0730, 0x074A, 1},
		{0x0898, 0x089F, 1},
		{0x08CA, 0x08FF, 1},
		{0x1AB0, 0x1ACE, 1},
		{0x1DC0, 0x1DFF, 1},
		{0x20D0, 0x20F0, 1},
		{0xFE00, 0xFE0F, 1},
		{0xFE20, 0xFE2F, 1},
	},
	R32: []unicode.Range32{{0xE0100, 0xE01EF, 1}},
}

// silent reports whether a rune says nothing to a search: a mark that may be
// left away, a joiner, a direction sign, a soft hyphen, the Arabic stretch.
func silent(r rune) bool {
	if r < 0x00AD || r >= 0x0370 && r < 0x0483 || ideograph(r) {
		return false
	}
	return r == 'ـ' || unicode.Is(unicode.Cf, r) || mark(r) && unicode.Is(silentMarks, r)
}

// plain brings text into the form that is compared.
func plain(text string) string {
	if ascii(text) {
		return text
	}
	if !norm.NFKC.IsNormalString(text) {
		text = norm.NFKC.String(text)
	}
	if strings.ContainsAny(text, "ёЁ") {
		text = yo.Replace(text)
	}
	if strings.ContainsFunc(text, silent) {
		text = strings.Map(func(r rune) rune {
			if silent(r) {
				return -1
			}
			return r
		}, text)
	}
	return text
}

var yo = strings.NewReplacer("ё", "е", "Ё", "Е")

func ascii(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// segments appends the texts of a row to b.
func segments(b []byte, texts []string) []byte {
	for _, text := range texts {
		b = segment(b, text)
	}
	return b
}

// segment appends text to b in the form of the index.
func segment(b []byte, text string) []byte {
	if text == "" {
		return b
	}
	if len(b) > 0 {
		b = append(b, ' ')
	}
	if ascii(text) {
		return append(b, text...)
	}
	text = plain(text)
	last := rune(0) // the paired character before, not yet written alone
	for _, r := range text {
		switch {
		case mark(r):
		case !paired(r):
			if last != 0 {
				b = utf8.AppendRune(b, last)
				b = append(b, ' ')
				last = 0
			}
			b = utf8.AppendRune(b, r)
		case last == 0:
			b = append(b, ' ')
			last = r
		default:
			b = utf8.AppendRune(b, last)
			b = utf8.AppendRune(b, r)
			b = append(b, ' ')
			last = r
		}
	}
	if last != 0 {
		b = utf8.AppendRune(b, last)
	}
	return b
}

// A term is one word of a query: the tokens that an entry must have, and the
// runs that its text must contain, because the index does not tell: three or
// more paired characters, of which pairs do not tell the order, and runs with
// marks.
type term struct {
	match  string   // an FTS5 expression
	runs   []string // each must be in the text
	tokens []token  // what match asks for
}

// A token is one thing that an entry must have.
type token struct {
	text   string
	prefix bool // the entry's token may go on
}

// expression asks for a token; of a prefix for its first letters alone, where
// they are more than most.
func (t token) expression(most int) string {
	if !t.prefix {
		return `"` + t.text + `"`
	}
	text := t.text
	for i := range text {
		if most == 0 {
			text = text[:i]
			break
		}
		most--
	}
	return `"` + text + `"*`
}

// long reports whether a token is a prefix of more letters than most.
func (t token) long(most int) bool { return t.prefix && utf8.RuneCountInString(t.text) > most }

// maxTerms bounds a query: more words than that do not find more.
const maxTerms = 12

// terms reads what a person typed. Each word must be found, the last as a
// prefix; numbers always as a prefix.
func terms(text string) []term {
	words := strings.Fields(plain(strings.ToValidUTF8(text, " ")))
	if len(words) > maxTerms {
		words = words[:maxTerms]
	}
	var list []term
	for i, w := range words {
		if t, ok := wordTerm(w, i == len(words)-1); ok {
			list = append(list, t)
		}
	}
	return list
}

// wordTerm cuts a word where the index cuts it: between scripts and at what is
// neither letter nor digit.
func wordTerm(word string, last bool) (term, bool) {
	var c cutter
	for _, r := range word {
		c.take(r)
	}
	c.flush()
	if len(c.tokens) == 0 {
		return term{}, false
	}
	t := term{tokens: c.tokens, runs: c.runs}
	for i := range t.tokens {
		one := &t.tokens[i]
		one.prefix = one.prefix || i == len(t.tokens)-1 && (last || hasDigit(one.text))
	}
	t.match = matchTokens(t.tokens, math.MaxInt)
	return t, true
}

// A cutter cuts a word of a query into tokens.
type cutter struct {
	tokens   []token
	runs     []string
	run      []rune // the letters of the token at hand
	whole    []rune // the same with their marks
	isPaired bool
}

func (c *cutter) take(r rune) {
	switch {
	case mark(r):
		if len(c.run) > 0 {
			c.whole = append(c.whole, r)
		}
		return
	case !inToken(r):
		c.flush()
		return
	}
	if p := paired(r); p != c.isPaired {
		c.flush()
		c.isPaired = p
	}
	c.run, c.whole = append(c.run, r), append(c.whole, r)
}

// flush ends a token.
func (c *cutter) flush() {
	switch {
	case len(c.run) == 0:
		return
	case !c.isPaired:
		c.tokens = append(c.tokens, token{text: string(c.run)})
	case len(c.run) == 1:
		c.tokens = append(c.tokens, token{text: string(c.run), prefix: true})
	default:
		for i := 0; i+1 < len(c.run); i++ {
			c.tokens = append(c.tokens, token{text: string(c.run[i : i+2])})
		}
	}
	if c.isPaired && len(c.run) > 2 || len(c.whole) > len(c.run) {
		c.runs = append(c.runs, string(c.whole))
	}
	c.run, c.whole = c.run[:0], c.whole[:0]
}

func matchTokens(tokens []token, most int) string {
	parts := make([]string, len(tokens))
	for i, t := range tokens {
		parts[i] = t.expression(most)
	}
	return strings.Join(parts, " AND ")
}

// inToken reports whether the index's tokenizer (unicode61) keeps a rune, marks
// aside.
func inToken(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.Co, r)
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// matchAll is the expression for all terms in one entry.
func matchAll(list []term) string {
	parts := make([]string, len(list))
	for i, t := range list {
		parts[i] = t.match
	}
	return strings.Join(parts, " AND ")
}

// matchShort is matchAll with prefixes cut down to so many letters: a wider net,
// which an index of prefixes answers at once. It reports whether any was cut.
func matchShort(list []term, most int) (expression string, cut bool) {
	parts := make([]string, len(list))
	for i, t := range list {
		parts[i] = matchTokens(t.tokens, most)
		for _, one := range t.tokens {
			cut = cut || one.long(most)
		}
	}
	return strings.Join(parts, " AND "), cut
}

// containsLong reports whether the texts have, for each prefix that matchShort
// cut down, a token that begins with the whole of it.
func containsLong(list []term, most int, texts []string) bool {
	var words []string
	for _, t := range list {
		for _, one := range t.tokens {
			if !one.long(most) {
				continue
			}
			if words == nil {
				words = wordsOf(texts)
			}
			whole := folded(one.text)
			if !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, whole) }) {
				return false
			}
		}
	}
	return true
}

// wordsOf cuts texts as the index does, and folds them.
func wordsOf(texts []string) []string {
	words := []string{}
	for _, text := range texts {
		words = append(words, strings.FieldsFunc(folded(plain(text)), func(r rune) bool { return !inToken(r) || paired(r) })...)
	}
	return words
}

// folded is text without marks and cases, at least as far as the index's
// tokenizer takes them away.
func folded(text string) string {
	if ascii(text) {
		return strings.ToLower(text)
	}
	return strings.Map(func(r rune) rune {
		if mark(r) {
			return -1
		}
		least := r // of all forms of the letter, so that they are one
		for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
			least = min(least, f)
		}
		return unicode.ToLower(least)
	}, norm.NFD.String(text))
}

// containsRuns reports whether one of the texts holds each run.
func containsRuns(list []term, texts ...string) bool {
	for _, t := range list {
		for _, run := range t.runs {
			found := false
			for _, text := range texts {
				found = found || strings.Contains(plain(text), run)
			}
			if !found {
				return false
			}
		}
	}
	return true
}
