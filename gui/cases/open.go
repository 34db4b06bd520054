package cases

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// disputeForm holds the fields that say what a dispute is about: for opening
// one, and for correcting its facts.
type disputeForm struct {
	reason *kit.Choice[data.Reason]
	amount *kit.Amount
	number *kit.Entry
	opened *kit.TimeField // nil when facts are corrected: when it was opened is an event
	due    *kit.TimeField
	claim  *kit.Entry
	into   *kit.Entry // the claim translated
	by     *kit.Entry // by whom
}

func newDisputeForm(u *kit.UI, d data.Dispute, currency, zone string) *disputeForm {
	return &disputeForm{
		reason: kit.NewChoice(kit.Options("reason", data.Reasons()), d.Reason, nil),
		amount: kit.AmountOf(u, d.Amount, currency),
		number: kit.TextField(u, d.CaseNumber, 1),
		due:    kit.NewDueField(u, d.StatedDue, zone),
		claim:  kit.TextField(u, d.Claim, 3),
		into:   kit.TextField(u, d.Translated.Text, 2),
		by:     kit.TextField(u, d.Translated.By, 1),
	}
}

func (f *disputeForm) fields() []*kit.Field {
	list := []*kit.Field{
		kit.ChoiceRow(words.T("dispute.open.reason"), f.reason),
		kit.AmountRow(words.T("dispute.open.amount"), f.amount),
		{Label: words.T("dispute.open.case"), Object: f.number},
	}
	if f.opened != nil {
		list = append(list, kit.TimeRow(words.T("dispute.open.opened"), f.opened, true))
	}
	due := kit.TimeRow(words.T("dispute.open.due"), f.due, false)
	due.Hint = words.T("dispute.open.due.hint")
	return append(list, due, &kit.Field{Label: words.T("dispute.open.claim"), Object: f.claim},
		&kit.Field{Label: words.T("dispute.open.translation"), Object: f.into, Hint: words.T("dispute.open.translation.hint")},
		&kit.Field{Label: words.T("dispute.open.translator"), Object: f.by})
}

// edit reads the fields.
func (f *disputeForm) edit() (desk.DisputeEdit, error) {
	amount, err := f.amount.Get()
	if err != nil {
		return desk.DisputeEdit{}, err
	}
	due, err := f.due.Value()
	if err != nil {
		return desk.DisputeEdit{}, err
	}
	return desk.DisputeEdit{
		Reason: f.reason.Value(), Amount: amount, CaseNumber: strings.TrimSpace(f.number.Text),
		Claim: strings.TrimSpace(f.claim.Text), StatedDue: due,
		Translated: data.Translation{Text: strings.TrimSpace(f.into.Text), By: strings.TrimSpace(f.by.Text)},
	}, nil
}

// newDisputeSheet asks for an order, unless one is given, and then what the
// dispute is about.
type newDisputeSheet struct {
	env    *env
	open   *kit.OpenSheet
	finder *show.OrderFinder
	rest   *fyne.Container // the fields, once the order and so its zone and total are known
	form   *disputeForm
	fields *kit.Form
	asked  show.DueAsked
}

func openDisputeSheet(e *env, order data.OrderRow) *newDisputeSheet {
	s := &newDisputeSheet{env: e, rest: container.NewStack(), asked: show.DueAsked{UI: e.UI}}
	s.finder = show.NewOrderFinder(e.Env, words.T("dispute.open.order.hint"), s.take)
	head := kit.NewForm(&kit.Field{Label: words.T("dispute.open.order"), Object: s.finder.Object})
	s.open = e.UI.Open(kit.Sheet{
		Name: "dispute.open", Title: words.T("dispute.open.title"), Width: 640, Height: 660,
		Body: kit.ScrollFields(kit.Stacked(0, head.Object, s.rest)), Do: words.T("dispute.open.do"),
		OnDo: s.save, FocusedAt: s.finder.Search,
	})
	kit.Trace("dispute.open.order", s.finder.Search)
	s.open.SetDo(words.T("dispute.open.do"), false)
	if order.ID != 0 {
		s.finder.Choose(order)
	} else {
		s.finder.OfferLatest()
	}
	return s
}

// take shows the fields for an order. What was typed for another order stays.
func (s *newDisputeSheet) take(r data.OrderRow) {
	d, opened := data.Dispute{Amount: r.Total}, s.env.UI.Now()
	if s.form != nil {
		if edit, err := s.form.edit(); err == nil {
			d.Reason, d.CaseNumber, d.Claim, d.Translated = edit.Reason, edit.CaseNumber, edit.Claim, edit.Translated
		}
	}
	s.form = newDisputeForm(s.env.UI, d, r.Total.Currency, r.Zone)
	s.form.opened = kit.NewTimeField(s.env.UI, opened.Truncate(time.Minute), r.Zone)
	s.fields = kit.NewForm(s.form.fields()...)
	s.rest.Objects = nil
	if r.ID != 0 {
		s.rest.Objects = []fyne.CanvasObject{s.fields.Object}
	}
	s.rest.Refresh()
	if s.open != nil {
		s.open.SetDo(words.T("dispute.open.do"), r.ID != 0)
	}
	kit.Trace("dispute.open.reason", s.form.reason)
}

func (s *newDisputeSheet) save() {
	if s.finder.Chosen.ID == 0 || !s.fields.Check() {
		return
	}
	edit, err := s.form.edit()
	if err != nil {
		s.open.Problem(err)
		return
	}
	opened, err := s.form.opened.Value()
	if err != nil {
		s.open.Problem(err)
		return
	}
	order, do := s.finder.Chosen, words.T("dispute.open.do")
	s.open.SetDo(do, false)
	kit.Do(func(ctx context.Context) (data.Dispute, error) {
		return s.env.desk.OpenDispute(ctx, desk.NewDispute{
			OrderID: order.ID, Reason: edit.Reason, Amount: edit.Amount, CaseNumber: edit.CaseNumber,
			Claim: edit.Claim, Translated: edit.Translated, OpenedAt: opened, StatedDue: edit.StatedDue, Sure: s.asked.Confirmed(edit.StatedDue),
		})
	}, func(d data.Dispute, err error) {
		s.open.SetDo(do, true)
		if err != nil {
			if !s.asked.Ask(err, edit.StatedDue, s.save) {
				s.open.Problem(err)
			}
			return
		}
		s.open.Close()
		s.env.UI.Toast(words.T("dispute.opened", "number", order.Number), s.env.Undo)
		s.env.Open(route.Dispute{ID: d.ID})
	})
}

// editDisputeSheet corrects the facts of a dispute.
func editDisputeSheet(e *env, v desk.DisputeView) *kit.OpenSheet {
	form := newDisputeForm(e.UI, v.Dispute, v.Order.Total.Currency, v.Order.Shop.Zone)
	var edit desk.DisputeEdit
	asked := show.DueAsked{UI: e.UI}
	return e.UI.OpenForm(kit.FormSheet{
		Name: "dispute.edit", Title: words.T("dispute.edit.title"), Width: 640, Fields: form.fields(), Focus: form.reason,
		Read: func() (err error) {
			edit, err = form.edit()
			edit.Sure = asked.Confirmed(edit.StatedDue)
			return err
		},
		Work: func(ctx context.Context) error {
			_, err := e.desk.EditDispute(ctx, v.Dispute.ID, edit)
			return err
		},
		Ask:  func(err error, again func()) bool { return asked.Ask(err, edit.StatedDue, again) },
		Done: func() { e.UI.Toast(words.T("dispute.edited"), e.Undo) },
	})
}
