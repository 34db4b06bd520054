package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"casebinder/data"
)

// shipWithin is how near an order's ship-by date must be to stand on Today.
const shipWithin = 3 * 24 * time.Hour

// maxCounted bounds the counts of Today and of the status line: what is more
// is shown as "9999+".
const maxCounted = 10_000

// Today gives what is to be done: open disputes that have a date or wait for
// the seller, orders to ship past or within three days of their ship-by date,
// new negative and neutral feedback without a reply, and open tasks. Up to
// limit of each, soonest first, what has no date last. shopID 0 means all
// shops; tasks belong to no shop and are always there.
func (r *Reader) Today(ctx context.Context, now time.Time, shopID int64, limit int) (data.TodayList, error) {
	list := data.TodayList{Counts: map[data.TodayKind]int{}}
	for _, add := range []func(context.Context, *data.TodayList, time.Time, int64, int) error{
		r.todayDisputes, r.todayOrders, r.todayFeedback, r.todayTasks,
	} {
		if err := add(ctx, &list, now, shopID, limit); err != nil {
			return data.TodayList{}, err
		}
	}
	slices.SortStableFunc(list.Rows, func(a, b data.TodayRow) int {
		switch {
		case a.Due.IsZero() == b.Due.IsZero():
			return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(b.Amount.Minor, a.Amount.Minor))
		case a.Due.IsZero():
			return 1
		}
		return -1
	})
	return list, nil
}

func disputeToday(d data.DisputeRow) data.TodayRow {
	return data.TodayRow{
		Kind: data.TodayDispute, ID: d.ID, OrderID: d.OrderID, DisputeID: d.ID, Platform: d.Platform, ShopName: d.ShopName, Zone: d.Zone,
		OrderNumber: d.OrderNumber, CaseNumber: d.CaseNumber, BuyerName: d.BuyerName, Reason: d.Reason, Amount: d.Amount,
		Due: d.Due, DueSure: d.DueSure, Evidence: d.Evidence,
	}
}

func orderToday(o data.OrderRow) data.TodayRow {
	return data.TodayRow{
		Kind: data.TodayShip, ID: o.ID, OrderID: o.ID, Platform: o.Platform, ShopName: o.ShopName, Zone: o.Zone,
		OrderNumber: o.Number, BuyerName: o.BuyerName, Text: o.ItemTitle, Amount: o.Total, Due: o.ShipBy, Evidence: o.Evidence,
	}
}

func feedbackToday(f data.Feedback) data.TodayRow {
	return data.TodayRow{
		Kind: data.TodayFeedback, ID: f.ID, OrderID: f.OrderID, Platform: f.Shop.Platform, ShopName: f.Shop.Name, Zone: f.Shop.Zone,
		OrderNumber: f.OrderNumber, BuyerName: f.BuyerHandle, Stars: f.Stars, Text: f.Text,
	}
}

// forShop adds the shop to a listing.
func forShop(l *listing, column string, shopID int64) *listing {
	if shopID != 0 {
		l.only(column+" = ?", shopID)
	}
	return l
}

// capped counts the rows of a listing up to maxCounted.
func (l *listing) capped(ctx context.Context, r *Reader) (int, error) {
	query, args := l.sql("1", segmentOf{})
	return first(ctx, r, "SELECT count(*) FROM ("+query+" LIMIT ?)", append(args[:len(args):len(args)], maxCounted), scanOne[int])
}

func todayDisputeListing(shopID int64) *listing {
	l := &listing{from: "dispute d", segments: nullsLast(true, "d.due", "d.id")}
	l.only("d.binned_at IS NULL AND d.stage <> 'closed' AND (d.due IS NOT NULL OR d.waiting = 'seller')")
	return forShop(l, "d.shop_id", shopID)
}

