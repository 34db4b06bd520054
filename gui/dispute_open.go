package gui

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// disputeForm holds the fields that say what a dispute is about: for opening
// one, and for correcting its facts.
type disputeForm struct {
	reason *kit.Choice[data.Reason]
	amount *kit.Amount
	number *kit.Entry
	opened *timeField // nil when facts are corrected: when it was opened is an event
	due    *timeField
	claim  *kit.Entry
}

func newDisputeForm(u *kit.UI, d data.Dispute, currency, zone string) *disputeForm {
	return &disputeForm{
		reason: kit.NewChoice(kit.Options("reason", data.Reasons()), d.Reason, nil),
		amount: newAmount(u, d.Amount, currency),
		number: textField(u, d.CaseNumber, 1),
		due:    newTimeField(u, d.StatedDue, zone),
		claim:  textField(u, d.Claim, 3),
	}
}

func (f *disputeForm) fields() []*kit.Field {
	list := []*kit.Field{
		choiceRow(words.T("dispute.open.reason"), f.reason),
		amountRow(words.T("dispute.open.amount"), f.amount),
		{Label: words.T("dispute.open.case"), Object: f.number},
	}
	if f.opened != nil {
		list = append(list, timeRow(words.T("dispute.open.opened"), f.opened, true))
	}
	due := timeRow(words.T("dispute.open.due"), f.due, false)
	due.Hint = words.T("dispute.open.due.hint")
	return append(list, due, &kit.Field{Label: words.T("dispute.open.claim"), Object: f.claim})
}

// edit reads the fields.
func (f *disputeForm) edit() (desk.DisputeEdit, error) {
	amount, err := f.amount.Get()
	if err != nil {
		return desk.DisputeEdit{}, err
	}
	due, err := f.due.value()
	if err != nil {
		return desk.DisputeEdit{}, err
	}
	return desk.DisputeEdit{
		Reason: f.reason.Value(), Amount: amount, CaseNumber: strings.TrimSpace(f.number.Text),
		Claim: strings.TrimSpace(f.claim.Text), StatedDue: due,
	}, nil
}

// An orderFinder lets a person name an order by its number or by a search, and
// says which one it is.
type orderFinder struct {
	env    *env
	search *kit.Search
	found  *fyne.Container
	loader kit.Loader
	chosen data.OrderRow // ID 0: none
	change func(data.OrderRow)
	object fyne.CanvasObject
}

func newOrderFinder(e *env, hint string, change func(data.OrderRow)) *orderFinder {
	f := &orderFinder{env: e, found: container.New(layout.NewCustomPaddedVBoxLayout(2)), change: change}
	f.search = kit.NewSearch(e.ui, hint, f.find)
	f.object = container.New(layout.NewCustomPaddedVBoxLayout(2), f.search, f.found)
	return f
}

// find looks an order up: the one with exactly this number, else those that a
// search gives.
func (f *orderFinder) find(text string) {
	if text == "" || (f.chosen.ID != 0 && text == f.chosen.Number) {
		f.loader.Stop()
		return
	}
	kit.Load(&f.loader, func(ctx context.Context) ([]data.OrderRow, error) {
		return f.env.desk.OrderFirst(ctx, data.OrderQuery{Search: text}, 6)
	}, func(rows []data.OrderRow, err error) {
		if err != nil {
			f.env.ui.Problem(err)
			return
		}
		f.show(text, rows)
	})
}

func (f *orderFinder) show(text string, rows []data.OrderRow) {
	var exact []data.OrderRow
	for _, r := range rows {
		if r.Number == text {
			exact = append(exact, r)
		}
	}
	if len(exact) == 1 {
		f.choose(exact[0])
		return
	}
	f.chosen = data.OrderRow{}
	f.found.RemoveAll()
	if len(rows) == 0 {
		f.found.Add(kit.Soft(words.T("dispute.open.order.none")))
	}
	for i, r := range rows {
		b := kit.NewButton(rowName("finder", i, "choose"), "", func() { f.choose(r) })
		b.SetText(shorten(orderLine(r), 80))
		b.Alignment = widget.ButtonAlignLeading
		b.Importance = widget.LowImportance
		f.found.Add(b)
	}
}

// choose takes an order; the zero row takes none.
func (f *orderFinder) choose(r data.OrderRow) {
	f.chosen = r
	f.found.RemoveAll()
	f.search.SetQuiet(r.Number)
	if r.ID != 0 {
		f.found.Add(kit.Soft(orderLine(r)))
	}
	if f.change != nil {
		f.change(r)
	}
}

