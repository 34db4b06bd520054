package talk

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/chat"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// sheet shows a conversation as it was read, for a person to correct.
type sheet struct {
	room  *Room
	talk  desk.Talk
	then  func()
	sheet *kit.OpenSheet

	order  *show.OrderFinder
	zone   *kit.SelectEntry
	head   *fyne.Container
	found  *fyne.Container
	table  *kit.Table[row]
	editor *editor
	body   *fyne.Container
	quiet  bool // the fields are being set, not typed into
	loader kit.Loader
	edited bool
}

type row = kit.Numbered[desk.TalkItem]

// open shows a conversation.
func (e *Room) open(t desk.Talk, then func()) *sheet {
	s := &sheet{room: e, talk: t, then: then, head: container.NewVBox(), found: container.NewStack(), body: container.NewStack()}
	s.order = show.NewOrderFinder(e.Env, words.T("talk.order.search"), s.chooseOrder)
	s.zone = kit.NewSelectEntry(show.Zones())
	s.zone.SetText(t.Zone)
	s.zone.OnChanged = s.chooseZone
	s.table = kit.NewTable(e.UI, kit.TableOptions[row]{
		Name: "talk", Columns: s.columns(), Source: s.source,
		OnSelect: func(r row, ok bool) {
			if ok {
				s.editor.show(int(r.At) - 1)
			}
		},
		Deeds: func(r row) kit.Deeds { return s.editor.deeds(r) },
	})
	s.editor = newEditor(s)
	kit.Trace("talk.order", s.order.Search)
	kit.Trace("talk.zone", s.zone)
	labeled := func(key string, field fyne.CanvasObject) fyne.CanvasObject { // the label beside the field's first line, however much stands below it
		return container.NewBorder(nil, nil, container.NewVBox(kit.Soft1(words.T(key))), nil, container.NewVBox(field))
	}
	fields := container.NewGridWithColumns(2, labeled("talk.order", s.order.Object), labeled("talk.zone", s.zone))
	list := container.NewVSplit(s.table, s.editor.object)
	list.Offset = 0.55
	var middle fyne.CanvasObject = list
	if raw := t.Request.Text; raw != "" {
		side := container.NewBorder(kit.Section(words.T("talk.raw")), nil, nil, nil, container.NewVScroll(kit.Prose(shortened(raw))))
		split := container.NewHSplit(list, side)
		split.Offset = 0.66
		middle = split
	}
	s.body.Objects = []fyne.CanvasObject{container.NewBorder(container.NewVBox(s.head, fields, s.found), nil, nil, nil, middle)}
	s.sheet = e.UI.Open(kit.Sheet{
		Name: "talk", Title: s.title(), Width: 1180, Height: 680, Body: s.body,
		Do: words.T("talk.do"), OnDo: s.take, Cancel: words.T("do.close"), OnCancel: s.next,
		Unsaved: func() bool { return s.edited },
	})
	s.draw()
	s.table.Restart()
	s.editor.show(0)
	return s
}

// rawShown is how much of the raw text is drawn, in bytes; all of it is kept.
const rawShown = 20_000

func shortened(raw string) string {
	if len(raw) <= rawShown {
		return raw
	}
	return strings.ToValidUTF8(raw[:rawShown], "") + "\n…"
}

func (s *sheet) title() string {
	t := &s.talk
	switch {
	case t.Name != "":
		return words.T("talk.title.file", "file", t.Name)
	case t.Whole && t.Order.ID != 0:
		return words.T("talk.title.one", "order", t.Order.Number)
	}
	return words.T("talk.title")
}

// next goes on to what waits behind this sheet.
func (s *sheet) next() {
	if s.then != nil {
		s.then()
	}
}

func (s *sheet) source() kit.Source[row] {
	rows := kit.Number(s.talk.Items)
	return kit.ListSource(func(context.Context, kit.Order) ([]row, error) { return rows, nil }, kit.PlaceOf[desk.TalkItem])
}

func (s *sheet) columns() []kit.Column[row] {
	return []kit.Column[row]{
		{ID: "at", Title: "talk.col.at", Width: 130, Text: func(r row) string { return itemTime(&r.Row) }},
		{ID: "who", Title: "talk.col.who", Width: 90, Bold: true, Text: func(r row) string { return words.T(directionKey(r.Row.Direction)) }},
		{ID: "author", Title: "talk.col.author", Width: 120, Text: func(r row) string { return r.Row.Author }},
		{ID: "text", Title: "talk.col.text", Width: 240, Grow: true, Text: func(r row) string { return strings.Join(strings.Fields(r.Row.Text), " ") }},
		{ID: "state", Title: "talk.col.state", Width: 110, Text: s.state},
	}
}

// state says what becomes of a message.
func (s *sheet) state(r row) string {
	switch item := r.Row; {
	case item.Leave:
		return words.T("talk.state.left")
	case item.Known:
		return words.T("talk.state.known")
	case len(item.Files) > 0:
		return words.N("talk.state.files", len(item.Files))
	case item.OrderID == 0:
		return words.T("talk.state.no_order")
	}
	return words.T("talk.state.new")
}

