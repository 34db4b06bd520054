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
		// Words for "pt" belong to those for "pt-BR": as a language of their own
		// they would take the built-in ones away.
		base, language := r.lexiconFor(l.Language), l.Language
		if base != nil {
			language = base.Language
		}
		r.lexicons[language] = merge(base, l)
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

// RuleInfo is a rule as a list shows it.
type RuleInfo struct {
	ID          string
	Name        data.Text
	Finds       data.Text // what it looks for, in plain words
	Severity    data.Severity
	Platform    map[data.Platform]data.Severity // where it is worse or milder; nil: alike everywhere
	Why         data.Text                       // with its variables unfilled
	How         data.Text                       // with its variables unfilled
	data.Origin                                 // zero: good practice, of no platform's rules
	Off         string                          // why it is switched off; "" it counts
}

// List lists the rules in their order.
func (r *Rules) List() []RuleInfo {
	all := make([]RuleInfo, len(r.rules))
	for i, rule := range r.rules {
		text, called := ruleTexts[rule.ID], namings[rule.ID]
		all[i] = RuleInfo{
			ID: rule.ID, Name: called.name.With(), Finds: called.finds.With(), Severity: rule.Severity, Platform: rule.Platform,
			Why: text.why.With(), How: text.how.With(), Origin: rule.Origin, Off: r.off[rule.ID],
		}
	}
	return all
}
