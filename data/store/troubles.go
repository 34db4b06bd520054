package store

import (
	"context"
	"time"

	"casebinder/data"
)

// goodsLeft holds for orders that left and were placed since a time.
const goodsLeft = "o.ordered_at >= ? AND o.status NOT IN ('unpaid', 'review', 'to_ship') AND NOT (o.status = 'canceled' AND o.shipped_at IS NULL)"

// OrderTroubles lists the disputes, complaints and classed feedback without praise about orders that
// left and were placed since a time, once for each article of the order.
func (r *Reader) OrderTroubles(ctx context.Context, since time.Time) ([]data.OrderTrouble, error) {
	const query = "SELECT w.order_id, w.reason, w.cause, w.words, i.sku, i.title FROM (" +
		"SELECT order_id, reason, cause, '' AS words FROM dispute WHERE binned_at IS NULL AND order_id IS NOT NULL " +
		"UNION ALL SELECT order_id, '', cause, '' FROM complaint WHERE binned_at IS NULL AND order_id IS NOT NULL AND cause <> '' " +
		"UNION ALL SELECT order_id, '', '', cause FROM feedback WHERE binned_at IS NULL AND order_id IS NOT NULL AND cause <> '' AND stars <= 3 AND given = 0" +
		") w JOIN orders o ON o.id = w.order_id JOIN item i ON i.order_id = o.id WHERE (i.sku <> '' OR i.title <> '') AND " + goodsLeft
	return all(ctx, r, query, []any{ms(since)}, func(row scanner) (t data.OrderTrouble, err error) {
		return t, row.Scan(&t.OrderID, &t.Reason, &t.Cause, &t.Words, &t.SKU, &t.Title)
	})
}

const articleCounts = "count(DISTINCT o.id), " +
	"count(DISTINCT CASE WHEN o.ship_by IS NOT NULL AND o.shipped_at IS NOT NULL THEN o.id END), " +
	"count(DISTINCT CASE WHEN o.shipped_at > o.ship_by + 86400000 THEN o.id END)" // a day holds whatever zone a date was told in

// ArticleCounts counts of one article the orders that left and were placed since a
// time, and those that left late. It reads every item of a desk.
func (r *Reader) ArticleCounts(ctx context.Context, t data.GoodsTrouble, since time.Time) (data.GoodsTrouble, error) {
	held, name := "i.sku = ?", t.SKU
	if name == "" {
		held, name = "i.sku = '' AND i.title = ?", t.Title
	}
	_, err := first(ctx, r, "SELECT "+articleCounts+" FROM item i JOIN orders o ON o.id = i.order_id WHERE "+held+" AND "+goodsLeft, []any{name, ms(since)},
		func(row scanner) (struct{}, error) { return struct{}{}, row.Scan(&t.Orders, &t.Timed, &t.Late) })
	return t, err
}

// ArticlesLeft is ArticleCounts of all articles, without what went wrong with them.
func (r *Reader) ArticlesLeft(ctx context.Context, since time.Time) ([]data.GoodsTrouble, error) {
	const query = "SELECT i.sku, max(i.title), " + articleCounts + " FROM orders o JOIN item i ON i.order_id = o.id " +
		"WHERE (i.sku <> '' OR i.title <> '') AND " + goodsLeft + " GROUP BY i.sku, CASE WHEN i.sku = '' THEN i.title END"
	return all(ctx, r, query, []any{ms(since)}, func(row scanner) (t data.GoodsTrouble, err error) {
		return t, row.Scan(&t.SKU, &t.Title, &t.Orders, &t.Timed, &t.Late)
	})
}
