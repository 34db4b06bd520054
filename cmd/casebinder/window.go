//go:build cgo

package main

import (
	"context"
	"fmt"
	"io"

	"casebinder/gui"
)

// openWindow opens the window on the desk, or on a bundle alone, and returns when it is
// closed.
func openWindow(ctx context.Context, c *call, stderr io.Writer) int {
	o := gui.Options{DeskDir: c.desk, Desk: deskOptions(c.operator)}
	if len(c.files) > 0 {
		o.Verify = c.files[0]
	}
	if err := gui.Run(ctx, o); err != nil {
		fmt.Fprintf(stderr, "casebinder: %s\n", err)
		return exitFailed
	}
	return exitDone
}
