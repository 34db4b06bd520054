package desk

import (
	"context"
	"errors"
	"slices"
	"strings"

	"casebinder/data"
	"casebinder/data/store"
)

var (
	problemStars = data.DefineProblem("stars_range", data.ErrInvalid,
		"A feedback has 1 to 5 stars, not {stars}.", "Choose the stars that the buyer gave.")
	problemState = data.DefineProblem("feedback_state_unknown", data.ErrInvalid,
		"There is no state “{state}” of a feedback.", "Choose one of: {states}.")
)

// FeedbackIDs lists the row ids of all feedback of a query, in its order.
func (d *Desk) FeedbackIDs(ctx context.Context, q data.FeedbackQuery) ([]int32, error) {
	return d.store.FeedbackIDs(ctx, q)
}

// FeedbackFirst gives the first rows of a query, without waiting for all ids.
func (d *Desk) FeedbackFirst(ctx context.Context, q data.FeedbackQuery, limit int) ([]data.Feedback, error) {
	return d.store.FeedbackFirst(ctx, q, limit)
}

// FeedbackRows gives the rows of some ids, in their order.
func (d *Desk) FeedbackRows(ctx context.Context, ids []int32) ([]data.Feedback, error) {
	return d.store.FeedbackRows(ctx, ids)
}

// PutFeedback stores a new feedback (ID 0) or an edited one, and finds its
// order by number. A reply that is written makes a new one replied. It can be
// undone.
func (d *Desk) PutFeedback(ctx context.Context, f data.Feedback) (data.Feedback, error) {
	if f.Stars < 1 || f.Stars > 5 {
		return f, problemStars.New("stars", f.Stars)
	}
	if f.State == "" {
		f.State = data.FeedbackNew
	}
	if !slices.Contains(data.FeedbackStates(), f.State) {
		return f, problemState.New("state", f.State, "states", joinAll(data.FeedbackStates()))
	}
	if f.LeftAt.IsZero() {
		f.LeftAt = d.now()
	}
	if f.LeftAt.After(d.now()) {
		return f, problemEventInFuture.New("at", data.JSONTime(f.LeftAt))
	}
	if f.Reply != "" && f.RepliedAt.IsZero() {
		f.RepliedAt = d.now()
	}
	f.OrderNumber = strings.TrimSpace(f.OrderNumber)
	if f.ID == 0 {
		return d.newFeedback(ctx, f)
	}
	return d.editFeedback(ctx, f)
}

func (d *Desk) newFeedback(ctx context.Context, f data.Feedback) (data.Feedback, error) {
	if f.UID == "" {
		uid, err := newUID()
		if err != nil {
			return f, err
		}
		f.UID = uid
	}
	err := d.act(ctx, func(ctx context.Context, tx *store.Tx) (deed, error) {
		if err := findOrder(ctx, tx, &f); err != nil {
			return deed{}, err
		}
		if err := tx.PutFeedback(&f); err != nil {
			return deed{}, err
		}
		rows := rowsOf(data.EntityFeedback, f.ID, f.OrderID, 0)
		return deed{
			Change: data.Change{Action: "feedback.add", Entity: data.EntityFeedback, Key: f.UID, After: f},
			effect: data.EffectAdded, rows: rows, back: binning(data.EntityFeedback, f.UID, true, rows...),
		}, nil
	})
	return f, err
}

func (d *Desk) editFeedback(ctx context.Context, f data.Feedback) (data.Feedback, error) {
	before, err := d.store.Feedback(ctx, f.ID)
	if err != nil {
		return f, err
	}
	f.UID, f.Shop = before.UID, before.Shop
	if f.State == data.FeedbackNew && f.Reply != "" && before.Reply == "" {
		f.State = data.FeedbackReplied
	}
	rows := append(rowsOf(data.EntityFeedback, f.ID, before.OrderID, 0), manyOf(data.EntityOrder)...) // it may move to another order
	err = d.act(ctx, swap(about{"feedback.edit", data.EntityFeedback, f.UID, rows}, &before, &f,
		func(ctx context.Context, tx *store.Tx, to *data.Feedback) error {
			return firstOf(findOrder(ctx, tx, to), tx.PutFeedback(to))
		}))
	return f, err
}

// findOrder ties a feedback to the order of its shop with its number, where
// the desk has it.
func findOrder(ctx context.Context, tx *store.Tx, f *data.Feedback) error {
	f.OrderID = 0
	if f.OrderNumber == "" {
		return nil
	}
	order, err := tx.OrderByKey(ctx, f.Shop.ID, f.OrderNumber)
	if errors.Is(err, data.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	f.OrderID = order.ID
	if f.BuyerHandle == "" {
		f.BuyerHandle = order.Buyer.Handle
	}
	return nil
}

// BinFeedback puts a feedback into the bin. It can be undone.
func (d *Desk) BinFeedback(ctx context.Context, id int64) error {
	feedback, err := d.store.Feedback(ctx, id)
	if err != nil {
		return err
	}
	return d.act(ctx, binning(data.EntityFeedback, feedback.UID, true, rowsOf(data.EntityFeedback, id, feedback.OrderID, 0)...))
}
