package parcel

import (
	"strings"

	"casebinder/data/chat"
)

// An anchor is a time of a scan, with what stands in its line and around it.
type anchor struct {
	day         chat.Printed
	hour        chat.Printed
	hasHour     bool
	from, to    int // its lines, as places in the list
	row         *line
	roles       []role // of the table's columns; nil: not told
	shift       int    // what is added to a column of the header to have that of the row
	around      []*line
	text, place string
	number      string
	carrier     string
	first, last int
}

func (a *anchor) when() chat.Printed {
	if a.hasHour {
		return a.hour.On(a.day)
	}
	return a.day
}

// A walk goes through the lines and gathers the times.
type walk struct {
	*pager
	day     chat.Printed
	dayAt   int  // the line of the day; -1: none
	rowDay  bool // the day stands in a row above
	roles   []role
	number  string
	carrier string
}

// anchors finds the times of scans. What stands above the heading of the history
// is none.
func (p *pager) anchors() {
	w := &walk{pager: p, dayAt: -1}
	from := p.historyAt()
	for i, l := range p.lines {
		w.heading(l)
		if i >= from {
			w.take(i, l)
		}
	}
	if len(p.page.Numbers) > 0 && p.oneNumber() {
		for _, a := range p.marks {
			a.number = p.page.Numbers[0]
		}
	}
}

// oneNumber reports whether all scans stand under the numbers of one parcel: no
// number stands between two scans.
func (p *pager) oneNumber() bool {
	if len(p.marks) == 0 {
		return false
	}
	first, last := p.marks[0].from, p.marks[len(p.marks)-1].from
	for i := first; i < last; i++ {
		if p.lines[i].what == isNumber {
			return false
		}
	}
	return true
}

// historyAt gives the line behind the heading of the history; 0 where there is
// none, or no time behind it.
func (p *pager) historyAt() int {
	for i, l := range p.lines {
		if !p.w.histories[strings.TrimRight(l.low, " :")] {
			continue
		}
		l.what = isHead
		for _, next := range p.lines[i:] {
			if next.hasDay() {
				return i
			}
		}
	}
	return 0
}

// heading takes what a line says of those below it.
func (w *walk) heading(l *line) {
	if l.what == isNumber {
		w.number, w.carrier = w.numberOf(l), ""
	}
	if l.what == isHead && begins(l.low, w.w.Carriers) != "" {
		w.carrier = ""
		if c := w.w.carrierOf(l.low, w.w.Carrier); c != nil {
			w.carrier = c.Name
		}
	}
	if l.what == isHeader {
		w.roles = w.w.header(strings.Split(w.tabbed(l), "\t"), l)
	}
	if l.hasDay() && (l.what == isHeader || l.what == isTime && !l.hasHour()) {
		w.day, w.dayAt = l.day, l.n
	}
	if l.what == isRow && l.wide && l.hasHour() && l.dayAt >= 0 && l.dayAt < l.hrAt {
		w.day, w.dayAt, w.rowDay = l.day, -1, true // the cell below it may be empty
	}
}

// tabbed gives the cells of a header with those that are a time as blanks.
func (w *walk) tabbed(l *line) string {
	last := max(l.dayAt, l.hrAt)
	for _, c := range l.cells {
		last = max(last, c.at)
	}
	cells := make([]string, last+1)
	for _, c := range l.cells {
		cells[c.at] = c.text
	}
	return strings.Join(cells, "\t")
}

// take takes the time of a line.
func (w *walk) take(i int, l *line) {
	if l.what != isTime && l.what != isRow {
		return
	}
	a := &anchor{from: i, to: i, number: w.number, carrier: w.carrier, first: l.n, last: l.n}
	next := w.next(i)
	switch {
	case l.hasDay() && l.hasHour():
		a.day, a.hour, a.hasHour = l.day, l.hour, true
	case l.hasHour() && next != nil && next.what == isTime && next.hasDay() && !next.hasHour() && w.dayAt < 0:
		a.day, a.hour, a.hasHour = next.day, l.hour, true // the hour above its day
		a.to, a.last = i+1, next.n
	case l.hasHour() && (w.dayAt >= 0 || w.rowDay && l.wide):
		a.day, a.hour, a.hasHour = w.day, l.hour, true
		if i > 0 && w.lines[i-1].n == w.dayAt {
			a.from, a.first = i-1, w.dayAt
		}
	case l.hasHour():
		w.rest = append(w.rest, l.n)
		return
	case l.what == isTime && next != nil && next.hasHour() && !next.hasDay():
		return // it holds for the rows below it
	default:
		a.day = l.day
	}
	if l.what == isRow {
		a.row = l
		if w.roles != nil {
			a.roles, a.shift = w.roles, w.shift(l)
		}
	}
	w.marks = append(w.marks, a)
}

// next is the line behind one, buttons left out.
func (w *walk) next(i int) *line {
	for _, l := range w.lines[min(i+1, len(w.lines)):] {
		if l.what != isButton {
			return l
		}
	}
	return nil
}

// shift tells how the columns of a row lie beside those of its header: by the time
// that both have.
func (w *walk) shift(l *line) int {
	for at, r := range w.roles {
		if r == timeRole && l.hasHour() && l.hrAt != l.dayAt {
			return l.hrAt - at
		}
	}
	for at, r := range w.roles {
		if r == dateRole && l.hasDay() {
			return l.dayAt - at
		}
	}
	return 0
}
