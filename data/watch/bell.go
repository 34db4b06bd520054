package watch

import (
	"fmt"

	"github.com/fsnotify/fsnotify"
)

// bellDirs is how many folders one bell listens to; systems allow a few thousand
// in all.
const bellDirs = 500

// A Bell rings when the system says that something changed in a folder. Network
// drives say nothing: whoever listens looks from time to time as well.
type Bell struct {
	watcher *fsnotify.Watcher
	rings   chan struct{}
	ended   chan struct{}
	dirs    map[string]bool
}

// NewBell makes a bell that listens to nothing yet.
func NewBell() (*Bell, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("asking the system for changes of files: %w", err)
	}
	b := &Bell{watcher: w, rings: make(chan struct{}, 1), ended: make(chan struct{}), dirs: map[string]bool{}}
	go b.listen()
	return b, nil
}

// Rings holds one when something changed since it was last taken.
func (b *Bell) Rings() <-chan struct{} { return b.rings }

// Follow listens to these folders and to no others, and reports whether the system
// tells of all of them.
func (b *Bell) Follow(dirs []string) bool {
	wanted, all := map[string]bool{}, true
	for i, dir := range dirs {
		if i >= bellDirs {
			all = false
			break
		}
		wanted[dir] = true
		if !b.dirs[dir] {
			if err := b.watcher.Add(dir); err != nil {
				all = false // it is looked at from time to time
				continue
			}
			b.dirs[dir] = true
		}
	}
	for dir := range b.dirs {
		if !wanted[dir] {
			_ = b.watcher.Remove(dir) // one that is gone is no longer listened to
			delete(b.dirs, dir)
		}
	}
	return all
}

// Close ends it.
func (b *Bell) Close() error {
	err := b.watcher.Close()
	<-b.ended
	return err
}

func (b *Bell) listen() {
	defer close(b.ended)
	for {
		select {
		case _, ok := <-b.watcher.Events:
			if !ok {
				return
			}
		case _, ok := <-b.watcher.Errors: // events that were lost: a look finds what they told of
			if !ok {
				return
			}
		}
		select {
		case b.rings <- struct{}{}:
		default:
		}
	}
}
