package data

import "sort"

// Text is something that a person reads: a stable key for the language files,
// the English words with {name} placeholders, and the values for them. Words
// that a user wrote into rule data of their own have a key too; no language
// file holds it, and so the words stay as they were written.
type Text struct {
	Key     string            `json:"key,omitempty"`
	English string            `json:"english"`
	Args    map[string]string `json:"args,omitempty"`
	Parts   map[string]Text   `json:"parts,omitempty"` // the values that are words themselves, by name; Args holds them in English
}

// String gives the English words with their values.
func (t Text) String() string { return FillWords(t.English, t.Args) }

// IsZero reports whether there is nothing to read.
func (t Text) IsZero() bool { return t.Key == "" && t.English == "" }

// A Phrase is a Text of the program's own, without its values. Each is a
// package variable made by DefinePhrase.
type Phrase struct{ Key, English string }

var phrases = map[string]Phrase{}

// DefinePhrase registers a phrase under its key ("policy.said.late"). It is for
// package variables: it panics when a part is empty or the key is taken.
func DefinePhrase(key, english string) Phrase {
	if key == "" || english == "" {
		panic("data: incomplete phrase " + key)
	}
	if _, taken := phrases[key]; taken {
		panic("data: phrase defined twice: " + key)
	}
	p := Phrase{Key: key, English: english}
	phrases[key] = p
	return p
}

// Phrases lists every defined phrase by key, without values, so that a test can
// ask whether each language has words for it.
func Phrases() []Text {
	all := make([]Text, 0, len(phrases))
	for _, p := range phrases {
		all = append(all, p.With())
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Key < all[j].Key })
	return all
}

// With makes a text of the phrase. Args are name, value pairs; values are
// printed with fmt.Sprint.
func (p Phrase) With(args ...any) Text {
	t := Text{Key: p.Key, English: p.English}
	if len(args) > 0 {
		t.Args, t.Parts = argMap(args)
	}
	return t
}
