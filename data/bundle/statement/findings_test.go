package statement_test

import (
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/data/bundle/statement"
)

func TestWhatAStatementPointsToInVainIsFound(t *testing.T) {
	s := data.Statement{Claims: []data.Claim{
		{Text: "Shown.", Cites: []data.Cite{{Evidence: "e1", Page: 2}, {Message: "m1"}, {Part: data.SectionOrder}}},
		{Text: "In vain.", Cites: []data.Cite{{Evidence: "gone"}, {Evidence: "e1", Page: 9}, {Message: "m9"}, {Part: data.SectionTimeline}, {}}},
		{Text: "  "},
		{Text: "Alone."},
	}}
	known := statement.Known{
		Exhibits: []statement.KnownExhibit{{UID: "e1", Pages: 3}, {UID: "e2"}}, Messages: map[string]bool{"m1": true}, Parts: []data.Section{data.SectionOrder},
	}
	found := statement.Check(s, known).Findings(s, func(c data.Cite) string { return "[" + c.Evidence + "]" })
	var got []string
	for _, f := range found {
		line := string(f.Severity) + " " + f.Key() + " " + f.Why.String()
		if statement.Stops(f) {
			line += " STOPS"
		}
		got = append(got, line)
		if f.How.IsZero() || f.Mend.Deed == "" {
			t.Errorf("%s: nothing says how it is mended", f.Rule)
		}
	}
	want := []string{
		"blocking citation.nowhere|claim:2|evidence:gone Claim 2 cites something that is not an exhibit of the bundle. STOPS",
		"blocking citation.nowhere|claim:2|evidence:e1 Claim 2 cites page 9 of an exhibit that has no such page. STOPS",
		"blocking citation.nowhere|claim:2|message:m9 Claim 2 cites a message that is not in the bundle. STOPS",
		"blocking citation.nowhere|claim:2|section:timeline Claim 2 cites a part that the bundle does not have. STOPS",
		"blocking citation.nowhere|claim:2 Claim 2 has a citation that points to nothing. STOPS",
		"blocking claim.empty|claim:3 Claim 3 has no words. STOPS",
		"warning claim.uncited|claim:4 Claim 4 cites nothing.",
		"info exhibit.unused|evidence:e2 Exhibits that no claim cites: 1.",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if at := found[0].Where; at[0].Label != "2. In vain." || at[1].Label != "[gone]" {
		t.Errorf("the places are named %+v", at)
	}
	none := data.Statement{}
	if found := statement.Check(none, known).Findings(none, nil); len(found) > 0 {
		t.Errorf("a case without a statement: %+v", found)
	}
}
