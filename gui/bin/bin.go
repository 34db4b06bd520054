package bin

import (
	"context"
	"time"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// Desk is what the room asks of a desk.
type Desk interface {
	Binned(ctx context.Context) ([]data.Binned, error)
	BringBack(ctx context.Context, entity string, id int64) error
}

// row is a line of the table.
type row = kit.Numbered[data.Binned]

// Open lists what lies in the bin.
func Open(e *show.Env, d Desk) {
	var table *kit.Table[row]
	back := func(r row) {
		e.DeedThen(words.T("bin.back.done"), func(ctx context.Context) error { return d.BringBack(ctx, r.Row.Entity, r.Row.ID) }, func() { table.Reload() })
	}
	button := kit.NewButton("bin.back", words.T("bin.back"), func() {
		if r, ok := table.Selected(); ok {
			back(r)
		}
	})
	button.Disable()
	table = kit.NewTable(e.UI, kit.TableOptions[row]{
		Name: "bin", Columns: columns(e.UI.Now), Source: func() kit.Source[row] {
			return kit.ListSource(func(ctx context.Context, _ kit.Order) ([]row, error) {
				list, err := d.Binned(ctx)
				return kit.Number(list), err
			}, kit.PlaceOf[data.Binned])
		},
		OnSelect: func(_ row, ok bool) {
			if ok {
				button.Enable()
			} else {
				button.Disable()
			}
		},
		Deeds: func(r row) kit.Deeds {
			return kit.Deeds{{Text: words.T("bin.back"), Do: func() { back(r) }}, kit.Stays("stays.bin")}
		},
		Empty: func() kit.Empty { return kit.Empty{Text: words.T("bin.empty")} },
	})
	foot := container.NewHBox(kit.Soft1(words.T("bin.text")), layout.NewSpacer(), button)
	e.UI.Open(kit.Sheet{
		Name: "bin", Title: words.T("bin.title"), Width: 900, Height: 520, Cancel: words.T("do.close"), Heard: func() { table.Reload() },
		Body: container.NewBorder(nil, kit.Inset(look.Tight, foot), nil, nil, table),
	})
	table.Restart()
	table.Focus()
}

func columns(now func() time.Time) []kit.Column[row] {
	return []kit.Column[row]{
		{ID: "what", Title: "bin.col.what", Width: 120, Text: func(r row) string { return words.Of("bin.entity", r.Row.Entity) }},
		{ID: "name", Title: "bin.col.name", Width: 320, Grow: true, Bold: true, Text: name},
		{ID: "order", Title: "bin.col.order", Width: 190, Text: func(r row) string { return r.Row.OrderNumber }},
		{
			ID: "when", Title: "bin.col.when", Width: 140, Text: func(r row) string { return words.Time(r.Row.At, "", now()) },
			Tip: func(r row) string { return words.TimeFull(r.Row.At, "") },
		},
	}
}

// name is what a thing is called; a built-in template is called in the language
// of the screen.
func name(r row) string {
	if key := "template." + r.Row.UID; r.Row.Entity == data.EntityTemplate && words.Has(key) {
		return words.T(key)
	}
	return r.Row.Name
}
