package settings

import (
	"runtime/debug"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/assets"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// About says which version this is, and whose work it is built on.
func (e *Room) About() {
	var modules []string
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			modules = append(modules, m.Path+" "+m.Version)
		}
	}
	license := ""
	if text, err := assets.FS.ReadFile("fonts/OFL.txt"); err == nil {
		license = string(text)
	}
	parts := []fyne.CanvasObject{
		kit.Prose(words.T("about.text", "version", e.frame.Version)),
		kit.Section(words.T("about.modules")), kit.Prose(strings.Join(modules, "\n")),
		kit.Section(words.T("about.fonts")), kit.Prose(license),
	}
	e.UI.Open(kit.Sheet{
		Name: "about", Title: "Casebinder " + e.frame.Version, Width: 620, Height: 460,
		Body: container.NewVScroll(kit.Dense(kit.Stacked(look.Gap, parts...))), Cancel: words.T("do.close"),
	})
}
