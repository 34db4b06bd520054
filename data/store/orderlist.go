package store

import (
	"context"
	"time"

	"casebinder/data"
)

// orderListing builds the query of the orders table.
func (r *Reader) orderListing(ctx context.Context, q data.OrderQuery) (*listing, error) {
	l := &listing{from: "orders o"}
	if q.ShopID != 0 {
		l.only("o.shop_id = ?", q.ShopID)
	}
	if q.Platform != "" {
		l.only("o.shop_id IN (SELECT id FROM shop WHERE platform = ?)", string(q.Platform))
	}
	if len(q.Statuses) > 0 {
		args := make([]any, len(q.Statuses))
		for i, s := range q.Statuses {
			args[i] = string(s)
		}
		l.only("o.status IN ("+marks(len(args))+")", args...)
	}
	if q.Country != "" {
		l.only("o.country = ?", q.Country)
	}
	if !q.From.IsZero() {
		l.only("o.ordered_at >= ?", ms(q.From))
	}
	if !q.To.IsZero() {
		l.only("o.ordered_at < ?", ms(q.To))
	}
	if !q.Shipped.IsZero() {
		l.only("o.shipped_at >= ? AND o.shipped_at < ?", ms(q.Shipped.AddDate(0, 0, -1).Add(-12*time.Hour)), ms(q.Shipped.AddDate(0, 0, 1).Add(12*time.Hour)))
	}
	if q.NoTracking { // in the words of the index orders_no_tracking
		l.only("o.status = 'shipped' AND o.tracking = ''")
	}
	if q.Late { // in the words of the index orders_to_ship
		l.only("o.status = 'to_ship' AND o.ship_by IS NOT NULL AND o.ship_by < ?", ms(q.Now))
	}
	if len(q.Risks) > 0 {
		l.onlyRisks(q.Risks)
	}
	if q.HeldOver { // in the words of the index risk_level
		l.only("o.id IN (SELECT order_id FROM risk WHERE level <> 'clear' AND level IN ('hold', 'stop') AND decision = '' AND ship_from IS NOT NULL AND ship_from <= ?)", ms(q.Now))
		l.only(waitsSQL)
	}
	if q.Unproven {
		l.only("o.status = 'to_ship' AND NOT EXISTS (SELECT 1 FROM evidence v WHERE v.order_id = o.id AND v.binned_at IS NULL AND (v.slot <> '' OR v.kind IN ('photo', 'packing', 'qc')))")
	}
	for _, t := range terms(q.Search) {
		where, args := orderTerm(t)
		l.only(where, args...)
	}
	var err error
	l.segments, err = r.orderSegments(ctx, q.Sort, q.Ascending)
	return l, err
}

// orderSegments is the order of the rows. Amounts stand by currency, because
// 4,599 yen and 45.99 dollars cannot be compared.
func (r *Reader) orderSegments(ctx context.Context, sort data.OrderSort, ascending bool) ([]segmentOf, error) {
	switch sort {
	case data.OrderByNumber:
		return []segmentOf{{order: by(ascending, "o.number", "o.id")}}, nil
	case data.OrderByShop:
		return r.byShop(ctx, "o.shop_id", by(ascending, "o.ordered_at", "o.id"), ascending)
	case data.OrderByBuyer:
		return emptyLast(ascending, "o.buyer_name", "o.ordered_at", "o.id"), nil
	case data.OrderByCountry:
		return emptyLast(ascending, "o.country", "o.ordered_at", "o.id"), nil
	case data.OrderByStatus:
		return []segmentOf{{order: by(ascending, "o.status", "o.ordered_at", "o.id")}}, nil
	case data.OrderByTotal:
		return emptyLast(ascending, "o.total_currency", "o.total_minor", "o.id"), nil
	case data.OrderByShipBy:
		return nullsLast(ascending, "o.ship_by", "o.id"), nil
	case data.OrderByShipped:
		return nullsLast(ascending, "o.shipped_at", "o.id"), nil
	case data.OrderByRisk:
		return riskSegments(ascending), nil
	}
	return nullsLast(ascending, "o.ordered_at", "o.id"), nil
}

