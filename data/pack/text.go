package pack

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"

	"casebinder/data"
)

// TextKey begins the keys of words of rule data in the language files.
const TextKey = "pack.text."

// Text makes a text of words of rule data. The key is made of the words
// themselves: files share their translations, and words that were changed, or
// that a user wrote, are never shown with the translation of others.
func Text(english string) data.Text {
	if english == "" {
		return data.Text{}
	}
	sum := sha256.Sum256([]byte(english))
	return data.Text{Key: TextKey + hex.EncodeToString(sum[:6]), English: english}
}

// Texts lists the words of files of one kind, each once, by key: what a
// language file may hold to translate them.
func (k Kind[T]) Texts(all []*T) []data.Text {
	seen := map[string]data.Text{}
	for _, one := range all {
		for _, english := range k.Words(one) {
			if strings.TrimSpace(english) != "" {
				t := Text(english)
				seen[t.Key] = t
			}
		}
	}
	return slices.SortedFunc(maps.Values(seen), func(a, b data.Text) int { return strings.Compare(a.Key, b.Key) })
}
