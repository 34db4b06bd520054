package reply

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"sync"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"
)

// Of a built-in template a desk keeps alone what its seller changed: variants
// that are edited, or without a body where the seller took one away, and a
// scenario where it is another. All else is the program's, in its newest wording.

// shippedFile is assets/templates/shipped.toml.
type shippedFile struct {
	Shipped   map[string][]string `toml:"shipped"`   // by UID of the variant
	Scenarios map[string]string   `toml:"scenarios"` // by UID of the template
}

var readShipped = sync.OnceValues(func() (shippedFile, error) {
	var file shippedFile
	return file, pack.Read(assets.FS, "templates/shipped.toml", &file)
})

// builtInOf finds a built-in template.
func builtInOf(uid string) (data.Template, bool) {
	index, err := builtInIndex()
	if err != nil {
		return data.Template{}, false
	}
	t, ok := index[uid]
	return t, ok
}

var builtInIndex = sync.OnceValues(func() (map[string]data.Template, error) {
	list, err := BuiltIn()
	if err != nil {
		return nil, err
	}
	index := make(map[string]data.Template, len(list))
	for _, t := range list {
		index[t.UID] = t
	}
	return index, nil
})

// Overlay gives a template as it is used, of what a desk keeps of it. The
// seller's own is given as it is.
func Overlay(kept data.Template) data.Template {
	t, ok := builtInOf(kept.UID)
	if !ok {
		return kept
	}
	t.ID, t.BinnedAt, t.Scenario = kept.ID, kept.BinnedAt, cmp.Or(kept.Scenario, t.Scenario)
	var variants []data.Variant
	for _, v := range t.Variants {
		if i := sameVariant(kept.Variants, v); i >= 0 && kept.Variants[i].Edited {
			v.Body, v.Edited = kept.Variants[i].Body, true
		}
		if v.Body != "" {
			variants = append(variants, v)
		}
	}
	for _, v := range kept.Variants {
		if v.Body != "" && v.Edited && sameVariant(t.Variants, v) < 0 {
			variants = append(variants, v)
		}
	}
	t.Variants = variants
	return t
}

func sameVariant(list []data.Variant, of data.Variant) int {
	return slices.IndexFunc(list, func(v data.Variant) bool { return v.UID == of.UID })
}

// OverlayAll gives all templates that a desk uses: the built-in ones in their
// order, then the seller's own; none that is in the bin.
func OverlayAll(kept []data.Template) ([]data.Template, error) {
	builtIn, err := BuiltIn()
	if err != nil {
		return nil, err
	}
	of := make(map[string]data.Template, len(kept))
	for _, t := range kept {
		of[t.UID] = t
	}
	all := make([]data.Template, 0, len(builtIn)+len(kept))
	for _, t := range builtIn {
		k, changed := of[t.UID]
		if changed {
			delete(of, t.UID)
			t = Overlay(k)
		}
		if t.BinnedAt.IsZero() && len(t.Variants) > 0 {
			all = append(all, t)
		}
	}
	for _, t := range kept {
		if _, own := of[t.UID]; own && t.BinnedAt.IsZero() && len(t.Variants) > 0 {
			all = append(all, t)
		}
	}
	return all, nil
}

// Kept gives what a desk keeps of a template that is used so.
func Kept(t data.Template) data.Template {
	builtIn, ok := builtInOf(t.UID)
	if !ok {
		return t
	}
	t.BuiltIn, t.Name = true, builtIn.Name
	if t.Scenario == builtIn.Scenario {
		t.Scenario = ""
	}
	var kept []data.Variant
	var seen []data.Variant
	for _, v := range t.Variants {
		for _, b := range builtIn.Variants {
			if b.Language == v.Language && b.Label == v.Label {
				v.UID = b.UID
			}
		}
		seen = append(seen, v)
		if i := sameVariant(builtIn.Variants, v); i < 0 || builtIn.Variants[i].Body != v.Body {
			v.Edited = true
			kept = append(kept, v)
		}
	}
	for _, b := range builtIn.Variants {
		if sameVariant(seen, b) < 0 {
			kept = append(kept, data.Variant{UID: b.UID, Language: b.Language, Label: b.Label, Edited: true})
		}
	}
	t.Variants = kept
	return t
}

// Adopt gives what a desk keeps of a built-in template of which it had a whole
// copy, as desks had before version 11: texts that shipped so were never changed.
// A text that is not there is the program's too, since no desk says whether it
// was taken away or had not been written yet.
func Adopt(copied data.Template) (data.Template, error) {
	shipped, err := readShipped()
	if err != nil {
		return copied, err
	}
	if shipped.Scenarios[copied.UID] == copied.Scenario {
		copied.Scenario = ""
	}
	copied.Variants = slices.DeleteFunc(slices.Clone(copied.Variants), func(v data.Variant) bool {
		return !v.Edited && slices.Contains(shipped.Shipped[v.UID], bodySum(v.Body))
	})
	for i := range copied.Variants {
		copied.Variants[i].Edited = true
	}
	return copied, nil
}

func bodySum(body string) string {
	sum := sha256.Sum256([]byte(body))
	return hex.EncodeToString(sum[:8])
}
