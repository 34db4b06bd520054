package chat

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kinds of heads that have a line of their own.
const (
	inSquare = "," // Name, [12.11.2026 18:03]
	inRound  = "(" // Name (2026-11-03 14:05:12):
	behind   = ">" // Name 2026-11-05 10:12:33, Name · 4:03 PM
	before   = "<" // 2026-11-05 10:12 Name
)

// maxHead is the longest line that is read as a head, in bytes.
const maxHead = 200

// headed reads conversations in which name and time stand in a line of their own,
// with the text below.
func (s *splitter) headed() *reading {
	all, count := []head{}, map[string]int{}
	for i := range s.lines {
		if h, ok := s.ownHead(i); ok {
			all = append(all, h)
			weight := 2
			if s.known(h.name) {
				weight = 3
			}
			count[h.shape] += weight
		}
	}
	shape := mostFrequent(count)
	if shape == "" {
		return nil
	}
	heads := ofShape(all, shape)
	strong := shape[:1] == inSquare || shape[:1] == inRound && heads[0].when.hasDate
	heads = s.forward(s.dated(heads))
	if !strong && !s.talk(heads) && !s.certain(heads) {
		return nil
	}
	return s.headedReading(heads, shape, strong)
}

// mostFrequent is the shape that most heads have, of equals the first by its
// letters; "" where there are no heads.
func mostFrequent(count map[string]int) string {
	shape, most := "", 0
	for sh, n := range count {
		if n > most || n == most && sh < shape {
			shape, most = sh, n
		}
	}
	return shape
}

// ofShape keeps the heads of one shape; with dates, those of a clock alone too where
// one of the others has the same name: messengers print today's so.
func ofShape(all []head, shape string) []head {
	names := map[string]bool{}
	for i := range all {
		if all[i].shape == shape {
			names[all[i].name] = true
		}
	}
	heads := make([]head, 0, len(all))
	for _, h := range all {
		if h.shape == shape || names[h.name] && !h.when.hasDate && dateless(h.shape) == dateless(shape) {
			heads = append(heads, h)
		}
	}
	return heads
}

// dateless is a shape without its date and seconds.
func dateless(shape string) string {
	return strings.NewReplacer("d", ".", "/", ".", "-", ".", "s", ".").Replace(shape)
}

// certain reports whether one head alone is enough: the name is known.
func (s *splitter) certain(heads []head) bool {
	for _, h := range heads {
		if s.known(h.name) && h.when.hasDate {
			return true
		}
	}
	return false
}

// ownHead reads a line as a head with nothing behind it.
func (s *splitter) ownHead(i int) (head, bool) {
	l := &s.lines[i]
	p := l.plain
	if len(p) < 5 || len(p) > maxHead || !strings.ContainsFunc(p, unicode.IsDigit) {
		return head{}, false
	}
	h := head{line: i, named: true}
	if _, whole := s.wholeTime(i); whole {
		return h, false
	}
	from, to, kind := s.timeBehind(p, &h.when)
	if kind == "" {
		if from, to, kind = s.timeBefore(p, &h.when); kind == "" {
			return h, false
		}
	}
	if from >= to {
		return h, false
	}
	h.name = strings.TrimSpace(strings.TrimPrefix(l.printed(from, to), "~"))
	if !nameLike(h.name) && !s.known(h.name) {
		return h, false
	}
	h.shape = kind + h.when.shape()
	return h, true
}

// betweenNameAndTime is what may stand between a name and its time.
const betweenNameAndTime = " ,:·•|-–—"

// timeBehind reads "Name, [time]", "Name (time):", "Name · time", "Name time". It
// gives the place of the name.
func (s *splitter) timeBehind(p string, v *when) (from, to int, kind string) {
	body := strings.TrimRight(p, ": ")
	if body == "" {
		return 0, 0, ""
	}
	if to, kind = s.timeInBrackets(body, v); kind == "" {
		to, kind = s.timeAtEnd(body, v)
	}
	return 0, to, kind
}

// timeInBrackets reads a name with a time in brackets behind it, and gives the end
// of the name.
func (s *splitter) timeInBrackets(body string, v *when) (to int, kind string) {
	open := "["
	switch body[len(body)-1] {
	case ']':
		kind = inSquare
	case ')':
		open, kind = "(", inRound
	default:
		return 0, ""
	}
	at := strings.LastIndex(body, open)
	if at <= 0 {
		return 0, ""
	}
	w, n := s.w.when(body[at+1:])
	if n == 0 || at+1+n != len(body)-1 || !w.hasTime {
		return 0, ""
	}
	*v = w
	return len(strings.TrimRight(body[:at], betweenNameAndTime)), kind
}

// maxTries is in how many places of a line its time is looked for.
const maxTries = 14

