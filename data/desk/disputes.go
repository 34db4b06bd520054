package desk

import (
	"context"
	"errors"
	"fmt"
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
	problemDueBeforeOpening = data.DefineProblem("due_before_opening", data.ErrInvalid,
		"The due date {due} lies before the opening {opened}.", "Check both dates and their time zone.")
	problemOpenedInFuture = data.DefineProblem("opened_in_future", data.ErrInvalid,
		"The opening {opened} lies in the future.", "Check the date and its time zone.")
	problemEventInFuture = data.DefineProblem("event_in_future", data.ErrInvalid,
		"The time {at} lies in the future.", "Write when it happened; a date that is still to come is a due date.")
	problemEventKind = data.DefineProblem("event_kind_unknown", data.ErrInvalid,
		"There is no event “{kind}” in a dispute.", "Choose one of: {kinds}.")
	problemNegative = data.DefineProblem("amount_negative", data.ErrInvalid,
		"The amount {amount} is less than nothing.", "Write what is claimed without a sign.")
	problemNoDispute = data.DefineProblem("dispute_not_found", data.ErrNotFound,
		"There is no dispute “{id}” in this desk.",
		"Give the id that was printed when it was opened, at least its first 8 characters, or the platform's case number.")
	problemManyDisputes = data.DefineProblem("dispute_ambiguous", data.ErrConflict,
		"“{id}” names {count} disputes.", "Give the id of the one that is meant: {ids}.")
)

// DisputeIDs lists the row ids of all disputes of a query, in its order.
func (d *Desk) DisputeIDs(ctx context.Context, q data.DisputeQuery) ([]int32, error) {
	return d.store.DisputeIDs(ctx, q)
}

// DisputeFirst gives the first rows of a query, without waiting for all ids.
func (d *Desk) DisputeFirst(ctx context.Context, q data.DisputeQuery, limit int) ([]data.DisputeRow, error) {
	return d.store.DisputeFirst(ctx, q, limit)
}

// DisputeRows gives the rows of some ids, in their order.
func (d *Desk) DisputeRows(ctx context.Context, ids []int32) ([]data.DisputeRow, error) {
	return d.store.DisputeRows(ctx, ids)
}

// FindDispute finds the dispute that a person means: by UID, by the first 8 or
// more characters of one, or by the platform's case number.
func (d *Desk) FindDispute(ctx context.Context, text string) (data.Dispute, error) {
	text = strings.TrimSpace(text)
	dispute, err := d.store.DisputeByUID(ctx, text)
	if err == nil {
		return *dispute, nil
	}
	if !errors.Is(err, data.ErrNotFound) {
		return data.Dispute{}, err
	}
	ids, err := d.store.DisputesByCase(ctx, text)
	switch {
	case err != nil:
		return data.Dispute{}, err
	case len(ids) == 0:
		return data.Dispute{}, problemNoDispute.New("id", text)
	case len(ids) > 1:
		return data.Dispute{}, d.ambiguous(ctx, text, ids)
	}
	dispute, err = d.store.Dispute(ctx, ids[0])
	if err != nil {
		return data.Dispute{}, err
	}
	return *dispute, nil
}

func (d *Desk) ambiguous(ctx context.Context, text string, ids []int64) error {
	var uids []string
	for _, id := range ids {
		dispute, err := d.store.Dispute(ctx, id)
		if err != nil {
			return err
		}
		uids = append(uids, dispute.UID)
	}
	return problemManyDisputes.New("id", text, "count", len(ids), "ids", strings.Join(uids, ", "))
}

// DisputeView is a dispute with all that hangs on it.
type DisputeView struct {
	Dispute     data.Dispute
	Row         data.DisputeRow
	Order       data.Order
	Timeline    []data.Moment // oldest first: order, tracking, messages, events, evidence, submissions
	Evidence    []data.Evidence
	Submissions []data.Submission
	Tasks       []data.Task // of the dispute, and of its order where they are of no other dispute; the open ones first
}

