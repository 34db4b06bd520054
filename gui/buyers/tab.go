package buyers

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// filter is what narrows the buyers down, beside the window's shop.
type filter struct {
	Search           string
	Kind             data.BuyerKind
	Tag              string
	OrdersFrom       int // these four are a place of the chart
	OrdersTo         int
	LastFrom, LastTo time.Time
}

func (f filter) query(shop int64, o kit.Order) data.BuyerQuery {
	return data.BuyerQuery{
		Search: f.Search, ShopID: shop, Kind: f.Kind, Tag: f.Tag, OrdersFrom: f.OrdersFrom, OrdersTo: f.OrdersTo, LastFrom: f.LastFrom, LastTo: f.LastTo,
		Sort: data.BuyerSort(o.Sort), Ascending: o.Ascending,
	}
}

// placed reports whether a place of the chart narrows the list.
func (f filter) placed() bool {
	return f.OrdersFrom != 0 || f.OrdersTo != 0 || !f.LastFrom.IsZero() || !f.LastTo.IsZero()
}

// Tab is the tab of buyers: the list, and the chosen person beside it.
type Tab struct {
	*show.List[data.BuyerRow, filter]
	env     *env
	detail  *detail
	tags    *kit.Choice[string]
	tagRoom *fyne.Container // around it; hidden while there are no tags
	place   *kit.Button     // the place of the chart; a press leaves it
	side    kit.Loader      // what stands beside the rows
	finder  kit.Loader
	behind  int64 // orders that are not in the sums yet
}

// New makes the tab.
func New(shared *show.Env, d Desk) *Tab {
	e := &env{shared, d}
	b := &Tab{env: e, detail: newDetail(e)}
	b.List = show.NewList(shared, show.ListOptions[data.BuyerRow, filter]{
		Name: "buyers", Of: []string{data.EntityBuyer}, Search: func(f *filter) *string { return &f.Search }, Hint: "buyers.search",
		Columns: columns(e), Order: kit.Order{Sort: string(data.BuyerByLast)}, Source: b.source, Deeds: b.deeds,
		Pane: b.detail, Offset: 0.57, Count: "buyers.count", None: "buyers.none.title", Empty: b.empty,
	})
	show.AddChoice(b.List, "kind", "buyers.kind.any", kit.Options("buyers.kind", data.BuyerKinds()), func(f *filter) *data.BuyerKind { return &f.Kind })
	b.tags = kit.NewChoice(nil, "", func(tag string) { b.Narrow(func(f *filter) { f.Tag = tag }) })
	kit.Trace("buyers.tag", b.tags)
	b.tagRoom = kit.Wide(118, b.tags)
	b.tagRoom.Hide()
	b.AddFilter(b.tagRoom, func(f filter) { b.tags.Set(f.Tag) })
	b.place = kit.NewButton("buyers.place", "", func() {
		b.Narrow(func(f *filter) { f.OrdersFrom, f.OrdersTo, f.LastFrom, f.LastTo = 0, 0, time.Time{}, time.Time{} })
	})
	b.AddFilter(b.place, b.drawPlace)
	chart := kit.NewButton("buyers.chart", words.T("buyers.chart"), b.chart)
	b.AddButton(chart)
	return b
}

// drawPlace names the place of the chart that narrows the list.
func (b *Tab) drawPlace(f filter) {
	if !f.placed() {
		b.place.Hide()
		return
	}
	b.place.SetText(words.Join(" · ", ordersText(f.OrdersFrom, f.OrdersTo), lastText(f.LastFrom, f.LastTo, b.env.UI.Now())) + "  ✕")
	b.place.Show()
}

func (b *Tab) source(f filter) kit.Source[data.BuyerRow] {
	shop := b.env.Shop()
	return kit.Source[data.BuyerRow]{
		First: func(ctx context.Context, by kit.Order, limit int) ([]data.BuyerRow, error) {
			return b.env.desk.BuyerFirst(ctx, f.query(shop, by), limit)
		},
		IDs: func(ctx context.Context, by kit.Order) ([]int32, error) {
			return b.env.desk.BuyerIDs(ctx, f.query(shop, by))
		},
		Rows: b.env.desk.BuyerRows,
		ID:   func(r data.BuyerRow) int64 { return r.ID },
	}
}