func (r *Reader) todayDisputes(ctx context.Context, list *data.TodayList, _ time.Time, shopID int64, limit int) error {
	l := todayDisputeListing(shopID)
	ids, err := l.ids(ctx, r, "d.id", limit)
	if err != nil {
		return err
	}
	rows, err := r.DisputeRows(ctx, ids)
	if err != nil {
		return err
	}
	for i := range rows {
		list.Rows = append(list.Rows, disputeToday(rows[i]))
	}
	list.Counts[data.TodayDispute], err = l.capped(ctx, r)
	return err
}

func todayOrderListing(now time.Time, shopID int64) *listing {
	l := &listing{from: "orders o", segments: []segmentOf{{order: "o.ship_by, o.id"}}}
	l.only("o.status = 'to_ship' AND o.ship_by IS NOT NULL AND o.ship_by < ?", ms(now.Add(shipWithin)))
	return forShop(l, "o.shop_id", shopID)
}

func (r *Reader) todayOrders(ctx context.Context, list *data.TodayList, now time.Time, shopID int64, limit int) error {
	l := todayOrderListing(now, shopID)
	ids, err := l.ids(ctx, r, "o.id", limit)
	if err != nil {
		return err
	}
	rows, err := r.OrderRows(ctx, ids)
	if err != nil {
		return err
	}
	for i := range rows {
		list.Rows = append(list.Rows, orderToday(rows[i]))
	}
	list.Counts[data.TodayShip], err = l.capped(ctx, r)
	return err
}

func todayFeedbackListing(shopID int64) *listing {
	l := &listing{from: "feedback f", segments: []segmentOf{{order: "f.left_at DESC, f.id DESC"}}}
	l.only("f.binned_at IS NULL AND f.stars <= 3 AND f.state = 'new' AND f.replied_at IS NULL")
	return forShop(l, "f.shop_id", shopID)
}

func (r *Reader) todayFeedback(ctx context.Context, list *data.TodayList, _ time.Time, shopID int64, limit int) error {
	l := todayFeedbackListing(shopID)
	ids, err := l.ids(ctx, r, "f.id", limit)
	if err != nil {
		return err
	}
	rows, err := r.FeedbackRows(ctx, ids)
	if err != nil {
		return err
	}
	for i := range rows {
		list.Rows = append(list.Rows, feedbackToday(rows[i]))
	}
	list.Counts[data.TodayFeedback], err = l.capped(ctx, r)
	return err
}

func (r *Reader) todayTasks(ctx context.Context, list *data.TodayList, _ time.Time, _ int64, limit int) error {
	l := &listing{from: "task k", segments: nullsLast(true, "k.due", "k.id")}
	l.only("k.done_at IS NULL AND k.binned_at IS NULL")
	for _, s := range l.segments {
		if limit <= 0 {
			break
		}
		query, args := l.sql(prefixed("k", "id, "+taskColumns), s)
		tasks, err := all(ctx, r, query+" LIMIT ?", append(args, limit), scanTask)
		if err != nil {
			return err
		}
		limit -= len(tasks)
		for i := range tasks {
			list.Rows = append(list.Rows, data.TodayRow{
				Kind: data.TodayTask, ID: tasks[i].ID, OrderID: tasks[i].OrderID, DisputeID: tasks[i].DisputeID,
				Due: tasks[i].Due, Text: tasks[i].Title, Operator: tasks[i].Operator,
			})
		}
	}
	n, err := l.capped(ctx, r)
	list.Counts[data.TodayTask] = n
	return err
}

// Stats gives the counts of the status line.
func (r *Reader) Stats(ctx context.Context) (data.Stats, error) {
	return first(ctx, r, statsSQL, nil, func(row scanner) (s data.Stats, err error) {
		return s, row.Scan(&s.Shops, &s.Orders, &s.OpenDisputes, &s.NewFeedback, moment{&s.LastImport})
	})
}

const statsSQL = "SELECT (SELECT count(*) FROM shop), (SELECT count(*) FROM orders), " +
	"(SELECT count(*) FROM dispute WHERE binned_at IS NULL AND stage <> 'closed'), " +
	"(SELECT count(*) FROM feedback WHERE binned_at IS NULL AND state = 'new'), " +
	"(SELECT max(at) FROM import)"
