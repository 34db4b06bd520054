package store

import (
	"context"
	"database/sql"
	"errors"
)

// Checklist gives what operators said about the items of a dispute's
// checklist.
func (r *Reader) Checklist(ctx context.Context, disputeID int64) ([]ChecklistState, error) {
	const query = "SELECT item, state, note, by, at FROM checklist WHERE dispute_id = ? ORDER BY item"
	return all(ctx, r, query, []any{disputeID}, func(row scanner) (c ChecklistState, err error) {
		return c, row.Scan(&c.Item, &c.State, &c.Note, &c.By, moment{&c.At})
	})
}

// PutChecklist writes what an operator says about an item. By and At are filled
// in when empty.
func (t *Tx) PutChecklist(disputeID int64, c ChecklistState) error {
	if c.By == "" {
		c.By = t.operator
	}
	if c.At.IsZero() {
		c.At = t.now
	}
	_, err := t.exec("INSERT INTO checklist (dispute_id, item, state, note, by, at) VALUES (?, ?, ?, ?, ?, ?) "+
		"ON CONFLICT (dispute_id, item) DO UPDATE SET state = excluded.state, note = excluded.note, by = excluded.by, at = excluded.at",
		disputeID, c.Item, c.State, c.Note, c.By, ms(c.At))
	return conflicting(err, "checklist")
}

const findingColumns = "uid, dispute_id, rule, place, severity, passed_at, passed_by, reason"

// Findings gives the findings about a dispute that were passed.
func (r *Reader) Findings(ctx context.Context, disputeID int64) ([]Finding, error) {
	const query = "SELECT id, " + findingColumns + " FROM finding WHERE dispute_id = ? ORDER BY id"
	return all(ctx, r, query, []any{disputeID}, func(row scanner) (f Finding, err error) {
		return f, row.Scan(&f.ID, &f.UID, &f.DisputeID, &f.Rule, &f.Where, &f.Severity, moment{&f.PassedAt}, &f.PassedBy, &f.Reason)
	})
}

// PutFinding writes a passed finding: the one of its dispute, rule and place,
// else a new one. It sets the ID, and UID, PassedAt and PassedBy when empty.
func (t *Tx) PutFinding(f *Finding) error {
	if f.Reason == "" {
		return problemIncomplete.New("entity", "finding", "field", "reason")
	}
	if f.UID == "" {
		f.UID = newUID()
	}
	if f.PassedAt.IsZero() {
		f.PassedAt = t.now
	}
	if f.PassedBy == "" {
		f.PassedBy = t.operator
	}
	const query = "SELECT id FROM finding WHERE dispute_id = ? AND rule = ? AND place = ?"
	id, err := first(t.ctx, &t.Reader, query, []any{f.DisputeID, f.Rule, f.Where}, scanOne[int64])
	values := []any{f.UID, f.DisputeID, f.Rule, f.Where, f.Severity, ms(f.PassedAt), f.PassedBy, f.Reason}
	switch {
	case err == nil:
		f.ID = id
		return t.change("finding", f.Rule, updateSQL("finding", findingColumns), append(values, id)...)
	case errors.Is(err, sql.ErrNoRows):
		f.ID, err = t.insert(insertSQL("finding", findingColumns), values...)
	}
	return conflicting(err, "finding")
}
