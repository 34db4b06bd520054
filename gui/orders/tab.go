package orders

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// Spans of ordering that the date filter offers, in days; dateRange asks for
// two dates.
const (
	dateAny   = 0
	dateRange = -1
)

// filter is what narrows the orders down, beside the window's shop.
type filter struct {
	Search     string
	Status     data.OrderStatus
	Country    string
	Days       int // dateAny, dateRange, or that many days back from now
	From, To   time.Time
	NoTracking bool
	Unproven   bool
	HeldOver   bool
	Late       bool
	Risk       data.RiskLevel // "" any
}

// query is the question to the desk at this moment.
func (f filter) query(shop int64, now time.Time, o kit.Order) data.OrderQuery {
	q := data.OrderQuery{
		Search: f.Search, ShopID: shop, Country: f.Country, NoTracking: f.NoTracking, Unproven: f.Unproven, HeldOver: f.HeldOver, Late: f.Late, Now: now,
		Sort: data.OrderSort(o.Sort), Ascending: o.Ascending,
	}
	if f.Risk != data.RiskNone {
		q.Risks = []data.RiskLevel{f.Risk}
	}
	if f.Status != "" {
		q.Statuses = []data.OrderStatus{f.Status}
	}
	switch {
	case f.Days == dateRange:
		q.From, q.To = data.Earliest(f.From), f.To
		if data.IsDay(f.To) { // a span of days holds its last one
			q.To = data.Due(f.To, time.Local).Add(time.Millisecond)
		}
	case f.Days == 1:
		local := now.In(time.Local)
		q.From = time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, time.Local).UTC()
	case f.Days > 1:
		q.From = now.AddDate(0, 0, -f.Days)
	}
	return q
}

// Tab is the tab of orders: the list, and the chosen order beside it.
type Tab struct {
	*show.List[data.OrderRow, filter]
	env    *env
	detail *detail
	date   *kit.Choice[int]
}

// New makes the tab.
func New(shared *show.Env, d Desk) *Tab {
	e := &env{shared, d}
	o := &Tab{env: e, detail: newDetail(e)}
	o.List = show.NewList(shared, show.ListOptions[data.OrderRow, filter]{
		Name: "orders", Of: []string{data.EntityOrder}, Search: func(f *filter) *string { return &f.Search }, Hint: "orders.search",
		Columns: columns(e), Order: kit.Order{Sort: string(data.OrderByOrdered)}, Source: o.source, Deeds: o.deeds, Several: o.deedsOfSeveral,
		Pane: o.detail, Offset: 0.63, Count: "orders.count", None: "orders.none.title", Empty: o.empty,
	})
	show.AddChoice(o.List, "status", "orders.chip.status", kit.Options("order_status", data.OrderStatuses()), func(f *filter) *data.OrderStatus { return &f.Status })
	show.AddChoice(o.List, "risk", "orders.chip.risk", kit.Options("risk.level", data.RiskLevels()), func(f *filter) *data.RiskLevel { return &f.Risk })
	show.AddChoice(o.List, "country", "orders.chip.country", marketOptions(), func(f *filter) *string { return &f.Country })
	o.date = kit.NewChoice([]kit.Option[int]{
		{Value: dateAny, Text: words.T("orders.chip.date.any")},
		{Value: 1, Text: words.T("orders.chip.date.today")},
		{Value: 7, Text: words.T("orders.chip.date.week")},
		{Value: 30, Text: words.T("orders.chip.date.month")},
		{Value: 90, Text: words.T("orders.chip.date.quarter")},
		{Value: dateRange, Text: words.T("orders.chip.date.range")},
	}, dateAny, o.dateChosen)
	kit.Trace("orders.date", o.date)
	o.AddFilter(kit.RoomFor(o.date), func(f filter) { o.date.Set(f.Days) })
	papers := kit.NewButton("orders.papers", words.T("papers.many"), o.printPapers)
	lacks := kit.NewButton("orders.lacks", "", nil)
	lacks.OnTapped = func() { kit.MenuBelow(o.env.UI, lacks, o.lacking()...) }
	o.AddFilter(lacks, func(f filter) { lacks.SetText(f.lacksWords()) })
	o.AddButton(papers)
	return o
}

// gaps are the filters of what an order lacks; several can be on.
var gaps = []struct {
	name string
	of   func(*filter) *bool
}{
	{"late", func(f *filter) *bool { return &f.Late }},
	{"no_tracking", func(f *filter) *bool { return &f.NoTracking }},
	{"unproven", func(f *filter) *bool { return &f.Unproven }},
	{"held_over", func(f *filter) *bool { return &f.HeldOver }},
}

// HeldOver shows the orders whose hold is over, and no others.
func (o *Tab) HeldOver() { o.Narrow(func(f *filter) { *f = filter{HeldOver: true} }) }

