package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"time"

	"casebinder/data"
)

// A Tx is a writing transaction: what Store.Update gives to its function. It
// must not be used after that function returned, nor from several goroutines.
type Tx struct {
	Reader
	ctx      context.Context
	tx       *sql.Tx
	store    *Store
	now      time.Time
	operator string

	prepared map[string]*sql.Stmt
	shapes   map[saying]string // statements of insertions by what they say
	writes   int               // statements that wrote, outside of the journal
	records  int
	head     *journalHead
	open     *OrderImport       // an import that was not finished
	bulk     bool               // the page cache was made large
	fill     *searchFill        // builds the search index of orders elsewhere
	filled   *searchFill        // built it; its file is still there
	talked   map[int64]struct{} // orders whose messages were touched
	staled   map[int64]struct{} // buyers whose marks and sums are to be made anew
	err      error              // the first write that failed: the transaction must not be committed
}

// Update runs fn in one writing transaction. When fn gives an error, or
// panics, or ctx ends, nothing of it is kept. An fn that writes must also
// record what it did, or Update fails with ErrUnrecorded. Only one Update runs
// at a time; the others wait. Calling Update inside fn would wait for itself.
func (s *Store) Update(ctx context.Context, fn func(*Tx) error) error {
	if s.write == nil {
		return problemReadOnly.New("path", s.path)
	}
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return readError(ctx, err, s.path)
	}
	defer conn.Close() //nolint:errcheck // gives it back to the pool
	var t *Tx
	defer func() {
		if t != nil && t.bulk { // also when the import was given up
			if err := t.endFill(conn); err != nil {
				slog.Warn("tidying up after an import", "error", err) // the next import does it
			}
			_, _ = conn.ExecContext(context.WithoutCancel(ctx), "PRAGMA cache_size = -"+strconv.Itoa(usualCache)+"; PRAGMA shrink_memory")
		}
	}()
	// The context is asked before each statement rather than given to the
	// driver, which would start a goroutine for each of a million inserts.
	begun, err := conn.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		return explain(fmt.Errorf("starting to write: %w", err), s.path)
	}
	defer begun.Rollback() //nolint:errcheck // after a commit it does nothing
	t = &Tx{
		Reader: Reader{path: s.path}, ctx: ctx, tx: begun, store: s,
		now: s.opt.Now(), operator: s.Operator(), prepared: map[string]*sql.Stmt{},
	}
	t.q = reads{t}
	if err := fn(t); err != nil {
		return explain(err, s.path)
	}
	if err := t.setWaiting(); err != nil {
		return explain(err, s.path)
	}
	if err := t.setStale(); err != nil {
		return explain(err, s.path)
	}
	if err := t.mayCommit(); err != nil {
		return err
	}
	if err := begun.Commit(); err != nil {
		return explain(fmt.Errorf("finishing to write: %w", err), s.path)
	}
	return nil
}

func (t *Tx) mayCommit() error {
	switch {
	case t.err != nil:
		return t.err
	case t.ctx.Err() != nil:
		return t.ctx.Err()
	case t.open != nil:
		return errors.New("store: an import was started and not finished")
	case t.writes > 0 && t.records == 0:
		return ErrUnrecorded
	}
	return nil
}

// Now is the time of the transaction: one for all that it writes.
func (t *Tx) Now() time.Time { return t.now }

// Operator is who writes.
func (t *Tx) Operator() string { return t.operator }

// exec runs a writing statement, prepared once in the transaction.
func (t *Tx) exec(query string, args ...any) (sql.Result, error) {
	res, err := t.run(query, args...)
	if err == nil {
		t.writes++
	}
	return res, err
}

// run is exec without counting, for the journal's own tables.
func (t *Tx) run(query string, args ...any) (sql.Result, error) {
	if err := t.ctx.Err(); err != nil {
		return nil, err
	}
	stmt, err := t.prepare(query)
	if err != nil {
		return nil, t.failed(err)
	}
	res, err := stmt.Exec(args...)
	if err != nil {
		return nil, t.failed(err)
	}
	return res, nil
}

func (t *Tx) failed(err error) error {
	err = explain(fmt.Errorf("writing the desk: %w", err), t.path)
	if t.err == nil {
		t.err = err
	}
	return err
}

func (t *Tx) prepare(query string) (*sql.Stmt, error) {
	if stmt := t.prepared[query]; stmt != nil {
		return stmt, nil
	}
	stmt, err := t.tx.Prepare(query)
	if err != nil {
		return nil, err
	}
	t.prepared[query] = stmt
	return stmt, nil
}

// maxPrepared bounds the statements that a transaction keeps prepared.
const maxPrepared = 256

