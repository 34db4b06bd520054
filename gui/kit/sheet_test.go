package kit

import (
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// An error below the content takes its room only while it is there.
func TestAClosedProblemLeavesNoBand(t *testing.T) {
	u := newUI(t)
	content := container.NewStack()
	u.Window.SetContent(u.Frame(content))
	whole := content.Size().Height
	u.Problem(errors.New("the disk is full"))
	u.Problem(errors.New("the file is gone"))
	if content.Size().Height >= whole {
		t.Fatal("two errors take no room")
	}
	for range 2 {
		for _, b := range all[*Button](u.problems.object) {
			if b.Text == "Close" {
				test.Tap(b)
				break
			}
		}
	}
	if got := content.Size().Height; got != whole {
		t.Errorf("the content is %v high after both were closed, and was %v", got, whole)
	}
}

// Neither a long line in the window nor a large body of a sheet makes the window grow.
func TestAWindowDoesNotGrowByItself(t *testing.T) {
	u := newUI(t)
	u.Window.SetContent(u.Frame(widget.NewLabel(strings.Repeat("a long line ", 100))))
	if wants := u.Window.Content().MinSize(); wants.Width > 900 || wants.Height > 600 {
		t.Errorf("the window wants %v", wants)
	}
	body := container.NewGridWrap(fyne.NewSize(1500, 1200), widget.NewLabel("large"))
	o := u.Open(Sheet{Name: "large", Title: "Large", Body: body, Do: "Go on", OnDo: func() {}})
	if size := o.popup.MinSize(); size.Width > 900 || size.Height > 600 {
		t.Errorf("a sheet is %v in a window of 900 by 600", size)
	}
}

// Enter goes from field to field and to the main button, which the next Enter presses.
func TestEnterGoesThroughASheet(t *testing.T) {
	u := newUI(t)
	first, last := NewEntry(u), NewSelectEntry([]string{"USD"})
	choice := NewChoice([]Option[int]{{1, "one"}}, 1, nil)
	pressed := 0
	o := u.Open(Sheet{
		Name: "form", Title: "Form", Do: "Save", OnDo: func() { pressed++ },
		Body: container.NewVBox(NewButton("", "Choose", func() {}), first, choice, widget.NewCheck("sure", nil), last),
	})
	c := u.Window.Canvas()
	for i, want := range []fyne.Focusable{first, choice, last, o.do} {
		if c.Focused() != want {
			t.Fatalf("step %d: the keys are at %T", i, c.Focused())
		}
		c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
	if pressed != 1 {
		t.Errorf("the main button was pressed %d times", pressed)
	}
	o.Close()
	danger := u.Open(Sheet{Name: "danger", Title: "Danger", Do: "Erase", Danger: true, Body: widget.NewLabel(""), OnDo: func() { pressed++ }})
	if c.Focused() != fyne.Focusable(danger.cancel) {
		t.Errorf("of a deed without a way back the keys are at %T", c.Focused())
	}
	c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if !danger.Closed() || pressed != 1 {
		t.Errorf("Escape: closed %v, pressed %d times", danger.Closed(), pressed)
	}
}
