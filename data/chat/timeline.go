package chat

import "strings"

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
		switch word {
		case "y": // il y a 5 heures
			said = true
			continue
		case "il", "a":
			continue
		}
		unit := strings.TrimLeft(word, "0123456789")
		digits = digits || len(unit) < len(word)
		ago, known := w.agoWord(unit)
		if !known {
			return false
		}
		said = said || ago
	}
	return digits && said
}

// agoWord knows a unit of time and the word that says it is past, also both in one:
// 小时前. Nothing, behind a number, is known too.
func (w *words) agoWord(word string) (ago, known bool) {
	if word == "" {
		return false, true
	}
	if w.ago[word] || w.units[word] {
		return w.ago[word], true
	}
	if len(word) <= 3 {
		return false, false
	}
	for cut := range word {
		if cut > 0 && w.units[word[:cut]] && w.ago[word[cut:]] {
			return true, true
		}
	}
	return false, false
}
