package replies

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// layout makes the part: a line about the buyer above three columns.
func (w *writer) layout() fyne.CanvasObject {
	w.ui.title = kit.NewRecordTitle()
	w.ui.hour = container.NewHBox()
	w.ui.head = container.NewBorder(nil, widget.NewSeparator(), nil, w.ui.hour, w.ui.title)
	w.left = kit.NewParts("replies.left", kit.NewPart("talk", words.T("thread.part"), w.talk.Object), kit.NewPart("templates", words.T("replies.templates"), w.templatesPart()))
	right := kit.KeptSplit(w.env.UI, "replies.right", 0.56, w.draftColumn(), w.rightColumn())
	columns := kit.KeptSplit(w.env.UI, "replies.columns", 0.3, w.left, right)
	return container.NewBorder(w.ui.head, nil, nil, nil, columns)
}

// templatesPart lists all templates with a search over them.
func (w *writer) templatesPart() fyne.CanvasObject {
	add := kit.NewIconButton("replies.new", words.T("replies.new"), theme.ContentAddIcon(), w.newTemplate)
	add.Importance = widget.LowImportance
	return container.NewBorder(kit.Inset(look.Tight, w.tree.search), container.NewHBox(add), nil, nil, w.tree.object)
}

// draftColumn is the middle: what is proposed, the draft, and below it how it is
// read.
func (w *writer) draftColumn() fyne.CanvasObject {
	w.ui.proposals = container.New(layout.NewRowWrapLayoutWithCustomPadding(look.Tight, look.Tight))
	w.ui.name = kit.NewPartTitle()
	w.ui.language = kit.NewChoice[string](nil, "", w.languageChosen)
	kit.Trace("replies.language", w.ui.language)
	w.ui.label = kit.NewChips("replies.label", nil, "", w.labelChosen)
	w.ui.note = widget.NewLabel("")
	w.ui.note.Wrapping = fyne.TextWrapWord
	w.ui.note.Importance = widget.LowImportance
	w.ui.text = kit.NewTextArea(w.env.UI, 3) // at least; the split gives it what there is
	w.ui.text.OnChanged = func(string) { w.typed() }
	w.ui.text.Shortcut = func(s *desktop.CustomShortcut) bool { return w.shortcut(s) }
	kit.Trace("replies.text", w.ui.text)
	w.ui.preview, w.ui.gloss = kit.NewFlow("", kit.Plain, look.Text), kit.NewFlow("", kit.Muted, look.Text)
	w.ui.below = kit.Stacked(0)
	w.ui.again = kit.NewButton("replies.again", words.T("replies.again"), w.backToTemplate)
	edit := kit.NewButton("replies.edit", words.T("replies.edit"), w.editTemplate)
	all := kit.NewButton("replies.all", words.T("replies.all"), w.find)
	facts := kit.NewButton("replies.facts", words.T("replies.facts"), w.productFacts)
	facts.Importance = widget.LowImportance
	w.ui.again.Importance, edit.Importance, all.Importance = widget.LowImportance, widget.LowImportance, widget.LowImportance
	choices := kit.Headed(w.ui.name, container.NewHBox(w.ui.label.Object, kit.Wide(150, w.ui.language)))
	reads := kit.NewButton("replies.reads", words.T("replies.reads"), w.askLanguage)
	reads.Importance = widget.LowImportance
	w.ui.noteRow = container.NewBorder(nil, nil, nil, container.NewVBox(reads), w.ui.note)
	proposals := kit.NewYield(kit.Inset(look.Tight, w.ui.proposals), nil) // the templates are one part to the left, and behind the link below
	head := kit.Stacked(0, proposals.Object, choices, w.ui.noteRow)
	w.ui.split = container.NewVSplit(w.ui.text, container.NewVScroll(kit.Inset(look.Tight, w.ui.below)))
	foot := container.NewHBox(all, facts, w.ui.again, layout.NewSpacer(), edit)
	w.ui.column = kit.Listed(head, kit.KeepSplit(w.env.UI, "replies.gloss", 0.62, w.ui.split), foot, proposals)
	return w.ui.column
}

