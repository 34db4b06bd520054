package main

import "strings"

// The SQL below was written from what the report says of itself, not from the program's
// own queries: sums are made of whole minor units, rates of millionths.
const (
	// decimals of a currency, as a power of ten.
	powerSQL = "CASE %c WHEN 'JPY' THEN 1 WHEN 'KWD' THEN 1000 ELSE 100 END"

	// what each order is about.
	ordersSQL = `
names AS (SELECT order_id, coalesce(nullif(sku, ''), title) AS name FROM item WHERE coalesce(nullif(sku, ''), title) <> ''),
goods AS (SELECT order_id, count(DISTINCT name) AS n, max(name) AS name FROM names GROUP BY order_id),
lines AS (SELECT order_id, count(DISTINCT carrier) AS n, max(carrier) AS name FROM shipment WHERE kind <> 'return' AND carrier <> '' GROUP BY order_id),
told AS (
  SELECT o.id, o.shop_id, o.ordered_at, o.country,
    CASE s.platform WHEN 'aliexpress' THEN 'AliExpress' WHEN 'ebay' THEN 'eBay' ELSE 'Shopify' END AS platform, s.name AS shop,
    CASE WHEN g.n > 1 THEN '2' ELSE coalesce(g.name, '') END AS goods,
    CASE WHEN g.n > 1 THEN 'several' WHEN g.n = 1 THEN coalesce(nullif(o.item_title, ''), g.name) ELSE 'not known' END AS product,
    CASE WHEN l.n > 1 THEN 'several' WHEN l.n = 1 THEN l.name ELSE 'not known' END AS carrier
  FROM orders o JOIN shop s ON s.id = o.shop_id LEFT JOIN goods g ON g.order_id = o.id LEFT JOIN lines l ON l.order_id = o.id)`

	// disputes with their end.
	disputesSQL = `
cases AS (
  SELECT d.*, CASE d.reason WHEN '' THEN 'not known' WHEN 'unauthorized' THEN 'unauthorized payment' WHEN 'quality' THEN 'quality problem'
      WHEN 'refund_missing' THEN 'refund not received' WHEN 'counterfeit' THEN 'counterfeit claim' WHEN 'canceled' THEN 'canceled order'
      WHEN 'other' THEN 'other reason' WHEN 'duplicate_or_amount' THEN 'duplicate or wrong amount' ELSE replace(d.reason, '_', ' ') END AS why,
    (SELECT max(at) FROM case_event e WHERE e.dispute_id = d.id AND e.kind IN ('ruled', 'closed', 'withdrawn', 'accepted')) AS done
  FROM dispute d WHERE d.binned_at IS NULL)`

	// every amount with its measure (1 at risk, 2 recovered, 3 refunded) and its day.
	amountsSQL = `
amounts AS (
  SELECT 1 AS measure, order_id, opened_at AS at, why, amount_minor AS minor, amount_currency AS currency FROM cases WHERE stage <> 'closed' AND opened_at IS NOT NULL
  UNION ALL SELECT 2, order_id, done, why, amount_minor, amount_currency FROM cases WHERE stage = 'closed' AND outcome IN ('won', 'withdrawn') AND done IS NOT NULL
  UNION ALL SELECT 3, o.id, o.ordered_at,
    coalesce((SELECT CASE count(DISTINCT why) WHEN 1 THEN max(why) END FROM cases c WHERE c.order_id = o.id), 'not known'), o.refunded_minor, o.refunded_currency
  FROM orders o WHERE o.refunded_minor <> 0 AND o.ordered_at IS NOT NULL AND o.return_reason = ''),
dated AS (
  SELECT a.*, t.*, CASE WHEN a.at < 1000 * unixepoch('2026-01-01') THEN 'earlier' ELSE strftime('%Y-%m-01', a.at / 1000, 'unixepoch') END AS month, coalesce((SELECT r.day FROM exchange_rate r
    WHERE r.currency = a.currency AND r.target = 'TARGET' AND r.day <= strftime('%Y-%m-%d', a.at / 1000, 'unixepoch') ORDER BY r.day DESC LIMIT 1), '') AS since
  FROM amounts a JOIN told t ON t.id = a.order_id WHERE a.currency <> '' AND (a.measure = 1 OR a.at >= 1000 * unixepoch('2026-01-01'))),
sums AS (
  SELECT BY AS label, KEY AS key, measure, currency, since, count(*) AS n, sum(minor) AS minor,
    CASE WHEN currency = 'TARGET' THEN 1000000 ELSE (SELECT CAST(round(1000000 * r.value) AS INTEGER) FROM exchange_rate r
      WHERE r.currency = dated.currency AND r.target = 'TARGET' AND r.day = since) END AS rate
  FROM dated GROUP BY 1, 2, 3, 4, 5),
worth AS (
  SELECT label, measure, n, rate, CASE WHEN rate IS NULL THEN 0 ELSE (2 * minor * rate * POWER_TO + 1000000 * POWER_FROM) / (2 * 1000000 * POWER_FROM) END AS minor FROM sums),
rows_ AS (
  SELECT label, sum(CASE measure WHEN 1 THEN minor ELSE 0 END) AS a, sum(CASE measure WHEN 2 THEN minor ELSE 0 END) AS b,
    sum(CASE measure WHEN 3 THEN minor ELSE 0 END) AS c, sum(CASE WHEN rate IS NULL THEN 0 ELSE n END) AS n FROM worth GROUP BY label)`
)

