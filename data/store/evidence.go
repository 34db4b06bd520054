package store

import (
	"context"
	"strings"

	"casebinder/data"
)

const evidenceColumns = "uid, sha256, size, mime, name, kind, note, order_id, dispute_id, captured_at, captured_source, place, device, label, " +
	"source, added_at, added_by, binned_at, copy_of, edits, message_id, slot, tracking, codes, replaced_by, erased_at, feedback_id"

func scanEvidence(row scanner) (e data.Evidence, err error) {
	return e, row.Scan(&e.ID, &e.UID, &e.SHA256, &e.Size, &e.MIME, &e.Name, &e.Kind, &e.Note, rowRef{&e.OrderID}, rowRef{&e.DisputeID},
		moment{&e.CapturedAt}, &e.Captured, &e.Place, &e.Device, &e.Label, &e.Source, moment{&e.AddedAt}, &e.AddedBy, moment{&e.BinnedAt}, &e.CopyOf, jsonText{&e.Edits},
		rowRef{&e.MessageID}, &e.Slot, &e.Tracking, jsonText{&e.Codes}, &e.ReplacedBy, moment{&e.ErasedAt}, rowRef{&e.FeedbackID}, &e.ErasedFor)
}

func evidenceValues(e *data.Evidence) []any {
	return []any{
		e.UID, e.SHA256, e.Size, e.MIME, e.Name, string(e.Kind), e.Note, ref(e.OrderID), ref(e.DisputeID),
		ms(e.CapturedAt), string(e.Captured), e.Place, e.Device, e.Label, e.Source, ms(e.AddedAt), e.AddedBy, ms(e.BinnedAt), e.CopyOf,
		jsonText{&e.Edits},
		ref(e.MessageID), e.Slot, e.Tracking,
		codesText(e.Codes),
		e.ReplacedBy, ms(e.ErasedAt), ref(e.FeedbackID),
	}
}

// codesText writes what was read from a picture; "[]" says that it was read, and that
// no code stands in it.
func codesText(codes []data.ReadCode) any {
	if codes != nil && len(codes) == 0 {
		return "[]"
	}
	return jsonText{codes}
}

const evidenceSelect = "SELECT id, " + evidenceColumns + ", " + erasedFor + " FROM evidence WHERE "

// erasedFor is why the file of a piece of evidence was erased.
const erasedFor = "CASE WHEN erased_at IS NULL THEN '' ELSE coalesce((SELECT ground FROM erasure WHERE at = evidence.erased_at LIMIT 1), '') END"

// Evidence gives a piece of evidence, also from the bin.
func (r *Reader) Evidence(ctx context.Context, id int64) (data.Evidence, error) {
	e, err := first(ctx, r, evidenceSelect+"id = ?", []any{id}, scanEvidence)
	return e, missing(err, "evidence", id)
}

// EvidenceByUID gives the piece of evidence with the UID, also from the bin.
func (r *Reader) EvidenceByUID(ctx context.Context, uid string) (data.Evidence, error) {
	e, err := first(ctx, r, evidenceSelect+"uid = ?", []any{uid}, scanEvidence)
	return e, missing(err, "evidence", uid)
}

// EvidenceOfOrder gives the evidence of an order and of its disputes that is
// not in the bin, in the order in which it came in.
func (r *Reader) EvidenceOfOrder(ctx context.Context, orderID int64) ([]data.Evidence, error) {
	const where = "id IN (SELECT id FROM evidence WHERE order_id = ? UNION SELECT e.id FROM evidence e JOIN dispute d ON d.id = e.dispute_id " +
		"WHERE d.order_id = ?) AND binned_at IS NULL ORDER BY added_at, id"
	return all(ctx, r, evidenceSelect+where, []any{orderID, orderID}, scanEvidence)
}

// EvidenceOfFeedback gives the pictures of a feedback and the proofs against it that
// are not in the bin, in the order in which they came in.
func (r *Reader) EvidenceOfFeedback(ctx context.Context, feedbackID int64) ([]data.Evidence, error) {
	return all(ctx, r, evidenceSelect+"feedback_id = ? AND binned_at IS NULL ORDER BY added_at, id", []any{feedbackID}, scanEvidence)
}

// EvidenceBySHA gives all uses of a file, also from the bin.
func (r *Reader) EvidenceBySHA(ctx context.Context, sha string) ([]data.Evidence, error) {
	return all(ctx, r, evidenceSelect+"sha256 = ? ORDER BY id", []any{strings.ToLower(sha)}, scanEvidence)
}

// InsertEvidence stores a new piece of evidence and sets its ID, and UID,
// AddedAt and AddedBy when they are empty. Evidence of a dispute gets the
// dispute's order when it names none.
func (t *Tx) InsertEvidence(e *data.Evidence) error {
	if len(e.SHA256) != 64 {
		return problemIncomplete.New("entity", "evidence", "field", "sha256")
	}
	if e.UID == "" {
		e.UID = newUID()
	}
	if e.AddedAt.IsZero() {
		e.AddedAt = t.now
	}
	if e.AddedBy == "" {
		e.AddedBy = t.operator
	}
	if e.Kind == "" {
		e.Kind = data.KindOther
	}
	if e.OrderID == 0 && e.DisputeID != 0 {
		order, err := first(t.ctx, &t.Reader, "SELECT order_id FROM dispute WHERE id = ?", []any{e.DisputeID}, scanOne[int64])
		if err != nil {
			return missing(err, "dispute", e.DisputeID)
		}
		e.OrderID = order
	}
	id, err := t.insert(insertSQL("evidence", evidenceColumns), evidenceValues(e)...)
	e.ID = id
	return conflicting(err, "evidence")
}

// EditEvidence writes the description of a piece of evidence, found by ID, or
// by UID when ID is 0. Which file it is, its size and when it came in never
// change.
func (t *Tx) EditEvidence(e *data.Evidence) error {
	var old data.Evidence
	var err error
	if e.ID != 0 {
		old, err = t.Evidence(t.ctx, e.ID)
	} else {
		old, err = t.EvidenceByUID(t.ctx, e.UID)
	}
	if err != nil {
		return err
	}
	if e.SHA256 != old.SHA256 || e.Size != old.Size {
		return problemOriginal.New("name", old.Name)
	}
	e.ID, e.UID, e.AddedAt, e.AddedBy, e.Source = old.ID, old.UID, old.AddedAt, old.AddedBy, old.Source
	e.CopyOf, e.Edits, e.MessageID, e.FeedbackID = old.CopyOf, old.Edits, old.MessageID, old.FeedbackID
	e.ReplacedBy, e.ErasedAt, e.ErasedFor = old.ReplacedBy, old.ErasedAt, old.ErasedFor
	return t.change("evidence", e.UID, updateSQL("evidence", evidenceColumns), append(evidenceValues(e), e.ID)...)
}

// SetCodes keeps what was read from a picture. It is not journaled: it can be read
// again from the file, which is.
func (t *Tx) SetCodes(evidenceID int64, codes []data.ReadCode) error {
	_, err := t.run("UPDATE evidence SET codes = ? WHERE id = ?", codesText(codes), evidenceID)
	return err
}

var problemOriginal = data.DefineProblem("store_original", data.ErrRefused,
	"The file of “{name}” cannot be replaced: evidence is never changed.",
	"Add the other file as a new piece of evidence, and put this one into the bin.")
