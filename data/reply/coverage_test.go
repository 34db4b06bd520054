package reply

import (
	"slices"
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

// whole are the languages in which every template has its plain text.
var whole = []string{"en", "es", "fr", "de", "pt-BR", "ru", "ja", "ko", "nl", "it", "pl", "ar", "tr", "id", "th", "vi", "ms", "zh-CN", "zh-TW"}

// threeWordings are the languages with a short and a warm wording wherever
// English has one.
var threeWordings = []string{"en", "es", "fr", "de", "pt-BR", "ru"}

// The coverage that is promised: what is missing is named.
func TestCoverage(t *testing.T) {
	for _, template := range builtIn(t) {
		has := map[string]bool{}
		for _, v := range template.Variants {
			has[v.Language+"/"+v.Label] = true
		}
		for _, lang := range whole {
			if !has[lang+"/"] {
				t.Errorf("%s has no text in %s", template.UID, lang)
			}
		}
		for _, label := range []string{LabelShort, LabelWarm} {
			for _, lang := range threeWordings {
				if has["en/"+label] && !has[lang+"/"+label] {
					t.Errorf("%s has no %s text in %s", template.UID, label, lang)
				}
			}
		}
	}
}

// added are the variables that a language's custom wants beside those of English.
var added = map[string][]string{"ja": {"shop.name"}}

// A translation knows what its English knows: the same variables, in sentences
// and in conditions.
func TestTranslationsReadTheSameVariables(t *testing.T) {
	reads := func(v data.Variant) []string {
		parsed, problems := parse(v.Body)
		if len(problems) > 0 {
			t.Fatalf("%s: %v", v.UID, problems[0])
		}
		return slices.Compact(slices.Sorted(slices.Values(parsed.reads)))
	}
	for _, template := range builtIn(t) {
		english := map[string][]string{}
		for _, v := range template.Variants {
			if v.Language == "en" {
				english[v.Label] = reads(v)
				continue
			}
			want, ok := english[v.Label]
			if !ok {
				t.Errorf("%s has no English text to go by", v.UID)
				continue
			}
			if !slices.Contains(whole, v.Language) {
				continue
			}
			got := reads(v)
			for _, name := range want {
				if !slices.Contains(got, name) {
					t.Errorf("%s does not read %s", v.UID, name)
				}
			}
			for _, name := range got {
				if !slices.Contains(want, name) && !slices.Contains(added[v.Language], name) {
					t.Errorf("%s reads %s, and its English does not", v.UID, name)
				}
			}
		}
	}
}

// Every text in every language is rendered for orders in each state: nothing is
// left empty, no code shows, and each gap is marked and told.
func TestEveryTextForOrdersInEachState(t *testing.T) {
	states := []Context{invented()}
	for _, status := range []data.OrderStatus{data.StatusUnpaid, data.StatusToShip, data.StatusShipped, data.StatusDelivered} {
		states = append(states, standing(status))
	}
	masked := standing(data.StatusShipped)
	masked.Order.Buyer.Name, masked.Order.ShipTo.Name = "s***4", ""
	many := standing(data.StatusDelivered)
	many.Order.Items = append(many.Order.Items, data.Item{Title: "Teapot", Quantity: 1}, data.Item{Title: "Cup & saucer “Blue”", Quantity: 3})
	states = append(states, masked, many)
	for _, template := range builtIn(t) {
		for _, v := range template.Variants {
			for _, c := range states {
				d, err := Render(v, c)
				if err != nil {
					t.Fatalf("%s: %v", v.UID, err)
				}
				for _, name := range d.Missing {
					if !strings.Contains(d.Text, Gap(name)) {
						t.Errorf("%s: the gap of %s is not shown:\n%s", v.UID, name, d.Text)
					}
				}
				for _, bad := range []string{"{{", "{%", "  ", "()", "（）", "“”", "«\u202f»", "\n\n\n", " ,", "<nil>"} {
					if strings.Contains(strings.ReplaceAll(d.Text, "⟧ ,", ""), bad) {
						t.Errorf("%s, %s: %q in\n%s", v.UID, c.Order.Status, bad, d.Text)
					}
				}
			}
		}
	}
}

// A reply is drafted and proposed at once, also in a long thread.
func TestProposingIsQuick(t *testing.T) {
	c := wrote(standing(data.StatusShipped), strings.Repeat("Guten Tag, wo bleibt denn mein Paket? ", 60))
	Propose(c) // reads the rules
	began := time.Now()
	const times = 20
	for range times {
		Propose(c)
	}
	if each := time.Since(began) / times; each > 100*time.Millisecond {
		t.Errorf("proposing takes %v", each)
	} else {
		t.Logf("proposing takes %v", each)
	}
}
