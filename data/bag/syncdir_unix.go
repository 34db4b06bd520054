//go:build !windows

package bag

import (
	"errors"
	"syscall"
)

// SyncDir makes a rename in a folder durable.
func SyncDir(dir string) error {
	fd, err := syscall.Open(dir, syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
	if err != nil {
		return nil // not every file system lets a folder be opened; the file itself is synced
	}
	defer func() { _ = syscall.Close(fd) }()
	if err := syscall.Fsync(fd); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, syscall.ENOTSUP) {
		return err
	}
	return nil
}
