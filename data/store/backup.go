package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"

	"modernc.org/sqlite"

	"casebinder/data/store/internal/pagesum"
)

// Backup writes a copy of the desk to a new file at path while work goes on.
// The copy is verified before it gets its name. Problems: data.ErrRefused when
// there is a file already, ErrFull, ErrReadOnly, ErrDamaged.
func (s *Store) Backup(ctx context.Context, path string) error {
	db := openPool(s.readAddress(fileURI), 1) // not watched: it reads pages that are free, too
	defer db.Close()                          //nolint:errcheck // it only read
	return backupPool(ctx, db, s.path, path)
}

// backupPool copies the database behind db, which lies at source, to target: in
// one step, because a copy in small steps starts again at each write and never
// ends.
func backupPool(ctx context.Context, db *sql.DB, source, target string) error {
	target, err := filepath.Abs(target)
	if err != nil {
		return fmt.Errorf("naming the backup: %w", err)
	}
	if _, err := os.Lstat(target); err == nil {
		return problemBackupExists.New("path", target)
	}
	partial := target + ".partial"
	for _, old := range []string{partial, partial + "-journal", partial + "-wal", partial + "-shm"} {
		if err := os.Remove(old); err != nil && !errors.Is(err, os.ErrNotExist) {
			return problemReadOnly.Wrap(err, "path", target)
		}
	}
	if err := ownFile(partial); err != nil {
		return problemReadOnly.Wrap(err, "path", target)
	}
	address := fileURI(partial, "rwc")
	if summed, err := pagesum.In(source); err == nil && summed {
		address += newFile
	}
	counts, err := copyDatabase(ctx, db, address)
	if err != nil {
		_ = os.Remove(partial)
		return explain(fmt.Errorf("writing the backup: %w", err), target)
	}
	if err := verifyCopy(ctx, counts, partial, target); err != nil {
		_ = os.Remove(partial)
		return err
	}
	if err := syncFile(partial); err != nil {
		_ = os.Remove(partial)
		return fmt.Errorf("flushing the backup: %w", err)
	}
	if err := os.Rename(partial, target); err != nil {
		_ = os.Remove(partial)
		return problemReadOnly.Wrap(err, "path", target)
	}
	return syncFolder(filepath.Dir(target))
}

// syncFile flushes a finished copy, which no connection has open.
func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// syncFolder makes a new name last. Where folders cannot be flushed (Windows)
// the system does it.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return nil
	}
	_ = f.Sync()
	return f.Close()
}

// copyDatabase runs SQLite's backup API inside one reading transaction and
// gives what the copy must hold.
func copyDatabase(ctx context.Context, db *sql.DB, address string) (contents, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return contents{}, err
	}
	defer conn.Close() //nolint:errcheck // gives it back to the pool
	if _, err := conn.ExecContext(ctx, "BEGIN DEFERRED"); err != nil {
		return contents{}, err
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK") //nolint:errcheck // it only read
	c, err := takeStock(ctx, conn)
	if err != nil {
		return contents{}, err
	}
	return c, conn.Raw(func(driver any) error {
		source, ok := driver.(interface {
			NewBackup(string) (*sqlite.Backup, error)
		})
		if !ok {
			return errors.New("the driver has no backup API")
		}
		b, err := source.NewBackup(address)
		if err != nil {
			return err
		}
		_, err = b.Step(-1)
		return errors.Join(err, b.Finish())
	})
}

// contents is what a database holds: its marks, and the rows of each table.
type contents struct {
	app, version int
	rows         map[string]int
}

func takeStock(ctx context.Context, q querier) (c contents, err error) {
	r := &Reader{q: q}
	if c.app, err = first(ctx, r, "PRAGMA application_id", nil, scanOne[int]); err != nil {
		return c, err
	}
	if c.version, err = first(ctx, r, "PRAGMA user_version", nil, scanOne[int]); err != nil {
		return c, err
	}
	tables, err := all(ctx, r, "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0", nil, scanOne[string])
	if err != nil {
		return c, err
	}
	c.rows = make(map[string]int, len(tables))
	for _, name := range tables {
		if c.rows[name], err = first(ctx, r, `SELECT count(*) FROM "`+name+`"`, nil, scanOne[int]); err != nil {
			return c, err
		}
	}
	return c, nil
}

// verifyCopy checks the pages of a copy and counts what is in it. A full disk
// can leave an empty file that passes the check of its pages alone.
func verifyCopy(ctx context.Context, want contents, partial, target string) error {
	copied := openPool(fileURI(partial, "ro")+"&immutable=1", 1)
	defer copied.Close() //nolint:errcheck // nothing was written
	if err := quickCheck(ctx, copied, target); err != nil {
		return problemBackup.Wrap(err, "path", target, "detail", "its pages are damaged")
	}
	got, err := takeStock(ctx, copied)
	if err != nil {
		return explain(err, target)
	}
	if got.app != want.app || got.version != want.version || !maps.Equal(got.rows, want.rows) {
		return problemBackup.New("path", target, "detail", "it does not hold all that was copied")
	}
	return nil
}
