package gui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// finder searches everything: orders, disputes, messages and feedback, in
// groups, while one types. The hits hang below the field and do not take the
// keys from it.
type finder struct {
	app    *app
	entry  *kit.Search
	hits   *kit.Hits
	layer  *fyne.Container
	loader kit.Loader
	pasted bool

	text    string // what the hits are of
	found   data.Found
	totals  map[data.FoundGroup]data.FoundTotal // nil while they are counted
	counter kit.Loader
	further kit.Loader
}

const (
	findWidth = 620
	findStep  = 50 // how many more hits of a group are shown at once
)

func newFinder(a *app) *finder {
	f := &finder{app: a, hits: kit.NewHits(a.ui)}
	f.entry = kit.NewSearch(a.ui, words.T("find.hint"), f.search)
	f.entry.Key = f.key
	f.entry.Pasted = func() { f.pasted = true }
	f.layer = container.New(findLayout{f}, f.hits.Object)
	kit.Trace("search", f.entry)
	return f
}

// findLayout hangs the hits below the search field.
type findLayout struct{ f *finder }

// MinSize is for Fyne.
func (findLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout is for Fyne.
func (l findLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	w := min(size.Width-16, findWidth)
	right := size.Width - 8
	objects[0].Move(fyne.NewPos(right-w, 40))
	objects[0].Resize(fyne.NewSize(w, min(l.f.hits.Height(), size.Height-80)))
}

// key uses the keys that move through the hits.
func (f *finder) key(k fyne.KeyName) bool {
	switch k {
	case fyne.KeyDown:
		f.hits.Move(1)
	case fyne.KeyUp:
		f.hits.Move(-1)
	case fyne.KeyPageDown:
		f.hits.Page(1)
	case fyne.KeyPageUp:
		f.hits.Page(-1)
	case fyne.KeyReturn, fyne.KeyEnter:
		f.entry.Flush()
		f.hits.Open()
	case fyne.KeyEscape:
		f.hits.Set(nil)
	default:
		return false
	}
	return true
}

func (f *finder) search(text string) {
	f.counter.Stop()
	f.further.Stop()
	if text == "" {
		f.loader.Stop()
		f.hits.Set(nil)
		return
	}
	pasted := f.pasted
	f.pasted = false
	kit.Load(&f.loader, func(ctx context.Context) (data.Found, error) { return f.app.desk.Search(ctx, text) },
		func(found data.Found, err error) {
			if err != nil {
				f.app.ui.Problem(err)
				return
			}
			if id := exactOrder(found, text); pasted && id != 0 {
				f.open("orders", id)
				return
			}
			f.text, f.found, f.totals = text, found, nil
			f.hits.Set(f.lines())
			f.layer.Refresh()
			f.count(text)
		})
}

// count asks how many there are, and says it without moving the mark.
func (f *finder) count(text string) {
	kit.Load(&f.counter, func(ctx context.Context) (map[data.FoundGroup]data.FoundTotal, error) {
		return f.app.desk.SearchTotals(ctx, text)
	}, func(totals map[data.FoundGroup]data.FoundTotal, err error) {
		if err != nil {
			f.app.ui.Problem(err)
			return
		}
		if f.totals = totals; f.hits.Object.Visible() {
			f.hits.SetAt(f.lines(), max(f.hits.Marked(), 0))
			f.layer.Refresh()
		}
	})
}

// more shows more hits of a group; the mark stays where they begin.
func (f *finder) more(group data.FoundGroup) {
	at, limit, text := f.hits.Marked(), f.shown(group)+findStep, f.text
	kit.Load(&f.further, func(ctx context.Context) (data.Found, error) {
		return f.app.desk.SearchGroup(ctx, text, group, limit)
	}, func(found data.Found, err error) {
		if err != nil {
			f.app.ui.Problem(err)
			return
		}
		switch group {
		case data.FoundOrders:
			f.found.Orders, f.found.More.Orders = found.Orders, found.More.Orders
		case data.FoundBuyers:
			f.found.Buyers = found.Buyers
		case data.FoundDisputes:
			f.found.Disputes, f.found.More.Disputes = found.Disputes, found.More.Disputes
		case data.FoundMessages:
			f.found.Messages, f.found.More.Messages = found.Messages, found.More.Messages
		case data.FoundFeedback:
			f.found.Feedback, f.found.More.Feedback = found.Feedback, found.More.Feedback
		}
		f.hits.SetAt(f.lines(), at)
		f.layer.Refresh()
	})
}

// shown is how many hits of a group stand in the list.
func (f *finder) shown(group data.FoundGroup) int {
	return map[data.FoundGroup]int{
		data.FoundOrders: len(f.found.Orders), data.FoundBuyers: len(f.found.Buyers), data.FoundDisputes: len(f.found.Disputes),
		data.FoundMessages: len(f.found.Messages), data.FoundFeedback: len(f.found.Feedback),
	}[group]
}

// isMore reports whether a group has hits that do not stand in the list.
func (f *finder) isMore(group data.FoundGroup) bool {
	switch group {
	case data.FoundOrders:
		return f.found.More.Orders
	case data.FoundDisputes:
		return f.found.More.Disputes
	case data.FoundMessages:
		return f.found.More.Messages
	case data.FoundFeedback:
		return f.found.More.Feedback
	case data.FoundBuyers:
	}
	return f.shown(group) < f.totals[group].N
}

// groupKeys are the words of the groups.
var groupKeys = map[data.FoundGroup]string{
	data.FoundOrders: "tab.orders", data.FoundBuyers: "tab.buyers", data.FoundDisputes: "tab.disputes",
	data.FoundMessages: "find.messages", data.FoundFeedback: "tab.feedback",
}

// title names a group and says how many of how many are shown.
func (f *finder) title(group data.FoundGroup) string {
	name := words.T(groupKeys[group])
	total, counted := f.totals[group]
	shown := words.Number(int64(f.shown(group)))
	switch {
	case !counted && !f.isMore(group):
		return words.Dotted(name, shown)
	case !counted:
		return name
	case total.More:
		return words.Dotted(name, words.T("find.of_more", "shown", shown, "n", words.Number(int64(max(total.N, f.shown(group))))))
	case total.N > f.shown(group):
		return words.Dotted(name, words.T("find.of", "shown", shown, "n", words.Number(int64(total.N))))
	}
	return words.Dotted(name, shown)
}

// exactOrder is the one order whose number is exactly the text; else 0.
func exactOrder(found data.Found, text string) int64 {
	var id int64
	for _, o := range found.Orders {
		if o.Number == text {
			if id != 0 {
				return 0
			}
			id = o.ID
		}
	}
	return id
}

// lines are the hits in their groups; below a group of which there is more stands
// a line that shows more of it.
func (f *finder) lines() []kit.Hit {
	var hits []kit.Hit
	for _, group := range data.FoundGroups() {
		some := f.groupLines(group)
		if len(some) == 0 {
			continue
		}
		hits = append(append(hits, kit.Hit{Text: f.title(group)}), some...)
		if f.isMore(group) {
			hits = append(hits, kit.Hit{Text: words.T("find.more", "group", words.T(groupKeys[group])), Open: func() { f.more(group) }})
		}
	}
	hits = append(hits, f.wayLines()...)
	if len(hits) == 0 {
		hits = append(hits, kit.Hit{Text: words.T("find.none")})
	}
	return hits
}

func (f *finder) groupLines(group data.FoundGroup) []kit.Hit {
	var hits []kit.Hit
	add := func(text, more, tab string, id int64) {
		hits = append(hits, kit.Hit{Text: text, More: more, Open: func() { f.open(tab, id) }})
	}
	switch group {
	case data.FoundOrders:
		for _, o := range f.found.Orders {
			add(o.Number, words.Dotted(o.Platform.Title(), o.BuyerName, words.Of("order_status", o.Status), words.Money(o.Total), o.ItemTitle), "orders", o.ID)
		}
	case data.FoundBuyers:
		for _, b := range f.found.Buyers {
			add(b.Name, words.Dotted(strings.Join(b.Shops, ", "), words.Country(b.Country), words.N("buyers.count_orders", b.Orders), words.Money(b.Spent)), "buyers", b.ID)
		}
	case data.FoundDisputes:
		for _, d := range f.found.Disputes {
			add(words.Dotted(d.OrderNumber, d.CaseNumber), words.Dotted(words.Of("reason", d.Reason), d.BuyerName, words.Money(d.Amount), words.Of("stage", d.Stage)), "disputes", d.ID)
		}
	case data.FoundMessages:
		for _, m := range f.found.Messages {
			add(m.OrderNumber, m.Snippet, "orders", m.OrderID)
		}
	case data.FoundFeedback:
		for _, b := range f.found.Feedback {
			add(words.Dotted(strings.Repeat("★", b.Stars), b.OrderNumber), b.Text, "feedback", b.ID)
		}
	}
	return hits
}

func (f *finder) open(tab string, id int64) {
	f.hits.Set(nil)
	f.entry.SetQuiet("")
	f.app.openIn(tab, id)
}
