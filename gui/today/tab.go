package today

import (
	"context"
	"slices"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// Tab is the tab of what is due, worst first.
type Tab struct {
	env     *env
	filter  filter
	groups  *kit.Chips[data.Urgency]
	bar     *bar
	buyers  *buyersBar
	found   *lineBar
	overdue *lineBar
	held    *lineBar
	health  *lineBar
	strip   *weekStrip
	table   *kit.Table[desk.WaitingRow]
	why     *kit.Para
	whyRoom *kit.Yield
	do      deeds
	content fyne.CanvasObject
	counts
	counted kit.Loader
	reason  kit.Loader  // of the chosen row's date
	bare    atomic.Bool // the desk holds no order yet; asked for where nothing waits
}

// counts are what the last load counted.
type counts struct {
	refs     []data.TodayRef // all that waits
	off      int             // put off
	finished int             // tasks that are done
}

// groups are the rungs that are shown as groups.
var groups = []data.Urgency{data.UrgencyOverdue, data.UrgencyLastDay, data.Urgency72Hours, data.UrgencyWeek, data.UrgencyLater, data.UrgencyNone, data.UrgencyPast}

// New makes the tab.
func New(shared *show.Env, d Desk) *Tab {
	e := &env{shared, d}
	t := &Tab{env: e}
	t.groups = kit.NewChips("today.group", t.groupOptions(), "", func(u data.Urgency) {
		t.filter.group, t.filter.day, t.filter.done = u, time.Time{}, false
		t.filtered()
	})
	t.bar = newBar(t)
	t.strip = newWeekStrip(t)
	t.buyers = newBuyersBar(t)
	t.found, t.overdue, t.held, t.health = newFoundBar(t), newOverdueBar(t), newHeldBar(t), newHealthBar(t)
	t.table = kit.NewTable(e.UI, kit.TableOptions[desk.WaitingRow]{
		Name: "today", Columns: columns(e.UI.Now), Source: t.source,
		OnSelect: t.chosen, Deeds: t.deeds, Empty: t.nothing,
		OnLoaded: func(int) { e.ChangedStatus() },
	})
	week := kit.NewYield(t.strip.object, nil)
	week.Keep = func() bool { return !t.filter.day.IsZero() } // the day that is chosen is to be seen
	head := container.NewVBox(container.NewBorder(nil, nil, nil, t.bar.object, t.groups.Object), week.Object)
	// What waits elsewhere is told below the list, as it may come late: a row that
	// somebody points at stays where it is.
	elsewhere := kit.Aligned(0, container.NewVBox(t.health.object, t.held.object, t.found.object, t.overdue.object))
	above := kit.Stacked(0, kit.Inset(look.Tight, head), kit.Aligned(0, t.buyers.object))
	foot := t.foot()
	t.content = kit.Listed(above, t.table, kit.Stacked(0, elsewhere, foot), t.whyRoom, week)
	t.buttons(desk.WaitingRow{}, false)
	return t
}

func (t *Tab) nothing() kit.Empty {
	if t.filter != (filter{}) {
		return kit.Empty{Text: words.T("today.empty.group"), Button: words.T("list.clear"), Do: func() {
			t.filter = filter{}
			t.filtered()
		}}
	}
	if t.bare.Load() {
		return kit.Empty{
			Text:   words.T("today.empty.title") + "\n" + words.T("today.empty.first"),
			Button: words.T("orders.empty.import"), Do: func() { t.env.Open(route.Import{Target: "orders"}) },
		}
	}
	return kit.Empty{
		Text:   words.T("today.empty.title") + "\n" + words.T("today.empty.do"),
		Button: words.T("menu.packing"), Do: func() { t.env.Open(route.Packing{}) },
	}
}

// filtered shows what the filter lets through.
func (t *Tab) filtered() {
	t.drawFilter()
	t.buttons(desk.WaitingRow{}, false)
	t.why.SetText(words.T("today.why.pick"))
	t.table.Restart()
}

// drawFilter shows the filter on its chips.
func (t *Tab) drawFilter() {
	t.groups.SetOptions(t.groupOptions())
	t.groups.Set(t.filter.group)
	t.bar.draw()
	t.strip.draw()
}

// count brings the numbers of the groups, of the days and of what is put off.
func (t *Tab) count() {
	shop := t.env.Shop()
	kit.Load(&t.counted, func(ctx context.Context) (c counts, err error) {
		if c.refs, err = t.env.desk.TodayRefs(ctx, shop, false); err != nil {
			return c, err
		}
		off, err := t.env.desk.TodayRefs(ctx, shop, true)
		if err != nil {
			return c, err
		}
		done, err := t.env.desk.DoneTasks(ctx)
		c.off, c.finished = len(off), len(done)
		return c, err
	}, func(c counts, err error) {
		if err == nil { // the table's own load says the error
			t.counts = c
			t.drawFilter()
		}
		t.buyers.count()
		t.found.count()
		t.overdue.count()
		t.held.count()
		t.health.count()
	})
}

// Name is for screen.
func (t *Tab) Name() string { return "today" }

// Content is for screen.
func (t *Tab) Content() fyne.CanvasObject { return t.content }

// Reload is for screen.
func (t *Tab) Reload() {
	t.count()
	t.table.Reload()
}

// waits are the entities of which rows wait here.
var waits = []string{data.EntityDispute, data.EntityOrder, data.EntityFeedback, data.EntityTask, data.EntitySnooze, data.EntityShop}

// Changed asks anew when something that may wait changed.
func (t *Tab) Changed(events []data.ChangeEvent) {
	switch of := func(entities []string) bool {
		return slices.ContainsFunc(events, func(e data.ChangeEvent) bool { return slices.ContainsFunc(entities, e.Of) })
	}; {
	case of(waits):
		t.Reload()
	case of(buyersWait):
		t.buyers.count()
	case of([]string{data.EntityFound}):
		t.found.count()
	}
}

// Find is for screen: there is nothing to search here, so the keys go to the
// table.
func (t *Tab) Find() { t.table.Focus() }

// New opens a dispute, which is what most often comes in.
func (t *Tab) New() { t.env.Open(route.NewDispute{}) }

// Status is for screen.
func (t *Tab) Status() string { return kit.ShownCount("today.count", t.table.Count()) }

// Rows is how many rows are listed.
func (t *Tab) Rows() int { return t.table.Count() }

// Open is for screen: Today has no records of its own.
func (t *Tab) Open(int64) {}

// Proof is for screen: files that are dropped here belong to the dispute or
// the order of the chosen row.
func (t *Tab) Proof() (show.Target, string, bool) {
	r, ok := t.table.Selected()
	switch {
	case !ok:
		return show.Target{}, "", false
	case r.Kind == data.TodayDispute:
		return show.Target{OrderID: r.OrderID, DisputeID: r.ID}, words.T("proof.dispute", "number", words.Join(" ", r.CaseNumber, r.OrderNumber)), true
	}
	if r.Kind == data.TodayFeedback {
		return show.Target{OrderID: r.OrderID, FeedbackID: r.ID}, words.T("feedback.proof", "number", r.OrderNumber), true
	}
	return show.Target{OrderID: r.OrderID}, words.T("proof.order", "number", r.OrderNumber), r.OrderID != 0
}

// Export is for screen: a bundle is bound where its dispute is seen.
func (t *Tab) Export() {
	if r, ok := t.table.Selected(); ok {
		t.openRow(r)
	}
}

type saved struct {
	filter filter
	table  kit.TableState
}

// State is for screen.
func (t *Tab) State() any { return saved{t.filter, t.table.State()} }

// Restore is for screen.
func (t *Tab) Restore(state any) {
	if s, ok := state.(saved); ok {
		t.filter = s.filter
		t.drawFilter()
		t.count()
		t.table.Restore(s.table)
	}
}
