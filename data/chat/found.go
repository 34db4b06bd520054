package chat

import (
	"strconv"

	"casebinder/data"
)

// A found is a kind of finding of this package: why and how to mend it.
type found struct {
	rule     string
	why, how data.Phrase
}

func define(name, why, how string) found {
	return found{"chat." + name, data.DefinePhrase("chat."+name+".why", why), data.DefinePhrase("chat."+name+".how", how)}
}

func (f found) finding(severity data.Severity, args ...any) data.Finding {
	return data.Finding{Rule: f.rule, Severity: severity, Why: f.why.With(args...), How: f.how.With(args...)}
}

// at is a finding about a line.
func (f found) at(severity data.Severity, line int, args ...any) data.Finding {
	found := f.finding(severity, append(args, "line", line)...)
	found.Where = []data.Ref{{Kind: "row", ID: strconv.Itoa(line)}}
	return found
}

var (
	foundNothing = define("form_unknown",
		"No messages are recognized in this text; it is kept whole, as one.",
		"Split it by hand where it holds several messages, or paste the part that is the conversation.")
	foundPart = define("in_part",
		"Some times on this page belong to no message that was recognized.",
		"Compare the messages with the text, and split by hand what is missing.")
	foundOrder = define("day_or_month",
		"Nothing in the text tells whether {text} is {first} or {second}; {first} was taken.",
		"Check the dates, and choose the other order if they are wrong.")
	foundWho = define("who_is_the_shop",
		"Nothing tells which of these writes for the shop: {names}. “{buyer}” was taken for the buyer.",
		"Say which name is the shop's.")
	foundBack = define("goes_back",
		"Line {line} looks like the head of a message, but goes back in time; it was kept as a quotation inside the message before it.",
		"Split it there where it is a message of its own.")
	foundTwice = define("twice",
		"Messages that the text holds twice, as mails quote them, were taken once: {n}.",
		"Nothing needs to be done.")
	foundEncoding = define("encoding",
		"The text holds {n} characters that could not be read; a replacement sign stands in their place.",
		"Copy or export it again, and say its encoding where you can.")
	foundYear = define("no_year",
		"The dates have no year; the last such day before {day} was taken.",
		"Check the dates of the oldest messages.")
	foundCut = define("too_long",
		"The text is longer than {limit}; what follows line {line} was left out.",
		"Split the file and add the parts one after another.")
	foundAgo = define("no_time",
		"Messages without a time of their own: {n}. They keep the order of the text.",
		"Enter the time if you know it.")
	foundZone = define("clock_change",
		"The time of the message in line {line} does not exist in this time zone, or exists twice, because clocks were changed.",
		"Check the hour.")
)
