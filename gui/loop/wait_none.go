//go:build ci || !cgo

package loop

import "time"

// The driver of tests has no loop and no events, and a program without C has no window.
func wait(time.Duration) {}
func wake()              {}
