package store

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"casebinder/data"
)

type migration struct{ name, sql string }

// Reader has the reading methods.
type Reader struct{}

// Store is an open desk.
type Store struct{ Reader }

// Tx is a writing transaction.
type Tx struct{ Reader }

// OrderImport takes the orders of one file, inside one transaction.
type OrderImport struct{}

var errStub = errors.ErrUnsupported

func Open(ctx context.Context, path string, o Options) (*Store, error) { return nil, errStub }
func (s *Store) Close() error                                          { return errStub }
func (s *Store) SetOperator(name string)                               {}
func (s *Store) Update(ctx context.Context, fn func(*Tx) error) error  { return errStub }
func (s *Store) Backup(ctx context.Context, path string) error         { return errStub }
func (s *Store) Check(ctx context.Context) error                       { return errStub }

func (t *Tx) Record(c data.Change) error { return errStub }
func (r *Reader) VerifyJournal(ctx context.Context) (bad *data.JournalEntry, why string, err error) {
	return nil, "", errStub
}

func (r *Reader) Journal(ctx context.Context, afterSeq int64, limit int) ([]data.JournalEntry, error) {
	return nil, errStub
}

func (r *Reader) JournalOf(ctx context.Context, entity, key string) ([]data.JournalEntry, error) {
	return nil, errStub
}

func (r *Reader) Shops(ctx context.Context) ([]data.Shop, error) { return nil, errStub }
func (r *Reader) ShopByID(ctx context.Context, id int64) (data.Shop, error) {
	return data.Shop{}, errStub
}

func (r *Reader) ShopByKey(ctx context.Context, p data.Platform, name string) (data.Shop, error) {
	return data.Shop{}, errStub
}
func (t *Tx) PutShop(s *data.Shop) error { return errStub }

func (r *Reader) Order(ctx context.Context, id int64) (*data.Order, error) { return nil, errStub }
func (r *Reader) OrderByKey(ctx context.Context, shopID int64, number string) (*data.Order, error) {
	return nil, errStub
}

func (r *Reader) OrdersByNumber(ctx context.Context, number string) ([]int64, error) {
	return nil, errStub
}

func (r *Reader) OrderIDs(ctx context.Context, q data.OrderQuery) ([]int32, error) {
	return nil, errStub
}

func (r *Reader) OrderFirst(ctx context.Context, q data.OrderQuery, limit int) ([]data.OrderRow, error) {
	return nil, errStub
}

func (r *Reader) OrderRows(ctx context.Context, ids []int32) ([]data.OrderRow, error) {
	return nil, errStub
}

func (r *Reader) OrderCount(ctx context.Context, q data.OrderQuery) (int, error) { return 0, errStub }

func (t *Tx) PutOrder(o *data.Order) error { return errStub }

func (t *Tx) ImportOrders(ctx context.Context, src *Import) (*OrderImport, error) {
	return nil, errStub
}

// Add takes one order. It is kept only when Finish and the transaction succeed.
func (m *OrderImport) Add(o *data.Order) (Outcome, error) { return 0, errStub }

// Finish completes the import; rejected is how many rows of the file were not taken.
func (m *OrderImport) Finish(rejected int) (data.ImportCounts, error) {
	return data.ImportCounts{}, errStub
}
func (t *Tx) PutImport(m *Import) error                                    { return errStub }
func (r *Reader) Imports(ctx context.Context, limit int) ([]Import, error) { return nil, errStub }
func (r *Reader) ImportsOfFile(ctx context.Context, sha256 string) ([]Import, error) {
	return nil, errStub
}

func (r *Reader) ImportsOfOrder(ctx context.Context, orderID int64) ([]Import, error) {
	return nil, errStub
}

func (r *Reader) Messages(ctx context.Context, orderID int64) ([]data.Message, error) {
	return nil, errStub
}

func (r *Reader) MessageByUID(ctx context.Context, uid string) (data.Message, error) {
	return data.Message{}, errStub
}
func (t *Tx) PutMessage(m *data.Message) error { return errStub }

func (r *Reader) Dispute(ctx context.Context, id int64) (*data.Dispute, error) { return nil, errStub }

func (r *Reader) DisputeByUID(ctx context.Context, uid string) (*data.Dispute, error) {
	return nil, errStub
}

func (r *Reader) DisputesByCase(ctx context.Context, number string) ([]int64, error) {
	return nil, errStub
}

func (r *Reader) DisputesOfOrder(ctx context.Context, orderID int64) ([]data.Dispute, error) {
	return nil, errStub
}
func (r *Reader) OpenDisputes(ctx context.Context) ([]int64, error) { return nil, errStub }
func (r *Reader) DisputeIDs(ctx context.Context, q data.DisputeQuery) ([]int32, error) {
	return nil, errStub
}

func (r *Reader) DisputeFirst(ctx context.Context, q data.DisputeQuery, limit int) ([]data.DisputeRow, error) {
	return nil, errStub
}

func (r *Reader) DisputeRows(ctx context.Context, ids []int32) ([]data.DisputeRow, error) {
	return nil, errStub
}

func (r *Reader) DisputeCount(ctx context.Context, q data.DisputeQuery) (int, error) {
	return 0, errStub
}

func (r *Reader) Deadlines(ctx context.Context, disputeID int64) ([]Deadline, error) {
	return nil, errStub
}

// InsertDispute stores a new dispute with its events and sets its ID and theirs.
func (t *Tx) InsertDispute(d *data.Dispute) error                   { return errStub }
func (t *Tx) AppendEvent(disputeID int64, e *data.CaseEvent) error  { return errStub }
func (t *Tx) SetDisputeCache(disputeID int64, c DisputeCache) error { return errStub }

