package chat

import (
	"sort"
	"unicode"
	"unicode/utf8"
)

// names decides which of the lines that stand where an author should are authors:
// those that are known, and those that come again.
func (s *splitter) names(tokens []token, slots map[int]int) map[string]bool {
	steady := s.steady(tokens, slots)
	count := map[string]int{}
	for _, at := range slots {
		count[s.lines[tokens[at].line].plain]++
	}
	names := map[string]bool{}
	top := 0
	for name, n := range count {
		if !nameLike(name) && !s.known(name) {
			continue
		}
		if n >= 2 || s.known(name) || s.w.sent[lower(name)] != "" {
			names[name] = true
			top = max(top, n)
		}
	}
	// A page names its buyer above the conversation too.
	first := len(tokens)
	for t := range slots {
		first = min(first, t)
	}
	for i := range min(first, len(tokens)) {
		name := s.lines[tokens[i].line].plain
		if count[name] > 0 && tokens[i].kind == isText && nameLike(name) {
			names[name] = true
		}
	}
	s.addOnce(names, count, steady)
	return names
}

// steady are the lines in the place of an author whose times go on from those
// before and do not pass those behind: a line of a message that looks like a head
// mostly tells of a time before.
func (s *splitter) steady(tokens []token, slots map[int]int) map[string]bool {
	drafts := make([]draft, 0, len(slots))
	lines := make([]string, 0, len(slots))
	day := when{back: -1}
	for i, t := range tokens {
		if t.kind == isDay || t.kind == isMoment {
			day = t.when
		}
		if a, ok := slots[i]; ok {
			at := t.when
			if !at.hasDate && day.hasDate { // a clock goes on from the line of its day
				at = at.with(day)
			}
			drafts = append(drafts, draft{when: at})
			lines = append(lines, s.lines[tokens[a].line].plain)
		}
	}
	held := len(s.findings)
	order := s.order(drafts)
	s.findings = s.findings[:held]
	at := make([]int64, len(drafts))
	for i := range drafts {
		v := &drafts[i].when
		year, month, day := s.day(v, order)
		at[i] = int64(((year*12+int(month))*31+day)*1440 + v.hour*60 + v.min)
	}
	up := len(at) < 2 || at[0] <= at[len(at)-1]
	ok := map[string]bool{}
	for i, name := range lines {
		before, behind := i == 0 || at[i-1] <= at[i] == up || at[i-1] == at[i], i+1 == len(at) || at[i] <= at[i+1] == up || at[i] == at[i+1]
		ok[name] = before && behind
	}
	return ok
}

// addOnce adds those who wrote once: where at most one side is there, or where
// their times fit between the others'.
func (s *splitter) addOnce(names map[string]bool, count map[string]int, steady map[string]bool) {
	people := 0
	for name := range names {
		if !s.isPlatform(name) {
			people++
		}
	}
	var once []string
	for name, n := range count {
		if n == 1 && !names[name] && nameLike(name) && handle(name) && steady[name] {
			once = append(once, name)
		}
	}
	sort.Strings(once)
	if len(names) == 0 || len(once) > 3 || people >= 2 && len(once) > 1 {
		return
	}
	for _, name := range once {
		names[name] = true
	}
}

// handle reports whether a name looks like that of a person or an account rather
// than like a short sentence.
func handle(name string) bool {
	if utf8.RuneCountInString(name) > 30 {
		return false
	}
	words := 0
	small := 0
	for i, r := range name {
		if i == 0 || name[i-1] == ' ' {
			words++
			if unicode.IsLower(r) {
				small++
			}
		}
	}
	return words == 1 || words <= 4 && small == 0
}
