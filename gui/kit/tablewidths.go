package kit

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf8"

	"casebinder/gui/words"
)

// What of a column's content counts for its width.
const (
	measuredRows = 60  // the first of each load: more would be measured than a person sees
	needMost     = 360 // one long text does not take the table
	littleMore   = 1.3 // than at first, that a column is given for its content where the table scrolls anyway
	arrowRoom    = 12  // right of a title, for the sign of the sort
)

// measure learns how wide the columns must be to show some lines whole. What
// was needed once stays needed, so that columns do not jump with each filter.
func (t *Table[R]) measure(lines []line[R]) {
	lines = lines[:min(len(lines), measuredRows)]
	for _, c := range t.columns {
		if !c.shown {
			continue
		}
		c.title = float32(math.Ceil(float64(textWidth(words.T(c.Title), false)))) + 2*cellPad
		if c.Sort != "" {
			c.title += arrowRoom
		}
		need := c.title
		for _, l := range lines {
			if !l.gone && c.index < len(l.cells) {
				need = max(need, c.needOf(l.cells[c.index].text))
			}
		}
		c.need = max(c.need, minColumn, min(need, needMost))
	}
}

// needOf is how wide the column must be to show a text whole.
func (c *columnState[R]) needOf(text string) float32 {
	if text == "" {
		return 0
	}
	if utf8.RuneCountInString(text) > needMost/4 {
		return needMost
	}
	need := float32(math.Ceil(float64(textWidth(text, c.Bold)))) + 2*cellPad
	if c.Badge {
		need += cellPad
	}
	return need
}

// want is how wide the column is where there is room: as a person made it, else as its content asks.
func (c *columnState[R]) want() float32 {
	if c.own || c.need == 0 {
		return c.width
	}
	return c.need
}

// floor is to which it shrinks where the room is short: its title can always be read.
func (c *columnState[R]) floor() float32 {
	if c.own {
		return c.width
	}
	return min(c.want(), max(cmp.Or(c.Least, c.width), c.title))
}

// layoutColumns gives each shown column its place. Content that fits is shown
// whole; what room is left goes to columns that are narrower than at first and
// then to those that grow; what is lacking is taken from the longest texts.
func (v *tableView[R]) layoutColumns() {
	var shown []*columnState[R]
	want, floor := float32(0), float32(0)
	for _, c := range v.table.columns {
		c.w = 0
		if c.shown {
			shown = append(shown, c)
			want += c.want()
			floor += c.floor()
		}
	}
	switch room := v.body.Size().Width; {
	case want <= room:
		widen(shown, room-want)
	case floor <= room:
		raise(shown, room-floor)
	default: // it scrolls
		for _, c := range shown {
			if c.w = c.want(); c.w > c.width*littleMore {
				c.w = max(c.width, c.title)
			}
		}
	}
	x := float32(0)
	for _, c := range v.table.columns {
		c.x = x
		x += c.w
	}
}

// widen shares what is left when all have what they want.
func widen[R any](shown []*columnState[R], rest float32) {
	short, grow := float32(0), float32(0)
	for _, c := range shown {
		c.w = c.want()
		short += max(c.width-c.w, 0)
		if c.Grow {
			grow += c.width
		}
	}
	if short > 0 {
		part := min(rest/short, 1)
		for _, c := range shown {
			more := float32(math.Floor(float64(max(c.width-c.w, 0) * part)))
			c.w += more
			rest -= more
		}
	}
	for _, c := range shown {
		if c.Grow && grow > 0 {
			c.w += float32(math.Floor(float64(rest * c.width / grow)))
		}
	}
}

// raise shares room among columns from their floors up: each gets as much as
// the others until it has what it wants.
func raise[R any](shown []*columnState[R], room float32) {
	lack := func(c *columnState[R]) float32 { return c.want() - c.floor() }
	shown = slices.SortedStableFunc(slices.Values(shown), func(a, b *columnState[R]) int {
		return int(math.Ceil(float64(lack(a)))) - int(math.Ceil(float64(lack(b))))
	})
	for i, c := range shown {
		part := float32(math.Floor(float64(min(room/float32(len(shown)-i), lack(c)))))
		c.w = c.floor() + part
		room -= part
	}
}

// width is how wide all columns are.
func (v *tableView[R]) width() float32 {
	w := float32(0)
	for _, c := range v.table.columns {
		w += c.w
	}
	return w
}

// measureLoaded measures the lines that are there from the top of the view on.
func (t *Table[R]) measureLoaded() {
	var lines []line[R]
	first, _ := t.view.seen()
	for i := first; len(lines) < measuredRows; i++ {
		l, ok := t.feed.at(i)
		if !ok {
			break
		}
		lines = append(lines, l)
	}
	t.measure(lines)
}