// moneyQuery tells the sums of money by something.
func moneyQuery(sheet, by, key, currency string) query {
	power := func(column string) string { return "(" + strings.ReplaceAll(powerSQL, "%c", column) + ")" }
	sql := "WITH" + ordersSQL + "," + disputesSQL + "," + amountsSQL + `
SELECT label, a * 1.0 / POWER_TO, b * 1.0 / POWER_TO, c * 1.0 / POWER_TO, n FROM rows_ EMPTY
UNION ALL SELECT 'Total', sum(a) * 1.0 / POWER_TO, sum(b) * 1.0 / POWER_TO, sum(c) * 1.0 / POWER_TO, sum(n) FROM rows_`
	empty := ""
	if by == "month" { // each month has a row
		empty = "UNION ALL SELECT m, 0, 0, 0, 0 FROM (" + monthsSQL + ") WHERE m NOT IN (SELECT label FROM rows_)"
	}
	sql = strings.NewReplacer("TARGET", currency, "POWER_TO", power("'"+currency+"'"), "POWER_FROM", power("currency"), "BY AS", by+" AS", "KEY AS", key+" AS", "EMPTY", empty).Replace(sql)
	return query{sheet: sheet, sql: sql, kinds: []string{"float"}, charted: true}
}

// monthsSQL lists the months of the report.
const monthsSQL = "WITH RECURSIVE m (m) AS (VALUES ('2026-01-01') UNION ALL SELECT date(m, '+1 month') FROM m WHERE date(m, '+1 month') <= date('now')) SELECT m FROM m"

// countriesSQL names the countries of the desk's buyers.
const countriesSQL = ` WHEN 'AE' THEN 'United Arab Emirates' WHEN 'AT' THEN 'Austria' WHEN 'AU' THEN 'Australia' WHEN 'BR' THEN 'Brazil'
  WHEN 'CA' THEN 'Canada' WHEN 'DE' THEN 'Germany' WHEN 'ES' THEN 'Spain' WHEN 'FR' THEN 'France' WHEN 'GB' THEN 'United Kingdom'
  WHEN 'IT' THEN 'Italy' WHEN 'JP' THEN 'Japan' WHEN 'KR' THEN 'South Korea' WHEN 'KW' THEN 'Kuwait' WHEN 'KZ' THEN 'Kazakhstan'
  WHEN 'MX' THEN 'Mexico' WHEN 'MY' THEN 'Malaysia' WHEN 'NL' THEN 'Netherlands' WHEN 'PL' THEN 'Poland' WHEN 'RU' THEN 'Russia'
  WHEN 'SA' THEN 'Saudi Arabia' WHEN 'SG' THEN 'Singapore' WHEN 'US' THEN 'United States'`

// winQuery tells the outcomes by something; the shares and the ranges, by Wilson's
// formula, stand where there are ten decided ones.
func winQuery(sheet, by string) query {
	sql := "WITH" + ordersSQL + "," + disputesSQL + `,
ended AS (SELECT c.outcome, LABEL AS label FROM cases c JOIN told t ON t.id = c.order_id
  WHERE c.stage = 'closed' AND c.done >= 1000 * unixepoch('2026-01-01')),
counts AS (
  SELECT label, sum(outcome = 'won') AS w, sum(outcome = 'lost') AS l, sum(outcome = 'split') AS s, sum(outcome = 'accepted') AS a,
    sum(outcome = 'withdrawn') AS x, sum(outcome = '') AS u FROM ended GROUP BY label EMPTY),
total AS (SELECT * FROM counts UNION ALL SELECT 'Total', sum(w), sum(l), sum(s), sum(a), sum(x), sum(u) FROM counts),
shares AS (SELECT *, w + l + s AS n, w * 1.0 / (w + l + s) AS p, 3.8414588206941227 AS z2 FROM total)
SELECT label, w, l, s, a, x, u, n, CASE WHEN n >= 10 THEN p END,
  CASE WHEN n >= 10 THEN CASE w WHEN 0 THEN 0 ELSE (p + z2 / 2 / n - sqrt(z2 * (p * (1 - p) / n + z2 / 4 / n / n))) / (1 + z2 / n) END END,
  CASE WHEN n >= 10 THEN CASE w WHEN n THEN 1 ELSE (p + z2 / 2 / n + sqrt(z2 * (p * (1 - p) / n + z2 / 4 / n / n))) / (1 + z2 / n) END END FROM shares`
	label, empty := "t."+by, ""
	switch by {
	case "reason":
		label = "c.why"
	case "month":
		label = "strftime('%Y-%m-01', c.done / 1000, 'unixepoch')"
		empty = "UNION ALL SELECT m, 0, 0, 0, 0, 0, 0 FROM (" + monthsSQL + ") WHERE m NOT IN (SELECT label FROM ended)"
	}
	sql = strings.NewReplacer("LABEL AS", label+" AS", "EMPTY", empty).Replace(sql)
	return query{sheet: sheet, sql: sql, kinds: []string{"float", "float", "float", "float", "float", "float", "float", "percentage"}, charted: true}
}

