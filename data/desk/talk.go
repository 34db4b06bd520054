package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/chat"
	"casebinder/data/importer/notice"
)

// TalkRequest asks to read a conversation.
type TalkRequest struct {
	Text    string // that was pasted; or
	Path    string // of a .txt, .zip, .eml, .mbox or .msg
	OrderID int64  // 0: told from the text and its people
	Zone    string // IANA zone of the printed times; "" the order's shop's
	Mine    []string
	Theirs  []string
	Today   data.Day // "today" of the text; zero: now
	Channel string   // that the messages came by; "" told by the form
}

// TalkItem is a message that was found.
type TalkItem struct {
	chat.Item
	Subject string     // of a mail
	OrderID int64      // 0: of no order that is known
	Known   bool       // the desk has it already
	Leave   bool       // a person leaves it out
	Files   []TalkFile // that came with it
}

// TalkFile is a file that came with a message.
type TalkFile struct {
	Name    string
	Content []byte // nil: it lies in the zip or the mail
	mail    *notice.MailFile
	member  int
}

// Talk is a conversation as it was read, for a person to look at before it is
// taken.
type Talk struct {
	Request  TalkRequest
	Form     string // "whatsapp", "page", "mail", "mbox" ...; "" none that is known
	Name     string // of the file
	Zone     string // in which the times were read
	Channel  string
	Order    data.OrderRow // that all of it is about; zero: each message has its own, or none
	Items    []TalkItem    // in the order of the text; of a mailbox the first 200
	Whole    bool          // no messages were recognized: the one item is the whole text
	Mailbox  bool          // it is read again when it is taken, mail by mail
	Orders   []int64       // that the text names, where it names several
	Backward bool
	Findings []data.Finding

	kind fileKind
}

// maxPreviewMails is how many mails of a mailbox are read before it is taken.
const maxPreviewMails = 200

// Taken says how many messages would be taken.
func (t *Talk) Taken() (fresh, known, left int) {
	for i := range t.Items {
		switch {
		case t.Items[i].Leave:
			left++
		case t.Items[i].Known:
			known++
		default:
			fresh++
		}
	}
	return fresh, known, left
}

// PreviewTalk reads a pasted or exported conversation, or mails, and says what
// would be taken. It keeps nothing.
func (d *Desk) PreviewTalk(ctx context.Context, r TalkRequest, p Progress) (Talk, error) {
	p.tell(0, 0, "progress.reading")
	t := Talk{Request: r, Channel: r.Channel}
	hints, order, err := d.talkHints(ctx, &t)
	if err != nil {
		return t, err
	}
	if r.Path == "" {
		if strings.TrimSpace(r.Text) == "" {
			return t, problemTalkEmpty.New()
		}
		t.split(r.Text, hints)
	} else if err := d.readTalkFile(ctx, &t, hints); err != nil {
		return t, err
	}
	if t.Channel == "" {
		t.Channel = channelOf(t.Form, order)
	}
	if err := d.placeTalk(ctx, &t, order); err != nil {
		return t, err
	}
	return t, d.compareTalk(ctx, &t)
}

// split reads a text.
func (t *Talk) split(text string, h chat.Hints) {
	c := chat.Split(text, h)
	t.Form, t.Findings, t.Backward = c.Form, append(t.Findings, c.Findings...), c.Backward
	if len(c.Messages) == 0 {
		t.Whole = true
		t.Items = []TalkItem{{Item: chat.Item{Direction: data.FromBuyer, Precision: data.NoTime, Text: c.Rest, First: 1, Last: 1 + strings.Count(text, "\n")}}}
		return
	}
	for _, m := range c.Messages {
		t.Items = append(t.Items, TalkItem{Item: m})
	}
}

// talkHints are what the desk knows of the people of a conversation.
func (d *Desk) talkHints(ctx context.Context, t *Talk) (chat.Hints, *data.Order, error) {
	r := t.Request
	h := chat.Hints{ShopNames: slices.Clone(r.Mine), BuyerNames: slices.Clone(r.Theirs)}
	var order *data.Order
	if r.OrderID != 0 {
		var err error
		if order, err = d.store.Order(ctx, r.OrderID); err != nil {
			return h, nil, err
		}
		h.Platform = order.Shop.Platform
		h.ShopNames = append(h.ShopNames, order.Shop.Name)
		b := order.Buyer
		for _, name := range []string{b.Name, b.Handle, b.Email, order.ShipTo.Name} {
			if name != "" && !slices.Contains(h.BuyerNames, name) {
				h.BuyerNames = append(h.BuyerNames, name)
			}
		}
		h.Zone = order.Shop.Location()
		t.Zone = order.Shop.Zone
	} else {
		shops, err := d.store.Shops(ctx)
		if err != nil {
			return h, nil, err
		}
		for _, s := range shops {
			h.ShopNames = append(h.ShopNames, s.Name)
		}
		if len(shops) == 1 {
			h.Zone, t.Zone = shops[0].Location(), shops[0].Zone
		}
	}
	if zone := strings.TrimSpace(r.Zone); zone != "" {
		loc, err := time.LoadLocation(zone)
		if err != nil {
			return h, nil, problemZone.New("zone", zone)
		}
		h.Zone, t.Zone = loc, zone
	}
	if h.Zone == nil {
		h.Zone = time.Local
	}
	if t.Zone == "" {
		t.Zone = h.Zone.String()
	}
	h.ContextDate = d.now().In(h.Zone)
	if r.Today != (data.Day{}) {
		h.ContextDate = time.Date(r.Today.Year, r.Today.Month, r.Today.Day, 23, 59, 0, 0, h.Zone)
	}
	return h, order, nil
}

