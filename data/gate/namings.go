package gate

import "casebinder/data"

// A naming is what a list calls a rule, and what it says that it finds.
type naming struct{ name, finds data.Phrase }

var namings = map[string]naming{}

func calls(id, name, finds string) struct{} {
	namings[id] = naming{data.DefinePhrase("gate."+id+".name", name), data.DefinePhrase("gate."+id+".finds", finds)}
	return struct{}{}
}

var _ = calls("placeholder", "Unfilled placeholder",
	"Variables and brackets that were not filled in, such as “[name]”.")

var _ = calls("other_buyer", "Another buyer's data",
	"Names of other buyers, and numbers of other orders and parcels.")

var _ = calls("wrong_language", "Another language",
	"A reply in another language than the buyer reads.")

var _ = calls("too_long", "Too long",
	"A reply with more characters than the channel takes.")

var _ = calls("feedback_for_solution", "Solution for feedback",
	"A refund, a replacement or help that depends on what the buyer writes in public.")

var _ = calls("feedback_before_solution", "Feedback before the solution",
	"A request for feedback while the buyer's matter is open.")

var _ = calls("second_request", "Second request",
	"A request for feedback where one was sent in this order before.")

var _ = calls("review_gating", "Only happy buyers",
	"Words that ask happy buyers alone for a review, or lead the unhappy away from one.")

var _ = calls("review_incentive", "Gift for a review",
	"A coupon, a gift or money in return for a review.")

var _ = calls("stars_asked", "Asking for stars",
	"A request for five stars or for a good rating.")

var _ = calls("review_change_asked", "Change of a review",
	"A request to change or to remove what the buyer wrote in public.")

var _ = calls("off_platform_contact", "Contact elsewhere",
	"Messengers, phone numbers and mail addresses that lead the buyer away from the platform's messages.")

var _ = calls("off_platform_payment", "Payment elsewhere",
	"Payments and refunds that do not go through the order.")

var _ = calls("link", "Address on the web",
	"Links, and shops or pages outside of the platform.")

var _ = calls("repeated_question", "Asked again",
	"A question that the buyer has answered already.")

var _ = calls("photo_where_video", "Photo instead of a video",
	"A request for a photo of a fault that a photo cannot show, such as a sound.")

var _ = calls("blame", "Blame",
	"Words that blame the buyer, or that refuse to be responsible.")

var _ = calls("legal_threat", "Threats",
	"Lawyers, courts and police as a threat, and the language of lawyers.")

var _ = calls("absolute_promise", "Promise without limits",
	"Promises that the shop cannot control, such as a fixed day of delivery.")

var _ = calls("ignored_question", "Question without an answer",
	"A question of the buyer to which the reply says nothing.")

var _ = calls("out_of_office", "Automatic text",
	"Automatic and out-of-office texts, which do not count as an answer.")

var _ = calls("dated_promise", "Promise with a day",
	"Days until which something is promised; when the reply is sent, each becomes a task.")

var _ = calls("mixed_script", "Mixed alphabets",
	"Letters of two alphabets in one word.")

var _ = calls("offending", "Offending words",
	"Words that may offend.")

var _ = calls("policy_differs", "Unlike the shop's policy",
	"Days of return, warranties and costs of returns other than the shop's own settings say.")
