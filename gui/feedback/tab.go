package feedback

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// filter is what narrows the feedback down, beside the window's shop.
type filter struct {
	Search string
	Tone   string
	State  data.FeedbackState
}

func (f filter) query(shop int64, o kit.Order) data.FeedbackQuery {
	return data.FeedbackQuery{
		Search: f.Search, ShopID: shop, Tone: f.Tone, State: f.State, Sort: data.FeedbackSort(o.Sort), Ascending: o.Ascending,
	}
}

// Tab is the tab of feedback: a table with filters, and the chosen one
// beside it.
type Tab struct {
	env     *env
	filter  filter
	table   *kit.Table[data.Feedback]
	detail  *detail
	content fyne.CanvasObject

	search *kit.Search
	tone   *kit.Choice[string]
	state  *kit.Choice[data.FeedbackState]
	clear  *widget.Button
}

// New makes the tab.
func New(shared *show.Env, d Desk) *Tab {
	e := &env{shared, d}
	f := &Tab{env: e, detail: newDetail(e)}
	f.table = kit.NewTable(e.UI, kit.TableOptions[data.Feedback]{
		Name: "feedback", Columns: columns(e.UI.Now), Source: f.source, Order: kit.Order{Sort: string(data.FeedbackByLeft)},
		OnSelect: f.detail.choose,
		OnOpen:   func(data.Feedback) { f.detail.focus() },
		Menu:     f.menu,
		Empty:    f.nothing,
		OnLoaded: func(int) { e.ChangedStatus() },
	})
	f.content = container.NewBorder(f.filters(), nil, nil, nil, kit.KeptSplit(e.UI, "feedback.split", 0.6, f.table, f.detail.object))
	return f
}

func (f *Tab) source() kit.Source[data.Feedback] {
	filter, shop := f.filter, f.env.Shop()
	return kit.Source[data.Feedback]{
		First: func(ctx context.Context, by kit.Order, limit int) ([]data.Feedback, error) {
			return f.env.desk.FeedbackFirst(ctx, filter.query(shop, by), limit)
		},
		IDs: func(ctx context.Context, by kit.Order) ([]int32, error) {
			return f.env.desk.FeedbackIDs(ctx, filter.query(shop, by))
		},
		Rows: f.env.desk.FeedbackRows,
		ID:   func(r data.Feedback) int64 { return r.ID },
	}
}

func columns(now func() time.Time) []kit.Column[data.Feedback] {
	return []kit.Column[data.Feedback]{
		{
			ID: "stars", Title: "col.stars", Width: 92, Sort: string(data.FeedbackByStars), Text: func(r data.Feedback) string { return show.Stars(r.Stars) },
			Tip: func(r data.Feedback) string { return words.Of("tone", data.Tone(r.Stars)) },
		},
		{ID: "text", Title: "col.text", Width: 240, Grow: true, Text: func(r data.Feedback) string { return textOf(r) }},
		{ID: "state", Title: "col.state", Width: 112, Badge: true, Sort: string(data.FeedbackByState), Text: func(r data.Feedback) string { return words.Of("feedback_state", r.State) }, Role: roleOf},
		{
			ID: "shop", Title: "col.shop", Width: 120, Sort: string(data.FeedbackByShop), Text: func(r data.Feedback) string { return r.Shop.Name },
			Tip: func(r data.Feedback) string { return r.Shop.Platform.Title() + " · " + r.Shop.Name },
		},
		{ID: "order", Title: "col.number", Width: 142, Sort: string(data.FeedbackByOrder), Text: func(r data.Feedback) string { return r.OrderNumber }},
		{ID: "buyer", Title: "col.buyer", Width: 112, Text: func(r data.Feedback) string { return r.BuyerHandle }},
		{
			ID: "left", Title: "col.left", Width: 104, Desc: true, Sort: string(data.FeedbackByLeft), Text: func(r data.Feedback) string { return words.Time(r.LeftAt, r.Shop.Zone, now()) },
			Tip: func(r data.Feedback) string { return words.TimeFull(r.LeftAt, r.Shop.Zone) },
		},
	}
}

func textOf(r data.Feedback) string {
	if strings.TrimSpace(r.Text) == "" {
		return words.T("feedback.no_text")
	}
	return r.Text
}

// roleOf marks what waits for an answer; its word says so too.
func roleOf(r data.Feedback) kit.Role {
	switch {
	case r.State == data.FeedbackNew && r.Stars <= 3:
		return kit.Warn
	case r.State == data.FeedbackDone || r.State == data.FeedbackRemoved:
		return kit.Muted
	}
	return kit.Plain
}

