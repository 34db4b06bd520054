package settings

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// Open opens the sheet of settings. What changes holds at once, except
// for the shops, which have sheets of their own.
func (e *Room) Open() {
	var sheet *kit.OpenSheet
	language := kit.NewChoice(LanguageOptions(), words.Language(), func(l string) {
		sheet.Close()
		e.frame.Language(l)
		e.Open()
	})
	modes := kit.NewChoice(kit.Options("theme", look.Modes()), e.frame.Mode(), func(m look.Mode) {
		sheet.Close()
		e.frame.Theme(m)
		e.Open()
	})
	operator := e.operatorField()
	shops := container.NewVBox(e.shopRows(func() { sheet.Close(); e.Open() })...)
	add := kit.NewIconButton("settings.shop.add", words.T("settings.shop.add"), theme.ContentAddIcon(), func() {
		e.editShop(data.Shop{Platform: data.EBay, Currency: "USD"}, func() { sheet.Close(); e.Open() })
	})
	shops.Add(container.NewHBox(add))
	backup := widget.NewLabel("")
	backup.Truncation = fyne.TextTruncateEllipsis
	e.showBackupDir(backup)
	chooseBackup := kit.NewButton("settings.backup", words.T("do.choose"), func() {
		e.ChooseDir(words.T("backup.choose"), e.Documents(), func(dir string) {
			kit.Do(func(ctx context.Context) (struct{}, error) {
				return struct{}{}, e.desk.PutSetting(ctx, BackupDirSetting, dir)
			}, func(_ struct{}, err error) {
				e.UI.Problem(err)
				e.showBackupDir(backup)
			})
		})
	})
	key := e.keyRow()
	dir := widget.NewLabel(e.desk.Dir())
	dir.Truncation = fyne.TextTruncateEllipsis
	folders := container.NewVBox()
	heard := e.watched(folders)
	watched := kit.NewButton("settings.found", words.T("do.choose"), func() { e.frame.Folders() })
	form := kit.NewForm(
		&kit.Field{Label: words.T("settings.language"), Object: language},
		&kit.Field{Label: words.T("settings.theme"), Object: modes},
		&kit.Field{Label: words.T("settings.operator"), Hint: words.T("settings.operator.hint"), Object: operator},
		&kit.Field{Label: words.T("settings.shops"), Object: shops},
		&kit.Field{Label: words.T("settings.found"), Hint: words.T("settings.found.hint"), Object: container.NewVBox(folders, container.NewHBox(watched))},
		&kit.Field{Label: words.T("settings.backup"), Hint: words.T("settings.backup.hint"), Object: container.NewBorder(nil, nil, nil, chooseBackup, backup)},
		&kit.Field{Label: words.T("settings.key"), Hint: words.T("settings.key.hint"), Object: key},
		&kit.Field{Label: words.T("settings.desk"), Object: container.NewBorder(nil, nil, nil, kit.NewButton("", words.T("trouble.show"), func() { e.OpenPath(e.desk.Dir()) }), dir)},
	)
	done := func() { e.setOperator(operator.Text, sheet) }
	sheet = e.UI.Open(kit.Sheet{
		Name: "settings", Title: words.T("menu.settings"), Width: 700, Height: 560, Body: kit.ScrollFields(form.Object),
		Do: words.T("do.save"), OnDo: done, Cancel: words.T("do.close"), Heard: heard,
		Unsaved: func() bool { return strings.TrimSpace(operator.Text) != e.desk.Operator() },
	})
	kit.Trace("settings.language", language)
	kit.Trace("settings.theme", modes)
}

// watched lists the folders that are watched, and returns what lists them anew.
func (e *Room) watched(into *fyne.Container) (again func()) {
	var loader kit.Loader
	again = func() {
		kit.Load(&loader, e.desk.WatchedFolders, func(all []desk.FolderStatus, err error) {
			if err != nil {
				e.UI.Problem(err)
				return
			}
			into.Objects = []fyne.CanvasObject{kit.Soft(words.T("found.folders.none"))}
			if len(all) > 0 {
				rows := make([]*kit.Row, len(all))
				for i, f := range all {
					rows[i] = e.folderRow(i, f.WatchFolder, again)
				}
				into.Objects = kit.Rows(rows...)
			}
			into.Refresh()
		})
	}
	again()
	return again
}

// folderRow is a watched folder, which can be looked at and watched no longer.
func (e *Room) folderRow(i int, f data.WatchFolder, again func()) *kit.Row {
	path := f.Path
	deeds := kit.Deeds{
		{Name: "open", Text: words.T("trouble.show"), Do: func() { e.OpenPath(path) }},
		{Name: "stop", Text: words.T("found.folder.stop"), Keys: kit.KeysBin, Rule: true, Do: func() {
			e.watch(func(ctx context.Context) error { return e.desk.UnwatchFolder(ctx, path) }, func() {
				again()
				e.UI.Toast(words.T("found.folder.stopped", "path", path), func() {
					e.watch(func(ctx context.Context) error { return e.desk.WatchFolder(ctx, f) }, again)
				})
			})
		}},
	}
	line := widget.NewLabel(kit.Visual(path))
	line.Truncation = fyne.TextTruncateEllipsis
	stop := kit.NewLink(kit.RowName("settings.found", i, "stop"), deeds[1].Text, deeds[1].Do)
	return kit.NewRow(e.UI, container.NewBorder(nil, nil, nil, stop, line), func() string { return path }, func() kit.Deeds { return deeds })
}

