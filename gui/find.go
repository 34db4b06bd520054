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
}

const findWidth = 620

func newFinder(a *app) *finder {
	f := &finder{app: a, hits: kit.NewHits()}
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
			f.hits.Set(f.lines(found))
			f.layer.Refresh()
		})
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

func (f *finder) lines(found data.Found) []kit.Hit {
	var hits []kit.Hit
	group := func(key string, n int) {
		if n > 0 {
			hits = append(hits, kit.Hit{Text: words.T(key)})
		}
	}
	group("tab.orders", len(found.Orders))
	for _, o := range found.Orders {
		more := words.Dotted(o.Platform.Title(), o.BuyerName, words.Of("order_status", o.Status), words.Money(o.Total), o.ItemTitle)
		hits = append(hits, kit.Hit{Text: o.Number, More: more, Open: func() { f.open("orders", o.ID) }})
	}
	group("tab.buyers", len(found.Buyers))
	for _, b := range found.Buyers {
		more := words.Dotted(strings.Join(b.Shops, ", "), words.Country(b.Country), words.N("buyers.count_orders", b.Orders), words.Money(b.Spent))
		hits = append(hits, kit.Hit{Text: b.Name, More: more, Open: func() { f.open("buyers", b.ID) }})
	}
	group("tab.disputes", len(found.Disputes))
	for _, d := range found.Disputes {
		more := words.Dotted(words.Of("reason", d.Reason), d.BuyerName, words.Money(d.Amount), words.Of("stage", d.Stage))
		hits = append(hits, kit.Hit{Text: words.Dotted(d.OrderNumber, d.CaseNumber), More: more, Open: func() { f.open("disputes", d.ID) }})
	}
	group("find.messages", len(found.Messages))
	for _, m := range found.Messages {
		hits = append(hits, kit.Hit{Text: m.OrderNumber, More: m.Snippet, Open: func() { f.open("orders", m.OrderID) }})
	}
	group("tab.feedback", len(found.Feedback))
	for _, b := range found.Feedback {
		hits = append(hits, kit.Hit{Text: words.Dotted(strings.Repeat("★", b.Stars), b.OrderNumber), More: b.Text, Open: func() { f.open("feedback", b.ID) }})
	}
	if len(hits) == 0 {
		hits = append(hits, kit.Hit{Text: words.T("find.none")})
	}
	return hits
}

func (f *finder) open(tab string, id int64) {
	f.hits.Set(nil)
	f.entry.SetQuiet("")
	f.app.openIn(tab, id)
}
