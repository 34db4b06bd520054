package today

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/service"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/loop"
	"casebinder/gui/route"
	"casebinder/gui/words"
)

// dueRow is one thing that is due to a buyer.
type dueRow struct {
	kind      group
	what      string
	order     int64
	number    string
	platform  data.Platform
	buyer     string
	country   string
	due       time.Time
	overdue   bool
	why       string
	template  string
	notice    string // id
	message   string // UID of the message that waits
	said      string // its words
	task      int64
	complaint int64
	clock     service.Clock
	trouble   *desk.ParcelTrouble // of a parcel
}

type dueLine = kit.Numbered[dueRow]

// dueList is what a sheet lists, and what it has to say of it.
type dueList struct {
	rows  []dueRow
	total int
	says  []data.Finding
	aside string
}

// dueSheet lists what is due to buyers, a group at a time.
func (t *Tab) dueSheet(g group) *dueSheet {
	s := &dueSheet{today: t, group: g, says: container.NewStack()}
	s.pick = kit.NewChoice(t.buyers.options(), g, func(g group) {
		s.group = g
		s.restart()
	})
	kit.Trace("due.group", s.pick)
	s.table = kit.NewTable(t.env.UI, kit.TableOptions[dueLine]{
		Name: "due", Columns: s.columns(), Source: s.source, OnSelect: func(l dueLine, ok bool) { s.offer(l.Row, ok) },
		Deeds: func(l dueLine) kit.Deeds { return s.deeds(l.Row) }, Empty: func() kit.Empty { return kit.Empty{Text: words.T("due.empty")} },
	})
	s.do = container.NewHBox()
	figures := kit.NewButton("due.figures", words.T("due.figures"), t.figuresSheet)
	s.foot = container.NewBorder(nil, nil, figures, s.do)
	s.body = container.NewBorder(container.NewVBox(container.NewHBox(s.pick), s.says), kit.Inset(look.Tight, s.foot), nil, nil, s.table)
	s.sheet = t.env.UI.Open(kit.Sheet{Name: "due", Title: words.T("due.title"), Width: 1080, Height: 560, Cancel: words.T("do.close"), Body: s.body, Heard: func() { s.table.Reload() }})
	s.restart()
	s.table.Focus()
	return s
}

type dueSheet struct {
	today *Tab
	group group
	pick  *kit.Choice[group]
	says  *fyne.Container
	said  string
	table *kit.Table[dueLine]
	do    *fyne.Container // a button for each deed of the chosen row
	body  *fyne.Container
	foot  *fyne.Container
	sheet *kit.OpenSheet
	last  dueList
}

func (s *dueSheet) restart() {
	s.offer(dueRow{}, false)
	s.say("")
	s.table.Restart()
}

// options are the groups with their numbers, a line for each kind of notice.
func (b *buyersBar) options() []kit.Option[group] {
	c := &b.counts
	numbered := func(g group, text string, n int) kit.Option[group] {
		return kit.Option[group]{Value: g, Text: text + " (" + words.Number(int64(n)) + ")"}
	}
	list := []kit.Option[group]{
		numbered(groupAnswers, words.T("today.buyers.answers"), c.answers), numbered(groupPromises, words.T("today.buyers.promises"), c.promises),
		numbered(groupComplaints, words.T("today.buyers.complaints"), c.complaints), numbered(groupParcels, words.T("today.buyers.parcels"), c.parcels),
		numbered(groupNotices, words.T("today.buyers.notices"), c.noticeSum()),
	}
	for _, n := range c.notices {
		list = append(list, numbered(group(n.Notice), "    "+service.NoticeTitle(n.Notice).In(words.Language()), n.N))
	}
	return append(list, numbered(groupFollow, words.T("today.buyers.follow"), c.follow),
		kit.Option[group]{Value: groupAwake, Text: words.T("today.buyers.awake")}, kit.Option[group]{Value: groupMoments, Text: words.T("today.buyers.moments")},
		kit.Option[group]{Value: groupResellers, Text: "    " + words.T("today.buyers.resellers")})
}

func (s *dueSheet) source() kit.Source[dueLine] {
	g := s.group
	return kit.ListSource(func(ctx context.Context, _ kit.Order) ([]dueLine, error) {
		list, err := listDue(ctx, s.today.env.desk, g, s.today.env.UI.Now())
		if err != nil {
			return nil, err
		}
		loop.Do(func() {
			if g == s.group {
				s.last = list
				s.tell()
			}
		})
		return kit.Number(list.rows), nil
	}, kit.PlaceOf[dueRow])
}

// tell says where the list is not whole, and what stands beside it.
func (s *dueSheet) tell() {
	text := s.last.aside
	if n := len(s.last.rows); s.last.total > n {
		text = words.Join(" ", text, words.T("due.capped", "n", words.Number(int64(n)), "total", words.Number(int64(s.last.total))))
	}
	for _, f := range s.last.says {
		text = words.Join(" ", text, words.Text(f.Why))
	}
	if text != s.said {
		s.say(text)
	}
}

// say puts a line above the list; "" takes it away.
func (s *dueSheet) say(text string) {
	s.said, s.says.Objects = text, nil
	if text != "" {
		s.says.Objects = []fyne.CanvasObject{kit.Hint(text)}
	}
	s.says.Refresh()
	s.body.Refresh() // the list stands lower now
}

