package store

import (
	"context"
	"database/sql"
	"errors"

	"casebinder/data"
)

const pathColumns = "uid, order_id, dispute_id, path, edition, wish, steps, started_at, operator, ended_at, ending, binned_at"

const pathSelect = "SELECT id, " + pathColumns + " FROM path_run "

func scanPath(row scanner) (p data.PathRun, err error) {
	return p, row.Scan(&p.ID, &p.UID, rowRef{&p.OrderID}, rowRef{&p.DisputeID}, &p.Path, &p.Edition, &p.Wish, jsonText{&p.Steps},
		moment{&p.StartedAt}, &p.Operator, moment{&p.EndedAt}, jsonText{&p.Ending}, moment{&p.BinnedAt})
}

// PathRun gives the run of a path with the UID, also one in the bin.
func (r *Reader) PathRun(ctx context.Context, uid string) (data.PathRun, error) {
	p, err := first(ctx, r, pathSelect+"WHERE uid = ?", []any{uid}, scanPath)
	return p, missing(err, "path", uid)
}

// PathRunByID gives the run of a path with the row id, also one in the bin.
func (r *Reader) PathRunByID(ctx context.Context, id int64) (data.PathRun, error) {
	p, err := first(ctx, r, pathSelect+"WHERE id = ?", []any{id}, scanPath)
	return p, missing(err, "path", id)
}

// PathRunsOf gives the runs of paths for an order that are not in the bin, the
// oldest first.
func (r *Reader) PathRunsOf(ctx context.Context, orderID int64) ([]data.PathRun, error) {
	return all(ctx, r, pathSelect+"WHERE order_id = ? AND binned_at IS NULL ORDER BY started_at, id", []any{orderID}, scanPath)
}

// PutPathRun writes every field of a run: the one with its UID, else a new one. It
// sets the ID, and a UID when it is empty.
func (t *Tx) PutPathRun(p *data.PathRun) error {
	if p.UID == "" {
		p.UID = newUID()
	}
	values := []any{
		p.UID, p.OrderID, ref(p.DisputeID), p.Path, p.Edition, p.Wish,
		jsonText{p.Steps},
		ms(p.StartedAt), p.Operator, ms(p.EndedAt),
		jsonText{p.Ending},
		ms(p.BinnedAt),
	}
	id, err := first(t.ctx, &t.Reader, "SELECT id FROM path_run WHERE uid = ?", []any{p.UID}, scanOne[int64])
	switch {
	case err == nil:
		p.ID = id
		return t.change("path", p.UID, updateSQL("path_run", pathColumns), append(values, id)...)
	case errors.Is(err, sql.ErrNoRows):
		p.ID, err = t.insert(insertSQL("path_run", pathColumns), values...)
	}
	return conflicting(err, "path")
}
