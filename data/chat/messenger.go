package chat

import (
	"slices"
	"strings"
)

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
	if !slices.ContainsFunc(tokens, s.isMine) {
		return nil
	}
	h := &heldPage{s: s, tokens: tokens, names: s.heldNames(tokens), have: s.pageHeading(tokens) == 0, from: -1}
	for i, t := range tokens {
		h.token(i, t)
	}
	h.flush(len(tokens))
	if len(h.drafts) == 0 {
		return nil
	}
	r := &reading{form: "messenger", rank: 1, drafts: h.drafts}
	r.score = s.share(r.drafts)
	return r
}

// isMine reports whether a line says that the reader wrote what stands below it.
func (s *splitter) isMine(t token) bool {
	return t.mine || s.w.sent[lower(s.lines[t.line].plain)] != ""
}

// A heldPage is a page of Messenger that is being read, token by token.
type heldPage struct {
	s      *splitter
	tokens []token
	names  map[string]bool // of the others
	drafts []draft
	at     when // that holds for what follows
	have   bool // the conversation has begun
	author string
	mine   bool // the author is the reader of the page
	from   int  // the first token of the message that is read; -1: none
}

// token takes the next line: a time, a name, or text of a message.
func (h *heldPage) token(i int, t token) {
	text := h.s.lines[t.line].plain
	who, label := h.s.w.sent[lower(text)]
	switch {
	case t.kind == isMoment || t.kind == isDay || t.kind == isClock && i+1 < len(h.tokens):
		h.time(i, t)
	case t.who != "":
		h.writes(i, t.who, t.mine)
	case label:
		h.writes(i, who, true)
	case h.names[text]:
		h.writes(i, h.s.lines[t.line].raw, false)
	case t.kind == isButton:
		h.flush(i)
		if h.mine {
			h.author = ""
		}
	case h.author == "":
	case h.from < 0:
		h.from = i
	case !h.mine: // each line of the other's is one of their messages
		h.flush(i)
		h.from = i
	}
}

// time begins what was written at another time; a clock alone stays on its day.
func (h *heldPage) time(i int, t token) {
	h.flush(i)
	if t.kind == isClock && h.at.hasDate {
		h.at = t.when.with(h.at)
	} else {
		h.at = t.when
	}
	h.have, h.author = true, ""
}

// writes begins what somebody else wrote.
func (h *heldPage) writes(i int, author string, mine bool) {
	h.flush(i)
	h.author, h.mine = author, mine
}

// flush ends the message that is read above a token.
func (h *heldPage) flush(end int) {
	from := h.from
	h.from = -1
	if from < 0 || from >= end {
		return
	}
	first, last := h.tokens[from].line, h.tokens[end-1].line+1
	d := draft{when: h.at, label: h.mine}
	d.Author, d.First, d.Last = h.author, first+1, last
	h.s.fill(&d, first, last, true, end == len(h.tokens))
	if !h.mine && strings.HasPrefix(d.Text, h.author+" ") && has(strings.ToLower(d.Text), h.s.w.acts) {
		d.flow, d.Author = true, "" // "Rita unsent a message"
	}
	if d.Text != "" && h.have {
		h.drafts = append(h.drafts, d)
	}
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
		if s.isMine(t) {
			return 0
		}
	}
	return 0
}

// heldNames are the names of the others: lines below a time that come again, or
// with which the page's heading begins.
func (s *splitter) heldNames(tokens []token) map[string]bool {
	begin := slices.IndexFunc(tokens, func(t token) bool { return isTime(t) || t.kind == isDay })
	if begin < 0 {
		return nil
	}
	names := map[string]bool{}
	for text, n := range s.mayBeNames(tokens, begin) {
		if s.isBuyer(text, "") || n >= 2 && handle(text) || s.heads(tokens[:begin], text) {
			names[text] = true
		}
	}
	return names
}

// mayBeNames counts the lines from a token on that may be names; one directly
// below a time counts twice.
func (s *splitter) mayBeNames(tokens []token, begin int) map[string]int {
	count := map[string]int{}
	for i := begin; i < len(tokens); i++ {
		text := s.lines[tokens[i].line].plain
		if tokens[i].kind != isText || !nameLike(text) || s.w.sent[lower(text)] != "" {
			continue
		}
		count[text]++
		if i > 0 && isTime(tokens[i-1]) {
			count[text]++
		}
	}
	return count
}

// heads reports whether a line of a page's heading is a name, or begins with it.
func (s *splitter) heads(heading []token, name string) bool {
	return slices.ContainsFunc(heading, func(t token) bool {
		text := s.lines[t.line].plain
		return text == name || strings.HasPrefix(text, name+" ")
	})
}
