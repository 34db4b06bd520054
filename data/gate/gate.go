// Package gate checks a reply before it goes to a buyer.
//
// Its law: it says what a rule finds and where; it changes a text only where a
// person presses the button.
package gate

import (
	"slices"
	"time"
	"unicode/utf8"

	"casebinder/data"
)

// State is how the matter between shop and buyer stands.
type State string

// The states of a matter.
const (
	NoMatter    State = ""
	Open        State = "open"         // the buyer has told of a problem
	DisputeOpen State = "dispute_open" // there is an open dispute
	Settled     State = "settled"      // there was a matter, and it is settled
)

// A Said is a message of the thread.
type Said struct {
	Direction data.Direction
	Text      string
	At        time.Time
}

// A Name is what may name a person.
type Name struct {
	Text      string // as it was written
	Addressed bool   // it stands where a person is addressed or named: then a given or a family name alone counts
	Inflected bool   // the language changes the endings of names
}

// Others tells whom else the desk knows: which of the names are those of other
// buyers, and which of the numbers those of other orders and parcels. Both may
// be nil: then nothing is known of others. Each is asked once.
type Others struct {
	Names   func([]Name) map[string]bool
	Numbers func([]string) map[string]bool
}

// A Policy is what the shop itself promises; zero values are not known.
type Policy struct {
	ReturnDays     int
	WarrantyMonths int
	ReturnPaidBy   string // "seller" or "buyer"
}

// A Context is what the check knows beyond the text. The zero Context checks what
// the text alone tells.
type Context struct {
	Language      string   // BCP 47 of the draft; "": told from the text
	Buyer         string   // the buyer's name
	Own           []string // other names that may stand in the text: the handle, who receives the parcel, who signs
	BuyerLanguage string   // BCP 47; "": not known
	Platform      data.Platform
	Limit         int  // characters that the channel takes; 0: no limit known
	LimitUnsure   bool // Limit is hearsay: what is longer is no more than a warning
	State         State
	Thread        []Said   // the oldest first
	Asked         int      // how often feedback was asked for in this order
	Orders        []string // the numbers of this order and of its parcels
	Others        Others
	Written       time.Time // when the reply is written, in the writer's zone
	Holiday       func(data.Day) bool
	Policy        Policy
	Detect        func(text string) (language string, sure bool) // nil: tongue.Detect
}

// A Promise is a day until which the text promises something.
type Promise struct {
	Due   data.Day
	Text  string // the sentence
	Start int    // its place in the reply, in characters
	End   int
}

// A Result is what a check found.
type Result struct {
	Language string
	Findings []data.Finding
	Promises []Promise
	// NoWords is true where the gate has no words of the language of the text:
	// then the rules that need words found nothing because they cannot.
	NoWords bool
}

// PassKey names a finding of a reply, so that what a person said of it stays when
// other words of the reply change: by its rule and its words, and not by their
// place.
func PassKey(f data.Finding) string { return f.Rule + "|" + f.At("text").Label }

// MaxText is the longest text that is checked, in characters. What is longer is
// checked up to there, and too long for every channel.
const MaxText = 50_000

// Check looks at a reply. Findings come the worst first; each names its place by
// a Ref of kind "text", whose ID is "start-end" in characters of the text, and
// whose Label is the words.
func (r *Rules) Check(text string, c Context) (Result, error) {
	cut, long := limited(text)
	s, err := r.read(cut, c)
	if err != nil {
		return Result{}, err
	}
	if long {
		n := utf8.RuneCountInString(text)
		s.add("too_long", span{0, 0}, "", "length", n, "limit", MaxText, "over", n-MaxText)
	}
	s.run()
	out := Result{Language: s.language, Promises: s.promises, NoWords: s.engine.language == ""}
	out.Findings = r.inForce(s.findings)
	return out, nil
}

// limited cuts a text at MaxText.
func limited(text string) (string, bool) {
	if len(text) <= MaxText {
		return text, false
	}
	n := 0
	for i := range text {
		if n == MaxText {
			return text[:i], true
		}
		n++
	}
	return text, false
}

// inForce leaves out what was switched off, and what stands twice.
func (r *Rules) inForce(all []data.Finding) []data.Finding {
	seen := map[string]bool{}
	all = slices.DeleteFunc(all, func(f data.Finding) bool {
		key := f.Key()
		gone := seen[key]
		seen[key] = true
		_, off := r.off[f.Rule]
		return gone || off
	})
	data.SortFindings(all)
	return all
}

// A subject is a text on its way through the check.
type subject struct {
	rules     *Rules
	engine    *engine
	c         Context
	written   []rune
	f         folded
	weights   []int
	found     found
	sentences []span
	language  string
	sure      bool
	findings  []data.Finding
	promises  []Promise
}

