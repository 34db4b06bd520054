package bind

import (
	"context"
	"slices"

	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/bundle/statement"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// draftSheet drafts a statement from a template. What stood there before can be
// brought back.
func draftSheet(s *statementPart) {
	kit.Do(func(ctx context.Context) ([]statement.Template, error) {
		return s.b.env.desk.StatementTemplates(ctx, s.b.id)
	},
		func(list []statement.Template, err error) {
			if err != nil {
				s.b.env.UI.Problem(err)
				return
			}
			openDraft(s, list)
		})
}

func openDraft(s *statementPart, list []statement.Template) *kit.OpenSheet {
	ui := s.b.env.UI
	if len(list) == 0 {
		return ui.Open(kit.Sheet{
			Name: "bind.draft", Title: words.T("bind.draft.title"), Width: 480, Body: kit.Prose(words.T("bind.draft.none")), Cancel: words.T("action.close"),
		})
	}
	var options []kit.Option[string]
	for _, t := range list {
		options = append(options, kit.Option[string]{Value: t.ID, Text: templateTitle(t)})
	}
	language := kit.NewChoice[string](nil, "", nil)
	languages := func(id string) {
		i := slices.IndexFunc(list, func(t statement.Template) bool { return t.ID == id })
		var spoken []kit.Option[string]
		for _, l := range list[i].Languages {
			spoken = append(spoken, kit.Option[string]{Value: l, Text: words.LanguageNamed(l)})
		}
		before := language.Value()
		if before == "" {
			before = s.now.Language
		}
		language.SetChoices(spoken)
		language.Set(list[i].Languages[0])
		if spoken := list[i].Spoken(before); spoken != "" {
			language.Set(spoken)
		}
	}
	template := kit.NewChoice(options, list[0].ID, languages)
	languages(list[0].ID)
	note := kit.Soft(words.T("bind.draft.note"))
	if len(s.now.Claims) > 0 {
		note = kit.Soft(words.N("bind.draft.over", len(s.now.Claims)))
	}
	form := kit.NewForm(&kit.Field{Label: words.T("bind.draft.template"), Object: template}, &kit.Field{Label: words.T("bind.draft.language"), Object: language})
	var o *kit.OpenSheet
	o = ui.Open(kit.Sheet{
		Name: "bind.draft", Title: words.T("bind.draft.title"), Width: 560, Body: container.NewVBox(form.Object, kit.Inset(look.Tight, note)),
		Do: words.T("bind.draft.do"), FocusedAt: template, OnDo: func() {
			s.draftFrom(o, template.Value(), language.Value())
		},
	})
	kit.Trace("bind.draft.template", template)
	kit.Trace("bind.draft.language", language)
	return o
}

// draftFrom takes the draft of a template in the place of what is there.
func (s *statementPart) draftFrom(o *kit.OpenSheet, template, language string) {
	s.flush()
	o.SetDo(words.T("bind.draft.do"), false)
	kit.Do(func(ctx context.Context) (data.Statement, error) {
		return s.b.env.desk.DraftStatement(ctx, s.b.id, template, language)
	}, func(drafted data.Statement, err error) {
		o.SetDo(words.T("bind.draft.do"), true)
		if err != nil {
			o.Problem(err)
			return
		}
		o.Close()
		s.now = cloneStatement(drafted)
		s.redo()
		s.b.env.UI.Toast(words.N("bind.draft.done", len(drafted.Claims)), s.b.env.Undo)
	})
}

// templateTitle names a template: platform, reason, style.
func templateTitle(t statement.Template) string {
	style := ""
	if t.Style == statement.StyleShort {
		style = words.T("bind.draft.short")
	}
	return words.Join(" · ", words.Of("bind.family", t.Family), words.Of("reason", t.Reason), style)
}
