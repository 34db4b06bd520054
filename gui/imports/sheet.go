package imports

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/pack"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/loop"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// shownRejections is how many rows that are left out the sheet lists; the CSV
// has all.
const shownRejections = 200

// importable are the files that an import can read.
var importable = []string{".csv", ".tsv", ".txt", ".tab", ".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".zip", ".gz"}

func IsImportable(path string) bool {
	return slices.Contains(importable, strings.ToLower(filepath.Ext(path)))
}

// Choose asks for files and imports them.
func (e *Room) Choose(target string) {
	if e.UI.SheetOpen() {
		return
	}
	e.ChooseFiles(words.T("import.choose"), importable, func(paths []string) { e.Files(target, paths) })
}

// Files imports files one after the other, each with a sheet of its own.
func (e *Room) Files(target string, paths []string) {
	if len(paths) == 0 {
		return
	}
	s := &importSheet{env: e, request: desk.ImportRequest{Path: paths[0], Target: target}, rest: paths[1:]}
	if target == "disputes" && len(e.Shops()) > 0 { // its orders are looked for, first in the shop in view
		s.request.Shop = e.Shops()[0]
		if e.Shop() != 0 {
			s.request.Shop = s.shopByID(e.Shop())
		}
	}
	s.open()
}

// importSheet shows what an import would do before it does it. Cancel leaves
// nothing behind.
type importSheet struct {
	env     *Room
	request desk.ImportRequest
	rest    []string // files that follow
	preview desk.ImportPreview
	sheet   *kit.OpenSheet
	loader  kit.Loader

	looks   int             // how often the file was looked at
	early   bool            // the first rows are shown, and the file is read still
	numbers *fyne.Container // the counts

	shop    *kit.Choice[int64]
	shopBox *fyne.Container
	facts   *fyne.Container
	mapping *mappingForm
	byHand  bool // the mapping is shown, though a preset fits

	zone     *kit.Choice[string] // of the file's times; nil before the shop is chosen
	encoding *kit.Choice[string] // of its text; nil for a spreadsheet
}

// newShopID stands for a new shop in the choice of shops.
const newShopID = -1

func (s *importSheet) open() {
	s.facts = container.NewStack(kit.Soft(words.T("import.reading")))
	s.sheet = s.env.UI.Open(kit.Sheet{
		Name: "import", Title: words.T("import.title", "file", filepath.Base(s.request.Path)), Width: 1160, Height: 680,
		Body: s.facts, Do: words.T("import.do"), OnDo: s.do, OnCancel: s.loader.Stop,
	})
	s.sheet.SetDo(words.T("import.do"), false)
	s.look()
}

// look asks what the import would do.
func (s *importSheet) look() {
	s.sheet.SetStatus(words.T("import.reading"))
	s.sheet.SetDo(words.T("import.do"), false)
	s.looks++
	s.early = false
	request := s.request
	kit.Load(&s.loader, func(ctx context.Context) (desk.ImportPreview, error) {
		return s.env.desk.WatchPreview(ctx, request, func(done, total int64, what string) {
			loop.Do(func() {
				if !s.sheet.Closed() {
					s.sheet.SetStatus(words.Dotted(words.T(what), words.Percent(done, total)))
				}
			})
		}, func(p desk.ImportPreview) {
			loop.Do(func() {
				if !s.sheet.Closed() && ctx.Err() == nil {
					s.showEarly(p)
				}
			})
		})
	}, s.show)
}

// showEarly shows the first rows at once, then the counts as they come.
func (s *importSheet) showEarly(p desk.ImportPreview) {
	s.preview = p
	if !s.early {
		s.early = true
		s.showPreview(false)
		return
	}
	s.numbers.Objects = []fyne.CanvasObject{s.counts()}
	s.numbers.Refresh()
}

func (s *importSheet) show(p desk.ImportPreview, err error) {
	if s.sheet.Closed() {
		return
	}
	s.sheet.SetStatus("")
	s.sheet.ClearProblem()
	if p.File != "" {
		s.preview = p
	}
	if err != nil {
		s.sheet.Problem(err)
		if p.File == "" {
			s.facts.Objects = []fyne.CanvasObject{kit.Soft(words.T("import.unreadable"))}
			s.facts.Refresh()
			return
		}
	}
	if p.Preset == "" {
		s.showMapping()
		return
	}
	s.showPreview(err == nil)
	kit.Event("loaded", "name", "import", "rows", len(p.Orders)+len(p.Feedback)+len(p.Messages)+len(p.Disputes)+len(p.Parcels)+len(p.Products))
}

// showPreview shows counts, shop, the first ten rows and what is left out.
func (s *importSheet) showPreview(good bool) {
	looks := s.looks
	row := s.shopRow()
	if looks != s.looks {
		return // it chose the shop: the look that follows is shown
	}
	p := s.preview
	s.numbers = container.NewStack(s.counts())
	head := kit.Stacked(look.Tight, s.title(), s.numbers, row)
	if p.Backward > 0 {
		head.Add(s.acceptOlder())
	}
	if p.Reused > 0 || s.request.AcceptReused {
		head.Add(s.acceptReused())
	}
	if len(p.Questions) > 0 {
		head.Add(s.questions())
	}
	s.facts.Objects = []fyne.CanvasObject{container.NewBorder(head, nil, nil, nil, s.tables())}
	s.facts.Refresh()
	takes := p.Counts.Added + p.Counts.Updated
	s.sheet.SetDo(words.N("import.do_n", takes), good && s.hasShop())
}

// title names the preset, and for a text its encoding, which can be changed where
// the names show that it is wrong.
func (s *importSheet) title() fyne.CanvasObject {
	p := s.preview
	s.encoding = nil
	if p.Encoding == "" {
		return kit.NewTitle(s.presetTitle())
	}
	var options []kit.Option[string]
	for _, name := range desk.ImportEncodings() {
		options = append(options, kit.Option[string]{Value: name, Text: name})
	}
	choice := kit.NewChoice(options, p.Encoding, func(name string) {
		if name != p.Encoding {
			s.request.Encoding = name
			s.look()
		}
	})
	s.encoding = choice
	kit.Trace("import.encoding", choice)
	return container.NewHBox(kit.NewTitle(s.presetTitle()), container.NewGridWrap(fyne.NewSize(170, 34), choice))
}

// presetTitle names what the file is read as.
func (s *importSheet) presetTitle() string { return words.Text(pack.Text(s.preview.Title)) }

// counts says in badges what the import would do.
func (s *importSheet) counts() fyne.CanvasObject {
	c := s.preview.Counts
	row := container.NewHBox()
	for _, one := range []struct {
		key  string
		n    int
		role kit.Role
	}{
		{"import.added", c.Added, kit.Plain},
		{"import.updated", c.Updated, kit.Plain},
		{"import.unchanged", c.Unchanged, kit.Muted},
		{"import.older", c.Older, kit.Muted},
		{"import.rejected", c.Rejected, kit.Warn},
	} {
		if one.n > 0 || one.key == "import.added" {
			row.Add(kit.NewBadge(words.N(one.key, one.n), one.role))
		}
	}
	if c.Rejected > 0 {
		row.Add(kit.NewButton("import.rejected.save", words.T("import.rejected.save"), s.saveRejections))
	}
	return row
}

// shopRow lets choose the shop, or name a new one.
func (s *importSheet) shopRow() fyne.CanvasObject {
	if s.parcels() {
		return s.parcelShop()
	}
	platform := s.preview.Platform
	var options []kit.Option[int64]
	for _, shop := range s.env.Shops() {
		if platform == "" || shop.Platform == platform || s.request.Target != "orders" {
			options = append(options, kit.Option[int64]{Value: shop.ID, Text: words.Dotted(shop.Platform.Title(), shop.Name)})
		}
	}
	options = append(options, kit.Option[int64]{Value: newShopID, Text: words.T("import.new_shop")})
	value := options[0].Value
	if s.request.Shop.ID != 0 {
		value = s.request.Shop.ID
	}
	s.shop = kit.NewChoice(options, value, s.shopChosen)
	kit.Trace("import.shop", s.shop)
	s.shopBox, s.zone = container.NewStack(), nil
	label := widget.NewLabel(words.T("import.shop"))
	row := container.NewHBox(label, container.NewGridWrap(fyne.NewSize(300, 34), s.shop), s.shopBox)
	if s.request.Shop.ID != 0 && s.request.Shop.ID == value {
		row.Add(s.zoneOfFile())
	}
	if value == newShopID {
		s.offerNewShop()
	} else if s.request.Shop.ID != value {
		s.request.Shop = s.shopByID(value)
		s.look() // what an import would do depends on the shop
	}
	return row
}

func (s *importSheet) shopByID(id int64) data.Shop {
	for _, shop := range s.env.Shops() {
		if shop.ID == id {
			return shop
		}
	}
	return data.Shop{}
}

func (s *importSheet) hasShop() bool {
	return s.parcels() || s.request.Shop.ID != 0 || s.request.Shop.Name != ""
}

// shopChosen reads the file again for another shop, as what is new there
// depends on it.
func (s *importSheet) shopChosen(id int64) {
	if id == newShopID {
		s.request.Shop = data.Shop{}
		s.offerNewShop()
		s.sheet.SetDo(words.T("import.do"), false)
		return
	}
	s.shopBox.Objects = nil
	s.shopBox.Refresh()
	s.request.Shop = s.shopByID(id)
	s.look()
}

func (s *importSheet) offerNewShop() {
	if s.request.Shop.Name != "" && s.request.Shop.ID == 0 {
		s.shopBox.Objects = []fyne.CanvasObject{container.NewHBox(
			widget.NewLabel(words.Dotted(s.request.Shop.Platform.Title(), s.request.Shop.Name, s.request.Shop.Zone, s.request.Shop.Currency)),
			kit.NewButton("import.new_shop", words.T("do.change"), s.nameShop))}
	} else {
		s.shopBox.Objects = []fyne.CanvasObject{kit.NewButton("import.new_shop", words.T("import.name_shop"), s.nameShop)}
	}
	s.shopBox.Refresh()
}

// nameShop asks for a new shop; it is made with the import, not before.
func (s *importSheet) nameShop() {
	shop := s.request.Shop
	if shop.Name == "" {
		shop = data.Shop{Platform: s.preview.Platform, Currency: "USD"}
		if shop.Platform == "" {
			shop.Platform = data.OtherSite
		}
	}
	fields := show.NewShopFields(s.env.UI, shop)
	s.env.UI.OpenForm(kit.FormSheet{
		Name: "shop", Title: words.T("import.new_shop"), Fields: fields.List(), Height: 380, Save: words.T("do.use"),
		Work: func(context.Context) error { return nil },
		Done: func() {
			s.request.Shop = fields.Shop()
			s.look()
		},
	})
}

// questions asks what the file alone cannot answer.
func (s *importSheet) questions() fyne.CanvasObject {
	column := kit.Stacked(0)
	for _, q := range s.preview.Questions {
		text := widget.NewLabel(words.T("import.ask."+q.Kind, "header", q.Header, "example", q.Example))
		var answer fyne.CanvasObject
		switch q.Kind {
		case "day_first":
			answer = kit.NewChoice([]kit.Option[string]{{Value: "yes", Text: words.T("import.day_first")}, {Value: "no", Text: words.T("import.month_first")}},
				s.request.DayFirst, func(v string) { s.request.DayFirst = v; s.look() })
		case "decimal":
			answer = kit.NewChoice([]kit.Option[string]{{Value: ".", Text: "1,234.56"}, {Value: ",", Text: "1.234,56"}},
				s.request.Decimal, func(v string) { s.request.Decimal = v; s.look() })
		case "minor_units":
			answer = kit.NewChoice([]kit.Option[string]{{Value: "yes", Text: words.T("import.minor_yes")}, {Value: "no", Text: words.T("import.minor_no")}},
				s.request.Minor, func(v string) { s.request.Minor = v; s.look() })
		default:
			continue
		}
		column.Add(container.NewHBox(text, container.NewGridWrap(fyne.NewSize(170, 34), answer)))
	}
	return column
}

// do imports what was shown.
func (s *importSheet) do() {
	if s.mapping != nil && (s.preview.Preset == "" || s.byHand) {
		s.useMapping()
		return
	}
	request := s.request
	e := s.env
	s.sheet.Close()
	var report desk.ImportReport
	e.UI.Jobs.RunAs("import", words.T("import.job", "file", filepath.Base(request.Path)), func(ctx context.Context, progress func(int64, int64, string)) (err error) {
		report, err = e.desk.Import(ctx, request, progress)
		return err
	}, func(err error) {
		if err != nil {
			e.UI.Problem(err)
			return
		}
		c := report.Counts
		kit.Event("imported", "added", c.Added, "updated", c.Updated, "unchanged", c.Unchanged, "rejected", c.Rejected)
		e.UI.Toast(words.T("import.done", "added", words.Number(int64(c.Added)), "updated", words.Number(int64(c.Updated)),
			"unchanged", words.Number(int64(c.Unchanged)), "rejected", words.Number(int64(c.Rejected))), nil)
		e.Files(request.Target, s.rest)
	})
}

// saveRejections writes the rows that are left out as a CSV.
func (s *importSheet) saveRejections() {
	name := strings.TrimSuffix(s.preview.File, filepath.Ext(s.preview.File)) + "-" + words.T("import.rejected.name") + ".csv"
	rows := s.preview.Rejected
	s.env.SaveFile(words.T("import.rejected.save"), name, func(path string) {
		kit.Do(func(context.Context) (struct{}, error) { return struct{}{}, writeRejections(path, rows) }, func(_ struct{}, err error) {
			if err != nil {
				s.sheet.Problem(err)
				return
			}
			s.env.UI.Toast(words.T("import.rejected.saved", "path", path), nil)
		})
	})
}

func writeRejections(path string, rows []data.Rejection) error {
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("writing the rows that were left out: %w", err)
	}
	var titles []string
	for _, name := range []string{"file", "line", "reason", "do", "cells"} {
		titles = append(titles, words.T("import.col."+name))
	}
	if err := desk.WriteRejections(f, rows, titles, words.Text); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
