package store

import (
	"context"
	"fmt"
	"time"

	"casebinder/data"
)

// reportSlack widens the bounds of a period: a day that is told without an hour
// stands at the midnight of some zone. Whoever asks looks at the date itself.
const reportSlack = 24 * time.Hour

// Of an order, its only article and its only carrier, NULL where it has none; char(1)
// is data.Several.
const (
	articleName  = "CASE WHEN i.sku <> '' THEN i.sku ELSE i.title END"
	onlyArticle  = "(SELECT CASE WHEN min(" + articleName + ") = max(" + articleName + ") THEN min(" + articleName + ") WHEN count(*) > 0 THEN char(1) END FROM item i WHERE i.order_id = o.id AND " + articleName + " <> '')"
	onlyCarrier  = "(SELECT CASE WHEN min(p.carrier) = max(p.carrier) THEN min(p.carrier) WHEN count(*) > 0 THEN char(1) END FROM shipment p WHERE p.order_id = o.id AND p.kind <> 'return' AND p.carrier <> '')"
	lastTemplate = "(SELECT m.template FROM message m WHERE m.order_id = w.order_id AND m.direction = 'out' AND m.sent_at <= w.ended ORDER BY m.sent_at DESC, m.id DESC LIMIT 1)"
	stands       = "NOT EXISTS (SELECT 1 FROM case_event x WHERE x.dispute_id = e.dispute_id AND x.kind = 'correction' AND x.corrects = e.uid)"
)

// endedAt is when a dispute that is closed ended: by the last event that ends one, else
// by the last of any kind.
const endedAt = "CASE WHEN d.stage = 'closed' THEN coalesce(" +
	"(SELECT max(e.at) FROM case_event e WHERE e.dispute_id = d.id AND e.kind IN ('ruled', 'closed', 'withdrawn', 'accepted') AND " + stands + "), " +
	"(SELECT max(e.at) FROM case_event e WHERE e.dispute_id = d.id)) END"

// paidBack is what went back to the buyer in a dispute: by the refunds that its events
// tell, else by the sum that was ruled.
const paidBack = "coalesce((SELECT sum(e.amount_minor) FROM case_event e WHERE e.dispute_id = w.id AND e.kind = 'refund_issued' AND e.amount_currency = w.amount_currency AND " + stands + "), " +
	"(SELECT e.amount_minor FROM case_event e WHERE e.dispute_id = w.id AND e.kind = 'ruled' AND e.amount_currency = w.amount_currency AND e.amount_currency <> '' AND " + stands + " ORDER BY e.at DESC, e.id DESC LIMIT 1))"

// Each query gives the columns of scanReportCase. ?1 is the beginning, ?2 the end of
// the period, ?3 a shop or 0.
var reportQueries = []string{
	"SELECT 'dispute', w.id, w.order_id, w.shop_id, w.reason, w.cause, " + onlyArticle + ", o.item_title, " + onlyCarrier + ", o.country, " +
		"coalesce(nullif(w.decided_by, ''), (SELECT e.operator FROM case_event e WHERE e.dispute_id = w.id AND e.operator <> '' ORDER BY e.id LIMIT 1), ''), " +
		"coalesce(" + lastTemplate + ", ''), w.opened_at, w.ended, w.stage <> 'closed', w.outcome, w.amount_minor, w.amount_currency, " + paidBack + ", w.order_number, w.lessons" +
		" FROM (SELECT d.*, " + endedAt + " AS ended FROM dispute d WHERE d.binned_at IS NULL AND (?3 = 0 OR d.shop_id = ?3) AND (d.opened_at IS NULL OR d.opened_at < ?2)) w " +
		"JOIN orders o ON o.id = w.order_id WHERE w.stage <> 'closed' OR w.opened_at >= ?1 OR w.ended >= ?1",

	"SELECT 'complaint', w.id, w.order_id, coalesce(o.shop_id, 0), '', w.cause, " + onlyArticle + ", coalesce(o.item_title, ''), " + onlyCarrier + ", coalesce(o.country, ''), " +
		"w.operator, coalesce(" + lastTemplate + ", ''), w.opened_at, w.ended, w.ended IS NULL, w.outcome, 0, '', NULL, coalesce(o.number, ''), w.why " +
		"FROM (SELECT c.*, c.closed_at AS ended FROM complaint c WHERE c.binned_at IS NULL AND (c.opened_at >= ?1 AND c.opened_at < ?2 OR c.closed_at >= ?1 AND c.closed_at < ?2)) w " +
		"LEFT JOIN orders o ON o.id = w.order_id WHERE ?3 = 0 OR o.shop_id = ?3",

	"SELECT 'feedback', w.id, w.order_id, w.shop_id, '', w.cause, CASE WHEN w.product <> '' THEN w.product ELSE " + onlyArticle + " END, " +
		"CASE WHEN w.product <> '' THEN w.product ELSE coalesce(o.item_title, '') END, " + onlyCarrier + ", coalesce(o.country, ''), '', '', w.left_at, NULL, 0, '', 0, '', NULL, w.order_number, '' " +
		"FROM feedback w LEFT JOIN orders o ON o.id = w.order_id " +
		"WHERE w.binned_at IS NULL AND w.given = 0 AND w.stars <= 3 AND w.left_at >= ?1 AND w.left_at < ?2 AND (?3 = 0 OR w.shop_id = ?3)",

	"SELECT 'refund', o.id, o.id, o.shop_id, CASE WHEN o.return_reason <> '' THEN o.return_reason ELSE coalesce((SELECT CASE count(DISTINCT d.reason) WHEN 1 THEN max(d.reason) END " +
		"FROM dispute d WHERE d.order_id = o.id AND d.binned_at IS NULL), '') END, '', " + onlyArticle + ", o.item_title, " + onlyCarrier + ", o.country, '', '', " +
		"o.ordered_at, NULL, 0, '', o.refunded_minor, o.refunded_currency, NULL, o.number, '' " +
		"FROM orders o WHERE o.refunded_minor <> 0 AND o.ordered_at >= ?1 AND o.ordered_at < ?2 AND (?3 = 0 OR o.shop_id = ?3)",
}

