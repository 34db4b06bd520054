package policy_test

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"casebinder/assets"
	"casebinder/data"
	"casebinder/data/policy"
)

// small is a whole pack; its lines are counted in the tests below.
const small = `format = 1
id = "mine"
version = 1
title = "Mine"
platform = "mine"
channel = "case"
edition = "2026"
start = "a"

[clock]
zone = "shop"
holidays = "US"
source = "me"
confidence = "unconfirmed"

[[stage]]
id = "a"
title = "First"
stage = "negotiation"
ladder = "negotiation"
who = "seller"
silence = "It ends."
silence_to = "z"
on = [
  { event = "escalated", to = "b" },
]

[[stage]]
id = "b"
title = "Second"
stage = "platform"
ladder = "platform"
who = "platform"
silence = "It ends."
on = [
  { event = "message", to = "b" },
  { event = "ruled", to = "z" },
]

[[stage]]
id = "z"
title = "Over"
stage = "closed"
ladder = "platform"
on = [ { event = "opened", to = "a", back = true } ]

[[deadline]]
id = "respond"
title = "Answer"
starts = ["opened"]
ends = ["accepted"]
who = "seller"
within = { days = 3, calendar = "business" }
timeout = "It is lost."
source = "their page"
edition = "2026-01"
confidence = "confirmed"

[[item]]
id = "tracking"
title = "Tracking"
get = "Ask."
facts = ["tracking"]
source = "me"
confidence = "unconfirmed"

[[fee]]
id = "fee"
title = "Fee"
amount = "20.00"
currency = "USD"
when = "lost"
source = "me"
confidence = "unconfirmed"
`

func TestSmallPackIsWhole(t *testing.T) {
	if _, err := policy.Decode("mine.toml", []byte(small)); err != nil {
		t.Fatal(err)
	}
}

// Each mistake must be told with the line on which it stands.
func TestDecodeTellsTheLine(t *testing.T) {
	for _, c := range []struct {
		name, old, new string
		line           string
		reason         string
	}{
		{"no TOML", `title = "First"`, `title = First`, "18", ""},
		{"an unknown field", `who = "platform"`, `whom = "platform"`, "33", "there is no field “stage.whom”"},
		{"an unknown event", `event = "ruled"`, `event = "decided"`, "37", "there is no event “decided”"},
		{"an unknown stage", `to = "b" },
]`, `to = "c" },
]`, "25", "there is no stage “c”"},
		{"a start that is not there", `start = "a"`, `start = "x"`, "8", "there is no stage “x” to start in"},
		{"an unknown actor", `who = "seller"
within`, `who = "vendor"
within`, "52", "“vendor” is none of"},
		{"an event of a deadline", `ends = ["accepted"]`, `ends = ["agreed"]`, "51", "names an event “agreed” that does not exist"},
		{"no source", `source = "their page"`, `source = ""`, "57", "has no source"},
		{"no edition", `edition = "2026-01"
`, ``, "56", "has no edition"},
		{"a confidence", `confidence = "confirmed"`, `confidence = "sure"`, "57", "has the confidence “sure”"},
		{"no figure, but confirmed", `within = { days = 3, calendar = "business" }
`, ``, "47", "gives no span"},
		{"an impossible span", `days = 3`, `days = -3`, "53", "between 0 and 1000 days"},
		{"a calendar", `calendar = "business"`, `calendar = "lunar"`, "53", "“lunar”; write natural or business"},
		{"days and hours", `days = 3`, `hours = 2, days = 3`, "53", "mixes days with hours"},
		{"a time zone", `zone = "shop"`, `zone = "Asia/Nowhere"`, "11", "there is no time zone “Asia/Nowhere”"},
		{"the machine's zone", `zone = "shop"`, `zone = "Local"`, "11", "there is no time zone “Local”"},
		{"a country", `holidays = "US"`, `holidays = "usa"`, "12", "“usa” is no country"},
		{"a fact", `facts = ["tracking"]`, `facts = ["magic"]`, "63", "there is no fact “magic”"},
		{"an amount", `amount = "20.00"`, `amount = "20,00"`, "70", "is no amount"},
		{"a cycle of steps", `{ event = "ruled", to = "z" }`, `{ event = "ruled", to = "a" }`, "24", "the stages lead round in a cycle: a → b → a"},
		{"a cycle of silence", `silence = "It ends."
on`, `silence = "It goes on."
silence_to = "a"
on`, "24", "lead round in a cycle"},
		{"two of one name", "[[fee]]\n", "[[fee]]\nid = \"fee\"\ntitle = \"Fee\"\nwhen = \"lost\"\nsource = \"me\"\nconfidence = \"unconfirmed\"\n[[fee]]\n", "74", "two of the name “fee”"},
		{"no end", `stage = "closed"`, `stage = "appeal"`, "16", "no stage ends the case"},
		{"no version", `version = 1`, `version = 0`, "3", "the version is missing"},
		{"who acts", `who = "platform"
`, ``, "28", "must say who acts"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if strings.Count(small, c.old) == 0 {
				t.Fatalf("the test changes nothing: %q", c.old)
			}
			_, err := policy.Decode("mine.toml", []byte(strings.Replace(small, c.old, c.new, 1)))
			problem, ok := data.AsProblem(err)
			if !ok || !errors.Is(err, data.ErrInvalid) {
				t.Fatalf("no problem: %v", err)
			}
			if problem.Args["file"] != "mine.toml" || problem.Args["line"] != c.line || !strings.Contains(err.Error(), c.reason) {
				t.Errorf("line %s wanted, “%s”: %v", c.line, c.reason, err)
			}
		})
	}
}

