package desk_test

import (
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
)

// All that can be deleted lies in the bin, what went last first, and comes back.
func TestTheBinListsWhatWasDeletedAndGivesItBack(t *testing.T) {
	d, dispute := aliExpressCase(t)
	ctx := t.Context()
	report, err := d.AddEvidence(ctx, dispute.ID, []desk.EvidenceFile{{Name: "a.txt", Bytes: []byte("a"), Kind: data.KindMessage}}, nil)
	must(t, err)
	task, err := d.PutTask(ctx, data.Task{Title: "call the carrier", OrderID: dispute.OrderID})
	must(t, err)
	shops, err := d.Shops(ctx)
	must(t, err)
	feedback, err := d.PutFeedback(ctx, data.Feedback{Shop: shops[0], Stars: 1, Text: "late", OrderNumber: "812345"})
	must(t, err)
	template, err := d.PutTemplate(ctx, data.Template{Scenario: "own", Name: "Own words", Variants: []data.Variant{{Language: "en", Body: "Hello"}}})
	must(t, err)
	if list, err := d.Binned(ctx); err != nil || len(list) != 0 {
		t.Fatalf("the bin holds %+v, %v", list, err)
	}
	must(t, d.BinTask(ctx, task.ID))
	must(t, d.BinFeedback(ctx, feedback.ID))
	must(t, d.BinEvidence(ctx, report.Added[0].ID))
	must(t, d.BinTemplate(ctx, template.UID))
	must(t, d.BinDispute(ctx, dispute.ID))
	list, err := d.Binned(ctx)
	must(t, err)
	want := map[string][2]string{ // by entity: name and order
		data.EntityDispute: {"AE-1", "812345"}, data.EntityEvidence: {"a.txt", "812345"}, data.EntityFeedback: {"late", "812345"},
		data.EntityTask: {"call the carrier", "812345"}, data.EntityTemplate: {"Own words", ""},
	}
	if len(list) != len(want) {
		t.Fatalf("the bin holds %+v", list)
	}
	for _, b := range list {
		if got := [2]string{b.Name, b.OrderNumber}; got != want[b.Entity] || !b.At.Equal(clock) {
			t.Errorf("%s: %+v", b.Entity, b)
		}
		must(t, d.BringBack(ctx, b.Entity, b.ID))
	}
	if list, err := d.Binned(ctx); err != nil || len(list) != 0 {
		t.Errorf("after all came back the bin holds %+v, %v", list, err)
	}
	if _, err := d.Dispute(ctx, dispute.ID); err != nil {
		t.Error(err)
	}
}

// A reply that is written makes a new feedback a replied one; a state that a person
// chose stays.
func TestAReplyMakesANewFeedbackReplied(t *testing.T) {
	d, _ := aliExpressCase(t)
	ctx := t.Context()
	shops, err := d.Shops(ctx)
	must(t, err)
	for chosen, want := range map[data.FeedbackState]data.FeedbackState{
		data.FeedbackNew: data.FeedbackReplied, data.FeedbackComplained: data.FeedbackComplained,
	} {
		f, err := d.PutFeedback(ctx, data.Feedback{Shop: shops[0], Stars: 2, Text: "late", State: data.FeedbackNew})
		must(t, err)
		if !f.Waits() {
			t.Errorf("a new one with two stars does not wait: %+v", f)
		}
		f.Reply, f.State = "We are sorry.", chosen
		if f, err = d.PutFeedback(ctx, f); err != nil || f.State != want || f.Waits() {
			t.Errorf("with the state %s it became %s, waits %v, %v", chosen, f.State, f.Waits(), err)
		}
	}
}
