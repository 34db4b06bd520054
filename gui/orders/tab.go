package orders

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

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
	Late       bool
}

func (f filter) empty() bool { return f == filter{} }

// query is the question to the desk at this moment.
func (f filter) query(shop int64, now time.Time, o kit.Order) data.OrderQuery {
	q := data.OrderQuery{
		Search: f.Search, ShopID: shop, Country: f.Country, NoTracking: f.NoTracking, Late: f.Late, Now: now,
		Sort: data.OrderSort(o.Sort), Ascending: o.Ascending,
	}
	if f.Status != "" {
		q.Statuses = []data.OrderStatus{f.Status}
	}
	switch {
	case f.Days == dateRange:
		q.From, q.To = f.From, f.To
	case f.Days == 1:
		local := now.In(time.Local)
		q.From = time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, time.Local).UTC()
	case f.Days > 1:
		q.From = now.AddDate(0, 0, -f.Days)
	}
	return q
}

// Tab is the tab of orders: a table with filters, and the chosen order
// beside it.
type Tab struct {
	env     *env
	filter  filter
	table   *kit.Table[data.OrderRow]
	detail  *detail
	content fyne.CanvasObject

	search          *kit.Search
	status          *kit.Choice[data.OrderStatus]
	country         *kit.Choice[string]
	date            *kit.Choice[int]
	untracked, late *widget.Check
	clear           *widget.Button
}

// New makes the tab.
func New(shared *show.Env, d Desk) *Tab {
	e := &env{shared, d}
	o := &Tab{env: e}
	o.detail = newDetail(e)
	o.table = kit.NewTable(e.UI, kit.TableOptions[data.OrderRow]{
		Name: "orders", Columns: columns(e), Order: kit.Order{Sort: string(data.OrderByOrdered)},
		Source:   o.source,
		OnSelect: o.detail.choose,
		OnOpen:   func(data.OrderRow) { o.detail.focus() },
		Menu:     o.menu,
		Empty:    o.nothing,
		OnLoaded: func(int) { e.ChangedStatus() },
	})
	o.content = container.NewBorder(o.filters(), nil, nil, nil, kit.KeptSplit(e.UI, "orders.split", 0.6, o.table, o.detail.object))
	return o
}

func (o *Tab) source() kit.Source[data.OrderRow] {
	filter, shop, now := o.filter, o.env.Shop(), o.env.UI.Now()
	return kit.Source[data.OrderRow]{
		First: func(ctx context.Context, by kit.Order, limit int) ([]data.OrderRow, error) {
			return o.env.desk.OrderFirst(ctx, filter.query(shop, now, by), limit)
		},
		IDs: func(ctx context.Context, by kit.Order) ([]int32, error) {
			return o.env.desk.OrderIDs(ctx, filter.query(shop, now, by))
		},
		Rows: o.env.desk.OrderRows,
		ID:   func(r data.OrderRow) int64 { return r.ID },
	}
}

// columns are the columns of the table of orders.
func columns(e *env) []kit.Column[data.OrderRow] {
	now := e.UI.Now
	return []kit.Column[data.OrderRow]{
		{ID: "number", Title: "col.number", Width: 146, Bold: true, Sort: string(data.OrderByNumber), Text: func(r data.OrderRow) string { return r.Number }},
		{
			ID: "shop", Title: "col.shop", Width: 92, Sort: string(data.OrderByShop), Text: func(r data.OrderRow) string { return r.ShopName },
			Tip: func(r data.OrderRow) string { return r.Platform.Title() + " · " + r.ShopName },
		},
		{
			ID: "buyer", Title: "col.buyer", Width: 118, Grow: true, Sort: string(data.OrderByBuyer), Text: func(r data.OrderRow) string { return words.Join(" · ", r.BuyerName, r.Country) },
			Tip: func(r data.OrderRow) string {
				return words.Join(" · ", r.BuyerName, r.BuyerHandle, words.Country(r.Country))
			},
		},
		{
			ID: "status", Title: "col.status", Width: 84, Badge: true, Sort: string(data.OrderByStatus), Text: show.StatusText, Role: show.StatusRole,
			Tip: func(r data.OrderRow) string { return words.Join(" · ", show.StatusText(r), r.PlatformStatus) },
		},
		{ID: "total", Title: "col.total", Width: 94, Right: true, Desc: true, Sort: string(data.OrderByTotal), Text: func(r data.OrderRow) string { return words.Money(r.Total) }},
		{
			ID: "ordered", Title: "col.ordered", Width: 114, Desc: true, Sort: string(data.OrderByOrdered), Text: func(r data.OrderRow) string { return words.Time(r.OrderedAt, r.Zone, now()) },
			Tip: func(r data.OrderRow) string { return words.TimeFull(r.OrderedAt, r.Zone) },
		},
		{
			ID: "ship_by", Title: "col.ship_by", Width: 104, Sort: string(data.OrderByShipBy), Text: func(r data.OrderRow) string { return shipByText(r, now()) },
			Role: func(r data.OrderRow) kit.Role { return shipByRole(r, now()) }, Tip: func(r data.OrderRow) string { return shipByTip(r, now()) },
		},
		{ID: "marks", Title: "col.marks", Width: 62, Text: marks, Tip: marksTip},
		{ID: "tracking", Title: "col.tracking", Width: 118, Text: func(r data.OrderRow) string { return r.Tracking }},
		{ID: "item", Title: "col.item", Width: 180, Hidden: true, Text: func(r data.OrderRow) string { return r.ItemTitle }},
		{ID: "country", Title: "col.country", Width: 92, Hidden: true, Sort: string(data.OrderByCountry), Text: func(r data.OrderRow) string { return words.Country(r.Country) }},
		{
			ID: "shipped", Title: "col.shipped", Width: 98, Hidden: true, Desc: true, Sort: string(data.OrderByShipped), Text: func(r data.OrderRow) string { return words.Time(r.ShippedAt, r.Zone, now()) },
			Tip: func(r data.OrderRow) string { return words.TimeFull(r.ShippedAt, r.Zone) },
		},
	}
}

