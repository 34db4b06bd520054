package desk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"casebinder/data"
)

var (
	problemNetwork = data.DefineProblem("desk_on_network", data.ErrRefused,
		"The folder {dir} lies on a network drive ({kind}). A live desk there can be damaged when the connection drops.",
		"Choose a folder on this computer's own disk. Backups may go to the network drive.")
	problemSynced = data.DefineProblem("desk_in_synced_folder", data.ErrRefused,
		"The folder {dir} is synchronized by {service}, which copies the desk while it is being written and can damage it.",
		"Choose a folder outside of {service}. Backups may go into the synchronized folder.")
	problemNoHome = data.DefineProblem("desk_no_home", data.ErrNotFound,
		"This account has no home folder in which a desk could live.",
		"Name a folder with --desk.")
)

// DefaultDir is where a desk lives when nothing else is said:
// %LOCALAPPDATA%\Casebinder\Desk on Windows (which OneDrive leaves alone),
// ~/Library/Application Support/Casebinder/Desk on macOS,
// $XDG_DATA_HOME/casebinder/desk or ~/.local/share/casebinder/desk elsewhere. A program
// that has its desk beside itself takes that one.
func DefaultDir() (string, error) {
	if dir, portable := PortableDir(); portable {
		return dir, nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", problemNoHome.Wrap(err)
	}
	switch runtime.GOOS {
	case "windows":
		if local := os.Getenv("LOCALAPPDATA"); local != "" {
			return filepath.Join(local, "Casebinder", "Desk"), nil
		}
		return filepath.Join(home, "AppData", "Local", "Casebinder", "Desk"), nil
	case "darwin":
		return filepath.Join(home, "Library", "Application Support", "Casebinder", "Desk"), nil
	}
	if share := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(share) {
		return filepath.Join(share, "casebinder", "desk"), nil
	}
	return filepath.Join(home, ".local", "share", "casebinder", "desk"), nil
}

// portableMark is the file that lets a program keep its desk beside itself, on a
// memory stick for one.
const portableMark = "portable.txt"

// PortableDir is the folder Desk beside the program, where a file portable.txt lies
// beside it too.
func PortableDir() (dir string, portable bool) {
	self, err := os.Executable()
	if err != nil {
		return "", false
	}
	return portableIn(filepath.Dir(self))
}

func portableIn(dir string) (string, bool) {
	info, err := os.Stat(filepath.Join(dir, portableMark))
	return filepath.Join(dir, "Desk"), err == nil && info.Mode().IsRegular()
}

// CodeDir is where compiled code is kept for all desks, or "" where each keeps its own:
// for a program that has its desk beside itself, and where an account has no place for it.
func CodeDir() string {
	if _, portable := PortableDir(); portable {
		return ""
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return codeDirIn(cache, runtime.GOOS)
}

// codeDirIn is the folder below a system's place for caches. On Windows desks live in
// that place too, so that it is a folder beside them; once it was the one
// above them, from where what lies there is moved.
func codeDirIn(cache, system string) string {
	if system != "windows" {
		return filepath.Join(cache, "casebinder")
	}
	dir := filepath.Join(cache, "Casebinder", "Cache")
	old, err := filepath.Glob(filepath.Join(cache, "Casebinder", "wazero-*"))
	if err != nil || len(old) == 0 {
		return dir
	}
	if os.MkdirAll(dir, 0o700) == nil {
		for _, from := range old {
			if os.Rename(from, filepath.Join(dir, filepath.Base(from))) != nil {
				os.RemoveAll(from) //nolint:errcheck // it is there already, or in use: what stays is compiled code alone
			}
		}
	}
	return dir
}

// Exists reports whether a folder holds a desk.
func Exists(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, databaseName))
	return err == nil && info.Mode().IsRegular()
}

// checkLocation refuses a folder in which SQLite's locks or write order cannot
// be relied on.
func checkLocation(dir string) error {
	if kind := networkKind(nearestExisting(dir)); kind != "" {
		return problemNetwork.New("dir", dir, "kind", kind)
	}
	if service := syncService(dir); service != "" {
		return problemSynced.New("dir", dir, "service", service)
	}
	return nil
}

// nearestExisting is dir or the closest folder above it that is there.
func nearestExisting(dir string) string {
	for {
		if _, err := os.Stat(dir); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return dir
		}
		dir = parent
	}
}

