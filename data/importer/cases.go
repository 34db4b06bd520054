package importer

import (
	"fmt"
	"regexp"
	"slices"
	"sync"
	"unicode"

	"casebinder/data"
	"casebinder/data/pack"
)

// A CaseRule says what a word of a column says of a dispute. The first rule of
// a field that fits its word counts. A rule that says nothing more makes a word
// known.
type CaseRule struct {
	Field  Field    `toml:"field"`            // kind, status, outcome or liable
	Words  []string `toml:"words,omitempty"`  // the cell is one of these; case, spaces and signs do not count
	Filled bool     `toml:"filled,omitempty"` // any word

	Kind    string         `toml:"kind,omitempty"`   // the case is of this kind, unless FieldKind says one
	Reason  data.Reason    `toml:"reason,omitempty"` // where the column of reasons is empty or not known
	Awaits  data.Actor     `toml:"awaits,omitempty"` // who must act next
	Event   data.EventKind `toml:"event,omitempty"`  // what has happened
	By      data.Actor     `toml:"by,omitempty"`     // who did it; "": the platform
	At      Field          `toml:"at,omitempty"`     // closed_at: when it happened; "": not said
	Outcome Outcome        `toml:"outcome,omitempty"`
	Liable  data.Actor     `toml:"liable,omitempty"`
}

var (
	caseFields = []Field{FieldKind, FieldStatus, FieldOutcome, FieldLiable}
	kindForm   = regexp.MustCompile(`^[a-z][a-z -]{0,39}$`)
)

// checkCases tells what is wrong with what a preset says of
// disputes.
func (p *Preset) checkCases(bad func(field, reason string)) {
	if p.Target != TargetDisputes {
		if len(p.Reasons)+len(p.Kinds)+len(p.Cases) > 0 {
			bad("cases", "they are for disputes")
		}
		return
	}
	if len(p.Columns[FieldNumber])+len(p.Columns[FieldPaymentRef]) == 0 {
		bad("columns.number", "a disputes preset needs it or payment_ref")
	}
	for _, c := range p.DoubtMinor {
		if !data.IsCurrency(c) {
			bad("doubt_minor", c+" is not three capital letters")
		}
	}
	p.checkWords(bad)
	for i, r := range p.Cases {
		if field, reason := r.fault(); field != "" {
			bad(fmt.Sprintf("cases.%d.%s", i+1, field), reason)
		}
	}
}

// checkWords checks that each word stands for one thing.
func (p *Preset) checkWords(bad func(field, reason string)) {
	taken := map[string]data.Reason{}
	for reason, words := range p.Reasons {
		if !slices.Contains(data.Reasons(), reason) {
			bad("reasons."+string(reason), "there is no such reason")
		}
		for _, w := range words {
			if other, ok := taken[wordKey(w)]; ok && other != reason || wordKey(w) == "" {
				bad("reasons."+string(reason), "the word "+w+" is empty or stands for two reasons")
			}
			taken[wordKey(w)] = reason
		}
	}
	kinds := map[string]string{}
	for kind, words := range p.Kinds {
		if !kindForm.MatchString(kind) {
			bad("kinds."+kind, "it takes small letters, spaces and hyphens")
		}
		for _, w := range words {
			if other, ok := kinds[wordKey(w)]; ok && other != kind || wordKey(w) == "" {
				bad("kinds."+kind, "the word "+w+" is empty or stands for two kinds")
			}
			kinds[wordKey(w)] = kind
		}
	}
}

// fault says what is wrong with a rule, "" for nothing.
func (r CaseRule) fault() (field, reason string) {
	switch {
	case !slices.Contains(caseFields, r.Field):
		return "field", "it is none of kind, status, outcome, liable"
	case len(r.Words) == 0 && !r.Filled:
		return "words", "it needs words or filled"
	case slices.ContainsFunc(r.Words, func(w string) bool { return wordKey(w) == "" }):
		return "words", "a word is empty"
	case r.Kind != "" && !kindForm.MatchString(r.Kind):
		return "kind", "it takes small letters, spaces and hyphens"
	case r.Reason != "" && !slices.Contains(data.Reasons(), r.Reason):
		return "reason", "there is no such reason"
	}
	return r.deedFault()
}

// deedFault says what is wrong with what a rule says was done, and by whom.
func (r CaseRule) deedFault() (field, reason string) {
	for _, a := range []struct {
		field string
		actor data.Actor
	}{{"awaits", r.Awaits}, {"by", r.By}, {"liable", r.Liable}} {
		if !slices.Contains([]data.Actor{"", data.ActorBuyer, data.ActorSeller, data.ActorPlatform}, a.actor) {
			return a.field, "it is none of buyer, seller, platform"
		}
	}
	switch {
	case r.Event != "" && (r.Event == data.EventOpened || r.Event == data.EventCorrection || !slices.Contains(data.EventKinds(), r.Event)):
		return "event", "there is no such event, or it is not for a status"
	case r.At != "" && r.At != FieldClosedAt:
		return "at", "it is not closed_at"
	case r.Outcome != "" && !slices.Contains(Outcomes(), r.Outcome):
		return "outcome", "there is no such outcome"
	}
	return "", ""
}

// isWordRune reports whether a sign counts when words are compared.
func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// plainCases gives the built-in preset for a shop's own table of disputes, whose
// words every mapping to disputes takes over.
var plainCases = sync.OnceValues(func() (*Preset, error) {
	all, err := BuiltIn()
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(all, func(p *Preset) bool { return p.ID == "disputes" })
	if i < 0 {
		return nil, pack.Fault("disputes", "the program carries no such preset")
	}
	return all[i], nil
})
