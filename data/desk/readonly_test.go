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

// TestReadOnlyFolderIsRefused opens a folder that cannot be written, one below
// such a folder, and a desk whose folder was made read only. Root may write
// everywhere, so under root the test is run once more by nobody.
func TestReadOnlyFolderIsRefused(t *testing.T) {
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
	child := exec.Command(program, "-test.run=^TestReadOnlyFolderIsRefused$", "-test.v")
	child.Dir = root
	child.Env = append(os.Environ(), "DESK_TEST_READONLY="+root)
	child.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	out, err := child.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: TestReadOnlyFolderIsRefused") {
		t.Errorf("%v\n%s", err, out)
	}
}

// readOnlyFolders makes an empty folder and one with a desk, both read only.
func readOnlyFolders(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	if err := os.Mkdir(filepath.Join(root, "empty"), 0o755); err != nil {
		t.Fatal(err)
	}
	d, err := desk.Open(t.Context(), filepath.Join(root, "desk"), options())
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
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
	for _, name := range []string{"empty", "empty/below", "desk"} {
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
