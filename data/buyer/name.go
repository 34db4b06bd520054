package buyer

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// letters are those that no mark makes of another one.
var letters = strings.NewReplacer("ß", "ss", "ø", "o", "æ", "ae", "œ", "oe", "ł", "l", "đ", "d", "ı", "i", "þ", "th", "ё", "е")

// flat is a text in small letters of usual width, without marks.
func flat(text string) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return strings.ToLower(text) // as most are
	}
	text = strings.ToLower(norm.NFKC.String(strings.ToValidUTF8(text, "")))
	text = letters.Replace(text)
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) && r < 0x3000 { // the sound marks of kana are letters
			return -1
		}
		return r
	}, norm.NFD.String(text))
}

// wordsOf cuts a flat text at what is neither letter nor digit.
func wordsOf(text string) []string {
	return strings.FieldsFunc(norm.NFC.String(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}

// SameName reports whether two names can be one person's: the same words in any
// order, or the same family name with an initial for what is written out.
func SameName(a, b string) bool {
	one, two := nameWords(a), nameWords(b)
	if len(one) == 0 || len(two) == 0 {
		return false
	}
	if strings.Join(one, "") == strings.Join(two, "") { // where words stand without spaces
		return true
	}
	slices.Sort(one)
	slices.Sort(two)
	if slices.Equal(one, two) {
		return true
	}
	if len(one) < 2 || len(two) < 2 || len(one) != len(two) {
		return false
	}
	return initials(one, two) || initials(two, one)
}

// initials reports whether each word of a stands in b, written out or as its first
// letter, and one at least as it is.
func initials(a, b []string) bool {
	left, whole := slices.Clone(b), 0
	for _, w := range a {
		i := slices.Index(left, w)
		if i >= 0 && len([]rune(w)) > 1 {
			whole++
		}
		if i < 0 {
			i = slices.IndexFunc(left, func(o string) bool { return len([]rune(o)) == 1 && strings.HasPrefix(w, o) })
		}
		if i < 0 {
			return false
		}
		left = slices.Delete(left, i, i+1)
	}
	return whole > 0
}

// titles are words of a name that name nobody.
var titles = setOf([]string{"mr", "mrs", "ms", "miss", "dr", "herr", "frau", "sr", "sra", "mme", "m", "先生", "女士", "小姐"})

func nameWords(name string) []string {
	words := wordsOf(flat(name))
	if len(words) < 2 {
		return words
	}
	return slices.DeleteFunc(words, func(w string) bool { return titles[w] })
}
