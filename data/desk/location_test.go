package desk

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"casebinder/data"
)

func TestSyncedFoldersAreRefused(t *testing.T) {
	root := t.TempDir()
	for _, c := range []struct {
		dir     string
		service string
	}{
		{"OneDrive - Lantern Ltd/desk", "OneDrive"},
		{"Dropbox/a/b", "Dropbox"},
		{"Dropbox (Team)/desk", "Dropbox"},
		{"Google Drive/desk", "Google Drive"},
		{"Library/Mobile Documents/desk", "iCloud Drive"},
		{"坚果云/店铺", "坚果云"},
		{"百度网盘同步空间/desk", "百度网盘"},
		{"Nextcloud/desk", "Nextcloud"},
		{"Boxes/desk", ""},
		{"my drivers/desk", ""},
		{"desk", ""},
	} {
		if got := syncService(filepath.Join(root, filepath.FromSlash(c.dir))); got != c.service {
			t.Errorf("%s: got %q, want %q", c.dir, got, c.service)
		}
	}
	_, err := Open(context.Background(), filepath.Join(root, "Dropbox", "desk"), Options{})
	if !errors.Is(err, data.ErrRefused) {
		t.Errorf("opening a desk in Dropbox: %v", err)
	}
	if _, err := os.Stat(filepath.Join(root, "Dropbox")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the refused folder was made: %v", err)
	}
}

func TestSyncMarkersAreFoundAbove(t *testing.T) {
	root := t.TempDir()
	if err := os.Mkdir(filepath.Join(root, ".stfolder"), 0o755); err != nil {
		t.Fatal(err)
	}
	if got := syncService(filepath.Join(root, "shop", "desk")); got != "Syncthing" {
		t.Errorf("got %q, want Syncthing", got)
	}
}

func TestOneDriveIsKnownByItsVariable(t *testing.T) {
	root := t.TempDir()
	t.Setenv("OneDrive", root)
	if got := syncService(filepath.Join(root, "desk")); got != "OneDrive" {
		t.Errorf("got %q, want OneDrive", got)
	}
	if got := syncService(root + "-not"); got != "" {
		t.Errorf("beside OneDrive: got %q, want none", got)
	}
}

// TestCompiledCodeLeavesTheDesksParent moves the code of an older version away from
// beside the desks of Windows, and nothing else.
func TestCompiledCodeLeavesTheDesksParent(t *testing.T) {
	cache := t.TempDir()
	desk, old := filepath.Join(cache, "Casebinder", "Desk"), filepath.Join(cache, "Casebinder", "wazero-v1-amd64-windows")
	for _, dir := range []string{desk, old} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "file"), []byte(dir), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got := codeDirIn(cache, "windows")
	if want := filepath.Join(cache, "Casebinder", "Cache"); got != want {
		t.Fatalf("got %s, want %s", got, want)
	}
	if text, err := os.ReadFile(filepath.Join(got, "wazero-v1-amd64-windows", "file")); err != nil || string(text) != old {
		t.Errorf("the code was not moved: %q, %v", text, err)
	}
	if text, err := os.ReadFile(filepath.Join(desk, "file")); err != nil || string(text) != desk {
		t.Errorf("the desk was touched: %q, %v", text, err)
	}
	if again := codeDirIn(cache, "windows"); again != got {
		t.Errorf("the second time it is %s", again)
	}
	if got := codeDirIn(cache, "linux"); got != filepath.Join(cache, "casebinder") {
		t.Errorf("elsewhere it is %s", got)
	}
}

func TestAPortableDeskLiesBesideTheProgram(t *testing.T) {
	dir := t.TempDir()
	if _, portable := portableIn(dir); portable {
		t.Error("nothing asks for it")
	}
	if err := os.WriteFile(filepath.Join(dir, "portable.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got, portable := portableIn(dir); !portable || got != filepath.Join(dir, "Desk") {
		t.Errorf("%s, %v", got, portable)
	}
}
