package desk

import (
	"context"
	"fmt"

	"casebinder/data"
)

// Binned lists all that lies in the bin, what was put there last first.
func (d *Desk) Binned(ctx context.Context) ([]data.Binned, error) { return d.store.Binned(ctx) }

// BringBack takes a dispute, a piece of evidence, a feedback, a template, a
// complaint, a task, a path, a product or a paper of one out of the bin. It can be undone.
func (d *Desk) BringBack(ctx context.Context, entity string, id int64) error {
	key, rows, err := d.binned(ctx, entity, id)
	if err != nil {
		return err
	}
	steps := []step{binning(entity, key, false, rows...)}
	if entity == data.EntityPaper {
		with, err := d.withPaper(ctx, id, false)
		if err != nil {
			return err
		}
		steps = append(steps, with...)
	}
	return d.act(ctx, together(steps...))
}

func (d *Desk) binned(ctx context.Context, entity string, id int64) (key string, rows []data.RowRef, err error) {
	switch entity {
	case data.EntityDispute:
		v, err := d.store.Dispute(ctx, id)
		if err != nil {
			return "", nil, err
		}
		return v.UID, disputeRows(v), nil
	case data.EntityEvidence:
		v, err := d.store.Evidence(ctx, id)
		return v.UID, evidenceRows(&v), err
	case data.EntityFeedback:
		v, err := d.store.Feedback(ctx, id)
		return v.UID, rowsOf(entity, id, v.OrderID, 0), err
	case data.EntityTemplate:
		v, err := d.store.Template(ctx, id)
		return v.UID, rowsOf(entity, id, 0, 0), err
	case data.EntityComplaint:
		v, err := d.store.Complaint(ctx, id)
		return v.UID, complaintRows(&v.Complaint), err
	case data.EntityPath:
		v, err := d.store.PathRunByID(ctx, id)
		return v.UID, pathRows(&v), err
	case data.EntityProduct:
		v, err := d.store.Product(ctx, id)
		return v.UID, rowsOf(entity, id, 0, 0), err
	case data.EntitySupplier:
		v, err := d.store.Supplier(ctx, id)
		return v.UID, rowsOf(entity, id, 0, 0), err
	case data.EntityPaper:
		v, err := d.store.ProductPaper(ctx, id)
		return v.UID, productPaperRows(&v), err
	case data.EntityTask:
		v, err := d.store.Task(ctx, id)
		return v.UID, taskRows(&v), err
	}
	return "", nil, fmt.Errorf("there is no bin for %q: %w", entity, data.ErrInvalid)
}
