package statement

import (
	"unicode"

	"golang.org/x/text/encoding/traditionalchinese"
)

// reads reports whether the readers of the statement can be expected to read a
// line that the seller wrote: by its script, where a script tells the language.
// A Chinese line is taken for Traditional where Big5 has all its characters.
func (k *known) reads(line string) bool {
	in := scriptsOf(line)
	if in.other {
		return false
	}
	switch baseOf(k.words.Language) {
	case "en":
		return in.latin && !in.han && !in.kana && !in.hangul
	case "zh":
		return in.han && !in.kana && !in.hangul
	case "zh-hant":
		return in.han && !in.kana && !in.hangul && inBig5(line)
	case "ja":
		return in.kana && !in.hangul
	case "ko":
		return in.hangul && !in.kana
	}
	return false
}

// scripts are those that a line holds letters of.
type scripts struct{ latin, han, kana, hangul, other bool }

func scriptsOf(line string) (in scripts) {
	for _, r := range line {
		switch {
		case unicode.Is(unicode.Han, r):
			in.han = true
		case unicode.Is(unicode.Latin, r):
			in.latin = true
		case unicode.In(r, unicode.Hiragana, unicode.Katakana), r == 'ー':
			in.kana = true
		case unicode.Is(unicode.Hangul, r):
			in.hangul = true
		case unicode.IsLetter(r):
			in.other = true
		}
	}
	return in
}

// inBig5 reports whether Big5, the code of Traditional Chinese, has every Chinese
// character of a line.
func inBig5(line string) bool {
	encoder := traditionalchinese.Big5.NewEncoder()
	for _, r := range line {
		if !unicode.Is(unicode.Han, r) {
			continue
		}
		if _, err := encoder.String(string(r)); err != nil {
			return false
		}
	}
	return true
}
