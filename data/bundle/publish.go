package bundle

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"casebinder/data/bag"
)

// Aside is the name that a replaced file has among the unfinished files while
// its successor gets its own.
func Aside(target string) string { return "replaced-" + filepath.Base(target) }

// Targets are the paths that an export takes, in the order in which they are
// given.
func (res *Result) Targets() []string {
	var list []string
	for _, path := range []string{res.ZIP, res.TimeStamp, res.Form.Dir, res.PDF} {
		if path != "" {
			list = append(list, path)
		}
	}
	return list
}

// free makes sure that no file of an export exists.
func (res *Result) free() error {
	for _, target := range res.Targets() {
		if _, err := os.Lstat(target); err == nil {
			return bag.ProblemExists.New("path", target)
		}
	}
	return nil
}

// publish gives all files their names, or none. What they replace is put aside
// first, and put back when a name cannot be given.
func (res *Result) publish(work string) error {
	var undo []func() error
	rename := func(from, to string) error {
		err := os.Rename(from, to)
		if err == nil {
			undo = append(undo, func() error { return os.Rename(to, from) })
		}
		return err
	}
	err := func() error {
		for _, target := range res.Targets() {
			err := rename(target, filepath.Join(work, Aside(target)))
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			if err := rename(filepath.Join(work, filepath.Base(target)), target); err != nil {
				return err
			}
		}
		return bag.SyncDir(filepath.Dir(res.ZIP))
	}()
	if err == nil {
		return nil
	}
	for i := len(undo) - 1; i >= 0; i-- {
		err = errors.Join(err, undo[i]())
	}
	return err
}
