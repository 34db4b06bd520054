package chat

import (
	"strings"
	"unicode/utf8"
)

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
