package store

import (
	"context"
	"errors"
	"slices"

	"casebinder/data"
)

// AllEvidenceOfOrder is EvidenceOfOrder with the bin.
func (r *Reader) AllEvidenceOfOrder(ctx context.Context, orderID int64) ([]data.Evidence, error) {
	const where = "order_id = ?1 OR dispute_id IN (SELECT id FROM dispute WHERE order_id = ?1) OR feedback_id IN (SELECT id FROM feedback WHERE order_id = ?1) ORDER BY added_at, id"
	return all(ctx, r, evidenceSelect+where, []any{orderID}, scanEvidence)
}

// InOpenCase tells of the evidence of an order, by its row id, which is an exhibit of a
// dispute that is not closed, be it of another order.
func (r *Reader) InOpenCase(ctx context.Context, orderID int64) (map[int64]bool, error) {
	const query = "SELECT e.id, EXISTS (SELECT 1 FROM exhibit x JOIN dispute d ON d.id = x.dispute_id WHERE x.evidence_id = e.id AND x.included = 1 AND d.binned_at IS NULL AND d.stage <> 'closed') " +
		"FROM evidence e WHERE e.order_id = ?1 OR e.dispute_id IN (SELECT id FROM dispute WHERE order_id = ?1) OR e.feedback_id IN (SELECT id FROM feedback WHERE order_id = ?1)"
	ties := map[int64]bool{}
	_, err := all(ctx, r, query, []any{orderID}, func(row scanner) (struct{}, error) {
		var id int64
		var tie bool
		err := row.Scan(&id, &tie)
		ties[id] = tie
		return struct{}{}, err
	})
	return ties, err
}

// EraseFile writes that the file of a piece of evidence was erased, and what stands on
// it with it. Its redacted copy, if one stands for it, takes its place in the cases.
func (t *Tx) EraseFile(e *data.Evidence, stands *data.Evidence) error {
	uid := ""
	if stands != nil {
		uid = stands.UID
		for _, query := range []string{
			"UPDATE OR IGNORE exhibit SET evidence_id = ?2 WHERE evidence_id = ?1",
			"UPDATE statement SET claims = replace(claims, ?3, ?4) WHERE dispute_id IN (SELECT dispute_id FROM exhibit WHERE evidence_id IN (?1, ?2))",
		} {
			if _, err := t.exec(query, e.ID, stands.ID, e.UID, uid); err != nil {
				return err
			}
		}
	}
	if _, err := t.exec("DELETE FROM exhibit WHERE evidence_id = ?", e.ID); err != nil {
		return err
	}
	return t.change("evidence", e.UID, "UPDATE evidence SET erased_at = ?, replaced_by = ?, label = '', codes = '[]', note = '', place = '' WHERE id = ?", ms(t.now), uid, e.ID)
}

// Intakes that an order's messages and scans came from.
const intakesOfOrder = "SELECT intake_id FROM message WHERE order_id = ?1 AND intake_id IS NOT NULL UNION " +
	"SELECT e.intake_id FROM tracking_event e JOIN shipment h ON h.id = e.shipment_id WHERE h.order_id = ?1 AND e.intake_id IS NOT NULL"

// intakeOfOthers tells whether an intake is about others too, whose personal data is
// there still.
const intakeOfOthers = "SELECT EXISTS (SELECT 1 FROM message m JOIN orders o ON o.id = m.order_id WHERE m.intake_id = ?1 AND " + notErased + ") " +
	"OR EXISTS (SELECT 1 FROM message WHERE intake_id = ?1 AND order_id IS NULL) OR EXISTS (SELECT 1 FROM tracking_event e JOIN shipment h ON h.id = e.shipment_id " +
	"JOIN orders o ON o.id = h.order_id WHERE e.intake_id = ?1 AND " + notErased + ")"

const notErased = "json_extract(nullif(o.stated, ''), '$.erased') IS NULL"