func (b *Tab) empty() kit.Empty {
	if b.behind > 0 {
		return kit.Empty{Text: words.T("buyers.behind.title") + "\n" + words.N("buyers.behind", int(b.behind))}
	}
	return kit.Empty{
		Text:   words.T("buyers.empty.title") + "\n" + words.T("buyers.empty.do"),
		Button: words.T("orders.empty.import"), Do: func() { b.env.Open(route.Import{Target: "orders"}) },
	}
}

func (b *Tab) deeds(r data.BuyerRow) kit.Deeds {
	return append(b.detail.Deeds(r.ID, b.detail.Focus, b.detail.actions()),
		kit.Action{Text: words.T("buyers.copy_name"), Rule: true, Do: func() { b.env.UI.Copy(r.Name, words.T("copied", "text", r.Name)) }},
		kit.Action{Text: words.T("buyers.copy_handle"), Do: func() { b.env.UI.Copy(r.Handle, words.T("copied", "text", r.Handle)) }}, kit.Stays("stays.buyer"))
}

// beside is what stands beside the rows.
type beside struct {
	tags   []string
	behind int64
}

// loadBeside asks for the tags that can be chosen, and how whole the list is.
func (b *Tab) loadBeside() {
	kit.Load(&b.side, func(ctx context.Context) (s beside, err error) {
		if s.tags, err = b.env.desk.BuyerTags(ctx); err != nil {
			return s, err
		}
		s.behind, err = b.env.desk.BuyersBehind(ctx)
		return s, err
	}, func(s beside, err error) {
		if err != nil {
			b.env.UI.Problem(err)
			return
		}
		b.behind = s.behind
		b.showTags(s.tags)
		b.env.ChangedStatus()
	})
}

func (b *Tab) showTags(tags []string) {
	chosen := b.Filter().Tag
	options := make([]kit.Option[string], len(tags))
	for i, tag := range tags {
		options[i] = kit.Option[string]{Value: tag, Text: tag}
	}
	b.tags.SetChoices(kit.FilterOptions("buyers.tag.any", options))
	b.tags.Set(chosen)
	if len(tags) > 0 || chosen != "" {
		b.tagRoom.Show()
	} else {
		b.tagRoom.Hide()
	}
}

// Reload asks for the rows anew, and for what stands beside them.
func (b *Tab) Reload() {
	b.List.Reload()
	b.loadBeside()
}

// Changed hears what changed on the desk.
func (b *Tab) Changed(events []data.ChangeEvent) {
	b.List.Changed(events)
	if b.Lists(events) {
		b.loadBeside()
	}
}

// Status says how many persons are listed, and what is not among them yet.
func (b *Tab) Status() string {
	status := b.List.Status()
	if b.behind > 0 && status != "" {
		status = words.Join(" · ", status, words.N("buyers.behind", int(b.behind)))
	}
	return status
}

// Person shows the person behind an account, else the one who placed an order.
func (b *Tab) Person(account, order int64) {
	if account != 0 {
		b.Open(account)
		return
	}
	kit.Load(&b.finder, func(ctx context.Context) (int64, error) { return b.env.desk.BuyerOfOrder(ctx, order) }, func(id int64, err error) {
		if err != nil {
			b.env.UI.Problem(err)
			return
		}
		b.Open(id)
	})
}

// TypedKey hears function keys, wherever the keys are.
func (b *Tab) TypedKey(key fyne.KeyName) {
	if key == fyne.KeyF2 && !b.env.UI.SheetOpen() {
		b.detail.edit()
	}
}

// Name is the tab's name.
func (b *Tab) Name() string { return "buyers" }

// New does nothing: buyers come with their orders.
func (b *Tab) New() {}

// Proof is none: evidence belongs to an order.
func (b *Tab) Proof() (show.Target, string, bool) { return show.Target{}, "", false }

// Export does nothing: a bundle is made of a dispute.
func (b *Tab) Export() {}

// State is what the tab keeps over a rebuild of the window.
func (b *Tab) State() any { return b.List.State() }

// Restore takes it over.
func (b *Tab) Restore(state any) {
	if s, ok := state.(show.ListState[filter]); ok {
		b.List.Restore(s)
		b.loadBeside()
	}
}
