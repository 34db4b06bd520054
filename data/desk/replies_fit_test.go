package desk_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/reply"
)

// What fits a dispute that nothing was received of: its own templates, then those
// for any dispute; once the platform decides, the statement to it comes first. One
// in the bin is not offered.
func TestTemplatesThatFitADispute(t *testing.T) {
	d, dispute := aliExpressCase(t)
	ctx := t.Context()
	fits := func(want ...string) {
		t.Helper()
		if got, err := d.FittingTemplates(ctx, dispute.ID); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q, want %q, %v", got, want, err)
		}
	}
	negotiating := []string{"dispute_opened", "dispute_changed_claim", "dispute_offer_accepted", "dispute_offer_rejected"}
	fits(append([]string{"not_received", "lost_parcel"}, negotiating...)...)
	must(t, d.BinTemplate(ctx, "not_received"))
	fits(append([]string{"lost_parcel"}, negotiating...)...)
	_, err := d.Undo(ctx)
	must(t, err)
	_, err = d.AppendEvent(ctx, dispute.ID, desk.NewEvent{CaseEvent: data.CaseEvent{Kind: data.EventEscalated, Actor: data.ActorBuyer, At: clock}})
	must(t, err)
	fits(append([]string{"arbitration_statement", "dispute_escalated", "not_received", "lost_parcel"}, negotiating...)...)
}

// What the seller changed of a built-in template stays, and all else is the
// program's: the other languages and the other templates.
func TestWhatASellerChangedStays(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "desk")
	d, err := desk.Open(t.Context(), dir, options())
	must(t, err)
	ctx := t.Context()
	templates, err := d.Templates(ctx)
	must(t, err)
	edited, binned := templates[0], templates[1]
	edited.Variants = slices.Clone(edited.Variants)
	edited.Variants[0].Body = "my own words"
	languages := len(edited.Variants)
	_, err = d.PutTemplate(ctx, edited)
	must(t, err)
	must(t, d.BinTemplate(ctx, binned.UID))
	must(t, d.Close())

	d, err = desk.Open(t.Context(), dir, options())
	must(t, err)
	defer func() { must(t, d.Close()) }()
	again, err := d.Templates(ctx)
	must(t, err)
	if len(again) != len(templates)-1 || slices.ContainsFunc(again, func(one data.Template) bool { return one.UID == binned.UID }) {
		t.Errorf("there are %d templates, there were %d and one was deleted", len(again), len(templates))
	}
	one := again[0]
	if one.UID != edited.UID || len(one.Variants) != languages || one.Variants[0].Body != "my own words" || !one.Variants[0].Edited || one.Variants[1].Edited {
		t.Errorf("the edited template became %+v", one)
	}
	back, err := d.ResetTemplate(ctx, edited.UID)
	must(t, err)
	if back.Variants[0].Body != templates[0].Variants[0].Body {
		t.Errorf("reset to %q", back.Variants[0].Body)
	}
	_, err = d.Undo(ctx)
	must(t, err)
	if again, err = d.Templates(ctx); err != nil || again[0].Variants[0].Body != "my own words" {
		t.Errorf("after Undo: %q, %v", again[0].Variants[0].Body, err)
	}
}

// A text that a seller took away stays away; bringing a binned one back brings
// the program's text.
func TestABuiltInTextIsTakenAway(t *testing.T) {
	d, err := desk.Open(t.Context(), filepath.Join(t.TempDir(), "desk"), options())
	must(t, err)
	defer func() { must(t, d.Close()) }()
	ctx := t.Context()
	templates, err := d.Templates(ctx)
	must(t, err)
	one := templates[0]
	first := one.Variants[0]
	one.Variants = slices.Clone(one.Variants[1:])
	_, err = d.PutTemplate(ctx, one)
	must(t, err)
	if again, err := d.Templates(ctx); err != nil || slices.ContainsFunc(again[0].Variants, func(v data.Variant) bool { return v.UID == first.UID }) {
		t.Errorf("%s is back: %v", first.UID, err)
	}
	must(t, d.BinTemplate(ctx, templates[1].UID))
	binned, err := d.Binned(ctx)
	must(t, err)
	must(t, d.BringBack(ctx, data.EntityTemplate, binned[0].ID))
	if again, err := d.Templates(ctx); err != nil || again[1].UID != templates[1].UID || len(again[1].Variants) != len(templates[1].Variants) {
		t.Errorf("out of the bin came %+v, %v", again[1], err)
	}
}

// Desks before schema 11 hold whole copies of the templates of their day. What
// was not changed in them follows the program; what was, stays.
func TestOldDesksFollowTheNewWording(t *testing.T) {
	for _, file := range keptFiles(t, "desk") {
		var schema int
		if _, err := fmt.Sscanf(filepath.Base(file), "schema-%d", &schema); err != nil {
			t.Fatal(err)
		}
		if schema >= 11 {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			dir := unpacked(t, file)
			statement(t, dir, "UPDATE variant SET body = 'Mi propio texto' WHERE uid = 'shipped.es'")
			d, err := desk.Open(t.Context(), dir, options())
			must(t, err)
			defer func() { must(t, d.Close()) }()
			templates, err := d.Templates(t.Context())
			must(t, err)
			program, err := reply.BuiltIn()
			must(t, err)
			if len(templates) != len(program) {
				t.Fatalf("%d templates, the program has %d", len(templates), len(program))
			}
			for i, one := range templates {
				for j, v := range one.Variants {
					mine := v.UID == "shipped.es"
					if mine && (v.Body != "Mi propio texto" || !v.Edited) || !mine && (v.Edited || v.Body != program[i].Variants[j].Body) {
						t.Errorf("%s, edited %v: %.60q", v.UID, v.Edited, v.Body)
					}
				}
			}
		})
	}
}
