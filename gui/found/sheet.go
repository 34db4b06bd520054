package found

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

const (
	shownFiles = 2000 // the newest; of more it is said
	sidePixels = 520  // of the picture at the side
)

// sheet lists the files that wait, with what can be done with the chosen one.
type sheet struct {
	room   *Room
	sheet  *kit.OpenSheet
	files  []data.FoundFile
	head   *fyne.Container
	table  *kit.Table[data.FoundFile]
	loader kit.Loader

	chosen  data.FoundFile // ID 0: none
	picture *fyne.Container
	facts   *fyne.Container
	orders  *fyne.Container
	order   *show.OrderFinder
	deeds   *fyne.Container
	drawn   kit.Loader // of the picture
}

// Open shows the files that wait.
func (r *Room) Open() {
	if r.sheet != nil || r.UI.SheetOpen() {
		return
	}
	s := &sheet{room: r, head: container.NewVBox(), picture: container.NewStack(), facts: container.NewStack(), orders: container.NewVBox(), deeds: container.NewVBox()}
	s.order = show.NewOrderFinder(r.Env, words.T("found.order.search"), func(data.OrderRow) { s.drawDeeds() })
	s.table = kit.NewTable(r.UI, kit.TableOptions[data.FoundFile]{
		Name: "found", Columns: s.columns(), Source: s.source,
		OnSelect: s.choose, Deeds: func(f data.FoundFile) kit.Deeds {
			return kit.Deeds{
				{Text: words.T("row.open"), Do: func() { r.OpenPath(f.Path) }},
				s.main(f),
				{Name: "found.leave", Text: words.T("found.leave"), Keys: kit.KeysBin, Rule: true, Do: func() { s.leave(f) }},
			}
		},
		Empty: func() kit.Empty {
			return kit.Empty{Text: words.T("found.empty"), Button: words.T("menu.found_folders"), Do: r.Folders}
		},
	})
	frame := canvas.NewRectangle(look.Color(look.Panel))
	frame.SetMinSize(fyne.NewSize(300, 210))
	side := container.NewBorder(container.NewStack(frame, s.picture), s.deeds, nil, nil,
		container.NewVScroll(kit.Stacked(look.Tight, s.facts, s.orders)))
	split := container.NewHSplit(s.table, kit.Inset(look.Tight, side))
	split.Offset = 0.7
	r.sheet = s
	s.sheet = r.UI.Open(kit.Sheet{
		Name: "found", Title: words.T("menu.found"), Width: 1180, Height: 680,
		Body: container.NewBorder(s.head, nil, nil, nil, split),
		Do:   takeWords(0), OnDo: s.takeSure, Cancel: words.T("do.close"), OnCancel: func() { r.sheet = nil },
		More: []kit.SheetExtra{
			{Name: "found.folders", Text: words.T("menu.found_folders"), Do: r.Folders},
			{Name: "found.look", Text: words.T("found.look"), Do: r.read},
		},
	})
	s.choose(data.FoundFile{}, false)
	s.load()
}

func (s *sheet) load() {
	kit.Load(&s.loader, func(ctx context.Context) ([]data.FoundFile, error) {
		return s.room.desk.FoundFiles(ctx, shownFiles)
	}, func(files []data.FoundFile, err error) {
		if err != nil {
			s.sheet.Problem(err)
			return
		}
		s.files = files
		s.drawHead()
		s.table.Reload()
		if s.chosen.ID == 0 && len(files) > 0 {
			s.table.Select(files[0].ID)
		}
		kit.Event("loaded", "name", "found", "rows", len(files))
	})
}

func (s *sheet) drawHead() {
	c := s.room.count
	parts := []string{Line(c)}
	if c.Unread > 0 {
		parts = append(parts, words.N("found.unread_n", c.Unread))
	}
	if c.Offered() > len(s.files) && len(s.files) == shownFiles {
		parts = append(parts, words.T("found.capped", "n", words.Number(shownFiles)))
	}
	if c.Other > 0 {
		parts = append(parts, words.N("found.other_n", c.Other))
	}
	s.head.Objects = []fyne.CanvasObject{kit.Soft(words.Join(" · ", parts...))}
	s.head.Refresh()
	n := len(desk.SureFound(s.files))
	s.sheet.SetDo(takeWords(n), n > 0)
}

// takeWords are those of the main button.
func takeWords(sure int) string {
	if sure == 0 {
		return words.T("found.take_sure_none")
	}
	return words.N("found.take_sure", sure)
}

