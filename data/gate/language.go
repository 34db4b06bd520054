package gate

import (
	"strings"
	"unicode"
)

// languageOf tells the language of a text: by the caller's detector, or by
// script and frequent words. Words in quotation marks are not counted: they are
// names of goods and what stands on labels.
func (r *Rules) languageOf(text string, c Context) (string, bool) {
	if c.Detect != nil {
		return c.Detect(text)
	}
	return r.tell(text)
}

// tell is the gate's own detector. It is sure where a script belongs to one
// language, or where frequent words of one language are clearly more than those
// of all others.
func (r *Rules) tell(text string) (string, bool) {
	plain := unquoted(text)
	f := fold(plain)
	counts := countScripts(f.runes)
	switch {
	case counts.kana >= 2:
		return "ja", counts.kana*8 >= counts.latin
	case counts.hangul >= 2:
		return "ko", counts.hangul*3 >= counts.latin
	case counts.thai >= 3:
		return "th", true
	case counts.han >= 3 && counts.han*3 >= counts.latin:
		return r.chineseOf(f.runes)
	case counts.arabic > counts.latin/2:
		return "ar", counts.arabic >= 4
	case counts.hebrew > counts.latin:
		return "he", counts.hebrew >= 4
	case counts.greek > counts.latin:
		return "el", counts.greek >= 4
	}
	return r.tellByWords([]rune(plain), f, counts)
}

type scripts struct{ latin, cyrillic, han, kana, hangul, arabic, hebrew, greek, thai int }

func countScripts(runes []rune) scripts {
	var c scripts
	for _, r := range runes {
		switch {
		case r >= 'a' && r <= 'z':
			c.latin++
		case !unicode.IsLetter(r):
		case unicode.Is(unicode.Cyrillic, r):
			c.cyrillic++
		case unicode.Is(unicode.Han, r):
			c.han++
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			c.kana++
		case unicode.Is(unicode.Hangul, r):
			c.hangul++
		case unicode.Is(unicode.Arabic, r):
			c.arabic++
		case unicode.Is(unicode.Hebrew, r):
			c.hebrew++
		case unicode.Is(unicode.Greek, r):
			c.greek++
		case unicode.Is(unicode.Thai, r):
			c.thai++
		default:
			c.latin++
		}
	}
	return c
}

// chineseOf counts the signs that are written in one form of Chinese alone.
func (r *Rules) chineseOf(runes []rune) (string, bool) {
	s, t := 0, 0
	simplified, traditional := r.lexiconFor("zh-CN"), r.lexiconFor("zh-TW")
	for _, one := range runes {
		if simplified != nil && strings.ContainsRune(simplified.Letters, one) {
			s++
		}
		if traditional != nil && strings.ContainsRune(traditional.Letters, one) {
			t++
		}
	}
	if t > s {
		return "zh-TW", true
	}
	return "zh-CN", s > t
}

// tellByWords counts the frequent words of each language.
func (r *Rules) tellByWords(written []rune, f folded, c scripts) (string, bool) {
	words := wordsOf(f)
	text := strings.ToLower(string(written))
	best, bestScore, second := "", 0, 0
	for _, name := range r.Languages() {
		if strings.HasPrefix(name, "zh") || name == "ja" || name == "ko" || name == "ar" {
			continue
		}
		l := r.lexicons[name]
		score := 0
		stop := r.stopOf(name)
		for _, w := range words {
			if stop[w] {
				score += 2
			}
		}
		for _, letter := range l.Letters {
			score += strings.Count(text, string(letter))
		}
		switch {
		case score > bestScore:
			best, bestScore, second = name, score, bestScore
		case score > second:
			second = score
		}
	}
	if bestScore == 0 && c.cyrillic > c.latin {
		return "ru", false
	}
	return best, bestScore >= 4 && bestScore >= second+2 && len(words) >= 3
}

// stopOf is the set of a language's most frequent words.
func (r *Rules) stopOf(name string) map[string]bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if set := r.stops[name]; set != nil {
		return set
	}
	set := map[string]bool{}
	for _, w := range r.lexicons[name].Stop {
		set[string(foldText(w))] = true
	}
	r.stops[name] = set
	return set
}

func wordsOf(f folded) []string {
	return strings.FieldsFunc(string(f.runes), func(r rune) bool { return !inWord(r) && r != '\'' })
}

// unquoted leaves out what stands in quotation marks, where it is short.
func unquoted(text string) string {
	runes := []rune(text)
	var out []rune
	for i := 0; i < len(runes); i++ {
		if closing, ok := quotes[runes[i]]; ok {
			if j := closeQuote(runes, i, closing); j > 0 {
				i = j
				out = append(out, ' ')
				continue
			}
		}
		out = append(out, runes[i])
	}
	return string(out)
}

var quotes = map[rune]string{'"': "\"", '“': "”“", '„': "“”", '«': "»", '»': "«", '「': "」", '『': "』", '《': "》", '\'': "'", '‘': "’", '‹': "›"}

func closeQuote(runes []rune, i int, closing string) int {
	if runes[i] == '\'' && i > 0 && inWord(runes[i-1]) {
		return 0
	}
	for j := i + 1; j < len(runes) && j-i < 60; j++ {
		if runes[j] == '\n' {
			return 0
		}
		if strings.ContainsRune(closing, runes[j]) {
			return j
		}
	}
	return 0
}

// wrongLanguage compares the language of the text with the buyer's.
func (s *subject) wrongLanguage() {
	if s.c.BuyerLanguage == "" || s.language == "" || !s.sure {
		return
	}
	if baseOf(s.language) == baseOf(s.c.BuyerLanguage) {
		return
	}
	if len([]rune(strings.TrimSpace(unquoted(string(s.written))))) < 6 {
		return
	}
	s.add("wrong_language", s.whole(), "", "language", s.language, "buyer", s.c.BuyerLanguage)
}
