package buyers

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// detail is the pane of one person: facts, all dealings on one timeline, and the
// accounts that are the person's, or may be.
type detail struct {
	*show.Record
	env      *env
	view     desk.BuyerView // as shown; Row.ID 0 while none is
	title    *kit.Para
	badges   *fyne.Container
	ask      *fyne.Container // that other accounts may be the person's, over the facts
	facts    *kit.Facts
	prose    *kit.Para         // below the facts
	scroll   *container.Scroll // of the facts
	timeline *show.Timeline
	orders   *fyne.Container
	cases    *fyne.Container
	who      *fyne.Container
	parts    *kit.Parts
	bar      *kit.ActionBar
	loader   kit.Loader // of a person whose row was chosen in a menu

	partOrders, partCases, partWho *kit.Part
}

// shown is a view with its timeline in words, made off the main goroutine.
type shown struct {
	view    desk.BuyerView
	entries []show.TimelineEntry
}

func newDetail(e *env) *detail {
	d := &detail{env: e, timeline: show.NewTimeline(e.UI), badges: container.NewHBox(), ask: container.NewStack()}
	d.orders, d.cases, d.who = kit.Stacked(0), kit.Stacked(0), kit.Stacked(look.Tight)
	d.title = kit.NewRecordTitle()
	d.facts, d.prose = kit.NewFacts(e.UI), kit.Prose("")
	d.timeline.Open = func(id int64) { e.Open(route.Order{ID: id}) }
	part := func(name, key string, o fyne.CanvasObject) *kit.Part {
		return kit.NewPart(name, words.T(key), container.NewVScroll(kit.Inset(look.Tight, o)))
	}
	d.partOrders, d.partCases, d.partWho = part("orders", "tab.orders", d.orders), part("cases", "buyers.cases", d.cases), part("who", "buyers.who", d.who)
	d.parts = kit.NewParts("buyer.part", kit.NewPart("timeline", words.T("order.timeline"), d.timeline.Scroll), d.partOrders, d.partCases, d.partWho)
	d.scroll = container.NewVScroll(kit.Inset(look.Tight, kit.Stacked(look.Tight, d.facts.Object, kit.Dense(d.prose))))
	d.bar = kit.NewActionBar(e.UI, "buyer.more", d.actions()...)
	body := container.NewBorder(d.ask, nil, nil, nil, kit.KeepSplit(e.UI, "buyers.detail.split", 0.42, container.NewVSplit(d.scroll, d.parts)))
	head := kit.Headed(d.title, d.badges)
	page := kit.PaneOf(head, body, container.NewVBox(widget.NewSeparator(), d.bar.Object))
	d.Record = show.NewRecord(e.UI, page, kit.NothingChosen("buyers.pick.title", "buyers.pick.do"), func() { d.view = desk.BuyerView{} })
	return d
}

// actions are what can be done with the person in view.
func (d *detail) actions() []kit.Action {
	none := func() string {
		if len(d.view.Orders) > 0 {
			return ""
		}
		return words.T("off.no_orders")
	}
	return []kit.Action{
		{Name: "buyer.edit", Text: words.T("buyers.edit"), Keys: "F2", Do: d.edit},
		{Name: "buyer.reply", Text: words.T("buyers.reply"), Off: none, Do: func() { d.replyTo(d.view.Row.ID) }},
		{Name: "buyer.order", Text: words.T("buyers.order"), Off: none, Do: func() { d.openNewest(d.view.Row.ID) }},
		{Name: "buyer.erase", Text: words.T("buyers.erase"), Rare: true, Rule: true, Do: func() {
			d.env.Open(route.Erase{Buyer: d.view.Row.ID})
		}},
	}
}

// Choose follows the list.
func (d *detail) Choose(r data.BuyerRow, ok bool) {
	switch {
	case !ok:
		d.Clear()
	case r.ID != d.ID():
		d.load(r.ID, words.Join(" · ", words.Buyer(r.Name), strings.Join(r.Shops, ", ")))
	}
}

// Show shows the person behind an account.
func (d *detail) Show(id int64) { d.load(id, "") }

// Focus puts the keys into the pane.
func (d *detail) Focus() {
	if d.view.Row.ID != 0 {
		d.env.UI.Window.Canvas().Focus(d.bar.First())
	}
}

// Changed loads the person anew when it changed.
func (d *detail) Changed(events []data.ChangeEvent) {
	if id := d.ID(); id != 0 && show.Touched(events, data.RowRef{Entity: data.EntityBuyer, ID: id}) {
		d.Show(id)
	}
}

func (d *detail) load(id int64, title string) {
	now := d.env.UI.Now()
	show.LoadRecord(d.Record, id, title, func(ctx context.Context) (shown, error) {
		v, err := d.env.desk.Buyer(ctx, id)
		return shown{v, show.TimelineEntries(v.Timeline, "", now)}, err
	}, func(s shown, fresh bool) { d.draw(s, fresh, now) })
}

