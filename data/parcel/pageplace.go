package parcel

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	codeEnd   = regexp.MustCompile(`(?:,\s*[A-Z]{2,3}|\([A-Z]{2,3}\)|[\s,]\d{4,6}(?:-\d{4})?| - [A-Z]{2,})$`)
	codeBegin = regexp.MustCompile(`^\d{4,6},?\s+\p{L}`)
	cjkPlace  = regexp.MustCompile(`(?:局|市|省|区|區|县|縣|州|国|國|港|岛|島|中心|センター|店|所|국|센터|소)$`)
	// commaNames is "Commerce City, CO, United States".
	commaNames = regexp.MustCompile(`^(?:\p{Lu}[\p{L}.'’-]*(?: \p{L}[\p{L}.'’-]*){0,3}, ?){1,3}\p{Lu}[\p{L}.'’-]*(?: \p{L}[\p{L}.'’-]*){0,3}$`)
	square     = regexp.MustCompile(`^(.*\S)\s*\[([^\[\]]{2,80})\]$`)
)

// placeScore says how much a text looks like a place; below 1 it is none.
func (w *words) placeScore(text string, times int) int {
	if begins(fold(text), w.Places) != "" {
		return 5
	}
	score := formScore(text) - sentenceScore(text)
	if times > 1 {
		score++
	}
	if w.isMove(text) {
		score -= 3
	}
	return score
}

// formScore says how much the signs of a text look like a place.
func formScore(text string) int {
	score := 0
	if upper(text) {
		score += 2
	}
	if codeEnd.MatchString(text) || codeBegin.MatchString(text) {
		score += 2
	}
	if commaNames.MatchString(text) {
		score++
	}
	if cjk(text) && cjkPlace.MatchString(text) && utf8.RuneCountInString(text) <= 16 {
		score += 3
	}
	if r, _ := utf8.DecodeRuneInString(text); len(strings.Fields(text)) <= 4 && unicode.IsUpper(r) {
		score++
	}
	return score
}

// sentenceScore says how much a text looks like a sentence.
func sentenceScore(text string) int {
	score := 0
	if strings.HasSuffix(text, ".") || strings.HasSuffix(text, "。") || strings.ContainsAny(text, "?!？！") {
		score += 2
	}
	if len(strings.Fields(text)) > 7 {
		score += 2
	}
	return score
}

// upper reports whether a text has letters, and all of them are capitals.
func upper(text string) bool {
	n := 0
	for _, r := range text {
		if unicode.IsLower(r) || r >= 0x2E80 {
			return false
		}
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n >= 3
}

func cjk(text string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, "【[(（"))
	return r >= 0x2E80
}

// bare takes the label off a place, and the dashes that stand for none.
func (w *words) bare(place string) string {
	place = strings.TrimSpace(place)
	if strings.Trim(place, "-–—/ ") == "" {
		return ""
	}
	low := strings.ToLower(place)
	if label := begins(low, w.PlaceLabels); label != "" && len(low) == len(place) {
		return strings.TrimSpace(place[len(label):])
	}
	return place
}

// part takes a place out of a text that holds both: in square brackets behind it,
// before a comma or a stroke, or behind it in another kind of letters.
func (w *words) part(text string, first bool) (place, rest string) {
	if m := square.FindStringSubmatch(text); m != nil && !w.isMove(m[2]) {
		return m[2], m[1]
	}
	if head, tail, ok := strings.Cut(text, " / "); ok && w.maybePlace(head) && w.isMove(tail) {
		return strings.TrimSpace(head), strings.TrimSpace(tail)
	}
	if place, rest := w.partDash(text); place != "" {
		return place, rest
	}
	if place, rest := w.partComma(text, first); place != "" {
		return place, rest
	}
	if place, rest := w.partEnd(text); place != "" {
		return place, rest
	}
	return w.partLast(text)
}

