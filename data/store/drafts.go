package store

import (
	"context"
	"database/sql"
	"errors"

	"casebinder/data"
)

const draftColumns = "uid, order_id, dispute_id, feedback_id, template, variant, language, text, fields, passed, updated_at, updated_by, copied_at, copied_text, copied_in"

const (
	draftSelect = "SELECT id, " + draftColumns + " FROM draft "
	draftAbout  = "order_id = ? AND dispute_id = ? AND feedback_id = ?"
)

func scanDraft(row scanner) (d data.ReplyDraft, err error) {
	return d, row.Scan(&d.ID, &d.UID, &d.OrderID, &d.DisputeID, &d.FeedbackID, &d.Template, &d.Variant, &d.Language, &d.Text,
		jsonText{&d.Fields}, jsonText{&d.Passed}, moment{&d.UpdatedAt}, &d.UpdatedBy, moment{&d.CopiedAt}, &d.CopiedText, &d.CopiedIn)
}

// DraftOf gives the draft of a reply; data.ErrNotFound where none was begun.
func (r *Reader) DraftOf(ctx context.Context, about data.ReplyAbout) (data.ReplyDraft, error) {
	d, err := first(ctx, r, draftSelect+"WHERE "+draftAbout, []any{about.OrderID, about.DisputeID, about.FeedbackID}, scanDraft)
	return d, missing(err, "draft", about)
}

// Drafts gives all drafts, the newest first.
func (r *Reader) Drafts(ctx context.Context) ([]data.ReplyDraft, error) {
	return all(ctx, r, draftSelect+"ORDER BY updated_at DESC, id DESC", nil, scanDraft)
}

// PutDraft writes every field of a draft: the one about the same, else a new one.
// It sets the ID, and a UID when it is empty.
func (t *Tx) PutDraft(d *data.ReplyDraft) error {
	if d.UID == "" {
		d.UID = newUID()
	}
	if d.UpdatedAt.IsZero() {
		d.UpdatedAt, d.UpdatedBy = t.now, t.operator
	}
	values := []any{
		d.UID, d.OrderID, d.DisputeID, d.FeedbackID, d.Template, d.Variant, d.Language, d.Text,
		jsonText{d.Fields},
		jsonText{d.Passed},
		ms(d.UpdatedAt), d.UpdatedBy, ms(d.CopiedAt), d.CopiedText, d.CopiedIn,
	}
	id, err := first(t.ctx, &t.Reader, "SELECT id FROM draft WHERE "+draftAbout, []any{d.OrderID, d.DisputeID, d.FeedbackID}, scanOne[int64])
	switch {
	case err == nil:
		d.ID = id
		return t.change("draft", d.UID, updateSQL("draft", draftColumns), append(values, id)...)
	case errors.Is(err, sql.ErrNoRows):
		d.ID, err = t.insert(insertSQL("draft", draftColumns), values...)
	}
	return conflicting(err, "draft")
}

// DropDraft takes the draft of a reply out for good.
func (t *Tx) DropDraft(about data.ReplyAbout) error {
	return t.change("draft", about, "DELETE FROM draft WHERE "+draftAbout, about.OrderID, about.DisputeID, about.FeedbackID)
}

// draftColumn names the column by which a draft is about an entity.
var draftColumn = map[string]string{"order": "order_id", "dispute": "dispute_id", "feedback": "feedback_id"}

// dropDraftsAbout takes the drafts about an entity out: the next one may get its
// number, and is another buyer's.
func (t *Tx) dropDraftsAbout(entity string, id int64) error {
	column, ok := draftColumn[entity]
	if !ok {
		return nil
	}
	_, err := t.exec("DELETE FROM draft WHERE "+column+" = ?", id)
	return err
}
