package reply

import (
	"slices"

	"casebinder/data"
)

var (
	whyStars   = data.DefinePhrase("reply.why.stars", "It answers feedback of {stars} stars.")
	whySilent  = data.DefinePhrase("reply.why.silent", "The buyer left {stars} stars, and nobody has written since.")
	whySettled = data.DefinePhrase("reply.why.settled", "The matter behind the feedback is settled.")
)

// byFeedback counts the feedback that is answered, or that lies behind the letter.
func (s situation) byFeedback(e Entry, p *Proposal) {
	f := s.c.Feedback
	if f == nil || e.Scenario != "feedback" {
		return
	}
	tone := data.Tone(f.Stars)
	switch {
	case e.UID == revisionTemplate && !s.c.Revision.IsZero():
		p.score += 95
		p.Why = append(p.Why, whySettled.With(), s.c.Revision)
		return
	case s.c.Privately:
		if e.UID == privateTemplate && tone != "positive" && s.silent() {
			p.score += 80
			p.Why = append(p.Why, whySilent.With("stars", f.Stars))
		}
		return
	case e.UID == "reply_"+tone:
		p.score += 120
	case tone != "positive" && e.UID == privateTemplate:
		p.score += 80
	case tone != "positive" && e.UID == "feedback_solved":
		p.score += 70
	default:
		return
	}
	p.Why = append(p.Why, whyStars.With("stars", f.Stars))
}

// The letters about feedback that go to the buyer alone.
const (
	privateTemplate  = "feedback_private"
	revisionTemplate = "revision_request"
)

// silent reports whether a feedback wants a letter that nobody has written yet: its
// matter is open, no dispute is, and there is no message since.
func (s situation) silent() bool {
	f := s.c.Feedback
	if !f.SettledAt.IsZero() || !f.RemovedAt.IsZero() || f.State == data.FeedbackDone || s.said(privateTemplate) || s.c.Dispute != nil && s.c.Dispute.Stage != data.StageClosed {
		return false
	}
	return !slices.ContainsFunc(s.c.Messages, func(m data.Message) bool {
		return m.Direction != data.FromPlatform && m.SentAt.After(data.Earliest(f.LeftAt))
	})
}
