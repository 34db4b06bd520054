package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"casebinder/data"
)

// shipWithin is how near an order's ship-by date must be to stand on Today.
const shipWithin = 3 * 24 * time.Hour

// TodayQuery says what of Today is asked for.
type TodayQuery struct {
	Now    time.Time
	ShopID int64 // 0: all shops; tasks belong to no shop and are always there
	PutOff bool  // what was put off beyond Now, instead of what waits

	past bool // also what is long past

	// Next tells until when what can be done about a feedback that is not positive
	// must be done, zero where no date is known; false where nothing waits. It is
	// given what decides that: shop, stars, state and times.
	Next func(*data.Feedback) (until time.Time, waits bool)
}

// todayListing lists the rows of one kind on Today.
type todayListing struct {
	kind    data.TodayKind
	listing *listing
	id      string
	columns string // of a TodayRef behind its id: due, shop, amount, operator
}

// todayListings are what is to be done: open disputes that have a date or wait
// for the seller, orders to ship past or within three days of their ship-by
// date, open tasks, and of each dispute, open or not, the next right that has not
// passed. Feedback is waitingFeedback's.
func todayListings(q TodayQuery) []todayListing {
	disputes := &listing{from: "dispute d", segments: nullsLast(true, "d.due", "d.id")}
	disputes.only("d.binned_at IS NULL AND d.stage <> 'closed' AND (d.due IS NOT NULL OR d.waiting = 'seller')")
	if !q.past {
		disputes.only("(d.due IS NULL OR d.due > ?)", ms(q.Now.Add(-data.LongPast)))
	}
	orders := &listing{from: "orders o", segments: []segmentOf{{order: "o.ship_by, o.id"}}}
	orders.only("o.status = 'to_ship' AND o.ship_by IS NOT NULL AND o.ship_by < ?", ms(q.Now.Add(shipWithin)))
	if !q.past {
		orders.only("o.ship_by > ?", ms(q.Now.Add(-data.LongPast)))
	}
	tasks := &listing{from: "task k", segments: nullsLast(true, "k.due", "k.id")}
	tasks.only("k.done_at IS NULL AND k.binned_at IS NULL")
	rights := &listing{from: "dispute_right r JOIN dispute d ON d.id = r.dispute_id", segments: []segmentOf{{order: "r.due, r.dispute_id"}}}
	rights.only("d.binned_at IS NULL AND r.due >= ? AND NOT EXISTS (SELECT 1 FROM dispute_right e "+
		"WHERE e.dispute_id = r.dispute_id AND e.due >= ? AND (e.due, e.rule) < (r.due, r.rule))", ms(q.Now), ms(q.Now))
	all := []todayListing{
		{data.TodayDispute, forShop(disputes, "d.shop_id", q.ShopID), "d.id", "d.due, d.shop_id, d.amount_minor, ''"},
		{data.TodayShip, forShop(orders, "o.shop_id", q.ShopID), "o.id", "o.ship_by, o.shop_id, o.total_minor, ''"},
		{data.TodayTask, tasks, "k.id", "k.due, 0, 0, k.operator"},
		{data.TodayRight, forShop(rights, "d.shop_id", q.ShopID), "r.dispute_id", "r.due, d.shop_id, d.amount_minor, ''"},
	}
	for _, l := range all {
		q.snoozed(l.listing, l.kind, l.id)
	}
	return all
}

// snoozed leaves out what was put off, or, where that is asked for, all else.
func (q *TodayQuery) snoozed(l *listing, kind data.TodayKind, id string) {
	not := "NOT "
	if q.PutOff {
		not = ""
	}
	l.only(id+" "+not+"IN (SELECT row FROM snooze WHERE kind = ? AND until > ?)", string(kind), ms(q.Now))
}

// windowsLast is how long after it was left something with a date can be done about
// a feedback, at most.
const windowsLast = 100 * 24 * time.Hour

