package gate

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

var numberForm = regexp.MustCompile(`[a-z0-9][a-z0-9-]{4,38}[a-z0-9]`)

// otherBuyer finds the names and numbers of others.
func (s *subject) otherBuyer() {
	s.otherNumbers()
	if s.c.Others.Names == nil {
		return
	}
	places := map[string][]span{}
	var ask []Name
	own := s.ownPlaces()
	for _, n := range s.nameLike() {
		word := s.words(n.in)
		inOwn := slices.ContainsFunc(own, func(o span) bool { return o.start <= n.in.start && n.in.end <= o.end })
		if inOwn || s.ownName(word) {
			continue
		}
		if _, known := places[word]; !known || n.addressed {
			ask = append(ask, Name{Text: word, Addressed: n.addressed, Inflected: s.engine.lexicon.Names.Inflected})
		}
		places[word] = append(places[word], n.in)
	}
	if len(ask) == 0 {
		return
	}
	var hits []span
	for word, others := range s.c.Others.Names(ask) {
		if others {
			hits = append(hits, places[word]...)
		}
	}
	for _, in := range widest(hits) {
		s.add("other_buyer", in, "")
	}
}

// widest leaves out what lies in a wider place.
func widest(all []span) []span {
	slices.SortFunc(all, byPlace)
	var out []span
	for _, one := range all {
		if len(out) == 0 || one.end > out[len(out)-1].end {
			out = append(out, one)
		}
	}
	return out
}

func (s *subject) otherNumbers() {
	if s.c.Others.Numbers == nil {
		return
	}
	text := string(s.f.runes)
	at := runeOffsets(text)
	places := map[string]span{}
	var ask []string
	for _, m := range numberForm.FindAllStringIndex(text, 64) {
		in := span{at[m[0]], at[m[1]]}
		word := s.words(in)
		own := slices.ContainsFunc(s.c.Orders, func(own string) bool { return strings.EqualFold(own, word) })
		if len(onlyDigits(strings.ToLower(word))) >= 5 && !own {
			places[word] = in
			ask = append(ask, word)
		}
	}
	if len(ask) == 0 {
		return
	}
	for word, others := range s.c.Others.Numbers(ask) {
		if in, ok := places[word]; ok && others {
			s.add("other_buyer", in, "")
		}
	}
}

// A named is a place that may name a person.
type named struct {
	in        span
	addressed bool
}

// nameLike are the places that may name a person: behind a greeting or a title,
// before a word of respect, and, where names have capitals, words with capitals
// in a row.
func (s *subject) nameLike() []named {
	var all []named
	put := func(list []span, addressed bool) {
		for _, in := range list {
			all = append(all, named{in, addressed})
		}
	}
	for _, name := range []string{"HELLO_NAME", "TITLE_NAME"} {
		for _, at := range s.view(s.whole()).of(s.engine.concept(name)) {
			put(s.after(at.end), true)
		}
	}
	for _, at := range s.view(s.whole()).of(s.engine.concept("AFTER_NAME")) {
		put(s.before(at.start), true)
	}
	put(s.capitals(), false)
	return all
}

// after gives the words that follow a greeting, up to three, one by one and
// together.
func (s *subject) after(i int) []span {
	var words []span
	for len(words) < 3 {
		for i < len(s.f.runes) && strings.ContainsRune(" .,、，：:", s.f.runes[i]) {
			i++
		}
		j := s.nameEnd(i)
		if j == i || j-i > 24 {
			break
		}
		words = append(words, span{i, j})
		if i = j; i < len(s.f.runes) && s.f.runes[i] != ' ' {
			break
		}
	}
	out := slices.Clone(words)
	for n := 2; n <= len(words); n++ {
		out = append(out, span{words[0].start, words[n-1].end})
	}
	return s.namesOnly(out)
}

// nameEnd is where a word of a name ends: "O'Brien" and "Lina-Marie" are one.
func (s *subject) nameEnd(i int) int {
	j := i
	for j < len(s.f.runes) {
		joint := j > i && (s.f.runes[j] == '\'' || s.f.runes[j] == '-') && j+1 < len(s.f.runes) && inWord(s.f.runes[j+1])
		if !inWord(s.f.runes[j]) && !joint {
			break
		}
		j++
	}
	return j
}

// namesOnly leaves out words that are written small where names are not, and
// those that follow a greeting without being a name.
func (s *subject) namesOnly(all []span) []span {
	return slices.DeleteFunc(all, func(in span) bool {
		first := s.written[s.f.at[in.start]]
		if unicode.IsLower(first) {
			return true
		}
		word := string(s.f.runes[in.start:in.end])
		return slices.ContainsFunc(s.engine.lexicon.Names.Plain, func(p string) bool { return string(foldText(p)) == word })
	})
}

// before gives what stands before a word of respect: the word, or, in a script
// without blanks, up to four signs.
func (s *subject) before(i int) []span {
	for i > 0 && s.f.runes[i-1] == ' ' {
		i--
	}
	if i == 0 || !inWord(s.f.runes[i-1]) {
		return nil
	}
	var all []span
	if !unicode.In(s.f.runes[i-1], unicode.Han, unicode.Hiragana, unicode.Katakana) {
		start := i
		for start > 0 && inWord(s.f.runes[start-1]) {
			start--
		}
		return []span{{start, i}}
	}
	for n := 1; n <= 4 && i-n >= 0 && inWord(s.f.runes[i-n]); n++ {
		all = append(all, span{i - n, i})
	}
	return all
}

