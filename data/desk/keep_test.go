package desk_test

import (
	"archive/zip"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
)

var keep = flag.Bool("keep", false, "write a desk and a backup of the newest schema into testdata/kept")

// TestNewestSchemaIsKept asks that a desk and a backup of the newest schema are
// among those that were kept. When a migration has landed, make them with
//
//	go test ./data/desk -run Newest -keep
func TestNewestSchemaIsKept(t *testing.T) {
	migrations, err := filepath.Glob(filepath.Join("..", "store", "migrations", "*.sql"))
	if err != nil {
		t.Fatal(err)
	}
	kept := filepath.Join("testdata", "kept", fmt.Sprintf("schema-%d-", len(migrations)))
	if *keep {
		keepDesk(t, kept)
	}
	for _, kind := range []string{"desk", "backup"} {
		if _, err := os.Stat(kept + kind + ".zip"); err != nil {
			t.Errorf("schema %d has no %s here yet; make it: go test ./data/desk -run Newest -keep", len(migrations), kind)
		}
	}
}

// keepDesk makes the desk that wantKept asks for.
func keepDesk(t *testing.T, kept string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "desk")
	d, err := desk.Open(t.Context(), dir, options())
	if err != nil {
		t.Fatal(err)
	}
	r := desk.ImportRequest{Path: filepath.Join("testdata", "kept", "ebay.csv"), Shop: data.Shop{Name: "Lantern"}}
	if _, err := d.Import(t.Context(), r, nil); err != nil {
		t.Fatal(err)
	}
	dispute, err := d.OpenDispute(t.Context(), desk.NewDispute{OrderID: orderID(t, d, "12-34567-00001"), Reason: data.ReasonNotReceived, CaseNumber: "5012345678"})
	if err != nil {
		t.Fatal(err)
	}
	report, err := d.AddEvidence(t.Context(), dispute.ID, []desk.EvidenceFile{
		{Name: "scans.txt", Bytes: []byte("2025-07-30 Delivered, Madrid 28013\n"), Kind: data.KindTracking},
		{Name: "chat.txt", Bytes: []byte("Buyer: where is my lantern?\n"), Kind: data.KindMessage},
	}, nil)
	if err != nil || len(report.Added) != 2 {
		t.Fatal(report, err)
	}
	exported(t, d, desk.BundleRequest{DisputeID: dispute.ID, Language: "en"})
	backup, err := d.Backup(t.Context(), t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	closed(t, d, nil)
	if err := errors.Join(os.WriteFile(kept+"backup.zip", read(t, backup), 0o644), packed(dir, kept+"desk.zip")); err != nil {
		t.Fatal(err)
	}
}

// packed packs a desk's database and evidence; its key stays out.
func packed(dir, path string) (err error) {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	archive := zip.NewWriter(file)
	err = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		rel, bad := filepath.Rel(dir, path)
		if err != nil || bad != nil || entry.IsDir() || rel != "casebinder.db" && !strings.HasPrefix(rel, "vault") {
			return errors.Join(err, bad)
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		w, err := archive.Create(filepath.ToSlash(rel))
		if err == nil {
			_, err = w.Write(content)
		}
		return err
	})
	return errors.Join(err, archive.Close(), file.Close())
}
