package replies

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// templateSheet edits a template: its name, its scenario, and a text for each
// language, checked while it is written.
type templateSheet struct {
	env      *env
	template data.Template
	at       int // the variant that is shown
	open     *kit.OpenSheet
	name     *kit.Entry
	scenario *kit.Choice[string]
	variants *kit.Choice[int]
	language *kit.Choice[string] // adds one
	remove   *kit.Button
	body     *kit.Entry
	fault    *widget.Label
	done     func(uid string)
}

// editTemplateSheet edits a template, or makes a new one of the zero template.
func editTemplateSheet(e *env, t data.Template, scenarios []string, done func(uid string)) *templateSheet {
	s := &templateSheet{env: e, template: t, done: done}
	s.template.Variants = slices.Clone(t.Variants)
	title := "replies.edit.title"
	if t.UID == "" {
		title = "replies.edit.new"
		s.template.Variants = []data.Variant{{Language: words.English}}
	}
	s.name = kit.TextField(e.UI, templateName(t), 1)
	if t.BuiltIn {
		s.name.Disable() // its name is translated, and so cannot be another one
	}
	var scenes []kit.Option[string]
	for _, key := range scenarios {
		scenes = append(scenes, kit.Option[string]{Value: key, Text: scenarioName(key)})
	}
	s.scenario = kit.NewChoice(scenes, t.Scenario, nil)
	if t.Scenario == "" && len(scenarios) > 0 {
		s.scenario.Set(scenarios[0])
	}
	s.body = kit.TextField(e.UI, "", 10)
	s.body.OnChanged = func(string) { s.check() }
	s.fault = widget.NewLabel("")
	s.fault.Wrapping = fyne.TextWrapWord
	s.variants = kit.NewChoice[int](nil, 0, s.turn)
	s.language = kit.NewChoice(s.newLanguages(), "", s.add)
	s.language.PlaceHolder = words.T("replies.edit.variant.add")
	s.remove = kit.NewButton("template.variant.remove", words.T("replies.edit.variant.remove"), s.drop)
	s.remove.Importance = widget.LowImportance
	s.open = e.UI.Open(kit.Sheet{
		Name: "template", Title: words.T(title), Width: 860, Height: 560, Body: s.layout(), Do: words.T("action.save"),
		OnDo: s.save, FocusedAt: s.name,
	})
	kit.Trace("template.name", s.name)
	kit.Trace("template.body", s.body)
	s.showVariants()
	return s
}

func (s *templateSheet) layout() fyne.CanvasObject {
	head := kit.NewForm(
		&kit.Field{Label: words.T("replies.edit.name"), Object: s.name},
		&kit.Field{Label: words.T("replies.edit.scenario"), Object: s.scenario},
		&kit.Field{Label: words.T("replies.edit.variant"), Object: container.NewBorder(nil, nil, nil, container.NewHBox(s.language, s.remove), s.variants)},
	)
	list := container.NewBorder(kit.Section(words.T("replies.edit.variables")), nil, nil, nil, container.NewVScroll(s.variables()))
	body := container.NewBorder(nil, s.fault, nil, nil, s.body)
	split := container.NewHSplit(body, list)
	split.SetOffset(0.68)
	return container.NewBorder(head.Object, nil, nil, nil, split)
}

// variables lists what a text may use; a click writes it where the cursor is.
func (s *templateSheet) variables() fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, v := range desk.TemplateVariables() {
		link := kit.NewWordLink("", v.Name, func() { s.insert("{{ " + v.Name + " }}") })
		rows = append(rows, link, kit.Soft(variableName(v.Name)))
	}
	return kit.Dense(kit.Inset(look.Tight, kit.Stacked(0, rows...)))
}

// insert writes text at the cursor, as if it were typed.
func (s *templateSheet) insert(text string) {
	for _, r := range text {
		s.body.TypedRune(r)
	}
	s.env.UI.Window.Canvas().Focus(s.body)
}

func (s *templateSheet) newLanguages() []kit.Option[string] {
	var list []kit.Option[string]
	for _, l := range show.ReplyLanguages {
		taken := slices.ContainsFunc(s.template.Variants, func(v data.Variant) bool { return v.Language == l && v.Label == "" })
		if !taken {
			list = append(list, kit.Option[string]{Value: l, Text: words.LanguageNamed(l)})
		}
	}
	return list
}

func (s *templateSheet) showVariants() {
	var list []kit.Option[int]
	for i, v := range s.template.Variants {
		list = append(list, kit.Option[int]{Value: i, Text: words.Join(" · ", words.LanguageNamed(v.Language), v.Label)})
	}
	s.variants.SetChoices(list)
	s.variants.Set(s.at)
	s.language.SetChoices(s.newLanguages())
	if len(list) > 1 {
		s.remove.Enable()
	} else {
		s.remove.Disable()
	}
	s.body.SetText(s.template.Variants[s.at].Body)
	s.check()
}

// keep takes what stands in the field into the variant that is shown.
func (s *templateSheet) keep() { s.template.Variants[s.at].Body = s.body.Text }

// show turns to the variant with a UID, if there is one.
func (s *templateSheet) show(uid string) {
	for i, v := range s.template.Variants {
		if uid != "" && v.UID == uid {
			s.turn(i)
			return
		}
	}
}

// turn shows another variant.
func (s *templateSheet) turn(i int) {
	s.keep()
	s.at = i
	s.showVariants()
}

// add begins a text in another language.
func (s *templateSheet) add(language string) {
	if language == "" {
		return
	}
	s.keep()
	s.template.Variants = append(s.template.Variants, data.Variant{Language: language})
	s.at = len(s.template.Variants) - 1
	s.language.Set("")
	s.showVariants()
}

// drop takes the variant that is shown away; nothing is stored before Save.
func (s *templateSheet) drop() {
	if len(s.template.Variants) < 2 {
		return
	}
	s.template.Variants = slices.Delete(s.template.Variants, s.at, s.at+1)
	s.at = 0
	s.showVariants()
}

// check says what is wrong with the text while it is written.
func (s *templateSheet) check() {
	problems := desk.CheckTemplate(s.body.Text)
	if len(problems) == 0 {
		s.fault.SetText("✓ " + words.T("replies.edit.sound"))
		return
	}
	what, do := words.Problem(problems[0])
	s.fault.SetText("! " + what + " " + do)
}

func (s *templateSheet) save() {
	s.keep()
	t := s.template
	if !t.BuiltIn {
		t.Name = strings.TrimSpace(s.name.Text)
	}
	t.Scenario = s.scenario.Value()
	t.Variants = slices.DeleteFunc(slices.Clone(t.Variants), func(v data.Variant) bool { return strings.TrimSpace(v.Body) == "" })
	do := words.T("action.save")
	s.open.SetDo(do, false)
	kit.Do(func(ctx context.Context) (data.Template, error) { return s.env.desk.PutTemplate(ctx, t) },
		func(t data.Template, err error) {
			s.open.SetDo(do, true)
			if err != nil {
				s.open.Problem(err)
				return
			}
			s.open.Close()
			s.env.UI.Toast(words.T("replies.saved"), s.env.Undo)
			s.done(t.UID)
		})
}
