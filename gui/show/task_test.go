package show_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"casebinder/data"
	"casebinder/gui/guitest"
	"casebinder/gui/kit"
	"casebinder/gui/show"
	"casebinder/gui/words"
)

func TestTasksOfACaseInEachLanguage(t *testing.T) {
	for language, want := range map[string][]string{
		words.English:     {"Tasks", "○ call the carrier", "Done", "✓ pack the spare", "done 20 Nov", "Reopen", "Edit…", "Delete", "New task…"},
		words.Simplified:  {"待办", "完成", "重新打开", "编辑…", "删除", "11月20日"},
		words.Traditional: {"待辦", "完成", "重新開啟", "編輯…", "刪除"},
	} {
		b := guitest.New(t, language)
		list := []data.Task{
			{ID: 1, UID: "a", Title: "call the carrier", Due: guitest.Now.Add(30 * time.Hour), Operator: "Lin"},
			{ID: 2, UID: "b", Title: "pack the spare", DoneAt: time.Date(2025, 11, 20, 7, 0, 0, 0, time.UTC)},
		}
		b.Window.SetContent(b.UI.Frame(show.Tasks(b.Env, "case.task", list, data.Task{}, guitest.Now)))
		b.Window.Resize(fyne.NewSize(600, 400))
		b.Shows(t, want...)
		b.Hides(t, "· ·")
		b.NoRawKeys(t)
	}
}

// The buttons of a task and its menu do the same, on a real desk.
func TestATaskOfACaseIsFinishedReopenedAndDeleted(t *testing.T) {
	b, d, dispute := guitest.RealCase(t)
	ctx := t.Context()
	tasks := func() []data.Task {
		v, err := d.Dispute(ctx, dispute.ID)
		if err != nil {
			t.Fatal(err)
		}
		b.Window.SetContent(b.UI.Frame(show.Tasks(b.Env, "case.task", v.Tasks, data.Task{OrderID: v.Order.ID, DisputeID: dispute.ID}, d.Now())))
		b.Window.Resize(fyne.NewSize(600, 400))
		return v.Tasks
	}
	tasks()
	b.Press(t, words.T("today.task"))
	b.Window.Canvas().Focused().(*kit.Entry).SetText("call the carrier")
	b.UI.Save()
	made := tasks()
	if len(made) != 1 || made[0].Title != "call the carrier" || made[0].DisputeID != dispute.ID || made[0].OrderID != dispute.OrderID {
		t.Fatalf("made: %+v", made)
	}
	b.Press(t, words.T("task.do.finish"))
	if done := tasks(); len(done) != 1 || done[0].DoneAt.IsZero() {
		t.Fatalf("finished: %+v", done)
	}
	b.Press(t, words.T("task.do.reopen"))
	if open := tasks(); len(open) != 1 || !open[0].DoneAt.IsZero() {
		t.Fatalf("reopened: %+v", open)
	}
	rows := guitest.Find[*kit.Row](b)
	if len(rows) != 1 {
		t.Fatalf("%d rows take the right button", len(rows))
	}
	rows[0].MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonSecondary})
	b.Shows(t, words.T("task.do.edit"))
	b.Window.Canvas().Overlays().Top().Hide()
	rows[0].TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	if left := tasks(); len(left) != 0 {
		t.Fatalf("deleted: %+v", left)
	}
	b.Undo()
	if back := tasks(); len(back) != 1 {
		t.Errorf("after undo: %+v", back)
	}
}
