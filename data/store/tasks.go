package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"casebinder/data"
)

const taskColumns = "uid, title, note, order_id, dispute_id, feedback_id, due, done_at, operator, origin, origin_key, binned_at"

const taskSelect = "SELECT id, " + taskColumns + " FROM task "

func scanTask(row scanner) (k data.Task, err error) {
	return k, row.Scan(&k.ID, &k.UID, &k.Title, &k.Note, rowRef{&k.OrderID}, rowRef{&k.DisputeID}, rowRef{&k.FeedbackID}, moment{&k.Due}, moment{&k.DoneAt},
		&k.Operator, &k.Origin.Kind, &k.Origin.Key, moment{&k.BinnedAt})
}

// Task gives a task, also one that is done or in the bin.
func (r *Reader) Task(ctx context.Context, id int64) (data.Task, error) {
	k, err := first(ctx, r, taskSelect+"WHERE id = ?", []any{id}, scanTask)
	return k, missing(err, "task", id)
}

// taskRows gives the tasks with the ids.
func (r *Reader) taskRows(ctx context.Context, ids []int32) ([]data.Task, error) {
	var list []data.Task
	err := chunks(ids, func(marks string, args []any) error {
		some, err := all(ctx, r, taskSelect+"WHERE id IN ("+marks+")", args, scanTask)
		list = append(list, some...)
		return err
	})
	return list, err
}

// TaskByUID gives the task with the UID, also one that is done or in the bin.
func (r *Reader) TaskByUID(ctx context.Context, uid string) (data.Task, error) {
	k, err := first(ctx, r, taskSelect+"WHERE uid = ?", []any{uid}, scanTask)
	return k, missing(err, "task", uid)
}

// TaskOfOrigin gives the task that something made, also one that is done or in
// the bin.
func (r *Reader) TaskOfOrigin(ctx context.Context, o data.TaskOrigin) (data.Task, error) {
	k, err := first(ctx, r, taskSelect+"WHERE origin = ? AND origin_key = ? AND origin <> ''", []any{o.Kind, o.Key}, scanTask)
	return k, missing(err, "task", o.Kind+" "+o.Key)
}

// TasksAbout gives the tasks about an order, with those about its disputes and
// feedback, that are not in the bin: the open ones first, the soonest first, and
// those without a date last.
func (r *Reader) TasksAbout(ctx context.Context, orderID int64) ([]data.Task, error) {
	return all(ctx, r, taskSelect+"WHERE order_id = ? AND binned_at IS NULL ORDER BY done_at IS NOT NULL, due IS NULL, due, id", []any{orderID}, scanTask)
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
	values := []any{
		k.UID, k.Title, k.Note, ref(k.OrderID), ref(k.DisputeID), ref(k.FeedbackID), ms(k.Due), ms(k.DoneAt),
		k.Operator, k.Origin.Kind, k.Origin.Key, ms(k.BinnedAt),
	}
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
