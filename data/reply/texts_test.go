package reply

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

// A text must read well in each state of an order, with each choice, whatever
// of it is known: what stands behind a condition leaves no hole when it goes.
func TestTextsReadWellInAnyState(t *testing.T) {
	holes := regexp.MustCompile(`(?m)^ |  | [.,;:?]( |$)|\.\.|\(\)|“”|«»`)
	random := rand.New(rand.NewPCG(1, 2))
	for _, template := range builtIn(t) {
		for _, v := range template.Variants {
			if v.Language != "en" {
				continue // each has its own marks; TestBuiltInVariantsAllRender looks at all
			}
			for range 60 {
				text := renderSome(t, v, random)
				if at := holes.FindString(text); at != "" {
					t.Errorf("%s leaves %q in\n%s", v.UID, at, text)
					break
				}
			}
		}
	}
}

// renderSome fills a text from values of which about half are known.
func renderSome(t *testing.T, v data.Variant, random *rand.Rand) string {
	t.Helper()
	parsed, problems := parse(v.Body)
	if len(problems) > 0 {
		t.Fatalf("%s: %v", v.UID, problems[0])
	}
	known := map[string]string{}
	for _, variable := range variables {
		if random.IntN(2) == 0 {
			continue
		}
		switch variable.Kind {
		case KindFact:
			known[variable.Name] = "true"
		case KindChoice:
			known[variable.Name] = variable.Choices[random.IntN(len(variable.Choices))]
		default:
			known[variable.Name] = "X"
		}
	}
	r := renderer{template: parsed, known: known, bindings: nest(known), missing: map[string]bool{}}
	if err := r.sequence(parsed.nodes); err != nil {
		t.Fatalf("%s: %v", v.UID, err)
	}
	return tidy(string(r.out))
}

var caseBlock = regexp.MustCompile(`(?s)\{% case ([a-z_.]+) %\}(.*?)\{% endcase %\}`)

// Where a text reads a choice, it has words for each of its keys, or an else
// that is a sentence of its own; else a seller who chose would say nothing.
func TestTextsHaveWordsForEachChoice(t *testing.T) {
	optional := map[string]bool{"away_notice": true} // names the few holidays on which shops close
	key := regexp.MustCompile(`when "([a-z_]+)"`)
	for _, template := range builtIn(t) {
		for _, v := range template.Variants {
			for _, block := range caseBlock.FindAllStringSubmatch(v.Body, -1) {
				variable, ok := lookup(block[1])
				if !ok || variable.Kind != KindChoice {
					continue
				}
				told := map[string]bool{}
				for _, found := range key.FindAllStringSubmatch(block[2], -1) {
					told[found[1]] = true
				}
				gapOnly := !strings.Contains(block[2], "{% else %}") || strings.Contains(block[2], "{% else %}{{ "+block[1])
				for _, choice := range variable.Choices {
					if !told[choice] && gapOnly && !optional[template.UID] {
						t.Errorf("%s has no words for %s = %s", v.UID, block[1], choice)
					}
					delete(told, choice)
				}
				for unknown := range told {
					t.Errorf("%s has words for %s = %s, which is no choice", v.UID, block[1], unknown)
				}
			}
		}
	}
}

// The most used English templates have three wordings, each wording its length.
func TestEnglishWordings(t *testing.T) {
	three := 0
	for _, template := range builtIn(t) {
		labels := map[string]int{}
		for _, v := range template.Variants {
			if v.Language == "en" {
				labels[v.Label] = len(strings.Fields(renderFull(t, v)))
			}
		}
		if labels[LabelPlain] == 0 {
			t.Errorf("%s has no plain English text", template.UID)
		}
		if (labels["short"] > 0) != (labels["warm"] > 0) {
			t.Errorf("%s has one of short and warm alone", template.UID)
		}
		if labels["short"] > 0 {
			three++
			if labels["short"] > 60 || labels["short"] >= labels[LabelPlain] {
				t.Errorf("%s: the short wording has %d words, the plain one %d", template.UID, labels["short"], labels[LabelPlain])
			}
		}
		if labels[LabelPlain] > 140 {
			t.Errorf("%s has %d words", template.UID, labels[LabelPlain])
		}
	}
	if three < 25 {
		t.Errorf("%d templates have three wordings", three)
	}
}

func renderFull(t *testing.T, v data.Variant) string {
	t.Helper()
	d, err := Render(v, invented())
	if err != nil {
		t.Fatalf("%s: %v", v.UID, err)
	}
	return d.Text
}

// That a parcel has not left is said only of an order that is known to wait.
func TestWaitingIsKnownAndNotGuessed(t *testing.T) {
	shipped := time.Date(2025, time.July, 3, 0, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		order         data.Order
		waiting, gone string
	}{
		{data.Order{Status: data.StatusToShip}, "true", ""},
		{data.Order{Status: data.StatusUnpaid}, "true", ""},
		{data.Order{Status: data.StatusUnknown}, "", ""},
		{data.Order{Status: data.StatusDisputed}, "", ""},
		{data.Order{Status: data.StatusToShip, ShippedAt: shipped}, "", "true"},
		{data.Order{Status: data.StatusToShip, DeliveredAt: shipped}, "", ""},
		{data.Order{Status: data.StatusShipped}, "", "true"},
	} {
		known := Context{Order: test.order}.values("en")
		if known["parcel.waiting"] != test.waiting || known["parcel.shipped"] != test.gone {
			t.Errorf("%s: waiting %q, shipped %q", test.order.Status, known["parcel.waiting"], known["parcel.shipped"])
		}
	}
	for _, template := range builtIn(t) {
		for _, v := range template.Variants {
			if v.Language != "en" || template.UID != "not_received" && template.UID != "in_transit" {
				continue
			}
			d, err := Render(v, Context{Order: data.Order{Number: "1", Status: data.StatusUnknown}})
			if err != nil || strings.Contains(d.Text, "not left") || strings.Contains(d.Text, "on its way") {
				t.Errorf("%s claims where an unknown parcel is: %v\n%s", v.UID, err, d.Text)
			}
		}
	}
}
