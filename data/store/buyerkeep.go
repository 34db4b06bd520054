package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"time"

	"casebinder/data"
)

// Marks and sums of buyers follow their orders: those of orders with a higher row id
// than kept_up tells are added, in the order of the ids, a part in each transaction;
// those of a buyer that is stale, because an older order, a dispute or a feedback
// changed, are made anew. Nothing of it is anybody's deed, and the journal does not
// tell of it.

// keptBuyers is the name of the buyers in kept_up and stale.
const keptBuyers = "buyer"

// touchBuyer remembers that the marks and sums of an order's buyer are others now.
func (t *Tx) touchBuyer(orderID int64) error {
	if orderID == 0 {
		return nil
	}
	id, err := first(t.ctx, &t.Reader, "SELECT coalesce(buyer_id, 0) FROM orders WHERE id = ?", []any{orderID}, scanOne[int64])
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	t.staleBuyer(id)
	return err
}

func (t *Tx) staleBuyer(id int64) {
	if id == 0 {
		return
	}
	if t.staled == nil {
		t.staled = map[int64]struct{}{}
	}
	t.staled[id] = struct{}{}
}

// touchBuyerOf is touchBuyer for a dispute or a feedback.
func (t *Tx) touchBuyerOf(entity string, id int64) error {
	table, ok := map[string]string{"dispute": "dispute", "feedback": "feedback"}[entity]
	if entity == "order" {
		return t.touchBuyer(id)
	}
	if !ok {
		return nil
	}
	order, err := first(t.ctx, &t.Reader, "SELECT coalesce(order_id, 0) FROM "+table+" WHERE id = ?", []any{id}, scanOne[int64])
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	return errors.Join(err, t.touchBuyer(order))
}

// setStale writes down whose marks and sums are to be made anew.
func (t *Tx) setStale() error {
	if t.err != nil {
		return nil
	}
	for id := range t.staled {
		if _, err := t.run("INSERT OR IGNORE INTO stale (name, id) VALUES ('"+keptBuyers+"', ?)", id); err != nil {
			return err
		}
	}
	t.staled = nil
	return nil
}

// orderGone keeps the marks and sums whole where the row id of an order that was
// taken out may be given to another one.
func (t *Tx) orderGone() error {
	t.store.moved.Add(1)
	_, err := t.run("UPDATE kept_up SET upto = min(upto, coalesce((SELECT max(id) FROM orders), 0))")
	return err
}

// BuyersBehind counts the orders, and buyers, whose marks and sums are yet to be
// made.
func (r *Reader) BuyersBehind(ctx context.Context) (int64, error) {
	return first(ctx, r, "SELECT max(0, coalesce((SELECT max(id) FROM orders), 0) - coalesce((SELECT upto FROM kept_up WHERE name = '"+keptBuyers+"'), 0)) + "+
		"(SELECT count(*) FROM stale WHERE name = '"+keptBuyers+"')", nil, scanOne[int64])
}

// Marks tells by what the buyer of an order is compared.
type Marks func(*data.Order) []data.BuyerMark

// How much is written in one transaction; others write between two.
const (
	marksAtOnce = 20_000
	sumsAtOnce  = 4000 // orders
	staleAtOnce = 200  // buyers
)

// errMoved tells that orders or marks were taken out since they were read.
var errMoved = errors.New("store: what was read is not so any more")

// KeepBuyers brings the marks and sums of buyers up to date by at most n orders; more
// tells that it is not all. One at a time may.
//
// Marks lie in the table by what they say, which has nothing to do with the order in
// which orders come: each transaction touches pages all over the table. So those of
// many orders are read first, sorted, and written from the table's one end to the
// other. What a person changes meanwhile makes its buyer stale, as ever.
func (s *Store) KeepBuyers(ctx context.Context, n int, marks Marks) (more bool, err error) {
	err = s.Update(ctx, func(t *Tx) (err error) {
		more, err = t.keepStale(staleAtOnce, marks)
		return err
	})
	if err != nil || more {
		return more, err
	}
	moved := s.moved.Load()
	upto, err := s.keptUpto(ctx)
	if err != nil {
		return false, err
	}
	last, err := s.LastOrder(ctx)
	if err != nil || last <= upto {
		return false, err
	}
	last = min(last, upto+int64(n))
	c, err := s.count(ctx, "WHERE o.id > ? AND o.id <= ?", []any{upto, last}, marks)
	if err != nil {
		return false, err
	}
	if err := s.keepNew(ctx, &c, last, moved); err != nil && !errors.Is(err, errMoved) {
		return false, err
	}
	behind, err := s.BuyersBehind(ctx)
	return behind > 0, err
}

