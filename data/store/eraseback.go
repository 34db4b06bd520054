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

// knowErased looks whether a new order is of an account whose personal data was
// erased. One from before that is taken without them; a later one is the buyer's new
// business, and is told.
func (m *OrderImport) knowErased(o *data.Order) error {
	if m.salt == "" || o.Buyer.Handle == "" {
		return nil
	}
	handle := data.ErasedHandle(m.salt, o.Shop.Platform, o.Buyer.Handle)
	at, err := m.tx.erasedSince(m.tx.ctx, o.Shop.Platform, handle)
	if err != nil || at.IsZero() {
		return err
	}
	if o.OrderedAt.After(at) {
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

// erasedSince is when the account for which a handle stands was erased; zero where
// none was.
func (r *Reader) erasedSince(ctx context.Context, platform data.Platform, handle string) (time.Time, error) {
	var at time.Time
	_, err := all(ctx, r, "SELECT erased_at FROM buyer WHERE platform = ? AND handle = ? AND erased_at IS NOT NULL", []any{string(platform), handle},
		func(row scanner) (struct{}, error) { return struct{}{}, row.Scan(moment{&at}) })
	return at, err
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
