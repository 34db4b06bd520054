package desk

import (
	"errors"

	"golang.org/x/sys/windows"
)

// isReadOnlyFS reports whether an error says that the medium is read only.
func isReadOnlyFS(err error) bool { return errors.Is(err, windows.ERROR_WRITE_PROTECT) }
