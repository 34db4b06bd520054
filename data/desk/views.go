package desk

import (
	"context"

	"casebinder/data"
)

// todayLimit bounds the rows of each kind on Today.
const todayLimit = 500

// Stats counts what the desk holds.
func (d *Desk) Stats(ctx context.Context) (data.Stats, error) { return d.store.Stats(ctx) }

// Search looks for words in orders, disputes, messages and feedback, a few
// hits of each.
func (d *Desk) Search(ctx context.Context, text string) (data.Found, error) {
	return d.store.SearchAll(ctx, text, 8)
}

// Today lists what waits, the soonest first, of two with one date the dearer
// first; what has no date comes last. shopID 0 is all shops.
func (d *Desk) Today(ctx context.Context, shopID int64) ([]data.TodayRow, error) {
	list, err := d.store.Today(ctx, d.now(), shopID, todayLimit)
	return list.Rows, err
}
