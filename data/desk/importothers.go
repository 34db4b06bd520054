package desk

import (
	"context"
	"errors"
	"time"

	"casebinder/data"
	"casebinder/data/importer"
	"casebinder/data/store"
)

// taker takes the feedback, messages and disputes of a file: a transaction, or a
// rehearsal, which says what they would become.
type taker interface {
	caseState
	Record(c data.Change) error
	OrderID(ctx context.Context, shopID int64, number string) (int64, error)
	OrdersByNumber(ctx context.Context, number string) ([]int64, error)
	OrdersByPayment(ctx context.Context, ref string) ([]int64, error)

	FeedbackByUID(ctx context.Context, shopID int64, uid string) (data.Feedback, error)
	FeedbackOfOrder(ctx context.Context, orderID int64) ([]data.Feedback, error)
	LikeFeedback(ctx context.Context, f *data.Feedback) (data.Feedback, error)
	PutFeedback(f *data.Feedback) error
	KnownMessage(ctx context.Context, m *data.Message) (data.Message, error)
	PutMessage(m *data.Message) error
	ErasedAt(ctx context.Context, orderID int64) (time.Time, error)

	Dispute(ctx context.Context, id int64) (*data.Dispute, error)
	DisputesByCase(ctx context.Context, number string) ([]int64, error)
	DisputesOfOrder(ctx context.Context, orderID int64) ([]data.Dispute, error)
	InsertDispute(d *data.Dispute) error
	EditDispute(d *data.Dispute) error
}

func (j *importJob) readOthers(ctx context.Context, tx *store.Tx, record *store.Import) error {
	options, err := j.options()
	if err != nil {
		return err
	}
	if err := j.takeOthers(ctx, tx, options); err != nil {
		return err
	}
	record.Counts = j.report.Counts
	return tx.PutImport(record)
}

// takeOthers reads the feedback, messages or disputes of the file.
func (j *importJob) takeOthers(ctx context.Context, tx taker, options importer.Options) error {
	j.orders = map[string]int64{}
	_, err := importer.Read(ctx, j.src, j.in, options, importer.Sink{
		Feedback: func(f *data.Feedback) error { return j.feedback(ctx, tx, f) },
		Message:  func(m *importer.Message) error { return j.message(ctx, tx, m) },
		Dispute:  func(c *importer.Dispute) error { return j.dispute(ctx, tx, c) },
		Reject:   j.reject,
		Doubt:    j.doubt,
	})
	return err
}

// keptOut leaves out, and tells, what a buyer wrote on an order before the personal
// data of it was erased.
func (j *importJob) keptOut(ctx context.Context, tx taker, orderID int64, number string, at time.Time) (bool, error) {
	erased, err := tx.ErasedAt(ctx, orderID)
	if err != nil || erased.IsZero() || at.After(erased) {
		return false, err
	}
	j.report.Counts.Unchanged++
	return true, j.doubt(j.aboutOrder(number, problemErasedTalk.New("number", number)))
}

func (j *importJob) message(ctx context.Context, tx taker, m *importer.Message) (err error) {
	if j.preview != nil && len(j.preview.Messages) < previewRows {
		j.preview.Messages = append(j.preview.Messages, m.Message)
	}
	if m.OrderID, err = j.orderID(ctx, tx, m.OrderNumber); err != nil {
		return err
	}
	if out, err := j.keptOut(ctx, tx, m.OrderID, m.OrderNumber, m.SentAt); out || err != nil {
		return err
	}
	before, err := tx.KnownMessage(ctx, &m.Message)
	if err == nil && before.Text == m.Text && before.OrderID == m.OrderID && (m.Translation == "" || m.Translation == before.Translation) {
		j.report.Counts.Unchanged++
		return nil
	}
	known := err == nil
	if err != nil && !errors.Is(err, data.ErrNotFound) {
		return err
	}
	m.Source = data.SourceImport
	change := data.Change{Action: "message.import", Entity: "message", Key: m.UID, After: m.Message}
	if known {
		change.Before = before
		keepMessage(&m.Message, before)
		j.report.Counts.Updated++
	} else {
		j.report.Counts.Added++
	}
	if err := tx.PutMessage(&m.Message); err != nil {
		return err
	}
	j.told.note(data.EntityMessage, m.ID)
	j.told.order(m.OrderID)
	j.told.order(before.OrderID)
	return tx.Record(change)
}

// keepMessage keeps what the desk knows and the file does not say.
func keepMessage(m *data.Message, before data.Message) {
	m.ID, m.DisputeID, m.IntakeID, m.ExternalID = before.ID, before.DisputeID, before.IntakeID, before.ExternalID
	m.Source, m.Edited, m.NoAnswer = before.Source, before.Edited, before.NoAnswer
	m.Template, m.Variant, m.Passed = before.Template, before.Variant, before.Passed
	if m.Translation == "" {
		m.Translation, m.TransLang, m.Translator = before.Translation, before.TransLang, before.Translator
	}
	if m.Author == "" {
		m.Author = before.Author
	}
	if m.Language == "" {
		m.Language = before.Language
	}
}
