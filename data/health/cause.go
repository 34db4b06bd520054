package health

import "casebinder/data"

// Causes say what makes a row a case: a set, as an order may have a bad rating and a
// claim. Of a rate of what was done well they say what was, or what keeps a row out.
type Causes uint64

// What can make a row a case, or in a rate of what was done well, what was and was not.
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
	missNoUpload
	missLateUpload
	missNoScan
	missLateScan
	missUnconfirmed
	missNoNumber
	missNoCarrier
	missNotShipped
	missLateShipped
	missCanceled
	missNotDelivered
	missLateDelivered
	missNoAnswer
	missLateAnswer
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
	data.DefinePhrase("health.cause.returned", "returned or refunded through the seller's fault"),
	data.DefinePhrase("health.cause.positive", "positive feedback"),
	data.DefinePhrase("health.cause.neutral", "neutral feedback"),
	data.DefinePhrase("health.cause.negative", "negative feedback"),
	data.DefinePhrase("health.cause.late", "late: after its date, or still not done"),
	data.DefinePhrase("health.cause.in_time", "in time"),
	data.DefinePhrase("health.cause.tracked", "its tracking is confirmed"),
	data.DefinePhrase("health.cause.answered", "answered in time"),
	data.DefinePhrase("health.cause.no_upload", "no tracking number was given to the platform"),
	data.DefinePhrase("health.cause.late_upload", "its tracking number came after its date"),
	data.DefinePhrase("health.cause.no_scan", "the carrier has not scanned it"),
	data.DefinePhrase("health.cause.late_scan", "the carrier scanned it after its date"),
	data.DefinePhrase("health.cause.unconfirmed", "the carrier has not confirmed its tracking"),
	data.DefinePhrase("health.cause.no_number", "without a tracking number"),
	data.DefinePhrase("health.cause.no_carrier", "its carrier is not named"),
	data.DefinePhrase("health.cause.not_shipped", "not shipped"),
	data.DefinePhrase("health.cause.late_shipped", "shipped after its date"),
	data.DefinePhrase("health.cause.canceled_unshipped", "canceled, and not by the buyer"),
	data.DefinePhrase("health.cause.not_delivered", "no delivery is known"),
	data.DefinePhrase("health.cause.late_delivered", "delivered after its date"),
	data.DefinePhrase("health.cause.no_answer", "not answered"),
	data.DefinePhrase("health.cause.late_answer", "answered too late"),
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
