package desk

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/gofrs/flock"

	"casebinder/data"
	"casebinder/data/bag"
	"casebinder/data/bundle"
	"casebinder/data/store"
	"casebinder/data/vault"
)

var (
	problemNoBackup = data.DefineProblem("backup_not_intact", data.ErrDamaged,
		"{file} is not an intact backup: {finding}",
		"Use another backup. “casebinder verify” names every file that is wrong in this one.")
	problemNotEmpty = data.DefineProblem("restore_not_empty", data.ErrConflict,
		"The folder {dir} is not empty.", "Restore into a new or empty folder; then open that one.")
	problemNoDatabase = data.DefineProblem("backup_without_desk", data.ErrInvalid,
		"{file} is an intact bag, but not a backup of a desk.", "Choose a file whose name begins with casebinder-backup.")
	problemRestoredPages = data.DefineProblem("restored_pages", data.ErrDamaged,
		"{count} pages of the restored database are not as they were in the backup. Nothing was restored.",
		"Check the disk, then restore again, or use another backup.")
)

// Restore makes a desk in an empty or missing folder from a backup, after
// verifying it whole. On an error the folder is left as it was; once it returns
// without one, the desk outlasts a power cut.
func Restore(ctx context.Context, dir, file string, p Progress) error {
	if err := errors.Join(data.CheckPath(dir), data.CheckPath(file)); err != nil {
		return err
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return fmt.Errorf("finding the folder: %w", err)
	}
	if err := checkLocation(dir); err != nil {
		return err
	}
	if err := refuseFilled(dir); err != nil {
		return err
	}
	report, err := verify(ctx, file, "", bundle.VerifyOptions{}, p)
	if err != nil {
		return err
	}
	if !report.Intact {
		return problemNoBackup.New("file", file, "finding", firstFinding(report))
	}
	return building(dir, func(scratch string) error {
		if err := unpack(ctx, file, scratch, p); err != nil {
			return err
		}
		return checkRestored(ctx, scratch)
	})
}

// restoring names the folders in which desks are made before they get their
// names. Each is locked by whoever makes it: one that is not was left.
const restoring = ".casebinder-restore-"

// building makes a desk in a folder of its own, and gives it the name dir when
// fn is done. On an error dir is left as it was.
func building(dir string, fn func(scratch string) error) (err error) {
	parent := filepath.Dir(dir)
	above := nearestExisting(parent)
	if err := makeDir(parent); err != nil {
		return err
	}
	sweepRestores(parent)
	scratch, err := os.MkdirTemp(parent, restoring)
	if err != nil {
		return fmt.Errorf("making room for the desk: %w", unwritable(parent, err))
	}
	defer os.RemoveAll(scratch)
	guard := flock.New(filepath.Join(scratch, lockName))
	if held, err := guard.TryLock(); err != nil || !held {
		return fmt.Errorf("locking the new desk: %w", errors.Join(err, data.ErrBusy))
	}
	defer func() { err = errors.Join(err, guard.Unlock()) }()
	if err := fn(scratch); err != nil {
		return err
	}
	if err := bag.SyncDir(scratch); err != nil {
		return fmt.Errorf("flushing the desk: %w", err)
	}
	if err := os.Remove(dir); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("replacing the empty folder: %w", unwritable(parent, err))
	}
	if runtime.GOOS == "windows" { // where a folder with a file in use keeps its name
		if err := guard.Unlock(); err != nil {
			return err
		}
	}
	if err := os.Rename(scratch, dir); err != nil {
		return fmt.Errorf("naming the new desk: %w", err)
	}
	return syncUp(parent, above)
}

// syncUp flushes a folder and those above it, up to one that was there before.
func syncUp(dir, last string) error {
	for {
		if err := bag.SyncDir(dir); err != nil {
			return fmt.Errorf("flushing the folder %s: %w", dir, err)
		}
		if dir == last || dir == filepath.Dir(dir) {
			return nil
		}
		dir = filepath.Dir(dir)
	}
}

// sweepRestores takes away what restores that were killed have left in a folder.
func sweepRestores(parent string) {
	left, _ := filepath.Glob(filepath.Join(escaped(parent), restoring+"*"))
	for _, dir := range left {
		guard := flock.New(filepath.Join(dir, lockName))
		if held, err := guard.TryLock(); err == nil && held {
			_ = guard.Unlock()
			sweepAway(escaped(dir))
		}
	}
}

func refuseFilled(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading the folder: %w", err)
	}
	if len(entries) > 0 {
		return problemNotEmpty.New("dir", dir)
	}
	return nil
}

func firstFinding(report VerifyReport) string {
	for _, f := range report.Findings {
		if !bag.IsWarning(f) {
			return strings.TrimSpace(bag.PathOf(f) + " " + f.Why.String())
		}
	}
	return report.Verdict
}

// unpack takes the database and the evidence out of a verified backup. Names
// in the ZIP only choose between the two; none of them becomes a path.
func unpack(ctx context.Context, file, dir string, p Progress) error {
	archive, err := zip.OpenReader(file)
	if err != nil {
		return fmt.Errorf("opening the backup: %w", err)
	}
	defer archive.Close()
	kept, err := vault.Open(filepath.Join(dir, vaultName))
	if err != nil {
		return err
	}
	found := false
	for i, entry := range archive.File {
		p.tell(int64(i), int64(len(archive.File)), "progress.restoring")
		_, inside, _ := strings.Cut(entry.Name, "/"+payloadEntries) // below the bag's folder
		switch {
		case inside == databaseEntry:
			found = true
			err = unpackDatabase(ctx, entry, filepath.Join(dir, databaseName))
		case path.Dir(inside)+"/" == vaultEntries:
			err = unpackEvidence(ctx, entry, kept, path.Base(inside))
		}
		if err != nil {
			return err
		}
	}
	if !found {
		return problemNoDatabase.New("file", file)
	}
	return nil
}

func unpackDatabase(ctx context.Context, entry *zip.File, target string) (err error) {
	from, err := entry.Open()
	if err != nil {
		return fmt.Errorf("reading the backup: %w", err)
	}
	defer from.Close()
	to, err := os.OpenFile(target, os.O_CREATE|os.O_EXCL|os.O_WRONLY, ownFile)
	if err != nil {
		return fmt.Errorf("writing the database: %w", err)
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	if _, err := io.Copy(to, readerWith(ctx, from)); err != nil {
		return fmt.Errorf("writing the database: %w", err)
	}
	return to.Sync()
}

func unpackEvidence(ctx context.Context, entry *zip.File, kept *vault.Vault, sha string) error {
	from, err := entry.Open()
	if err != nil {
		return fmt.Errorf("reading the backup: %w", err)
	}
	defer from.Close()
	stored, err := kept.Add(ctx, from, MaxEvidenceBytes)
	if err != nil {
		return err
	}
	if stored.SHA256 != sha {
		return problemNoBackup.New("file", sha, "finding", "its content has another SHA-256, "+stored.SHA256)
	}
	return nil
}

// checkRestored opens what was unpacked, which brings an older desk up to date,
// and proves it sound.
func checkRestored(ctx context.Context, dir string) (err error) {
	restored, err := store.Open(ctx, filepath.Join(dir, databaseName), store.Options{HasCopy: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, restored.Close()) }()
	if err := restored.Check(ctx); err != nil {
		return err
	}
	if altered := restored.Altered(); len(altered) > 0 {
		return problemRestoredPages.New("count", len(altered))
	}
	return nil
}