func (s *sheet) source() kit.Source[data.FoundFile] {
	files := s.files
	return kit.ListSource(func(context.Context, kit.Order) ([]data.FoundFile, error) { return files, nil },
		func(f data.FoundFile) int64 { return f.ID })
}

func (s *sheet) columns() []kit.Column[data.FoundFile] {
	now := s.room.UI.Now
	return []kit.Column[data.FoundFile]{
		{ID: "file", Title: "found.column.file", Width: 140, Grow: true, Text: func(f data.FoundFile) string { return filepath.Base(f.Path) }},
		{ID: "state", Title: "found.column.state", Width: 130, Badge: true, Text: match, Role: func(f data.FoundFile) kit.Role {
			if f.Guess.Sure {
				return kit.Good
			}
			return kit.Muted
		}},
		{ID: "order", Title: "found.column.order", Width: 142, Text: orderOf},
		{ID: "ground", Title: "found.column.ground", Width: 116, Text: groundOf},
		{ID: "why", Title: "found.column.why", Width: 160, Grow: true, Text: whyOf},
		{ID: "kind", Title: "found.column.kind", Width: 70, Text: func(f data.FoundFile) string { return words.T("found.kind." + string(f.Kind)) }},
		{ID: "time", Title: "found.column.time", Width: 120, Text: func(f data.FoundFile) string { return words.Time(f.Guess.At, "", now()) }},
	}
}

// match says how sure it is whose a file is.
func match(f data.FoundFile) string {
	switch {
	case !f.Guess.Read:
		return words.T("found.unread")
	case f.Guess.Sure:
		return words.T("found.sure")
	case f.Kind == data.FoundPicture || f.Kind == data.FoundVideo:
		return words.T("found.ask")
	}
	return ""
}

func orderOf(f data.FoundFile) string {
	var numbers []string
	for _, o := range f.Guess.Orders {
		numbers = append(numbers, o.Order)
	}
	return strings.Join(numbers, ", ")
}

func groundOf(f data.FoundFile) string {
	if len(f.Guess.Orders) == 0 {
		return ""
	}
	return words.T("found.ground." + string(f.Guess.Orders[0].Ground))
}

func whyOf(f data.FoundFile) string {
	var parts []string
	if !f.Guess.Title.IsZero() {
		parts = append(parts, words.Text(f.Guess.Title))
	}
	for _, w := range f.Guess.Why {
		parts = append(parts, words.Text(w))
	}
	return strings.Join(parts, " ")
}

// choose shows a file at the side.
func (s *sheet) choose(f data.FoundFile, ok bool) {
	same := ok && f.ID == s.chosen.ID
	s.chosen = f
	if !ok {
		s.chosen = data.FoundFile{}
	}
	if !same {
		s.drawPicture()
		first := data.OrderRow{}
		if len(f.Guess.Orders) > 0 && ok {
			first = rowOf(f.Guess.Orders[0])
		}
		s.order.Choose(first)
	}
	s.drawFacts()
	s.drawDeeds()
}

func rowOf(o data.FoundOrder) data.OrderRow {
	return data.OrderRow{ID: o.OrderID, Number: o.Order, ShopName: o.Shop}
}

// drawPicture decodes the chosen picture beside the main goroutine.
func (s *sheet) drawPicture() {
	s.drawn.Stop()
	s.picture.Objects = nil
	s.picture.Refresh()
	f := s.chosen
	if f.ID == 0 {
		return
	}
	blank := func(text string) {
		s.picture.Objects = []fyne.CanvasObject{container.NewCenter(kit.NewText(text, kit.Muted, look.Small, false))}
		s.picture.Refresh()
	}
	if f.Kind != data.FoundPicture {
		blank(show.FileKind(f.Path))
		return
	}
	kit.Load(&s.drawn, func(ctx context.Context) (desk.Picture, error) {
		return s.room.desk.FoundPicture(ctx, f.ID, sidePixels)
	}, func(p desk.Picture, err error) {
		if err != nil {
			blank(words.T("found.no_preview"))
			return
		}
		pic := canvas.NewImageFromImage(p.Image)
		pic.FillMode, pic.ScaleMode = canvas.ImageFillContain, canvas.ImageScaleSmooth
		s.picture.Objects = []fyne.CanvasObject{pic}
		s.picture.Refresh()
	})
}

