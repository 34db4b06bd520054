// Package payways is the sheet of how buyers of a country pay, and which carriers bring
// them their parcels.
//
// Its one rule: what a way to pay means for disputes stands with its source and how sure
// it is; of carriers stands what the shop's own parcels tell.
package payways

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data/pack"
	"casebinder/data/parcel"
	"casebinder/data/payway"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// Desk is what the sheet asks of a desk.
type Desk interface {
	Carriers(ctx context.Context) (*parcel.Record, error)
}

// sheet shows ways to pay beside ways to ship.
type sheet struct {
	*show.Env
	desk      Desk
	paid      string // how the order was paid, as its file tells; "" no order
	pay, ship *fyne.Container
	loader    kit.Loader
	open      *kit.OpenSheet
}

// Open opens the sheet at a country; paid is how an order was paid.
func Open(shared *show.Env, d Desk, country, paid string) {
	s := &sheet{Env: shared, desk: d, paid: paid, pay: kit.Stacked(look.Tight), ship: kit.Stacked(look.Tight)}
	codes, err := payway.Countries()
	if err != nil {
		shared.UI.Problem(err)
		return
	}
	if country != "" && !slices.Contains(codes, country) {
		codes = append(codes, country)
	}
	options := []kit.Option[string]{{Value: "", Text: words.T("payways.every")}}
	for _, c := range codes {
		options = append(options, kit.Option[string]{Value: c, Text: words.Country(c)})
	}
	choice := kit.NewChoice(options, country, s.show)
	kit.Trace("payways.country", choice)
	halves := container.NewGridWithColumns(2, s.half(words.T("payways.pay"), s.pay), s.half(words.T("payways.ship"), s.ship))
	s.open = shared.UI.Open(kit.Sheet{
		Name: "payways", Title: words.T("payways.title"), Width: 1040, Height: 620, Cancel: words.T("do.close"),
		Body: container.NewBorder(kit.Inset(look.Tight, container.NewHBox(container.NewGridWrap(fyne.NewSize(320, 34), choice))), nil, nil, nil, halves),
	})
	s.show(country)
}

func (s *sheet) half(title string, body *fyne.Container) fyne.CanvasObject {
	return container.NewBorder(kit.Inset(look.Tight, kit.Section(title)), nil, nil, nil, container.NewVScroll(kit.Inset(look.Tight, body)))
}

// show fills both halves for a country.
func (s *sheet) show(country string) {
	methods, err := payway.For(country)
	if err != nil {
		s.open.Problem(err)
		return
	}
	s.pay.RemoveAll()
	if m := payway.Of(s.paid, methods); m != nil {
		s.pay.Add(kit.Prose(words.T("payways.paid", "paid", s.paid, "name", m.Name)))
	} else if s.paid != "" {
		s.pay.Add(kit.Soft(words.T("payways.paid.unknown", "paid", s.paid)))
	}
	for i := range methods {
		s.pay.Add(methodLines(&methods[i]))
	}
	s.pay.Refresh()
	kit.Load(&s.loader, s.desk.Carriers, func(r *parcel.Record, err error) {
		if err != nil {
			s.open.Problem(err)
			return
		}
		s.carriers(r, country)
	})
}

// methodLines says what a way to pay is, what it means for disputes, and by whose word.
func methodLines(m *payway.Method) fyne.CanvasObject {
	said := words.T("payways.chargeback." + orNone(m.Chargeback))
	source := words.T("payways.source", "source", words.Text(pack.Text(m.Source)), "sure", words.Of("confidence", m.Confidence))
	return kit.Stacked(0, kit.Section(words.Join(" · ", m.Name, said)), kit.Prose(words.Text(pack.Text(m.How))), kit.Prose(words.Text(pack.Text(m.Dispute))), kit.Hint(source))
}

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}

// carriers lists who brought parcels into a country, the most used first.
func (s *sheet) carriers(r *parcel.Record, country string) {
	s.ship.RemoveAll()
	by := parcel.ByCountry
	if country == "" {
		by = parcel.ByCarrier
	}
	n := 0
	for _, row := range r.Rows(by, "") {
		if country != "" && row.Country != country || row.Carrier == "" {
			continue
		}
		n++
		s.ship.Add(kit.Prose(carrierLine(&row)))
	}
	if n == 0 {
		s.ship.Add(kit.Soft(words.T("payways.ship.none")))
	}
	s.ship.Refresh()
	kit.Event("loaded", "name", "payways", "rows", n)
}

func carrierLine(row *parcel.RecordRow) string {
	days := words.T("carriers.few")
	if row.Arrived >= parcel.LeastRate {
		days = words.T("payways.ship.days", "median", words.N("carriers.days", row.Median), "nine", words.N("carriers.days", row.Nine))
	}
	return words.Join(" · ", row.Carrier, words.N("payways.ship.parcels", row.Parcels), days)
}
