package statement

import (
	"slices"
	"strings"

	"casebinder/data"
)

// Known is what a bundle holds that a claim can point to.
type Known struct {
	Exhibits []KnownExhibit  // those that are included
	Messages map[string]bool // UIDs of the messages that are printed
	Parts    []data.Section  // composed parts that are printed
}

// KnownExhibit is an exhibit that is included.
type KnownExhibit struct {
	UID   string // of its evidence
	Pages int    // of a PDF whose pages are shown; 0: not known, or not a PDF
}

// A Place is a citation of a statement, and why it points to nothing.
type Place struct {
	Claim int       `json:"claim"` // from 1
	Cite  int       `json:"cite"`  // of the claim, from 1
	Cites data.Cite `json:"cites"`
	Why   Why       `json:"why"`
}

// Why says why a citation points to nothing.
type Why string

// The reasons.
const (
	WhyShape   Why = "shape"   // it points to nothing, or to several things at once
	WhyExhibit Why = "exhibit" // not an exhibit that is included
	WhyPage    Why = "page"    // the exhibit has no such page
	WhyMessage Why = "message" // not a message of the bundle
	WhyPart    Why = "part"    // not a part of the bundle
)

// Report is what Check found.
type Report struct {
	Unresolved []Place  // an export is refused
	Empty      []int    // numbers of claims without words, from 1; an export is refused
	Uncited    []int    // numbers of claims that cite nothing: for a person to look at
	Unused     []string // UIDs of exhibits that no claim cites, as they are numbered
}

// Err is the problem for which an export is refused; nil when there is none.
// target says in the reader's words what a citation points to; nil takes the
// UID or the part's name.
func (r Report) Err(target func(data.Cite) string) error {
	if len(r.Unresolved) > 0 {
		p := r.Unresolved[0]
		name := ""
		if target != nil {
			name = target(p.Cites)
		}
		if name == "" {
			name = p.Cites.Evidence + p.Cites.Message + string(p.Cites.Part)
		}
		if name == "" {
			name = "–"
		}
		return ProblemCitation.New("claim", p.Claim, "target", name)
	}
	if len(r.Empty) > 0 {
		return ProblemEmptyClaim.New("claim", r.Empty[0])
	}
	return nil
}

// Check holds a statement's citations against what the bundle has.
func Check(s data.Statement, known Known) Report {
	pages := make(map[string]int, len(known.Exhibits))
	for _, e := range known.Exhibits {
		pages[e.UID] = e.Pages
	}
	var report Report
	used := map[string]bool{}
	for i, claim := range s.Claims {
		switch {
		case strings.TrimSpace(claim.Text) == "":
			report.Empty = append(report.Empty, i+1)
		case len(claim.Cites) == 0:
			report.Uncited = append(report.Uncited, i+1)
		}
		for j, cite := range claim.Cites {
			if why := unresolved(cite, pages, known); why != "" {
				report.Unresolved = append(report.Unresolved, Place{Claim: i + 1, Cite: j + 1, Cites: cite, Why: why})
			}
			used[cite.Evidence] = true
		}
	}
	for _, e := range known.Exhibits {
		if !used[e.UID] {
			report.Unused = append(report.Unused, e.UID)
		}
	}
	return report
}

// unresolved says why a citation points to nothing, "" when it does point.
func unresolved(c data.Cite, pages map[string]int, known Known) Why {
	targets := 0
	for _, name := range []string{c.Evidence, c.Message, string(c.Part)} {
		if name != "" {
			targets++
		}
	}
	count, there := pages[c.Evidence]
	switch {
	case targets != 1 || c.Page < 0 || c.Page > 0 && c.Evidence == "":
		return WhyShape
	case c.Evidence != "" && !there:
		return WhyExhibit
	case c.Evidence != "" && count > 0 && c.Page > count:
		return WhyPage
	case c.Message != "" && !known.Messages[c.Message]:
		return WhyMessage
	case c.Part != "" && !slices.Contains(known.Parts, c.Part):
		return WhyPart
	}
	return ""
}