func (s *sheet) drawFacts() {
	f := s.chosen
	lines := []fyne.CanvasObject{}
	if f.ID != 0 {
		lines = append(lines, kit.Section(words.Shorten(filepath.Base(f.Path), 48)),
			kit.Soft(words.Join(" · ", words.Bytes(f.Size), words.Shorten(filepath.Dir(f.Path), 60))))
		if !f.Guess.Title.IsZero() {
			lines = append(lines, kit.Prose(words.T("found.export_as", "title", words.Text(f.Guess.Title))))
		}
		for _, w := range f.Guess.Why {
			lines = append(lines, kit.Prose(words.Text(w)))
		}
	}
	s.facts.Objects = []fyne.CanvasObject{kit.Stacked(2, lines...)}
	s.facts.Refresh()
	s.orders.RemoveAll()
	if f.Kind == data.FoundPicture || f.Kind == data.FoundVideo {
		s.orders.Add(s.order.Object)
		for i, o := range f.Guess.Orders {
			by := words.T("found.ground." + string(o.Ground))
			if told := o.Number + o.Picture; told != o.Order {
				by = words.Join(" ", by, words.Shorten(told, 20))
			}
			b := kit.NewButton(kit.RowName("found", i, "order"), words.Shorten(words.Join(" · ", o.Order, by, o.Shop), 40),
				func() { s.order.Choose(rowOf(o)) })
			b.Alignment, b.Importance = widget.ButtonAlignLeading, widget.LowImportance
			s.orders.Add(b)
		}
	}
	s.orders.Refresh()
}

// drawDeeds shows what can be done with the chosen file.
func (s *sheet) drawDeeds() {
	s.deeds.RemoveAll()
	f := s.chosen
	if f.ID == 0 {
		s.deeds.Refresh()
		return
	}
	main := s.main(f)
	do := kit.NewButton(main.Name, main.Text, main.Do)
	if main.Why() != "" {
		do.Disable()
	}
	s.deeds.Add(container.NewGridWithColumns(2, do, kit.NewButton("found.leave", words.T("found.leave"), func() { s.leave(f) })))
	s.deeds.Refresh()
}

// main is what a file is there for, by its kind.
func (s *sheet) main(f data.FoundFile) kit.Action {
	switch f.Kind {
	case data.FoundExport:
		return kit.Action{Name: "found.import", Text: words.T("found.import"), Do: func() { s.room.frame.Import(f.Guess.Target, []string{f.Path}) }, Off: func() string {
			if f.Guess.Read {
				return ""
			}
			return words.T("found.unread")
		}}
	case data.FoundMail:
		return kit.Action{Name: "found.mail", Text: words.T("found.mail"), Do: func() { s.readMail(f) }}
	}
	return kit.Action{Name: "found.take", Text: words.T("found.take"), Do: func() { s.take([]desk.FoundTake{{ID: f.ID, OrderID: s.order.Chosen.ID}}) }, Off: func() string {
		if s.order.Chosen.ID != 0 {
			return ""
		}
		return words.T("off.no_order_chosen")
	}}
}

func (s *sheet) readMail(f data.FoundFile) {
	kit.Do(func(ctx context.Context) (struct{}, error) {
		return struct{}{}, s.room.desk.OpenedFound(ctx, []int64{f.ID})
	},
		func(_ struct{}, err error) {
			if err != nil {
				s.sheet.Problem(err)
				return
			}
			s.sheet.Cancel()
			s.room.frame.Mails([]string{f.Path})
		})
}

func (s *sheet) leave(f data.FoundFile) {
	s.room.Deed(words.T("found.left"), func(ctx context.Context) error { return s.room.desk.LeaveFound(ctx, []int64{f.ID}) })
}

func (s *sheet) takeSure() { s.take(desk.SureFound(s.files)) }

// take takes files as a job; what was refused is said in the sheet.
func (s *sheet) take(takes []desk.FoundTake) {
	if len(takes) == 0 {
		return
	}
	s.sheet.SetDo(takeWords(len(takes)), false)
	var report desk.EvidenceReport
	s.room.UI.Jobs.Run(words.T("found.taking"), func(ctx context.Context, progress func(int64, int64, string)) (err error) {
		report, err = s.room.desk.TakeFound(ctx, takes, progress)
		return err
	}, func(err error) {
		if err == nil && len(report.Rejected) > 0 {
			err = report.Rejected[0].Reason
		}
		if err != nil {
			s.sheet.Problem(err)
		}
		refused := ""
		if n := len(report.Rejected); n > 0 {
			refused = words.N("found.refused", n)
		}
		switch n := len(report.Added); {
		case n > 0:
			s.room.UI.Toast(words.Join(" · ", words.N("found.taken", n), refused), s.room.Undo)
		case refused != "":
			s.room.UI.Toast(refused, nil)
		}
		s.load()
	})
}