// syncFolders are the names, in lower case, that synchronizing services give
// to their folders, or begin them with.
var syncFolders = []struct{ prefix, service string }{
	{"onedrive", "OneDrive"},
	{"dropbox", "Dropbox"},
	{"google drive", "Google Drive"},
	{"googledrive", "Google Drive"},
	{"my drive", "Google Drive"},
	{"mobile documents", "iCloud Drive"},
	{"icloud drive", "iCloud Drive"},
	{"iclouddrive", "iCloud Drive"},
	{"cloudstorage", "a cloud service"}, // macOS: ~/Library/CloudStorage
	{"nextcloud", "Nextcloud"},
	{"owncloud", "ownCloud"},
	{"box sync", "Box"},
	{"nutstore", "Nutstore"},
	{"坚果云", "坚果云"},
	{"我的坚果云", "坚果云"},
	{"baidusyncdisk", "百度网盘"},
	{"百度网盘同步空间", "百度网盘"},
	{"baidunetdisk", "百度网盘"},
	{"wps云盘", "WPS 云盘"},
	{"wpsdrive", "WPS 云盘"},
	{"yandex.disk", "Yandex Disk"},
	{"pclouddrive", "pCloud"},
	{"megasync", "MEGA"},
}

// syncMarkers are files that a synchronizing service leaves in its top folder.
var syncMarkers = []struct{ name, service string }{
	{".dropbox", "Dropbox"},
	{".dropbox.cache", "Dropbox"},
	{".stfolder", "Syncthing"},
	{".owncloudsync.log", "ownCloud"},
	{".nextcloudsync.log", "Nextcloud"},
	{".sync", "Resilio Sync"},
}

// syncService names the service that synchronizes a folder, or "".
func syncService(dir string) string {
	for _, name := range []string{"OneDrive", "OneDriveCommercial", "OneDriveConsumer"} {
		if root := os.Getenv(name); root != "" && within(dir, root) {
			return "OneDrive"
		}
	}
	for at := filepath.Clean(dir); ; at = filepath.Dir(at) {
		base := strings.ToLower(filepath.Base(at))
		for _, folder := range syncFolders {
			if base == folder.prefix || strings.HasPrefix(base, folder.prefix+" ") || strings.HasPrefix(base, folder.prefix+"-") {
				return folder.service
			}
		}
		for _, marker := range syncMarkers {
			if _, err := os.Lstat(filepath.Join(at, marker.name)); err == nil {
				return marker.service
			}
		}
		if filepath.Dir(at) == at {
			return ""
		}
	}
}

// within reports whether dir is root or lies under it.
func within(dir, root string) bool {
	rel, err := filepath.Rel(root, dir)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

var problemLost = data.DefineProblem("desk_database_lost", data.ErrDamaged,
	"The folder {dir} holds the parts of a desk ({parts}), but its database {name} is {state}.",
	"Do not work on here. Put {name} back, or restore the newest backup into another folder. “casebinder repair” saves the evidence that is left.")

// refuseLost refuses a folder in which a desk was and has no database any more:
// a new one beside a full vault would hide the loss.
func refuseLost(dir string) error {
	state := "empty"
	info, err := os.Stat(filepath.Join(dir, databaseName))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		state = "missing"
	case err != nil || info.Size() > 0:
		return nil // opening it says what is wrong
	}
	parts := partsOf(dir)
	if len(parts) == 0 {
		return nil
	}
	return problemLost.New("dir", dir, "parts", strings.Join(parts, ", "), "name", databaseName, "state", state)
}

// partsOf lists what a desk has beside its database, and gets only after it.
func partsOf(dir string) (parts []string) {
	for _, name := range []string{vaultName, keyName, backupName} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			parts = append(parts, name)
		}
	}
	return parts
}

// Known reports whether a folder holds a desk, or parts of one that lost its
// database.
func Known(dir string) bool { return Exists(dir) || refuseLost(dir) != nil }

var problemPlace = data.DefineProblem("place_missing", data.ErrNotFound,
	"There is no folder {folder}.", "Check the path, or make that folder first.")

// CheckPlace refuses the path of a file or folder that is to be made where the folder
// that it would lie in is not there.
func CheckPlace(path string) error {
	if err := data.CheckPath(path); err != nil {
		return err
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return fmt.Errorf("finding the folder: %w", err)
	}
	folder := filepath.Dir(path)
	switch there, err := os.Stat(folder); {
	case errors.Is(err, fs.ErrNotExist), err == nil && !there.IsDir():
		return problemPlace.New("folder", folder)
	case err != nil:
		return fmt.Errorf("looking at %s: %w", folder, err)
	}
	return nil
}
