package desk

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/data/agenda"
	"casebinder/data/store"
)

// todayLimit bounds the rows of each kind on Today.
const todayLimit = 500

// Today lists what waits, the soonest first, of two with one date the dearer
// first; what has no date comes last. What was put off is left out. shopID 0
// is all shops.
func (d *Desk) Today(ctx context.Context, shopID int64) ([]data.TodayRow, error) {
	rows, _, err := d.todayAndSnoozed(ctx, shopID)
	return rows, err
}

// Snoozed lists what was put off, until when and why.
func (d *Desk) Snoozed(ctx context.Context, shopID int64) ([]SnoozedRow, error) {
	_, snoozed, err := d.todayAndSnoozed(ctx, shopID)
	return snoozed, err
}

// SnoozedRow is something that somebody put off.
type SnoozedRow struct {
	data.TodayRow
	Until  time.Time
	Reason string
	By     string
}

func (d *Desk) todayAndSnoozed(ctx context.Context, shopID int64) (rows []data.TodayRow, snoozed []SnoozedRow, err error) {
	list, err := d.store.Today(ctx, d.now(), shopID, todayLimit)
	if err != nil {
		return nil, nil, err
	}
	off, err := d.store.Snoozes(ctx, d.now())
	if err != nil {
		return nil, nil, err
	}
	for _, row := range list.Rows {
		i := slices.IndexFunc(off, func(z store.Snooze) bool { return z.Kind == row.Kind && z.Row == row.ID })
		if i < 0 {
			rows = append(rows, row)
			continue
		}
		snoozed = append(snoozed, SnoozedRow{TodayRow: row, Until: off[i].Until, Reason: off[i].Reason, By: off[i].By})
	}
	return rows, snoozed, nil
}

var problemSnoozePast = data.DefineProblem("snooze_past", data.ErrInvalid,
	"The time {until} has passed already.", "Choose a later time.")

// Snooze puts a row of Today off until a time, with the reason; a zero time
// brings it back. It can be undone.
func (d *Desk) Snooze(ctx context.Context, kind data.TodayKind, row int64, until time.Time, reason string) error {
	reason = strings.TrimSpace(reason)
	switch {
	case !until.IsZero() && !until.After(d.now()):
		return problemSnoozePast.New("until", until.Format(time.RFC3339))
	case !until.IsZero() && reason == "":
		return problemWhy.New()
	}
	put := func(until time.Time) func(context.Context, *store.Tx) (data.Change, error) {
		return func(_ context.Context, tx *store.Tx) (data.Change, error) {
			z := store.Snooze{Kind: kind, Row: row, Until: until, Reason: reason}
			return data.Change{Action: "today.snooze", Entity: string(kind), Key: strconv.FormatInt(row, 10), After: z}, tx.PutSnooze(z)
		}
	}
	err := d.change(ctx, func(tx *store.Tx) (data.Change, error) { return put(until)(ctx, tx) })
	if err == nil && !until.IsZero() {
		d.canUndo("today.snooze", put(time.Time{}))
	}
	return err
}

// PutTask stores a new task (UID "") or an edited one. It can be undone.
func (d *Desk) PutTask(ctx context.Context, task data.Task) (data.Task, error) {
	if task.Title = strings.TrimSpace(task.Title); task.Title == "" {
		return task, problemNoText.New()
	}
	var before data.Task
	isNew := task.UID == ""
	if isNew {
		uid, err := newUID()
		if err != nil {
			return task, err
		}
		task.UID, task.Operator = uid, d.Operator()
	} else {
		var err error
		if before, err = d.store.TaskByUID(ctx, task.UID); err != nil {
			return task, err
		}
	}
	err := d.change(ctx, func(tx *store.Tx) (data.Change, error) {
		change := data.Change{Action: "task.put", Entity: "task", Key: task.UID}
		if !isNew {
			change.Before = before
		}
		err := tx.PutTask(&task)
		change.After = task
		return change, err
	})
	if err != nil {
		return task, err
	}
	d.canUndo("task.put", func(_ context.Context, tx *store.Tx) (data.Change, error) {
		change := data.Change{Entity: "task", Key: task.UID, Before: task}
		if isNew {
			return change, tx.Delete("task", task.ID)
		}
		change.After = before
		return change, tx.PutTask(&before)
	})
	return task, nil
}

