package imports

import (
	"cmp"
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/importer/notice"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// Limits of what the form lists; what is beyond can be found by its number.
const (
	noticeOrders      = 8
	noticeAttachments = 20
)

// noticeForm holds what was found in one mail, for a person to correct.
type noticeForm struct {
	sheet  *noticeSheet
	view   desk.NoticeView
	object fyne.CanvasObject
	form   *kit.Form

	search   *kit.Search
	order    *kit.Choice[int64]
	dispute  *kit.Choice[int64]
	kind     *kit.Choice[data.EventKind]
	caseNo   *kit.Entry
	reason   *kit.Choice[data.Reason]
	amount   *kit.Amount
	at, due  *kit.Moment
	mail     *kit.Check
	attached []*kit.Check
	orders   kit.Loader
	disputes kit.Loader
}

func newNoticeForm(s *noticeSheet, v desk.NoticeView) *noticeForm {
	u, n := s.env.UI, v.Notice
	f := &noticeForm{sheet: s, view: v, caseNo: kit.NewEntry(u), amount: kit.NewAmount(u), at: kit.NewMoment(u, v.Order.Zone), due: kit.NewMoment(u, v.Order.Zone).Due()}
	f.search = kit.NewSearch(u, words.T("notice.order.search"), f.find)
	f.order = kit.NewChoice(nil, int64(0), func(int64) { f.listDisputes() })
	f.dispute = kit.NewChoice([]kit.Option[int64]{{Value: 0, Text: words.T("notice.new_dispute")}}, int64(0), nil)
	f.kind = kit.NewChoice(kit.Options("event", data.EventKinds()), n.Kind, nil)
	f.reason = kit.NewChoice(kit.Options("reason", data.Reasons()), n.Reason, nil)
	f.caseNo.SetText(n.CaseNumber)
	f.amount.Set(n.Amount)
	f.at.Set(n.Date)
	f.due.Set(n.Due.At)
	f.trace()
	f.mail = kit.NewCheck(words.T("notice.keep_mail"), nil)
	f.mail.SetChecked(v.File != "")
	keep := container.NewVBox(f.mail)
	if v.File == "" {
		f.mail.Disable()
	}
	for _, a := range n.Attachments[:min(len(n.Attachments), noticeAttachments)] {
		check := kit.NewCheck(words.Join(" · ", cmp.Or(a.Name, a.Type), words.Bytes(int64(a.Size))), nil)
		f.attached = append(f.attached, check)
		keep.Add(check)
	}
	f.form = kit.NewForm(f.fields(keep)...)
	head := kit.Stacked(2, kit.NewTitle(s.what(v)), kit.Soft(words.Join(" · ", n.From, n.Subject)), doubts(v))
	text := kit.Prose(strings.TrimSpace(n.Text))
	f.object = container.NewVScroll(kit.Inset(look.Gap, kit.Stacked(look.Gap, head, f.form.Object, kit.Section(words.T("notice.mail")), text)))
	if v.Order.ID != 0 {
		f.setOrders([]data.OrderRow{v.Order})
	}
	return f
}

func (f *noticeForm) trace() {
	kit.Trace("notice.order", f.search)
	kit.Trace("notice.kind", f.kind)
	kit.Trace("notice.case", f.caseNo)
	kit.Trace("notice.due", f.due.Entry)
}

// fields are the lines of the form, each with where its value was found.
func (f *noticeForm) fields(keep fyne.CanvasObject) []*kit.Field {
	n := f.view.Notice
	hint := func(fields ...notice.Field) string { return whereFound(n, fields[0]) }
	moment := func(m *kit.Moment) func() error {
		return func() error { _, err := m.Get(); return err }
	}
	due := whereFound(n, notice.FieldDue)
	if n.Due.Text != "" {
		due = words.Join(" · ", words.T("notice.where.body", "text", n.Due.Text), n.Due.Zone)
	}
	if within := whereFound(n, notice.FieldWithin); due == words.T("notice.not_found") {
		due = within
	}
	return []*kit.Field{
		{Label: words.T("notice.field.order"), Hint: hint(notice.FieldOrder), Object: container.NewVBox(f.search, f.order), Check: func() error {
			return f.needed(f.order.Value() == 0, "notice.field.order")
		}},
		{Label: words.T("notice.field.dispute"), Object: f.dispute},
		{Label: words.T("notice.field.kind"), Hint: hint(notice.FieldEvent), Object: f.kind, Check: func() error {
			return f.needed(f.kind.Value() == "", "notice.field.kind")
		}},
		{Label: words.T("notice.field.case"), Hint: hint(notice.FieldCase), Object: f.caseNo},
		{Label: words.T("notice.field.reason"), Hint: hint(notice.FieldReason), Object: f.reason, Check: func() error {
			return f.needed(f.dispute.Value() == 0 && f.reason.Value() == "", "notice.field.reason")
		}},
		{Label: words.T("notice.field.amount"), Hint: hint(notice.FieldAmount), Object: f.amount.Object, Check: func() error {
			_, err := f.amount.Get()
			return err
		}},
		{Label: words.T("notice.field.at"), Object: f.at.Object, Check: func() error {
			at, err := f.at.Get()
			if err == nil {
				err = f.needed(at.IsZero(), "notice.field.at")
			}
			return err
		}},
		{Label: words.T("notice.field.due"), Hint: due, Object: f.due.Object, Check: moment(f.due)},
		{Label: words.T("notice.field.keep"), Object: keep},
	}
}

func (f *noticeForm) needed(missing bool, key string) error {
	if missing {
		return kit.ProblemRequired.New("field", words.T(key))
	}
	return nil
}

// find looks for the order that is typed.
func (f *noticeForm) find(text string) {
	if text == "" {
		return
	}
	kit.Load(&f.orders, func(ctx context.Context) ([]data.OrderRow, error) {
		return f.sheet.env.desk.OrderFirst(ctx, data.OrderQuery{Search: text}, noticeOrders)
	}, func(rows []data.OrderRow, err error) {
		if err != nil {
			f.sheet.sheet.Problem(err)
			return
		}
		f.setOrders(rows)
	})
}

// setOrders offers orders; the first is chosen where there is one alone.
func (f *noticeForm) setOrders(rows []data.OrderRow) {
	options := make([]kit.Option[int64], len(rows))
	for i, r := range rows {
		options[i] = kit.Option[int64]{Value: r.ID, Text: words.Join(" · ", r.Number, r.Platform.Title(), r.BuyerName)}
	}
	f.order.SetChoices(options)
	f.order.Set(0)
	if len(rows) == 1 {
		f.order.Set(rows[0].ID)
	}
	f.listDisputes()
}

// listDisputes offers the disputes of the chosen order.
func (f *noticeForm) listDisputes() {
	id := f.order.Value()
	none := []kit.Option[int64]{{Value: 0, Text: words.T("notice.new_dispute")}}
	f.dispute.SetChoices(none)
	f.dispute.Set(0)
	if id == 0 {
		return
	}
	kit.Load(&f.disputes, func(ctx context.Context) (desk.OrderView, error) {
		return f.sheet.env.desk.Order(ctx, id)
	}, func(o desk.OrderView, err error) {
		if err != nil {
			f.sheet.sheet.Problem(err)
			return
		}
		options := none
		for _, d := range o.Disputes {
			options = append(options, kit.Option[int64]{Value: d.ID, Text: words.Join(" · ", d.CaseNumber, words.Of("reason", d.Reason), words.Of("stage", d.Stage))})
		}
		f.dispute.SetChoices(options)
		f.dispute.Set(0)
		if f.view.Order.ID == id && f.view.Dispute.ID != 0 {
			f.dispute.Set(f.view.Dispute.ID)
		}
	})
}

// read gives what was confirmed; false when a field is wrong, which is shown
// under it.
func (f *noticeForm) read() (desk.NoticeChoice, bool) {
	if !f.form.Check() {
		return desk.NoticeChoice{}, false
	}
	c := desk.NoticeChoice{
		OrderID: f.order.Value(), DisputeID: f.dispute.Value(), Kind: f.kind.Value(), Reason: f.reason.Value(),
		CaseNumber: strings.TrimSpace(f.caseNo.Text), KeepMail: f.mail.Checked,
	}
	var err error
	if c.Amount, err = f.amount.Get(); err == nil {
		if c.At, err = f.at.Get(); err == nil {
			c.Due, err = f.due.Get()
		}
	}
	if err != nil {
		f.sheet.sheet.Problem(err)
		return c, false
	}
	for i, check := range f.attached {
		if check.Checked {
			c.Attachments = append(c.Attachments, i)
		}
	}
	return c, true
}
