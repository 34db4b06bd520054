package store

import (
	"context"

	"casebinder/data"
)

// FeedbackNear gives feedback of a shop that may be the same as one that a page
// prints: on the same order, or of the same buyer or in the same words where the page
// names no order. The bin is left out.
func (r *Reader) FeedbackNear(ctx context.Context, f *data.Feedback) ([]data.Feedback, error) {
	where, args := "f.order_number = ?", []any{f.OrderNumber}
	if f.OrderNumber == "" {
		where, args = "(f.buyer_handle = ? AND f.buyer_handle <> '' OR f.text = ? AND f.text <> '')", []any{f.BuyerHandle, f.Text}
	}
	const of = " AND f.shop_id = ? AND f.given = ? AND f.binned_at IS NULL ORDER BY f.id LIMIT 200"
	list, err := all(ctx, r, feedbackSelect+where+of, append(args, f.Shop.ID, f.Given), scanFeedback)
	for i := range list {
		if err == nil {
			list[i].Changes, err = r.feedbackChanges(ctx, list[i].ID)
		}
	}
	return list, err
}
