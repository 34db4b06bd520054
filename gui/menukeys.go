package gui

import (
	"runtime"
	"strings"

	"fyne.io/fyne/v2"

	"casebinder/gui/kit"
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
	for _, menu := range m.main.Items {
		texts, keys := make([]string, len(menu.Items)), make([]string, len(menu.Items))
		for i, item := range menu.Items {
			texts[i], keys[i] = m.words(item), m.keys[item]
		}
		for i, line := range kit.KeyLines(texts, keys) {
			menu.Items[i].Label = line
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
