package bundle

import (
	"sync"
	"weak"

	"casebinder/assets"
	"casebinder/data/pdf"
)

// fontsInUse are shared by bundles that are made at a time or soon after each
// other, as previews are. They take some ten megabytes: between bundles they may
// go.
var fontsInUse struct {
	mu sync.Mutex
	at weak.Pointer[pdf.Fonts]
}

func sharedFonts() *pdf.Fonts {
	fontsInUse.mu.Lock()
	defer fontsInUse.mu.Unlock()
	if f := fontsInUse.at.Value(); f != nil {
		return f
	}
	f := pdf.NotoFonts(assets.FS)
	fontsInUse.at = weak.Make(f)
	return f
}
