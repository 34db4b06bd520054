package parcel

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// fill gives each scan its words and its place.
func (p *pager) fill() {
	times := map[string]int{}
	for _, a := range p.marks {
		for _, l := range a.around {
			times[l.text]++
		}
	}
	inline := p.inlineMoves()
	columns := p.guessColumns()
	placeAt := p.placeAt(times)
	kept := p.marks[:0]
	for i, a := range p.marks {
		switch {
		case a.row != nil && inline:
			p.fillRow(a, columns, times)
		default:
			p.fillBlock(a, placeAt, times, i == len(p.marks)-1 && i > 1)
		}
		if a.text == "" {
			if a.place != "" || a.row != nil {
				p.rest = append(p.rest, a.first)
			}
			continue
		}
		kept = append(kept, a)
	}
	p.marks = kept
}

// fillRow reads a row whose words stand beside the time.
func (p *pager) fillRow(a *anchor, columns map[int]role, times map[string]int) {
	var texts []string
	more := ""
	for _, c := range a.row.cells {
		r := columns[c.at]
		if a.roles != nil {
			r = noRole
			if i := c.at - a.shift; i >= 0 && i < len(a.roles) {
				r = a.roles[i]
			}
		}
		value := p.w.bare(c.text)
		switch {
		case value == "":
		case r == placeRole && a.place == "":
			a.place = value
		case r == placeRole, r == placeMoreRole:
			if more == "" {
				more = value
			}
		case r == otherRole, digitsAlone(value):
		default:
			texts = append(texts, value)
		}
	}
	if a.place == "" {
		a.place = more
	}
	a.text = strings.Join(texts, " ")
	if a.place == "" && a.text != "" && !a.row.wide {
		a.place, a.text = p.w.part(a.text, p.page.Tracker == "17TRACK")
	}
	p.below(a, times)
}

// below takes the lines under a row: its place, more of its words, or nothing that
// is understood.
func (p *pager) below(a *anchor, times map[string]int) {
	for _, l := range a.around {
		a.last = max(a.last, l.n)
		switch {
		case postLine.MatchString(l.text):
		case a.place == "" && p.w.placeScore(l.text, times[l.text]) >= 1:
			a.place = p.w.bare(l.text)
		case p.w.isMove(l.text) && l.n == a.row.n+1:
			a.text = strings.TrimSpace(a.text + " " + l.text)
		default:
			p.rest = append(p.rest, l.n)
		}
	}
}

func digitsAlone(s string) bool { return strings.Trim(s, "0123456789 .-") == "" }

// placeAt tells which of two lines of a scan is the place on this page.
func (p *pager) placeAt(times map[string]int) int {
	var score [2]int
	for _, a := range p.marks {
		if len(a.around) == 2 {
			for i, l := range a.around {
				score[i] += p.w.placeScore(l.text, times[l.text])
			}
		}
	}
	if score[0] > score[1] {
		return 0
	}
	return 1
}

// fillBlock reads a scan whose words stand above or below its time.
func (p *pager) fillBlock(a *anchor, placeAt int, times map[string]int, last bool) {
	list := slices.DeleteFunc(slices.Clone(a.around), func(l *line) bool {
		if p.w.isCarrier(l.text) && len(a.around) > min(2, 1+strings.Count(l.text, " ")) {
			a.carrier = l.text
			return true
		}
		return postLine.MatchString(l.text)
	})
	if a.row != nil {
		for _, c := range a.row.cells {
			a.place = strings.TrimSpace(a.place + " " + p.w.bare(c.text))
		}
	}
	place := -1
	if a.place == "" && len(list) > 1 {
		place = p.placeOf(list, placeAt, times, last)
	}
	var texts []string
	for i, l := range list {
		a.first, a.last = min(a.first, l.n), max(a.last, l.n)
		if i == place {
			a.place = p.w.bare(l.text)
			continue
		}
		if last && i > 0 && !p.w.isMove(l.text) {
			p.rest = append(p.rest, l.n) // behind the last scan
			continue
		}
		texts = append(texts, l.text)
	}
	a.text = strings.Join(texts, " ")
	if a.place == "" && a.text != "" {
		a.place, a.text = p.w.part(a.text, p.page.Tracker == "17TRACK")
	}
}

// placeOf tells which of the lines of a scan is its place; -1: none.
func (p *pager) placeOf(list []*line, placeAt int, times map[string]int, last bool) int {
	best, most := -1, 0
	for i, l := range list {
		score := p.w.placeScore(l.text, times[l.text])
		if score < 1 || last && score < 3 && !named(l.text) {
			continue // buttons may stand behind the last scan
		}
		if len(list) == 2 && i == placeAt {
			score++
		}
		if score > most {
			best, most = i, score
		}
	}
	return best
}

// inNames are the small words in the names of places.
var inNames = []string{"a", "am", "an", "auf", "bei", "ob", "der", "den", "de", "del", "della", "di", "do", "da", "dos", "du", "des", "d", "e", "el", "en", "im", "in", "la", "las", "le", "les", "los", "of", "on", "sur", "sous", "the", "upon", "und", "van", "von", "y", "zu"}

// named reports whether all words of a text begin with a capital, as in names.
func named(text string) bool {
	for word := range strings.FieldsSeq(text) {
		if r, _ := utf8.DecodeRuneInString(word); unicode.IsLower(r) && !slices.Contains(inNames, word) {
			return false
		}
	}
	return true
}
