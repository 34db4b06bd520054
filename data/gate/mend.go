package gate

import (
	"strconv"
	"strings"
	"unicode"

	"casebinder/data"
)

// The deeds that mend a finding.
const (
	DeedCut      = "reply.cut"      // take out the stretch of the Ref
	DeedReplace  = "reply.replace"  // put the Ref's label in the place of the stretch
	DeedShorten  = "reply.shorten"  // cut the text at the last sentence that fits; the Ref's ID begins with the limit
	DeedLanguage = "reply.language" // choose the language of the Ref's ID: a screen does it
	DeedFill     = "reply.fill"     // go to the first variable without a value: a screen does it
)

// mendOf is what can be offered for a finding of a rule at a place.
func (s *subject) mendOf(rule *Rule, at data.Ref) data.Mend {
	switch rule.ID {
	case "too_long":
		return data.Mend{Deed: DeedShorten, Ref: data.Ref{Kind: "text", ID: strconv.Itoa(s.c.Limit)}}
	case "wrong_language":
		return data.Mend{Deed: DeedLanguage, Ref: data.Ref{Kind: "language", ID: s.c.BuyerLanguage}}
	case "other_buyer":
		if name := s.nameFor(at.Label); name != "" {
			return data.Mend{Deed: DeedReplace, Ref: data.Ref{Kind: "text", ID: at.ID, Label: name}}
		}
	case "placeholder":
		if strings.Contains(strings.ToLower(at.Label), "name") && s.c.Buyer != "" {
			return data.Mend{Deed: DeedReplace, Ref: data.Ref{Kind: "text", ID: at.ID, Label: s.c.Buyer}}
		}
		return data.Mend{Deed: DeedFill, Ref: at}
	case "mixed_script":
		if plain := oneScript(at.Label); plain != at.Label {
			return data.Mend{Deed: DeedReplace, Ref: data.Ref{Kind: "text", ID: at.ID, Label: plain}}
		}
	}
	if better := s.engine.lexicon.Better[rule.ID]; better != "" && rule.Mend == "replace" {
		return data.Mend{Deed: DeedReplace, Ref: data.Ref{Kind: "text", ID: at.ID, Label: better}}
	}
	if rule.Mend == "cut" || rule.Mend == "replace" {
		return data.Mend{Deed: DeedCut, Ref: data.Ref{Kind: "text", ID: at.ID}}
	}
	return data.Mend{}
}

// nameFor is what of the buyer's name stands in the place of another's: the
// order's number for a number, a word for a word.
func (s *subject) nameFor(wrong string) string {
	if strings.ContainsFunc(wrong, unicode.IsDigit) {
		if len(s.c.Orders) > 0 {
			return s.c.Orders[0]
		}
		return ""
	}
	return s.c.Buyer
}

// oneScript writes a word in the letters that most of it has, where each other
// letter has a twin there.
func oneScript(word string) string {
	latin, cyrillic := 0, 0
	for _, r := range word {
		switch {
		case unicode.Is(unicode.Latin, r):
			latin++
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
		}
	}
	pairs := twins
	if cyrillic > latin {
		pairs = make(map[rune]rune, len(twins))
		for c, l := range twins {
			pairs[l] = c
		}
	}
	return strings.Map(func(r rune) rune {
		if twin, ok := pairs[r]; ok {
			return twin
		}
		return r
	}, word)
}

var twins = map[rune]rune{
	'а': 'a', 'е': 'e', 'о': 'o', 'р': 'p', 'с': 'c', 'у': 'y', 'х': 'x', 'і': 'i', 'ѕ': 's', 'ј': 'j',
	'А': 'A', 'В': 'B', 'Е': 'E', 'К': 'K', 'М': 'M', 'Н': 'H', 'О': 'O', 'Р': 'P', 'С': 'C', 'Т': 'T', 'Х': 'X', 'У': 'Y',
}

// Mend carries out what a finding offers, on the text that was checked. It gives
// the text as it was, and false, where a screen must do the deed, or the text
// is another by now.
func Mend(text string, f data.Finding) (string, bool) {
	runes := []rune(text)
	switch f.Mend.Deed {
	case DeedCut:
		start, end, ok := stretch(f, runes)
		if !ok {
			return text, false
		}
		return tidy(runes[:start], runes[end:]), true
	case DeedReplace:
		start, end, ok := stretch(f, runes)
		if !ok {
			return text, false
		}
		return string(runes[:start]) + f.Mend.Ref.Label + string(runes[end:]), true
	case DeedShorten:
		limit, err := strconv.Atoi(f.Mend.Ref.ID)
		if err != nil || limit <= 0 || limit >= len(runes) {
			return text, false
		}
		return shorten(runes, limit), true
	}
	return text, false
}

// stretch is the place of a finding, where its words still stand.
func stretch(f data.Finding, runes []rune) (start, end int, ok bool) {
	at := f.At("text")
	a, b, found := strings.Cut(at.ID, "-")
	if !found {
		return 0, 0, false
	}
	start, err1 := strconv.Atoi(a)
	end, err2 := strconv.Atoi(b)
	if err1 != nil || err2 != nil || start < 0 || end > len(runes) || start >= end {
		return 0, 0, false
	}
	return start, end, strings.TrimSpace(string(runes[start:end])) == at.Label
}

// tidy joins what stood before and behind a sentence that is gone.
func tidy(before, after []rune) string {
	a := strings.TrimRight(string(before), " ")
	b := strings.TrimLeft(string(after), " ")
	switch {
	case a == "" || strings.HasSuffix(a, "\n"):
		return a + strings.TrimLeft(b, "\n")
	case b == "" || strings.HasPrefix(b, "\n"):
		return a + b
	}
	last := []rune(a)
	if closed(last[len(last)-1]) || strings.ContainsRune("。！？，", last[len(last)-1]) {
		return a + b
	}
	return a + " " + b
}

// shorten cuts at the last sentence, or the last word, that fits.
func shorten(runes []rune, limit int) string {
	for i := limit - 1; i > limit/4; i-- {
		if endsSentence(runes, i) {
			return strings.TrimSpace(string(runes[:i+1]))
		}
	}
	for i := limit; i > limit/2; i-- {
		if runes[i] == ' ' {
			return strings.TrimSpace(string(runes[:i]))
		}
	}
	return string(runes[:limit])
}
