package show

import (
	"context"
	"errors"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/service"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/route"
	"casebinder/gui/words"
)

const (
	threadPart = 60  // messages that are read at a time
	threadMost = 600 // that are held; the newest of more give way to older ones
	chatMargin = 240 // above and below what is in view, in which lines are made
)

// ConversationDesk is what a chat asks of a desk.
type ConversationDesk interface {
	Thread(ctx context.Context, orderID int64, before desk.ThreadCursor, n int) (desk.Thread, error)
	DraftOf(ctx context.Context, about data.ReplyAbout) (data.ReplyDraft, error)
	ReplyChannels(ctx context.Context, about data.ReplyAbout) (desk.ReplyChannels, error)
	SendDraft(ctx context.Context, about data.ReplyAbout, channel string) (data.Message, error)
	DropDraft(ctx context.Context, about data.ReplyAbout) error
	AddMessage(ctx context.Context, m data.Message) (data.Message, error)
	TranslateMessage(ctx context.Context, uid, translation, language, translator string) error
	NoAnswer(ctx context.Context, uid string, none bool) error
	AnswerOn(ctx context.Context, orderID int64) (*service.Answer, error)
}

// A Conversation is what was written about an order as a chat: theirs at the
// left, ours at the right, the platform's in the middle, the newest last, where
// it opens. Older messages come in as one scrolls up. What is drawn is what is in
// view, however long the thread is.
type Conversation struct {
	Object fyne.CanvasObject
	Draft  bool                   // shows the draft that was copied at the end
	Told   func(t Conversing)     // hears what was loaded; may be nil
	Reply  func(order data.Order) // opens the reply; nil: through the window

	env    *Env
	desk   ConversationDesk
	name   string // in the trace
	pad    *chatPad
	scroll *container.Scroll
	box    *fyne.Container
	note   *kit.Flow
	by     *SentBy // asks by which way the copied draft went out
	adding *fyne.Container

	order    data.Order
	about    data.ReplyAbout
	loader   kit.Loader
	older    kit.Loader
	fetching bool
	thread   desk.Thread
	cut      bool // the newest were let go of
	draft    data.ReplyDraft
	answer   *service.Answer
	lines    []*chatLine
	width    float32
	height   float32
	atEnd    bool
	marked   int // index in lines; -1: none
}

// Conversing is what a chat knows of its order.
type Conversing struct {
	Thread desk.Thread
	Draft  data.ReplyDraft
	Ways   desk.ReplyChannels // by which that draft can have gone out
	Answer *service.Answer    // that the buyer waits for; nil: none
}

// NewConversation makes a chat; name is for the trace.
func NewConversation(e *Env, d ConversationDesk, name string) *Conversation {
	c := &Conversation{env: e, desk: d, name: name, Draft: true, atEnd: true, marked: -1}
	c.box = &fyne.Container{Layout: chatLayout{c}}
	c.scroll = container.NewVScroll(c.box)
	c.scroll.OnScrolled = func(fyne.Position) { c.scrolled() }
	c.pad = newChatPad(c)
	c.by = NewSentBy(name + ".by")
	c.note = kit.NewFlow("", kit.Muted, look.Text)
	low := func(what string, do func()) fyne.CanvasObject {
		b := kit.NewButton(name+"."+what, words.T("thread."+what), do)
		b.Importance = widget.LowImportance
		return b
	}
	c.adding = container.NewHBox(low("paste", c.Paste), low("call", c.NoteCall), low("add", c.AddByHand), layout.NewSpacer())
	c.adding.Hide()
	c.Object = container.New(chatFrame{c}, c.pad, c.note, c.adding)
	return c
}

// Show shows the conversation about an order. The same one, loaded again, stays
// where it is.
func (c *Conversation) Show(order data.Order, about data.ReplyAbout) {
	fresh := order.ID != c.order.ID
	c.order, c.about = order, about
	if fresh {
		c.atEnd, c.cut, c.marked = true, false, -1
		c.thread, c.draft, c.lines = desk.Thread{}, data.ReplyDraft{}, nil
		c.box.Objects = nil
		c.older.Stop()
		c.fetching = false
		c.tell("")
		c.arrange()
	}
	if order.ID == 0 {
		c.loader.Stop()
		c.adding.Hide()
		c.compose()
		c.Object.Refresh()
		return
	}
	c.adding.Show()
	n := threadPart
	if !fresh && !c.cut {
		n = max(n, len(c.thread.Messages)+1)
	}
	kit.Load(&c.loader, func(ctx context.Context) (loaded Conversing, err error) {
		if loaded.Thread, err = c.desk.Thread(ctx, order.ID, desk.ThreadCursor{}, n); err != nil {
			return loaded, err
		}
		if loaded.Draft, err = c.desk.DraftOf(ctx, about); err != nil {
			return loaded, err
		}
		if c.Draft && !loaded.Draft.CopiedAt.IsZero() {
			if loaded.Ways, err = c.desk.ReplyChannels(ctx, about); err != nil {
				return loaded, err
			}
		}
		loaded.Answer, err = c.desk.AnswerOn(ctx, order.ID)
		return loaded, err
	}, func(loaded Conversing, err error) {
		if err != nil {
			c.env.UI.Problem(err)
			return
		}
		if !fresh && c.cut { // an old part is in view: it stays, and the way to the newest is there
			return
		}
		c.thread, c.draft, c.answer = loaded.Thread, loaded.Draft, loaded.Answer
		c.by.Offer(about, order.Shop.Platform, loaded.Ways)
		c.compose()
		if c.Told != nil {
			c.Told(loaded)
		}
		kit.Event("thread", "name", c.name, "rows", len(c.thread.Messages), "total", c.thread.Total)
	})
}

