package gui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// zones are offered for a shop; any other IANA name can be typed.
var zones = []string{
	"Asia/Shanghai", "America/Los_Angeles", "America/New_York", "Europe/London", "Europe/Berlin", "Europe/Paris", "Europe/Madrid",
	"Europe/Moscow", "Asia/Hong_Kong", "Asia/Taipei", "Asia/Singapore", "Asia/Tokyo", "Asia/Seoul", "Australia/Sydney",
	"America/Sao_Paulo", "America/Mexico_City", "UTC",
}

// shopFields are the fields that say what a shop is.
type shopFields struct {
	id       int64
	platform *kit.Choice[data.Platform]
	name     *kit.Entry
	zone     *widget.SelectEntry
	currency *widget.SelectEntry
}

func newShopFields(u *kit.UI, s data.Shop) *shopFields {
	var platforms []kit.Option[data.Platform]
	for _, p := range data.Platforms() {
		title := p.Title()
		if p == data.OtherSite {
			title = words.T("platform.other")
		}
		platforms = append(platforms, kit.Option[data.Platform]{Value: p, Text: title})
	}
	f := &shopFields{id: s.ID, name: kit.NewEntry(u), zone: widget.NewSelectEntry(zones), currency: widget.NewSelectEntry(kit.Currencies())}
	f.platform = kit.NewChoice(platforms, s.Platform, nil)
	f.name.SetText(s.Name)
	f.name.SetPlaceHolder(words.T("shop.name.hint"))
	f.zone.SetText(s.Zone)
	f.currency.SetText(s.Currency)
	kit.Trace("shop.name", f.name)
	return f
}

func (f *shopFields) shop() data.Shop {
	return data.Shop{
		ID: f.id, Platform: f.platform.Value(), Name: strings.TrimSpace(f.name.Text),
		Zone: strings.TrimSpace(f.zone.Text), Currency: strings.ToUpper(strings.TrimSpace(f.currency.Text)),
	}
}

func (f *shopFields) list() []*kit.Field {
	return []*kit.Field{
		{Label: words.T("shop.platform"), Object: f.platform},
		{Label: words.T("shop.name"), Object: f.name, Check: func() error {
			if strings.TrimSpace(f.name.Text) == "" {
				return problemRequired.New("field", words.T("shop.name"))
			}
			return nil
		}},
		{Label: words.T("shop.zone"), Hint: words.T("shop.zone.hint"), Object: f.zone},
		{Label: words.T("shop.currency"), Hint: words.T("shop.currency.hint"), Object: f.currency},
	}
}

// settings opens the sheet of settings. What changes holds at once, except
// for the shops, which have sheets of their own.
func (a *app) settings() {
	var sheet *kit.OpenSheet
	language := kit.NewChoice(languageOptions(), words.Language(), func(l string) {
		sheet.Close()
		a.setLanguage(l)
		a.settings()
	})
	modes := kit.NewChoice(kit.Options("theme", look.Modes()), themeMode(a.program), func(m look.Mode) {
		sheet.Close()
		a.setTheme(m)
		a.settings()
	})
	operator := kit.NewEntry(a.ui)
	operator.SetText(a.desk.Operator())
	shops := container.NewVBox()
	for _, s := range a.shops {
		line := widget.NewLabel(dotted(s.Platform.Title(), s.Name, s.Zone, s.Currency))
		line.Truncation = fyne.TextTruncateEllipsis
		shops.Add(container.NewBorder(nil, nil, nil, widget.NewButton(words.T("do.change"), func() { a.editShop(s, func() { sheet.Close(); a.settings() }) }), line))
	}
	add := kit.NewButton("settings.shop.add", words.T("settings.shop.add"), func() {
		a.editShop(data.Shop{Platform: data.EBay, Zone: "Asia/Shanghai", Currency: "USD"}, func() { sheet.Close(); a.settings() })
	})
	shops.Add(container.NewHBox(add))
	backup := widget.NewLabel("")
	backup.Truncation = fyne.TextTruncateEllipsis
	a.showBackupDir(backup)
	chooseBackup := kit.NewButton("settings.backup", words.T("do.choose"), func() {
		a.dialogs.folder(words.T("backup.choose"), documentsDir(), func(dir string) {
			kit.Do(func(ctx context.Context) (struct{}, error) {
				return struct{}{}, a.desk.PutSetting(ctx, backupDirSetting, dir)
			}, func(_ struct{}, err error) {
				a.ui.Problem(err)
				a.showBackupDir(backup)
			})
		})
	})
	key := a.keyRow()
	dir := widget.NewLabel(a.desk.Dir())
	dir.Truncation = fyne.TextTruncateEllipsis
	form := kit.NewForm(
		&kit.Field{Label: words.T("settings.language"), Object: language},
		&kit.Field{Label: words.T("settings.theme"), Object: modes},
		&kit.Field{Label: words.T("settings.operator"), Hint: words.T("settings.operator.hint"), Object: operator},
		&kit.Field{Label: words.T("settings.shops"), Object: shops},
		&kit.Field{Label: words.T("settings.backup"), Hint: words.T("settings.backup.hint"), Object: container.NewBorder(nil, nil, nil, chooseBackup, backup)},
		&kit.Field{Label: words.T("settings.key"), Hint: words.T("settings.key.hint"), Object: key},
		&kit.Field{Label: words.T("settings.desk"), Object: container.NewBorder(nil, nil, nil, widget.NewButton(words.T("trouble.show"), func() { a.dialogs.open(a.desk.Dir()) }), dir)},
	)
	done := func() {
		a.setOperator(operator.Text)
		sheet.Close()
	}
	sheet = a.ui.Open(kit.Sheet{
		Name: "settings", Title: words.T("menu.settings"), Width: 700, Height: 560, Body: container.NewVScroll(form.Object),
		Do: words.T("do.save"), OnDo: done, Cancel: words.T("do.close"),
	})
	kit.Trace("settings.language", language)
	kit.Trace("settings.theme", modes)
}

