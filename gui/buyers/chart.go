package buyers

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/buyer"
	"casebinder/data/desk"
	"casebinder/data/table"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// ordersText names a span of how many orders: from so many on, to fewer than to; 0
// is no bound.
func ordersText(from, to int) string {
	switch {
	case from == 0 && to == 0:
		return ""
	case to == 0:
		return words.N("buyers.orders_from", from)
	case to == from+1:
		return words.N("buyers.count_orders", from)
	}
	return words.T("buyers.orders_span", "from", words.Number(int64(from)), "to", words.Number(int64(to-1)))
}

// lastText names a span of last orders: at from or later, before to.
func lastText(from, to, now time.Time) string {
	day := func(t time.Time) string { return words.Day(t, "UTC", now) }
	switch {
	case from.IsZero() && to.IsZero():
		return ""
	case to.IsZero():
		return words.T("buyers.last_since", "day", day(from))
	case from.IsZero():
		return words.T("buyers.last_before", "day", day(to))
	}
	return words.T("buyers.last_span", "from", day(from), "to", day(to))
}

// A place is a cell of the chart with its bounds.
type place struct {
	buyer.Cell
	OrdersFrom, OrdersTo int
	LastFrom, LastTo     time.Time
	Columns              int
}

// number is the place's id in the table: its place in the chart, from 1.
func (p place) number() int64 { return int64(p.Row*p.Columns + p.Column + 1) }

func (p place) narrow(f *filter) {
	f.OrdersFrom, f.OrdersTo, f.LastFrom, f.LastTo = p.OrdersFrom, p.OrdersTo, p.LastFrom, p.LastTo
}

func (p place) money() string {
	var all []string
	for _, m := range p.Spent {
		all = append(all, words.Money(m))
	}
	return strings.Join(all, " + ")
}

// figures are buyers, and in signs how many of them spent most and are key ones.
func (p place) figures() string {
	text := words.Number(int64(p.Buyers))
	if p.Spenders > 0 {
		text += "  ◆" + words.Number(int64(p.Spenders))
	}
	if p.Key > 0 {
		text += "  ★" + words.Number(int64(p.Key))
	}
	return text
}

func placesOf(t desk.BuyerTable) []place {
	columns := len(t.Bands.Last) + 1
	list := make([]place, len(t.Cells))
	for i, c := range t.Cells {
		p := place{Cell: c, Columns: columns, OrdersFrom: t.Bands.Orders[c.Row]}
		if c.Row+1 < len(t.Bands.Orders) {
			p.OrdersTo = t.Bands.Orders[c.Row+1]
		}
		if c.Column < len(t.Bands.Last) {
			p.LastFrom = t.Bands.Last[c.Column]
		}
		if c.Column > 0 {
			p.LastTo = t.Bands.Last[c.Column-1]
		}
		list[i] = p
	}
	return list
}

// chart shows how often by how lately buyers ordered, and where the money is.
func (b *Tab) chart() {
	shop, now := b.env.Shop(), b.env.UI.Now()
	kit.Do(func(ctx context.Context) (desk.BuyerTable, error) { return b.env.desk.BuyerTable(ctx, shop) }, func(t desk.BuyerTable, err error) {
		if err != nil {
			b.env.UI.Problem(err)
			return
		}
		b.showChart(t, now)
	})
}

func (b *Tab) showChart(t desk.BuyerTable, now time.Time) {
	var sheet *kit.OpenSheet
	pick := func(p place) {
		sheet.Close()
		b.Narrow(p.narrow)
	}
	list := placesOf(t)
	if t.Bands.Buyers == 0 {
		list = nil
	}
	var body fyne.CanvasObject = kit.Soft(words.T("buyers.chart.none"))
	var focus fyne.Focusable
	if len(list) > 0 {
		drawn := b.matrix(t, list, now, pick)
		focus = drawn
		body = kit.NewParts("buyers.chart.part",
			kit.NewPart("chart", words.T("buyers.chart.drawn"), container.NewBorder(kit.Inset(look.Tight, kit.Soft1(words.T("buyers.chart.axes"))), nil, nil, nil, drawn)),
			kit.NewPart("table", words.T("buyers.chart.table"), b.placeTable(list, now, pick)))
	}
	notes := kit.Stacked(0)
	for _, text := range b.chartNotes(t) {
		notes.Add(kit.Soft(text))
	}
	sheet = b.env.UI.Open(kit.Sheet{
		Name: "buyers.chart", Title: words.T("buyers.chart.title"), Width: 980, Height: 640, Cancel: words.T("do.close"), FocusedAt: focus,
		Body: container.NewBorder(nil, kit.Dense(notes), nil, nil, body),
	})
}

