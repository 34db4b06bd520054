package orders

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/importer"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// write offers what can be written down of the order in view: a digit does it with
// what is usual, and the first arrow goes to what comes next.
func (d *detail) write() {
	if d.view.Order.ID == 0 {
		d.env.UI.Toast(words.T("order.write.none"), nil)
		return
	}
	if d.env.UI.SheetOpen() {
		return
	}
	var sheet *kit.OpenSheet
	actions := d.usual()
	for i, a := range actions {
		actions[i].Do = func() {
			sheet.Close()
			a.Do()
		}
	}
	menu := kit.NewKeyMenu(d.env.UI, next(&d.view.Order), actions...)
	sheet = d.env.UI.Open(kit.Sheet{
		Name: "order.write", Title: words.T("order.write.title", "number", d.view.Order.Number), Width: 420,
		Body: kit.Stacked(look.Tight, container.NewVBox(menu), kit.Soft(words.T("order.write.hint"))), FocusedAt: menu,
	})
}

// next is which of the usual deeds comes next for an order.
func next(o *data.Order) int {
	switch o.Status {
	case data.StatusShipped:
		return 2
	case data.StatusDelivered, data.StatusCompleted, data.StatusDisputed:
		return 4
	}
	return 0
}

// usual are the ten deeds of the sheet, in an order that never changes.
func (d *detail) usual() []kit.Action {
	o := &d.view.Order
	now := func(kind data.OrderEventKind) func() {
		id := o.ID
		return func() { d.deed(id, desk.OrderDeed{Kind: kind}) }
	}
	refund := words.T("order.write.refund_all")
	if left := (data.Money{Minor: o.Total.Minor - o.Refunded.Minor, Currency: o.Total.Currency}); left.Minor > 0 {
		refund = words.T("order.write.refund", "amount", words.Money(left))
	}
	returned := d.nextReturn(now)
	return []kit.Action{
		{Name: "order.write.shipped", Text: words.T("order.write.shipped"), Do: d.ship},
		{Name: "order.write.tracking", Text: words.T("order.write.tracking"), Do: func() { d.trackingSheet("") }},
		{Name: "order.write.delivered", Text: words.T("order.write.delivered"), Do: now(data.OrderDelivered)},
		{Name: "order.write.scan", Text: words.T("order.write.scan"), Do: func() { show.WriteScan(d.env.Env, d.env.desk, o) }, Off: func() string { return show.NoScan(o) }},
		{Name: "order.write.refund", Text: refund, Do: now(data.OrderRefund)},
		{Name: "order.write.part", Text: words.T("order.write.part"), Do: func() { d.deedSheet(data.OrderRefund, "order.write.part") }},
		returned,
		{Name: "order.write.address", Text: words.T("order.write.address"), Do: func() { d.deedSheet(data.OrderAddressChange, "order.write.address") }},
		{Name: "order.write.cancel", Text: words.T("order.write.cancel"), Do: now(data.OrderCanceled)},
		{Name: "order.write.resent", Text: words.T("order.write.resent"), Do: func() { d.deedSheet(data.OrderResent, "order.write.resent") }},
	}
}

// nextReturn is the step of a return that comes next.
func (d *detail) nextReturn(now func(data.OrderEventKind) func()) kit.Action {
	step := data.OrderReturnAsked
	for _, e := range d.view.Events {
		switch e.Kind {
		case data.OrderReturnAsked:
			step = data.OrderReturnSent
		case data.OrderReturnSent:
			step = data.OrderReturnReceived
		case data.OrderReturnReceived:
			step = data.OrderReturnAsked
		}
	}
	a := kit.Action{Name: "order.write.return", Text: words.T("order.write." + string(step)), Do: now(step)}
	if step == data.OrderReturnSent {
		a.Do = func() { d.deedSheet(step, "order.write.return_sent") }
	}
	return a
}