// waitingFeedback lists the neutral and negative feedback of which something waits:
// that nobody answered, and that whose windows may be open still. Each has an index
// of its own: of all feedback, few wait.
func (r *Reader) waitingFeedback(ctx context.Context, q TodayQuery, shops map[int64]data.Shop) ([]data.TodayRef, error) {
	if q.Next == nil {
		return nil, nil
	}
	var refs []data.TodayRef
	for _, l := range waitingFeedbackListings(q) {
		query, args := l.sql("f.id, f.shop_id, f.stars, f.state, f.left_at, f.replied_at, f.settled_at, f.revision_at, f.revised_at, f.complained_at", l.segments[0])
		_, err := all(ctx, r, query, args, func(row scanner) (none struct{}, err error) {
			var f data.Feedback
			if err := row.Scan(&f.ID, &f.Shop.ID, &f.Stars, &f.State, moment{&f.LeftAt}, moment{&f.RepliedAt}, moment{&f.SettledAt},
				moment{&f.RevisionAt}, moment{&f.RevisedAt}, moment{&f.Complained.At}); err != nil {
				return none, err
			}
			f.Shop = shops[f.Shop.ID]
			if until, waits := q.Next(&f); waits && (q.past || data.UrgencyOf(until, q.Now) != data.UrgencyPast) {
				refs = append(refs, data.TodayRef{Kind: data.TodayFeedback, ID: f.ID, Due: until, Platform: f.Shop.Platform})
			}
			return none, nil
		})
		if err != nil {
			return nil, err
		}
	}
	return refs, nil
}

// waitingFeedbackListings are that of the last time, and that before which nobody
// answered, the newest first.
func waitingFeedbackListings(q TodayQuery) []*listing {
	fresh, old := &listing{from: "feedback f"}, &listing{from: "feedback f INDEXED BY feedback_open"} // not by the state: files without answers leave much praise new
	since := ms(q.Now.Add(-windowsLast))
	fresh.only("f.left_at >= ?", since)
	old.only("f.state = 'new' AND f.replied_at IS NULL AND (f.left_at IS NULL OR f.left_at < ?)", since)
	for _, l := range []*listing{fresh, old} {
		l.segments = []segmentOf{{order: "f.left_at DESC, f.id DESC"}}
		l.only("f.binned_at IS NULL AND f.stars <= 3 AND f.given = 0 AND f.removed_at IS NULL AND f.state NOT IN ('done', 'removed')")
		q.snoozed(forShop(l, "f.shop_id", q.ShopID), data.TodayFeedback, "f.id")
	}
	return []*listing{fresh, old}
}

// TodayRefs lists all that is to be done, or was put off, in the order of
// data.TodayRef.Compare, what is long past among it.
func (r *Reader) TodayRefs(ctx context.Context, q TodayQuery) ([]data.TodayRef, error) {
	q.past = true
	shops, err := r.Shops(ctx)
	if err != nil {
		return nil, err
	}
	byID := map[int64]data.Shop{}
	for _, s := range shops {
		byID[s.ID] = s
	}
	feedback, err := r.waitingFeedback(ctx, q, byID)
	if err != nil {
		return nil, err
	}
	var list []data.TodayRef
	for _, l := range todayListings(q) {
		if l.kind == data.TodayTask { // of what has no date, tasks come last
			list = append(list, feedback...)
		}
		for _, segment := range l.listing.segments {
			query, args := l.listing.sql(l.id+", "+l.columns, segment)
			some, err := all(ctx, r, query, args, func(row scanner) (data.TodayRef, error) {
				ref := data.TodayRef{Kind: l.kind}
				var shop int64
				err := row.Scan(&ref.ID, moment{&ref.Due}, &shop, &ref.Minor, &ref.Operator)
				ref.Platform = byID[shop].Platform
				return ref, err
			})
			if err != nil {
				return nil, err
			}
			list = append(list, some...)
		}
	}
	slices.SortStableFunc(list, func(a, b data.TodayRef) int { return a.Compare(b, q.Now) })
	return list, nil
}

// DoneTasks lists the tasks that are done, the last one first.
func (r *Reader) DoneTasks(ctx context.Context) ([]data.TodayRef, error) {
	const query = "SELECT id, due, operator FROM task WHERE done_at IS NOT NULL AND binned_at IS NULL ORDER BY done_at DESC, id DESC"
	return all(ctx, r, query, nil, func(row scanner) (data.TodayRef, error) {
		ref := data.TodayRef{Kind: data.TodayTask}
		return ref, row.Scan(&ref.ID, moment{&ref.Due}, &ref.Operator)
	})
}