// lessonQuery tells what came up by something, beside the orders placed where placed
// gives their label.
func lessonQuery(sheet, dispute, complaint, feedback, placed string) query {
	sql := "WITH" + ordersSQL + "," + disputesSQL + `,
opened AS (
  SELECT 1 AS kind, c.order_id, DISPUTE AS label FROM cases c JOIN told t ON t.id = c.order_id WHERE c.opened_at >= 1000 * unixepoch('2026-01-01')
  UNION ALL SELECT 2, c.order_id, COMPLAINT FROM complaint c LEFT JOIN told t ON t.id = c.order_id WHERE c.binned_at IS NULL AND c.opened_at >= 1000 * unixepoch('2026-01-01')
  UNION ALL SELECT 3, f.order_id, FEEDBACK FROM feedback f LEFT JOIN told t ON t.id = f.order_id
    WHERE f.binned_at IS NULL AND f.given = 0 AND f.stars < 4 AND f.left_at >= 1000 * unixepoch('2026-01-01')),
placed AS (SELECT PLACED AS label, count(*) AS n FROM told t WHERE t.ordered_at >= 1000 * unixepoch('2026-01-01') GROUP BY 1),
counts AS (
  SELECT label, sum(kind = 1) AS d, sum(kind = 2) AS c, sum(kind = 3) AS f, count(DISTINCT order_id) + sum(order_id IS NULL) AS o FROM opened GROUP BY label EMPTY)`
	if placed == "" {
		sql += " SELECT label, d, c, f, o FROM counts UNION ALL SELECT 'Total', sum(d), sum(c), sum(f), sum(o) FROM counts"
		placed = "''"
	} else {
		sql += `, beside AS (SELECT counts.*, coalesce(placed.n, 0) AS n FROM counts LEFT JOIN placed USING (label)),
whole AS (SELECT * FROM beside UNION ALL SELECT 'Total', sum(d), sum(c), sum(f), sum(o), sum(n) FROM beside)
SELECT label, d, c, f, o, n, CASE WHEN n >= 30 THEN 100.0 * o / n END FROM whole`
	}
	empty := ""
	if strings.Contains(dispute, "strftime") {
		empty = "UNION ALL SELECT m, 0, 0, 0, 0 FROM (" + monthsSQL + ") WHERE m NOT IN (SELECT label FROM opened)"
	}
	sql = strings.NewReplacer("DISPUTE AS", dispute+" AS", "COMPLAINT FROM", complaint+" FROM", "FEEDBACK FROM", feedback+" FROM", "PLACED AS", placed+" AS", "EMPTY", empty).Replace(sql)
	return query{sheet: sheet, sql: sql, kinds: []string{"float"}, charted: true}
}

// reportQueries are the sheets of a report that SQL tells too.
func reportQueries(currency string) []query {
	month := func(of string) string { return "strftime('%Y-%m-01', " + of + " / 1000, 'unixepoch')" }
	known := func(of string) string { return "coalesce(nullif(" + of + ", ''), 'not known')" }
	words := func(of string) string { return "replace(" + known(of) + ", '_', ' ')" }
	country := "CASE " + known("t.country") + countriesSQL + " ELSE " + known("t.country") + " END"
	return []query{
		moneyQuery("Money by shop", "shop", "shop_id", currency),
		moneyQuery("Money by platform", "platform", "platform", currency),
		moneyQuery("Money by reason", "why", "why", currency),
		moneyQuery("Money by product", "product", "goods", currency),
		moneyQuery("Money by carrier", "carrier", "carrier", currency),
		moneyQuery("Money by month", "month", "month", currency),
		winQuery("Outcomes by reason", "reason"),
		winQuery("Outcomes by platform", "platform"),
		winQuery("Outcomes by month", "month"),
		lessonQuery("Cases by cause", words("c.cause"), words("c.cause"), words("f.cause"), ""),
		lessonQuery("Cases by carrier", "t.carrier", "coalesce(t.carrier, 'not known')", "coalesce(t.carrier, 'not known')", "nullif(t.carrier, 'not known')"),
		lessonQuery("Cases by product", "t.product", "coalesce(t.product, 'not known')", "coalesce(nullif(f.product, ''), t.product, 'not known')", "nullif(t.product, 'not known')"),
		lessonQuery("Cases by operator", "coalesce(nullif(c.decided_by, ''), (SELECT operator FROM case_event e WHERE e.dispute_id = c.id AND operator <> '' ORDER BY id LIMIT 1), 'not known')",
			known("c.operator"), "'not known'", ""),
		lessonQuery("Cases by country", country, country, country, country),
		lessonQuery("Cases by month", month("c.opened_at"), month("c.opened_at"), month("f.left_at"), month("t.ordered_at")),
	}
}
