package reply

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/pack"

	"golang.org/x/text/language"
)

// exchangeFile is a file in which templates go from one desk to another: what a
// template is called, and its texts, each with its language.
type exchangeFile struct {
	Format    int                `toml:"format"` // 1
	Templates []exchangeTemplate `toml:"template"`
	Texts     []exchangeText     `toml:"text"`
}

type exchangeTemplate struct {
	UID      string `toml:"uid"`
	Scenario string `toml:"scenario"`
	Name     string `toml:"name"`
}

type exchangeText struct {
	UID      string `toml:"uid"`      // of the template
	Language string `toml:"language"` // BCP 47
	Label    string `toml:"label,omitempty"`
	Body     string `toml:"body"`
}

const exchangeFormat = 1

// maxExchange is how many templates one file may hold.
const maxExchange = 1000

var exchangeUID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

var exchangeKind = pack.Kind[exchangeFile]{ID: func(*exchangeFile) string { return "" }, Check: (*exchangeFile).check, Format: exchangeFormat}

func (f *exchangeFile) check(r *pack.Report) {
	if f.Format != exchangeFormat {
		r.Fail(pack.At("format"), "write format = %d at the top", exchangeFormat)
	}
	if len(f.Templates) == 0 || len(f.Templates) > maxExchange {
		r.Fail(pack.At("template"), "there are %d templates; 1 to %d are taken", len(f.Templates), maxExchange)
	}
	known := map[string]bool{}
	for i, t := range f.Templates {
		f.checkTemplate(i, t, known, r)
		known[t.UID] = true
	}
	seen := map[[3]string]bool{}
	for i := range f.Texts {
		t := &f.Texts[i]
		t.Body = strings.TrimSpace(strings.ReplaceAll(t.Body, "\r\n", "\n"))
		f.checkText(i, *t, known, r)
		key := [3]string{t.UID, t.Language, t.Label}
		if seen[key] {
			r.Fail(pack.At("text", i, "uid"), "%s stands twice in %s", t.UID, t.Language)
		}
		seen[key] = true
	}
}

func (f *exchangeFile) checkTemplate(i int, t exchangeTemplate, known map[string]bool, r *pack.Report) {
	if !exchangeUID.MatchString(t.UID) || known[t.UID] {
		r.Fail(pack.At("template", i, "uid"), "the uid “%s” is there twice, or has signs other than letters, digits, - and _", t.UID)
	}
	if strings.TrimSpace(t.Name) == "" || len(t.Name) > 200 {
		r.Fail(pack.At("template", i, "name"), "%s has no name, or one of more than 200 bytes", t.UID)
	}
	if !slices.ContainsFunc(f.Texts, func(x exchangeText) bool { return x.UID == t.UID }) {
		r.Fail(pack.At("template", i, "uid"), "%s has no text", t.UID)
	}
}

func (f *exchangeFile) checkText(i int, t exchangeText, known map[string]bool, r *pack.Report) {
	if !known[t.UID] {
		r.Fail(pack.At("text", i, "uid"), "there is no template “%s” in this file", t.UID)
	}
	if tag, err := language.Parse(t.Language); err != nil || tag == language.Und {
		r.Fail(pack.At("text", i, "language"), "“%s” is no language", t.Language)
	}
	for _, problem := range Check(t.Body) {
		r.Fail(pack.At("text", i, "body"), "%s (%s, %s): %s", t.UID, t.Language, "line "+cmp.Or(problem.Args["line"], "1")+" of the text", problem.Error())
	}
}

// ReadFile reads templates out of a file of ExportFile's form. It is taken whole,
// or refused with name, lines and reasons. A built-in template has its texts of
// the program for all that the file does not hold.
func ReadFile(name string, raw []byte) ([]data.Template, error) {
	file, err := exchangeKind.Decode(name, raw)
	if err != nil {
		return nil, err
	}
	all := make([]data.Template, 0, len(file.Templates))
	for _, t := range file.Templates {
		one := data.Template{UID: t.UID, Scenario: t.Scenario, Name: strings.TrimSpace(t.Name)}
		for _, x := range file.Texts {
			if x.UID == t.UID {
				one.Variants = append(one.Variants, data.Variant{UID: variantUID(t.UID, x.Language, x.Label), Language: x.Language, Label: x.Label, Body: x.Body})
			}
		}
		all = append(all, one)
	}
	return all, nil
}

// ExportFile writes templates as a file that ReadFile takes.
func ExportFile(templates []data.Template) ([]byte, error) {
	file := exchangeFile{Format: exchangeFormat}
	for _, t := range templates {
		file.Templates = append(file.Templates, exchangeTemplate{t.UID, t.Scenario, t.Name})
		for _, v := range t.Variants {
			file.Texts = append(file.Texts, exchangeText{t.UID, v.Language, v.Label, v.Body})
		}
	}
	return pack.Encode("templates", file)
}
