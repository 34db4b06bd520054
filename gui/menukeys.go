package gui

import (
	"runtime"
	"sort"
	"strings"

	"fyne.io/fyne/v2"

	"casebinder/gui/look"
	"casebinder/gui/words"
)

// menuLines holds what the lines of the menus say: their words, the keys that do the
// same, and where a line is gray because its work runs already, that it does.
type menuLines struct {
	main *fyne.MainMenu
	says map[*fyne.MenuItem]string
	keys map[*fyne.MenuItem]string
	jobs map[*fyne.MenuItem]string // the kind of work that a line begins
}

// menuShortcut is a shortcut that the toolkit obeys and does not draw: it would draw
// its keys in a fifth of the ink, which nobody can read.
type menuShortcut struct{ fyne.Shortcut }

// keysText are the keys of a shortcut as a person reads them.
func keysText(s fyne.KeyboardShortcut) string {
	var b strings.Builder
	for _, mod := range []struct {
		is   fyne.KeyModifier
		text string
	}{{fyne.KeyModifierControl, "Ctrl+"}, {fyne.KeyModifierAlt, "Alt+"}, {fyne.KeyModifierShift, "Shift+"}, {fyne.KeyModifierSuper, "Super+"}} {
		if s.Mod()&mod.is != 0 {
			b.WriteString(mod.text)
		}
	}
	if s.Key() == fyne.KeyReturn {
		return b.String() + "Enter"
	}
	return b.String() + string(s.Key())
}

// newMenuLines takes the shortcuts out of the lines of menus and puts their keys into
// the words. On a Mac the system draws the menus, and draws them well.
func newMenuLines(main *fyne.MainMenu, jobs map[*fyne.MenuItem]string) *menuLines {
	m := &menuLines{main: main, says: map[*fyne.MenuItem]string{}, keys: map[*fyne.MenuItem]string{}, jobs: jobs}
	for _, menu := range main.Items {
		for _, item := range menu.Items {
			m.says[item] = item.Label
			if s, ok := item.Shortcut.(fyne.KeyboardShortcut); ok && runtime.GOOS != "darwin" {
				m.keys[item] = keysText(s)
				item.Shortcut = menuShortcut{item.Shortcut}
			}
		}
	}
	return m
}

// say changes the words of a line.
func (m *menuLines) say(item *fyne.MenuItem, text string) { m.says[item] = text }

// write puts words and keys into the lines, the keys of a menu below each other.
func (m *menuLines) write(running func(kind string) bool) {
	for item, kind := range m.jobs {
		item.Disabled = running(kind)
	}
	const gap = 24
	for _, menu := range m.main.Items {
		wide, keys := float32(0), float32(0)
		for _, item := range menu.Items {
			wide, keys = max(wide, lineWidth(m.words(item))), max(keys, lineWidth(m.keys[item]))
		}
		for _, item := range menu.Items {
			if item.Label = m.words(item); m.keys[item] != "" {
				item.Label = spaced(item.Label, m.keys[item], wide+gap+keys)
			}
		}
	}
}

// words are what a line says before its keys.
func (m *menuLines) words(item *fyne.MenuItem) string {
	if kind := m.jobs[item]; kind != "" && item.Disabled {
		return words.T("menu.running."+kind, "what", m.says[item])
	}
	return m.says[item]
}

func lineWidth(text string) float32 {
	return fyne.MeasureText(text, look.Text, fyne.TextStyle{}).Width
}

// spaced puts as many spaces between words and keys as make a line of a width: they
// are measured in their place, as after some signs the face has wider ones.
func spaced(text, keys string, width float32) string {
	line := func(n int) string { return text + strings.Repeat(" ", n) + keys }
	const most = 300
	return line(max(sort.Search(most, func(n int) bool { return lineWidth(line(n+1)) > width }), 2))
}

// begins notes that a line of the menus begins work of a kind, so that it is gray
// while such work runs.
func (a *app) begins(kind string, item *fyne.MenuItem) *fyne.MenuItem {
	a.jobLines[item] = kind
	return item
}

// drawMenu has the menus say anew what can be done now.
func (a *app) drawMenu() {
	if a.lines != nil {
		a.lines.write(a.ui.Jobs.Running)
		a.window.MainMenu().Refresh()
	}
}
