package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/desk"
	"casebinder/data/policy"
)

// caseState is how a dispute stands, as --json prints it.
type caseState struct {
	Stage     data.Stage        `json:"stage"`
	Waiting   data.Actor        `json:"waiting"` // who must act; "" when nobody must
	Due       string            `json:"due"`     // RFC 3339, a day, or "" when none is known
	DueSure   data.Confidence   `json:"due_sure"`
	Outcome   string            `json:"outcome,omitempty"` // how it ended, as far as that is told
	Liable    string            `json:"liable,omitempty"`  // who was found responsible
	Deadlines []deadlineItem    `json:"deadlines"`
	Findings  []caseFindingItem `json:"findings"`
}

type deadlineItem struct {
	ID       string          `json:"id"`
	Title    string          `json:"title"`
	Who      data.Actor      `json:"who"`
	Status   policy.Status   `json:"status"`
	Due      string          `json:"due"`
	Sure     data.Confidence `json:"sure"`
	Stated   string          `json:"stated"` // the platform's own date
	Optional bool            `json:"optional"`
}

type caseFindingItem struct {
	Rule     string        `json:"rule"`
	Severity data.Severity `json:"severity"`
	Where    []data.Ref    `json:"where"`
	Why      string        `json:"why"`
	How      string        `json:"how"`
	Passed   bool          `json:"passed"`
}

func stateOf(v *desk.CaseView) *caseState {
	s := &caseState{
		Stage: v.View.Stage, Waiting: v.View.Waiting, Due: data.JSONTime(v.View.Due), DueSure: v.View.Sure,
		Outcome: v.Dispute.Ruling.Outcome, Liable: v.Dispute.Ruling.Liable, Deadlines: []deadlineItem{}, Findings: []caseFindingItem{},
	}
	for _, d := range v.View.Deadlines {
		s.Deadlines = append(s.Deadlines, deadlineItem{
			ID: d.ID, Title: d.Title.String(), Who: d.Who, Status: d.Status, Due: data.JSONTime(d.Due), Sure: d.Sure,
			Stated: data.JSONTime(d.Stated), Optional: d.Optional,
		})
	}
	for _, f := range v.Findings {
		s.Findings = append(s.Findings, caseFindingItem{
			Rule: f.Rule, Severity: f.Severity, Where: append([]data.Ref{}, f.Where...), Why: f.Why.String(), How: f.How.String(), Passed: f.Passed != nil,
		})
	}
	return s
}

// stateResult tells how a dispute stands now.
func stateResult(ctx context.Context, d *desk.Desk, id int64) (*result, error) {
	v, err := d.Case(ctx, id)
	if err != nil {
		return nil, err
	}
	out := &result{ID: v.Dispute.UID, caseState: stateOf(&v)}
	var words strings.Builder
	fmt.Fprintf(&words, "%s\torder %s\n", v.Dispute.UID, v.Order.Number)
	fmt.Fprintf(&words, "stage\t%s\nwaiting\t%s\ndue\t%s\n", out.Stage, orDash(string(out.Waiting)), dueWords(out.Due, out.DueSure))
	if out.Outcome != "" || out.Liable != "" {
		fmt.Fprintf(&words, "outcome\t%s\nresponsible\t%s\n", orDash(out.Outcome), orDash(out.Liable))
	}
	for _, one := range out.Deadlines {
		title := one.Title
		if one.Optional {
			title += " (a right)"
		}
		fmt.Fprintf(&words, "%s\t%s\t%s\t%s\n", one.Status, dueWords(one.Due, one.Sure), one.Who, title)
	}
	for i := range v.Findings {
		if passed := v.Findings[i].Passed; passed == nil {
			fmt.Fprintf(&words, "%s: %s\n", v.Findings[i].Severity, findingWords(v.Findings[i].Finding))
		}
	}
	out.words = words.String()
	return out, nil
}

func dueWords(due string, sure data.Confidence) string {
	if due == "" || sure == "" || sure == data.Confirmed {
		return orDash(due)
	}
	return due + " (" + string(sure) + ")"
}

func orDash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

func disputeShowCommand(c *call) func(context.Context) (*result, error) {
	var dispute string
	c.flags.StringVar(&dispute, "dispute", "", "`id` of the dispute, or the platform's case number")
	return func(ctx context.Context) (*result, error) {
		if dispute == "" || len(c.files) > 0 {
			return nil, misused("dispute show needs --dispute")
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			found, err := d.FindDispute(ctx, dispute)
			if err != nil {
				return nil, err
			}
			return stateResult(ctx, d, found.ID)
		})
	}
}

// sureWords describe the flag that confirms a date.
const sureWords = "keep --due although it is doubtful, as when it lies far beyond the rule"

// typedEvent is an event of a dispute as the flags give it.
type typedEvent struct {
	dispute, kind, by, at, due, amount, note, corrects string
	ruling                                             data.Ruling
	sure                                               bool
}

// ends are the kinds of events that an outcome can be told with.
var ends = []data.EventKind{data.EventRuled, data.EventClosed, data.EventWithdrawn, data.EventAccepted}

