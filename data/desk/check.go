package desk

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"casebinder/data"
	"casebinder/data/bag"
	"casebinder/data/bundle"
	"casebinder/data/seal"
	"casebinder/data/store"
	"casebinder/data/vault"
)

// What a check says.
var (
	phrasePages = data.DefinePhrase("check.pages", "The database is damaged: {detail}.")
	phraseSums  = data.DefinePhrase("check.sums",
		"Pages of the database are not as Casebinder wrote them: {detail}. The disk has damaged them, or another program has changed them.")
	phraseShape      = data.DefinePhrase("check.shape", "The database lacks a part: {detail}.")
	phraseReferences = data.DefinePhrase("check.references", "A row refers to one that is not there: {detail}.")
	phraseSearch     = data.DefinePhrase("check.search", "Rows are missing in the search: {detail}.")
	phraseUnopened   = data.DefinePhrase("check.unopened", "The database cannot be opened. {what}")
	phraseJournal    = data.DefinePhrase("check.journal", "The journal is broken: {why}.")
	phraseRolledBack = data.DefinePhrase("check.rolled_back",
		"The journal does not hold entry {seq} as it was recorded in {where}: the desk was rolled back, or its journal was made again.")
	phraseNoAnchor = data.DefinePhrase("check.no_anchor", "{where} holds no anchor of a journal that can be compared with this desk.")
	phraseBadBag   = data.DefinePhrase("check.bad_bag", "{where} is not intact ({verdict}), so its anchor proves nothing.")
	phraseMissing  = data.DefinePhrase("check.missing", "The file of evidence {name} is not in the vault.")
	phraseAltered  = data.DefinePhrase("check.altered", "The file of evidence {name} was altered: its content is no longer what came in.")
	phraseSize     = data.DefinePhrase("check.size", "The file of evidence {name} has {found} bytes; {size} came in.")
	phraseUnread   = data.DefinePhrase("check.unread", "The file of evidence {name} cannot be read: {why}.")
	phraseUnlisted = data.DefinePhrase("check.unlisted", "The vault holds {count} files that no evidence refers to.")

	phraseRestoreDo = data.DefinePhrase("check.restore.do",
		"Keep a copy of the folder. Then restore the newest sound backup, or save what can be read with “casebinder repair”.")
	phraseFileDo = data.DefinePhrase("check.file.do",
		"Put the file back from a backup, or add the original again. Do not submit it.")
	phraseJournalDo = data.DefinePhrase("check.journal.do",
		"Compare the desk with a backup from before. What the journal says behind that entry proves nothing.")
	phraseRolledBackDo = data.DefinePhrase("check.rolled_back.do",
		"If you put an older copy of the desk in place, that is why. If not, find out who did.")
)

// CheckReport is what a check of a desk found.
type CheckReport struct {
	At       time.Time      `json:"at"`
	Sound    bool           `json:"sound"`   // nothing is wrong; what is merely told does not count
	Read     bool           `json:"read"`    // each file of evidence was read again, not only looked for
	Entries  int64          `json:"entries"` // of the journal
	Files    int            `json:"files"`   // of evidence
	Bytes    int64          `json:"bytes"`   // of evidence, as it came in
	Findings []data.Finding `json:"findings,omitempty"`
}

// Faults counts the findings that make a desk unsound.
func (r *CheckReport) Faults() (n int) {
	for _, f := range r.Findings {
		if f.Severity.Rank() <= data.Serious.Rank() {
			n++
		}
	}
	return n
}

func (r *CheckReport) add(f data.Finding) { r.Findings = append(r.Findings, f) }

func (r *CheckReport) close() {
	data.SortFindings(r.Findings)
	r.Sound = r.Faults() == 0
}

// Check looks for everything that is wrong with the desk: its database, the
// journal's chain, what rows refer to, and the files of evidence, which with
// readData are read again. Its result is kept for LastCheck. An error means
// that the check could not go on.
func (d *Desk) Check(ctx context.Context, readData bool, p Progress) (CheckReport, error) {
	r := CheckReport{At: d.now(), Read: readData}
	if err := d.checkDatabase(ctx, &r, p); err != nil {
		return r, err
	}
	if !d.ReadOnly() {
		d.finishErasing(ctx)
	}
	files, err := d.store.KeptFiles(ctx)
	if err != nil && !errors.Is(err, data.ErrDamaged) {
		return r, err
	}
	if err := checkVault(ctx, d.vault, files, &r, p); err != nil {
		return r, err
	}
	for _, f := range d.Alarms() { // such as a rollback, which only the start can see
		if f.Rule == rollback {
			r.add(f)
		}
	}
	r.close()
	if !d.ReadOnly() {
		if err := writeNote(filepath.Join(d.dir, checkName), r); err != nil {
			slog.Warn("keeping the result of a check", "error", err) // it is told all the same
		}
	}
	return r, nil
}

