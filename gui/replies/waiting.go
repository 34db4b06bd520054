package replies

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/service"
	"casebinder/data/table"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

const (
	awakeMost   = 12 // buyers who are awake that are listed
	measureDays = 92 // over which answers are measured
)

// waiting is the part that lists who waits for an answer and until when, what was
// copied and not said to be sent, who is awake now, and how fast answers were.
type waiting struct {
	env    *env
	object fyne.CanvasObject
	part   *kit.Part
	table  *kit.Table[service.Answer]
	more   *fyne.Container
	loader kit.Loader
	loaded bool
}

func newWaiting(e *env) *waiting {
	w := &waiting{env: e, more: kit.Stacked(look.Gap)}
	w.table = kit.NewTable(e.UI, kit.TableOptions[service.Answer]{
		Name: "waiting", Columns: waitingColumns(e.UI.Now), Source: w.source,
		Deeds:    w.deeds,
		Empty:    func() kit.Empty { return kit.Empty{Text: words.T("waiting.none")} },
		OnLoaded: func(n int) { w.part.SetText(partText("replies.part.waiting", n)) },
	})
	right := container.NewVScroll(kit.Inset(look.Gap, w.more))
	w.object = kit.KeptSplit(e.UI, "replies.waiting", 0.62, w.table, right)
	return w
}

func waitingColumns(now func() time.Time) []kit.Column[service.Answer] {
	return []kit.Column[service.Answer]{
		{
			ID: "until", Title: "col.answer_by", Width: 124, Badge: true,
			Text: func(a service.Answer) string { text, _ := kit.Urgency(a.Until, now()); return text },
			Role: func(a service.Answer) kit.Role { _, role := kit.Urgency(a.Until, now()); return role },
			Tip:  func(a service.Answer) string { return words.Join(" · ", words.TimeFull(a.Until, ""), answerRule(a)) },
			Cell: func(a service.Answer) table.Cell { return table.Time(a.Until, time.Local) },
		},
		{ID: "buyer", Title: "col.buyer", Width: 170, Bold: true, Text: func(a service.Answer) string { return words.Join(" · ", a.Buyer, words.Country(a.ShipTo.Country)) }},
		{
			ID: "text", Title: "col.waiting_text", Width: 220, Grow: true, Text: func(a service.Answer) string { return words.OneSpaced(a.Text) },
			Tip: func(a service.Answer) string { return a.Text },
		},
		{ID: "since", Title: "col.waits", Width: 104, Text: func(a service.Answer) string { return words.Span(now().Sub(a.Since)) }, Tip: func(a service.Answer) string { return words.TimeFull(a.Since, "") }},
		{ID: "messages", Title: "col.messages", Width: 60, Right: true, Hidden: true, Text: func(a service.Answer) string { return strconv.Itoa(a.Messages) }},
		{ID: "number", Title: "col.number", Width: 140, Text: func(a service.Answer) string { return a.Number }},
		{ID: "shop", Title: "col.shop", Width: 110, Hidden: true, Text: func(a service.Answer) string { return words.Join(" · ", a.Shop.Platform.Title(), a.Shop.Name) }},
	}
}

// answerRule says by whose figure an answer is due.
func answerRule(a service.Answer) string {
	if a.Own {
		return words.T("waiting.rule.own")
	}
	return words.Join(" · ", words.T("waiting.rule", "n", a.Rule.Hours, "platform", a.Shop.Platform.Title()), a.Rule.Source)
}

func (w *waiting) source() kit.Source[service.Answer] {
	return kit.ListSource(func(ctx context.Context, _ kit.Order) ([]service.Answer, error) {
		list, _, err := w.env.desk.Answers(ctx, 0)
		return list, err
	}, func(a service.Answer) int64 { return a.OrderID })
}

// deeds are what can be done with a buyer who waits.
func (w *waiting) deeds(a service.Answer) kit.Deeds {
	return kit.Deeds{
		{Text: words.T("due.write"), Do: func() { w.open(a.OrderID) }},
		{Text: words.T("due.order"), Do: func() { w.env.Open(route.Order{ID: a.OrderID}) }},
		{Text: words.T("buyers.show"), Do: func() { w.env.Open(route.Buyer{Order: a.OrderID}) }},
		{Text: words.T("thread.no_answer"), Keys: kit.KeysBin, Rule: true, Do: func() {
			w.env.Deed(words.T("thread.no_answer.done"), func(ctx context.Context) error { return w.env.desk.NoAnswer(ctx, a.Message, true) })
		}},
	}
}

// open writes to the buyer of an order.
func (w *waiting) open(orderID int64) {
	kit.Do(func(ctx context.Context) (desk.OrderView, error) { return w.env.desk.Order(ctx, orderID) }, func(v desk.OrderView, err error) {
		if err != nil {
			w.env.UI.Problem(err)
			return
		}
		w.env.Open(route.Reply{Order: show.RowOfOrder(v)})
	})
}

// besides is what stands beside the list.
type besides struct {
	copied  []copied
	awake   []desk.Awake
	unknown int
	times   []service.Measured
}

// copied is a draft that was copied and not said to be sent.
type copied struct {
	draft data.ReplyDraft
	order desk.OrderView
}

