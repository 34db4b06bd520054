package cases

import (
	"context"
	"strconv"
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

// filter is what narrows the disputes down, beside the window's shop.
type filter struct {
	Search   string
	OpenOnly bool
	Stage    data.Stage
	Reason   data.Reason
}

// usual is the filter at first: what is still open.
var usual = filter{OpenOnly: true}

func (f filter) query(shop int64, o kit.Order) data.DisputeQuery {
	return data.DisputeQuery{
		Search: f.Search, ShopID: shop, Reason: f.Reason, Stage: f.Stage, OpenOnly: f.OpenOnly,
		Sort: data.DisputeSort(o.Sort), Ascending: o.Ascending,
	}
}

// Tab is the tab of disputes: a table with filters, and the chosen case
// beside it.
type Tab struct {
	env     *env
	filter  filter
	table   *kit.Table[data.DisputeRow]
	detail  *detail
	listed  fyne.CanvasObject // the table with the chosen case
	page    Page              // on which a bundle is composed; nil while none is open
	content *fyne.Container

	search *kit.Search
	open   *widget.Check
	stage  *kit.Choice[data.Stage]
	reason *kit.Choice[data.Reason]
	clear  *widget.Button
}

// New makes the tab.
func New(shared *show.Env, d Desk, r Rooms) *Tab {
	return newTab(&env{shared, d, r})
}

func newTab(e *env) *Tab {
	d := &Tab{env: e, filter: usual, detail: newDetail(e)}
	d.table = kit.NewTable(e.UI, kit.TableOptions[data.DisputeRow]{
		Name: "disputes", Columns: columns(e.UI.Now), Source: d.source,
		Order:    kit.Order{Sort: string(data.DisputeByDue), Ascending: true},
		OnSelect: d.detail.choose,
		OnOpen:   func(data.DisputeRow) { d.detail.focus() },
		Menu:     d.menu,
		Empty:    d.nothing,
		OnLoaded: func(int) { e.ChangedStatus() },
	})
	d.detail.compose = d.compose
	d.listed = container.NewBorder(d.filters(), nil, nil, nil, kit.KeptSplit(e.UI, "disputes.split", 0.45, d.table, d.detail.object))
	d.content = container.NewStack(d.listed)
	return d
}

func (d *Tab) source() kit.Source[data.DisputeRow] {
	filter, shop := d.filter, d.env.Shop()
	return kit.Source[data.DisputeRow]{
		First: func(ctx context.Context, by kit.Order, limit int) ([]data.DisputeRow, error) {
			return d.env.desk.DisputeFirst(ctx, filter.query(shop, by), limit)
		},
		IDs: func(ctx context.Context, by kit.Order) ([]int32, error) {
			return d.env.desk.DisputeIDs(ctx, filter.query(shop, by))
		},
		Rows: d.env.desk.DisputeRows,
		ID:   func(r data.DisputeRow) int64 { return r.ID },
	}
}

func columns(now func() time.Time) []kit.Column[data.DisputeRow] {
	return []kit.Column[data.DisputeRow]{
		{
			ID: "due", Title: "col.due", Width: 136, Badge: true, Sort: string(data.DisputeByDue), Text: func(r data.DisputeRow) string { return show.Doubtful(disputeDue(r, now()), r.DueSure) },
			Role: func(r data.DisputeRow) kit.Role { _, role := kit.Urgency(show.CountingDue(r), now()); return role },
			Tip:  func(r data.DisputeRow) string { return show.SureTip(show.DueTip(r.Due, r.Zone, now()), r.DueSure) },
		},
		{ID: "case", Title: "col.case", Width: 118, Bold: true, Text: func(r data.DisputeRow) string { return r.CaseNumber }},
		{ID: "order", Title: "col.number", Width: 138, Sort: string(data.DisputeByOrder), Text: func(r data.DisputeRow) string { return r.OrderNumber }},
		{ID: "reason", Title: "col.reason", Width: 120, Grow: true, Sort: string(data.DisputeByReason), Text: func(r data.DisputeRow) string { return words.Of("reason", r.Reason) }},
		{ID: "amount", Title: "col.amount", Width: 96, Right: true, Desc: true, Sort: string(data.DisputeByAmount), Text: func(r data.DisputeRow) string { return words.Money(r.Amount) }},
		{ID: "stage", Title: "col.stage", Width: 108, Sort: string(data.DisputeByStage), Text: func(r data.DisputeRow) string { return words.Of("stage", r.Stage) }},
		{ID: "waiting", Title: "col.waiting", Width: 104, Text: func(r data.DisputeRow) string { return words.Of("waiting", r.Waiting) }},
		{ID: "outcome", Title: "col.outcome", Width: 96, Text: func(r data.DisputeRow) string { return words.Of("outcome", r.Outcome) }},
		{ID: "buyer", Title: "col.buyer", Width: 120, Text: func(r data.DisputeRow) string { return r.BuyerName }},
		{
			ID: "shop", Title: "col.shop", Width: 120, Sort: string(data.DisputeByShop), Text: func(r data.DisputeRow) string { return r.ShopName },
			Tip: func(r data.DisputeRow) string { return r.Platform.Title() + " · " + r.ShopName },
		},
		{ID: "evidence", Title: "col.evidence", Width: 74, Right: true, Text: func(r data.DisputeRow) string { return strconv.Itoa(r.Evidence) }},
		{ID: "bundles", Title: "col.bundles", Width: 74, Right: true, Text: func(r data.DisputeRow) string { return strconv.Itoa(r.Submissions) }},
		{
			ID: "opened", Title: "col.opened", Width: 104, Desc: true, Hidden: true, Sort: string(data.DisputeByOpened), Text: func(r data.DisputeRow) string { return words.Time(r.OpenedAt, r.Zone, now()) },
			Tip: func(r data.DisputeRow) string { return words.TimeFull(r.OpenedAt, r.Zone) },
		},
	}
}

func disputeDue(r data.DisputeRow, now time.Time) string {
	if r.Stage == data.StageClosed {
		return words.Of("stage", r.Stage)
	}
	return show.DueText(r.Due, now)
}

func (d *Tab) filters() fyne.CanvasObject {
	d.search = kit.NewSearch(d.env.UI, words.T("disputes.search"), func(text string) { d.narrow(func(f *filter) { f.Search = text }) })
	kit.ToHits(d.search, d.table.Focus)
	d.open = widget.NewCheck(words.T("disputes.chip.open"), func(on bool) { d.narrow(func(f *filter) { f.OpenOnly = on }) })
	d.open.Checked = d.filter.OpenOnly
	d.stage = kit.NewChoice(kit.FilterOptions("disputes.chip.stage", kit.Options("stage", data.Stages())), "", d.stageChosen)
	d.reason = kit.NewChoice(kit.FilterOptions("disputes.chip.reason", kit.Options("reason", data.Reasons())), "",
		func(r data.Reason) { d.narrow(func(f *filter) { f.Reason = r }) })
	d.clear = kit.NewButton("disputes.clear", words.T("orders.none.clear"), d.clearFilters)
	d.clear.Importance = widget.LowImportance
	d.clear.Hide()
	fresh := kit.NewButton("disputes.new", words.T("disputes.new"), d.New)
	kit.Trace("disputes.search", d.search)
	kit.Trace("disputes.open_only", d.open)
	kit.Trace("disputes.stage", d.stage)
	kit.Trace("disputes.reason", d.reason)
	return kit.FilterBar(d.search, d.open, kit.RoomFor(d.stage), kit.RoomFor(d.reason), d.clear, fresh)
}

// stageChosen narrows to a stage. A closed case is not open, so that filter
// gives way.
func (d *Tab) stageChosen(s data.Stage) {
	d.narrow(func(f *filter) {
		f.Stage = s
		if s == data.StageClosed {
			f.OpenOnly = false
		}
	})
	d.open.Checked = d.filter.OpenOnly
	d.open.Refresh()
}

func (d *Tab) narrow(change func(*filter)) {
	before := d.filter
	change(&d.filter)
	if d.filter == before {
		return
	}
	d.clear.Hidden = d.filter == usual
	d.clear.Refresh()
	d.table.Restart()
}

func (d *Tab) clearFilters() {
	d.setFilter(usual)
	d.table.Restart()
}

func (d *Tab) setFilter(f filter) {
	d.filter = f
	d.search.SetQuiet(f.Search)
	d.open.Checked = f.OpenOnly
	d.open.Refresh()
	d.stage.Set(f.Stage)
	d.reason.Set(f.Reason)
	d.clear.Hidden = f == usual
	d.clear.Refresh()
}

func (d *Tab) nothing() kit.Empty {
	if d.filter != usual || d.env.Shop() != 0 {
		return kit.Empty{Text: words.T("disputes.none.title") + "\n" + words.T("orders.none.do"), Button: words.T("orders.none.clear"), Do: d.clearFilters}
	}
	return kit.Empty{Text: words.T("disputes.empty.title") + "\n" + words.T("disputes.empty.do"), Button: words.T("disputes.new"), Do: d.New}
}

func (d *Tab) menu(r data.DisputeRow) []*fyne.MenuItem {
	return []*fyne.MenuItem{
		fyne.NewMenuItem(words.T("dispute.add_evidence"), func() { d.env.ChooseEvidence(show.Target{OrderID: r.OrderID, DisputeID: r.ID}) }),
		fyne.NewMenuItem(words.T("dispute.order"), func() { d.env.Open(route.Order{ID: r.OrderID}) }),
		fyne.NewMenuItem(words.T("order.copy_number"), func() { d.env.UI.Copy(r.OrderNumber, words.T("copied", "text", r.OrderNumber)) }),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(words.T("dispute.bin"), func() {
			d.env.Deed(words.T("dispute.binned"), func(ctx context.Context) error { return d.env.desk.BinDispute(ctx, r.ID) })
		}),
	}
}

// Name is for screen.
func (d *Tab) Name() string { return "disputes" }

// Content is for screen.
func (d *Tab) Content() fyne.CanvasObject { return d.content }

// compose shows the page on which the bundle of a dispute is composed.
func (d *Tab) compose(id int64) { d.composeAs(id, nil) }

// composeAs does so as the page was before the window was made anew; with a nil
// state it begins afresh.
func (d *Tab) composeAs(id int64, state any) {
	if d.page != nil {
		d.page.Close()
	}
	d.page = d.env.rooms.Page(id, state, Ways{
		Back: d.leave,
		Follow: func(ref data.Ref) {
			d.leave()
			d.detail.reveal(ref)
		},
		Proof: func() {
			d.leave()
			d.detail.tabs.Select(d.detail.partProof)
		},
	})
	d.env.UI.Window.Canvas().Unfocus()
	kit.ShowOnly(d.content, d.page.Content())
	d.page.Open()
	kit.Event("binding", "dispute", id)
}

// leave goes back from the page of a bundle to the case.
func (d *Tab) leave() {
	if d.page == nil {
		return
	}
	d.page.Close()
	d.page = nil
	d.env.UI.Window.Canvas().Unfocus()
	kit.ShowOnly(d.content, d.listed)
	d.table.Reload()
}

// Unsaved stores what is not stored yet of the bundle that is composed.
func (d *Tab) Unsaved() func(context.Context) error {
	if d.page == nil {
		return func(context.Context) error { return nil }
	}
	return d.page.Unsaved()
}

// TypedKey hears keys that no widget has taken.
func (d *Tab) TypedKey(key fyne.KeyName) {
	if d.page != nil {
		d.page.TypedKey(key)
	}
}

// Reload is for screen.
func (d *Tab) Reload() {
	d.table.Reload()
	if d.page != nil {
		d.page.Reload()
	}
}

// Find is for screen.
func (d *Tab) Find() {
	if d.page != nil {
		d.page.Focus()
		return
	}
	d.env.UI.Window.Canvas().Focus(d.search)
}

// New opens a dispute; the sheet asks for the order.
func (d *Tab) New() { d.OpenNew(data.OrderRow{}) }

// OpenNew opens the sheet that opens a dispute on an order; the zero row lets
// the person choose one.
func (d *Tab) OpenNew(order data.OrderRow) { openDisputeSheet(d.env, order) }

// Status is for screen.
func (d *Tab) Status() string { return kit.ShownCount("disputes.count", d.table.Count()) }

// Rows is how many rows are listed.
func (d *Tab) Rows() int { return d.table.Count() }

// Open shows a dispute, also one that the filters hide.
func (d *Tab) Open(id int64) {
	if id == 0 {
		return
	}
	if d.page != nil && d.page.Dispute() != id {
		d.leave()
	}
	if d.filter != usual {
		d.setFilter(usual)
		d.table.Restart()
	}
	d.table.Select(id)
	d.detail.show(id)
}

// Proof is for screen.
func (d *Tab) Proof() (show.Target, string, bool) {
	v := d.detail.view
	number := v.Dispute.CaseNumber
	if number == "" {
		number = v.Order.Number
	}
	return show.Target{OrderID: v.Order.ID, DisputeID: v.Dispute.ID}, words.T("proof.dispute", "number", number), v.Dispute.ID != 0
}

// Export opens the page of the bundle of the dispute in view; on that page it
// binds.
func (d *Tab) Export() {
	if d.page != nil {
		d.page.Export()
		return
	}
	d.detail.bind()
}

type saved struct {
	filter  filter
	table   kit.TableState
	part    int   // which part of the case was in view
	dispute int64 // whose bundle was composed; 0: none
	page    any   // the state of its page
}

// State is for screen.
func (d *Tab) State() any {
	s := saved{filter: d.filter, table: d.table.State(), part: d.detail.tabs.SelectedIndex()}
	if d.page != nil {
		s.dispute, s.page = d.page.Dispute(), d.page.State()
		d.page.Close()
	}
	return s
}

// Restore is for screen.
func (d *Tab) Restore(state any) {
	if s, ok := state.(saved); ok {
		d.setFilter(s.filter)
		d.detail.tabs.SelectIndex(s.part)
		d.table.Restore(s.table)
		if s.dispute != 0 {
			d.composeAs(s.dispute, s.page)
		}
	}
}
