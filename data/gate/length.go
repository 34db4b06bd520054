package gate

import (
	"unicode"
)

// tooLong compares the text with what its channel takes.
func (s *subject) tooLong() {
	n := len(s.written)
	if s.c.Limit <= 0 || n <= s.c.Limit {
		return
	}
	from := 0
	for from < len(s.f.at)-1 && s.f.at[from] < s.c.Limit {
		from++
	}
	s.add("too_long", span{from, len(s.f.runes)}, "", "length", n, "limit", s.c.Limit, "over", n-s.c.Limit)
}

// mixedScript finds words that mix letters of two alphabets that look alike: a
// Cyrillic letter in a Latin word is a slip of the keyboard, or a disguise.
func (s *subject) mixedScript() {
	for i := 0; i < len(s.f.runes); {
		if !inWord(s.f.runes[i]) {
			i++
			continue
		}
		j := i
		latin, cyrillic, greek := 0, 0, 0
		for ; j < len(s.f.runes) && inWord(s.f.runes[j]) && !closed(s.f.runes[j]); j++ {
			switch r := s.f.runes[j]; {
			case isLatinLetter(r):
				latin++
			case unicode.Is(unicode.Cyrillic, r):
				cyrillic++
			case unicode.Is(unicode.Greek, r):
				greek++
			}
		}
		if latin > 0 && cyrillic+greek > 0 && j-i > 2 {
			s.add("mixed_script", span{i, j}, "")
		}
		i = max(j, i+1)
	}
}
