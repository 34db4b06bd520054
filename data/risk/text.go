package risk

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// plain is a text for comparing: lower case without accents, letters and digits
// parted by single spaces. Scripts that write without spaces stay as they are.
func plain(s string) string {
	if isPlain(s) {
		return s
	}
	if isASCII(s) {
		return plainASCII(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			if t, ok := spelled[unicode.ToLower(r)]; ok {
				b.WriteString(t)
			} else {
				b.WriteRune(unicode.ToLower(r))
			}
		default:
			space = true
		}
	}
	return norm.NFC.String(b.String()) // Hangul was taken apart
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// plainASCII is plain for a text without accents or other scripts, as most are.
func plainASCII(s string) string {
	b := make([]byte, 0, len(s))
	space := false
	for i := range len(s) {
		c := s[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			space = true
			continue
		}
		if space && len(b) > 0 {
			b = append(b, ' ')
		}
		space = false
		b = append(b, c)
	}
	return string(b)
}

// isPlain is a quick look at a text that plain would leave as it is.
func isPlain(s string) bool {
	for i := range len(s) {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// spelled are letters that no decomposition turns into plain Latin ones, and the
// usual spelling of Cyrillic and Greek in Latin letters. Both sides of a
// comparison go through it.
var spelled = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ı': "i", 'ħ': "h",
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "e", 'ж': "zh", 'з': "z", 'и': "i", 'к': "k", 'л': "l", 'м': "m",
	'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f", 'х': "kh", 'ц': "ts", 'ч': "ch", 'ш': "sh",
	'щ': "shch", 'ъ': "", 'ы': "y", 'ь': "", 'э': "e", 'ю': "yu", 'я': "ya", 'є': "e", 'і': "i", 'ґ': "g", 'ђ': "d", 'ј': "j",
	'љ': "lj", 'њ': "nj", 'ћ': "c", 'џ': "dz",
	'α': "a", 'β': "v", 'γ': "g", 'δ': "d", 'ε': "e", 'ζ': "z", 'η': "i", 'θ': "th", 'ι': "i", 'κ': "k", 'λ': "l", 'μ': "m",
	'ν': "n", 'ξ': "x", 'ο': "o", 'π': "p", 'ρ': "r", 'σ': "s", 'ς': "s", 'τ': "t", 'υ': "y", 'φ': "f", 'χ': "ch", 'ψ': "ps", 'ω': "o",
}

// script names the script of a text once it is plain: "latin" where it holds
// Latin letters or nothing but digits, else that of its first letter.
func script(s string) string {
	other := ""
	for _, r := range s {
		switch {
		case r < 0x250 && unicode.IsLetter(r):
			return "latin"
		case other != "" || !unicode.IsLetter(r):
		case unicode.Is(unicode.Han, r), unicode.In(r, unicode.Hiragana, unicode.Katakana):
			other = "east"
		case unicode.Is(unicode.Hangul, r):
			other = "hangul"
		default:
			other = "other"
		}
	}
	if other == "" {
		return "latin"
	}
	return other
}

// likeness says how far two texts agree.
type likeness int

const (
	unlike likeness = iota
	near            // a letter or a word more or less, or spelled from another script
	same
	unread  // written in two scripts that are not compared
	oneSide // one of them is missing
	noSide  // both are
)

// compareWords compares two texts word by word, whatever their order.
func (r *Rules) compareWords(a, b string) likeness {
	alike := a == b
	if a = plain(clamp(a)); alike {
		b = a
	} else {
		b = plain(clamp(b))
	}
	switch {
	case a == "" && b == "":
		return noSide
	case a == "" || b == "":
		return oneSide
	case a == b:
		return same
	case script(a) != script(b):
		return unread
	}
	left, right := r.unabbreviated(a), r.unabbreviated(b)
	if slices.Equal(left, right) {
		return same
	}
	if len(left) > len(right) {
		left, right = right, left
	}
	found, letters := 0, 0
	taken := make([]bool, len(right))
	for _, w := range left {
		i := closest(w, right, taken)
		if i >= 0 {
			taken[i] = true
			found++
			letters += len(w)
		}
	}
	switch {
	case found == len(left) && (len(left) > 1 || len(right) == 1) && letters > 2:
		return near
	case found*3 >= len(left)*2 && found >= 2:
		return near
	}
	return unlike
}

// clamp bounds what is compared: an address is no novel.
func clamp(s string) string {
	if len(s) > 400 {
		return strings.ToValidUTF8(s[:400], "")
	}
	return s
}

// unabbreviated gives the words of a plain text in their long form, sorted.
func (r *Rules) unabbreviated(s string) []string {
	words := strings.Fields(s)
	kept := words[:0]
	for _, w := range words {
		if long, ok := r.abbreviations[w]; ok {
			w = long
		}
		if w != "" {
			kept = append(kept, w)
		}
	}
	slices.Sort(kept)
	return kept
}

// closest finds a word that is the same or a slip away; numbers must be the same.
func closest(w string, among []string, taken []bool) int {
	for i, other := range among {
		if !taken[i] && other == w {
			return i
		}
	}
	if len(w) < 4 || strings.ContainsAny(w, "0123456789") {
		if len(w) == 1 && w[0] >= 'a' && w[0] <= 'z' { // an initial
			return slices.IndexFunc(among, func(other string) bool { return other[0] == w[0] && !taken[slices.Index(among, other)] })
		}
		return -1
	}
	for i, other := range among {
		if !taken[i] && len(other) >= 4 && !strings.ContainsAny(other, "0123456789") && slips(w, other) <= max(len(w), len(other))/4 {
			return i
		}
	}
	return -1
}

// slips counts the letters in which two words differ (Levenshtein).
func slips(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		last := row[0]
		row[0] = i + 1
		for j := range y {
			cost := last
			if x[i] != y[j] {
				cost++
			}
			last = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(y)]
}
