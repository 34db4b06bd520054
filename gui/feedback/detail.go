package feedback

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// detail is the pane of one feedback: what was written, what can be done about it
// and until when, and what became of it.
type detail struct {
	env    *env
	view   data.Feedback     // as shown; ID 0 while none is
	whole  desk.FeedbackView // of it, once it is loaded; its Feedback has ID 0 before
	loader kit.Loader
	drafts map[int64]draft // typed and not saved, by feedback; kept when the program ends
	filled bool            // the fields are being filled by the program
	object *fyne.Container
	page   fyne.CanvasObject
	none   fyne.CanvasObject

	title   *kit.Para
	text    *kit.Para
	into    *fyne.Container // the translation, and what it was before changes
	facts   *kit.Facts
	windows *fyne.Container
	about   *container.Scroll // text, facts and windows
	files   *show.EvidenceList
	parts   *kit.Parts
	filesAt *kit.Part
	state   *kit.Choice[data.FeedbackState]
	reply   *kit.Entry
	cause   *kit.Choice[string]
	product *kit.Entry
	save    *kit.Button
	bar     *kit.ActionBar  // for what was received
	given   *kit.ActionBar  // for what was left for a buyer
	bars    *fyne.Container // one of them
}

// draft is what stands in the fields of a feedback and is not saved.
type draft struct {
	State   data.FeedbackState `json:"state"`
	Reply   string             `json:"reply"`
	Cause   string             `json:"cause"`
	Product string             `json:"product,omitempty"`
}

// keptDrafts is where drafts are kept.
const keptDrafts = "feedback.drafts"

func newDetail(e *env) *detail {
	d := &detail{env: e, drafts: map[int64]draft{}, title: kit.NewRecordTitle(), text: kit.Prose(""), facts: kit.NewFacts(e.UI), into: kit.Stacked(0), windows: kit.Stacked(look.Tight)}
	d.state = kit.NewChoice(kit.Options("feedback_state", data.FeedbackStates()), data.FeedbackNew, func(data.FeedbackState) { d.touched() })
	d.reply, d.product = kit.TextField(e.UI, "", 4), kit.TextField(e.UI, "", 1)
	d.cause = kit.NewChoice(causeOptions(data.FeedbackCauses()), "", func(string) { d.touched() })
	d.product.SetPlaceHolder(words.T("feedback.fact.product.hint"))
	d.reply.OnChanged = func(string) { d.touched() }
	d.product.OnChanged = func(string) { d.touched() }
	d.save = kit.NewButton("feedback.save", words.T("action.save"), func() { d.store(d.edited()) })
	d.save.Importance = widget.HighImportance
	causes := kit.NewButton("feedback.causes", words.T("feedback.causes.add"), func() { d.addCause() })
	form := kit.NewForm(
		&kit.Field{Label: words.T("feedback.fact.state"), Object: d.state},
		&kit.Field{Label: words.T("feedback.fact.reply"), Object: d.reply},
		&kit.Field{Label: words.T("feedback.fact.cause"), Object: container.NewBorder(nil, nil, nil, causes, d.cause)},
		&kit.Field{Label: words.T("feedback.fact.product"), Object: d.product},
	)
	d.files = show.NewEvidenceList(e.Env, e.Pictures(), "feedback.file", func() { d.chooseFiles() })
	d.about = container.NewVScroll(kit.Inset(look.Tight, kit.Stacked(look.Gap, kit.NewPanel(kit.Stacked(look.Tight, d.text, d.into)), d.facts.Object, d.windows)))
	d.filesAt = kit.NewPart("files", words.T("feedback.part.files"), d.files.Scroll)
	d.parts = kit.NewParts("feedback.part",
		kit.NewPart("about", words.T("feedback.part.about"), d.about),
		kit.NewPart("edit", words.T("feedback.part.edit"), container.NewBorder(nil, container.NewHBox(layout.NewSpacer(), d.save), nil, nil,
			container.NewVScroll(kit.Inset(look.Tight, form.Object)))),
		d.filesAt)
	d.bar = kit.NewActionBar(e.UI, "feedback.more", d.actions()...)
	d.given = kit.NewActionBar(e.UI, "feedback.given.more", d.givenActions()...)
	d.bars = container.NewStack(d.bar.Object)
	d.page = kit.PaneOf(d.title, d.parts, container.NewVBox(widget.NewSeparator(), d.bars))
	d.none = kit.NothingChosen("feedback.pick.title", "feedback.pick.do")
	d.object = container.NewStack(d.none)
	var kept map[int64]draft
	if e.UI.Kept(keptDrafts, &kept) && kept != nil {
		d.drafts = kept
	}
	return d
}

