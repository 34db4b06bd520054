package show

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// An OrderFinder lets a person name an order by its number or by a search, and
// says which one it is.
type OrderFinder struct {
	env    *Env
	Search *kit.Search
	Found  *fyne.Container
	loader kit.Loader
	Chosen data.OrderRow // ID 0: none
	Change func(data.OrderRow)
	Object fyne.CanvasObject
	latest bool // offers the latest orders while nothing is typed
}

// How many orders are offered.
const (
	foundOrders  = 6
	latestOrders = 10
)

// NewOrderFinder makes one. change hears what was chosen.
func NewOrderFinder(e *Env, hint string, change func(data.OrderRow)) *OrderFinder {
	f := &OrderFinder{env: e, Found: container.New(layout.NewCustomPaddedVBoxLayout(2)), Change: change}
	f.Search = kit.NewSearch(e.UI, hint, f.find)
	f.Object = container.New(layout.NewCustomPaddedVBoxLayout(2), f.Search, f.Found)
	return f
}

// OfferLatest shows the latest orders until something is typed.
func (f *OrderFinder) OfferLatest() {
	f.latest = true
	f.find(f.Search.Text)
}

// find looks an order up: the one with exactly this number, else those that a
// search gives.
func (f *OrderFinder) find(text string) {
	chosen := f.Chosen.ID != 0 && (text == "" || text == f.Chosen.Number)
	if chosen || text == "" && !f.latest {
		f.loader.Stop()
		return
	}
	limit := foundOrders
	if text == "" {
		limit = latestOrders
	}
	kit.Load(&f.loader, func(ctx context.Context) ([]data.OrderRow, error) {
		return f.env.Desk.OrderFirst(ctx, data.OrderQuery{Search: text}, limit)
	}, func(rows []data.OrderRow, err error) {
		if err != nil {
			f.env.UI.Problem(err)
			return
		}
		f.show(text, rows)
	})
}

func (f *OrderFinder) show(text string, rows []data.OrderRow) {
	var exact []data.OrderRow
	for _, r := range rows {
		if r.Number == text {
			exact = append(exact, r)
		}
	}
	if len(exact) == 1 {
		f.Choose(exact[0])
		return
	}
	f.Chosen = data.OrderRow{}
	f.Found.RemoveAll()
	switch {
	case text == "" && len(rows) > 0:
		f.Found.Add(kit.Soft(words.T("dispute.open.order.latest")))
	case text != "" && len(rows) == 0:
		f.Found.Add(kit.Soft(words.T("dispute.open.order.none")))
	}
	for i, r := range rows {
		b := kit.NewButton(kit.RowName("finder", i, "choose"), "", func() { f.Choose(r) })
		b.SetText(words.Shorten(orderLine(r), 80))
		b.Alignment = widget.ButtonAlignLeading
		b.Importance = widget.LowImportance
		f.Found.Add(b)
	}
}

// Choose takes an order; the zero row takes none.
func (f *OrderFinder) Choose(r data.OrderRow) {
	f.Chosen = r
	f.Found.RemoveAll()
	f.Search.SetQuiet(r.Number)
	if r.ID != 0 {
		f.Found.Add(kit.Soft(orderLine(r)))
	}
	if f.Change != nil {
		f.Change(r)
	}
}

// orderLine says in one line which order it is.
func orderLine(r data.OrderRow) string {
	return words.Join(" · ", r.Number, r.Platform.Title()+" "+r.ShopName, r.BuyerName, words.Money(r.Total), r.ItemTitle)
}
