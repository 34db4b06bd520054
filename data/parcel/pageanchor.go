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
	if l.what != isTime && l.what != isRow || w.sums(i, l) {
		return
	}
	a := &anchor{from: i, to: i, number: w.number, carrier: w.carrier, first: l.n, last: l.n}
	if !w.dated(a, i, l) {
		return
	}
	if l.what == isRow {
		a.row = l
		if w.roles != nil {
			a.roles, a.shift = w.roles, w.shift(l)
		}
	}
	w.marks = append(w.marks, a)
}

// sums reports whether a time is about the whole parcel: it stands below a heading
// such as "Expected delivery", or is a day above the number of the parcel.
func (w *walk) sums(i int, l *line) bool {
	for j := i - 1; j >= 0; j-- {
		if w.lines[j].what == isButton {
			continue
		}
		if w.w.asksDate(w.lines[j].low) {
			return true
		}
		break
	}
	return l.what == isTime && !l.hasHour() && len(w.page.Numbers) > 0 && w.number == "" && i < w.numberAt() && w.hoursBelow(w.numberAt())
}

// numberAt gives the line of the first tracking number; that behind all lines
// where there is none.
func (w *walk) numberAt() int {
	for i, l := range w.lines {
		if l.what == isNumber {
			return i
		}
	}
	return len(w.lines)
}

// hoursBelow reports whether scans with an hour stand below a line.
func (w *walk) hoursBelow(at int) bool {
	for _, l := range w.lines[min(at, len(w.lines)):] {
		if l.hasHour() && (l.what == isTime || l.what == isRow) {
			return true
		}
	}
	return false
}

// dated gives a scan its day and hour; false: the line is none, or its day is not
// told.
func (w *walk) dated(a *anchor, i int, l *line) bool {
	next := w.next(i)
	switch {
	case l.hasHour():
		return w.houred(a, i, l, next)
	case l.what == isTime && next != nil && next.hasHour() && !next.hasDay():
		return false // it holds for the rows below it
	}
	a.day = l.day
	return true
}

// houred gives a scan the hour of its line, with the day beside it, below it, or of
// the lines above.
func (w *walk) houred(a *anchor, i int, l, next *line) bool {
	a.hour, a.hasHour = l.hour, true
	switch {
	case l.hasDay():
		a.day = l.day
	case next != nil && next.what == isTime && next.hasDay() && !next.hasHour() && w.dayAt < 0:
		a.day = next.day // the hour above its day
		a.to, a.last = i+1, next.n
	case w.dayAt >= 0 || w.rowDay && l.wide:
		a.day = w.day
		if i > 0 && w.lines[i-1].n == w.dayAt {
			a.from, a.first = i-1, w.dayAt
		}
	default:
		w.rest = append(w.rest, l.n)
		return false
	}
	return true
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
