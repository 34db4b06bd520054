package show

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// Tasks lists the tasks of a record, those that are done last, with what can be
// done with each. about is a new one's: what it is about.
func Tasks(e *Env, name string, list []data.Task, about data.Task, now time.Time) fyne.CanvasObject {
	add := kit.NewButton(name+".add", words.T("today.task"), func() { TaskSheet(e, about) })
	add.Importance = widget.LowImportance
	rows := []fyne.CanvasObject{container.NewBorder(nil, nil, kit.Section(words.T("task.list")), add)}
	if len(list) == 0 {
		rows = append(rows, kit.Soft(words.T("task.none")))
	}
	tasks := make([]*kit.Row, len(list))
	for i, task := range list {
		tasks[i] = newTaskRow(e, name, i, task, now)
	}
	return kit.Dense(kit.Stacked(2, append(rows, kit.Rows(tasks...)...)...))
}

// newTaskRow is one task: its buttons do what the row's deeds do.
func newTaskRow(e *Env, name string, i int, task data.Task, now time.Time) *kit.Row {
	done := !task.DoneAt.IsZero()
	button := func(what, key string, do func()) fyne.CanvasObject {
		b := kit.NewButton(kit.RowName(name, i, what), words.T(key), do)
		b.Importance = widget.LowImportance
		return b
	}
	buttons := container.NewHBox()
	if done {
		buttons.Add(button("reopen", "task.do.reopen", func() { ReopenTask(e, task.ID) }))
	} else {
		buttons.Add(button("finish", "task.do.finish", func() { FinishTask(e, task.ID) }))
	}
	buttons.Add(button("edit", "task.do.edit", func() { EditTask(e, task.ID) }))
	buttons.Add(button("bin", "task.do.bin", func() { BinTask(e, task.ID) }))
	ink := theme.ColorNameForeground
	if done {
		ink = look.Muted
	}
	title := kit.Colored(taskSign(task)+" "+task.Title, ink, fyne.TextStyle{Bold: !done})
	title.Wrapping = fyne.TextWrapWord
	parts := []fyne.CanvasObject{container.NewBorder(nil, nil, nil, container.NewVBox(buttons), container.NewVBox(layout.NewSpacer(), title, layout.NewSpacer()))}
	if line := taskLine(task, now); line != "" {
		parts = append(parts, kit.Soft(line))
	}
	text := func() string { return words.Join("\t", taskSign(task)+" "+task.Title, taskLine(task, now)) }
	return kit.NewRow(e.UI, kit.Stacked(0, parts...), text, func() kit.Deeds { return TaskDeeds(e, task.ID, done) })
}

// taskSign tells what is done from what is not, beside the color.
func taskSign(task data.Task) string {
	if task.DoneAt.IsZero() {
		return "○"
	}
	return "✓"
}

// taskLine says when a task is due, or when it was done, and its note.
func taskLine(task data.Task, now time.Time) string {
	when := ""
	switch {
	case !task.DoneAt.IsZero():
		when = words.T("task.done_at", "when", words.Time(task.DoneAt, "", now))
	case !task.Due.IsZero():
		when = words.Join(" · ", words.Time(task.Due, "", now), words.Left(task.Due, now))
	}
	return words.Join(" · ", when, task.Operator, task.Note)
}
