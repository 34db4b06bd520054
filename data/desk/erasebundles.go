package desk

import (
	"context"
	"slices"

	"casebinder/data"
	"casebinder/data/store"
)

// A madeBundle is a bundle that was made of an order.
type madeBundle struct {
	data.Submission
	of *frozen // what it was made of; nil: that is not in the desk
}

func (d *Desk) bundlesOf(ctx context.Context, from *store.Reader, o *data.Order) (list []madeBundle, err error) {
	disputes, err := from.DisputesOfOrder(ctx, o.ID)
	if err != nil {
		return nil, err
	}
	for _, dispute := range disputes {
		versions, err := from.Submissions(ctx, dispute.ID)
		if err != nil {
			return nil, err
		}
		for i := range versions {
			f, err := d.frozenOf(ctx, &versions[i])
			if err != nil && !notFrozen(err) {
				return nil, err
			}
			list = append(list, madeBundle{versions[i], f})
		}
	}
	return list, nil
}

// planSubmissions says of each bundle that was made of an order that it stays, and
// whether it can be made again without the files that go.
func (p *ErasurePlan) planSubmissions(o *data.Order, made []madeBundle, files []PlannedFile) {
	for _, m := range made {
		reason := "bundle"
		switch {
		case m.of == nil:
			reason = "exported"
		case slices.ContainsFunc(files, func(one PlannedFile) bool { return one.Does != FileKeep && m.of.holds(one.SHA256) }):
			reason = "exported"
			p.unmade = append(p.unmade, m.ID)
		}
		p.keep("submission", o, m.PDFName, reason)
	}
}
