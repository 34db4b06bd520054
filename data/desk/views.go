package desk

import (
	"context"

	"casebinder/data"
)

// Stats counts what the desk holds.
func (d *Desk) Stats(ctx context.Context) (data.Stats, error) { return d.store.Stats(ctx) }

// Search looks for words in orders, disputes, messages and feedback, a few
// hits of each.
func (d *Desk) Search(ctx context.Context, text string) (data.Found, error) {
	return d.store.SearchAll(ctx, text, 8)
}
