package gate

import (
	"maps"
	"slices"
	"strings"
)

// An engine is the rules with the words of one language.
type engine struct {
	language string
	lexicon  *Lexicon // of the language; an empty one where there is none
	root     *node
	clitics  map[string]bool
	ids      map[string]int // concept -> number
	defines  []compiledDefine
	whens    []compiledWhen
	calendar calendar
	stop     map[string]bool
	spoken   map[string]int

	exceptions [][2]int // of concepts: the second says where the first is not meant
}

type compiledDefine struct {
	concept int
	chains  []chain
}

type compiledWhen struct {
	rule       string
	scope      string
	notSettled bool
	pattern    pattern
}

// lexiconFor gives the lexicon of a language, or of the language that it is a
// form of; nil where there is none.
func (r *Rules) lexiconFor(language string) *Lexicon {
	if l := r.lexicons[language]; l != nil {
		return l
	}
	base := baseOf(language)
	for _, name := range r.Languages() {
		if baseOf(name) == base {
			return r.lexicons[name]
		}
	}
	return nil
}

// baseOf is the language without script and country, Chinese with its script.
func baseOf(language string) string {
	language = strings.ReplaceAll(language, "_", "-")
	base, rest, _ := strings.Cut(language, "-")
	base = strings.ToLower(base)
	if base != "zh" {
		return base
	}
	rest = strings.ToLower(rest)
	for _, trad := range []string{"tw", "hk", "mo", "hant"} {
		if strings.Contains(rest, trad) {
			return "zh-tw"
		}
	}
	return "zh-cn"
}

// engine gives the compiled rules of a language; they are compiled once.
func (r *Rules) engine(language string) (*engine, error) {
	lex := r.lexiconFor(language)
	name := ""
	if lex != nil {
		name = lex.Language
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if e := r.engines[name]; e != nil {
		return e, nil
	}
	if lex == nil {
		lex = &Lexicon{}
	}
	e, err := r.compile(name, lex)
	if err != nil {
		return nil, err
	}
	r.engines[name] = e
	return e, nil
}

func (r *Rules) compile(name string, lex *Lexicon) (*engine, error) {
	e := &engine{language: name, lexicon: lex, root: &node{}, clitics: map[string]bool{}, ids: map[string]int{}, stop: map[string]bool{}, spoken: map[string]int{}}
	for _, name := range syntheticConcepts {
		e.number(name)
	}
	for _, l := range []*Lexicon{r.common, lex} {
		for concept, terms := range l.Concepts {
			e.insert(concept, terms)
		}
		e.words(l.Stop)
	}
	e.insert("HELLO_NAME", lex.Names.Hello)
	e.insert("TITLE_NAME", lex.Names.Title)
	e.insert("AFTER_NAME", lex.Names.After)
	if err := e.patterns(r, lex); err != nil {
		return nil, err
	}
	for _, name := range slices.Collect(maps.Keys(e.ids)) {
		if base, ok := strings.CutSuffix(name, "_NOT"); ok {
			e.exceptions = append(e.exceptions, [2]int{e.number(base), e.ids[name]})
		}
	}
	for _, c := range lex.Clitics {
		e.clitics[string(foldText(c))] = true
	}
	e.calendar = compileCalendar(lex.Time)
	for n, forms := range lex.Time.Digits {
		for form := range strings.SplitSeq(forms, "|") {
			e.spoken[string(foldText(form))] = n
		}
	}
	return e, nil
}

// number gives a concept its number.
func (e *engine) number(concept string) int {
	n, ok := e.ids[concept]
	if !ok {
		n = len(e.ids)
		e.ids[concept] = n
	}
	return n
}

func (e *engine) insert(concept string, terms []string) {
	for _, t := range terms {
		e.root.insert(term{concept: e.number(concept), pieces: parseTerm(t)})
	}
}

// patterns compiles the patterns of all rules, those of the language last.
func (e *engine) patterns(r *Rules, lex *Lexicon) error {
	for _, d := range r.defines {
		one := compiledDefine{concept: e.number(d.Name)}
		for _, text := range d.Any {
			c, err := parseChain(text)
			if err != nil {
				return err
			}
			one.chains = append(one.chains, c)
		}
		pattern{parts: []part{{chains: one.chains}}}.number(e.number)
		e.defines = append(e.defines, one)
	}
	for _, rule := range r.rules {
		for _, w := range rule.When {
			if err := e.add(rule.ID, w.All, w.Scope, w.NotSettled); err != nil {
				return err
			}
		}
	}
	for _, w := range lex.When {
		if err := e.add(w.Rule, w.All, w.Scope, false); err != nil {
			return err
		}
	}
	return nil
}

func (e *engine) words(list []string) {
	for _, w := range list {
		e.stop[string(foldText(w))] = true
	}
}

func (e *engine) add(rule, all, scope string, notSettled bool) error {
	p, err := parsePattern(all)
	if err != nil {
		return err
	}
	p.number(e.number)
	e.whens = append(e.whens, compiledWhen{rule: rule, scope: scope, notSettled: notSettled, pattern: p})
	return nil
}

// concept is the number of a concept; -1 where no word and no pattern names it.
func (e *engine) concept(name string) int {
	if n, ok := e.ids[name]; ok {
		return n
	}
	return -1
}
