package replies

import (
	"context"
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/service"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// noticesMost is how many notices are listed at once; how many more there are is
// said.
const noticesMost = 2000

// notices is the part that lists the notices along the parcel's way that are due:
// by stage, ticked, and then copied and sent one after the other with a key each.
type notices struct {
	env    *env
	object fyne.CanvasObject
	part   *kit.Part

	loader  kit.Loader
	filler  kit.Loader
	counts  []desk.NoticeCount
	stage   string // "" is all
	rows    []desk.DueNotice
	total   int
	capped  bool
	ticked  map[int64]bool // by order
	at      int64          // order of the notice that is shown; 0: none
	now     prepared
	waiting bool // what stands on the screen is not that of the chosen row
	loaded  bool
	roomy   bool // the list was laid out

	chips   *kit.Chips[string]
	list    *kit.List
	note    *widget.Label
	tick    *kit.Button
	title   *kit.Para
	hour    *fyne.Container
	why     *fyne.Container
	text    *kit.Flow
	gloss   *kit.Flow
	found   *fyne.Container
	copy    *kit.KeyButton
	sent    *kit.KeyButton
	by      *show.SentBy
	skip    *kit.KeyButton
	change  *kit.Button
	blocked *widget.Label
}

// prepared is a notice in the buyer's language.
type prepared struct {
	order   data.Order
	filled  filled
	draft   data.ReplyDraft // that is there already
	checked desk.ReplyChecked
	ways    desk.ReplyChannels // by which it can go out
	err     error
}

func newNotices(e *env) *notices {
	n := &notices{env: e, ticked: map[int64]bool{}}
	n.chips = kit.NewChips("notices.stage", nil, "", func(stage string) {
		n.stage = stage
		n.reload()
	})
	n.chips.Object.Layout = layout.NewRowWrapLayoutWithCustomPadding(0, 0)
	n.list = kit.NewList(e.UI, kit.ListOptions{
		Name: "notices.list", Count: func() int { return len(n.rows) }, Make: n.makeRow, Draw: n.drawRow, At: n.index, Chose: n.choose, Deeds: n.deeds, Line: n.lineOf,
	})
	n.note = widget.NewLabel("")
	n.note.Importance = widget.LowImportance
	n.note.Wrapping = fyne.TextWrapWord
	n.tick = kit.NewButton("notices.tick", words.T("notices.tick"), n.tickAll)
	n.tick.Importance = widget.LowImportance
	n.title = kit.NewRecordTitle()
	n.hour, n.why, n.found = container.NewHBox(), kit.Stacked(0), kit.Stacked(0)
	n.text, n.gloss = kit.NewFlow("", kit.Plain, look.Text), kit.NewFlow("", kit.Muted, look.Text)
	n.copy = kit.NewKeyButton(e.UI, "notices.copy", words.T("replies.copy"), n.copyText)
	n.copy.Importance = widget.HighImportance
	n.sent = kit.NewKeyButton(e.UI, "notices.sent", words.T("replies.sent"), n.sayItIsSent)
	n.by = show.NewSentBy("notices.by")
	n.skip = kit.NewKeyButton(e.UI, "notices.skip", words.T("notices.skip"), n.skipIt)
	n.change = kit.NewButton("notices.change", words.T("notices.change"), n.openIt)
	n.skip.Importance, n.change.Importance = widget.LowImportance, widget.LowImportance
	n.blocked = widget.NewLabel("")
	n.blocked.Wrapping = fyne.TextWrapWord
	n.object = n.layout()
	n.clear()
	return n
}

func (n *notices) layout() fyne.CanvasObject {
	left := container.NewBorder(kit.Inset(look.Tight, n.chips.Object), kit.Stacked(0, n.note, container.NewHBox(n.tick)), nil, nil, container.New(kit.OnResize(n.sized), n.list))
	head := container.NewBorder(nil, widget.NewSeparator(), nil, n.hour, n.title)
	body := container.NewVScroll(kit.Inset(look.Gap, kit.Stacked(look.Gap, n.why, kit.NewPanel(kit.FlowRoom(n.text)), kit.FlowRoom(n.gloss), n.found)))
	foot := container.NewVBox(widget.NewSeparator(), container.NewBorder(nil, nil, nil, container.NewVBox(n.by.Object), n.blocked), container.NewHBox(tall(38, kit.Wide(200, n.copy)), kit.Wide(120, n.sent), n.skip, layout.NewSpacer(), n.change))
	return kit.KeptSplit(n.env.UI, "replies.notices", 0.45, left, container.NewBorder(head, foot, nil, nil, body))
}

// reload asks for what is due.
func (n *notices) reload() {
	type due struct {
		counts []desk.NoticeCount
		list   desk.DueNoticeList
	}
	stage := n.stage
	kit.Load(&n.loader, func(ctx context.Context) (d due, err error) {
		if d.counts, _, err = n.env.desk.NoticeCounts(ctx); err != nil {
			return d, err
		}
		d.list, err = n.env.desk.DueNotices(ctx, stage, noticesMost)
		return d, err
	}, func(d due, err error) {
		if err != nil {
			if !errors.Is(err, context.Canceled) {
				n.env.UI.Problem(err)
			}
			return
		}
		n.show(d.counts, d.list)
	})
}

func (n *notices) show(counts []desk.NoticeCount, list desk.DueNoticeList) {
	before := n.index()
	n.counts, n.rows, n.total, n.capped, n.loaded = counts, list.List, list.Total, list.Capped, true
	all := 0
	options := []kit.Option[string]{{}}
	for _, c := range counts {
		all += c.N
		options = append(options, kit.Option[string]{Value: c.Notice, Text: noticeName(c.Notice) + " " + words.Number(int64(c.N))})
	}
	options[0].Text = words.T("notices.all", "n", words.Number(int64(all)))
	n.chips.SetOptions(options)
	n.part.SetText(partText("replies.part.notices", all))
	due := map[int64]bool{}
	for _, d := range n.rows {
		due[d.OrderID] = true
	}
	for id := range n.ticked {
		if !due[id] {
			delete(n.ticked, id)
		}
	}
	n.say()
	n.list.Refresh()
	kit.Event("loaded", "name", "notices", "rows", len(n.rows))
	if due[n.at] {
		return // it stays, with its text
	}
	n.goTo(before)
}

// partText is the words of a part with how many wait there.
func partText(key string, n int) string {
	if n == 0 {
		return words.T(key)
	}
	return words.T(key) + " (" + words.Number(int64(n)) + ")"
}

// say tells below the list what is not in it.
func (n *notices) say() {
	var notes []string
	if len(n.rows) == 0 {
		notes = append(notes, words.T("notices.none"))
	}
	if n.total > len(n.rows) {
		notes = append(notes, words.T("notices.shown", "n", words.Number(int64(len(n.rows))), "total", words.Number(int64(n.total))))
	}
	if n.capped {
		notes = append(notes, words.T("notices.capped"))
	}
	if ticked := len(n.ticked); ticked > 0 {
		notes = append(notes, words.N("notices.ticked", ticked))
	}
	n.note.SetText(strings.Join(notes, " "))
	if len(notes) == 0 {
		n.note.Hide()
	} else {
		n.note.Show()
	}
}

// noticeName is what a notice is called.
func noticeName(id string) string { return service.NoticeTitle(id).In(words.Language()) }

// deeds are what can be done with a notice that is due, which is the one in view.
func (n *notices) deeds(at int) kit.Deeds {
	tick := "notices.tick_one"
	if n.ticked[n.rows[at].OrderID] {
		tick = "notices.untick_one"
	}
	return kit.Deeds{
		{Text: n.change.Text, Do: n.openIt},
		{Text: words.T(tick), Keys: kit.KeysTurn, Do: func() { n.tickRow(at) }},
		{Text: words.T("due.order"), Do: func() { n.env.Open(route.Order{ID: n.rows[at].OrderID}) }},
		{Text: n.skip.Text, Keys: kit.KeysBin, Rule: true, Do: n.skipIt},
	}
}

// lineOf is a notice as text.
func (n *notices) lineOf(at int) string {
	d := n.rows[at]
	return words.Join("\t", noticeName(d.Notice.Notice), d.Buyer, words.Country(d.ShipTo.Country), d.Number, d.Shop.Platform.Title()+" "+d.Shop.Name, d.Item)
}

func (n *notices) makeRow() fyne.CanvasObject {
	check := kit.NewCheck("", nil)
	line := kit.NewText("", kit.Plain, look.Text, false)
	more := kit.NewText("", kit.Muted, look.Small, false)
	return container.NewBorder(nil, nil, container.NewCenter(check), nil, container.New(rowLayout{}, line, more))
}

// rowLayout puts a line above a small one.
type rowLayout struct{}

// MinSize is for Fyne.
func (rowLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(100, 40) }

// Layout is for Fyne.
func (rowLayout) Layout(objects []fyne.CanvasObject, _ fyne.Size) {
	objects[0].Move(fyne.NewPos(0, 3))
	objects[1].Move(fyne.NewPos(0, 22))
}

func (n *notices) drawRow(i widget.ListItemID, o fyne.CanvasObject) {
	d := n.rows[i]
	row := o.(*fyne.Container)
	check := row.Objects[1].(*fyne.Container).Objects[0].(*kit.Check)
	check.OnChanged = nil
	check.SetChecked(n.ticked[d.OrderID])
	check.OnChanged = func(on bool) {
		if on {
			n.ticked[d.OrderID] = true
		} else {
			delete(n.ticked, d.OrderID)
		}
		n.say()
	}
	room := o.Size().Width - 40
	texts := row.Objects[0].(*fyne.Container).Objects
	line, more := texts[0].(*canvas.Text), texts[1].(*canvas.Text)
	line.Text = kit.Fit(words.Join(" · ", noticeName(d.Notice.Notice), d.Buyer, words.Country(d.ShipTo.Country), d.Number), room, false)
	more.Text = kit.Fit(words.Join(" · ", d.Shop.Platform.Title()+" "+d.Shop.Name, words.T("notices.since", "when", words.Day(d.Since, d.Shop.Zone, n.env.UI.Now())), d.Item), room*1.15, false)
	line.Refresh()
	more.Refresh()
}

// index is the row of the notice that is shown; -1 while none is.
func (n *notices) index() int {
	return slices.IndexFunc(n.rows, func(d desk.DueNotice) bool { return d.OrderID == n.at })
}

// tickRow ticks a row, or takes the tick away.
func (n *notices) tickRow(i int) {
	if i < 0 || i >= len(n.rows) {
		return
	}
	if id := n.rows[i].OrderID; n.ticked[id] {
		delete(n.ticked, id)
	} else {
		n.ticked[id] = true
	}
	n.say()
	n.list.RefreshItem(i)
}

// tickAll ticks all that are listed, or none when all are.
func (n *notices) tickAll() {
	if len(n.ticked) == len(n.rows) {
		n.ticked = map[int64]bool{}
	} else {
		for _, d := range n.rows {
			n.ticked[d.OrderID] = true
		}
	}
	n.say()
	n.list.Refresh()
	if n.at == 0 {
		n.goTo(-1)
	}
}

// goTo shows the next notice from a row on: a ticked one where some are.
func (n *notices) goTo(from int) {
	from = max(from, 0)
	for i := range n.rows {
		k := (from + i) % len(n.rows)
		if len(n.ticked) == 0 || n.ticked[n.rows[k].OrderID] {
			n.list.UnselectAll()
			n.list.Select(k)
			return
		}
	}
	n.list.UnselectAll()
	n.clear()
}

// sized shows the chosen row once the list has room: one that is chosen before
// would be scrolled out of it.
func (n *notices) sized() {
	if n.roomy || n.list.Size().Height < 1 {
		return
	}
	n.roomy = true
	n.list.ScrollToTop()
	if i := n.index(); i > 0 {
		n.list.ScrollTo(i)
	}
}

// changed asks anew where an order or a message changed.
func (n *notices) changed(events []data.ChangeEvent) {
	if n.loaded && slices.ContainsFunc(events, func(e data.ChangeEvent) bool {
		return (e.Of(data.EntityOrder) || e.Of(data.EntityMessage) || e.Of(data.EntityTemplate)) && e.Action != "draft.copy"
	}) {
		n.reload()
	}
}
