package store

import (
	"context"

	"casebinder/data"
)

// FirstSteps tells which first steps the rows of the desk show: an order, a
// dispute, a bundle that was bound.
func (r *Reader) FirstSteps(ctx context.Context) (data.FirstSteps, error) {
	const query = "SELECT EXISTS (SELECT 1 FROM orders), EXISTS (SELECT 1 FROM dispute), EXISTS (SELECT 1 FROM submission)"
	return first(ctx, r, query, nil, func(row scanner) (s data.FirstSteps, err error) {
		return s, row.Scan(&s.Imported, &s.Opened, &s.Bound)
	})
}
