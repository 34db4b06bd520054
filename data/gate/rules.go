package gate

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"
)

// A ruleFile is assets/gate/rules.toml.
type ruleFile struct {
	Format  int      `toml:"format"`
	Defines []define `toml:"define"`
	Rules   []Rule   `toml:"rule"`
}

// A define is a concept that stands where one of several chains stands.
type define struct {
	Name string   `toml:"name"`
	Any  []string `toml:"any"`
}

// A Rule says how bad what it finds is, where it counts, and by which patterns
// it finds.
type Rule struct {
	ID       string                          `toml:"id"`
	Severity data.Severity                   `toml:"severity"`
	Platform map[data.Platform]data.Severity `toml:"platform"` // where it is worse or milder
	Mend     string                          `toml:"mend"`     // "cut": take the sentence out; "replace": say it better
	States   []State                         `toml:"states"`   // empty: in each
	Repeated bool                            `toml:"repeated"` // counts only where feedback was asked for before
	data.Origin
	When []struct {
		All        string `toml:"all"`
		Scope      string `toml:"scope"`
		NotSettled bool   `toml:"not_when_settled"` // does not count where the matter is settled, the words leave the buyer free and the platform allows to ask
	} `toml:"when"`
}

var ruleFiles = pack.Kind[ruleFile]{ID: func(*ruleFile) string { return "rules" }, Format: 1, Check: checkRules}

func checkRules(f *ruleFile, r *pack.Report) {
	for i, rule := range f.Rules {
		if !knownRule(rule.ID) {
			r.Fail(pack.At("rule", i, "id"), "there is no rule “%s”", rule.ID)
		}
		if rule.Severity.Rank() >= len(data.Severities()) {
			r.Fail(pack.At("rule", i, "severity"), "there is no severity “%s”", rule.Severity)
		}
		for k, w := range rule.When {
			checkWhen(When{Rule: rule.ID, All: w.All, Scope: w.Scope}, r, pack.At("rule", i, "when", k, "all"))
		}
	}
	for i, d := range f.Defines {
		for _, any := range d.Any {
			if _, err := parseChain(any); err != nil {
				r.Fail(pack.At("define", i, "any").Word(any), "%s", err.Error())
			}
		}
	}
}

// Rules are the gate's rules in force, ready to check.
type Rules struct {
	rules    []Rule
	defines  []define
	common   *Lexicon
	lexicons map[string]*Lexicon
	off      map[string]string // rule -> why it is switched off

	mu      sync.Mutex
	engines map[string]*engine
}

// BuiltIn reads the rules that the program carries.
func BuiltIn() (*Rules, error) { return New(nil, nil) }

// New makes rules of the built-in ones and a user's own lexicons, whose terms
// are added to the built-in ones of the language (a term with "-" before it takes
// one away), without the rules that are switched off, each with the reason.
func New(own []*Lexicon, off map[string]string) (*Rules, error) {
	files, err := builtIn()
	if err != nil {
		return nil, err
	}
	r := &Rules{
		rules: files.rules.Rules, defines: files.rules.Defines, off: off,
		lexicons: map[string]*Lexicon{}, engines: map[string]*engine{},
	}
	for _, l := range files.lexicons {
		r.lexicons[l.Language] = l
	}
	for _, l := range own {
		r.lexicons[l.Language] = merge(r.lexicons[l.Language], l)
	}
	r.common = r.lexicons["*"]
	if r.common == nil {
		return nil, fmt.Errorf("reading the gate's rules: there is no lexicon for all languages")
	}
	delete(r.lexicons, "*")
	return r, nil
}

type builtInFiles struct {
	rules    *ruleFile
	lexicons []*Lexicon
}

var builtIn = sync.OnceValues(readBuiltIn)

func readBuiltIn() (builtInFiles, error) {
	names, err := pack.Names(assets.FS, "gate")
	if err != nil {
		return builtInFiles{}, err
	}
	var file *ruleFile
	var all []*Lexicon
	for _, name := range names {
		text, err := fs.ReadFile(assets.FS, name)
		if err != nil {
			return builtInFiles{}, fmt.Errorf("reading %s: %w", name, err)
		}
		if strings.HasSuffix(name, "/rules.toml") {
			if file, err = ruleFiles.Decode(name, text); err != nil {
				return builtInFiles{}, err
			}
			continue
		}
		one, err := lexicons.Decode(name, text)
		if err != nil {
			return builtInFiles{}, err
		}
		all = append(all, one)
	}
	if file == nil {
		return builtInFiles{}, fmt.Errorf("reading the gate's rules: there is no rules.toml")
	}
	return builtInFiles{file, all}, nil
}

