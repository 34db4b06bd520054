package cases

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/policy"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// checkPart shows what proof is there and what is missing, and what speaks
// against the rest of the case.
func (d *detail) checkPart(v desk.CaseView, now time.Time) fyne.CanvasObject {
	rows := d.findingsRows(v)
	rows = append(rows, kit.Section(words.T("case.proof.title")), kit.Prose(readiness(v.Ready)))
	if len(v.Proof) == 0 {
		rows = append(rows, kit.Soft(words.T("case.proof.none")))
	}
	wishes := make([]*kit.Row, len(v.Proof))
	for i, item := range v.Proof {
		wishes[i] = d.itemRow(i, item, v, now)
	}
	rows = append(rows, kit.Rows(wishes...)...)
	rows = append(rows, kit.Section(words.N("case.evidence", len(v.Evidence))))
	return kit.Dense(kit.Stacked(look.Tight, rows...))
}

// readiness counts what is there, missing and not applicable. It is no measure
// of how good the proof is.
func readiness(r policy.Readiness) string {
	return words.T("case.ready", "there", r.Satisfied, "missing", r.Missing, "not", r.NotApplicable)
}

// proofTitle is the tab's: how many of the pieces of proof that count are there.
func proofTitle(r policy.Readiness) string {
	return words.T("case.tab.proof", "n", r.Satisfied, "of", r.Satisfied+r.Missing)
}

// itemRow is a wish of the checklist: what it is, its state as a sign and a word, what
// stands for it, and what can be done about it.
func (d *detail) itemRow(i int, item policy.ItemView, v desk.CaseView, now time.Time) *kit.Row {
	state := words.Of("case.item", string(item.State))
	title := kit.Colored(words.Text(item.Title)+" · "+state, theme.ColorNameForeground, fyne.TextStyle{Bold: item.State == policy.Missing})
	title.Wrapping = fyne.TextWrapWord
	parts := []fyne.CanvasObject{title}
	switch item.State {
	case policy.Satisfied:
		parts = append(parts, show.Refs(kit.RowName("case.item", i, "by"), item.By, d.reveal))
	case policy.Missing:
		parts = append(parts, kit.Soft(show.GetLine(item, v.Order.Shop.Zone, now)))
	case policy.NotApplicable:
	}
	if !item.Why.IsZero() {
		parts = append(parts, kit.Soft(words.Text(item.Why)))
	}
	buttons := container.NewHBox()
	deeds := func() kit.Deeds { return d.itemDeeds(item) }
	for _, a := range deeds().Shown() {
		if a.Why() == "" {
			buttons.Add(kit.NewLink(kit.RowName("case.item", i, a.Name), a.Text, a.Do))
		}
	}
	row := container.NewBorder(nil, nil, container.NewVBox(widget.NewIcon(itemIcon(item.State))), nil, kit.Stacked(0, append(parts, buttons)...))
	return kit.NewRow(d.env.UI, kit.Dense(row), func() string {
		return words.Join("\t", words.Text(item.Title), state, words.Text(item.Why), words.Text(item.Get))
	}, deeds)
}

// itemIcon is the sign of a state, beside its word.
func itemIcon(s policy.ItemState) fyne.Resource {
	switch s {
	case policy.Satisfied:
		return theme.NewSuccessThemedResource(theme.ConfirmIcon())
	case policy.NotApplicable:
		return theme.NewDisabledResource(theme.ContentRemoveIcon())
	case policy.Missing:
	}
	return theme.NewWarningThemedResource(theme.CheckButtonIcon())
}

// itemDeeds are what can be done about a wish of the checklist: what is added or pasted
// there is proposed as of its kind.
func (d *detail) itemDeeds(item policy.ItemView) kit.Deeds {
	to := d.target()
	if len(item.Kinds) > 0 {
		to.Kind = item.Kinds[0]
	}
	var deeds kit.Deeds
	add := func(can bool, name, key string, do func()) {
		if can {
			deeds = append(deeds, kit.Action{Name: name, Text: words.T(key), Do: do})
		}
	}
	missing := item.State == policy.Missing
	add(missing && len(item.Kinds) > 0, "add", "case.item.add", func() { d.env.ChooseEvidence(to) })
	add(missing && len(item.Kinds) > 0, "paste", "evidence.paste", func() { d.env.Paste(to) })
	add(item.State != policy.NotApplicable && len(d.view.Evidence) > 0, "use", "case.item.use", func() { show.AssignSheet(d.env.Env, d.view, item) })
	add(missing, "not", "case.item.not", func() { notApplicableSheet(d.env, d.view.Dispute.ID, item) })
	add(item.State == policy.NotApplicable, "again", "case.item.again", func() { d.markAgain(item.ID) })
	return append(deeds, kit.Stays("stays.wish"))
}

func (d *detail) markAgain(item string) {
	id := d.view.Dispute.ID
	d.env.Deed(words.T("case.item.again.done"), func(ctx context.Context) error { return d.env.desk.MarkItem(ctx, id, item, "") })
}

func notApplicableSheet(e *env, id int64, item policy.ItemView) *kit.OpenSheet {
	return show.ReasonSheet(e.Env, "case.item.not", words.T("case.item.not.title", "item", words.Text(item.Title)), words.T("case.item.not.hint"),
		words.T("case.item.not.do"), words.T("case.item.not.done"), e.Undo,
		func(ctx context.Context, reason string) error { return e.desk.MarkItem(ctx, id, item.ID, reason) })
}

// findingsRows shows what does not fit together in a case, what was passed last.
func (d *detail) findingsRows(v desk.CaseView) []fyne.CanvasObject {
	if len(v.Findings) == 0 {
		return nil
	}
	standing, id := show.Standing(v.Findings), v.Dispute.ID
	title := words.N("case.findings", standing)
	if standing == 0 {
		title = words.T("case.findings.passed")
	}
	return []fyne.CanvasObject{kit.Section(title), show.Findings("case.finding", v.Findings, show.FindingDeeds{
		Follow: d.reveal, Mend: d.mend, Pass: func(f data.FindingView) { passSheet(d.env, id, f) },
		TakeBack: func(f data.FindingView) {
			d.env.Deed(words.T("case.finding.back.done"), func(ctx context.Context) error {
				return d.env.desk.TakeBackPass(ctx, data.EntityDispute, id, f.Key())
			})
		},
	})}
}

// mend offers what mends a finding, where that is done here.
func (d *detail) mend(f data.FindingView) (string, func()) {
	switch f.Mend.Deed {
	case "evidence.add":
		return words.T("evidence.add"), d.addEvidence
	case "dispute.edit":
		return words.T("dispute.edit"), func() { editDisputeSheet(d.env, d.view.DisputeView) }
	case "event.add":
		return words.T("dispute.event.add"), func() { addEventSheet(d.env, d.view.DisputeView, data.EventKind(f.Mend.Ref.ID)) }
	}
	return "", nil
}

func passSheet(e *env, id int64, f data.FindingView) *kit.OpenSheet {
	return show.ReasonSheet(e.Env, "case.finding.pass", words.T("case.finding.pass.title"), words.Text(f.Why),
		words.T("case.finding.pass.do"), words.T("case.finding.pass.done"), nil,
		func(ctx context.Context, reason string) error {
			return e.desk.PassFinding(ctx, data.EntityDispute, id, f.Key(), reason)
		})
}
