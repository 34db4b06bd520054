package desk

import (
	"context"
	"errors"
	"time"

	"casebinder/data"
)

var problemDueOdd = data.DefineProblem("due_odd", data.ErrRefused,
	"The stated due date is doubtful. {why}",
	"Look at the platform's notice again: day and month, the year, the time zone. If it does say so, confirm the date.")

var problemDueYear = data.DefineProblem("due_year", data.ErrInvalid,
	"The due date is after the year 9999 and cannot be recorded.", "Check the year.")

// checkYear refuses a date that has no form in the journal: a day of the year
// 9999 may end in the next one, by the clock of UTC.
func checkYear(due time.Time) error {
	if due.UTC().Year() > 9999 {
		return problemDueYear.New()
	}
	return nil
}

// A DueDoubt is the cause of a refusal to keep a stated due date that is odd. A
// person is asked whether to keep it all the same.
type DueDoubt struct{ Why data.Text }

// Error says in English what is odd.
func (d *DueDoubt) Error() string { return d.Why.String() }

// AsDueDoubt tells whether an error is about a stated due date that is odd, and
// what is odd about it.
func AsDueDoubt(err error) (data.Text, bool) {
	var doubt *DueDoubt
	if !errors.As(err, &doubt) {
		return data.Text{}, false
	}
	return doubt.Why, true
}

// doubtDue refuses a due date that an event of a dispute states and that is odd
// under the dispute's rules: far beyond them, beyond all reason, or before the
// opening. The dispute does not hold the event yet. What a person is sure of is
// not asked about.
func (d *Desk) doubtDue(ctx context.Context, dispute *data.Dispute, event data.CaseEvent, sure bool) error {
	if sure || event.Due.IsZero() {
		return nil
	}
	rules, err := d.Rules(ctx)
	if err != nil {
		return err
	}
	order, err := d.store.Order(ctx, dispute.OrderID)
	if err != nil {
		return err
	}
	if event.UID == "" {
		if event.UID, err = newUID(); err != nil {
			return err
		}
	}
	event.RecordedAt = d.now()
	if event.At.IsZero() {
		event.At = event.RecordedAt
	}
	doubts := rules.DueDoubts(caseOf(dispute, order.Shop), event)
	if len(doubts) == 0 {
		return nil
	}
	return problemDueOdd.Wrap(&DueDoubt{Why: doubts[0].Why}, "why", doubts[0].Why)
}