// keyRow shows with which key this desk signs its bundles.
func (a *app) keyRow() fyne.CanvasObject {
	line := widget.NewLabel("")
	line.Truncation = fyne.TextTruncateEllipsis
	var key desk.SigningKey
	take := kit.NewButton("settings.key", words.T("settings.key.copy"), func() { a.ui.Copy(key.Public, words.T("settings.key.copied")) })
	take.Disable()
	kit.Do(a.desk.SigningKey, func(k desk.SigningKey, err error) {
		if err != nil {
			a.ui.Problem(err)
			return
		}
		key = k
		line.SetText(k.Fingerprint)
		take.Enable()
	})
	return container.NewBorder(nil, nil, nil, take, line)
}

func (a *app) setOperator(name string) {
	if name = strings.TrimSpace(name); name != "" && name != a.desk.Operator() {
		a.desk.SetOperator(name)
		a.program.Preferences().SetString(prefOperator, name)
		a.status.draw()
	}
}

func (a *app) showBackupDir(label *widget.Label) {
	type answer struct {
		dir  string
		last desk.LastBackup
	}
	kit.Do(func(ctx context.Context) (answer, error) {
		var got answer
		if _, err := a.desk.Setting(ctx, backupDirSetting, &got.dir); err != nil {
			return got, err
		}
		var err error
		got.last, err = a.desk.LastBackup(ctx)
		return got, err
	}, func(got answer, err error) {
		a.ui.Problem(err)
		if got.dir == "" {
			got.dir = words.T("settings.backup.none")
		}
		label.SetText(got.dir)
	})
}

// editShop changes a shop or makes a new one.
func (a *app) editShop(s data.Shop, done func()) {
	fields := newShopFields(a.ui, s)
	title := words.T("settings.shop.title")
	if s.ID == 0 {
		title = words.T("settings.shop.add")
	}
	var shop data.Shop
	a.ui.OpenForm(kit.FormSheet{
		Name: "shop", Title: title, Fields: fields.list(), Height: 380,
		Read: func() error { shop = fields.shop(); return nil },
		Work: func(ctx context.Context) error {
			saved, err := a.desk.PutShop(ctx, shop)
			shop = saved
			return err
		},
		Done: func() {
			a.keepShop(shop)
			done()
		},
	})
}

// keepShop puts a saved shop into the list that the window holds, until the
// desk is asked again.
func (a *app) keepShop(shop data.Shop) {
	for i, s := range a.shops {
		if s.ID == shop.ID {
			a.shops[i] = shop
			return
		}
	}
	a.shops = append(a.shops, shop)
}
