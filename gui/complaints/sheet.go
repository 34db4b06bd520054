package complaints

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/service"
	"casebinder/gui/kit"
	"casebinder/gui/route"
	"casebinder/gui/words"
)

// fields are those of a complaint.
type fields struct {
	stage         *kit.Choice[data.ComplaintStage]
	happened, why *kit.Entry
	wish, accepts *kit.Choice[string]
	cause         *kit.Choice[string]
	harm          *kit.Choice[data.Harm]
	answer        *kit.TimeField
	offers        []*offerRow
	now           time.Time
}

// takesMoney reports whether a solution is a sum.
func takesMoney(a data.Amends) bool {
	return slices.Contains([]data.Amends{data.AmendsCoupon, data.AmendsPart, data.AmendsReturn, data.AmendsFull}, a)
}

// offerRow is a solution with its amount and what became of it.
type offerRow struct {
	solution data.Solution
	amount   *kit.Amount
	state    *kit.Choice[data.OfferState]
}

var offerStates = []data.OfferState{data.OfferPlanned, data.OfferMade, data.OfferDeclined, data.OfferAccepted}

func newFields(u *kit.UI, v *desk.ComplaintView) *fields {
	stages := slices.DeleteFunc(data.ComplaintStages(), func(s data.ComplaintStage) bool { return s == data.ComplaintArchive && v.ClosedAt.IsZero() })
	f := &fields{
		now:      u.Now(),
		stage:    kit.NewChoice(kit.Options("complaint.stage", stages), v.Stage, nil),
		happened: kit.TextField(u, v.Happened, 3), why: kit.TextField(u, v.Why, 2),
		wish: wishChoice(v.Wish), accepts: wishChoice(v.Accepts),
		cause:  kit.NewChoice(kit.FilterOptions("complaint.cause.none", kit.Options("cause", data.Causes())), v.Cause, nil),
		harm:   kit.NewChoice(kit.FilterOptions("complaint.harm.none", kit.Options("harm", data.Harms())), v.Offers.Harm, nil),
		answer: kit.NewDueField(u, v.AnswerBy, v.Zone),
	}
	kit.Trace("complaint.stage", f.stage)
	kit.Trace("complaint.why", f.why)
	kit.Trace("complaint.wish", f.wish)
	for _, s := range offersOf(v) {
		row := &offerRow{solution: s, amount: kit.AmountOf(u, s.Amount, s.Amount.Currency), state: kit.NewChoice(stateOptions(), s.State, nil)}
		f.offers = append(f.offers, row)
	}
	return f
}

func stateOptions() []kit.Option[data.OfferState] {
	var list []kit.Option[data.OfferState]
	for _, s := range offerStates {
		key := "planned"
		if s != data.OfferPlanned {
			key = string(s)
		}
		list = append(list, kit.Option[data.OfferState]{Value: s, Text: words.T("complaint.offer." + key)})
	}
	return list
}

// offersOf are the solutions of a complaint: what was made, declined or accepted
// as it was, then the proposals that are left, in the order that is theirs now.
func offersOf(v *desk.ComplaintView) []data.Solution {
	list := slices.DeleteFunc(slices.Clone(v.Offers.List), func(s data.Solution) bool { return s.State == data.OfferPlanned })
	for _, p := range v.Proposed {
		if !slices.ContainsFunc(list, func(s data.Solution) bool { return s.Offer == p.Offer && (s.Amount == p.Amount || p.Amount.IsZero()) }) {
			list = append(list, p)
		}
	}
	return list
}

// wishChoice offers the kinds of amends, and other words where such were kept.
func wishChoice(value string) *kit.Choice[string] {
	options := []kit.Option[string]{{Value: "", Text: words.T("complaint.wish.none")}}
	for _, a := range data.AllAmends() {
		options = append(options, kit.Option[string]{Value: string(a), Text: words.Of("amends", a)})
	}
	if value != "" && !slices.Contains(data.AllAmends(), data.Amends(value)) {
		options = append(options, kit.Option[string]{Value: value, Text: value})
	}
	return kit.NewChoice(options, value, nil)
}

func (f *fields) list(v *desk.ComplaintView) []*kit.Field {
	offers := container.NewVBox()
	for _, o := range f.offers {
		sum := o.amount.Object
		if !takesMoney(o.solution.Offer) {
			sum = widget.NewLabel("")
		}
		offers.Add(container.NewGridWithColumns(3, widget.NewLabel(words.Of("amends", o.solution.Offer)), sum, o.state))
	}
	hint := "complaint.offers.own"
	if !v.Own {
		hint = "complaint.offers.usual"
	}
	says := words.T(hint)
	if v.Dear {
		says += " " + words.T("complaint.offers.dear")
	}
	return []*kit.Field{
		{Label: words.T("complaint.stage"), Hint: f.next(v), Object: f.stage},
		{Label: words.T("complaint.answer_by"), Object: f.answer.Object},
		{Label: words.T("complaint.happened"), Object: f.happened},
		{Label: words.T("complaint.why"), Object: f.why},
		{Label: words.T("complaint.wish"), Object: f.wish},
		{Label: words.T("complaint.accepts"), Object: f.accepts},
		{Label: words.T("complaint.cause"), Object: f.cause},
		{Label: words.T("complaint.harm"), Object: f.harm},
		{Label: words.T("complaint.offers"), Hint: says, Object: offers},
	}
}

