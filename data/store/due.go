package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"casebinder/data"
)

// awaitedSelect reads the orders whose buyers wait, with the first message that
// does.
const awaitedSelect = "SELECT w.order_id, " + orderShop + ", o.number, " + orderBuyer + ", " +
	"o.ship_state, o.ship_postcode, o.country, m.uid, m.channel, m.text, w.since, w.messages, w.first " +
	"FROM waiting w JOIN orders o ON o.id = w.order_id JOIN shop s ON s.id = o.shop_id JOIN message m ON m.id = w.message_id "

const (
	orderShop  = "s.id, s.platform, s.name, s.zone, s.currency, s.site"
	orderBuyer = "CASE WHEN o.buyer_name <> '' THEN o.buyer_name ELSE o.buyer_handle END"
)

// Awaited gives the orders whose buyers wait for an answer, the longest first;
// limit < 0: all.
func (r *Reader) Awaited(ctx context.Context, limit int) ([]data.Awaited, error) {
	return all(ctx, r, awaitedSelect+"ORDER BY w.since, w.order_id LIMIT ?", []any{limit}, scanAwaited)
}

// AwaitedOn gives the buyer of an order as one who waits; none where nobody
// does.
func (r *Reader) AwaitedOn(ctx context.Context, orderID int64) ([]data.Awaited, error) {
	return all(ctx, r, awaitedSelect+"WHERE w.order_id = ?", []any{orderID}, scanAwaited)
}

func scanAwaited(row scanner) (a data.Awaited, err error) {
	s := &a.Shop
	return a, row.Scan(&a.OrderID, &s.ID, &s.Platform, &s.Name, &s.Zone, &s.Currency, &s.Site, &a.Number, &a.Buyer,
		&a.ShipTo.State, &a.ShipTo.Postcode, &a.ShipTo.Country, &a.Message, &a.Channel, &a.Text, moment{&a.Since}, &a.Messages, &a.First)
}

// CountAwaited counts the orders whose buyers wait for an answer.
func (r *Reader) CountAwaited(ctx context.Context) (int, error) {
	return first(ctx, r, "SELECT count(*) FROM waiting", nil, scanOne[int])
}

// lastScan is the time and text of the last scan of an order's parcels, where it
// is on its way: the scans of others tell nothing new.
const lastScan = "CASE WHEN o.status = 'shipped' AND o.delivered_at IS NULL THEN (SELECT e.at || ' ' || e.text FROM shipment p " +
	"JOIN tracking_event e ON e.shipment_id = p.id WHERE p.order_id = o.id ORDER BY e.at DESC, e.id DESC LIMIT 1) END"

const standingSelect = "SELECT o.id, " + orderShop + ", o.number, " + orderBuyer + ", o.ship_state, o.ship_postcode, o.country, o.item_title, o.status, o.ordered_at, o.paid_at, " +
	"o.shipped_at, o.delivered_at, o.deliver_by, o.refunded_minor <> 0, " + lastScan + " FROM orders o JOIN shop s ON s.id = o.shop_id "

// Recent gives the newest orders of a status that were ordered since a time, and
// with delivered since were delivered since that; the zero time is any. At most
// limit.
func (r *Reader) Recent(ctx context.Context, status data.OrderStatus, ordered, delivered time.Time, limit int) ([]data.Standing, error) {
	query, args := standingSelect+"WHERE o.status = ? AND o.ordered_at >= ? ", []any{string(status), ms(ordered)}
	if !delivered.IsZero() {
		query, args = query+"AND o.delivered_at >= ? ", append(args, ms(delivered))
	}
	return all(ctx, r, query+"ORDER BY o.ordered_at DESC LIMIT ?", append(args, limit), scanStanding)
}

// StandingOf gives where one order stands, without what AddContact adds.
func (r *Reader) StandingOf(ctx context.Context, orderID int64) (data.Standing, error) {
	o, err := first(ctx, r, standingSelect+"WHERE o.id = ?", []any{orderID}, scanStanding)
	return o, missing(err, "order", orderID)
}

func scanStanding(row scanner) (o data.Standing, err error) {
	s := &o.Shop
	var scan *string
	err = row.Scan(&o.OrderID, &s.ID, &s.Platform, &s.Name, &s.Zone, &s.Currency, &s.Site, &o.Number, &o.Buyer, &o.ShipTo.State, &o.ShipTo.Postcode, &o.ShipTo.Country, &o.Item, &o.Status,
		moment{&o.OrderedAt}, moment{&o.PaidAt}, moment{&o.ShippedAt}, moment{&o.DeliveredAt}, moment{&o.DeliverBy}, &o.Refunded, &scan)
	if err == nil && scan != nil {
		o.ScanAt, o.Scan, err = splitScan(*scan)
	}
	return o, err
}

// contactSelect reads what was said on an order and what is open on it.
const contactSelect = "SELECT o.id, EXISTS (SELECT 1 FROM dispute d WHERE d.order_id = o.id AND d.binned_at IS NULL AND d.stage <> 'closed'), " +
	"EXISTS (SELECT 1 FROM complaint c WHERE c.order_id = o.id AND c.closed_at IS NULL AND c.binned_at IS NULL), " +
	"EXISTS (SELECT 1 FROM feedback f WHERE f.order_id = o.id AND f.binned_at IS NULL AND f.given = 0), " +
	"EXISTS (SELECT 1 FROM waiting w WHERE w.order_id = o.id), " +
	"(SELECT max(m.sent_at) FROM message m WHERE m.order_id = o.id AND m.direction = 'out') FROM orders o WHERE o.id IN ("

