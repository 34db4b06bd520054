package replies

import (
	"context"
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// texts is the part that shows which template has a text in which language, how
// often it was used and what came of it, and that takes templates in and out.
type texts struct {
	env       *env
	object    fyne.CanvasObject
	box       *fyne.Container
	loader    kit.Loader
	languages []string
	rows      []coverage
	table     *kit.Table[coverage]
	edit      func(uid string)
	add       func()
	loaded    bool
}

// coverage is a line of the table.
type coverage struct {
	id   int64
	name string
	desk.TemplateCoverage
	use data.TemplateUse
}

func newTexts(e *env, edit func(uid string), add func()) *texts {
	t := &texts{env: e, edit: edit, add: add, box: container.NewStack()}
	button := func(name string, do func()) fyne.CanvasObject {
		return kit.NewButton("texts."+name, words.T("texts."+name), do)
	}
	bar := container.NewHBox(button("new", add), button("snippets", t.snippets), button("rules", func() { e.Open(route.GateRules{}) }), layout.NewSpacer(), button("import", t.choose), button("export", t.export))
	hint := kit.Soft(words.T("texts.hint"))
	t.object = container.NewBorder(nil, kit.Inset(look.Tight, kit.Stacked(0, hint, bar)), nil, nil, t.box)
	return t
}

// templateDeeds are what can be done with a template.
func templateDeeds(e *env, uid string, edit func(uid string)) kit.Deeds {
	deeds := kit.Deeds{{Text: words.T("replies.edit"), Do: func() { edit(uid) }}}
	if words.Has("template." + uid) {
		deeds = append(deeds, kit.Action{Text: words.T("replies.reset"), Do: func() {
			e.Deed(words.T("replies.reset.done"), func(ctx context.Context) error {
				_, err := e.desk.ResetTemplate(ctx, uid)
				return err
			})
		}})
	}
	return append(deeds, kit.Action{Text: words.T("replies.bin"), Keys: kit.KeysBin, Rule: true, Do: func() {
		e.Deed(words.T("replies.binned"), func(ctx context.Context) error { return e.desk.BinTemplate(ctx, uid) })
	}})
}

func (t *texts) reload() {
	type all struct {
		rows      []desk.TemplateCoverage
		languages []string
		use       []data.TemplateUse
	}
	kit.Load(&t.loader, func(ctx context.Context) (a all, err error) {
		if a.rows, a.languages, err = t.env.desk.TemplateCoverage(ctx); err != nil {
			return a, err
		}
		a.use, err = t.env.desk.TemplateUse(ctx)
		return a, err
	}, func(a all, err error) {
		if err != nil {
			if !errors.Is(err, context.Canceled) {
				t.env.UI.Problem(err)
			}
			return
		}
		t.show(a.rows, a.languages, a.use)
	})
}

func (t *texts) show(rows []desk.TemplateCoverage, languages []string, use []data.TemplateUse) {
	t.rows, t.loaded = nil, true
	for i, r := range rows {
		c := coverage{id: int64(i + 1), name: builtInName(r.Template, r.Name), TemplateCoverage: r}
		for _, u := range use {
			if u.Template == r.Template {
				c.use.Sent += u.Sent
				c.use.Answered += u.Answered
				c.use.Disputed += u.Disputed
			}
		}
		t.rows = append(t.rows, c)
	}
	if t.table == nil || !slices.Equal(languages, t.languages) {
		t.languages = languages
		t.table = kit.NewTable(t.env.UI, kit.TableOptions[coverage]{
			Name: "texts", Columns: t.columns(), Source: t.source, Deeds: func(c coverage) kit.Deeds { return templateDeeds(t.env, c.Template, t.edit) },
			Empty: func() kit.Empty {
				return kit.Empty{Text: words.T("texts.none"), Button: words.T("texts.new"), Do: t.add}
			},
		})
		kit.ShowOnly(t.box, t.table)
	}
	t.table.Reload()
}

func (t *texts) columns() []kit.Column[coverage] {
	number := func(id string, of func(coverage) int) kit.Column[coverage] {
		return kit.Column[coverage]{ID: id, Title: "texts.col." + id, Width: 92, Right: true, Text: func(c coverage) string {
			if of(c) == 0 {
				return ""
			}
			return words.Number(int64(of(c)))
		}}
	}
	columns := []kit.Column[coverage]{
		{ID: "name", Title: "texts.col.name", Width: 230, Grow: true, Bold: true, Text: func(c coverage) string { return c.name }},
		{ID: "scenario", Title: "texts.col.scenario", Width: 120, Text: func(c coverage) string { return scenarioName(c.Scenario) }},
		number("sent", func(c coverage) int { return c.use.Sent }), number("answered", func(c coverage) int { return c.use.Answered }),
		number("disputed", func(c coverage) int { return c.use.Disputed }),
	}
	for _, l := range t.languages {
		columns = append(columns, kit.Column[coverage]{
			ID: "lang." + l, Title: l, Width: languageWidth(l), Text: func(c coverage) string { return textsSign(c.Texts[l]) },
			Tip: func(c coverage) string { return textsTip(l, c.Texts[l]) },
			Role: func(c coverage) kit.Role {
				if len(c.Texts[l]) == 0 {
					return kit.Muted
				}
				return kit.Good
			},
		})
	}
	return columns
}

// languageWidth is room for a tag: of zh-CN and zh-TW the second half tells which.
func languageWidth(tag string) float32 {
	if len(tag) > len("zh") {
		return 58
	}
	return 44
}

// textsSign says how many wordings there are in a language.
func textsSign(labels []string) string {
	switch len(labels) {
	case 0:
		return "–"
	case 1:
		return "✓"
	}
	return "✓ " + words.Number(int64(len(labels)))
}

func textsTip(language string, labels []string) string {
	if len(labels) == 0 {
		return words.T("texts.tip.none", "language", words.LanguageNamed(language))
	}
	var names []string
	for _, l := range labels {
		names = append(names, labelName(l))
	}
	return words.LanguageNamed(language) + ": " + strings.Join(names, ", ")
}

func (t *texts) source() kit.Source[coverage] {
	rows := t.rows
	return kit.ListSource(func(context.Context, kit.Order) ([]coverage, error) { return slices.Clone(rows), nil }, func(c coverage) int64 { return c.id })
}

// export writes the templates that the seller made or changed into a file.
func (t *texts) export() {
	t.env.SaveFile(words.T("texts.export.title"), "templates.toml", func(path string) {
		kit.Do(func(ctx context.Context) (struct{}, error) { return struct{}{}, t.env.desk.SaveTemplates(ctx, path) }, func(_ struct{}, err error) {
			if err != nil {
				t.env.UI.Problem(err)
				return
			}
			t.env.UI.Toast(words.T("texts.export.done", "path", path), nil)
		})
	})
}

// choose reads a file of templates, and shows what it would do before it does it.
func (t *texts) choose() {
	t.env.ChooseFiles(words.T("texts.import.title"), []string{".toml"}, func(paths []string) {
		if len(paths) == 0 {
			return
		}
		kit.Do(func(ctx context.Context) (desk.TemplateFile, error) { return t.env.desk.LoadTemplates(ctx, paths[0]) }, func(f desk.TemplateFile, err error) {
			if err != nil {
				t.env.UI.Problem(err)
				return
			}
			t.review(f)
		})
	})
}

// review shows what a file of templates would add and overwrite.
func (t *texts) review(f desk.TemplateFile) {
	rows := []fyne.CanvasObject{kit.Prose(words.T("texts.import.counts", "added", len(f.Added), "overwritten", len(f.Overwritten), "same", f.Same))}
	list := func(key string, changes []desk.TemplateChange) {
		if len(changes) == 0 {
			return
		}
		rows = append(rows, kit.Section(words.T(key)))
		for _, c := range changes {
			rows = append(rows, kit.Soft(words.Join(" · ", builtInName(c.Template, c.Name), words.LanguageNamed(c.Language), labelOf(c.Label), words.Shorten(words.OneSpaced(c.Becomes), 70))))
		}
	}
	list("texts.import.overwritten", f.Overwritten)
	list("texts.import.added", f.Added)
	var o *kit.OpenSheet
	o = t.env.UI.Open(kit.Sheet{
		Name: "texts.take", Title: words.T("texts.import.title"), Width: 720, Height: 460, Do: words.T("texts.import.do"),
		Body: container.NewVScroll(kit.Dense(kit.Stacked(0, rows...))),
		OnDo: func() {
			kit.Do(func(ctx context.Context) (struct{}, error) { return struct{}{}, t.env.desk.TakeTemplates(ctx, f) }, func(_ struct{}, err error) {
				if err != nil {
					o.Problem(err)
					return
				}
				o.Close()
				t.env.UI.Toast(words.T("texts.import.done"), t.env.Undo)
			})
		},
	})
	if len(f.Added)+len(f.Overwritten) == 0 {
		o.SetDo(words.T("texts.import.do"), false)
	}
}

func labelOf(label string) string {
	if label == "" {
		return ""
	}
	return labelName(label)
}

// builtInName is the name of a template by its UID; those of the built-in ones are
// translated.
func builtInName(uid, name string) string {
	if key := "template." + uid; words.Has(key) {
		return words.T(key)
	}
	return name
}

// snippets lists the seller's short texts, which templates insert by name.
func (t *texts) snippets() {
	box := kit.Stacked(look.Tight)
	var sheet *kit.OpenSheet
	var fill func()
	fill = func() {
		kit.Do(t.env.desk.Snippets, func(list []desk.Snippet, err error) {
			if err != nil {
				sheet.Problem(err)
				return
			}
			box.RemoveAll()
			if len(list) == 0 {
				box.Add(kit.Soft(words.T("snippets.none")))
			}
			for i, s := range list {
				edit := kit.NewButton(kit.RowName("snippets", i, "edit"), words.T("do.change"), func() { t.editSnippet(s, fill) })
				drop := kit.NewButton(kit.RowName("snippets", i, "drop"), words.T("snippets.drop"), func() {
					t.env.DeedThen(words.T("snippets.dropped"), func(ctx context.Context) error { return t.env.desk.DropSnippet(ctx, s.Name) }, fill)
				})
				edit.Importance, drop.Importance = widget.LowImportance, widget.LowImportance
				box.Add(container.NewBorder(nil, nil, nil, container.NewHBox(edit, drop), kit.Soft("{{ snippet."+s.Name+" }}  "+words.Shorten(words.OneSpaced(anyText(s)), 60))))
			}
			box.Refresh()
		})
	}
	sheet = t.env.UI.Open(kit.Sheet{
		Name: "snippets", Title: words.T("texts.snippets"), Width: 640, Height: 380, Cancel: words.T("do.close"), Do: words.T("snippets.new"),
		OnDo: func() { t.editSnippet(desk.Snippet{}, fill) }, Body: container.NewVScroll(box),
	})
	fill()
}

// anyText is the text of a snippet in the window's language, else any.
func anyText(s desk.Snippet) string {
	for _, l := range []string{words.Language(), "", words.English} {
		if s.Texts[l] != "" {
			return s.Texts[l]
		}
	}
	for _, text := range s.Texts {
		return text
	}
	return ""
}

// editSnippet edits a snippet in one language at a time.
func (t *texts) editSnippet(s desk.Snippet, then func()) {
	name := kit.TextField(t.env.UI, s.Name, 1)
	if s.Name != "" {
		name.Disable()
	}
	kept := map[string]string{}
	for l, text := range s.Texts {
		kept[l] = text
	}
	options := []kit.Option[string]{{Text: words.T("snippets.any")}}
	for _, l := range show.ReplyLanguages {
		options = append(options, kit.Option[string]{Value: l, Text: words.LanguageNamed(l)})
	}
	at := ""
	text := kit.TextField(t.env.UI, kept[at], 4)
	language := kit.NewChoice(options, at, func(l string) {
		kept[at] = text.Text
		at = l
		text.SetText(kept[at])
	})
	t.env.UI.OpenForm(kit.FormSheet{
		Name: "snippet", Title: words.T("snippets.title"), Width: 560, Focus: name,
		Fields: []*kit.Field{
			{Label: words.T("snippets.name"), Object: name, Hint: words.T("snippets.name.hint")},
			{Label: words.T("snippets.language"), Object: language},
			{Label: words.T("snippets.text"), Object: text},
		},
		Read: func() error {
			kept[at] = text.Text
			s.Name, s.Texts = strings.TrimSpace(name.Text), kept
			return nil
		},
		Work: func(ctx context.Context) error { return t.env.desk.PutSnippet(ctx, s) },
		Done: func() {
			t.env.UI.Toast(words.T("snippets.saved"), t.env.Undo)
			then()
		},
	})
}

// changed asks anew where a template or a message changed.
func (t *texts) changed(events []data.ChangeEvent) {
	if t.loaded && slices.ContainsFunc(events, func(e data.ChangeEvent) bool { return e.Of(data.EntityTemplate) || e.Of(data.EntityMessage) }) {
		t.reload()
	}
}
