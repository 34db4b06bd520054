package gui

import (
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/bin"
	"casebinder/gui/carriers"
	"casebinder/gui/clip"
	"casebinder/gui/look"
	"casebinder/gui/reports"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/speak"
	"casebinder/gui/today"
	"casebinder/gui/verify"
	"casebinder/gui/words"
)

// item makes a menu item with a shortcut; Ctrl is Cmd on macOS. While a sheet
// is open it does nothing: what it would open would lie below.
func (a *app) item(key string, letter fyne.KeyName, do func()) *fyne.MenuItem {
	item := fyne.NewMenuItem(words.T(key), func() {
		if !a.ui.SheetOpen() {
			do()
		}
	})
	if letter != "" {
		item.Shortcut = &desktop.CustomShortcut{KeyName: letter, Modifier: fyne.KeyModifierShortcutDefault}
	}
	return item
}

// menu makes the menus in the chosen language.
func (a *app) menu() *fyne.MainMenu {
	a.jobLines, a.offLines = map[*fyne.MenuItem]string{}, map[*fyne.MenuItem]func() string{}
	quit := fyne.NewMenuItem(words.T("menu.quit"), a.starter.mayQuit)
	quit.IsQuit = true
	quit.Shortcut = &desktop.CustomShortcut{KeyName: fyne.KeyQ, Modifier: fyne.KeyModifierShortcutDefault}
	file := fyne.NewMenu(words.T("menu.file"),
		a.begins("import", a.item("menu.import", fyne.KeyI, func() { a.imports.Choose("orders") })),
		a.begins("import", a.item("menu.import_feedback", "", func() { a.imports.Choose("feedback") })),
		a.begins("import", a.item("menu.import_parcels", "", func() { a.imports.Choose("shipments") })),
		a.begins("import", a.item("menu.import_products", "", func() { a.imports.Choose("products") })),
		a.begins("import", a.item("menu.import_costs", "", func() { a.imports.Choose("costs") })),
		a.begins("import", a.item("menu.import_disputes", "", func() { a.imports.Choose("disputes") })),
		a.item("menu.found", "", a.found.Open),
		a.where("menu.export", fyne.KeyE, a.noExport, func() { a.screen().Export() }),
		a.item("menu.calendar", "", func() { today.SaveCalendar(a.env, a.desk) }),
		a.item("menu.verify", "", func() { verify.Open(a.env, a.desk) }),
		fyne.NewMenuItemSeparator(),
		a.begins("backup", a.item("menu.backup", "", a.settings.BackUp)),
		a.item("menu.restore", "", a.restore),
		a.item("menu.desk", "", a.chooseDesk),
		fyne.NewMenuItemSeparator(),
		a.item("menu.settings", fyne.KeyComma, a.settings.Open),
		fyne.NewMenuItemSeparator(), quit)
	tools := fyne.NewMenu(words.T("menu.tools"),
		a.item("menu.packing", "", func() { a.goTo(route.Packing{Order: a.orderInView().ID}) }),
		a.item("menu.products", "", func() { a.products.Open() }),
		a.item("menu.suppliers", "", func() { a.products.Suppliers() }),
		a.item("menu.payways", "", func() { a.goTo(route.PayWays{}) }),
		a.item("menu.carriers", "", func() { carriers.Open(a.env, a.desk) }),
		a.item("menu.reports", fyne.KeyR, func() { a.reports.Open(reports.Figures) }),
		a.item("menu.review", "", func() { a.reports.Open(reports.Monthly) }),
		fyne.NewMenuItemSeparator(),
		a.item("menu.policies", "", func() { a.rules.Policies() }),
		a.item("menu.gate_rules", "", func() { a.goTo(route.GateRules{}) }),
		a.item("menu.risk_rules", "", func() { a.goTo(route.RiskRules{}) }),
		fyne.NewMenuItemSeparator(),
		a.item("menu.notice_read", "", a.imports.ChooseNotices),
		a.item("menu.notice_paste", "", a.imports.PasteNotice),
		a.item("menu.talk_read", "", func() { a.talk.ChooseFiles(a.orderInView()) }),
		a.item("menu.talk_paste", "", func() { a.talk.Paste(a.orderInView(), "") }),
		fyne.NewMenuItemSeparator(),
		a.item("menu.overdue", "", func() { a.goTo(route.Overdue{}) }),
		a.item("menu.bin", "", func() { bin.Open(a.env, a.desk) }),
		a.begins("check", a.item("menu.check", "", a.safety.Open)))
	main := fyne.NewMainMenu(file, a.editMenu(), a.viewMenu(), tools, a.helpMenu())
	a.lines = newMenuLines(main, a.jobLines, a.offLines)
	a.lines.write(a.ui.Jobs.Running)
	a.ui.Jobs.Changed = a.drawMenu
	return main
}

