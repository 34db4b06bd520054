package settings

import (
	"runtime/debug"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

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
	parts := []fyne.CanvasObject{
		kit.Prose(words.T("about.text", "version", e.frame.Version)),
		container.NewHBox(kit.NewButton("about.licenses", words.T("about.licenses"), e.licenses)),
		kit.Section(words.T("about.modules")), kit.Prose(strings.Join(modules, "\n")),
	}
	e.UI.Open(kit.Sheet{
		Name: "about", Title: "Casebinder " + e.frame.Version, Width: 620, Height: 460,
		Body: container.NewVScroll(kit.Dense(kit.Stacked(look.Gap, parts...))), Cancel: words.T("do.close"),
	})
}

// licenseColumns is how many letters of a license stand on one line: a list breaks none.
const licenseColumns = 100

// licenses shows the licenses of all that the program carries, as their authors wrote
// them. They are a list of lines, because a text of that length takes seconds to lay out.
func (e *Room) licenses() {
	text, err := assets.FS.ReadFile("licenses/THIRD-PARTY.txt")
	if err != nil {
		e.UI.Problem(err)
		return
	}
	lines := brokenLines(string(text), licenseColumns)
	list := widget.NewList(func() int { return len(lines) },
		func() fyne.CanvasObject {
			line := kit.NewText("", kit.Plain, look.Small, false) // a label has the air of a paragraph around each line
			return container.New(layout.NewCustomPaddedLayout(0, 0, look.Gap, look.Gap), line)
		},
		func(i widget.ListItemID, o fyne.CanvasObject) {
			line := o.(*fyne.Container).Objects[0].(*canvas.Text)
			line.Text = lines[i]
			line.Refresh()
		})
	list.HideSeparators = true
	kit.Trace("licenses.text", list)
	e.UI.Open(kit.Sheet{
		Name: "licenses", Title: strings.TrimSuffix(words.T("about.licenses"), "…"), Width: 860, Height: 560,
		Body: kit.Dense(list), Cancel: words.T("do.close"),
	})
}

// brokenLines breaks a text into lines of so many letters at most, at spaces where
// there are any.
func brokenLines(text string, most int) (lines []string) {
	for line := range strings.Lines(text) {
		rest := []rune(strings.TrimRight(line, "\r\n"))
		for len(rest) > most {
			at := most
			for i := most; i > most/2; i-- {
				if rest[i] == ' ' {
					at = i
					break
				}
			}
			lines = append(lines, string(rest[:at]))
			rest = []rune(strings.TrimLeft(string(rest[at:]), " "))
		}
		lines = append(lines, string(rest))
	}
	return lines
}
