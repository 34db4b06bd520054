package talk

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/chat"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// An editor shows one message of the conversation, for a person to correct.
type editor struct {
	sheet  *sheet
	at     int
	from   *kit.Choice[data.Direction]
	author *kit.Entry
	time   *kit.Moment
	text   *kit.Entry
	timeIn *fyne.Container
	object fyne.CanvasObject
	quiet  bool
}

func newEditor(s *sheet) *editor {
	e := &editor{sheet: s}
	options := make([]kit.Option[data.Direction], 0, 4)
	for _, d := range []data.Direction{data.FromBuyer, data.ToBuyer, data.FromPlatform, chat.System} {
		options = append(options, kit.Option[data.Direction]{Value: d, Text: words.T(directionKey(d))})
	}
	e.from = kit.NewChoice(options, data.FromBuyer, func(d data.Direction) {
		e.change(func(i *desk.TalkItem) { i.Direction = d })
	})
	e.author = kit.NewEntry(s.room.UI)
	e.author.OnChanged = func(text string) { e.change(func(i *desk.TalkItem) { i.Author = strings.TrimSpace(text) }) }
	e.text = kit.NewTextArea(s.room.UI, 5)
	e.text.OnChanged = func(text string) {
		e.change(func(i *desk.TalkItem) { i.Text, i.Known = text, false })
	}
	e.timeIn = container.NewStack()
	side := kit.NewButton("talk.swap", words.T("talk.swap"), e.swap)
	leave := kit.NewButton("talk.leave", words.T("talk.leave"), e.leave)
	join := kit.NewButton("talk.join", words.T("talk.join"), e.join)
	split := kit.NewButton("talk.split", words.T("talk.split"), e.split)
	kit.Trace("talk.author", e.author)
	kit.Trace("talk.message", e.text)
	line := container.NewBorder(nil, nil, container.NewHBox(e.from, kit.Wide(150, e.author), kit.Wide(320, e.timeIn)), nil)
	deeds := container.NewHBox(side, leave, join, split)
	e.object = kit.Inset(look.Tight, container.NewBorder(container.NewVBox(line, deeds), nil, nil, nil, e.text))
	return e
}

// deeds are what can be done with a message, which is the one that is shown.
func (e *editor) deeds(r row) kit.Deeds {
	return kit.Deeds{
		{Text: words.T("talk.edit"), Do: func() { e.sheet.room.UI.Window.Canvas().Focus(e.text) }},
		{Text: words.T("talk.swap"), Do: e.swap},
		{Text: words.T("talk.join"), Do: e.join, Off: func() string {
			if r.At > 1 {
				return ""
			}
			return words.T("off.first")
		}},
		{Text: words.T("talk.leave"), Keys: kit.KeysBin, Rule: true, Do: e.leave},
	}
}

// show shows the message at a place.
func (e *editor) show(at int) {
	items := e.sheet.talk.Items
	if at < 0 || at >= len(items) {
		return
	}
	e.at = at
	item := &items[at]
	e.quiet = true
	e.from.Set(item.Direction)
	e.author.SetText(item.Author)
	e.text.SetText(item.Text)
	e.time = kit.NewMoment(e.sheet.room.UI, e.sheet.talk.Zone)
	switch {
	case item.At.IsZero() || item.Precision == data.NoTime:
	case item.Precision == data.ToDay:
		e.time.Set(data.OnDay(item.At).Begin(item.At.Location()))
	default:
		e.time.Set(item.At)
	}
	e.time.Entry.OnChanged = func(string) { e.retime() }
	e.timeIn.Objects = []fyne.CanvasObject{e.time.Object}
	e.timeIn.Refresh()
	e.quiet = false
}

// retime takes a typed time once it is one.
func (e *editor) retime() {
	at, err := e.time.Get()
	if err != nil || e.quiet {
		return
	}
	e.change(func(i *desk.TalkItem) {
		i.Known, i.Precision = false, data.ToMinute
		switch day, isDay := data.DayOf(at); {
		case at.IsZero():
			i.At, i.Precision = at, data.NoTime
		case isDay:
			i.At, i.Precision = day.Begin(e.zoneOf(i)), data.ToDay
		default:
			i.At = at.In(e.zoneOf(i))
		}
	})
}

// keep refuses a time that cannot be read.
func (e *editor) keep() error {
	if e.time == nil {
		return nil
	}
	_, err := e.time.Get()
	return err
}

// change corrects the message that is shown.
func (e *editor) change(do func(*desk.TalkItem)) {
	if e.quiet || e.at >= len(e.sheet.talk.Items) {
		return
	}
	do(&e.sheet.talk.Items[e.at])
	e.sheet.edited = true
	e.sheet.draw()
	e.sheet.table.Reload()
}

// swap changes sides: of this message, and of all by its author.
func (e *editor) swap() {
	author := e.sheet.talk.Items[e.at].Author
	to := data.ToBuyer
	if e.sheet.talk.Items[e.at].Direction == data.ToBuyer {
		to = data.FromBuyer
	}
	e.change(func(i *desk.TalkItem) { i.Direction, i.Known = to, false })
	if author != "" {
		for k := range e.sheet.talk.Items {
			if i := &e.sheet.talk.Items[k]; i.Author == author && i.Direction != chat.System {
				i.Direction, i.Known = to, false
			}
		}
	}
	e.sheet.changed()
}

// leave leaves the message out, or takes it again.
func (e *editor) leave() {
	e.change(func(i *desk.TalkItem) { i.Leave = !i.Leave })
}

// join puts the message to the one above.
func (e *editor) join() {
	items := e.sheet.talk.Items
	if e.at == 0 || e.at >= len(items) {
		return
	}
	above, item := &items[e.at-1], items[e.at]
	above.Text += "\n" + item.Text
	above.Last = max(above.Last, item.Last)
	above.Files, above.Attachments, above.Known = append(above.Files, item.Files...), append(above.Attachments, item.Attachments...), false
	e.sheet.talk.Items = slices.Delete(items, e.at, e.at+1)
	e.at--
	e.sheet.edited = true
	e.sheet.changed()
}

// split makes two messages of one, where the cursor stands in its text. The
// second one keeps side, author and time.
func (e *editor) split() {
	lines := strings.Split(e.text.Text, "\n")
	at := min(e.text.CursorRow, len(lines)-1)
	column := min(e.text.CursorColumn, len([]rune(lines[at])))
	first := strings.Join(lines[:at], "\n")
	cut := []rune(lines[at])
	first = strings.TrimSpace(first + "\n" + string(cut[:column]))
	second := strings.TrimSpace(string(cut[column:]) + "\n" + strings.Join(lines[at+1:], "\n"))
	if first == "" || second == "" {
		e.sheet.room.UI.Toast(words.T("talk.split.where"), nil)
		return
	}
	items := e.sheet.talk.Items
	other := items[e.at]
	other.Text, other.Known, other.Files, other.Attachments, other.ExternalID = second, false, nil, nil, ""
	items[e.at].Text, items[e.at].Known = first, false
	e.sheet.talk.Items = slices.Insert(items, e.at+1, other)
	e.sheet.talk.Whole = false
	e.sheet.edited = true
	e.sheet.changed()
}

// zoneOf is the zone in which the times of a message are shown.
func (e *editor) zoneOf(i *desk.TalkItem) *time.Location {
	if !i.At.IsZero() {
		return i.At.Location()
	}
	if zone, err := time.LoadLocation(e.sheet.talk.Zone); err == nil {
		return zone
	}
	return time.Local
}