// shipByText is the ship-by date, with a sign when it presses.
func shipByText(r data.OrderRow, now time.Time) string {
	if !show.WaitsForShipping(r) || r.ShipBy.IsZero() {
		return words.Day(r.ShipBy, r.Zone, now)
	}
	text, _ := kit.Urgency(r.ShipBy, now)
	return text
}

func shipByRole(r data.OrderRow, now time.Time) kit.Role {
	if !show.WaitsForShipping(r) {
		return kit.Muted
	}
	_, role := kit.Urgency(r.ShipBy, now)
	return role
}

func shipByTip(r data.OrderRow, now time.Time) string {
	if r.ShipBy.IsZero() {
		return ""
	}
	full := words.TimeFull(r.ShipBy, r.Zone)
	if show.WaitsForShipping(r) {
		return words.Left(r.ShipBy, now) + " · " + full
	}
	return full
}

// marks shows what hangs on an order; the tooltip says it in words.
func marks(r data.OrderRow) string {
	var marks []string
	if r.Disputes > 0 {
		marks = append(marks, fmt.Sprintf("△%d", r.Disputes))
	}
	if r.Evidence > 0 {
		marks = append(marks, fmt.Sprintf("◇%d", r.Evidence))
	}
	return strings.Join(marks, " ")
}

func marksTip(r data.OrderRow) string {
	var marks []string
	if r.Disputes > 0 {
		marks = append(marks, "△ "+words.N("orders.mark.disputes", r.Disputes))
	}
	if r.Evidence > 0 {
		marks = append(marks, "◇ "+words.N("orders.mark.evidence", r.Evidence))
	}
	return strings.Join(marks, " · ")
}

// filters is the line above the table.
func (o *Tab) filters() fyne.CanvasObject {
	o.search = kit.NewSearch(o.env.UI, words.T("orders.search"), func(text string) { o.narrow(func(f *filter) { f.Search = text }) })
	kit.ToHits(o.search, o.table.Focus)
	o.status = kit.NewChoice(kit.FilterOptions("orders.chip.status", kit.Options("order_status", data.OrderStatuses())), "",
		func(s data.OrderStatus) { o.narrow(func(f *filter) { f.Status = s }) })
	o.country = kit.NewChoice(kit.FilterOptions("orders.chip.country", marketOptions()), "",
		func(c string) { o.narrow(func(f *filter) { f.Country = c }) })
	o.date = kit.NewChoice([]kit.Option[int]{
		{Value: dateAny, Text: words.T("orders.chip.date.any")},
		{Value: 1, Text: words.T("orders.chip.date.today")},
		{Value: 7, Text: words.T("orders.chip.date.week")},
		{Value: 30, Text: words.T("orders.chip.date.month")},
		{Value: 90, Text: words.T("orders.chip.date.quarter")},
		{Value: dateRange, Text: words.T("orders.chip.date.range")},
	}, dateAny, o.dateChosen)
	o.untracked = widget.NewCheck(words.T("orders.chip.no_tracking"), func(on bool) { o.narrow(func(f *filter) { f.NoTracking = on }) })
	o.late = widget.NewCheck(words.T("orders.chip.late"), func(on bool) { o.narrow(func(f *filter) { f.Late = on }) })
	o.clear = kit.NewButton("orders.clear", words.T("orders.none.clear"), o.clearFilters)
	o.clear.Importance = widget.LowImportance
	o.clear.Hide()
	for id, object := range map[string]fyne.CanvasObject{
		"orders.search": o.search, "orders.status": o.status, "orders.country": o.country, "orders.date": o.date,
		"orders.no_tracking": o.untracked, "orders.late": o.late,
	} {
		kit.Trace(id, object)
	}
	return kit.FilterBar(o.search, kit.RoomFor(o.status), kit.RoomFor(o.country), kit.RoomFor(o.date), o.untracked, o.late, o.clear)
}

