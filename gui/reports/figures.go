package reports

import (
	"context"
	"reflect"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"casebinder/data"
	"casebinder/data/report"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// spans are the periods that are offered, by their words.
var spans = []string{"this_month", "last_month", "three_months", "this_year", "twelve_months", "three_years", "own"}

// spanOf gives the first and the last day of a period; false for one that a person
// picks.
func spanOf(span string, today data.Day) (from, to data.Day, ok bool) {
	month := func(back int) data.Day {
		return data.OnDay(time.Date(today.Year, today.Month-time.Month(back), 1, 0, 0, 0, 0, time.UTC))
	}
	switch span {
	case "this_month":
		return month(0), today, true
	case "last_month":
		return month(1), data.OnDay(time.Date(today.Year, today.Month, 0, 0, 0, 0, 0, time.UTC)), true
	case "three_months":
		return month(2), today, true
	case "this_year":
		return data.Day{Year: today.Year, Month: time.January, Day: 1}, today, true
	case "twelve_months":
		return month(11), today, true
	case "three_years":
		return month(35), today, true
	}
	return from, to, false
}

// figures is the page of a period.
type figures struct {
	*show.Env
	desk     Desk
	body     *fyne.Container
	from, to *kit.Day
	span     *kit.Choice[string]
	currency *kit.Choice[string]
	which    *kit.Choice[string]
	said     *kit.Para
	place    *fyne.Container // of chart and table
	days     *fyne.Container // of the first and the last day
	loader   kit.Loader
	made     *report.Report // nil before
	table    string         // which one is shown
	drawn    int            // which of its drawn columns
	chosen   string         // the key of the chosen row
	relist   func()         // lists the rates anew; nil while their sheet is closed
	making   bool           // the first report is being made
	wanted   bool           // the rates were asked for before it was there
}

func newFigures(shared *show.Env, d Desk) *figures {
	f := &figures{Env: shared, desk: d, said: kit.Prose(""), place: container.NewStack(), table: "money.month", drawn: -1}
	options := make([]kit.Option[string], 0, len(spans))
	for _, s := range spans {
		options = append(options, kit.Option[string]{Value: s, Text: words.T("reports.span." + s)})
	}
	f.span = kit.NewChoice(options, "twelve_months", func(string) { f.spanned() })
	f.from = kit.NewDay(f.UI, "reports.from", "", func(string) { f.picked() })
	f.to = kit.NewDay(f.UI, "reports.to", "", func(string) { f.picked() })
	f.currency = kit.NewChoice[string](nil, "", f.setCurrency)
	f.which = kit.NewChoice[string](nil, "", func(id string) { f.table, f.drawn, f.chosen = id, -1, ""; f.draw() })
	for name, o := range map[string]fyne.CanvasObject{"reports.span": f.span, "reports.currency": f.currency, "reports.which": f.which} {
		kit.Trace(name, o)
	}
	rates := kit.NewButton("reports.rates", words.T("reports.rates"), f.rates)
	save := kit.NewButton("reports.save", words.T("reports.save"), f.save)
	f.days = container.NewHBox(labeled(words.T("reports.from"), 190, f.from.Object), labeled(words.T("reports.to"), 190, f.to.Object))
	head := kit.Stacked(look.Tight,
		container.NewHBox(labeled(words.T("reports.period"), 200, f.span), f.days),
		container.NewHBox(labeled(words.T("reports.which"), 300, f.which), labeled(words.T("reports.currency"), 110, f.currency),
			container.NewCenter(rates), layout.NewSpacer(), container.NewCenter(save)))
	f.body = container.NewBorder(kit.Inset(look.Tight, head), saidRoom(f.said), nil, nil, f.place)
	return f
}

// saidRoom gives what is said some lines, which scroll: the table is what one looks at.
func saidRoom(said *kit.Para) fyne.CanvasObject {
	room := container.NewVScroll(said)
	room.SetMinSize(fyne.NewSize(0, 62))
	return kit.Inset(look.Tight, room)
}

// begin asks in which currency sums are told, then for the report.
func (f *figures) begin() {
	f.making = true
	type known struct {
		currency string
		all      []string
	}
	kit.Do(func(ctx context.Context) (k known, err error) {
		if k.currency, err = f.desk.ReportCurrency(ctx); err != nil {
			return k, err
		}
		k.all, err = f.desk.Currencies(ctx)
		return k, err
	}, func(k known, err error) {
		if err != nil {
			f.making = false
			f.UI.Problem(err)
			return
		}
		var options []kit.Option[string]
		seen := map[string]bool{}
		for _, c := range append(append([]string{k.currency}, k.all...), kit.Currencies()...) {
			if !seen[c] {
				seen[c] = true
				options = append(options, kit.Option[string]{Value: c, Text: c})
			}
		}
		f.currency.SetChoices(options)
		f.currency.Set(k.currency)
		f.spanned()
	})
}

// spanned takes the days of the chosen period.
func (f *figures) spanned() {
	if from, to, ok := spanOf(f.span.Value(), data.OnDay(f.UI.Now())); ok {
		f.from.Set(from.String())
		f.to.Set(to.String())
	}
	f.load()
}

// picked takes days that a person picked.
func (f *figures) picked() {
	f.span.Set("own")
	f.load()
}

func (f *figures) setCurrency(currency string) {
	kit.Do(func(ctx context.Context) (struct{}, error) {
		return struct{}{}, f.desk.SetReportCurrency(ctx, currency)
	}, func(_ struct{}, err error) {
		if err != nil {
			f.UI.Problem(err)
			return
		}
		f.load()
	})
}

// load asks for the report of the period.
func (f *figures) load() {
	from, err1 := data.ParseDay(f.from.Value())
	to, err2 := data.ParseDay(f.to.Value())
	if err1 != nil || err2 != nil {
		f.made, f.making = nil, false
		f.said.SetText(words.T("reports.pick"))
		f.place.Objects = nil
		f.place.Refresh()
		return
	}
	ask := report.Ask{From: from, To: to, ShopID: f.Shop(), Currency: f.currency.Value()}
	if f.made == nil || f.made.Ask.From != from || f.made.Ask.To != to || f.made.Ask.ShopID != ask.ShopID || f.made.Ask.Currency != ask.Currency {
		f.said.SetText(words.T("reports.counting"))
	}
	kit.Load(&f.loader, func(ctx context.Context) (_ *report.Report, err error) {
		if ask.Zone, err = f.desk.ReportZone(ctx, ask.ShopID); err != nil {
			return nil, err
		}
		return f.desk.Report(ctx, ask)
	}, f.show)
}

func (f *figures) show(r *report.Report, err error) {
	f.put(r, err)
	f.making = false
	if f.wanted {
		f.rates()
	}
}

func (f *figures) put(r *report.Report, err error) {
	if err != nil {
		f.made = nil
		f.said.SetText("")
		f.place.Objects = []fyne.CanvasObject{kit.NewProblem(f.UI, err, nil)}
		f.place.Refresh()
		return
	}
	if reflect.DeepEqual(r, f.made) { // what was chosen stays so
		return
	}
	f.made = r
	var options []kit.Option[string]
	for i := range r.Tables {
		options = append(options, kit.Option[string]{Value: r.Tables[i].ID, Text: words.Text(r.Tables[i].Title)})
	}
	f.which.SetChoices(options)
	f.which.Set(f.table)
	kit.Event("reports", "tables", len(r.Tables))
	f.draw()
}

// changed makes the report anew after something changed on the desk.
func (f *figures) changed() {
	if f.relist != nil {
		f.relist()
	}
	f.load()
}

// save asks for a file, and writes the whole report into it.
func (f *figures) save() {
	if f.made == nil {
		return
	}
	r := f.made
	name := words.T("reports.file") + "-" + r.Ask.From.String() + "-" + r.Ask.To.String() + ".xlsx"
	f.SaveFile(words.T("reports.save.title"), name, func(path string) {
		kit.Do(func(ctx context.Context) (struct{}, error) {
			return struct{}{}, f.desk.SaveReport(ctx, r, path, Speaker{})
		}, func(_ struct{}, err error) {
			if err != nil {
				f.UI.Problem(err)
				return
			}
			f.UI.Toast(words.T("reports.saved", "file", path), nil)
		})
	})
}
