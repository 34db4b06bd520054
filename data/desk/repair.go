package desk

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"casebinder/data"
	"casebinder/data/seal"
	"casebinder/data/store"
	"casebinder/data/vault"
)

var (
	phraseNothing      = data.DefinePhrase("repair.nothing", "Nothing could be read of the database ({why}). The files of evidence were saved.")
	phraseTable        = data.DefinePhrase("repair.table", "A part of the table {table} could not be read; {count} rows were saved.")
	phraseMalformed    = data.DefinePhrase("repair.malformed", "{count} rows of the table {table} were damaged and left out.")
	phraseUnsureRows   = data.DefinePhrase("repair.altered", "{count} pages of the table {table} are not as they were written. Their rows were saved as they read now.")
	phraseUnsureRowsDo = data.DefinePhrase("repair.altered.do", "Compare what stands in the new desk with the platform, or with an older backup, before you rely on it.")
	phraseDangling     = data.DefinePhrase("repair.dangling", "{count} rows of the table {table} lost what they belong to.")
	phraseRest         = data.DefinePhrase("repair.journal",
		"The journal was saved up to entry {seq}, where it breaks. {count} entries behind it lie in {file}: they prove nothing.")
	phraseLost    = data.DefinePhrase("repair.file", "The file of evidence {name} was altered or cannot be read. It was left out.")
	phraseKeyLost = data.DefinePhrase("repair.key", "The signing key could not be read. The new desk makes another one.")
)

// restName is the file of what could be read of a journal behind its break.
const restName = "journal-behind-the-break.jsonl"

// RepairReport says what a repair saved and what it could not.
type RepairReport struct {
	Dir      string         `json:"dir"`
	Rows     int64          `json:"rows"`    // of the database
	Entries  int64          `json:"entries"` // of the journal, unbroken
	Files    int            `json:"files"`   // of evidence
	Findings []data.Finding `json:"findings,omitempty"`
}

// Repair makes a new desk in the empty or missing folder to of all that can be
// read of the desk in from, which nobody may have open and which stays as it
// is. What could not be saved is in the findings.
func Repair(ctx context.Context, from, to string, o Options, p Progress) (report RepairReport, err error) {
	if from, err = filepath.Abs(from); err == nil {
		to, err = filepath.Abs(to)
	}
	if err != nil {
		return report, fmt.Errorf("finding the folder: %w", err)
	}
	if err := errors.Join(checkLocation(to), refuseFilled(to)); err != nil {
		return report, err
	}
	now := time.Now
	if o.Now != nil {
		now = o.Now
	}
	guard, err := takeLock(from, o.Operator, now())
	if err != nil && !errors.Is(err, data.ErrReadOnly) {
		return report, err
	}
	if guard != nil {
		defer func() { err = errors.Join(err, guard.release()) }()
	}
	report.Dir = to
	return report, building(to, func(scratch string) error { return report.build(ctx, from, scratch, o, p) })
}

func (r *RepairReport) build(ctx context.Context, from, scratch string, o Options, p Progress) error {
	p.tell(0, 0, "progress.copying_database")
	old := filepath.Join(scratch, ".old")
	if err := os.Mkdir(old, ownFolder); err != nil {
		return fmt.Errorf("making room for the old database: %w", err)
	}
	defer os.RemoveAll(old)
	for _, ending := range []string{"", "-wal"} { // the damaged one is never written to
		if err := copyFile(filepath.Join(from, databaseName+ending), filepath.Join(old, databaseName+ending)); err != nil {
			return err
		}
	}
	operator := o.Operator
	if operator == "" {
		operator = systemUser()
	}
	saved, err := store.Salvage(ctx, filepath.Join(old, databaseName), filepath.Join(scratch, databaseName), store.Options{Operator: operator, Now: o.Now})
	if err != nil {
		return err
	}
	r.tell(&saved)
	if len(saved.Rest) > 0 {
		if err := writeRest(filepath.Join(scratch, restName), saved.Rest); err != nil {
			return err
		}
	}
	if err := r.saveKey(from, scratch); err != nil {
		return err
	}
	if err := r.saveEvidence(ctx, from, scratch, p); err != nil {
		return err
	}
	snapshot, err := store.ReadSnapshot(ctx, filepath.Join(scratch, databaseName))
	if err != nil {
		return err
	}
	return r.lookForMissing(scratch, snapshot.Files)
}

