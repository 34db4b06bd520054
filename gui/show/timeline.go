package show

import (
	"strings"
	"time"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/parcel"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

const (
	timelineFirst = 120 // moments drawn at once; earlier ones come on demand
	foldRunes     = 280 // a message longer than this is folded
	foldLines     = 5   // and so is one with more lines
)

// A TimelineEntry is a moment in words, made off the main goroutine.
type TimelineEntry struct {
	uid              string // of the event, message or evidence; "" for others
	day, clock, full string // "21 Nov", "14:02", and the tooltip with zone
	head             string // what happened and who did it
	body             string // the words as they were written
	foot             string // amounts, dates, translators
	kind             data.MomentKind
	mine             bool // the seller's own doing
	order            int64
	number           string // of its order, on a timeline of several
}

// TimelineEntries puts moments into words in a zone.
func TimelineEntries(moments []data.Moment, zone string, now time.Time) []TimelineEntry {
	list, reader := make([]TimelineEntry, 0, len(moments)), parcel.NewReader()
	for _, m := range moments {
		e := TimelineEntry{
			day: words.Day(m.At, zone, now), full: words.TimeFull(m.At, zone),
			order: m.OrderID, number: m.Order,
			kind: m.Kind, mine: m.Actor == data.ActorSeller, body: strings.TrimSpace(m.Text),
		}
		if !m.At.IsZero() && !data.IsDay(m.At) {
			e.clock = m.At.In(ZoneOf(zone)).Format("15:04")
		}
		e.head, e.foot = words.T("timeline."+string(m.Kind)), m.Place
		switch {
		case m.Kind == data.MomentMessage && m.Message != nil:
			e.uid = m.Message.UID
			e.fromMessage(*m.Message)
		case m.Kind == data.MomentCase && m.Event != nil:
			e.uid = m.Event.UID
			e.fromEvent(*m.Event, zone, now)
		case m.Kind == data.MomentTracking && e.body != "":
			e.fromScan(reader, &m)
		case m.Kind == data.MomentPath && len(m.Said) > 0:
			e.head += " · " + words.Text(m.Said[0])
			e.body = PathStrip(m.Said[1:])
		case m.Kind == data.MomentEvidence && m.Evidence != nil:
			e.uid = m.Evidence.UID
			e.fromEvidence(*m.Evidence)
		case m.Kind == data.MomentDeed && m.Deed != nil:
			e.uid = m.Deed.UID
			e.fromDeed(*m.Deed)
		}
		if m.Told == data.TellerPerson {
			e.foot = words.Join(" · ", e.foot, words.T("timeline.stated"))
		}
		list = append(list, e)
	}
	return list
}

// fromScan says what the carrier's words mean, where that is known, and that they are
// the carrier's: they are never translated.
func (e *TimelineEntry) fromScan(r *parcel.Reader, m *data.Moment) {
	one := data.Shipment{Events: []data.TrackingEvent{{At: m.At, Text: m.Text}}}
	if s := r.State(&one, "", m.At); s.Scanned {
		e.head = words.Join(" · ", e.head, words.Of("parcel.stage", s.Stage))
	}
	e.body = words.T("scan.raw", "text", e.body)
}

// PathStrip writes a guided path in one line.
func PathStrip(said []data.Text) string {
	parts := make([]string, len(said))
	for i, t := range said {
		parts[i] = words.Text(t)
	}
	return strings.Join(parts, " › ")
}

func (e *TimelineEntry) fromMessage(m data.Message) {
	e.head = words.T("timeline.message." + string(m.Direction))
	if m.Author != "" {
		e.head += " · " + m.Author
	}
	if m.Channel != "" {
		e.head += " · " + ChannelName(m.Channel)
	}
	e.mine, e.body = m.Direction == data.ToBuyer, strings.TrimSpace(m.Text)
	if m.Translation != "" {
		e.foot = strings.TrimSpace(m.Translation)
		if m.Translator != "" {
			e.foot += "\n" + words.T("timeline.translated_by", "who", m.Translator)
		}
	}
}

func (e *TimelineEntry) fromEvent(ev data.CaseEvent, zone string, now time.Time) {
	e.head = words.Of("event", ev.Kind)
	if ev.Actor != "" {
		e.head += " · " + words.Of("actor", ev.Actor)
	}
	e.mine, e.body = ev.Actor == data.ActorSeller, strings.TrimSpace(ev.Note)
	var foot []string
	if !ev.Amount.IsZero() {
		foot = append(foot, words.T("timeline.amount", "amount", words.Money(ev.Amount)))
	}
	if !ev.Due.IsZero() {
		foot = append(foot, words.T("timeline.due", "when", words.Time(ev.Due, zone, now)))
	}
	e.foot = strings.Join(foot, " · ")
}

func (e *TimelineEntry) fromDeed(d data.OrderEvent) {
	e.head, e.mine, e.body = words.Join(" · ", words.Of("order_event", d.Kind), d.Operator), true, strings.TrimSpace(d.Note)
	var change string
	if d.To != (data.Address{}) {
		line := func(a data.Address) string {
			return words.Join(", ", a.Line1, a.Postcode, a.City, words.Country(a.Country))
		}
		change = words.T("timeline.address", "from", line(d.From), "to", line(d.To))
	}
	amount := ""
	if !d.Amount.IsZero() {
		amount = words.Money(d.Amount)
	}
	var fate []string
	if d.By != "" {
		fate = append(fate, words.Of("actor", d.By))
	}
	if d.Reason != "" {
		fate = append(fate, words.Of("cancel_reason", d.Reason))
	}
	if d.How != "" {
		fate = append(fate, words.T("confirmed_how."+d.How))
	}
	e.foot = words.Join(" · ", append([]string{amount, d.Tracking, change}, fate...)...)
}

func (e *TimelineEntry) fromEvidence(ev data.Evidence) {
	e.head = words.T("timeline.evidence") + " · " + words.Of("evidence_kind", ev.Kind)
	e.body, e.foot = ev.Note, ev.Name
	if ev.Erased() {
		e.head = words.Join(" · ", e.head, words.T("evidence.erased.mark"))
	}
}

// A Timeline shows everything that happened, oldest first, with a line for
// each day. It opens at its end, where the newest is.
type Timeline struct {
	Scroll  *container.Scroll
	ui      *kit.UI
	Open    func(orderID int64) // opens the order of an entry, on a timeline of several; may be nil
	entries []TimelineEntry
	shown   int                          // how many of the newest are drawn
	left    int                          // older messages that are not among the entries
	open    map[int]bool                 // unfolded entries
	rows    map[string]fyne.CanvasObject // by UID
}

func NewTimeline(u *kit.UI) *Timeline {
	return &Timeline{ui: u, Scroll: container.NewVScroll(kit.Stacked(0)), open: map[int]bool{}}
}

// Set shows entries. atEnd says whether to scroll to the newest; a reload of
// the same record leaves the scroll where it is. left is how many older messages
// are not among the entries.
func (t *Timeline) Set(entries []TimelineEntry, left int, atEnd bool) {
	t.left = left
	if atEnd {
		t.shown, t.open = timelineFirst, map[int]bool{}
	}
	t.entries, t.shown = entries, max(t.shown, timelineFirst)
	t.draw()
	if atEnd {
		t.Scroll.ScrollToBottom()
	}
}

// Reveal scrolls to an event, message or piece of evidence, also to one that is
// not drawn yet.
func (t *Timeline) Reveal(uid string) {
	if t.rows[uid] == nil && t.shown < len(t.entries) {
		t.shown = len(t.entries)
		t.draw()
	}
	if row := t.rows[uid]; row != nil {
		t.Scroll.ScrollToOffset(row.Position())
	}
}

func (t *Timeline) draw() {
	first := max(len(t.entries)-t.shown, 0)
	t.rows = map[string]fyne.CanvasObject{}
	var rows []fyne.CanvasObject
	if first > 0 {
		rows = append(rows, kit.NewButton("", words.N("timeline.earlier", first), func() {
			t.shown += timelineFirst * 4
			t.draw()
		}))
	}
	if t.left > 0 && first == 0 {
		rows = append(rows, kit.Soft(words.N("timeline.left", t.left)))
	}
	if len(t.entries) == 0 {
		rows = append(rows, kit.Soft(words.T("timeline.empty")))
	}
	day := ""
	for i := first; i < len(t.entries); i++ {
		if e := t.entries[i]; e.day != day {
			day = e.day
			rows = append(rows, dayLine(day))
		}
		row := t.row(i)
		t.rows[t.entries[i].uid] = row
		rows = append(rows, row)
	}
	t.Scroll.Content = kit.Dense(kit.Inset(look.Tight, kit.Stacked(0, rows...)))
	t.Scroll.Refresh()
}

// dayLine is the heading of a day.
func dayLine(day string) fyne.CanvasObject {
	text := kit.Colored(day, look.Muted, fyne.TextStyle{Bold: true})
	return container.NewBorder(nil, nil, text, nil, container.NewVBox(layout.NewSpacer(), widget.NewSeparator(), layout.NewSpacer()))
}

func (t *Timeline) row(i int) fyne.CanvasObject {
	e := t.entries[i]
	clock := kit.Tip(e.clock, e.full, look.Muted)
	head := container.NewHBox(widget.NewIcon(momentIcon(e.kind)), headText(e))
	if t.Open != nil && e.number != "" {
		link := kit.NewWordLink("", e.number, func() { t.Open(e.order) })
		head.Add(link)
	}
	parts := []fyne.CanvasObject{head}
	if e.body != "" {
		parts = append(parts, t.body(i, e.body)...)
	}
	if e.foot != "" {
		parts = append(parts, kit.Soft(e.foot))
	}
	content := container.NewBorder(nil, nil, container.NewVBox(kit.Wide(46, clock)), nil, kit.Stacked(0, parts...))
	line := func() string { return words.Join("\t", e.full, e.head, words.OneSpaced(e.body), e.foot) }
	return kit.NewReading(t.ui, content, line, func() kit.Deeds {
		if t.Open == nil || e.number == "" {
			return nil
		}
		return kit.Deeds{{Text: words.T("due.order"), Do: func() { t.Open(e.order) }}}
	})
}

func headText(e TimelineEntry) fyne.CanvasObject {
	name := theme.ColorNameForeground
	if e.mine {
		name = theme.ColorNamePrimary
	}
	return kit.Colored(e.head, name, fyne.TextStyle{Bold: true})
}

// body is the text of an entry, folded when it is long.
func (t *Timeline) body(i int, text string) []fyne.CanvasObject {
	short, long := fold(text)
	if !long {
		return []fyne.CanvasObject{kit.Prose(text)}
	}
	if t.open[i] {
		return []fyne.CanvasObject{kit.Prose(text), t.folder(i, "timeline.less", false)}
	}
	return []fyne.CanvasObject{kit.Prose(short), t.folder(i, "timeline.more", true)}
}

func (t *Timeline) folder(i int, key string, open bool) fyne.CanvasObject {
	link := kit.NewWordLink("", words.T(key), func() {
		t.open[i] = open
		t.draw()
	})
	return link
}

// fold shortens a long text to its first lines; long tells whether it did.
func fold(text string) (short string, long bool) {
	short = text
	if lines := strings.SplitAfterN(text, "\n", foldLines+1); len(lines) > foldLines {
		short, long = strings.TrimRight(strings.Join(lines[:foldLines], ""), "\n"), true
	}
	if utf8.RuneCountInString(short) > foldRunes {
		short, long = string([]rune(short)[:foldRunes]), true
	}
	if long {
		short += " …"
	}
	return short, long
}

// momentIcon is the sign of a moment's kind; its words stand beside it.
func momentIcon(kind data.MomentKind) fyne.Resource {
	switch kind {
	case data.MomentMessage:
		return theme.MailComposeIcon()
	case data.MomentCase:
		return theme.WarningIcon()
	case data.MomentEvidence:
		return theme.MailAttachmentIcon()
	case data.MomentTracking, data.MomentShipped:
		return theme.NavigateNextIcon()
	case data.MomentDelivered, data.MomentPaid:
		return theme.ConfirmIcon()
	case data.MomentSubmission:
		return theme.DocumentIcon()
	case data.MomentFeedback:
		return theme.AccountIcon()
	case data.MomentOrdered, data.MomentNote, data.MomentDeed:
		return theme.FileTextIcon()
	}
	return theme.InfoIcon()
}
