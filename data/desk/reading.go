package desk

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"casebinder/data"
	"casebinder/data/store"
	"casebinder/data/vault"
)

// openForReading opens a desk whose folder cannot be written. A database that
// must be brought up to date first, or whose last changes lie beside it, is read
// from a copy in the system's folder of temporary files.
func (d *Desk) openForReading(ctx context.Context) (err error) {
	if err := d.letGo(); err != nil {
		return err
	}
	if d.cache, err = os.MkdirTemp("", "casebinder-"); err != nil {
		return fmt.Errorf("making room for copies: %w", err)
	}
	d.readOnly = true
	if d.lock, err = readLock(d.dir); err != nil {
		return err
	}
	if d.vault, err = vault.OpenReadOnly(filepath.Join(d.dir, vaultName)); err != nil {
		return err
	}
	path := filepath.Join(d.dir, databaseName)
	o := store.Options{Operator: d.operator, Now: d.now, ReadOnly: true}
	d.store, err = store.Open(ctx, path, o)
	if !errors.Is(err, data.ErrReadOnly) {
		return err
	}
	copied := filepath.Join(d.cache, databaseName)
	for _, ending := range []string{"", "-wal"} {
		if err := copyFile(path+ending, copied+ending); err != nil {
			return err
		}
	}
	brought, err := store.Open(ctx, copied, store.Options{Operator: d.operator, Now: d.now, HasCopy: true})
	if err != nil {
		return err
	}
	if err := brought.Close(); err != nil {
		return err
	}
	d.store, err = store.Open(ctx, copied, o)
	return err
}
