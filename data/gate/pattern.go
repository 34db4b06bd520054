package gate

import (
	"fmt"
	"slices"
	"strings"
)

// A pattern is what must, and must not, stand together. All parts that are
// required are there, and none of those that are forbidden.
type pattern struct{ parts []part }

// A part is one of several chains; "!" forbids it.
type part struct {
	not    bool
	chains []chain
}

// A chain is concepts near each other: in any order ("+", or "~" for closer), in
// this order (">"), or in this order however far apart (">>").
type chain struct {
	names []string
	links []string
	ids   []int // of the names, once they are numbered
}

// mostPlaces of one concept are looked at in a stretch: a text that is one word
// over and over is cut short.
const mostPlaces = 48

const (
	nearWeight  = 14 // seven words, or fourteen signs
	closeWeight = 8
)

// parsePattern reads "IF CHANGE+FEEDBACK SOLUTION|GIFT !FREE": parts with blanks
// between them, alternatives with "|", chains with "+", "~", ">" or ">>".
func parsePattern(text string) (pattern, error) {
	var p pattern
	required := false
	for word := range strings.FieldsSeq(text) {
		one := part{not: strings.HasPrefix(word, "!")}
		for alt := range strings.SplitSeq(strings.TrimPrefix(word, "!"), "|") {
			c, err := parseChain(alt)
			if err != nil {
				return pattern{}, err
			}
			one.chains = append(one.chains, c)
		}
		required = required || !one.not
		p.parts = append(p.parts, one)
	}
	if !required {
		return pattern{}, fmt.Errorf("the pattern “%s” asks for nothing", text)
	}
	return p, nil
}

func parseChain(text string) (chain, error) {
	var c chain
	rest := text
	for {
		i := strings.IndexAny(rest, "+~>")
		name := rest
		if i >= 0 {
			name = rest[:i]
		}
		if name == "" || strings.ToUpper(name) != name {
			return chain{}, fmt.Errorf("“%s” is no chain of concepts", text)
		}
		c.names = append(c.names, name)
		if i < 0 {
			return c, nil
		}
		link := rest[i : i+1]
		rest = rest[i+1:]
		if link == ">" && strings.HasPrefix(rest, ">") {
			link, rest = ">>", rest[1:]
		}
		c.links = append(c.links, link)
	}
}

// number gives the concepts of a pattern their numbers.
func (p pattern) number(id func(string) int) {
	for _, one := range p.parts {
		for i := range one.chains {
			c := &one.chains[i]
			c.ids = make([]int, len(c.names))
			for k, name := range c.names {
				c.ids[k] = id(name)
			}
		}
	}
}

// A view is a stretch of a text with the concepts in it.
type view struct {
	found   found
	weights []int
	in      span
}

// match gives the words that satisfy a pattern in a view.
func (v view) match(p pattern) (span, bool) {
	var whole span
	first := true
	for _, one := range p.parts {
		hit, ok := v.part(one)
		if ok == one.not {
			return span{}, false
		}
		if one.not {
			continue
		}
		if first {
			whole, first = hit, false
			continue
		}
		whole = hull(whole, hit)
	}
	return whole, !first
}

func (v view) part(one part) (span, bool) {
	for _, c := range one.chains {
		if all := v.chain(c, 1); len(all) > 0 {
			return all[0], true
		}
	}
	return span{}, false
}

// chain gives up to some places at which a chain stands.
func (v view) chain(c chain, most int) []span {
	var all []span
	for _, s := range v.of(c.ids[0]) {
		if whole, ok := v.extend(c, 0, s, s); ok {
			all = append(all, whole)
			if len(all) == most {
				break
			}
		}
	}
	return all
}

func (v view) extend(c chain, k int, last, whole span) (span, bool) {
	if k == len(c.links) {
		return whole, true
	}
	for _, s := range v.of(c.ids[k+1]) {
		if s.overlaps(whole) || !v.linked(c.links[k], last, s) {
			continue
		}
		if got, ok := v.extend(c, k+1, s, hull(whole, s)); ok {
			return got, true
		}
	}
	return span{}, false
}

func (v view) linked(link string, a, b span) bool {
	if strings.HasPrefix(link, ">") && b.start < a.end {
		return false
	}
	if link == ">>" {
		return true
	}
	most := nearWeight
	if link == "~" {
		most = closeWeight
	}
	if b.start >= a.end {
		return v.weights[b.start]-v.weights[a.end] <= most
	}
	return v.weights[a.start]-v.weights[b.end] <= most
}

// of gives the places of a concept inside of the view.
func (v view) of(concept int) []span {
	if concept < 0 || concept >= len(v.found) {
		return nil
	}
	all := v.found[concept]
	from, _ := slices.BinarySearchFunc(all, v.in.start, func(s span, at int) int { return s.start - at })
	to := from
	for to < len(all) && to-from < mostPlaces && all[to].start < v.in.end {
		to++
	}
	return all[from:to]
}

func (v view) has(concept int) bool { return len(v.of(concept)) > 0 }
