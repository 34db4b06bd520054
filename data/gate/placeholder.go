package gate

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

var (
	doubleBraces = regexp.MustCompile(`\{\{[^{}\n]{0,80}\}\}?|\{%[^{}\n]{0,80}%\}|\$\{[^{}\n]{0,80}\}|<%[^<>\n]{0,80}%>|\{\{|\}\}`)
	manyX        = regexp.MustCompile(`x{3,}|xx[.,/:-]xx(?:[./-]x{2,4})?|_{3,}|\?{4,}|#{3,}|\*{4,}`)
	// A date's form in place of the date, as each language writes it; "TT.MM.JJJJ".
	emptyDate   = regexp.MustCompile(`(?:dd|tt|jj|gg|дд)[./-](?:mm|мм)[./-](?:yyyy|aaaa|jjjj|rrrr|гггг|yy|aa|jj|rr|гг)|yyyy[./-]mm[./-]dd|[ox0○〇◯×_ㅇ]{1,2} ?[月월] ?[ox0○〇◯×_ㅇ]{1,2} ?[日號号일]|%(?:s|d|\d\$s)`)
	bracketed   = regexp.MustCompile(`[\[{<【《〔%$＜「]([^\[\]{}<>【】《》%$\n]{1,30})[\]}>】》〕%$＞」]`)
	emptyWord   = regexp.MustCompile(`\b(?:undefined|null|nan|lorem ipsum|todo|tbd|t\.b\.d\.)\b`)
	programName = regexp.MustCompile(`^[a-z]+(?:[._][a-z]+)+$`)
)

// placeholders finds variables that nothing was put into.
func (s *subject) placeholders() {
	text := string(s.f.runes)
	at := runeOffsets(text)
	put := func(a, b int) { s.add("placeholder", span{at[a], at[b]}, "") }
	for _, m := range doubleBraces.FindAllStringIndex(text, 32) {
		put(m[0], m[1])
	}
	for _, m := range manyX.FindAllStringIndex(text, 32) {
		if !insideWord(text, m) && !s.quietMarks(text[m[0]:m[1]], m, text) {
			put(m[0], m[1])
		}
	}
	for _, m := range emptyDate.FindAllStringIndex(text, 32) {
		if !insideWord(text, m) {
			put(m[0], m[1])
		}
	}
	for _, m := range bracketed.FindAllStringSubmatchIndex(text, 32) {
		if s.isVariable(text[m[2]:m[3]]) {
			put(m[0], m[1])
		}
	}
	for _, m := range emptyWord.FindAllStringIndex(text, 32) {
		// "null" is zero in German and French; there it stands with a noun.
		if w := text[m[0]:m[1]]; w != "null" && w != "todo" || s.upper(at[m[0]], at[m[1]]) || s.engine.language == "en" && w != "todo" {
			put(m[0], m[1])
		}
	}
	s.emptyPlaces()
}

// insideWord reports whether letters or digits of the same script go on beside a
// match: the size XXXL is none of it.
func insideWord(text string, m []int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:m[0]])
	after, _ := utf8.DecodeRuneInString(text[m[1]:])
	return isLatinLetter(before) || isLatinLetter(after) || before >= '0' && before <= '9' || after >= '0' && after <= '9'
}

// quietMarks reports whether signs draw a line, and stand for no value.
func (s *subject) quietMarks(marks string, m []int, text string) bool {
	if strings.HasPrefix(marks, "x") || strings.HasPrefix(marks, "d") {
		return len(marks) > 12
	}
	lineStart := m[0] == 0 || text[m[0]-1] == '\n'
	lineEnd := m[1] == len(text) || text[m[1]] == '\n'
	return lineStart && lineEnd || strings.HasPrefix(marks, "*") || strings.HasPrefix(marks, "?")
}

// isVariable reports whether what stands in brackets names a value.
func (s *subject) isVariable(text string) bool {
	text = strings.TrimSpace(text)
	if programName.MatchString(text) {
		return true
	}
	if s.variable(text) {
		return true
	}
	// "name of the shop": variables, joined by words that say nothing.
	named := false
	for word := range strings.FieldsSeq(text) {
		variable := s.variable(word)
		if !variable && !s.engine.stop[word] {
			return false
		}
		named = named || variable
	}
	return named
}

// variable reports whether a folded word is in the lists of variables.
func (s *subject) variable(text string) bool {
	return slices.ContainsFunc([]*Lexicon{s.rules.common, s.engine.lexicon}, func(l *Lexicon) bool {
		return slices.ContainsFunc(l.Names.Variables, func(v string) bool { return string(foldText(v)) == text })
	})
}

// upper reports whether a stretch is written in capitals.
func (s *subject) upper(a, b int) bool {
	word := s.words(span{a, b})
	return word == strings.ToUpper(word)
}

// emptyPlaces finds a sentence in which a value is missing: "Dear ,", "Your
// tracking number is .".
func (s *subject) emptyPlaces() {
	for _, at := range s.view(s.whole()).of(s.engine.concept("EMPTY_BEFORE")) {
		if end, ok := s.emptyAfter(at.end); ok {
			s.add("placeholder", span{at.start, end}, "")
		}
	}
}

// emptyAfter reports whether a sign follows where a value should.
func (s *subject) emptyAfter(i int) (int, bool) {
	blank := func(r rune) bool { return r == ' ' || r == ':' }
	for i < len(s.f.runes) && blank(s.f.runes[i]) {
		if s.f.runes[i] == ':' { // the value may stand in the next line
			blank = func(r rune) bool { return r == ' ' || r == ':' || r == '\n' }
		}
		i++
	}
	if i == len(s.f.runes) {
		return i, true
	}
	switch s.f.runes[i] {
	case '.', ',', ';', '!', '。', '，', '、', '\n', '"':
		return i + 1, true
	}
	return 0, false
}
