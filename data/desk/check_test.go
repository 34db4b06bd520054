package desk_test

import (
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
)

// closedDesk gives the folder of a desk with a case that nobody has open, and
// the evidence of the case.
func closedDesk(t *testing.T) (string, []data.Evidence) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "desk")
	d, err := desk.Open(t.Context(), dir, options())
	if err != nil {
		t.Fatal(err)
	}
	file := write(t, "orders.csv", shopify+shopifyRow("#1", "Ana")+shopifyRow("#2", "Bob"))
	if _, err := d.Import(t.Context(), desk.ImportRequest{Path: file, Shop: data.Shop{Name: "L"}}, nil); err != nil {
		t.Fatal(err)
	}
	dispute, err := d.OpenDispute(t.Context(), desk.NewDispute{OrderID: orderID(t, d, "#1"), Reason: data.ReasonNotReceived})
	if err != nil {
		t.Fatal(err)
	}
	report, err := d.AddEvidence(t.Context(), dispute.ID, []desk.EvidenceFile{
		{Name: "one.txt", Bytes: []byte("delivered on 30 July")}, {Name: "two.txt", Bytes: []byte("signed by A")},
	}, nil)
	if err != nil || len(report.Added) != 2 {
		t.Fatal(report, err)
	}
	closed(t, d, nil)
	return dir, report.Added
}

func checked(t *testing.T, dir string, read bool, against ...string) desk.CheckReport {
	t.Helper()
	report, err := desk.CheckFolder(t.Context(), dir, options(), read, against, nil)
	if err != nil {
		t.Fatal(err)
	}
	if report.Sound != (report.Faults() == 0) {
		t.Errorf("sound %v with %d faults", report.Sound, report.Faults())
	}
	return report
}

func foundRules(findings []data.Finding) (list []string) {
	for _, f := range findings {
		if !slices.Contains(list, f.Rule) {
			list = append(list, f.Rule)
		}
	}
	return list
}

func inVault(dir, sha string) string { return filepath.Join(dir, "vault", sha[:2], sha[2:]) }

// statement changes the database of a desk behind its back.
func statement(t *testing.T, dir, text string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, "casebinder.db"))
	if err == nil {
		_, err = db.Exec(text)
	}
	if err = errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}

func rewrite(t *testing.T, path, text string) {
	t.Helper()
	if err := errors.Join(os.Chmod(path, 0o600), os.WriteFile(path, []byte(text), 0o600)); err != nil {
		t.Fatal(err)
	}
}

func TestCheckNamesEachFault(t *testing.T) {
	for name, c := range map[string]struct {
		harm func(t *testing.T, dir string, files []data.Evidence)
		read bool
		want string // the rule; "" is sound
	}{
		"nothing": {func(*testing.T, string, []data.Evidence) {}, true, ""},
		"a file is gone": {func(t *testing.T, dir string, files []data.Evidence) {
			if err := os.Remove(inVault(dir, files[0].SHA256)); err != nil {
				t.Fatal(err)
			}
		}, false, "evidence.missing"},
		"a file is longer": {func(t *testing.T, dir string, files []data.Evidence) {
			rewrite(t, inVault(dir, files[0].SHA256), "delivered on 31 July!")
		}, false, "evidence.altered"},
		"a file says something else": {func(t *testing.T, dir string, files []data.Evidence) {
			rewrite(t, inVault(dir, files[0].SHA256), "delivered on 31 July")
		}, true, "evidence.altered"},
		"an entry of the journal was changed": {func(t *testing.T, dir string, _ []data.Evidence) {
			statement(t, dir, "UPDATE journal SET operator = 'nobody' WHERE seq = 2")
		}, false, "journal.broken"},
		"an entry of the journal was taken out": {func(t *testing.T, dir string, _ []data.Evidence) {
			statement(t, dir, "DELETE FROM journal WHERE seq = 2")
		}, false, "journal.broken"},
		"the journal ends earlier": {func(t *testing.T, dir string, _ []data.Evidence) {
			statement(t, dir, "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal); UPDATE journal_head SET (seq, hash) = (SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1)")
		}, false, "journal.rolled_back"},
		"a row belongs to nothing": {func(t *testing.T, dir string, _ []data.Evidence) {
			statement(t, dir, "PRAGMA foreign_keys = OFF; UPDATE dispute SET order_id = 77")
		}, false, "database.references"},
		"a row cannot be searched": {func(t *testing.T, dir string, _ []data.Evidence) {
			statement(t, dir, "DELETE FROM order_search WHERE rowid = 1")
		}, false, "database.search"},
		"a column is missing": {func(t *testing.T, dir string, _ []data.Evidence) {
			statement(t, dir, "ALTER TABLE shop DROP COLUMN currency")
		}, false, "database.shape"},
		"a setting is no JSON": {func(t *testing.T, dir string, _ []data.Evidence) {
			statement(t, dir, "INSERT INTO setting (key, value) VALUES ('window', '{broken')")
		}, false, "setting.unreadable"},
	} {
		t.Run(name, func(t *testing.T) {
			dir, files := closedDesk(t)
			c.harm(t, dir, files)
			report := checked(t, dir, c.read)
			rules := foundRules(report.Findings)
			if c.want == "" && !report.Sound || c.want != "" && (report.Sound || !slices.Contains(rules, c.want)) {
				t.Errorf("sound %v, found %v, want %q", report.Sound, rules, c.want)
			}
			if report.Files != 2 {
				t.Errorf("%d files were looked at", report.Files)
			}
		})
	}
}

