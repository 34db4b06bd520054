package desk

import (
	"context"
	"slices"

	"casebinder/data"
	"casebinder/data/store"
)

// NewEvent says what to write down of a dispute.
type NewEvent struct {
	data.CaseEvent
	Sure   bool        // a person confirmed a stated due date that is odd
	Ruling data.Ruling // with an end: how it ended; what is empty stays as it is written down
}

// AppendEvent writes down what happened in a dispute, and gives the dispute as
// it stands then. A stated due date that is odd is refused unless the person is
// sure of it. How the dispute ended is kept with it, where it is told. Undoing it
// appends a correction that names the event.
func (d *Desk) AppendEvent(ctx context.Context, disputeID int64, e NewEvent) (data.Dispute, error) {
	s, err := d.eventStep(disputeID, e.CaseEvent)
	if err != nil {
		return data.Dispute{}, err
	}
	before, err := d.store.Dispute(ctx, disputeID)
	if err != nil {
		return data.Dispute{}, err
	}
	if err := d.doubtDue(ctx, before, e.CaseEvent, e.Sure); err != nil {
		return data.Dispute{}, err
	}
	if ruling := before.Ruling.With(e.Ruling); ruling != before.Ruling {
		s = together(s, amending(d, disputeID, "dispute.ruling", theRuling, ruling))
	}
	if err := d.act(ctx, s); err != nil {
		return data.Dispute{}, err
	}
	dispute, err := d.store.Dispute(ctx, disputeID)
	if err != nil {
		return data.Dispute{}, err
	}
	return *dispute, nil
}

// eventStep is the step that appends an event as a person states it.
func (d *Desk) eventStep(disputeID int64, e data.CaseEvent) (step, error) {
	if !slices.Contains(data.EventKinds(), e.Kind) {
		return nil, problemEventKind.New("kind", e.Kind, "kinds", joinAll(data.EventKinds()))
	}
	if e.Amount.Minor < 0 {
		return nil, problemNegative.New("amount", e.Amount)
	}
	if err := checkYear(e.Due); err != nil {
		return nil, err
	}
	now := data.Instant(d.now())
	if e.At.IsZero() {
		e.At = now
	}
	if e.At.After(now) {
		return nil, problemEventInFuture.New("at", data.JSONTime(e.At))
	}
	return d.appending(disputeID, e), nil
}

// appending is the step that appends an event. Events are never edited: taken
// back, a correction that names it is appended.
func (d *Desk) appending(disputeID int64, e data.CaseEvent) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		dispute, written, err := d.putEvent(ctx, tx, disputeID, e)
		if err != nil {
			return deed{}, err
		}
		back := d.appending(disputeID, data.CaseEvent{
			Kind: data.EventCorrection, Actor: data.ActorSeller, At: written.At, Corrects: written.UID,
		})
		return deed{
			Change: data.Change{Action: "dispute.event", Entity: data.EntityDispute, Key: dispute.UID, After: written},
			effect: data.EffectChanged, rows: disputeRows(dispute), back: back,
		}, nil
	}
}

// putEvent appends an event inside a transaction and stores the new state.
func (d *Desk) putEvent(ctx context.Context, tx *store.Tx, disputeID int64, e data.CaseEvent) (*data.Dispute, data.CaseEvent, error) {
	uid, err := newUID()
	if err != nil {
		return nil, e, err
	}
	e.UID, e.RecordedAt, e.Operator = uid, d.now(), d.Operator()
	if err := tx.AppendEvent(disputeID, &e); err != nil {
		return nil, e, err
	}
	dispute, err := tx.Dispute(ctx, disputeID)
	if err != nil {
		return nil, e, err
	}
	return dispute, e, d.refold(ctx, tx, dispute)
}

// caseState is where the state of a dispute is kept: a transaction.
type caseState interface {
	Order(ctx context.Context, id int64) (*data.Order, error)
	SetDisputeCache(disputeID int64, c store.DisputeCache) error
}

// refold computes the state of a dispute from its events anew and stores it.
func (d *Desk) refold(ctx context.Context, tx caseState, dispute *data.Dispute) error {
	rules, err := d.Rules(ctx)
	if err != nil {
		return err
	}
	order, err := tx.Order(ctx, dispute.OrderID)
	if err != nil {
		return err
	}
	setState(rules, dispute, order.Shop)
	return tx.SetDisputeCache(dispute.ID, cacheOf(shownOf(dispute)))
}
