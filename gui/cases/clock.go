package cases

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/pack"
	"casebinder/data/policy"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/route"
	"casebinder/gui/words"
)

// clockPart shows every date of a case with its status, and why it is so.
func (d *detail) clockPart(v desk.CaseView, now time.Time) fyne.CanvasObject {
	rows := []fyne.CanvasObject{kit.Section(words.T("case.clock"))}
	if len(v.View.Deadlines) == 0 {
		rows = append(rows, kit.Soft(words.T("case.clock.none")))
	}
	for i, one := range v.View.Deadlines {
		rows = append(rows, d.clockRow(i, one, v.Order.Shop.Zone, now))
	}
	return kit.NewPanel(kit.Stacked(2, rows...))
}

func (d *detail) clockRow(i int, one policy.DeadlineView, zone string, now time.Time) fyne.CanvasObject {
	status, role := deadlineStatus(one, now)
	why := kit.NewButton(kit.RowName("case.clock", i, "why"), words.T("case.why"), func() { whySheet(d.env, one) })
	why.Importance = widget.LowImportance
	title := kit.Colored(words.Text(one.Title), theme.ColorNameForeground, fyne.TextStyle{Bold: one.Running()})
	title.Wrapping = fyne.TextWrapWord
	head := container.NewBorder(nil, nil, container.NewCenter(kit.NewBadge(status, role)), container.NewCenter(why), container.NewVBox(layout.NewSpacer(), title, layout.NewSpacer()))
	parts := []fyne.CanvasObject{head}
	if !one.Due.IsZero() {
		parts = append(parts, kit.Soft(dueLine(one, zone)))
	}
	if one.Differs && one.Running() {
		parts = append(parts, kit.Prose(words.T("case.differs", "stated", words.TimeFull(one.Stated, zone), "computed", words.TimeFull(one.Computed, zone),
			"span", words.Span(one.Stated.Sub(one.Computed).Abs()))))
	}
	byRule := one.Stated.IsZero() || one.Differs // the rule's figure is on the screen
	if one.Running() && byRule && one.ID != policy.RuleStated && one.Why.Origin.Confidence == data.Unconfirmed {
		parts = append(parts, kit.Colored("? "+words.T("case.unconfirmed_rule"), theme.ColorNameWarning, fyne.TextStyle{}))
	}
	if one.Running() && !one.Timeout.IsZero() {
		parts = append(parts, kit.Soft(words.T("case.timeout", "what", words.Text(one.Timeout))))
	}
	return kit.Dense(kit.Stacked(0, parts...))
}

// dueLine says when something is due, in whose zone, and by whose word.
func dueLine(one policy.DeadlineView, zone string) string {
	by := words.T("case.by_rule")
	switch {
	case one.Stated.IsZero() && one.Why.Origin.Confidence == data.Unconfirmed:
		by = words.T("case.by_rule_unconfirmed")
	case one.Stated.IsZero() && one.Why.Origin.Confidence == data.ThirdParty:
		by = words.T("case.by_rule_third")
	case !one.Stated.IsZero():
		by = words.T("case.by_platform")
	}
	who := words.Of("case.who", string(one.Who))
	return words.Join(" · ", who, words.TimeBoth(one.Due, zone), by)
}

// deadlineStatus says where a deadline stands: a sign with words, and their
// color.
func deadlineStatus(d policy.DeadlineView, now time.Time) (string, kit.Role) {
	word := words.Of("case.status", string(d.Status))
	switch d.Status {
	case policy.Open, policy.Overdue:
		return kit.Urgency(d.Due, now)
	case policy.Met:
		return "✓ " + word, kit.Good
	case policy.Late, policy.Missed:
		return "! " + word, kit.Danger
	case policy.Undated:
		return "? " + word, kit.Warn
	case policy.Expired, policy.Dropped:
		return "– " + word, kit.Muted
	}
	return word, kit.Plain
}

