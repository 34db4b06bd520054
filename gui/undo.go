package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"casebinder/data"
	"casebinder/gui/words"
)

// undoItems are the two items of the menu that take back and do again. They say
// what, and where there is nothing, why they are gray.
type undoItems struct{ undo, redo *fyne.MenuItem }

func (a *app) newUndoItems() *undoItems {
	u := &undoItems{undo: fyne.NewMenuItem("", a.undo), redo: fyne.NewMenuItem("", a.redo)}
	u.undo.Shortcut, u.redo.Shortcut = &fyne.ShortcutUndo{}, &fyne.ShortcutRedo{}
	for _, one := range u.set(a.desk.Undoable()) {
		one.item.Label = one.says
	}
	again := &desktop.CustomShortcut{KeyName: fyne.KeyZ, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift}
	a.window.Canvas().AddShortcut(again, func(fyne.Shortcut) { a.redo() })
	return u
}

// undoLine is what a line of the menu says.
type undoLine struct {
	item *fyne.MenuItem
	says string
}

// set says what would be taken back and done again.
func (u *undoItems) set(undo, redo data.Text) []undoLine {
	line := func(item *fyne.MenuItem, key string, what data.Text) undoLine {
		if item.Disabled = what.IsZero(); item.Disabled {
			return undoLine{item, words.T(key + ".none")}
		}
		return undoLine{item, words.T(key+".what", "what", words.Text(what))}
	}
	return []undoLine{line(u.undo, "menu.undo", undo), line(u.redo, "menu.redo", redo)}
}

// drawUndo has the menu say anew what can be taken back.
func (a *app) drawUndo() {
	if a.turns == nil || a.lines == nil {
		return
	}
	changed := false
	for _, one := range a.turns.set(a.desk.Undoable()) {
		changed = changed || a.lines.says[one.item] != one.says
		a.lines.say(one.item, one.says)
	}
	if changed {
		a.drawMenu()
	}
}

// undo takes back what was typed where one types, else the last deed.
func (a *app) undo() {
	if focused, ok := a.window.Canvas().Focused().(interface{ Undo() }); ok {
		focused.Undo()
		return
	}
	if !a.ui.SheetOpen() || a.ui.InList() {
		a.env.Undo()
	}
}

// redo does again what undo took back.
func (a *app) redo() {
	if focused, ok := a.window.Canvas().Focused().(interface{ Redo() }); ok {
		focused.Redo()
		return
	}
	if !a.ui.SheetOpen() || a.ui.InList() {
		a.env.Redo()
	}
}
