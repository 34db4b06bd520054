package chat

import (
	"strings"
	"unicode/utf8"

	"casebinder/data"
)

// A line is one line of the text.
type line struct {
	raw   string // without marks at its ends
	plain string // for reading heads: blanks are plain, digits and forms of width too
	mark  bool   // it began with U+200E
	tab   bool
}

func (l *line) empty() bool { return l.plain == "" }

// isMark reports whether a rune only says in which direction text runs.
func isMark(r rune) bool {
	switch {
	case r == 0x200E, r == 0x200F, r == 0x061C, r == 0xFEFF, r == 0x200B:
		return true
	case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
		return true
	}
	return false
}

func trimMarks(s string) string {
	return strings.TrimFunc(s, func(r rune) bool {
		return isMark(r) || r == ' ' || r == '\t' || r == 0xA0 || r == 0x202F || r == 0x3000
	})
}

// readLines takes the text apart into lines.
func (s *splitter) readLines(text string) {
	if len(text) > MaxText {
		cut := MaxText
		for cut > 0 && !utf8.RuneStart(text[cut]) {
			cut--
		}
		text = text[:cut]
		s.findings = append(s.findings, foundCut.at(data.Serious, strings.Count(text, "\n")+1, "limit", "256 MiB"))
	}
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, "\uFFFD")
	}
	if n := strings.Count(text, "\uFFFD"); n > 0 {
		s.findings = append(s.findings, foundEncoding.finding(data.Warning, "n", n))
	}
	if strings.ContainsRune(text, '\r') {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	}
	text = strings.ReplaceAll(text, "\u2028", "\n")
	s.lines = make([]line, 0, strings.Count(text, "\n")+1)
	for raw := range strings.SplitSeq(text, "\n") {
		l := line{mark: strings.HasPrefix(raw, "\u200e"), tab: strings.IndexByte(raw, '\t') >= 0}
		l.raw = trimMarks(raw)
		if l.tab { // the first cell may be empty
			l.raw = strings.TrimRight(strings.TrimLeft(raw, "\u200e\ufeff "), " \r")
			if strings.TrimSpace(l.raw) == "" {
				l.raw, l.tab = "", false
			}
		}
		l.plain = plainOf(l.raw)
		s.lines = append(s.lines, l)
	}
}

// plainOf brings a line into the form in which heads are read.
func plainOf(s string) string {
	simple := true
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf || s[i] == '\t' {
			simple = false
			break
		}
	}
	if simple {
		return strings.TrimSpace(s)
	}
	return strings.TrimSpace(strings.Map(plainRune, s))
}

// plainRune is a rune as heads are read; -1 where it is left away.
func plainRune(r rune) rune {
	switch {
	case r < utf8.RuneSelf && r != '\t':
		return r
	case isMark(r):
		return -1
	case r == 0xA0, r == 0x202F, r == 0x2009, r == 0x3000, r == '\t', r == 0x2007:
		return ' '
	case r >= 0x0660 && r <= 0x0669:
		return r - 0x0660 + '0'
	case r >= 0x06F0 && r <= 0x06F9:
		return r - 0x06F0 + '0'
	case r >= 0x0966 && r <= 0x096F:
		return r - 0x0966 + '0'
	case r >= 0xFF01 && r <= 0xFF5E: // full width
		return r - 0xFF01 + '!'
	case r == '،':
		return ','
	}
	return r
}

// rawAt gives the place in a raw text at which a byte of its plain form stands.
func rawAt(raw string, plain int) int {
	out, begun := 0, false
	for i, r := range raw {
		p := plainRune(r)
		if !begun && (p == ' ' || p < 0) {
			continue
		}
		begun = true
		if out >= plain && p >= 0 {
			return i
		}
		if p >= 0 {
			out += utf8.RuneLen(p)
		}
	}
	return len(raw)
}

// printed is a part of a line's plain form as it was printed.
func (l *line) printed(from, to int) string {
	return trimMarks(l.raw[rawAt(l.raw, from):rawAt(l.raw, to)])
}

func joinLines(lines []line) string {
	all := make([]string, len(lines))
	for i := range lines {
		all[i] = lines[i].raw
	}
	return strings.Join(all, "\n")
}

// text is the text of lines from one to another, without blank ones at its ends.
func (s *splitter) text(from, to int) string {
	for from < to && s.lines[from].empty() {
		from++
	}
	for to > from && s.lines[to-1].empty() {
		to--
	}
	return joinLines(s.lines[from:to])
}

// lower is a line's text as words are compared: in small letters, without signs
// at its ends.
func lower(s string) string {
	return strings.ToLower(strings.TrimRight(strings.TrimSpace(s), ".…:!* "))
}