// whySheet opens a date into its reason: the event, the rule with its source
// and confidence, and the days counted one by one.
func whySheet(e *env, one policy.DeadlineView) *kit.OpenSheet {
	rows := []fyne.CanvasObject{kit.Prose(words.Text(one.Title))}
	for _, line := range one.Why.Lines {
		rows = append(rows, kit.Prose("• "+words.Text(line)))
	}
	if !one.Note.IsZero() {
		rows = append(rows, kit.Soft(words.Text(one.Note)))
	}
	height := float32(180 + 26*len(rows))
	return e.UI.Open(kit.Sheet{
		Name: "case.why", Title: words.T("case.why"), Width: 680, Height: min(height, 560), Cancel: words.T("action.close"),
		Body: container.NewVScroll(kit.Dense(kit.Stacked(4, rows...))),
	})
}

// reveal leads to a row at which a finding or an item of the checklist points.
func (d *detail) reveal(ref data.Ref) {
	switch ref.Kind {
	case "evidence", "label":
		d.parts.Select(d.partProof)
		d.proof.Reveal(ref.ID)
	case "event", "message":
		d.parts.Select(d.partTimeline)
		d.timeline.Reveal(ref.ID)
	case "order", "shipment":
		if ref.Kind == "order" && ref.ID != d.view.Order.Number {
			d.openOther(ref.ID)
			return
		}
		d.env.Open(route.Order{ID: d.view.Order.ID})
	default:
		d.parts.Select(d.partCase)
	}
}

// openOther shows another order by its number.
func (d *detail) openOther(number string) {
	kit.Do(func(ctx context.Context) ([]data.OrderRow, error) {
		return d.env.desk.OrderFirst(ctx, data.OrderQuery{Search: number}, 5)
	}, func(rows []data.OrderRow, err error) {
		if err != nil {
			d.env.UI.Problem(err)
			return
		}
		for _, r := range rows {
			if r.Number == number {
				d.env.Open(route.Order{ID: r.ID})
				return
			}
		}
		d.env.Open(route.Order{ID: d.view.Order.ID})
	})
}

// packPart names the policy pack in force, and lets it be changed.
func (d *detail) packPart(v desk.CaseView) fyne.CanvasObject {
	change := kit.NewButton("case.pack", words.T("case.pack.change"), func() { packSheet(d.env, d.view) })
	change.Importance = widget.LowImportance
	how := words.T("case.pack.told")
	if v.Dispute.Pack != "" {
		how = words.T("case.pack.chosen")
	}
	line := kit.Soft(words.T("case.pack.line", "title", words.Text(pack.Text(v.Pack.Title)), "edition", v.View.Edition, "how", how))
	return container.NewBorder(nil, nil, nil, container.NewCenter(change), line)
}

// packSheet lets a person choose the policy pack of a case.
func packSheet(e *env, v desk.CaseView) {
	kit.Do(e.desk.Packs, func(packs []desk.PackInfo, err error) {
		if err != nil {
			e.UI.Problem(err)
			return
		}
		options := []kit.Option[string]{{Value: "", Text: words.T("case.pack.auto")}}
		for _, p := range packs {
			options = append(options, kit.Option[string]{Value: p.ID, Text: words.Text(pack.Text(p.Title)) + " · " + p.Edition})
		}
		choice := kit.NewChoice(options, v.Dispute.Pack, nil)
		var chosen string
		e.UI.OpenForm(kit.FormSheet{
			Name: "case.pack", Title: words.T("case.pack.title"), Focus: choice, Save: words.T("case.pack.do"),
			Fields: []*kit.Field{{Label: words.T("case.pack.label"), Hint: words.T("case.pack.hint"), Object: choice}},
			Read:   func() error { chosen = choice.Value(); return nil },
			Work: func(ctx context.Context) error {
				_, err := e.desk.ChoosePack(ctx, v.Dispute.ID, chosen)
				return err
			},
			Done: func() { e.UI.Toast(words.T("case.pack.done"), e.Undo) },
		})
	})
}

// notesPart lists the rules that a person has to know for this case.
func notesPart(v desk.CaseView) fyne.CanvasObject {
	rows := []fyne.CanvasObject{kit.Section(words.T("case.notes"))}
	for _, n := range v.View.Notes {
		text := "• " + words.Text(n.Text)
		if n.Origin.Confidence == data.Unconfirmed {
			text += " " + words.T("case.unconfirmed_note")
		}
		rows = append(rows, kit.Soft(text))
	}
	return kit.Dense(kit.Stacked(look.Tight, rows...))
}