// Silence that leads round by itself, without any event, never ends.
func TestSilenceMustNotGoRound(t *testing.T) {
	text := strings.Replace(small, "silence_to = \"z\"", "silence_to = \"b\"", 1)
	text = strings.Replace(text, "silence = \"It ends.\"\non = [\n  { event = \"message\"", "silence = \"It ends.\"\nsilence_to = \"a\"\non = [\n  { event = \"message\"", 1)
	_, err := policy.Decode("mine.toml", []byte(text))
	if err == nil || !strings.Contains(err.Error(), "silence leads round in a cycle of stages: a → b → a") {
		t.Errorf("got %v", err)
	}
}

func TestNewerPackIsRefusedAsNewer(t *testing.T) {
	text := strings.Replace(small, "format = 1", "format = 2\nclairvoyance = true", 1)
	_, err := policy.Decode("mine.toml", []byte(text))
	if !errors.Is(err, data.ErrNewer) {
		t.Errorf("got %v", err)
	}
}

func TestLargePackIsRefused(t *testing.T) {
	_, err := policy.Decode("mine.toml", []byte(small+strings.Repeat("# long\n", 200_000)))
	if !errors.Is(err, data.ErrLimit) {
		t.Errorf("got %v", err)
	}
}

// What is exported must come back the same.
func TestEncodedPacksReadBack(t *testing.T) {
	for _, p := range packs(t) {
		text, err := policy.Encode(p)
		if err != nil {
			t.Fatal(err)
		}
		back, err := policy.Decode(p.ID+".toml", text)
		if err != nil {
			t.Fatalf("%s: %v\n%s", p.ID, err, text)
		}
		if !reflect.DeepEqual(back, p) {
			t.Errorf("%s is another pack after it was written and read", p.ID)
		}
	}
}

// No key may stand for two texts, and every text of a view must be among those
// that a language file is told of.
func TestTextsHaveTheirOwnKeys(t *testing.T) {
	seen := map[string]string{}
	for _, text := range append(data.Phrases(), policy.Texts(packs(t))...) {
		if other, taken := seen[text.Key]; taken {
			t.Errorf("%s stands for “%s” and “%s”", text.Key, other, text.English)
		}
		seen[text.Key] = text.English
	}
	c := policy.Case{Events: randomCase(3, 12, true)}
	for _, p := range packs(t) {
		view := policy.Evaluate(p, policy.NewCalendars(), c, at("2026-11-20T00:00:00Z"))
		all := []data.Text{view.Title, view.Ladder.How}
		for _, d := range view.Deadlines {
			all = append(append(all, d.Title, d.Timeout), d.Why.Lines...)
		}
		for _, n := range view.Next {
			all = append(all, n.Title, n.Says)
		}
		for _, n := range view.Notes {
			all = append(all, n.Text)
		}
		for _, i := range policy.Checklist(p, sound(), view.Deadlines) {
			all = append(all, i.Title, i.Get)
		}
		for _, text := range all {
			if !text.IsZero() && seen[text.Key] != text.English {
				t.Errorf("%s: “%s” (%s) is not among the texts", p.ID, text.English, text.Key)
			}
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte(strings.Replace(small, "days = 3", "days = 999999999999", 1)))
	f.Add([]byte("format = 1\n[[stage]]\n[[stage]]\nid = \"\"\n"))
	f.Add([]byte("[clock\n"))
	f.Add([]byte("\xff\xfe"))
	names, err := filepath.Glob("../../assets/policies/e*.toml")
	if err != nil || len(names) == 0 {
		f.Fatal("no packs to start from", err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		p, err := policy.Decode("x.toml", text)
		if err != nil {
			if _, ok := data.AsProblem(err); !ok {
				t.Fatalf("no problem: %v", err)
			}
			return
		}
		out, err := policy.Encode(p)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := policy.Decode("x.toml", out); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		policy.Evaluate(p, policy.NewCalendars(), policy.Case{Events: randomCase(1, 8, true)}, at("2026-12-01T00:00:00Z"))
	})
}

func TestEmbeddedFilesAreThePacks(t *testing.T) {
	names, err := assets.FS.ReadDir("policies")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, name := range names {
		if strings.HasSuffix(name.Name(), ".toml") {
			n++
		}
	}
	if all := packs(t); len(all) != n {
		t.Errorf("%d packs of %d files", len(all), n)
	}
}

// A file of nothing but mistakes must be told of soon, and not mistake by mistake.
func TestManyMistakesAreCutShort(t *testing.T) {
	for name, text := range map[string]string{
		"many tables":        small + strings.Repeat("[[item]]\n", 90_000),
		"many bad steps":     strings.Replace(small, `{ event = "ruled", to = "z" },`, strings.Repeat(`{ event = "x", to = "y", by = ["q"] },`+"\n", 20_000), 1),
		"many bad deadlines": small + strings.Repeat("[[deadline]]\nstarts = [\"x\"]\n", 150),
	} {
		_, err := policy.Decode("mine.toml", []byte(text))
		if !errors.Is(err, data.ErrInvalid) || strings.Count(err.Error(), "mine.toml") > 20 {
			t.Errorf("%s: %d mistakes", name, strings.Count(err.Error(), "mine.toml"))
		}
	}
}
