package data

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"runtime"
	"syscall"
)

// What a system says no to, in words. Packages that know more say it themselves.
var (
	problemFull = DefineProblem("system_full", ErrFull,
		"There is no space left on the disk{where}.", "Free some space on that disk and try again. What was started was canceled.")
	problemDenied = DefineProblem("system_denied", ErrReadOnly,
		"The system does not allow it{where}.", "Remove the write protection, or choose another place.")
	problemDisk = DefineProblem("system_disk", ErrDamaged,
		"The disk failed while it was read or written{where}.", "Check the disk and its cable or network, make a backup to another disk, and try again.")
	problemGone = DefineProblem("system_gone", ErrNotFound,
		"A file or folder is not there{where}.", "Check the name, and whether its drive is connected.")
	problemRefusing = DefineProblem("system_refusing", ErrInvalid,
		"The system refuses it{where}.", "Close other programs that may use it, choose another place, and try again.")
)

// Plain is the last door before a person reads an error: one that the system
// gave and that nobody has explained becomes a Problem, which keeps it as its
// cause. Problems and the end of a context stay as they are.
func Plain(err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if _, done := AsProblem(err); done {
		return err
	}
	var code syscall.Errno
	if !errors.As(err, &code) {
		return err
	}
	where := ""
	if path := pathOf(err); path != "" {
		where = ": " + path
	}
	return systemKind(err, code).Wrap(err, "where", where)
}

func systemKind(err error, code syscall.Errno) *ProblemKind {
	switch {
	case IsFull(err):
		return problemFull
	case errors.Is(err, fs.ErrPermission), IsReadOnlyDisk(err):
		return problemDenied
	case errors.Is(err, fs.ErrNotExist):
		return problemGone
	case runtime.GOOS != "windows" && code == syscall.EIO:
		return problemDisk
	}
	return problemRefusing
}

// pathOf names the file that an error is about, or "".
func pathOf(err error) string {
	var at *fs.PathError
	var of *os.LinkError
	switch {
	case errors.As(err, &at):
		return at.Path
	case errors.As(err, &of):
		return of.New
	}
	return ""
}

// Error codes of Windows (winerror.h).
const (
	windowsWriteProtect   = syscall.Errno(19)
	windowsHandleDiskFull = syscall.Errno(39)
	windowsDiskFull       = syscall.Errno(112)
)

// ErrnoFull is how this system says that a disk is full.
func ErrnoFull() syscall.Errno {
	if runtime.GOOS == "windows" {
		return windowsDiskFull
	}
	return syscall.ENOSPC
}

// IsFull reports whether an error says that a disk or a quota is used up.
func IsFull(err error) bool {
	if runtime.GOOS == "windows" && errors.Is(err, windowsHandleDiskFull) {
		return true
	}
	return errors.Is(err, ErrnoFull()) || runtime.GOOS != "windows" && errors.Is(err, syscall.EDQUOT)
}

// IsReadOnlyDisk reports whether an error says that a medium or file system is read
// only.
func IsReadOnlyDisk(err error) bool {
	if runtime.GOOS == "windows" {
		return errors.Is(err, windowsWriteProtect)
	}
	return errors.Is(err, syscall.EROFS)
}
