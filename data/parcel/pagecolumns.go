package parcel

import (
	"slices"
	"unicode/utf8"
)

// A columnTally counts what stands in the columns of rows that have no header.
type columnTally struct {
	all                   []int // the columns, as they come
	moves, places, length map[int]int
}

// guessColumns tells the columns of rows that have no header, by what stands in
// them.
func (p *pager) guessColumns() map[int]role {
	t := p.tally()
	columns := map[int]role{}
	if len(t.all) < 2 {
		return columns
	}
	text := t.most(t.moves)
	place := t.place(text)
	if t.moves[text] == 0 { // a language of which no words are known: the longer is the text
		if text = t.most(t.length); place == text || place < 0 {
			place = t.other(text)
		}
	}
	columns[text] = textRole
	if place >= 0 {
		columns[place] = placeRole
	}
	return columns
}

// tally counts over the rows of the page.
func (p *pager) tally() columnTally {
	t := columnTally{moves: map[int]int{}, places: map[int]int{}, length: map[int]int{}}
	times := map[string]int{}
	var rows []*line
	for _, a := range p.marks {
		if a.row == nil || !a.row.wide {
			continue
		}
		for _, c := range a.row.cells {
			times[c.text]++
		}
		if a.roles == nil {
			rows = append(rows, a.row)
		}
	}
	for _, row := range rows {
		for _, c := range row.cells {
			p.count(&t, c, times[c.text])
		}
	}
	return t
}

func (p *pager) count(t *columnTally, c cell, times int) {
	if !slices.Contains(t.all, c.at) {
		t.all = append(t.all, c.at)
	}
	switch {
	case p.w.isMove(c.text):
		t.moves[c.at]++
	case digitsAlone(c.text):
		return
	default:
		t.places[c.at] += max(0, p.w.placeScore(c.text, times))
	}
	t.length[c.at] += utf8.RuneCountInString(c.text)
}

// most is the column with the highest figure; the first of several.
func (t *columnTally) most(of map[int]int) int {
	best := t.all[0]
	for _, c := range t.all {
		if of[c] > of[best] {
			best = c
		}
	}
	return best
}

// place is the column that looks like places, beside that of the text; -1: none.
func (t *columnTally) place(text int) int {
	place := -1
	for _, c := range t.all {
		if c != text && t.places[c] > 0 && t.moves[c]*2 <= t.moves[text] && (place < 0 || t.places[c] > t.places[place]) {
			place = c
		}
	}
	return place
}

// other is the first column with words beside that of the text; -1: none.
func (t *columnTally) other(text int) int {
	for _, c := range t.all {
		if c != text && t.length[c] > 0 {
			return c
		}
	}
	return -1
}
