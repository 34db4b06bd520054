package replies

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// draftPane is the middle: the draft, its counterpart, and the big button.
func (r *Tab) draftPane() fyne.CanvasObject {
	r.title = kit.NewRecordTitle()
	r.variants = kit.NewChoice[string](nil, "", r.variantChosen)
	kit.Trace("replies.language", r.variants)
	r.note = widget.NewLabel("")
	r.note.Importance = widget.WarningImportance
	r.note.Wrapping = fyne.TextWrapWord
	r.note.Hide()
	r.text = kit.TextField(r.env.UI, "", 8)
	r.text.OnChanged = func(string) { r.typed() }
	kit.Trace("replies.text", r.text)
	r.gloss = kit.Prose("")
	r.glossBox = container.NewBorder(kit.Section(words.T("replies.gloss")), nil, nil, nil, container.NewVScroll(kit.Dense(kit.Inset(look.Tight, r.gloss))))
	edit := kit.NewButton("replies.edit", words.T("replies.edit"), func() { r.edit() })
	r.reset = kit.NewButton("replies.reset", words.T("replies.reset"), r.resetTemplate)
	bin := kit.NewButton("replies.bin", words.T("replies.bin"), r.bin)
	for _, b := range []*widget.Button{edit, r.reset, bin} {
		b.Importance = widget.LowImportance
	}
	r.copy = kit.NewButton("replies.copy", words.T("replies.copy"), r.copyText)
	r.copy.Importance = widget.HighImportance
	r.blocked = widget.NewLabel("")
	r.blocked.Wrapping = fyne.TextWrapWord
	head := container.NewVBox(
		container.NewBorder(nil, nil, nil, kit.Wide(190, r.variants), r.title), widget.NewSeparator(), r.note)
	foot := container.NewVBox(
		container.NewBorder(nil, nil, nil, container.NewGridWrap(fyne.NewSize(190, 36), r.copy), r.blocked),
		widget.NewSeparator(),
		container.NewHBox(edit, r.reset, layout.NewSpacer(), bin))
	r.split = kit.KeepSplit(r.env.UI, "replies.gloss.split", 0.6, container.NewVSplit(r.text, r.glossBox))
	r.middle = container.NewStack(r.text)
	r.frame = container.NewBorder(head, foot, nil, nil, r.middle)
	return kit.Inset(look.Tight, r.frame)
}

// orderPane is the right: the order that the reply is about, and what the
// draft still wants.
func (r *Tab) orderPane() fyne.CanvasObject {
	r.finder = show.NewOrderFinder(r.env.Env, words.T("replies.order.hint"), func(o data.OrderRow) { r.setOrder(o, 0) })
	kit.Trace("replies.order", r.finder.Search)
	none := kit.NewButton("replies.order.clear", words.T("replies.order.clear"), func() {
		r.without = true
		r.finder.Choose(data.OrderRow{})
	})
	none.Importance = widget.LowImportance
	r.fields = kit.Stacked(look.Tight)
	return container.NewVScroll(kit.Inset(look.Gap, kit.Stacked(look.Gap,
		kit.Stacked(look.Tight, kit.Section(words.T("replies.order")), r.finder.Object, container.NewHBox(none)),
		r.fields)))
}
