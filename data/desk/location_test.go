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