// FinishTask says that a task is done. It can be undone. The daily mail check
// comes back the next day, weekends included.
func (d *Desk) FinishTask(ctx context.Context, id int64) error {
	task, err := d.task(ctx, id)
	if err != nil {
		return err
	}
	task.DoneAt = d.now().UTC()
	_, err = d.PutTask(ctx, task)
	return err
}

var problemTask = data.DefineProblem("task_gone", data.ErrNotFound, "This task is no longer there.", "Look at the list again.")

func (d *Desk) task(ctx context.Context, id int64) (data.Task, error) {
	tasks, err := d.store.Tasks(ctx, false)
	if err != nil {
		return data.Task{}, err
	}
	for _, t := range tasks {
		if t.ID == id {
			return t, nil
		}
	}
	return data.Task{}, problemTask.New()
}

// mailCheckSetting holds the day for which the mail check was last set, in the
// operator's zone.
const mailCheckSetting = "mail_check.day"

// EnsureMailCheck makes the day's task to read the mail of all platforms, once
// a day, weekends included. title is what the task is called.
func (d *Desk) EnsureMailCheck(ctx context.Context, title string) error {
	now := d.now().Local()
	day := now.Format(time.DateOnly)
	var last string
	if _, err := d.Setting(ctx, mailCheckSetting, &last); err != nil || last == day {
		return err
	}
	if err := d.PutSetting(ctx, mailCheckSetting, day); err != nil {
		return err
	}
	year, month, date := now.Date()
	_, err := d.PutTask(ctx, data.Task{Title: title, Due: time.Date(year, month, date, 18, 0, 0, 0, now.Location())})
	return err
}

// WriteCalendar writes the due dates of all open disputes, orders to ship and
// tasks as an iCalendar file that phones understand. word turns a kind of
// waiting into the operator's language.
func (d *Desk) WriteCalendar(ctx context.Context, w io.Writer, word func(data.TodayRow) string) error {
	rows, err := d.Today(ctx, 0)
	if err != nil {
		return err
	}
	calendar := agenda.Calendar{Name: "Casebinder"}
	for _, row := range rows {
		if row.Due.IsZero() {
			continue
		}
		calendar.Entries = append(calendar.Entries, agenda.Entry{
			UID: string(row.Kind) + "-" + strconv.FormatInt(row.ID, 10) + "@casebinder", Due: row.Due, Title: word(row),
			Alarms: []time.Duration{24 * time.Hour, 3 * time.Hour}, Updated: d.now(),
		})
	}
	return agenda.Write(w, calendar, d.now())
}

// toldSetting holds which reminders were shown.
const toldSetting = "reminders.told"

// Reminders gives the notifications that are due now, each once, and remembers
// that they were given. They have words by key and numbers, never words of a
// case.
func (d *Desk) Reminders(ctx context.Context) ([]agenda.Reminder, error) {
	rows, err := d.Today(ctx, 0)
	if err != nil {
		return nil, err
	}
	var dues []agenda.Due
	for _, row := range rows {
		if !row.Due.IsZero() {
			dues = append(dues, agenda.Due{Key: string(row.Kind) + "-" + strconv.FormatInt(row.ID, 10), At: row.Due})
		}
	}
	told := map[string]agenda.Told{}
	if _, err := d.Setting(ctx, toldSetting, &told); err != nil {
		return nil, err
	}
	shown := agenda.Reminders(d.now(), dues, told)
	if len(shown) == 0 {
		return nil, nil
	}
	return shown, d.PutSetting(ctx, toldSetting, agenda.Remember(told, dues, shown))
}
