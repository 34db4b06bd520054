package store

import (
	"context"

	"casebinder/data"
)

const submissionColumns = "uid, dispute_id, version, profile, language, created_at, created_by, pdf_name, pdf_sha256, bag_name, bag_sha256, " +
	"pages, exhibits, bytes, generation"

// Submissions gives a dispute's submissions, by version.
func (r *Reader) Submissions(ctx context.Context, disputeID int64) ([]data.Submission, error) {
	const query = "SELECT id, " + submissionColumns + " FROM submission WHERE dispute_id = ? ORDER BY version"
	return all(ctx, r, query, []any{disputeID}, func(row scanner) (s data.Submission, err error) {
		return s, row.Scan(&s.ID, &s.UID, &s.DisputeID, &s.Version, &s.Profile, &s.Language, moment{&s.CreatedAt}, &s.CreatedBy,
			&s.PDFName, &s.PDFSHA256, &s.BagName, &s.BagSHA256, &s.Pages, &s.Exhibits, &s.Bytes, moment{&s.Generation})
	})
}

// SubmissionFiles gives the files of a submission, by name.
func (r *Reader) SubmissionFiles(ctx context.Context, submissionID int64) ([]SubmissionFile, error) {
	const query = "SELECT name, sha256, size FROM submission_file WHERE submission_id = ? ORDER BY name"
	return all(ctx, r, query, []any{submissionID}, func(row scanner) (f SubmissionFile, err error) {
		return f, row.Scan(&f.Name, &f.SHA256, &f.Size)
	})
}

// InsertSubmission stores a submission, which never changes afterwards. It sets
// the ID, and the UID, CreatedAt and CreatedBy when they are empty, and gives
// the next version when Version is 0.
func (t *Tx) InsertSubmission(s *data.Submission, files []SubmissionFile) error {
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
	id, err := t.insert(insertSQL("submission", submissionColumns), s.UID, s.DisputeID, s.Version, s.Profile, s.Language, ms(s.CreatedAt), s.CreatedBy,
		s.PDFName, s.PDFSHA256, s.BagName, s.BagSHA256, s.Pages, s.Exhibits, s.Bytes, ms(s.Generation))
	if err != nil {
		return conflicting(err, "submission")
	}
	s.ID = id
	for _, f := range files {
		if _, err := t.exec(insertSQL("submission_file", "submission_id, name, sha256, size"), id, f.Name, f.SHA256, f.Size); err != nil {
			return conflicting(err, "submission file")
		}
	}
	return nil
}
