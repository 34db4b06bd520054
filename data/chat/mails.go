package chat

import "strings"

// A mailLine is a line without its marks of quotation.
type mailLine struct {
	depth int // how many of them
	text  string
	plain string
}

// mails reads mails one under the other, and those that mails quote.
func (s *splitter) mails() *reading {
	if !s.looksLikeMail() {
		return nil
	}
	lines := make([]mailLine, len(s.lines))
	for i := range s.lines {
		lines[i] = unquote(s.lines[i].raw)
	}
	heads := map[int]mailHead{}
	for i := 0; i < len(lines); i++ {
		h, ok := s.mailHead(lines, i)
		if ok {
			heads[i] = h
			i = h.body - 1
		}
	}
	if len(heads) == 0 {
		return nil
	}
	r := s.threaded(lines, heads)
	if r == nil || len(r.drafts) == 0 {
		return nil
	}
	r.score = s.share(r.drafts)
	return r
}

// looksLikeMail is the quick answer: no mail is without an address or a head.
func (s *splitter) looksLikeMail() bool {
	for i := range s.lines {
		p := s.lines[i].plain
		if len(p) < 400 && (strings.ContainsRune(p, '@') || strings.HasSuffix(p, ":") && len(p) > 12 || s.fieldName(p) == fieldFrom) {
			return true
		}
	}
	return false
}

// unquote takes the marks ">" off a line.
func unquote(raw string) mailLine {
	text, depth := raw, 0
	for {
		t := strings.TrimLeft(text, " \u00a0")
		if !strings.HasPrefix(t, ">") {
			break
		}
		text = strings.TrimPrefix(t[1:], " ")
		depth++
	}
	if depth == 0 {
		text = raw
	}
	text = trimMarks(text)
	return mailLine{depth: depth, text: text, plain: plainOf(text)}
}

// A letter is a mail that is being read.
type letter struct {
	head  mailHead
	depth int
	lines []int // of its text
	last  int
}

// threaded gives each line to the mail that it is of: by its marks of quotation
// where there are any.
func (s *splitter) threaded(lines []mailLine, heads map[int]mailHead) *reading {
	top := &letter{head: mailHead{line: -1}}
	t := thread{open: []*letter{top}}
	for i := 0; i < len(lines); i++ {
		if h, ok := heads[i]; ok {
			t.begin(h, s.depth(lines, h))
			i = h.body - 1
		} else if !s.parting(lines[i].plain) {
			t.line(i, &lines[i])
		}
	}
	r := &reading{form: "mail", rank: 2}
	if len(t.letters) > 0 && t.letters[0].head.quote { // an answer above what it quotes
		if d := s.letterDraft(lines, top); d.Text != "" && !s.w.isUI(plainOf(d.Text)) {
			d.First, d.when = 1, when{back: -1}
			d.Last = max(d.Last, 1)
			r.drafts = append(r.drafts, d)
		}
	}
	for _, l := range t.letters {
		if d := s.letterDraft(lines, l); d.Text != "" {
			r.drafts = append(r.drafts, d)
		}
	}
	return r
}

// depth is how many marks of quotation the text below a head carries.
func (s *splitter) depth(lines []mailLine, h mailHead) int {
	if h.quote && s.marked(lines, h) {
		return h.depth + 1
	}
	return h.depth
}

// A thread is the mails that were read so far, and those of them that may go on,
// each quoted by the one before it.
type thread struct {
	letters, open []*letter
}

// begin opens the mail of a head.
func (t *thread) begin(h mailHead, depth int) {
	t.back(depth - 1)
	if depth == 0 { // without marks the next follows it
		t.open = t.open[:0]
	}
	l := &letter{head: h, depth: depth, last: h.line}
	t.open = append(t.open, l)
	t.letters = append(t.letters, l)
}

// line gives a line to the mail that it is of.
func (t *thread) line(i int, m *mailLine) {
	if m.plain != "" {
		t.back(m.depth)
	}
	l := t.open[len(t.open)-1]
	l.lines = append(l.lines, i)
	if m.plain != "" {
		l.last = i
	}
}

// back closes the mails that are quoted deeper than a depth; the first stays.
func (t *thread) back(depth int) {
	for len(t.open) > 1 && t.open[len(t.open)-1].depth > depth {
		t.open = t.open[:len(t.open)-1]
	}
}

// marked reports whether the text below a line of quotation carries marks.
func (s *splitter) marked(lines []mailLine, h mailHead) bool {
	for i := h.body; i < len(lines) && i < h.body+5; i++ {
		if lines[i].plain != "" {
			return lines[i].depth > h.depth
		}
	}
	return false
}

// parting reads "-----Original Message-----" and lines of signs alone.
func (s *splitter) parting(p string) bool {
	if len(p) < 5 || len(p) > 120 {
		return false
	}
	inner := strings.Trim(p, "-_=* ")
	return len(inner) <= len(p)-4 && (inner == "" && strings.Trim(p, "_") == "" || inner != "" && has(strings.ToLower(inner), s.w.original))
}