func (a *app) editMenu() *fyne.Menu {
	a.turns = a.newUndoItems()
	paste := fyne.NewMenuItem(words.T("menu.paste"), a.paste)
	paste.Shortcut = &fyne.ShortcutPaste{}
	save := fyne.NewMenuItem(words.T("menu.save"), a.ui.Save)
	a.offLines[save] = a.noSave
	save.Shortcut = &desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault}
	write := a.where("menu.order_write", "", a.noOrder, a.writeOrder)
	if runtime.GOOS != "darwin" { // which would take the key itself
		write.Shortcut = &desktop.CustomShortcut{KeyName: fyne.KeyF2}
	}
	return fyne.NewMenu(words.T("menu.edit"),
		a.turns.undo, a.turns.redo, fyne.NewMenuItemSeparator(), paste, fyne.NewMenuItemSeparator(),
		a.where("menu.new", fyne.KeyN, a.noNew, func() { a.screen().New() }),
		write,
		a.item("menu.task", "", func() { show.TaskSheet(a.env, data.Task{}) }),
		save, fyne.NewMenuItemSeparator(),
		a.item("menu.find", fyne.KeyF, func() { a.screen().Find() }),
		a.item("menu.find_all", fyne.KeyK, func() { a.window.Canvas().Focus(a.find.entry) }))
}

func (a *app) viewMenu() *fyne.Menu {
	digits := []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6, fyne.Key7}
	var items []*fyne.MenuItem
	for i, name := range tabNames {
		if a.screens[name] != nil {
			items = append(items, a.item("tab."+name, digits[i], func() { a.show(name) }))
		}
	}
	items = append(items, fyne.NewMenuItemSeparator())
	mode := themeMode(a.program)
	for _, m := range look.Modes() {
		item := a.item("theme."+string(m), "", func() { a.setTheme(m) })
		item.Checked = m == mode
		items = append(items, item)
	}
	return fyne.NewMenu(words.T("menu.view"), items...)
}

func (a *app) helpMenu() *fyne.Menu {
	return fyne.NewMenu(words.T("menu.help"),
		fyne.NewMenuItem(words.T("menu.shortcuts"), a.help),
		a.item("menu.first_steps", "", a.steps.Again),
		a.item("menu.about", "", a.settings.About))
}

// paste puts text where one types; a picture becomes evidence of the record in view,
// and copied files go where dropped ones go, while no sheet is open.
func (a *app) paste() {
	text := a.program.Clipboard().Content()
	if focused, ok := a.window.Canvas().Focused().(fyne.Shortcutable); ok && isEntry(focused) && (text != "" || a.ui.SheetOpen()) {
		focused.TypedShortcut(&fyne.ShortcutPaste{Clipboard: a.program.Clipboard()})
		return
	}
	if a.ui.SheetOpen() {
		a.packing.Paste()
		return
	}
	to, title, ok := a.screen().Proof()
	a.env.Clipboard(func(c clip.Content, err error) {
		nothing := err == nil && len(c.Picture) == 0 && len(c.Files) == 0
		switch {
		case err == nil && len(c.Picture) == 0 && len(c.Files) > 0:
			a.take(c.Files, "paste")
		case text != "" && nothing && (!ok || to.OrderID != 0 || to.DisputeID != 0):
			a.pasteText(text, title, ok)
		case !ok:
			a.ui.Toast(words.T("paste.nowhere"), nil)
		default:
			a.ui.Toast(words.T("paste.evidence", "title", title), nil)
			a.env.PasteContent(to, c, err)
		}
	})
}

// pasteText opens the sheet for a copied text: a page of ratings where the tab takes
// such, a tracking page, or else what was said about the order in view.
func (a *app) pasteText(text, title string, known bool) {
	if tab, takes := a.screen().(interface{ PasteText(text string) bool }); takes && tab.PasteText(text) {
		return
	}
	if known {
		a.ui.Toast(words.T("paste.talk", "title", title), nil)
	}
	order := a.orderInView()
	if desk.IsTrackingPage(text, a.desk.Now()) {
		a.env.Open(route.TrackingPage{Order: order, Text: text})
		return
	}
	a.talk.Paste(order, text)
}

// isEntry reports whether one types text into a widget.
func isEntry(o fyne.Shortcutable) bool {
	_, ok := o.(interface{ SelectedText() string })
	return ok
}

// setTheme changes between light and dark.
func (a *app) setTheme(mode look.Mode) {
	a.program.Preferences().SetString(prefTheme, string(mode))
	a.program.Settings().SetTheme(look.Theme{Mode: mode})
	a.rebuild()
}

// setLanguage changes the words of the window.
func (a *app) setLanguage(language string) {
	a.program.Preferences().SetString(prefLanguage, language)
	speak.SetLanguage(language)
	a.rebuild()
}