// causeOptions are causes with their words; one of the seller's own is its own word.
func causeOptions(causes []string) []kit.Option[string] {
	options := []kit.Option[string]{{Value: "", Text: words.T("feedback.cause.none")}}
	for _, c := range causes {
		options = append(options, kit.Option[string]{Value: c, Text: causeText(c)})
	}
	return options
}

func causeText(cause string) string {
	for _, known := range data.FeedbackCauses() {
		if cause == known {
			return words.Of("feedback_cause", cause)
		}
	}
	return cause
}

// orderOf is the order that a feedback is about, as far as the feedback knows it.
func orderOf(f data.Feedback) data.OrderRow {
	return data.OrderRow{ID: f.OrderID, Number: f.OrderNumber, Platform: f.Shop.Platform, ShopName: f.Shop.Name, Zone: f.Shop.Zone, BuyerHandle: f.BuyerHandle}
}

// edited is the feedback with what stands in the fields.
func (d *detail) edited() data.Feedback {
	f := d.view
	if d.whole.Feedback.ID == f.ID { // rows of the list tell no changes
		f.Changes = d.whole.Feedback.Changes
	}
	f.State, f.Reply, f.Cause, f.Product = d.state.Value(), strings.TrimSpace(d.reply.Text), d.cause.Value(), strings.TrimSpace(d.product.Text)
	return f
}

func (d *detail) dirty() bool {
	f := d.edited()
	return d.view.ID != 0 && (f.State != d.view.State || f.Reply != d.view.Reply || f.Cause != d.view.Cause || f.Product != d.view.Product)
}

