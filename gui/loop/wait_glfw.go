//go:build cgo && !ci

package loop

import (
	"time"

	"github.com/go-gl/glfw/v3.4/glfw"
)

// wait handles the events that come, and returns after the first of them, or after limit.
func wait(limit time.Duration) { glfw.WaitEventsTimeout(limit.Seconds()) }

// wake ends a wait. It may be called on each goroutine.
func wake() { glfw.PostEmptyEvent() }
