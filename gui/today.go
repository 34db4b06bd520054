package gui

import (
	"context"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

func init() {
	screenMakers["today"] = func(e *env) screen { return newToday(e) }
}

// today is the tab of what is due, worst first.
type today struct {
	env     *env
	group   data.Urgency // "" shows all
	groups  *kit.Chips[data.Urgency]
	table   *kit.Table[data.TodayRow]
	why     *widget.Label
	open    *widget.Button
	content fyne.CanvasObject
	counts  map[data.Urgency]int // of the last load
	counted kit.Loader
}

// todayGroups are the rungs that are shown as groups.
var todayGroups = []data.Urgency{data.UrgencyOverdue, data.UrgencyLastDay, data.Urgency72Hours, data.UrgencyWeek, data.UrgencyLater, data.UrgencyNone}

func newToday(e *env) *today {
	t := &today{env: e, counts: map[data.Urgency]int{}}
	t.groups = kit.NewChips("today.group", t.groupOptions(), "", func(u data.Urgency) {
		t.group = u
		t.table.Restart()
	})
	t.table = kit.NewTable(e.ui, kit.TableOptions[data.TodayRow]{
		Name: "today", Columns: todayColumns(e.ui.Now), Source: t.source,
		OnSelect: t.chosen, OnOpen: t.openRow, Empty: t.nothing,
		OnLoaded: func(int) { e.changedStatus() },
	})
	t.why = widget.NewLabel(words.T("today.why.pick"))
	t.why.Wrapping = fyne.TextWrapWord
	t.open = kit.NewButton("today.open", words.T("today.open"), func() {
		if r, ok := t.table.Selected(); ok {
			t.openRow(r)
		}
	})
	t.open.Disable()
	head := kit.Colored(words.T("today.why"), look.Muted, fyne.TextStyle{Bold: true})
	foot := container.NewVBox(widget.NewSeparator(), kit.Inset(look.Tight, container.NewBorder(nil, nil, head, t.open, t.why)))
	t.content = container.NewBorder(kit.Inset(look.Tight, t.groups.Object), foot, nil, nil, t.table)
	return t
}

// groupOptions are the chips with their counts: sign, word and number.
func (t *today) groupOptions() []kit.Option[data.Urgency] {
	all := 0
	var list []kit.Option[data.Urgency]
	for _, u := range todayGroups {
		n := t.counts[u]
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

// todayID tells rows of different kinds apart.
func todayID(r data.TodayRow) int64 {
	kinds := []data.TodayKind{data.TodayDispute, data.TodayShip, data.TodayFeedback, data.TodayTask}
	for i, k := range kinds {
		if r.Kind == k {
			return r.ID*int64(len(kinds)) + int64(i)
		}
	}
	return r.ID * int64(len(kinds))
}

func (t *today) source() kit.Source[data.TodayRow] {
	group, shop, now := t.group, t.env.shop(), t.env.ui.Now()
	return kit.ListSource(func(ctx context.Context, _ kit.Order) ([]data.TodayRow, error) {
		rows, err := t.env.desk.Today(ctx, shop)
		if err != nil || group == "" {
			return rows, err
		}
		var some []data.TodayRow
		for _, r := range rows {
			if data.UrgencyOf(r.Due, now) == group {
				some = append(some, r)
			}
		}
		return some, nil
	}, todayID)
}

// todayColumns are in the order in which a person reads: how long, what, whose,
// how much, why.
func todayColumns(now func() time.Time) []kit.Column[data.TodayRow] {
	return []kit.Column[data.TodayRow]{
		{
			ID: "left", Title: "today.col.left", Width: 130, Badge: true,
			Text: func(r data.TodayRow) string { return dueText(r.Due, now()) },
			Role: func(r data.TodayRow) kit.Role { _, role := kit.Urgency(r.Due, now()); return role },
			Tip:  func(r data.TodayRow) string { return dueTip(r.Due, r.Zone, now()) },
		},
		{ID: "what", Title: "today.col.what", Width: 136, Text: func(r data.TodayRow) string { return words.Of("today.kind", r.Kind) }},
		{
			ID: "order", Title: "today.col.order", Width: 250, Bold: true, Text: func(r data.TodayRow) string { return join(" · ", r.Platform.Title(), r.OrderNumber) },
			Tip: func(r data.TodayRow) string {
				return join(" · ", r.Platform.Title(), r.ShopName, r.OrderNumber, r.CaseNumber)
			},
		},
		{ID: "buyer", Title: "today.col.buyer", Width: 130, Text: func(r data.TodayRow) string { return r.BuyerName }},
		{ID: "amount", Title: "today.col.amount", Width: 110, Right: true, Text: func(r data.TodayRow) string { return words.Money(r.Amount) }},
		{ID: "reason", Title: "today.col.reason", Width: 180, Grow: true, Text: todayReason},
		{
			ID: "due", Title: "today.col.due", Width: 110, Text: func(r data.TodayRow) string { return words.Time(r.Due, r.Zone, now()) },
			Tip: func(r data.TodayRow) string { return words.TimeFull(r.Due, r.Zone) },
		},
		{ID: "evidence", Title: "today.col.evidence", Width: 80, Right: true, Text: func(r data.TodayRow) string { return evidenceCount(r) }},
	}
}

func evidenceCount(r data.TodayRow) string {
	if r.Kind != data.TodayDispute && r.Evidence == 0 {
		return ""
	}
	return strconv.Itoa(r.Evidence)
}

// todayReason says why a row waits, in the seller's words or the buyer's.
func todayReason(r data.TodayRow) string {
	switch r.Kind {
	case data.TodayDispute:
		return words.Of("reason", r.Reason)
	case data.TodayFeedback:
		return join(" ", stars(r.Stars), r.Text)
	case data.TodayShip, data.TodayTask:
		return r.Text
	}
	return r.Text
}

// dueText says how long there is; that no date is known is said too.
func dueText(due, now time.Time) string {
	text, _ := kit.Urgency(due, now)
	if text == "" {
		return words.Of("urgency", data.UrgencyNone)
	}
	return text
}

func dueTip(due time.Time, zone string, now time.Time) string {
	if due.IsZero() {
		return ""
	}
	return words.Left(due, now) + " · " + words.TimeFull(due, zone)
}

// whyThisDate says where a row's date comes from.
func whyThisDate(r data.TodayRow) string {
	when := words.TimeFull(r.Due, r.Zone)
	key := "today.why." + string(r.Kind)
	if r.Due.IsZero() {
		key += "_none"
	}
	return words.T(key, "when", when)
}

func (t *today) chosen(r data.TodayRow, ok bool) {
	if !ok {
		t.why.SetText(words.T("today.why.pick"))
		t.open.Disable()
		return
	}
	t.why.SetText(whyThisDate(r))
	t.open.Enable()
}

// openRow shows what waits in its own tab.
func (t *today) openRow(r data.TodayRow) {
	switch {
	case r.Kind == data.TodayDispute:
		t.env.openDispute(r.ID)
	case r.Kind == data.TodayFeedback:
		t.env.openFeedback(r.ID)
	case r.OrderID != 0:
		t.env.openOrder(r.OrderID)
	}
}

func (t *today) nothing() kit.Empty {
	if t.group != "" {
		return kit.Empty{Text: words.T("today.empty.group"), Button: words.T("orders.none.clear"), Do: func() {
			t.group = ""
			t.groups.Set("")
			t.table.Restart()
		}}
	}
	if len(t.env.shops()) == 0 {
		return kit.Empty{
			Text:   words.T("today.empty.title") + "\n" + words.T("today.empty.first"),
			Button: words.T("orders.empty.import"), Do: func() { t.env.importFile("orders") },
		}
	}
	return kit.Empty{Text: words.T("today.empty.title") + "\n" + words.T("today.empty.do")}
}

// count brings the numbers of the groups.
func (t *today) count() {
	shop, now := t.env.shop(), t.env.ui.Now()
	kit.Load(&t.counted, func(ctx context.Context) (map[data.Urgency]int, error) {
		rows, err := t.env.desk.Today(ctx, shop)
		counts := map[data.Urgency]int{}
		for _, r := range rows {
			counts[data.UrgencyOf(r.Due, now)]++
		}
		return counts, err
	}, func(counts map[data.Urgency]int, err error) {
		if err == nil { // the table's own load says the error
			t.counts = counts
			t.groups.SetOptions(t.groupOptions())
		}
	})
}

// Name is for screen.
func (t *today) Name() string { return "today" }

// Content is for screen.
func (t *today) Content() fyne.CanvasObject { return t.content }

// Reload is for screen.
func (t *today) Reload() {
	t.count()
	t.table.Reload()
}

// Find is for screen: there is nothing to search here, so the keys go to the
// table.
func (t *today) Find() { t.table.Focus() }

// New opens a dispute, which is what most often comes in.
func (t *today) New() { openDisputeSheet(t.env, data.OrderRow{}) }

// Status is for screen.
func (t *today) Status() string { return shownCount("today.count", t.table.Count()) }

// Rows is how many rows are listed.
func (t *today) Rows() int { return t.table.Count() }

// Open is for screen: Today has no records of its own.
func (t *today) Open(int64) {}

// Proof is for screen: files that are dropped here belong to the dispute or
// the order of the chosen row.
func (t *today) Proof() (proofTarget, string, bool) {
	r, ok := t.table.Selected()
	switch {
	case !ok:
		return proofTarget{}, "", false
	case r.Kind == data.TodayDispute:
		return proofTarget{orderID: r.OrderID, disputeID: r.ID}, words.T("proof.dispute", "number", join(" ", r.CaseNumber, r.OrderNumber)), true
	}
	return proofTarget{orderID: r.OrderID}, words.T("proof.order", "number", r.OrderNumber), r.OrderID != 0
}

// Export is for screen: a bundle is bound where its dispute is seen.
func (t *today) Export() {
	if r, ok := t.table.Selected(); ok {
		t.openRow(r)
	}
}

type todayState struct {
	group data.Urgency
	table kit.TableState
}

// State is for screen.
func (t *today) State() any { return todayState{t.group, t.table.State()} }

// Restore is for screen.
func (t *today) Restore(state any) {
	if s, ok := state.(todayState); ok {
		t.group = s.group
		t.groups.Set(s.group)
		t.count()
		t.table.Restore(s.table)
	}
}
