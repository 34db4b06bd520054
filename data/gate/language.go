package gate

import (
	"strings"

	"casebinder/data/tongue"
)

// languageOf tells the language of a text. Words in quotation marks are not
// counted: they are names of goods and what stands on labels.
func languageOf(text string, c Context) (language string, sure bool) {
	if c.Detect != nil {
		return c.Detect(unquoted(text))
	}
	return tongue.Detect(unquoted(text))
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
