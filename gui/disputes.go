package gui

import (
	"context"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

func init() {
	screenMakers["disputes"] = func(e *env) screen { return newDisputes(e) }
}

// disputeFilter is what narrows the disputes down, beside the window's shop.
type disputeFilter struct {
	Search   string
	OpenOnly bool
	Stage    data.Stage
	Reason   data.Reason
}

// usualDisputes is the filter at first: what is still open.
var usualDisputes = disputeFilter{OpenOnly: true}

func (f disputeFilter) query(shop int64, o kit.Order) data.DisputeQuery {
	return data.DisputeQuery{
		Search: f.Search, ShopID: shop, Reason: f.Reason, Stage: f.Stage, OpenOnly: f.OpenOnly,
		Sort: data.DisputeSort(o.Sort), Ascending: o.Ascending,
	}
}

// disputes is the tab of disputes: a table with filters, and the chosen case
// beside it.
type disputes struct {
	env     *env
	filter  disputeFilter
	table   *kit.Table[data.DisputeRow]
	detail  *disputeDetail
	listed  fyne.CanvasObject // the table with the chosen case
	binding *binding          // the page of a bundle; nil while none is open
	content *fyne.Container

	search *kit.Search
	open   *widget.Check
	stage  *kit.Choice[data.Stage]
	reason *kit.Choice[data.Reason]
	clear  *widget.Button
}

func newDisputes(e *env) *disputes {
	d := &disputes{env: e, filter: usualDisputes, detail: newDisputeDetail(e)}
	d.table = kit.NewTable(e.ui, kit.TableOptions[data.DisputeRow]{
		Name: "disputes", Columns: disputeColumns(e.ui.Now), Source: d.source,
		Order:    kit.Order{Sort: string(data.DisputeByDue), Ascending: true},
		OnSelect: d.detail.choose,
		OnOpen:   func(data.DisputeRow) { d.detail.focus() },
		Menu:     d.menu,
		Empty:    d.nothing,
		OnLoaded: func(int) { e.changedStatus() },
	})
	d.detail.compose = d.compose
	d.listed = container.NewBorder(d.filters(), nil, nil, nil, keptSplit(e.ui, "disputes.split", 0.45, d.table, d.detail.object))
	d.content = container.NewStack(d.listed)
	return d
}

func (d *disputes) source() kit.Source[data.DisputeRow] {
	filter, shop := d.filter, d.env.shop()
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

func disputeColumns(now func() time.Time) []kit.Column[data.DisputeRow] {
	return []kit.Column[data.DisputeRow]{
		{
			ID: "due", Title: "col.due", Width: 136, Badge: true, Sort: string(data.DisputeByDue), Text: func(r data.DisputeRow) string { return doubtful(disputeDue(r, now()), r.DueSure) },
			Role: func(r data.DisputeRow) kit.Role { _, role := kit.Urgency(countingDue(r), now()); return role },
			Tip:  func(r data.DisputeRow) string { return sureTip(dueTip(r.Due, r.Zone, now()), r.DueSure) },
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

// countingDue is the date that still counts: none in a closed case.
func countingDue(r data.DisputeRow) time.Time {
	if r.Stage == data.StageClosed {
		return time.Time{}
	}
	return r.Due
}

func disputeDue(r data.DisputeRow, now time.Time) string {
	if r.Stage == data.StageClosed {
		return words.Of("stage", r.Stage)
	}
	return dueText(r.Due, now)
}

func (d *disputes) filters() fyne.CanvasObject {
	d.search = kit.NewSearch(d.env.ui, words.T("disputes.search"), func(text string) { d.narrow(func(f *disputeFilter) { f.Search = text }) })
	toHits(d.search, d.table.Focus)
	d.open = widget.NewCheck(words.T("disputes.chip.open"), func(on bool) { d.narrow(func(f *disputeFilter) { f.OpenOnly = on }) })
	d.open.Checked = d.filter.OpenOnly
	d.stage = kit.NewChoice(filterOptions("disputes.chip.stage", kit.Options("stage", data.Stages())), "", d.stageChosen)
	d.reason = kit.NewChoice(filterOptions("disputes.chip.reason", kit.Options("reason", data.Reasons())), "",
		func(r data.Reason) { d.narrow(func(f *disputeFilter) { f.Reason = r }) })
	d.clear = kit.NewButton("disputes.clear", words.T("orders.none.clear"), d.clearFilters)
	d.clear.Importance = widget.LowImportance
	d.clear.Hide()
	fresh := kit.NewButton("disputes.new", words.T("disputes.new"), d.New)
	kit.Trace("disputes.search", d.search)
	kit.Trace("disputes.open_only", d.open)
	kit.Trace("disputes.stage", d.stage)
	kit.Trace("disputes.reason", d.reason)
	return filterBar(d.search, d.open, roomFor(d.stage), roomFor(d.reason), d.clear, fresh)
}

// stageChosen narrows to a stage. A closed case is not open, so that filter
// gives way.
func (d *disputes) stageChosen(s data.Stage) {
	d.narrow(func(f *disputeFilter) {
		f.Stage = s
		if s == data.StageClosed {
			f.OpenOnly = false
		}
	})
	d.open.Checked = d.filter.OpenOnly
	d.open.Refresh()
}

func (d *disputes) narrow(change func(*disputeFilter)) {
	before := d.filter
	change(&d.filter)
	if d.filter == before {
		return
	}
	d.clear.Hidden = d.filter == usualDisputes
	d.clear.Refresh()
	d.table.Restart()
}

func (d *disputes) clearFilters() {
	d.setFilter(usualDisputes)
	d.table.Restart()
}

func (d *disputes) setFilter(f disputeFilter) {
	d.filter = f
	d.search.SetQuiet(f.Search)
	d.open.Checked = f.OpenOnly
	d.open.Refresh()
	d.stage.Set(f.Stage)
	d.reason.Set(f.Reason)
	d.clear.Hidden = f == usualDisputes
	d.clear.Refresh()
}

func (d *disputes) nothing() kit.Empty {
	if d.filter != usualDisputes || d.env.shop() != 0 {
		return kit.Empty{Text: words.T("disputes.none.title") + "\n" + words.T("orders.none.do"), Button: words.T("orders.none.clear"), Do: d.clearFilters}
	}
	return kit.Empty{Text: words.T("disputes.empty.title") + "\n" + words.T("disputes.empty.do"), Button: words.T("disputes.new"), Do: d.New}
}

func (d *disputes) menu(r data.DisputeRow) []*fyne.MenuItem {
	return []*fyne.MenuItem{
		fyne.NewMenuItem(words.T("dispute.add_evidence"), func() { d.env.chooseEvidence(proofTarget{orderID: r.OrderID, disputeID: r.ID}) }),
		fyne.NewMenuItem(words.T("dispute.order"), func() { d.env.openOrder(r.OrderID) }),
		fyne.NewMenuItem(words.T("order.copy_number"), func() { d.env.ui.Copy(r.OrderNumber, words.T("copied", "text", r.OrderNumber)) }),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(words.T("dispute.bin"), func() {
			d.env.deed(words.T("dispute.binned"), func(ctx context.Context) error { return d.env.desk.BinDispute(ctx, r.ID) })
		}),
	}
}

// Name is for screen.
func (d *disputes) Name() string { return "disputes" }

// Content is for screen.
func (d *disputes) Content() fyne.CanvasObject { return d.content }

// compose shows the page on which the bundle of a dispute is composed.
func (d *disputes) compose(id int64) { d.composeAs(&bindingState{id: id}) }

// composeAs does so as the page was before the window was made anew.
func (d *disputes) composeAs(state *bindingState) {
	if d.binding != nil {
		d.binding.close()
	}
	b := newBinding(d.env, state.id)
	d.binding = b
	b.back = d.leave
	b.follow = func(ref data.Ref) {
		d.leave()
		d.detail.reveal(ref)
	}
	b.proof = func() {
		d.leave()
		d.detail.tabs.Select(d.detail.partProof)
	}
	d.env.ui.Window.Canvas().Unfocus()
	showOnly(d.content, b.content)
	if state.profile != "" {
		b.restore(state)
	}
	b.open()
	kit.Event("binding", "dispute", state.id)
}

// leave goes back from the page of a bundle to the case.
func (d *disputes) leave() {
	if d.binding == nil {
		return
	}
	d.binding.close()
	d.binding = nil
	d.env.ui.Window.Canvas().Unfocus()
	showOnly(d.content, d.listed)
	d.table.Reload()
}

// unsaved stores what is not stored yet of the bundle that is composed.
func (d *disputes) unsaved() func(context.Context) error {
	if d.binding == nil || d.binding.stored() {
		return func(context.Context) error { return nil }
	}
	return d.binding.storeAll()
}

// typedKey hears keys that no widget has taken.
func (d *disputes) typedKey(key fyne.KeyName) {
	if d.binding != nil {
		d.binding.typedKey(key)
	}
}

// Reload is for screen.
func (d *disputes) Reload() {
	d.table.Reload()
	if d.binding != nil {
		d.binding.Reload()
	}
}

// Find is for screen.
func (d *disputes) Find() {
	if d.binding != nil {
		d.binding.focusPart(partExhibits)
		return
	}
	d.env.ui.Window.Canvas().Focus(d.search)
}

// New opens a dispute; the sheet asks for the order.
func (d *disputes) New() { openDisputeSheet(d.env, data.OrderRow{}) }

// Status is for screen.
func (d *disputes) Status() string { return shownCount("disputes.count", d.table.Count()) }

// Rows is how many rows are listed.
func (d *disputes) Rows() int { return d.table.Count() }

// Open shows a dispute, also one that the filters hide.
func (d *disputes) Open(id int64) {
	if id == 0 {
		return
	}
	if d.binding != nil && d.binding.id != id {
		d.leave()
	}
	if d.filter != usualDisputes {
		d.setFilter(usualDisputes)
		d.table.Restart()
	}
	d.table.Select(id)
	d.detail.show(id)
}

// Proof is for screen.
func (d *disputes) Proof() (proofTarget, string, bool) {
	v := d.detail.view
	number := v.Dispute.CaseNumber
	if number == "" {
		number = v.Order.Number
	}
	return proofTarget{orderID: v.Order.ID, disputeID: v.Dispute.ID}, words.T("proof.dispute", "number", number), v.Dispute.ID != 0
}

// Export opens the page of the bundle of the dispute in view; on that page it
// binds.
func (d *disputes) Export() {
	if d.binding != nil {
		d.binding.target.bind.export()
		return
	}
	d.detail.bind()
}

type disputesState struct {
	filter  disputeFilter
	table   kit.TableState
	part    int           // which part of the case was in view
	binding *bindingState // nil where no bundle was composed
}

// State is for screen.
func (d *disputes) State() any {
	s := disputesState{filter: d.filter, table: d.table.State(), part: d.detail.tabs.SelectedIndex()}
	if d.binding != nil {
		s.binding = d.binding.state()
		d.binding.close()
	}
	return s
}

// Restore is for screen.
func (d *disputes) Restore(state any) {
	if s, ok := state.(disputesState); ok {
		d.setFilter(s.filter)
		d.detail.tabs.SelectIndex(s.part)
		d.table.Restore(s.table)
		if s.binding != nil {
			d.composeAs(s.binding)
		}
	}
}