// matrix draws the places.
func (b *Tab) matrix(t desk.BuyerTable, list []place, now time.Time, pick func(place)) *kit.Matrix {
	var columns, rows []string
	cells := make([]kit.MatrixCell, len(list))
	for i, p := range list {
		last, orders := lastText(p.LastFrom, p.LastTo, now), ordersText(p.OrdersFrom, p.OrdersTo)
		if p.Row == 0 {
			columns = append(columns, last)
		}
		if p.Column == 0 {
			rows = append(rows, orders)
		}
		cells[i] = kit.MatrixCell{
			Value: p.Buyers, Part: p.Spenders, Text: p.figures(), More: p.money(),
			Tip: words.Join(" · ", orders, last, words.N("buyers.count", p.Buyers), p.money()),
		}
		if p.Buyers > 0 {
			cells[i].Do = func() { pick(p) }
		}
	}
	return kit.NewMatrix(b.env.UI, columns, rows, cells)
}

// placeTable lists the places: the same figures in words.
func (b *Tab) placeTable(list []place, now time.Time, pick func(place)) fyne.CanvasObject {
	number := func(id, title string, width float32, n func(place) int) kit.Column[place] {
		return kit.Column[place]{
			ID: id, Title: title, Width: width, Right: true, Text: func(p place) string { return words.Number(int64(n(p))) },
			Cell: func(p place) table.Cell { return table.Number(int64(n(p))) },
		}
	}
	source := kit.ListSource(func(context.Context, kit.Order) ([]place, error) { return append([]place(nil), list...), nil }, place.number)
	rows := kit.NewTable(b.env.UI, kit.TableOptions[place]{
		Name: "buyers.places", Source: func() kit.Source[place] { return source }, Deeds: func(p place) kit.Deeds {
			return kit.Deeds{{Text: words.T("buyers.chart.pick"), Do: func() { pick(p) }}, kit.Stays("stays.figure")}
		},
		Columns: []kit.Column[place]{
			{ID: "orders", Title: "tab.orders", Width: 140, Text: func(p place) string { return ordersText(p.OrdersFrom, p.OrdersTo) }},
			{ID: "last", Title: "buyers.last", Width: 220, Text: func(p place) string { return lastText(p.LastFrom, p.LastTo, now) }},
			number("buyers", "tab.buyers", 90, func(p place) int { return p.Buyers }),
			number("spenders", "buyers.spenders", 120, func(p place) int { return p.Spenders }),
			number("key", "buyers.kind.key", 110, func(p place) int { return p.Key }),
			{ID: "spent", Title: "buyers.spent", Width: 180, Grow: true, Right: true, Text: place.money},
		},
	})
	rows.Restart()
	return rows
}

// chartNotes say how the chart is read, where its bounds come from, and what it
// leaves out.
func (b *Tab) chartNotes(t desk.BuyerTable) []string {
	notes := []string{words.T("buyers.chart.read"), words.T("buyers.chart.bounds")}
	if top := topText(t.Bands); top != "" {
		notes = append(notes, top)
	}
	if b.env.Shop() != 0 {
		notes = append(notes, words.T("buyers.chart.shop"))
	}
	var left []string
	for key, n := range map[string]int64{"buyers.chart.off": t.OffOnly, "buyers.chart.nameless": t.Nameless, "buyers.behind": t.Behind} {
		if n > 0 {
			left = append(left, words.N(key, int(n)))
		}
	}
	if len(left) == 0 {
		left = []string{words.T("buyers.chart.all")}
	}
	return append(notes, words.T("buyers.chart.left", "what", words.Join(" ", slices.Sorted(slices.Values(left))...)))
}

// topText tells from where on a buyer is among those that spent most.
func topText(b buyer.Bands) string {
	var all []string
	for currency, minor := range b.Top {
		all = append(all, words.Money(data.Money{Minor: minor, Currency: currency}))
	}
	if len(all) == 0 {
		return ""
	}
	return words.T("buyers.chart.top", "top", words.List(slices.Sorted(slices.Values(all))...))
}
