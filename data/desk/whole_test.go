package desk_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
)

// openTo lists what other accounts may reach below a folder.
func openTo(t *testing.T, dir string) (list []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			list = append(list, path+" "+info.Mode().String())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func closed(t *testing.T, d *desk.Desk, err error) {
	t.Helper()
	if err == nil {
		err = d.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestDesksAreForTheirOwnersAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("rights are inherited there from the account's own folder")
	}
	old := unpacked(t, filepath.Join("testdata", "kept", "schema-2-desk.zip"))
	if err := os.Chmod(old, 0o755); err != nil {
		t.Fatal(err)
	}
	if len(openTo(t, old)) < 3 {
		t.Fatal("the old desk is closed: the test tests nothing")
	}
	d, err := desk.Open(t.Context(), old, options())
	closed(t, d, err)
	if list := openTo(t, old); len(list) > 0 {
		t.Errorf("an old desk is open to others: %v", list)
	}

	dir := filepath.Join(t.TempDir(), "new")
	d, err = desk.Open(t.Context(), dir, options())
	if err != nil {
		t.Fatal(err)
	}
	file := write(t, "orders.csv", shopify+shopifyRow("#1", "Ana"))
	if _, err := d.Import(t.Context(), desk.ImportRequest{Path: file, Shop: data.Shop{Name: "L"}}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := d.SigningKey(t.Context()); err != nil {
		t.Fatal(err)
	}
	report, err := d.AddOrderEvidence(t.Context(), orderID(t, d, "#1"), []desk.EvidenceFile{{Path: file}}, nil)
	if err != nil || len(report.Added) != 1 {
		t.Fatal(report, err)
	}
	out := t.TempDir()
	backup, err := d.Backup(t.Context(), out, nil)
	if err != nil {
		t.Fatal(err)
	}
	closed(t, d, nil)
	back := filepath.Join(t.TempDir(), "back")
	if err := desk.Restore(t.Context(), back, backup, nil); err != nil {
		t.Fatal(err)
	}
	for _, place := range []string{dir, backup, back} {
		if list := openTo(t, place); len(list) > 0 {
			t.Errorf("open to others: %v", list)
		}
	}
}

func TestLostDatabaseIsTold(t *testing.T) {
	for name, lose := range map[string]func(path string) error{
		"missing": os.Remove,
		"empty":   func(path string) error { return os.Truncate(path, 0) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "desk")
			d, err := desk.Open(t.Context(), dir, options()) // without evidence: the database is all there is
			closed(t, d, err)
			database := filepath.Join(dir, "casebinder.db")
			if err := lose(database); err != nil {
				t.Fatal(err)
			}
			before, _ := os.Stat(database)
			d, err = desk.Open(t.Context(), dir, options())
			if err == nil {
				closed(t, d, nil)
			}
			if !errors.Is(err, data.ErrDamaged) {
				t.Fatalf("a desk without its database was opened: %v", err)
			}
			after, _ := os.Stat(database)
			if (before == nil) != (after == nil) || after != nil && after.Size() > 0 {
				t.Error("a new database was made")
			}
		})
	}
}

func TestLeftoversAreSwept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "desk [1]")
	d, err := desk.Open(t.Context(), dir, options())
	closed(t, d, err)
	for _, name := range []string{
		".backup-1/casebinder.db", ".new-7", ".casebinder-search-9", "vault/.incoming/add-3", "cache/view-8/scan.txt", "cache/copy-4",
		"backups/casebinder-schema1-x.backup.db.partial",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte("x"), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	beside := filepath.Join(filepath.Dir(dir), ".casebinder-restore-5")
	if err := os.MkdirAll(filepath.Join(beside, "vault"), 0o700); err != nil {
		t.Fatal(err)
	}
	d, err = desk.Open(t.Context(), dir, options())
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			if text, err := os.ReadFile(path); err == nil && string(text) == "x" {
				t.Errorf("%s was left", path)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	backup, err := d.Backup(t.Context(), t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	closed(t, d, nil)
	if err := desk.Restore(t.Context(), filepath.Join(filepath.Dir(dir), "other"), backup, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(beside); err == nil {
		t.Error("a restore that was killed is still there")
	}
}

// TestBundleIsRecordedAtTheNextStart puts a desk into the state in which a kill
// leaves it between the names of a bundle's files and its record.
func TestBundleIsRecordedAtTheNextStart(t *testing.T) {
	for _, unnamed := range []int{0, 1} { // how many files have not got their names yet
		d, dispute, _ := bindable(t)
		out := t.TempDir()
		report := exported(t, d, desk.BundleRequest{DisputeID: dispute.ID, Dir: out, Language: "en"})
		work := filepath.Join(out, ".work-1.part")
		if err := os.Mkdir(work, 0o700); err != nil {
			t.Fatal(err)
		}
		if unnamed > 0 {
			if err := os.Rename(report.PDFPath, filepath.Join(work, filepath.Base(report.PDFPath))); err != nil {
				t.Fatal(err)
			}
		}
		s := report.Submission
		s.UID, s.Version = "00000000-0000-7000-8000-000000000001", s.Version+1 // as if it were the next
		note, err := json.Marshal(map[string]any{
			"parts": work, "work": work, "bundle": s, "dispute": dispute.ID,
			"targets": []map[string]string{{"path": report.BagPath, "sha256": s.BagSHA256}, {"path": report.PDFPath, "sha256": s.PDFSHA256}},
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(os.MkdirAll(filepath.Join(d.Dir(), "pending"), 0o700), os.WriteFile(filepath.Join(d.Dir(), "pending", "1.json"), note, 0o600)); err != nil {
			t.Fatal(err)
		}
		again := reopened(t, d)
		view, err := again.Case(t.Context(), dispute.ID)
		if err != nil || len(view.Submissions) != 2 || view.Submissions[1].UID != s.UID {
			t.Errorf("%d unnamed: %d bundles are recorded, %v", unnamed, len(view.Submissions), err)
		}
		for _, path := range []string{report.BagPath, report.PDFPath} {
			if _, err := os.Stat(path); err != nil {
				t.Error(err)
			}
		}
		for _, path := range []string{work, filepath.Join(again.Dir(), "pending", "1.json")} {
			if _, err := os.Stat(path); err == nil {
				t.Errorf("%s was left", path)
			}
		}
	}
}

// reopened copies a desk that is open, and opens the copy as after a kill.
func reopened(t *testing.T, d *desk.Desk) *desk.Desk {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "copy")
	if err := os.CopyFS(dir, os.DirFS(d.Dir())); err != nil {
		t.Fatal(err)
	}
	again, err := desk.Open(t.Context(), dir, options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = again.Close() })
	if err := os.RemoveAll(filepath.Join(d.Dir(), "pending")); err != nil {
		t.Fatal(err)
	}
	return again
}