// Newest goes to the end of the thread.
func (c *Conversation) Newest() {
	order, about := c.order, c.about
	c.order = data.Order{}
	c.Show(order, about)
}

// scrolled draws what came into view, and asks for older ones at the top.
func (c *Conversation) scrolled() {
	c.atEnd = c.scroll.Offset.Y+c.scroll.Size().Height >= c.height-8
	c.draw()
	if c.scroll.Offset.Y < 60 {
		c.loadOlder()
	}
}

func (c *Conversation) loadOlder() {
	if !c.thread.More || c.fetching || c.order.ID == 0 {
		return
	}
	c.fetching = true
	order, before := c.order.ID, c.thread.Before
	kit.Load(&c.older, func(ctx context.Context) (desk.Thread, error) {
		return c.desk.Thread(ctx, order, before, threadPart)
	}, func(part desk.Thread, err error) {
		c.fetching = false
		if err != nil {
			if !errors.Is(err, context.Canceled) {
				c.env.UI.Problem(err)
			}
			return
		}
		c.prepend(part)
	})
}

// prepend puts older messages before those that are there, which stay where they
// are on the screen.
func (c *Conversation) prepend(part desk.Thread) {
	fromEnd := c.height - c.scroll.Offset.Y
	c.thread.Messages = slices.Concat(part.Messages, c.thread.Messages)
	for id, files := range part.Files {
		c.thread.Files[id] = files
	}
	c.thread.Before, c.thread.More = part.Before, part.More
	dropped := float32(0)
	if n := len(c.thread.Messages); n > threadMost {
		before := c.heightOf(c.thread.Messages[threadMost:])
		c.thread.Messages, c.cut = c.thread.Messages[:threadMost], true
		dropped = before
	}
	c.atEnd = false
	c.build()
	c.arrange()
	c.scroll.ScrollToOffset(fyne.NewPos(0, max(0, c.height-fromEnd+dropped)))
	c.draw()
}

// heightOf is about how high some messages stand, for keeping the place when they
// are let go of.
func (c *Conversation) heightOf(messages []data.Message) float32 {
	h := float32(0)
	for _, l := range c.lines {
		if slices.ContainsFunc(messages, func(m data.Message) bool { return m.ID == l.message.ID && m.ID != 0 }) {
			h += l.height + look.Tight
		}
	}
	return h
}

// compose draws what was loaded.
func (c *Conversation) compose() {
	offset := c.scroll.Offset
	c.build()
	c.arrange()
	if c.atEnd {
		c.scroll.ScrollToBottom()
	} else {
		c.scroll.ScrollToOffset(offset)
	}
	c.draw()
	c.say()
}

// say tells below the chat how much of it is shown.
func (c *Conversation) say() {
	text := ""
	switch shown := len(c.thread.Messages); {
	case c.order.ID == 0:
		return
	case shown == 0: // the chat says so
	case shown < c.thread.Total:
		text = words.T("thread.shown", "n", words.Number(int64(shown)), "total", words.Number(int64(c.thread.Total)))
	default:
		text = words.N("thread.count", shown)
	}
	if a := c.answer; a != nil {
		now := c.env.UI.Now()
		left, _ := kit.Urgency(a.Until, now)
		text = words.Join(" · ", text, words.T("thread.waits", "span", words.Span(now.Sub(a.Since)), "left", left))
	}
	c.tell(text)
}

// tell says something below the chat, in as many lines as it takes.
func (c *Conversation) tell(text string) {
	c.note.SetText(text)
	c.Object.Refresh()
}

// chatFrame puts the note and the buttons below the chat.
type chatFrame struct{ c *Conversation }

// MinSize is for Fyne.
func (f chatFrame) MinSize([]fyne.CanvasObject) fyne.Size {
	buttons := f.c.adding.MinSize()
	return fyne.NewSize(buttons.Width, f.c.pad.MinSize().Height+3*fileLine+buttons.Height)
}

