package ratedpage

import "casebinder/data"

// A found is a kind of finding of this package: why and how to mend it.
type found struct {
	rule     string
	why, how data.Phrase
}

func define(name, why, how string) found {
	return found{"rated." + name, data.DefinePhrase("rated."+name+".why", why), data.DefinePhrase("rated."+name+".how", how)}
}

func (f found) of(severity data.Severity, args ...any) data.Finding {
	return data.Finding{Rule: f.rule, Severity: severity, Why: f.why.With(args...), How: f.how.With(args...)}
}

var (
	foundNone = define("none",
		"No ratings are recognized on this page.",
		"Copy the part of the page that holds the ratings, with their stars, or write the feedback by hand.")
	foundRest = define("rest",
		"Lines that were not understood: {n}; the first is line {line}: “{text}”.",
		"Compare the ratings with the page, and write by hand what is missing.")
	foundNoStars = define("no_stars",
		"Ratings whose stars the page does not print as a whole number: {n}. They are left out until you choose their stars.",
		"Choose each of them, and give its stars.")
	foundWords = define("words",
		"Ratings for which the page prints a word and no stars: {n}. Positive is taken as 5 stars, neutral as 3, negative as 1.",
		"Correct the stars where you know them.")
	foundNoDay = define("no_day",
		"Ratings whose day the page does not tell: {n}. They are kept without one, and no last day is told for them.",
		"Copy the page that prints the day, or correct the day later.")
	foundLong = define("too_long",
		"The page is longer than {lines} lines; the rest was left out.",
		"Paste the parts of the page one after another.")
)
