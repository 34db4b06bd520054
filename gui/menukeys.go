package gui

import (
	"runtime"
	"slices"
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
	jobs map[*fyne.MenuItem]string        // the kind of work that a line begins
	off  map[*fyne.MenuItem]func() string // why a line cannot be used now; "" where it can

	wrote [][]string // the words of each menu as they were written last, without keys
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
func newMenuLines(main *fyne.MainMenu, jobs map[*fyne.MenuItem]string, off map[*fyne.MenuItem]func() string) *menuLines {
	m := &menuLines{main: main, says: map[*fyne.MenuItem]string{}, keys: map[*fyne.MenuItem]string{}, jobs: jobs, off: off, wrote: make([][]string, len(main.Items))}
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

// write puts words and keys into the lines, the keys of a menu below each other, and
// reports whether that changed any.
func (m *menuLines) write(running func(kind string) bool) (changed bool) {
	for item, kind := range m.jobs {
		item.Disabled = running(kind)
	}
	for item, off := range m.off {
		item.Disabled = off() != ""
	}
	for i, menu := range m.main.Items {
		texts, keys := make([]string, len(menu.Items)), make([]string, len(menu.Items))
		for k, item := range menu.Items {
			texts[k], keys[k] = m.words(item), m.keys[item]
		}
		if slices.Equal(texts, m.wrote[i]) {
			continue // each row that is chosen asks, and the keys take measuring
		}
		m.wrote[i], changed = texts, true
		for k, line := range kit.KeyLines(texts, keys) {
			menu.Items[k].Label = line
		}
	}
	return changed
}

// words are what a line says before its keys.
func (m *menuLines) words(item *fyne.MenuItem) string {
	if kind := m.jobs[item]; kind != "" && item.Disabled {
		return words.T("menu.running."+kind, "what", m.says[item])
	}
	if off := m.off[item]; off != nil && item.Disabled {
		return words.T("action.off", "what", m.says[item], "why", off())
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
	if a.lines != nil && a.lines.write(a.ui.Jobs.Running) {
		a.window.MainMenu().Refresh()
	}
}

// where is a line of the menus that is gray, and says why, where off tells a reason; its
// keys say it too.
func (a *app) where(key string, letter fyne.KeyName, off func() string, do func()) *fyne.MenuItem {
	item := a.item(key, letter, func() {
		kit.Action{Text: words.T(key), Off: off, Do: do}.Press(a.ui)
	})
	a.offLines[item] = off
	return item
}

// noSave is why there is nothing to save.
func (a *app) noSave() string { return offUnless(a.ui.SheetOpen(), "off.no_sheet") }

// noOrder is why no order can be written about.
func (a *app) noOrder() string { return offUnless(a.orderInView().ID != 0, "off.pick_order") }

// noNew is why the tab in view makes nothing by hand.
func (a *app) noNew() string {
	switch a.current {
	case "buyers":
		return words.T("off.buyers_come")
	case "account":
		return offUnless(a.account.Chosen(), "off.pick_number")
	}
	return ""
}

// noExport is why there is nothing of which a bundle could be made: those are made of a
// dispute, or of the complaint about a feedback that was received.
func (a *app) noExport() string {
	if a.screen() == nil {
		return words.T("off.pick_case")
	}
	to, _, _ := a.screen().Proof()
	return offUnless(to.DisputeID != 0 || to.FeedbackID != 0, "off.pick_case")
}

func offUnless(can bool, why string) string {
	if can {
		return ""
	}
	return words.T(why)
}

// writeOrder offers what can be written down of the order in view, wherever that is.
func (a *app) writeOrder() {
	id := a.orderInView().ID
	if a.current != "orders" {
		a.show("orders")
		a.orders.WriteOf(id)
		return
	}
	a.orders.WriteDown()
}
