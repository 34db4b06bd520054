//go:build unix

package desk_test

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"casebinder/data"
	"casebinder/data/desk"
)

// nobody is an account that may write nowhere in the test's folders.
const nobody = 65534

// TestReadOnlyFolders opens a folder that cannot be written, one below such a
// folder, and desks of each schema whose folders were made read only. Root may write
// everywhere, so under root the test is run once more by nobody.
func TestReadOnlyFolders(t *testing.T) {
	if root := os.Getenv("DESK_TEST_READONLY"); root != "" {
		refusedBelow(t, root)
		return
	}
	root := readOnlyFolders(t)
	if os.Geteuid() != 0 {
		refusedBelow(t, root)
		return
	}
	program := filepath.Join(t.TempDir(), "desk.test")
	own, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	body, err := os.ReadFile(own)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(program, body, 0o755); err != nil {
		t.Fatal(err)
	}
	openToAll(t, filepath.Dir(program))
	child := exec.Command(program, "-test.run=^TestReadOnlyFolders$", "-test.v")
	child.Dir = root
	child.Env = append(os.Environ(), "DESK_TEST_READONLY="+root)
	child.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	out, err := child.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: TestReadOnlyFolders") {
		t.Errorf("%v\n%s", err, out)
	}
}

// readOnlyFolders makes an empty folder, one with a desk and one with a desk of
// the first schema, all read only.
func readOnlyFolders(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	if err := os.Mkdir(filepath.Join(root, "empty"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, kept := range map[string]string{"desk": "schema-2-desk.zip", "old": "schema-1c-desk.zip"} {
		if err := os.Rename(unpacked(t, filepath.Join("testdata", "kept", kept)), filepath.Join(root, name)); err != nil {
			t.Fatal(err)
		}
	}
	d, err := desk.Open(t.Context(), filepath.Join(root, "desk"), options()) // brings it up to date
	closed(t, d, err)
	var folders []string
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			folders = append(folders, path)
			return nil
		}
		return errors.Join(err, os.Chmod(path, 0o444))
	})
	for _, path := range folders {
		err = errors.Join(err, os.Chmod(path, 0o555))
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, path := range folders {
			if err := os.Chmod(path, 0o755); err != nil {
				t.Error(err)
			}
		}
	})
	openToAll(t, filepath.Dir(root))
	return root
}

// openToAll lets others pass through the test's own folders above dir.
func openToAll(t *testing.T, dir string) {
	t.Helper()
	for up := dir; up != filepath.Clean(os.TempDir()) && up != "/"; up = filepath.Dir(up) {
		if err := os.Chmod(up, 0o755); err != nil {
			t.Fatal(err)
		}
	}
}

func refusedBelow(t *testing.T, root string) {
	t.Helper()
	for _, name := range []string{"desk", "old"} {
		readBelow(t, filepath.Join(root, name))
	}
	for _, name := range []string{"empty", "empty/below"} {
		dir := filepath.Join(root, filepath.FromSlash(name))
		d, err := desk.Open(t.Context(), dir, options())
		if err == nil {
			t.Errorf("%s was opened", name)
			_ = d.Close()
			continue
		}
		if !errors.Is(err, data.ErrReadOnly) || !strings.Contains(err.Error(), dir) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// readBelow reads a desk that cannot be written, and changes it in vain.
func readBelow(t *testing.T, dir string) {
	t.Helper()
	d, err := desk.Open(t.Context(), dir, options())
	if err != nil {
		t.Errorf("%s: %v", dir, err)
		return
	}
	defer closed(t, d, nil)
	if !d.ReadOnly() {
		t.Errorf("%s can be written", dir)
	}
	view, err := d.Order(t.Context(), orderID(t, d, "12-34567-00001"))
	if err != nil {
		t.Errorf("%s: %v", dir, err)
	}
	dispute, err := d.FindDispute(t.Context(), "5012345678")
	if err != nil {
		t.Fatal(err)
	}
	full, err := d.Case(t.Context(), dispute.ID)
	if err != nil || len(full.Evidence) != 2 {
		t.Fatalf("%s: %d files, %v", dir, len(full.Evidence), err)
	}
	if path, err := d.EvidenceCopy(t.Context(), full.Evidence[0].ID); err != nil || len(read(t, path)) == 0 {
		t.Errorf("%s: a copy for a viewer: %v", dir, err)
	}
	if report, err := d.Check(t.Context(), true, nil); err != nil || !report.Sound {
		t.Errorf("%s: %v, %v", dir, report.Findings, err)
	}
	refusals := map[string]error{
		"a note":    d.SetOrderNote(t.Context(), view.Order.ID, "x"),
		"a setting": d.PutSetting(t.Context(), "k", 1),
	}
	_, refusals["evidence"] = d.AddOrderEvidence(t.Context(), view.Order.ID, []desk.EvidenceFile{{Name: "a.txt", Bytes: []byte("a")}}, nil)
	_, refusals["a bundle"] = d.ExportBundle(t.Context(), desk.BundleRequest{DisputeID: dispute.ID, Dir: t.TempDir(), Language: "en"}, nil)
	_, refusals["a backup"] = d.Backup(t.Context(), t.TempDir(), nil)
	_, refusals["a key"] = d.SigningKey(t.Context())
	for what, err := range refusals {
		if _, plain := data.AsProblem(err); !plain || !errors.Is(err, data.ErrReadOnly) {
			t.Errorf("%s: %s: %v", dir, what, err)
		}
	}
}
