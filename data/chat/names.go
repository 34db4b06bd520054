package chat

import (
	"strings"
	"unicode"
)

// withoutMarks takes the mark that messengers put before their own words out of a
// text; in one that runs from right to left it may be its author's.
func withoutMarks(text string) string {
	if !strings.Contains(text, "\u200e") || strings.ContainsFunc(text, func(r rune) bool { return unicode.In(r, unicode.Hebrew, unicode.Arabic) }) {
		return text
	}
	return strings.ReplaceAll(text, "\u200e", "")
}

// wholeNames mends names in which a colon stands: "Jörg: the smith". Such a name is
// told by what the shop and the buyer are called, or by its coming again in each of
// three lines or more.
func (s *splitter) wholeNames(heads []head) {
	lines, rest := map[string]int{}, map[string]string{}
	for i := range heads {
		h := &heads[i]
		if !h.named {
			continue
		}
		more := afterName(h.text)
		if lines[h.name]++; lines[h.name] == 1 {
			rest[h.name] = more
		} else if rest[h.name] != more {
			rest[h.name] = ""
		}
	}
	for i := range heads {
		h := &heads[i]
		more := afterName(h.text)
		if !h.named || more == "" {
			continue
		}
		whole := h.name + ": " + more
		if s.called(whole) || lines[h.name] >= 3 && rest[h.name] == more {
			h.name, h.text = whole, trimMarks(h.text[len(more)+1:])
		}
	}
}

// afterName is what of a text may still belong to the name before it.
func afterName(text string) string {
	more, _, ok := strings.Cut(text, ":")
	if !ok || !nameLike(more) || len(text) > len(more)+1 && text[len(more)+1] != ' ' {
		return ""
	}
	return more
}

// called reports whether that is exactly how the shop or the buyer is called.
func (s *splitter) called(name string) bool {
	for _, list := range [][]string{s.hints.ShopNames, s.hints.BuyerNames} {
		for _, n := range list {
			if strings.EqualFold(n, name) {
				return true
			}
		}
	}
	return false
}

// logLevels are what the lines of a program's log have where a chat has names.
var logLevels = map[string]bool{"trace": true, "debug": true, "info": true, "notice": true, "warn": true, "warning": true, "error": true, "fatal": true, "critical": true}

// isLog reports whether lines of time, word and text are a program's log.
func isLog(heads []head) bool {
	for i := range heads {
		if heads[i].named && !logLevels[strings.ToLower(heads[i].name)] {
			return false
		}
	}
	return true
}