func (r *Rules) read(text string, c Context) (*subject, error) {
	s := &subject{rules: r, c: c, written: []rune(text), f: fold(text)}
	s.language, s.sure = languageOf(text, c)
	use := c.Language
	if use == "" || s.sure && s.language != "" && r.lexiconFor(s.language) != nil {
		use = s.language
	}
	if s.language == "" {
		s.language = c.Language
	}
	e, err := r.engine(use)
	if err != nil {
		return nil, err
	}
	s.engine = e
	s.weights = s.f.weights()
	s.sentences = s.f.sentences()
	s.scan()
	return s, nil
}

// scan finds the concepts, those of letters written apart among them, then what
// is seen by its form, then what is made of others.
func (s *subject) scan() {
	s.found = make(found, len(s.engine.ids))
	scan(s.f, s.engine.root, s.engine.clitics, s.found)
	s.scanSqueezed()
	s.scanForms()
	s.except()
	for _, all := range s.found {
		slices.SortFunc(all, byPlace)
	}
	for _, d := range s.engine.defines {
		for _, in := range s.sentences {
			v := s.view(in)
			for _, c := range d.chains {
				s.found[d.concept] = append(s.found[d.concept], v.chain(c, 8)...)
			}
		}
		slices.SortFunc(s.found[d.concept], byPlace)
	}
}

// except takes out the places of a concept X that lie in one of X_NOT: "if you
// gave" is no "you gave".
func (s *subject) except() {
	for _, pair := range s.engine.exceptions {
		not := s.found[pair[1]]
		if len(not) > 0 {
			s.found[pair[0]] = slices.DeleteFunc(s.found[pair[0]], func(one span) bool { return slices.ContainsFunc(not, one.overlaps) })
		}
	}
}

// scanSqueezed looks for messengers in letters that were written apart.
func (s *subject) scanSqueezed() {
	tight, joined := s.f.squeeze()
	if !joined {
		return
	}
	again := make(found, len(s.engine.ids))
	scan(tight, s.engine.root, s.engine.clitics, again)
	back := map[int]int{}
	for i, at := range s.f.at {
		if _, ok := back[at]; !ok {
			back[at] = i
		}
	}
	for _, name := range []string{"MESSENGER", "PAY_OUTSIDE", "MAIL"} {
		id := s.engine.concept(name)
		if id < 0 {
			continue
		}
		for _, p := range again[id] {
			at := span{back[tight.at[p.start]], back[tight.at[p.end-1]] + 1}
			if name == "MESSENGER" && !slices.ContainsFunc(s.found[id], at.overlaps) {
				disguised := s.engine.concept("DISGUISED")
				s.found[disguised] = append(s.found[disguised], at)
			}
			s.found[id] = append(s.found[id], at)
		}
	}
}

func (s *subject) view(in span) view { return view{found: s.found, weights: s.weights, in: in} }

// has reports whether a concept stands in a stretch.
func (s *subject) has(in span, concepts ...string) bool {
	v := s.view(in)
	return slices.ContainsFunc(concepts, func(name string) bool { return v.has(s.engine.concept(name)) })
}

func (s *subject) whole() span { return span{0, len(s.f.runes)} }

// run carries out all rules.
func (s *subject) run() {
	s.patterns()
	s.placeholders()
	s.otherBuyer()
	s.wrongLanguage()
	s.tooLong()
	s.repeatedQuestion()
	s.ignoredQuestion()
	s.mixedScript()
	s.policyDiffers()
	s.datedPromises()
}

func (s *subject) patterns() {
	for _, w := range s.engine.whens {
		if !s.counts(w) {
			continue
		}
		for _, in := range s.scopes(w.scope) {
			if hit, ok := s.view(in).match(w.pattern); ok && !s.settledFreely(w, in) {
				s.addSentence(w.rule, in, hit)
			}
		}
	}
}

// counts reports whether a rule's patterns count in this context.
func (s *subject) counts(w compiledWhen) bool {
	rule := s.rules.rule(w.rule)
	if rule == nil {
		return false
	}
	if len(rule.States) > 0 && !slices.Contains(rule.States, s.c.State) {
		return false
	}
	return !rule.Repeated || s.c.Asked > 0
}

// settledFreely reports whether a request for a change is one that the platform
// allows: once, after the matter, with the buyer's freedom said.
func (s *subject) settledFreely(w compiledWhen, in span) bool {
	if !w.notSettled || s.c.Platform == data.Amazon || s.c.Asked > 0 {
		return false
	}
	return s.c.State == Settled || s.c.State == NoMatter && s.has(s.whole(), "FREE")
}

// scopes are the stretches that a pattern looks at.
func (s *subject) scopes(scope string) []span {
	switch scope {
	case "text":
		return []span{s.whole()}
	case "pair":
		var all []span
		for i, in := range s.sentences {
			if i+1 < len(s.sentences) {
				all = append(all, span{in.start, s.sentences[i+1].end})
			} else if i == 0 {
				all = append(all, in)
			}
		}
		return all
	}
	return s.sentences
}
