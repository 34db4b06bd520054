package chat

import "strings"

// answers marks the lines of a page that say to whom a message answers ("You
// replied to Rita"), and leaves out the message that stands below once more.
func (s *splitter) answers(tokens []token) []token {
	kept, seen := make([]token, 0, len(tokens)), map[string]bool{}
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		text := s.lines[t.line].plain
		seen[text] = true
		if t.who, t.mine = s.answerer(text); t.who != "" {
			i = s.behindQuoted(tokens, i+1, seen) - 1
		}
		kept = append(kept, t)
	}
	return kept
}

// answerer says who writes below a line such as "Rita replied to you"; "" where it
// is none.
func (s *splitter) answerer(text string) (who string, mine bool) {
	if len(text) > 120 {
		return "", false
	}
	l := strings.ToLower(text)
	for _, phrase := range s.w.replied {
		if start, you, ok := strings.Cut(phrase, " = "); ok {
			if strings.HasPrefix(l, start+" ") {
				return you, true
			}
			continue
		}
		phrase = strings.TrimPrefix(phrase, "{name}")
		if at := strings.Index(l, phrase); at > 0 && at < len(text) && handle(text[:at]) && (at+len(phrase) == len(l) || l[at+len(phrase)] == ' ') {
			return text[:at], false
		}
	}
	return "", false
}

// behindQuoted is the first token behind the message that is answered: it is known
// by its label, or by having stood on the page before.
func (s *splitter) behindQuoted(tokens []token, at int, seen map[string]bool) int {
	plain := func(i int) string { return s.lines[tokens[i].line].plain }
	labeled := false
	for i := at; i+1 < len(tokens) && tokens[i].kind == isText && tokens[i+1].kind == isText; i++ {
		switch {
		case i == at && len(plain(i)) < 60 && has(strings.ToLower(plain(i)), s.w.original):
			labeled = true
		case labeled && i == at+1, seen[plain(i)] && s.w.sent[lower(plain(i))] == "":
		default:
			return i
		}
		if i+2 >= len(tokens) || tokens[i+2].kind != isText {
			return i + 1
		}
	}
	return at
}

// held reads pages on which a time holds for several messages, and "You sent"
// stands above those of the reader: those of Messenger.
func (s *splitter) held(tokens []token) *reading {
	tokens = s.answers(tokens)
	labels := 0
	for _, t := range tokens {
		if t.mine || s.w.sent[lower(s.lines[t.line].plain)] != "" {
			labels++
		}
	}
	if labels == 0 {
		return nil
	}
	names := s.heldNames(tokens)
	r := &reading{form: "messenger", rank: 1}
	var at when
	have := s.pageHeading(tokens) == 0
	author, mine := "", false
	from := -1 // the first token of the text of the reader's own message
	flush := func(end int) {
		if from < 0 || from >= end {
			from = -1
			return
		}
		d := draft{when: at, label: mine}
		d.Author, d.First, d.Last = author, tokens[from].line+1, tokens[end-1].line+1
		s.fill(&d, tokens[from].line, tokens[end-1].line+1, true, end == len(tokens))
		if !mine && strings.HasPrefix(d.Text, author+" ") && has(strings.ToLower(d.Text), s.w.acts) {
			d.flow, d.Author = true, "" // "Rita unsent a message"
		}
		if d.Text != "" && have {
			r.drafts = append(r.drafts, d)
		}
		from = -1
	}
	for i, t := range tokens {
		text := s.lines[t.line].plain
		who, label := s.w.sent[lower(text)]
		switch {
		case t.kind == isMoment || t.kind == isDay || t.kind == isClock && i+1 < len(tokens):
			flush(i)
			if t.kind == isClock && at.hasDate {
				at = t.when.with(at)
			} else {
				at = t.when
			}
			have, author = true, ""
		case t.who != "":
			flush(i)
			author, mine = t.who, t.mine
		case label:
			flush(i)
			author, mine = who, true
		case names[text]:
			flush(i)
			author, mine = s.lines[t.line].raw, false
		case t.kind == isButton:
			flush(i)
			if mine {
				author = ""
			}
		case author == "":
		case from < 0:
			from = i
		case !mine: // each line of the other's is one of their messages
			flush(i)
			from = i
		}
	}
	flush(len(tokens))
	if len(r.drafts) == 0 {
		return nil
	}
	r.score = s.share(r.drafts)
	return r
}

// maxHeading is how many lines a page prints above a conversation.
const maxHeading = 6

// pageHeading counts the lines above the first time: who the other is, and when they
// were there last. 0 where they hold messages.
func (s *splitter) pageHeading(tokens []token) int {
	for i, t := range tokens {
		if t.kind == isMoment || t.kind == isDay || i > maxHeading {
			if i > maxHeading {
				return 0
			}
			return i
		}
		if t.mine || s.w.sent[lower(s.lines[t.line].plain)] != "" {
			return 0
		}
	}
	return 0
}

// heldNames are the names of the others: lines below a time that come again, or
// with which the page's heading begins.
func (s *splitter) heldNames(tokens []token) map[string]bool {
	count, heading := map[string]int{}, []string{}
	begun := false
	for i, t := range tokens {
		text := s.lines[t.line].plain
		if t.kind == isMoment || t.kind == isClock || t.kind == isDay {
			begun = true
		}
		if !begun {
			heading = append(heading, text)
			continue
		}
		if t.kind == isText && nameLike(text) && s.w.sent[lower(text)] == "" {
			count[text]++
			if i > 0 && isTime(tokens[i-1]) {
				count[text]++
			}
		}
	}
	names := map[string]bool{}
	for text, n := range count {
		if s.isBuyer(text, "") || n >= 2 && handle(text) {
			names[text] = true
			continue
		}
		for _, h := range heading {
			if text == h || len(h) > len(text) && h[:len(text)] == text && h[len(text)] == ' ' {
				names[text] = true
			}
		}
	}
	return names
}