func (d *Desk) checkDatabase(ctx context.Context, r *CheckReport, p Progress) error {
	p.tell(0, 0, "progress.checking_database")
	faults, err := d.store.CheckAll(ctx)
	if err != nil {
		return err
	}
	for _, f := range faults {
		r.add(d.faultFinding(f))
	}
	p.tell(0, 0, "progress.checking_journal")
	bad, why, err := d.store.VerifyJournal(ctx)
	switch {
	case errors.Is(err, data.ErrDamaged):
		r.add(d.pagesFinding(err.Error()))
	case err != nil:
		return err
	case bad != nil:
		r.add(data.Finding{
			Rule: "journal.broken", Severity: data.Serious, Where: []data.Ref{{Kind: "journal", ID: fmt.Sprint(bad.Seq)}},
			Why: phraseJournal.With("why", why), How: phraseJournalDo.With(),
		})
	}
	head, err := d.store.JournalHead(ctx)
	if err == nil {
		r.Entries = head.Seq
	}
	return ctx.Err()
}

func (d *Desk) pagesFinding(detail string) data.Finding {
	return d.faultFinding(store.Fault{Kind: store.FaultPages, Detail: detail})
}

func (d *Desk) faultFinding(f store.Fault) data.Finding {
	phrase, severity, do := phrasePages, data.Blocking, phraseRestoreDo
	switch f.Kind {
	case store.FaultSums:
		phrase = phraseSums
	case store.FaultShape:
		phrase = phraseShape
	case store.FaultReferences:
		phrase, severity = phraseReferences, data.Serious
	case store.FaultSearch:
		phrase, severity = phraseSearch, data.Serious
	case store.FaultSetting:
		return data.Finding{
			Rule: "setting.unreadable", Severity: data.Serious, Where: []data.Ref{{Kind: "setting", ID: f.Detail, Label: f.Detail}},
			Why: phraseSetting.With("key", f.Detail), How: phraseSettingDo.With(),
		}
	}
	return data.Finding{
		Rule: "database." + f.Kind, Severity: severity, Where: []data.Ref{{Kind: "file", ID: databaseName, Label: f.Detail}},
		Why: phrase.With("detail", f.Detail), How: do.With(),
	}
}