// narrow changes the filter and asks anew.
func (o *Tab) narrow(change func(*filter)) {
	before := o.filter
	change(&o.filter)
	if o.filter == before {
		return
	}
	o.clear.Hidden = o.filter.empty()
	o.clear.Refresh()
	o.table.Restart()
}

// dateChosen narrows to a span; a range is asked for first.
func (o *Tab) dateChosen(days int) {
	if days != dateRange {
		o.narrow(func(f *filter) { f.Days, f.From, f.To = days, time.Time{}, time.Time{} })
		return
	}
	from, to := kit.NewTimeField(o.env.UI, o.filter.From, time.Local.String()), kit.NewTimeField(o.env.UI, o.filter.To, time.Local.String())
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
		Done: func() { o.narrow(func(f *filter) { f.Days, f.From, f.To = dateRange, start, end }) },
	})
}

func (o *Tab) clearFilters() {
	o.setFilter(filter{})
	o.table.Restart()
}

// setFilter shows a filter without asking for its rows.
func (o *Tab) setFilter(f filter) {
	o.filter = f
	o.search.SetQuiet(f.Search)
	o.status.Set(f.Status)
	o.country.Set(f.Country)
	o.date.Set(f.Days)
	o.untracked.Checked, o.late.Checked = f.NoTracking, f.Late
	o.untracked.Refresh()
	o.late.Refresh()
	o.clear.Hidden = f.empty()
	o.clear.Refresh()
}

func (o *Tab) nothing() kit.Empty {
	if !o.filter.empty() || o.env.Shop() != 0 {
		return kit.Empty{Text: words.T("orders.none.title") + "\n" + words.T("orders.none.do"), Button: words.T("orders.none.clear"), Do: o.clearFilters}
	}
	return kit.Empty{
		Text:   words.T("orders.empty.title") + "\n" + words.T("orders.empty.do"),
		Button: words.T("orders.empty.import"), Do: func() { o.env.Open(route.Import{Target: "orders"}) },
	}
}

func (o *Tab) menu(r data.OrderRow) []*fyne.MenuItem {
	return []*fyne.MenuItem{
		fyne.NewMenuItem(words.T("order.action.reply"), func() { o.env.Open(route.Reply{Order: r}) }),
		fyne.NewMenuItem(words.T("order.action.evidence"), func() { o.env.ChooseEvidence(show.Target{OrderID: r.ID}) }),
		fyne.NewMenuItem(words.T("order.action.dispute"), func() { o.env.Open(route.NewDispute{Order: r}) }),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(words.T("order.copy_number"), func() { o.env.UI.Copy(r.Number, words.T("copied", "text", r.Number)) }),
	}
}

// Name is for screen.
func (o *Tab) Name() string { return "orders" }

// Content is for screen.
func (o *Tab) Content() fyne.CanvasObject { return o.content }

// Reload is for screen.
func (o *Tab) Reload() { o.table.Reload() }

// Find is for screen.
func (o *Tab) Find() { o.env.UI.Window.Canvas().Focus(o.search) }

// New opens a dispute on the order that is in view.
func (o *Tab) New() {
	if r, ok := o.table.Selected(); ok {
		o.env.Open(route.NewDispute{Order: r})
		return
	}
	o.env.Open(route.NewDispute{})
}

// Status is for screen.
func (o *Tab) Status() string { return kit.ShownCount("orders.count", o.table.Count()) }

// Rows is how many rows are listed.
func (o *Tab) Rows() int { return o.table.Count() }

// Open shows an order. When the filters hide it, they are cleared.
func (o *Tab) Open(id int64) {
	if id == 0 {
		return
	}
	if !o.filter.empty() {
		o.setFilter(filter{})
		o.table.Restart()
	}
	o.table.Select(id)
	o.detail.show(id)
}

// Proof is for screen.
func (o *Tab) Proof() (show.Target, string, bool) {
	v := o.detail.view
	return show.Target{OrderID: v.Order.ID}, words.T("proof.order", "number", v.Order.Number), v.Order.ID != 0
}

// Export is for screen: a bundle is made of a dispute, so there is none here.
func (o *Tab) Export() {}

// saved is what the tab keeps over a rebuild of the window.
type saved struct {
	filter filter
	table  kit.TableState
}

// State is for screen.
func (o *Tab) State() any { return saved{o.filter, o.table.State()} }

// Restore is for screen.
func (o *Tab) Restore(state any) {
	if s, ok := state.(saved); ok {
		o.setFilter(s.filter)
		o.table.Restore(s.table)
	}
}
