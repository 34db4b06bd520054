package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"casebinder/data"
)

var (
	problemBusy = data.DefineProblem("desk_in_use", data.ErrBusy,
		"This desk is open in another Casebinder: {operator} on {host}, since {since} (process {pid}).",
		"Close it there, or open another desk.")
	problemReadOnly = data.DefineProblem("desk_read_only", data.ErrReadOnly,
		"The folder {dir} cannot be written.",
		"Take away its write protection, or choose another folder with --desk.")
)

// lockName is the file that the system holds for whoever has the desk.
const lockName = "casebinder.lock"

// lock keeps a desk for one instance. The lock file is held by the system and
// let go with the process, however it ends; who holds it stands in a second
// file, as Windows lets nobody read a locked one.
type lock struct {
	file  *flock.Flock
	owner string
}

// owner is what the second instance is told about the first.
type owner struct {
	Operator string    `json:"operator"`
	Host     string    `json:"host"`
	PID      int       `json:"pid"`
	Since    time.Time `json:"since"`
}

func takeLock(dir, operator string, now time.Time) (*lock, error) {
	if err := tryWriting(dir); err != nil {
		return nil, err
	}
	l := &lock{file: flock.New(filepath.Join(dir, lockName)), owner: filepath.Join(dir, "owner.json")}
	if err := l.take(); err != nil {
		return nil, err
	}
	host, err := os.Hostname()
	if err != nil {
		host = "?" // only words for a person; the lock does not need it
	}
	text, err := json.Marshal(owner{Operator: operator, Host: host, PID: os.Getpid(), Since: now.UTC()})
	if err == nil {
		err = os.WriteFile(l.owner, text, ownFile)
	}
	if err != nil {
		return nil, errors.Join(unwritable(dir, fmt.Errorf("saying who has the desk: %w", err)), l.file.Unlock())
	}
	return l, nil
}

// looked is how long a lock that is taken is tried again: who knocks at a desk holds it
// for an instant to look.
const looked = 250 * time.Millisecond

// take takes the lock, or says who has it.
func (l *lock) take() error {
	ctx, cancel := context.WithTimeout(context.Background(), looked)
	defer cancel()
	held, err := l.file.TryLockContext(ctx, looked/10)
	switch {
	case held:
		return nil
	case err == nil, errors.Is(err, context.DeadlineExceeded):
		return busy(l.owner)
	}
	return unwritable(filepath.Dir(l.owner), fmt.Errorf("locking the desk: %w", err))
}

// readLock makes sure that nobody writes a desk that this account can only read.
// One without a lock file has never been opened since it was put there.
func readLock(dir string) (*lock, error) {
	path := filepath.Join(dir, lockName)
	if _, err := os.Stat(path); err != nil {
		return nil, nil
	}
	l := &lock{file: flock.New(path, flock.SetFlag(os.O_RDONLY))}
	held, err := l.file.TryRLock()
	if err != nil {
		return nil, nil //nolint:nilerr // a medium that knows no locks has no writers either
	}
	if !held {
		return nil, busy(filepath.Join(dir, "owner.json"))
	}
	return l, nil
}

// unwritable turns the error of a folder that cannot be written into the
// Problem that says so, and gives any other error as it is.
func unwritable(dir string, err error) error {
	if errors.Is(err, fs.ErrPermission) || data.IsReadOnlyDisk(err) {
		return problemReadOnly.Wrap(err, "dir", dir)
	}
	return err
}

// busy says who has the desk, as far as it can be read.
func busy(path string) error {
	who := owner{Operator: "?", Host: "?"}
	text, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(text, &who)
	}
	since := "?"
	if !who.Since.IsZero() {
		since = who.Since.Local().Format("2006-01-02 15:04")
	}
	return problemBusy.Wrap(err, "operator", who.Operator, "host", who.Host, "since", since, "pid", who.PID)
}

func (l *lock) release() error {
	if l == nil {
		return nil
	}
	if l.owner == "" { // it is shared: who has the desk stands nowhere
		return l.file.Unlock()
	}
	err := os.Remove(l.owner)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return errors.Join(err, l.file.Unlock())
}

// tryWriting makes sure that files can be made in a folder. A lock file that is
// there can be locked all the same.
func tryWriting(dir string) error {
	file, err := os.CreateTemp(dir, ".new-*")
	if err != nil {
		return unwritable(dir, fmt.Errorf("opening the desk: %w", err))
	}
	return errors.Join(file.Close(), os.Remove(file.Name()))
}
