package bag

import (
	"errors"
	"syscall"
)

// Error codes of winerror.h.
const (
	errorWriteProtect   = syscall.Errno(19)
	errorHandleDiskFull = syscall.Errno(39)
	errorDiskFull       = syscall.Errno(112)
)

func isFull(err error) bool {
	return errors.Is(err, errorDiskFull) || errors.Is(err, errorHandleDiskFull)
}

func isReadOnly(err error) bool { return errors.Is(err, errorWriteProtect) }

// SyncDir does nothing: Windows cannot sync a folder, and NTFS journals renames.
func SyncDir(string) error { return nil }