// IntakesOfOrder gives the pasted pages and files from which an order's messages and
// scans came.
func (r *Reader) IntakesOfOrder(ctx context.Context, orderID int64) ([]data.Intake, error) {
	ids, err := all(ctx, r, intakesOfOrder, []any{orderID}, scanOne[int64])
	if err != nil {
		return nil, err
	}
	list := make([]data.Intake, 0, len(ids))
	for _, id := range ids {
		in, err := r.Intake(ctx, id)
		if err != nil {
			return nil, err
		}
		list = append(list, in)
	}
	return list, nil
}

// EraseIntakes takes the pasted pages and files away from which an order's messages
// and scans came. What others have in common with it is masked. It gives the
// fingerprints of files that nothing refers to any more, and the names of those that
// stay because they tell of other orders too.
func (t *Tx) EraseIntakes(orderID int64, s Scrubber, done map[string]int) (files, shared []string, err error) {
	list, err := t.IntakesOfOrder(t.ctx, orderID)
	if err != nil {
		return nil, nil, err
	}
	for _, in := range list {
		used, err := first(t.ctx, &t.Reader, intakeOfOthers, []any{in.ID}, scanOne[bool])
		if err != nil {
			return files, shared, err
		}
		raw, sum := "", ""
		if used {
			raw, sum = s.Text(in.Raw), in.SHA256
		}
		if raw == in.Raw && sum == in.SHA256 && s.Text(in.Name) == in.Name {
			continue
		}
		done["intake"]++
		if err := t.change("intake", in.UID, "UPDATE intake SET raw = ?, name = ?, sha256 = ? WHERE id = ?", raw, s.Text(in.Name), sum, in.ID); err != nil {
			return files, shared, err
		}
		if in.Raw != "" { // pasted: the text was all of it
			continue
		}
		if used {
			shared = append(shared, s.Text(in.Name))
		} else if in.SHA256 != "" {
			files = append(files, in.SHA256)
		}
	}
	return files, shared, nil
}

// looseColumns are columns with words that may be about anybody, and belong to no
// order.
var looseColumns = []wordColumn{
	{"found_file", "guess", "?1", true},
	{"found_file", "codes", "?1", true},
	{"intake", "raw", "?1", false},
	{"intake", "name", "?1", false},
	{"import", "file", "?1", false},
	{"task", "title", "order_id IS NULL AND dispute_id IS NULL AND ?1", false},
	{"task", "note", "order_id IS NULL AND dispute_id IS NULL AND ?1", false},
	{"snooze", "reason", "?1", false},
	{"review", "notes", "?1", true},
	{"message", "text", "order_id IS NULL AND dispute_id IS NULL AND ?1", false},
	{"message", "author", "order_id IS NULL AND dispute_id IS NULL AND ?1", false},
}

// ScrubLoose takes personal data out of what belongs to no order.
func (t *Tx) ScrubLoose(s Scrubber, done map[string]int) error {
	for _, c := range looseColumns {
		scrub := s.Text
		if c.json {
			scrub = func(text string) string { return s.JSON(text, false) }
		}
		n, err := t.scrubColumn(c, 1, scrub)
		if err != nil {
			return err
		}
		if n > 0 {
			done[c.table] += n
		}
	}
	return t.indexThese(messageSearch, "SELECT id FROM message WHERE order_id IS NULL AND dispute_id IS NULL")
}

// FileInUse reports whether something in the desk still refers to a file.
func (r *Reader) FileInUse(ctx context.Context, sha string) (bool, error) {
	const query = "SELECT EXISTS (SELECT 1 FROM evidence WHERE sha256 = ?1 AND erased_at IS NULL) OR EXISTS (SELECT 1 FROM intake WHERE sha256 = ?1)"
	return first(ctx, r, query, []any{sha}, scanOne[bool])
}

// ErasedFiles gives the fingerprints of all files that were erased and that nothing
// uses.
func (r *Reader) ErasedFiles(ctx context.Context) ([]string, error) {
	list, err := all(ctx, r, "SELECT DISTINCT j.value FROM erasure e, json_each(e.done, '$.gone') j", nil, scanOne[string])
	var kept error
	list = slices.DeleteFunc(list, func(sha string) bool {
		used, err := r.FileInUse(ctx, sha)
		kept = errors.Join(kept, err)
		return used || err != nil
	})
	return list, errors.Join(err, kept)
}
