package reply

import (
	"strings"
	"testing"

	"casebinder/data"
)

const exchanged = `format = 1

[[template]]
uid = "mine"
scenario = "service"
name = "Mine"

[[text]]
uid = "mine"
language = "de"
body = "Guten Tag {{ order.number }}"

[[text]]
uid = "mine"
language = "de"
label = "formal"
body = "Guten Tag"
`

func TestFileOfTemplates(t *testing.T) {
	read, err := ReadFile("x.toml", []byte(exchanged))
	if err != nil || len(read) != 1 || len(read[0].Variants) != 2 || read[0].Variants[1].Label != "formal" {
		t.Fatalf("%+v, %v", read, err)
	}
	raw, err := ExportFile(read)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := ReadFile("y.toml", raw); err != nil || len(again) != 1 || again[0].Variants[0] != read[0].Variants[0] {
		t.Errorf("%+v, %v", again, err)
	}
	for _, c := range []struct{ name, old, new, line, reason string }{
		{"a variable that is none", "order.number", "order.nummer", "11", "order.nummer"},
		{"a half brace", "{{ order.number }}", "{{ order.number }", "11", "{{"},
		{"a loop", "{{ order.number }}", "{% for x in y %}{% endfor %}", "11", "for"},
		{"a language that is none", `language = "de"`, `language = "no tongue"`, "10", "no language"},
		{"a text of another template", `uid = "mine"` + "\nlanguage", `uid = "other"` + "\nlanguage", "9", "other"},
		{"a text twice", `label = "formal"` + "\n", "", "14", "twice"},
		{"no name", `name = "Mine"`, `name = " "`, "6", "no name"},
		{"a field that is none", `name = "Mine"`, `nome = "Mine"`, "6", "nome"},
		{"no format", "format = 1", "", "1", "format"},
		{"a newer format", "format = 1", "format = 7", "", "7"},
		{"a path for a name", `uid = "mine"`, `uid = "../mine"`, "4", "uid"},
	} {
		_, err := ReadFile("x.toml", []byte(strings.Replace(exchanged, c.old, c.new, 1)))
		p, ok := data.AsProblem(err)
		if !ok || p.Args["line"] != c.line || !strings.Contains(err.Error(), c.reason) || p.Args["file"] != "x.toml" {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func FuzzReadFile(f *testing.F) {
	f.Add([]byte(exchanged))
	f.Add([]byte("format = 1\n[[text]]\nbody = '{{'"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		list, err := ReadFile("fuzz.toml", raw)
		if err != nil {
			return
		}
		for _, one := range list {
			for _, v := range one.Variants {
				if len(Check(v.Body)) > 0 || v.Language == "" {
					t.Errorf("taken with a fault: %+v", v)
				}
			}
		}
	})
}
