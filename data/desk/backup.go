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
	"time"

	"github.com/gofrs/flock"

	"casebinder/data"
	"casebinder/data/bag"
	"casebinder/data/store"
	"casebinder/data/vault"
)

// The payload of a backup, which is a BagIt bag: the database and, below
// vaultEntries, each piece of evidence under its SHA-256.
const (
	payloadEntries = "data/"
	databaseEntry  = databaseName
	vaultEntries   = vaultName + "/"
	backupSetting  = "backup.last"
)

var (
	problemNoBackup = data.DefineProblem("backup_not_intact", data.ErrDamaged,
		"{file} is not an intact backup: {finding}",
		"Use another backup. “casebinder verify” names every file that is wrong in this one.")
	problemNotEmpty = data.DefineProblem("restore_not_empty", data.ErrConflict,
		"The folder {dir} is not empty.", "Restore into a new or empty folder; then open that one.")
	problemNoDatabase = data.DefineProblem("backup_without_desk", data.ErrInvalid,
		"{file} is an intact bag, but no backup of a desk.", "Choose a file whose name begins with casebinder-backup.")
)

// LastBackup says when the desk was last backed up, and to where; a zero time
// when it never was.
type LastBackup struct {
	At   time.Time `json:"at"`
	Path string    `json:"path"`
}

// LastBackup reads when the desk was last backed up.
func (d *Desk) LastBackup(ctx context.Context) (LastBackup, error) {
	var last LastBackup
	_, err := d.Setting(ctx, backupSetting, &last)
	return last, err
}

// Backup writes the whole desk, database and evidence, as one file into a
// folder, reads it back, and gives its path. Others may go on working
// meanwhile.
func (d *Desk) Backup(ctx context.Context, dir string, p Progress) (string, error) {
	if err := makeDir(dir); err != nil {
		return "", err
	}
	scratch, err := os.MkdirTemp(d.dir, ".backup-")
	if err != nil {
		return "", fmt.Errorf("making room for a backup: %w", err)
	}
	defer os.RemoveAll(scratch)
	p.tell(0, 0, "progress.copying_database")
	snapshot := filepath.Join(scratch, databaseName)
	if err := d.store.Backup(ctx, snapshot); err != nil {
		return "", err
	}
	payload, err := d.backupPayload(snapshot)
	if err != nil {
		return "", err
	}
	now := d.now().UTC()
	name := "casebinder-backup-" + now.Format("20060102-150405")
	whole, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("finding the folder: %w", err)
	}
	note, err := d.begin(filepath.Join(escaped(whole), "."+name+".zip-*.part"))
	if err != nil {
		return "", err
	}
	defer note.end()
	written, err := bag.WriteZip(ctx, filepath.Join(dir, name+".zip"), bag.Bag{
		Name: name, Time: now, Payload: payload,
		Info: []bag.InfoField{{Label: "External-Description", Value: "Backup of a Casebinder desk"}},
	}, bag.WriteOptions{Mode: ownFile, Progress: func(done, total int64) { p.tell(done, total, "progress.writing") }})
	if err != nil {
		return "", err
	}
	return written.Path, d.PutSetting(ctx, backupSetting, LastBackup{At: now, Path: written.Path})
}

func (d *Desk) backupPayload(snapshot string) ([]bag.File, error) {
	info, err := os.Stat(snapshot)
	if err != nil {
		return nil, fmt.Errorf("reading the copy of the database: %w", err)
	}
	payload := []bag.File{{
		Name: databaseEntry, Size: info.Size(), Text: true,
		Open: func() (io.ReadCloser, error) { return os.Open(snapshot) },
	}}
	hashes, err := d.vault.List()
	if err != nil {
		return nil, err
	}
	for _, sha := range hashes {
		file, size, err := d.vault.Open(sha)
		if err != nil {
			return nil, err
		}
		if err := file.Close(); err != nil {
			return nil, fmt.Errorf("reading the vault: %w", err)
		}
		payload = append(payload, bag.File{
			Name: vaultEntries + sha, Size: size, SHA256: sha,
			Open: func() (io.ReadCloser, error) { f, _, err := d.vault.Open(sha); return f, err },
		})
	}
	return payload, nil
}

// Restore makes a desk in an empty or missing folder from a backup, after
// verifying it whole. On an error the folder is left as it was; once it returns
// without one, the desk outlasts a power cut.
func Restore(ctx context.Context, dir, file string, p Progress) error {
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
	report, err := Verify(ctx, file, p)
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
		if !f.Warning {
			return strings.TrimSpace(f.Kind + " " + f.Path + " " + f.Detail)
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
	return restored.Check(ctx)
}
