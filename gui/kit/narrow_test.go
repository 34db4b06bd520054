package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// A fact that half of a narrow pane would cut takes a line of its own, and the others stay in two columns.
func TestAFactThatWouldBeCutTakesALine(t *testing.T) {
	u := newUI(t)
	f := NewFacts(u, Fact{Label: "Number", Value: "8194981727100233-8194981727100233"}, Fact{Label: "Buyer", Value: "Ana"}, Fact{Label: "Paid", Value: "Card"})
	f.Object.Resize(fyne.NewSize(1200, 200))
	if h := f.Object.MinSize().Height; h != 2*factHeight {
		t.Errorf("three facts in a wide pane are %v high", h)
	}
	f.Object.Resize(fyne.NewSize(420, 200))
	if h := f.Object.MinSize().Height; h != 2*factHeight {
		t.Errorf("one long and two short facts in a narrow pane are %v high", h)
	}
	first, second := f.Object.Objects[0].(*fact), f.Object.Objects[1].(*fact)
	if first.value.Text != first.Value || first.Size().Width != 420 || second.Position().Y != factHeight {
		t.Errorf("the long fact shows %q on %v, the next stands at %v", first.value.Text, first.Size(), second.Position())
	}
}

// All tabs of a record are in view: closer together first, then in two lines.
func TestTabsStayInView(t *testing.T) {
	newUI(t)
	p := NewParts("test", NewPart("a", "Timeline", widget.NewLabel("")), NewPart("b", "Conversation", widget.NewLabel("")), NewPart("c", "Bundles (12)", widget.NewLabel("")))
	sum := float32(0)
	for _, part := range p.All {
		sum += part.tab.MinSize().Width
	}
	for _, one := range []struct{ width, lines float32 }{{sum, 1}, {sum - 30, 1}, {sum * 2 / 3, 2}} {
		p.row.Resize(fyne.NewSize(one.width, 80))
		height := p.All[0].tab.MinSize().Height
		if got := p.row.MinSize().Height; got != one.lines*height {
			t.Errorf("in %v the tabs are %v high, want %v lines of %v", one.width, got, one.lines, height)
		}
		for _, part := range p.All {
			if right := part.tab.Position().X + part.tab.Size().Width; right > one.width+1 {
				t.Errorf("in %v %q ends at %v", one.width, part.tab.text, right)
			}
		}
	}
}

// The badges of a record go below a title that they would cut.
func TestBadgesGoBelowALongTitle(t *testing.T) {
	newUI(t)
	title := NewRecordTitle()
	title.SetText("AE-S-233-1911 · AliExpress · damaged on the way")
	badges := container.NewHBox(NewBadge("negotiation", Warn), NewBadge("overdue 5 h", Danger))
	head := Headed(title, badges)
	head.Resize(fyne.NewSize(1200, 40))
	if badges.Position().Y != 0 {
		t.Errorf("with room the badges stand at %v", badges.Position())
	}
	head.Resize(fyne.NewSize(480, 80))
	if badges.Position().Y < title.Position().Y+title.MinSize().Height || title.Size().Width != 480 {
		t.Errorf("the badges stand at %v beside a title of %v", badges.Position(), title.Size())
	}
}

// Columns that may shrink do so until the table fits; where that is not enough it scrolls with whole columns.
func TestColumnsShrinkUntilTheTableFits(t *testing.T) {
	u := newUI(t)
	table := NewTable(u, TableOptions[int]{Name: "narrow", Columns: []Column[int]{
		{ID: "a", Title: "A", Width: 100, Text: func(int) string { return "" }},
		{ID: "b", Title: "B", Width: 200, Least: 100, Text: func(int) string { return "" }},
		{ID: "c", Title: "C", Width: 100, Least: 60, Grow: true, Text: func(int) string { return "" }},
	}, Source: func() Source[int] { return Source[int]{} }})
	for _, one := range []struct{ room, width float32 }{{500, 500}, {400, 400}, {330, 330}, {200, 400}} {
		table.view.body.Resize(fyne.NewSize(one.room, 100))
		table.view.layoutColumns()
		if got := table.view.width(); got > one.width || got < one.width-2 {
			t.Errorf("in %v the columns are %v wide, want %v", one.room, got, one.width)
		}
	}
}
