package imports

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/importer"
	"casebinder/gui/kit"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// parcels reports whether the file is a carrier's table: its rows go onto orders of
// any shop.
func (s *importSheet) parcels() bool { return s.request.Target == string(importer.TargetShipments) }

// parcelShop lets choose whose orders the rows are of, where one number stands for
// orders of several shops, and in which zone the times are that name none.
func (s *importSheet) parcelShop() fyne.CanvasObject {
	options := []kit.Option[int64]{{Value: 0, Text: words.T("import.any_shop")}}
	for _, shop := range s.env.Shops() {
		options = append(options, kit.Option[int64]{Value: shop.ID, Text: words.Dotted(shop.Platform.Title(), shop.Name)})
	}
	choice := kit.NewChoice(options, s.request.Shop.ID, func(id int64) {
		zone := s.request.Shop.Zone
		s.request.Shop = data.Shop{ID: id, Zone: zone}
		s.again()
	})
	kit.Trace("import.parcel_shop", choice)
	zones := []kit.Option[string]{{Value: "", Text: words.T("import.zone_told")}}
	list := show.Zones()
	if z := s.request.Shop.Zone; z != "" && !slices.Contains(list, z) {
		list = append([]string{z}, list...)
	}
	for _, name := range list {
		zones = append(zones, kit.Option[string]{Value: name, Text: name})
	}
	zone := kit.NewChoice(zones, s.request.Shop.Zone, func(name string) {
		s.request.Shop.Zone = name
		s.again()
	})
	kit.Trace("import.parcel_zone", zone)
	return container.NewHBox(widget.NewLabel(words.T("import.parcels_of")), container.NewGridWrap(fyne.NewSize(260, 34), choice),
		widget.NewLabel(words.T("import.zone")), container.NewGridWrap(fyne.NewSize(200, 34), zone))
}

// again reads the file once more, where a preset reads it already.
func (s *importSheet) again() {
	if s.preview.Preset != "" && !s.byHand {
		s.look()
	}
}

// acceptReused asks whether parcels go to the orders that the file names, though
// their numbers are known from others. Which ones stands among the rows left out.
func (s *importSheet) acceptReused() fyne.CanvasObject {
	tick := kit.NewCheck(words.T("import.accept_reused", "n", s.preview.Reused), nil)
	if s.request.AcceptReused {
		tick.Text = words.T("import.accepted_reused")
	}
	tick.Checked = s.request.AcceptReused
	tick.OnChanged = func(on bool) {
		s.request.AcceptReused = on
		s.look()
	}
	kit.Trace("import.reused", tick)
	return tick
}

func parcelPreview(now time.Time) []kit.Column[importer.Parcel] {
	at := func(t time.Time, p importer.Parcel) string {
		zone := ""
		if p.Zone != nil {
			zone = p.Zone.String()
		}
		return words.Time(t, zone, now)
	}
	return []kit.Column[importer.Parcel]{
		{ID: "tracking", Title: "import.col.tracking", Width: 170, Text: func(p importer.Parcel) string { return strings.Join(p.Numbers, ", ") }},
		{ID: "number", Title: "import.col.number", Width: 150, Text: func(p importer.Parcel) string { return strings.Join(p.Orders, ", ") }},
		{ID: "carrier", Title: "import.col.carrier", Width: 110, Text: func(p importer.Parcel) string { return cmp.Or(p.Carrier, p.Service) }},
		{ID: "country", Title: "import.col.country", Width: 92, Text: func(p importer.Parcel) string { return words.Country(p.Country) }},
		{ID: "shipped", Title: "import.col.shipped", Width: 120, Text: func(p importer.Parcel) string { return at(p.ShippedAt, p) }},
		{ID: "delivered", Title: "import.col.delivered", Width: 120, Text: func(p importer.Parcel) string { return at(p.DeliveredAt, p) }},
		{ID: "scan", Title: "import.col.scan", Width: 200, Grow: true, Text: func(p importer.Parcel) string { return words.Dotted(at(p.At, p), cmp.Or(p.Text, p.State), p.Place) }},
	}
}
