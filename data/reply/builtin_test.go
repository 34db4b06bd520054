package reply

import (
	"strings"
	"testing"
	"unicode"

	"casebinder/data"
)

func builtIn(t *testing.T) []data.Template {
	t.Helper()
	list, err := BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestBuiltInVariantsAllRender(t *testing.T) {
	for _, template := range builtIn(t) {
		for _, v := range template.Variants {
			d, err := Render(v, invented())
			if err != nil || len(d.Missing) > 0 {
				t.Errorf("%s: %v, missing %v", v.UID, err, d.Missing)
			}
			if strings.Contains(d.Text, " .") || strings.Contains(d.Text, "  ") || strings.Contains(d.Text, "..") || strings.Contains(d.Text, "()") {
				t.Errorf("%s has a gap in its wording:\n%s", v.UID, d.Text)
			}
		}
	}
}

// A built-in template must read well for an order that has only just been
// paid: what is missing is marked, and no sentence breaks off.
func TestBuiltInVariantsRenderForABareOrder(t *testing.T) {
	full := invented()
	bare := Context{Order: data.Order{Shop: full.Shop, Number: "1", Buyer: full.Order.Buyer}, Operator: "Lin", Now: full.Now}
	for _, template := range builtIn(t) {
		for _, v := range template.Variants {
			d, err := Render(v, bare)
			if err != nil {
				t.Errorf("%s: %v", v.UID, err)
			}
			for _, name := range d.Missing {
				if !strings.Contains(d.Text, Gap(name)) {
					t.Errorf("%s: %s is missing, but its gap is not shown:\n%s", v.UID, name, d.Text)
				}
			}
		}
	}
}

func TestBuiltInLanguages(t *testing.T) {
	for _, template := range builtIn(t) {
		if template.Variants[0].Language != "en" || template.Variants[0].Label != LabelPlain {
			t.Errorf("%s does not begin with English", template.UID)
		}
		for _, v := range template.Variants {
			if script := scriptOf(v.Language); script != nil && !strings.ContainsFunc(v.Body, func(r rune) bool { return unicode.Is(script, r) }) {
				t.Errorf("%s is not written in its language", v.UID)
			}
		}
	}
}

func TestEachEntryHasItsEnglishText(t *testing.T) {
	entries, err := Entries()
	if err != nil {
		t.Fatal(err)
	}
	have := map[string]bool{}
	for _, template := range builtIn(t) {
		have[template.UID] = true
	}
	for _, e := range entries {
		if !have[e.UID] {
			t.Errorf("%s has no text", e.UID)
		}
	}
}

func scriptOf(lang string) *unicode.RangeTable {
	return map[string]*unicode.RangeTable{
		"zh-CN": unicode.Han, "zh-TW": unicode.Han, "th": unicode.Thai, "ru": unicode.Cyrillic, "ja": unicode.Hiragana, "ko": unicode.Hangul, "ar": unicode.Arabic,
	}[lang]
}

// Platforms forbid to lead a buyer to another channel, and to ask for good
// feedback in exchange for help; no built-in template comes near it.
func TestBuiltInWordingKeepsTheRules(t *testing.T) {
	banned := []string{
		"whatsapp", "wechat", "telegram", "http", "www.", "@", "phone", "positive feedback", "5 stars", "five stars", "not our fault",
		"not our responsibility", "100%", "definitely", "we promise", "we guarantee", "guaranteed", "微信", "加我", "五星", "保证", "一定会", "不是我们的",
		"garantiz", "garantier", "гарантируем", "гарантирован", "promettons", "versprechen",
	}
	for _, template := range builtIn(t) {
		for _, v := range template.Variants {
			body := strings.ToLower(v.Body)
			for _, words := range banned {
				if strings.Contains(body, words) {
					t.Errorf("%s says %q", v.UID, words)
				}
			}
		}
	}
}

func TestLocaleTable(t *testing.T) {
	table, err := localeTable()
	if err != nil {
		t.Fatal(err)
	}
	for lang, words := range table {
		for _, reason := range data.Reasons() {
			if words.Reasons[string(reason)] == "" {
				t.Errorf("%s has no words for the reason %s", lang, reason)
			}
		}
		if len(words.Reasons) != len(data.Reasons()) {
			t.Errorf("%s has %d reasons, there are %d", lang, len(words.Reasons), len(data.Reasons()))
		}
	}
}
