// Package scans is the sheet on which a copied tracking page is looked at before
// its scans are kept.
//
// Its one rule: what it says of a parcel is what would be written, and nothing is
// written before the button.
package scans

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// Desk is what the sheet asks of a desk.
type Desk interface {
	PreviewScans(ctx context.Context, r desk.ScansRequest) (desk.ScansPage, error)
	TakeScans(ctx context.Context, s desk.ScansPage) (desk.ScansReport, error)
}

// Open opens the sheet for a page about an order; ID 0 has its tracking number
// tell the order. With no text it asks for one.
func Open(e *show.Env, d Desk, order data.OrderRow, text string) {
	r := desk.ScansRequest{Text: text, OrderID: order.ID}
	if text == "" {
		ask(e, d, r)
		return
	}
	read(e, d, r)
}

// ask opens a sheet into which a page is pasted.
func ask(e *show.Env, d Desk, r desk.ScansRequest) {
	text := kit.NewTextArea(e.UI, 16)
	kit.Trace("scans.text", text)
	e.UI.OpenForm(kit.FormSheet{
		Name: "scans.ask", Title: words.T("scans.add"), Width: 720, Height: 500, Save: words.T("scans.read"), Focus: text,
		Fields: []*kit.Field{{
			Label: words.T("scans.text"), Hint: words.T("scans.paste_hint"), Object: text,
			Check: func() error {
				if text.Text == "" {
					return kit.ProblemRequired.New("field", words.T("scans.text"))
				}
				return nil
			},
		}},
		Read: func() error { r.Text = text.Text; return nil },
		Work: func(context.Context) error { return nil },
		Done: func() { read(e, d, r) },
	})
}

func read(e *show.Env, d Desk, r desk.ScansRequest) {
	var page desk.ScansPage
	e.UI.Jobs.Run(words.T("scans.reading"), func(ctx context.Context, _ func(int64, int64, string)) (err error) {
		page, err = d.PreviewScans(ctx, r)
		return err
	}, func(err error) {
		if err != nil {
			e.UI.Problem(err)
			return
		}
		open(e, d, page)
	})
}

// sheet shows a page as it was read.
type sheet struct {
	env   *show.Env
	desk  Desk
	page  desk.ScansPage
	sheet *kit.OpenSheet

	order  *show.OrderFinder
	zone   *kit.SelectEntry
	head   *fyne.Container
	found  *fyne.Container
	table  *kit.Table[row]
	toggle *kit.Button
	at     int // the chosen scan; -1: none
	quiet  bool
	loader kit.Loader
}

type row = kit.Numbered[desk.ScanItem]

func open(e *show.Env, d Desk, page desk.ScansPage) *sheet {
	s := &sheet{env: e, desk: d, page: page, at: -1, head: container.NewVBox(), found: container.NewStack()}
	s.order = show.NewOrderFinder(e, words.T("talk.order.search"), s.chooseOrder)
	s.zone = kit.NewSelectEntry(show.Zones())
	s.zone.SetText(page.Zone)
	s.zone.OnChanged = s.chooseZone
	s.toggle = kit.NewButton("", words.T("scans.toggle"), s.turn)
	s.table = kit.NewTable(e.UI, kit.TableOptions[row]{
		Name: "scans", Columns: s.columns(), Source: s.source,
		OnSelect: func(r row, ok bool) {
			if s.at = -1; ok {
				s.at = int(r.At) - 1
			}
		},
		Deeds: func(row) kit.Deeds {
			return kit.Deeds{{Text: words.T("scans.toggle"), Keys: kit.KeysTurn, Do: s.turn}, kit.Stays("stays.tick")}
		},
	})
	kit.Trace("scans.toggle", s.toggle)
	labeled := func(key string, field fyne.CanvasObject) fyne.CanvasObject {
		return container.NewBorder(nil, nil, container.NewVBox(kit.Soft1(words.T(key))), nil, container.NewVBox(field))
	}
	fields := container.NewGridWithColumns(2, labeled("talk.order", s.order.Object), labeled("scans.zone", s.zone))
	list := container.NewBorder(nil, container.NewHBox(s.toggle), nil, nil, s.table)
	side := container.NewBorder(kit.Section(words.T("scans.text")), nil, nil, nil, container.NewVScroll(kit.Prose(page.Shown())))
	split := container.NewHSplit(list, side)
	split.Offset = 0.68
	s.sheet = e.UI.Open(kit.Sheet{
		Name: "scans", Title: words.T("scans.title"), Width: 1180, Height: 680,
		Body: container.NewBorder(container.NewVBox(s.head, fields, s.found), nil, nil, nil, split),
		Do:   words.T("scans.take"), OnDo: s.take, Cancel: words.T("do.close"),
	})
	s.draw()
	s.table.Restart()
	return s
}