// keepStale makes the marks and sums of stale buyers anew; more tells that there
// are further ones.
func (t *Tx) keepStale(n int, marks Marks) (more bool, err error) {
	ids, err := all(t.ctx, &t.Reader, "SELECT id FROM stale WHERE name = '"+keptBuyers+"' LIMIT ?", []any{n}, scanOne[int64])
	if err != nil || len(ids) == 0 {
		return false, err
	}
	if err := t.remakeMarks(ids, marks); err != nil {
		return false, err
	}
	if err := t.remakeSums(ids); err != nil {
		return false, err
	}
	for _, id := range ids {
		if _, err := t.run("DELETE FROM stale WHERE name = '"+keptBuyers+"' AND id = ?", id); err != nil {
			return false, err
		}
	}
	return len(ids) == n, nil
}

func (r *Reader) keptUpto(ctx context.Context) (int64, error) {
	upto, err := first(ctx, r, "SELECT upto FROM kept_up WHERE name = '"+keptBuyers+"'", nil, scanOne[int64])
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return upto, err
}

// keepNew adds the marks and sums of orders that are not in them yet: first all marks,
// which may be there before they are counted, then the sums with how far they came.
func (s *Store) keepNew(ctx context.Context, c *counted, last, moved int64) error {
	update := func(write func(*Tx) error) error {
		return s.Update(ctx, func(t *Tx) error {
			if s.moved.Load() != moved {
				return errMoved
			}
			return write(t)
		})
	}
	for part := range slices.Chunk(c.marks, marksAtOnce) {
		if err := update(func(t *Tx) error { return t.addMarks(part) }); err != nil {
			return err
		}
	}
	for orders := c.orders; ; {
		part := orders[:min(len(orders), sumsAtOnce)]
		orders = orders[len(part):]
		upto := last
		if len(orders) > 0 {
			upto = part[len(part)-1].id
		}
		err := update(func(t *Tx) error {
			if err := t.addSums(part); err != nil {
				return err
			}
			_, err := t.run("INSERT INTO kept_up (name, upto) VALUES ('"+keptBuyers+"', ?) ON CONFLICT (name) DO UPDATE SET upto = excluded.upto", upto)
			return err
		})
		if err != nil || len(orders) == 0 {
			return err
		}
	}
}

// counted are orders as marks and sums need them.
type counted struct {
	orders []boughtOrder // by their row id
	marks  []keptMark    // in the order of the table, each once
}

// boughtOrder is what the sums ask of an order.
type boughtOrder struct {
	id, buyer, shop int64
	status          data.OrderStatus
	total, refunded data.Money
	at              time.Time
	units, most     int64
	disputes        int
	feedback        int
}

// keptMark is a row of buyer_mark.
type keptMark struct {
	data.BuyerMark
	buyer int64
}

