package orders

import (
	"fmt"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/table"
	"casebinder/gui/kit"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// columns are the columns of the table of orders.
func columns(e *env) []kit.Column[data.OrderRow] {
	now := e.UI.Now
	return []kit.Column[data.OrderRow]{
		{
			ID: "number", Title: "col.number", Width: 142, Bold: true, Sort: string(data.OrderByNumber), Text: func(r data.OrderRow) string { return r.Number },
			Tip: func(r data.OrderRow) string { return words.Join(" · ", r.Number, r.Platform.Title(), r.ShopName) },
		},
		{
			ID: "shop", Title: "col.shop", Width: 92, Hidden: true, Sort: string(data.OrderByShop), Text: func(r data.OrderRow) string { return r.ShopName },
			Tip: func(r data.OrderRow) string { return r.Platform.Title() + " · " + r.ShopName },
		},
		{
			ID: "buyer", Title: "col.buyer", Width: 92, Grow: true, Sort: string(data.OrderByBuyer), Text: func(r data.OrderRow) string { return words.Join(" · ", buyerOf(r), words.Country(r.Country)) },
			Tip: func(r data.OrderRow) string {
				return words.Join(" · ", buyerOf(r), data.ToldHandle(r.BuyerHandle, r.BuyerName), words.Country(r.Country))
			},
		},
		{
			ID: "status", Title: "col.status", Width: 84, Badge: true, Sort: string(data.OrderByStatus), Text: show.StatusText, Role: show.StatusRole,
			Tip: func(r data.OrderRow) string { return show.StatusFull(r) },
		},
		{
			ID: "total", Title: "col.total", Width: 94, Right: true, Desc: true, Sort: string(data.OrderByTotal), Text: func(r data.OrderRow) string { return words.Money(r.Total) },
			Money: true, Cell: func(r data.OrderRow) table.Cell { return table.Amount(r.Total) },
		},
		{
			ID: "ordered", Title: "col.ordered", Width: 114, Desc: true, Sort: string(data.OrderByOrdered), Text: func(r data.OrderRow) string { return words.Brief(r.OrderedAt, r.Zone, now()) },
			Tip:  func(r data.OrderRow) string { return words.TimeFull(r.OrderedAt, r.Zone) },
			Cell: func(r data.OrderRow) table.Cell { return table.Time(r.OrderedAt, show.ZoneOf(r.Zone)) },
		},
		{
			ID: "ship_by", Title: "col.ship_by", Width: 112, Sort: string(data.OrderByShipBy), Text: func(r data.OrderRow) string { return shipByText(r, now()) },
			Role: func(r data.OrderRow) kit.Role { return shipByRole(r, now()) }, Tip: func(r data.OrderRow) string { return shipByTip(r, now()) },
			Cell: func(r data.OrderRow) table.Cell { return table.Time(r.ShipBy, show.ZoneOf(r.Zone)) },
		},
		{
			ID: "risk", Title: "col.risk", Width: 88, Badge: true, Desc: true, Sort: string(data.OrderByRisk), Text: func(r data.OrderRow) string { return riskWord(r, now()) },
			Role: func(r data.OrderRow) kit.Role { return riskRole(r.Risk) }, Tip: riskTip,
		},
		{ID: "marks", Title: "col.marks", Width: 62, Hidden: true, Text: marks, Tip: marksTip},
		{ID: "tracking", Title: "col.tracking", Width: 114, Text: func(r data.OrderRow) string { return r.Tracking }},
		{ID: "item", Title: "col.item", Width: 180, Hidden: true, Text: func(r data.OrderRow) string { return r.ItemTitle }},
		{ID: "country", Title: "col.country", Width: 92, Hidden: true, Sort: string(data.OrderByCountry), Text: func(r data.OrderRow) string { return words.Country(r.Country) }},
		{
			ID: "shipped", Title: "col.shipped", Width: 116, Hidden: true, Desc: true, Sort: string(data.OrderByShipped), Text: func(r data.OrderRow) string { return words.Brief(r.ShippedAt, r.Zone, now()) },
			Tip:  func(r data.OrderRow) string { return words.TimeFull(r.ShippedAt, r.Zone) },
			Cell: func(r data.OrderRow) table.Cell { return table.Time(r.ShippedAt, show.ZoneOf(r.Zone)) },
		},
	}
}

// shipByText is the ship-by date, with a sign when it presses.
func shipByText(r data.OrderRow, now time.Time) string {
	if !r.WaitsForShipping() || r.ShipBy.IsZero() {
		return words.Day(r.ShipBy, r.Zone, now)
	}
	text, _ := kit.Urgency(r.ShipBy, now)
	return text
}

func shipByRole(r data.OrderRow, now time.Time) kit.Role {
	if !r.WaitsForShipping() {
		return kit.Muted
	}
	_, role := kit.Urgency(r.ShipBy, now)
	return role
}

func shipByTip(r data.OrderRow, now time.Time) string {
	if r.ShipBy.IsZero() {
		return ""
	}
	full := words.TimeFull(r.ShipBy, r.Zone)
	if r.WaitsForShipping() {
		return words.Left(r.ShipBy, now) + " · " + full
	}
	return full
}

// marks shows what hangs on an order; the tooltip says it in words.
func marks(r data.OrderRow) string {
	var marks []string
	if r.Disputes > 0 {
		marks = append(marks, fmt.Sprintf("△%d", r.Disputes))
	}
	if r.Evidence > 0 {
		marks = append(marks, fmt.Sprintf("◇%d", r.Evidence))
	}
	return strings.Join(marks, " ")
}

func marksTip(r data.OrderRow) string {
	var marks []string
	if r.Disputes > 0 {
		marks = append(marks, "△ "+words.N("orders.mark.disputes", r.Disputes))
	}
	if r.Evidence > 0 {
		marks = append(marks, "◇ "+words.N("orders.mark.evidence", r.Evidence))
	}
	return strings.Join(marks, " · ")
}

// buyerOf is what the buyer of an order is called; one who was erased has no name left.
func buyerOf(r data.OrderRow) string {
	if r.BuyerName == "" && data.IsErasedHandle(r.BuyerHandle) {
		return words.Buyer(r.BuyerHandle)
	}
	return r.BuyerName
}
