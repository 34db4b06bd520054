package parcel

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"casebinder/data/chat"
)

// A cell is a part of a line: all of it, where no tabs part it.
type cell struct {
	at   int // its place in the line
	text string
}

// A line of a page, with the times that stand in it.
type line struct {
	n     int // from 1
	text  string
	low   string
	cells []cell // those that are no time
	wide  bool   // it has tabs
	day   chat.Printed
	hour  chat.Printed
	dayAt int // the cell of the day; -1: none
	hrAt  int // the cell of the hour; -1: none
	what  what
}

// what a line is.
type what int

const (
	isText   what = iota
	isButton      // or a mark of the page
	isHead        // it says something of the whole page
	isNumber      // a tracking number
	isHeader      // of a table
	isTime        // a day, an hour or both, and nothing else
	isRow         // a time with words beside it
)

func (l *line) hasDay() bool  { return l.dayAt >= 0 }
func (l *line) hasHour() bool { return l.hrAt >= 0 }

var (
	marks     = strings.NewReplacer("\u200e", "", "\u200f", "", "\u202a", "", "\u202c", "", "\ufeff", "", "\u00a0", " ", "\u202f", " ", "\u3000", " ", "\r", "")
	tableRule = regexp.MustCompile(`^\|?[\s:|-]+\|?$`)
)

// readLines reads the lines of a page, those that are blank left out.
func (p *pager) readLines(text string) {
	n := 0
	for raw := range strings.Lines(text) {
		n++
		if n > maxLines {
			p.found(foundLong.warn("lines", maxLines))
			return
		}
		raw = marks.Replace(strings.TrimRight(raw, "\n"))
		if !utf8.ValidString(raw) {
			raw = strings.ToValidUTF8(raw, "\uFFFD")
		}
		if len(raw) > maxLine {
			p.rest = append(p.rest, n)
			continue
		}
		if strings.TrimSpace(raw) != "" {
			l := p.w.line(n, raw)
			p.lines = append(p.lines, &l)
		}
	}
}

// line reads one.
func (w *words) line(n int, raw string) line {
	l := line{n: n, dayAt: -1, hrAt: -1}
	if t := strings.TrimSpace(raw); strings.Count(t, "|") >= 2 && strings.HasPrefix(t, "|") && strings.HasSuffix(t, "|") {
		raw = strings.ReplaceAll(strings.Trim(t, "|"), "|", "\t") // a table of Markdown
		if tableRule.MatchString(t) {
			raw = "-"
		}
	}
	raw = columns(strings.TrimRight(raw, " \t"))
	if !strings.ContainsRune(strings.TrimSpace(raw), '\t') {
		raw = strings.TrimSpace(raw)
	}
	l.text = strings.Join(strings.Fields(raw), " ")
	l.low = fold(raw)
	parts := strings.Split(raw, "\t")
	l.wide = len(parts) > 1
	for i, part := range parts {
		part = strings.Join(strings.Fields(part), " ")
		if part = w.cellTime(&l, i, part); part != "" {
			l.cells = append(l.cells, cell{i, part})
		}
	}
	l.what = w.kind(&l, parts)
	return l
}

// kind tells what a line is.
func (w *words) kind(l *line, parts []string) what {
	timed := l.hasDay() || l.hasHour()
	switch {
	case w.header(parts, l) != nil:
		return isHeader
	case timed && len(l.cells) == 0:
		return isTime
	case timed:
		return isRow
	case w.isButton(l.low), !l.wide && w.roles[strings.TrimRight(l.low, " :")] != noRole:
		return isButton // the name of a column alone stands over values, and is none
	}
	if t, n := readTime(l.text); n == len(l.text) && t.Weekday() {
		return isButton // a day of the week alone, above or below its date
	}
	if w.numberIn(l, parts) != "" {
		return isNumber
	}
	if w.isHead(l.low) {
		return isHead
	}
	return isText
}

// header gives the roles of the columns, where a line is the header of a table;
// nil where it is none.
func (w *words) header(parts []string, l *line) []role {
	if len(parts) < 2 {
		return nil
	}
	roles, known := make([]role, len(parts)), 0
	for i, part := range parts {
		if roles[i] = w.roles[fold(part)]; roles[i] != noRole {
			known++
		}
	}
	if known >= 2 && known*2 >= len(l.cells) {
		return roles
	}
	return nil
}
