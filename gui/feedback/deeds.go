package feedback

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/pack"
	"casebinder/data/rating"
	"casebinder/gui/kit"
	"casebinder/gui/route"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// doOf is what is done in a window, for a screen.
func doOf(w *rating.Window) data.Text { return pack.Text(w.Rule.Do) }

// actions are what can be done with the feedback in view, the most used first.
func (d *detail) actions() []kit.Action {
	return []kit.Action{
		action("answer", false, nil, d.answer),
		action("private", false, d.noOrder, d.writePrivately),
		action("settle", false, nil, d.settle),
		action("complain", true, nil, d.complain),
		action("revise", true, nil, d.revise),
		action("decide", true, nil, d.decide),
		action("translate", true, nil, d.translate),
		action("files", true, nil, d.chooseFiles),
		action("bundle", true, nil, d.bundle),
		action("close", true, d.finished, func() { d.write(desk.FeedbackDeed{Kind: desk.FeedbackClose}) }),
		action("reopen", true, d.unfinished, func() { d.write(desk.FeedbackDeed{Kind: desk.FeedbackReopen}) }),
		action("order", true, d.noOrder, d.openOrder),
		d.editAction(true), d.binAction(),
	}
}

func (d *detail) editAction(rare bool) kit.Action {
	a := action("edit", rare, nil, func() { editSheet(d.env, d.edited()) })
	a.Keys = kit.KeysEdit
	return a
}

func (d *detail) binAction() kit.Action {
	a := action("bin", true, nil, func() { d.bin(d.view) })
	a.Keys, a.Rule = kit.KeysBin, true
	return a
}

// action is something that can be done with the feedback in view.
func action(name string, rare bool, off func() string, do func()) kit.Action {
	return kit.Action{Name: "feedback.do." + name, Text: words.T("feedback." + name), Rare: rare, Off: off, Do: do}
}

func (d *detail) noOrder() string {
	if d.view.OrderID != 0 {
		return ""
	}
	return words.T("off.no_order")
}

func (d *detail) finished() string {
	if d.view.State != data.FeedbackDone {
		return ""
	}
	return words.T("off.finished")
}

func (d *detail) unfinished() string {
	if d.view.State == data.FeedbackDone {
		return ""
	}
	return words.T("off.unfinished")
}

// givenActions are what can be done with a feedback that was left for a buyer.
func (d *detail) givenActions() []kit.Action {
	return []kit.Action{
		d.editAction(false),
		action("order", false, d.noOrder, d.openOrder),
		action("translate", true, nil, d.translate),
		action("files", true, nil, d.chooseFiles),
		d.binAction(),
	}
}

// answer writes the answer that stands below the feedback, in the language of it.
func (d *detail) answer() {
	d.env.Open(route.Reply{Order: orderOf(d.view), Feedback: d.view.ID})
}

// writePrivately writes to the buyer about the order, not below the feedback.
func (d *detail) writePrivately() { d.writeOn("feedback_private") }

// ask writes the one request for a revision.
func (d *detail) ask() { d.writeOn("revision_request") }

func (d *detail) writeOn(template string) {
	if d.view.OrderID == 0 {
		d.env.UI.Toast(words.T("feedback.no_order"), nil)
		return
	}
	d.env.Open(route.Reply{Order: orderOf(d.view), Template: template})
}

// write writes a deed down. What the rules bar is asked about.
func (d *detail) write(w desk.FeedbackDeed) {
	id := d.view.ID
	kit.Do(func(ctx context.Context) (struct{}, error) {
		_, err := d.env.desk.WriteFeedback(ctx, id, w)
		return struct{}{}, err
	}, func(_ struct{}, err error) {
		switch {
		case err == nil:
			d.env.UI.Toast(words.T("feedback.saved"), d.env.Undo)
		case !d.sureOf(err, func() { w.Sure = true; d.write(w) }):
			d.env.UI.Problem(err)
		}
	})
}

// sureOf puts what the rules bar as a question; false where it is something else.
func (d *detail) sureOf(err error, again func()) bool {
	if !errors.Is(err, data.ErrRefused) && !isCode(err, "feedback_once") {
		return false
	}
	what, do := words.Problem(err)
	d.env.UI.Confirm("feedback.sure", words.T("feedback.sure.title"), what+" "+do, words.T("feedback.sure.do"), again)
	return true
}

func isCode(err error, code string) bool {
	p, ok := data.AsProblem(err)
	return ok && p.Kind.Code == code
}

func (d *detail) settle() { d.write(desk.FeedbackDeed{Kind: desk.FeedbackSettle}) }

func (d *detail) asked() { d.write(desk.FeedbackDeed{Kind: desk.FeedbackAsk}) }

// deedSheet is a form that writes a deed down.
func (d *detail) deedSheet(name string, fields []*kit.Field, read func(*desk.FeedbackDeed) error) {
	id := d.view.ID
	when := kit.NewTimeField(d.env.UI, d.env.UI.Now().Truncate(time.Minute), d.view.Shop.Zone)
	var w desk.FeedbackDeed
	sure := false
	d.env.UI.OpenForm(kit.FormSheet{
		Name: "feedback." + name, Title: words.T("feedback." + name), Width: 600,
		Fields: append(fields, kit.TimeRow(words.T("feedback.fact.when"), when, true)),
		Read: func() (err error) {
			w = desk.FeedbackDeed{Sure: sure}
			if w.At, err = when.Value(); err != nil {
				return err
			}
			return read(&w)
		},
		Work: func(ctx context.Context) error {
			_, err := d.env.desk.WriteFeedback(ctx, id, w)
			return err
		},
		Ask:  func(err error, again func()) bool { return d.sureOf(err, func() { sure = true; again() }) },
		Done: func() { d.env.UI.Toast(words.T("feedback.saved"), d.env.Undo) },
	})
}

