//go:build !windows

package gui

import (
	"net/url"

	"fyne.io/fyne/v2"
)

// openInSystem opens a file or a folder in the program that the system has for it.
func openInSystem(program fyne.App, path string) error {
	return program.OpenURL(&url.URL{Scheme: "file", Path: path})
}

// mayComeForward does nothing: these systems ask nobody.
func mayComeForward() {}

// restoreWindow does nothing: the toolkit's own way does here.
func restoreWindow(fyne.Window) {}
