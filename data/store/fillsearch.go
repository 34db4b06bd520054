package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// A searchFill builds the search index of an empty desk on a processor of its
// own, in a file of its own beside the desk, while the transaction writes the
// rows. At the end its tables are copied into the transaction: they are the
// index as FTS5 keeps it, so that nothing of it is computed twice. A transaction
// that is given up has touched the desk's index nowhere.
type searchFill struct {
	path  string // of the file
	db    *sql.DB
	jobs  chan []searchJob
	batch []searchJob
	done  chan struct{} // closed when the goroutine has ended
	stop  sync.Once
	err   error // why filling ended early; read after done
}

// searchJob is one row of the index.
type searchJob struct {
	id    int64
	fresh bool
	texts []string
}

const (
	fillName   = ".casebinder-search-*" // where an interrupted import left one, the next takes it away
	fillBatch  = 256                    // rows given at once
	fillAhead  = 16                     // batches that may wait, so that memory is bounded
	fillCache  = 8 << 10                // KiB of pages kept in memory
	fillSchema = "fill"                 // the file's name in the statements of the transaction
)

// fillSearch starts to build order_search anew. It must be empty.
func (t *Tx) fillSearch() error {
	dir := filepath.Dir(t.path)
	if old, err := filepath.Glob(filepath.Join(dir, fillName)); err == nil {
		for _, path := range old {
			_ = os.Remove(path) // one that stays does no harm
		}
	}
	table, err := first(t.ctx, &t.Reader, "SELECT sql FROM sqlite_schema WHERE name = 'order_search'", nil, scanOne[string])
	if err != nil {
		return err
	}
	file, err := os.CreateTemp(dir, fillName)
	if err != nil {
		return explain(fmt.Errorf("making room for the search index: %w", err), t.path)
	}
	if err := file.Close(); err != nil {
		return explain(fmt.Errorf("making room for the search index: %w", err), t.path)
	}
	f := &searchFill{path: file.Name(), jobs: make(chan []searchJob, fillAhead), done: make(chan struct{})}
	f.db = openPool(fileURI(f.path, "rwc", "journal_mode(off)", "synchronous(off)", fmt.Sprintf("cache_size(-%d)", fillCache)), 1)
	t.fill = f
	go func() {
		defer close(f.done)
		f.err = errors.Join(f.run(t.ctx, table), f.db.Close())
	}()
	return nil
}

// run takes rows until there are no more. Large heaps and no merging in between
// save a third of the time.
func (f *searchFill) run(ctx context.Context, table string) error {
	tx, err := f.db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after a commit it does nothing
	for _, query := range []string{
		table,
		fmt.Sprintf("INSERT INTO order_search (order_search, rank) VALUES ('hashsize', %d)", fillHash),
		"INSERT INTO order_search (order_search, rank) VALUES ('automerge', 0)",
	} {
		if _, err := tx.Exec(query); err != nil {
			return err
		}
	}
	insert, err := tx.Prepare("INSERT INTO order_search (rowid, text) VALUES (?, ?)")
	if err != nil {
		return err
	}
	replace, err := tx.Prepare("INSERT OR REPLACE INTO order_search (rowid, text) VALUES (?, ?)")
	if err != nil {
		return err
	}
	var b []byte
	for batch := range f.jobs {
		if err := ctx.Err(); err != nil {
			return err
		}
		for _, job := range batch {
			verb := replace
			if job.fresh {
				verb = insert
			}
			b = segments(b[:0], job.texts)
			if _, err := verb.Exec(job.id, string(b)); err != nil {
				return err
			}
		}
	}
	return tx.Commit()
}

// fillHash is how many bytes of words FTS5 collects before it sorts and writes
// them. What fits into the processor's cache is collected faster than the merging
// of more pieces costs, and the memory of a large one is given back to the system
// and asked for again each time.
const fillHash = 1 << 20

// add gives a row to the index.
func (f *searchFill) add(job searchJob) error {
	if f.batch = append(f.batch, job); len(f.batch) < fillBatch {
		return nil
	}
	return f.flush()
}

func (f *searchFill) flush() error {
	if len(f.batch) == 0 {
		return nil
	}
	select {
	case f.jobs <- f.batch:
		f.batch = make([]searchJob, 0, fillBatch)
		return nil
	case <-f.done:
		return f.err
	}
}

// end waits for what was given, and says whether all of it is in the file.
func (f *searchFill) end() error {
	err := f.flush()
	f.stop.Do(func() { close(f.jobs) })
	<-f.done
	return errors.Join(err, f.err)
}

// takeSearch puts the index that was built into the transaction.
func (t *Tx) takeSearch() error {
	f := t.fill
	if err := f.end(); err != nil {
		return t.failed(err)
	}
	t.fill, t.filled = nil, f
	statements := []string{
		"ATTACH '" + strings.ReplaceAll(fileURI(f.path, "ro"), "'", "''") + "' AS " + fillSchema,
		// Brings FTS5 itself into the transaction.
		"INSERT INTO order_search (order_search) VALUES ('delete-all')",
	}
	for _, part := range []string{"data", "idx", "docsize"} {
		table := "order_search_" + part
		statements = append(statements, "DELETE FROM main."+table, "INSERT INTO main."+table+" SELECT * FROM "+fillSchema+"."+table)
	}
	// FTS5 keeps the index's structure in memory, and reads it anew after it was
	// taken back to a savepoint.
	statements = append(statements, "SAVEPOINT copied", "ROLLBACK TO copied", "RELEASE copied")
	for _, query := range statements {
		if err := t.slow(query); err != nil {
			return err
		}
	}
	return nil
}

// endFill takes away what building left, whatever became of the transaction,
// which must be over.
func (t *Tx) endFill(conn *sql.Conn) error {
	var err error
	if t.fill != nil {
		_ = t.fill.end() // the transaction failed, and has said why
		t.filled = t.fill
	}
	if t.filled == nil {
		return nil
	}
	attached := 0
	ctx := context.WithoutCancel(t.ctx)
	err = conn.QueryRowContext(ctx, "SELECT count(*) FROM pragma_database_list WHERE name = '"+fillSchema+"'").Scan(&attached)
	if err == nil && attached > 0 {
		_, err = conn.ExecContext(ctx, "DETACH "+fillSchema)
	}
	return errors.Join(err, os.Remove(t.filled.path))
}
