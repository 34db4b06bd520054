package gui

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

// about says which version this is, and whose work it is built on.
func (a *app) about() {
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
		kit.Prose(words.T("about.text", "version", a.starter.options.Desk.Version)),
		kit.Section(words.T("about.modules")), kit.Prose(strings.Join(modules, "\n")),
		kit.Section(words.T("about.fonts")), kit.Prose(license),
	}
	a.ui.Open(kit.Sheet{
		Name: "about", Title: "Casebinder " + a.starter.options.Desk.Version, Width: 620, Height: 460,
		Body: container.NewVScroll(kit.Dense(kit.Stacked(look.Gap, parts...))), Cancel: words.T("do.close"),
	})
}
