package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"

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

// KeepBuyers brings the marks and sums of buyers up to date by at most n orders, in
// one transaction; more tells that it is not all.
func (s *Store) KeepBuyers(ctx context.Context, n int, marks Marks) (more bool, err error) {
	err = s.Update(ctx, func(t *Tx) error {
		done, err := t.keepStale(max(1, n/10), marks)
		if err != nil {
			return err
		}
		some, err := t.keepNew(n, marks)
		more = some || done
		return err
	})
	return more, err
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

func (t *Tx) keptUpto() (int64, error) {
	upto, err := first(t.ctx, &t.Reader, "SELECT upto FROM kept_up WHERE name = '"+keptBuyers+"'", nil, scanOne[int64])
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return upto, err
}

// keepNew adds the marks and sums of orders that are not in them yet.
func (t *Tx) keepNew(n int, marks Marks) (more bool, err error) {
	upto, err := t.keptUpto()
	if err != nil {
		return false, err
	}
	orders, err := all(t.ctx, &t.Reader, countedSelect+"WHERE o.id > ? ORDER BY o.id LIMIT ?", []any{upto, n}, scanCounted)
	if err != nil || len(orders) == 0 {
		return false, err
	}
	if err := t.addMarks(orders, marks); err != nil {
		return false, err
	}
	if err := t.addSums(orders); err != nil {
		return false, err
	}
	_, err = t.run("INSERT INTO kept_up (name, upto) VALUES ('"+keptBuyers+"', ?) ON CONFLICT (name) DO UPDATE SET upto = excluded.upto", orders[len(orders)-1].order.ID)
	return len(orders) == n, err
}

// counted is an order as marks and sums need it.
type counted struct {
	order       data.Order
	erased      bool
	units, most int64
	disputes    int
	feedback    int
}

const countedSelect = "SELECT o.id, coalesce(o.buyer_id, 0), o.shop_id, b.erased_at IS NOT NULL, o.buyer_handle, o.buyer_email, o.buyer_phone, o.buyer_country, o.status, " +
	"o.total_minor, o.total_currency, o.refunded_minor, o.refunded_currency, o.ordered_at, " +
	"o.ship_line1, o.ship_line2, o.ship_line3, o.ship_city, o.ship_state, o.ship_postcode, o.ship_country, o.ship_phone, o.payment, " +
	"coalesce((SELECT sum(quantity) FROM item WHERE order_id = o.id), 0), coalesce((SELECT max(quantity) FROM item WHERE order_id = o.id), 0), " +
	"(SELECT count(*) FROM dispute d WHERE d.order_id = o.id AND d.binned_at IS NULL), " +
	"(SELECT count(*) FROM feedback f WHERE f.order_id = o.id AND f.binned_at IS NULL) FROM orders o LEFT JOIN buyer b ON b.id = o.buyer_id "

func scanCounted(row scanner) (c counted, err error) {
	o := &c.order
	return c, row.Scan(&o.ID, &o.Buyer.ID, &o.Shop.ID, &c.erased, &o.Buyer.Handle, &o.Buyer.Email, &o.Buyer.Phone, &o.Buyer.Country, &o.Status,
		&o.Total.Minor, &o.Total.Currency, &o.Refunded.Minor, &o.Refunded.Currency, moment{&o.OrderedAt},
		&o.ShipTo.Line1, &o.ShipTo.Line2, &o.ShipTo.Line3, &o.ShipTo.City, &o.ShipTo.State, &o.ShipTo.Postcode, &o.ShipTo.Country, &o.ShipTo.Phone, jsonText{&o.Payment},
		&c.units, &c.most, &c.disputes, &c.feedback)
}

// membersSQL selects the accounts of the person behind an account.
const membersSQL = "SELECT ?1 UNION SELECT id FROM buyer WHERE person_id = (SELECT person_id FROM buyer WHERE id = ?1)"

// eachCounted gives the orders of some accounts that were looked at, many at a time:
// one buyer may have very many. Who selects the accounts of ?1.
func (t *Tx) eachCounted(id int64, who string, upto int64, each func([]counted) error) error {
	const part = 10_000
	for after := int64(0); ; {
		orders, err := all(t.ctx, &t.Reader, countedSelect+"WHERE o.buyer_id IN ("+who+") AND o.id > ?2 AND o.id <= ?3 ORDER BY o.id LIMIT ?4",
			[]any{id, after, upto, part}, scanCounted)
		if err != nil {
			return err
		}
		if err := each(orders); err != nil || len(orders) < part {
			return err
		}
		after = orders[len(orders)-1].order.ID
	}
}

// keptMark is a row of buyer_mark.
type keptMark struct {
	data.BuyerMark
	buyer int64
}

// addMarks writes the marks of some orders.
func (t *Tx) addMarks(orders []counted, of Marks) error {
	var marks []keptMark
	for i := range orders {
		c := &orders[i]
		if c.order.Buyer.ID == 0 || c.erased {
			continue
		}
		for _, m := range of(&c.order) {
			marks = append(marks, keptMark{m, c.order.Buyer.ID})
		}
	}
	slices.SortFunc(marks, func(a, b keptMark) int { // in the order of the table, whose pages are then touched once
		return cmp.Or(strings.Compare(string(a.Kind), string(b.Kind)), strings.Compare(a.Value, b.Value), cmp.Compare(a.buyer, b.buyer))
	})
	reviewed, err := t.RiskUpto(t.ctx)
	if err != nil {
		return err
	}
	for _, m := range slices.Compact(marks) {
		res, err := t.run("INSERT OR IGNORE INTO buyer_mark (kind, mark, buyer_id) VALUES (?, ?, ?)", string(m.Kind), m.Value, m.buyer)
		if err != nil {
			return err
		}
		fresh, err := res.RowsAffected()
		if err != nil {
			return err
		}
		if fresh > 0 && reviewed > 0 {
			if err := t.touchRiskOfSharers(&m, reviewed); err != nil {
				return err
			}
		}
	}
	return nil
}

// remakeMarks makes the marks of some buyers anew from the orders that were looked
// at.
func (t *Tx) remakeMarks(ids []int64, marks Marks) error {
	upto, err := t.keptUpto()
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := t.forgetMarks(id); err != nil {
			return err
		}
		if err := t.eachCounted(id, "?1", upto, func(orders []counted) error { return t.addMarks(orders, marks) }); err != nil {
			return err
		}
	}
	return nil
}

// forgetMarks takes the marks of a buyer away.
func (t *Tx) forgetMarks(id int64) error {
	_, err := t.run("DELETE FROM buyer_mark WHERE buyer_id = ?", id)
	return err
}
