package store

import (
	"context"
	"database/sql"
	"errors"

	"casebinder/data"
)

// Exhibits gives the places of evidence in a dispute's bundle, in order.
func (r *Reader) Exhibits(ctx context.Context, disputeID int64) ([]data.Exhibit, error) {
	const query = "SELECT e.uid, x.position, x.section, x.title, x.proves, x.included FROM exhibit x JOIN evidence e ON e.id = x.evidence_id " +
		"WHERE x.dispute_id = ? ORDER BY x.position"
	return all(ctx, r, query, []any{disputeID}, func(row scanner) (x data.Exhibit, err error) {
		return x, row.Scan(&x.EvidenceUID, &x.Position, &x.Section, &x.Title, &x.Proves, &x.Included)
	})
}

// PutExhibits replaces the places of evidence in a dispute's bundle. Positions
// are given anew: 1, 2, ... in the order of the list.
func (t *Tx) PutExhibits(disputeID int64, list []data.Exhibit) error {
	if _, err := t.exec("DELETE FROM exhibit WHERE dispute_id = ?", disputeID); err != nil {
		return err
	}
	for i, x := range list {
		e, err := t.EvidenceByUID(t.ctx, x.EvidenceUID)
		if err != nil {
			return err
		}
		_, err = t.exec(insertSQL("exhibit", "dispute_id, position, evidence_id, section, title, proves, included"),
			disputeID, i+1, e.ID, string(x.Section), x.Title, x.Proves, x.Included)
		if err != nil {
			return conflicting(err, "exhibit")
		}
	}
	return nil
}

// Statement gives what the seller says to a dispute; one without claims where
// nothing was written yet.
func (r *Reader) Statement(ctx context.Context, disputeID int64) (data.Statement, error) {
	const query = "SELECT language, template, claims, updated_at, updated_by FROM statement WHERE dispute_id = ?"
	s, err := first(ctx, r, query, []any{disputeID}, func(row scanner) (s data.Statement, err error) {
		return s, row.Scan(&s.Language, &s.Template, jsonText{&s.Claims}, moment{&s.UpdatedAt}, &s.UpdatedBy)
	})
	s.DisputeID = disputeID
	if errors.Is(err, sql.ErrNoRows) {
		return s, nil
	}
	return s, err
}

// PutStatement writes what the seller says to a dispute. UpdatedAt and
// UpdatedBy are filled in when empty; without claims and language the statement
// is taken away.
func (t *Tx) PutStatement(s *data.Statement) error {
	if len(s.Claims) == 0 && s.Language == "" {
		_, err := t.exec("DELETE FROM statement WHERE dispute_id = ?", s.DisputeID)
		return err
	}
	if s.UpdatedAt.IsZero() {
		s.UpdatedAt = t.now
	}
	if s.UpdatedBy == "" {
		s.UpdatedBy = t.operator
	}
	_, err := t.exec("INSERT INTO statement (dispute_id, language, template, claims, updated_at, updated_by) VALUES (?, ?, ?, ?, ?, ?) "+
		"ON CONFLICT (dispute_id) DO UPDATE SET language = excluded.language, template = excluded.template, claims = excluded.claims, "+
		"updated_at = excluded.updated_at, updated_by = excluded.updated_by",
		s.DisputeID, s.Language, s.Template, jsonText{&s.Claims}, ms(s.UpdatedAt), s.UpdatedBy)
	return conflicting(err, "statement")
}