// lacking are the lines of the menu of what an order lacks.
func (o *Tab) lacking() []*fyne.MenuItem {
	now := o.Filter()
	var items []*fyne.MenuItem
	for _, g := range gaps {
		item := fyne.NewMenuItem(words.T("orders.chip."+g.name), func() { o.Narrow(func(f *filter) { *g.of(f) = !*g.of(f) }) })
		item.Checked = *g.of(&now)
		items = append(items, item)
	}
	return items
}

// lacksWords is what the filter of gaps says on its button.
func (f filter) lacksWords() string {
	var on []string
	for _, g := range gaps {
		if *g.of(&f) {
			on = append(on, words.T("orders.chip."+g.name))
		}
	}
	if len(on) == 0 {
		on = []string{words.T("orders.chip.lacks")}
	}
	return strings.Join(on, " + ") + " ▾"
}

func (o *Tab) source(f filter) kit.Source[data.OrderRow] {
	shop, now := o.env.Shop(), o.env.UI.Now()
	return kit.Source[data.OrderRow]{
		First: func(ctx context.Context, by kit.Order, limit int) ([]data.OrderRow, error) {
			return o.env.desk.OrderFirst(ctx, f.query(shop, now, by), limit)
		},
		IDs: func(ctx context.Context, by kit.Order) ([]int32, error) {
			return o.env.desk.OrderIDs(ctx, f.query(shop, now, by))
		},
		Rows: o.env.desk.OrderRows,
		ID:   func(r data.OrderRow) int64 { return r.ID },
	}
}

// dateChosen narrows to a span; a range is asked for first.
func (o *Tab) dateChosen(days int) {
	if days != dateRange {
		o.Narrow(func(f *filter) { f.Days, f.From, f.To = days, time.Time{}, time.Time{} })
		return
	}
	before := o.Filter()
	from, to := kit.NewTimeField(o.env.UI, before.From, time.Local.String()), kit.NewTimeField(o.env.UI, before.To, time.Local.String())
	var start, end time.Time
	o.env.UI.OpenForm(kit.FormSheet{
		Name: "orders.range", Title: words.T("orders.chip.date"), Width: 460, Save: words.T("orders.range.do"), Focus: from.Entry,
		Fields: []*kit.Field{kit.TimeRow(words.T("orders.range.from"), from, false), kit.TimeRow(words.T("orders.range.to"), to, false)},
		Read: func() (err error) {
			if start, err = from.Value(); err != nil {
				return err
			}
			end, err = to.Value()
			return err
		},
		Work: func(context.Context) error { return nil },
		Done: func() { o.Narrow(func(f *filter) { f.Days, f.From, f.To = dateRange, start.UTC(), end.UTC() }) },
	})
}

func (o *Tab) empty() kit.Empty {
	return kit.Empty{
		Text:   words.T("orders.empty.title") + "\n" + words.T("orders.empty.do"),
		Button: words.T("orders.empty.import"), Do: func() { o.env.Open(route.Import{Target: "orders"}) },
	}
}

func (o *Tab) deeds(r data.OrderRow) kit.Deeds {
	return append(o.detail.Deeds(r.ID, o.detail.Focus, o.detail.actions()), kit.Action{
		Text: words.T("order.copy_number"), Rule: true, Do: func() { o.env.UI.Copy(r.Number, words.T("copied", "text", r.Number)) },
	}, kit.Stays("stays.order"))
}

// Name is the tab's name.
func (o *Tab) Name() string { return "orders" }

// New opens a dispute on the order that is in view.
func (o *Tab) New() {
	r, _ := o.Table.Selected()
	o.env.Open(route.NewDispute{Order: r})
}

// TypedKey hears function keys, wherever the keys are.
func (o *Tab) TypedKey(key fyne.KeyName) {
	switch key {
	case fyne.KeyF2:
		o.WriteDown()
	case fyne.KeyF3:
		if !o.env.UI.SheetOpen() {
			o.detail.packing()
		}
	}
}

// WriteDown offers what can be written down of the order in view, or of the orders
// chosen together.
func (o *Tab) WriteDown() {
	if ids := o.several(); ids != nil {
		o.writeSeveral(ids)
		return
	}
	o.detail.write()
}

// WriteOf shows an order, and offers what can be written down of it.
func (o *Tab) WriteOf(id int64) {
	o.Open(id)
	o.detail.When(id, o.detail.write)
}

// Proof is the order in view.
func (o *Tab) Proof() (show.Target, string, bool) {
	v := o.detail.view
	return show.Target{OrderID: v.Order.ID}, words.T("proof.order", "number", v.Order.Number), v.Order.ID != 0
}

// Export does nothing: a bundle is made of a dispute.
func (o *Tab) Export() {}

// State is what the tab keeps over a rebuild of the window.
func (o *Tab) State() any { return o.List.State() }

// Restore takes it over.
func (o *Tab) Restore(state any) {
	if s, ok := state.(show.ListState[filter]); ok {
		o.List.Restore(s)
	}
}
