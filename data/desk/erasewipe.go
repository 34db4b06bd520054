package desk

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"

	"casebinder/data"
)

// wipe takes all that was erased out of the vault, out of the small pictures and copies
// that are kept of it, and out of the database's file. Until it ends well the desk
// remembers that it is to be done.
func (d *Desk) wipe(ctx context.Context) error {
	list, err := d.store.ErasedFiles(ctx)
	for _, sha := range list {
		if failed := d.vault.Remove(sha); !errors.Is(failed, data.ErrNotFound) {
			err = errors.Join(err, failed)
		}
	}
	if err = errors.Join(err, d.forgetCopies()); err == nil {
		err = d.store.Wipe(ctx)
	}
	if err != nil {
		return problemWipe.Wrap(err)
	}
	return nil
}

// aCopy are the names of small pictures, pages and copies for viewers in the cache.
var aCopy = regexp.MustCompile(`^([0-9a-f]{64}.*|preview-.*|view-.*|copy-.*)$`)

func (d *Desk) forgetCopies() error {
	list, err := os.ReadDir(d.cacheDir())
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	for _, entry := range list {
		if aCopy.MatchString(entry.Name()) {
			err = errors.Join(err, os.RemoveAll(filepath.Join(d.cacheDir(), entry.Name())))
		}
	}
	return err
}

// finishErasing does what an erasure left undone: the program ended between, or
// something held the file.
func (d *Desk) finishErasing(ctx context.Context) {
	left, err := d.store.ToWipe(ctx)
	if err == nil && left {
		err = d.wipe(ctx)
	}
	if err != nil {
		slog.Warn("finishing what was erased", "error", err) // it is tried again at the next start
	}
}
