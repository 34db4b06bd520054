package cases

import (
	"cmp"
	"context"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/policy"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// The choices of a decision, as the desk keeps them.
const (
	chooseFight  = "fight"
	chooseAccept = "accept"
)

// hourCostKept is under which name the cost of an hour's work is remembered.
const hourCostKept = "weigh.hour_cost"

var problemHours = data.DefineProblem("hours_typed", data.ErrInvalid,
	"“{value}” is not a number of hours.",
	"Write hours as a number from 0 to 1000, such as 1.5.")

// weighSheet sets fighting beside accepting, so that a person decides.
type weighSheet struct {
	env    *env
	view   desk.CaseView
	open   *kit.OpenSheet
	hours  *kit.Entry
	hour   *kit.Amount
	back   *kit.Amount
	reason *kit.Entry
	fields *kit.Form
	card   *fyne.Container
	loader kit.Loader
}

func openWeighSheet(e *env, v desk.CaseView) *weighSheet {
	s := &weighSheet{env: e, view: v, card: container.NewStack(), reason: kit.TextField(e.UI, v.Dispute.Decision.Reason, 2)}
	currency := v.Dispute.Amount.Currency
	hour := data.Money{Currency: currency}
	e.UI.Kept(hourCostKept, &hour)
	s.hours = kit.TextField(e.UI, "1", 1)
	s.hour, s.back = kit.AmountOf(e.UI, hour, cmp.Or(hour.Currency, currency)), kit.AmountOf(e.UI, data.Money{}, currency)
	if hour.Minor == 0 {
		s.hour.Entry.SetText("")
	}
	for _, entry := range []*widget.Entry{&s.hours.Entry, &s.hour.Entry.Entry, &s.back.Entry.Entry, &s.hour.Currency.Entry, &s.back.Currency.Entry} {
		entry.OnChanged = func(string) { s.work() }
	}
	s.fields = kit.NewForm(
		&kit.Field{Label: words.T("case.weigh.hours"), Object: s.hours, Check: func() error { _, err := s.span(); return err }},
		withHint(kit.AmountRow(words.T("case.weigh.hour_cost"), s.hour), words.T("case.weigh.hour_cost.hint")),
		kit.AmountRow(words.T("case.weigh.return"), s.back),
	)
	why := kit.NewForm(&kit.Field{Label: words.T("case.reason"), Hint: words.T("case.weigh.reason.hint"), Object: s.reason})
	left := container.NewVScroll(kit.Stacked(look.Tight, s.fields.Object, why.Object))
	split := container.NewHSplit(left, container.NewVScroll(kit.Inset(look.Tight, s.card)))
	split.SetOffset(0.42)
	more := []kit.SheetExtra{{Name: "case.weigh.accept", Text: words.T("case.weigh.accept"), Do: func() { s.decide(chooseAccept) }}}
	if v.Dispute.Decision.Choice != "" {
		more = append([]kit.SheetExtra{{Name: "case.weigh.reopen", Text: words.T("case.weigh.reopen"), Do: func() { s.decide("") }}}, more...)
	}
	s.open = e.UI.Open(kit.Sheet{
		Name: "case.weigh", Title: words.T("case.weigh.title"), Width: 960, Height: 560, Body: split, FocusedAt: s.hours, More: more,
		Do: words.T("case.weigh.fight"), OnDo: func() { s.decide(chooseFight) }, Cancel: words.T("action.close"),
	})
	kit.Trace("case.weigh.reason", s.reason)
	kit.Trace("case.weigh.hours", s.hours)
	s.work()
	return s
}

func withHint(f *kit.Field, hint string) *kit.Field {
	f.Hint = hint
	return f
}

// span reads how long fighting will take.
func (s *weighSheet) span() (time.Duration, error) {
	text := strings.TrimSpace(s.hours.Text)
	if text == "" {
		return 0, nil
	}
	hours, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
	if err != nil || !(hours >= 0 && hours <= 1000) {
		return 0, problemHours.New("value", text)
	}
	return time.Duration(hours * float64(time.Hour)), nil
}

// work has the card made anew from what was typed. While that cannot be read,
// the card before stays, and the field says what is wrong.
func (s *weighSheet) work() {
	if !s.fields.Mark() {
		return
	}
	var w desk.Weighing
	var err error
	if w.Work, err = s.span(); err != nil {
		return // the field has said so
	}
	if w.HourCost, err = s.hour.Get(); err != nil {
		return
	}
	if w.ReturnCost, err = s.back.Get(); err != nil {
		return
	}
	var before data.Money
	if s.env.UI.Kept(hourCostKept, &before); before != w.HourCost {
		s.env.UI.Keep(hourCostKept, w.HourCost)
	}
	kit.Load(&s.loader, func(ctx context.Context) (policy.Card, error) {
		return s.env.desk.Weigh(ctx, s.view.Dispute.ID, w)
	}, func(c policy.Card, err error) {
		if err != nil {
			s.open.Problem(err)
			return
		}
		s.draw(c)
	})
}

// draw shows the card.
func (s *weighSheet) draw(c policy.Card) {
	facts := kit.NewFacts(s.env.UI,
		kit.Fact{Label: words.T("case.weigh.amount"), Value: words.Money(c.Amount)},
		kit.Fact{Label: words.T("case.weigh.work"), Value: words.Money(c.Work)},
	)
	rows := []fyne.CanvasObject{kit.Section(words.T("case.weigh.sums")), facts.Object}
	for _, line := range c.Lines[:len(c.Lines)-1] {
		rows = append(rows, kit.Prose(words.Text(line)))
	}
	rows = append(rows, kit.Section(words.T("case.weigh.record")), kit.Prose(words.Text(c.Record.Text)))
	if len(c.Fees) > 0 {
		rows = append(rows, kit.Section(words.T("case.weigh.fees")))
	}
	for _, f := range c.Fees {
		rows = append(rows, kit.Soft(feeLine(f)))
	}
	if len(c.Rates) > 0 {
		rows = append(rows, kit.Section(words.T("case.weigh.rates")))
	}
	for _, r := range c.Rates {
		rows = append(rows, kit.Soft(rateLine(r)))
	}
	s.card.Objects = []fyne.CanvasObject{kit.Dense(kit.Stacked(look.Tight, rows...))}
	s.card.Refresh()
}

func feeLine(f policy.FeeView) string {
	amount := words.Money(f.Amount)
	if amount == "" {
		amount = words.T("case.weigh.fee.unknown")
	}
	return words.Join(" · ", "• "+words.Text(f.Title), amount, words.Of("fee_when", string(f.When)), words.Text(f.Waived), unconfirmed(f.Origin))
}

// rateLine says which choice makes a case count in a rate, and what that brings.
func rateLine(r policy.RateView) string {
	var counts []string
	for key, on := range map[string]bool{"accept": r.Accept, "lose": r.LoseIt, "win": r.WinIt} {
		if on {
			counts = append(counts, key)
		}
	}
	said := words.T("case.rate.never")
	switch len(counts) {
	case 3:
		said = words.T("case.rate.always")
	case 2:
		said = words.T("case.rate.accept_lose")
		if r.WinIt {
			said = words.T("case.rate.fight")
		}
	case 1:
		said = words.T("case.rate." + counts[0])
	}
	limit := ""
	if r.Limit != "" {
		limit = words.T("case.rate.limit", "limit", r.Limit)
	}
	return words.Join(" · ", "• "+words.Text(r.Title), limit, said, words.Text(r.Effect), unconfirmed(r.Origin))
}

// unconfirmed says of a figure that nobody has confirmed it; "" of others.
func unconfirmed(o policy.Origin) string {
	if o.Confidence == data.Unconfirmed {
		return words.T("case.unconfirmed")
	}
	return ""
}

// decide keeps the choice with its reason.
func (s *weighSheet) decide(choice string) {
	reason, id := strings.TrimSpace(s.reason.Text), s.view.Dispute.ID
	if reason == "" && choice != "" {
		s.open.Problem(kit.ProblemRequired.New("field", words.T("case.reason")))
		return
	}
	kit.Do(func(ctx context.Context) (data.Dispute, error) { return s.env.desk.Decide(ctx, id, choice, reason) },
		func(_ data.Dispute, err error) {
			if err != nil {
				s.open.Problem(err)
				return
			}
			s.open.Close()
			s.env.UI.Toast(words.T("case.decided."+cmp.Or(choice, "open")), s.env.Undo)
		})
}

// decisionPart shows what was decided, and lets it be decided.
func (d *detail) decisionPart(v desk.CaseView) fyne.CanvasObject {
	weigh := kit.NewButton("case.decide", words.T("case.weigh.open"), func() { openWeighSheet(d.env, d.view) })
	weigh.Importance = widget.LowImportance
	line := words.T("case.decision.none")
	if one := v.Dispute.Decision; one.Choice != "" {
		line = words.T("case.decision."+one.Choice, "who", one.By, "when", words.Time(one.At, v.Order.Shop.Zone, d.env.UI.Now()), "reason", one.Reason)
	}
	if v.Dispute.Stage == data.StageClosed {
		return kit.Prose(line)
	}
	return container.NewBorder(nil, nil, nil, container.NewCenter(weigh), kit.Prose(line))
}
