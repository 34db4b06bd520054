package imports

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/gui/kit"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// acceptOlder asks whether orders go back to a state that they have left. Which
// ones, from what to what, stands among the doubts.
func (s *importSheet) acceptOlder() fyne.CanvasObject {
	tick := kit.NewCheck(words.N("import.accept_older", s.preview.Backward), nil)
	tick.Checked = s.request.AcceptOlder
	tick.OnChanged = func(on bool) {
		s.request.AcceptOlder = on
		s.look()
	}
	kit.Trace("import.older", tick)
	return tick
}

// zoneOfFile asks in which zone the file tells its times; the shop keeps its own.
func (s *importSheet) zoneOfFile() fyne.CanvasObject {
	zone := s.request.Shop.Zone
	list := show.Zones()
	if zone != "" && !slices.Contains(list, zone) {
		list = append([]string{zone}, list...)
	}
	var options []kit.Option[string]
	for _, name := range list {
		options = append(options, kit.Option[string]{Value: name, Text: name})
	}
	choice := kit.NewChoice(options, zone, func(name string) {
		if name != s.request.Shop.Zone {
			s.request.Shop.Zone = name
			s.look()
		}
	})
	s.zone = choice
	kit.Trace("import.zone", choice)
	return container.NewHBox(widget.NewLabel(words.T("import.zone")), container.NewGridWrap(fyne.NewSize(200, 34), choice))
}