// partDash reads a place behind a dash: "Out for Delivery - CHARLOTTE, NC 28202".
func (w *words) partDash(text string) (place, rest string) {
	for at := 0; ; {
		i := strings.Index(text[at:], " - ")
		if i < 0 {
			return "", text
		}
		rest, place = strings.TrimSpace(text[:at+i]), strings.TrimSpace(text[at+i+3:])
		if formScore(place) >= 2 && !w.isMove(place) && w.isMove(rest) && !upper(rest) {
			return place, rest
		}
		at += i + 3
	}
}

// partLast reads a place of Chinese signs behind the last blank.
func (w *words) partLast(text string) (place, rest string) {
	i := strings.LastIndexByte(text, ' ')
	if i <= 0 {
		return "", text
	}
	place, rest = text[i+1:], strings.TrimSpace(text[:i])
	if !cjk(place) || strings.ContainsAny(place, "【】。：:") || utf8.RuneCountInString(place) > 16 || w.isMove(place) || !w.isMove(rest) {
		return "", text
	}
	return place, rest
}

// partComma reads "Leipzig, DE, Arrival at hub".
func (w *words) partComma(text string, first bool) (place, rest string) {
	parts := splitComma(text)
	best := 0
	for i := 1; i < len(parts) && i <= 4; i++ {
		if !w.maybePlace(parts[i-1].text) {
			break
		}
		best = i
		if w.isMove(parts[i].text) {
			break
		}
	}
	if best == 0 || !first && !w.isMove(text[parts[best].at:]) {
		return "", text
	}
	return strings.TrimRight(strings.TrimSpace(text[:parts[best].at]), ",， "), strings.TrimSpace(text[parts[best].at:])
}

type commaPart struct {
	at   int
	text string
}

func splitComma(text string) []commaPart {
	var parts []commaPart
	at := 0
	for at < len(text) {
		i := strings.Index(text[at:], ", ")
		if j := strings.Index(text[at:], "，"); i < 0 || j >= 0 && j < i {
			i = j
		}
		if i < 0 {
			break
		}
		parts = append(parts, commaPart{at, strings.TrimSpace(text[at : at+i])})
		_, size := utf8.DecodeRuneInString(text[at+i:])
		at += i + size
		for at < len(text) && text[at] == ' ' {
			at++
		}
	}
	return append(parts, commaPart{at, strings.TrimSpace(text[at:])})
}

// maybePlace reports whether a text may be the name of a place.
func (w *words) maybePlace(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	if text == "" || len(strings.Fields(text)) > 5 || strings.ContainsAny(text, ".:;【】[]") || w.isMove(text) {
		return false
	}
	if r >= 0x2E80 {
		return utf8.RuneCountInString(text) <= 10
	}
	return unicode.IsUpper(r) || unicode.IsDigit(r)
}

var (
	cjkEnd  = regexp.MustCompile(`^(.*\S)\s+([\p{Han}]{2,8}(?:省|市|区|區|县|縣|州|国|國)(?:[,，][\p{Han}]{2,10})*|[\p{Han}]{2,8}(?:省|市)[,，][\p{Han}]{2,10})$`)
	joins   = regexp.MustCompile(`(?i)\s(?:at|in|to|from|of|by|for|via|the|de|en|a|à|in|nach|von|aus|da|di|em|na|w|в|из)$`)
	capsEnd = regexp.MustCompile(`^(.*\p{Ll}[^\s]*)\s+([A-Z][A-Z .'-]{2,40}(?:,\s*[A-Z]{2,3}(?:\s+\d{4,6})?)?)$`)
)

// partEnd reads a place behind the text, where other letters tell it from that.
func (w *words) partEnd(text string) (place, rest string) {
	for _, form := range []*regexp.Regexp{cjkEnd, capsEnd} {
		if m := form.FindStringSubmatch(text); m != nil && !w.isMove(m[2]) && w.isMove(m[1]) && !joins.MatchString(m[1]) {
			return m[2], m[1]
		}
	}
	return "", text
}
