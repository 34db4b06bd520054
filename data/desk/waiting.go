package desk

import (
	"context"

	"casebinder/data"
	"casebinder/data/store"
)

// Waiting lists the orders whose buyers wait for an answer, who waits longest
// first; limit 0 gives all. Until when each must be answered is not said here.
func (d *Desk) Waiting(ctx context.Context, limit int) ([]data.Wait, error) {
	return d.store.Waiting(ctx, limit)
}

// CountWaiting counts the orders whose buyers wait for an answer.
func (d *Desk) CountWaiting(ctx context.Context) (int, error) { return d.store.CountWaiting(ctx) }

// NoAnswer writes down that a message wants no answer ("thanks!"), or with
// false that it does. It can be undone.
func (d *Desk) NoAnswer(ctx context.Context, uid string, none bool) error {
	m, err := d.store.MessageByUID(ctx, uid)
	if err != nil || m.NoAnswer == none {
		return err
	}
	of := about{"message.no_answer", data.EntityMessage, uid, rowsOf(data.EntityMessage, m.ID, m.OrderID, m.DisputeID)}
	return d.act(ctx, swap(of, m.NoAnswer, none, func(_ context.Context, tx *store.Tx, to bool) error { return tx.SetNoAnswer(m.ID, to) }))
}

// Messages gives the messages about an order, the oldest first.
func (d *Desk) Messages(ctx context.Context, orderID int64) ([]data.Message, error) {
	return d.store.Messages(ctx, orderID)
}
