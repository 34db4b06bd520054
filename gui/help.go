package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// shortcut is a line of what F1 shows.
type shortcut struct {
	keys, words string
	place       string // the tab, page or sheet in which the keys work alone; "" is everywhere
}

// shortcutList is what F1 shows, beside the sentence on the place in view.
var shortcutList = []shortcut{
	{"Ctrl+1 … Ctrl+7", "keys.tabs", ""},
	{"Ctrl+K", "menu.find_all", ""},
	{"Ctrl+F", "menu.find", ""},
	{"↑ ↓ PgUp PgDn Home End", "keys.rows", ""},
	{"Enter", "keys.open", ""},
	{"Space F2 Delete", "keys.row", ""},
	{"Menu Shift+F10", "keys.menu", ""},
	{"Ctrl+C", "keys.copy", ""},
	{"Alt+↓", "keys.day", ""},
	{"F2", "keys.orders.write", "orders"},
	{"F2", "keys.buyers.edit", "buyers"},
	{"Alt+1 … Alt+5", "keys.bind.parts", "bind"},
	{"Ctrl+↑ Ctrl+↓", "keys.bind.move", "bind"},
	{"Ctrl+Shift+↑ Ctrl+Shift+↓", "keys.bind.section", "bind"},
	{"Space", "keys.bind.include", "bind"},
	{"Alt+↑ Alt+↓ Alt+Enter Alt+C", "keys.bind.claims", "bind"},
	{"Ctrl++ Ctrl+– Ctrl+0", "keys.bind.zoom", "bind"},
	{"Esc Alt+←", "keys.bind.back", "bind"},
	{"F2 F3 F4", "keys.replies.proposals", "replies"},
	{"F4", "order.action.product", "orders"},
	{"F3", "pack.key.open", "orders"},
	{"Enter F2 F4 F8", "pack.key.table", "pack"},
	{"F6 F7", "keys.replies.parts", "replies"},
	{"F9", "keys.replies.go", "replies"},
	{"F5", "keys.replies.turn", "replies"},
	{"Space F8", "keys.notices", "replies"},
	{"Ctrl+N", "menu.new", ""},
	{"Ctrl+I", "menu.import", ""},
	{"Ctrl+E", "menu.export", ""},
	{"Ctrl+R", "menu.reports", ""},
	{"Ctrl+V", "menu.paste", ""},
	{"Ctrl+Enter", "menu.save", ""},
	{"Ctrl+Z", "menu.undo", ""},
	{"Ctrl+Y Ctrl+Shift+Z", "menu.redo", ""},
	{"Ctrl+,", "menu.settings", ""},
	{"F1", "menu.shortcuts", ""},
}

// place names what is in view: the sheet on top, the page of a bundle, or the tab.
func (a *app) place() string {
	if name := a.ui.TopSheet(); name != "" {
		return name
	}
	if a.current == "disputes" && a.disputes.Composing() {
		return "bind"
	}
	return a.current
}

// help says in one sentence what to do here, then with which keys; over itself it
// has no more to tell.
func (a *app) help() {
	here := a.place()
	if !words.Has("here." + here) {
		return
	}
	rows := []fyne.CanvasObject{kit.Prose(words.T("here." + here))}
	list := func(title, place string) {
		var keys []fyne.CanvasObject
		for _, s := range shortcutList {
			if s.place == place {
				key := widget.NewLabelWithStyle(kit.SystemKeys(s.keys), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
				keys = append(keys, container.NewBorder(nil, nil, kit.Wide(210, key), nil, widget.NewLabel(words.T(s.words))))
			}
		}
		if len(keys) > 0 {
			rows = append(rows, kit.Inset(look.Tight, kit.NewTitle(words.T(title))))
			rows = append(rows, keys...)
		}
	}
	list("here.keys", here)
	list("here.everywhere", "")
	rows = append(rows, kit.Prose(words.T("keys.mouse")))
	a.ui.Open(kit.Sheet{
		Name: "shortcuts", Title: words.T("menu.shortcuts"), Width: 600, Height: 520,
		Body: container.NewVScroll(kit.Dense(kit.Stacked(0, rows...))), Cancel: words.T("do.close"),
	})
}
