package store

import (
	"context"
	"slices"
	"time"

	"casebinder/data"
)

// ThreadPage gives up to n messages about an order that stand before a place, the
// oldest of them first. The zero time and id 0 are the end of the thread, where
// the newest is; those without a time stand before all others.
func (r *Reader) ThreadPage(ctx context.Context, orderID int64, at time.Time, id int64, n int) ([]data.Message, error) {
	where, args := "", []any{orderID}
	switch {
	case id != 0 && at.IsZero():
		where, args = " AND sent_at IS NULL AND id < ?", append(args, id)
	case id != 0:
		where, args = " AND (sent_at < ? OR sent_at = ? AND id < ? OR sent_at IS NULL)", append(args, ms(at), ms(at), id)
	}
	list, err := all(ctx, r, messageSelect+"order_id = ?"+where+" ORDER BY sent_at DESC, id DESC LIMIT ?", append(args, n), scanMessage)
	slices.Reverse(list)
	return list, err
}

// ChannelsOfOrder lists the channels by which buyer and seller wrote to each other
// about an order, the one of their newest message first.
func (r *Reader) ChannelsOfOrder(ctx context.Context, orderID int64) ([]string, error) {
	return all(ctx, r, "SELECT channel FROM message WHERE order_id = ? AND channel <> '' AND direction <> ? AND source <> ? "+
		"GROUP BY channel ORDER BY max(sent_at) DESC, max(id) DESC",
		[]any{orderID, string(data.FromPlatform), string(data.SourceCall)}, scanOne[string])
}

// ThreadLength is how many messages there are about an order.
func (r *Reader) ThreadLength(ctx context.Context, orderID int64) (int, error) {
	return first(ctx, r, "SELECT count(*) FROM message WHERE order_id = ?", []any{orderID}, scanOne[int])
}

// FilesOfMessages gives the files that came with messages and are not in the bin.
func (r *Reader) FilesOfMessages(ctx context.Context, ids []int64) ([]data.Evidence, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	return all(ctx, r, evidenceSelect+"message_id IN ("+marks(len(ids))+") AND binned_at IS NULL ORDER BY id", args, scanEvidence)
}
