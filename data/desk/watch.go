package desk

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"casebinder/data"
	"casebinder/data/store"
	"casebinder/data/watch"
)

// watchSetting holds the watched folders.
const watchSetting = "watch.folders"

const (
	maxWatched = 12
	lookEvery  = time.Minute            // network drives tell nothing of their changes
	lookPause  = 700 * time.Millisecond // after an event: a burst is one look
)

var (
	problemWatchDir = data.DefineProblem("watch_folder", data.ErrInvalid,
		"{folder} is not a folder that can be read.", "Choose a folder that is there, and connect its drive first where it lies on one.")
	problemWatchOwn = data.DefineProblem("watch_own", data.ErrRefused,
		"{folder} is, or lies in, the folder of this desk.", "Choose the folder into which pictures and downloads come.")
	problemWatchWithin = data.DefineProblem("watch_within", data.ErrRefused,
		"{folder} and {other}, which is watched, lie one in the other.", "Stop watching {other} first, or leave it as it is: folders below are watched too.")
	problemWatchMany = data.DefineProblem("watch_many", data.ErrLimit,
		"{n} folders are already watched, which is the limit.", "Stop watching one of them first.")
)

// watching is what a desk knows of its watched folders since it was opened.
type watching struct {
	once    sync.Once
	poke    chan struct{}
	look    sync.Mutex // one look at a time
	mu      sync.Mutex
	lookers map[string]*watch.Looker
	status  map[string]FolderStatus
}

// FolderStatus is a watched folder as the last look found it.
type FolderStatus struct {
	data.WatchFolder
	Looked  time.Time    // zero: not yet
	Missing error        // why it could not be looked at; nil: it could
	Files   int          // in it
	Moving  int          // still being written
	Passed  watch.Passed // left alone
	Silent  bool         // the system tells nothing of its changes: it is looked at every minute
	Before  int          // files that were there before watching began, and are not offered
	dirs    []string
}