// checkVault looks at the files of evidence.
func checkVault(ctx context.Context, v *vault.Vault, files []store.KeptFile, r *CheckReport, p Progress) error {
	known := map[string]bool{}
	var total, done int64
	for _, f := range files {
		total += f.Size
	}
	for _, f := range files {
		if known[f.SHA256] {
			continue
		}
		known[f.SHA256] = true
		r.Files, r.Bytes = r.Files+1, r.Bytes+f.Size
		if bad := checkFile(ctx, v, f, r.Read); bad != nil {
			r.add(*bad)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		done += f.Size
		p.tell(done, total, "progress.checking_evidence")
	}
	list, err := v.List()
	if err != nil {
		r.add(data.Finding{Rule: "vault.unreadable", Severity: data.Blocking, Why: phraseUnopened.With("what", problemWords(err)), How: phraseRestoreDo.With()})
		return nil
	}
	extra := 0
	for _, sha := range list {
		if !known[sha] {
			extra++
		}
	}
	if extra > 0 {
		r.add(data.Finding{Rule: "evidence.unlisted", Severity: data.Info, Why: phraseUnlisted.With("count", extra)})
	}
	return nil
}

// checkFile looks at one file of evidence; nil is well.
func checkFile(ctx context.Context, v *vault.Vault, f store.KeptFile, read bool) *data.Finding {
	bad := data.Finding{Severity: data.Serious, Where: []data.Ref{{Kind: "evidence", ID: f.UID, Label: f.Name}, {Kind: "file", ID: f.SHA256}}, How: phraseFileDo.With()}
	file, size, err := v.Open(f.SHA256)
	if err == nil {
		err = file.Close()
	}
	if err == nil && size == f.Size && read {
		err = v.Verify(ctx, f.SHA256)
	}
	switch {
	case errors.Is(err, data.ErrNotFound):
		bad.Rule, bad.Why = "evidence.missing", phraseMissing.With("name", f.Name)
	case errors.Is(err, data.ErrDamaged):
		bad.Rule, bad.Why = "evidence.altered", phraseAltered.With("name", f.Name)
	case err != nil:
		bad.Rule, bad.Why = "evidence.unread", phraseUnread.With("name", f.Name, "why", err)
	case size != f.Size:
		bad.Rule, bad.Why = "evidence.altered", phraseSize.With("name", f.Name, "found", size, "size", f.Size)
	default:
		return nil
	}
	return &bad
}

func problemWords(err error) string {
	if known, ok := data.AsProblem(err); ok {
		return known.What()
	}
	return err.Error()
}

const rollback = "journal.rolled_back"

func rolledBack(where data.Ref, seq int64) data.Finding {
	return data.Finding{
		Rule: rollback, Severity: data.Serious, Where: []data.Ref{where},
		Why: phraseRolledBack.With("seq", seq, "where", where.Label), How: phraseRolledBackDo.With(),
	}
}

// CheckAnchor compares the desk's journal with the anchor in a bundle or backup
// that was made of it. No finding means that the journal still is what it was
// then, continued.
func (d *Desk) CheckAnchor(ctx context.Context, path string, p Progress) ([]data.Finding, error) {
	where := data.Ref{Kind: "file", ID: path, Label: filepath.Base(path)}
	found, err := bundle.Verify(ctx, path, bundle.VerifyOptions{Viewer: d.viewer, Progress: func(done, total int64) { p.tell(done, total, "progress.verifying") }})
	if err != nil {
		return nil, err
	}
	if !found.OK {
		return []data.Finding{{
			Rule: "anchor.bag", Severity: data.Serious, Where: []data.Ref{where},
			Why: phraseBadBag.With("where", where.Label, "verdict", found.Verdict),
		}}, nil
	}
	none := []data.Finding{{Rule: "anchor.none", Severity: data.Warning, Where: []data.Ref{where}, Why: phraseNoAnchor.With("where", where.Label)}}
	mark, err := seal.ReadAnchor(infoValue(found.Info, seal.AnchorLabel))
	if err != nil {
		return none, nil
	}
	var key seal.Key
	if mark.Covered() {
		if key, err = d.keyAtHand(); err != nil || found.Fingerprint != key.Fingerprint() {
			return none, nil // it was covered with another key
		}
	}
	entry, err := d.store.JournalEntry(ctx, mark.Seq)
	if err != nil && !errors.Is(err, data.ErrNotFound) {
		return nil, err
	}
	if err != nil || !mark.Fits(entry.Hash, key) {
		return []data.Finding{rolledBack(where, mark.Seq)}, nil
	}
	return nil, nil
}

func infoValue(info []bag.InfoField, label string) string {
	for _, f := range info {
		if f.Label == label {
			return f.Value
		}
	}
	return ""
}

// CheckFolder checks a desk that nobody has open, also one that cannot be
// opened any more.
func CheckFolder(ctx context.Context, dir string, o Options, readData bool, against []string, p Progress) (CheckReport, error) {
	d, err := Open(ctx, dir, o)
	if err != nil {
		return checkClosed(ctx, dir, err, readData, p)
	}
	report, err := d.Check(ctx, readData, p)
	for _, path := range against {
		if err != nil {
			break
		}
		var more []data.Finding
		more, err = d.CheckAnchor(ctx, path, p)
		report.Findings = append(report.Findings, more...)
	}
	report.close()
	return report, errors.Join(err, d.Close())
}

// checkClosed says what is wrong with a desk that cannot be opened; why is the
// error of opening it.
func checkClosed(ctx context.Context, dir string, why error, readData bool, p Progress) (CheckReport, error) {
	r := CheckReport{At: time.Now(), Read: readData}
	if !errors.Is(why, data.ErrDamaged) && !errors.Is(why, data.ErrInvalid) {
		return r, why // it is in use, on a network, of a newer program ...
	}
	r.add(data.Finding{
		Rule: "database.unopened", Severity: data.Blocking, Where: []data.Ref{{Kind: "file", ID: databaseName, Label: databaseName}},
		Why: phraseUnopened.With("what", problemWords(why)), How: phraseRestoreDo.With(),
	})
	kept, err := vault.OpenReadOnly(filepath.Join(dir, vaultName))
	if err != nil {
		return r, err
	}
	if _, err := os.Stat(filepath.Join(dir, vaultName)); err == nil {
		if err := checkStrays(ctx, kept, &r, p); err != nil {
			return r, err
		}
	}
	r.close()
	return r, nil
}

// checkStrays looks at the files of a vault whose database cannot be asked: each
// is named by its content.
func checkStrays(ctx context.Context, v *vault.Vault, r *CheckReport, p Progress) error {
	list, err := v.List()
	if err != nil {
		return err
	}
	var files []store.KeptFile
	for _, sha := range list {
		files = append(files, strayFile(v, sha))
	}
	return checkVault(ctx, v, files, r, p)
}

// strayFile describes a file of a vault of which nothing is known but its name.
func strayFile(v *vault.Vault, sha string) store.KeptFile {
	f := store.KeptFile{UID: sha, Name: sha[:16], SHA256: sha}
	if file, size, err := v.Open(sha); err == nil {
		f.Size = size
		_ = file.Close() // it was only read
	}
	return f
}
