package packing

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/packing"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// linesShown is how many lines of an order are drawn; scanning knows them all.
const linesShown = 120

func (t *table) draw() {
	o := &t.view.Order
	state := kit.NewBadge(words.Of("order_status", o.Status), kit.Plain)
	if !t.view.Waits {
		state = kit.NewBadge(words.T("pack.shipped.already"), kit.Muted)
	}
	title := kit.NewText(words.Join(" · ", o.Number, o.Shop.Platform.Title(), o.Shop.Name, o.Buyer.Name, words.Country(o.ShipTo.Country)), kit.Plain, look.Heading, true)
	kit.ShowOnly(t.head, kit.Inset(look.Tight, container.NewHBox(title, container.NewCenter(state))))
	t.drawItems()
	t.drawSlots()
	t.drawLacks()
	t.sheet.SetDo(words.T("pack.ship"), t.view.Waits)
	kit.Event("pack.order", "number", o.Number, "lacks", show.Standing(t.view.Lacks))
}

func (t *table) drawItems() {
	rows := make([]fyne.CanvasObject, 0, min(len(t.count.Items), linesShown)+2)
	in, of := t.count.Units()
	role := kit.Plain
	if in == of && of > 0 {
		role = kit.Good
	}
	rows = append(rows, kit.Inset(look.Tight, container.NewHBox(kit.NewBadge(words.T("pack.units", "in", words.Number(in), "of", words.Number(of)), role))))
	for i := range t.count.Items {
		if i == linesShown {
			rows = append(rows, kit.Soft(words.T("pack.more", "n", words.Number(int64(len(t.count.Items)-i)))))
			break
		}
		rows = append(rows, t.itemRow(i))
	}
	t.items.Objects = rows
	t.items.Refresh()
}

func (t *table) itemRow(i int) fyne.CanvasObject {
	item := t.count.Items[i]
	full := t.count.Packed[i] >= t.count.Want(i)
	text := words.T("pack.line", "in", words.Number(t.count.Packed[i]), "of", words.Number(t.count.Want(i)))
	if full {
		text = "✓ " + text
	}
	b := kit.NewButton(kit.RowName("pack.item", i, "tick"), text, func() {
		t.count.Add(i)
		t.drawItems()
	})
	if full {
		b.Importance = widget.SuccessImportance
	}
	name := kit.Stacked(0, kit.Prose(item.Title), kit.Soft(words.Join(" · ", item.Variation, item.SKU)))
	return container.NewBorder(nil, nil, container.NewGridWrap(fyne.NewSize(96, b.MinSize().Height), b), nil, kit.Dense(name))
}

// drawSlots lists the slots. Their deeds have keys as those of every list have; what is
// typed goes to the scanner's field all the same, as a scanner types wherever it is.
func (t *table) drawSlots() {
	had := slices.IndexFunc(t.slotRows, func(r *kit.Row) bool { return t.UI.Window.Canvas().Focused() == r })
	t.slotRows = t.slotRows[:0:0]
	for i := range t.view.Slots {
		s := &t.view.Slots[i]
		mark, role := "·", kit.Muted
		switch {
		case s.Filled():
			mark, role = "✓", kit.Good
		case s.Wanted():
			mark, role = "!", kit.Warn
		}
		badge := kit.NewBadge(mark+" "+words.T("slot."+s.Name), role)
		deeds := t.slotDeeds(s)
		buttons := container.NewHBox()
		for _, a := range deeds[:2] {
			buttons.Add(kit.NewLink(kit.RowName("pack.slot", i, a.Name), a.Text, a.Do))
		}
		files := container.NewHBox()
		if s.Weight > 0 {
			files.Add(container.NewCenter(kit.Soft1(words.T("pack.slot.weight", "grams", words.Number(s.Weight)))))
		}
		for k, e := range s.Evidence {
			if k == 3 {
				files.Add(container.NewCenter(kit.Soft1("+" + words.Number(int64(len(s.Evidence)-k)))))
				break
			}
			link := kit.NewWordLink("", words.Shorten(e.Name, 16), func() { show.EditEvidenceSheet(t.Env, e, t.view.Order.Shop.Zone) })
			files.Add(link)
		}
		left := container.NewGridWrap(fyne.NewSize(130, badge.MinSize().Height), container.NewHBox(badge))
		row := container.NewBorder(nil, nil, container.NewCenter(left), buttons, container.NewHScroll(files))
		one := kit.NewRow(t.UI, row, func() string { return slotText(s) }, func() kit.Deeds { return deeds })
		one.Rune = t.typed
		t.slotRows = append(t.slotRows, one)
	}
	t.slots.Objects = kit.Rows(t.slotRows...)
	t.slots.Refresh()
	if had >= 0 && had < len(t.slotRows) {
		t.UI.Window.Canvas().Focus(t.slotRows[had])
	}
}

// typed takes what a scanner, or a person, types beside the scanner's field.
func (t *table) typed(r rune) {
	t.UI.Window.Canvas().Focus(t.scan)
	t.scan.TypedRune(r)
}

// slotDeeds are what can be done with a slot: to add to it, and to see each of its files.
func (t *table) slotDeeds(s *packing.Slot) kit.Deeds {
	deeds := kit.Deeds{
		{Name: "add", Text: words.T("pack.slot.add"), Keys: keysAdd, Do: func() { t.choose(s.Name) }},
		{Name: "paste", Text: words.T("pack.slot.paste"), Keys: keysPaste, Do: func() { t.paste(s.Name) }},
	}
	for _, e := range s.Evidence {
		deeds = append(deeds, kit.Action{Text: words.Shorten(e.Name, 40) + "…", Rule: len(deeds) == 2, Do: func() { show.EditEvidenceSheet(t.Env, e, t.view.Order.Shop.Zone) }})
	}
	return append(deeds, kit.Stays("stays.slot"))
}

// slotText is a slot as text.
func slotText(s *packing.Slot) string {
	names := make([]string, len(s.Evidence))
	for i, e := range s.Evidence {
		names[i] = e.Name
	}
	return words.Join("\t", words.T("slot."+s.Name), words.List(names...))
}

// mend offers to take the picture that lacks, or another one of the label.
func (t *table) mend(f data.FindingView) (string, func()) {
	switch f.Mend.Deed {
	case "packing.fill":
		return words.T("pack.slot.add"), func() { t.choose(f.Mend.Ref.ID) }
	case "evidence.add":
		return words.T("evidence.again"), func() { t.choose(f.Mend.Ref.ID) }
	}
	return "", nil
}

func (t *table) drawLacks() {
	var rows []fyne.CanvasObject
	all := t.view.Lacks
	for _, f := range t.view.Labels {
		if f.Severity == data.Info {
			rows = append(rows, kit.Colored(words.T("pack.label.equal", "number", f.At("shipment").ID), theme.ColorNameSuccess, fyne.TextStyle{Bold: true}))
			continue
		}
		all = append([]data.FindingView{{Finding: f}}, all...)
	}
	for _, f := range t.view.Notes {
		all = append(all, data.FindingView{Finding: f})
	}
	all = slices.Clone(all)
	for i := range all { // the order is the one on the table
		all[i].Where = slices.DeleteFunc(slices.Clone(all[i].Where), func(r data.Ref) bool { return r.Kind == "order" })
	}
	if len(all) > 0 {
		rows = append(rows, show.Findings("pack.finding", all, show.FindingDeeds{Narrow: true, Mend: t.mend}))
	} else {
		rows = append(rows, kit.Soft(words.T("pack.lacks.none")))
	}
	t.lacks.Objects = rows
	t.lacks.Refresh()
}