// touched keeps what a person typed, so that it outlives the program.
func (d *detail) touched() {
	if d.filled || d.view.ID == 0 {
		return
	}
	if d.dirty() {
		d.save.Enable()
		d.drafts[d.view.ID] = draft{d.state.Value(), d.reply.Text, d.cause.Value(), d.product.Text}
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
	d.setCauses(typed.Cause)
	d.product.SetText(typed.Product)
	d.filled = false
	d.touched()
}

// setCauses offers the causes, the chosen one among them.
func (d *detail) setCauses(chosen string) {
	list := d.env.causes
	if len(list) == 0 {
		list = data.FeedbackCauses()
	}
	if chosen != "" && causeText(chosen) == chosen {
		list = append(list[:len(list):len(list)], chosen)
	}
	d.cause.SetChoices(causeOptions(list))
	d.cause.Set(chosen)
}

// store saves a feedback.
func (d *detail) store(f data.Feedback) {
	d.view = f
	d.save.Disable()
	typed := draft{f.State, f.Reply, f.Cause, f.Product}
	d.drafts[f.ID] = typed // until it is stored
	d.env.UI.Keep(keptDrafts, d.drafts)
	put := func(ctx context.Context) error {
		_, err := d.env.desk.PutFeedback(ctx, f)
		return err
	}
	stored := func() {
		if d.drafts[f.ID] == typed {
			delete(d.drafts, f.ID)
			d.env.UI.Keep(keptDrafts, d.drafts)
		}
		d.env.UI.Toast(words.T("feedback.saved"), d.env.Undo)
	}
	kit.Do(func(ctx context.Context) (struct{}, error) { return struct{}{}, put(ctx) }, func(_ struct{}, err error) {
		switch {
		case err == nil:
			stored()
		case isCode(err, "feedback_answer_blocked"):
			d.letStand(f, err, put, stored)
		default:
			d.env.UI.Problem(err)
		}
	})
}

// letStand asks why a public answer to which the check of replies objects has to stand
// as it is; what was typed stays in the field meanwhile.
func (d *detail) letStand(f data.Feedback, blocked error, put func(context.Context) error, stored func()) {
	d.save.Enable()
	what, do := words.Problem(blocked)
	show.AskReason(d.env.Env, "feedback.stand", words.T("feedback.stand.title"), what+" "+do, words.T("feedback.stand.do"), func(ctx context.Context, reason string) error {
		if err := d.env.desk.LetAnswerStand(ctx, f.ID, f.Reply, reason); err != nil {
			return err
		}
		return put(ctx)
	}, stored)
}

func (d *detail) bin(f data.Feedback) {
	d.env.Deed(words.T("feedback.binned"), func(ctx context.Context) error { return d.env.desk.BinFeedback(ctx, f.ID) })
}

// Content is for the list.
func (d *detail) Content() fyne.CanvasObject { return d.object }

// Focus puts the keys into the reply.
func (d *detail) Focus() {
	if d.view.ID != 0 {
		d.parts.SelectIndex(1)
		d.env.UI.Window.Canvas().Focus(d.reply)
	}
}

// Changed loads anew what is shown beside the row.
func (d *detail) Changed(events []data.ChangeEvent) {
	id := d.view.ID
	if id != 0 && (show.Touched(events, data.RowRef{Entity: data.EntityFeedback, ID: id}) || d.view.OrderID != 0 && show.Touched(events, data.RowRef{Entity: data.EntityOrder, ID: d.view.OrderID})) {
		d.load(id)
	}
}

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
		d.loader.Stop()
		d.view, d.whole = data.Feedback{}, desk.FeedbackView{}
		kit.ShowOnly(d.object, d.none)
		return
	}
	d.draw(f)
}

func (d *detail) draw(f data.Feedback) {
	fresh := d.view.ID != f.ID
	d.view = f
	if fresh {
		d.whole = desk.FeedbackView{}
		d.windows.RemoveAll()
		d.into.RemoveAll()
		d.files.Set(nil, f.Shop.Zone, true)
		d.about.ScrollToTop()
	}
	given, bar := "", d.bar
	if f.Given {
		given, bar = words.T("feedback.given"), d.given
	}
	kit.ShowOnly(d.bars, bar.Object)
	d.title.SetText(words.Join(" · ", show.Stars(f.Stars), words.Of("tone", data.Tone(f.Stars)), f.Shop.Platform.Title(), given))
	d.text.SetText(textOf(f))
	d.drawFacts()
	typed, ok := d.drafts[f.ID]
	if !ok {
		typed = draft{f.State, f.Reply, f.Cause, f.Product}
	}
	d.fill(typed)
	kit.ShowOnly(d.object, d.page)
	d.load(f.ID)
}

// load reads what hangs on the feedback in view.
func (d *detail) load(id int64) {
	type loaded struct {
		view   desk.FeedbackView
		causes []string
	}
	kit.Load(&d.loader, func(ctx context.Context) (loaded, error) {
		v, err := d.env.desk.Feedback(ctx, id)
		if err != nil {
			return loaded{}, err
		}
		causes, err := d.env.desk.FeedbackCauseList(ctx)
		return loaded{v, causes}, err
	}, func(l loaded, err error) {
		if err != nil {
			d.env.UI.Problem(err)
			return
		}
		if d.view.ID != id {
			return
		}
		d.whole, d.env.causes = l.view, l.causes
		d.filled = true
		d.setCauses(d.cause.Value())
		d.filled = false
		d.drawFacts()
		d.drawWhole()
	})
}

// openOrder shows the order of the feedback in view.
func (d *detail) openOrder() { d.env.Open(route.Order{ID: d.view.OrderID}) }
