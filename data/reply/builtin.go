package reply

import (
	"slices"
	"strings"
	"sync"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/pack"

	"golang.org/x/text/language"
)

// textsDir holds the templates' texts, one file a language, named after it.
const textsDir = "templates/texts"

// Labels of a text's wording. The plain one has none.
const (
	LabelPlain = ""
	LabelShort = "short" // the same in fewer words
	LabelWarm  = "warm"  // the same, nearer to the buyer
)

// Labels lists the wordings in which a built-in text may stand.
func Labels() []string { return []string{LabelPlain, LabelShort, LabelWarm} }

// textFile is a file of texts: those of one language.
type textFile struct {
	Language string `toml:"language"` // BCP 47
	Texts    []struct {
		UID   string `toml:"uid"`   // of the template
		Label string `toml:"label"` // wording; see Labels
		Body  string `toml:"body"`
	} `toml:"text"`
}

var textKind = pack.Kind[textFile]{ID: func(f *textFile) string { return f.Language }, Check: checkTexts}

func checkTexts(f *textFile, r *pack.Report) {
	if _, err := language.Parse(f.Language); err != nil {
		r.Fail(pack.At("language"), "“%s” is no language", f.Language)
	}
	seen := map[string]bool{}
	for i := range f.Texts {
		t := &f.Texts[i]
		t.Body = strings.TrimSpace(strings.ReplaceAll(t.Body, "\r\n", "\n"))
		if _, known := EntryOf(t.UID); !known {
			r.Fail(pack.At("text", i, "uid"), "“%s” is no template of the catalog", t.UID)
		}
		if !slices.Contains(Labels(), t.Label) {
			r.Fail(pack.At("text", i, "label"), "“%s” is none of %v", t.Label, Labels())
		}
		uid := variantUID(t.UID, f.Language, t.Label)
		if seen[uid] {
			r.Fail(pack.At("text", i, "uid"), "%s stands twice in the wording “%s”", t.UID, t.Label)
		}
		seen[uid] = true
		if t.Body == "" {
			r.Fail(pack.At("text", i, "body"), "%s has no text", t.UID)
		}
	}
}

// Scenarios lists the groups of the built-in templates in the order of an
// order's life. Their words are "scenario.<key>" in the language files.
func Scenarios() []string {
	return []string{
		"pre_sale", "payment", "address", "cancellation", "shipping", "delivery",
		"problem", "return_refund", "dispute", "feedback", "relation", "service", "partner",
	}
}

// BuiltIn gives the templates that the program carries, by scenario; of each
// the English text first, then the others by language. They are read once and
// shared: do not change them. An error means that the program was built from
// broken files; whether each text renders, a test tells.
func BuiltIn() ([]data.Template, error) { return builtInTexts() }

var builtInTexts = sync.OnceValues(func() ([]data.Template, error) {
	c, err := readCatalog()
	if err != nil {
		return nil, err
	}
	files, err := textKind.Load(assets.FS, textsDir)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(files, func(a, b *textFile) int { return rank(a.Language) - rank(b.Language) })
	texts := map[string][]data.Variant{}
	for _, f := range files {
		for _, label := range Labels() {
			for _, t := range f.Texts {
				if t.Label == label {
					v := data.Variant{UID: variantUID(t.UID, f.Language, label), Language: f.Language, Label: label, Body: t.Body}
					texts[t.UID] = append(texts[t.UID], v)
				}
			}
		}
	}
	var all []data.Template
	for _, scenario := range Scenarios() {
		for _, e := range c.Templates {
			if e.Scenario == scenario && len(texts[e.UID]) > 0 {
				all = append(all, data.Template{UID: e.UID, Scenario: scenario, Name: e.Name, Variants: texts[e.UID], BuiltIn: true})
			}
		}
	}
	return all, nil
})

// rank puts English before the other languages, which keep their order.
func rank(lang string) int {
	if lang == "en" {
		return 0
	}
	return 1
}

// disputes is the scenario whose templates are for any dispute.
const disputes = "dispute"

// Fitting names the built-in templates that fit a dispute, the best first: those
// for its stage, those that answer its reason, then those for any dispute.
func Fitting(reason data.Reason, stage data.Stage) ([]string, error) {
	entries, err := Entries()
	if err != nil {
		return nil, err
	}
	var forStage, forReason, forAny []string
	for _, e := range entries {
		switch {
		case e.Audience != ToBuyer && e.Audience != ToPlatform || len(e.Platforms) > 0:
			// No answer in a dispute, or for some platforms alone.
		case slices.Contains(e.Stages, stage):
			forStage = append(forStage, e.UID)
		case slices.Contains(e.Reasons, reason):
			forReason = append(forReason, e.UID)
		case e.Scenario == disputes && len(e.Stages) == 0 && len(e.Reasons) == 0:
			forAny = append(forAny, e.UID)
		}
	}
	return slices.Concat(forStage, forReason, forAny), nil
}

func variantUID(uid, lang, label string) string {
	if label == "" {
		return uid + "." + lang
	}
	return uid + "." + lang + "." + strings.ReplaceAll(strings.ToLower(label), " ", "_")
}
