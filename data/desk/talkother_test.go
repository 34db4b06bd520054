package desk_test

import (
	"slices"
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
)

// A conversation on one order that names another of the desk is a doubt; one that
// names its own too, or none, is not.
func TestConversationThatNamesAnotherOrder(t *testing.T) {
	d, order := imported(t) // #1001; #1002 is another
	for text, want := range map[string]bool{
		"[03.11.26, 14:05:12] Chloe: Where is order #1002?":            true,
		"[03.11.26, 14:05:12] Chloe: Where is order #1001?":            false,
		"[03.11.26, 14:05:12] Chloe: Where is it?":                     false,
		"[03.11.26, 14:05:12] Chloe: #1001 came, where is order #1002": false,
	} {
		talk, err := d.PreviewTalk(t.Context(), desk.TalkRequest{Text: text, OrderID: order}, nil)
		must(t, err)
		if got := slices.ContainsFunc(talk.Findings, func(f data.Finding) bool { return f.Rule == "talk.other_order" }); got != want {
			t.Errorf("%s: a doubt %v, want %v: %+v", text, got, want, talk.Findings)
		}
	}
}
