package reports

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// rates opens the sheet of the rates into the report's currency. Each deed is written
// at once and can be undone. Which rates are missing the report tells: a press before
// the first one is there opens the sheet once it is.
func (f *figures) rates() {
	if f.wanted = f.making && f.made == nil; f.wanted {
		return
	}
	target := f.currency.Value()
	rows := kit.Stacked(0)
	list := func() {
		kit.Do(func(ctx context.Context) ([]data.Rate, error) { return f.desk.Rates(ctx, target) }, func(all []data.Rate, err error) {
			if err != nil {
				f.UI.Problem(err)
				return
			}
			rows.Objects = nil
			if len(all) == 0 {
				rows.Add(kit.Soft(words.T("reports.rates.none", "currency", target)))
			}
			for _, r := range all {
				rows.Add(f.rateRow(r))
			}
			kit.Dense(rows)
			rows.Refresh()
		})
	}
	list()
	f.relist = list
	value := kit.TextField(f.UI, "", 1)
	kit.Trace("reports.rate.value", value)
	rate := data.Rate{Target: target}
	currency := kit.NewChoice(f.missing(target), "", nil)
	kit.Trace("reports.rate.currency", currency)
	if options := f.missing(target); len(options) > 0 {
		currency.Set(options[0].Value)
	}
	day := kit.NewDay(f.UI, "reports.rate.day", f.from.Value(), func(string) {})
	form := kit.NewForm(
		&kit.Field{Label: words.T("reports.rate.currency"), Object: currency},
		&kit.Field{Label: words.T("reports.rate.value", "currency", target), Object: value, Hint: words.T("reports.rate.hint"), Check: func() error {
			_, err := data.ParseRate(value.Text)
			return err
		}},
		&kit.Field{Label: words.T("reports.rate.day"), Object: day.Object, Hint: words.T("reports.rate.day.hint"), Check: day.Check})
	f.UI.Open(kit.Sheet{
		Name: "reports.rates", Title: words.T("reports.rates.title", "currency", target), Width: 620, Height: 480, Cancel: words.T("do.close"), FocusedAt: value,
		OnCancel: func() { f.relist = nil },
		Body:     container.NewBorder(nil, form.Object, nil, nil, container.NewVScroll(kit.Inset(look.Tight, rows))),
		Do:       words.T("reports.rate.keep"), OnDo: func() {
			if !form.Check() {
				return
			}
			rate.Currency, rate.Value, rate.Day = currency.Value(), value.Text, day.Value()
			f.keepRate(rate, false, func() { value.SetText("") })
		},
	})
}

// keepRate writes a rate and makes the report anew. A doubtful one is asked about.
func (f *figures) keepRate(r data.Rate, sure bool, then func()) {
	f.DeedAsking(words.T("reports.rate.kept"), func(ctx context.Context) error {
		_, err := f.desk.SetRate(ctx, r, sure)
		return err
	}, func(err error) bool {
		if !desk.RateDoubt(err) {
			return false
		}
		what, do := words.Problem(err)
		f.UI.Confirm("reports.rate.sure", words.T("reports.rate.sure"), what+" "+do, words.T("reports.rate.sure.do"), func() { f.keepRate(r, true, then) })
		return true
	}, func() {
		then()
		f.changed()
	})
}

func (f *figures) rateRow(r data.Rate) fyne.CanvasObject {
	drop := kit.NewButton("reports.rate.drop", words.T("reports.rate.drop"), func() {
		f.keepRate(data.Rate{Currency: r.Currency, Target: r.Target, Day: r.Day}, false, func() {})
	})
	drop.Importance = widget.LowImportance
	said := words.T("report.rate", "currency", r.Currency, "value", r.Value, "target", r.Target, "day", r.Day)
	return container.NewBorder(nil, nil, nil, drop, kit.Prose(said))
}

// missing offers the currencies of the desk: those that have no rate first.
func (f *figures) missing(target string) []kit.Option[string] {
	var options []kit.Option[string]
	seen := map[string]bool{"": true, target: true}
	add := func(code string) {
		if !seen[code] {
			seen[code] = true
			options = append(options, kit.Option[string]{Value: code, Text: code})
		}
	}
	if f.made != nil {
		for _, l := range f.made.Left {
			add(l.Amount.Currency)
		}
	}
	for _, code := range f.currency.Options {
		add(code)
	}
	return options
}
