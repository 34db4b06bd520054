package desk

import (
	"context"
	"errors"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/store"
)

// Task gives a task, also one that is done or in the bin.
func (d *Desk) Task(ctx context.Context, id int64) (data.Task, error) { return d.store.Task(ctx, id) }

// PutTask stores a new task (UID "") or an edited one: its title, note, date,
// and what it is about. It can be undone.
func (d *Desk) PutTask(ctx context.Context, task data.Task) (data.Task, error) {
	if task.Title = strings.TrimSpace(task.Title); task.Title == "" {
		return task, problemNoText.New()
	}
	if task.UID == "" {
		return d.newTask(ctx, task)
	}
	err := d.act(ctx, d.editingTask(task.UID, "task.edit", func(t *data.Task) {
		t.Title, t.Note, t.Due = task.Title, task.Note, task.Due
		t.OrderID, t.DisputeID, t.FeedbackID = task.OrderID, task.DisputeID, task.FeedbackID
	}))
	if err != nil {
		return task, err
	}
	return d.store.TaskByUID(ctx, task.UID)
}

func (d *Desk) newTask(ctx context.Context, task data.Task) (data.Task, error) {
	made, err := d.addingTask(&task)
	if err != nil {
		return task, err
	}
	err = d.act(ctx, made)
	return task, err
}

// addingTask is the step that stores a new task.
func (d *Desk) addingTask(task *data.Task) (step, error) {
	uid, err := newUID()
	if err != nil {
		return nil, err
	}
	task.UID, task.Operator = uid, d.Operator()
	return func(_ context.Context, tx *store.Tx) (deed, error) {
		if err := tx.PutTask(task); err != nil {
			return deed{}, err
		}
		rows := taskRows(task)
		return deed{
			Change: data.Change{Action: "task.add", Entity: data.EntityTask, Key: task.UID, After: *task},
			effect: data.EffectAdded, rows: rows, back: binning(data.EntityTask, task.UID, true, rows...),
		}, nil
	}, nil
}

func taskRows(k *data.Task) []data.RowRef {
	rows := rowsOf(data.EntityTask, k.ID, k.OrderID, k.DisputeID)
	if k.FeedbackID != 0 {
		rows = append(rows, data.RowRef{Entity: data.EntityFeedback, ID: k.FeedbackID})
	}
	return rows
}

// editingTask is the step that edits a task as it stands then; taken back, it is
// as it was.
func (d *Desk) editingTask(uid, action string, edit func(*data.Task)) step {
	return func(ctx context.Context, tx *store.Tx) (deed, error) {
		before, err := tx.TaskByUID(ctx, uid)
		if err != nil {
			return deed{}, err
		}
		after := before
		edit(&after)
		return deed{
			Change: data.Change{Action: action, Entity: data.EntityTask, Key: uid, Before: before, After: after},
			effect: data.EffectChanged, rows: append(taskRows(&after), taskRows(&before)[1:]...),
			back: d.editingTask(uid, action, func(t *data.Task) { *t = before }),
		}, tx.PutTask(&after)
	}
}

// FinishTask says that a task is done. It can be undone. The daily mail check
// comes back the next day, weekends included.
func (d *Desk) FinishTask(ctx context.Context, id int64) error {
	return d.markTask(ctx, id, "task.finish", data.Instant(d.now().UTC()))
}

// ReopenTask says that a task that was done is to be done again. It can be
// undone.
func (d *Desk) ReopenTask(ctx context.Context, id int64) error {
	return d.markTask(ctx, id, "task.reopen", time.Time{})
}

func (d *Desk) markTask(ctx context.Context, id int64, action string, at time.Time) error {
	task, err := d.store.Task(ctx, id)
	if err != nil {
		return gone(err)
	}
	return d.act(ctx, d.editingTask(task.UID, action, func(t *data.Task) { t.DoneAt = at }))
}

// BinTask puts a task into the bin. It can be undone.
func (d *Desk) BinTask(ctx context.Context, id int64) error {
	task, err := d.store.Task(ctx, id)
	if err != nil {
		return gone(err)
	}
	return d.act(ctx, binning(data.EntityTask, task.UID, true, taskRows(&task)...))
}

var problemTask = data.DefineProblem("task_gone", data.ErrNotFound, "This task no longer exists.", "Look at the list again.")

func gone(err error) error {
	if errors.Is(err, data.ErrNotFound) {
		return problemTask.Wrap(err)
	}
	return err
}

// EnsureTask sees to it that there is a task for an origin: what the program
// found to be done. One that is there follows in title, note and date while it
// is open; one that a person finished or put into the bin stays as it is. It is
// no person's action, so that Undo passes over it.
func (d *Desk) EnsureTask(ctx context.Context, task data.Task) (data.Task, error) {
	known, err := d.store.TaskOfOrigin(ctx, task.Origin)
	switch {
	case errors.Is(err, data.ErrNotFound):
		made, err := d.addingTask(&task)
		if err == nil {
			err = d.record(ctx, made)
		}
		return task, err
	case err != nil:
		return task, err
	case !known.DoneAt.IsZero() || !known.BinnedAt.IsZero(),
		known.Title == task.Title && known.Note == task.Note && known.Due.Equal(task.Due):
		return known, nil
	}
	err = d.record(ctx, d.editingTask(known.UID, "task.edit", func(t *data.Task) { t.Title, t.Note, t.Due = task.Title, task.Note, task.Due }))
	known.Title, known.Note, known.Due = task.Title, task.Note, task.Due
	return known, err
}

// originMailCheck is the origin of the daily task to read the mail; its key is
// the day, in the operator's zone.
const originMailCheck = "mail_check"

// mailCheckHour is when the mail check falls due, on the operator's clock.
const mailCheckHour = 18

// EnsureMailCheck makes the day's task to read the mail of all platforms, once
// a day, weekends included; none before the desk has its first order. A desk that
// is opened for the first time in the evening has until midnight. title is what
// the task is called.
func (d *Desk) EnsureMailCheck(ctx context.Context, title string) error {
	if stats, err := d.store.Stats(ctx); err != nil || stats.Orders == 0 {
		return err
	}
	now := d.now().Local()
	origin := data.TaskOrigin{Kind: originMailCheck, Key: data.OnDay(now).String()}
	if _, err := d.store.TaskOfOrigin(ctx, origin); !errors.Is(err, data.ErrNotFound) {
		return err
	}
	year, month, date := now.Date()
	due := time.Date(year, month, date, mailCheckHour, 0, 0, 0, now.Location())
	if !due.After(now) {
		due = time.Date(year, month, date, 23, 59, 0, 0, now.Location())
	}
	_, err := d.EnsureTask(ctx, data.Task{Title: title, Due: due, Origin: origin})
	return err
}
