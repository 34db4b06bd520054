package bind

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/show"
	"casebinder/gui/words"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// receiptField chooses what shows that a bundle arrived: a piece of evidence, or
// a new one.
type receiptField struct {
	env     *env
	to      show.Target
	choice  *kit.Choice[string]
	options []kit.Option[string]
	object  fyne.CanvasObject
	problem func(error)
}

func newReceiptField(e *env, v desk.CaseView, chosen string) *receiptField {
	f := &receiptField{env: e, to: show.Target{OrderID: v.Order.ID, DisputeID: v.Dispute.ID}, problem: e.UI.Problem}
	f.options = []kit.Option[string]{{Value: "", Text: words.T("submission.receipt.no")}}
	for _, ev := range slices.Backward(v.Evidence) {
		f.option(ev)
	}
	f.choice = kit.NewChoice(f.options, chosen, nil)
	kit.Trace("sent.receipt", f.choice)
	attach := kit.NewIconButton("", words.T("submission.receipt.attach"), theme.ContentAddIcon(), func() {
		e.ChooseFiles(words.T("submission.receipt.attach"), nil, func(paths []string) {
			f.add(desk.EvidenceFile{Path: paths[0], Note: words.T("submission.receipt.note"), Source: "file"})
		})
	})
	kit.Trace("sent.attach", attach)
	paste := kit.NewButton("sent.paste", words.T("evidence.paste"), f.paste)
	f.object = container.NewVBox(kit.Wide(200, f.choice), container.NewHBox(attach, paste))
	return f
}

// option offers a piece of evidence. Two of one name are told apart.
func (f *receiptField) option(ev data.Evidence) {
	text := words.Shorten(ev.Name, 44)
	for n := 2; slices.ContainsFunc(f.options, func(o kit.Option[string]) bool { return o.Text == text }); n++ {
		text = fmt.Sprintf("%s (%d)", words.Shorten(ev.Name, 44), n)
	}
	f.options = append(f.options, kit.Option[string]{Value: ev.UID, Text: text})
}

func (f *receiptField) paste() {
	f.env.Pasted("receipt", f.problem, func(files []desk.EvidenceFile) {
		files[0].Note = words.T("submission.receipt.note")
		f.add(files[0])
	})
}

// add takes a file in as evidence and chooses it.
func (f *receiptField) add(file desk.EvidenceFile) {
	kit.Do(func(ctx context.Context) (desk.EvidenceReport, error) {
		return f.env.desk.AddEvidence(ctx, f.to.DisputeID, []desk.EvidenceFile{file}, nil)
	}, func(r desk.EvidenceReport, err error) {
		switch {
		case err != nil:
			f.problem(err)
		case len(r.Rejected) > 0:
			f.problem(r.Rejected[0].Reason)
		case len(r.Added) > 0:
			f.option(r.Added[0])
			f.choice.SetChoices(f.options)
			f.choice.Set(r.Added[0].UID)
		}
	})
}

// sentSheet asks when a submission was sent, and what shows it.
func sentSheet(e *env, v desk.CaseView, s data.Submission) {
	zone := v.Order.Shop.Zone
	at := s.SentAt
	if at.IsZero() {
		at = e.UI.Now()
	}
	when := kit.NewTimeField(e.UI, at, zone)
	note := kit.TextField(e.UI, s.SentNote, 3)
	receipt := newReceiptField(e, v, s.Receipt)
	kit.Trace("sent.note", note)
	sent := desk.SentNote{}
	sheet := e.UI.OpenForm(kit.FormSheet{
		Name: "sent", Title: words.T("submission.mark.title", "n", s.Version), Width: 560, Focus: note,
		Fields: []*kit.Field{
			kit.TimeRow(words.T("submission.mark.when"), when, true),
			{Label: words.T("submission.mark.note"), Hint: words.T("submission.mark.note.hint"), Object: note},
			{Label: words.T("submission.mark.receipt"), Hint: words.T("submission.mark.receipt.hint"), Object: receipt.object},
		},
		Read: func() (err error) {
			sent = desk.SentNote{Note: strings.TrimSpace(note.Text), Receipt: receipt.choice.Value()}
			sent.At, err = when.Value()
			return err
		},
		Work: func(ctx context.Context) error {
			_, err := e.desk.MarkSent(ctx, s.UID, sent)
			return err
		},
		Done: func() { e.UI.Toast(words.T("submission.mark.done", "n", s.Version), e.Undo) },
	})
	receipt.problem = sheet.Problem
}
