package statement

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/osteele/liquid"
	"github.com/osteele/liquid/parser"

	"casebinder/data/pack"
)

// claim is one thing that a statement can say: what it needs and what it cites,
// the same in every language.
type claim struct {
	When   []string `toml:"when"`   // facts that must be known, beside those that the words print
	Unless []string `toml:"unless"` // facts that must not be known
	Each   string   `toml:"each"`   // "parcel": once for each parcel of the order
	Cites  []string `toml:"cites"`  // each line gives one choice: the first of "a or b or c" that is there
	Joins  []string `toml:"joins"`  // claims that tell the same fact: beside one of them this is not told, and what shows it shows that one
	If     []string `toml:"if"`     // facts that must be known for it to join
	Ask    bool     `toml:"ask"`    // says what the seller asks for; needs no citation
	Note   string   `toml:"note"`   // what it is for; nobody prints it
}

const eachParcel = "parcel"

// wording holds the words of one language.
type wording struct {
	Language string            `toml:"language"`
	Format   formats           `toml:"format"`
	Cases    map[string]string `toml:"cases"`    // what a platform calls the dispute, as a phrase that stands in a sentence
	Openings map[string]string `toml:"openings"` // that it was opened, as a phrase in the form that the language's claims need; none where none prints it
	Prior    map[string]string `toml:"prior"`    // identifiers that an earlier order shares
	Claims   map[string]words  `toml:"claims"`
}

// words are a claim's texts in one language, as Liquid.
type words struct {
	Text  string `toml:"text"`
	Short string `toml:"short"`

	full, short *text
}

// text is a parsed template with the facts that it prints without a condition.
type text struct {
	template *liquid.Template
	needs    []string
}

func (lib *library) loadClaims(files fs.FS) error {
	const name = "claims.toml"
	if err := pack.Read(files, folder+"/"+name, &lib.claims); err != nil {
		return err
	}
	for id, c := range lib.claims {
		if c.Each != "" && c.Each != eachParcel || c.Ask != (len(c.Cites) == 0) {
			return broken(name, "claim %s: unknown repetition, or citations missing or needless", id)
		}
		for _, other := range c.Joins {
			if lib.claims[other] == nil || other == id {
				return broken(name, "claim %s: it joins %q, which is not there", id, other)
			}
		}
		for _, fact := range slices.Concat(c.When, c.Unless, c.If) {
			if !knownVariables[fact] {
				return broken(name, "claim %s: there is no fact %q", id, fact)
			}
		}
		for _, line := range c.Cites {
			for choice := range strings.SplitSeq(line, " or ") {
				if !knownTarget(choice) {
					return broken(name, "claim %s: nothing is called %q", id, choice)
				}
			}
		}
	}
	return nil
}

func (lib *library) loadWords(files fs.FS) error {
	names, err := pack.Names(files, folder+"/words")
	if err != nil {
		return err
	}
	engine := liquid.NewEngine()
	engine.StrictVariables()
	for _, name := range names {
		base := "words/" + path.Base(name)
		w := &wording{}
		if err := pack.Read(files, name, w); err != nil {
			return err
		}
		if "words/"+w.Language+".toml" != base {
			return broken(base, "its language is %q", w.Language)
		}
		if err := lib.parseWords(engine, base, w); err != nil {
			return err
		}
		lib.words[baseOf(w.Language)] = w
	}
	return nil
}

func (lib *library) parseWords(engine *liquid.Engine, name string, w *wording) error {
	for id := range w.Claims {
		if lib.claims[id] == nil {
			return broken(name, "there is no claim %q", id)
		}
	}
	for id := range lib.claims {
		both, ok := w.Claims[id]
		if !ok {
			return broken(name, "no words for the claim %q", id)
		}
		var err error
		if both.full, err = parseText(engine, both.Text); err != nil {
			return broken(name, "claim %s: %v", id, err)
		}
		both.short = both.full
		if both.Short != "" {
			if both.short, err = parseText(engine, both.Short); err != nil {
				return broken(name, "claim %s, short: %v", id, err)
			}
		}
		w.Claims[id] = both
	}
	return nil
}

var (
	variableForm = regexp.MustCompile(`[a-z_]+\.[a-z_]+`)
	objectForm   = regexp.MustCompile(`^\s*[a-z_]+\.[a-z_]+\s*$`)
	testForm     = regexp.MustCompile(`^\s*[a-z_]+\.[a-z_]+(\s+(and|or)\s+[a-z_]+\.[a-z_]+)*\s*$`)
)

// parseText reads a text. It takes plain variables and conditions on whether
// they are known: no filters, loops or assignments, so that a seller can read
// it, and the length of what comes out is bounded by what goes in.
func parseText(engine *liquid.Engine, source string) (*text, error) {
	t := &text{}
	depth := 0
	for _, token := range parser.Scan(source, parser.SourceLoc{}, nil) {
		names := variableForm.FindAllString(token.Args, -1)
		switch token.Type {
		case parser.TextTokenType:
			if strings.ContainsAny(token.Source, "{}%") {
				return nil, faultf("stray braces in %q", token.Source)
			}
		case parser.ObjTokenType:
			if !objectForm.MatchString(token.Args) {
				return nil, faultf("cannot print %q", token.Args)
			}
			if depth == 0 {
				t.needs = append(t.needs, names...)
			}
		case parser.TagTokenType:
			deeper, err := parseTag(token.Name, token.Args)
			if err != nil {
				return nil, err
			}
			depth += deeper
		}
		for _, n := range names {
			if !knownVariables[n] {
				return nil, faultf("there is no fact %q", n)
			}
		}
	}
	var err error
	if strings.TrimSpace(source) == "" {
		return nil, faultf("no words")
	}
	if t.template, err = engine.ParseString(source); err != nil {
		return nil, err
	}
	return t, nil
}

// parseTag checks a tag, and says how much deeper its conditions go.
func parseTag(name, args string) (deeper int, err error) {
	tests := false
	switch name {
	case "if", "unless":
		deeper, tests = 1, true
	case "endif", "endunless":
		deeper = -1
	case "elsif":
		tests = true
	case "else":
	default:
		return 0, faultf("there is no tag %q here", name)
	}
	if tests != testForm.MatchString(args) {
		return 0, faultf("cannot test %q", args)
	}
	return deeper, nil
}

func faultf(format string, args ...any) error { return fmt.Errorf(format, args...) }
