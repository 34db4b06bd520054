// Package carriers is the sheet of what carriers did: days, late and lost parcels.
//
// Its one rule: a share or a usual time stands only where enough parcels tell it.
package carriers

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data/parcel"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/loop"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// Desk is what the sheet asks of a desk.
type Desk interface {
	Carriers(ctx context.Context) (*parcel.Record, error)
}

type row = kit.Numbered[parcel.RecordRow]

// sheet lists the record of carriers.
type sheet struct {
	*show.Env
	desk   Desk
	table  *kit.Table[row]
	place  *fyne.Container // of the table
	said   *kit.Para
	record *parcel.Record // as it was made when the sheet was opened; nil before
	by     parcel.RecordBy
	months int // how far back; 0 all
}

// Open opens the sheet.
func Open(shared *show.Env, d Desk) {
	s := &sheet{Env: shared, desk: d, by: parcel.ByCarrier, months: 12, place: container.NewStack(), said: kit.Prose("")}
	ways := make([]kit.Option[parcel.RecordBy], 0, 3)
	for _, w := range parcel.RecordWays() {
		ways = append(ways, kit.Option[parcel.RecordBy]{Value: w, Text: words.T("carriers.by." + string(w))})
	}
	by := kit.NewChoice(ways, s.by, func(w parcel.RecordBy) { s.by = w; s.fill(); s.table.Restart() })
	kit.Trace("carriers.by", by)
	var spans []kit.Option[int]
	for _, months := range []int{3, 6, 12, 24, 0} {
		text := words.T("carriers.all")
		if months > 0 {
			text = words.N("carriers.months", months)
		}
		spans = append(spans, kit.Option[int]{Value: months, Text: text})
	}
	since := kit.NewChoice(spans, s.months, func(months int) { s.months = months; s.table.Reload() })
	kit.Trace("carriers.since", since)
	s.fill()
	head := container.NewHBox(widget.NewLabel(words.T("carriers.by")), container.NewGridWrap(fyne.NewSize(260, 34), by),
		widget.NewLabel(words.T("carriers.since")), container.NewGridWrap(fyne.NewSize(180, 34), since))
	s.UI.Open(kit.Sheet{
		Name: "carriers", Title: words.T("carriers.title"), Width: 1120, Height: 620, Cancel: words.T("do.close"),
		Body: container.NewBorder(head, kit.Inset(look.Tight, s.said), nil, nil, s.place),
	})
	s.table.Restart()
	s.table.Focus()
}

// fill makes the table with the columns that the grouping has.
func (s *sheet) fill() {
	s.table = kit.NewTable(s.UI, kit.TableOptions[row]{
		Name: "carriers." + string(s.by), Columns: columns(s.by, s.UI.Now), Source: func() kit.Source[row] {
			by, months, now := s.by, s.months, s.UI.Now()
			return kit.ListSource(func(ctx context.Context, _ kit.Order) ([]row, error) {
				r, err := s.made(ctx)
				if err != nil {
					return nil, err
				}
				return kit.Number(r.Rows(by, since12(now, months))), nil
			}, kit.PlaceOf[parcel.RecordRow])
		},
		Deeds: kit.Counted[row],
		Empty: func() kit.Empty {
			return kit.Empty{Text: words.T("carriers.empty") + "\n" + words.T("carriers.empty.do")}
		},
	})
	s.place.Objects = []fyne.CanvasObject{s.table}
	s.place.Refresh()
}

// made is the record; it is made once for a sheet.
func (s *sheet) made(ctx context.Context) (*parcel.Record, error) {
	if s.record != nil {
		return s.record, nil
	}
	r, err := s.desk.Carriers(ctx)
	if err != nil {
		return nil, err
	}
	loop.Do(func() {
		s.record = r
		s.said.SetText(said(r))
	})
	return r, nil
}

// said tells what stands behind the figures, and what they leave out.
func said(r *parcel.Record) string {
	text := words.T("carriers.text", "n", words.Number(int64(r.Parcels)), "least", parcel.LeastRate)
	if r.Unnamed > 0 {
		text = words.Join(" ", text, words.N("carriers.unnamed", r.Unnamed))
	}
	if r.Odd > 0 {
		text = words.Join(" ", text, words.N("carriers.odd", r.Odd))
	}
	return text
}

// since12 is the first month of a span; "" all.
func since12(now time.Time, months int) string {
	if months == 0 {
		return ""
	}
	first := time.Date(now.UTC().Year(), now.UTC().Month(), 1, 0, 0, 0, 0, time.UTC)
	return first.AddDate(0, 1-months, 0).Format("2006-01")
}

func columns(by parcel.RecordBy, now func() time.Time) []kit.Column[row] {
	number := func(id string, width float32, of func(parcel.RecordRow) int) kit.Column[row] {
		return kit.Column[row]{ID: id, Title: "carriers.col." + id, Width: width, Right: true, Text: func(r row) string { return words.Number(int64(of(r.Row))) }}
	}
	days := func(id string, of func(parcel.RecordRow) int) kit.Column[row] {
		return kit.Column[row]{ID: id, Title: "carriers.col." + id, Width: 100, Right: true, Text: func(r row) string {
			if r.Row.Arrived < parcel.LeastRate {
				return words.T("carriers.few")
			}
			return words.N("carriers.days", of(r.Row))
		}}
	}
	list := []kit.Column[row]{
		{ID: "carrier", Title: "carriers.col.carrier", Width: 140, Grow: true, Bold: true, Text: func(r row) string {
			if r.Row.Carrier == "" {
				return words.T("carriers.nobody")
			}
			return r.Row.Carrier
		}},
		{ID: "country", Title: "carriers.col.country", Width: 110, Text: func(r row) string { return words.Country(r.Row.Country) }},
		{ID: "month", Title: "carriers.col.month", Width: 70, Text: func(r row) string { return r.Row.Month }},
		number("parcels", 64, func(r parcel.RecordRow) int { return r.Parcels }),
		number("arrived", 64, func(r parcel.RecordRow) int { return r.Arrived }),
		days("median", func(r parcel.RecordRow) int { return r.Median }),
		days("nine", func(r parcel.RecordRow) int { return r.Nine }),
		{ID: "late", Title: "carriers.col.late", Width: 124, Right: true, Text: func(r row) string { return share(r.Row.Late, r.Row.Promised) }},
		{ID: "lost", Title: "carriers.col.lost", Width: 110, Right: true, Text: func(r row) string { return share(r.Row.Lost, r.Row.Arrived+r.Row.Lost) }},
		{
			ID: "under_way", Title: "carriers.col.under_way", Width: 98, Right: true, Text: func(r row) string { return words.Number(int64(r.Row.UnderWay)) },
			Tip: func(r row) string {
				if r.Row.Oldest.IsZero() {
					return ""
				}
				return words.T("carriers.oldest", "date", words.Time(r.Row.Oldest, "", now()))
			},
		},
	}
	return slices.DeleteFunc(list, func(c kit.Column[row]) bool {
		return c.ID == "country" && by == parcel.ByCarrier || c.ID == "month" && by != parcel.ByMonth
	})
}

// share writes a part of a whole; as a rate only where the whole is large enough.
func share(n, of int) string {
	switch {
	case of == 0:
		return ""
	case of < parcel.LeastRate:
		return words.T("carriers.of", "n", n, "of", of)
	}
	return words.T("carriers.share", "n", words.Number(int64(n)), "of", words.Number(int64(of)), "rate", words.Percent(int64(n), int64(of)))
}