func (s *dueSheet) columns() []kit.Column[dueLine] {
	now := s.today.env.UI.Now
	return []kit.Column[dueLine]{
		{
			ID: "due", Title: "due.col.due", Width: 118, Text: func(l dueLine) string { return dueText(l.Row, now()) },
			Tip: func(l dueLine) string { return words.TimeFull(l.Row.due, "") },
			Role: func(l dueLine) kit.Role {
				if l.Row.overdue {
					return kit.Danger
				}
				return kit.Plain
			},
		},
		{ID: "what", Title: "due.col.what", Width: 110, Text: func(l dueLine) string { return l.Row.what }},
		{ID: "order", Title: "due.col.order", Width: 216, Text: func(l dueLine) string {
			if l.Row.number == "" {
				return ""
			}
			return words.Join(" · ", l.Row.platform.Title(), l.Row.number)
		}},
		{ID: "buyer", Title: "due.col.buyer", Width: 176, Text: func(l dueLine) string { return words.Join(" · ", l.Row.buyer, words.Country(l.Row.country)) }},
		{ID: "there", Title: "due.col.there", Width: 118, Text: func(l dueLine) string { return thereText(l.Row.clock) }},
		{ID: "why", Title: "due.col.why", Width: 200, Grow: true, Text: func(l dueLine) string { return l.Row.why }},
	}
}

// dueText is when a thing is due, with a sign where that is over.
func dueText(r dueRow, now time.Time) string {
	text := words.Time(r.due, "", now)
	if r.overdue {
		return "! " + text
	}
	return text
}

// thereText is the buyer's time of day; "" where it is not known.
func thereText(c service.Clock) string {
	if c.Zone == "" {
		return ""
	}
	text := c.Local.Format("15:04")
	switch {
	case !c.Awake:
		return text + " " + words.T("due.asleep")
	case !c.Holiday.IsZero():
		return text + " " + words.Text(c.Holiday.Text(words.Language()))
	case c.Weekend:
		return text + " " + words.T("due.weekend")
	}
	return text
}

// deeds are what can be done with a row, the main one first.
func (s *dueSheet) deeds(r dueRow) kit.Deeds {
	var deeds kit.Deeds
	add := func(can bool, name, keys string, do func(dueRow)) {
		if can {
			deeds = append(deeds, kit.Action{Name: "due." + name, Text: words.T("due." + name), Keys: keys, Do: func() { do(r) }})
		}
	}
	add(r.order != 0 && (r.trouble == nil || r.template != ""), "write", "", s.write)
	add(r.order != 0, "order", "", s.openOrder)
	add(r.complaint != 0 || r.message != "", "complaint", "", s.complain)
	add(r.task != 0, "done", kit.KeysTurn, s.finish)
	add(r.notice != "", "skip", kit.KeysBin, s.skip)
	add(r.message != "", "no_answer", kit.KeysBin, s.noAnswer)
	add(r.trouble != nil, "task", "", s.makeTask)
	add(r.trouble != nil && r.trouble.Path != "", "path", "", s.walk)
	add(r.trouble != nil, "leave", kit.KeysBin, s.leave)
	if r.notice == "" && r.message == "" && r.trouble == nil {
		deeds = append(deeds, kit.Stays("stays.today"))
	}
	return deeds
}

// offer shows a button for each thing that can be done with a row, the main one at the
// right.
func (s *dueSheet) offer(r dueRow, ok bool) {
	s.do.RemoveAll()
	if ok {
		for _, a := range slices.Backward(s.deeds(r).Shown()) {
			s.do.Add(kit.NewButton(a.Name, a.Text, a.Do))
		}
	}
	s.foot.Refresh()
}

// write opens the replies with the order, and with the template that says it.
func (s *dueSheet) write(r dueRow) {
	if r.order == 0 {
		return
	}
	s.withOrder(r, func(o data.OrderRow) { s.today.env.Open(route.Reply{Order: o, Template: r.template}) })
}

func (s *dueSheet) withOrder(r dueRow, do func(data.OrderRow)) {
	kit.Do(func(ctx context.Context) ([]data.OrderRow, error) {
		return s.today.env.desk.OrderRows(ctx, []int32{int32(r.order)})
	}, func(rows []data.OrderRow, err error) {
		if err != nil || len(rows) == 0 {
			s.today.env.UI.Problem(err)
			return
		}
		s.sheet.Close()
		do(rows[0])
	})
}

func (s *dueSheet) openOrder(r dueRow) {
	s.sheet.Close()
	s.today.env.Open(route.Order{ID: r.order})
}

func (s *dueSheet) noAnswer(r dueRow) {
	s.deed("due.no_answer.done", func(ctx context.Context) error { return s.today.env.desk.NoAnswer(ctx, r.message, true) })
}

func (s *dueSheet) skip(r dueRow) {
	s.deed("due.skip.done", func(ctx context.Context) error { return s.today.env.desk.SkipNotice(ctx, r.order, r.notice, true) })
}

func (s *dueSheet) finish(r dueRow) {
	s.deed("due.done.done", func(ctx context.Context) error { return s.today.env.desk.FinishTask(ctx, r.task) })
}

// complain opens the complaint of a row, or one from the message that waits.
func (s *dueSheet) complain(r dueRow) {
	if r.complaint != 0 {
		s.sheet.Close()
		s.today.env.Open(route.Complaint{ID: r.complaint})
		return
	}
	s.withOrder(r, func(o data.OrderRow) { s.today.env.Open(route.Complaint{Order: o, Happened: r.said}) })
}

func (s *dueSheet) deed(said string, do func(context.Context) error) {
	s.today.env.DeedThen(words.T(said), do, func() { s.table.Reload() })
}
