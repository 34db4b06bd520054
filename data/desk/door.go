package desk

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"casebinder/data/watch"
)

// doorName is a folder of the desk: who is refused the desk knocks there, with a file,
// and whoever has it takes the file away and shows itself.
const doorName = "door"

// knockWait is how long who knocks waits to be heard.
const knockWait = 3 * time.Second

func knockFile(dir string) string { return filepath.Join(dir, doorName, "knock") }

// Knock asks the window that has a desk to show itself, and reports whether it was
// heard. A desk that nobody has, or one in use by a command, hears nothing.
func Knock(ctx context.Context, dir string) bool {
	if _, err := os.Stat(filepath.Join(dir, doorName)); err != nil {
		return false // no window ever had it
	}
	l := flock.New(filepath.Join(dir, lockName), flock.SetFlag(os.O_RDONLY))
	if !held(l) {
		return false
	}
	bell, err := watch.NewBell()
	if err != nil {
		return false
	}
	defer bell.Close() //nolint:errcheck // nothing is lost with it
	bell.Follow([]string{filepath.Join(dir, doorName)})
	if err := os.WriteFile(knockFile(dir), nil, ownFile); err != nil {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, knockWait)
	defer cancel()
	for {
		if _, err := os.Stat(knockFile(dir)); errors.Is(err, os.ErrNotExist) {
			return held(l) // who closed it takes the knock away, too
		}
		select {
		case <-ctx.Done():
			_ = os.Remove(knockFile(dir)) // or the next window would answer it
			return false
		case <-bell.Rings():
		}
	}
}

// held reports whether somebody has the desk.
func held(l *flock.Flock) bool {
	free, err := l.TryRLock()
	_ = l.Unlock() // it was held to look, for no time
	return err == nil && !free
}

// OnKnock calls show whenever somebody knocks, on a goroutine of its own, until the
// desk is closed. Show calls heard when the window is there: one that is about to close
// never does, and who knocked opens the desk after it. It makes a folder and asks the system to be told of it: call it beside
// the main goroutine. A desk that can be read alone has no door.
func (d *Desk) OnKnock(show func(heard func())) {
	if d.readOnly {
		return
	}
	door := filepath.Join(d.dir, doorName)
	_ = os.Remove(knockFile(d.dir)) // nobody waits for that one any more
	bell, err := bellAt(door)
	if err != nil {
		slog.Warn("a second start will not find this window", "error", err)
		return
	}
	d.behind.Go(func() {
		defer bell.Close() //nolint:errcheck // nothing is lost with it
		for {
			select {
			case <-d.life.Done():
				return
			case <-bell.Rings():
				if _, err := os.Stat(knockFile(d.dir)); err == nil {
					show(d.answer)
				}
			}
		}
	})
}

// answer takes a knock away, which is the answer to it.
func (d *Desk) answer() { _ = os.Remove(knockFile(d.dir)) }

// bellAt makes the door and hangs a bell on it.
func bellAt(door string) (*watch.Bell, error) {
	if err := os.MkdirAll(door, 0o700); err != nil {
		return nil, fmt.Errorf("making the door of the desk: %w", err)
	}
	bell, err := watch.NewBell()
	if err != nil {
		return nil, err
	}
	if !bell.Follow([]string{door}) {
		return nil, errors.Join(errors.New("the system does not tell of changes in "+door), bell.Close())
	}
	return bell, nil
}
