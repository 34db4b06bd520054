package show

import (
	"fmt"
	"strings"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/pack"
	"casebinder/gui/kit"
	"casebinder/gui/route"
	"casebinder/gui/words"

	"fyne.io/fyne/v2"
)

// StatusText is an order's status; the platform's own word where we have none.
func StatusText(r data.OrderRow) string {
	if r.Status == data.StatusUnknown && r.PlatformStatus != "" {
		return words.T("status.raw", "text", r.PlatformStatus)
	}
	return words.Of("order_status", r.Status)
}

// StatusFull is an order's status with the platform's own word behind it, which stands
// in the platform's language.
func StatusFull(r data.OrderRow) string {
	own := ""
	if r.PlatformStatus != "" && r.Status != data.StatusUnknown {
		own = words.T("status.raw", "text", r.PlatformStatus)
	}
	return words.Join(" · ", StatusText(r), own)
}

func StatusRole(r data.OrderRow) kit.Role {
	switch r.Status {
	case data.StatusDisputed, data.StatusReview:
		return kit.Warn
	case data.StatusCanceled, data.StatusRefunded, data.StatusCompleted:
		return kit.Muted
	case data.StatusUnknown, data.StatusUnpaid, data.StatusToShip, data.StatusShipped, data.StatusDelivered:
		return kit.Plain
	}
	return kit.Plain
}

// RowOfOrder makes the slim row of a view, for what takes a row.
func RowOfOrder(v desk.OrderView) data.OrderRow {
	o := v.Order
	r := data.OrderRow{
		ID: o.ID, Platform: o.Shop.Platform, ShopName: o.Shop.Name, Zone: o.Shop.Zone, Number: o.Number,
		BuyerName: o.Buyer.Name, BuyerHandle: o.Buyer.Handle, Country: o.Buyer.Country, Status: o.Status,
		PlatformStatus: o.PlatformStatus, Total: o.Total, OrderedAt: o.OrderedAt, ShipBy: o.ShipBy, ShippedAt: o.ShippedAt,
		Evidence: len(v.Evidence),
	}
	if len(o.Items) > 0 {
		r.ItemTitle = o.Items[0].Title
	}
	for _, s := range o.Shipments {
		if r.Tracking == "" && s.Kind != data.ShipmentReturn {
			r.Tracking = s.Tracking
		}
	}
	for _, d := range v.Disputes {
		if d.Stage != data.StageClosed {
			r.Disputes++
		}
	}
	return r
}

// BuyerLink opens the person who placed an order, and says how much and how well the
// two know each other; nil where nobody is named. name is for the trace.
func BuyerLink(e *Env, name string, b data.BuyerRow) fyne.CanvasObject {
	if b.ID == 0 {
		return nil
	}
	disputes := ""
	if b.Disputes > 0 {
		disputes = words.N("buyers.count_disputes", b.Disputes)
	}
	spent := ""
	if b.Spent.Currency != "" {
		spent = words.Money(b.Spent)
	}
	text := words.Named(words.T("col.buyer"), words.Join(" · ", words.Buyer(b.Name), words.N("buyers.count_orders", b.Orders), spent, disputes, strings.Join(b.Tags, ", ")))
	link := kit.NewWordLink(name, text, func() { e.Open(route.Buyer{ID: b.ID}) })
	link.Truncation = fyne.TextTruncateEllipsis
	return link
}

// Stars draws a rating with its number, so that it is read at a glance and
// without counting.
func Stars(n int) string {
	n = min(max(n, 0), 5)
	return strings.Repeat("★", n) + strings.Repeat("☆", 5-n) + fmt.Sprintf(" %d", n)
}

// RiskReasons names the reasons of a level in one line.
func RiskReasons(all []data.RiskReason) string {
	titles := make([]string, 0, len(all))
	for _, r := range all {
		titles = append(titles, words.Text(pack.Text(r.Title)))
	}
	return strings.Join(titles, " · ")
}
