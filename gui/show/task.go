package show

import (
	"context"
	"strings"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// TaskSheet writes a new task down.
func TaskSheet(e *Env) {
	title := kit.NewEntry(e.UI)
	due := kit.NewMoment(e.UI, "").Due()
	kit.Trace("task.title", title)
	kit.Trace("task.due", due.Entry)
	var task data.Task
	e.UI.OpenForm(kit.FormSheet{
		Name: "task", Title: words.T("task.new"), Focus: title, Height: 260,
		Fields: []*kit.Field{
			{Label: words.T("task.title"), Object: title, Check: func() error {
				if strings.TrimSpace(title.Text) == "" {
					return kit.ProblemRequired.New("field", words.T("task.title"))
				}
				return nil
			}},
			{Label: words.T("task.due"), Hint: words.T("task.due.hint"), Object: due.Object, Check: func() error {
				_, err := due.Get()
				return err
			}},
		},
		Read: func() error {
			at, err := due.Get()
			task = data.Task{Title: strings.TrimSpace(title.Text), Due: at}
			return err
		},
		Work: func(ctx context.Context) error {
			_, err := e.Desk.PutTask(ctx, task)
			return err
		},
		Done: func() { e.UI.Toast(words.T("task.made"), e.Undo) },
	})
}
