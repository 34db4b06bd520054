package desk_test

import (
	"path/filepath"
	"slices"
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
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

// A new edition of the built-in templates brings those that are missing; what a
// person edited or put into the bin stays as it is.
func TestANewEditionOfTemplatesLeavesEditedOnesAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "desk")
	d, err := desk.Open(t.Context(), dir, options())
	must(t, err)
	ctx := t.Context()
	templates, err := d.Templates(ctx)
	must(t, err)
	edited, binned := templates[0], templates[1]
	edited.Variants = []data.Variant{{Language: "en", Body: "my own words"}}
	_, err = d.PutTemplate(ctx, edited)
	must(t, err)
	must(t, d.BinTemplate(ctx, binned.UID))
	must(t, d.PutSetting(ctx, "templates.edition", "an earlier one"))
	must(t, d.Close())

	d, err = desk.Open(t.Context(), dir, options())
	must(t, err)
	defer func() { must(t, d.Close()) }()
	again, err := d.Templates(ctx)
	must(t, err)
	if len(again) != len(templates)-1 {
		t.Errorf("there are %d templates, there were %d and one was deleted", len(again), len(templates))
	}
	for _, one := range again {
		if one.UID == edited.UID && (len(one.Variants) != 1 || one.Variants[0].Body != "my own words") {
			t.Errorf("the edited template became %+v", one.Variants)
		}
		if one.UID == binned.UID {
			t.Errorf("%s came back out of the bin", one.UID)
		}
	}
}
