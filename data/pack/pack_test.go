package pack_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"casebinder/data"
	"casebinder/data/pack"
)

// thing is a file with all the shapes of TOML that rule data has.
type thing struct {
	Format int                 `toml:"format"`
	ID     string              `toml:"id"`
	Words  []string            `toml:"words"`
	Steps  []step              `toml:"step"`
	Limits map[string]figure   `toml:"limits"`
	Names  map[string][]string `toml:"names"`
	Body   string              `toml:"body"`
}

type step struct {
	ID   string `toml:"id"`
	On   []on   `toml:"on"`
	Subs []sub  `toml:"sub"`
}

type (
	on     struct{ Event, To string }
	sub    struct{ Title string }
	figure struct {
		Value int `toml:"value"`
		data.Origin
	}
)

const whole = `format = 1
id = "whole"
words = ["one",
  "two",
]
body = """
id = "not a key"
[[step]]
"""

[[step]]
id = "a"
on = [
  { event = "x", to = "b" },
  { event = "y", to = "c" },
]
[[step.sub]]
title = "first of a"
[[step.sub]]
title = "second of a"

[[step]]
id = "b"
[[step.sub]]
title = "first of b"

[limits.bytes]
value = 3
source = "somewhere"
confidence = "unconfirmed"

[names]
"with.point" = ["p"]
plain = ["q"]
`

func kind(at pack.Place) pack.Kind[thing] {
	return pack.Kind[thing]{
		ID: func(t *thing) string { return t.ID }, Format: 1,
		Check: func(_ *thing, r *pack.Report) { r.Fail(at, "here") },
		Words: func(t *thing) []string { return t.Words },
	}
}

func TestAMistakeIsToldWithItsLine(t *testing.T) {
	for _, c := range []struct {
		at   pack.Place
		line string
	}{
		{pack.At("id"), "2"},
		{pack.At("words"), "3"},
		{pack.At("words").Word("two"), "4"},
		{pack.At("step", 0, "id"), "12"},
		{pack.At("step", 1, "id"), "23"},
		{pack.At("step", 1, "missing"), "22"},
		{pack.At("step", 0, "on"), "13"},
		{pack.At("step", 0, "on").Word("y"), "15"},
		{pack.At("step", 0, "sub", 1, "title"), "20"},
		{pack.At("step", 1, "sub", 0, "title"), "25"},
		{pack.At("limits", "bytes", "value"), "28"},
		{pack.At("limits", "bytes", "edition"), "27"},
		{pack.At("names", "with.point"), "33"},
		{pack.At("names", "plain"), "34"},
		{pack.At("nowhere"), "1"},
	} {
		_, err := kind(c.at).Decode("whole.toml", []byte(whole))
		p, ok := data.AsProblem(err)
		if !ok || p.Args["line"] != c.line || p.Args["file"] != "whole.toml" || p.Args["reason"] != "here" {
			t.Errorf("%v: line %s wanted: %v", c.at, c.line, err)
		}
	}
}

