//go:build !cgo

package main

import (
	"context"
	"fmt"
	"io"
)

// openWindow says that this build has no window: the window needs cgo.
func openWindow(_ context.Context, _ *call, stderr io.Writer) int {
	fmt.Fprintf(stderr, "casebinder: this build has no window, only commands\n\n%s", usage)
	return exitUsage
}