func TestLostDatabaseIsChecked(t *testing.T) {
	dir, files := closedDesk(t)
	if err := os.Remove(filepath.Join(dir, "casebinder.db")); err != nil {
		t.Fatal(err)
	}
	rewrite(t, inVault(dir, files[1].SHA256), "signed by B")
	rules := foundRules(checked(t, dir, true).Findings)
	if !slices.Contains(rules, "database.unopened") || !slices.Contains(rules, "evidence.altered") {
		t.Errorf("found %v", rules)
	}
}

// A desk that is put back to an earlier state is found out by a bundle and by a
// backup that left it, with and without masks.
func TestRollbackShows(t *testing.T) {
	dir, _ := closedDesk(t)
	before := filepath.Join(t.TempDir(), "before")
	if err := os.CopyFS(before, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	d, err := desk.Open(t.Context(), dir, options())
	if err != nil {
		t.Fatal(err)
	}
	id := disputeOf(t, d)
	if _, err := d.AddEvidence(t.Context(), id, []desk.EvidenceFile{{Name: "late.txt", Bytes: []byte("late")}}, nil); err != nil {
		t.Fatal(err)
	}
	plain := exported(t, d, desk.BundleRequest{DisputeID: id, Dir: t.TempDir(), Language: "en"})
	masked := exported(t, d, desk.BundleRequest{DisputeID: id, Dir: t.TempDir(), Language: "en", Mask: []data.MaskKind{data.MaskEmail}})
	backup, err := d.Backup(t.Context(), t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	closed(t, d, nil)
	leaving := []string{plain.BagPath, masked.BagPath, backup}
	if report := checked(t, dir, false, leaving...); len(report.Findings) > 0 {
		t.Errorf("the desk that they left: %v", report.Findings)
	}
	if err := os.WriteFile(filepath.Join(before, "signing.key"), read(t, filepath.Join(dir, "signing.key")), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range leaving {
		report := checked(t, before, false, path)
		if rules := foundRules(report.Findings); report.Sound || !slices.Equal(rules, []string{"journal.rolled_back"}) {
			t.Errorf("%s beside the earlier desk: %v", filepath.Base(path), rules)
		}
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func disputeOf(t *testing.T, d *desk.Desk) int64 {
	t.Helper()
	ids, err := d.DisputeIDs(t.Context(), data.DisputeQuery{})
	if err != nil || len(ids) != 1 {
		t.Fatal(ids, err)
	}
	return int64(ids[0])
}

func TestBackupNamesWhatIsMissing(t *testing.T) {
	for name, harm := range map[string]func(path string) error{
		"missing": os.Remove,
		"altered": func(path string) error {
			return errors.Join(os.Chmod(path, 0o600), os.WriteFile(path, []byte("delivered on 31 July"), 0o600))
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir, files := closedDesk(t)
			if err := harm(inVault(dir, files[0].SHA256)); err != nil {
				t.Fatal(err)
			}
			d, err := desk.Open(t.Context(), dir, options())
			if err != nil {
				t.Fatal(err)
			}
			out := t.TempDir()
			if _, err := d.Backup(t.Context(), out, nil); !errors.Is(err, data.ErrDamaged) || !strings.Contains(err.Error(), "one.txt") {
				t.Errorf("the backup: %v", err)
			}
			if left, err := os.ReadDir(out); err != nil || len(left) > 0 {
				t.Errorf("it left %v, %v", left, err)
			}
			path, left, err := d.BackupWithout(t.Context(), out, nil)
			if err != nil || len(left) != 1 || left[0].Where[0].Label != "one.txt" {
				t.Fatalf("without it: %v, %v", left, err)
			}
			closed(t, d, nil)
			back := filepath.Join(t.TempDir(), "back")
			if err := desk.Restore(t.Context(), back, path, nil); err != nil {
				t.Fatal(err)
			}
			report := checked(t, back, true)
			if rules := foundRules(report.Findings); !slices.Equal(rules, []string{"evidence.missing"}) || report.Findings[0].Where[0].Label != "one.txt" {
				t.Errorf("restored: %v", report.Findings)
			}
		})
	}
}

func TestRepairSavesWhatCanBeRead(t *testing.T) {
	dir, files := closedDesk(t)
	d, err := desk.Open(t.Context(), dir, options())
	if err != nil {
		t.Fatal(err)
	}
	key, err := d.SigningKey(t.Context())
	closed(t, d, err)
	rewrite(t, inVault(dir, files[0].SHA256), "delivered on 31 July")
	statement(t, dir, "PRAGMA foreign_keys = OFF; UPDATE shipment SET order_id = order_id + 99; UPDATE journal SET operator = 'x' WHERE seq = 3; PRAGMA wal_checkpoint(TRUNCATE)")
	before := tree(t, dir)
	to := filepath.Join(t.TempDir(), "new")
	report, err := desk.Repair(t.Context(), dir, to, options(), nil)
	if err != nil {
		t.Fatal(err)
	}
	rules := foundRules(report.Findings)
	slices.Sort(rules)
	if !slices.Equal(rules, []string{"repair.altered", "repair.dangling", "repair.file", "repair.journal"}) || report.Entries != 2 || report.Files != 1 {
		t.Errorf("%v, %d entries, %d files", rules, report.Entries, report.Files)
	}
	if after := tree(t, dir); !slices.Equal(before, after) {
		t.Errorf("the damaged desk was changed: %v, %v", before, after)
	}
	if rules := foundRules(checked(t, to, true).Findings); !slices.Equal(rules, []string{"evidence.missing"}) {
		t.Errorf("the new desk: %v", rules)
	}
	d, err = desk.Open(t.Context(), to, options())
	if err != nil {
		t.Fatal(err)
	}
	if again, err := d.SigningKey(t.Context()); err != nil || again != key {
		t.Errorf("the key: %v, %v", again, err)
	}
	orderID(t, d, "#2")
	if found, err := d.Search(t.Context(), "lantern"); err != nil || len(found.Orders) != 2 {
		t.Errorf("search: %d orders, %v", len(found.Orders), err)
	}
	view, err := d.Case(t.Context(), disputeOf(t, d))
	if err != nil || len(view.Evidence) != 2 {
		t.Errorf("the case: %d files, %v", len(view.Evidence), err)
	}
	closed(t, d, nil)
}

// A row whose key is that of a row that is gone goes with it: a key cannot be empty.
func TestRepairDropsARowWhoseKeyIsGone(t *testing.T) {
	dir, _ := closedDesk(t)
	statement(t, dir, "PRAGMA foreign_keys = OFF; INSERT INTO statement (dispute_id, updated_at) VALUES (999, 0); PRAGMA wal_checkpoint(TRUNCATE)")
	to := filepath.Join(t.TempDir(), "new")
	report, err := desk.Repair(t.Context(), dir, to, options(), nil)
	if rules := foundRules(report.Findings); err != nil || !slices.Contains(rules, "repair.dangling") {
		t.Errorf("%v, %v", rules, err)
	}
	if rules := foundRules(checked(t, to, true).Findings); len(rules) > 0 {
		t.Errorf("the new desk: %v", rules)
	}
}

// tree lists the files of a folder with their size and time.
func tree(t *testing.T, dir string) (list []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(path, "-shm") {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			list = append(list, path+" "+info.ModTime().String())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// A page of the database is overwritten: the desk does not open in silence, and
// what the other pages hold is saved.
func TestDamagedPagesAreToldAndSurvived(t *testing.T) {
	dir, _ := closedDesk(t)
	path := filepath.Join(dir, "casebinder.db")
	whole := read(t, path)
	pages := len(whole) / 4096
	saved := 0
	for page := 1; page < pages; page += max(1, pages/12) {
		hurt := slices.Clone(whole)
		for i := range 4096 {
			hurt[page*4096+i] = byte(i * 7)
		}
		rewrite(t, path, string(hurt))
		d, err := desk.Open(t.Context(), dir, options())
		if err == nil {
			closed(t, d, nil)
			t.Errorf("with page %d damaged it opens in silence", page+1)
			continue
		}
		if report := checked(t, dir, false); report.Sound {
			t.Errorf("with page %d damaged it is called sound", page+1)
		}
		to := filepath.Join(t.TempDir(), "new")
		report, err := desk.Repair(t.Context(), dir, to, options(), nil)
		if err != nil {
			t.Errorf("page %d: %v", page+1, err)
			continue
		}
		if report.Rows > 0 {
			saved++
		}
		d, err = desk.Open(t.Context(), to, options())
		closed(t, d, err)
	}
	if saved == 0 {
		t.Error("no repair saved a row")
	}
}

func TestWeeklyCheckIsTold(t *testing.T) {
	dir, files := closedDesk(t)
	if err := os.Remove(inVault(dir, files[0].SHA256)); err != nil {
		t.Fatal(err)
	}
	o := options()
	o.CheckAfter = 1
	d, err := desk.Open(t.Context(), dir, o)
	if err != nil {
		t.Fatal(err)
	}
	told := make(chan data.ChangeEvent, 16)
	defer d.Subscribe(func(e data.ChangeEvent) { told <- e })()
	if len(d.Alarms()) == 0 {
		select {
		case e := <-told:
			if e.Action != desk.AlarmEvent {
				t.Errorf("told of %s", e.Action)
			}
		case <-time.After(time.Minute):
			t.Fatal("nothing was told")
		}
	}
	if alarms := d.Alarms(); len(alarms) != 1 || alarms[0].Rule != "check.weekly" {
		t.Errorf("alarms: %v", alarms)
	}
	last, found, err := d.LastCheck()
	if err != nil || !found || last.Sound {
		t.Errorf("the last check: %+v, %v, %v", last, found, err)
	}
	closed(t, d, nil)
}

func TestBrokenSettingFallsBackAndIsTold(t *testing.T) {
	dir, _ := closedDesk(t)
	statement(t, dir, "INSERT INTO setting (key, value) VALUES ('reply.signature', '{\"a\": ['), ('numbers', '{\"n\": \"x\"}')")
	d, err := desk.Open(t.Context(), dir, options())
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, d, nil)
	numbers := struct{ N int }{N: 7}
	if found, err := d.Setting(t.Context(), "numbers", &numbers); found || err != nil || numbers.N != 7 {
		t.Errorf("%v, %v, %+v", found, err, numbers)
	}
	var text string
	if found, err := d.Setting(t.Context(), "reply.signature", &text); found || err != nil {
		t.Errorf("%v, %v", found, err)
	}
	// The settings were written by another program, which a page's sum tells, too.
	if rules := foundRules(d.Alarms()); !slices.Equal(rules, []string{"database.altered", "setting.unreadable"}) {
		t.Errorf("alarms: %v", rules)
	}
	if err := d.PutSetting(t.Context(), "reply.signature", "Ana"); err != nil {
		t.Fatal(err)
	}
	if found, err := d.Setting(t.Context(), "reply.signature", &text); !found || err != nil || text != "Ana" {
		t.Errorf("set again: %v, %v, %q", found, err, text)
	}
}

// TestAlteredPageIsToldAndNotCopied changes a letter of a buyer's name in the
// file: the database contradicts nothing, and yet it is not what was written.
func TestAlteredPageIsToldAndNotCopied(t *testing.T) {
	dir, _ := closedDesk(t)
	path := filepath.Join(dir, "casebinder.db")
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	altered := strings.ReplaceAll(string(file), "Bob", "Rob")
	if altered == string(file) {
		t.Fatal("the name is not in the file")
	}
	rewrite(t, path, altered)
	d, err := desk.Open(t.Context(), dir, options())
	if err != nil {
		t.Fatal(err)
	}
	if rules := foundRules(d.Alarms()); !slices.Contains(rules, "database.altered") {
		t.Errorf("it opens in silence: %v", rules)
	}
	report, err := d.Check(t.Context(), false, nil)
	if err != nil || report.Sound || !slices.Contains(foundRules(report.Findings), "database.sums") {
		t.Errorf("the check finds %v, %v", report.Findings, err)
	}
	out := t.TempDir()
	if _, err := d.Backup(t.Context(), out, nil); !errors.Is(err, data.ErrDamaged) {
		t.Errorf("a backup: %v", err)
	}
	if left, err := os.ReadDir(out); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
	if _, left, err := d.BackupWithout(t.Context(), out, nil); err != nil || !slices.Contains(foundRules(left), "database.altered") {
		t.Errorf("a backup all the same: %v, %v", left, err)
	}
	closed(t, d, nil)
	to := filepath.Join(t.TempDir(), "new")
	if _, err := desk.Repair(t.Context(), dir, to, options(), nil); err != nil {
		t.Fatal(err)
	}
	if report := checked(t, to, true); !report.Sound {
		t.Errorf("the new desk: %v", report.Findings)
	}
}
