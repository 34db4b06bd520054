package service

import (
	"unicode"
	"unicode/utf8"
)

// spaced reports whether a phrase begins with a letter of a script that puts
// spaces between words.
func spaced(phrase string) bool {
	r, _ := utf8.DecodeRuneInString(phrase)
	return unicode.In(r, unicode.Latin, unicode.Cyrillic, unicode.Greek)
}

func isLetter(r rune) bool { return unicode.In(r, unicode.Latin, unicode.Cyrillic, unicode.Greek) }

func lastRune(text string) rune {
	r, _ := utf8.DecodeLastRuneInString(text)
	return r
}
