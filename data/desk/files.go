package desk

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"casebinder/data/bag"
)

// A desk holds what buyers wrote and where they live: its folder and all that is
// in it is for its owner alone.
const (
	ownFolder = 0o700
	ownFile   = 0o600
)

// closeToOthers takes other accounts' rights to a folder away. What lies below
// one that was open to them is gone through, as a copy keeps the rights it had.
func closeToOthers(dir string) {
	info, err := os.Stat(dir)
	if err != nil || info.Mode().Perm()&0o077 == 0 {
		return
	}
	err = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.Type()&fs.ModeSymlink != 0 {
			return err
		}
		info, err := entry.Info()
		if err != nil || info.Mode().Perm()&0o077 == 0 {
			return err
		}
		return os.Chmod(path, info.Mode().Perm()&^0o077)
	})
	if err != nil { // such as a medium that knows no rights
		slog.Warn("closing the desk's folder to others", "folder", dir, "error", err)
	}
}

// writeWhole writes a small file so that it is there whole or not at all,
// whatever happens meanwhile. replace says whether there may be one already.
func writeWhole(path string, content []byte, replace bool) error {
	return streamWhole(path, replace, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
}

// streamWhole is writeWhole for a file that is written piece by piece.
func streamWhole(path string, replace bool, write func(io.Writer) error) error {
	dir := filepath.Dir(path)
	file, err := os.CreateTemp(dir, ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) //nolint:errcheck // it has another name by then, or is of no use
	if err := write(file); err != nil {
		return errors.Join(err, file.Close())
	}
	if err = errors.Join(file.Sync(), file.Close()); err != nil {
		return err
	}
	if !replace {
		if _, err := os.Lstat(path); err == nil {
			return fmt.Errorf("writing %s: %w", path, fs.ErrExist)
		}
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return err
	}
	return bag.SyncDir(dir)
}

// leftovers are what work that was killed leaves in a desk's folder. The desk is
// locked when they are swept, so that nobody needs them.
var leftovers = []string{
	".new-*", ".backup-*", ".casebinder-write-*", ".casebinder-search-*", // of writeWhole, Backup and the store
	backupName + "/*.partial*",
	cacheName + "/preview-*.pdf", cacheName + "/view-*", cacheName + "/copy-*",
}

// sweep takes away what was left in the desk's folder. One that cannot be
// removed does no harm.
func (d *Desk) sweep() {
	for _, pattern := range leftovers {
		sweepAway(filepath.Join(escaped(d.dir), filepath.FromSlash(pattern)))
	}
}

func sweepAway(pattern string) {
	left, _ := filepath.Glob(pattern) // the patterns are well formed
	for _, path := range left {
		if err := os.RemoveAll(path); err != nil {
			slog.Warn("sweeping what was left", "path", path, "error", err)
		}
	}
}

// temporary makes the folder of the cache in which copies for viewers lie, and
// gives it.
func (d *Desk) temporary() (string, error) {
	dir := d.cacheDir()
	if err := os.MkdirAll(dir, ownFolder); err != nil {
		return "", fmt.Errorf("making the folder of copies: %w", unwritable(dir, err))
	}
	return dir, nil
}