// EditDispute writes every field of the dispute but its events, by ID or UID.
func (t *Tx) EditDispute(d *data.Dispute) error { return errStub }

func (r *Reader) Checklist(ctx context.Context, disputeID int64) ([]ChecklistState, error) {
	return nil, errStub
}

func (t *Tx) PutChecklist(disputeID int64, c ChecklistState) error { return errStub }

func (r *Reader) Exhibits(ctx context.Context, disputeID int64) ([]ExhibitState, error) {
	return nil, errStub
}

func (t *Tx) PutExhibits(disputeID int64, x []ExhibitState) error { return errStub }

func (r *Reader) Findings(ctx context.Context, disputeID int64) ([]Finding, error) {
	return nil, errStub
}

func (t *Tx) PutFinding(f *Finding) error { return errStub }

func (r *Reader) Evidence(ctx context.Context, id int64) (data.Evidence, error) {
	return data.Evidence{}, errStub
}

func (r *Reader) EvidenceByUID(ctx context.Context, uid string) (data.Evidence, error) {
	return data.Evidence{}, errStub
}

func (r *Reader) EvidenceOf(ctx context.Context, disputeID int64) ([]data.Evidence, error) {
	return nil, errStub
}

func (r *Reader) EvidenceOfOrder(ctx context.Context, orderID int64) ([]data.Evidence, error) {
	return nil, errStub
}

func (r *Reader) EvidenceBySHA(ctx context.Context, sha string) ([]data.Evidence, error) {
	return nil, errStub
}

func (r *Reader) EvidenceSHAs(ctx context.Context) ([]string, error) { return nil, errStub }

func (t *Tx) InsertEvidence(e *data.Evidence) error { return errStub }

func (t *Tx) EditEvidence(e *data.Evidence) error { return errStub }

func (r *Reader) Feedback(ctx context.Context, id int64) (data.Feedback, error) {
	return data.Feedback{}, errStub
}

func (r *Reader) FeedbackByUID(ctx context.Context, shopID int64, uid string) (data.Feedback, error) {
	return data.Feedback{}, errStub
}

func (r *Reader) FeedbackIDs(ctx context.Context, q data.FeedbackQuery) ([]int32, error) {
	return nil, errStub
}

func (r *Reader) FeedbackFirst(ctx context.Context, q data.FeedbackQuery, limit int) ([]data.Feedback, error) {
	return nil, errStub
}

func (r *Reader) FeedbackRows(ctx context.Context, ids []int32) ([]data.Feedback, error) {
	return nil, errStub
}

func (r *Reader) FeedbackCount(ctx context.Context, q data.FeedbackQuery) (int, error) {
	return 0, errStub
}

func (t *Tx) PutFeedback(f *data.Feedback) error { return errStub }

func (r *Reader) Templates(ctx context.Context, binned bool) ([]data.Template, error) {
	return nil, errStub
}

func (r *Reader) Template(ctx context.Context, id int64) (data.Template, error) {
	return data.Template{}, errStub
}

func (r *Reader) TemplateByUID(ctx context.Context, uid string) (data.Template, error) {
	return data.Template{}, errStub
}
func (t *Tx) PutTemplate(m *data.Template) error { return errStub }

func (r *Reader) Submissions(ctx context.Context, disputeID int64) ([]data.Submission, error) {
	return nil, errStub
}

func (r *Reader) SubmissionFiles(ctx context.Context, submissionID int64) ([]SubmissionFile, error) {
	return nil, errStub
}
func (t *Tx) InsertSubmission(s *data.Submission, files []SubmissionFile) error { return errStub }

// Setting gives the JSON value of a setting; nil when it was never set.
func (r *Reader) Setting(ctx context.Context, key string) (json.RawMessage, error) {
	return nil, errStub
}

func (r *Reader) Settings(ctx context.Context) (map[string]json.RawMessage, error) {
	return nil, errStub
}

func (t *Tx) PutSetting(key string, value json.RawMessage) error { return errStub }

func (r *Reader) PolicyOverrides(ctx context.Context) (map[string]json.RawMessage, error) {
	return nil, errStub
}

func (t *Tx) PutPolicyOverride(platform data.Platform, rule string, value json.RawMessage) error {
	return errStub
}
func (r *Reader) Operators(ctx context.Context) ([]Operator, error) { return nil, errStub }
func (t *Tx) PutOperator(o Operator) error                          { return errStub }

func (r *Reader) Tasks(ctx context.Context, doneToo bool) ([]data.Task, error) { return nil, errStub }

func (r *Reader) TaskByUID(ctx context.Context, uid string) (data.Task, error) {
	return data.Task{}, errStub
}

func (t *Tx) PutTask(k *data.Task) error { return errStub }

// SetBinned puts a "dispute", "evidence", "feedback" or "template" into the bin, or with a zero time takes it out.
func (t *Tx) SetBinned(entity string, id int64, at time.Time) error { return errStub }

// Delete takes an entity out for good, as the undo of its making. What others refer to is refused.
func (t *Tx) Delete(entity string, id int64) error { return errStub }

func (r *Reader) SearchAll(ctx context.Context, text string, limit int) (Found, error) {
	return Found{}, errStub
}

func (r *Reader) Today(ctx context.Context, now time.Time, shopID int64, limit int) (TodayList, error) {
	return TodayList{}, errStub
}
func (r *Reader) Stats(ctx context.Context) (Stats, error) { return Stats{}, errStub }