func (f *Tab) filters() fyne.CanvasObject {
	f.search = kit.NewSearch(f.env.UI, words.T("feedback.search"), func(text string) { f.narrow(func(q *filter) { q.Search = text }) })
	kit.ToHits(f.search, f.table.Focus)
	f.tone = kit.NewChoice(kit.FilterOptions("feedback.chip.tone", kit.Options("tone", []string{"negative", "neutral", "positive"})), "",
		func(t string) { f.narrow(func(q *filter) { q.Tone = t }) })
	f.state = kit.NewChoice(kit.FilterOptions("feedback.chip.state", kit.Options("feedback_state", data.FeedbackStates())), "",
		func(s data.FeedbackState) { f.narrow(func(q *filter) { q.State = s }) })
	f.clear = kit.NewButton("feedback.clear", words.T("orders.none.clear"), f.clearFilters)
	f.clear.Importance = widget.LowImportance
	f.clear.Hide()
	kit.Trace("feedback.search", f.search)
	kit.Trace("feedback.tone", f.tone)
	kit.Trace("feedback.state", f.state)
	return kit.FilterBar(f.search, kit.RoomFor(f.tone), kit.RoomFor(f.state), f.clear,
		kit.NewButton("feedback.import", words.T("feedback.import"), func() { f.env.Open(route.Import{Target: "feedback"}) }),
		kit.NewButton("feedback.new", words.T("feedback.new"), f.New))
}

func (f *Tab) narrow(change func(*filter)) {
	before := f.filter
	change(&f.filter)
	if f.filter == before {
		return
	}
	f.clear.Hidden = f.filter == filter{}
	f.clear.Refresh()
	f.table.Restart()
}

func (f *Tab) clearFilters() {
	f.setFilter(filter{})
	f.table.Restart()
}

func (f *Tab) setFilter(q filter) {
	f.filter = q
	f.search.SetQuiet(q.Search)
	f.tone.Set(q.Tone)
	f.state.Set(q.State)
	f.clear.Hidden = q == filter{}
	f.clear.Refresh()
}

func (f *Tab) nothing() kit.Empty {
	if f.filter != (filter{}) || f.env.Shop() != 0 {
		return kit.Empty{Text: words.T("feedback.none.title") + "\n" + words.T("orders.none.do"), Button: words.T("orders.none.clear"), Do: f.clearFilters}
	}
	return kit.Empty{
		Text:   words.T("feedback.empty.title") + "\n" + words.T("feedback.empty.do"),
		Button: words.T("feedback.import"), Do: func() { f.env.Open(route.Import{Target: "feedback"}) },
	}
}

func (f *Tab) menu(r data.Feedback) []*fyne.MenuItem {
	items := []*fyne.MenuItem{
		fyne.NewMenuItem(words.T("order.copy_number"), func() { f.env.UI.Copy(r.OrderNumber, words.T("copied", "text", r.OrderNumber)) }),
		fyne.NewMenuItem(words.T("feedback.bin"), func() { f.detail.bin(r) }),
	}
	if r.OrderID != 0 {
		items = append([]*fyne.MenuItem{fyne.NewMenuItem(words.T("feedback.order"), func() { f.env.Open(route.Order{ID: r.OrderID}) })}, items...)
	}
	return items
}

// New writes down a feedback by hand.
func (f *Tab) New() { newFeedbackSheet(f.env) }

