package policy

import (
	"regexp"
	"strings"
)

// place says where in a pack's file something stands: the nth table of a name
// ("deadline", 2), a key in it, and a word on that key's line.
type place struct {
	table string // "": the head of the file
	n     int    // from 0; -1: any of them
	key   string
	word  string
}

var (
	tableLine = regexp.MustCompile(`^\s*\[\[?\s*([A-Za-z0-9_.-]+)\s*\]?\]`)
	keyLine   = regexp.MustCompile(`^\s*"?([A-Za-z0-9_-]+)"?\s*=`)
)

// line finds the line of a place, from 1. It looks at lines, not at TOML's
// grammar, and so may point at the head of the table instead of the value.
func (at place) line(text string) int {
	best, table, n, current := 1, "", -1, ""
	for i, row := range strings.Split(text, "\n") {
		if m := tableLine.FindStringSubmatch(row); m != nil {
			table, current = m[1], ""
			if table == at.table {
				n++
				if n == at.n {
					best = i + 1
				}
			}
			continue
		}
		if table != at.table || at.table != "" && at.n >= 0 && n != at.n {
			continue
		}
		if m := keyLine.FindStringSubmatch(row); m != nil {
			current = m[1]
		}
		if at.key == "" || current != at.key {
			continue
		}
		if keyLine.MatchString(row) {
			best = i + 1
		}
		if at.word != "" && strings.Contains(row, `"`+at.word+`"`) {
			return i + 1
		}
	}
	return best
}
