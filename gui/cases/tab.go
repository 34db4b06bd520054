package cases

import (
	"cmp"
	"context"

	"fyne.io/fyne/v2/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/gui/kit"
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

// giveWay makes one of two filters give way that leave nothing together: a closed
// case is not open.
func giveWay(before filter, now *filter) {
	if now.Stage != data.StageClosed || !now.OpenOnly {
		return
	}
	if before.OpenOnly {
		now.OpenOnly = false
	} else {
		now.Stage = ""
	}
}

// Tab is the tab of disputes: the list, and the chosen case beside it.
type Tab struct {
	*show.List[data.DisputeRow, filter]
	env     *env
	detail  *detail
	page    Page               // on which a bundle is composed; nil while none is open
	missed  []data.ChangeEvent // while it was
	content *fyne.Container
}

// New makes the tab.
func New(shared *show.Env, desk Desk, r Rooms) *Tab {
	e := &env{shared, desk, r}
	d := &Tab{env: e, detail: newDetail(e)}
	d.List = show.NewList(shared, show.ListOptions[data.DisputeRow, filter]{
		Name: "disputes", Of: []string{data.EntityDispute}, Usual: usual, Search: func(f *filter) *string { return &f.Search }, Hint: "disputes.search", GiveWay: giveWay,
		Columns: columns(e.UI.Now), Order: kit.Order{Sort: string(data.DisputeByDue), Ascending: true}, Source: d.source, Deeds: d.deeds,
		Pane: d.detail, Offset: 0.57, Count: "disputes.count", None: "disputes.none.title", Empty: d.empty,
	})
	d.AddCheck("open_only", words.T("disputes.chip.open"), func(f *filter) *bool { return &f.OpenOnly })
	show.AddChoice(d.List, "stage", "disputes.chip.stage", kit.Options("stage", data.Stages()), func(f *filter) *data.Stage { return &f.Stage })
	show.AddChoice(d.List, "reason", "disputes.chip.reason", kit.Options("reason", data.Reasons()), func(f *filter) *data.Reason { return &f.Reason })
	d.AddButton(kit.NewIconButton("disputes.new", words.T("disputes.new"), theme.ContentAddIcon(), d.New))
	d.detail.compose = d.compose
	d.content = container.NewStack(d.List.Content())
	return d
}

func (d *Tab) source(f filter) kit.Source[data.DisputeRow] {
	shop := d.env.Shop()
	return kit.Source[data.DisputeRow]{
		First: func(ctx context.Context, by kit.Order, limit int) ([]data.DisputeRow, error) {
			return d.env.desk.DisputeFirst(ctx, f.query(shop, by), limit)
		},
		IDs: func(ctx context.Context, by kit.Order) ([]int32, error) {
			return d.env.desk.DisputeIDs(ctx, f.query(shop, by))
		},
		Rows: d.env.desk.DisputeRows,
		ID:   func(r data.DisputeRow) int64 { return r.ID },
	}
}

func (d *Tab) empty() kit.Empty {
	return kit.Empty{Text: words.T("disputes.empty.title") + "\n" + words.T("disputes.empty.do"), Button: words.T("disputes.new"), Do: d.New}
}

func (d *Tab) deeds(r data.DisputeRow) kit.Deeds {
	return append(d.detail.Deeds(r.ID, d.detail.Focus, d.detail.all()), kit.Action{
		Text: words.T("order.copy_number"), Rule: true, Do: func() { d.env.UI.Copy(r.OrderNumber, words.T("copied", "text", r.OrderNumber)) },
	})
}

// Name is for the frame.
func (d *Tab) Name() string { return "disputes" }

// Content is for the frame.
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
			d.detail.parts.Select(d.detail.partProof)
		},
	})
	d.env.UI.Window.Canvas().Unfocus()
	kit.ShowOnly(d.content, d.page.Content())
	d.page.Open()
	kit.Event("bind", "dispute", id)
}

// Composing reports whether the page of a bundle is in view.
func (d *Tab) Composing() bool { return d.page != nil }

// leave goes back from the page of a bundle to the case.
func (d *Tab) leave() {
	if d.page == nil {
		return
	}
	d.page.Close()
	d.page = nil
	d.env.UI.Window.Canvas().Unfocus()
	kit.ShowOnly(d.content, d.List.Content())
	d.List.Changed(d.missed)
	d.missed = nil
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

// Reload asks for everything anew.
func (d *Tab) Reload() {
	d.List.Reload()
	if d.page != nil {
		d.page.Reload()
	}
}

// Changed asks anew for what changed and is shown.
func (d *Tab) Changed(events []data.ChangeEvent) {
	if d.page != nil {
		d.missed = append(d.missed, events...)
		d.page.Changed(events)
		return
	}
	d.List.Changed(events)
}

// Find is for the frame.
func (d *Tab) Find() {
	if d.page != nil {
		d.page.Focus()
		return
	}
	d.List.Find()
}

// New opens a dispute; the sheet asks for the order.
func (d *Tab) New() { d.OpenNew(data.OrderRow{}) }

// OpenNew opens the sheet that opens a dispute on an order; the zero row lets
// the person choose one.
func (d *Tab) OpenNew(order data.OrderRow) { openDisputeSheet(d.env, order) }

// Open shows a dispute, also one that the filters hide.
func (d *Tab) Open(id int64) {
	if id == 0 {
		return
	}
	if d.page != nil && d.page.Dispute() != id {
		d.leave()
	}
	d.List.Open(id)
}

// Proof is for the frame.
func (d *Tab) Proof() (show.Target, string, bool) {
	v := d.detail.view
	number := cmp.Or(v.Dispute.CaseNumber, v.Order.Number)
	return d.detail.target(), words.T("proof.dispute", "number", number), v.Dispute.ID != 0
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
	list    show.ListState[filter]
	part    int   // which part of the case was in view
	dispute int64 // whose bundle was composed; 0: none
	page    any   // the state of its page
}

// State is what the tab keeps over a rebuild of the window.
func (d *Tab) State() any {
	s := saved{list: d.List.State(), part: d.detail.parts.SelectedIndex()}
	if d.page != nil {
		s.dispute, s.page = d.page.Dispute(), d.page.State()
		d.page.Close()
	}
	return s
}

// Restore takes it over.
func (d *Tab) Restore(state any) {
	if s, ok := state.(saved); ok {
		d.detail.parts.SelectIndex(s.part)
		d.List.Restore(s.list)
		if s.dispute != 0 {
			d.composeAs(s.dispute, s.page)
		}
	}
}
