package account

import (
	"cmp"
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/health"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/loop"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// row is a number of a shop in the list.
type row struct {
	at   int64
	shop data.Shop
	desk.HealthNumber
}

func (r row) key() key {
	if r.Number == nil {
		return key{}
	}
	return key{r.shop.ID, r.Metric.ID}
}

// key names a number of a shop.
type key struct {
	shop   int64
	metric string
}

// Tab is the tab of the account's health: the numbers, and the chosen one beside
// them.
type Tab struct {
	env     *env
	table   *kit.Table[row]
	page    *page
	pane    *fyne.Container
	content fyne.CanvasObject
	counted int   // numbers that do not meet what is asked
	first   int64 // the number at the top of the list as it is loaded
}

// New makes the tab.
func New(shared *show.Env, d Desk) *Tab {
	e := &env{shared, d}
	t := &Tab{env: e, pane: container.NewStack()}
	t.page = newPage(e, t.reload)
	t.table = kit.NewTable(e.UI, kit.TableOptions[row]{
		Name: "account", Columns: columns(), Source: t.source, OnSelect: t.chosen, Empty: t.nothing, Deeds: t.deeds,
		OnLoaded: func(int) { t.loaded() },
	})
	kit.ShowOnly(t.pane, kit.NothingChosen("account.pick.title", "account.pick.do"))
	t.content = kit.KeptSplit(e.UI, "account.split", 0.6, t.listed(), t.pane)
	return t
}

// listed is the list below what it is of, and above the course of the chosen number.
// In a low window the course is behind a link, and then the sentence goes.
func (t *Tab) listed() fyne.CanvasObject {
	text := kit.NewYield(kit.Aligned(look.Tight, kit.Soft(words.T("account.text"))), nil)
	past := kit.NewYield(t.page.past, t.page.pastLink)
	return kit.Listed(text.Object, t.table, past.Object, past, text)
}

func columns() []kit.Column[row] {
	return []kit.Column[row]{
		{ID: "number", Title: "account.col.number", Width: 196, Grow: true, Bold: true, Text: func(r row) string { return said(r.Metric.Title) }},
		{ID: "shop", Title: "account.col.shop", Width: 92, Text: func(r row) string { return r.shop.Name }},
		{ID: "value", Title: "account.col.value", Width: 70, Right: true, Text: func(r row) string { return value(r.Number) }, Role: func(r row) kit.Role { return levelRole(r.Number) }},
		{ID: "level", Title: "account.col.level", Width: 132, Badge: true, Text: func(r row) string { return standing(r.Number) }, Role: func(r row) kit.Role { return standingRole(r.Number) }},
		{ID: "room", Title: "account.col.room", Width: 140, Text: func(r row) string { return room(r.Number) }},
		{ID: "cases", Title: "account.col.cases", Width: 84, Right: true, Text: func(r row) string { return cases(r.Number) }},
	}
}

func (t *Tab) source() kit.Source[row] {
	ask := desk.HealthAsk{ShopID: t.env.Shop()}
	return kit.ListSource(func(ctx context.Context, _ kit.Order) ([]row, error) { return t.numbers(ctx, ask) }, func(r row) int64 { return r.at })
}

// mostNumbers is more than a shop has: the id of a number in the list stays when
// shops come and go.
const mostNumbers = 1000

// numbers computes the rows of the list, first those that need a look, and counts
// those that do not meet what is asked.
func (t *Tab) numbers(ctx context.Context, ask desk.HealthAsk) ([]row, error) {
	shops, err := t.env.desk.Health(ctx, ask)
	if err != nil {
		return nil, err
	}
	var rows []row
	bad := 0
	for _, s := range shops {
		for i, n := range s.Numbers {
			rows = append(rows, row{s.Shop.ID*mostNumbers + int64(i) + 1, s.Shop, n})
			if good, known := n.Good(); known && !good {
				bad++
			}
		}
	}
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(urgency(a.Number), urgency(b.Number)) })
	var first int64
	if len(rows) > 0 {
		first = rows[0].at
	}
	loop.Do(func() { t.counted, t.first = bad, first })
	return rows, nil
}

