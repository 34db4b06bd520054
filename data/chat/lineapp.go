package chat

import (
	"strings"
)

// line reads exports of LINE: a line for each day, then time, name and text with
// tabs between them.
func (s *splitter) line() *reading {
	if !s.isLine() {
		return nil
	}
	e := &lineExport{s: s, from: -1}
	quoted := -1 // the last line of a text in quotation marks
	for i := range s.lines {
		if i > quoted {
			quoted = e.line(i)
		}
	}
	e.end(len(s.lines))
	if len(e.drafts) == 0 {
		return nil
	}
	r := &reading{form: "line", rank: 3, drafts: e.drafts}
	r.score = s.share(r.drafts)
	return r
}

// isLine reports whether a text has a row of LINE's below its heading, or two
// without one.
func (s *splitter) isLine() bool {
	rows := 0
	for i := range s.lines {
		if _, _, ok := s.lineRow(i); ok {
			rows++
		}
	}
	headed := false
	for i := range min(len(s.lines), 3) {
		headed = headed || strings.HasPrefix(s.lines[i].plain, "[LINE]")
	}
	return rows > 1 || rows == 1 && headed
}

// A lineExport is an export of LINE that is being read.
type lineExport struct {
	s      *splitter
	drafts []draft
	day    when
	begun  bool // a day stood above
	from   int  // the first line below the last message; -1: there was none
}

// line takes a line that begins a day or a message; others go on with the last. It
// gives the line on which a text in quotation marks ends, or -1.
func (e *lineExport) line(i int) (quoted int) {
	if v, ok := e.s.dayLine(i); ok && !e.s.lines[i].tab {
		e.end(i)
		e.day, e.begun = v, true
		return -1
	}
	v, cells, ok := e.s.lineRow(i)
	if !ok || !e.begun {
		return -1
	}
	e.end(i)
	quoted = -1
	d := draft{when: v.with(e.day)}
	d.First, d.Last = i+1, i+1
	if len(cells) < 2 || cells[0] == "" {
		d.flow, d.Text = true, strings.Join(cells, "")
	} else {
		d.Author, d.Text = cells[0], strings.Join(cells[1:], "\t")
		quoted = e.s.closing(i, d.Text)
	}
	e.drafts = append(e.drafts, d)
	return quoted
}

// end gives the lines above one to the last message.
func (e *lineExport) end(to int) {
	if n := len(e.drafts); n > 0 && e.from >= 0 && e.from < to {
		d := &e.drafts[n-1]
		if more := e.s.text(e.from, to); more != "" {
			d.Text += strings.Repeat("\n", e.s.blankLines(e.from, to)) + "\n" + more
			d.Last = e.s.lastLine(d.First-1, to)
		}
		d.Text = unquoted(d.Text)
	}
	e.from = to + 1
}

// maxQuotedLines is how long a text in quotation marks may be.
const maxQuotedLines = 100

// closing finds the line on which a text ends that began with a quotation mark: it
// ends with one. -1 where none does.
func (s *splitter) closing(i int, text string) int {
	if !strings.HasPrefix(text, `"`) || len(text) > 1 && strings.HasSuffix(text, `"`) {
		return -1
	}
	for k := i + 1; k < len(s.lines) && k < i+maxQuotedLines; k++ {
		if strings.HasSuffix(s.lines[k].raw, `"`) && !strings.HasSuffix(s.lines[k].raw, `""`) {
			return k
		}
		if p := s.lines[k].plain; p != "" && digit(p[0]) && !s.lines[k].tab {
			if _, ok := s.dayLine(k); ok {
				break
			}
		}
	}
	return -1
}

// blankLines counts those at the beginning of lines.
func (s *splitter) blankLines(from, to int) int {
	n := 0
	for from+n < to && s.lines[from+n].empty() {
		n++
	}
	return n
}

// lineRow reads a row of a LINE export: the time and the cells behind it.
func (s *splitter) lineRow(i int) (when, []string, bool) {
	l := &s.lines[i]
	if !l.tab {
		return when{}, nil, false
	}
	cells := strings.Split(l.raw, "\t")
	v, n := s.w.when(plainOf(cells[0]))
	if n == 0 || n != len(plainOf(cells[0])) || v.hasDate || !v.hasTime {
		return when{}, nil, false
	}
	for k := range cells {
		cells[k] = trimMarks(cells[k])
	}
	return v, cells[1:], true
}

// unquoted takes off the quotation marks that LINE puts around a text of several
// lines.
func unquoted(text string) string {
	if len(text) < 2 || text[0] != '"' || text[len(text)-1] != '"' || !strings.Contains(text, "\n") {
		return text
	}
	return strings.ReplaceAll(text[1:len(text)-1], `""`, `"`)
}
