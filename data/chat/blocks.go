package chat

import (
	"sort"
	"unicode"
	"unicode/utf8"
)

// Kinds of lines on a page.
const (
	isText = iota
	isButton
	isMoment // a day with a time
	isDay
	isClock // a time of day alone, or "5 hours ago"
)

// A token is a line of a page that is not blank.
type token struct {
	line int
	kind int
	when when
	who  string // who writes below, where the line says to whom it answers
	mine bool   // that is the reader of the page
}

// A post is the head of a message on a page: the token of its time and that of its
// author. begin is the first that belongs to it, text the first of its text.
type post struct {
	time, author int // places among the tokens
	begin, text  int
	end          int    // behind the last token of its text
	role         string // "Seller", where the page prints it below the name
}

// blocks reads pages on which times and names have lines of their own, in one of
// three arrangements; the one that explains most times is taken.
func (s *splitter) blocks() *reading {
	tokens := s.tokens()
	if r := s.held(tokens); r != nil {
		return r
	}
	s.daysAlone(tokens)
	var best *reading
	for _, arrange := range []func([]token) []post{s.timeFirst, s.nameFirst, s.timeLast} {
		posts := arrange(tokens)
		if r := s.pageReading(tokens, posts); r != nil && (best == nil || r.score > best.score+1e-9) {
			best = r
		}
	}
	return best
}

func (s *splitter) tokens() []token {
	tokens := make([]token, 0, len(s.lines))
	for i := range s.lines {
		l := &s.lines[i]
		if l.empty() {
			continue
		}
		t := token{line: i}
		if v, ok := s.wholeTime(i); ok {
			t.when = v
			switch {
			case v.hasDate && v.hasTime:
				t.kind = isMoment
			case v.hasDate:
				t.kind = isDay
			default:
				t.kind = isClock
			}
		} else if s.w.isUI(l.plain) && !s.w.you[lower(l.plain)] && !s.w.buyer[lower(l.plain)] {
			t.kind = isButton
		}
		tokens = append(tokens, t)
	}
	return tokens
}

// daysAlone takes days for the times of messages on a page that prints no hours,
// where each stands beside somebody who is known: nothing else tells such a page
// from a list.
func (s *splitter) daysAlone(tokens []token) {
	days, beside := 0, 0
	for i, t := range tokens {
		if isTime(t) {
			return
		}
		if t.kind != isDay {
			continue
		}
		days++
		if a := next(tokens, i+1); a >= 0 && s.known(s.lines[tokens[a].line].plain) {
			beside++
		} else if a := previous(tokens, i-1); a >= 0 && s.known(s.lines[tokens[a].line].plain) {
			beside++
		}
	}
	if days < 2 || beside*2 < days {
		return
	}
	for i := range tokens {
		if tokens[i].kind == isDay {
			tokens[i].kind = isMoment
		}
	}
}

func isTime(t token) bool { return t.kind == isMoment || t.kind == isClock }

// next gives the first token from at on that is no button; -1 where none is.
func next(tokens []token, at int) int {
	for ; at < len(tokens); at++ {
		if tokens[at].kind != isButton {
			return at
		}
	}
	return -1
}

func previous(tokens []token, at int) int {
	for ; at >= 0; at-- {
		if tokens[at].kind != isButton {
			return at
		}
	}
	return -1
}

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

// timeFirst: time, author, text.
func (s *splitter) timeFirst(tokens []token) []post {
	slots := map[int]int{}
	for i, t := range tokens {
		if isTime(t) {
			if a := next(tokens, i+1); a >= 0 && tokens[a].kind == isText {
				slots[i] = a
			}
		}
	}
	names := s.names(tokens, slots)
	var posts []post
	for i := range tokens {
		a, ok := slots[i]
		if !ok || !names[s.lines[tokens[a].line].plain] || len(posts) > 0 && a <= posts[len(posts)-1].author {
			continue
		}
		text := a + 1
		for text < len(tokens) && s.lines[tokens[text].line].plain == s.lines[tokens[a].line].plain {
			text++ // the name of the picture, and the name
		}
		p := post{time: i, author: a, begin: i, text: text}
		if text+1 < len(tokens) && s.isRole(tokens, text) && !isTime(tokens[text+1]) {
			p.role, p.text = s.lines[tokens[text].line].plain, text+1
		}
		posts = append(posts, p)
	}
	return ended(posts, tokens)
}

// nameFirst: author, time, text.
func (s *splitter) nameFirst(tokens []token) []post {
	slots := map[int]int{}
	for i, t := range tokens {
		if isTime(t) {
			a := previous(tokens, i-1)
			if a > 0 && s.isRole(tokens, a) && tokens[a-1].kind == isText && nameLike(s.lines[tokens[a-1].line].plain) {
				a--
			}
			if a >= 0 && tokens[a].kind == isText {
				slots[i] = a
			}
		}
	}
	names := s.names(tokens, slots)
	var posts []post
	for i := range tokens {
		a, ok := slots[i]
		if !ok || !names[s.lines[tokens[a].line].plain] {
			continue
		}
		begin := a
		for begin > 0 && s.lines[tokens[begin-1].line].plain == s.lines[tokens[a].line].plain {
			begin--
		}
		p := post{time: i, author: a, begin: begin, text: i + 1}
		if a+1 < i && s.isRole(tokens, a+1) {
			p.role = s.lines[tokens[a+1].line].plain
		}
		posts = append(posts, p)
	}
	return ended(posts, tokens)
}