func (d *detail) draw(s shown, fresh bool, now time.Time) {
	d.view = s.view
	v := &d.view
	if len(v.Orders) > 0 {
		d.env.InView = v.Orders[0]
	}
	d.title.SetText(words.Join(" · ", words.Buyer(v.Row.Name), strings.Join(v.Row.Shops, ", ")))
	d.badges.Objects = nil
	if v.Key {
		d.badges.Add(kit.NewBadge("★ "+words.T("buyers.key"), kit.Good))
	}
	d.badges.Refresh()
	d.drawAsk()
	d.facts.Set(facts(v, now)...)
	d.prose.SetText(prose(v, now))
	d.drawOrders(now)
	d.drawCases(now)
	d.drawWho()
	d.timeline.Set(s.entries, v.Older, fresh)
	d.partOrders.SetText(counted("tab.orders", len(v.Orders)+v.More))
	d.partCases.SetText(counted("buyers.cases", len(v.Disputes)+len(v.Feedback)))
	d.partWho.SetText(counted("buyers.who", len(v.Accounts)+len(v.Matches.List)))
	if fresh {
		d.scroll.ScrollToTop()
		d.parts.SelectIndex(0)
	}
}

// counted is a name with how many there are.
func counted(key string, n int) string {
	if n == 0 {
		return words.T(key)
	}
	return words.T(key) + " (" + words.Number(int64(n)) + ")"
}

// drawAsk says that other accounts may be the person's; a click shows why.
func (d *detail) drawAsk() {
	d.ask.RemoveAll()
	if n := len(d.view.Matches.List); n > 0 {
		link := kit.NewWordLink("buyer.ask", words.N("buyers.ask", n), func() { d.parts.Select(d.partWho) })
		link.Truncation = fyne.TextTruncateEllipsis
		d.ask.Add(link)
	}
	d.ask.Refresh()
}

// link is a line that opens something.
func (d *detail) link(name, text string, to route.Route) fyne.CanvasObject {
	link := kit.NewWordLink(name, text, func() { d.env.Open(to) })
	link.Truncation = fyne.TextTruncateEllipsis
	return link
}

func (d *detail) drawOrders(now time.Time) {
	d.orders.RemoveAll()
	for i, o := range d.view.Orders {
		text := words.Join(" · ", o.Number, words.Day(o.OrderedAt, o.Zone, now), words.Money(o.Total), show.StatusText(o), o.ShopName, o.ItemTitle)
		d.orders.Add(d.link(kit.RowName("buyer.order", i, "open"), text, route.Order{ID: o.ID}))
	}
	if d.view.More > 0 {
		d.orders.Add(kit.Soft(words.N("buyers.more_orders", d.view.More)))
	}
	d.orders.Refresh()
}

// drawCases lists disputes and feedback, after what the disputes came to.
func (d *detail) drawCases(now time.Time) {
	d.cases.RemoveAll()
	for _, f := range d.view.Facts {
		d.cases.Add(kit.Prose(words.Text(f)))
	}
	for i, row := range d.view.Disputes {
		due, _ := kit.Urgency(row.Due, now)
		text := words.Join(" · ", row.OrderNumber, row.CaseNumber, words.Of("reason", row.Reason), words.Money(row.Amount), words.Of("stage", row.Stage), due)
		d.cases.Add(d.link(kit.RowName("buyer.dispute", i, "open"), text, route.Dispute{ID: row.ID}))
	}
	for i, f := range d.view.Feedback {
		text := words.Join(" · ", show.Stars(f.Stars), f.OrderNumber, words.Day(f.LeftAt, f.Shop.Zone, now), words.Shorten(words.OneSpaced(f.Text), 90))
		d.cases.Add(d.link(kit.RowName("buyer.feedback", i, "open"), text, route.Feedback{ID: f.ID}))
	}
	if len(d.cases.Objects) == 0 {
		d.cases.Add(kit.Soft(words.T("buyers.cases.none")))
	}
	for _, text := range d.leftOut() {
		d.cases.Add(kit.Soft(text))
	}
	d.cases.Refresh()
}

// leftOut says which disputes and feedback are not listed.
func (d *detail) leftOut() []string {
	var said []string
	if n := d.view.Row.Disputes - len(d.view.Disputes); n > 0 {
		said = append(said, words.N("buyers.more_disputes", n))
	}
	if n := d.view.Row.Feedback - len(d.view.Feedback); n > 0 {
		said = append(said, words.N("buyers.more_feedback", n))
	}
	return said
}

// replyTo writes to a person about the newest order.
func (d *detail) replyTo(id int64) {
	d.newest(id, func(o data.OrderRow) { d.env.Open(route.Reply{Order: o}) })
}

// openNewest opens a person's newest order.
func (d *detail) openNewest(id int64) {
	d.newest(id, func(o data.OrderRow) { d.env.Open(route.Order{ID: o.ID}) })
}

// newest hands over a person's newest order; a person without one is told of.
func (d *detail) newest(id int64, do func(data.OrderRow)) {
	d.with(id, func(v desk.BuyerView) {
		if len(v.Orders) == 0 {
			d.env.UI.Toast(words.T("buyers.no_orders"), nil)
			return
		}
		do(v.Orders[0])
	})
}

// with hands over a person: the one in view, else it is asked for.
func (d *detail) with(id int64, do func(desk.BuyerView)) {
	switch id {
	case 0:
	case d.view.Row.ID:
		do(d.view)
	default:
		kit.Load(&d.loader, func(ctx context.Context) (desk.BuyerView, error) { return d.env.desk.Buyer(ctx, id) }, func(v desk.BuyerView, err error) {
			if err != nil {
				d.env.UI.Problem(err)
				return
			}
			do(v)
		})
	}
}
