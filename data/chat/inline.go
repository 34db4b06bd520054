package chat

import (
	"slices"
	"strings"
	"unicode/utf8"

	"casebinder/data"
)

// A head is the head of a message in a line that may go on with its text.
type head struct {
	line   int
	name   string
	text   string // behind the head, in the same line
	when   when
	shape  string
	named  bool // the name is told
	marked bool // the text begins with the mark of the messenger
}

// Kinds of heads in one line, from the one that can be taken for another least.
const (
	bracketed = "[" // [11/3/26, 14:05] Name: text
	dashed    = "-" // 11/3/26, 14:05 - Name: text
	plainHead = " " // 2026-11-03 14:05 Name: text
)

// inline reads exports of messengers: each message begins with a line of time,
// name and text.
func (s *splitter) inline() *reading {
	heads, count := []head{}, map[string]int{}
	for i := range s.lines {
		h, ok := s.inlineHead(i)
		if !ok {
			continue
		}
		heads = append(heads, h)
		if h.named {
			count[h.shape]++
		}
	}
	shape := mostFrequent(count)
	if shape == "" {
		return nil
	}
	heads = slices.DeleteFunc(heads, func(h head) bool {
		return h.shape != shape || shape[:1] == bracketed && !h.named // there a message without a name is none
	})
	heads = s.forward(heads)
	if shape[:1] == plainHead && !s.talk(heads) || isLog(heads) {
		return nil
	}
	return s.inlineReading(heads, shape)
}

// talk reports whether heads of a weak form are a conversation and no log: names
// that are known, or that come again.
func (s *splitter) talk(heads []head) bool {
	names, known := map[string]int{}, false
	for _, h := range heads {
		names[h.name]++
		known = known || s.known(h.name)
	}
	again := 0
	for _, n := range names {
		if n > 1 {
			again += n
		}
	}
	return len(heads) >= 2 && (known || len(names) >= 2 && len(names) <= 6 && again*2 >= len(heads) && len(heads) >= 4)
}

// inlineHead reads a line that begins with a time, and goes on with name and text.
func (s *splitter) inlineHead(i int) (head, bool) {
	p := s.lines[i].plain
	if len(p) < 8 {
		return head{}, false
	}
	read := s.bareTime
	if p[0] == '[' {
		read = s.squareTime
	}
	v, at, kind := read(p)
	if kind == "" {
		return head{}, false
	}
	for at < len(p) && p[at] == ' ' {
		at++
	}
	h := head{line: i, when: v, shape: kind + v.shape()}
	h.split(&s.lines[i], at)
	return h, h.named || kind == dashed || kind == bracketed
}

// squareTime reads "[11/3/26, 14:05]", and says where it ends.
func (s *splitter) squareTime(p string) (v when, at int, kind string) {
	v, n := s.w.when(p[1:])
	if n == 0 || !v.hasTime || !strings.HasPrefix(p[1+n:], "]") {
		return v, 0, ""
	}
	return v, n + 2, bracketed
}

// bareTime reads "11/3/26, 14:05 -", and says where it ends, with what parts it
// from the name.
func (s *splitter) bareTime(p string) (v when, at int, kind string) {
	if !digit(p[0]) && p[0] < utf8.RuneSelf {
		return v, 0, ""
	}
	v, n := s.w.when(p)
	if n == 0 || !v.hasTime || !v.hasDate {
		return v, 0, ""
	}
	for _, sign := range []struct{ text, kind string }{{" - ", dashed}, {" – ", dashed}, {": ", plainHead}, {", ", plainHead}, {" ", plainHead}} {
		if strings.HasPrefix(p[n:], sign.text) {
			return v, n + len(sign.text), sign.kind
		}
	}
	return v, 0, ""
}

// split parts name and text, which begin at a place of the line's plain form.
// Both are taken from the line as it was printed.
func (h *head) split(l *line, at int) {
	p := l.plain
	n := strings.Index(p[at:], ": ")
	if n < 0 && strings.HasSuffix(p, ":") && len(p) > at {
		n = len(p) - 1 - at
	}
	name := ""
	if n > 0 {
		name = strings.TrimSpace(strings.TrimPrefix(l.printed(at, at+n), "~"))
	}
	if name = trimMarks(name); name == "" || utf8.RuneCountInString(name) > 60 {
		h.text = trimMarks(l.raw[rawAt(l.raw, at):])
		return
	}
	h.name, h.named = name, true
	behind := l.raw[min(rawAt(l.raw, at+n)+len(colonOf(l.raw[rawAt(l.raw, at+n):])), len(l.raw)):]
	h.text = trimMarks(behind)
	h.marked = strings.HasPrefix(strings.TrimLeft(behind, " \u00a0\u202f"), "\u200e")
}

// colonOf is the colon with which a text begins, wide or not.
func colonOf(text string) string {
	for _, c := range []string{":", "："} {
		if strings.HasPrefix(text, c) {
			return c
		}
	}
	return ""
}

