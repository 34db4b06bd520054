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
// yo becomes ye, and each run of Chinese, Japanese or Korean characters becomes
// its overlapping pairs, with the last character alone. So "没有收到" is found
// by any one, two or more of its characters: "没有 有收 收到 到".

// paired reports whether a rune is of a script that is written without spaces.
func paired(r rune) bool {
	if r < 0x1100 {
		return false
	}
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || r == 'ー' || r == '々'
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
// runs of three or more paired characters that its text must contain, because
// pairs alone do not tell their order.
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
	var tokens []string
	var t term
	var run []rune
	isPaired := false
	flush := func() {
		if len(run) == 0 {
			return
		}
		if !isPaired {
			tokens = append(tokens, string(run))
		} else if len(run) == 1 {
			tokens = append(tokens, "\x00"+string(run)) // a prefix
		} else {
			for i := 0; i+1 < len(run); i++ {
				tokens = append(tokens, string(run[i:i+2]))
			}
			if len(run) > 2 {
				t.runs = append(t.runs, string(run))
			}
		}
		run = run[:0]
	}
	for _, r := range word {
		if !inToken(r) {
			flush()
			continue
		}
		if p := paired(r); p != isPaired {
			flush()
			isPaired = p
		}
		run = append(run, r)
	}
	flush()
	if len(tokens) == 0 {
		return term{}, false
	}
	t.tokens = make([]token, len(tokens))
	for i, text := range tokens {
		one, prefix := strings.CutPrefix(text, "\x00")
		t.tokens[i] = token{one, prefix || i == len(tokens)-1 && (last || hasDigit(one))}
	}
	t.match = matchTokens(t.tokens, math.MaxInt)
	return t, true
}

func matchTokens(tokens []token, most int) string {
	parts := make([]string, len(tokens))
	for i, t := range tokens {
		parts[i] = t.expression(most)
	}
	return strings.Join(parts, " AND ")
}

// inToken reports whether the index's tokenizer (unicode61) keeps a rune.
func inToken(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.Co, r) || unicode.Is(unicode.Mn, r)
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
		if unicode.Is(unicode.Mn, r) {
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
