package store

import (
	"context"
	"sync"

	"casebinder/data"
)

// SearchGroup finds as SearchAll does in one group alone, which may go on far.
func (r *Reader) SearchGroup(ctx context.Context, text string, group data.FoundGroup, limit int) (data.Found, error) {
	var f data.Found
	list := terms(text)
	if len(list) == 0 || limit <= 0 {
		return f, nil
	}
	return f, r.searchGroup(ctx, group, list, text, limit, &f)
}

func (r *Reader) searchGroup(ctx context.Context, group data.FoundGroup, list []term, text string, limit int, f *data.Found) error {
	switch group {
	case data.FoundOrders:
		return find(ctx, r, orderSearch, list, limit, r.OrderRows, &f.Orders, &f.More.Orders)
	case data.FoundBuyers:
		ids, _, err := r.hits(ctx, orderSearch, list, countMost)
		if err == nil {
			f.Buyers, err = r.buyersFound(ctx, ids, text, limit)
		}
		return err
	case data.FoundDisputes:
		return find(ctx, r, disputeSearch, list, limit, r.DisputeRows, &f.Disputes, &f.More.Disputes)
	case data.FoundFeedback:
		return find(ctx, r, feedbackSearch, list, limit, r.FeedbackRows, &f.Feedback, &f.More.Feedback)
	case data.FoundMessages:
	}
	return find(ctx, r, messageSearch, list, limit, func(ctx context.Context, ids []int32) ([]data.MessageHit, error) {
		return r.messageHits(ctx, ids, list)
	}, &f.Messages, &f.More.Messages)
}

// countMost is how far hits are counted, and how many orders are looked at for the
// buyers that a search means.
const countMost = 1000

// SearchTotals counts what SearchAll finds. Beyond a thousand it says that there
// are more.
func (r *Reader) SearchTotals(ctx context.Context, text string) (map[data.FoundGroup]data.FoundTotal, error) {
	totals := map[data.FoundGroup]data.FoundTotal{}
	list := terms(text)
	if len(list) == 0 {
		return totals, nil
	}
	var mu sync.Mutex
	count := func(group data.FoundGroup, x searchIndex) func(context.Context) error {
		return func(ctx context.Context) error {
			ids, more, err := r.hits(ctx, x, list, countMost)
			if err != nil {
				return err
			}
			mu.Lock()
			totals[group] = data.FoundTotal{N: len(ids), More: more}
			mu.Unlock()
			if group != data.FoundOrders {
				return nil
			}
			heads, err := r.buyerHeads(ctx, ids, text, countMost)
			mu.Lock()
			totals[data.FoundBuyers] = data.FoundTotal{N: len(heads), More: more && len(heads) > 0}
			mu.Unlock()
			return err
		}
	}
	err := r.together(ctx, count(data.FoundOrders, orderSearch), count(data.FoundDisputes, disputeSearch),
		count(data.FoundMessages, messageSearch), count(data.FoundFeedback, feedbackSearch))
	return totals, err
}
