package store

import (
	"context"
	"maps"
	"slices"
)

// HealthFeedback is a rating. Times are UTC milliseconds.
type HealthFeedback struct {
	ID, Order, Buyer, Stars, LeftAt, RemovedAt int64

	Product string
	Before  []HealthStars // what it was before its buyer changed it, oldest first
}

// HealthStars are stars that stood until a time.
type HealthStars struct{ At, Stars int64 }

// HealthFeedbacks gives the ratings that a shop received.
func (r *Reader) HealthFeedbacks(ctx context.Context, shopID int64) ([]HealthFeedback, error) {
	return r.healthFeedback(ctx, "f.shop_id = ?", []any{shopID})
}

// HealthFeedbackLoose gives those of a shop that hang on no order.
func (r *Reader) HealthFeedbackLoose(ctx context.Context, shopID int64) ([]HealthFeedback, error) {
	return r.healthFeedback(ctx, "f.order_id IS NULL AND f.shop_id = ?", []any{shopID})
}

// HealthFound gives the orders on which some ratings hang.
func (r *Reader) HealthFound(ctx context.Context, ids []int64) (orders []int64, err error) {
	err = chunked(ids, func(marks string, args []any) error {
		some, err := all(ctx, r, "SELECT order_id FROM feedback WHERE order_id IS NOT NULL AND id IN ("+marks+")", args, scanOne[int64])
		orders = append(orders, some...)
		return err
	})
	return orders, err
}

// HealthFeedbackOf gives those of some orders.
func (r *Reader) HealthFeedbackOf(ctx context.Context, ids []int64) (list []HealthFeedback, err error) {
	err = chunked(ids, func(marks string, args []any) error {
		some, err := r.healthFeedback(ctx, "f.order_id IN ("+marks+")", args)
		list = append(list, some...)
		return err
	})
	return list, err
}

func (r *Reader) healthFeedback(ctx context.Context, where string, args []any) ([]HealthFeedback, error) {
	var list []HealthFeedback
	var f HealthFeedback
	var revised int64
	at := map[int64]int{} // of those that were changed, which are few
	into := []any{integer{&f.ID}, integer{&f.Order}, integer{&f.Buyer}, integer{&f.Stars}, integer{&f.LeftAt}, integer{&f.RemovedAt}, integer{&revised}, &f.Product}
	query := "SELECT f.id, f.order_id, o.buyer_id, f.stars, f.left_at, coalesce(f.removed_at, CASE WHEN f.state = 'removed' THEN f.left_at END), f.revised_at, f.product " +
		"FROM feedback f LEFT JOIN orders o ON o.id = f.order_id WHERE f.binned_at IS NULL AND f.given = 0 AND " + where + " ORDER BY f.order_id, f.id"
	err := eachRow(ctx, r, query, args, into, func() {
		if revised != 0 {
			at[f.ID] = len(list)
		}
		list = append(list, f)
	})
	if err != nil {
		return nil, err
	}
	return list, chunked(slices.Sorted(maps.Keys(at)), func(marks string, args []any) error {
		var id int64
		var was HealthStars
		query := "SELECT feedback_id, at, stars FROM feedback_change WHERE feedback_id IN (" + marks + ") ORDER BY feedback_id, at, id"
		return eachRow(ctx, r, query, args, []any{integer{&id}, integer{&was.At}, integer{&was.Stars}}, func() {
			list[at[id]].Before = append(list[at[id]].Before, was)
		})
	})
}
