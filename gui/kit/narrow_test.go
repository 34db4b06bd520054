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
	f.Object.Resize(fyne.NewSize(340, 200))
	if h := f.Object.MinSize().Height; h != 2*factHeight {
		t.Errorf("one long and two short facts in a narrow pane are %v high", h)
	}
	first, second := f.Object.Objects[0].(*fact), f.Object.Objects[1].(*fact)
	if first.value.Position().X != second.value.Position().X {
		t.Errorf("the values stand at %v and %v", first.value.Position().X, second.value.Position().X)
	}
	if first.value.Text != first.Value || first.Size().Width != 340 || second.Position().Y != factHeight {
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

// Short content is shown whole and long texts give way, down to the least width; where that is not enough the
// table scrolls. What a person made stays.
func TestColumnsAreAsWideAsTheirContent(t *testing.T) {
	u := newUI(t)
	of := func(text string) func(item) string { return func(item) string { return text } }
	table := newTable(u, newFakeDesk(5), func(o *TableOptions[item]) {
		o.Columns = []Column[item]{
			{ID: "empty", Title: "E", Width: 150, Text: of("")},
			{ID: "short", Title: "S", Width: 60, Text: of("respond to the dispute")},
			{ID: "long", Title: "L", Width: 200, Least: 100, Grow: true, Text: of(longText)},
			{ID: "other", Title: "O", Width: 100, Text: of(longText)},
		}
	})
	table.Restart()
	short := textWidth("respond to the dispute", false) + 2*cellPad
	widths := func(room float32) [4]float32 {
		table.view.body.Resize(fyne.NewSize(room, 100))
		table.view.layoutColumns()
		return [4]float32{table.columns[0].w, table.columns[1].w, table.columns[2].w, table.columns[3].w}
	}
	whole := func(got [4]float32, room float32) {
		t.Helper()
		if sum := got[0] + got[1] + got[2] + got[3]; sum > room || sum < room-4 {
			t.Errorf("in %v the columns take %v: %v", room, sum, got)
		}
		if got[1] < short {
			t.Errorf("in %v the short text has %v of %v", room, got[1], short)
		}
	}
	got := widths(1400)
	whole(got, 1400)
	if got[0] < 149 || got[2] < 600 {
		t.Errorf("in a wide room the empty column has %v, the one that grows %v", got[0], got[2])
	}
	got = widths(600)
	whole(got, 600)
	if got[0] != minColumn || got[2] <= 100 || got[3] <= 100 {
		t.Errorf("in a narrow room the columns have %v", got)
	}
	if got = widths(200); got[0] != minColumn || got[2] != 200 {
		t.Errorf("where it scrolls the columns have %v", got)
	}
	table.columns[0].width, table.columns[0].own = 170, true
	if got = widths(600); got[0] != 170 {
		t.Errorf("the width that a person made became %v", got[0])
	}
}

// In a narrow window the filters go below the search field, and nothing lies on anything else.
func TestABarThatIsTooLongTakesTwoLines(t *testing.T) {
	newUI(t)
	lead, rest, body := widget.NewEntry(), container.NewHBox(widget.NewLabel("Any status"), widget.NewLabel("Any country")), widget.NewLabel("rows")
	box := Topped(110, lead, rest, body)
	for _, two := range []bool{false, true} {
		width := rest.MinSize().Width + 200
		if two {
			width = rest.MinSize().Width + 80
		}
		box.Resize(fyne.NewSize(width, 400))
		if below := rest.Position().Y >= lead.Position().Y+lead.Size().Height; below != two {
			t.Errorf("in %v the filters stand at %v, the search at %v with %v", width, rest.Position(), lead.Position(), lead.Size())
		}
		if lead.Size().Width < 110 || rest.Position().X+rest.MinSize().Width > width {
			t.Errorf("in %v the search has %v, the filters end at %v", width, lead.Size().Width, rest.Position().X+rest.MinSize().Width)
		}
		if body.Position().Y < rest.Position().Y+rest.MinSize().Height || body.Position().Y+body.Size().Height != 400 {
			t.Errorf("in %v the body stands at %v with %v", width, body.Position(), body.Size())
		}
	}
}

// The tabs keep their room, and the search and the shops share what is left.
func TestTheHeadOfANarrowWindowLeavesItsTabs(t *testing.T) {
	newUI(t)
	tabs, search, shops := widget.NewLabel("Today Orders Disputes"), widget.NewEntry(), widget.NewEntry()
	head := Squeezed(34, []float32{236, 190}, tabs, search, shops)
	for _, room := range []float32{600, 250} {
		head.Resize(fyne.NewSize(tabs.MinSize().Width+room, 44))
		if tabs.Size().Width != tabs.MinSize().Width || search.Position().X < tabs.Size().Width {
			t.Errorf("with %v left the search begins at %v, the tabs end at %v", room, search.Position().X, tabs.Size().Width)
		}
		if end := shops.Position().X + shops.Size().Width; end > head.Size().Width || search.Position().X+search.Size().Width > shops.Position().X {
			t.Errorf("with %v left the shops end at %v of %v", room, end, head.Size().Width)
		}
		if whole := search.Size().Width == 236 && shops.Size().Width == 190; whole != (room == 600) {
			t.Errorf("with %v left the search has %v and the shops %v", room, search.Size().Width, shops.Size().Width)
		}
	}
}
