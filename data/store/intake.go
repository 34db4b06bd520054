package store

import (
	"context"
	"strings"
	"time"

	"casebinder/data"
)

// InsertIntake stores what came in as one piece and sets its ID, and UID, TakenAt
// and TakenBy where they are empty.
func (t *Tx) InsertIntake(in *data.Intake) error {
	if in.UID == "" {
		in.UID = newUID()
	}
	if in.TakenAt.IsZero() {
		in.TakenAt = t.now
	}
	if in.TakenBy == "" {
		in.TakenBy = t.operator
	}
	id, err := t.insert(insertSQL("intake", "uid, form, name, raw, sha256, taken_at, taken_by"),
		in.UID, in.Form, in.Name, in.Raw, in.SHA256, ms(in.TakenAt), in.TakenBy)
	in.ID = id
	return conflicting(err, "intake")
}

// SetIntakeSum writes the sum of an intake's file, which is known once all of it was
// read.
func (t *Tx) SetIntakeSum(in *data.Intake) error {
	return t.change("intake", in.UID, "UPDATE intake SET sha256 = ? WHERE id = ?", in.SHA256, in.ID)
}

// SetIntakeRaw writes the text of an intake, which is known once all of it was read.
func (t *Tx) SetIntakeRaw(in *data.Intake, raw string) error {
	in.Raw = raw
	return t.change("intake", in.UID, "UPDATE intake SET raw = ? WHERE id = ?", raw, in.ID)
}

const intakeSelect = "SELECT id, uid, form, name, raw, sha256, taken_at, taken_by FROM intake WHERE "

func scanIntake(row scanner) (in data.Intake, err error) {
	return in, row.Scan(&in.ID, &in.UID, &in.Form, &in.Name, &in.Raw, &in.SHA256, moment{&in.TakenAt}, &in.TakenBy)
}

// Intake gives what came in as one piece.
func (r *Reader) Intake(ctx context.Context, id int64) (data.Intake, error) {
	in, err := first(ctx, r, intakeSelect+"id = ?", []any{id}, scanIntake)
	return in, missing(err, "intake", id)
}

// IntakesBySum gives what came in before with the same bytes, the oldest first.
func (r *Reader) IntakesBySum(ctx context.Context, sum string) ([]data.Intake, error) {
	return all(ctx, r, intakeSelect+"sha256 = ? ORDER BY id", []any{sum}, scanIntake)
}

// MessagesOfIntake gives the row ids of the messages that came in as one piece.
func (r *Reader) MessagesOfIntake(ctx context.Context, id int64) ([]int64, error) {
	return all(ctx, r, "SELECT id FROM message WHERE intake_id = ? ORDER BY id", []any{id}, scanOne[int64])
}

// EvidenceOfMessages gives the row ids of the files that came with the messages of
// an intake.
func (r *Reader) EvidenceOfMessages(ctx context.Context, intake int64) ([]int64, error) {
	return all(ctx, r, "SELECT id FROM evidence WHERE message_id IN (SELECT id FROM message WHERE intake_id = ?) ORDER BY id", []any{intake}, scanOne[int64])
}

// SameMessage gives the row id of the message that is the given one: with its id
// at its source, or of its order, direction, time and text. 0 where there is none.
// Of a time that is a day, or none, the day's or the order's messages are compared.
func (r *Reader) SameMessage(ctx context.Context, m *data.Message) (int64, error) {
	if m.ExternalID != "" {
		ids, err := all(ctx, r, "SELECT id FROM message WHERE external_id = ? AND external_id <> '' LIMIT 1", []any{m.ExternalID}, scanOne[int64])
		if err != nil || len(ids) > 0 {
			return one(ids), err
		}
		if m.OrderID == 0 {
			return 0, nil // two mails with names of their own are two, however alike
		}
	}
	from, to := m.SentAt.Truncate(time.Minute), m.SentAt.Truncate(time.Minute).Add(time.Minute-time.Millisecond)
	switch m.Precision {
	case data.ToDay:
		from, to = m.SentAt.Add(-time.Hour), m.SentAt.Add(25*time.Hour)
	case data.NoTime:
		from, to = time.UnixMilli(0), m.SentAt.Add(24*time.Hour*365)
	}
	query, args := "SELECT id FROM message WHERE order_id = ? AND sent_at BETWEEN ? AND ? AND direction = ? AND text = ? LIMIT 1", []any{m.OrderID, ms(from), ms(to), string(m.Direction), m.Text}
	if m.OrderID == 0 {
		query = strings.Replace(query, "order_id = ?", "order_id IS NULL AND author = ?", 1)
		args[0] = m.Author
	}
	if m.ExternalID != "" {
		query = strings.Replace(query, " LIMIT", " AND external_id = '' LIMIT", 1)
	}
	ids, err := all(ctx, r, query, args, scanOne[int64])
	return one(ids), err
}

func one(ids []int64) int64 {
	if len(ids) == 0 {
		return 0
	}
	return ids[0]
}

// OrdersOfContact gives the orders of a buyer by address, handle or name, the
// newest first, 20 at most.
func (r *Reader) OrdersOfContact(ctx context.Context, contact string) ([]int64, error) {
	if contact == "" {
		return nil, nil
	}
	if strings.Contains(contact, "@") {
		return all(ctx, r, "SELECT id FROM orders WHERE lower(buyer_email) = ? AND buyer_email <> '' ORDER BY ordered_at DESC, id DESC LIMIT 20",
			[]any{strings.ToLower(contact)}, scanOne[int64])
	}
	return all(ctx, r, "SELECT id FROM orders WHERE buyer_id IN (SELECT id FROM buyer WHERE handle = ?1 AND platform IN (SELECT platform FROM shop)) "+
		"UNION SELECT id FROM orders WHERE buyer_name = ?1 ORDER BY 1 DESC LIMIT 20", []any{contact}, scanOne[int64])
}