// loaded shows the number that needs a look first where none is chosen.
func (t *Tab) loaded() {
	if t.table.SelectedID() == 0 && t.first != 0 {
		t.table.Select(t.first)
	}
	t.env.ChangedStatus()
}

func (t *Tab) nothing() kit.Empty {
	if len(t.env.Shops()) == 0 {
		return kit.Empty{
			Text:   words.T("account.empty.title") + "\n" + words.T("account.empty.do"),
			Button: words.T("orders.empty.import"), Do: func() { t.env.Open(route.Import{Target: "orders"}) },
		}
	}
	return kit.Empty{Text: words.T("account.none.title") + "\n" + words.T("account.none.do")}
}

func (t *Tab) deeds(r row) kit.Deeds {
	return kit.Deeds{
		{Text: words.T("account.tell"), Keys: kit.KeysEdit, Do: func() { t.page.tellOf(r) }},
		{Text: words.T("account.copy"), Rule: true, Do: func() {
			text := words.Join(" · ", said(r.Metric.Title), value(r.Number), cases(r.Number), levelText(r.Number))
			t.env.UI.Copy(text, words.T("copied", "text", text))
		}},
		kit.Stays("stays.figure"),
	}
}

func (t *Tab) chosen(r row, ok bool) {
	if !ok {
		t.page.showPast(false)
		kit.ShowOnly(t.pane, kit.NothingChosen("account.pick.title", "account.pick.do"))
		return
	}
	t.page.show(r)
	kit.ShowOnly(t.pane, t.page.object)
}

func (t *Tab) reload() { t.table.Reload() }

// Name is for screen.
func (t *Tab) Name() string { return "account" }

// Content is for screen.
func (t *Tab) Content() fyne.CanvasObject { return t.content }

// Reload is for screen.
func (t *Tab) Reload() { t.table.Reload() }

// moves are the entities that move numbers.
var moves = []string{data.EntityOrder, data.EntityDispute, data.EntityFeedback, data.EntityMessage, data.EntityShop, data.EntitySetting}

// Changed asks anew when something that numbers count changed.
func (t *Tab) Changed(events []data.ChangeEvent) {
	if slices.ContainsFunc(events, func(e data.ChangeEvent) bool { return slices.ContainsFunc(moves, e.Of) }) {
		t.table.Reload()
	}
}

// Find is for screen: the keys go to the list.
func (t *Tab) Find() { t.table.Focus() }

// Chosen reports whether a number is chosen.
func (t *Tab) Chosen() bool {
	_, ok := t.table.Selected()
	return ok
}

// New writes down what the platform shows of the chosen number.
func (t *Tab) New() {
	if r, ok := t.table.Selected(); ok {
		t.page.tellOf(r)
	}
}

// Status is for screen.
func (t *Tab) Status() string {
	status := kit.ShownCount("account.count", t.table.Count())
	if t.counted > 0 {
		status = words.Join(" · ", status, words.N("account.bad", t.counted))
	}
	return status
}

// Open is for screen: a number has no id of its own.
func (t *Tab) Open(int64) {}

// Proof is for screen: files belong to no number.
func (t *Tab) Proof() (show.Target, string, bool) { return show.Target{}, "", false }

// Export is for screen.
func (t *Tab) Export() {}

// State is for screen.
func (t *Tab) State() any { return t.table.State() }

// Restore is for screen.
func (t *Tab) Restore(state any) {
	if s, ok := state.(kit.TableState); ok {
		t.table.Restore(s)
	}
}

// refOf is the place in the window of a row that a number counts.
func refOf(r health.Ref) (route.Route, bool) {
	switch {
	case r.Kind == health.KindOrder, r.Kind == health.KindThread:
		return route.Order{ID: r.ID}, true
	case r.Kind == health.KindDispute, r.Kind == health.KindCardItem && r.ID > 0:
		return route.Dispute{ID: r.ID}, true
	case r.Kind == health.KindFeedback:
		return route.Feedback{ID: r.ID}, true
	}
	return nil, false
}
