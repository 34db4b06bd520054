package pdf

import (
	"io/fs"
	"sync"
	"weak"
)

var sharedFonts struct {
	mu   sync.Mutex
	from fs.FS
	at   weak.Pointer[Fonts]
}

// SharedNotoFonts gives [NotoFonts] of a file system, the same to documents that
// are made at a time or soon after each other, as previews are. They take some
// ten megabytes: between documents they may go.
func SharedNotoFonts(fsys fs.FS) *Fonts {
	sharedFonts.mu.Lock()
	defer sharedFonts.mu.Unlock()
	if f := sharedFonts.at.Value(); f != nil && sharedFonts.from == fsys {
		return f
	}
	f := NotoFonts(fsys)
	sharedFonts.from, sharedFonts.at = fsys, weak.Make(f)
	return f
}
