package store

import (
	"context"
	"database/sql"
	"errors"

	"casebinder/data"
)

// manyTalked is from how many orders on their rows of waiting are written anew
// with one look at all messages rather than order by order.
const manyTalked = 50_000

// touch remembers that an order's messages are others now.
func (t *Tx) touch(orderID int64) {
	if orderID == 0 {
		return
	}
	if t.talked == nil {
		t.talked = map[int64]struct{}{}
	}
	t.talked[orderID] = struct{}{}
}

// touchMessage remembers the order of a message.
func (t *Tx) touchMessage(id int64) error {
	order, err := first(t.ctx, &t.Reader, "SELECT coalesce(order_id, 0) FROM message WHERE id = ?", []any{id}, scanOne[int64])
	if errors.Is(err, sql.ErrNoRows) {
		return nil // who deletes it is told
	}
	t.touch(order)
	return err
}

// waitingSelect gives the rows of waiting: what came in after the last answer
// and wants one.
const (
	waitingInsert = "INSERT INTO waiting (order_id, message_id, since, messages, first) "
	waitingOne    = waitingInsert + "SELECT order_id, id, min(sent_at), count(*), (SELECT max(sent_at) IS NULL FROM message WHERE order_id = ?1 AND direction = 'out') " +
		"FROM message WHERE order_id = ?1 AND direction = 'in' AND no_answer = 0 AND sent_at > " +
		"coalesce((SELECT max(sent_at) FROM message WHERE order_id = ?1 AND direction = 'out'), -9e15) GROUP BY order_id"
	waitingAll = waitingInsert + "SELECT m.order_id, m.id, min(m.sent_at), count(*), l.last IS NULL FROM message m " +
		"LEFT JOIN (SELECT order_id, max(sent_at) AS last FROM message WHERE direction = 'out' AND order_id IS NOT NULL GROUP BY order_id) l ON l.order_id = m.order_id " +
		"WHERE m.direction = 'in' AND m.no_answer = 0 AND m.order_id IS NOT NULL AND m.sent_at > coalesce(l.last, -9e15) GROUP BY m.order_id"
)

// setWaiting brings the rows of the touched orders in line with their messages,
// once for a transaction.
func (t *Tx) setWaiting() error {
	if len(t.talked) == 0 || t.err != nil {
		return nil
	}
	for order := range t.talked {
		if err := t.touchRisk(order); err != nil { // a buyer may press for shipping
			return err
		}
	}
	if len(t.talked) >= manyTalked {
		t.talked = nil
		if err := t.slow("DELETE FROM waiting"); err != nil {
			return err
		}
		return t.slow(waitingAll)
	}
	for order := range t.talked {
		if _, err := t.run("DELETE FROM waiting WHERE order_id = ?", order); err != nil {
			return err
		}
		if _, err := t.run(waitingOne, order); err != nil {
			return err
		}
	}
	t.talked = nil
	return nil
}

// SetNoAnswer writes a person's word that a message wants no answer, or that it
// does.
func (t *Tx) SetNoAnswer(id int64, none bool) error {
	if err := t.touchMessage(id); err != nil {
		return err
	}
	return t.change("message", id, "UPDATE message SET no_answer = ? WHERE id = ?", none, id)
}

// Waiting lists the orders whose buyers wait for an answer, who waits longest
// first; limit 0 or less gives all.
func (r *Reader) Waiting(ctx context.Context, limit int) ([]data.Wait, error) {
	if limit <= 0 {
		limit = -1
	}
	return all(ctx, r, "SELECT w.order_id, o.number, s.id, s.name, s.platform, coalesce(nullif(o.buyer_name, ''), o.buyer_handle), o.buyer_country, "+
		"m.id, m.uid, m.text, m.channel, w.since, w.messages, w.first FROM waiting w JOIN orders o ON o.id = w.order_id JOIN shop s ON s.id = o.shop_id "+
		"JOIN message m ON m.id = w.message_id ORDER BY w.since, w.order_id LIMIT ?", []any{limit}, func(row scanner) (w data.Wait, err error) {
		return w, row.Scan(&w.OrderID, &w.Number, &w.ShopID, &w.ShopName, &w.Platform, &w.Buyer, &w.Country, &w.MessageID, &w.MessageUID,
			&w.Text, &w.Channel, moment{&w.Since}, &w.Messages, &w.FirstAnswer)
	})
}

// WaitingOf gives what waits on an order; false where nothing does.
func (r *Reader) WaitingOf(ctx context.Context, orderID int64) (data.Wait, bool, error) {
	w, err := first(ctx, r, "SELECT w.order_id, m.id, m.uid, m.text, m.channel, w.since, w.messages, w.first FROM waiting w "+
		"JOIN message m ON m.id = w.message_id WHERE w.order_id = ?", []any{orderID}, func(row scanner) (w data.Wait, err error) {
		return w, row.Scan(&w.OrderID, &w.MessageID, &w.MessageUID, &w.Text, &w.Channel, moment{&w.Since}, &w.Messages, &w.FirstAnswer)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return w, false, nil
	}
	return w, err == nil, err
}

// CountWaiting counts the orders whose buyers wait for an answer.
func (r *Reader) CountWaiting(ctx context.Context) (int, error) {
	return first(ctx, r, "SELECT count(*) FROM waiting", nil, scanOne[int])
}
