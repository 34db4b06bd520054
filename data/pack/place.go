package pack

import (
	"slices"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"
)

// A Place says where in a file something stands: the names of tables and keys
// on the way to it, each array of tables with the number of the table.
type Place struct {
	way  []string
	word string
}

// At makes a place of names and, after the name of an array of tables, its
// number from 0: At("deadline", 2, "within").
func At(way ...any) Place {
	p := Place{way: make([]string, len(way))}
	for i, step := range way {
		switch step := step.(type) {
		case int:
			p.way[i] = numbered(step)
		case string:
			p.way[i] = step
		default:
			panic("pack: a place is made of names and numbers")
		}
	}
	return p
}

// Dotted makes a place as a message writes it, with numbers from 1:
// "rows.2.do". A name that holds points itself makes the place less
// exact.
func Dotted(path string) Place {
	p := Place{way: strings.Split(path, ".")}
	for i, step := range p.way {
		if n, err := strconv.Atoi(step); err == nil && n > 0 {
			p.way[i] = numbered(n - 1)
		}
	}
	return p
}

// Word gives the place of a word in quotes, in the value at the place.
func (p Place) Word(word string) Place {
	p.word = word
	return p
}

// numbered is how a way writes the number of a table; no key looks like that.
func numbered(n int) string { return "\x00" + strconv.Itoa(n) }

// placeOf is the place of a key that nothing was decoded into. TOML's keys carry
// no number, so the first table with that key is meant.
func placeOf(key toml.Key) Place { return Place{way: key} }

// line finds the line of a place, from 1: the line that goes farthest on the way
// to it, and of several the first. It looks at lines, not at TOML's grammar, and
// so may point at the head of the table, or of a long value, instead of the word.
func (p Place) line(text string) int {
	best, depth := 1, 0
	var in, current []string // the table, and the key or table to which a row belongs
	seen, quoted := map[string]int{}, ""
	for i, row := range strings.Split(text, "\n") {
		if quoted != "" {
			if strings.Contains(row, quoted) {
				quoted = ""
			}
			continue
		}
		if way, head := rowWay(row, in, seen); way != nil {
			if current = way; head {
				in = way
			}
			if n := p.reach(way); n > depth {
				best, depth = i+1, n
			}
		}
		if p.word != "" && p.reach(current) == len(p.way) && strings.Contains(row, `"`+p.word+`"`) {
			return i + 1
		}
		quoted = openQuote(row)
	}
	return best
}

// reach tells how far a way goes along with the place. Numbers that the place
// does not say are passed over.
func (p Place) reach(way []string) int {
	n := 0
	for _, step := range way {
		switch {
		case n < len(p.way) && step == p.way[n]:
			n++
		case strings.HasPrefix(step, "\x00") && (n == len(p.way) || !strings.HasPrefix(p.way[n], "\x00")):
		case n == len(p.way):
			return n
		default:
			return 0
		}
	}
	return n
}

// rowWay gives the way of the table or key that a row begins, and whether it is
// a table; nil when it begins neither.
func rowWay(row string, in []string, seen map[string]int) (way []string, head bool) {
	row = strings.TrimSpace(row)
	switch {
	case strings.HasPrefix(row, "[["):
		name, _, ok := strings.Cut(row[2:], "]]")
		if !ok {
			return nil, false
		}
		way = numberedWay(keys(name), seen)
		at := strings.Join(way, "\x01")
		seen[at]++
		return append(way, numbered(seen[at]-1)), true
	case strings.HasPrefix(row, "["):
		name, _, ok := strings.Cut(row[1:], "]")
		if !ok || strings.ContainsAny(name, ",{") {
			return nil, false
		}
		return numberedWay(keys(name), seen), true
	}
	name, _, ok := strings.Cut(row, "=")
	if !ok || strings.ContainsAny(name, "{}[],#") || strings.TrimSpace(name) == "" {
		return nil, false
	}
	return append(slices.Clone(in), keys(name)...), false
}

// numberedWay puts the number of the table that was begun last behind each name
// of an array of tables.
func numberedWay(names []string, seen map[string]int) (way []string) {
	for i, name := range names {
		way = append(way, name)
		if n := seen[strings.Join(way, "\x01")]; n > 0 && i < len(names)-1 {
			way = append(way, numbered(n-1))
		}
	}
	return way
}

// keys splits a dotted key, in which quotes may stand.
func keys(text string) (all []string) {
	var quote rune
	var one strings.Builder
	for _, r := range text {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			one.WriteRune(r)
		case r == '"' || r == '\'':
			quote = r
		case r == '.':
			all = append(all, one.String())
			one.Reset()
		case r != ' ' && r != '\t':
			one.WriteRune(r)
		}
	}
	return append(all, one.String())
}

// openQuote gives the sign of a text of several lines that a row leaves open.
func openQuote(row string) string {
	for _, mark := range []string{`"""`, "'''"} {
		if strings.Count(row, mark)%2 == 1 {
			return mark
		}
	}
	return ""
}
