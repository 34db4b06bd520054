package gui

import (
	"time"

	"fyne.io/fyne/v2"

	"casebinder/gui/kit"
)

// tracePace is how often the trace looks whether a named control has moved.
const tracePace = 100 * time.Millisecond

// How often the main goroutine is asked how long it lets others wait, and how often
// the longest wait is told.
const (
	waitPace = 20 * time.Millisecond
	waitTold = time.Second
)

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
	kit.Forever(func() { traceWaits(done) })
}

// traceWaits writes for how long the main goroutine was busy at most, drawing included:
// so long nothing moves in the window.
func traceWaits(done <-chan struct{}) {
	tick := time.NewTicker(waitPace)
	defer tick.Stop()
	longest, told := time.Duration(0), time.Now() // of the main goroutine
	for {
		select {
		case <-done:
			return
		case <-tick.C:
			asked := time.Now()
			fyne.Do(func() {
				now := time.Now()
				longest = max(longest, now.Sub(asked))
				if now.Sub(told) >= waitTold {
					kit.Event("waited", "ms", longest.Milliseconds())
					longest, told = 0, now
				}
			})
		}
	}
}
