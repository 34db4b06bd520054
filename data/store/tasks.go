package store

import (
	"context"
	"database/sql"
	"errors"

	"casebinder/data"
)

const taskColumns = "uid, title, order_id, dispute_id, due, done_at, operator"

const taskSelect = "SELECT id, " + taskColumns + " FROM task "

func scanTask(row scanner) (k data.Task, err error) {
	return k, row.Scan(&k.ID, &k.UID, &k.Title, rowRef{&k.OrderID}, rowRef{&k.DisputeID}, moment{&k.Due}, moment{&k.DoneAt}, &k.Operator)
}

// Tasks gives the open tasks, soonest first and those without a date last;
// with doneToo also those that are done, after them.
func (r *Reader) Tasks(ctx context.Context, doneToo bool) ([]data.Task, error) {
	return all(ctx, r, taskSelect+"WHERE done_at IS NULL OR ? ORDER BY done_at IS NOT NULL, due IS NULL, due, id", []any{doneToo}, scanTask)
}

// TaskByUID gives the task with the UID.
func (r *Reader) TaskByUID(ctx context.Context, uid string) (data.Task, error) {
	k, err := first(ctx, r, taskSelect+"WHERE uid = ?", []any{uid}, scanTask)
	return k, missing(err, "task", uid)
}

// PutTask writes every field of a task: the one with its UID, else a new one.
// It sets the ID, and a UID when it is empty.
func (t *Tx) PutTask(k *data.Task) error {
	if k.Title == "" {
		return problemIncomplete.New("entity", "task", "field", "title")
	}
	if k.UID == "" {
		k.UID = newUID()
	}
	values := []any{k.UID, k.Title, ref(k.OrderID), ref(k.DisputeID), ms(k.Due), ms(k.DoneAt), k.Operator}
	id, err := first(t.ctx, &t.Reader, "SELECT id FROM task WHERE uid = ?", []any{k.UID}, scanOne[int64])
	switch {
	case err == nil:
		k.ID = id
		return t.change("task", k.UID, updateSQL("task", taskColumns), append(values, id)...)
	case errors.Is(err, sql.ErrNoRows):
		k.ID, err = t.insert(insertSQL("task", taskColumns), values...)
	}
	return conflicting(err, "task")
}
