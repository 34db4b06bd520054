package ratedpage

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// account reads the account of a buyer: a***b, or name (123).
func (p *reader) account(t *token, low string) bool {
	text := t.text
	for _, end := range p.w.LeftBy {
		if strings.Contains(low, end) {
			text, _, _ = strings.Cut(text, "- ")
		}
	}
	return p.accountOf(t, plain(text))
}

func (p *reader) accountOf(t *token, text string) bool {
	for _, form := range []*regexp.Regexp{masked, scored} {
		if m := form.FindStringSubmatch(text); m != nil && !p.w.ui[strings.ToLower(m[1])] {
			t.kind, t.value = isBuyer, m[1]
			return true
		}
	}
	return false
}

// titled reads the title of an article with its number, as eBay prints it.
func titled(t *token) bool {
	m := numbered.FindStringSubmatch(t.text)
	if m == nil {
		return false
	}
	t.kind, t.value = isProduct, m[1]
	return true
}

// titledStars reads “5.0 out of 5 stars A good lamp”: stars with the heading that the
// buyer gave.
func (p *reader) titledStars(n int, text string) bool {
	m := p.w.starsTitled.FindStringSubmatch(text)
	if m == nil {
		return false
	}
	t := token{line: n, text: m[1]}
	if !p.stars(&t, strings.ToLower(m[1])) {
		return false
	}
	p.add(t)
	p.add(token{line: n, text: m[2], value: m[2]})
	return true
}

// nameAndDay reads a line such as “Anna on Nov 20, 2024” or “By Tom on May 2, 2024”.
func (p *reader) nameAndDay(n int, text string) bool {
	if len(text) > maxDay {
		return false
	}
	bare := strings.TrimRight(text, " .,")
	var day token
	first := p.dayBehind(&day, bare, 1)
	if first == 0 { // no tail of it is a day, so that none with words before it is
		return false
	}
	for at := 1; at <= first; at++ {
		if text[at-1] != ' ' || !p.day(&day, text[at:]) {
			continue
		}
		name := p.named(text[:at])
		if !nameLike(name) {
			return false
		}
		p.add(token{line: n, kind: isBuyer, text: text, value: name})
		p.add(token{line: n, kind: isWhen, text: text, when: day.when})
		return true
	}
	return false
}

// named takes what stands around a name off: “By”, “on”.
func (p *reader) named(text string) string {
	fields := strings.Fields(text)
	for len(fields) > 0 && p.w.on[strings.ToLower(fields[len(fields)-1])] {
		fields = fields[:len(fields)-1]
	}
	for n := min(2, len(fields)-1); n > 0; n-- {
		if p.w.by[strings.ToLower(strings.Join(fields[:n], " "))] {
			fields = fields[n:]
			break
		}
	}
	return strings.TrimRight(strings.Join(fields, " "), " ,")
}

// nameLike reports whether a text may be somebody's name or account.
func nameLike(name string) bool {
	n := utf8.RuneCountInString(name)
	if n == 0 || n > 32 || strings.Count(name, " ") > 3 || !strings.ContainsFunc(name, unicode.IsLetter) {
		return false
	}
	if r, _ := utf8.DecodeLastRuneInString(name); strings.ContainsRune("!?。！？,，;；：:…", r) {
		return false
	}
	small := 0
	words := strings.Fields(name)
	for _, word := range words {
		if r, _ := utf8.DecodeRuneInString(word); unicode.IsLower(r) {
			small++
		}
	}
	return len(words) == 1 || small == 0
}