// rightColumn is the order, what the draft still wants, what the check says, and
// the two steps at the bottom.
func (w *writer) rightColumn() fyne.CanvasObject {
	w.ui.finder = show.NewOrderFinder(w.env.Env, words.T("replies.order.hint"), func(o data.OrderRow) {
		w.open(target{order: o, about: data.ReplyAbout{OrderID: o.ID}})
	})
	kit.Trace("replies.order", w.ui.finder.Search)
	none := kit.NewButton("replies.order.clear", words.T("replies.order.clear"), func() { w.open(target{}) })
	none.Importance = widget.LowImportance
	w.ui.facts, w.ui.fields, w.ui.findings = kit.Stacked(0), kit.Stacked(look.Tight), kit.Stacked(0)
	w.ui.copy = kit.NewKeyButton(w.env.UI, "replies.copy", words.T("replies.copy"), w.copyText)
	w.ui.copy.Importance = widget.HighImportance
	w.ui.sent = kit.NewKeyButton(w.env.UI, "replies.sent", words.T("replies.sent"), w.sayItIsSent)
	w.ui.blocked = widget.NewLabel("")
	w.ui.blocked.Wrapping = fyne.TextWrapWord
	w.ui.drop = kit.NewButton("replies.drop", words.T("thread.drop"), w.dropCopied)
	w.ui.drop.Importance = widget.LowImportance
	w.ui.by = show.NewSentBy("replies.by")
	steps := container.NewVBox(widget.NewSeparator(), container.NewBorder(nil, nil, nil, container.NewVBox(w.ui.drop), w.ui.blocked), w.ui.by.Object, container.NewBorder(nil, nil, nil, kit.Wide(120, w.ui.sent), tall(38, w.ui.copy)))
	find := container.NewBorder(nil, nil, nil, none, w.ui.finder.Object)
	w.ui.side = container.NewVScroll(container.New(layout.NewCustomPaddedLayout(look.Tight, look.Tight, look.Tight, look.Gap+look.Tight),
		kit.Stacked(look.Gap, find, w.ui.facts, w.ui.fields, w.ui.findings)))
	return container.NewBorder(nil, steps, nil, nil, w.ui.side)
}

// tall gives an object a height at least.
func tall(height float32, o fyne.CanvasObject) fyne.CanvasObject {
	least := canvas.NewRectangle(nil)
	least.SetMinSize(fyne.NewSize(10, height))
	return container.NewStack(least, o)
}

// showOrder shows the order in its field without asking for it.
func (w *writer) showOrder(order data.OrderRow) {
	f := w.ui.finder
	change := f.Change
	f.Change = nil
	f.Choose(order)
	f.Found.RemoveAll() // the head says which one it is
	f.Change = change
}

// showHead says who is written to, and what time it is there.
func (w *writer) showHead() {
	o := w.view.Order
	w.ui.hour.RemoveAll()
	switch {
	case !w.opened:
		w.ui.title.SetText(words.T("replies.part.write"))
	case w.at.about.OrderID == 0 && w.feedback.ID == 0:
		w.ui.title.SetText(words.T("replies.no_order"))
	case o.ID == 0:
		w.ui.title.SetText(words.Join(" · ", w.at.order.BuyerName, w.at.order.Number))
	default:
		w.ui.title.SetText(words.Join(" · ", o.Buyer.Name, o.Number, w.stateOf(), w.askedLast()))
	}
	if o.ID != 0 {
		if market := w.env.MarketButton(w.env.desk, marketOf(o)); market != nil {
			w.ui.hour.Add(market)
		}
		buyer := kit.NewButton("replies.buyer", words.T("buyers.show"), func() { w.env.Open(route.Buyer{Order: o.ID}) })
		buyer.Importance = widget.LowImportance
		w.ui.hour.Add(buyer)
	}
	for _, c := range w.hourParts() {
		w.ui.hour.Add(c)
	}
	w.ui.hour.Refresh()
}

