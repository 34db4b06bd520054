package importer

import (
	"slices"
	"strings"
)

// A cellMatch finds words in a column.
type cellMatch struct {
	column int
	any    bool
	words  map[string]bool // the cell is one of these
	parts  []string        // the cell holds one of these
}

func matchCell(column int, words, contains []string, filled bool) cellMatch {
	m := cellMatch{column: column, any: filled, words: statusWords(words)}
	for _, part := range contains {
		m.parts = append(m.parts, strings.ToLower(part))
	}
	return m
}

// fits reports whether a text that is not empty is what is looked for.
func (m *cellMatch) fits(text string) bool {
	if m.any || m.words[statusKey(text)] {
		return true
	}
	text = strings.ToLower(text)
	return slices.ContainsFunc(m.parts, func(part string) bool { return strings.Contains(text, part) })
}

// emptyWord reports whether a word that is looked for is none.
func emptyWord(words, contains []string) bool {
	return slices.ContainsFunc(slices.Concat(words, contains), func(w string) bool { return statusKey(w) == "" })
}
