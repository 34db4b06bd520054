package statement

import (
	"strconv"
	"strings"

	"casebinder/data"
	"casebinder/data/bundle/fit"
)

// TextOptions say how a statement becomes the text of a form.
type TextOptions struct {
	Numbered bool                // "1. ..." before each claim; else paragraphs
	Compact  bool                // one line end between claims instead of an empty line
	Limit    int64               // characters at most; 0: none
	Unit     fit.Unit            // how the platform counts; "" is code points
	Mask     func(string) string // what takes personal data out of a claim; nil: nothing
}

// Text writes a statement as plain text, each claim with its citations in
// brackets behind it: "(Exhibit 3, p. 12; Tracking)". labels names a citation;
// one that it names "" is left out, and nil leaves out all.
//
// The text is never cut. When it is longer than the limit it is given whole
// together with a ProblemTooLong, which says by how much and which claim is the
// longest.
func Text(s data.Statement, labels func(data.Cite) string, o TextOptions) (string, error) {
	var parts []string
	longest, longestAt := int64(0), 0
	for i, claim := range s.Claims {
		text := strings.TrimSpace(claim.Text)
		if text == "" {
			continue
		}
		if o.Mask != nil {
			text = o.Mask(text)
		}
		text += cited(claim.Cites, labels, s.Language)
		if o.Numbered {
			text = strconv.Itoa(i+1) + ". " + text
		}
		if n := fit.Count(text, o.Unit); n > longest {
			longest, longestAt = n, i+1
		}
		parts = append(parts, text)
	}
	between := "\n\n"
	if o.Compact {
		between = "\n"
	}
	all := strings.Join(parts, between)
	if n := fit.Count(all, o.Unit); o.Limit > 0 && n > o.Limit {
		return all, ProblemTooLong.New("count", n, "limit", o.Limit, "over", n-o.Limit, "claim", longestAt, "longest", longest)
	}
	return all, nil
}

// cited is the citations of a claim as they stand behind it.
func cited(cites []data.Cite, labels func(data.Cite) string, language string) string {
	if labels == nil {
		return ""
	}
	var names []string
	for _, c := range cites {
		if name := labels(c); name != "" {
			names = append(names, name)
		}
	}
	switch {
	case len(names) == 0:
		return ""
	case strings.HasPrefix(baseOf(language), "zh"), baseOf(language) == "ja":
		return "（" + strings.Join(names, "；") + "）"
	}
	return " (" + strings.Join(names, "; ") + ")"
}