// deed writes something down at once; what is odd is asked about.
func (d *detail) deed(id int64, w desk.OrderDeed) {
	kit.Do(func(ctx context.Context) (struct{}, error) { return struct{}{}, d.env.desk.WriteOrder(ctx, id, w) }, func(_ struct{}, err error) {
		switch {
		case err == nil:
			d.env.UI.Toast(words.Join(" · ", words.T("order.write.done"), words.Of("order_event", w.Kind)), d.env.Undo)
		case !d.ask(err, func() { w.Sure = true; d.deed(id, w) }):
			d.env.UI.Problem(err)
		}
	})
}

// ask asks about what is odd of a deed, and goes on with again where it is so.
func (d *detail) ask(err error, again func()) bool {
	why, odd := desk.AsOrderDoubt(err)
	if odd {
		d.env.UI.Confirm("order.odd", words.T("order.write.odd"), words.Text(why), words.T("order.write.odd.do"), again)
	}
	return odd
}

// trackingSheet adds a parcel, or gives one its tracking number, which may be known.
func (d *detail) trackingSheet(known string) {
	o := d.view.Order
	number, carrier := kit.TextField(d.env.UI, known, 1), kit.TextField(d.env.UI, "", 1)
	at := kit.NewTimeField(d.env.UI, o.ShippedAt, o.Shop.Zone)
	if o.ShippedAt.IsZero() {
		at = kit.NewTimeField(d.env.UI, d.env.UI.Now(), o.Shop.Zone)
	}
	s, sure := data.Shipment{}, false
	left := kit.TimeRow(words.T("order.write.left"), at, false)
	left.Hint = words.T("order.write.left.hint")
	d.env.UI.OpenForm(kit.FormSheet{
		Name: "order.tracking", Title: words.T("order.write.tracking"), Focus: number,
		Fields: []*kit.Field{{Label: words.T("order.write.number"), Object: number}, {Label: words.T("order.write.carrier"), Object: carrier}, left},
		Read: func() (err error) {
			s = data.Shipment{Tracking: number.Text, Carrier: carrier.Text}
			s.ShippedAt, err = at.Value()
			return err
		},
		Work: func(ctx context.Context) error { return d.env.desk.AddShipment(ctx, o.ID, s, sure) },
		Ask:  func(err error, again func()) bool { return d.ask(err, func() { sure = true; again() }) },
		Done: func() { d.env.UI.Toast(words.T("order.write.done"), d.env.Undo) },
	})
}

// deedSheet asks for what a deed needs.
func (d *detail) deedSheet(kind data.OrderEventKind, title string) {
	o := d.view.Order
	w := desk.OrderDeed{Kind: kind}
	f := newDeedForm(d.env.UI, &o, kind)
	d.env.UI.OpenForm(kit.FormSheet{
		Name: "order.deed", Title: words.T(title), Fields: f.fields, Focus: f.first,
		Read: func() error {
			sure := w.Sure
			w = desk.OrderDeed{Kind: kind, Sure: sure}
			return f.read(&w)
		},
		Work: func(ctx context.Context) error { return d.env.desk.WriteOrder(ctx, o.ID, w) },
		Ask:  func(err error, again func()) bool { return d.ask(err, func() { w.Sure = true; again() }) },
		Done: func() {
			d.env.UI.Toast(words.Join(" · ", words.T("order.write.done"), words.Of("order_event", kind)), d.env.Undo)
		},
	})
}

// deedForm has the fields that a deed needs, and its date and note.
type deedForm struct {
	fields []*kit.Field
	first  fyne.Focusable
	reads  []func(*desk.OrderDeed) error
}

