//go:build cgo || windows

package gui

import "golang.design/x/clipboard"

// clipboardPicture reads a picture from the system's clipboard as PNG; nil
// when there is none. Fyne's clipboard knows text alone. Without a display the
// library fails to begin, and there is no picture.
func clipboardPicture() []byte {
	if clipboard.Init() != nil {
		return nil
	}
	return clipboard.Read(clipboard.FmtImage)
}
