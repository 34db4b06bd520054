package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"casebinder/data"
)

// HealthOrder is an order with what the numbers of an account ask of it. Times are
// UTC milliseconds, 0 where they are not known.
type HealthOrder struct {
	ID, Buyer                                                         int64
	OrderedAt, PaidAt, ShipBy, ShippedAt, DeliverBy, DeliveredAt      int64
	ConfirmedAt, CanceledAt, TrackingToldAt                           int64
	Total                                                             int64
	Status, Currency, Country                                         string
	CanceledBy, CancelReason, ConfirmedHow, FulfilledBy, ReturnReason string
	Tracked                                                           bool
}

// integer reads a number, NULL as 0, without the detour over text that the library
// takes.
type integer struct{ to *int64 }

// Scan implements sql.Scanner.
func (n integer) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*n.to = 0
	case int64:
		*n.to = v
	default:
		return fmt.Errorf("a number stored as %T: %w", v, data.ErrDamaged)
	}
	return nil
}

// The words of an order's fate are one column, which is NULL for most orders.
const healthOrderSelect = "SELECT o.id, o.buyer_id, o.ordered_at, o.paid_at, o.ship_by, o.shipped_at, o.deliver_by, o.delivered_at, " +
	"o.confirmed_at, o.canceled_at, o.tracking_told_at, o.total_minor, o.status, o.total_currency, o.country, o.tracking <> '', " +
	"CASE WHEN o.canceled_by <> '' OR o.cancel_reason <> '' OR o.confirmed_how <> '' OR o.fulfilled_by <> '' OR o.return_reason <> '' THEN " +
	"o.canceled_by || '|' || o.cancel_reason || '|' || o.confirmed_how || '|' || o.fulfilled_by || '|' || o.return_reason END FROM orders o "

// eachRow runs a query and reads each row into the same places.
func eachRow(ctx context.Context, r *Reader, query string, args, into []any, each func()) error {
	rows, err := r.q.QueryContext(ctx, query, args...)
	if err != nil {
		return readError(ctx, err, r.path)
	}
	defer rows.Close() //nolint:errcheck // rows.Err below tells what matters
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return readError(ctx, err, r.path)
		}
		each()
	}
	if err := rows.Err(); err != nil {
		return readError(ctx, err, r.path)
	}
	return nil
}

func (r *Reader) healthOrders(ctx context.Context, where string, args []any, each func(*HealthOrder)) error {
	var o HealthOrder
	var tracked int64
	var fate *string
	into := []any{
		integer{&o.ID},
		integer{&o.Buyer},
		integer{&o.OrderedAt},
		integer{&o.PaidAt},
		integer{&o.ShipBy},
		integer{&o.ShippedAt},
		integer{&o.DeliverBy},
		integer{&o.DeliveredAt},
		integer{&o.ConfirmedAt},
		integer{&o.CanceledAt},
		integer{&o.TrackingToldAt},
		integer{&o.Total},
		&o.Status, &o.Currency, &o.Country,
		integer{&tracked},
		&fate,
	}
	return eachRow(ctx, r, healthOrderSelect+where, args, into, func() {
		o.Tracked = tracked != 0
		o.CanceledBy, o.CancelReason, o.ConfirmedHow, o.FulfilledBy, o.ReturnReason = "", "", "", "", ""
		if fate != nil {
			for i, word := range strings.SplitN(*fate, "|", 5) {
				*[]*string{&o.CanceledBy, &o.CancelReason, &o.ConfirmedHow, &o.FulfilledBy, &o.ReturnReason}[i] = word
			}
		}
		each(&o)
	})
}

// HealthSpan gives the span of ids of a shop's orders.
func (r *Reader) HealthSpan(ctx context.Context, shopID int64) (low, high int64, err error) {
	err = eachRow(ctx, r, "SELECT min(id), max(id) FROM orders WHERE shop_id = ?", []any{shopID}, []any{integer{&low}, integer{&high}}, func() {})
	return low, high, err
}

// HealthOrders tells each order of a shop with an id from low to high that was ordered
// from a time on, or at no known time. The order that each is given is the same one
// each time.
func (r *Reader) HealthOrders(ctx context.Context, shopID, from, low, high int64, each func(*HealthOrder)) error {
	const where = "WHERE o.id BETWEEN ?3 AND ?4 AND +o.shop_id = ?1 AND (+o.ordered_at >= ?2 OR o.ordered_at IS NULL) ORDER BY o.id"
	return r.healthOrders(ctx, where, []any{shopID, from, low, high}, each)
}

