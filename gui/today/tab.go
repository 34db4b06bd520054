package today

import (
	"context"
	"slices"
	"strconv"
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

// Tab is the tab of what is due, worst first.
type Tab struct {
	env     *env
	filter  filter
	groups  *kit.Chips[data.Urgency]
	bar     *bar
	strip   *weekStrip
	table   *kit.Table[desk.WaitingRow]
	why     *widget.Label
	open    *widget.Button
	done    *widget.Button
	snooze  *widget.Button
	back    *widget.Button
	content fyne.CanvasObject
	refs    []data.TodayRef // all that waits, of the last load
	off     int             // put off, of the last load
	counted kit.Loader
	reason  kit.Loader // of the chosen row's date
}

// groups are the rungs that are shown as groups.
var groups = []data.Urgency{data.UrgencyOverdue, data.UrgencyLastDay, data.Urgency72Hours, data.UrgencyWeek, data.UrgencyLater, data.UrgencyNone}

// New makes the tab.
func New(shared *show.Env, d Desk) *Tab {
	e := &env{shared, d}
	t := &Tab{env: e}
	t.groups = kit.NewChips("today.group", t.groupOptions(), "", func(u data.Urgency) {
		t.filter.group, t.filter.day = u, time.Time{}
		t.filtered()
	})
	t.bar = newBar(t)
	t.strip = newWeekStrip(t)
	t.table = kit.NewTable(e.UI, kit.TableOptions[desk.WaitingRow]{
		Name: "today", Columns: columns(e.UI.Now), Source: t.source,
		OnSelect: t.chosen, OnOpen: t.openRow, Empty: t.nothing,
		OnLoaded: func(int) { e.ChangedStatus() },
	})
	head := container.NewVBox(container.NewBorder(nil, nil, nil, t.bar.object, t.groups.Object), t.strip.object)
	t.content = container.NewBorder(kit.Inset(look.Tight, head), t.foot(), nil, nil, t.table)
	t.buttons(desk.WaitingRow{}, false)
	return t
}

// whyHeight is the room of the reason of a date: three lines.
const whyHeight = 62

// foot says why a date is what it is, beside what can be done with the row.
func (t *Tab) foot() fyne.CanvasObject {
	t.why = widget.NewLabel(words.T("today.why.pick"))
	t.why.Wrapping = fyne.TextWrapWord
	withRow := func(do func(desk.WaitingRow)) func() {
		return func() {
			if r, ok := t.table.Selected(); ok {
				do(r)
			}
		}
	}
	t.open = kit.NewButton("today.open", words.T("today.open"), withRow(t.openRow))
	t.done = kit.NewButton("today.done", words.T("today.done"), withRow(t.finish))
	t.snooze = kit.NewButton("today.snooze", words.T("today.snooze"), withRow(t.snoozeSheet))
	t.back = kit.NewButton("today.back", words.T("today.back"), withRow(t.bringBack))
	head := kit.Colored(words.T("today.why"), look.Muted, fyne.TextStyle{Bold: true})
	buttons := container.NewHBox(t.done, t.snooze, t.back, t.open)
	why := container.NewVScroll(t.why) // of one height, so that no button moves when a row is chosen
	why.SetMinSize(fyne.NewSize(0, whyHeight))
	row := container.NewBorder(nil, nil, container.NewVBox(head), container.NewVBox(buttons), why)
	return container.NewVBox(widget.NewSeparator(), kit.Inset(look.Tight, row))
}

// buttons offers what can be done with a row.
func (t *Tab) buttons(r desk.WaitingRow, ok bool) {
	for _, one := range []struct {
		b       *widget.Button
		visible bool
		enabled bool
	}{
		{t.done, ok && r.Kind == data.TodayTask && r.Until.IsZero(), true},
		{t.snooze, !ok || r.Until.IsZero(), ok},
		{t.back, ok && !r.Until.IsZero(), true},
		{t.open, true, ok && (r.Kind != data.TodayTask || r.OrderID != 0)},
	} {
		if one.visible {
			one.b.Show()
		} else {
			one.b.Hide()
		}
		if one.enabled {
			one.b.Enable()
		} else {
			one.b.Disable()
		}
	}
}

// groupOptions are the chips with their counts: sign, word and number.
func (t *Tab) groupOptions() []kit.Option[data.Urgency] {
	all := 0
	var list []kit.Option[data.Urgency]
	counts := t.filter.counts(t.refs, t.env.UI.Now())
	for _, u := range groups {
		n := counts[u]
		all += n
		text := urgencySign(u) + " " + strings.ToUpper(words.Of("urgency", u)) + "  " + words.Number(int64(n))
		if n > 0 || u == data.UrgencyOverdue || u == data.UrgencyLastDay || u == data.Urgency72Hours || u == data.UrgencyWeek {
			list = append(list, kit.Option[data.Urgency]{Value: u, Text: text})
		}
	}
	return append([]kit.Option[data.Urgency]{{Value: "", Text: words.T("today.all", "n", all)}}, list...)
}

// urgencySign stands beside an urgency's word.
func urgencySign(u data.Urgency) string {
	switch u {
	case data.UrgencyOverdue, data.UrgencyLastDay:
		return "!"
	case data.Urgency72Hours:
		return "·"
	case data.UrgencyWeek, data.UrgencyLater, data.UrgencyNone:
		return ""
	}
	return ""
}

// kinds are the kinds of rows, in the order in which their ids name them.
var kinds = []data.TodayKind{data.TodayDispute, data.TodayShip, data.TodayFeedback, data.TodayTask, data.TodayRight}

// todayID tells rows of different kinds apart.
func todayID(kind data.TodayKind, id int64) int64 {
	return id*int64(len(kinds)) + int64(max(0, slices.Index(kinds, kind)))
}

// refOf is the row that an id of the table names.
func refOf(id int32) data.TodayRef {
	return data.TodayRef{Kind: kinds[int(id)%len(kinds)], ID: int64(id) / int64(len(kinds))}
}

// rowID tells the rows of the table apart.
func rowID(r desk.WaitingRow) int64 { return todayID(r.Kind, r.ID) }

func (t *Tab) source() kit.Source[desk.WaitingRow] {
	filter, shop, now := t.filter, t.env.Shop(), t.env.UI.Now()
	d := t.env.desk
	refs := func(ctx context.Context) ([]data.TodayRef, error) {
		all, err := d.TodayRefs(ctx, shop, filter.putOff)
		return filter.refs(all, now), err
	}
	return kit.Source[desk.WaitingRow]{
		First: func(ctx context.Context, _ kit.Order, limit int) ([]desk.WaitingRow, error) {
			list, err := refs(ctx)
			if err != nil {
				return nil, err
			}
			return d.TodayRows(ctx, list[:min(limit, len(list))])
		},
		IDs: func(ctx context.Context, _ kit.Order) ([]int32, error) {
			list, err := refs(ctx)
			ids := make([]int32, len(list))
			for i, r := range list {
				ids[i] = int32(todayID(r.Kind, r.ID))
			}
			return ids, err
		},
		Rows: func(ctx context.Context, ids []int32) ([]desk.WaitingRow, error) {
			list := make([]data.TodayRef, len(ids))
			for i, id := range ids {
				list[i] = refOf(id)
			}
			return d.TodayRows(ctx, list)
		},
		ID: rowID,
	}
}

// columns are in the order in which a person reads: how long, what, whose,
// how much, why.
func columns(now func() time.Time) []kit.Column[desk.WaitingRow] {
	return []kit.Column[desk.WaitingRow]{
		{
			ID: "left", Title: "today.col.left", Width: 130, Badge: true,
			Text: func(r desk.WaitingRow) string { return show.Doubtful(show.DueText(r.Due, now()), r.DueSure) },
			Role: func(r desk.WaitingRow) kit.Role { _, role := kit.Urgency(r.Due, now()); return role },
			Tip:  func(r desk.WaitingRow) string { return show.SureTip(show.DueTip(r.Due, r.Zone, now()), r.DueSure) },
		},
		{ID: "what", Title: "today.col.what", Width: 136, Text: func(r desk.WaitingRow) string { return words.Of("today.kind", r.Kind) }},
		{
			ID: "order", Title: "today.col.order", Width: 250, Bold: true, Text: func(r desk.WaitingRow) string { return words.Join(" · ", r.Platform.Title(), r.OrderNumber) },
			Tip: func(r desk.WaitingRow) string {
				return words.Join(" · ", r.Platform.Title(), r.ShopName, r.OrderNumber, r.CaseNumber)
			},
		},
		{ID: "buyer", Title: "today.col.buyer", Width: 130, Text: func(r desk.WaitingRow) string { return r.BuyerName }},
		{ID: "amount", Title: "today.col.amount", Width: 110, Right: true, Text: func(r desk.WaitingRow) string { return words.Money(r.Amount) }},
		{ID: "reason", Title: "today.col.reason", Width: 180, Grow: true, Text: reasonOf},
		{
			ID: "due", Title: "today.col.due", Width: 110, Text: func(r desk.WaitingRow) string { return words.Time(r.Due, "", now()) }, // one clock, mine
			Tip: func(r desk.WaitingRow) string { return words.TimeFull(r.Due, r.Zone) },
		},
		{ID: "evidence", Title: "today.col.evidence", Width: 80, Right: true, Text: func(r desk.WaitingRow) string { return evidenceCount(r) }},
	}
}

func evidenceCount(r desk.WaitingRow) string {
	if r.Kind != data.TodayDispute && r.Evidence == 0 {
		return ""
	}
	return strconv.Itoa(r.Evidence)
}

// reasonOf says why a row waits, in the seller's words or the buyer's.
func reasonOf(r desk.WaitingRow) string {
	if !r.Until.IsZero() {
		return words.T("today.put_off", "until", words.Time(r.Until, "", time.Now()), "reason", r.Reason, "who", r.By)
	}
	switch r.Kind {
	case data.TodayDispute:
		return words.Of("reason", r.TodayRow.Reason)
	case data.TodayRight:
		return words.Join(" · ", words.Text(r.Title), words.Of("reason", r.TodayRow.Reason))
	case data.TodayFeedback:
		return words.Join(" ", show.Stars(r.Stars), r.Text)
	case data.TodayShip, data.TodayTask:
		return r.Text
	}
	return r.Text
}

// whyThisDate says where a row's date comes from, as far as the row tells.
func whyThisDate(r data.TodayRow) string {
	when := words.TimeFull(r.Due, r.Zone)
	key := "today.why." + string(r.Kind)
	if r.Due.IsZero() {
		key += "_none"
	}
	return words.T(key, "when", when)
}

func (t *Tab) chosen(r desk.WaitingRow, ok bool) {
	t.reason.Stop()
	t.buttons(r, ok)
	switch {
	case !ok:
		t.why.SetText(words.T("today.why.pick"))
	case r.Kind == data.TodayDispute:
		t.why.SetText(words.TimeFull(r.Due, r.Zone))
		kit.Load(&t.reason, func(ctx context.Context) (string, error) {
			c, err := t.env.desk.Case(ctx, r.ID)
			return whyOfCase(c.View), err
		}, func(text string, err error) {
			if err != nil || text == "" {
				text = whyThisDate(r.TodayRow)
			}
			t.env.UI.Problem(err)
			t.why.SetText(text)
		})
	default:
		t.why.SetText(whyThisDate(r.TodayRow))
	}
}

// openRow shows what waits in its own tab.
func (t *Tab) openRow(r desk.WaitingRow) {
	switch {
	case r.Kind == data.TodayDispute:
		t.env.Open(route.Dispute{ID: r.ID})
	case r.Kind == data.TodayFeedback:
		t.env.Open(route.Feedback{ID: r.ID})
	case r.DisputeID != 0:
		t.env.Open(route.Dispute{ID: r.DisputeID})
	case r.OrderID != 0:
		t.env.Open(route.Order{ID: r.OrderID})
	}
}

func (t *Tab) nothing() kit.Empty {
	if t.filter != (filter{}) {
		return kit.Empty{Text: words.T("today.empty.group"), Button: words.T("list.clear"), Do: func() {
			t.filter = filter{}
			t.filtered()
		}}
	}
	if len(t.env.Shops()) == 0 {
		return kit.Empty{
			Text:   words.T("today.empty.title") + "\n" + words.T("today.empty.first"),
			Button: words.T("orders.empty.import"), Do: func() { t.env.Open(route.Import{Target: "orders"}) },
		}
	}
	return kit.Empty{Text: words.T("today.empty.title") + "\n" + words.T("today.empty.do")}
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
	type answer struct {
		refs []data.TodayRef
		off  int
	}
	kit.Load(&t.counted, func(ctx context.Context) (answer, error) {
		refs, err := t.env.desk.TodayRefs(ctx, shop, false)
		if err != nil {
			return answer{}, err
		}
		off, err := t.env.desk.TodayRefs(ctx, shop, true)
		return answer{refs, len(off)}, err
	}, func(a answer, err error) {
		if err == nil { // the table's own load says the error
			t.refs, t.off = a.refs, a.off
			t.drawFilter()
		}
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
	if slices.ContainsFunc(events, func(e data.ChangeEvent) bool { return slices.ContainsFunc(waits, e.Of) }) {
		t.Reload()
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
