package gate

import (
	"strings"
	"testing"
	"time"

	"casebinder/data"
)

func check(t *testing.T, text string, c Context) Result {
	t.Helper()
	out, err := rules(t).Check(text, c)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func finding(t *testing.T, out Result, rule string) data.Finding {
	t.Helper()
	for _, f := range out.Findings {
		if f.Rule == rule {
			return f
		}
	}
	t.Fatalf("%s was not found among %v", rule, out.Findings)
	return data.Finding{}
}

func TestAFindingPointsAtItsWordsAndIsMended(t *testing.T) {
	for _, c := range []struct {
		name, rule, text, at, mended string
		context                      Context
	}{
		{
			"a sentence goes", "stars_asked", "Your refund arrived. Please leave us 5 stars, thank you! Best wishes", "Please leave us 5 stars, thank you!",
			"Your refund arrived. Best wishes",
			Context{Language: "en"},
		},
		{
			"a better sentence", "blame", "The parcel is lost. This is not our responsibility. Best wishes", "This is not our responsibility.",
			"The parcel is lost. We will do our best to solve this for you. Best wishes",
			Context{Language: "en"},
		},
		{
			"the buyer's name", "placeholder", "Hello {{buyer.name}}, it left today.", "{{buyer.name}}",
			"Hello Emily Carter, it left today.",
			Context{Language: "en", Buyer: "Emily Carter"},
		},
		{
			"not another's", "other_buyer", "Dear Michael, it left today.", "Michael",
			"Dear Emily, it left today.",
			Context{Language: "en", Buyer: "Emily", Others: Others{Names: Listed([]string{"Michael Reed"}, false)}},
		},
		{
			"Chinese has no blanks", "blame", "包裹丢了。这不是我们的责任。谢谢！", "这不是我们的责任。",
			"包裹丢了。我们会尽力为您解决这个问题。谢谢！",
			Context{Language: "zh-CN"},
		},
		{
			"as long as the channel takes", "too_long", "It left today. It arrives in five days. Best wishes from all of us", "days. Best wishes from all of us",
			"It left today.",
			Context{Language: "en", Limit: 34},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := finding(t, check(t, c.text, c.context), c.rule)
			if at := f.At("text"); at.Label != c.at {
				t.Errorf("it points at %q, not %q", at.Label, c.at)
			}
			if got, ok := Mend(c.text, f); !ok || got != c.mended {
				t.Errorf("mended: %t %q, not %q", ok, got, c.mended)
			}
			if _, ok := Mend("another text altogether, long enough to hold the place", f); ok && c.rule != "too_long" {
				t.Error("another text was mended")
			}
		})
	}
}

func TestARuleIsSwitchedOffWithItsReason(t *testing.T) {
	r, err := New(nil, map[string]string{"stars_asked": "our site has no such rule"})
	if err != nil {
		t.Fatal(err)
	}
	out, err := r.Check("Please give us 5 stars!", Context{Language: "en"})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range out.Findings {
		if f.Rule == "stars_asked" {
			t.Error("the rule is off, and found something")
		}
	}
	if r.Off()["stars_asked"] == "" {
		t.Error("the reason is gone")
	}
}

func TestAShopsOwnWordsCount(t *testing.T) {
	own, err := DecodeLexicon("own", []byte("format = 1\nlanguage = \"en\"\n[concepts]\nOFFENDING = [\"pettifogger\", \"-nonsense\"]\n"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := New([]*Lexicon{own}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{"You are a pettifogger.": true, "That is nonsense.": false} {
		out, err := r.Check(text, Context{Language: "en"})
		if err != nil {
			t.Fatal(err)
		}
		if got := len(out.Findings) > 0; got != want {
			t.Errorf("%q: found %v", text, out.Findings)
		}
	}
	if _, err := DecodeLexicon("own", []byte("format = 1\nlanguage = \"en\"\n[[when]]\nrule = \"no_such\"\nall = \"IF\"\n")); err == nil {
		t.Error("a rule that there is not was taken")
	}
}

func TestAPolicyIsQuotedAsTheShopHasIt(t *testing.T) {
	c := Context{Language: "en", Policy: Policy{ReturnDays: 30, WarrantyMonths: 24, ReturnPaidBy: "seller"}}
	for text, want := range map[string]bool{
		"You can return it within 14 days.":                   true,
		"You can return it within 30 days.":                   false,
		"The warranty is one year.":                           true,
		"It has a warranty of two years.":                     false,
		"You pay the return shipping, please.":                true,
		"We refund you within 5 days after the return is in.": false,
	} {
		found := false
		for _, f := range check(t, text, c).Findings {
			found = found || f.Rule == "policy_differs"
		}
		if found != want {
			t.Errorf("%q: found %t", text, found)
		}
	}
}

// Twenty kinds of sentences, 2,000 characters.
func longText() string {
	var b strings.Builder
	for b.Len() < 2000 {
		b.WriteString("Dear Emily Carter, thank you for your message about the lamp. We will check with the warehouse and answer you within 2 working days. If the parcel is lost, we send a new one or refund you, whichever you prefer. ")
	}
	return b.String()[:2000]
}

func BenchmarkCheck(b *testing.B) {
	r, err := BuiltIn()
	if err != nil {
		b.Fatal(err)
	}
	c := Context{
		Language: "en", BuyerLanguage: "en", Buyer: "Emily Carter", Platform: data.EBay, State: DisputeOpen, Asked: 1, Written: time.Date(2026, 12, 1, 10, 0, 0, 0, time.UTC),
		Orders: []string{"8194422071630215"}, Limit: 1900, Policy: Policy{ReturnDays: 30, WarrantyMonths: 24, ReturnPaidBy: "seller"},
		Others: Others{Names: Listed([]string{"Michael Reed", "Sarah Thompson"}, false)},
	}
	for range 20 {
		c.Thread = append(c.Thread, Said{Direction: data.ToBuyer, Text: "Could you tell us which color you received?"}, Said{Direction: data.FromBuyer, Text: "The blue one. When will I get my refund?"})
	}
	text := longText()
	for b.Loop() {
		if _, err := r.Check(text, c); err != nil {
			b.Fatal(err)
		}
	}
}

// Whatever stands in a reply, each finding points into it, and its mend leaves a
// text.
func FuzzCheck(f *testing.F) {
	for _, text := range []string{"Please leave us 5 stars ★★★★★!", "加我微信 lamp8888", "{{name}} XXX", "w h a t s a p p +49 151 2345678", "12月4日に発送します。", "\xff\xfe", "ß\u200bß İ", "a@b.c (at) d dot com"} {
		f.Add(text, "en")
		f.Add(text, "zh-CN")
	}
	r, err := BuiltIn()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text, language string) {
		out, err := r.Check(text, Context{
			Language: language, BuyerLanguage: "ja", Buyer: "A B", State: DisputeOpen, Asked: 1, Limit: 40, Written: time.Date(2026, 12, 1, 10, 0, 0, 0, time.UTC),
			Thread: []Said{{Direction: data.ToBuyer, Text: text}, {Direction: data.FromBuyer, Text: text}}, Policy: Policy{ReturnDays: 1, WarrantyMonths: 1, ReturnPaidBy: "buyer"},
			Others: Others{Names: func(ask []Name) map[string]bool {
				found := map[string]bool{}
				for _, n := range ask {
					found[n.Text] = true
				}
				return found
			}},
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range out.Findings {
			Mend(text, one)
			if at := one.At("text"); at.ID != "" && at.Label == "" {
				t.Errorf("%s points at nothing: %v", one.Rule, at)
			}
		}
	})
}
