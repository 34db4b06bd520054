package listing

import (
	"casebinder/data"
)

// A page that lets buyers expect too much is told by their feedback.
var expectations = []struct {
	cause, part string // cause: one of data.FeedbackCauses
	why, how    data.Phrase
}{
	{
		"extra_duty", Duty,
		data.DefinePhrase("listing.expected.extra_duty", "Feedback that complained of duty that was not expected: {n}. The newest: “{words}”"),
		data.DefinePhrase("listing.expected.extra_duty.how", "Say who pays duty and tax, and that free shipping does not cover them."),
	},
	{
		"size", Sizes,
		data.DefinePhrase("listing.expected.size", "Feedback that complained of another size than expected: {n}. The newest: “{words}”"),
		data.DefinePhrase("listing.expected.size.how", "Give the measures in centimeters and inches, and say how to measure."),
	},
	{
		"picture", Pictures,
		data.DefinePhrase("listing.expected.picture", "Feedback that complained of goods unlike their pictures: {n}. The newest: “{words}”"),
		data.DefinePhrase("listing.expected.picture.how", "Show the goods as they are, from more angles, beside something of known size."),
	},
	{
		"missing", Description,
		data.DefinePhrase("listing.expected.missing", "Feedback that missed a part: {n}. The newest: “{words}”"),
		data.DefinePhrase("listing.expected.missing.how", "List what is in the parcel, and what is not."),
	},
}

// ExpectedCauses are the causes of feedback that a page can spare.
func ExpectedCauses() []string {
	all := make([]string, len(expectations))
	for i, e := range expectations {
		all[i] = e.cause
	}
	return all
}

// expected notes what buyers had expected otherwise.
func expected(all []data.ProductCause) (out []data.Finding) {
	for _, c := range all {
		for _, e := range expectations {
			if e.cause == c.Cause {
				out = append(out, data.Finding{
					Rule: "listing.expected." + c.Cause, Severity: data.Info, Where: []data.Ref{partRef(e.part)},
					Why: e.why.With("n", c.N, "words", excerpt(c.Words)), How: e.how.With(),
				})
			}
		}
	}
	return out
}
