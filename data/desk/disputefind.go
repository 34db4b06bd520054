package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"casebinder/data"
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
	OrderEvents []data.OrderEvent // what a person wrote down of the order, oldest first
	Timeline    []data.Moment     // oldest first: order, tracking, messages, events, evidence, submissions
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
	if view.OrderEvents, err = d.store.OrderEvents(ctx, order.ID); err != nil {
		return view, err
	}
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
	view.Timeline = slices.Concat(orderMoments(order, view.OrderEvents), messageMoments(messages), eventMoments(dispute),
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