// newFeedbackSheet asks for what a buyer left in public.
func newFeedbackSheet(e *env) *kit.OpenSheet {
	shops := e.Shops()
	chosen := e.Shop()
	if chosen == 0 && len(shops) > 0 {
		chosen = shops[0].ID
	}
	zone := ""
	for _, s := range shops {
		if s.ID == chosen {
			zone = s.Zone
		}
	}
	number, buyer := kit.TextField(e.UI, "", 1), kit.TextField(e.UI, "", 1)
	shop := kit.NewChoice(show.ShopOptions(shops), chosen, nil)
	var rates []kit.Option[int]
	for n := 5; n >= 1; n-- {
		rates = append(rates, kit.Option[int]{Value: n, Text: show.Stars(n) + " · " + words.Of("tone", data.Tone(n))})
	}
	rating := kit.NewChoice(rates, 0, nil)
	text := kit.TextField(e.UI, "", 4)
	left := kit.NewTimeField(e.UI, e.UI.Now().Truncate(time.Minute), zone)
	var one data.Feedback
	return e.UI.OpenForm(kit.FormSheet{
		Name: "feedback.new", Title: words.T("feedback.sheet.title"), Width: 560, Focus: number,
		Fields: []*kit.Field{
			{Label: words.T("feedback.fact.order"), Object: number},
			kit.ChoiceRow(words.T("feedback.fact.shop"), shop),
			kit.ChoiceRow(words.T("feedback.fact.stars"), rating),
			{Label: words.T("feedback.fact.text"), Object: text},
			{Label: words.T("feedback.fact.buyer"), Object: buyer},
			kit.TimeRow(words.T("feedback.fact.left"), left, true),
		},
		Read: func() error {
			at, err := left.Value()
			one = data.Feedback{
				OrderNumber: strings.TrimSpace(number.Text), Stars: rating.Value(), Text: strings.TrimSpace(text.Text),
				BuyerHandle: strings.TrimSpace(buyer.Text), LeftAt: at, State: data.FeedbackNew,
			}
			for _, s := range shops {
				if s.ID == shop.Value() {
					one.Shop = s
				}
			}
			return err
		},
		Work: func(ctx context.Context) (err error) {
			one, err = e.desk.PutFeedback(ctx, one)
			return err
		},
		Done: func() {
			e.UI.Toast(words.T("feedback.saved"), e.Undo)
			e.Open(route.Feedback{ID: one.ID})
		},
	})
}

// detail is the pane of one feedback: what was written, and what
// became of it.
type detail struct {
	env    *env
	view   data.Feedback // as shown; ID 0 while none is
	object *fyne.Container
	page   fyne.CanvasObject
	none   fyne.CanvasObject

	title *widget.Label
	text  *kit.Para
	facts *kit.Facts
	state *kit.Choice[data.FeedbackState]
	reply *kit.Entry
	cause *kit.Entry
	save  *widget.Button
	order *widget.Button
}

func newDetail(e *env) *detail {
	d := &detail{env: e, title: kit.NewRecordTitle(), text: kit.Prose(""), facts: kit.NewFacts(e.UI)}
	d.state = kit.NewChoice(kit.Options("feedback_state", data.FeedbackStates()), data.FeedbackNew, func(data.FeedbackState) { d.touched() })
	d.reply, d.cause = kit.TextField(e.UI, "", 4), kit.TextField(e.UI, "", 1)
	d.cause.SetPlaceHolder(words.T("feedback.fact.cause.hint"))
	d.reply.OnChanged = func(string) { d.touched() }
	d.cause.OnChanged = func(string) { d.touched() }
	d.save = kit.NewButton("feedback.save", words.T("action.save"), func() { d.store(d.edited()) })
	d.save.Importance = widget.HighImportance
	d.order = kit.NewButton("feedback.order", words.T("feedback.order"), func() { d.env.Open(route.Order{ID: d.view.OrderID}) })
	form := kit.NewForm(
		&kit.Field{Label: words.T("feedback.fact.state"), Object: d.state},
		&kit.Field{Label: words.T("feedback.fact.reply"), Object: d.reply},
		&kit.Field{Label: words.T("feedback.fact.cause"), Object: d.cause},
	)
	body := container.NewVScroll(kit.Inset(look.Tight, kit.Stacked(look.Gap,
		kit.NewPanel(d.text), d.facts.Object, widget.NewSeparator(), form.Object)))
	actions := container.NewVBox(widget.NewSeparator(), container.NewHBox(
		d.order,
		kit.NewButton("feedback.bin", words.T("feedback.bin"), func() { d.bin(d.view) }),
		layout.NewSpacer(), d.save))
	d.page = kit.PaneOf(d.title, body, actions)
	d.none = kit.NothingChosen("feedback.pick.title", "feedback.pick.do")
	d.object = container.NewStack(d.none)
	return d
}

// edited is the feedback with what stands in the fields.
func (d *detail) edited() data.Feedback {
	f := d.view
	f.State, f.Reply, f.Cause = d.state.Value(), strings.TrimSpace(d.reply.Text), strings.TrimSpace(d.cause.Text)
	return f
}

func (d *detail) dirty() bool {
	f := d.edited()
	return d.view.ID != 0 && (f.State != d.view.State || f.Reply != d.view.Reply || f.Cause != d.view.Cause)
}

func (d *detail) touched() {
	if d.dirty() {
		d.save.Enable()
	} else {
		d.save.Disable()
	}
}