func disputeEventCommand(c *call) func(context.Context) (*result, error) {
	var t typedEvent
	c.flags.StringVar(&t.dispute, "dispute", "", "`id` of the dispute, or the platform's case number")
	c.flags.StringVar(&t.kind, "kind", "", "`kind` of what happened, such as evidence_requested")
	c.flags.StringVar(&t.by, "by", "", "`who` did it: buyer, seller or platform; without it who mostly does")
	c.flags.StringVar(&t.at, "at", "", "`time` or day when it happened; without it now")
	c.flags.StringVar(&t.due, "due", "", "`time` or day that the platform stated with it")
	c.flags.StringVar(&t.amount, "amount", "", "`amount` of an offer or a refund, in the dispute's currency")
	c.flags.StringVar(&t.note, "note", "", "`text` about it")
	c.flags.StringVar(&t.corrects, "corrects", "", "`id` of the event that a correction takes back")
	c.rulingFlags(&t.ruling)
	c.flags.BoolVar(&t.sure, "sure", false, sureWords)
	return func(ctx context.Context) (*result, error) {
		if t.dispute == "" || t.kind == "" || len(c.files) > 0 {
			return nil, misused("dispute event needs --dispute and --kind")
		}
		switch data.Actor(t.by) {
		case "", data.ActorBuyer, data.ActorSeller, data.ActorPlatform:
		default:
			return nil, misused("--by is buyer, seller or platform")
		}
		if t.ruling != (data.Ruling{}) && !slices.Contains(ends, data.EventKind(t.kind)) {
			return nil, misused("--outcome and --liable go with the kinds %s", listed(ends))
		}
		if err := checkRuling(t.ruling); err != nil {
			return nil, err
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) { return t.append(ctx, d) })
	}
}

// listed names the words that a flag takes.
func listed[T ~string](all []T) string {
	words := make([]string, len(all))
	for i, w := range all {
		words[i] = string(w)
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

// rulingFlags declare how a dispute ended.
func (c *call) rulingFlags(r *data.Ruling) {
	c.flags.StringVar(&r.Outcome, "outcome", "", "how it `ended`: "+listed(data.Outcomes()))
	c.flags.StringVar(&r.Liable, "liable", "", "`who` was found responsible: "+listed(data.Liables()))
}

func checkRuling(r data.Ruling) error {
	switch {
	case r.Outcome != "" && !slices.Contains(data.Outcomes(), r.Outcome):
		return misused("--outcome is %s", listed(data.Outcomes()))
	case r.Liable != "" && !slices.Contains(data.Liables(), r.Liable):
		return misused("--liable is %s", listed(data.Liables()))
	}
	return nil
}

func disputeRulingCommand(c *call) func(context.Context) (*result, error) {
	var dispute string
	var r data.Ruling
	c.flags.StringVar(&dispute, "dispute", "", "`id` of the dispute, or the platform's case number")
	c.rulingFlags(&r)
	return func(ctx context.Context) (*result, error) {
		if dispute == "" || r == (data.Ruling{}) || len(c.files) > 0 {
			return nil, misused("dispute ruling needs --dispute, and --outcome or --liable")
		}
		if err := checkRuling(r); err != nil {
			return nil, err
		}
		return c.withDesk(ctx, func(d *desk.Desk) (*result, error) {
			found, err := d.FindDispute(ctx, dispute)
			if err != nil {
				return nil, err
			}
			if _, err := d.PutRuling(ctx, found.ID, found.Ruling.With(r)); err != nil {
				return nil, err
			}
			return stateResult(ctx, d, found.ID)
		})
	}
}

var (
	sayRulingUntold  = data.DefinePhrase("command.ruling_untold", "The platform ruled, but for whom is not told: numbers that ask for it leave the order out.")
	sayRulingEarlier = data.DefinePhrase("command.ruling_earlier", "The platform ruled anew; what is written down of the outcome is still that of before: {outcome}.")
	howRuling        = data.DefinePhrase("command.ruling.mend", "Tell it by “dispute ruling”, or in the window under “How it ended”.")
)

// rulingDoubt is the doubt about a ruling of which it is open for whom it is.
func (t *typedEvent) rulingDoubt(r data.Ruling) []data.Finding {
	if data.EventKind(t.kind) != data.EventRuled {
		return nil
	}
	doubt := data.Finding{Rule: "ruling_untold", Severity: data.Warning, Why: sayRulingUntold.With(), How: howRuling.With()}
	switch {
	case r.Untold():
		return []data.Finding{doubt}
	case t.ruling == (data.Ruling{}):
		doubt.Rule, doubt.Why = "ruling_earlier", sayRulingEarlier.With("outcome", strings.Join(notEmpty(r.Outcome, r.Liable), ", "))
		return []data.Finding{doubt}
	}
	return nil
}

func (t *typedEvent) append(ctx context.Context, d *desk.Desk) (*result, error) {
	dispute, err := d.FindDispute(ctx, t.dispute)
	if err != nil {
		return nil, err
	}
	order, err := d.Order(ctx, dispute.OrderID)
	if err != nil {
		return nil, err
	}
	event, err := t.event(&dispute, &order.Order)
	if err != nil {
		return nil, err
	}
	after, err := d.AppendEvent(ctx, dispute.ID, desk.NewEvent{CaseEvent: event, Sure: t.sure, Ruling: t.ruling})
	if err != nil {
		return nil, err
	}
	out, err := stateResult(ctx, d, dispute.ID)
	if out != nil {
		out.Doubts = t.rulingDoubt(after.Ruling)
	}
	return out, err
}

func (t *typedEvent) event(dispute *data.Dispute, order *data.Order) (e data.CaseEvent, err error) {
	e = data.CaseEvent{Kind: data.EventKind(t.kind), Actor: data.Actor(t.by), Note: t.note, Corrects: t.corrects}
	if e.Actor == "" {
		e.Actor = policy.UsualActor(e.Kind)
	}
	zone := order.Shop.Location()
	if e.At, err = parseTime(t.at, zone); err != nil {
		return e, err
	}
	due, err := parseTime(t.due, zone)
	if err != nil {
		return e, err
	}
	e.Due = data.Due(due, zone)
	if t.amount == "" {
		return e, nil
	}
	currency := dispute.Amount.Currency
	if currency == "" {
		currency = order.Total.Currency
	}
	e.Amount, err = data.ParseDecimal(t.amount, currency)
	return e, err
}
