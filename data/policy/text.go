package policy

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"

	"casebinder/data"
)

// Text is something that a person reads: a stable key for the language files,
// the English words with {name} placeholders, and the values for them. Words
// that a user wrote into a pack of their own have a key too; no language file
// holds it, and so the words stay as they were written.
type Text struct {
	Key     string
	English string
	Args    map[string]string
}

// String gives the English words with their values.
func (t Text) String() string { return data.FillWords(t.English, t.Args) }

// IsZero reports whether there is nothing to read.
func (t Text) IsZero() bool { return t.Key == "" && t.English == "" }

// phrase is a Text of the engine's own; every one is in phrases.
type phrase struct{ key, english string }

var phrases []phrase

func define(key, english string) phrase {
	p := phrase{key: "policy." + key, english: english}
	phrases = append(phrases, p)
	return p
}

// with makes a text of the phrase. Args are name, value pairs.
func (p phrase) with(args ...any) Text {
	t := Text{Key: p.key, English: p.english}
	if len(args) > 0 {
		t.Args = make(map[string]string, len(args)/2)
	}
	for i := 0; i+1 < len(args); i += 2 {
		t.Args[args[i].(string)] = fmt.Sprint(args[i+1])
	}
	return t
}

// Phrases lists the words of the engine itself, by key, without values: what a
// language file has to hold.
func Phrases() []Text {
	all := make([]Text, 0, len(phrases))
	for _, p := range phrases {
		all = append(all, p.with())
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Key < all[j].Key })
	return all
}

// Texts lists the words of packs, each once, by key: what a language file may
// hold to translate them.
func Texts(packs []*Pack) []Text {
	seen := map[string]Text{}
	for _, p := range packs {
		for _, english := range p.english() {
			if english != "" {
				t := PackText(english)
				seen[t.Key] = t
			}
		}
	}
	return slices.SortedFunc(maps.Values(seen), func(a, b Text) int { return strings.Compare(a.Key, b.Key) })
}

// english lists the words of a pack as they stand in it.
func (p *Pack) english() []string {
	all := []string{p.Title, p.About}
	for _, s := range p.Stages {
		all = append(all, s.Title, s.Silence)
		for _, step := range s.Steps {
			all = append(all, step.Says)
		}
	}
	for _, step := range p.Always {
		all = append(all, step.Says)
	}
	for _, d := range p.Deadlines {
		all = append(all, d.Title, d.Timeout, d.Note)
	}
	for _, i := range p.Items {
		all = append(all, i.Title, i.Get)
	}
	for _, f := range p.Fees {
		all = append(all, f.Title, f.Waived)
	}
	for _, r := range p.Rates {
		all = append(all, r.Title, r.Effect)
	}
	for _, f := range p.Fallbacks {
		all = append(all, f.Title, f.Note)
	}
	for _, w := range p.Windows {
		all = append(all, w.Title)
	}
	for _, u := range p.Uploads {
		all = append(all, u.Note)
	}
	for _, n := range p.Notes {
		all = append(all, n.Text)
	}
	return all
}

// PackText makes a text of a pack's words. The key is made of the words
// themselves: packs share their translations, and words that were changed, or
// that a user wrote, are never shown with the translation of others.
func PackText(english string) Text {
	if english == "" {
		return Text{}
	}
	sum := sha256.Sum256([]byte(english))
	return Text{Key: "policy.text." + hex.EncodeToString(sum[:6]), English: english}
}
