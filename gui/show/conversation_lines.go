package show

import (
	"context"
	"path"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/route"
	"casebinder/gui/words"
)

// build makes the lines of what is loaded.
func (c *Conversation) build() {
	marked := ""
	if c.marked >= 0 && c.marked < len(c.lines) {
		marked = c.lines[c.marked].message.UID
	}
	c.lines, c.marked = nil, -1
	mine, buyer := c.zones()
	now, day := c.env.UI.Now(), ""
	if c.thread.More {
		c.lines = append(c.lines, c.button("older", words.T("thread.older"), c.loadOlder))
	}
	if len(c.thread.Messages) == 0 { // here it wraps, however narrow the pane is
		key := "thread.empty"
		if c.order.ID == 0 {
			key = "thread.no_order"
		}
		l := newChatLine(sideMiddle)
		l.faint = true
		l.text(words.T(key), kit.Muted, look.Text)
		c.lines = append(c.lines, l)
	}
	for _, m := range c.thread.Messages {
		if on := words.Day(m.SentAt, "", now); on != day {
			day = on
			l := newChatLine(sideMiddle)
			l.faint = true
			l.text(day, kit.Muted, look.Small)
			c.lines = append(c.lines, l)
		}
		c.lines = append(c.lines, c.messageLine(m, mine, buyer))
		if m.UID == marked && marked != "" {
			c.marked = len(c.lines) - 1
			c.lines[c.marked].marked = true
		}
	}
	switch {
	case c.cut:
		c.lines = append(c.lines, c.button("newest", words.T("thread.newest"), c.Newest))
	case c.Draft && !c.draft.CopiedAt.IsZero():
		c.lines = append(c.lines, c.draftLine(mine))
	}
	for i, l := range c.lines {
		l.mark = func() {
			c.mark(i)
			c.Focus()
		}
	}
}

// button is a line that is pressed.
func (c *Conversation) button(what, text string, do func()) *chatLine {
	l := newChatLine(sideMiddle)
	l.faint = true
	b := kit.NewButton(c.name+"."+what, text, do)
	b.Importance = widget.LowImportance
	l.add(b, fyne.NewSize(min(b.MinSize().Width, 300), 28))
	return l
}

// leftToRight begins a line of ours, in which a name may be of a script from the
// right.
const leftToRight = "\u200e"

// messageLine is a message with who wrote it, when, and what stands beside it.
func (c *Conversation) messageLine(m data.Message, mine, buyer *time.Location) *chatLine {
	where := sideTheirs
	switch m.Direction {
	case data.ToBuyer:
		where = sideOurs
	case data.FromPlatform:
		where = sideMiddle
	case data.FromBuyer:
	}
	l := newChatLine(where)
	l.message = m
	l.text(leftToRight+words.Join(" · ", c.authorOf(m), ChannelName(m.Channel), timesOf(m, mine, buyer)), kit.Muted, look.Small)
	l.text(m.Text, kit.Plain, look.Text)
	if m.Translation != "" {
		l.text(m.Translation, kit.Muted, look.Text)
		if m.Translator != "" {
			l.text(words.T("timeline.translated_by", "who", m.Translator), kit.Muted, look.Small)
		}
	}
	for i, f := range c.thread.Files[m.ID] {
		l.attach(c.env, f, kit.RowName(c.name+"."+m.UID, i, "file"))
	}
	l.text(words.Join(" · ", notesOn(m)...), kit.Muted, look.Small)
	l.deeds = func() kit.Deeds { return c.Deeds(m) }
	l.copy = func() { c.env.UI.Copy(c.lineOf(m), words.T("toast.copied")) }
	l.ui = c.env.UI
	return l
}

