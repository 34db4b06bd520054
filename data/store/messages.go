package store

import (
	"context"
	"database/sql"
	"errors"

	"casebinder/data"
)

const messageColumns = "uid, order_id, dispute_id, direction, channel, author, sent_at, language, text, translation, translation_language, translator, " +
	"intake_id, source, precision, external_id, edited, no_answer, template, variant, passed"

const messageSelect = "SELECT id, " + messageColumns + " FROM message WHERE "

func scanMessage(row scanner) (m data.Message, err error) {
	return m, row.Scan(&m.ID, &m.UID, rowRef{&m.OrderID}, rowRef{&m.DisputeID}, &m.Direction, &m.Channel, &m.Author, moment{&m.SentAt},
		&m.Language, &m.Text, &m.Translation, &m.TransLang, &m.Translator,
		rowRef{&m.IntakeID}, &m.Source, &m.Precision, &m.ExternalID, &m.Edited, &m.NoAnswer, &m.Template, &m.Variant, jsonText{&m.Passed})
}

// Messages gives the messages about an order, oldest first.
func (r *Reader) Messages(ctx context.Context, orderID int64) ([]data.Message, error) {
	return all(ctx, r, messageSelect+"order_id = ? ORDER BY sent_at, id", []any{orderID}, scanMessage)
}

// MessageByUID gives the message with the UID.
func (r *Reader) MessageByUID(ctx context.Context, uid string) (data.Message, error) {
	m, err := first(ctx, r, messageSelect+"uid = ?", []any{uid}, scanMessage)
	return m, missing(err, "message", uid)
}

// KnownMessage gives the message that has the UID of a given one.
func (r *Reader) KnownMessage(ctx context.Context, m *data.Message) (data.Message, error) {
	return r.MessageByUID(ctx, m.UID)
}

func messageText(m *data.Message) []string { return []string{m.Text, m.Translation, m.Author} }

// PutMessage writes a message: the one with its UID, else a new one. It sets
// the ID, and a UID when it is empty. The text of a stored message never
// changes; another text under a known UID is a data.ErrConflict.
func (t *Tx) PutMessage(m *data.Message) error {
	if m.UID == "" {
		m.UID = newUID()
	}
	old, err := first(t.ctx, &t.Reader, messageSelect+"uid = ?", []any{m.UID}, scanMessage)
	fresh := errors.Is(err, sql.ErrNoRows)
	if err != nil && !fresh {
		return err
	}
	if !fresh && old.Text != m.Text {
		return problemMessage.New()
	}
	values := []any{
		m.UID, ref(m.OrderID), ref(m.DisputeID), string(m.Direction), m.Channel, m.Author, ms(m.SentAt), m.Language, m.Text,
		m.Translation, m.TransLang, m.Translator,
		ref(m.IntakeID), string(m.Source), string(m.Precision), m.ExternalID, m.Edited, m.NoAnswer, m.Template, m.Variant,
		jsonText{m.Passed},
	}
	t.touch(m.OrderID)
	t.touch(old.OrderID)
	if fresh {
		m.ID, err = t.insert(insertSQL("message", messageColumns), values...)
	} else {
		m.ID = old.ID
		err = t.change("message", m.UID, updateSQL("message", messageColumns), append(values, m.ID)...)
	}
	if err != nil {
		return conflicting(err, "message")
	}
	return t.index("message_search", m.ID, fresh, messageText(m))
}

var problemMessage = data.DefineProblem("store_message", data.ErrConflict,
	"This message is already in the desk, with another text. The text of a message is never changed.",
	"Keep the one that is there, or add this one as a message of its own.")