// reads are the queries of a transaction: prepared once, like what it writes,
// as an import asks the same for each of a million rows.
type reads struct{ t *Tx }

func (r reads) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(r.t.prepared) >= maxPrepared && r.t.prepared[query] == nil {
		return r.t.tx.QueryContext(ctx, query, args...)
	}
	stmt, err := r.t.prepare(query)
	if err != nil {
		return nil, err
	}
	return stmt.QueryContext(context.WithoutCancel(ctx), args...)
}

// insert runs an INSERT and gives the new row's id.
func (t *Tx) insert(query string, args ...any) (int64, error) {
	res, err := t.exec(query, args...)
	if err != nil {
		return 0, err
	}
	return res.LastInsertId()
}

// A saying is an insertion that says some of its columns.
type saying struct {
	of   *insertion
	mask uint64
}

// maxShapes bounds the statements of insertions; the rows of one file have few.
const maxShapes = 100

// put runs an insertion and gives the new row's id. It takes values for itself.
func (t *Tx) put(n *insertion, values ...any) (int64, error) {
	s := saying{n, told(values)}
	query, known := t.shapes[s]
	if !known {
		if len(t.shapes) >= maxShapes {
			return t.insert(n.sql(1<<len(n.columns)-1), values...)
		}
		if t.shapes == nil {
			t.shapes = map[saying]string{}
		}
		query = n.sql(s.mask)
		t.shapes[s] = query
	}
	said := values[:0]
	for i, v := range values {
		if s.mask>>i&1 != 0 {
			said = append(said, v)
		}
	}
	return t.insert(query, said...)
}

// change runs an UPDATE or DELETE that must touch a row.
func (t *Tx) change(entity string, key any, query string, args ...any) error {
	res, err := t.exec(query, args...)
	if err != nil {
		return conflicting(err, entity)
	}
	n, err := res.RowsAffected()
	if err != nil {
		return err
	}
	if n == 0 {
		return problemNotFound.New("entity", entity, "key", key)
	}
	return nil
}

// binnable lists the entities that can lie in the bin.
var binnable = map[string]bool{"dispute": true, "evidence": true, "feedback": true, "template": true, "task": true, "complaint": true, "path_run": true, "product": true, "product_paper": true, "supplier": true}

// SetBinned puts a "dispute", "evidence", "feedback", "template", "task",
// "complaint", "path_run", "product", "product_paper" or "supplier" into the bin, or with a zero time takes it out.
func (t *Tx) SetBinned(entity string, id int64, at time.Time) error {
	if !binnable[entity] {
		return fmt.Errorf("there is no bin for %q: %w", entity, data.ErrInvalid)
	}
	if err := t.touchBuyerOf(entity, id); err != nil {
		return err
	}
	return t.change(entity, id, "UPDATE "+entity+" SET binned_at = ? WHERE id = ?", ms(at), id)
}

// removable maps the entities that Delete takes to their table and search
// index.
var removable = map[string]struct{ table, search string }{
	"order": {"orders", "order_search"}, "message": {"message", "message_search"},
	"dispute": {"dispute", "dispute_search"}, "feedback": {"feedback", "feedback_search"},
	"intake": {"intake", ""}, "evidence": {"evidence", ""}, "template": {"template", ""}, "shop": {"shop", ""},
}

// Delete takes an entity out for good, as the undo of its making or a purge of
// the bin: "order", "message", "dispute", "feedback", "evidence", "template"
// or "shop". What others refer to is refused with a problem
// of kind data.ErrConflict. Drafts of replies about it go with it. The file of a piece of evidence stays in the vault.
func (t *Tx) Delete(entity string, id int64) error {
	place, ok := removable[entity]
	if !ok {
		return fmt.Errorf("%q cannot be deleted: %w", entity, data.ErrInvalid)
	}
	if entity == "message" {
		if err := t.touchMessage(id); err != nil {
			return err
		}
	}
	if err := t.touchBuyerOf(entity, id); err != nil {
		return err
	}
	if err := t.change(entity, id, "DELETE FROM "+place.table+" WHERE id = ?", id); err != nil {
		return err
	}
	if entity == "order" {
		if err := t.orderGone(); err != nil {
			return err
		}
	}
	if _, err := t.exec("DELETE FROM pass WHERE entity = ? AND entity_id = ?", entity, id); err != nil {
		return err
	}
	if err := t.dropDraftsAbout(entity, id); err != nil {
		return err
	}
	if place.search == "" {
		return nil
	}
	_, err := t.exec("DELETE FROM "+place.search+" WHERE rowid = ?", id)
	return err
}
