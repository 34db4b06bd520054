package show

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/policy"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// GetLine says how a missing piece of proof is got, until when, and how well
// the platform's wish is known.
func GetLine(item policy.ItemView, zone string, now time.Time) string {
	text := words.Text(item.Get)
	if !item.Until.IsZero() {
		text = words.Join(" · ", text, words.T("case.item.until", "when", words.Time(item.Until, zone, now), "left", words.Left(item.Until, now)))
	}
	if item.Origin.Confidence == data.Unconfirmed {
		text = words.Join(" · ", text, words.T("case.unconfirmed"))
	}
	return text
}

// AssignSheet lets a person say which evidence stands for an item.
func AssignSheet(e *Env, v desk.CaseView, item policy.ItemView) *kit.OpenSheet {
	chosen := map[string]bool{}
	for _, ref := range item.By {
		chosen[ref.ID] = ref.Kind == "evidence"
	}
	rows := []fyne.CanvasObject{kit.Soft(words.T("case.item.use.hint"))}
	for i, ev := range v.Evidence {
		if ev.Erased() {
			continue
		}
		check := kit.NewCheck(words.Shorten(words.Join(" · ", ev.Name, words.Of("evidence_kind", ev.Kind), ev.Note), 80), func(on bool) { chosen[ev.UID] = on })
		check.Checked = chosen[ev.UID]
		kit.Trace(kit.RowName("case.use", i, "check"), check)
		rows = append(rows, check)
	}
	var o *kit.OpenSheet
	o = e.UI.Open(kit.Sheet{
		Name: "case.item.use", Title: words.T("case.item.use.title", "item", words.Text(item.Title)), Width: 620, Height: 420,
		Body: container.NewVScroll(kit.Stacked(0, rows...)), Do: words.T("do.save"), OnDo: func() {
			var uids []string
			for _, ev := range v.Evidence {
				if chosen[ev.UID] {
					uids = append(uids, ev.UID)
				}
			}
			o.Close()
			e.Deed(words.T("case.item.use.done"), func(ctx context.Context) error { return e.Desk.AssignItem(ctx, v.Dispute.ID, item.ID, uids) })
		},
	})
	return o
}