// watch changes what is watched, and goes on where that went well.
func (e *Room) watch(do func(context.Context) error, then func()) {
	kit.Do(func(ctx context.Context) (struct{}, error) { return struct{}{}, do(ctx) }, func(_ struct{}, err error) {
		if err != nil {
			e.UI.Problem(err)
			return
		}
		then()
	})
}

// shopRows are the shops, with what can be done with each; changed is called after one.
func (e *Room) shopRows(changed func()) []fyne.CanvasObject {
	var rows []*kit.Row
	for _, s := range e.Shops() {
		text := words.Dotted(s.Platform.Title(), s.Name, s.Zone, s.Currency)
		line := widget.NewLabel(kit.Visual(text))
		line.Truncation = fyne.TextTruncateEllipsis
		deeds := kit.Deeds{
			{Name: "settings.shop." + strconv.FormatInt(s.ID, 10), Text: words.T("do.change"), Keys: kit.KeysEdit, Do: func() { e.editShop(s, changed) }},
			{Name: "settings.service." + strconv.FormatInt(s.ID, 10), Text: words.T("service.open"), Do: func() { e.OpenService(s) }},
			kit.Stays("stays.shop"),
		}
		buttons := container.NewHBox()
		for _, a := range slices.Backward(deeds.Shown()) {
			buttons.Add(kit.NewButton(a.Name, a.Text, a.Do))
		}
		rows = append(rows, kit.NewRow(e.UI, container.NewBorder(nil, nil, nil, buttons, line), func() string { return text }, func() kit.Deeds { return deeds }))
	}
	return kit.Rows(rows...)
}

// keyRow shows with which key this desk signs its bundles.
func (e *Room) keyRow() fyne.CanvasObject {
	line := widget.NewLabel("")
	line.Truncation = fyne.TextTruncateEllipsis
	var key desk.SigningKey
	take := kit.NewButton("settings.key", words.T("settings.key.copy"), func() { e.UI.Copy(key.Public, words.T("settings.key.copied")) })
	take.Disable()
	kit.Do(e.desk.SigningKey, func(k desk.SigningKey, err error) {
		if err != nil {
			e.UI.Problem(err)
			return
		}
		key = k
		line.SetText(k.Fingerprint)
		take.Enable()
	})
	return container.NewBorder(nil, nil, nil, take, line)
}

// AskOperator asks who works: at the first start, and when another takes over from
// who worked until now, "" for nobody who was named.
func (e *Room) AskOperator(now string) {
	field := e.operatorField()
	field.SetText(now)
	var sheet *kit.OpenSheet
	form := kit.NewForm(&kit.Field{Label: words.T("operator.ask.name"), Hint: words.T("settings.operator.hint"), Object: field, Check: func() error {
		if strings.TrimSpace(field.Text) == "" {
			return kit.ProblemRequired.New("field", words.T("operator.ask.name"))
		}
		return nil
	}})
	done := func() {
		if form.Check() {
			e.setOperator(field.Text, sheet)
		}
	}
	field.OnSubmitted = func(string) { done() }
	sheet = e.UI.Open(kit.Sheet{
		Name: "operator", Title: words.T("operator.ask"), Width: 460, Height: form.Object.MinSize().Height + 130, Body: form.Object,
		Do: words.T("operator.ask.do"), OnDo: done, FocusedAt: field,
	})
}

// operatorField says who works, and offers who worked here before.
func (e *Room) operatorField() *kit.SelectEntry {
	field := kit.NewSelectEntry(nil)
	field.SetText(e.desk.Operator())
	kit.Trace("settings.operator", field)
	kit.Do(e.desk.Operators, func(names []string, err error) {
		e.UI.Problem(err)
		field.SetOptions(names)
	})
	return field
}

// setOperator says who works from here on, and closes the sheet.
func (e *Room) setOperator(name string, sheet *kit.OpenSheet) {
	name = strings.TrimSpace(name)
	kit.Do(func(ctx context.Context) (struct{}, error) { return struct{}{}, e.desk.SetOperator(ctx, name) }, func(_ struct{}, err error) {
		if err != nil {
			sheet.Problem(err)
			return
		}
		e.frame.Operator(name)
		sheet.Close()
	})
}

func (e *Room) showBackupDir(label *widget.Label) {
	type answer struct {
		dir  string
		last desk.LastBackup
	}
	kit.Do(func(ctx context.Context) (answer, error) {
		var got answer
		if _, err := e.desk.Setting(ctx, BackupDirSetting, &got.dir); err != nil {
			return got, err
		}
		var err error
		got.last, err = e.desk.LastBackup(ctx)
		return got, err
	}, func(got answer, err error) {
		e.UI.Problem(err)
		if got.dir == "" {
			got.dir = words.T("settings.backup.none")
		}
		label.SetText(got.dir)
	})
}

// editShop changes a shop or makes a new one.
func (e *Room) editShop(s data.Shop, done func()) {
	fields := show.NewShopFields(e.UI, s)
	title := words.T("settings.shop.title")
	if s.ID == 0 {
		title = words.T("settings.shop.add")
	}
	var shop data.Shop
	e.UI.OpenForm(kit.FormSheet{
		Name: "shop", Title: title, Fields: fields.List(), Height: 380,
		Read: func() error { shop = fields.Shop(); return nil },
		Work: func(ctx context.Context) error {
			saved, err := e.desk.PutShop(ctx, shop)
			shop = saved
			return err
		},
		Done: func() {
			e.frame.Shop(shop)
			done()
		},
	})
}

// LanguageOptions are the languages of the window, each in its own words.
func LanguageOptions() []kit.Option[string] {
	var options []kit.Option[string]
	for _, l := range words.Languages() {
		options = append(options, kit.Option[string]{Value: l, Text: words.Title(l)})
	}
	return options
}