// Layout is for Fyne.
func (f chatFrame) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	c, below := f.c, size.Height
	put := func(o fyne.CanvasObject, x, height float32) {
		below -= height
		o.Move(fyne.NewPos(x, below))
		o.Resize(fyne.NewSize(max(size.Width-2*x, 0), height))
	}
	if c.adding.Visible() {
		put(c.adding, 0, c.adding.MinSize().Height)
	}
	if c.note.Text() != "" {
		below -= look.Tight
		put(c.note, look.Gap, c.note.HeightFor(max(size.Width-2*look.Gap, 0)))
	}
	c.pad.Move(fyne.NewPos(0, 0))
	c.pad.Resize(fyne.NewSize(size.Width, max(below-look.Tight, 0)))
}

// arrange gives each line its place for the width that there is.
func (c *Conversation) arrange() {
	y := float32(look.Tight)
	for _, l := range c.lines {
		l.y = y
		y += l.heightFor(c.width-2*look.Gap) + look.Tight
	}
	c.height = y
	c.scroll.Refresh()
}

// draw puts the lines that are in view, and some around them, on the window.
func (c *Conversation) draw() {
	top, bottom := c.scroll.Offset.Y-chatMargin, c.scroll.Offset.Y+c.scroll.Size().Height+chatMargin
	var seen []fyne.CanvasObject
	for _, l := range c.lines {
		if l.y+l.height < top || l.y > bottom {
			continue
		}
		l.Move(fyne.NewPos(look.Gap, l.y))
		l.Resize(fyne.NewSize(c.width-2*look.Gap, l.height))
		seen = append(seen, l)
	}
	if !slices.Equal(seen, c.box.Objects) {
		c.box.Objects = seen
		c.box.Refresh()
	}
}

// chatLayout gives the lines their room; the chat places them itself.
type chatLayout struct{ c *Conversation }

// MinSize is for Fyne.
func (l chatLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(180, l.c.height) }

// Layout is for Fyne.
func (l chatLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	c := l.c
	if size.Width == c.width {
		return
	}
	c.width = size.Width
	c.arrange()
	if c.atEnd {
		c.scroll.ScrollToBottom()
	}
	c.draw()
}

// Changed asks anew where what changed is shown.
func (c *Conversation) Changed(events []data.ChangeEvent) {
	if Touched(events, data.RowRef{Entity: data.EntityOrder, ID: c.order.ID}) {
		c.Show(c.order, c.about)
	}
}

// Focus gives the keys to the chat.
func (c *Conversation) Focus() { c.env.UI.Window.Canvas().Focus(c.pad) }

// Row is the order of the conversation, for sheets.
func (c *Conversation) Row() data.OrderRow { return RowOfOrder(desk.OrderView{Order: c.order}) }

// Paste opens the sheet that reads what was copied out of a chat or a mail.
func (c *Conversation) Paste() {
	if c.order.ID != 0 {
		c.env.Open(route.Talk{Order: c.Row(), Text: fyne.CurrentApp().Clipboard().Content()})
	}
}

// mark puts the keys on a line.
func (c *Conversation) mark(i int) {
	if c.marked >= 0 && c.marked < len(c.lines) {
		c.lines[c.marked].marked = false
		c.lines[c.marked].Refresh()
	}
	c.marked = i
	if i < 0 || i >= len(c.lines) {
		return
	}
	l := c.lines[i]
	l.marked = true
	l.Refresh()
	view := c.scroll.Size().Height
	switch {
	case l.y < c.scroll.Offset.Y:
		c.scroll.ScrollToOffset(fyne.NewPos(0, max(0, l.y-look.Gap)))
	case l.y+l.height > c.scroll.Offset.Y+view:
		c.scroll.ScrollToOffset(fyne.NewPos(0, min(l.y, l.y+l.height-view+look.Gap)))
	}
	c.scrolled()
}

// step moves the mark to the next message in a direction.
func (c *Conversation) step(by int) {
	i := c.marked
	if i < 0 {
		i = len(c.lines)
	}
	for i += by; i >= 0 && i < len(c.lines); i += by {
		if c.lines[i].message.UID != "" {
			c.mark(i)
			return
		}
	}
	if by < 0 {
		c.loadOlder()
	}
}

// zones are the zones in which times are shown: this computer's, and the buyer's
// where it is known and another.
func (c *Conversation) zones() (mine *time.Location, buyer *time.Location) {
	mine = time.Local
	if name := data.BuyerZone(c.order.ShipTo); name != "" {
		if loc, err := time.LoadLocation(name); err == nil {
			buyer = loc
		}
	}
	return mine, buyer
}
