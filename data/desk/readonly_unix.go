//go:build unix

package desk

import (
	"errors"

	"golang.org/x/sys/unix"
)

// isReadOnlyFS reports whether an error says that the file system is read only.
func isReadOnlyFS(err error) bool { return errors.Is(err, unix.EROFS) }
