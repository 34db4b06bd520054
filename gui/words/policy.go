package words

import (
	"strings"
	"sync"
	"time"

	"casebinder/data"
	"casebinder/data/pack"
)

// Text gives what the rules say in the chosen language. Words that no language
// file holds, such as those of a pack of the user's own, stay English.
func Text(t data.Text) string {
	pattern, ok := current.Load().words[t.Key]
	if !ok {
		pattern = t.English
	}
	if len(t.Args) == 0 {
		return pattern
	}
	args := make(map[string]string, len(t.Args))
	for name, value := range t.Args {
		args[name] = ruleValue(name, value)
	}
	putParts(args, t.Parts)
	return data.FillWords(pattern, args)
}

// putParts puts the values that are words themselves into the chosen language.
func putParts(args map[string]string, parts map[string]data.Text) {
	for name, part := range parts {
		args[name] = Text(part)
	}
}

// ruleVocabularies tell in which vocabularies the value of a text may stand.
var ruleVocabularies = map[string][]string{
	"event": {"event"}, "first": {"event"}, "second": {"event"}, "actor": {"actor"}, "weekday": {"weekday"},
	"reason": {"reason"}, "was": {"order_status"}, "is": {"order_status"},
	"what": {"rule_value", "event"}, "where": {"rule_value"}, "later": {"rule_value"}, "earlier": {"rule_value"},
}

// ruleValue puts one value of a text into the chosen language: kinds of events,
// days of the week, spans of time, and the words of a pack.
func ruleValue(name, value string) string {
	for _, vocabulary := range ruleVocabularies[name] {
		if words, ok := lookup(vocabulary + "." + strings.ReplaceAll(value, " ", "_")); ok {
			return words
		}
	}
	if name == "amount" && value == "" {
		return T("case.nothing")
	}
	if isCountry(name) {
		return Country(value)
	}
	if name == "shared" {
		return sharedMarks(value)
	}
	if name == "difference" {
		if d, err := time.ParseDuration(value); err == nil {
			return Span(d)
		}
	}
	return phraseValue(value)
}

// isCountry tells the values of texts that are countries by their names; those of
// the rules of risk name that of the address on the network and of the account.
func isCountry(name string) bool {
	return strings.HasPrefix(name, "country") || name == "ip" || name == "account"
}

// sharedMarks names the kinds of what buyers share, which stand between commas.
func sharedMarks(value string) string {
	kinds := strings.Split(value, ", ")
	for i, kind := range kinds {
		if words, ok := lookup("risk.mark." + kind); ok {
			kinds[i] = words
		}
	}
	return List(kinds...)
}

// phraseValue puts a value that is the words of a pack or of the engine, as they
// are, into the chosen language.
func phraseValue(value string) string {
	for _, key := range []string{pack.Text(value).Key, phraseKeys()[value]} {
		if words, ok := current.Load().words[key]; ok {
			return words
		}
	}
	return value
}

// phraseKeys finds the key of words of the engine that are a value in others.
var phraseKeys = sync.OnceValue(func() map[string]string {
	keys := map[string]string{}
	for _, t := range data.Phrases() {
		keys[t.English] = t.Key
	}
	return keys
})
