//go:build ci

package loop

import "time"

// The toolkit's driver of tests has no loop and no events.
func wait(time.Duration) {}
func wake()              {}