// HealthOlder gives the orders of a shop from before a time with a dispute or a
// feedback.
func (r *Reader) HealthOlder(ctx context.Context, shopID, from int64) ([]int64, error) {
	const query = "SELECT id FROM orders WHERE id IN (SELECT order_id FROM dispute WHERE shop_id = ?1 " +
		"UNION SELECT order_id FROM feedback WHERE shop_id = ?1 AND order_id IS NOT NULL) AND shop_id = ?1 AND ordered_at < ?2"
	return all(ctx, r, query, []any{shopID, from}, scanOne[int64])
}

// HealthOrdersOf tells some orders.
func (r *Reader) HealthOrdersOf(ctx context.Context, ids []int64, each func(*HealthOrder)) error {
	return chunked(ids, func(marks string, args []any) error {
		return r.healthOrders(ctx, "WHERE o.id IN ("+marks+") ORDER BY o.id", args, each)
	})
}

// HealthOrdersNow tells those of some orders that HealthOrders and HealthOlder give of
// a shop from a time on.
func (r *Reader) HealthOrdersNow(ctx context.Context, shopID, from int64, ids []int64, each func(*HealthOrder)) error {
	return chunked(ids, func(marks string, args []any) error {
		return r.healthOrders(ctx, "WHERE o.id IN ("+marks+") AND o.shop_id = ? AND (o.ordered_at >= ? OR o.ordered_at IS NULL OR "+
			"EXISTS (SELECT 1 FROM dispute d WHERE d.order_id = o.id) OR EXISTS (SELECT 1 FROM feedback f WHERE f.order_id = o.id)) ORDER BY o.id", append(args, shopID, from), each)
	})
}

// HealthParcel is a parcel to a buyer. Times are UTC milliseconds.
type HealthParcel struct {
	ID, Order                          int64
	ShippedAt, DeliveredAt, PromisedAt int64
	Tracking, Carrier                  bool
}

const healthParcelSelect = "SELECT s.id, s.order_id, s.shipped_at, s.delivered_at, s.promised_at, s.tracking <> '', s.carrier <> '' FROM shipment s WHERE s.kind = '' AND "

// HealthParcelSpan gives the span of ids of all parcels.
func (r *Reader) HealthParcelSpan(ctx context.Context) (low, high int64, err error) {
	err = eachRow(ctx, r, "SELECT min(id), max(id) FROM shipment", nil, []any{integer{&low}, integer{&high}}, func() {})
	return low, high, err
}

// HealthParcels tells each parcel with an id from low to high, of all shops, by id.
func (r *Reader) HealthParcels(ctx context.Context, low, high int64, each func(*HealthParcel)) error {
	return r.healthParcels(ctx, "s.id BETWEEN ? AND ? ORDER BY s.id", []any{low, high}, each)
}

// HealthParcelsOf tells those of some orders, by order.
func (r *Reader) HealthParcelsOf(ctx context.Context, ids []int64, each func(*HealthParcel)) error {
	return chunked(ids, func(marks string, args []any) error {
		return r.healthParcels(ctx, "s.order_id IN ("+marks+") ORDER BY s.order_id, s.id", args, each)
	})
}

func (r *Reader) healthParcels(ctx context.Context, where string, args []any, each func(*HealthParcel)) error {
	var p HealthParcel
	var tracking, carrier int64
	into := []any{integer{&p.ID}, integer{&p.Order}, integer{&p.ShippedAt}, integer{&p.DeliveredAt}, integer{&p.PromisedAt}, integer{&tracking}, integer{&carrier}}
	return eachRow(ctx, r, healthParcelSelect+where, args, into, func() {
		p.Tracking, p.Carrier = tracking != 0, carrier != 0
		each(&p)
	})
}

// HealthScans tells each scan of the parcels with an id from low to high, by parcel
// and time.
func (r *Reader) HealthScans(ctx context.Context, low, high int64, each func(parcel, at int64, text string)) error {
	return r.healthScans(ctx, "FROM tracking_event e WHERE e.shipment_id BETWEEN ? AND ?", []any{low, high}, each)
}

// HealthScansOf tells those of the parcels of some orders.
func (r *Reader) HealthScansOf(ctx context.Context, ids []int64, each func(parcel, at int64, text string)) error {
	return chunked(ids, func(marks string, args []any) error {
		return r.healthScans(ctx, "FROM shipment s JOIN tracking_event e ON e.shipment_id = s.id WHERE s.order_id IN ("+marks+")", args, each)
	})
}

func (r *Reader) healthScans(ctx context.Context, from string, args []any, each func(parcel, at int64, text string)) error {
	var parcel, at int64
	var text string
	query := "SELECT e.shipment_id, e.at, e.text " + from + " ORDER BY e.shipment_id, e.at"
	return eachRow(ctx, r, query, args, []any{integer{&parcel}, integer{&at}, &text}, func() { each(parcel, at, text) })
}

