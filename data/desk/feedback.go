package desk

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/store"
)

var (
	problemStars = data.DefineProblem("stars_range", data.ErrInvalid,
		"A feedback has 1 to 5 stars, not {stars}.", "Choose the stars that the buyer gave.")
	problemStarsText = data.DefineProblem("stars_text", data.ErrInvalid,
		"“{text}” is not a number of stars.", "Give 1, 2, 3, 4 or 5: platforms keep whole stars, and an average is not the buyer's rating.")
	problemOrderLater = data.DefineProblem("feedback_before_order", data.ErrInvalid,
		"The feedback was left on {left}, before the order {number} was placed on {ordered}.",
		"Check the order's number and both dates. Without a number it is kept as feedback without an order.")
	problemFeedbackTwice = data.DefineProblem("feedback_twice", data.ErrConflict,
		"The order {number} already has this feedback, with the same stars, text and time.",
		"Look at the one that is there. A second feedback on one order has another text, time or product.")
	problemDetail = data.DefineProblem("feedback_detail", data.ErrInvalid,
		"The detailed rating “{name}” is {stars}.", "Give 1 to 5 whole stars, or leave it empty.")
	problemState = data.DefineProblem("feedback_state_unknown", data.ErrInvalid,
		"There is no state “{state}” of a feedback.", "Choose one of: {states}.")
)

// FeedbackIDs lists the row ids of all feedback of a query, in its order.
func (d *Desk) FeedbackIDs(ctx context.Context, q data.FeedbackQuery) ([]int32, error) {
	return d.store.FeedbackIDs(ctx, q)
}

// FeedbackIDsSince lists them from a time on that is another moment in the zone of each
// shop, such as a day that a person typed. since tells it, and may refuse.
func (d *Desk) FeedbackIDsSince(ctx context.Context, q data.FeedbackQuery, since func(*time.Location) (time.Time, error)) ([]int32, error) {
	shops, err := d.store.Shops(ctx)
	if err != nil {
		return nil, err
	}
	begins := make(map[int64]time.Time, len(shops))
	var first, last time.Time
	for _, shop := range shops {
		at, err := since(shop.Location())
		if err != nil {
			return nil, err
		}
		at = data.Earliest(at)
		begins[shop.ID] = at
		if first.IsZero() || at.Before(first) {
			first = at
		}
		if at.After(last) {
			last = at
		}
	}
	q.Since = first
	ids, err := d.store.FeedbackIDs(ctx, q)
	if err != nil || first.Equal(last) {
		return ids, err
	}
	q.Until = last
	between, err := d.store.FeedbackIDs(ctx, q)
	if err != nil {
		return nil, err
	}
	rows, err := d.store.FeedbackRows(ctx, between)
	early := make(map[int32]bool, len(rows))
	for i := range rows {
		early[int32(rows[i].ID)] = rows[i].LeftAt.Before(begins[rows[i].Shop.ID])
	}
	return slices.DeleteFunc(ids, func(id int32) bool { return early[id] }), err
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
	for name, stars := range f.Details {
		if stars < 1 || stars > 5 {
			return f, problemDetail.New("name", name, "stars", stars)
		}
	}
	if f.State == "" {
		f.State = data.FeedbackNew
		if f.Given { // nothing waits
			f.State = data.FeedbackDone
		}
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
	err := d.act(ctx, addingFeedback(&f))
	return f, err
}

// addingFeedback is the step that stores a new feedback; taken back, it lies in the
// bin.
func addingFeedback(f *data.Feedback) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		if err := firstOf(findOrder(ctx, tx, f), refuseSameFeedback(ctx, tx, f)); err != nil {
			return deed{}, err
		}
		if err := tx.PutFeedback(f); err != nil {
			return deed{}, err
		}
		rows := rowsOf(data.EntityFeedback, f.ID, f.OrderID, 0)
		return deed{
			Change: data.Change{Action: "feedback.add", Entity: data.EntityFeedback, Key: f.UID, After: *f},
			effect: data.EffectAdded, rows: rows, back: binning(data.EntityFeedback, f.UID, true, rows...),
		}, nil
	}
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
	also, err := d.answerSteps(ctx, &before, f.Reply)
	if err != nil {
		return f, err
	}
	rows := rowsOf(data.EntityFeedback, f.ID, before.OrderID, 0)
	if before.OrderID == 0 || f.OrderNumber != before.OrderNumber {
		rows = append(rows, manyOf(data.EntityOrder)...) // it may move to another order
	}
	edit := swap(about{"feedback.edit", data.EntityFeedback, f.UID, rows}, &before, &f,
		func(ctx context.Context, tx *store.Tx, to *data.Feedback) error {
			return firstOf(findOrder(ctx, tx, to), tx.PutFeedback(to))
		})
	return f, d.act(ctx, together(append([]step{edit}, also...)...))
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
	if before(f.LeftAt, order.OrderedAt, f.Shop.Location()) {
		zone := f.Shop.Location()
		return problemOrderLater.New("left", data.Stamp(f.LeftAt, zone), "number", f.OrderNumber, "ordered", data.Stamp(order.OrderedAt, zone))
	}
	if f.BuyerHandle == "" {
		f.BuyerHandle = data.ToldHandle(order.Buyer.Handle, order.Buyer.Name)
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

// before reports whether something was on an earlier day than something else: clocks
// of platforms and of people differ by hours. What is not known is not earlier.
func before(one, other time.Time, zone *time.Location) bool {
	if one.IsZero() || other.IsZero() {
		return false
	}
	return data.Stamp(one, zone)[:len(time.DateOnly)] < data.Stamp(other, zone)[:len(time.DateOnly)]
}

// refuseSameFeedback refuses a feedback that was written down already. An order may
// have several that differ.
func refuseSameFeedback(ctx context.Context, tx *store.Tx, f *data.Feedback) error {
	if f.OrderID == 0 {
		return nil
	}
	others, err := tx.FeedbackOfOrder(ctx, f.OrderID)
	if err != nil {
		return err
	}
	for _, o := range others {
		if o.Given == f.Given && o.Stars == f.Stars && o.Text == f.Text && o.Product == f.Product && o.LeftAt.Equal(f.LeftAt) {
			return problemFeedbackTwice.New("number", f.OrderNumber)
		}
	}
	return nil
}

// ParseStars reads a number of stars as a person or a script writes it.
func ParseStars(text string) (int, error) {
	n, err := strconv.Atoi(data.Typed(text))
	if err != nil || n < 1 || n > 5 {
		return 0, problemStarsText.New("text", text)
	}
	return n, nil
}
