package desk_test

import (
	"os"
	"path/filepath"
	"testing"

	"casebinder/data/desk"
)

// seedBags are a backup and what is left of it when it is cut off.
func seedBags(f *testing.F) {
	f.Helper()
	whole, err := os.ReadFile(filepath.Join("testdata", "kept", "schema-2-backup.zip"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add([]byte("PK\x05\x06" + string(make([]byte, 18))))
}

// FuzzRestore restores from bytes of anybody: there is a desk that opens, or
// nothing.
func FuzzRestore(f *testing.F) {
	seedBags(f)
	f.Fuzz(func(t *testing.T, file []byte) {
		root := t.TempDir()
		path, dir := filepath.Join(root, "b.zip"), filepath.Join(root, "desk")
		if err := os.WriteFile(path, file, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := desk.Restore(t.Context(), dir, path, nil); err != nil {
			if left, err := os.ReadDir(root); err != nil || len(left) != 1 {
				t.Fatalf("it left %v, %v", left, err)
			}
			return
		}
		d, err := desk.Open(t.Context(), dir, options())
		closed(t, d, err)
	})
}

// FuzzVerify verifies whole bags of anybody.
func FuzzVerify(f *testing.F) {
	seedBags(f)
	f.Fuzz(func(t *testing.T, file []byte) {
		path := filepath.Join(t.TempDir(), "b.zip")
		if err := os.WriteFile(path, file, 0o600); err != nil {
			t.Fatal(err)
		}
		report, err := desk.Verify(t.Context(), desk.VerifyRequest{Path: path}, nil)
		if err == nil && report.Intact && len(file) < 100 {
			t.Fatalf("%d bytes are an intact bag", len(file))
		}
	})
}
