package store

import (
	"context"
	"slices"
	"strconv"

	"casebinder/data"
)

// OrdersOfBuyer gives the row ids of all orders of a buyer, the oldest first.
func (r *Reader) OrdersOfBuyer(ctx context.Context, buyerID int64) ([]int64, error) {
	return all(ctx, r, "SELECT id FROM orders WHERE buyer_id = ? ORDER BY ordered_at, id", []any{buyerID}, scanOne[int64])
}

// BuyersByHandle gives the row ids of the buyers with a handle, on any platform.
func (r *Reader) BuyersByHandle(ctx context.Context, handle string) ([]int64, error) {
	return all(ctx, r, "SELECT id FROM buyer WHERE handle = ? ORDER BY id", []any{handle}, scanOne[int64])
}

// A Naming are the orders in which something is named, by what names it.
type Naming struct{ Orders, Messages, Disputes, Feedback []int64 }

// NamedIn gives the newest orders in whose texts all words of a text stand, and those
// of whose messages, disputes and feedback such a one is; at most limit of each.
func (r *Reader) NamedIn(ctx context.Context, text string, limit int) (n Naming, err error) {
	list := terms(text)
	if len(list) == 0 {
		return n, nil
	}
	for _, x := range []struct {
		index searchIndex
		query string
		into  *[]int64
	}{
		{orderSearch, "SELECT ?1", &n.Orders},
		{messageSearch, "SELECT coalesce(m.order_id, d.order_id, 0) FROM message m LEFT JOIN dispute d ON d.id = m.dispute_id WHERE m.id = ?1", &n.Messages},
		{disputeSearch, "SELECT order_id FROM dispute WHERE id = ?1", &n.Disputes},
		{feedbackSearch, "SELECT coalesce(order_id, 0) FROM feedback WHERE id = ?1", &n.Feedback},
	} {
		ids, _, err := r.hits(ctx, x.index, list, limit)
		if err != nil {
			return n, err
		}
		for _, id := range ids {
			order, err := first(ctx, r, x.query, []any{id}, scanOne[int64])
			if err != nil {
				return n, err
			}
			if order != 0 && !slices.Contains(*x.into, order) {
				*x.into = append(*x.into, order)
			}
		}
	}
	return n, nil
}

// FreeHandle gives a handle that no other buyer of the platform has: the one that is
// wanted, or that with a number.
func (r *Reader) FreeHandle(ctx context.Context, platform data.Platform, wanted string, but int64) (string, error) {
	for n, handle := 2, wanted; ; n++ {
		ids, err := all(ctx, r, "SELECT id FROM buyer WHERE platform = ? AND handle = ? AND id <> ?", []any{string(platform), handle, but}, scanOne[int64])
		if err != nil || len(ids) == 0 {
			return handle, err
		}
		handle = wanted + "-" + strconv.Itoa(n)
	}
}

// EraseBuyer takes the personal data out of a buyer's row; handle stands for it.
func (t *Tx) EraseBuyer(b data.Buyer, handle string) error {
	err := t.change("buyer", b.ID, "UPDATE buyer SET handle = ?, name = '', email = '', phone = '', note = '', tags = '', tone = '', erased_at = ? WHERE id = ?",
		handle, ms(t.now), b.ID)
	if err != nil {
		return err
	}
	const theirs = "buyer_handle = ?1 AND shop_id IN (SELECT id FROM shop WHERE platform = ?2)"
	ids, err := all(t.ctx, &t.Reader, "SELECT id FROM feedback WHERE "+theirs, []any{b.Handle, string(b.Platform)}, scanOne[int32])
	if err != nil {
		return err
	}
	if _, err := t.exec("UPDATE feedback SET buyer_handle = ?3 WHERE "+theirs, b.Handle, string(b.Platform), handle); err != nil {
		return err
	}
	for _, id := range ids {
		if err := t.indexThese(feedbackSearch, "SELECT ?1", id); err != nil {
			return err
		}
	}
	return t.forgetMarks(b.ID)
}

// ErasedBuyer makes the row that stands for a buyer of orders whose personal data was
// erased, while the buyer has others that were not.
func (t *Tx) ErasedBuyer(b *data.Buyer) error {
	if err := t.insertBuyer(b); err != nil {
		return err
	}
	return t.change("buyer", b.ID, "UPDATE buyer SET erased_at = ? WHERE id = ?", ms(t.now), b.ID)
}

// RemakeSums makes what buyers bought anew, under the names that they have now.
func (t *Tx) RemakeSums(ids []int64) error { return t.remakeSums(ids) }