// forward takes out heads that go back in time and are followed by one that goes
// on: a part of the chat that somebody quoted.
func (s *splitter) forward(heads []head) []head {
	if len(heads) < 3 {
		return heads
	}
	drafts := make([]draft, len(heads))
	for i := range heads {
		drafts[i].when = heads[i].when
	}
	held := len(s.findings)
	order := s.order(drafts)
	s.findings = s.findings[:held]
	at := make([]int64, len(heads))
	up, down := 0, 0
	for i := range heads {
		v := &heads[i].when
		year, month, day := s.day(v, order)
		at[i] = int64(((year*12+int(month))*31+day)*86400 + v.hour*3600 + v.min*60 + v.sec)
		if i > 0 && at[i] > at[i-1] {
			up++
		} else if i > 0 && at[i] < at[i-1] {
			down++
		}
	}
	if down == 0 || down*3 > up {
		return heads
	}
	kept := heads[:0]
	for i := 0; i < len(heads); i++ {
		n := s.quotedFrom(at, i, kept)
		if n == 0 {
			kept = append(kept, heads[i])
			continue
		}
		for j := range n {
			s.findings = append(s.findings, foundBack.at(data.Info, heads[i+j].line+1))
		}
		i += n - 1
	}
	return kept
}

// maxQuoted is how many messages a quotation may have.
const maxQuoted = 50

// quotedFrom says how many heads from i on are a quotation: they lie before the
// one that is kept last, by more than a change of the clocks, and the chat goes on
// behind them.
func (s *splitter) quotedFrom(at []int64, i int, kept []head) int {
	if i == 0 || len(kept) == 0 || at[i] >= at[i-1] {
		return 0
	}
	last := at[i-1]
	back := last - at[i]
	if back < 120 || back <= 3660 && (last%86400)/3600 <= 3 {
		return 0
	}
	for n := 1; n <= maxQuoted && i+n < len(at); n++ {
		if at[i+n] >= last {
			return n
		}
	}
	return 0
}

// inlineReading makes messages of heads.
func (s *splitter) inlineReading(heads []head, shape string) *reading {
	r := &reading{form: "whatsapp", rank: 2}
	if shape[:1] == plainHead {
		r.form, r.rank = "chat", 1
	}
	s.wholeNames(heads)
	names := map[string]int{}
	for _, h := range heads {
		names[h.name]++
	}
	for k, h := range heads {
		end := len(s.lines)
		if k+1 < len(heads) {
			end = heads[k+1].line
		}
		r.drafts = append(r.drafts, s.inlineDraft(h, end, names, r.form))
	}
	r.score = s.share(r.drafts)
	return r
}

// inlineDraft makes a message of a head and the lines below it.
func (s *splitter) inlineDraft(h head, end int, names map[string]int, form string) draft {
	d := draft{when: h.when, mark: h.marked}
	d.First, d.Last = h.line+1, s.lastLine(h.line, end)
	d.Author, d.Text = h.name, h.text
	if h.named && names[h.name] == 1 && (s.sentence(h.name) || beginsWithName(h.name, names)) {
		h.named, d.Author, d.Text = false, "", h.name+": "+h.text
	}
	d.flow = !h.named || s.isFlow(h, form)
	if rest := s.text(h.line+1, end); rest != "" {
		if d.Text != "" {
			d.Text += strings.Repeat("\n", s.blankLines(h.line+1, end))
		}
		d.Text = strings.TrimPrefix(d.Text+"\n"+rest, "\n")
	}
	d.Text, d.Edited = s.unedited(withoutMarks(d.Text))
	return d
}

// isFlow reports whether a text under a name is the messenger's own.
func (s *splitter) isFlow(h head, form string) bool {
	if h.text == "" || form != "whatsapp" {
		return false
	}
	l := strings.ToLower(h.text)
	return has(l, s.w.system) && (h.marked || strings.Contains(l, "end-to-end") && strings.Contains(l, "encrypted")) && len(l) < 600
}

// sentence reports whether a name that comes once is the beginning of a line of
// the messenger: 'Pinebox changed the subject from "A'.
func (s *splitter) sentence(name string) bool {
	if s.known(name) {
		return false
	}
	l := strings.ToLower(name)
	return strings.ContainsAny(name, "\"“”«»„") || has(l, s.w.system) || has(l, s.w.acts) || strings.Count(name, " ") > 5
}

// beginsWithName reports whether a name that comes once goes on from one that
// comes more often: "Igor changed the number".
func beginsWithName(name string, names map[string]int) bool {
	for i, r := range name {
		if r == ' ' && names[name[:i]] > 1 {
			return true
		}
	}
	return false
}

// unedited takes off the remark that a text was changed.
func (s *splitter) unedited(text string) (string, bool) {
	t := trimMarks(text)
	if !strings.HasSuffix(t, ">") && !strings.HasSuffix(t, "＞") {
		return text, false
	}
	i := strings.LastIndexAny(t, "<＜")
	if i <= 0 || len(t)-i > 120 || !has(strings.ToLower(t[i:]), s.w.edited) {
		return text, false
	}
	return strings.TrimRightFunc(trimMarks(t[:i]), func(r rune) bool { return r == '\n' || r == ' ' }), true
}

// lastLine is the number of the last line with text between two heads.
func (s *splitter) lastLine(from, to int) int {
	for to > from+1 && s.lines[to-1].empty() {
		to--
	}
	return to
}

// share is how much of the text, in lines, stands in messages.
func (s *splitter) share(drafts []draft) float64 {
	all, in := 0, 0
	for i := range s.lines {
		if !s.lines[i].empty() {
			all++
		}
	}
	for i := range drafts {
		in += drafts[i].Last - drafts[i].First + 1
	}
	if all == 0 {
		return 0
	}
	return float64(in) / float64(all)
}
