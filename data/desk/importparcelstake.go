package desk

import (
	"context"
	"errors"

	"casebinder/data"
	"casebinder/data/store"
)

// importParcels reads a carrier's table: all of it or nothing. Unlike other
// imports it goes onto orders of any shop, and can be undone.
func (d *Desk) importParcels(ctx context.Context, job *importJob) (ImportReport, error) {
	intake := data.Intake{Form: "shipments", Name: job.src.Name, SHA256: job.hash}
	var err error
	if intake.UID, err = newUID(); err != nil {
		return job.report, err
	}
	nothing := errors.New("nothing is new")
	err = d.act(ctx, func(ctx context.Context, tx *store.Tx) (deed, error) {
		j := &parcelJob{importJob: job, from: tx, tx: tx, intake: intake}
		if err := j.begin(ctx, &tx.Reader); err != nil {
			return deed{}, err
		}
		if err := tx.InsertIntake(&j.intake); err != nil {
			return deed{}, err
		}
		if err := j.read(ctx); err != nil {
			return deed{}, err
		}
		known, err := tx.IntakesBySum(ctx, job.hash)
		if err != nil {
			return deed{}, err
		}
		if len(j.backs) == 0 && (j.lost.Len() == 0 || len(known) > 1) {
			return deed{}, nothing // also the rows without an order are kept already
		}
		if err := tx.SetIntakeRaw(&j.intake, j.lost.String()); err != nil {
			return deed{}, err
		}
		did, err := d.tookParcels(ctx, tx, j)
		if err != nil {
			return deed{}, err
		}
		waited, err := tx.TakenExport(job.hash)
		if waited {
			did.rows = append(did.rows, manyOf(data.EntityFound)...)
		}
		return did, err
	})
	if errors.Is(err, nothing) {
		return job.report, job.refuseNothing()
	}
	return job.report, err
}

// begin starts the report: which shop the file is of, if that was said.
func (j *parcelJob) begin(ctx context.Context, r *store.Reader) error {
	j.report = ImportReport{File: j.src.Name, Target: string(j.in.Preset.Target), Preset: j.in.Preset.ID, Unread: UnreadColumns(previewOf(j.in, j.src).Columns)}
	if id := j.request.Shop.ID; id != 0 {
		shop, err := r.ShopByID(ctx, id)
		j.report.Shop = shop
		return err
	}
	shops, err := r.Shops(ctx)
	if err == nil && len(shops) > 0 { // whose zone times without one are in
		j.report.Shop.Zone = shops[0].Zone
	}
	return err
}

// tookParcels tells what a carrier's table did.
func (d *Desk) tookParcels(ctx context.Context, tx *store.Tx, j *parcelJob) (deed, error) {
	rows, err := namedOrders(ctx, tx, j.order)
	did := deed{
		Change: data.Change{
			Action: "shipments.import", Entity: data.EntityImport, Key: j.hash,
			After: map[string]any{"file": j.report.File, "sha256": j.hash, "preset": j.report.Preset, "counts": j.report.Counts},
		},
		effect: data.EffectMany, rows: rows,
	}
	backs := make([]scansBack, len(j.order))
	for i, id := range j.order {
		backs[i] = *j.backs[id]
		did.also = append(did.also, data.Change{Action: "shipments.import", Entity: data.EntityOrder, Key: backs[i].key, Before: backs[i].before, After: backs[i].after})
	}
	did.back = d.leavingParcels(j.intake, backs, did.Change, rows)
	return did, err
}

// leavingParcels takes back what a carrier's table did, as far as nothing else was
// told since; taken back itself, the table's word is written again.
func (d *Desk) leavingParcels(intake data.Intake, backs []scansBack, was data.Change, rows []data.RowRef) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		did := deed{
			Change: data.Change{Action: "shipments.leave", Entity: data.EntityImport, Key: was.Key, Before: was.After},
			effect: data.EffectMany, rows: rows,
		}
		again := make([]scansBack, 0, len(backs))
		for _, b := range backs {
			order, err := tx.Order(ctx, b.order)
			if err != nil {
				return deed{}, err
			}
			before := parcelsAtOf(order, intake.UID)
			b.undo(order)
			if err := tx.PutOrder(order); err != nil {
				return deed{}, err
			}
			after := parcelsAtOf(order, "")
			again = append(again, scansBack{b.order, b.key, before, after})
			did.also = append(did.also, data.Change{Action: "shipments.leave", Entity: data.EntityOrder, Key: b.key, Before: before, After: after})
		}
		did.back = d.takingParcels(intake, again, was, backs, rows)
		return did, tx.Delete("intake", intake.ID)
	}
}

// takingParcels writes a carrier's table down once more.
func (d *Desk) takingParcels(intake data.Intake, undone []scansBack, was data.Change, backs []scansBack, rows []data.RowRef) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		intake.ID = 0
		if err := tx.InsertIntake(&intake); err != nil {
			return deed{}, err
		}
		did := deed{Change: was, effect: data.EffectMany, rows: rows}
		for _, b := range undone {
			order, err := tx.Order(ctx, b.order)
			if err != nil {
				return deed{}, err
			}
			at := parcelsAtOf(order, "")
			moveParcels(order, &b.after, &b.before, intake.ID)
			if err := tx.PutOrder(order); err != nil {
				return deed{}, err
			}
			did.also = append(did.also, data.Change{Action: was.Action, Entity: data.EntityOrder, Key: b.key, Before: at, After: parcelsAtOf(order, intake.UID)})
		}
		did.back = d.leavingParcels(intake, backs, was, rows)
		return did, nil
	}
}
