package health

import "casebinder/data"

// Causes say what makes a row a case: a set, as an order may have a bad rating and a
// claim.
type Causes uint32

// What can make a row a case, or in a rate of what was done well, what was.
const (
	causeDispute Causes = 1 << iota
	causeSubmitted
	causeRuled
	causeUnresolved
	causeRefunded
	causeClaim
	causeChargeback
	causeFraud
	causeCanceled
	causeReturned
	causePositive
	causeNeutral
	causeNegative
	causeLate
	causeInTime
	causeTracked
	causeAnswered
)

// causeWords are in the order of the causes.
var causeWords = [...]data.Phrase{
	data.DefinePhrase("health.cause.dispute", "the buyer opened a dispute"),
	data.DefinePhrase("health.cause.submitted", "the dispute went to the platform"),
	data.DefinePhrase("health.cause.ruled", "the platform ruled against the seller"),
	data.DefinePhrase("health.cause.unresolved", "a case was closed without the seller's solution"),
	data.DefinePhrase("health.cause.refunded", "a case was refunded from the seller's account"),
	data.DefinePhrase("health.cause.claim", "a claim that counts"),
	data.DefinePhrase("health.cause.chargeback", "a chargeback"),
	data.DefinePhrase("health.cause.fraud", "a report of fraud"),
	data.DefinePhrase("health.cause.canceled", "canceled by the seller"),
	data.DefinePhrase("health.cause.returned", "returned or refunded by the seller's fault"),
	data.DefinePhrase("health.cause.positive", "positive feedback"),
	data.DefinePhrase("health.cause.neutral", "neutral feedback"),
	data.DefinePhrase("health.cause.negative", "negative feedback"),
	data.DefinePhrase("health.cause.late", "late: after its date, or still not done"),
	data.DefinePhrase("health.cause.in_time", "in time"),
	data.DefinePhrase("health.cause.tracked", "its tracking is confirmed"),
	data.DefinePhrase("health.cause.answered", "answered in time"),
}

// Texts are the words of each.
func (c Causes) Texts() []data.Text {
	var texts []data.Text
	for i, p := range causeWords {
		if c&(1<<i) != 0 {
			texts = append(texts, p.With())
		}
	}
	return texts
}

// when is a cause where something is so.
func (c Causes) when(is bool) Causes {
	if is {
		return c
	}
	return 0
}

// ratingCause is the cause that a class of feedback is.
func ratingCause(class string) Causes {
	switch class {
	case "positive":
		return causePositive
	case "neutral":
		return causeNeutral
	}
	return causeNegative
}
