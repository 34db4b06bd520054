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
	shape, most := "", 0
	for sh, n := range count {
		if n > most || n == most && sh < shape {
			shape, most = sh, n
		}
	}
	if most == 0 {
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

// timeBehind reads "Name, [time]", "Name (time):", "Name · time", "Name time". It
// gives the place of the name.
func (s *splitter) timeBehind(p string, v *when) (from, to int, kind string) {
	end := len(strings.TrimRight(p, ": "))
	body := p[:end]
	if body == "" {
		return 0, 0, ""
	}
	last := body[len(body)-1]
	for _, pair := range []struct{ open, close, kind string }{{"[", "]", inSquare}, {"(", ")", inRound}} {
		if last != pair.close[0] {
			continue
		}
		if at := strings.LastIndex(body, pair.open); at > 0 {
			if w, n := s.w.when(body[at+1:]); n > 0 && at+1+n == len(body)-1 && w.hasTime {
				*v = w
				return 0, len(strings.TrimRight(body[:at], " ,:·•|-–—")), pair.kind
			}
		}
	}
	tries := 0
	for at := 1; at < len(body); at++ { // the first place from which the rest is a time
		if body[at-1] != ' ' && body[at-1] != '(' || body[at] == ' ' {
			continue
		}
		if len(body)-at > maxWhen {
			continue
		}
		if tries++; tries > 14 {
			return 0, 0, ""
		}
		w, n := s.w.when(body[at:])
		if n == 0 || at+n != len(body) || !w.hasTime {
			continue
		}
		name := strings.TrimRight(body[:at], " ,:·•|-–—")
		if cut := strings.LastIndexByte(name, ' '); cut > 0 && s.w.joiners[strings.ToLower(name[cut+1:])] {
			name = strings.TrimRight(name[:cut], " ,")
		}
		sep := body[len(name):at]
		*v = w
		return 0, len(name), behind + signOf(sep)
	}
	return 0, 0, ""
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
	from = at + len(rest) - len(strings.TrimLeft(rest, " ,:·•|-–—"))
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

// dated gives heads of a time alone the day of the line above that is a day.
func (s *splitter) dated(heads []head) []head {
	if len(heads) == 0 || heads[0].when.hasDate {
		return heads
	}
	next := 0
	var day when
	for i := 0; i < len(s.lines) && next < len(heads); i++ {
		if i == heads[next].line {
			heads[next].when = heads[next].when.with(day)
			if !heads[next].when.hasDate {
				heads[next].when.back = -1
			}
			next++
			continue
		}
		if v, ok := s.dayLine(i); ok {
			day = v
		}
	}
	return heads
}

// dayLine reads a line that is a day alone: "November 20", "—— 2026-11-05 ——".
func (s *splitter) dayLine(i int) (when, bool) {
	v, ok := s.wholeTime(i)
	return v, ok && v.hasDate && !v.hasTime && !v.ago
}

// wholeTime reads a line that is a time and nothing else.
func (s *splitter) wholeTime(i int) (when, bool) {
	p := s.lines[i].plain
	if p == "" || len(p) > 100 {
		return when{back: -1}, false
	}
	p = strings.Trim(p, "—–-=·•|* ,")
	if n := len(p); n > 2 && strings.Contains("() [] <>", p[:1]+p[n-1:]) {
		p = strings.TrimSpace(p[1 : n-1])
	}
	if v, n := s.w.when(p); n > 0 && strings.Trim(p[n:], " ,.:") == "" {
		return v, true
	}
	if s.w.isAgo(p) {
		return when{back: -1, ago: true, text: p}, true
	}
	return when{back: -1}, false
}

// isAgo reads "5 hours ago".
func (w *words) isAgo(p string) bool {
	if len(p) > 60 {
		return false
	}
	l := lower(p)
	if w.now[l] {
		return true
	}
	digits, said := false, false
	for word := range strings.FieldsSeq(l) {
		word = strings.TrimRight(word, ".")
		if word == "il" || word == "y" || word == "a" {
			said = said || word == "y"
			continue
		}
		number := strings.TrimLeft(word, "0123456789")
		if len(number) < len(word) {
			digits = true
		}
		for more := true; more && number != ""; {
			more = false
			if n := len(number); w.ago[number] || w.units[number] {
				said = said || w.ago[number]
				number = ""
			} else if n > 3 {
				for cut := range number { // 5小时前
					if cut > 0 && w.units[number[:cut]] && w.ago[number[cut:]] {
						said, number = true, ""
						break
					}
				}
			}
		}
		if number != "" {
			return false
		}
	}
	return digits && said
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

// beforeDay ends a message above the line of a day that stands before the next.
func (s *splitter) beforeDay(from, to int) int {
	end := to
	for i := to - 1; i >= from; i-- {
		if s.lines[i].empty() || s.w.isUI(s.lines[i].plain) {
			continue
		}
		if _, ok := s.dayLine(i); ok {
			return i
		}
		break
	}
	return end
}

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
