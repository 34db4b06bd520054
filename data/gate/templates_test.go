package gate

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/data/reply"
)

var (
	liquidTag   = regexp.MustCompile(`(?s)\{%.*?%\}`)
	liquidValue = regexp.MustCompile(`\{\{.*?\}\}`)
)

// filled is a template's text with all its branches, and a word for each value.
func filled(body string) string {
	return liquidValue.ReplaceAllString(liquidTag.ReplaceAllString(body, " "), "Q7")
}

// The program's own templates are what careful writers made: none may be stopped
// by the gate, but for the away notice, which is what its rule looks for.
func TestTheProgramsTemplatesPass(t *testing.T) {
	r := rules(t)
	templates, err := reply.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	only := os.Getenv("GATE_LANGUAGE")
	for _, one := range templates {
		if entry, ok := reply.EntryOf(one.UID); ok && entry.Audience != reply.ToBuyer && entry.Audience != reply.ToPublic {
			continue
		}
		for _, v := range one.Variants {
			if only == "" || only == v.Language {
				passes(t, r, one.UID, v)
			}
		}
	}
}

func passes(t *testing.T, r *Rules, uid string, v data.Variant) {
	t.Helper()
	state := NoMatter
	if strings.Contains(uid, "feedback") || strings.Contains(uid, "revision") || strings.Contains(uid, "review") {
		state = Settled
	}
	out, err := r.Check(filled(v.Body), Context{Language: v.Language, State: state, Platform: data.AliExpress})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range out.Findings {
		if f.Severity != data.Info && (f.Rule != "out_of_office" || uid != "away_notice") {
			t.Errorf("%s in %s %s: %s: %q", uid, v.Language, v.Label, f.Rule, f.Why.Args["words"])
		}
	}
}