// count reads orders for sums, and for marks where they are asked for.
func (r *Reader) count(ctx context.Context, where string, args []any, marks Marks) (c counted, err error) {
	const query = "SELECT o.id, coalesce(o.buyer_id, 0), o.shop_id, b.erased_at IS NOT NULL, o.buyer_handle, o.buyer_email, o.buyer_phone, o.buyer_country, o.status, " +
		"o.total_minor, o.total_currency, o.refunded_minor, o.refunded_currency, o.ordered_at, " +
		"o.ship_line1, o.ship_line2, o.ship_line3, o.ship_city, o.ship_state, o.ship_postcode, o.ship_country, o.ship_phone, o.payment, " +
		"coalesce(sum(i.quantity), 0), coalesce(max(i.quantity), 0), " +
		"(SELECT count(*) FROM dispute d WHERE d.order_id = o.id AND d.binned_at IS NULL), " +
		"(SELECT count(*) FROM feedback f WHERE f.order_id = o.id AND f.binned_at IS NULL AND f.given = 0) " +
		"FROM orders o LEFT JOIN buyer b ON b.id = o.buyer_id LEFT JOIN item i ON i.order_id = o.id "
	_, err = all(ctx, r, query+where+" GROUP BY o.id ORDER BY o.id", args, func(row scanner) (none struct{}, err error) {
		var o data.Order
		var b boughtOrder
		erased := false
		err = row.Scan(&b.id, &b.buyer, &b.shop, &erased, &o.Buyer.Handle, &o.Buyer.Email, &o.Buyer.Phone, &o.Buyer.Country, &b.status,
			&b.total.Minor, &b.total.Currency, &b.refunded.Minor, &b.refunded.Currency, moment{&b.at},
			&o.ShipTo.Line1, &o.ShipTo.Line2, &o.ShipTo.Line3, &o.ShipTo.City, &o.ShipTo.State, &o.ShipTo.Postcode, &o.ShipTo.Country, &o.ShipTo.Phone, jsonText{&o.Payment},
			&b.units, &b.most, &b.disputes, &b.feedback)
		if err != nil {
			return none, err
		}
		c.orders = append(c.orders, b)
		if marks != nil && b.buyer != 0 && !erased {
			for _, m := range marks(&o) {
				c.marks = append(c.marks, keptMark{m, b.buyer})
			}
		}
		return none, nil
	})
	slices.SortFunc(c.marks, func(a, b keptMark) int {
		return cmp.Or(strings.Compare(string(a.Kind), string(b.Kind)), strings.Compare(a.Value, b.Value), cmp.Compare(a.buyer, b.buyer))
	})
	c.marks = slices.Compact(c.marks)
	return c, err
}

// membersSQL selects the accounts of the person behind an account.
const membersSQL = "SELECT ?1 UNION SELECT id FROM buyer WHERE person_id = (SELECT person_id FROM buyer WHERE id = ?1)"

// eachCounted gives the orders of some accounts that were looked at, many at a time:
// one buyer may have very many. Who selects the accounts of ?1.
func (t *Tx) eachCounted(id int64, who string, upto int64, marks Marks, each func(*counted) error) error {
	const part = 10_000
	for after := int64(0); ; {
		c, err := t.count(t.ctx, "WHERE o.id IN (SELECT id FROM orders WHERE buyer_id IN ("+who+") AND id > ?2 AND id <= ?3 ORDER BY id LIMIT ?4)",
			[]any{id, after, upto, part}, marks)
		if err != nil {
			return err
		}
		if err := each(&c); err != nil || len(c.orders) < part {
			return err
		}
		after = c.orders[len(c.orders)-1].id
	}
}

// addMarks writes marks, in the order of the table, whose pages are then touched once.
func (t *Tx) addMarks(marks []keptMark) error {
	reviewed, err := t.RiskUpto(t.ctx)
	if err != nil {
		return err
	}
	for i := range marks {
		m := &marks[i]
		res, err := t.run("INSERT OR IGNORE INTO buyer_mark (kind, mark, buyer_id) VALUES (?, ?, ?)", string(m.Kind), m.Value, m.buyer)
		if err != nil {
			return err
		}
		fresh, err := res.RowsAffected()
		if err != nil {
			return err
		}
		if fresh > 0 && reviewed > 0 {
			if err := t.touchRiskOfSharers(m, reviewed); err != nil {
				return err
			}
		}
	}
	return nil
}

// remakeMarks makes the marks of some buyers anew from the orders that were looked
// at.
func (t *Tx) remakeMarks(ids []int64, marks Marks) error {
	upto, err := t.keptUpto(t.ctx)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := t.forgetMarks(id); err != nil {
			return err
		}
		if err := t.eachCounted(id, "?1", upto, marks, func(c *counted) error { return t.addMarks(c.marks) }); err != nil {
			return err
		}
	}
	return nil
}

// forgetMarks takes the marks of a buyer away.
func (t *Tx) forgetMarks(id int64) error {
	t.store.moved.Add(1)
	_, err := t.run("DELETE FROM buyer_mark WHERE buyer_id = ?", id)
	return err
}
