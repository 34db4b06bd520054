package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"casebinder/data"
)

// setRights keeps what the seller may still do in a dispute, in place of what
// was kept before.
func (t *Tx) setRights(disputeID int64, rights []data.Right) error {
	if _, err := t.exec("DELETE FROM dispute_right WHERE dispute_id = ?", disputeID); err != nil {
		return err
	}
	for _, right := range rights {
		if _, err := t.exec(insertSQL("dispute_right", "dispute_id, rule, due, sure"), disputeID, right.Rule, ms(right.Due), string(right.Sure)); err != nil {
			return fmt.Errorf("keeping the rights: %w", err)
		}
	}
	return nil
}

// Rights gives what the seller may do in a dispute, by date, passed or not.
func (r *Reader) Rights(ctx context.Context, disputeID int64) ([]data.Right, error) {
	const query = "SELECT rule, due, sure FROM dispute_right WHERE dispute_id = ? ORDER BY due, rule"
	return all(ctx, r, query, []any{disputeID}, func(row scanner) (right data.Right, err error) {
		return right, row.Scan(&right.Rule, moment{&right.Due}, &right.Sure)
	})
}

// AllRights gives the rights of every dispute, by its row id, for a
// recomputation of many.
func (r *Reader) AllRights(ctx context.Context) (map[int64][]data.Right, error) {
	type row struct {
		dispute int64
		data.Right
	}
	const query = "SELECT dispute_id, rule, due, sure FROM dispute_right ORDER BY dispute_id, due, rule"
	rows, err := all(ctx, r, query, nil, func(from scanner) (one row, err error) {
		return one, from.Scan(&one.dispute, &one.Rule, moment{&one.Due}, &one.Sure)
	})
	rights := make(map[int64][]data.Right, len(rows))
	for _, one := range rows {
		rights[one.dispute] = append(rights[one.dispute], one.Right)
	}
	return rights, err
}

// rightRows gives the rows of the refs that are rights, each with the right of
// its date.
func (r *Reader) rightRows(ctx context.Context, refs []data.TodayRef, ids []int32) ([]data.TodayRow, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := r.DisputeRows(ctx, ids)
	if err != nil {
		return nil, err
	}
	byID := make(map[int64]data.DisputeRow, len(rows))
	for _, row := range rows {
		byID[row.ID] = row
	}
	var all []data.TodayRow
	for _, ref := range refs {
		if ref.Kind != data.TodayRight {
			continue
		}
		row := disputeToday(byID[ref.ID])
		row.Kind, row.ID, row.Due = data.TodayRight, ref.ID, ref.Due
		const query = "SELECT r.rule, r.sure, d.pack FROM dispute_right r JOIN dispute d ON d.id = r.dispute_id " +
			"WHERE r.dispute_id = ? AND r.due = ? ORDER BY r.rule LIMIT 1"
		_, err := first(ctx, r, query, []any{ref.ID, ms(ref.Due)}, func(from scanner) (bool, error) {
			return true, from.Scan(&row.Rule, &row.DueSure, &row.Pack)
		})
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(all, row)
	}
	return all, nil
}
