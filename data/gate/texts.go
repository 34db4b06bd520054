package gate

import "casebinder/data"

// A ruleText is what a rule says of what it found, and of how to mend it.
type ruleText struct{ why, how data.Phrase }

var ruleTexts = map[string]ruleText{}

func knownRule(id string) bool {
	_, ok := ruleTexts[id]
	return ok
}

func says(id, why, how string) struct{} {
	ruleTexts[id] = ruleText{data.DefinePhrase("gate."+id+".why", why), data.DefinePhrase("gate."+id+".how", how)}
	return struct{}{}
}

var _ = says("placeholder",
	"A placeholder was not filled in: “{words}”.", "Fill it in, or delete it.")

var _ = says("other_buyer",
	"“{words}” belongs to another buyer or another order.", "Put in this buyer's name or number. If it is right anyway, dismiss this and say why.")

var _ = says("wrong_language",
	"The reply is in another language ({language}) than the buyer reads ({buyer}).", "Choose the template in the buyer's language, or correct the buyer's language.")

var _ = says("too_long",
	"The reply has {length} characters; this channel takes {limit}.", "Delete {over} characters, or send it as two messages.")

var _ = says("feedback_for_solution",
	"A solution is tied to feedback: “{words}”. Marketplaces treat this as feedback extortion.", "Offer the solution by itself, and leave the buyer free to write what they like.")

var _ = says("feedback_before_solution",
	"Feedback is asked for while the matter is open: “{words}”.", "Solve the matter first. Ask once afterwards, if at all.")

var _ = says("second_request",
	"Feedback was asked for in this order before: “{words}”.", "Delete it: platforms allow one request per order.")

var _ = says("review_gating",
	"Unhappy buyers are led away from writing a review: “{words}”.", "Offer help to everyone, and ask everyone alike, or nobody.")

var _ = says("review_incentive",
	"Something of value is offered for a review: “{words}”.", "Give the gift without a review, or leave it out.")

var _ = says("stars_asked",
	"A number of stars, or a good rating, is asked for: “{words}”.", "Ask for an honest opinion, or for none.")

var _ = says("review_change_asked",
	"The buyer is asked to change or remove what they wrote: “{words}”.", "Delete it. Where the platform allows it: ask once, after everything is settled, and say that it is up to the buyer.")

var _ = says("off_platform_contact",
	"This leads the buyer away from the platform's messages: “{words}”.", "Delete it; what is agreed elsewhere does not count as evidence either.")

var _ = says("off_platform_payment",
	"This asks for, or promises, money outside of the platform: “{words}”.", "Let payment and refund go through the order.")

var _ = says("link",
	"There is an address outside of the platform: “{words}”.", "Delete it, or name the place on the platform.")

var _ = says("repeated_question",
	"The buyer answered this already: “{words}” was asked as “{asked}”.", "Use the buyer's answer, or ask only what is still unclear.")

var _ = says("photo_where_video",
	"A photo shows no sound, movement or fault that takes time: “{words}”.", "Ask for a short video, and say that a few words will do too.")

var _ = says("blame",
	"This blames the buyer, or refuses to be responsible: “{words}”.", "Say what you will do: “We will do our best to solve this.”")

var _ = says("legal_threat",
	"This threatens, or sounds like a lawyer: “{words}”.", "Say plainly what happened and what you offer.")

var _ = says("absolute_promise",
	"This promises something you cannot control: “{words}”.", "Say what you expect, and what you will do if it turns out otherwise.")

var _ = says("ignored_question",
	"The buyer asked “{question}”, and the reply does not answer it.", "Answer the question first. If you do not know yet, say when you will.")

var _ = says("out_of_office",
	"An automatic or out-of-office text does not count as an answer: “{words}”.", "Answer what was asked, or say on which day the answer comes.")

var _ = says("dated_promise",
	"This promises something until {due}: “{words}”.", "When the reply is sent, it becomes a task that is due on {due}.")

var _ = says("mixed_script",
	"Letters of two alphabets are mixed in one word: “{words}”.", "Type the word again in one alphabet.")

var _ = says("offending",
	"This may offend: “{words}”.", "Delete it.")

var _ = says("policy_differs",
	"The reply says {said}, the shop's own policy {shop}: “{words}”.", "Write what the shop promises, or change its policy first.")
