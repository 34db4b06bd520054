//go:build cgo

package main

import (
	"context"
	"fmt"
	"io"

	"casebinder/gui"
)

// openWindow opens the window on the desk, and returns when it is closed.
func openWindow(ctx context.Context, c *call, stderr io.Writer) int {
	if err := gui.Run(ctx, gui.Options{DeskDir: c.desk, Desk: deskOptions(c.operator)}); err != nil {
		fmt.Fprintf(stderr, "casebinder: %s\n", err)
		return exitFailed
	}
	return exitDone
}