func (w *waiting) reload() {
	w.loaded = true
	w.table.Reload()
	now := w.env.UI.Now()
	kit.Load(&w.loader, func(ctx context.Context) (b besides, err error) {
		drafts, err := w.env.desk.Drafts(ctx)
		if err != nil {
			return b, err
		}
		for _, d := range drafts {
			if d.CopiedAt.IsZero() {
				continue
			}
			one := copied{draft: d}
			if d.OrderID != 0 {
				if one.order, err = w.env.desk.Order(ctx, d.OrderID); err != nil && !errors.Is(err, data.ErrNotFound) {
					return b, err
				}
			}
			b.copied = append(b.copied, one)
		}
		if b.awake, b.unknown, _, err = w.env.desk.AwakeNow(ctx); err != nil {
			return b, err
		}
		b.times, err = w.env.desk.ReplyTimes(ctx, now.AddDate(0, 0, -measureDays), now)
		return b, err
	}, func(b besides, err error) {
		if err != nil {
			if !errors.Is(err, context.Canceled) {
				w.env.UI.Problem(err)
			}
			return
		}
		w.show(b)
	})
}

func (w *waiting) show(b besides) {
	w.more.RemoveAll()
	now := w.env.UI.Now()
	if len(b.copied) > 0 {
		rows := []fyne.CanvasObject{kit.Section(words.N("waiting.copied", len(b.copied)))}
		for i, c := range b.copied {
			text := words.Join(" · ", c.order.Order.Buyer.Name, c.order.Order.Number, words.Time(c.draft.CopiedAt, "", now), words.Shorten(words.OneSpaced(c.draft.CopiedText), 50))
			rows = append(rows, link(kit.RowName("waiting.copied", i, "open"), text, func() {
				w.env.Open(route.Reply{Order: show.RowOfOrder(c.order), Dispute: c.draft.DisputeID, Feedback: c.draft.FeedbackID})
			}))
		}
		w.more.Add(kit.Stacked(0, rows...))
	}
	rows := []fyne.CanvasObject{kit.Section(words.T("waiting.awake"))}
	for i, a := range b.awake[:min(len(b.awake), awakeMost)] {
		what := words.T("waiting.awake.answer")
		if a.Answer == nil && a.Notice != nil {
			what = noticeName(a.Notice.Notice.Notice)
		}
		text := words.Join(" · ", a.Clock.Local.Format("15:04"), a.Buyer, words.Country(a.Country), what, a.Number)
		rows = append(rows, link(kit.RowName("waiting.awake", i, "open"), text, func() { w.open(a.OrderID) }))
	}
	if n := len(b.awake) - awakeMost; n > 0 {
		rows = append(rows, kit.Soft(words.N("waiting.awake.more", n)))
	}
	if len(b.awake) == 0 {
		rows = append(rows, kit.Soft(words.T("waiting.awake.none")))
	}
	if b.unknown > 0 {
		rows = append(rows, kit.Soft(words.N("waiting.awake.unknown", b.unknown)))
	}
	w.more.Add(kit.Stacked(0, rows...))
	w.more.Add(timesPart(b.times))
	kit.Dense(w.more)
	w.more.Refresh()
}

func link(name, text string, do func()) fyne.CanvasObject {
	l := kit.NewWordLink(name, text, do)
	l.Truncation = fyne.TextTruncateEllipsis
	return l
}

// timesPart says how fast answers were, by shop, channel and month.
func timesPart(list []service.Measured) fyne.CanvasObject {
	rows := []fyne.CanvasObject{kit.Section(words.T("waiting.times"))}
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b service.Measured) int {
		return cmp.Or(cmp.Compare(a.Shop.Name, b.Shop.Name), cmp.Compare(a.Channel, b.Channel), -cmp.Compare(a.Month, b.Month))
	})
	for _, m := range sorted {
		if m.First.N+m.Later.N == 0 && m.Vague == 0 {
			continue
		}
		rows = append(rows, kit.Colored(words.Join(" · ", m.Shop.Name, show.ChannelName(m.Channel), m.Month), "", fyne.TextStyle{Bold: true}))
		for _, one := range []struct {
			key string
			t   service.Times
		}{{"waiting.times.first", m.First}, {"waiting.times.later", m.Later}} {
			if share, ok := one.t.Share(); ok {
				rows = append(rows, kit.Soft(words.T(one.key, "n", one.t.N, "median", words.Span(one.t.Median), "share", words.T("waiting.percent", "n", int(share*100+0.5)))))
			}
		}
		if m.Vague > 0 {
			rows = append(rows, kit.Soft(words.N("waiting.times.vague", m.Vague)))
		}
	}
	if len(rows) == 1 {
		rows = append(rows, kit.Soft(words.T("waiting.times.none")))
	}
	return kit.Stacked(0, rows...)
}

// changed asks anew where a message, an order or a draft changed.
func (w *waiting) changed(events []data.ChangeEvent) {
	if w.loaded && slices.ContainsFunc(events, func(e data.ChangeEvent) bool {
		return e.Of(data.EntityOrder) || e.Of(data.EntityMessage) || e.Of(data.EntityDraft) && e.Action != "draft.save"
	}) {
		w.reload()
	}
}
