package desk_test

import (
	"strings"
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

// An answer that comes by a file or a pasted page is public already: what the check
// says of it stands beside the feedback, and nothing is refused.
func TestAnImportedAnswerIsHeldAgainstTheReplyCheck(t *testing.T) {
	trade := "Please change your feedback to 5 stars and we will refund you in full."
	about := func(v desk.FeedbackView) (rules []string) {
		for _, f := range v.Findings {
			if strings.HasPrefix(f.Rule, "feedback.answer.") {
				rules = append(rules, f.Rule)
				if f.Severity != data.Warning || !strings.HasPrefix(f.Why.String(), "About the public answer: ") {
					t.Errorf("%+v", f)
				}
			}
		}
		return rules
	}
	d, old := rated(t)
	ctx := t.Context()
	paste := func(answer string) data.Feedback {
		page, err := d.PreviewRatings(ctx, desk.RatingsRequest{ShopID: old.Shop.ID, Text: "Order ID: 812345\nBuyer: M***a\nRating: 1 star\nComment: Give me a refund\nDate: 2026-11-18\nYour reply: " + answer + "\n"})
		must(t, err)
		_, err = d.TakeRatings(ctx, page)
		must(t, err)
		return page.Items[0].Feedback
	}
	pasted := paste(trade)
	if rules := about(feedbackView(t, d, pasted.ID)); pasted.Reply != trade || len(rules) == 0 {
		t.Errorf("the answer %q has no findings", pasted.Reply)
	}
	pasted = paste("We are sorry that it came late.")
	if rules := about(feedbackView(t, d, pasted.ID)); len(rules) != 0 {
		t.Errorf("a good answer has %v", rules)
	}
	// One that was let stand when it was written down here is not asked about again.
	other, err := d.PutFeedback(ctx, data.Feedback{Shop: old.Shop, Stars: 1, Text: "Late"})
	must(t, err)
	must(t, d.LetAnswerStand(ctx, other.ID, trade, "posted already"))
	_, err = d.WriteFeedback(ctx, other.ID, desk.FeedbackDeed{Kind: desk.FeedbackReply, Text: trade, Sure: true})
	must(t, err)
	if rules := about(feedbackView(t, d, other.ID)); len(rules) != 0 {
		t.Errorf("what was let stand has %v", rules)
	}
}