// scanReportCase reads a case.
func scanReportCase(row scanner) (c data.ReportCase, err error) {
	var product, carrier *string
	var back *int64
	err = row.Scan(&c.Kind, &c.ID, rowRef{&c.OrderID}, &c.ShopID, &c.Reason, &c.Cause, &product, &c.Title, &carrier, &c.Country, &c.Operator, &c.Template,
		moment{&c.At}, moment{&c.EndedAt}, &c.Open, &c.Outcome, &c.Amount.Minor, &c.Amount.Currency, &back, &c.Number, &c.Lesson)
	if product != nil {
		c.Product = *product
	}
	if carrier != nil {
		c.Carrier = *carrier
	}
	if c.Product == data.Several {
		c.Title = ""
	}
	if back != nil {
		c.PaidBack = data.Money{Minor: *back, Currency: c.Amount.Currency}
	}
	return c, err
}

// ReportCases gives the disputes, complaints, bad feedback and refunds of a shop, or of
// all, that may belong to a period; a dispute does too that was opened before its end and
// did not end before it.
func (r *Reader) ReportCases(ctx context.Context, shopID int64, from, to time.Time) ([]data.ReportCase, error) {
	var list []data.ReportCase
	for _, query := range reportQueries {
		some, err := all(ctx, r, query, []any{ms(from.Add(-reportSlack)), ms(to.Add(reportSlack)), shopID}, scanReportCase)
		if err != nil {
			return nil, err
		}
		list = append(list, some...)
	}
	return list, nil
}

// placedQueries count orders by a key, of those that a condition holds for. Articles and
// parcels are walked in the order of their orders, as they lie on the disk.
var placedQueries = map[string]string{
	"country": "SELECT o.country, count(*) FROM orders o%s WHERE %s GROUP BY o.country",
	"product": "SELECT k, count(*) FROM (SELECT CASE WHEN min(" + articleName + ") = max(" + articleName + ") THEN min(" + articleName + ") ELSE char(1) END AS k " +
		"FROM item i WHERE i.order_id IN (SELECT o.id FROM orders o%s WHERE %s) AND " + articleName + " <> '' GROUP BY i.order_id) GROUP BY k",
	"carrier": "SELECT k, count(*) FROM (SELECT CASE WHEN min(p.carrier) = max(p.carrier) THEN min(p.carrier) ELSE char(1) END AS k " +
		"FROM shipment p WHERE p.order_id IN (SELECT o.id FROM orders o%s WHERE %s) AND p.kind <> 'return' AND p.carrier <> '' GROUP BY p.order_id) GROUP BY k",
}

// PlacedOrders counts the orders that were placed in a period by "country", "product"
// or "carrier", which of them is read from an index alone. One without an article or a
// carrier is not among them.
func (r *Reader) PlacedOrders(ctx context.Context, by string, shopID int64, from, to time.Time) (map[string]int64, error) {
	index, where, args := "", "o.ordered_at >= ? AND o.ordered_at < ?", []any{ms(from), ms(to)}
	switch {
	case shopID != 0:
		where, args = where+" AND o.shop_id = ?", append(args, shopID)
	case by == "country":
		index = " INDEXED BY orders_country"
	}
	counts := map[string]int64{}
	_, err := all(ctx, r, fmt.Sprintf(placedQueries[by], index, where), args, func(row scanner) (none struct{}, err error) {
		var key string
		var n int64
		err = row.Scan(&key, &n)
		counts[key] = n
		return none, err
	})
	return counts, err
}

// OrdersPlaced counts the orders that were placed from one time to before another.
func (r *Reader) OrdersPlaced(ctx context.Context, shopID int64, from, to time.Time) (int64, error) {
	query, args := "SELECT count(*) FROM orders WHERE ordered_at >= ? AND ordered_at < ?", []any{ms(from), ms(to)}
	if shopID != 0 {
		query, args = query+" AND shop_id = ?", append(args, shopID)
	}
	return first(ctx, r, query, args, scanOne[int64])
}

