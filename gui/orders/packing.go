package orders

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// packing puts the order in view on the packing table.
func (d *detail) packing() { d.env.Open(route.Packing{Order: d.view.Order.ID}) }

// ship marks the order in view as shipped; what stands against that is shown first.
func (d *detail) ship() {
	o := &d.view.Order
	d.env.Ship(d.env.desk, show.Shipping{OrderID: o.ID, Number: o.Number, Deed: desk.OrderDeed{}})
}

// packStrip is the line that tells which proof of its packing an order has, and lacks
// while it still waits to be shipped; empty where there is nothing to say.
func (d *detail) packStrip() fyne.CanvasObject {
	v := &d.view.Pack
	lacks, has := show.SlotsLacking(v.Slots), show.SlotsFilled(v.Slots)
	box := container.NewHBox()
	if v.Waits && lacks != "" {
		box.Add(kit.NewBadge(words.T("pack.strip.lacks", "slots", lacks), kit.Warn))
		box.Add(kit.NewButton("order.pack.open", words.T("pack.strip.open"), d.packing))
	}
	if has != "" {
		box.Add(kit.NewBadge(words.T("pack.strip.has", "slots", has), kit.Good))
	}
	if len(box.Objects) == 0 {
		return box
	}
	return container.New(layout.NewCustomPaddedLayout(0, 0, look.Tight, 0), box) // in line with the facts
}
