package show

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/service"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// MarketDesk is what the notes on a market ask of a desk.
type MarketDesk interface {
	MarketNote(ctx context.Context, country string) (desk.MarketNote, error)
	SetMarketNote(ctx context.Context, country, text string) error
}

// MarketButton opens the notes on a country, by its code or name; nil where no
// country is known.
func (e *Env) MarketButton(d MarketDesk, country string) fyne.CanvasObject {
	if country == "" {
		return nil
	}
	b := kit.NewButton("market", words.T("market.open", "country", words.Country(service.Country(country))), func() { e.marketSheet(d, country) })
	b.Importance = widget.LowImportance
	return b
}

// marketSheet shows how buyers of a country like to be written to, and keeps the
// seller's own words in the place of the program's.
func (e *Env) marketSheet(d MarketDesk, country string) {
	kit.Do(func(ctx context.Context) (desk.MarketNote, error) { return d.MarketNote(ctx, country) }, func(n desk.MarketNote, err error) {
		if err != nil {
			e.UI.Problem(err)
			return
		}
		built := ""
		if n.Known {
			built = n.Note(words.Language())
		}
		note := kit.TextField(e.UI, n.Text(words.Language()), 9)
		kit.Trace("market.note", note)
		text := ""
		fields := []*kit.Field{{Label: words.T("market.note"), Hint: words.T("market.hint"), Object: note}}
		if days := upcoming(e, n.Country); days != "" {
			fields = append(fields, &kit.Field{Label: words.T("market.days"), Object: kit.Prose(days)})
		}
		e.UI.OpenForm(kit.FormSheet{
			Name: "market", Title: words.T("market.title", "country", words.Country(n.Country)), Width: 620, Fields: fields,
			Read: func() error {
				if text = strings.TrimSpace(note.Text); text == built {
					text = "" // the program's own words follow its newer ones
				}
				return nil
			},
			Work: func(ctx context.Context) error {
				if text == n.Own {
					return nil
				}
				return d.SetMarketNote(ctx, n.Country, text)
			},
			Done: func() { e.UI.Toast(words.T("market.saved"), e.Undo) },
		})
	})
}

// aheadDays is how far the days of a market are told.
const aheadDays = 45

// upcoming lists the public holidays and times for good wishes that come.
func upcoming(e *Env, country string) string {
	var lines []string
	for i := range aheadDays {
		at := e.UI.Now().AddDate(0, 0, i)
		day := data.OnDay(at)
		holiday, _ := service.HolidayOn(country, day)
		if !holiday.Off {
			continue
		}
		text := words.Day(at, "", e.UI.Now()) + "  " + words.Text(holiday.Text(words.Language()))
		if holiday.Moves {
			text += " (" + words.T("market.moves") + ")"
		}
		lines = append(lines, text)
	}
	return strings.Join(lines, "\n")
}