// AskedByQuarter counts the messages of buyers by shop and quarter of an hour, as far
// as their time is known to the minute.
func (r *Reader) AskedByQuarter(ctx context.Context, shopID int64, from, to time.Time) ([]data.AskedCount, error) {
	return all(ctx, r, "SELECT o.shop_id, m.sent_at / 900000 AS quarter, count(*) FROM message m JOIN orders o ON o.id = m.order_id "+
		"WHERE m.direction = 'in' AND m.precision = '' AND m.sent_at >= ?1 AND m.sent_at < ?2 AND m.sent_at % 900000 NOT IN (1, 899999) AND (?3 = 0 OR o.shop_id = ?3) "+
		"GROUP BY o.shop_id, quarter", []any{ms(from), ms(to), shopID}, func(row scanner) (a data.AskedCount, err error) {
		return a, row.Scan(&a.ShopID, &a.Quarter, &a.N)
	})
}

// Suppliers gives the supplier of each SKU; data.Several where it has several.
func (r *Reader) Suppliers(ctx context.Context) (map[string]string, error) {
	of := map[string]string{}
	_, err := all(ctx, r, "SELECT p.sku, s.name FROM product p JOIN supplier s ON s.id = p.supplier_id WHERE p.sku <> '' AND p.binned_at IS NULL "+
		"UNION SELECT v.sku, s.name FROM product_variant v JOIN product p ON p.id = v.product_id JOIN supplier s ON s.id = p.supplier_id WHERE v.sku <> '' AND p.binned_at IS NULL "+
		"UNION SELECT p.title, s.name FROM product p JOIN supplier s ON s.id = p.supplier_id WHERE p.sku = '' AND p.binned_at IS NULL", nil,
		func(row scanner) (none struct{}, err error) {
			var sku, supplier string
			err = row.Scan(&sku, &supplier)
			if known, ok := of[sku]; ok && known != supplier {
				supplier = data.Several
			}
			of[sku] = supplier
			return none, err
		})
	return of, err
}

// Rates gives the exchange rates into a currency, or all with "", by currency and day.
func (r *Reader) Rates(ctx context.Context, target string) ([]data.Rate, error) {
	return all(ctx, r, "SELECT currency, target, day, value FROM exchange_rate WHERE ?1 = '' OR target = ?1 ORDER BY target, currency, day", []any{target},
		func(row scanner) (v data.Rate, err error) {
			return v, row.Scan(&v.Currency, &v.Target, &v.Day, &v.Value)
		})
}

// PutRate writes a rate; one without a value is taken away.
func (t *Tx) PutRate(v data.Rate) error {
	if v.Value == "" {
		_, err := t.exec("DELETE FROM exchange_rate WHERE currency = ? AND target = ? AND day = ?", v.Currency, v.Target, v.Day)
		return err
	}
	_, err := t.exec("INSERT OR REPLACE INTO exchange_rate (currency, target, day, value) VALUES (?, ?, ?, ?)", v.Currency, v.Target, v.Day, v.Value)
	return err
}

// Review gives the review of a month; data.ErrNotFound where nobody began it.
func (r *Reader) Review(ctx context.Context, month string) (data.Review, error) {
	v, err := first(ctx, r, "SELECT id, uid, month, notes, held_at, held_by FROM review WHERE month = ?", []any{month}, func(row scanner) (v data.Review, err error) {
		return v, row.Scan(&v.ID, &v.UID, &v.Month, jsonText{&v.Notes}, moment{&v.HeldAt}, &v.HeldBy)
	})
	return v, missing(err, "review", month)
}

// PutReview writes a review as it is; one without notes that was not held is taken away.
func (t *Tx) PutReview(v *data.Review) error {
	if len(v.Notes) == 0 && v.HeldAt.IsZero() {
		_, err := t.exec("DELETE FROM review WHERE month = ?", v.Month)
		return err
	}
	if v.UID == "" {
		v.UID = newUID()
	}
	_, err := t.exec("INSERT INTO review (uid, month, notes, held_at, held_by) VALUES (?, ?, ?, ?, ?) "+
		"ON CONFLICT (month) DO UPDATE SET notes = excluded.notes, held_at = excluded.held_at, held_by = excluded.held_by",
		v.UID, v.Month, jsonText{v.Notes}, ms(v.HeldAt), v.HeldBy)
	return err
}

// Currencies lists the currencies in which orders of the desk were paid, refunded or
// disputed, as few lookups as there are currencies.
func (r *Reader) Currencies(ctx context.Context) ([]string, error) {
	const skip = "WITH RECURSIVE c (code) AS (SELECT min(total_currency) FROM orders UNION ALL " +
		"SELECT (SELECT min(total_currency) FROM orders WHERE total_currency > c.code) FROM c WHERE c.code IS NOT NULL) SELECT code FROM c WHERE code <> '' " +
		"UNION SELECT DISTINCT amount_currency FROM dispute WHERE amount_currency <> '' AND binned_at IS NULL ORDER BY 1"
	return all(ctx, r, skip, nil, scanOne[string])
}