// channelOf names the channel of a form; a page is one of the platform.
func channelOf(form string, order *data.Order) string {
	switch form {
	case "whatsapp", "telegram", "line", "messenger", "wangwang":
		return form
	case "mail", "mbox":
		return "email"
	}
	if order != nil {
		return string(order.Shop.Platform)
	}
	return ""
}

// compareTalk marks what the desk has already.
func (d *Desk) compareTalk(ctx context.Context, t *Talk) error {
	known, unplaced, future := 0, 0, ""
	messages := t.messages(d.now())
	for i := range t.Items {
		m := &messages[i]
		id, err := d.store.SameMessage(ctx, m)
		if err != nil {
			return err
		}
		if t.Items[i].Known = id != 0; t.Items[i].Known {
			known++
		}
		if m.OrderID == 0 {
			unplaced++
		}
		if m.SentAt.After(d.now().Add(24*time.Hour)) && future == "" {
			future = t.Items[i].At.Format("2006-01-02 15:04")
		}
	}
	if t.Request.Text != "" {
		before, err := d.store.IntakesBySum(ctx, sumOf(t.Request.Text))
		if err != nil {
			return err
		}
		if len(before) > 0 {
			t.Findings = append(t.Findings, foundTakenBefore.finding(data.Info, "day", before[0].TakenAt.Format(time.DateOnly)))
		}
	}
	if known > 0 {
		t.Findings = append(t.Findings, foundKnown.finding(data.Info, "n", known))
	}
	if unplaced > 0 {
		t.Findings = append(t.Findings, foundNoOrder.finding(data.Warning, "n", unplaced))
	}
	if future != "" {
		t.Findings = append(t.Findings, foundFuture.finding(data.Warning, "text", future))
	}
	return nil
}

// messages are the items as messages of the desk, in the order of the items. One
// without a time gets that of the one before it, or now.
func (t *Talk) messages(now time.Time) []data.Message {
	list := make([]data.Message, len(t.Items))
	source := data.SourcePaste
	switch {
	case t.Form == "mail" || t.Mailbox:
		source = data.SourceMail
	case t.Request.Path != "":
		source = data.SourceFile
	}
	var last time.Time
	for _, i := range t.oldestFirst() {
		item := &t.Items[i]
		m := data.Message{
			OrderID: item.OrderID, Direction: item.Direction, Channel: t.Channel, Author: item.Author, Text: item.Text,
			Source: source, Precision: item.Precision, ExternalID: item.ExternalID, Edited: item.Edited,
		}
		switch {
		case item.Direction == chat.System:
			m.Direction = data.FromPlatform
		case item.Direction == chat.Unsaid:
			m.Direction = data.FromBuyer
		}
		switch {
		case item.At.IsZero() || item.Precision == data.NoTime:
			m.Precision = data.NoTime
			if m.SentAt = last; last.IsZero() {
				m.SentAt = data.Instant(now)
			}
		case item.Precision == data.ToDay:
			m.SentAt = data.OnDay(item.At).Begin(item.At.Location())
		default:
			m.SentAt = data.Instant(item.At)
		}
		last = m.SentAt
		if m.Text == "" {
			names := make([]string, len(item.Files))
			for k, f := range item.Files {
				names[k] = f.Name
			}
			m.Text = strings.Join(names, ", ")
		}
		list[i] = m
	}
	return list
}

// oldestFirst are the places of the items from the oldest on.
func (t *Talk) oldestFirst() []int {
	order := make([]int, len(t.Items))
	for i := range order {
		order[i] = i
		if t.Backward {
			order[i] = len(order) - 1 - i
		}
	}
	return order
}

// ReadTalk reads the same once more with another order, zone or names.
func (d *Desk) ReadTalk(ctx context.Context, t Talk, p Progress) (Talk, error) {
	return d.PreviewTalk(ctx, t.Request, p)
}