// notesOn says what else is known of a message.
func notesOn(m data.Message) []string {
	var notes []string
	if m.Source == data.SourceCall {
		notes = append(notes, words.T("thread.note.call"))
	}
	if m.Edited {
		notes = append(notes, words.T("thread.note.edited"))
	}
	if m.NoAnswer {
		notes = append(notes, words.T("thread.note.no_answer"))
	}
	if n := len(m.Passed); n > 0 {
		notes = append(notes, words.N("thread.note.passed", n))
	}
	return notes
}

func (c *Conversation) authorOf(m data.Message) string {
	if m.Author != "" {
		return m.Author
	}
	switch m.Direction {
	case data.ToBuyer:
		return c.order.Shop.Name
	case data.FromBuyer:
		return c.order.Buyer.Name
	case data.FromPlatform:
	}
	return c.order.Shop.Platform.Title()
}

// ChannelName is the name of a channel as people write it.
func ChannelName(channel string) string {
	if words.Has("channel." + channel) {
		return words.T("channel." + channel)
	}
	for _, p := range data.Platforms() {
		if string(p) == channel {
			return p.Title()
		}
	}
	return channel
}

// timesOf is when a message was sent, by the reader's clock and by the buyer's
// where that is another one.
func timesOf(m data.Message, mine, buyer *time.Location) string {
	switch {
	case m.Precision == data.NoTime:
		return words.T("thread.time.none")
	case m.Precision == data.ToDay || data.IsDay(m.SentAt):
		return words.T("thread.time.day")
	}
	here := m.SentAt.In(mine).Format("15:04")
	if buyer == nil {
		return here
	}
	there := m.SentAt.In(buyer)
	if _, a := m.SentAt.In(mine).Zone(); a == offsetOf(there) {
		return here
	}
	return words.T("thread.time.both", "mine", here, "theirs", there.Format("15:04"), "place", PlaceOfZone(buyer.String()))
}

func offsetOf(t time.Time) int {
	_, offset := t.Zone()
	return offset
}

// PlaceOfZone is the city after which a zone is named: "Europe/Madrid" is Madrid.
func PlaceOfZone(zone string) string { return strings.ReplaceAll(path.Base(zone), "_", " ") }

// draftLine is the reply that was copied and is not said to be sent.
func (c *Conversation) draftLine(mine *time.Location) *chatLine {
	l := newChatLine(sideOurs)
	l.waits = true
	about := c.draft.ReplyAbout
	l.text("! "+words.T("thread.copied", "when", c.draft.CopiedAt.In(mine).Format("15:04"), "who", c.draft.UpdatedBy), kit.Warn, look.Small)
	l.text(c.draft.CopiedText, kit.Plain, look.Text)
	c.by.Ask(true)
	if c.by.Object.Visible() {
		l.add(c.by.Object, c.by.Object.MinSize())
	}
	sent := kit.NewButton(c.name+".sent", words.T("thread.sent"), func() { SayDraftSent(c.env, c.desk, about, c.by) })
	drop := kit.NewButton(c.name+".drop", words.T("thread.drop"), func() {
		c.env.Deed(words.T("thread.dropped"), func(ctx context.Context) error { return c.desk.DropDraft(ctx, about) })
	})
	drop.Importance = widget.LowImportance
	row := container.NewHBox(sent, drop)
	l.add(row, fyne.NewSize(row.MinSize().Width, 32))
	return l
}

// SayDraftSent says that a copied reply was sent, and by which way.
func SayDraftSent(e *Env, d interface {
	SendDraft(ctx context.Context, about data.ReplyAbout, channel string) (data.Message, error)
}, about data.ReplyAbout, by *SentBy,
) {
	channel := by.Answer()
	said := words.T("thread.sent.done")
	if about.OrderID == 0 && about.FeedbackID == 0 {
		said = words.T("thread.sent.nowhere")
	}
	e.Deed(said, func(ctx context.Context) error {
		_, err := d.SendDraft(ctx, about, channel)
		return err
	})
}