// isRole reports whether a line is "Seller" or "Buyer", as pages print below names.
func (s *splitter) isRole(tokens []token, at int) bool {
	l := lower(s.lines[tokens[at].line].plain)
	return s.w.you[l] || s.w.buyer[l]
}

// ended says where the text of each post ends: above the next, and above the line
// of a day that stands directly before it.
func ended(posts []post, tokens []token) []post {
	for k := range posts {
		end := len(tokens)
		if k+1 < len(posts) {
			end = posts[k+1].begin
			if tokens[posts[k+1].time].kind == isClock {
				end = aboveDay(tokens, posts[k].text, end)
			}
		}
		posts[k].end = end
	}
	return posts
}

func aboveDay(tokens []token, from, end int) int {
	for i := end - 1; i >= from; i-- {
		if tokens[i].kind == isButton {
			continue
		}
		if tokens[i].kind == isDay {
			return i
		}
		break
	}
	return end
}

// timeLast: author, text, time.
func (s *splitter) timeLast(tokens []token) []post {
	slots := map[int]int{}
	from := 0
	for i, t := range tokens {
		if !isTime(t) {
			continue
		}
		if a := s.opening(tokens, from, i); a >= 0 {
			slots[i] = a
		}
		from = i + 1
	}
	names := s.names(tokens, slots)
	var posts []post
	begin := 0
	for i, t := range tokens {
		if !isTime(t) {
			continue
		}
		a := s.named(tokens, begin, i, names)
		if a < 0 {
			if begin > 0 && s.nobody(tokens, begin, i, names) { // what follows is not lost with it
				begin = i + 1
				s.unnamed++
			}
			continue
		}
		posts = append(posts, post{time: i, author: a, begin: a, text: a + 1, end: i})
		begin = i + 1
	}
	return posts
}

// opening is the first line of text behind a time or a day.
func (s *splitter) opening(tokens []token, from, to int) int {
	for i := to - 1; i >= from; i-- {
		if tokens[i].kind == isDay {
			from = i + 1
			break
		}
	}
	a := next(tokens, from)
	if a < 0 || a >= to || tokens[a].kind != isText {
		return -1
	}
	return a
}

// farthest is how many lines above its time a message may begin.
const farthest = 2000

// named finds the author between two times: where a page stands above the first,
// it is the last name that is followed by text.
func (s *splitter) named(tokens []token, from, to int, names map[string]bool) int {
	found := -1
	from = max(from, to-farthest)
	for i := from; i < to-1; i++ {
		if tokens[i].kind == isText && names[s.lines[tokens[i].line].plain] {
			if found < 0 || from == 0 {
				found = i
			}
			if from > 0 {
				break
			}
		}
	}
	if from > 0 && found >= 0 { // nothing but buttons and days before it
		for i := from; i < found; i++ {
			if tokens[i].kind == isText {
				return -1
			}
		}
	}
	return found
}

// nobody reports whether the text between two times has no author who is known.
func (s *splitter) nobody(tokens []token, from, to int, names map[string]bool) bool {
	text := 0
	for i := max(from, to-farthest); i < to; i++ {
		if tokens[i].kind != isText {
			continue
		}
		if names[s.lines[tokens[i].line].plain] {
			return false
		}
		text++
	}
	return text > 1
}

// pageReading makes messages of posts; nil where they explain too little.
func (s *splitter) pageReading(tokens []token, posts []post) *reading {
	if len(posts) == 0 {
		s.unnamed = 0
		return nil
	}
	times, known, full := 0, false, 0
	for _, t := range tokens {
		if isTime(t) {
			times++
		}
	}
	r := &reading{form: "page", rank: 0, unnamed: s.unnamed}
	s.unnamed = 0
	names := map[string]int{}
	var day when
	at := 0
	for k, p := range posts {
		for ; at <= p.time; at++ {
			if tokens[at].kind == isDay || tokens[at].kind == isMoment {
				day = tokens[at].when
			}
		}
		d := draft{when: tokens[p.time].when}
		if !d.when.hasDate {
			d.when = d.when.with(day)
			if !d.when.hasDate {
				d.when.back = -1
			}
		}
		d.Author = s.lines[tokens[p.author].line].raw
		known = known || s.known(d.Author)
		names[d.Author]++
		d.First = tokens[min(p.begin, p.author)].line + 1
		from, to := tokens[p.author].line+1, tokens[p.author].line+1
		if p.text < p.end && p.text < len(tokens) {
			from, to = tokens[p.text].line, tokens[p.end-1].line+1
		}
		d.Last = max(to, d.First)
		s.fill(&d, from, to, true, k == len(posts)-1)
		s.labeled(&d)
		d.label = d.label || p.role != "" && s.w.you[lower(p.role)]
		if d.Text != "" {
			full++
		}
		r.drafts = append(r.drafts, d)
	}
	if !s.isTalk(posts, names, known, full) {
		return nil
	}
	r.score = float64(full) / float64(max(times, len(posts)))
	return r
}

// isTalk reports whether posts are a conversation: texts below the names, and
// somebody who is known, or two who come again.
func (s *splitter) isTalk(posts []post, names map[string]int, known bool, full int) bool {
	if full*10 < len(posts)*6 {
		return false
	}
	if known {
		return true
	}
	again := 0
	for _, n := range names {
		if n > 1 {
			again++
		}
	}
	return again >= 2 && len(names) <= 4 && len(posts) >= 4
}
