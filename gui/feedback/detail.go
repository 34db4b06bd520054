package feedback

import (
	"context"
	"strings"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// detail is the pane of one feedback: what was written, and what
// became of it.
type detail struct {
	env    *env
	view   data.Feedback   // as shown; ID 0 while none is
	drafts map[int64]draft // typed and not saved, by feedback; kept when the program ends
	filled bool            // the fields are being filled by the program
	object *fyne.Container
	page   fyne.CanvasObject
	none   fyne.CanvasObject

	title *widget.Label
	text  *kit.Para
	facts *kit.Facts
	state *kit.Choice[data.FeedbackState]
	reply *kit.Entry
	cause *kit.Entry
	save  *widget.Button
	order *widget.Button
}

// draft is what stands in the fields of a feedback and is not saved.
type draft struct {
	State data.FeedbackState `json:"state"`
	Reply string             `json:"reply"`
	Cause string             `json:"cause"`
}

// keptDrafts is where drafts are kept.
const keptDrafts = "feedback.drafts"

func newDetail(e *env) *detail {
	d := &detail{env: e, drafts: map[int64]draft{}, title: kit.NewRecordTitle(), text: kit.Prose(""), facts: kit.NewFacts(e.UI)}
	d.state = kit.NewChoice(kit.Options("feedback_state", data.FeedbackStates()), data.FeedbackNew, func(data.FeedbackState) { d.touched() })
	d.reply, d.cause = kit.TextField(e.UI, "", 4), kit.TextField(e.UI, "", 1)
	d.cause.SetPlaceHolder(words.T("feedback.fact.cause.hint"))
	d.reply.OnChanged = func(string) { d.touched() }
	d.cause.OnChanged = func(string) { d.touched() }
	d.save = kit.NewButton("feedback.save", words.T("action.save"), func() { d.store(d.edited()) })
	d.save.Importance = widget.HighImportance
	d.order = kit.NewButton("feedback.order", words.T("feedback.order"), func() { d.env.Open(route.Order{ID: d.view.OrderID}) })
	form := kit.NewForm(
		&kit.Field{Label: words.T("feedback.fact.state"), Object: d.state},
		&kit.Field{Label: words.T("feedback.fact.reply"), Object: d.reply},
		&kit.Field{Label: words.T("feedback.fact.cause"), Object: d.cause},
	)
	body := container.NewVScroll(kit.Inset(look.Tight, kit.Stacked(look.Gap,
		kit.NewPanel(d.text), d.facts.Object, widget.NewSeparator(), form.Object)))
	actions := container.NewVBox(widget.NewSeparator(), container.NewHBox(
		kit.NewButton("feedback.answer", words.T("feedback.answer"), func() { d.env.Open(route.Reply{Order: orderOf(d.view), Feedback: d.view.ID}) }),
		kit.NewButton("feedback.private", words.T("feedback.private"), d.writePrivately),
		d.order,
		kit.NewButton("feedback.bin", words.T("feedback.bin"), func() { d.bin(d.view) }),
		layout.NewSpacer(), d.save))
	d.page = kit.PaneOf(d.title, body, actions)
	d.none = kit.NothingChosen("feedback.pick.title", "feedback.pick.do")
	d.object = container.NewStack(d.none)
	var kept map[int64]draft
	if e.UI.Kept(keptDrafts, &kept) && kept != nil {
		d.drafts = kept
	}
	return d
}

// orderOf is the order that a feedback is about, as far as the feedback knows it.
func orderOf(f data.Feedback) data.OrderRow {
	return data.OrderRow{ID: f.OrderID, Number: f.OrderNumber, Platform: f.Shop.Platform, ShopName: f.Shop.Name, Zone: f.Shop.Zone, BuyerHandle: f.BuyerHandle}
}

// writePrivately writes to the buyer about the order, not below the feedback.
func (d *detail) writePrivately() {
	if d.view.OrderID == 0 {
		d.env.UI.Toast(words.T("feedback.no_order"), nil)
		return
	}
	d.env.Open(route.Reply{Order: orderOf(d.view), Template: "feedback_private"})
}

// edited is the feedback with what stands in the fields.
func (d *detail) edited() data.Feedback {
	f := d.view
	f.State, f.Reply, f.Cause = d.state.Value(), strings.TrimSpace(d.reply.Text), strings.TrimSpace(d.cause.Text)
	return f
}

func (d *detail) dirty() bool {
	f := d.edited()
	return d.view.ID != 0 && (f.State != d.view.State || f.Reply != d.view.Reply || f.Cause != d.view.Cause)
}

// touched keeps what a person typed, so that it outlives the program.
func (d *detail) touched() {
	if d.filled || d.view.ID == 0 {
		return
	}
	if d.dirty() {
		d.save.Enable()
		d.drafts[d.view.ID] = draft{d.state.Value(), d.reply.Text, d.cause.Text}
	} else {
		d.save.Disable()
		delete(d.drafts, d.view.ID)
	}
	d.env.UI.Keep(keptDrafts, d.drafts)
}

// fill puts a draft into the fields.
func (d *detail) fill(typed draft) {
	d.filled = true
	d.state.Set(typed.State)
	d.reply.SetText(typed.Reply)
	d.cause.SetText(typed.Cause)
	d.filled = false
	d.touched()
}

// store saves a feedback.
func (d *detail) store(f data.Feedback) {
	d.view = f
	d.save.Disable()
	typed := draft{f.State, f.Reply, f.Cause}
	d.drafts[f.ID] = typed // until it is stored
	d.env.UI.Keep(keptDrafts, d.drafts)
	d.env.DeedThen(words.T("feedback.saved"), func(ctx context.Context) error {
		_, err := d.env.desk.PutFeedback(ctx, f)
		return err
	}, func() {
		if d.drafts[f.ID] == typed {
			delete(d.drafts, f.ID)
			d.env.UI.Keep(keptDrafts, d.drafts)
		}
	})
}

func (d *detail) bin(f data.Feedback) {
	d.env.Deed(words.T("feedback.binned"), func(ctx context.Context) error { return d.env.desk.BinFeedback(ctx, f.ID) })
}

// Content is for the list.
func (d *detail) Content() fyne.CanvasObject { return d.object }

// Focus puts the keys into the reply.
func (d *detail) Focus() {
	if d.view.ID != 0 {
		d.env.UI.Window.Canvas().Focus(d.reply)
	}
}

// Changed is for the list, whose rows are all that is shown here.
func (d *detail) Changed([]data.ChangeEvent) {}

// Show lets go of another feedback than the one that is to be shown; its row
// comes with the list.
func (d *detail) Show(id int64) {
	if d.view.ID != id {
		d.Choose(data.Feedback{}, false)
	}
}

// Choose follows the list. What was typed is saved when another one is chosen,
// and kept when the same one is loaded again.
func (d *detail) Choose(f data.Feedback, ok bool) {
	dirty := d.dirty()
	if dirty && ok && f.ID == d.view.ID {
		return
	}
	if dirty {
		d.store(d.edited())
	}
	if !ok {
		d.view = data.Feedback{}
		kit.ShowOnly(d.object, d.none)
		return
	}
	d.draw(f)
}

func (d *detail) draw(f data.Feedback) {
	zone, now := f.Shop.Zone, d.env.UI.Now()
	d.view = f
	d.title.SetText(words.Join(" · ", show.Stars(f.Stars), words.Of("tone", data.Tone(f.Stars)), f.Shop.Platform.Title()))
	d.text.SetText(textOf(f))
	known := ""
	if f.OrderID == 0 {
		known = words.T("feedback.no_order")
	}
	d.facts.Set(
		kit.Fact{Label: words.T("order.fact.number"), Value: words.Join(" · ", f.OrderNumber, known), Copy: f.OrderNumber},
		kit.Fact{Label: words.T("feedback.fact.shop"), Value: f.Shop.Name},
		kit.Fact{Label: words.T("order.fact.handle"), Value: f.BuyerHandle},
		kit.Fact{Label: words.T("feedback.fact.left"), Value: words.Time(f.LeftAt, zone, now), Tip: words.TimeFull(f.LeftAt, zone)},
		kit.Fact{Label: words.T("feedback.fact.replied"), Value: words.Time(f.RepliedAt, zone, now), Tip: words.TimeFull(f.RepliedAt, zone)},
	)
	typed, ok := d.drafts[f.ID]
	if !ok {
		typed = draft{f.State, f.Reply, f.Cause}
	}
	d.fill(typed)
	if f.OrderID == 0 {
		d.order.Disable()
	} else {
		d.order.Enable()
	}
	kit.ShowOnly(d.object, d.page)
}
