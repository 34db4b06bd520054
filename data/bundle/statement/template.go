package statement

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"
)

// Style is how long the words of a statement are.
type Style string

// The styles.
const (
	StyleFull  Style = "full"
	StyleShort Style = "short" // for forms with a low limit, such as 1,000 characters
)

// General is the family whose templates serve every platform.
const General = "general"

// A Template says which claims answer a reason on a family of platforms, in
// which order. A claim appears in a draft only where its facts are known.
type Template struct {
	ID        string          `json:"id"` // family and reason: "aliexpress.not_received"
	Family    string          `json:"family"`
	Platforms []data.Platform `json:"platforms,omitempty"` // none: any
	Packs     []string        `json:"packs,omitempty"`     // policy packs that it is made for, before others of the platform
	Reason    data.Reason     `json:"reason"`
	Languages []string        `json:"languages"` // BCP 47, the one that most reviewers read first
	Style     Style           `json:"style"`
	Word      string          `json:"word"`            // what the platform calls the dispute, a key of the language's words
	Limit     int64           `json:"limit,omitempty"` // characters (UTF-16 units) that a draft keeps to by leaving out its last claims; 0: none
	Claims    []string        `json:"claims"`          // ids, in order
}

// Speaks reports whether the template has words in a language. A region that
// has no words of its own takes those of its language; the two scripts of
// Chinese are two languages.
func (t Template) Speaks(language string) bool { return t.Spoken(language) != "" }

// Spoken gives which of the template's languages serves a tag, as Languages
// writes it: "pt" for "pt-BR", "zh-TW" for "zh-HK"; "" where none does.
func (t Template) Spoken(language string) string {
	if i := slices.IndexFunc(t.Languages, func(l string) bool { return sameLanguage(l, language) }); i >= 0 {
		return t.Languages[i]
	}
	return ""
}

// sameLanguage compares tags by language, and for Chinese by script.
func sameLanguage(a, b string) bool {
	return baseOf(a) != "" && baseOf(a) == baseOf(b)
}

// baseOf is a tag without region; "zh-hant" for Chinese in traditional script.
// A script that is named says more than a region does.
func baseOf(tag string) string {
	parts := strings.Split(strings.ToLower(strings.ReplaceAll(strings.TrimSpace(tag), "_", "-")), "-")
	if parts[0] == "zh" && !slices.Contains(parts, "hans") {
		for _, p := range parts[1:] {
			if p == "hant" || p == "tw" || p == "hk" || p == "mo" {
				return "zh-hant"
			}
		}
	}
	return parts[0]
}

// family is one file of assets/statements: the templates of platforms that
// read alike.
type family struct {
	Family    string              `toml:"family"`
	Platforms []data.Platform     `toml:"platforms"`
	Packs     []string            `toml:"packs"`
	Languages []string            `toml:"languages"`
	Style     Style               `toml:"style"`
	Word      string              `toml:"word"`
	Limit     int64               `toml:"limit"`
	Answers   map[string][]string `toml:"answers"` // by reason: ids of claims
}

// library is everything in assets/statements, read and checked.
type library struct {
	templates []Template
	claims    map[string]*claim
	words     map[string]*wording // by base language
	signs     signs
}

var builtIn = sync.OnceValues(func() (*library, error) { return load(assets.FS) })

// Suited lists the templates for a reason on a platform, the most fitting
// first: those of the policy pack, those of the platform, the general one.
func Suited(platform data.Platform, pack string, reason data.Reason) ([]Template, error) {
	lib, err := builtIn()
	if err != nil {
		return nil, err
	}
	var suited []Template
	for rank := 3; rank > 0; rank-- {
		for _, t := range lib.templates {
			if t.rank(platform, pack, reason) == rank {
				suited = append(suited, t)
			}
		}
	}
	return suited, nil
}

// rank tells how well a template fits: 0 is not at all.
func (t Template) rank(platform data.Platform, pack string, reason data.Reason) int {
	switch {
	case t.Reason != reason:
		return 0
	case pack != "" && slices.Contains(t.Packs, pack):
		return 3
	case slices.Contains(t.Platforms, platform):
		return 2
	case t.Family == General:
		return 1
	}
	return 0
}

const folder = "statements"

// load reads and checks all files.
func load(files fs.FS) (*library, error) {
	lib := &library{words: map[string]*wording{}}
	if err := pack.Read(files, folder+"/signs.toml", &lib.signs); err != nil {
		return nil, err
	}
	if err := lib.loadClaims(files); err != nil {
		return nil, err
	}
	if err := lib.loadWords(files); err != nil {
		return nil, err
	}
	return lib, lib.loadFamilies(files)
}

// broken is a fault of the files that the program was built from.
func broken(name, format string, args ...any) error {
	return pack.Fault(folder+"/"+name, fmt.Sprintf(format, args...))
}

func (lib *library) loadFamilies(files fs.FS) error {
	names, err := pack.Names(files, folder)
	if err != nil {
		return err
	}
	for _, name := range names {
		base := path.Base(name)
		if base == "claims.toml" || base == "signs.toml" {
			continue
		}
		var f family
		if err := pack.Read(files, name, &f); err != nil {
			return err
		}
		if f.Family+".toml" != base {
			return broken(base, "the family is called %q", f.Family)
		}
		if err := lib.addFamily(base, &f); err != nil {
			return err
		}
	}
	return nil
}

// addFamily makes a template of each reason that a family answers.
func (lib *library) addFamily(name string, f *family) error {
	if f.Style == "" {
		f.Style = StyleFull
	}
	if f.Family != General && len(f.Platforms)+len(f.Packs) == 0 {
		return broken(name, "it serves nobody")
	}
	for _, l := range f.Languages {
		w := lib.words[baseOf(l)]
		if w == nil || w.Cases[f.Word] == "" || len(w.Openings) > 0 && w.Openings[f.Word] == "" {
			return broken(name, "no words in %s, or none for %q", l, f.Word)
		}
	}
	reasons := 0
	for _, reason := range data.Reasons() {
		ids, ok := f.Answers[string(reason)]
		if !ok {
			continue
		}
		reasons++
		for i, id := range ids {
			if lib.claims[id] == nil || slices.Contains(ids[:i], id) {
				return broken(name, "the claim %q is unknown or there twice", id)
			}
		}
		lib.templates = append(lib.templates, Template{
			ID: f.Family + "." + string(reason), Family: f.Family, Platforms: f.Platforms, Packs: f.Packs, Reason: reason,
			Languages: f.Languages, Style: f.Style, Word: f.Word, Limit: f.Limit, Claims: ids,
		})
	}
	if reasons == 0 || reasons != len(f.Answers) || !slices.Contains(f.Languages, "en") {
		return broken(name, "it answers an unknown reason or none, or lacks English")
	}
	return nil
}