// timeAtEnd reads a name with a time behind it: from the first place from which the
// rest is a time. It gives the end of the name.
func (s *splitter) timeAtEnd(body string, v *when) (to int, kind string) {
	tries := 0
	for at := max(1, len(body)-maxWhen); at < len(body); at++ {
		if body[at-1] != ' ' && body[at-1] != '(' || body[at] == ' ' {
			continue
		}
		if tries++; tries > maxTries {
			return 0, ""
		}
		w, n := s.w.when(body[at:])
		if n == 0 || at+n != len(body) || !w.hasTime {
			continue
		}
		*v = w
		name := s.withoutJoiner(strings.TrimRight(body[:at], betweenNameAndTime))
		return len(name), behind + signOf(body[len(name):at])
	}
	return 0, ""
}

// withoutJoiner takes a last word such as "at" off a name.
func (s *splitter) withoutJoiner(name string) string {
	if cut := strings.LastIndexByte(name, ' '); cut > 0 && s.w.joiners[strings.ToLower(name[cut+1:])] {
		return strings.TrimRight(name[:cut], " ,")
	}
	return name
}

// signOf is what parts name and time, of which all heads have the same.
func signOf(sep string) string {
	for _, r := range sep {
		if r != ' ' {
			return string(r)
		}
	}
	return " "
}

// timeBefore reads "time Name", "[time] Name:".
func (s *splitter) timeBefore(p string, v *when) (from, to int, kind string) {
	at, kind := 0, before
	if p[0] == '[' || p[0] == '(' {
		at, kind = 1, before+p[:1]
	}
	w, n := s.w.when(p[at:])
	if n == 0 || !w.hasTime {
		return 0, 0, ""
	}
	at += n
	if kind != before {
		if at >= len(p) || p[at] != ']' && p[at] != ')' {
			return 0, 0, ""
		}
		at++
	}
	rest := p[at:]
	from = at + len(rest) - len(strings.TrimLeft(rest, betweenNameAndTime))
	if from == at {
		return 0, 0, ""
	}
	to = len(strings.TrimRight(p, " :"))
	*v = w
	return from, to, kind + signOf(rest[:from-at])
}

// nameLike reports whether a text may be somebody's name or handle.
func nameLike(name string) bool {
	n := utf8.RuneCountInString(name)
	if n == 0 || n > 60 || strings.Count(name, " ") > 5 || strings.Contains(name, "://") {
		return false
	}
	if !strings.ContainsFunc(name, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '*' }) {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(name)
	if strings.ContainsRune("!?。！？,，;；：:…", r) {
		return false
	}
	return r != '.' || n <= 30 && strings.Count(name, " ") <= 3
}

// headedReading makes messages of heads.
func (s *splitter) headedReading(heads []head, shape string, strong bool) *reading {
	r := &reading{form: "chat", rank: 1}
	if strong {
		r.rank = 2
	}
	switch shape[:1] {
	case inSquare:
		r.form = "telegram"
	case inRound:
		r.form = "wangwang"
	}
	days := !heads[0].hasOwnDay(shape)
	full := 0
	for k, h := range heads {
		end := len(s.lines)
		if k+1 < len(heads) {
			end = heads[k+1].line
		}
		d := draft{when: h.when}
		d.Author = h.name
		first := h.line + 1
		if days {
			end = s.beforeDay(first, end)
		}
		d.First, d.Last = h.line+1, s.lastLine(h.line, end)
		if r.form == "telegram" {
			first = s.afterQuoting(first, end)
		}
		s.fill(&d, first, end, r.form != "telegram", k == len(heads)-1)
		s.labeled(&d)
		if d.Text != "" {
			full++
		}
		r.drafts = append(r.drafts, d)
	}
	if full*10 < len(heads)*6 { // a list of times and names
		return nil
	}
	r.score = s.share(r.drafts)
	return r
}

func (h *head) hasOwnDay(shape string) bool { return strings.Contains(shape, "d") }

// afterQuoting skips what Telegram prints in brackets before a text.
func (s *splitter) afterQuoting(from, to int) int {
	for i := from; i < to; i++ {
		p := s.lines[i].plain
		if p == "" {
			continue
		}
		if len(p) < 3 || p[0] != '[' || p[len(p)-1] != ']' {
			return i
		}
		inner := strings.ToLower(strings.TrimSpace(p[1 : len(p)-1]))
		padded := p[1] == ' ' && p[len(p)-2] == ' '
		quoting := false
		for _, q := range s.w.quoting {
			quoting = quoting || strings.HasPrefix(inner, q)
		}
		if !quoting && !padded || s.text(i+1, to) == "" {
			return i
		}
	}
	return from
}

// labeled turns "You sent" into "You".
func (s *splitter) labeled(d *draft) {
	if who, ok := s.w.sent[lower(d.Author)]; ok {
		d.Author, d.label = who, true
	}
}
