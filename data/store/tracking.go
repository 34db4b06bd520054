package store

import (
	"context"
	"strings"
)

// OrdersByTracking gives the ids of the orders with a parcel of a tracking number,
// over all shops.
func (r *Reader) OrdersByTracking(ctx context.Context, number string) ([]int64, error) {
	return all(ctx, r, "SELECT DISTINCT order_id FROM shipment WHERE tracking = ? AND tracking <> '' ORDER BY order_id",
		[]any{strings.TrimSpace(number)}, scanOne[int64])
}
