package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"casebinder/data"
)

// ErasureSalt is what the fingerprints of erased accounts are made with; "" where
// nothing was erased yet.
func (r *Reader) ErasureSalt(ctx context.Context) (string, error) {
	uid, err := first(ctx, r, "SELECT uid FROM erasure ORDER BY id LIMIT 1", nil, scanOne[string])
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return uid, err
}

// FileErased is when a file of evidence was erased; zero where it was not.
func (r *Reader) FileErased(ctx context.Context, sha256 string) (time.Time, error) {
	return first(ctx, r, "SELECT max(erased_at) FROM evidence WHERE sha256 = ?", []any{sha256}, func(row scanner) (at time.Time, err error) {
		return at, row.Scan(moment{&at})
	})
}

// ErasedAt is when the personal data of an order was erased; zero where it was not,
// and of no order.
func (r *Reader) ErasedAt(ctx context.Context, orderID int64) (time.Time, error) {
	if orderID == 0 {
		return time.Time{}, nil
	}
	const query = "SELECT coalesce(json_extract(nullif(stated, ''), '$.erased.at'), '') FROM orders WHERE id = ?"
	text, err := first(ctx, r, query, []any{orderID}, scanOne[string])
	if text == "" || errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, err
	}
	return time.Parse(time.RFC3339Nano, text)
}

// unsureDays is how long after it was placed an order of which no file tells that it
// arrived is taken as one under way.
const unsureDays = 60

// knowErased looks whether a new order is of an account whose personal data was
// erased. One from before that, and done, is taken without them; a later one, or one
// that is under way, is the buyer's business now, and is told.
func (m *OrderImport) knowErased(o *data.Order) error {
	if m.salt == "" || o.Buyer.Handle == "" {
		return nil
	}
	handle := data.ErasedHandle(m.salt, o.Shop.Platform, o.Buyer.Handle)
	at, err := m.tx.erasedSince(m.tx.ctx, o.Shop.Platform, handle)
	if err != nil || at.IsZero() {
		return err
	}
	if o.OrderedAt.After(at) || underWay(o, at) {
		if m.Again != nil {
			m.Again(o)
		}
		return nil
	}
	o.WithoutPersonal(handle, func(string) string { return "" })
	o.Buyer.Handle = handle
	staysErased(o, data.Stated{At: at})
	if m.Erased != nil {
		m.Erased(o)
	}
	return nil
}

// underWay reports whether an order's address is needed still, as far as can be told.
func underWay(o *data.Order, at time.Time) bool {
	switch o.Status {
	case data.StatusUnpaid, data.StatusReview, data.StatusToShip, data.StatusDisputed:
		return true
	case data.StatusShipped, data.StatusUnknown:
		return o.DeliveredAt.IsZero() && o.OrderedAt.After(at.AddDate(0, 0, -unsureDays))
	case data.StatusDelivered, data.StatusCompleted, data.StatusRefunded, data.StatusCanceled:
	}
	return false
}

// erasedSince is when the person was erased for whose account a handle stands; zero
// where none was, or orders alone were erased and not all of the person.
func (r *Reader) erasedSince(ctx context.Context, platform data.Platform, handle string) (time.Time, error) {
	const query = "SELECT max(b.erased_at) FROM buyer b WHERE b.platform = ?1 AND b.handle >= ?2 AND b.handle < ?2 || '.' " + // one erased again is handle-2
		"AND EXISTS (SELECT 1 FROM erasure e WHERE e.at = b.erased_at AND e.buyer_id IS NOT NULL)"
	return first(ctx, r, query, []any{string(platform), handle}, func(row scanner) (at time.Time, err error) { return at, row.Scan(moment{&at}) })
}

// staysErased marks an order as one whose personal data was erased.
func staysErased(o *data.Order, s data.Stated) {
	if o.Stated == nil {
		o.Stated = map[string]data.Stated{}
	}
	o.Stated[data.StatedErased] = s
}

// withoutErased takes out of a record what was erased in the desk.
func (m *OrderImport) withoutErased(before, told *data.Order) {
	whole := *told
	told.WithoutPersonal(before.Buyer.Handle, func(string) string { return "" })
	told.Buyer.Handle = before.Buyer.Handle
	for i := range told.Shipments { // what the carrier says was not taken apart
		told.Shipments[i].Events = nil
	}
	if m.Erased != nil && (whole.Buyer.Name != "" || whole.Buyer.Email != "" || whole.Buyer.Phone != "" || whole.ShipTo != told.ShipTo || len(whole.Extra) > 0) {
		m.Erased(told)
	}
}
