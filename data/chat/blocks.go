package chat

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

// pageReading makes messages of posts; nil where they explain too little.
func (s *splitter) pageReading(tokens []token, posts []post) *reading {
	r := &reading{form: "page", rank: 0, unnamed: s.unnamed}
	s.unnamed = 0
	if len(posts) == 0 {
		return nil
	}
	known, full, names := false, 0, map[string]int{}
	var day when
	at := 0
	for k, p := range posts {
		for ; at <= p.time; at++ {
			if tokens[at].kind == isDay || tokens[at].kind == isMoment {
				day = tokens[at].when
			}
		}
		known = known || s.known(s.lines[tokens[p.author].line].raw)
		names[s.lines[tokens[p.author].line].raw]++
		d := s.pageDraft(tokens, p, day, k == len(posts)-1)
		if d.Text != "" {
			full++
		}
		r.drafts = append(r.drafts, d)
	}
	if !s.isTalk(posts, names, known, full) {
		return nil
	}
	r.score = float64(full) / float64(max(countTimes(tokens), len(posts)))
	return r
}

// pageDraft makes a message of a post; a clock alone is one of the day that stands
// above it.
func (s *splitter) pageDraft(tokens []token, p post, day when, last bool) draft {
	d := draft{when: tokens[p.time].when}
	if !d.when.hasDate {
		d.when = d.when.with(day)
		if !d.when.hasDate {
			d.when.back = -1
		}
	}
	d.Author = s.lines[tokens[p.author].line].raw
	d.First = tokens[min(p.begin, p.author)].line + 1
	from := tokens[p.author].line + 1
	to := from
	if p.text < p.end && p.text < len(tokens) {
		from, to = tokens[p.text].line, tokens[p.end-1].line+1
	}
	d.Last = max(to, d.First)
	s.fill(&d, from, to, true, last)
	s.labeled(&d)
	d.label = d.label || p.role != "" && s.w.you[lower(p.role)]
	return d
}

func countTimes(tokens []token) int {
	times := 0
	for _, t := range tokens {
		if isTime(t) {
			times++
		}
	}
	return times
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
