package gate

import "slices"

// Phrases look for a caller's own words in a text, folded and matched as the
// gate's are: without case, accents and hidden characters, with "*" and ".." in a
// term.
type Phrases struct{ engine *engine }

// NewPhrases makes phrases of terms by the name that a hit gives back. The places
// of a name with "_NOT" behind it do not count for the name.
func NewPhrases(terms map[string][]string) *Phrases {
	e := &engine{root: &node{}, clitics: map[string]bool{}, ids: map[string]int{}}
	for name, list := range terms {
		for _, t := range list {
			if pieces := parseTerm(t); len(pieces) > 0 {
				e.root.insert(term{concept: e.number(name), pieces: pieces})
			}
		}
	}
	for name := range terms {
		if _, ok := terms[name+"_NOT"]; ok {
			e.exceptions = append(e.exceptions, [2]int{e.number(name), e.number(name + "_NOT")})
		}
	}
	return &Phrases{e}
}

// A Hit is a place at which a phrase stands.
type Hit struct {
	Name       string
	Words      string // as they were written
	Start, End int    // in characters of the text
}

// Find gives the first places of each name, in the order of the text. What lies
// behind MaxText characters is not looked at; long tells of it.
func (p *Phrases) Find(text string) (hits []Hit, long bool) {
	text, long = limited(text)
	s := &subject{engine: p.engine, f: fold(text)}
	s.found = make(found, len(p.engine.ids))
	scan(s.f, p.engine.root, p.engine.clitics, s.found)
	s.except()
	written := []rune(text)
	for name, id := range p.engine.ids {
		for _, at := range s.found[id][:min(len(s.found[id]), mostPlaces)] {
			from, to := s.f.at[at.start], s.f.at[at.end]
			hits = append(hits, Hit{name, string(written[from:to]), from, to})
		}
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	return hits, long
}

// CheckTerms reports the first term that no text can hold; "" where each is good.
func CheckTerms(terms []string) string {
	for _, t := range terms {
		if len(parseTerm(t)) == 0 {
			return t
		}
	}
	return ""
}
