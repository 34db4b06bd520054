package reply

import (
	"strings"
	"unicode"
)

// slavic reports whether a name is Russian or like it.
func slavic(words []string, country string) bool {
	cyrillic := strings.ContainsFunc(words[0], func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) })
	switch country {
	case "RU", "BY", "UA", "KZ", "KG", "UZ", "MD":
		return cyrillic || familySlavic(words[0]) || familySlavic(words[len(words)-1])
	}
	return cyrillic
}

// familySlavic reports whether a word ends as Russian family names do.
func familySlavic(word string) bool {
	lower := strings.ToLower(word)
	for _, end := range []string{
		"ов", "ова", "ев", "ева", "ёв", "ёва", "ин", "ина", "ын", "ына", "ский", "ская", "цкий", "цкая", "енко", "чук", "щук", "юк", "ук", "ян", "дзе", "швили",
		"ко", "ич", "ий", "ых", "их", "ая", "ой", "ець", "ский", "ська", "ський", "ов.",
		"ov", "ova", "ev", "eva", "yov", "ina", "kin", "skiy", "sky", "skii", "skaya", "enko", "chuk", "yuk", "yan", "dze", "shvili", "nin",
	} {
		if strings.HasSuffix(lower, end) && len([]rune(lower)) > len([]rune(end))+1 {
			return true
		}
	}
	return false
}

// slavicGiven tells the given name of two or three words without a father's
// name: by the list of given names, else by how family names end.
func (s nameSets) slavicGiven(words []string) int {
	for i, word := range words {
		if s.given[strings.ToLower(word)] {
			return i
		}
	}
	first, last := familySlavic(words[0]), familySlavic(words[len(words)-1])
	switch {
	case len(words) != 2 || first == last || initial(words[0]) || initial(words[1]):
		return -1
	case first:
		return 1
	}
	return 0
}

// familyAlone reports whether a single word is a family name of those that can
// be told.
func (s nameSets) familyAlone(word string) bool {
	return familySlavic(word) && !s.given[strings.ToLower(word)] && strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) })
}
