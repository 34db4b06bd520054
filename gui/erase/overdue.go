package erase

import (
	"context"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

type row = kit.Numbered[desk.OverdueBuyer]

// overdue lists whose personal data is over its date.
type overdue struct {
	*show.Env
	desk   Desk
	sheet  *kit.OpenSheet
	table  *kit.Table[row]
	clocks *fyne.Container
	list   []desk.OverdueBuyer
}

// OpenOverdue lists the buyers whose personal data is over the date, with the clock of
// each shop.
func OpenOverdue(shared *show.Env, d Desk) {
	s := &overdue{Env: shared, desk: d, clocks: kit.Stacked(look.Tight)}
	s.table = kit.NewTable(s.UI, kit.TableOptions[row]{
		Name: "overdue", Columns: overdueColumns(s.UI.Now), Source: s.source,
		OnOpen: func(r row) {
			if r.Row.ID != 0 {
				s.sheet.Close()
				s.Open(route.Buyer{ID: r.Row.ID})
			}
		},
		Empty: func() kit.Empty { return kit.Empty{Text: words.T("overdue.empty")} },
	})
	s.sheet = s.UI.Open(kit.Sheet{
		Name: "overdue", Title: words.T("menu.overdue"), Width: 980, Height: 620, Danger: true, Do: words.T("overdue.do"), OnDo: s.erase, Cancel: words.T("do.close"),
		Body: container.NewBorder(container.NewVBox(kit.Prose(words.T("overdue.text")), s.clocks), nil, nil, nil, s.table),
	})
	s.sheet.SetDo(words.T("overdue.do"), false)
	s.table.Restart()
}

func (s *overdue) source() kit.Source[row] {
	return kit.ListSource(func(ctx context.Context, _ kit.Order) ([]row, error) {
		found, err := s.desk.Overdue(ctx)
		if err == nil {
			fyne.Do(func() { s.found(found) })
		}
		return kit.Number(found.Buyers), err
	}, kit.PlaceOf[desk.OverdueBuyer])
}

// found shows the clocks, and whether something can go.
func (s *overdue) found(o desk.Overdue) {
	if s.sheet.Closed() {
		return
	}
	s.list = o.Buyers
	s.sheet.SetDo(words.T("overdue.do"), len(s.erasable()) > 0)
	s.clocks.RemoveAll()
	for i, c := range o.Clocks {
		change := kit.NewButton(kit.RowName("overdue.clock", i, "change"), words.T("overdue.change"), func() { s.change(c) })
		s.clocks.Add(container.NewBorder(nil, nil, nil, change, kit.Prose(clockText(c))))
	}
	kit.Dense(s.clocks)
	s.clocks.Refresh()
}

// clockText says for how long a shop keeps personal data, and where that comes from.
func clockText(c desk.ShopClock) string {
	text := words.T("overdue.clock.none")
	if c.Clock.Days > 0 {
		text = words.N("overdue.clock."+c.Clock.After, c.Clock.Days)
	}
	source := words.T("overdue.own")
	if !c.Clock.Own {
		key := "retention.source." + string(c.Clock.Platform)
		if !words.Has(key) {
			key = "retention.source.other"
		}
		source = words.Join(" · ", words.T(key), words.Of("confidence", c.Clock.Confidence))
	}
	over := ""
	if c.Over > 0 {
		over = words.N("overdue.over", c.Over)
	}
	if c.More {
		over += "+"
	}
	return c.Shop.Name + ": " + words.Join(" · ", text, over, source)
}

// change sets a shop's own days.
func (s *overdue) change(c desk.ShopClock) {
	entry := kit.NewEntry(s.UI)
	if c.Clock.Own && c.Clock.Days > 0 {
		entry.SetText(strconv.Itoa(c.Clock.Days))
	}
	never := widget.NewCheck(words.T("overdue.never"), nil)
	never.SetChecked(c.Clock.Own && c.Clock.Days == 0)
	kit.Trace("overdue.days", entry)
	kit.Trace("overdue.never", never)
	days := 0
	s.UI.OpenForm(kit.FormSheet{
		Name: "overdue.clock", Title: c.Shop.Name, Focus: entry,
		Fields: []*kit.Field{{Label: words.T("overdue.days"), Object: entry, Hint: words.T("overdue.days.hint")}, {Label: "", Object: never}},
		Read: func() (err error) {
			days = 0
			switch text := strings.TrimSpace(entry.Text); {
			case never.Checked:
				days = -1
			case text != "":
				if days, err = strconv.Atoi(text); err != nil || days < 1 {
					return problemDays.New("text", text)
				}
			}
			return nil
		},
		Work: func(ctx context.Context) error { return s.desk.SetKeepDays(ctx, c.Shop.ID, days) },
		Done: func() {
			s.UI.Toast(words.T("overdue.kept"), s.Undo)
			s.table.Reload()
		},
	})
}

var problemDays = data.DefineProblem("overdue_days", data.ErrInvalid,
	"“{text}” is no number of days.", "Write a whole number from 1, or leave it empty for the platform's figure.")

func (s *overdue) erasable() (ids []int64) {
	for i := range s.list {
		ids = append(ids, s.list[i].Erasable()...)
	}
	return ids
}

// erase goes on with the plan of all that can go.
func (s *overdue) erase() {
	ids := s.erasable()
	s.sheet.Close()
	s.Open(route.Erase{Orders: ids, Rule: "retention"})
}

func overdueColumns(now func() time.Time) []kit.Column[row] {
	return []kit.Column[row]{
		{ID: "buyer", Title: "overdue.col.buyer", Width: 220, Bold: true, Text: func(r row) string { return r.Row.Name }},
		{ID: "shop", Title: "overdue.col.shop", Width: 130, Text: func(r row) string { return r.Row.Shop.Name }},
		{ID: "orders", Title: "overdue.col.orders", Width: 180, Text: func(r row) string { return listed(r.Row.Numbers) }},
		{ID: "since", Title: "overdue.col.since", Width: 110, Text: func(r row) string { return words.Day(r.Row.Since, r.Row.Shop.Zone, now()) }},
		{ID: "kept", Title: "overdue.col.kept", Width: 300, Grow: true, Text: func(r row) string {
			if len(r.Row.Held) == 0 {
				return words.T("overdue.can_go")
			}
			return words.N("overdue.held", len(r.Row.Held)) + ": " + words.Text(r.Row.Reason)
		}},
	}
}
