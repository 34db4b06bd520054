package gate

import (
	"cmp"
	"slices"
)

// A span is a place in a folded text: runes from start to before end.
type span struct{ start, end int }

func (s span) overlaps(t span) bool { return s.start < t.end && t.start < s.end }

// byPlace orders places, of those that begin together the longest first.
func byPlace(a, b span) int { return cmp.Or(a.start-b.start, b.end-a.end) }

func hull(a, b span) span { return span{min(a.start, b.start), max(a.end, b.end)} }

// A term of a concept, in the trie of its lexicon by the runes of its first
// piece.
type term struct {
	concept int
	pieces  []piece
	apart   bool // other words may stand between its pieces
}

type node struct {
	next  map[rune]*node
	terms []term
}

func (n *node) insert(t term) {
	t.apart = slices.ContainsFunc(t.pieces, func(p piece) bool { return p.gap })
	for _, r := range t.pieces[0].runes {
		child := n.next[r]
		if child == nil {
			child = &node{}
			if n.next == nil {
				n.next = map[rune]*node{}
			}
			n.next[r] = child
		}
		n = child
	}
	n.terms = append(n.terms, t)
}

// found are the places of each concept in a text, by the number of the concept,
// each list in order.
type found [][]span

// scan looks for the terms of a trie in a text.
func scan(f folded, root *node, clitics map[string]bool, into found) {
	for i := range f.runes {
		n := root
		for j := i; j < len(f.runes); j++ {
			if n = n.next[f.runes[j]]; n == nil {
				break
			}
			for _, t := range n.terms {
				end, ok := f.matches(t, i, j+1, clitics)
				if ok && t.apart { // what stands between may be a part of the same chain
					end = j + 1
				}
				if ok {
					into[t.concept] = append(into[t.concept], span{i, end})
				}
			}
		}
	}
}

// matches reports whether a term whose first piece stands from i to j is there,
// and where it ends.
func (f folded) matches(t term, i, j int, clitics map[string]bool) (int, bool) {
	first := t.pieces[0]
	if !first.front && !f.edge(i) && !f.clitic(i, clitics) {
		return 0, false
	}
	end, ok := f.tail(first, j)
	if !ok {
		return 0, false
	}
	for _, p := range t.pieces[1:] {
		if end, ok = f.follow(p, end); !ok {
			return 0, false
		}
	}
	return end, true
}

// clitic reports whether what stands before i in the word may be written onto a
// word.
func (f folded) clitic(i int, clitics map[string]bool) bool {
	if len(clitics) == 0 {
		return false
	}
	start := i
	for start > 0 && inWord(f.runes[start-1]) && i-start < 5 {
		start--
	}
	return f.edge(start) && clitics[string(f.runes[start:i])]
}

// tail checks how a piece ends at j, and gives the end of its word.
func (f folded) tail(p piece, j int) (int, bool) {
	if !p.back {
		return j, f.edge(j)
	}
	for j < len(f.runes) && !f.edge(j) {
		j++
	}
	return j, true
}

// follow looks for a further piece of a term from a place on.
func (f folded) follow(p piece, from int) (int, bool) {
	limit := 0
	if p.gap {
		limit = gapWeight
	}
	at := f.skip(from)
	for weight := 0; weight <= limit && at < len(f.runes); {
		if end, ok := f.here(p, at); ok {
			return end, true
		}
		if endsSentence(f.runes, at) {
			break
		}
		next := at + 1
		for next < len(f.runes) && !f.edge(next) {
			next++
		}
		if inWord(f.runes[at]) {
			weight += weightOf(f.runes[at])
		}
		at = f.skip(next)
	}
	return 0, false
}

func (f folded) here(p piece, at int) (int, bool) {
	end := len(f.runes)
	if !p.front {
		end = at + 1
	}
	for i := at; i < end && i+len(p.runes) <= len(f.runes); i++ {
		if i > at && f.edge(i) {
			break
		}
		if slices.Equal(f.runes[i:i+len(p.runes)], p.runes) {
			return f.tail(p, i+len(p.runes))
		}
	}
	return 0, false
}

func (f folded) skip(i int) int {
	for i < len(f.runes) && (f.runes[i] == ' ' || f.runes[i] == '-' || f.runes[i] == '\n' || f.runes[i] == '"') {
		i++
	}
	return i
}

func weightOf(r rune) int {
	if closed(r) {
		return 1
	}
	return 2
}

// weights tells how far each rune is from the beginning, in half words.
func (f folded) weights() []int {
	all := make([]int, len(f.runes)+1)
	w := 0
	for i := range f.runes {
		all[i] = w
		if inWord(f.runes[i]) && f.edge(i+1) {
			w += weightOf(f.runes[i])
		}
	}
	all[len(f.runes)] = w
	return all
}

// sentences splits a text at the marks that end one, and at line ends.
func (f folded) sentences() []span {
	var all []span
	start := 0
	add := func(end int) {
		for start < end && (f.runes[start] == ' ' || f.runes[start] == '\n') {
			start++
		}
		if start < end {
			all = append(all, span{start, end})
		}
		start = end
	}
	for i := range f.runes {
		if endsSentence(f.runes, i) {
			add(i + 1)
		}
	}
	add(len(f.runes))
	return all
}

func endsSentence(runes []rune, i int) bool {
	switch runes[i] {
	case '!', '?', '\n', '。', '؟', '।':
		return true
	case '.':
		if i+1 < len(runes) && runes[i+1] != ' ' && runes[i+1] != '\n' && runes[i+1] != '"' && runes[i+1] != '\'' && runes[i+1] != ')' {
			return false
		}
		return !abbreviated(runes, i)
	}
	return false
}

// abbreviated reports whether a full stop belongs to a short word, an ordinal or a
// title: "Mr. Reed", "4. Dezember", "z. B.".
func abbreviated(runes []rune, i int) bool {
	start := i
	for start > 0 && inWord(runes[start-1]) && !closed(runes[start-1]) {
		start--
	}
	word := string(runes[start:i])
	if i+2 < len(runes) && len(word) > 0 && len(word) <= 2 && word[0] >= '0' && word[0] <= '9' {
		return inWord(runes[i+2])
	}
	switch word {
	case "mr", "mrs", "ms", "dr", "sr", "sra", "hr", "fr", "st", "nr", "no", "z", "b", "str", "approx", "bzw", "ca", "inkl", "zzgl", "vs", "sig", "г", "р", "д":
		return i+1 < len(runes)
	}
	return false
}
