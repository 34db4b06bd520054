package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"casebinder/data"
)

const submissionColumns = "uid, dispute_id, version, profile, language, created_at, created_by, pdf_name, pdf_sha256, bag_name, bag_sha256, " +
	"pages, exhibits, bytes, generation, program, signer, mask, changes, sent_at, sent_by, sent_note, receipt"

func scanSubmission(row scanner) (s data.Submission, err error) {
	var mask string
	err = row.Scan(&s.ID, &s.UID, &s.DisputeID, &s.Version, &s.Profile, &s.Language, moment{&s.CreatedAt}, &s.CreatedBy,
		&s.PDFName, &s.PDFSHA256, &s.BagName, &s.BagSHA256, &s.Pages, &s.Exhibits, &s.Bytes, moment{&s.Generation},
		&s.Program, &s.Signer, &mask, jsonText{&s.Changes}, moment{&s.SentAt}, &s.SentBy, &s.SentNote, &s.Receipt)
	for _, kind := range strings.Fields(mask) {
		s.Mask = append(s.Mask, data.MaskKind(kind))
	}
	return s, err
}

func submissionValues(s *data.Submission) []any {
	kinds := make([]string, len(s.Mask))
	for i, kind := range s.Mask {
		kinds[i] = string(kind)
	}
	return []any{
		s.UID, s.DisputeID, s.Version, s.Profile, s.Language, ms(s.CreatedAt), s.CreatedBy,
		s.PDFName, s.PDFSHA256, s.BagName, s.BagSHA256, s.Pages, s.Exhibits, s.Bytes, ms(s.Generation),
		s.Program, s.Signer, strings.Join(kinds, " "),
		jsonText{&s.Changes},
		ms(s.SentAt), s.SentBy, s.SentNote, s.Receipt,
	}
}

// Submissions gives a dispute's submissions, by version.
func (r *Reader) Submissions(ctx context.Context, disputeID int64) ([]data.Submission, error) {
	return all(ctx, r, "SELECT id, "+submissionColumns+" FROM submission WHERE dispute_id = ? ORDER BY version", []any{disputeID}, scanSubmission)
}

// Submission gives the submission with the UID.
func (r *Reader) Submission(ctx context.Context, uid string) (data.Submission, error) {
	s, err := first(ctx, r, "SELECT id, "+submissionColumns+" FROM submission WHERE uid = ?", []any{uid}, scanSubmission)
	return s, missing(err, "submission", uid)
}

// SubmissionInput gives what a submission was made of, as InsertSubmission was
// given it; nil for one that was made before inputs were kept, and empty for one of
// which it was erased.
func (r *Reader) SubmissionInput(ctx context.Context, id int64) ([]byte, error) {
	input, err := first(ctx, r, "SELECT input FROM submission_input WHERE submission_id = ?", []any{id}, scanOne[[]byte])
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err == nil && input == nil {
		input = []byte{}
	}
	return input, err
}

// EraseSubmissionInput takes away what a submission was made of.
func (t *Tx) EraseSubmissionInput(id int64) error {
	_, err := t.exec("UPDATE submission_input SET input = x'' WHERE submission_id = ?", id)
	return err
}

// InsertSubmission stores a submission with what it was made of, which never
// changes afterwards. It sets the ID, and the UID, CreatedAt and CreatedBy when they are empty, and gives
// the next version when Version is 0.
func (t *Tx) InsertSubmission(s *data.Submission, files []SubmissionFile, input []byte) error {
	if s.UID == "" {
		s.UID = newUID()
	}
	if s.CreatedAt.IsZero() {
		s.CreatedAt = t.now
	}
	if s.CreatedBy == "" {
		s.CreatedBy = t.operator
	}
	if s.Version == 0 {
		last, err := first(t.ctx, &t.Reader, "SELECT coalesce(max(version), 0) FROM submission WHERE dispute_id = ?", []any{s.DisputeID}, scanOne[int])
		if err != nil {
			return err
		}
		s.Version = last + 1
	}
	id, err := t.insert(insertSQL("submission", submissionColumns), submissionValues(s)...)
	if err != nil {
		return conflicting(err, "submission")
	}
	s.ID = id
	for _, f := range files {
		if _, err := t.exec(insertSQL("submission_file", "submission_id, name, sha256, size"), id, f.Name, f.SHA256, f.Size); err != nil {
			return conflicting(err, "submission file")
		}
	}
	if input == nil {
		return nil
	}
	_, err = t.exec(insertSQL("submission_input", "submission_id, input"), id, input)
	return conflicting(err, "submission input")
}

// PutSent writes when, by whom and with what answer a submission was sent: all
// that is ever written of it later.
func (t *Tx) PutSent(s data.Submission) error {
	return t.change("submission", s.UID, "UPDATE submission SET sent_at = ?, sent_by = ?, sent_note = ?, receipt = ? WHERE id = ?",
		ms(s.SentAt), s.SentBy, s.SentNote, s.Receipt, s.ID)
}
