package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"casebinder/data/store/internal/pagesum"
)

// makeRoom writes a database that was made before pages had sums anew, so that
// each page has room for its own, and closes db. Either file is whole at any
// time; the new one takes the name of the old one when it was read back.
func (s *Store) makeRoom(ctx context.Context, db *sql.DB) error {
	if summed, err := pagesum.In(s.path); err != nil || summed {
		return errors.Join(err, db.Close())
	}
	var busy, frames, done int
	if err := db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &done); err != nil {
		return err
	}
	want, err := takeStock(ctx, db)
	if err != nil {
		return err
	}
	fresh := filepath.Join(filepath.Dir(s.path), ".new-"+filepath.Base(s.path))
	defer os.Remove(fresh) //nolint:errcheck // it has the other name by then, or is of no use
	if err := os.Remove(fresh); err != nil && !errors.Is(err, os.ErrNotExist) {
		return problemReadOnly.Wrap(err, "path", s.path)
	}
	if err := ownFile(fresh); err != nil {
		return problemReadOnly.Wrap(err, "path", s.path)
	}
	target := fmt.Sprintf("%s&%s=%d", fileURI(fresh, "rwc"), pagesum.Room, pagesum.Reserved)
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", target); err != nil {
		return explain(err, s.path)
	}
	if err := errors.Join(verifyCopy(ctx, want, fresh, s.path), syncFile(fresh), db.Close()); err != nil {
		return err
	}
	if log, err := os.Stat(s.path + "-wal"); busy != 0 || err == nil && log.Size() > 0 { // it would be taken for the new file's
		return problemBusy.New("path", s.path)
	}
	if err := os.Rename(fresh, s.path); err != nil {
		return problemReadOnly.Wrap(err, "path", s.path)
	}
	return syncFolder(filepath.Dir(s.path))
}
