package path_test

import (
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/data/path"
)

const sound = `format = 1
id = "gift"
title = "Gift wrapping"
first = "left"

[[wish]]
id = "paper"
text = "Paper around it"

[[step]]
id = "left"
ask = "Has the parcel left?"
fact = "shipped"
[[step.answer]]
id = "yes"
text = "Yes"
to = "sorry"
[[step.answer]]
id = "no"
text = "No"
to = "color"

[[step]]
id = "color"
ask = "Red or blue?"
[[step.answer]]
id = "red"
text = "Red"
to = "wrap"
[[step.answer]]
id = "blue"
text = "Blue"
to = "wrap"

[[end]]
id = "sorry"
title = "Say sorry"
reply = "stay_here"

[[end]]
id = "wrap"
title = "Wrap it"
task = "Wrap it"
days = 1
`

func TestABadPathIsRefusedWithItsLine(t *testing.T) {
	if _, err := path.Decode("gift.toml", []byte(sound), nil); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, from, to, line, reason string }{
		{"a cycle", "id = \"blue\"\ntext = \"Blue\"\nto = \"wrap\"", "id = \"blue\"\ntext = \"Blue\"\nto = \"left\"", "11", "leads back to itself"},
		{"a step that asks itself", "text = \"Red\"\nto = \"wrap\"", "text = \"Red\"\nto = \"color\"", "24", "leads back to itself"},
		{"a step apart", "text = \"No\"\nto = \"color\"", "text = \"No\"\nto = \"wrap\"", "24", "nothing leads to the step “color”"},
		{"an ending apart", "to = \"sorry\"", "to = \"wrap\"", "36", "nothing leads to the ending “sorry”"},
		{"no such template", `reply = "stay_here"`, `reply = "stay_there"`, "38", "there is no template “stay_there”"},
		{"a question without words", `ask = "Red or blue?"`, `ask = " "`, "23", "asks nothing"},
		{"an answer without words", "id = \"red\"\ntext = \"Red\"", "id = \"red\"", "26", "has no text"},
		{"an ending without a title", "title = \"Wrap it\"\n", "", "40", "has no title"},
		{"nowhere", `to = "color"`, `to = "colour"`, "21", "no step and no ending"},
		{"no such fact", `fact = "shipped"`, `fact = "moon"`, "13", "there is no fact “moon”"},
		{"a fact without an answer", "id = \"no\"\ntext = \"No\"", "id = \"other\"\ntext = \"No\"", "", ""},
		{"an answer that the fact never tells", "id = \"no\"\ntext = \"No\"", "id = \"perhaps\"\ntext = \"No\"", "13", "may tell “no”"},
		{"an ending that does nothing", "task = \"Wrap it\"\ndays = 1\n", "", "40", "neither a reply nor a task nor a case"},
		{"an id twice", `id = "wrap"`, `id = "color"`, "41", "is taken"},
		{"a field that is none", `days = 1`, `day = 1`, "44", "there is no field"},
		{"no wishes", "[[wish]]\nid = \"paper\"\ntext = \"Paper around it\"\n", "", "2", "what a buyer may wish"},
	} {
		text := strings.Replace(sound, c.from, c.to, 1)
		if text == sound {
			t.Fatalf("%s: nothing was changed", c.name)
		}
		_, err := path.Decode("gift.toml", []byte(text), nil)
		if c.reason == "" {
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		p, ok := data.AsProblem(err)
		if !ok || !strings.Contains(err.Error(), c.reason) || p.Args["file"] != "gift.toml" {
			t.Errorf("%s: %v", c.name, err)
		} else if p.Args["line"] != c.line {
			t.Errorf("%s: told at line %s, not %s: %v", c.name, p.Args["line"], c.line, err)
		}
	}
}

func TestAPathOfOnesOwnNamesAnOwnTemplate(t *testing.T) {
	text := strings.Replace(sound, "stay_here", "my_words", 1)
	if _, err := path.Decode("gift.toml", []byte(text), func(uid string) bool { return uid == "my_words" }); err != nil {
		t.Error(err)
	}
}

// A path that is saved as a file is the same path when it is read again.
func TestAPathIsWrittenAsItIsRead(t *testing.T) {
	all, err := path.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		text, err := path.Encode(p)
		if err != nil {
			t.Fatal(err)
		}
		again, err := path.Decode(p.ID+".toml", text, nil)
		if err != nil {
			t.Fatalf("%s: %v", p.ID, err)
		}
		if second, err := path.Encode(again); err != nil || string(second) != string(text) {
			t.Errorf("%s is another one once it was saved: %v", p.ID, err)
		}
	}
}

// Each way through each path comes to an ending, whatever a person answers.
func FuzzDecode(f *testing.F) {
	f.Add(sound, "0123")
	f.Add(strings.Replace(sound, `to = "wrap"`, `to = "left"`, 1), "11")
	f.Add("format = 1\nid = \"\"\n[[step]]\n[[end]]\n", "")
	f.Fuzz(func(t *testing.T, text, picks string) {
		p, err := path.Decode("fuzz.toml", []byte(text), nil)
		if err != nil {
			return
		}
		facts, run := order(), &data.PathRun{}
		for i := 0; ; i++ {
			next := p.Walk(run, facts).Next
			if next == nil {
				break
			}
			if i > 100 {
				t.Fatal("the path has no end")
			}
			pick := 0
			if i < len(picks) {
				pick = int(picks[i]) % len(next.Choices)
			}
			if err := p.Answer(run, facts, next.Step, next.Choices[pick].ID, "Lin"); err != nil {
				t.Fatal(err)
			}
			p.Ways(next.Step, run, facts)
		}
		if p.Walk(run, facts).End == nil {
			t.Fatal("the path stands nowhere")
		}
	})
}