func (s *sheet) source() kit.Source[row] {
	rows := kit.Number(s.page.Items)
	return kit.ListSource(func(context.Context, kit.Order) ([]row, error) { return rows, nil }, kit.PlaceOf[desk.ScanItem])
}

// columns are those of the table; the parcel stands in them where there are several,
// else above it.
func (s *sheet) columns() []kit.Column[row] {
	list := []kit.Column[row]{
		{ID: "state", Title: "scans.column_state", Width: 90, Text: func(r row) string { return words.T("scans.state." + state(&r.Row)) }},
		{ID: "at", Title: "scans.column_time", Width: 130, Text: func(r row) string {
			if r.Row.Day {
				return r.Row.At.Format("2006-01-02")
			}
			return r.Row.At.Format("2006-01-02 15:04")
		}},
		{ID: "place", Title: "scans.column_place", Width: 140, Text: func(r row) string { return r.Row.Place }},
		{ID: "text", Title: "scans.column_text", Width: 200, Grow: true, Text: func(r row) string { return r.Row.Text }},
	}
	if s.parcel() == "" {
		list = append(list, kit.Column[row]{ID: "parcel", Title: "scans.column_parcel", Width: 150, Text: func(r row) string { return r.Row.Parcel }})
	}
	return list
}

// parcel is the number of the one parcel of the page; "" where it has several, or
// none is known.
func (s *sheet) parcel() string {
	number := ""
	for i := range s.page.Items {
		if i > 0 && s.page.Items[i].Parcel != number {
			return ""
		}
		number = s.page.Items[i].Parcel
	}
	return number
}

// state says what becomes of a scan.
func state(item *desk.ScanItem) string {
	switch {
	case item.Known:
		return "known"
	case item.Leave || item.OrderID == 0 || item.Parcel == "":
		return "left"
	}
	return "new"
}

// turn leaves the chosen scan out, or takes it after all.
func (s *sheet) turn() {
	if s.at < 0 || s.at >= len(s.page.Items) || s.page.Items[s.at].Known {
		return
	}
	s.page.Items[s.at].Leave = !s.page.Items[s.at].Leave
	s.draw()
	s.table.Reload()
}

func (s *sheet) draw() {
	fresh, known := s.page.Fresh()
	left := len(s.page.Items) - fresh - known
	p := &s.page.Page
	s.head.Objects = []fyne.CanvasObject{kit.Soft(words.Join(" · ", p.Tracker, p.Carrier, s.parcel(), words.N("scans.fresh", fresh), words.N("scans.known_n", known), words.N("scans.left_n", left)))}
	s.head.Refresh()
	if s.page.Order.ID != s.order.Chosen.ID {
		s.quiet = true
		s.order.Choose(s.page.Order)
		s.quiet = false
	}
	s.found.Objects = nil
	if len(s.page.Findings) > 0 {
		list := container.NewVScroll(show.Findings("scans.finding", show.AsFindings(s.page.Findings...), show.FindingDeeds{}))
		list.SetMinSize(fyne.NewSize(200, min(float32(len(s.page.Findings))*52, 156)))
		s.found.Objects = []fyne.CanvasObject{kit.Inset(look.Tight, list)}
	}
	s.found.Refresh()
	s.sheet.SetDo(words.T("scans.take"), fresh > 0)
}

func (s *sheet) chooseOrder(r data.OrderRow) {
	if !s.quiet && r.ID != s.page.Order.ID {
		s.page.Request.OrderID = r.ID
		s.again()
	}
}

func (s *sheet) chooseZone(zone string) {
	if slices.Contains(show.Zones(), zone) && zone != s.page.Request.Zone {
		s.page.Request.Zone = zone
		s.again()
	}
}

// again reads the page once more, with another order or zone.
func (s *sheet) again() {
	r := s.page.Request
	kit.Load(&s.loader, func(ctx context.Context) (desk.ScansPage, error) { return s.desk.PreviewScans(ctx, r) }, func(page desk.ScansPage, err error) {
		if err != nil {
			s.sheet.Problem(err)
			return
		}
		s.sheet.ClearProblem()
		s.page = page
		s.draw()
		s.table.Reload()
	})
}

func (s *sheet) take() {
	s.sheet.SetDo(words.T("scans.take"), false)
	var report desk.ScansReport
	page := s.page
	page.Items = slices.Clone(page.Items)
	s.env.UI.Jobs.Run(words.T("scans.taking"), func(ctx context.Context, _ func(int64, int64, string)) (err error) {
		report, err = s.desk.TakeScans(ctx, page)
		return err
	}, func(err error) {
		if err != nil {
			s.sheet.Problem(err)
			s.draw()
			return
		}
		s.sheet.Close()
		s.env.UI.Toast(words.Join(" · ", words.N("scans.taken", report.Added), words.N("scans.known_n", report.Known)), s.env.Undo)
	})
}
