package erase

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/loop"
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
	shops  *container.Scroll // around the clocks
	list   []desk.OverdueBuyer
}

// OpenOverdue lists the buyers whose personal data is over the date, with the clock of
// each shop.
func OpenOverdue(shared *show.Env, d Desk) {
	s := &overdue{Env: shared, desk: d, clocks: kit.Stacked(look.Tight)}
	s.shops = container.NewVScroll(s.clocks)
	s.table = kit.NewTable(s.UI, kit.TableOptions[row]{
		Name: "overdue", Columns: overdueColumns(s.UI.Now), Source: s.source,
		Deeds: func(r row) kit.Deeds {
			return kit.Deeds{{Text: words.T("buyers.show"), Do: func() {
				s.sheet.Close()
				s.Open(route.Buyer{ID: r.Row.ID})
			}, Off: func() string {
				if r.Row.ID != 0 {
					return ""
				}
				return words.T("off.no_buyer")
			}}, kit.Stays("stays.overdue")}
		},
		Empty: func() kit.Empty { return kit.Empty{Text: words.T("overdue.empty")} },
	})
	s.sheet = s.UI.Open(kit.Sheet{
		Name: "overdue", Title: words.T("menu.overdue"), Width: 980, Height: 620, Danger: true, Do: words.T("overdue.do"), OnDo: s.erase, Cancel: words.T("do.close"), Heard: func() { s.table.Reload() },
		Body: container.NewBorder(container.NewVBox(kit.Prose(words.T("overdue.text")), s.shops), nil, nil, nil, s.table),
	})
	s.sheet.SetDo(words.T("overdue.do"), false)
	s.table.Restart()
}

func (s *overdue) source() kit.Source[row] {
	return kit.ListSource(func(ctx context.Context, _ kit.Order) ([]row, error) {
		found, err := s.desk.Overdue(ctx)
		if err == nil {
			loop.Do(func() { s.found(found) })
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
	var sources []string
	for i, c := range o.Clocks {
		change := kit.NewButton(kit.RowName("overdue.clock", i, "change"), words.T("overdue.change"), func() { s.change(c) })
		s.clocks.Add(container.NewBorder(nil, nil, nil, change, kit.Prose(clockText(c))))
		if source := clockSource(c); source != "" && !slices.Contains(sources, source) {
			sources = append(sources, source)
		}
	}
	for _, source := range sources { // many shops share one
		s.clocks.Add(kit.Soft(source))
	}
	kit.Dense(s.clocks)
	s.clocks.Refresh()
	s.shops.SetMinSize(fyne.NewSize(0, min(s.clocks.MinSize().Height, mostClocks)))
}

// mostClocks is how high the clocks of the shops stand at most; more are scrolled to.
const mostClocks = 180

// clockText says for how long a shop keeps personal data.
func clockText(c desk.ShopClock) string {
	text, sure := words.T("overdue.clock.none"), ""
	if c.Clock.Days > 0 {
		text = words.N("overdue.clock."+c.Clock.After, c.Clock.Days)
		sure = words.Of("confidence", c.Clock.Confidence)
	}
	if c.Clock.Own {
		sure = words.T("overdue.own")
	}
	over := ""
	if c.Over > 0 {
		over = words.N("overdue.over", c.Over)
	}
	if c.More {
		over += "+"
	}
	return words.Named(c.Shop.Name, words.Join(" · ", text, over, sure))
}

// clockSource says where the days of a shop's clock come from; "" where the shop set
// them itself.
func clockSource(c desk.ShopClock) string {
	key := "retention.source." + string(c.Clock.Platform)
	switch {
	case c.Clock.Own:
		return ""
	case !words.Has(key):
		return words.T("retention.source.other")
	}
	return words.Named(c.Clock.Platform.Title(), words.T(key))
}

// change sets a shop's own days.
func (s *overdue) change(c desk.ShopClock) {
	entry := kit.NewEntry(s.UI)
	if c.Clock.Own && c.Clock.Days > 0 {
		entry.SetText(strconv.Itoa(c.Clock.Days))
	}
	never := kit.NewCheck(words.T("overdue.never"), nil)
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
	"“{text}” is not a number of days.", "Enter a whole number from 1, or leave it empty for the platform's figure.")

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
		{ID: "buyer", Title: "overdue.col.buyer", Width: 180, Bold: true, Text: func(r row) string { return words.Buyer(r.Row.Name) }},
		{ID: "shop", Title: "overdue.col.shop", Width: 130, Text: func(r row) string { return r.Row.Shop.Name }},
		{ID: "orders", Title: "overdue.col.orders", Width: 170, Text: func(r row) string { return listed(r.Row.Numbers) }},
		{ID: "since", Title: "overdue.col.since", Width: 110, Text: func(r row) string { return words.Day(r.Row.Since, r.Row.Shop.Zone, now()) }},
		{ID: "kept", Title: "overdue.col.kept", Width: 300, Grow: true, Text: func(r row) string {
			if len(r.Row.Held) == 0 {
				return words.T("overdue.can_go")
			}
			return words.Named(words.N("overdue.held", len(r.Row.Held)), words.Text(r.Row.Reason))
		}},
	}
}
