package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/store"
)

var (
	problemReason = data.DefineProblem("reason_unknown", data.ErrInvalid,
		"There is no reason “{reason}” for a dispute.", "Choose one of: {reasons}.")
	problemCaseTaken = data.DefineProblem("case_number_taken", data.ErrConflict,
		"The case number {case} already belongs to a dispute on order {order}.",
		"Open that dispute, or check the number.")
	problemOpenedInFuture = data.DefineProblem("opened_in_future", data.ErrInvalid,
		"The opening {opened} is in the future.", "Check the date and its time zone.")
	problemEventInFuture = data.DefineProblem("event_in_future", data.ErrInvalid,
		"The time {at} is in the future.", "Enter when it happened; a date that is still to come is a due date.")
	problemEventKind = data.DefineProblem("event_kind_unknown", data.ErrInvalid,
		"There is no event “{kind}” in a dispute.", "Choose one of: {kinds}.")
	problemNegative = data.DefineProblem("amount_negative", data.ErrInvalid,
		"The amount {amount} is below zero.", "Enter the claimed amount without a minus sign.")
	problemNoDispute = data.DefineProblem("dispute_not_found", data.ErrNotFound,
		"There is no dispute “{id}” in this desk.",
		"Give the id that was printed when it was opened, at least its first 8 characters, or the platform's case number.")
	problemManyDisputes = data.DefineProblem("dispute_ambiguous", data.ErrConflict,
		"“{id}” matches {count} disputes.", "Give the id of the one that you mean: {ids}.")
)

// NewDispute says which dispute to open.
type NewDispute struct {
	OrderID    int64
	Reason     data.Reason
	Amount     data.Money // zero: the order's total
	CaseNumber string
	Claim      string
	Translated data.Translation // of the claim
	OpenedAt   time.Time        // zero: now
	StatedDue  time.Time        // the due date that the platform states; zero: none
	Sure       bool             // a person confirmed a stated due date that is odd
	Pack       string           // the policy pack that a person chose; "" is told from platform and reason
}

// OpenDispute opens a dispute on an order. It can be undone.
func (d *Desk) OpenDispute(ctx context.Context, n NewDispute) (data.Dispute, error) {
	dispute, err := d.checkedDispute(ctx, n)
	if err != nil {
		return dispute, err
	}
	if err := d.doubtOpening(ctx, &dispute, n.Sure); err != nil {
		return dispute, err
	}
	err = d.act(ctx, opening(&dispute))
	return dispute, err
}

// doubtOpening refuses an odd due date of a dispute that is to be opened.
func (d *Desk) doubtOpening(ctx context.Context, dispute *data.Dispute, sure bool) error {
	fresh := *dispute
	fresh.Events = nil
	return d.doubtDue(ctx, &fresh, dispute.Events[0], sure)
}

func (d *Desk) checkedDispute(ctx context.Context, n NewDispute) (data.Dispute, error) {
	order, err := d.store.Order(ctx, n.OrderID)
	if err != nil {
		return data.Dispute{}, err
	}
	return d.newDispute(ctx, n, order)
}

// opening is the step that stores a new dispute.
func opening(dispute *data.Dispute) step {
	return func(_ context.Context, tx *store.Tx) (deed, error) {
		if err := tx.InsertDispute(dispute); err != nil {
			return deed{}, err
		}
		rows := disputeRows(dispute)
		return deed{
			Change: data.Change{Action: "dispute.open", Entity: data.EntityDispute, Key: dispute.UID, After: *dispute},
			effect: data.EffectAdded, rows: rows, back: binning(data.EntityDispute, dispute.UID, true, rows...),
		}, nil
	}
}

func disputeRows(dispute *data.Dispute) []data.RowRef {
	return rowsOf(data.EntityDispute, dispute.ID, dispute.OrderID, 0)
}

func (d *Desk) newDispute(ctx context.Context, n NewDispute, order *data.Order) (data.Dispute, error) {
	now := data.Instant(d.now())
	dispute := data.Dispute{
		OrderID: n.OrderID, Reason: n.Reason, Claim: n.Claim, Translated: n.Translated, Amount: n.Amount,
		CaseNumber: strings.TrimSpace(n.CaseNumber), OpenedAt: n.OpenedAt, Pack: n.Pack,
	}
	if n.Pack != "" {
		if _, err := d.pack(ctx, n.Pack); err != nil {
			return dispute, err
		}
	}
	if dispute.OpenedAt.IsZero() {
		dispute.OpenedAt = now
	}
	if dispute.Amount.IsZero() {
		dispute.Amount = order.Total
	}
	if err := checkDispute(&dispute, n.StatedDue); err != nil {
		return dispute, err
	}
	if dispute.OpenedAt.After(now) {
		return dispute, problemOpenedInFuture.New("opened", stamp(dispute.OpenedAt, order.Shop))
	}
	if err := d.checkCaseNumber(ctx, dispute.CaseNumber, 0, n.OrderID); err != nil {
		return dispute, err
	}
	uid, err := newUID()
	if err != nil {
		return dispute, err
	}
	eventUID, err := newUID()
	if err != nil {
		return dispute, err
	}
	dispute.UID, n.StatedDue = uid, data.Due(n.StatedDue, order.Shop.Location())
	if err := checkYear(n.StatedDue); err != nil {
		return dispute, err
	}
	dispute.Events = []data.CaseEvent{{
		UID: eventUID, Kind: data.EventOpened, Actor: data.ActorBuyer, At: dispute.OpenedAt, RecordedAt: now,
		Operator: d.Operator(), Note: n.Claim, Amount: dispute.Amount, Due: n.StatedDue,
	}}
	rules, err := d.Rules(ctx)
	if err != nil {
		return dispute, err
	}
	setState(rules, &dispute, order.Shop)
	return dispute, nil
}

