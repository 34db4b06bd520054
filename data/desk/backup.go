package desk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/bag"
	"casebinder/data/seal"
	"casebinder/data/store"
)

// The payload of a backup, which is a BagIt bag: the database and, below
// vaultEntries, each piece of evidence under its SHA-256.
const (
	payloadEntries = "data/"
	databaseEntry  = databaseName
	vaultEntries   = vaultName + "/"
	backupSetting  = "backup.last"
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
// altered, takes pages of the database as they are, and says which.
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
	altered, err := d.copyDatabase(ctx, path, without)
	if err != nil {
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
	bad, err := d.leftOut(ctx, files, without, p)
	if err != nil {
		return "", nil, err
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
	if altered > 0 {
		bad = append(bad, alteredPages(altered))
	}
	return written, bad, d.PutSetting(ctx, backupSetting, LastBackup{At: d.now().UTC(), Path: written})
}

// copyDatabase copies the database to a path, and tells how many of its pages are
// altered; without leave to take them as they are that is an error.
func (d *Desk) copyDatabase(ctx context.Context, path string, without bool) (altered int, err error) {
	if err := d.store.Check(ctx); err != nil {
		return 0, err
	}
	altered = len(d.store.Altered())
	if altered > 0 && !without { // the copy would get sums that are right
		return 0, problemBackupPages.New("count", altered)
	}
	return altered, d.store.Backup(ctx, path)
}

// leftOut gives the files that are gone or altered; without leave to go on
// without them it is an error that there are any.
func (d *Desk) leftOut(ctx context.Context, files []store.KeptFile, without bool, p Progress) ([]data.Finding, error) {
	bad, err := d.unfit(ctx, files, without, p)
	if err == nil && len(bad) > 0 && !without {
		err = problemBackupFiles.New("count", len(bad), "files", fileNames(bad))
	}
	return bad, err
}

var problemBackupFiles = data.DefineProblem("backup_files", data.ErrDamaged,
	"{count} evidence files are missing or were changed: {files}. No backup was made.",
	"Put them back from an older backup or add the originals again. Or back up without them: “casebinder backup --without-damaged”.")

var problemBackupPages = data.DefineProblem("backup_pages", data.ErrDamaged,
	"{count} pages of the database are not as Casebinder wrote them: the disk has damaged them, or another program has changed them. No backup was made.",
	"Restore an older backup, or save what can be read with “casebinder repair”. Or back up what is there: “casebinder backup --without-damaged”.")

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