func TestWhatIsNotKnownIsRefused(t *testing.T) {
	plain := pack.Kind[thing]{ID: func(t *thing) string { return t.ID }, Format: 1}
	for _, c := range []struct {
		name, old, new, line, reason string
		is                           error
	}{
		{"a field", `value = 3`, `valve = 3`, "28", "there is no field “limits.bytes.valve”", data.ErrInvalid},
		{"a field of the second table", "id = \"b\"", "id = \"b\"\nextra = 1", "24", "there is no field “step.extra”", data.ErrInvalid},
		{"no TOML", `value = 3`, `value = three`, "28", "", data.ErrInvalid},
		{"another type", `value = 3`, `value = "3"`, "28", "", data.ErrInvalid},
		{"a newer form", `format = 1`, `format = 2`, "", "", data.ErrNewer},
		{"a field of a newer form", `format = 1`, "format = 2\nnew = 1", "", "", data.ErrNewer},
	} {
		_, err := plain.Decode("x.toml", []byte(strings.Replace(whole, c.old, c.new, 1)))
		p, ok := data.AsProblem(err)
		if !ok || !errors.Is(err, c.is) || p.Args["line"] != c.line || !strings.Contains(err.Error(), c.reason) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if _, err := plain.Decode("x.toml", []byte("id = \""+strings.Repeat("x", pack.MaxBytes)+"\"")); !errors.Is(err, data.ErrLimit) {
		t.Errorf("a file without end: %v", err)
	}
}

func TestAFolderIsTakenWhole(t *testing.T) {
	plain := pack.Kind[thing]{ID: func(t *thing) string { return t.ID }}
	files := fstest.MapFS{
		"d/2.toml": {Data: []byte(`id = "a"`)}, "d/1.toml": {Data: []byte(`id = "b"`)}, "d/README.md": {Data: []byte("text")},
	}
	all, err := plain.Load(files, "d")
	if err != nil || len(all) != 2 || all[0].ID != "a" || all[1].ID != "b" {
		t.Fatalf("%v, %v", all, err)
	}
	files["d/3.toml"] = &fstest.MapFile{Data: []byte(`id = "a"`)}
	files["d/4.toml"] = &fstest.MapFile{Data: []byte(`no = 1`)}
	_, err = plain.Load(files, "d")
	if !errors.Is(err, data.ErrConflict) || !errors.Is(err, data.ErrInvalid) {
		t.Errorf("both troubles must be told: %v", err)
	}
}

func TestTheUsersOwnStandsOverTheBuiltIn(t *testing.T) {
	plain := pack.Kind[thing]{ID: func(t *thing) string { return t.ID }}
	first, second := &thing{ID: "a"}, &thing{ID: "b"}
	own, more := &thing{ID: "a"}, &thing{ID: "c"}
	if got := plain.Layer([]*thing{own, more}, []*thing{first, second}); !slices.Equal(got, []*thing{own, more, second}) {
		t.Errorf("%v", got)
	}
}

func TestWordsAreListedOnce(t *testing.T) {
	k := kind(pack.At("id"))
	texts := k.Texts([]*thing{{Words: []string{"one", "two"}}, {Words: []string{"two", ""}}})
	var english []string
	for _, text := range texts {
		english = append(english, text.English)
	}
	if slices.Sort(english); !slices.Equal(english, []string{"one", "two"}) {
		t.Errorf("%v", texts)
	}
	if pack.Text("one").Key == pack.Text("One").Key || !pack.Text("").IsZero() {
		t.Error("other words have another key, and no words have none")
	}
}

func TestAnOriginSaysEverything(t *testing.T) {
	for _, c := range []struct {
		origin data.Origin
		ok     bool
	}{
		{data.Origin{Source: "their page", Edition: "2026", Confidence: data.Confirmed}, true},
		{data.Origin{Source: "nothing was found", Confidence: data.Unconfirmed}, true},
		{data.Origin{Source: "their page", Confidence: data.Confirmed}, false},
		{data.Origin{Source: " ", Confidence: data.Unconfirmed}, false},
		{data.Origin{Source: "their page", Edition: "2026", Confidence: data.Own}, false},
		{data.Origin{Source: "their page", Edition: "2026"}, false},
	} {
		k := pack.Kind[thing]{Check: func(_ *thing, r *pack.Report) { r.Origin(pack.At("id"), "the figure", c.origin) }}
		if err := k.Verify("x", nil, &thing{}); (err == nil) != c.ok {
			t.Errorf("%+v: %v", c.origin, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(whole, "step", 1)
	f.Add("[[a.b]]\n[a]\nx.y = \"\"\"\n", "a", 0)
	f.Fuzz(func(t *testing.T, text, name string, n int) {
		k := kind(pack.At(name, n, name).Word(name))
		if _, err := k.Decode("fuzz.toml", []byte(text)); err == nil {
			t.Error("the check refuses everything")
		}
	})
}
