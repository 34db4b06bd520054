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

// SearchGroup goes on with one group of a search, up to limit.
func (d *Desk) SearchGroup(ctx context.Context, text string, group data.FoundGroup, limit int) (data.Found, error) {
	return d.store.SearchGroup(ctx, text, group, limit)
}

// SearchTotals counts what a search finds in each group.
func (d *Desk) SearchTotals(ctx context.Context, text string) (map[data.FoundGroup]data.FoundTotal, error) {
	return d.store.SearchTotals(ctx, text)
}
