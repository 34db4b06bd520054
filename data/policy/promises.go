package policy

import (
	"slices"
	"strings"
	"sync"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"
)

// topic is something that a seller can promise and deny. Phrases are by
// language, in lower case.
type topic struct {
	ID      string              `toml:"id"`
	Promise map[string][]string `toml:"promise"`
	Deny    map[string][]string `toml:"deny"`
}

var topics = sync.OnceValues(func() ([]topic, error) {
	lists, err := promises.Load(assets.FS, "policies/words")
	if err != nil || len(lists) == 0 {
		return nil, err
	}
	return lists[0].Topics, nil
})

// promiseList is the file of promises and denials.
type promiseList struct {
	Topics []topic `toml:"topic"`
}

var promises = pack.Kind[promiseList]{ID: func(*promiseList) string { return "promises" }, Check: (*promiseList).check}

// check makes all phrases plain, and refuses those too short to be told apart.
func (l *promiseList) check(r *pack.Report) {
	for n, t := range l.Topics {
		for _, lists := range []map[string][]string{t.Promise, t.Deny} {
			for language, phrases := range lists {
				for i, phrase := range phrases {
					phrases[i] = plainWords(phrase)
					if len(phrases[i]) < 5 {
						r.Fail(pack.At("topic", n).Word(phrase), "topic %s, %s: “%s” is too short to be told apart", t.ID, language, phrase)
					}
				}
			}
		}
	}
}

// promiseFindings finds messages of the seller that promise what the statement
// denies. It knows fixed phrases in several languages, and no others.
func promiseFindings(f *CaseFacts) []data.Finding {
	statement := plainWords(f.Statement)
	all, err := topics()
	if statement == "" || err != nil { // a test reads the list: it cannot fail at work
		return nil
	}
	var out []data.Finding
	for _, t := range all {
		denial := firstPhrase(statement, t.Deny)
		if denial == "" {
			continue
		}
		for i := range f.Messages {
			m := &f.Messages[i]
			if m.Direction != data.ToBuyer {
				continue
			}
			promise := firstPhrase(plainWords(m.Text), t.Promise)
			if promise == "" {
				promise = firstPhrase(plainWords(m.Translation), t.Promise)
			}
			if promise == "" {
				continue
			}
			out = append(out, data.Finding{
				Rule: "promise_denied", Severity: data.Serious, Where: []data.Ref{messageRef(m), {Kind: "statement", Label: denial}},
				Why: sayPromise.With("promise", promise, "denial", denial), How: mendPromise.With(),
			})
		}
	}
	return out
}

// firstPhrase finds a phrase in plain words, by language and then as listed.
func firstPhrase(text string, phrases map[string][]string) string {
	languages := make([]string, 0, len(phrases))
	for language := range phrases {
		languages = append(languages, language)
	}
	slices.Sort(languages)
	for _, language := range languages {
		for _, phrase := range phrases[language] {
			if strings.Contains(text, phrase) {
				return phrase
			}
		}
	}
	return ""
}

// plainWords writes words in lower case with single spaces and straight
// apostrophes.
func plainWords(s string) string {
	s = strings.NewReplacer("’", "'", "‘", "'", "，", " ", "。", " ", "\u00a0", " ").Replace(strings.ToLower(s))
	return strings.Join(strings.Fields(s), " ")
}
