package cases

import (
	"context"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/policy"
	"casebinder/gui/kit"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

// eventForm holds the fields of a case event.
type eventForm struct {
	kind     *kit.Choice[data.EventKind]
	actor    *kit.Choice[data.Actor]
	at, due  *kit.TimeField
	amount   *kit.Amount
	note     *kit.Entry
	corrects *kit.Choice[string] // UIDs of the events so far; enabled for a correction
}

func newEventForm(u *kit.UI, v desk.DisputeView, kind data.EventKind) *eventForm {
	zone, now := v.Order.Shop.Zone, u.Now()
	currency := v.Dispute.Amount.Currency
	if currency == "" {
		currency = v.Order.Total.Currency
	}
	f := &eventForm{
		actor:  kit.NewChoice(kit.Options("actor", []data.Actor{data.ActorBuyer, data.ActorSeller, data.ActorPlatform}), data.ActorSeller, nil),
		at:     kit.NewTimeField(u, now.Truncate(time.Minute), zone),
		due:    kit.NewDueField(u, time.Time{}, zone),
		amount: kit.AmountOf(u, data.Money{}, currency),
		note:   kit.TextField(u, "", 3),
	}
	var past []kit.Option[string]
	for _, e := range v.Dispute.Events {
		past = append(past, kit.Option[string]{Value: e.UID, Text: words.Of("event", e.Kind) + " · " + words.Time(e.At, zone, now)})
	}
	f.corrects = kit.NewChoice(past, "", nil)
	f.kind = kit.NewChoice(kit.Options("event", data.EventKinds()[1:]), kind, f.kindChosen)
	f.kindChosen(kind)
	return f
}

func (f *eventForm) kindChosen(kind data.EventKind) {
	f.actor.Set(policy.UsualActor(kind))
	if kind == data.EventCorrection {
		f.corrects.Enable()
		return
	}
	f.corrects.Set("")
	f.corrects.Disable()
}

func (f *eventForm) fields() []*kit.Field {
	corrects := &kit.Field{Label: words.T("event.corrects"), Object: f.corrects, Check: func() error {
		if f.kind.Value() == data.EventCorrection && f.corrects.Value() == "" {
			return kit.ProblemRequired.New("field", words.T("event.corrects"))
		}
		return nil
	}}
	return []*kit.Field{
		kit.ChoiceRow(words.T("event.kind"), f.kind),
		kit.ChoiceRow(words.T("event.who"), f.actor),
		kit.TimeRow(words.T("event.when"), f.at, true),
		kit.AmountRow(words.T("event.amount"), f.amount),
		kit.TimeRow(words.T("event.due"), f.due, false),
		{Label: words.T("event.note"), Object: f.note},
		corrects,
	}
}

func (f *eventForm) value() (e data.CaseEvent, err error) {
	e = data.CaseEvent{Kind: f.kind.Value(), Actor: f.actor.Value(), Note: strings.TrimSpace(f.note.Text), Corrects: f.corrects.Value()}
	if e.At, err = f.at.Value(); err != nil {
		return e, err
	}
	if e.Due, err = f.due.Value(); err != nil {
		return e, err
	}
	e.Amount, err = f.amount.Get()
	return e, err
}

// addEventSheet writes down what happened in a dispute. kind may be "".
func addEventSheet(e *env, v desk.DisputeView, kind data.EventKind) *kit.OpenSheet {
	return addStepSheet(e, v, data.CaseEvent{Kind: kind})
}

// addStepSheet is addEventSheet with kind, actor and note filled in, as far as
// they are given.
func addStepSheet(e *env, v desk.DisputeView, begin data.CaseEvent) *kit.OpenSheet {
	form := newEventForm(e.UI, v, begin.Kind)
	if begin.Actor != "" {
		form.actor.Set(begin.Actor)
	}
	form.note.SetText(begin.Note)
	var event desk.NewEvent
	asked := show.DueAsked{UI: e.UI}
	open := e.UI.OpenForm(kit.FormSheet{
		Name: "event.add", Title: words.T("event.title"), Width: 620, Fields: form.fields(), Save: words.T("event.do"), Focus: form.kind,
		Read: func() (err error) {
			event.CaseEvent, err = form.value()
			event.Sure = asked.Confirmed(event.Due)
			return err
		},
		Work: func(ctx context.Context) error {
			_, err := e.desk.AppendEvent(ctx, v.Dispute.ID, event)
			return err
		},
		Ask:  func(err error, again func()) bool { return asked.Ask(err, event.Due, again) },
		Done: func() { e.UI.Toast(words.T("event.added", "what", words.Of("event", event.Kind)), e.Undo) },
	})
	kit.Trace("event.kind", form.kind)
	kit.Trace("event.note", form.note)
	return open
}
