package bin

import (
	"testing"

	"casebinder/data"
	"casebinder/gui/guitest"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// What was deleted lies in the bin, in each language, and comes back by the
// button.
func TestWhatWasDeletedComesBack(t *testing.T) {
	for language, want := range map[string][]string{
		words.English:     {"task", "The bin is empty.", "Nothing in the bin is ever destroyed."},
		words.Simplified:  {"待办", "回收站是空的。", "回收站中的内容不会被销毁。"},
		words.Traditional: {"待辦", "資源回收筒是空的。", "資源回收筒中的內容不會被銷毀。"},
	} {
		b, d := guitest.Real(t)
		words.Set(language)
		ctx := t.Context()
		task, err := d.PutTask(ctx, data.Task{Title: "call the carrier"})
		if err != nil {
			t.Fatal(err)
		}
		if err := d.BinTask(ctx, task.ID); err != nil {
			t.Fatal(err)
		}
		Open(b.Env, d)
		b.Shows(t, "call the carrier", want[0], want[2])
		b.NoRawKeys(t)
		b.Press(t, words.T("bin.back"))
		if again, err := d.Task(ctx, task.ID); err != nil || again.BinnedAt.IsZero() {
			t.Fatalf("without a choice something came back: %+v, %v", again, err)
		}
		guitest.Find[*kit.Table[row]](b)[0].Select(1)
		b.Press(t, words.T("bin.back"))
		if again, err := d.Task(ctx, task.ID); err != nil || !again.BinnedAt.IsZero() {
			t.Fatalf("it did not come back: %+v, %v", again, err)
		}
		b.Shows(t, want[1])
		b.Undo()
		if again, err := d.Task(ctx, task.ID); err != nil || again.BinnedAt.IsZero() {
			t.Errorf("undone, it lies not in the bin: %+v, %v", again, err)
		}
	}
}
