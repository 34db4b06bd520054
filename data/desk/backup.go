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
	"slices"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"casebinder/data"
	"casebinder/data/bag"
	"casebinder/data/bundle"
	"casebinder/data/seal"
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
// folder, reads it back, and gives its path. Others may go on working meanwhile.
// A file of evidence that is gone or altered stops it, named in the problem
// (data.ErrDamaged): BackupWithout leaves such files out.
func (d *Desk) Backup(ctx context.Context, dir string, p Progress) (string, error) {
	path, _, err := d.backup(ctx, dir, false, p)
	return path, err
}

// BackupWithout is Backup that leaves out the files of evidence that are gone or
// altered, and says which.
func (d *Desk) BackupWithout(ctx context.Context, dir string, p Progress) (path string, left []data.Finding, err error) {
	return d.backup(ctx, dir, true, p)
}

func (d *Desk) backup(ctx context.Context, dir string, without bool, p Progress) (string, []data.Finding, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", nil, fmt.Errorf("finding the folder: %w", err)
	}
	if err := madeToLast(dir); err != nil {
		return "", nil, err
	}
	scratch, err := os.MkdirTemp(d.dir, ".backup-")
	if err != nil {
		return "", nil, fmt.Errorf("making room for a backup: %w", unwritable(d.dir, err))
	}
	defer os.RemoveAll(scratch)
	p.tell(0, 0, "progress.copying_database")
	path := filepath.Join(scratch, databaseName)
	if err := d.store.Backup(ctx, path); err != nil {
		return "", nil, err
	}
	snapshot, err := store.ReadSnapshot(ctx, path)
	if err != nil {
		return "", nil, err
	}
	files, err := d.withStrays(snapshot.Files)
	if err != nil {
		return "", nil, err
	}
	bad, err := d.unfit(ctx, files, without, p)
	if err != nil {
		return "", nil, err
	}
	if len(bad) > 0 && !without {
		return "", nil, problemBackupFiles.New("count", len(bad), "files", fileNames(bad))
	}
	payload, err := d.backupPayload(path, bad)
	if err != nil {
		return "", nil, err
	}
	written, err := d.writeBackup(ctx, dir, payload, snapshot.Head, bad, p)
	if errors.Is(err, data.ErrDamaged) && !without { // an altered file of the same size: name all of them
		if bad, checked := d.unfit(ctx, files, true, p); checked == nil && len(bad) > 0 {
			err = problemBackupFiles.Wrap(err, "count", len(bad), "files", fileNames(bad))
		}
	}
	if err != nil {
		return "", nil, err
	}
	return written, bad, d.PutSetting(ctx, backupSetting, LastBackup{At: d.now().UTC(), Path: written})
}

var problemBackupFiles = data.DefineProblem("backup_files", data.ErrDamaged,
	"{count} files of evidence are missing or were altered: {files}. No backup was made.",
	"Put them back from an older backup or add the originals again. Or back up without them: “casebinder backup --without-damaged”.")

// fileNames lists the files of findings, as many as a person reads.
func fileNames(bad []data.Finding) string {
	const most = 5
	var names []string
	for _, f := range bad[:min(len(bad), most)] {
		names = append(names, f.Where[0].Label+" ("+f.Where[1].ID[:8]+"…)")
	}
	if len(bad) > most {
		names = append(names, "…")
	}
	return strings.Join(names, ", ")
}

// withStrays adds the files of the vault that no evidence refers to any more.
func (d *Desk) withStrays(files []store.KeptFile) ([]store.KeptFile, error) {
	known := map[string]bool{}
	for _, f := range files {
		known[f.SHA256] = true
	}
	list, err := d.vault.List()
	if err != nil {
		return nil, err
	}
	for _, sha := range list {
		if !known[sha] {
			files = append(files, strayFile(d.vault, sha))
		}
	}
	return files, nil
}

// unfit finds the files that cannot go into a backup as they came in: by looking
// for them, or by reading each.
func (d *Desk) unfit(ctx context.Context, files []store.KeptFile, read bool, p Progress) (bad []data.Finding, err error) {
	known := map[string]bool{}
	for i, f := range files {
		if known[f.SHA256] {
			continue
		}
		known[f.SHA256] = true
		if finding := checkFile(ctx, d.vault, f, read); finding != nil {
			bad = append(bad, *finding)
		}
		if err := ctx.Err(); err != nil {
			return bad, err
		}
		if read {
			p.tell(int64(i), int64(len(files)), "progress.checking_evidence")
		}
	}
	return bad, nil
}

// writeBackup writes the bag, and notes it, so that one that was killed is swept.
func (d *Desk) writeBackup(ctx context.Context, dir string, payload []bag.File, head data.Anchor, bad []data.Finding, p Progress) (string, error) {
	now := d.now().UTC()
	name := "casebinder-backup-" + now.Format("20060102-150405")
	note, err := d.begin(filepath.Join(escaped(dir), "."+name+".zip-*.part"))
	if err != nil {
		return "", err
	}
	defer note.end()
	info := []bag.InfoField{{Label: "External-Description", Value: "Backup of a Casebinder desk"}}
	if head.Seq > 0 {
		info = append(info, bag.InfoField{Label: seal.AnchorLabel, Value: seal.AnchorLine(head)})
	}
	for _, f := range bad {
		info = append(info, bag.InfoField{Label: "Casebinder-Left-Out", Value: f.Where[1].ID})
	}
	written, err := bag.WriteZip(ctx, filepath.Join(dir, name+".zip"), bag.Bag{Name: name, Time: now, Payload: payload, Info: info},
		bag.WriteOptions{Mode: ownFile, Progress: func(done, total int64) { p.tell(done, total, "progress.writing") }})
	return written.Path, err
}

// backupPayload lists the database and the files of the vault, but for the bad
// ones. Files that no evidence refers to any more come along: a bundle that was
// sent may have been made of them.
func (d *Desk) backupPayload(snapshot string, bad []data.Finding) ([]bag.File, error) {
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
		if slices.ContainsFunc(bad, func(f data.Finding) bool { return f.Where[1].ID == sha }) {
			continue
		}
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
	report, err := verify(ctx, file, bundle.VerifyOptions{}, p)
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
	return restored.Check(ctx)
}
