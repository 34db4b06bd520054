package kit

import (
	"sort"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"casebinder/gui/look"
	"casebinder/gui/words"
)

// ShowMenu shows actions at a place of the window, and no tooltip beside them.
func (u *UI) ShowMenu(at fyne.Position, actions ...Action) {
	u.HideTips()
	u.newMenu(actions).ShowAtPosition(at)
}

// Offered are the actions of the menu that was shown last.
func (u *UI) Offered() []Action { return u.offered }

// MenuBelow shows a menu below what opened it.
func MenuBelow(u *UI, under fyne.CanvasObject, items ...*fyne.MenuItem) {
	u.showItems(fyne.CurrentApp().Driver().AbsolutePositionForObject(under).AddXY(0, under.Size().Height), items)
}

func (u *UI) showItems(at fyne.Position, items []*fyne.MenuItem) {
	u.HideTips()
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), u.Window.Canvas(), at)
}

func (u *UI) newMenu(actions []Action) *widget.PopUpMenu {
	u.offered = actions
	menu := widget.NewPopUpMenu(fyne.NewMenu("", MenuOf(actions)...), u.Window.Canvas())
	traceItems(actions, menu.Items)
	return menu
}

// traceItems names the lines of a menu for the trace: "order.path.item".
func traceItems(actions []Action, items []fyne.CanvasObject) {
	at := 0
	for i, a := range actions {
		if a.Rule && i > 0 {
			at++ // the line above it
		}
		if a.Name != "" && at < len(items) {
			Trace(a.Name+".item", items[at])
		}
		at++
	}
}

// MenuOf gives the lines of a menu of actions, their keys below each other.
func MenuOf(actions []Action) []*fyne.MenuItem {
	texts, keys := make([]string, len(actions)), make([]string, len(actions))
	for i, a := range actions {
		texts[i], keys[i] = a.says(), KeysText(a.Keys)
	}
	var items []*fyne.MenuItem
	for i, text := range KeyLines(texts, keys) {
		a := actions[i]
		if a.Rule && i > 0 {
			items = append(items, fyne.NewMenuItemSeparator())
		}
		item := fyne.NewMenuItem(text, a.Do)
		item.Disabled = a.Why() != ""
		if len(a.Sub) > 0 {
			item.ChildMenu = fyne.NewMenu("", MenuOf(a.Sub)...)
		}
		items = append(items, item)
	}
	return items
}

// KeysText is what stands on the keys of a deed on this system.
func KeysText(keys string) string {
	if keys == KeysTurn {
		return words.T("key.space")
	}
	return SystemKeys(keys)
}

// KeyLines are the lines of a menu: words with the keys that do the same, the keys
// below each other. The toolkit would draw its own in a fifth of the ink.
func KeyLines(texts, keys []string) []string {
	const gap = 24
	wide, wideKeys := float32(0), float32(0)
	for i := range texts {
		wide, wideKeys = max(wide, lineWidth(texts[i])), max(wideKeys, lineWidth(keys[i]))
	}
	lines := make([]string, len(texts))
	for i, text := range texts {
		if lines[i] = text; keys[i] != "" {
			lines[i] = spaced(text, keys[i], wide+gap+wideKeys)
		}
	}
	return lines
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
