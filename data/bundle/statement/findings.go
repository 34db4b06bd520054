package statement

import (
	"strconv"

	"casebinder/data"
)

// The rules of what Check finds.
const (
	RuleNowhere = "citation.nowhere" // an export is refused
	RuleEmpty   = "claim.empty"      // an export is refused
	RuleUncited = "claim.uncited"
	RuleUnused  = "exhibit.unused"
)

// maxPlaces is how many exhibits a finding names; its words count them all.
const maxPlaces = 40

var (
	sayNowhere = map[Why]data.Phrase{
		WhyShape:   data.DefinePhrase("citation.nowhere.shape", "Claim {claim} has a citation that points to nothing."),
		WhyExhibit: data.DefinePhrase("citation.nowhere.exhibit", "Claim {claim} cites something that is not an exhibit of the bundle."),
		WhyPage:    data.DefinePhrase("citation.nowhere.page", "Claim {claim} cites page {page} of an exhibit that has no such page."),
		WhyMessage: data.DefinePhrase("citation.nowhere.message", "Claim {claim} cites a message that is not in the bundle."),
		WhyPart:    data.DefinePhrase("citation.nowhere.part", "Claim {claim} cites a part that the bundle does not have."),
	}
	mendNowhere = data.DefinePhrase("citation.nowhere.do", "Include it in the bundle, or cite something else.")
	sayEmpty    = data.DefinePhrase("claim.empty", "Claim {claim} has no words.")
	mendEmpty   = data.DefinePhrase("claim.empty.do", "Write what it claims, or delete it.")
	sayUncited  = data.DefinePhrase("claim.uncited", "Claim {claim} cites nothing.")
	mendUncited = data.DefinePhrase("claim.uncited.do", "Cite what shows it.")
	sayUnused   = data.DefinePhrase("exhibit.unused", "Exhibits that no claim cites: {n}.")
	mendUnused  = data.DefinePhrase("exhibit.unused.do", "Cite them where they show something, or leave them out.")
)

// Stops reports whether an export is refused for a finding.
func Stops(f data.Finding) bool { return f.Rule == RuleNowhere || f.Rule == RuleEmpty }

// Findings tells what Check found in a statement. name is what a person reads of
// what a citation points to, "" where it is not known.
func (r Report) Findings(s data.Statement, name func(data.Cite) string) []data.Finding {
	var all []data.Finding
	about := func(rule string, severity data.Severity, claim int, why, how data.Text, more ...data.Ref) {
		at := claimRef(s, claim)
		all = append(all, data.Finding{
			Rule: rule, Severity: severity, Where: append([]data.Ref{at}, more...), Why: why, How: how,
			Mend: data.Mend{Deed: "claim.edit", Ref: at},
		})
	}
	for _, p := range r.Unresolved {
		about(RuleNowhere, data.Blocking, p.Claim, sayNowhere[p.Why].With("claim", p.Claim, "page", p.Cites.Page), mendNowhere.With(), citeRefs(p.Cites, name)...)
	}
	for _, n := range r.Empty {
		about(RuleEmpty, data.Blocking, n, sayEmpty.With("claim", n), mendEmpty.With())
	}
	for _, n := range r.Uncited {
		about(RuleUncited, data.Warning, n, sayUncited.With("claim", n), mendUncited.With())
	}
	if len(s.Claims) == 0 || len(r.Unused) == 0 {
		return all
	}
	var where []data.Ref
	for _, uid := range r.Unused[:min(len(r.Unused), maxPlaces)] {
		where = append(where, citeRefs(data.Cite{Evidence: uid}, name)...)
	}
	return append(all, data.Finding{
		Rule: RuleUnused, Severity: data.Info, Where: where, Why: sayUnused.With("n", len(r.Unused)), How: mendUnused.With(),
		Mend: data.Mend{Deed: "exhibit.edit", Ref: where[0]},
	})
}

// claimRef is the place of a claim, counted from 1.
func claimRef(s data.Statement, n int) data.Ref {
	ref := data.Ref{Kind: "claim", ID: strconv.Itoa(n), Label: strconv.Itoa(n)}
	if n >= 1 && n <= len(s.Claims) && s.Claims[n-1].Text != "" {
		ref.Label += ". " + s.Claims[n-1].Text
	}
	return ref
}

// citeRefs are the places to which a citation points.
func citeRefs(c data.Cite, name func(data.Cite) string) []data.Ref {
	var refs []data.Ref
	for _, ref := range []data.Ref{{Kind: "evidence", ID: c.Evidence}, {Kind: "message", ID: c.Message}, {Kind: "section", ID: string(c.Part)}} {
		if ref.ID != "" {
			ref.Label = name(c)
			refs = append(refs, ref)
		}
	}
	return refs
}