// TodayCount counts what TodayRefs would list without what is long past, by indexes.
func (r *Reader) TodayCount(ctx context.Context, q TodayQuery) (int, error) {
	shops, err := r.Shops(ctx)
	if err != nil {
		return 0, err
	}
	byID := map[int64]data.Shop{}
	for _, s := range shops {
		byID[s.ID] = s
	}
	waiting, err := r.waitingFeedback(ctx, q, byID)
	if err != nil {
		return 0, err
	}
	sum := len(waiting)
	for _, l := range todayListings(q) {
		n, err := l.listing.count(ctx, r)
		if err != nil {
			return 0, err
		}
		sum += n
	}
	return sum, nil
}

// TodayRows gives the rows of some refs, in their order. What is no longer there
// is left out.
func (r *Reader) TodayRows(ctx context.Context, refs []data.TodayRef) ([]data.TodayRow, error) {
	ids := map[data.TodayKind][]int32{}
	for _, ref := range refs {
		ids[ref.Kind] = append(ids[ref.Kind], int32(ref.ID))
	}
	tasks, err := r.taskRows(ctx, ids[data.TodayTask])
	if err != nil {
		return nil, err
	}
	about, err := r.ordersOf(ctx, tasks)
	if err != nil {
		return nil, err
	}
	papers, err := r.productsOfPapers(ctx, tasks)
	if err != nil {
		return nil, err
	}
	disputes, err1 := r.DisputeRows(ctx, ids[data.TodayDispute])
	orders, err2 := r.OrderRows(ctx, ids[data.TodayShip])
	feedback, err3 := r.FeedbackRows(ctx, ids[data.TodayFeedback])
	rights, err4 := r.rightRows(ctx, refs, ids[data.TodayRight])
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return nil, err
	}
	type key struct {
		kind data.TodayKind
		id   int64
	}
	found := make(map[key]data.TodayRow, len(refs))
	put := func(row data.TodayRow) { found[key{row.Kind, row.ID}] = row }
	for i := range disputes {
		put(disputeToday(disputes[i]))
	}
	for i := range orders {
		put(orderToday(orders[i]))
	}
	for i := range feedback {
		put(feedbackToday(feedback[i]))
	}
	for i := range tasks {
		row := taskToday(tasks[i], about[tasks[i].OrderID])
		if tasks[i].Origin.Kind == data.OriginPaper {
			row.ProductID = papers[tasks[i].Origin.Key]
		}
		put(row)
	}
	for i := range rights {
		put(rights[i])
	}
	rows := make([]data.TodayRow, 0, len(refs))
	for _, ref := range refs {
		if row, ok := found[key{ref.Kind, ref.ID}]; ok {
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// ordersOf gives the rows of the orders that tasks are about, by id.
func (r *Reader) ordersOf(ctx context.Context, tasks []data.Task) (map[int64]data.OrderRow, error) {
	var ids []int32
	for i := range tasks {
		if id := tasks[i].OrderID; id != 0 {
			ids = append(ids, int32(id))
		}
	}
	rows, err := r.OrderRows(ctx, ids)
	about := make(map[int64]data.OrderRow, len(rows))
	for i := range rows {
		about[rows[i].ID] = rows[i]
	}
	return about, err
}

// taskToday is the row of a task with the order that it is about; the zero
// OrderRow where it is about none.
func taskToday(k data.Task, o data.OrderRow) data.TodayRow {
	return data.TodayRow{
		Kind: data.TodayTask, ID: k.ID, OrderID: k.OrderID, DisputeID: k.DisputeID, Due: k.Due, DoneAt: k.DoneAt, Text: k.Title, Operator: k.Operator,
		Platform: o.Platform, ShopName: o.ShopName, OrderNumber: o.Number, BuyerName: o.BuyerName,
	}
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

// Stats gives the counts of the status line.
func (r *Reader) Stats(ctx context.Context) (data.Stats, error) {
	return first(ctx, r, statsSQL, nil, func(row scanner) (s data.Stats, err error) {
		return s, row.Scan(&s.Shops, &s.Orders, &s.OpenDisputes, &s.NewFeedback, moment{&s.LastImport})
	})
}

const statsSQL = "SELECT (SELECT count(*) FROM shop), (SELECT count(*) FROM orders), " +
	"(SELECT count(*) FROM dispute WHERE binned_at IS NULL AND stage <> 'closed'), " +
	"(SELECT count(*) FROM feedback WHERE binned_at IS NULL AND state = 'new' AND given = 0), " +
	"(SELECT max(at) FROM import)"
