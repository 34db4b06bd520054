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
	u.set(a.desk.Undoable())
	again := &desktop.CustomShortcut{KeyName: fyne.KeyZ, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift}
	a.window.Canvas().AddShortcut(again, func(fyne.Shortcut) { a.redo() })
	return u
}

// set says what would be taken back and done again; it reports whether the words
// are others now.
func (u *undoItems) set(undo, redo data.Text) (changed bool) {
	label := func(item *fyne.MenuItem, key string, what data.Text) {
		text := words.T(key + ".none")
		if !what.IsZero() {
			text = words.T(key+".what", "what", words.Text(what))
		}
		changed = changed || item.Label != text
		item.Label, item.Disabled = text, what.IsZero()
	}
	label(u.undo, "menu.undo", undo)
	label(u.redo, "menu.redo", redo)
	return changed
}

// drawUndo has the menu say anew what can be taken back.
func (a *app) drawUndo() {
	if a.turns != nil && a.turns.set(a.desk.Undoable()) {
		a.window.MainMenu().Refresh()
	}
}

// undo takes back what was typed where one types, else the last deed.
func (a *app) undo() {
	if focused, ok := a.window.Canvas().Focused().(interface{ Undo() }); ok {
		focused.Undo()
		return
	}
	if !a.ui.SheetOpen() {
		a.env.Undo()
	}
}

// redo does again what undo took back.
func (a *app) redo() {
	if focused, ok := a.window.Canvas().Focused().(interface{ Redo() }); ok {
		focused.Redo()
		return
	}
	if !a.ui.SheetOpen() {
		a.env.Redo()
	}
}
