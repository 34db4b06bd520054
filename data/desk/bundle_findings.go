package desk

import (
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/bundle/statement"
	"casebinder/data/policy"
)

// maxSilent is how many exhibits a finding names; its words count them all.
const maxSilent = 40

var (
	sayNoEvidence  = data.DefinePhrase("bundle.missing.evidence", "There is no evidence.")
	sayNoCase      = data.DefinePhrase("bundle.missing.case", "There is no case number.")
	sayNoClaim     = data.DefinePhrase("bundle.missing.claim", "The buyer's claim is not recorded.")
	sayNoAmount    = data.DefinePhrase("bundle.missing.amount", "There is no amount.")
	sayNoTracking  = data.DefinePhrase("bundle.missing.tracking", "There is no tracking number.")
	sayNoStatement = data.DefinePhrase("bundle.missing.statement", "There is no statement: the reviewer has to work out your position alone.")
	saySilent      = data.DefinePhrase("exhibit.silent", "Exhibits that do not say what they prove: {n}.")
	mendSilent     = data.DefinePhrase("exhibit.silent.do", "Say in one line what each of them shows.")
)

// Tell adds to the findings of the case what speaks against sending its bundle
// as it is composed. r is what Check found in its statement.
func (v *BundleView) Tell(r statement.Report) {
	var all []data.Finding
	var passes []data.Pass
	for _, f := range v.Findings {
		all = append(all, f.Finding)
		if f.Passed != nil {
			passes = append(passes, *f.Passed)
		}
	}
	all = slices.Concat(r.Findings(v.Statement, v.citeName), all, policy.MissingProof(v.Proof), v.thin(), v.silent())
	v.Findings = data.WithPasses(all, passes)
}

// citeName is what a person reads of what a citation points to.
func (v *BundleView) citeName(c data.Cite) string {
	if c.Part != "" {
		return string(c.Part)
	}
	for i := range v.Exhibits {
		if x := &v.Exhibits[i]; c.Evidence != "" && x.EvidenceUID == c.Evidence {
			if title := strings.TrimSpace(x.Title); title != "" {
				return title
			}
			return x.Evidence.Name
		}
	}
	for i := range v.Timeline {
		if m := v.Timeline[i].Message; m != nil && c.Message != "" && m.UID == c.Message {
			return m.Text
		}
	}
	return ""
}

// thin tells what a reviewer would look for and not find.
func (v *BundleView) thin() []data.Finding {
	of := data.Ref{Kind: "dispute", ID: v.Dispute.UID, Label: v.Dispute.CaseNumber}
	order := data.Ref{Kind: "order", ID: v.Order.Number, Label: v.Order.Number}
	tracked := slices.ContainsFunc(v.Order.Shipments, func(s data.Shipment) bool { return s.Tracking != "" })
	var all []data.Finding
	for _, f := range []struct {
		missing bool
		say     data.Phrase
		where   data.Ref
		deed    string
	}{
		{len(v.Exhibits) == 0, sayNoEvidence, data.Ref{Kind: "proof"}, ""},
		{v.Dispute.CaseNumber == "", sayNoCase, of, ""},
		{v.Dispute.Claim == "", sayNoClaim, of, ""},
		{v.Dispute.Amount.IsZero(), sayNoAmount, of, ""},
		{!tracked, sayNoTracking, order, ""},
		{len(v.Statement.Claims) == 0, sayNoStatement, data.Ref{Kind: "statement"}, "statement.write"},
	} {
		if f.missing {
			all = append(all, data.Finding{Rule: f.say.Key, Severity: data.Info, Where: []data.Ref{f.where}, Why: f.say.With(), Mend: data.Mend{Deed: f.deed}})
		}
	}
	return all
}

// silent tells of exhibits that do not say what they prove.
func (v *BundleView) silent() []data.Finding {
	var where []data.Ref
	n := 0
	for i := range v.Exhibits {
		x := &v.Exhibits[i]
		if !x.Included || x.Proves != "" {
			continue
		}
		if n++; n <= maxSilent {
			where = append(where, data.Ref{Kind: "evidence", ID: x.EvidenceUID, Label: v.citeName(data.Cite{Evidence: x.EvidenceUID})})
		}
	}
	if n == 0 {
		return nil
	}
	return []data.Finding{{
		Rule: "exhibit.silent", Severity: data.Info, Where: where, Why: saySilent.With("n", n), How: mendSilent.With(),
		Mend: data.Mend{Deed: "exhibit.edit", Ref: where[0]},
	}}
}
