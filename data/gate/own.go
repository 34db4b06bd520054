package gate

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"casebinder/data"
	"casebinder/data/pack"
	"casebinder/data/tongue"
)

var problemNoWords = data.DefineProblem("gate_words_none", data.ErrInvalid,
	"There are no words in {file}.", "Remove the # from the lines that you want, write words into them, and import the file again.")

// OwnLexicon reads a lexicon that a shop wrote, as DecodeLexicon does, and
// refuses what would be kept and never count: a concept that no rule looks for, a
// term to take out that is not there, a language that there is not. Each mistake
// is a Problem with file, line and reason.
func OwnLexicon(name string, text []byte) (*Lexicon, error) {
	built, err := BuiltIn()
	if err != nil {
		return nil, err
	}
	kind := lexicons
	kind.Check = func(l *Lexicon, r *pack.Report) {
		checkLexicon(l, r)
		built.checkOwn(l, r)
	}
	own, err := kind.Decode(name, text)
	if err == nil && own.isEmpty() {
		return nil, problemNoWords.New("file", name)
	}
	return own, err
}

func (l *Lexicon) isEmpty() bool {
	terms := 0
	for _, list := range l.Concepts {
		terms += len(list)
	}
	return terms+len(l.When)+len(l.Stop)+len(l.Better) == 0
}

func (r *Rules) checkOwn(own *Lexicon, report *pack.Report) {
	if code := tongue.Code(own.Language); own.Language != "*" && own.Language != "" && (code == "" || baseOf(code) != baseOf(own.Language)) {
		report.Fail(pack.At("language"), "there is no language “%s”; write it as “es” or “zh-TW”", own.Language)
	}
	base := r.base(own.Language)
	known := r.concepts()
	for i, w := range own.When {
		for name := range conceptsIn(w.All) {
			if _, here := own.Concepts[name]; here {
				known[name] = true
			}
			if !known[name] {
				report.Fail(pack.At("when", i, "all"), "there are no words of “%s”", name)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(own.Concepts)) {
		if !known[strings.TrimSuffix(name, "_NOT")] {
			report.Fail(pack.At("concepts", name), "no rule looks for “%s”", name)
		}
		for _, t := range own.Concepts[name] {
			if gone, ok := strings.CutPrefix(t, "-"); ok && !slices.Contains(base.Concepts[name], gone) {
				report.Fail(pack.At("concepts", name).Word(t), "“%s” has no term “%s” that could be taken out", name, gone)
			}
		}
	}
}

// base is the built-in lexicon to which words of a language are added; an empty
// one where there is none.
func (r *Rules) base(language string) *Lexicon {
	if language == "*" {
		return r.common
	}
	if l := r.lexiconFor(language); l != nil {
		return l
	}
	return &Lexicon{Language: language}
}

// conceptsIn are the names of concepts in a pattern or a chain.
func conceptsIn(pattern string) iter.Seq[string] {
	return strings.FieldsFuncSeq(pattern, func(c rune) bool { return strings.ContainsRune("+~>|! ", c) })
}

// concepts are the names that a rule looks for, be it by its patterns, by those
// of a language, or by code, for which the built-in files have words.
func (r *Rules) concepts() map[string]bool {
	known := map[string]bool{}
	for _, name := range syntheticConcepts {
		known[name] = true
	}
	look := func(pattern string) {
		for name := range conceptsIn(pattern) {
			known[name] = true
		}
	}
	for _, d := range r.defines {
		known[d.Name] = true
		for _, chain := range d.Any {
			look(chain)
		}
	}
	for _, rule := range r.rules {
		for _, w := range rule.When {
			look(w.All)
		}
	}
	for _, l := range append(slices.Collect(maps.Values(r.lexicons)), r.common) {
		for _, w := range l.When {
			look(w.All)
		}
		for name := range l.Concepts {
			known[strings.TrimSuffix(name, "_NOT")] = true
		}
	}
	return known
}

// Terms counts the terms of the built-in words of a language; "*" is what all
// languages share.
func (r *Rules) Terms(language string) int {
	n := 0
	for _, terms := range r.base(language).Concepts {
		n += len(terms)
	}
	return n
}

// Start writes a file from which a shop's own words for a language can begin:
// each concept in a remark, with its first built-in terms.
func (r *Rules) Start(language string) []byte {
	const shown = 8
	base := r.base(language)
	var b strings.Builder
	fmt.Fprintf(&b, "# Own words of the reply check, added to the built-in ones.\n"+
		"# Take the # from a line and write words between the quotes; \"-word\" takes a built-in word out.\n"+
		"# The remarks show built-in words. A * lets a word go on, as in \"refund*\".\n"+
		"format = 1\nlanguage = %s\n\n[concepts]\n", strconv.Quote(base.Language))
	names := slices.Sorted(maps.Keys(base.Concepts))
	if len(names) == 0 {
		names = slices.Sorted(maps.Keys(r.base("en").Concepts))
	}
	for _, name := range names {
		var quoted []string
		for _, t := range base.Concepts[name][:min(shown, len(base.Concepts[name]))] {
			quoted = append(quoted, strconv.Quote(t))
		}
		fmt.Fprintf(&b, "# %s = [%s]\n", name, strings.Join(quoted, ", "))
	}
	return []byte(b.String())
}