// Dispute gathers a dispute with all that hangs on it.
func (d *Desk) Dispute(ctx context.Context, id int64) (DisputeView, error) {
	dispute, err := d.store.Dispute(ctx, id)
	if err != nil {
		return DisputeView{}, err
	}
	view := DisputeView{Dispute: *dispute}
	rows, err := d.store.DisputeRows(ctx, []int32{int32(id)})
	if err != nil || len(rows) != 1 {
		return view, errors.Join(err, missingRow(len(rows)))
	}
	view.Row = rows[0]
	order, err := d.store.Order(ctx, dispute.OrderID)
	if err != nil {
		return view, err
	}
	view.Order = *order
	if view.Evidence, err = d.evidenceOf(ctx, dispute); err != nil {
		return view, err
	}
	if view.Submissions, err = d.store.Submissions(ctx, id); err != nil {
		return view, err
	}
	tasks, err := d.store.TasksAbout(ctx, order.ID)
	if err != nil {
		return view, err
	}
	view.Tasks = slices.DeleteFunc(tasks, func(k data.Task) bool { return k.DisputeID != 0 && k.DisputeID != id })
	messages, err := d.messagesOf(ctx, dispute)
	if err != nil {
		return view, err
	}
	view.Timeline = slices.Concat(orderMoments(order), messageMoments(messages), eventMoments(dispute),
		evidenceMoments(view.Evidence), submissionMoments(view.Submissions))
	sortMoments(view.Timeline)
	return view, nil
}

func missingRow(found int) error {
	if found == 1 {
		return nil
	}
	return fmt.Errorf("the dispute's row is missing from its list: %w", data.ErrNotFound)
}

// messagesOf gives the messages of a dispute's order without those that belong
// to another dispute of it.
func (d *Desk) messagesOf(ctx context.Context, dispute *data.Dispute) ([]data.Message, error) {
	messages, err := d.store.Messages(ctx, dispute.OrderID)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(messages, func(m data.Message) bool {
		return m.DisputeID != 0 && m.DisputeID != dispute.ID
	}), nil
}

func submissionMoments(submissions []data.Submission) []data.Moment {
	all := make([]data.Moment, 0, len(submissions))
	for _, s := range submissions {
		all = append(all, data.Moment{
			At: s.CreatedAt, Kind: data.MomentSubmission, Actor: data.ActorSeller, Text: s.BagName, DisputeID: s.DisputeID, Ref: s.ID,
		})
	}
	return all
}

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
	if !n.Sure {
		fresh := dispute
		fresh.Events = nil
		if err := d.doubtDue(ctx, &fresh, dispute.Events[0]); err != nil {
			return dispute, err
		}
	}
	err = d.act(ctx, opening(&dispute))
	return dispute, err
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
	if !due.IsZero() && data.Before(due, dispute.OpenedAt) {
		return problemDueBeforeOpening.New("due", data.JSONTime(due), "opened", data.JSONTime(dispute.OpenedAt))
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

// NewEvent says what to write down of a dispute.
type NewEvent struct {
	data.CaseEvent
	Sure bool // a person confirmed a stated due date that is odd
}

// AppendEvent writes down what happened in a dispute, and gives the dispute as
// it stands then. A stated due date that is odd is refused unless the person is
// sure of it. Undoing it appends a correction that names the event.
func (d *Desk) AppendEvent(ctx context.Context, disputeID int64, e NewEvent) (data.Dispute, error) {
	s, err := d.eventStep(disputeID, e.CaseEvent)
	if err != nil {
		return data.Dispute{}, err
	}
	if !e.Sure {
		dispute, err := d.store.Dispute(ctx, disputeID)
		if err != nil {
			return data.Dispute{}, err
		}
		if err := d.doubtDue(ctx, dispute, e.CaseEvent); err != nil {
			return data.Dispute{}, err
		}
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
	if !edit.Sure && !edit.StatedDue.Equal(before.StatedDue) {
		restated := data.CaseEvent{Kind: data.EventCorrection, Actor: data.ActorSeller, At: d.now(), Due: edit.StatedDue}
		if err := d.doubtDue(ctx, &after, restated); err != nil {
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
