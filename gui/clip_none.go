//go:build !cgo && !windows

package gui

// clipboardPicture finds nothing: pictures on the clipboard need cgo here.
func clipboardPicture() []byte { return nil }
