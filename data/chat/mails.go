package chat

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A mailLine is a line without its marks of quotation.
type mailLine struct {
	depth int // how many of them
	text  string
	plain string
}

// A mailHead is the head of a mail, or the line that announces a quoted one.
type mailHead struct {
	line, body    int // its first line, and the first of the text
	author, addr  string
	when          when
	quote         bool // "On ... wrote:"
	depth         int
	fields, dated bool
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

// maxFields is how many lines a head may have.
const maxFields = 12

// fieldHead reads From, Sent, To and Subject below each other, in any order.
func (s *splitter) fieldHead(lines []mailLine, i int) (mailHead, bool) {
	first := s.fieldName(lines[i].plain)
	if first != fieldFrom && first != fieldDate && first != fieldSubject && first != fieldTo {
		return mailHead{}, false
	}
	h := mailHead{line: i, depth: lines[i].depth, fields: true}
	end := i
	from := false
	for ; end < len(lines) && end < i+maxFields; end++ {
		p := lines[end].plain
		kind := s.fieldName(p)
		if kind == fieldNone {
			break
		}
		switch value := fieldValue(p); {
		case kind == fieldFrom && !from:
			h.author, h.addr = nameAndAddress(fieldValue(plainKept(lines[end].text)))
			from = true
		case kind == fieldDate && !h.dated:
			if v, n := s.w.when(strings.TrimLeft(value, "( ")); n > 0 && v.hasDate {
				h.when, h.dated = v, true
			}
		}
	}
	if !from || !h.dated || end-i < 2 {
		return mailHead{}, false
	}
	h.body = end
	return h, true
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

// quoteHead reads "On Tue, Nov 3, 2026 at 2:05 PM Paul <paul@mail.example> wrote:",
// also where a mail program broke the line.
func (s *splitter) quoteHead(lines []mailLine, i int) (mailHead, bool) {
	joined, end := "", i
	for ; end < len(lines) && end < i+3; end++ {
		if lines[end].depth != lines[i].depth || lines[end].plain == "" {
			break
		}
		joined = strings.TrimSpace(joined + " " + lines[end].plain)
		if strings.HasSuffix(joined, ":") {
			break
		}
	}
	if !strings.HasSuffix(joined, ":") || len(joined) < 12 || len(joined) > 400 {
		return mailHead{}, false
	}
	h := mailHead{line: i, body: end + 1, depth: lines[i].depth, quote: true, dated: true}
	v, at, n := s.findWhen(joined)
	if n == 0 {
		return h, false
	}
	h.when = v
	low := strings.ToLower(joined)
	wrote := has(low, s.w.wrote)
	rest := joined[:at] + "\x00" + joined[at+n:]
	if open, shut := strings.LastIndexByte(rest, '<'), strings.LastIndexByte(rest, '>'); open >= 0 && shut > open && strings.Contains(rest[open:shut], "@") {
		h.addr = strings.TrimPrefix(strings.ToLower(rest[open+1:shut]), "mailto:")
		rest = strings.TrimSuffix(rest[:open], "(") + "\x00" + strings.TrimPrefix(rest[shut+1:], ")") // Spanish: (<...>)
	} else if !wrote {
		return h, false
	}
	if end > i && !wrote && h.addr == "" {
		return h, false
	}
	h.author = s.quoteName(rest)
	if h.author == "" {
		h.author = h.addr
	}
	return h, h.author != ""
}

// findWhen finds a date in a line.
func (s *splitter) findWhen(p string) (when, int, int) {
	previous := ' '
	for at, r := range p {
		begins := !unicode.IsDigit(previous) && (unicode.IsDigit(r) || !unicode.IsLetter(previous) || previous > 0x2E80)
		previous = r
		if !begins || r == ' ' {
			continue
		}
		if v, n := s.w.when(p[at:]); n > 0 && v.hasDate && v.weekday == 0 && v.back < 0 {
			return v, at, n
		}
	}
	return when{}, 0, 0
}

// quoteName is what stays of a line of quotation without its time and words.
func (s *splitter) quoteName(rest string) string {
	best := ""
	for piece := range strings.SplitSeq(strings.TrimSuffix(rest, ":"), "\x00") {
		piece = s.withoutWrote(piece)
		for {
			piece = strings.Trim(piece, " ,;:·-–—|\"'")
			first, others, more := strings.Cut(piece, " ")
			if !more || !s.w.joiners[strings.ToLower(first)] {
				break
			}
			piece = others
		}
		if s.w.joiners[strings.ToLower(piece)] || piece == "于" || piece == "於" || strings.EqualFold(piece, "님이") {
			continue
		}
		piece = strings.TrimSuffix(strings.TrimSuffix(piece, "于"), "於")
		if utf8.RuneCountInString(piece) > utf8.RuneCountInString(best) {
			best = piece
		}
	}
	if utf8.RuneCountInString(best) > 80 {
		return ""
	}
	return strings.TrimSpace(best)
}

// withoutWrote takes the longest word for writing out of a piece.
func (s *splitter) withoutWrote(piece string) string {
	low := strings.ToLower(piece)
	if len(low) != len(piece) {
		low = piece
	}
	at, n := -1, 0
	for _, w := range s.w.wrote {
		if i := strings.Index(low, w); i >= 0 && len(w) > n {
			at, n = i, len(w)
		}
	}
	if at < 0 {
		return piece
	}
	return piece[:at] + " " + piece[at+n:]
}

// pageHead reads the head of a mail on the page of a mail program: the sender with
// the address, the time in this or the next line, and "to me".
func (s *splitter) pageHead(lines []mailLine, i int) (mailHead, bool) {
	p := lines[i].plain
	open, shut := strings.IndexByte(p, '<'), strings.IndexByte(p, '>')
	if len(p) > 200 || open < 0 || shut < open || !strings.Contains(p[open:shut], "@") || strings.Contains(p[open:shut], " ") {
		return mailHead{}, false
	}
	h := mailHead{line: i, depth: lines[i].depth, dated: true}
	h.author, h.addr = nameAndAddress(p[:shut+1])
	body := i + 1
	rest := strings.Trim(p[shut+1:], " ,·-")
	if rest == "" {
		for body < len(lines) && body < i+3 && (lines[body].plain == "" || s.w.isUI(lines[body].plain)) {
			body++
		}
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
	for body < len(lines) {
		name, _, _ := strings.Cut(strings.ToLower(lines[body].plain), " ")
		if !s.w.to[strings.TrimSuffix(name, ":")] || len(lines[body].plain) > 100 {
			break
		}
		body++
	}
	h.body = body
	return h, true
}

// onlyAgo reports whether nothing stands behind a time but "(3 days ago)".
func (s *splitter) onlyAgo(rest string) bool {
	rest = strings.Trim(rest, " ()·,.")
	return rest == "" || s.w.isAgo(rest)
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
	var all []*letter
	var stack []*letter
	top := &letter{head: mailHead{line: -1}}
	stack = append(stack, top)
	for i := 0; i < len(lines); i++ {
		if h, ok := heads[i]; ok {
			depth := h.depth
			if h.quote && s.marked(lines, h) {
				depth++
			}
			for len(stack) > 1 && stack[len(stack)-1].depth >= depth {
				stack = stack[:len(stack)-1]
			}
			l := &letter{head: h, depth: depth, last: h.line}
			if depth == 0 { // without marks the next follows it
				stack = stack[:0]
			}
			stack = append(stack, l)
			all = append(all, l)
			i = h.body - 1
			continue
		}
		if s.parting(lines[i].plain) {
			continue
		}
		if lines[i].plain != "" {
			for len(stack) > 1 && stack[len(stack)-1].depth > lines[i].depth {
				stack = stack[:len(stack)-1]
			}
		}
		l := stack[len(stack)-1]
		l.lines = append(l.lines, i)
		if lines[i].plain != "" {
			l.last = i
		}
	}
	r := &reading{form: "mail", rank: 2}
	if len(all) > 0 && all[0].head.quote { // an answer above what it quotes
		if d := s.letterDraft(lines, top); d.Text != "" && !s.w.isUI(plainOf(d.Text)) {
			d.First, d.when = 1, when{back: -1}
			d.Last = max(d.Last, 1)
			r.drafts = append(r.drafts, d)
		}
	}
	for _, l := range all {
		if d := s.letterDraft(lines, l); d.Text != "" {
			r.drafts = append(r.drafts, d)
		}
	}
	return r
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

func (s *splitter) letterDraft(lines []mailLine, l *letter) draft {
	d := draft{when: l.head.when}
	d.Author, d.Address = l.head.author, l.head.addr
	d.First, d.Last = l.head.line+1, l.last+1
	texts := make([]string, 0, len(l.lines))
	plain := make([]string, 0, len(l.lines))
	for _, i := range l.lines {
		texts, plain = append(texts, lines[i].text), append(plain, lines[i].plain)
	}
	from, to := s.framed(plain)
	from, to = s.ebayPart(plain, from, to)
	for to > from && (plain[to-1] == "" || s.w.isUI(plain[to-1]) && to-1 > from) {
		to--
	}
	for from < to && plain[from] == "" {
		from++
	}
	d.Text = strings.Join(texts[from:to], "\n")
	return d
}

// framed finds the part between two lines of the form "---- Begin message ----".
func (s *splitter) framed(plain []string) (from, to int) {
	first := -1
	for i, p := range plain {
		if !frame(p) {
			continue
		}
		if first < 0 {
			first = i
			continue
		}
		return first + 1, i
	}
	return 0, len(plain)
}

// frame reports whether a line is words between rows of dashes.
func frame(p string) bool {
	inner := strings.Trim(p, "-")
	left := len(p) - len(strings.TrimLeft(p, "-"))
	right := len(p) - len(strings.TrimRight(p, "-"))
	words := strings.TrimSpace(inner)
	return left >= 5 && right >= 5 && words != "" && utf8.RuneCountInString(words) <= 50
}

// ebayPart finds the text in a notice "New message from: name (179)": it stands
// between that line and the first button, and once more below.
func (s *splitter) ebayPart(plain []string, from, to int) (int, int) {
	for i := from; i < to; i++ {
		if !s.isNewMessage(plain[i]) {
			continue
		}
		to := min(to, i+1000)
		for j := i + 1; j < to; j++ {
			if j > i+1 && s.w.isUI(plain[j]) && s.again(plain, i+1, j, to) {
				return i + 1, j
			}
		}
		for j := i + 2; j < to; j++ {
			if s.w.isUI(plain[j]) {
				return i + 1, j
			}
		}
		break
	}
	return from, to
}

func (s *splitter) isNewMessage(p string) bool {
	low := strings.ToLower(p)
	for _, n := range s.w.newMessage {
		if strings.HasPrefix(low, n) && strings.Contains(low[len(n):], ":") {
			return true
		}
		if strings.HasPrefix(low, n+":") {
			return true
		}
	}
	return false
}

// again reports whether the first line of a text stands below once more.
func (s *splitter) again(plain []string, from, to, end int) bool {
	for from < to && plain[from] == "" {
		from++
	}
	for i := to; i < end && from < to; i++ {
		if plain[i] == plain[from] {
			return true
		}
	}
	return false
}
