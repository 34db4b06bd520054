package look

import (
	"fyne.io/fyne/v2"

	"casebinder/assets"
)

// The window's faces hold every script that buyers write, so that text looks the
// same on every machine. Marks that Chinese draws as wide as a character (“ × …)
// are left to the toolkit's Latin font, and rare Chinese characters to the
// system's fonts.
var (
	regular fyne.Resource = &fyne.StaticResource{StaticName: "CasebinderWindow-Regular.otf", StaticContent: assets.WindowRegular}
	bold    fyne.Resource = &fyne.StaticResource{StaticName: "CasebinderWindow-Bold.otf", StaticContent: assets.WindowBold}
)
