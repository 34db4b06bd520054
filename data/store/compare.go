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
	kept := s.statements()
	m := &OrderImport{
		tx:  &Tx{Reader: Reader{q: kept, path: s.path}, ctx: ctx, store: s},
		src: &Import{Shop: shop}, seed: maphash.MakeSeed(), dry: map[uint64]uint64{}, kept: kept,
	}
	known, err := first(ctx, &m.tx.Reader, "SELECT EXISTS (SELECT 1 FROM orders WHERE shop_id = ?)", []any{shop.ID}, scanOne[bool])
	if err != nil {
		return nil, errors.Join(err, kept.close())
	}
	m.fresh = !known
	if m.salt, err = m.tx.ErasureSalt(ctx); err != nil {
		return nil, errors.Join(err, kept.close())
	}
	return m, nil
}

// Close ends an import that writes nothing.
func (m *OrderImport) Close() error { return m.kept.close() }

// Counts are those of what was added until now.
func (m *OrderImport) Counts() data.ImportCounts { return m.counts }

// repeated says what a file's order becomes that the desk has not: the same file
// may tell of it again.
func (m *OrderImport) repeated(number, hash string) Outcome {
	if m.Once {
		return Added
	}
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

// statements are queries of the readers, prepared once: a preview asks the same
// for each of a million rows. They serve one goroutine.
type statements struct {
	db       *sql.DB
	prepared map[string]*sql.Stmt
}

func (s *Store) statements() *statements {
	return &statements{db: s.read, prepared: map[string]*sql.Stmt{}}
}

// QueryContext asks the context before each query rather than give it to the
// driver, which would start a goroutine for each.
func (s *statements) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	stmt := s.prepared[query]
	if stmt == nil && len(s.prepared) >= maxPrepared {
		return s.db.QueryContext(ctx, query, args...)
	}
	if stmt == nil {
		var err error
		if stmt, err = s.db.PrepareContext(ctx, query); err != nil {
			return nil, err
		}
		s.prepared[query] = stmt
	}
	return stmt.QueryContext(context.WithoutCancel(ctx), args...)
}

func (s *statements) close() error {
	var all []error
	for _, stmt := range s.prepared {
		all = append(all, stmt.Close())
	}
	clear(s.prepared)
	return errors.Join(all...)
}
