package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

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

// Snooze is something on Today that somebody put off.
type Snooze struct {
	Kind   data.TodayKind `json:"kind"`
	Row    int64          `json:"-"` // id of the dispute, order, feedback or task
	Until  time.Time      `json:"until"`
	Reason string         `json:"reason"`
	By     string         `json:"by"`
}

// PutSnooze puts something off; a zero Until brings it back.
func (t *Tx) PutSnooze(z Snooze) error {
	if z.Until.IsZero() {
		_, err := t.exec("DELETE FROM snooze WHERE kind = ? AND row = ?", string(z.Kind), z.Row)
		return err
	}
	if z.Reason == "" {
		return problemIncomplete.New("entity", "snooze", "field", "reason")
	}
	if z.By == "" {
		z.By = t.operator
	}
	_, err := t.exec("INSERT INTO snooze (kind, row, until, reason, by, at) VALUES (?, ?, ?, ?, ?, ?) "+
		"ON CONFLICT (kind, row) DO UPDATE SET until = excluded.until, reason = excluded.reason, by = excluded.by, at = excluded.at",
		string(z.Kind), z.Row, ms(z.Until), z.Reason, z.By, ms(t.now))
	return err
}

// Snooze gives until when something is put off; a zero Until: it is not.
func (r *Reader) Snooze(ctx context.Context, kind data.TodayKind, row int64) (Snooze, error) {
	z, err := first(ctx, r, snoozeSelect+"WHERE kind = ? AND row = ?", []any{string(kind), row}, scanSnooze)
	if errors.Is(err, sql.ErrNoRows) {
		return Snooze{Kind: kind, Row: row}, nil
	}
	return z, err
}

const snoozeSelect = "SELECT kind, row, until, reason, by FROM snooze "

func scanSnooze(row scanner) (z Snooze, err error) {
	return z, row.Scan(&z.Kind, &z.Row, moment{&z.Until}, &z.Reason, &z.By)
}

// Snoozes gives what is put off beyond a time, the soonest first.
func (r *Reader) Snoozes(ctx context.Context, now time.Time) ([]Snooze, error) {
	return all(ctx, r, snoozeSelect+"WHERE until > ? ORDER BY until", []any{ms(now)}, scanSnooze)
}
