package desk

import (
	"cmp"
	"context"
	"slices"

	"casebinder/data"
	"casebinder/data/store"
)

// todayLimit bounds the rows of each kind on Today.
const todayLimit = 500

// Stats counts what the desk holds.
func (d *Desk) Stats(ctx context.Context) (data.Stats, error) {
	s, err := d.store.Stats(ctx)
	return data.Stats(s), err
}

// Search looks for words in orders, disputes, messages and feedback, a few
// hits of each.
func (d *Desk) Search(ctx context.Context, text string) (data.Found, error) {
	found, err := d.store.SearchAll(ctx, text, 8)
	all := data.Found{Orders: found.Orders, Disputes: found.Disputes, Feedback: found.Feedback}
	for _, m := range found.Messages {
		all.Messages = append(all.Messages, data.MessageHit(m))
	}
	return all, err
}

// Today lists what waits, the soonest first, of two with one date the dearer
// first; what has no date comes last. shopID 0 is all shops.
func (d *Desk) Today(ctx context.Context, shopID int64) ([]data.TodayRow, error) {
	list, err := d.store.Today(ctx, d.now(), shopID, todayLimit)
	if err != nil {
		return nil, err
	}
	rows := make([]data.TodayRow, 0, len(list.Rows))
	for _, r := range list.Rows {
		rows = append(rows, todayRow(r))
	}
	slices.SortStableFunc(rows, func(a, b data.TodayRow) int {
		if a.Due.IsZero() != b.Due.IsZero() {
			if a.Due.IsZero() {
				return 1
			}
			return -1
		}
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(b.Amount.Minor, a.Amount.Minor))
	})
	return rows, nil
}

func todayRow(r store.TodayRow) data.TodayRow {
	row := data.TodayRow{Kind: data.TodayKind(r.Kind), Due: r.Due, Amount: r.Amount}
	switch {
	case r.Dispute != nil:
		x := r.Dispute
		row.ID, row.OrderID, row.Platform, row.ShopName, row.Zone = x.ID, x.OrderID, x.Platform, x.ShopName, x.Zone
		row.OrderNumber, row.CaseNumber, row.BuyerName = x.OrderNumber, x.CaseNumber, x.BuyerName
		row.Reason, row.Evidence = x.Reason, x.Evidence
	case r.Order != nil:
		x := r.Order
		row.ID, row.OrderID, row.Platform, row.ShopName, row.Zone = x.ID, x.ID, x.Platform, x.ShopName, x.Zone
		row.OrderNumber, row.BuyerName, row.Evidence, row.Text = x.Number, x.BuyerName, x.Evidence, x.ItemTitle
	case r.Feedback != nil:
		x := r.Feedback
		row.ID, row.OrderID, row.Platform, row.ShopName, row.Zone = x.ID, x.OrderID, x.Shop.Platform, x.Shop.Name, x.Shop.Zone
		row.OrderNumber, row.BuyerName, row.Stars, row.Text = x.OrderNumber, x.BuyerHandle, x.Stars, x.Text
	case r.Task != nil:
		row.ID, row.OrderID, row.Text = r.Task.ID, r.Task.OrderID, r.Task.Title
	}
	return row
}
