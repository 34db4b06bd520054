//go:build !windows

package native

import "fyne.io/fyne/v2"

// Introduce does nothing: these systems know the program by its package.
func Introduce() {}

// Handle is nil: on these systems a dialog belongs to no window.
func Handle(fyne.Window) any { return nil }

// Fit does nothing: what manages windows on these systems keeps them on the screen.
func Fit(fyne.Window) {}

// PlacesCaret tells whether PlaceCaret does anything: where a caret is costs a walk over
// the window.
const PlacesCaret = false

// PlaceCaret does nothing: these systems ask the toolkit where the caret is, or have no way
// to be told.
func PlaceCaret(fyne.Window, fyne.Position, float32) {}

// Notify shows a notification.
func Notify(program fyne.App, _ fyne.Window, title, text string) {
	program.SendNotification(fyne.NewNotification(title, text))
}
