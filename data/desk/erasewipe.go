package desk

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"

	"casebinder/data"
	"casebinder/data/bag"
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
	return errors.Join(err, bag.SyncDir(d.cacheDir())) // or a power cut brings names back
}

// What the desk says of an erasure that was broken off.
var (
	phraseErasingDone = data.DefinePhrase("erase.finished",
		"Personal data was being erased when the program ended. The rest of it is gone now too: files, and what was left in the database's file.")
	phraseErasingDoneDo = data.DefinePhrase("erase.finished.do", "Nothing needs to be done.")
	phraseErasingLeft   = data.DefinePhrase("erase.unfinished",
		"Personal data was erased, but traces of it are still in the desk's folder: in files, or in the database's file.")
	phraseErasingLeftDo = data.DefinePhrase("erase.unfinished.do",
		"Open the desk in a place where it can be written, close other programs that use it, and check the desk: that finishes the erasing.")
)

// unfinishedErasing is the rule of the alarm that something still lies in the folder.
const unfinishedErasing = "erase.unfinished"

// finishErasing does what an erasure left undone, and says so: the program ended
// between, or something held the file.
func (d *Desk) finishErasing(ctx context.Context) {
	left, err := d.store.ToWipe(ctx)
	if err != nil {
		slog.Warn("looking whether something is to be wiped", "error", err) // the check tells what is wrong with the database
		return
	}
	if !left {
		return
	}
	if d.readOnly {
		d.alarmUnfinished()
		return
	}
	if err := d.wipe(ctx); err != nil {
		slog.Warn("finishing what was erased", "error", err) // it is tried again at the next start
		d.alarmUnfinished()
		return
	}
	d.calm(unfinishedErasing)
	d.alarm(data.Finding{Rule: "erase.finished", Severity: data.Info, Why: phraseErasingDone.With(), How: phraseErasingDoneDo.With()})
}

func (d *Desk) alarmUnfinished() {
	d.alarm(data.Finding{Rule: unfinishedErasing, Severity: data.Warning, Why: phraseErasingLeft.With(), How: phraseErasingLeftDo.With()})
}