// WatchedFolders gives the folders that are watched, as the last look found them.
func (d *Desk) WatchedFolders(ctx context.Context) ([]FolderStatus, error) {
	folders, err := d.watchFolders(ctx)
	if err != nil {
		return nil, err
	}
	var all []FolderStatus
	for _, f := range folders {
		d.watching.mu.Lock()
		s := d.watching.status[f.Path]
		d.watching.mu.Unlock()
		s.WatchFolder = f
		if s.Before, err = d.store.CountFoundBefore(ctx, below(f.Path)); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

func (d *Desk) watchFolders(ctx context.Context) ([]data.WatchFolder, error) {
	var folders []data.WatchFolder
	_, err := d.Setting(ctx, watchSetting, &folders)
	return folders, err
}

// below is how the paths of a folder's files begin.
func below(dir string) string {
	return strings.TrimSuffix(dir, string(filepath.Separator)) + string(filepath.Separator)
}

// WatchFolder begins to watch a folder, or changes what is looked for in it. What is
// there already is noted and not offered; OfferPresent offers it.
func (d *Desk) WatchFolder(ctx context.Context, f data.WatchFolder) error {
	path, err := d.watchable(f.Path)
	if err != nil {
		return err
	}
	f.Path = path
	folders, err := d.watchFolders(ctx)
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(folders, func(o data.WatchFolder) bool { return o.Path == path }); i >= 0 {
		f.Since = folders[i].Since
		folders[i] = f
		return d.putWatched(ctx, folders)
	}
	if len(folders) >= maxWatched {
		return problemWatchMany.New("n", len(folders))
	}
	for _, o := range folders {
		if within(path, o.Path) || within(o.Path, path) {
			return problemWatchWithin.New("folder", path, "other", o.Path)
		}
	}
	f.Since = d.now().UTC()
	if err := d.notePresent(ctx, path); err != nil {
		return err
	}
	return d.putWatched(ctx, append(folders, f))
}

// watchable gives the real path of a folder that may be watched.
func (d *Desk) watchable(path string) (string, error) {
	real, err := filepath.Abs(path)
	if err == nil {
		real, err = filepath.EvalSymlinks(real)
	}
	if err != nil {
		return "", problemWatchDir.Wrap(err, "folder", path)
	}
	entries, err := os.Open(real)
	if err == nil {
		var info os.FileInfo
		if info, err = entries.Stat(); err == nil && !info.IsDir() {
			err = errors.New("not a folder")
		}
		err = errors.Join(err, entries.Close())
	}
	if err != nil {
		return "", problemWatchDir.Wrap(err, "folder", path)
	}
	if within(real, d.realDir()) {
		return "", problemWatchOwn.New("folder", real)
	}
	return real, nil
}

func (d *Desk) realDir() string {
	if real, err := filepath.EvalSymlinks(d.dir); err == nil {
		return real
	}
	return d.dir
}

// UnwatchFolder stops watching a folder. Its files that wait are offered no longer.
func (d *Desk) UnwatchFolder(ctx context.Context, path string) error {
	folders, err := d.watchFolders(ctx)
	if err != nil {
		return err
	}
	folders = slices.DeleteFunc(folders, func(f data.WatchFolder) bool { return f.Path == path })
	d.watching.look.Lock()
	defer d.watching.look.Unlock()
	d.watching.mu.Lock()
	delete(d.watching.lookers, path)
	delete(d.watching.status, path)
	d.watching.mu.Unlock()
	put, err := settingStep(watchSetting, folders)
	if err != nil {
		return err
	}
	return d.record(ctx, together(put, func(_ context.Context, tx *store.Tx) (deed, error) {
		return foundDeed("found.drop", path, nil), tx.DropFound(below(path))
	}))
}

func (d *Desk) putWatched(ctx context.Context, folders []data.WatchFolder) error {
	if err := d.PutSetting(ctx, watchSetting, folders); err != nil {
		return err
	}
	d.lookSoon()
	return nil
}

// foundDeed is what the program notes of found files by itself.
func foundDeed(action, key string, after any) deed {
	return deed{Change: data.Change{Action: action, Entity: data.EntityFound, Key: key, After: after}, effect: data.EffectMany, rows: manyOf(data.EntityFound)}
}

// lookSoon wakes the watch, where it runs.
func (d *Desk) lookSoon() {
	select {
	case d.watching.poke <- struct{}{}:
	default:
	}
}

// KeepWatching looks at the watched folders from now on, when the system tells of a
// change and from time to time, until the desk is closed. It returns at once; called
// again it does nothing. What is found is told as an event of data.EntityFound.
func (d *Desk) KeepWatching() {
	if d.readOnly {
		return
	}
	d.watching.once.Do(func() { d.behind.Go(d.watchOn) })
}

func (d *Desk) watchOn() {
	bell, err := watch.NewBell()
	var rings <-chan struct{}
	if err != nil {
		slog.Warn("watching folders", "error", err) // they are looked at from time to time
	} else {
		rings = bell.Rings()
		defer bell.Close() //nolint:errcheck // the desk is being closed
	}
	for {
		moving, err := d.LookAtFolders(d.life)
		if d.life.Err() != nil {
			return
		}
		if err != nil {
			slog.Warn("looking at watched folders", "error", err) // the next look tries again
		}
		d.follow(bell)
		wait := lookEvery
		if moving > 0 {
			wait = watch.Settle + 100*time.Millisecond
		}
		if !d.waitForChange(rings, wait) {
			return
		}
	}
}

// waitForChange waits until something may have changed; false: the desk is closed.
func (d *Desk) waitForChange(rings <-chan struct{}, most time.Duration) bool {
	timer := time.NewTimer(most)
	defer timer.Stop()
	select {
	case <-d.life.Done():
		return false
	case <-timer.C:
		return true
	case <-d.watching.poke:
		return true
	case <-rings:
	}
	pause := time.NewTimer(lookPause)
	defer pause.Stop()
	select {
	case <-d.life.Done():
		return false
	case <-pause.C:
		return true
	}
}

// follow has the bell listen to the folders that the last look went into.
func (d *Desk) follow(bell *watch.Bell) {
	d.watching.mu.Lock()
	defer d.watching.mu.Unlock()
	var dirs []string
	for _, s := range d.watching.status {
		dirs = append(dirs, s.dirs...)
	}
	heard := bell != nil && bell.Follow(dirs)
	for path, s := range d.watching.status {
		s.Silent = !heard
		d.watching.status[path] = s
	}
}