// HealthDisputes gives the disputes of a shop that are not in the bin, with their
// events.
func (r *Reader) HealthDisputes(ctx context.Context, shopID int64) ([]data.Dispute, error) {
	return r.healthDisputes(ctx, "d.shop_id = ?", []any{shopID})
}

// HealthDisputesOf gives those of some orders.
func (r *Reader) HealthDisputesOf(ctx context.Context, ids []int64) (list []data.Dispute, err error) {
	err = chunked(ids, func(marks string, args []any) error {
		some, err := r.healthDisputes(ctx, "d.order_id IN ("+marks+")", args)
		list = append(list, some...)
		return err
	})
	return list, err
}

func (r *Reader) healthDisputes(ctx context.Context, where string, args []any) ([]data.Dispute, error) {
	list, err := all(ctx, r, "SELECT d.id, d.uid, d.order_id, d.reason, d.amount_minor, d.amount_currency, d.case_number, d.opened_at, d.pack, d.wish, d.outcome, d.liable, d.cause "+
		"FROM dispute d WHERE d.binned_at IS NULL AND "+where+" ORDER BY d.order_id, d.id", args, func(row scanner) (d data.Dispute, err error) {
		return d, row.Scan(&d.ID, &d.UID, &d.OrderID, &d.Reason, &d.Amount.Minor, &d.Amount.Currency, &d.CaseNumber, moment{&d.OpenedAt}, &d.Pack, &d.Wish,
			&d.Ruling.Outcome, &d.Ruling.Liable, &d.Ruling.Cause)
	})
	if err != nil {
		return nil, err
	}
	at := make(map[int64]int, len(list))
	for i := range list {
		at[list[i].ID] = i
	}
	type event struct {
		dispute int64
		e       data.CaseEvent
	}
	events, err := all(ctx, r, "SELECT e.dispute_id, e.uid, e.kind, e.actor, e.at, e.corrects FROM case_event e JOIN dispute d ON d.id = e.dispute_id "+
		"WHERE d.binned_at IS NULL AND "+where+" ORDER BY e.dispute_id, e.at, e.id", args, func(row scanner) (v event, err error) {
		return v, row.Scan(&v.dispute, &v.e.UID, &v.e.Kind, &v.e.Actor, moment{&v.e.At}, &v.e.Corrects)
	})
	for _, v := range events {
		d := &list[at[v.dispute]]
		d.Events = append(d.Events, v.e)
	}
	return list, err
}

// HealthThread is a buyer's first message about an order and its answer. Times are
// UTC milliseconds.
type HealthThread struct{ Order, First, Answered int64 }

// HealthThreads gives the threads of a shop that began from a time on.
func (r *Reader) HealthThreads(ctx context.Context, shopID, from int64) ([]HealthThread, error) {
	list, err := r.healthThreads(ctx, "o.shop_id = ?", []any{shopID})
	return slices.DeleteFunc(list, func(t HealthThread) bool { return t.First < from }), err
}

// HealthThreadsOf gives those of some orders.
func (r *Reader) HealthThreadsOf(ctx context.Context, ids []int64, from int64) (list []HealthThread, err error) {
	err = chunked(ids, func(marks string, args []any) error {
		some, err := r.healthThreads(ctx, "o.id IN ("+marks+")", args)
		list = append(list, some...)
		return err
	})
	return slices.DeleteFunc(list, func(t HealthThread) bool { return t.First < from }), err
}

func (r *Reader) healthThreads(ctx context.Context, where string, args []any) ([]HealthThread, error) {
	var list []HealthThread
	var t HealthThread
	into := []any{integer{&t.Order}, integer{&t.First}, integer{&t.Answered}}
	query := "SELECT x.order_id, x.first, (SELECT min(a.sent_at) FROM message a WHERE a.order_id = x.order_id AND a.direction = 'out' AND a.sent_at >= x.first) " +
		"FROM (SELECT m.order_id, min(m.sent_at) AS first FROM message m JOIN orders o ON o.id = m.order_id " +
		"WHERE " + where + " AND m.direction = 'in' AND m.sent_at IS NOT NULL GROUP BY m.order_id) x ORDER BY x.order_id"
	err := eachRow(ctx, r, query, args, into, func() { list = append(list, t) })
	return list, err
}

const healthPieceSelect = "SELECT i.order_id, sum(i.quantity) FROM item i JOIN orders o ON o.id = i.order_id WHERE "

