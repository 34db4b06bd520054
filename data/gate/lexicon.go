package gate

import (
	"maps"
	"slices"
	"strings"

	"casebinder/data/pack"
)

// A Lexicon is what the rules know of a language: a file of assets/gate. The one
// with the language "*" serves all.
type Lexicon struct {
	Format   int                 `toml:"format"`
	Language string              `toml:"language"` // BCP 47, such as "pt-BR"; "*": all
	Stop     []string            `toml:"stop"`     // most frequent words, by which the language is told, and which say nothing of what a question is about
	Clitics  []string            `toml:"clitics"`  // what is written onto the front of a word
	Concepts map[string][]string `toml:"concepts"` // name -> terms
	When     []When              `toml:"when"`     // patterns of this language's own
	Time     Calendar            `toml:"time"`     // dates, numbers and units
	Names    Naming              `toml:"names"`    // how people are addressed
	Better   map[string]string   `toml:"better"`   // rule -> a sentence that says it better
}

// A When is a pattern by which a rule finds something.
type When struct {
	Rule  string `toml:"rule"`
	All   string `toml:"all"`   // see parsePattern
	Scope string `toml:"scope"` // "": a sentence; "pair": two sentences in a row; "text"
}

// Calendar are a language's words of time.
type Calendar struct {
	Months   []string  `toml:"months"`    // twelve, each its forms with "|" between: "december|dec"
	Weekdays []string  `toml:"weekdays"`  // seven, Monday first, in the same form
	Numbers  []string  `toml:"numbers"`   // from one on: "one|a|an"
	Digits   []string  `toml:"digits"`    // zero to nine, as a phone number is spoken
	Today    []string  `toml:"today"`     // also "this evening"
	Tomorrow []string  `toml:"tomorrow"`  //
	After    []string  `toml:"after"`     // the day after tomorrow
	WeekEnd  []string  `toml:"week_end"`  // "end of the week"
	MonthEnd []string  `toml:"month_end"` // "end of the month"
	NextWeek []string  `toml:"next_week"` //
	Day      []string  `toml:"day"`       // units that follow a number
	Workday  []string  `toml:"workday"`   //
	Hour     []string  `toml:"hour"`      //
	Week     []string  `toml:"week"`      //
	Month    []string  `toml:"month"`     //
	Year     []string  `toml:"year"`      //
	Lasting  []Lasting `toml:"lasting"`   // a count and its unit in one word
	MonthDay bool      `toml:"month_day"` // 12/4 is 4 December
}

// Lasting is a stretch of time that a language says without a number beside its
// unit, as Arabic does by its dual.
type Lasting struct {
	Count int      `toml:"count"` // from 1 to 9
	Unit  string   `toml:"unit"`  // "day", "workday", "hour", "week" or "month"
	Forms []string `toml:"forms"`
}

// Naming is how a language addresses people.
type Naming struct {
	Hello     []string `toml:"hello"`     // "dear", "hello": a name may follow
	Title     []string `toml:"title"`     // "mr": a family name follows
	After     []string `toml:"after"`     // "様", "先生": stands behind a name
	Inflected bool     `toml:"inflected"` // names change their endings
	Variables []string `toml:"variables"` // words that stand in brackets for a value: "name", "order number"
	Families  string   `toml:"families"`  // frequent family names of one sign
	Plain     []string `toml:"plain"`     // "friend", "customer": follow a greeting and are no names
}

var lexicons = pack.Kind[Lexicon]{ID: func(l *Lexicon) string { return l.Language }, Format: 1, Check: checkLexicon}

func checkLexicon(l *Lexicon, r *pack.Report) {
	if l.Language == "" {
		r.Fail(pack.At("language"), "there is no language")
	}
	checkCalendar(&l.Time, r)
	for _, name := range slices.Sorted(maps.Keys(l.Concepts)) {
		checkConcept(name, l.Concepts[name], r)
	}
	for i, w := range l.When {
		checkWhen(w, r, pack.At("when", i, "all"))
	}
	for rule := range l.Better {
		if !knownRule(rule) {
			r.Fail(pack.At("better", rule), "there is no rule “%s”", rule)
		}
	}
}

func checkCalendar(c *Calendar, r *pack.Report) {
	for _, full := range []struct {
		name string
		list []string
		want int
	}{{"months", c.Months, 12}, {"weekdays", c.Weekdays, 7}, {"digits", c.Digits, 10}} {
		if len(full.list) != 0 && len(full.list) != full.want {
			r.Fail(pack.At("time", full.name), "there are %d %s; %d are wanted", len(full.list), full.name, full.want)
		}
	}
	for i, one := range c.Lasting {
		if one.Count < 1 || one.Count > 9 || !slices.Contains(lastingUnits, one.Unit) {
			r.Fail(pack.At("time", "lasting", i), "write a count from 1 to 9, and as unit one of %s", strings.Join(lastingUnits, ", "))
		}
	}
}

func checkConcept(name string, terms []string, r *pack.Report) {
	if name == "" || strings.ToUpper(name) != name || strings.ContainsAny(name, "+~>|! ") {
		r.Fail(pack.At("concepts", name), "a concept's name is written in capitals")
	}
	for _, t := range terms {
		if len(parseTerm(t)) == 0 {
			r.Fail(pack.At("concepts", name).Word(t), "the term “%s” holds no letter", t)
		}
	}
}

func checkWhen(w When, r *pack.Report, at pack.Place) {
	if !knownRule(w.Rule) {
		r.Fail(at, "there is no rule “%s”", w.Rule)
	}
	if _, err := parsePattern(w.All); err != nil {
		r.Fail(at, "%s", err.Error())
	}
	if !slices.Contains([]string{"", "pair", "text"}, w.Scope) {
		r.Fail(at, "the scope is “%s”; write pair or text, or leave it out", w.Scope)
	}
}

// A piece is one word of a term.
type piece struct {
	runes       []rune
	front, back bool // the word may go on before or behind it
	gap         bool // up to gapWeight may stand before it
}

const gapWeight = 8 // four words, or eight signs of a script without blanks

// parseTerm reads a term: words with blanks between them, "*" before or behind a
// word where it may go on, and ".." where up to four words may stand.
func parseTerm(term string) []piece {
	var all []piece
	gap := false
	for word := range strings.FieldsSeq(term) {
		if word == ".." {
			gap = len(all) > 0
			continue
		}
		p := piece{front: strings.HasPrefix(word, "*"), back: strings.HasSuffix(word, "*") && len(word) > 1, gap: gap}
		p.runes = foldText(strings.Trim(word, "*"))
		if len(p.runes) == 0 {
			continue
		}
		gap = false
		all = append(all, p)
	}
	return all
}