// copyFile copies a file that may be missing, as far as it can be read: a bad
// sector is filled with zeros.
func copyFile(from, to string) error {
	in, err := os.Open(from)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return unwritable(filepath.Dir(from), fmt.Errorf("reading the old database: %w", err))
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return fmt.Errorf("reading the old database: %w", err)
	}
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, ownFile)
	if err != nil {
		return fmt.Errorf("copying the old database: %w", err)
	}
	buffer := make([]byte, 4096)
	for at := int64(0); at < info.Size() && err == nil; at += int64(len(buffer)) {
		n := min(int64(len(buffer)), info.Size()-at)
		if _, bad := in.ReadAt(buffer[:n], at); bad != nil && !errors.Is(bad, io.EOF) {
			clear(buffer)
		}
		_, err = out.WriteAt(buffer[:n], at)
	}
	if err = errors.Join(err, out.Close()); err != nil {
		return fmt.Errorf("copying the old database: %w", err)
	}
	return nil
}

func (r *RepairReport) add(rule string, severity data.Severity, why data.Text, where ...data.Ref) {
	r.Findings = append(r.Findings, data.Finding{Rule: rule, Severity: severity, Why: why, Where: where})
}

// tell takes over what the store saved.
func (r *RepairReport) tell(s *store.Salvaged) {
	r.Rows, r.Entries = s.Rows, s.Entries
	if s.Failed != "" {
		r.add("repair.nothing", data.Serious, phraseNothing.With("why", s.Failed))
	}
	for _, t := range s.Tables {
		where := data.Ref{Kind: "table", ID: t.Name, Label: t.Name}
		if t.Damaged {
			r.add("repair.table", data.Serious, phraseTable.With("table", t.Name, "count", t.Saved), where)
		}
		if t.Altered > 0 {
			r.Findings = append(r.Findings, data.Finding{
				Rule: "repair.altered", Severity: data.Serious, Where: []data.Ref{where}, How: phraseUnsureRowsDo.With(),
				Why: phraseUnsureRows.With("table", t.Name, "count", t.Altered),
			})
		}
		if t.Malformed > 0 {
			r.add("repair.malformed", data.Serious, phraseMalformed.With("table", t.Name, "count", t.Malformed), where)
		}
		if t.Dangling > 0 {
			r.add("repair.dangling", data.Serious, phraseDangling.With("table", t.Name, "count", t.Dangling), where)
		}
	}
	if len(s.Rest) > 0 {
		r.add("repair.journal", data.Serious, phraseRest.With("seq", s.Entries, "count", len(s.Rest), "file", restName))
	}
}

// writeRest keeps the journal's entries behind its break, one JSON object a line.
func writeRest(path string, entries []data.JournalEntry) (err error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, ownFile)
	if err != nil {
		return fmt.Errorf("keeping the rest of the journal: %w", err)
	}
	out := bufio.NewWriter(file)
	encoder := json.NewEncoder(out)
	for i := range entries {
		if err == nil {
			err = encoder.Encode(entries[i])
		}
	}
	if err = errors.Join(err, out.Flush(), file.Sync(), file.Close()); err != nil {
		return fmt.Errorf("keeping the rest of the journal: %w", err)
	}
	return nil
}

func (r *RepairReport) saveKey(from, scratch string) error {
	text, err := os.ReadFile(filepath.Join(from, keyName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		_, err = seal.ReadKey(text)
	}
	if err != nil {
		r.add("repair.key", data.Serious, phraseKeyLost.With(), data.Ref{Kind: "file", ID: keyName, Label: keyName})
		return nil
	}
	return writeWhole(filepath.Join(scratch, keyName), text, false)
}

// saveEvidence takes over each file of the vault that still is what came in.
func (r *RepairReport) saveEvidence(ctx context.Context, from, scratch string, p Progress) error {
	kept, err := vault.Open(filepath.Join(scratch, vaultName))
	if err != nil {
		return err
	}
	old, err := vault.OpenReadOnly(filepath.Join(from, vaultName))
	if err != nil {
		return err
	}
	list, err := old.List()
	if err != nil {
		return nil //nolint:nilerr // there is no vault: what it lacks is told by name
	}
	for i, sha := range list {
		p.tell(int64(i), int64(len(list)), "progress.restoring")
		if old.Verify(ctx, sha) == nil {
			if err := takeOver(ctx, old, kept, sha); err != nil {
				return err
			}
			r.Files++
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

func takeOver(ctx context.Context, old, kept *vault.Vault, sha string) error {
	file, _, err := old.Open(sha)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = kept.Add(ctx, file, 0)
	return err
}

// lookForMissing names the evidence whose file was not saved.
func (r *RepairReport) lookForMissing(scratch string, files []store.KeptFile) error {
	kept, err := vault.OpenReadOnly(filepath.Join(scratch, vaultName))
	if err != nil {
		return err
	}
	for _, f := range files {
		if !kept.Has(f.SHA256) {
			r.add("repair.file", data.Serious, phraseLost.With("name", f.Name), data.Ref{Kind: "evidence", ID: f.UID, Label: f.Name}, data.Ref{Kind: "file", ID: f.SHA256})
		}
	}
	return nil
}