// orderLine says in one line which order it is.
func orderLine(r data.OrderRow) string {
	return join(" · ", r.Number, r.Platform.Title()+" "+r.ShopName, r.BuyerName, words.Money(r.Total), r.ItemTitle)
}

// newDisputeSheet asks for an order, unless one is given, and then what the
// dispute is about.
type newDisputeSheet struct {
	env    *env
	open   *kit.OpenSheet
	finder *orderFinder
	rest   *fyne.Container // the fields, once the order and so its zone and total are known
	form   *disputeForm
	fields *kit.Form
}

func openDisputeSheet(e *env, order data.OrderRow) *newDisputeSheet {
	s := &newDisputeSheet{env: e, rest: container.NewStack()}
	s.finder = newOrderFinder(e, words.T("dispute.open.order.hint"), s.take)
	head := kit.NewForm(&kit.Field{Label: words.T("dispute.open.order"), Object: s.finder.object})
	s.open = e.ui.Open(kit.Sheet{
		Name: "dispute.open", Title: words.T("dispute.open.title"), Width: 640, Height: 520,
		Body: container.NewVScroll(kit.Stacked(0, head.Object, s.rest)), Do: words.T("dispute.open.do"),
		OnDo: s.save, FocusedAt: s.finder.search,
	})
	kit.Trace("dispute.open.order", s.finder.search)
	s.open.SetDo(words.T("dispute.open.do"), false)
	if order.ID != 0 {
		s.finder.choose(order)
	}
	return s
}

// take shows the fields for an order. What was typed for another order stays.
func (s *newDisputeSheet) take(r data.OrderRow) {
	d, opened := data.Dispute{Amount: r.Total}, s.env.ui.Now()
	if s.form != nil {
		if edit, err := s.form.edit(); err == nil {
			d.Reason, d.CaseNumber, d.Claim = edit.Reason, edit.CaseNumber, edit.Claim
		}
	}
	s.form = newDisputeForm(s.env.ui, d, r.Total.Currency, r.Zone)
	s.form.opened = newTimeField(s.env.ui, opened.Truncate(time.Minute), r.Zone)
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
	if s.finder.chosen.ID == 0 || !s.fields.Check() {
		return
	}
	edit, err := s.form.edit()
	if err != nil {
		s.open.Problem(err)
		return
	}
	opened, err := s.form.opened.value()
	if err != nil {
		s.open.Problem(err)
		return
	}
	order, do := s.finder.chosen, words.T("dispute.open.do")
	s.open.SetDo(do, false)
	kit.Do(func(ctx context.Context) (data.Dispute, error) {
		return s.env.desk.OpenDispute(ctx, desk.NewDispute{
			OrderID: order.ID, Reason: edit.Reason, Amount: edit.Amount, CaseNumber: edit.CaseNumber,
			Claim: edit.Claim, OpenedAt: opened, StatedDue: edit.StatedDue,
		})
	}, func(d data.Dispute, err error) {
		s.open.SetDo(do, true)
		if err != nil {
			s.open.Problem(err)
			return
		}
		s.open.Close()
		s.env.ui.Toast(words.T("dispute.opened", "number", order.Number), s.env.undo)
		s.env.openDispute(d.ID)
	})
}

// editDisputeSheet corrects the facts of a dispute.
func editDisputeSheet(e *env, v desk.DisputeView) *kit.OpenSheet {
	form := newDisputeForm(e.ui, v.Dispute, v.Order.Total.Currency, v.Order.Shop.Zone)
	var edit desk.DisputeEdit
	return e.ui.OpenForm(kit.FormSheet{
		Name: "dispute.edit", Title: words.T("dispute.edit.title"), Width: 640, Fields: form.fields(), Focus: form.reason,
		Read: func() (err error) {
			edit, err = form.edit()
			return err
		},
		Work: func(ctx context.Context) error {
			_, err := e.desk.EditDispute(ctx, v.Dispute.ID, edit)
			return err
		},
		Done: func() { e.ui.Toast(words.T("dispute.edited"), e.undo) },
	})
}

// join joins what is not empty.
func join(by string, parts ...string) string {
	var some []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			some = append(some, p)
		}
	}
	return strings.Join(some, by)
}

// shorten cuts a text to n characters at most.
func shorten(text string, n int) string {
	if r := []rune(text); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return text
}
