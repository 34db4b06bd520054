package cases

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// rulingPart shows how a case ended and what was learned, or asks for it.
func (d *detail) rulingPart(v desk.CaseView) fyne.CanvasObject {
	r := v.Dispute.Ruling
	write := kit.NewButton("case.ruling", words.T("case.ruling.write"), func() { rulingSheet(d.env, d.view) })
	rows := []fyne.CanvasObject{kit.Section(words.T("case.ruling"))}
	if r == (data.Ruling{}) {
		write.Importance = widget.HighImportance
		rows = append(rows, kit.Prose(words.T("case.ruling.none")))
	} else {
		write.SetText(words.T("case.ruling.edit"))
		facts := kit.NewFacts(d.env.UI,
			kit.Fact{Label: words.T("case.ruling.outcome"), Value: words.Of("outcome", r.Outcome)},
			kit.Fact{Label: words.T("case.ruling.liable"), Value: words.Of("liable", r.Liable)},
			kit.Fact{Label: words.T("case.ruling.cause"), Value: words.Of("cause", r.Cause)},
			kit.Fact{Label: words.T("case.ruling.why"), Value: r.Why, Wide: true},
		)
		rows = append(rows, facts.Object)
		if r.Untold() {
			write.Importance = widget.HighImportance
			rows = append(rows, kit.Prose(words.T("case.ruling.untold")))
		}
		if r.Lessons != "" {
			rows = append(rows, kit.Prose(words.T("case.ruling.lessons")+": "+r.Lessons))
		}
	}
	return kit.NewPanel(kit.Stacked(look.Tight, append(rows, container.NewHBox(write, layout.NewSpacer()))...))
}

// rulingSheet asks how a case ended, who was found liable and why, and what is
// to be learned from it.
func rulingSheet(e *env, v desk.CaseView) *kit.OpenSheet {
	r := v.Dispute.Ruling
	open := []kit.Option[string]{{Text: words.T("case.ruling.unknown")}}
	outcome := kit.NewChoice(kit.Options("outcome", data.Outcomes()), r.Outcome, nil)
	liable := kit.NewChoice(append(open, kit.Options("liable", data.Liables())...), r.Liable, nil)
	cause := kit.NewChoice(append(open[:1:1], kit.Options("cause", data.Causes())...), r.Cause, nil)
	typed := kit.TextField(e.UI, r.Why, 1)
	why, text := fyne.CanvasObject(typed), &typed.Entry
	if vocabulary := v.Pack.Rulings.Words; len(vocabulary) > 0 {
		choice := kit.NewSelectEntry(vocabulary)
		choice.SetText(r.Why)
		why, text = choice, &choice.Entry
	}
	lessons := kit.TextField(e.UI, r.Lessons, 3)
	kit.Trace("ruling.outcome", outcome)
	var ruling data.Ruling
	return e.UI.OpenForm(kit.FormSheet{
		Name: "ruling", Title: words.T("case.ruling.title"), Width: 600, Focus: outcome,
		Fields: []*kit.Field{
			kit.ChoiceRow(words.T("case.ruling.outcome"), outcome),
			{Label: words.T("case.ruling.liable"), Object: liable},
			{Label: words.T("case.ruling.why"), Hint: words.T("case.ruling.why.hint"), Object: why},
			{Label: words.T("case.ruling.cause"), Hint: words.T("case.ruling.cause.hint"), Object: cause},
			{Label: words.T("case.ruling.lessons"), Object: lessons},
		},
		Read: func() error {
			ruling = data.Ruling{
				Outcome: outcome.Value(), Liable: liable.Value(), Why: strings.TrimSpace(text.Text),
				Lessons: strings.TrimSpace(lessons.Text), Cause: cause.Value(),
			}
			return nil
		},
		Work: func(ctx context.Context) error {
			_, err := e.desk.PutRuling(ctx, v.Dispute.ID, ruling)
			return err
		},
		Done: func() { e.UI.Toast(words.T("case.ruling.done"), e.Undo) },
	})
}
