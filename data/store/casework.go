package store

import (
	"context"

	"casebinder/data"
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

const passColumns = "uid, entity, entity_id, key, severity, at, by, reason"

// Passes gives what was said of findings on an entity, oldest first.
func (r *Reader) Passes(ctx context.Context, entity string, id int64) ([]data.Pass, error) {
	const query = "SELECT id, " + passColumns + " FROM pass WHERE entity = ? AND entity_id = ? ORDER BY id"
	return all(ctx, r, query, []any{entity, id}, scanPass)
}

// PutPass writes that a finding may stand: over what was said of it before,
// where there is something. It sets the ID, and UID, At and By when empty.
func (t *Tx) PutPass(p *data.Pass) error {
	if p.Entity == "" || p.Key == "" || p.Reason == "" {
		return problemIncomplete.New("entity", "pass", "field", "entity, key, reason")
	}
	if p.UID == "" {
		p.UID = newUID()
	}
	if p.At.IsZero() {
		p.At = t.now
	}
	if p.By == "" {
		p.By = t.operator
	}
	var err error
	if err = t.DeletePass(p.Entity, p.EntityID, p.Key); err == nil {
		p.ID, err = t.insert(insertSQL("pass", passColumns), p.UID, p.Entity, p.EntityID, p.Key, string(p.Severity), ms(p.At), p.By, p.Reason)
	}
	return conflicting(err, "pass")
}

// DeletePass takes back what was said of a finding, where something was.
func (t *Tx) DeletePass(entity string, id int64, key string) error {
	_, err := t.exec("DELETE FROM pass WHERE entity = ? AND entity_id = ? AND key = ?", entity, id, key)
	return err
}

// PassesOf gives what was said of findings on some entities, by their row ids.
func (r *Reader) PassesOf(ctx context.Context, entity string, ids []int64) (map[int64][]data.Pass, error) {
	byID := map[int64][]data.Pass{}
	err := chunked(ids, func(marks string, args []any) error {
		some, err := all(ctx, r, "SELECT id, "+passColumns+" FROM pass WHERE entity = ? AND entity_id IN ("+marks+") ORDER BY id", append([]any{entity}, args...), scanPass)
		for _, p := range some {
			byID[p.EntityID] = append(byID[p.EntityID], p)
		}
		return err
	})
	return byID, err
}

func scanPass(row scanner) (p data.Pass, err error) {
	return p, row.Scan(&p.ID, &p.UID, &p.Entity, &p.EntityID, &p.Key, &p.Severity, moment{&p.At}, &p.By, &p.Reason)
}
