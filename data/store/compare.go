package store

import (
	"context"
	"database/sql"
	"errors"
	"hash/maphash"

	"casebinder/data"
)

// CompareOrders starts an import that writes nothing: Add says what each order of
// a file would become, Finish is not called. It holds no lock, so that others may
// write meanwhile. A shop with ID 0 has no orders yet. Whoever asked for it closes
// it.
func (s *Store) CompareOrders(ctx context.Context, shop data.Shop) (*OrderImport, error) {
	m := &OrderImport{
		tx: &Tx{Reader: s.Reader, ctx: ctx, store: s}, src: &Import{Shop: shop}, seed: maphash.MakeSeed(), dry: map[uint64]uint64{},
	}
	known, err := first(ctx, &s.Reader, "SELECT EXISTS (SELECT 1 FROM orders WHERE shop_id = ?)", []any{shop.ID}, scanOne[bool])
	if err != nil {
		return nil, err
	}
	if m.fresh = !known; m.fresh {
		return m, nil
	}
	if m.look, err = s.read.PrepareContext(ctx, knownSelect+"shop_id = ? AND number = ?"); err != nil {
		return nil, readError(ctx, err, s.path)
	}
	return m, nil
}

// Close ends an import that writes nothing.
func (m *OrderImport) Close() error {
	if m.look == nil {
		return nil
	}
	return m.look.Close()
}

// Counts are those of what was added until now.
func (m *OrderImport) Counts() data.ImportCounts { return m.counts }

func (m *OrderImport) findDry(number string) (k knownOrder, err error) {
	if m.fresh {
		return k, nil
	}
	err = k.scan(m.look.QueryRowContext(m.tx.ctx, m.src.Shop.ID, number))
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return knownOrder{}, nil
	case err != nil:
		return k, readError(m.tx.ctx, err, m.tx.path)
	}
	return k, nil
}

// repeated says what a file's order becomes that the desk has not: the same file
// may tell of it again.
func (m *OrderImport) repeated(number, hash string) Outcome {
	key, told := maphash.String(m.seed, number), maphash.String(m.seed, hash)
	before, again := m.dry[key]
	m.dry[key] = told
	switch {
	case !again:
		return Added
	case before == told:
		return Unchanged
	}
	return Updated
}
