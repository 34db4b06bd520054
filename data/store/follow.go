package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"casebinder/data"
)

// Solved is an order on which something was solved.
type Solved struct {
	OrderID int64
	At      time.Time
}

// SolvedBetween gives the orders on which a complaint was settled, or a dispute
// ended by agreement, from one time to before another, the last first.
func (r *Reader) SolvedBetween(ctx context.Context, from, to time.Time) ([]Solved, error) {
	const query = "SELECT order_id, max(at) FROM (SELECT order_id, closed_at AS at FROM complaint WHERE closed_at >= ? AND closed_at < ? " +
		"AND binned_at IS NULL AND order_id IS NOT NULL AND outcome NOT IN ('disputed', 'silent') UNION ALL " +
		"SELECT d.order_id, max(e.at) FROM dispute d JOIN case_event e ON e.dispute_id = d.id AND e.kind IN ('closed', 'withdrawn', 'ruled') " +
		"WHERE d.binned_at IS NULL AND d.stage = 'closed' AND d.outcome IN ('accepted', 'withdrawn', 'split') AND d.opened_at >= ? " +
		"GROUP BY d.id HAVING max(e.at) >= ? AND max(e.at) < ?) GROUP BY order_id ORDER BY 2 DESC"
	const longestCase = 365 * 24 * time.Hour
	return all(ctx, r, query, []any{ms(from), ms(to), ms(from.Add(-longestCase)), ms(from), ms(to)}, func(row scanner) (s Solved, err error) {
		return s, row.Scan(&s.OrderID, moment{&s.At})
	})
}

// StandingsOf gives where some orders stand, in no order.
func (r *Reader) StandingsOf(ctx context.Context, ids []int32) ([]data.Standing, error) {
	var list []data.Standing
	err := chunks(ids, func(marks string, args []any) error {
		some, err := all(ctx, r, standingSelect+"WHERE o.id IN ("+marks+")", args, scanStanding)
		list = append(list, some...)
		return err
	})
	return list, err
}

// Repeated is an item that a buyer ordered several times, or many of at once.
type Repeated struct {
	Item string
	Lots []Lot // in no order
}

// Lot is a line of an order in which an item was bought.
type Lot struct {
	OrderID int64
	At      time.Time
	Units   int64
}

// RepeatedSince gives what buyers ordered at least times times since a time, or
// units of at once, of orders that were not taken back, where the last such order
// came before another time. At most limit, the last ordered first.
func (r *Reader) RepeatedSince(ctx context.Context, since, before time.Time, times int, units int64, limit int) ([]Repeated, error) {
	const query = "SELECT max(i.title), group_concat(o.id || ' ' || o.ordered_at || ' ' || i.quantity), max(o.ordered_at) AS last FROM orders o JOIN item i ON i.order_id = o.id " +
		"WHERE o.ordered_at >= ? AND o.buyer_id IS NOT NULL AND o.status NOT IN ('unpaid', 'canceled', 'refunded') " +
		"GROUP BY o.buyer_id, iif(i.sku <> '', i.sku, i.title || char(31) || i.variation) HAVING (count(*) >= ? OR max(i.quantity) >= ?) AND last < ? ORDER BY last DESC LIMIT ?"
	return all(ctx, r, query, []any{ms(since), times, units, ms(before), limit}, func(row scanner) (p Repeated, err error) {
		var lots string
		var last int64
		if err := row.Scan(&p.Item, &lots, &last); err != nil {
			return p, err
		}
		for one := range strings.SplitSeq(lots, ",") {
			var lot Lot
			var at int64
			if _, err := fmt.Sscan(one, &lot.OrderID, &at, &lot.Units); err != nil {
				return p, fmt.Errorf("reading what was ordered again: %w", err)
			}
			lot.At = time.UnixMilli(at).UTC()
			p.Lots = append(p.Lots, lot)
		}
		return p, nil
	})
}

// BuyersIn counts the buyers by country who ordered since a time in one of some
// shops.
func (r *Reader) BuyersIn(ctx context.Context, since time.Time, shops []int64) (map[string]int, error) {
	if len(shops) == 0 {
		return nil, nil
	}
	args := []any{ms(since)}
	for _, id := range shops {
		args = append(args, id)
	}
	counts := map[string]int{}
	_, err := all(ctx, r, "SELECT country, count(DISTINCT buyer_id) FROM orders WHERE ordered_at >= ? AND country <> '' AND shop_id IN ("+marks(len(shops))+") GROUP BY country",
		args, func(row scanner) (none struct{}, err error) {
			var country string
			var n int
			if err := row.Scan(&country, &n); err != nil {
				return none, err
			}
			counts[country] = n
			return none, nil
		})
	return counts, err
}