// Deeds are what can be done with a message.
func (c *Conversation) Deeds(m data.Message) kit.Deeds {
	translate := "thread.translate"
	if m.Translation != "" {
		translate = "thread.translation"
	}
	deeds := kit.Deeds{
		{Text: words.T(translate), Do: func() { c.Translate(m) }},
		{Text: words.T("thread.copy"), Do: func() { c.env.UI.Copy(m.Text, words.T("toast.copied")) }},
	}
	if m.Translation != "" {
		deeds = append(deeds, kit.Action{Text: words.T("thread.copy_translation"), Do: func() { c.env.UI.Copy(m.Translation, words.T("toast.copied")) }})
	}
	if m.Direction == data.FromBuyer {
		key, none := "thread.no_answer", true
		if m.NoAnswer {
			key, none = "thread.wants_answer", false
		}
		deeds = append(deeds, kit.Action{Text: words.T(key), Do: func() {
			c.env.Deed(words.T(key+".done"), func(ctx context.Context) error { return c.desk.NoAnswer(ctx, m.UID, none) })
		}}, kit.Action{Text: words.T("complaint.open"), Do: func() {
			c.env.Open(route.Complaint{Order: c.Row(), Dispute: c.about.DisputeID, Happened: m.Text})
		}})
	}
	return append(deeds, kit.Action{Text: words.T("buyers.show"), Do: func() { c.env.Open(route.Buyer{Order: c.order.ID}) }}, kit.Stays("stays.message"))
}

// lineOf is a message as text: when, who, what.
func (c *Conversation) lineOf(m data.Message) string {
	return words.Join("\t", words.TimeFull(m.SentAt, ""), c.authorOf(m), words.OneSpaced(m.Text), words.OneSpaced(m.Translation))
}

// chatPad holds the keys of a chat.
type chatPad struct {
	widget.BaseWidget
	c *Conversation
}

func newChatPad(c *Conversation) *chatPad {
	p := &chatPad{c: c}
	p.ExtendBaseWidget(p)
	kit.Trace(c.name, p)
	return p
}

// CreateRenderer is for Fyne.
func (p *chatPad) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.c.scroll) }

// ListsRows is for kit.Lister.
func (p *chatPad) ListsRows() {}

// FocusGained is for Fyne.
func (p *chatPad) FocusGained() {
	if p.c.marked < 0 {
		p.c.step(-1)
	}
}

// FocusLost is for Fyne.
func (p *chatPad) FocusLost() { p.c.mark(-1) }

// TypedRune is for Fyne.
func (p *chatPad) TypedRune(rune) {}

// TypedKey moves among the messages, and does something with the one it stands on.
func (p *chatPad) TypedKey(e *fyne.KeyEvent) {
	c := p.c
	switch e.Name {
	case fyne.KeyUp:
		c.step(-1)
	case fyne.KeyDown:
		c.step(1)
	case fyne.KeyPageUp:
		c.scroll.ScrollToOffset(fyne.NewPos(0, max(0, c.scroll.Offset.Y-c.scroll.Size().Height)))
		c.scrolled()
	case fyne.KeyPageDown:
		c.scroll.ScrollToOffset(fyne.NewPos(0, min(max(0, c.height-c.scroll.Size().Height), c.scroll.Offset.Y+c.scroll.Size().Height)))
		c.scrolled()
	case fyne.KeyHome:
		c.scroll.ScrollToTop()
		c.scrolled()
	case fyne.KeyEnd:
		if c.cut {
			c.Newest()
			return
		}
		c.scroll.ScrollToBottom()
		c.scrolled()
	default:
		if c.marked < 0 || !c.lines[c.marked].typed(e.Name) {
			c.env.UI.Key(e.Name)
		}
	}
}

// TypedShortcut copies the message on which the keys stand.
func (p *chatPad) TypedShortcut(s fyne.Shortcut) {
	p.c.env.UI.TypedCopy(s, func() {
		if p.c.marked >= 0 && p.c.lines[p.c.marked].copy != nil {
			p.c.lines[p.c.marked].copy()
		}
	})
}