// orderTerm finds the orders that a word is in, or that a message with the
// word is about.
func orderTerm(t term) (string, []any) {
	orders, args := ordersWith(t)
	messages := "SELECT m.order_id FROM message_search x JOIN message m ON m.id = x.rowid WHERE x.message_search MATCH ? AND m.order_id IS NOT NULL"
	args = append(args, t.match)
	for _, run := range t.runs {
		messages += " AND holds_run(m.text || char(10) || m.translation, ?)"
		args = append(args, run)
	}
	return "o.id IN (" + orders + " UNION ALL " + messages + ")", args
}

// ordersWith selects the orders that a word is in.
func ordersWith(t term) (string, []any) {
	orders, args := "SELECT rowid FROM order_search WHERE order_search MATCH ?", []any{t.match}
	for _, run := range t.runs {
		orders += " AND rowid IN (SELECT c.id FROM orders c WHERE c.id = order_search.rowid AND " + orderContains + ")"
		args = append(args, run, run)
	}
	return orders, args
}

// orderContains asks an order c whether one of its searched texts holds a run.
const orderContains = "(holds_run(c.buyer_name || char(10) || c.buyer_handle || char(10) || c.ship_name || char(10) || " +
	"c.buyer_note || char(10) || c.seller_note, ?) OR EXISTS (SELECT 1 FROM item WHERE order_id = c.id AND holds_run(title || char(10) || sku, ?)))"

// OrderIDs gives the ids of all orders of the query, in order.
func (r *Reader) OrderIDs(ctx context.Context, q data.OrderQuery) ([]int32, error) {
	l, err := r.orderListing(ctx, q)
	if err != nil {
		return nil, err
	}
	return l.ids(ctx, r, "o.id", -1)
}

// OrderFirst gives the first rows of the query: what a table shows before its
// ids are known.
func (r *Reader) OrderFirst(ctx context.Context, q data.OrderQuery, limit int) ([]data.OrderRow, error) {
	l, err := r.orderListing(ctx, q)
	if err != nil {
		return nil, err
	}
	ids, err := l.ids(ctx, r, "o.id", limit)
	if err != nil {
		return nil, err
	}
	return r.OrderRows(ctx, ids)
}

const orderRowSelect = "SELECT o.id, s.platform, s.name, s.zone, o.number, o.buyer_name, o.buyer_handle, o.country, o.status, o.platform_status, " +
	"o.total_minor, o.total_currency, o.ordered_at, o.ship_by, o.shipped_at, o.tracking, o.item_title, " +
	"(SELECT count(*) FROM dispute d WHERE d.order_id = o.id AND d.binned_at IS NULL AND d.stage <> 'closed'), " +
	"(SELECT count(*) FROM evidence e WHERE e.order_id = o.id AND e.binned_at IS NULL), " + riskRow +
	" FROM orders o JOIN shop s ON s.id = o.shop_id LEFT JOIN risk k ON k.order_id = o.id WHERE o.id IN ("

func scanOrderRow(row scanner) (o data.OrderRow, err error) {
	return o, row.Scan(&o.ID, &o.Platform, &o.ShopName, &o.Zone, &o.Number, &o.BuyerName, &o.BuyerHandle, &o.Country, &o.Status, &o.PlatformStatus,
		&o.Total.Minor, &o.Total.Currency, moment{&o.OrderedAt}, moment{&o.ShipBy}, moment{&o.ShippedAt}, &o.Tracking, &o.ItemTitle,
		&o.Disputes, &o.Evidence, &o.Risk, jsonText{&o.RiskReasons}, moment{&o.ShipFrom}, &o.RiskDecision)
}

// OrderRows gives the rows with the ids, in the order of the ids.
func (r *Reader) OrderRows(ctx context.Context, ids []int32) ([]data.OrderRow, error) {
	rows := make([]data.OrderRow, 0, len(ids))
	err := chunks(ids, func(marks string, args []any) error {
		some, err := all(ctx, r, orderRowSelect+marks+")", args, scanOrderRow)
		rows = append(rows, some...)
		return err
	})
	if err != nil {
		return nil, err
	}
	return inOrder(ids, rows, func(o data.OrderRow) int64 { return o.ID }), nil
}