// next says what the complaint wants next.
func (f *fields) next(v *desk.ComplaintView) string {
	text := words.Of("complaint.step", v.Step)
	if !v.ClosedAt.IsZero() {
		text = words.T("complaint.closed", "when", words.Time(v.ClosedAt, "", f.now), "outcome", words.T("complaint.outcome."+v.Outcome))
	} else if !v.Due.IsZero() {
		text = words.T("complaint.next", "step", text, "when", words.Time(v.Due, "", f.now))
	}
	if v.Step == service.StepAsk {
		for _, q := range v.Open {
			text += " · " + words.T("complaint."+string(q))
		}
	}
	return text
}

// read gives the complaint as the fields say it.
func (f *fields) read(was data.Complaint) (data.Complaint, error) {
	c := was
	c.Stage, c.Happened, c.Why, c.Wish, c.Accepts = f.stage.Value(), f.happened.Text, f.why.Text, f.wish.Value(), f.accepts.Value()
	c.Cause, c.Offers = f.cause.Value(), data.Offers{Harm: f.harm.Value()}
	var err error
	if c.AnswerBy, err = f.answer.Value(); err != nil {
		return c, err
	}
	for _, o := range f.offers {
		s := o.solution
		if s.Amount, err = o.amount.Get(); err != nil {
			return c, err
		}
		if s.State != o.state.Value() {
			s.State, s.At = o.state.Value(), time.Time{} // the desk writes down when
		}
		c.Offers.List = append(c.Offers.List, s)
	}
	return c, nil
}

// sheet shows a complaint and keeps what is typed.
func (e *room) sheet(v *desk.ComplaintView) {
	f := newFields(e.UI, v)
	c := v.Complaint
	var open *kit.OpenSheet
	more := []kit.SheetExtra{{Name: "complaint.write", Text: words.T("complaint.write"), Do: func() { e.write(v, open) }}}
	if v.ClosedAt.IsZero() {
		more = append(more, kit.SheetExtra{Name: "complaint.close", Text: words.T("complaint.close"), Do: func() { e.askEnd(v, open) }},
			kit.SheetExtra{Name: "complaint.bin", Text: words.T("complaint.bin"), Do: func() {
				open.Close()
				e.Deed(words.T("complaint.bin.done"), func(ctx context.Context) error { return e.desk.BinComplaint(ctx, v.ID) })
			}})
	}
	open = e.UI.OpenForm(kit.FormSheet{
		Name: "complaint", Title: words.T("complaint.title", "order", v.Number, "buyer", v.Buyer), Width: 680, Height: 560, Fields: f.list(v), More: more,
		Read: func() (err error) { c, err = f.read(v.Complaint); return err },
		Work: func(ctx context.Context) error { return e.desk.EditComplaint(ctx, c) },
		Done: func() { e.UI.Toast(words.T("complaint.saved"), e.Undo) },
	})
}

// write goes to the replies with the template of the next step.
func (e *room) write(v *desk.ComplaintView, open *kit.OpenSheet) {
	kit.Do(func(ctx context.Context) ([]data.OrderRow, error) {
		return e.desk.OrderRows(ctx, []int32{int32(v.OrderID)})
	}, func(rows []data.OrderRow, err error) {
		if err != nil || len(rows) == 0 {
			e.UI.Problem(err)
			return
		}
		open.Close()
		e.Env.Open(route.Reply{Order: rows[0], Dispute: v.DisputeID, Template: v.Template})
	})
}

// askEnd asks for cause and outcome, and archives.
func (e *room) askEnd(v *desk.ComplaintView, open *kit.OpenSheet) {
	cause := kit.NewChoice(kit.Options("cause", data.Causes()), v.Cause, nil)
	var outcomes []kit.Option[string]
	for _, o := range data.ComplaintOutcomes() {
		outcomes = append(outcomes, kit.Option[string]{Value: o, Text: words.T("complaint.outcome." + o)})
	}
	outcome := kit.NewChoice(outcomes, "", nil)
	kit.Trace("complaint.outcome", outcome)
	e.UI.OpenForm(kit.FormSheet{
		Name: "complaint.end", Title: words.T("complaint.close.title"), Save: words.T("complaint.close.do"),
		Fields: []*kit.Field{kit.ChoiceRow(words.T("complaint.cause"), cause), kit.ChoiceRow(words.T("complaint.outcome"), outcome)},
		Work: func(ctx context.Context) error {
			return e.desk.CloseComplaint(ctx, v.UID, cause.Value(), outcome.Value())
		},
		Done: func() {
			open.Close()
			e.UI.Toast(words.T("complaint.closed.done"), e.Undo)
		},
	})
}