// itemTime is the clock as it was printed.
func itemTime(i *desk.TalkItem) string {
	switch {
	case i.At.IsZero() || i.Precision == data.NoTime:
		return words.T("talk.no_time")
	case i.Precision == data.ToDay:
		return i.At.Format("2006-01-02")
	}
	return i.At.Format("2006-01-02 15:04")
}

// directionKey is the key of a direction's words.
func directionKey(d data.Direction) string {
	switch d {
	case data.FromBuyer:
		return "talk.from.in"
	case data.ToBuyer:
		return "talk.from.out"
	case data.FromPlatform:
		return "talk.from.platform"
	case chat.System:
		return "talk.from.system"
	}
	return "talk.from.unsaid"
}

// draw says what was read.
func (s *sheet) draw() {
	t := &s.talk
	form := words.T("talk.form.unknown")
	if t.Form != "" {
		form = words.T("talk.form." + t.Form)
	}
	fresh, known, left := t.Taken()
	if t.Whole {
		form = words.T("talk.form.whole")
	}
	s.head.Objects = []fyne.CanvasObject{kit.Soft(words.Join(" · ", form, words.N("talk.fresh", fresh), words.N("talk.known_n", known), words.N("talk.left_n", left)))}
	if t.Mailbox {
		s.head.Add(kit.Soft(words.T("talk.mailbox", "n", len(t.Items))))
	}
	s.head.Refresh()
	if t.Order.ID != s.order.Chosen.ID {
		s.quiet = true
		s.order.Choose(t.Order)
		s.quiet = false
	}
	s.found.Objects = nil
	if len(t.Findings) > 0 {
		list := container.NewVScroll(show.Findings("talk.finding", show.AsFindings(t.Findings...), show.FindingDeeds{}))
		list.SetMinSize(fyne.NewSize(200, min(float32(len(t.Findings))*52, 130)))
		s.found.Objects = []fyne.CanvasObject{kit.Inset(look.Tight, list)}
	}
	s.found.Refresh()
	s.sheet.SetDo(words.N("talk.do_n", fresh), fresh > 0 || t.Mailbox)
}

// chooseOrder gives all messages an order.
func (s *sheet) chooseOrder(r data.OrderRow) {
	if s.quiet || r.ID == s.talk.Order.ID {
		return
	}
	s.talk.Request.OrderID = r.ID
	s.again()
}

// chooseZone reads the times in another zone.
func (s *sheet) chooseZone(zone string) {
	if !slices.Contains(show.Zones(), zone) || zone == s.talk.Zone {
		return
	}
	s.talk.Request.Zone = zone
	s.again()
}

// again reads the same once more. What was corrected by hand stays where the
// messages are the same ones.
func (s *sheet) again() {
	before := s.talk.Items
	kit.Load(&s.loader, func(ctx context.Context) (desk.Talk, error) {
		return s.room.desk.PreviewTalk(ctx, s.talk.Request, nil)
	}, func(t desk.Talk, err error) {
		if err != nil {
			s.sheet.Problem(err)
			return
		}
		s.sheet.ClearProblem()
		if s.edited {
			t.Items = corrected(t, before)
			t.Whole = t.Whole && len(t.Items) == 1
		}
		s.talk = t
		s.changed()
	})
}

// corrected keeps a person's corrections and takes over order and time.
func corrected(t desk.Talk, before []desk.TalkItem) []desk.TalkItem {
	fresh := map[int]desk.TalkItem{}
	for _, i := range t.Items {
		fresh[i.First] = i
	}
	kept := slices.Clone(before)
	for k := range kept {
		kept[k].OrderID, kept[k].Known = t.Order.ID, false
		if f, ok := fresh[kept[k].First]; ok {
			kept[k].At, kept[k].Precision, kept[k].Known = f.At, f.Precision, f.Known && f.Text == kept[k].Text && f.Direction == kept[k].Direction
		}
	}
	return kept
}

// changed draws anew after the messages changed.
func (s *sheet) changed() {
	s.draw()
	s.table.Reload()
	s.editor.show(min(s.editor.at, len(s.talk.Items)-1))
}

// take keeps the messages.
func (s *sheet) take() {
	fresh, _, _ := s.talk.Taken()
	if fresh == 0 && !s.talk.Mailbox {
		return
	}
	if err := s.editor.keep(); err != nil {
		s.sheet.Problem(err)
		return
	}
	s.sheet.SetDo(words.T("talk.do"), false)
	var report desk.TalkReport
	talk := s.talk
	s.room.UI.Jobs.Run(words.T("talk.taking"), func(ctx context.Context, progress func(int64, int64, string)) (err error) {
		report, err = s.room.desk.TakeTalk(ctx, talk, progress)
		return err
	}, func(err error) {
		if err != nil {
			s.sheet.Problem(err)
			s.draw()
			return
		}
		s.edited = false
		s.sheet.Close()
		s.said(report)
		s.next()
	})
}

// said tells what was taken, with a way back, and what was not.
func (s *sheet) said(r desk.TalkReport) {
	s.room.UI.Toast(words.Join(" · ", words.N("talk.taken", r.Added), words.N("talk.known_n", r.Known)), s.room.Undo)
	for _, f := range r.Rejected {
		s.room.UI.Problem(f.Reason)
	}
}