// starOptions are stars to choose, the most first.
func starOptions() []kit.Option[int] {
	var rates []kit.Option[int]
	for n := 5; n >= 1; n-- {
		rates = append(rates, kit.Option[int]{Value: n, Text: show.Stars(n) + " · " + words.Of("tone", data.Tone(n))})
	}
	return rates
}

// revise writes down what the buyer made of it.
func (d *detail) revise() {
	stars := kit.NewChoice(starOptions(), d.view.Stars, nil)
	text := kit.TextField(d.env.UI, d.view.Text, 4)
	d.deedSheet("revise", []*kit.Field{
		kit.ChoiceRow(words.T("feedback.fact.stars"), stars),
		{Label: words.T("feedback.fact.text"), Object: text},
	}, func(w *desk.FeedbackDeed) error {
		w.Kind, w.Stars, w.Text = desk.FeedbackRevise, stars.Value(), text.Text
		return nil
	})
}

// decide writes down what the platform did.
func (d *detail) decide() {
	outcome := kit.NewChoice(kit.Options("feedback_outcome", []string{"removed", "kept"}), "", nil)
	d.deedSheet("decide", []*kit.Field{kit.ChoiceRow(words.T("feedback.fact.outcome"), outcome)}, func(w *desk.FeedbackDeed) error {
		w.Kind, w.Outcome = desk.FeedbackDecide, outcome.Value()
		return nil
	})
}

// translate keeps the words in another language.
func (d *detail) translate() {
	text, by := kit.TextField(d.env.UI, d.view.Translated.Text, 4), kit.TextField(d.env.UI, d.view.Translated.By, 1)
	d.deedSheet("translate", []*kit.Field{
		{Label: words.T("feedback.fact.text"), Object: kit.Prose(textOf(d.view))},
		{Label: words.T("feedback.fact.translation"), Object: text},
		{Label: words.T("feedback.fact.translator"), Object: by},
	}, func(w *desk.FeedbackDeed) error {
		w.Kind, w.Text, w.By = desk.FeedbackTranslate, text.Text, by.Text
		return nil
	})
}

// complain chooses a ground, says what its proof must show, and leads to the text and
// the bundle.
func (d *detail) complain() {
	grounds := d.whole.Grounds
	if len(grounds) == 0 {
		return // it is being loaded
	}
	shows, state := kit.Prose(""), widget.NewLabel("")
	state.Wrapping = fyne.TextWrapWord
	pick := func(id data.ComplaintGround) {
		i := slices.IndexFunc(grounds, func(g desk.GroundView) bool { return g.ID == id })
		if i < 0 {
			return
		}
		shows.SetText(words.Text(pack.Text(grounds[i].Show)) + "\n" + show.OriginLine(grounds[i].Origin))
		if grounds[i].Proven {
			state.SetText("✓ " + words.T("feedback.proof.there"))
		} else {
			state.SetText("! " + words.T("feedback.proof.lacks"))
		}
	}
	var options []kit.Option[data.ComplaintGround]
	for _, g := range grounds {
		options = append(options, kit.Option[data.ComplaintGround]{Value: g.ID, Text: words.Text(pack.Text(g.Title))})
	}
	chosen := d.view.Complained.Ground
	if chosen == "" {
		chosen = data.GroundIrrelevant
	}
	ground := kit.NewChoice(options, chosen, pick)
	kit.Trace("feedback.ground", ground)
	pick(chosen)
	write := kit.NewButton("feedback.complain.write", words.T("feedback.complain.write"), func() {
		d.env.Open(route.Reply{Order: orderOf(d.view), Feedback: d.view.ID, Template: "feedback_complaint"})
	})
	bind := kit.NewButton("feedback.complain.bind", words.T("feedback.bundle"), func() { d.bind(ground.Value()) })
	d.deedSheet("complain", []*kit.Field{
		kit.ChoiceRow(words.T("feedback.fact.ground"), ground),
		{Label: words.T("feedback.fact.proof"), Object: kit.Stacked(0, shows, state)},
		{Label: words.T("feedback.fact.paper"), Hint: words.T("feedback.complain.hint"), Object: container.NewHBox(write, bind)},
	}, func(w *desk.FeedbackDeed) error {
		w.Kind, w.Ground = desk.FeedbackComplain, ground.Value()
		return nil
	})
}

func (d *detail) chooseFiles() {
	d.env.ChooseEvidence(show.Target{FeedbackID: d.view.ID})
}

// addCause puts a cause into the list, and chooses it.
func (d *detail) addCause() {
	name := kit.TextField(d.env.UI, "", 1)
	label := words.T("feedback.causes.name")
	id := d.view.ID
	d.env.UI.OpenForm(kit.FormSheet{
		Name: "feedback.cause", Title: words.T("feedback.causes.add"), Focus: name,
		Fields: []*kit.Field{{Label: label, Object: name, Check: func() error {
			if strings.TrimSpace(name.Text) == "" {
				return kit.ProblemRequired.New("field", label)
			}
			return nil
		}}},
		Work: func(ctx context.Context) error {
			_, err := d.env.desk.WriteFeedback(ctx, id, desk.FeedbackDeed{Kind: desk.FeedbackCause, Cause: name.Text, Sure: true})
			return err
		},
		Done: func() { d.env.UI.Toast(words.T("feedback.saved"), d.env.Undo) },
	})
}