func checkDispute(dispute *data.Dispute, due time.Time) error {
	if !slices.Contains(data.Reasons(), dispute.Reason) {
		return problemReason.New("reason", dispute.Reason, "reasons", joinAll(data.Reasons()))
	}
	if dispute.Amount.Minor < 0 {
		return problemNegative.New("amount", dispute.Amount)
	}
	return checkYear(due) // of a day, again where its end is known
}

// checkCaseNumber refuses a case number that another order's dispute has.
func (d *Desk) checkCaseNumber(ctx context.Context, number string, self, orderID int64) error {
	if number == "" {
		return nil
	}
	ids, err := d.store.DisputesByCase(ctx, number)
	if err != nil {
		return err
	}
	for _, id := range ids {
		other, err := d.store.Dispute(ctx, id)
		if err != nil {
			return err
		}
		if id == self || other.OrderID == orderID {
			continue
		}
		order, err := d.store.Order(ctx, other.OrderID)
		if err != nil {
			return err
		}
		return problemCaseTaken.New("case", number, "order", order.Number)
	}
	return nil
}

// DisputeEdit holds what may be put right without anything having happened.
type DisputeEdit struct {
	Reason     data.Reason
	Amount     data.Money
	CaseNumber string
	Claim      string
	Translated data.Translation // of the claim
	StatedDue  time.Time        // where it differs from the dispute's, a correction is appended
	Sure       bool             // a person confirmed a stated due date that is odd
}

// EditDispute puts right what was written down wrongly. A new due date that is
// odd is refused unless the person is sure of it. It can be undone.
func (d *Desk) EditDispute(ctx context.Context, id int64, edit DisputeEdit) (data.Dispute, error) {
	before, err := d.store.Dispute(ctx, id)
	if err != nil {
		return data.Dispute{}, err
	}
	after := *before
	after.Reason, after.Amount, after.Claim, after.Translated = edit.Reason, edit.Amount, edit.Claim, edit.Translated
	after.CaseNumber = strings.TrimSpace(edit.CaseNumber)
	if err := checkDispute(&after, edit.StatedDue); err != nil {
		return *before, err
	}
	if err := d.checkCaseNumber(ctx, after.CaseNumber, id, after.OrderID); err != nil {
		return *before, err
	}
	edit.CaseNumber = after.CaseNumber
	if !edit.StatedDue.Equal(before.StatedDue) {
		restated := data.CaseEvent{Kind: data.EventCorrection, Actor: data.ActorSeller, At: d.now(), Due: edit.StatedDue}
		if err := d.doubtDue(ctx, &after, restated, edit.Sure); err != nil {
			return *before, err
		}
	}
	if err := d.act(ctx, d.editing(id, edit)); err != nil {
		return *before, err
	}
	stored, err := d.store.Dispute(ctx, id)
	if err != nil {
		return after, err
	}
	return *stored, nil
}

// editing is the step that puts right what stands on a dispute; taken back, what
// stood there before stands there again.
func (d *Desk) editing(id int64, edit DisputeEdit) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		before, err := tx.Dispute(ctx, id)
		if err != nil {
			return deed{}, err
		}
		after := *before
		after.Reason, after.Amount, after.CaseNumber = edit.Reason, edit.Amount, edit.CaseNumber
		after.Claim, after.Translated = edit.Claim, edit.Translated
		if err := tx.EditDispute(&after); err != nil {
			return deed{}, err
		}
		made := &after
		if edit.StatedDue.Equal(before.StatedDue) {
			err = d.refold(ctx, tx, made)
		} else {
			made, _, err = d.putEvent(ctx, tx, id, data.CaseEvent{Kind: data.EventCorrection, Actor: data.ActorSeller, At: d.now(), Due: edit.StatedDue})
		}
		return deed{
			Change: data.Change{Action: "dispute.edit", Entity: data.EntityDispute, Key: before.UID, Before: before, After: made},
			effect: data.EffectChanged, rows: disputeRows(before),
			back: d.editing(id, DisputeEdit{
				Reason: before.Reason, Amount: before.Amount, CaseNumber: before.CaseNumber, Claim: before.Claim, Translated: before.Translated,
				StatedDue: before.StatedDue,
			}),
		}, err
	}
}

// BinDispute puts a dispute into the bin. It can be undone.
func (d *Desk) BinDispute(ctx context.Context, id int64) error {
	dispute, err := d.store.Dispute(ctx, id)
	if err != nil {
		return err
	}
	return d.act(ctx, binning(data.EntityDispute, dispute.UID, true, disputeRows(dispute)...))
}

func joinAll[T ~string](words []T) string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = string(w)
	}
	return strings.Join(all, ", ")
}

// stamp writes a time as the shop's platform shows it.
func stamp(t time.Time, shop data.Shop) string {
	return data.FormatTime(t, shop.Location(), time.DateOnly, "2006-01-02 15:04 MST")
}