// store saves a feedback; a reply that is written makes a new one replied.
func (d *detail) store(f data.Feedback) {
	if f.State == data.FeedbackNew && f.Reply != "" && d.view.Reply == "" {
		f.State = data.FeedbackReplied
	}
	d.view = f
	d.save.Disable()
	d.env.Deed(words.T("feedback.saved"), func(ctx context.Context) error {
		_, err := d.env.desk.PutFeedback(ctx, f)
		return err
	})
}

func (d *detail) bin(f data.Feedback) {
	d.env.Deed(words.T("feedback.binned"), func(ctx context.Context) error { return d.env.desk.BinFeedback(ctx, f.ID) })
}

// focus puts the keys into the reply.
func (d *detail) focus() {
	if d.view.ID != 0 {
		d.env.UI.Window.Canvas().Focus(d.reply)
	}
}

// choose follows the selection of the table. What was typed is saved when
// another one is chosen, and kept when the same one is loaded again.
func (d *detail) choose(f data.Feedback, ok bool) {
	dirty := d.dirty()
	if dirty && ok && f.ID == d.view.ID {
		return
	}
	if dirty {
		d.store(d.edited())
	}
	if !ok {
		d.view = data.Feedback{}
		kit.ShowOnly(d.object, d.none)
		return
	}
	d.draw(f)
}

func (d *detail) draw(f data.Feedback) {
	zone, now := f.Shop.Zone, d.env.UI.Now()
	d.view = f
	d.title.SetText(words.Join(" · ", show.Stars(f.Stars), words.Of("tone", data.Tone(f.Stars)), f.Shop.Platform.Title()))
	d.text.SetText(textOf(f))
	known := ""
	if f.OrderID == 0 {
		known = words.T("feedback.no_order")
	}
	d.facts.Set(
		kit.Fact{Label: words.T("order.fact.number"), Value: words.Join(" · ", f.OrderNumber, known), Copy: f.OrderNumber},
		kit.Fact{Label: words.T("feedback.fact.shop"), Value: f.Shop.Name},
		kit.Fact{Label: words.T("order.fact.handle"), Value: f.BuyerHandle},
		kit.Fact{Label: words.T("feedback.fact.left"), Value: words.Time(f.LeftAt, zone, now), Tip: words.TimeFull(f.LeftAt, zone)},
		kit.Fact{Label: words.T("feedback.fact.replied"), Value: words.Time(f.RepliedAt, zone, now), Tip: words.TimeFull(f.RepliedAt, zone)},
	)
	d.state.Set(f.State)
	d.reply.SetText(f.Reply)
	d.cause.SetText(f.Cause)
	d.save.Disable()
	if f.OrderID == 0 {
		d.order.Disable()
	} else {
		d.order.Enable()
	}
	kit.ShowOnly(d.object, d.page)
}

// Name is for screen.
func (f *Tab) Name() string { return "feedback" }

// Content is for screen.
func (f *Tab) Content() fyne.CanvasObject { return f.content }

// Reload is for screen.
func (f *Tab) Reload() { f.table.Reload() }

// Find is for screen.
func (f *Tab) Find() { f.env.UI.Window.Canvas().Focus(f.search) }

// Status is for screen.
func (f *Tab) Status() string { return kit.ShownCount("feedback.count", f.table.Count()) }

// Rows is how many rows are listed.
func (f *Tab) Rows() int { return f.table.Count() }

// Open shows a feedback, also one that the filters hide.
func (f *Tab) Open(id int64) {
	if id == 0 {
		return
	}
	if f.filter != (filter{}) {
		f.setFilter(filter{})
		f.table.Restart()
	}
	f.table.Select(id)
}

// Proof is for screen: a file that is dropped here belongs to the order.
func (f *Tab) Proof() (show.Target, string, bool) {
	v := f.detail.view
	return show.Target{OrderID: v.OrderID}, words.T("proof.order", "number", v.OrderNumber), v.OrderID != 0
}

// Export is for screen: feedback has no bundle.
func (f *Tab) Export() {}

type saved struct {
	filter filter
	table  kit.TableState
	shown  data.Feedback // with what was typed
	edited data.Feedback
}

// State is for screen.
func (f *Tab) State() any {
	return saved{f.filter, f.table.State(), f.detail.view, f.detail.edited()}
}

// Restore is for screen.
func (f *Tab) Restore(state any) {
	s, ok := state.(saved)
	if !ok {
		return
	}
	f.setFilter(s.filter)
	if s.shown.ID != 0 {
		f.detail.draw(s.shown)
		f.detail.state.Set(s.edited.State)
		f.detail.reply.SetText(s.edited.Reply)
		f.detail.cause.SetText(s.edited.Cause)
		f.detail.touched()
	}
	f.table.Restore(s.table)
}
