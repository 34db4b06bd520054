package desk_test

import (
	"archive/zip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casebinder/data/desk"
)

// The folder testdata/kept holds a desk and a backup of each schema that ever
// landed, as the program of that day wrote them: three orders, a dispute with
// two files, and a bundle. Schema 1 grew in place for a while: 1a to 1g.

// keptFiles lists the old desks or backups.
func keptFiles(t *testing.T, kind string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "kept", "schema-*-"+kind+".zip"))
	if err != nil || len(files) < 8 {
		t.Fatalf("%d old %ss, %v", len(files), kind, err)
	}
	return files
}

// unpacked unfolds a desk that was kept.
func unpacked(t *testing.T, file string) string {
	t.Helper()
	archive, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	dir := filepath.Join(t.TempDir(), "desk")
	if err := os.CopyFS(dir, archive); err != nil {
		t.Fatal(err)
	}
	return dir
}

// wantKept asks for what each old desk holds, through what a screen asks.
func wantKept(t *testing.T, dir string) {
	t.Helper()
	d, err := desk.Open(t.Context(), dir, options())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}()
	for _, number := range []string{"12-34567-00001", "12-34567-00002", "12-34567-00003"} {
		view, err := d.Order(t.Context(), orderID(t, d, number))
		if err != nil || view.Order.Shop.Name != "Lantern" {
			t.Errorf("order %s: %v", number, err)
		}
	}
	found, err := d.Search(t.Context(), "Солнечный")
	if err != nil || len(found.Orders) != 1 {
		t.Errorf("search: %d orders, %v", len(found.Orders), err)
	}
	dispute, err := d.FindDispute(t.Context(), "5012345678")
	if err != nil {
		t.Fatal(err)
	}
	view, err := d.Case(t.Context(), dispute.ID)
	if err != nil || len(view.Evidence) != 2 || len(view.Submissions) != 1 {
		t.Fatalf("%d files, %d bundles, %v", len(view.Evidence), len(view.Submissions), err)
	}
	report, err := d.ExportBundle(t.Context(), desk.BundleRequest{DisputeID: dispute.ID, Dir: t.TempDir(), Language: "en", Profile: "plain"}, nil)
	if err != nil || report.Submission.Version != 2 {
		t.Errorf("bundle %d: %v", report.Submission.Version, err)
	}
}

func TestDesksOfEachSchemaOpen(t *testing.T) {
	for _, file := range keptFiles(t, "desk") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			dir := unpacked(t, file)
			wantKept(t, dir)
			copies, err := filepath.Glob(filepath.Join(dir, "backups", "casebinder-schema*.backup.db"))
			if err != nil || len(copies) > 1 {
				t.Errorf("copies before the migration: %v, %v", copies, err)
			}
			if head := read(t, filepath.Join(dir, "casebinder.db"))[:100]; head[20] != 8 {
				t.Errorf("its pages have room for %d bytes of sums", head[20])
			}
			if report := checked(t, dir, true); !report.Sound {
				t.Errorf("afterwards: %v", report.Findings)
			}
			if strings.Contains(file, "schema-1-") && len(copies) != 1 {
				t.Error("no copy was made before the migration")
			}
		})
	}
}

func TestBackupsOfEachSchemaAreRestored(t *testing.T) {
	for _, file := range keptFiles(t, "backup") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "far", "desk")
			if err := desk.Restore(t.Context(), dir, file, nil); err != nil {
				t.Fatal(err)
			}
			left, err := os.ReadDir(filepath.Dir(dir))
			if err != nil || len(left) != 1 {
				t.Errorf("beside the desk: %v, %v", left, err)
			}
			wantKept(t, dir)
		})
	}
}