// HealthPieces gives how many pieces the orders of a shop hold, from a time on.
func (r *Reader) HealthPieces(ctx context.Context, shopID, from int64) (map[int64]int64, error) {
	pieces := map[int64]int64{}
	return pieces, r.healthPieces(ctx, pieces, "o.shop_id = ? AND o.ordered_at >= ?", []any{shopID, from})
}

// HealthPiecesOf gives those of some orders.
func (r *Reader) HealthPiecesOf(ctx context.Context, ids []int64, from int64) (map[int64]int64, error) {
	pieces := map[int64]int64{}
	return pieces, chunked(ids, func(marks string, args []any) error {
		return r.healthPieces(ctx, pieces, "i.order_id IN ("+marks+") AND o.ordered_at >= ?", append(args, from))
	})
}

func (r *Reader) healthPieces(ctx context.Context, pieces map[int64]int64, where string, args []any) error {
	var order, n int64
	return eachRow(ctx, r, healthPieceSelect+where+" GROUP BY i.order_id", args, []any{integer{&order}, integer{&n}}, func() { pieces[order] = n })
}

// HealthCards gives the sales of a shop that were paid with a card of a network, day
// by day, from a time to before another: the network's word is looked for in the way
// of payment.
func (r *Reader) HealthCards(ctx context.Context, shopID, from, to int64, network string) (map[int64]int64, error) {
	days := map[int64]int64{}
	var day, n int64
	err := eachRow(ctx, r, "SELECT ordered_at / 86400000, count(*) FROM orders WHERE shop_id = ? AND ordered_at >= ? AND ordered_at < ? AND payment_method LIKE '%' || ? || '%' "+
		"AND status NOT IN ('unpaid', 'canceled') GROUP BY 1", []any{shopID, from, to, network}, []any{integer{&day}, integer{&n}}, func() { days[day] = n })
	return days, err
}

// HealthRefunds gives when the orders of a shop were first refunded, as people wrote
// it down. Times are UTC milliseconds.
func (r *Reader) HealthRefunds(ctx context.Context, shopID int64) (map[int64]int64, error) {
	at := map[int64]int64{}
	return at, r.healthRefunds(ctx, at, "o.shop_id = ?", []any{shopID})
}

// HealthRefundsOf gives it of some orders.
func (r *Reader) HealthRefundsOf(ctx context.Context, ids []int64) (map[int64]int64, error) {
	at := map[int64]int64{}
	return at, chunked(ids, func(marks string, args []any) error {
		return r.healthRefunds(ctx, at, "e.order_id IN ("+marks+")", args)
	})
}

// healthRefunds walks what was written down, which is little, and not the orders.
func (r *Reader) healthRefunds(ctx context.Context, at map[int64]int64, where string, args []any) error {
	var order, first int64
	return eachRow(ctx, r, "SELECT e.order_id, min(e.at) FROM order_event e CROSS JOIN orders o ON o.id = e.order_id WHERE e.kind = '"+string(data.OrderRefund)+"' AND "+where+
		" GROUP BY e.order_id", args, []any{integer{&order}, integer{&first}}, func() { at[order] = first })
}

// The ways in which rows of an account's numbers are named, by id.
const (
	NameOfOrder    = "SELECT id, number FROM orders WHERE id IN ("
	NameOfDispute  = "SELECT d.id, coalesce(nullif(d.case_number, ''), d.order_number) FROM dispute d WHERE d.id IN ("
	NameOfFeedback = "SELECT id, coalesce(nullif(order_number, ''), uid) FROM feedback WHERE id IN ("
	NameOfParcel   = "SELECT s.id, coalesce(nullif(s.tracking, ''), o.number) FROM shipment s JOIN orders o ON o.id = s.order_id WHERE s.id IN ("
)

// Names gives the names of rows by id; query is one of the ways above.
func (r *Reader) Names(ctx context.Context, query string, ids []int64) (map[int64]string, error) {
	names := make(map[int64]string, len(ids))
	err := chunked(ids, func(marks string, args []any) error {
		var id int64
		var name string
		return eachRow(ctx, r, query+marks+")", args, []any{integer{&id}, &name}, func() { names[id] = name })
	})
	return names, err
}

// OrdersOfShop tells which of some orders a shop has.
func (r *Reader) OrdersOfShop(ctx context.Context, ids []int64, shopID int64) (map[int64]bool, error) {
	ours := map[int64]bool{}
	err := chunked(ids, func(marks string, args []any) error {
		some, err := all(ctx, r, "SELECT id FROM orders WHERE id IN ("+marks+") AND shop_id = ?", append(args, shopID), scanOne[int64])
		for _, id := range some {
			ours[id] = true
		}
		return err
	})
	return ours, err
}
