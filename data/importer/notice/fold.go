package notice

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// folded is a text in which full-width signs are plain ones, as patterns are
// written: Chinese mails have both. It knows where each byte stood before.
type folded struct {
	text  string
	at    []int // where in text a sign was folded
	saved []int // bytes saved up to and with it
}

// fold makes U+FF01 to U+FF5E and the full-width yen sign plain.
func fold(s string) folded {
	f := folded{text: s}
	if !strings.Contains(s, "\xEF\xBC") && !strings.Contains(s, "\xEF\xBD") && !strings.Contains(s, "\xEF\xBF\xA5") {
		return f
	}
	var b strings.Builder
	b.Grow(len(s))
	total := 0
	for _, r := range s {
		plain := r
		switch {
		case r >= 0xFF01 && r <= 0xFF5E:
			plain = r - 0xFF01 + '!'
		case r == 0xFFE5:
			plain = 0xA5
		}
		if plain != r {
			total += utf8.RuneLen(r) - utf8.RuneLen(plain)
			f.at, f.saved = append(f.at, b.Len()), append(f.saved, total)
		}
		b.WriteRune(plain)
	}
	f.text = b.String()
	return f
}

// before tells where in the text as it was an offset of the folded text is.
func (f folded) before(offset int) int {
	i, _ := slices.BinarySearch(f.at, offset) // signs folded before the offset
	if i == 0 {
		return offset
	}
	return offset + f.saved[i-1]
}
