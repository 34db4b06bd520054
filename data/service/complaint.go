package service

import (
	"slices"
	"time"

	"casebinder/data"
)

// usualOffers are the solutions in the order in which they are offered where a
// shop set no scale, by how bad it is. They have no amounts: those are the shop's.
func usualOffers(harm data.Harm) []data.Amends {
	switch harm {
	case data.HarmSlight:
		return []data.Amends{data.AmendsApology, data.AmendsCoupon, data.AmendsPart}
	case data.HarmPartly:
		return []data.Amends{data.AmendsPart, data.AmendsResend, data.AmendsExchange, data.AmendsReturn}
	case data.HarmWhole:
		return []data.Amends{data.AmendsResend, data.AmendsFull, data.AmendsReturn}
	}
	return []data.Amends{data.AmendsApology, data.AmendsPart, data.AmendsResend, data.AmendsReturn, data.AmendsFull}
}

// Proposals gives the solutions for a complaint, the buyer's wish first, then
// what the buyer would accept, then as the shop's scale has them. own is false
// where the shop's scale has none for the case: then they are the program's, and
// have no amounts. dear: goods are not sent again, since the order is dearer than
// the shop's limit.
func Proposals(c *data.Complaint, total data.Money, s data.Service) (list []data.Solution, own, dear bool) {
	for _, step := range s.Scale {
		if step.Cause != "" && step.Cause != c.Cause || step.Severity != "" && step.Severity != c.Offers.Harm {
			continue
		}
		list = append(list, data.Solution{Offer: step.Offer, Amount: amountOf(step, total), Note: step.Note})
	}
	if own = len(list) > 0; !own {
		for _, offer := range usualOffers(c.Offers.Harm) {
			list = append(list, data.Solution{Offer: offer})
		}
	}
	dear = s.ResendMax.Minor > 0 && s.ResendMax.Currency == total.Currency && total.Minor > s.ResendMax.Minor
	if dear {
		list = slices.DeleteFunc(list, func(o data.Solution) bool { return o.Offer == data.AmendsResend })
	}
	for i := range list {
		if list[i].Offer == data.AmendsFull {
			list[i].Amount = total
		}
	}
	slices.SortStableFunc(list, func(a, b data.Solution) int { return rankOf(c, a.Offer) - rankOf(c, b.Offer) })
	return list, own, dear
}

// rankOf is 0 for the buyer's wish, 1 for what the buyer would accept.
func rankOf(c *data.Complaint, offer data.Amends) int {
	switch string(offer) {
	case c.Wish:
		return 0
	case c.Accepts:
		return 1
	}
	return 2
}

// amountOf is the sum of a step: its own, or its part of what was paid, rounded
// up to the minor unit.
func amountOf(step data.ScaleStep, total data.Money) data.Money {
	switch {
	case !step.Amount.IsZero():
		return step.Amount
	case step.Percent > 0 && total.Minor > 0:
		return data.Money{Minor: (total.Minor*int64(step.Percent) + 99) / 100, Currency: total.Currency}
	}
	return data.Money{}
}

// Ask is one of the four questions of a complaint.
type Ask string

// The four questions.
const (
	AskHappened Ask = "happened" // what happened
	AskWhy      Ask = "why"      // why
	AskWish     Ask = "wish"     // what does the buyer want
	AskAccepts  Ask = "accepts"  // what would they accept
)

// Unanswered lists the questions of a complaint that nobody has answered.
func Unanswered(c *data.Complaint) []Ask {
	var list []Ask
	for _, q := range []struct {
		ask  Ask
		text string
	}{{AskHappened, c.Happened}, {AskWhy, c.Why}, {AskWish, c.Wish}, {AskAccepts, c.Accepts}} {
		if q.text == "" {
			list = append(list, q.ask)
		}
	}
	return list
}

// A Step is what a complaint wants next.
type Step string

// The steps of a complaint.
const (
	StepAcknowledge Step = "acknowledge" // say that it came in, and by when the answer comes
	StepAsk         Step = "ask"         // a question is open
	StepPropose     Step = "propose"     // make an offer
	StepWait        Step = "wait"        // for the buyer's answer to an offer
	StepNextOffer   Step = "next_offer"  // the buyer is silent: make the next offer
	StepSettle      Step = "settle"      // do what was agreed
	StepClose       Step = "close"       // say the cause and the outcome
)

// TemplateComplaint acknowledges a complaint.
const TemplateComplaint = "complaint_received"

// Due says what an open complaint wants next, and by when; the zero time where
// no date is known.
func Due(c *data.Complaint, s data.Service, now time.Time) (Step, time.Time) {
	switch c.Stage {
	case data.ComplaintReceive:
		return StepAcknowledge, c.AnswerBy
	case data.ComplaintFindOut:
		if len(Unanswered(c)) > 0 {
			return StepAsk, c.AnswerBy
		}
		return StepPropose, c.AnswerBy
	case data.ComplaintOffer:
		pending := c.Offers.Pending()
		if pending == nil {
			return StepPropose, c.AnswerBy
		}
		silent := pending.At.Add(time.Duration(s.SilentDays()) * day)
		if now.Before(silent) {
			return StepWait, silent
		}
		return StepNextOffer, silent
	case data.ComplaintSettle:
		return StepSettle, c.AnswerBy
	case data.ComplaintArchive:
	}
	return StepClose, time.Time{}
}
