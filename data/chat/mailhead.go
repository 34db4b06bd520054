package chat

import "strings"

// A mailHead is the head of a mail, or the line that announces a quoted one.
type mailHead struct {
	line, body    int // its first line, and the first of the text
	author, addr  string
	when          when
	quote         bool // "On ... wrote:"
	depth         int
	fields, dated bool
}

func (s *splitter) mailHead(lines []mailLine, i int) (mailHead, bool) {
	p := lines[i].plain
	if p == "" || len(p) > 600 {
		return mailHead{}, false
	}
	if h, ok := s.fieldHead(lines, i); ok {
		return h, true
	}
	if h, ok := s.quoteHead(lines, i); ok {
		return h, true
	}
	return s.pageHead(lines, i)
}

// Fields of a head.
const (
	fieldNone = iota
	fieldFrom
	fieldDate
	fieldTo
	fieldSubject
)

// fieldName tells which field of a head a line is.
func (s *splitter) fieldName(p string) int {
	name, _, ok := strings.Cut(p, ":")
	if !ok || len(name) > 40 {
		return fieldNone
	}
	name = strings.ToLower(strings.Trim(name, "* "))
	switch {
	case s.w.from[name]:
		return fieldFrom
	case s.w.sentAt[name]:
		return fieldDate
	case s.w.subject[name]:
		return fieldSubject
	case s.w.to[name]:
		return fieldTo
	}
	return fieldNone
}

func fieldValue(p string) string {
	_, v, _ := strings.Cut(p, ":")
	return strings.TrimSpace(strings.Trim(strings.TrimSpace(v), "*"))
}

// maxFields is how many lines a head may have.
const maxFields = 12

// fieldHead reads From, Sent, To and Subject below each other, in any order.
func (s *splitter) fieldHead(lines []mailLine, i int) (mailHead, bool) {
	h := mailHead{line: i, depth: lines[i].depth, fields: true}
	end, from := i, false
	for ; end < len(lines) && end < i+maxFields; end++ {
		p := lines[end].plain
		kind := s.fieldName(p)
		if kind == fieldNone {
			break
		}
		switch {
		case kind == fieldFrom && !from:
			h.author, h.addr = nameAndAddress(fieldValue(plainKept(lines[end].text)))
			from = true
		case kind == fieldDate && !h.dated:
			h.when, h.dated = s.fieldDay(fieldValue(p))
		}
	}
	h.body = end
	return h, from && h.dated && end-i >= 2
}

// fieldDay reads the value of a field that is a date.
func (s *splitter) fieldDay(value string) (when, bool) {
	v, n := s.w.when(strings.TrimLeft(value, "( "))
	if n == 0 || !v.hasDate {
		return when{}, false
	}
	return v, true
}

// plainKept is a line with plain colons, otherwise as it was.
func plainKept(text string) string { return strings.Replace(text, "：", ":", 1) }

// nameAndAddress parts "Paul Ames <paul@mail.example>".
func nameAndAddress(v string) (name, addr string) {
	v = strings.TrimSpace(v)
	open, end := strings.LastIndexAny(v, "<["), strings.LastIndexAny(v, ">]")
	if open >= 0 && end > open && strings.Contains(v[open:end], "@") {
		addr = strings.TrimPrefix(strings.ToLower(strings.TrimSpace(v[open+1:end])), "mailto:")
		name = v[:open]
		if i := strings.IndexAny(name, "<"); i >= 0 {
			name = name[:i]
		}
	} else if strings.Contains(v, "@") && !strings.Contains(v, " ") {
		addr, name = strings.ToLower(v), v
	} else {
		name = v
	}
	name = strings.TrimSpace(strings.Trim(strings.TrimSpace(name), `"'`))
	if name == "" {
		name = addr
	}
	return name, addr
}

// pageHead reads the head of a mail on the page of a mail program: the sender with
// the address, the time in this or the next line, and "to me".
func (s *splitter) pageHead(lines []mailLine, i int) (mailHead, bool) {
	p := lines[i].plain
	shut := senderEnd(p)
	if shut < 0 {
		return mailHead{}, false
	}
	h := mailHead{line: i, depth: lines[i].depth, dated: true}
	h.author, h.addr = nameAndAddress(p[:shut+1])
	rest, body := strings.Trim(p[shut+1:], " ,·-"), i+1
	if rest == "" {
		body = s.pastButtons(lines, body, i+3)
		if body >= len(lines) {
			return h, false
		}
		rest = lines[body].plain
		body++
	}
	v, n := s.w.when(rest)
	if n == 0 || !v.hasDate && !v.hasTime || !s.onlyAgo(rest[n:]) {
		return h, false
	}
	h.when = v
	for body < len(lines) && s.toMe(lines[body].plain) {
		body++
	}
	h.body = body
	return h, true
}

// senderEnd is where the address of a sender ends with which a line begins; -1
// where there is none.
func senderEnd(p string) int {
	open, shut := strings.IndexByte(p, '<'), strings.IndexByte(p, '>')
	if len(p) > 200 || open < 0 || shut < open {
		return -1
	}
	if addr := p[open:shut]; !strings.Contains(addr, "@") || strings.Contains(addr, " ") {
		return -1
	}
	return shut
}

// pastButtons is the first line before an end that is neither blank nor a button.
func (s *splitter) pastButtons(lines []mailLine, at, end int) int {
	for at < len(lines) && at < end && (lines[at].plain == "" || s.w.isUI(lines[at].plain)) {
		at++
	}
	return at
}

// toMe reads "to me" and "To: Paul Ames".
func (s *splitter) toMe(p string) bool {
	first, _, _ := strings.Cut(strings.ToLower(p), " ")
	return len(p) <= 100 && s.w.to[strings.TrimSuffix(first, ":")]
}

// onlyAgo reports whether nothing stands behind a time but "(3 days ago)".
func (s *splitter) onlyAgo(rest string) bool {
	rest = strings.Trim(rest, " ()·,.")
	return rest == "" || s.w.isAgo(rest)
}