// stateOf is where the order stands, with the day.
func (w *writer) stateOf() string {
	o, now := w.view.Order, w.env.UI.Now()
	at := o.OrderedAt
	switch {
	case !o.DeliveredAt.IsZero():
		at = o.DeliveredAt
	case !o.ShippedAt.IsZero():
		at = o.ShippedAt
	case !o.PaidAt.IsZero():
		at = o.PaidAt
	}
	return words.Join(" ", show.StatusText(w.at.order), words.Day(at, o.Shop.Zone, now))
}

// askedLast quotes what the buyer wrote last.
func (w *writer) askedLast() string {
	for i := len(w.view.Timeline) - 1; i >= 0; i-- {
		if m := w.view.Timeline[i].Message; m != nil && m.Direction == data.FromBuyer {
			text := m.Translation
			if text == "" {
				text = m.Text
			}
			return words.T("replies.quoted", "text", words.Shorten(words.OneSpaced(text), 60))
		}
	}
	return ""
}

// showFacts lists what of the order matters for a reply.
func (w *writer) showFacts() {
	w.ui.facts.RemoveAll()
	if w.feedback.ID != 0 {
		f := w.feedback
		w.ui.facts.Add(kit.Soft(words.T("replies.public")))
		w.ui.facts.Add(kit.Prose(show.Stars(f.Stars) + " · " + f.Text))
	}
	o, now := w.view.Order, w.env.UI.Now()
	if o.ID != 0 {
		at := func(key string, value string) kit.Fact {
			return kit.Fact{Label: words.T(key), Value: value, Wide: true}
		}
		facts := []kit.Fact{
			at("col.item", firstItem(o)), at("order.fact.total", words.Join(" · ", words.Money(o.Total), refunded(o))),
			at("order.fact.paid", words.Time(o.PaidAt, o.Shop.Zone, now)), at("order.fact.shipped", words.Time(o.ShippedAt, o.Shop.Zone, now)),
			at("order.fact.delivered", words.Time(o.DeliveredAt, o.Shop.Zone, now)),
		}
		for _, s := range o.Shipments {
			facts = append(facts, at("order.fact.tracking", words.Join(" · ", s.Tracking, s.Carrier)))
			if n := len(s.Events); n > 0 {
				e := s.Events[n-1]
				facts = append(facts, at("replies.fact.scan", words.Join(" · ", words.Day(e.At, o.Shop.Zone, now), e.Place, e.Text)))
			}
		}
		facts = append(facts, at("replies.fact.to", words.Join(", ", o.ShipTo.City, o.ShipTo.State, words.Country(o.ShipTo.Country))), at("order.fact.buyer_note", o.BuyerNote))
		w.ui.facts.Add(kit.NewFacts(w.env.UI, facts...).Object)
	}
	kit.Dense(w.ui.facts)
	w.ui.side.Refresh()
}

func firstItem(o data.Order) string {
	if len(o.Items) == 0 {
		return ""
	}
	text := words.Join(" · ", o.Items[0].Title, o.Items[0].Variation)
	if o.Items[0].Quantity > 1 {
		text = words.Number(o.Items[0].Quantity) + " × " + text
	}
	if n := len(o.Items) - 1; n > 0 {
		text += " " + words.N("replies.fact.more", n)
	}
	return text
}

func refunded(o data.Order) string {
	if o.Refunded.IsZero() || o.Refunded.Minor == 0 {
		return ""
	}
	return words.T("replies.fact.refunded", "amount", words.Money(o.Refunded))
}

// hourParts say what time it is for the buyer; none where that is not known.
func (w *writer) hourParts() []fyne.CanvasObject {
	o := w.view.Order
	if o.ID == 0 {
		return nil
	}
	return hourParts(w.env.UI.Now(), o)
}
