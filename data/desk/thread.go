package desk

import (
	"context"
	"time"

	"casebinder/data"
)

// A ThreadCursor is a place in the thread of an order; the zero one is its end,
// where the newest message is.
type ThreadCursor struct {
	At time.Time
	ID int64
}

// Thread is a part of what was written about an order.
type Thread struct {
	Messages []data.Message            // oldest first
	Files    map[int64][]data.Evidence // that came with them, by the message's row id
	Total    int                       // messages about the order in all
	Before   ThreadCursor              // where the part begins, for the one before
	More     bool                      // there are older ones
}

// Thread gives the n messages about an order that stand before a place. It reads
// no more than these, however many there are.
func (d *Desk) Thread(ctx context.Context, orderID int64, before ThreadCursor, n int) (Thread, error) {
	messages, err := d.store.ThreadPage(ctx, orderID, before.At, before.ID, n+1)
	if err != nil {
		return Thread{}, err
	}
	t := Thread{Messages: messages, Files: map[int64][]data.Evidence{}}
	if t.More = len(messages) > n; t.More {
		t.Messages = messages[1:]
	}
	if len(t.Messages) > 0 {
		t.Before = ThreadCursor{t.Messages[0].SentAt, t.Messages[0].ID}
	}
	if t.Total, err = d.store.ThreadLength(ctx, orderID); err != nil {
		return t, err
	}
	ids := make([]int64, len(t.Messages))
	for i, m := range t.Messages {
		ids[i] = m.ID
	}
	files, err := d.store.FilesOfMessages(ctx, ids)
	for _, f := range files {
		t.Files[f.MessageID] = append(t.Files[f.MessageID], f)
	}
	return t, err
}