// AddContact fills in what was said on orders, which notices were skipped, and
// what is open on them.
func (r *Reader) AddContact(ctx context.Context, orders []data.Standing) error {
	at := make(map[int64]*data.Standing, len(orders))
	ids := make([]int32, len(orders))
	for i := range orders {
		at[orders[i].OrderID], ids[i] = &orders[i], int32(orders[i].OrderID)
	}
	return chunks(ids, func(marks string, args []any) error {
		_, err := all(ctx, r, contactSelect+marks+")", args, func(row scanner) (none struct{}, err error) {
			var id int64
			var c data.Standing
			if err := row.Scan(&id, &c.Disputed, &c.Complained, &c.Rated, &c.Waits, moment{&c.Told}); err != nil {
				return none, err
			}
			o := at[id]
			o.Disputed, o.Complained, o.Rated, o.Waits, o.Told = c.Disputed, c.Complained, c.Rated, c.Waits, c.Told
			return none, nil
		})
		if err != nil {
			return err
		}
		_, err = all(ctx, r, "SELECT order_id, template, max(sent_at) FROM message WHERE template <> '' AND direction = 'out' AND order_id IN ("+marks+") "+
			"GROUP BY order_id, template", args, func(row scanner) (none struct{}, err error) {
			var id int64
			var template string
			var sent time.Time
			if err := row.Scan(&id, &template, moment{&sent}); err != nil {
				return none, err
			}
			if at[id].Sent == nil {
				at[id].Sent = map[string]time.Time{}
			}
			at[id].Sent[template] = sent
			return none, nil
		})
		if err != nil {
			return err
		}
		_, err = all(ctx, r, "SELECT order_id, notice FROM notice_skip WHERE order_id IN ("+marks+")", args, func(row scanner) (none struct{}, err error) {
			var id int64
			var notice string
			if err := row.Scan(&id, &notice); err != nil {
				return none, err
			}
			at[id].Skipped = append(at[id].Skipped, notice)
			return none, nil
		})
		return err
	})
}

// NoticeSkip is a notice that a person decided not to send.
type NoticeSkip struct {
	Notice string    `json:"notice"`
	At     time.Time `json:"at"`
	By     string    `json:"by"`
}

// NoticeSkips gives what was skipped on an order.
func (r *Reader) NoticeSkips(ctx context.Context, orderID int64) ([]NoticeSkip, error) {
	return all(ctx, r, "SELECT notice, at, by FROM notice_skip WHERE order_id = ? ORDER BY at, notice", []any{orderID}, func(row scanner) (s NoticeSkip, err error) {
		return s, row.Scan(&s.Notice, moment{&s.At}, &s.By)
	})
}

// SkipNotice says that a notice of an order is not sent, or with skip false that
// it may be again.
func (t *Tx) SkipNotice(orderID int64, notice string, skip bool) error {
	if !skip {
		_, err := t.exec("DELETE FROM notice_skip WHERE order_id = ? AND notice = ?", orderID, notice)
		return err
	}
	_, err := t.exec("INSERT INTO notice_skip (order_id, notice, at, by) VALUES (?, ?, ?, ?) ON CONFLICT (order_id, notice) DO NOTHING",
		orderID, notice, ms(t.now), t.operator)
	return err
}

// TasksOf gives the tasks that something of a kind made and that are not in the
// bin: the open ones by date, those without one last; with done those that are
// done, the last first. At most limit.
func (r *Reader) TasksOf(ctx context.Context, origin string, done bool, limit int) ([]data.Task, error) {
	query := taskSelect + "WHERE origin = ? AND origin <> '' AND binned_at IS NULL AND done_at IS NULL ORDER BY due IS NULL, due, id LIMIT ?"
	if done {
		query = taskSelect + "WHERE origin = ? AND origin <> '' AND binned_at IS NULL AND done_at IS NOT NULL ORDER BY done_at DESC, id DESC LIMIT ?"
	}
	return all(ctx, r, query, []any{origin, limit}, scanTask)
}

// EachSpoken gives the messages about orders that were sent from one time to
// before another, by order and time; a buyer's message just before that is
// answered within it is not among them.
func (r *Reader) EachSpoken(ctx context.Context, from, to time.Time, give func(orderID, shopID int64, m data.Message)) error {
	_, err := all(ctx, r, "SELECT m.order_id, o.shop_id, m.direction, m.channel, m.sent_at, m.precision, m.no_answer FROM message m "+
		"JOIN orders o ON o.id = m.order_id WHERE m.order_id IS NOT NULL AND m.sent_at >= ? AND m.sent_at < ? ORDER BY m.order_id, m.sent_at, m.id",
		[]any{ms(from), ms(to)}, func(row scanner) (none struct{}, err error) {
			var order, shop int64
			var m data.Message
			if err := row.Scan(&order, &shop, &m.Direction, &m.Channel, moment{&m.SentAt}, &m.Precision, &m.NoAnswer); err != nil {
				return none, err
			}
			give(order, shop, m)
			return none, nil
		})
	return err
}

// splitScan reads the time and the text of a scan as lastScan gives them.
func splitScan(joined string) (at time.Time, text string, err error) {
	number, text, _ := strings.Cut(joined, " ")
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return at, text, fmt.Errorf("the time of a scan: %w", err)
	}
	return time.UnixMilli(n).UTC(), text, nil
}