func newDeedForm(u *kit.UI, o *data.Order, kind data.OrderEventKind) *deedForm {
	f := &deedForm{}
	switch kind {
	case data.OrderRefund:
		amount := kit.AmountOf(u, data.Money{}, o.Total.Currency)
		f.add(kit.AmountRow(words.T("order.write.amount"), amount), amount.Entry, func(w *desk.OrderDeed) (err error) {
			if w.Amount, err = amount.Get(); err == nil && strings.TrimSpace(amount.Entry.Text) == "" {
				err = kit.ProblemRequired.New("field", words.T("order.write.amount"))
			}
			return err
		})
	case data.OrderAddressChange:
		f.address(u, o.ShipTo)
	case data.OrderCanceled:
		f.canceled(o.Fate.CanceledBy, o.Fate.CancelReason)
	case data.OrderReceipt:
		f.receipt()
	case data.OrderShipped, data.OrderResent, data.OrderReturnSent:
		f.text(u, "order.write.number", "", func(w *desk.OrderDeed) *string { return &w.Tracking })
		f.text(u, "order.write.carrier", "", func(w *desk.OrderDeed) *string { return &w.Carrier })
	}
	f.when(u, o.Shop.Zone)
	return f
}

// when adds the date and the note of a deed.
func (f *deedForm) when(u *kit.UI, zone string) {
	at := kit.NewTimeField(u, u.Now(), zone)
	f.add(kit.TimeRow(words.T("order.write.at"), at, true), at.Entry, func(w *desk.OrderDeed) (err error) {
		w.At, err = at.Value()
		return err
	})
	f.text(u, "order.write.note", "", func(w *desk.OrderDeed) *string { return &w.Note })
}

func (f *deedForm) read(w *desk.OrderDeed) error {
	for _, read := range f.reads {
		if err := read(w); err != nil {
			return err
		}
	}
	return nil
}

func (f *deedForm) add(field *kit.Field, focus fyne.Focusable, read func(*desk.OrderDeed) error) {
	f.fields, f.reads = append(f.fields, field), append(f.reads, read)
	if f.first == nil {
		f.first = focus
	}
}

func (f *deedForm) text(u *kit.UI, key, text string, to func(*desk.OrderDeed) *string) {
	e := kit.TextField(u, text, 1)
	f.add(&kit.Field{Label: words.T(key), Object: e}, e, func(w *desk.OrderDeed) error {
		*to(w) = e.Text
		return nil
	})
}

// canceled asks who canceled, and why.
func (f *deedForm) canceled(by data.Actor, reason data.CancelReason) {
	fields, first, read := show.CancelFields(&by, &reason)
	f.add(fields[0], first, func(w *desk.OrderDeed) error {
		read()
		w.By, w.Reason = by, reason
		return nil
	})
	f.fields = append(f.fields, fields[1:]...)
}

// receipt asks how receipt was confirmed.
func (f *deedForm) receipt() {
	how := kit.NewChoice([]kit.Option[string]{
		{Value: data.ConfirmedByBuyer, Text: words.T("confirmed_how.buyer")}, {Value: data.ConfirmedByTimeout, Text: words.T("confirmed_how.timeout")},
	}, data.ConfirmedByBuyer, nil)
	f.add(&kit.Field{Label: words.T("order.write.how"), Object: how}, how, func(w *desk.OrderDeed) error {
		w.How = how.Value()
		return nil
	})
}

func (f *deedForm) address(u *kit.UI, a data.Address) {
	f.text(u, "address.name", a.Name, func(w *desk.OrderDeed) *string { return &w.To.Name })
	f.text(u, "address.line1", a.Line1, func(w *desk.OrderDeed) *string { return &w.To.Line1 })
	f.text(u, "address.line2", a.Line2, func(w *desk.OrderDeed) *string { return &w.To.Line2 })
	f.text(u, "address.city", a.City, func(w *desk.OrderDeed) *string { return &w.To.City })
	f.text(u, "address.state", a.State, func(w *desk.OrderDeed) *string { return &w.To.State })
	f.text(u, "address.postcode", a.Postcode, func(w *desk.OrderDeed) *string { return &w.To.Postcode })
	country := kit.TextField(u, words.Country(a.Country), 1)
	f.add(&kit.Field{Label: words.T("address.country"), Object: country}, country, func(w *desk.OrderDeed) error {
		if w.To.Country = a.Country; country.Text != words.Country(a.Country) {
			w.To.Country = importer.CountryCode(country.Text)
		}
		return nil
	})
	f.text(u, "address.phone", a.Phone, func(w *desk.OrderDeed) *string { return &w.To.Phone })
}
