package policy

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"

	"casebinder/data"
)

// define registers a phrase of the engine's own.
func define(key, english string) data.Phrase { return data.DefinePhrase("policy."+key, english) }

// Texts lists the words of packs, each once, by key: what a language file may
// hold to translate them.
func Texts(packs []*Pack) []data.Text {
	seen := map[string]data.Text{}
	for _, p := range packs {
		for _, english := range p.english() {
			if english != "" {
				t := PackText(english)
				seen[t.Key] = t
			}
		}
	}
	return slices.SortedFunc(maps.Values(seen), func(a, b data.Text) int { return strings.Compare(a.Key, b.Key) })
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
func PackText(english string) data.Text {
	if english == "" {
		return data.Text{}
	}
	sum := sha256.Sum256([]byte(english))
	return data.Text{Key: "policy.text." + hex.EncodeToString(sum[:6]), English: english}
}
