package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"casebinder/data"
)

var problemAnswerBlocked = data.DefineProblem("feedback_answer_blocked", data.ErrRefused,
	"The check of replies objects to this public answer: {why}",
	"Change the answer. If it has to stand as it is, say why; the reason is kept with it.")

// answerSteps hold a new public answer against the check of replies, as a reply that
// is copied is. What blocks refuses it, unless a person let that stand in its draft;
// the draft is then dropped with the answer, so that the journal keeps the reason.
func (d *Desk) answerSteps(ctx context.Context, f *data.Feedback, answer string) ([]step, error) {
	if answer == "" || answer == f.Reply || f.Given {
		return nil, nil
	}
	about := data.ReplyAbout{OrderID: f.OrderID, FeedbackID: f.ID}
	found, err := d.CheckReply(ctx, ReplyCheck{ReplyAbout: about, Text: answer})
	if err != nil {
		return nil, err
	}
	if found.Blocked {
		return nil, problemAnswerBlocked.New("why", blocking(found)[0].Why)
	}
	draft, err := d.DraftOf(ctx, about)
	if err != nil || len(draft.Passed) == 0 {
		return nil, err
	}
	return []step{droppingDraft("reply.sent", about)}, nil
}

func blocking(found ReplyChecked) []data.Finding {
	var all []data.Finding
	for _, f := range found.Findings {
		if f.Severity == data.Blocking && f.Passed == nil {
			all = append(all, f.Finding)
		}
	}
	return all
}

// LetAnswerStand lets all that blocks a public answer stand, with the reason, which is
// kept with the draft of the answer and then with the answer.
func (d *Desk) LetAnswerStand(ctx context.Context, id int64, answer, reason string) error {
	f, err := d.store.Feedback(ctx, id)
	if err != nil {
		return err
	}
	about := data.ReplyAbout{OrderID: f.OrderID, FeedbackID: f.ID}
	found, err := d.CheckReply(ctx, ReplyCheck{ReplyAbout: about, Text: strings.TrimSpace(answer)})
	if err != nil {
		return err
	}
	for _, one := range blocking(found) {
		if err := d.PassReplyFinding(ctx, about, one, reason); err != nil {
			return err
		}
	}
	return nil
}

var (
	sayAnswer = data.DefinePhrase("feedback.find.answer", "About the public answer: {why}")
	howAnswer = data.DefinePhrase("feedback.find.answer.how", "It is public already. Change it on the platform where that can be done, then correct it here. What to change: {how}")
)

// answerFindings hold a public answer that came by a file or a pasted page against
// the check of replies: it is public already, so that nothing is refused. One that
// was written down here went through the check then.
func (d *Desk) answerFindings(ctx context.Context, v *FeedbackView) error {
	f := &v.Feedback
	if f.Reply == "" || f.Given {
		return nil
	}
	if here, err := d.answeredHere(ctx, f); here || err != nil {
		return err
	}
	found, err := d.CheckReply(ctx, ReplyCheck{ReplyAbout: data.ReplyAbout{OrderID: f.OrderID, FeedbackID: f.ID}, Text: f.Reply})
	if err != nil {
		return err
	}
	for _, one := range found.Findings {
		if one.Severity.Rank() > data.Warning.Rank() || one.Passed != nil {
			continue
		}
		v.Findings = append(v.Findings, v.finding("feedback.answer."+one.Rule, data.Warning, sayAnswer.With("why", one.Why), howAnswer.With("how", one.How)))
	}
	return nil
}

// answeredHere reports whether the answer that stands was written down by itself.
func (d *Desk) answeredHere(ctx context.Context, f *data.Feedback) (bool, error) {
	entries, err := d.store.JournalOf(ctx, data.EntityFeedback, f.UID)
	if err != nil {
		return false, err
	}
	here, last := false, ""
	for _, e := range entries {
		if e.After == "" {
			continue
		}
		var was struct {
			Reply string `json:"reply"`
		}
		if err := json.Unmarshal([]byte(e.After), &was); err != nil {
			return false, fmt.Errorf("reading the journal's entry %d: %w", e.Seq, err)
		}
		if was.Reply != last {
			here, last = e.Action == "feedback.reply", was.Reply
		}
	}
	return here && last == f.Reply, nil
}
