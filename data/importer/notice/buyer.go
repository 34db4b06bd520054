package notice

import (
	"slices"
	"strings"
)

// A span is a part of a text, in bytes of the folded text.
type span struct{ from, to int }

func (s span) meets(from, to int) bool { return from < s.to && s.from < to }

// hideBuyer puts blanks in the place of what the buyer wrote, so that it sets
// nothing: no date, no amount, no number, no event.
func (n *Notice) hideBuyer() {
	text := n.body.text
	all := slices.Concat(labeled(text), fenced(text), quotedLines(text), quotedWords(text))
	if len(all) == 0 {
		return
	}
	n.buyer = all
	hidden := []byte(text)
	for _, s := range all {
		for i := s.from; i < s.to; i++ {
			if hidden[i] != '\n' {
				hidden[i] = ' '
			}
		}
	}
	n.body.text = string(hidden)
}

var emptyLine = pattern(`\n[ \t\r]*\n`)

// maxLabel is how long the label of a buyer's words is, in bytes.
const maxLabel = 160

// labeled finds what stands behind “Buyer's comment:” and its like. A label
// ends with a colon, so that only what stands before colons is looked at.
func labeled(text string) []span {
	var all []span
	for at := 0; at < len(text); {
		colon := strings.IndexByte(text[at:], ':')
		if colon < 0 {
			return all
		}
		colon += at
		from := max(strings.LastIndexByte(text[:colon], '\n')+1, colon-maxLabel)
		at = colon + 1
		if vocabulary().buyer.MatchString(strings.ToValidUTF8(text[from:at], "")) {
			words := paragraph(text, at)
			all = append(all, words)
			at = max(at, words.to)
		}
	}
	return all
}

// paragraph is what begins at an offset and ends with the next empty line. A
// label that ends its line has its words below, be there an empty line or not.
func paragraph(text string, from int) span {
	at := from
	if end := strings.IndexByte(text[at:], '\n'); end >= 0 && strings.TrimSpace(text[at:at+end]) == "" {
		for at < len(text) && strings.ContainsRune(" \t\r\n", rune(text[at])) {
			at++
		}
	}
	if m := emptyLine().FindStringIndex(text[at:]); m != nil {
		return span{from, at + m[0]}
	}
	return span{from, len(text)}
}

// fenced finds what stands between two rows of dashes of which the first names
// a message.
func fenced(text string) []span {
	var all []span
	for _, re := range vocabulary().fence {
		for _, m := range re.FindAllStringIndex(text, maxHits) {
			end := len(text)
			if next := fenceRow().FindStringIndex(text[m[1]:]); next != nil {
				end = m[1] + next[0]
			}
			all = append(all, span{m[1], end})
		}
	}
	return all
}

var fenceRow = pattern(`(?m)^[ \t]*-{3,}`)

// quotedLines finds lines that begin with ">".
func quotedLines(text string) []span {
	var all []span
	for at := 0; at < len(text); {
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			end = len(text) - at
		}
		if strings.HasPrefix(strings.TrimLeft(text[at:at+end], " \t"), ">") {
			all = append(all, span{at, at + end})
		}
		at += end + 1
	}
	return all
}

// minQuoted is how long words in quotation marks must be to be somebody's
// words, and not the name of a thing. In bytes.
const minQuoted = 20

var quotedRe = pattern(`“[^“”]+”|„[^„“”]+[“”]|«[^«»]+»|「[^「」]+」|『[^『』]+』|"[^"\n]+"`)

// quotedWords finds words in quotation marks.
func quotedWords(text string) []span {
	var all []span
	for _, m := range quotedRe().FindAllStringIndex(text, maxHits) {
		if m[1]-m[0] >= minQuoted {
			all = append(all, span{m[0], m[1]})
		}
	}
	return all
}
