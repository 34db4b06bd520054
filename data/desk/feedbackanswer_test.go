package desk_test

import (
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
)

// What blocks a reply blocks a public answer, by each of its ways in; the reason for
// which it is let stand goes into the journal with it.
func TestAPublicAnswerGoesThroughTheReplyCheck(t *testing.T) {
	d, rated := rated(t)
	ctx := t.Context()
	f, err := d.PutFeedback(ctx, data.Feedback{Shop: rated.Shop, Stars: 1, Text: "Late"})
	must(t, err)
	trade := "Please change your feedback to 5 stars and we will refund you in full."
	typed := f
	typed.Reply = trade
	if _, err := d.PutFeedback(ctx, typed); !problemIs(err, "feedback_answer_blocked") {
		t.Errorf("typed beside the feedback: %v", err)
	}
	answer := desk.FeedbackDeed{Kind: desk.FeedbackReply, Text: trade, Sure: true}
	if _, err := d.WriteFeedback(ctx, f.ID, answer); !problemIs(err, "feedback_answer_blocked") {
		t.Errorf("written down: %v", err)
	}
	if err := d.LetAnswerStand(ctx, f.ID, trade, " "); err == nil {
		t.Error("it is let stand without a reason")
	}
	must(t, d.LetAnswerStand(ctx, f.ID, trade, "posted already"))
	after, err := d.WriteFeedback(ctx, f.ID, answer)
	must(t, err)
	if after.Reply != trade || after.State != data.FeedbackReplied {
		t.Errorf("let stand: %+v", after)
	}
	if draft, err := d.DraftOf(ctx, data.ReplyAbout{FeedbackID: f.ID}); err != nil || !draft.IsEmpty() {
		t.Errorf("the reasons wait for another answer: %+v %v", draft, err)
	}
	after.Cause = "delivery_time" // the answer that stands is not asked about again
	_, err = d.PutFeedback(ctx, after)
	must(t, err)
}
