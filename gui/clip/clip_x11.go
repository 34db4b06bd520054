//go:build cgo && !windows && !darwin

package clip

import (
	"context"
	"sync"

	"golang.design/x/clipboard"
)

// begun connects to the display once.
var begun = sync.OnceValue(clipboard.Init)

// read asks the program that holds the clipboard. Without a display there is nothing
// to read.
func read(ctx context.Context) (Content, error) {
	if begun() != nil {
		return Content{}, nil
	}
	if files := filesIn(string(clipboard.Read(clipboard.FmtText))); len(files) > 0 {
		return Content{Files: files}, nil
	}
	png, err := choose(ctx, []offer{{func() ([]byte, error) { return clipboard.Read(clipboard.FmtImage), nil }, decodeFile}})
	return Content{Picture: png}, err
}