// DecodeLexicon reads a lexicon that a user wrote. Each mistake is a Problem with
// file, line and reason.
func DecodeLexicon(name string, text []byte) (*Lexicon, error) { return lexicons.Decode(name, text) }

// merge adds a user's lexicon to the built-in one of its language.
func merge(base, own *Lexicon) *Lexicon {
	if base == nil {
		return own
	}
	out := *base
	out.Concepts = map[string][]string{}
	for name, terms := range base.Concepts {
		out.Concepts[name] = slices.Clone(terms)
	}
	for name, terms := range own.Concepts {
		for _, t := range terms {
			if gone, ok := strings.CutPrefix(t, "-"); ok {
				out.Concepts[name] = slices.DeleteFunc(out.Concepts[name], func(s string) bool { return s == gone })
				continue
			}
			out.Concepts[name] = append(out.Concepts[name], t)
		}
	}
	out.When = append(slices.Clone(base.When), own.When...)
	out.Stop = append(slices.Clone(base.Stop), own.Stop...)
	out.Better = map[string]string{}
	for _, from := range []map[string]string{base.Better, own.Better} {
		for rule, better := range from {
			out.Better[rule] = better
		}
	}
	return &out
}

// Languages lists the languages that the rules have words for.
func (r *Rules) Languages() []string {
	var all []string
	for name := range r.lexicons {
		all = append(all, name)
	}
	slices.Sort(all)
	return all
}

// Off tells which rules are switched off, and why.
func (r *Rules) Off() map[string]string { return r.off }

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
	ids := map[string]int{}
	id := func(concept string) int {
		n, ok := ids[concept]
		if !ok {
			n = len(ids)
			ids[concept] = n
		}
		return n
	}
	for _, name := range syntheticConcepts {
		id(name)
	}
	e := &engine{language: name, lexicon: lex, root: &node{}, clitics: map[string]bool{}, ids: ids, stop: map[string]bool{}, spoken: map[string]int{}}
	for _, c := range lex.Clitics {
		e.clitics[string(foldText(c))] = true
	}
	for _, l := range []*Lexicon{r.common, lex} {
		for concept, terms := range l.Concepts {
			for _, t := range terms {
				e.root.insert(term{concept: id(concept), pieces: parseTerm(t)})
			}
		}
	}
	for concept, terms := range map[string][]string{"HELLO_NAME": lex.Names.Hello, "TITLE_NAME": lex.Names.Title, "AFTER_NAME": lex.Names.After} {
		for _, t := range terms {
			e.root.insert(term{concept: id(concept), pieces: parseTerm(t)})
		}
	}
	for _, d := range r.defines {
		one := compiledDefine{concept: id(d.Name)}
		for _, text := range d.Any {
			c, err := parseChain(text)
			if err != nil {
				return nil, err
			}
			one.chains = append(one.chains, c)
		}
		pattern{parts: []part{{chains: one.chains}}}.number(id)
		e.defines = append(e.defines, one)
	}
	for _, rule := range r.rules {
		for _, w := range rule.When {
			if err := e.add(id, rule.ID, w.All, w.Scope, w.NotSettled); err != nil {
				return nil, err
			}
		}
	}
	for _, w := range lex.When {
		if err := e.add(id, w.Rule, w.All, w.Scope, false); err != nil {
			return nil, err
		}
	}
	for name, n := range ids {
		if base, ok := strings.CutSuffix(name, "_NOT"); ok {
			e.exceptions = append(e.exceptions, [2]int{id(base), n})
		}
	}
	e.words(r.common.Stop)
	e.words(lex.Stop)
	e.calendar = compileCalendar(lex.Time)
	for n, forms := range lex.Time.Digits {
		for form := range strings.SplitSeq(forms, "|") {
			e.spoken[string(foldText(form))] = n
		}
	}
	return e, nil
}

func (e *engine) words(list []string) {
	for _, w := range list {
		e.stop[string(foldText(w))] = true
	}
}

func (e *engine) add(id func(string) int, rule, all, scope string, notSettled bool) error {
	p, err := parsePattern(all)
	if err != nil {
		return err
	}
	p.number(id)
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

// RuleInfo is a rule as a list shows it.
type RuleInfo struct {
	ID       string
	Severity data.Severity
	Why      data.Text // with its variables unfilled
	How      data.Text
	Off      string // why it is switched off; "" it counts
}

// List lists the rules in their order.
func (r *Rules) List() []RuleInfo {
	all := make([]RuleInfo, len(r.rules))
	for i, rule := range r.rules {
		text := ruleTexts[rule.ID]
		all[i] = RuleInfo{ID: rule.ID, Severity: rule.Severity, Why: text.why.With(), How: text.how.With(), Off: r.off[rule.ID]}
	}
	return all
}