// capitals are names inside of a sentence that no greeting announces: two or
// three words with capitals in a row, and family names of Chinese, Japanese and
// Korean with two or more signs are left to what stands before and behind.
func (s *subject) capitals() []span {
	var all []span
	for _, sentence := range s.sentences {
		var run []span
		flush := func() {
			for n := 2; n <= len(run) && n <= 4; n++ {
				for i := 0; i+n <= len(run) && i < 8; i++ {
					all = append(all, span{run[i].start, run[i+n-1].end})
				}
			}
			run = nil
		}
		for i := sentence.start; i < sentence.end; {
			if !inWord(s.f.runes[i]) {
				if s.f.runes[i] != ' ' && s.f.runes[i] != '-' && s.f.runes[i] != '\'' {
					flush()
				}
				i++
				continue
			}
			j := i + 1
			for j < sentence.end && inWord(s.f.runes[j]) && !closed(s.f.runes[j]) {
				j++
			}
			if first := s.written[s.f.at[i]]; unicode.IsUpper(first) {
				run = append(run, span{i, j})
			} else {
				flush()
			}
			i = j
		}
		flush()
	}
	return append(all, s.wholeNames()...)
}

// wholeNames are runs of two to four signs that begin with a family name; only a
// desk that knows one as the whole name of another says so.
func (s *subject) wholeNames() []span {
	var all []span
	families := s.engine.lexicon.Names.Families
	for i, r := range s.f.runes {
		if len(all) > 400 {
			break
		}
		if !strings.ContainsRune(families, r) {
			continue
		}
		for n := 2; n <= 4 && i+n <= len(s.f.runes); n++ {
			run := s.f.runes[i : i+n]
			if !slices.ContainsFunc(run, func(r rune) bool { return !unicode.In(r, unicode.Han, unicode.Hangul) }) {
				all = append(all, span{i, i + n})
			}
		}
	}
	return all
}

// ownName reports whether a word is the buyer's own name or a part of it.
func (s *subject) ownName(word string) bool {
	own := nameParts(s.c.Buyer)
	for _, name := range s.c.Own {
		own = append(own, nameParts(name)...)
	}
	for _, w := range nameParts(word) {
		if !slices.ContainsFunc(own, func(o string) bool { return SameName(o, w, s.engine.lexicon.Names.Inflected) }) {
			return false
		}
	}
	return true
}

// ownPlaces are where the buyer's own names stand in the text: a given name of
// two signs is theirs there, whoever else has one of its signs.
func (s *subject) ownPlaces() []span {
	var all []span
	text := string(s.f.runes)
	at := runeOffsets(text)
	for _, name := range append([]string{s.c.Buyer}, s.c.Own...) {
		own := string(foldText(name))
		for from := 0; own != ""; {
			i := strings.Index(text[from:], own)
			if i < 0 {
				break
			}
			start := from + i
			all = append(all, span{at[start], at[start+len(own)]})
			from = start + len(own)
		}
	}
	return all
}

// nameParts are the words of a name as rules see them. A name of Han or Hangul is
// given whole, and by its family name, which Japanese has of up to three signs.
func nameParts(name string) []string {
	folded := string(foldText(name))
	parts := strings.FieldsFunc(folded, func(r rune) bool { return !inWord(r) })
	for _, p := range parts {
		runes := []rune(p)
		if closed(runes[0]) && len(runes) >= 2 && len(runes) <= 5 {
			parts = append(parts, string(runes[:1]))
			if len(runes) >= 3 {
				parts = append(parts, string(runes[:2]))
			}
			if len(runes) == 5 {
				parts = append(parts, string(runes[:3]))
			}
			parts = append(parts, string(runes[1:]))
			if len(runes) == 4 {
				parts = append(parts, string(runes[2:]))
			}
		}
	}
	return parts
}

// SameName reports whether two words of names are one; in a language that changes
// the endings of names, their stems are compared.
func SameName(a, b string, inflected bool) bool {
	if a == b {
		return true
	}
	if !inflected {
		return false
	}
	x, y := []rune(a), []rune(b)
	short := min(len(x), len(y))
	if short < 3 || max(len(x), len(y))-short > 3 {
		return false
	}
	same := 0
	for same < short && x[same] == y[same] {
		same++
	}
	return same >= max(3, short-2)
}

// Listed finds names in a list of others' names: whole, or one of its words; it
// serves those who have a list and not a desk.
func Listed(others []string, inflected bool) func([]Name) map[string]bool {
	return func(ask []Name) map[string]bool {
		found := map[string]bool{}
		for _, one := range ask {
			if slices.ContainsFunc(others, func(other string) bool { return IsNamed(other, one, inflected) }) {
				found[one.Text] = true
			}
		}
		return found
	}
}

// IsNamed reports whether a name is that of a person: the whole of it, or, where
// the person is addressed, some of its words.
func IsNamed(person string, name Name, inflected bool) bool {
	parts := plainParts(name.Text)
	if len(parts) == 0 || !name.Addressed && len(parts) < len(plainParts(person)) {
		return false
	}
	have := nameParts(person)
	if !name.Addressed {
		have = plainParts(person) // 하늘 is a given name, and the sky
	}
	for _, p := range parts {
		if !slices.ContainsFunc(have, func(h string) bool { return SameName(h, p, inflected) }) {
			return false
		}
	}
	return true
}

func plainParts(name string) []string {
	return strings.FieldsFunc(string(foldText(name)), func(r rune) bool { return !inWord(r) })
}
