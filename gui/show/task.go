package show

import (
	"context"
	"strings"
	"time"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// TaskSheet writes a new task down (one without a UID), or edits one. What it is
// about stays.
func TaskSheet(e *Env, task data.Task) {
	title, note := kit.TextField(e.UI, task.Title, 1), kit.TextField(e.UI, task.Note, 3)
	due := kit.NewDueField(e.UI, task.Due, time.Local.String())
	kit.Trace("task.title", title)
	kit.Trace("task.due", due.Entry)
	heading, done := "task.new", "task.made"
	if task.UID != "" {
		heading, done = "task.edit", "task.saved"
	}
	when := kit.TimeRow(words.T("task.due"), due, false)
	when.Hint = words.T("task.due.hint")
	e.UI.OpenForm(kit.FormSheet{
		Name: "task", Title: words.T(heading), Focus: title,
		Fields: []*kit.Field{
			{Label: words.T("task.title"), Object: title, Check: func() error {
				if strings.TrimSpace(title.Text) == "" {
					return kit.ProblemRequired.New("field", words.T("task.title"))
				}
				return nil
			}},
			when,
			{Label: words.T("task.note"), Object: note},
		},
		Read: func() (err error) {
			task.Title, task.Note = strings.TrimSpace(title.Text), strings.TrimSpace(note.Text)
			task.Due, err = due.Value()
			return err
		},
		Work: func(ctx context.Context) error {
			_, err := e.Desk.PutTask(ctx, task)
			return err
		},
		Done: func() { e.UI.Toast(words.T(done), e.Undo) },
	})
}

// EditTask asks for a task and opens it.
func EditTask(e *Env, id int64) {
	kit.Do(func(ctx context.Context) (data.Task, error) { return e.Desk.Task(ctx, id) }, func(task data.Task, err error) {
		if err != nil {
			e.UI.Problem(err)
			return
		}
		TaskSheet(e, task)
	})
}

// FinishTask says that a task is done.
func FinishTask(e *Env, id int64) {
	e.Deed(words.T("task.finished"), func(ctx context.Context) error { return e.Desk.FinishTask(ctx, id) })
}

// ReopenTask says that a task that was done is to be done again.
func ReopenTask(e *Env, id int64) {
	e.Deed(words.T("task.reopened"), func(ctx context.Context) error { return e.Desk.ReopenTask(ctx, id) })
}

// BinTask puts a task into the bin.
func BinTask(e *Env, id int64) {
	e.Deed(words.T("task.binned"), func(ctx context.Context) error { return e.Desk.BinTask(ctx, id) })
}

// TaskDeeds are what can be done with a task.
func TaskDeeds(e *Env, id int64, done bool) kit.Deeds {
	turn := kit.Action{Text: words.T("task.do.finish"), Keys: kit.KeysTurn, Do: func() { FinishTask(e, id) }}
	if done {
		turn = kit.Action{Text: words.T("task.do.reopen"), Keys: kit.KeysTurn, Do: func() { ReopenTask(e, id) }}
	}
	return kit.Deeds{
		{Text: words.T("task.do.edit"), Keys: kit.KeysEdit, Do: func() { EditTask(e, id) }},
		turn,
		{Text: words.T("task.do.bin"), Keys: kit.KeysBin, Rule: true, Do: func() { BinTask(e, id) }},
	}
}
