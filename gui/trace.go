package gui

import (
	"time"

	"fyne.io/fyne/v2"

	"casebinder/gui/kit"
)

// tracePace is how often the trace looks whether a named control has moved.
const tracePace = 100 * time.Millisecond

// traceControls writes the places of named controls until done is closed. The
// trace is for testers outside of the program; without one this does nothing.
func traceControls(window fyne.Window, done <-chan struct{}) {
	if !kit.Tracing() {
		return
	}
	kit.Forever(func() {
		tick := time.NewTicker(tracePace)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				fyne.Do(func() { kit.TraceControls(window.Canvas()) })
			}
		}
	})
}

// tellBusy writes for how long the main goroutine was busy at most, drawing included: so
// long nothing moves in the window.
func tellBusy(longest time.Duration) { kit.Event("waited", "ms", longest.Milliseconds()) }
