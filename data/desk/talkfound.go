package desk

import "casebinder/data"

var (
	problemTalkEmpty = data.DefineProblem("talk_empty", data.ErrInvalid,
		"The text is missing.", "Copy the conversation and paste it here.")
	problemTalkLarge = data.DefineProblem("talk_large", data.ErrLimit,
		"The text of {name} has {size}, more than the {limit} that are read at once.", "Split it, and add the parts one after another.")
	problemTalkZip = data.DefineProblem("talk_zip", data.ErrInvalid,
		"The archive {name} holds no chat that can be read: {detail}.", "Export the chat again, or unpack it and add the text file.")
	problemTalkNoText = data.DefineProblem("talk_no_text", data.ErrInvalid,
		"{name} is not text but a picture, a document or a program.", "Attach it to the order as evidence, or export the conversation as text.")
	foundNoOrder = talkFound("talk.no_order",
		"Messages that belong to no order here: {n}. They are kept without one, and search finds them.",
		"Choose the order, or import the platform's file that has it.")
	foundKnown = talkFound("talk.known",
		"Messages that are here already: {n}. They are not added again.",
		"Nothing needs to be done.")
	foundTakenBefore = talkFound("talk.taken_before",
		"The same text or file was added on {day}.",
		"Add it again only if messages of it are missing.")
	foundSeveral = talkFound("talk.several_orders",
		"The text names several orders: {numbers}. {taken} was taken.",
		"Choose another where that one is not meant.")
	foundOther = talkFound("talk.other_order",
		"The text names the order {named}, and not {chosen}, which was chosen.",
		"Choose the other where the conversation is about that one.")
	foundFuture = talkFound("talk.future",
		"A message is dated in the future: {text}.",
		"Look at the time zone and at the order of day and month.")
	foundMissingFile = talkFound("talk.file_missing",
		"Files mentioned in messages but missing from the export: {n}.",
		"Export the chat again with its media if they matter.")
	foundCall = talkFound("talk.call",
		"A call leaves no words that can be shown.",
		"Write to the buyer what was agreed, and ask for a short yes: that stays on record.")
)

// CallAdvice is what is said beside the note of a phone call.
func CallAdvice() (why, how data.Text) { return foundCall.why.With(), foundCall.how.With() }

type talkFinding struct {
	rule     string
	why, how data.Phrase
}

func talkFound(rule, why, how string) talkFinding {
	return talkFinding{rule, data.DefinePhrase(rule+".why", why), data.DefinePhrase(rule+".how", how)}
}

func (f talkFinding) finding(severity data.Severity, args ...any) data.Finding {
	return data.Finding{Rule: f.rule, Severity: severity, Why: f.why.With(args...), How: f.how.With(args...)}
}
