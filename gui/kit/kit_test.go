package kit

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"casebinder/data"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// newUI makes a window of the software driver, in which background work runs
// at once.
func newUI(t *testing.T) *UI {
	t.Helper()
	program := test.NewTempApp(t)
	test.ApplyTheme(t, look.Theme{Mode: look.Light})
	t.Cleanup(Inline())
	words.Set(words.English)
	w := test.NewTempWindow(t, container.NewStack())
	w.Resize(fyne.NewSize(900, 600))
	u := NewUI(w)
	w.SetContent(u.Frame(container.NewStack()))
	_ = program
	return u
}

// item is a row of the tests' tables.
type item struct {
	id   int64
	name string
}

// fakeDesk lists n rows, upward or downward, and counts what it is asked.
type fakeDesk struct {
	mu      sync.Mutex
	ids     []int32
	fetched []int // how many ids each time
	firsts  int
	err     error
	gone    map[int32]bool
}

func newFakeDesk(n int) *fakeDesk {
	d := &fakeDesk{gone: map[int32]bool{}}
	for i := range n {
		d.ids = append(d.ids, int32(i+1))
	}
	return d
}

func (d *fakeDesk) source() Source[item] {
	return Source[item]{
		First: func(_ context.Context, o Order, limit int) ([]item, error) {
			d.mu.Lock()
			d.firsts++
			d.mu.Unlock()
			ids := d.sorted(o)
			return d.items(ids[:min(limit, len(ids))]), d.err
		},
		IDs: func(_ context.Context, o Order) ([]int32, error) { return d.sorted(o), d.err },
		Rows: func(_ context.Context, ids []int32) ([]item, error) {
			d.mu.Lock()
			d.fetched = append(d.fetched, len(ids))
			d.mu.Unlock()
			rows := d.items(ids)
			slices.Reverse(rows) // a source may answer in any order
			return rows, d.err
		},
		ID: func(i item) int64 { return i.id },
	}
}

func (d *fakeDesk) sorted(o Order) []int32 {
	ids := slices.Clone(d.ids)
	if o.Sort == "name" && !o.Ascending {
		slices.Reverse(ids)
	}
	return ids
}

func (d *fakeDesk) items(ids []int32) []item {
	var rows []item
	for _, id := range ids {
		if !d.gone[id] {
			rows = append(rows, item{int64(id), fmt.Sprintf("row %d", id)})
		}
	}
	return rows
}

// longText is wider than a cell becomes for its content alone.
const longText = "a text that is longer than its cell, however much of the table that cell is given, since others stand beside it"

func newTable(u *UI, d *fakeDesk, change func(*TableOptions[item])) *Table[item] {
	o := TableOptions[item]{
		Name:   "test",
		Source: d.source,
		Columns: []Column[item]{
			{ID: "name", Title: "Name", Width: 200, Sort: "name", Text: func(i item) string { return i.name }},
			{ID: "long", Title: "Long", Width: 80, Text: func(item) string { return longText }},
			{ID: "id", Title: "Id", Width: 80, Right: true, Hidden: true, Text: func(i item) string { return fmt.Sprint(i.id) }},
		},
	}
	if change != nil {
		change(&o)
	}
	t := NewTable(u, o)
	u.Window.SetContent(u.Frame(t))
	return t
}

// shown lists the texts of the first column from the top row on.
func shown(t *Table[item]) []string {
	var texts []string
	first, last := t.view.seen()
	for i := first; i <= last; i++ {
		s := t.view.slots[i%len(t.view.slots)]
		if s.shown == i && s.texts[0].Visible() {
			texts = append(texts, s.texts[0].Text)
		}
	}
	return texts
}

func key(t *Table[item], names ...fyne.KeyName) {
	for _, n := range names {
		t.view.body.TypedKey(&fyne.KeyEvent{Name: n})
	}
}

func TestTableShowsRowsOfAMillion(t *testing.T) {
	u, d := newUI(t), newFakeDesk(1_000_000)
	table := newTable(u, d, nil)
	table.Restart()
	if got := shown(table); len(got) < 15 || got[0] != "row 1" || got[14] != "row 15" {
		t.Fatalf("at the top: %v", got)
	}
	if table.Count() != 1_000_000 {
		t.Errorf("counted %d", table.Count())
	}
	table.Focus()
	key(table, fyne.KeyEnd)
	got := shown(table)
	if got[len(got)-1] != "row 1000000" {
		t.Errorf("at the end: %v", got)
	}
	if row, ok := table.Selected(); !ok || row.id != 1_000_000 {
		t.Errorf("End selected %v %v", row, ok)
	}
	// The last rows stand where they belong to the pixel, which a float32
	// could not tell apart from their neighbors so far down.
	last := table.view.slots[999_999%len(table.view.slots)].box.Position().Y
	before := table.view.slots[999_998%len(table.view.slots)].box.Position().Y
	if last-before != look.Row {
		t.Errorf("the last row stands %v below the one before it", last-before)
	}
	for _, n := range d.fetched {
		if n > 200 {
			t.Errorf("fetched %d rows at once", n)
		}
	}
}

func TestTableSortsByATitle(t *testing.T) {
	u, d := newUI(t), newFakeDesk(500)
	table := newTable(u, d, nil)
	table.Restart()
	key(table, fyne.KeyDown, fyne.KeyDown) // row 2
	click := func() {
		table.view.header.Tapped(&fyne.PointEvent{Position: fyne.NewPos(50, 10)})
	}
	click()
	if got := table.Order(); got != (Order{Sort: "name", Ascending: true}) {
		t.Errorf("after a click: %+v", got)
	}
	click()
	if got := shown(table); got[0] != "row 500" {
		t.Errorf("downward: %v", got)
	}
	if table.SelectedID() != 2 {
		t.Errorf("the selection went from 2 to %d", table.SelectedID())
	}
}

func TestTableKeepsSelectionAndScrollOnReload(t *testing.T) {
	u, d := newUI(t), newFakeDesk(1000)
	told := []int64{}
	table := newTable(u, d, func(o *TableOptions[item]) {
		o.OnSelect = func(row item, ok bool) {
			if ok {
				told = append(told, row.id)
			} else {
				told = append(told, 0)
			}
		}
	})
	table.Restart()
	table.Select(400)
	top := shown(table)[0]
	d.ids = append([]int32{5001, 5002, 5003}, d.ids...) // three new rows above
	table.Reload()
	if got := shown(table)[0]; got != top {
		t.Errorf("the top row was %s and is %s", top, got)
	}
	if row, ok := table.Selected(); !ok || row.id != 400 {
		t.Errorf("selected %v %v", row, ok)
	}
	// The selected row goes away: the one that takes its place is selected.
	d.ids = slices.DeleteFunc(d.ids, func(id int32) bool { return id == 400 })
	table.Reload()
	if row, ok := table.Selected(); !ok || row.id != 401 {
		t.Errorf("after 400 went away: %v %v", row, ok)
	}
	if told[len(told)-1] != 401 {
		t.Errorf("told %v", told)
	}
	// Nothing is left.
	d.ids = nil
	table.Reload()
	if _, ok := table.Selected(); ok || told[len(told)-1] != 0 {
		t.Errorf("with nothing left: %v, told %v", ok, told)
	}
}

func TestTableOlderAnswerNeverOverwritesNewer(t *testing.T) {
	u := newUI(t)
	var waiting []func()
	spawn = func(f func()) { waiting = append(waiting, f) }
	slow, fast := newFakeDesk(3), newFakeDesk(7)
	current := slow
	table := NewTable(u, TableOptions[item]{
		Name: "test", Source: func() Source[item] { return current.source() },
		Columns: []Column[item]{{ID: "name", Title: "Name", Width: 200, Text: func(i item) string { return i.name }}},
	})
	u.Window.SetContent(u.Frame(table))
	table.Restart()
	old := waiting
	waiting, current = nil, fast
	table.Restart()
	for _, f := range waiting { // the newer question is answered first
		f()
	}
	for _, f := range old {
		f()
	}
	if table.Count() != 7 {
		t.Errorf("the table lists %d rows, the newer answer has 7", table.Count())
	}
}

// A link into a tab that was never open asks for the tab's rows and chooses one of
// them before they are there.
func TestARowIsChosenWhileTheRowsAreOnTheirWay(t *testing.T) {
	u, d := newUI(t), newFakeDesk(1000)
	var waiting []func()
	spawn = func(f func()) { waiting = append(waiting, f) }
	answer := func() {
		for len(waiting) > 0 {
			f := waiting[0]
			waiting = waiting[1:]
			f()
		}
	}
	told := []int64{}
	table := newTable(u, d, func(o *TableOptions[item]) {
		o.OnSelect = func(row item, ok bool) {
			if ok {
				told = append(told, row.id)
			} else {
				told = append(told, 0)
			}
		}
	})
	chosen := func(when string, id int64) {
		t.Helper()
		if row, ok := table.Selected(); !ok || row.id != id {
			t.Errorf("%s: chosen %v %v, want %d", when, row, ok, id)
		}
		if len(told) == 0 || told[len(told)-1] != id || slices.Contains(told, 0) {
			t.Errorf("%s: told %v, want %d at the end and never nothing", when, told, id)
		}
		if !slices.Contains(shown(table), fmt.Sprintf("row %d", id)) {
			t.Errorf("%s: row %d is not in view: %v", when, id, shown(table))
		}
	}
	table.Reload()
	table.Select(700)
	answer()
	chosen("the first load", 700)

	// A filter was cleared: the older list holds the row at another place.
	d.ids = append([]int32{5001, 5002}, d.ids...)
	table.Restart()
	table.Select(400)
	answer()
	chosen("a load from the top", 400)
}

func TestRowsAskedForBeforeALoadAreAskedForAgain(t *testing.T) {
	u, d := newUI(t), newFakeDesk(1000)
	table := newTable(u, d, nil)
	table.Restart()
	var waiting []func()
	spawn = func(f func()) { waiting = append(waiting, f) }
	table.Reload()
	table.view.scrollTo(500 * float64(table.view.rowH)) // asks for rows that the load then forgets
	table.view.drawRows()
	for len(waiting) > 0 {
		f := waiting[0]
		waiting = waiting[1:]
		f()
	}
	if rows := shown(table); len(rows) == 0 || !strings.HasPrefix(rows[0], "row ") {
		t.Errorf("shown %q", rows)
	}
}

func TestLoaderCancelsTheOlderQuestion(t *testing.T) {
	newUI(t)
	var waiting []func()
	spawn = func(f func()) { waiting = append(waiting, f) }
	var l Loader
	var canceled error
	answers := []string{}
	ask := func(text string) {
		Load(&l, func(ctx context.Context) (string, error) {
			if text == "old" {
				canceled = ctx.Err()
			}
			return text, ctx.Err()
		}, func(s string, _ error) { answers = append(answers, s) })
	}
	ask("old")
	ask("new")
	for _, f := range waiting {
		f()
	}
	if !errors.Is(canceled, context.Canceled) || !slices.Equal(answers, []string{"new"}) {
		t.Errorf("the older context: %v, answers %v", canceled, answers)
	}
}

func TestTableSelectsAndOpensByMouse(t *testing.T) {
	u, d := newUI(t), newFakeDesk(50)
	var opened []int64
	table := newTable(u, d, func(o *TableOptions[item]) {
		o.Deeds = func(i item) Deeds {
			return Deeds{{Text: "Open", Do: func() { opened = append(opened, i.id) }}}
		}
	})
	table.Restart()
	press := func(y float32, b desktop.MouseButton) {
		table.view.body.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(20, y)}, Button: b})
	}
	press(look.Row*2+3, desktop.MouseButtonPrimary)
	if table.SelectedID() != 3 {
		t.Errorf("a click in the third row selected %d", table.SelectedID())
	}
	press(look.Row*2+3, desktop.MouseButtonPrimary)
	key(table, fyne.KeyDown, fyne.KeyReturn)
	if !slices.Equal(opened, []int64{3, 4}) {
		t.Errorf("opened %v", opened)
	}
	press(look.Row+3, desktop.MouseButtonSecondary)
	if table.SelectedID() != 2 || u.Window.Canvas().Overlays().Top() == nil {
		t.Errorf("the right button selected %d; a menu is open: %v", table.SelectedID(), u.Window.Canvas().Overlays().Top() != nil)
	}
}

func TestTableRowsAreChosenTogether(t *testing.T) {
	u, d := newUI(t), newFakeDesk(50)
	told := 0
	table := newTable(u, d, func(o *TableOptions[item]) {
		o.Several = func() Deeds { return nil }
		o.OnChosen = func() { told++ }
	})
	table.Restart()
	press := func(row int, b desktop.MouseButton, m fyne.KeyModifier) {
		table.view.body.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(20, look.Row*float32(row)+3)}, Button: b, Modifier: m})
	}
	check := func(what string, want ...int64) {
		t.Helper()
		if got := table.Chosen(); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	check("nothing")
	press(1, desktop.MouseButtonPrimary, 0)
	check("a click", 2)
	press(4, desktop.MouseButtonPrimary, fyne.KeyModifierShortcutDefault)
	check("Ctrl and a click", 2, 5)
	press(6, desktop.MouseButtonPrimary, fyne.KeyModifierShift)
	check("Shift and a click", 5, 6, 7)
	press(5, desktop.MouseButtonPrimary, fyne.KeyModifierShortcutDefault)
	check("Ctrl and a click on one of them", 5, 7)
	press(4, desktop.MouseButtonSecondary, 0)
	check("the right button on one of them", 5, 7)
	table.Reload()
	check("loaded anew", 5, 7)
	press(8, desktop.MouseButtonSecondary, 0)
	check("the right button elsewhere", 9)
	table.view.body.TypedShortcut(&fyne.ShortcutSelectAll{})
	if got := table.ChosenCount(); got != 50 || told == 0 {
		t.Errorf("Ctrl+A chose %d, told %d times", got, told)
	}
	key(table, fyne.KeyEscape)
	check("Escape", 9)
	press(2, desktop.MouseButtonPrimary, fyne.KeyModifierShift)
	table.Restart()
	check("another question", 3)
}

func TestTableSaysWhatIsWrongAndWhatIsMissing(t *testing.T) {
	u, d := newUI(t), newFakeDesk(0)
	pressed := false
	table := newTable(u, d, func(o *TableOptions[item]) {
		o.Empty = func() Empty { return Empty{Text: "No rows yet", Button: "Add one", Do: func() { pressed = true }} }
	})
	table.Restart()
	button := find[*Button](table.view.notice)
	if button == nil || button.Text != "Add one" {
		t.Fatal("an empty table offers no first step")
	}
	test.Tap(button)
	if !pressed {
		t.Error("the first step does nothing")
	}
	d.err = errors.New("the disk is gone")
	table.Reload()
	if !strings.Contains(labels(table.view.notice), "the disk is gone") {
		t.Errorf("a failed load says %q", labels(table.view.notice))
	}
}

func TestTableColumnsStayChosen(t *testing.T) {
	u, d := newUI(t), newFakeDesk(5)
	table := newTable(u, d, nil)
	table.showColumn(table.columns[2], true)
	table.moveColumn(table.columns[2], -1)
	h := table.view.header
	h.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(240, 5)}, Dragged: fyne.NewDelta(40, 0)})
	h.DragEnd()
	again := newTable(u, d, nil)
	got := ""
	for _, c := range again.columns {
		got += fmt.Sprintf("%s %v %.0f; ", c.ID, c.shown, c.width)
	}
	if want := "name true 240; id true 80; long true 80; "; got != want {
		t.Errorf("got %s want %s", got, want)
	}
}

func TestTableTipsShowWhatIsCutOff(t *testing.T) {
	u, d := newUI(t), newFakeDesk(5)
	table := newTable(u, d, nil)
	table.Restart()
	if tip := table.view.tipAt(fyne.NewPos(210, 5)); tip != longText {
		t.Errorf("over a cut-off cell: %q", tip)
	}
	if tip := table.view.tipAt(fyne.NewPos(20, 5)); tip != "" {
		t.Errorf("over a whole cell: %q", tip)
	}
}

// TestAListIsAskedForOnceALoad: a list that is loaded whole is asked for once, from
// the top and in its place, also while its far rows come into view, and when a file
// is made of it.
func TestAListIsAskedForOnceALoad(t *testing.T) {
	u := newUI(t)
	asked := 0
	table := NewTable(u, TableOptions[item]{
		Name: "whole", Columns: []Column[item]{{ID: "name", Title: "table.columns", Width: 200, Text: func(r item) string { return r.name }}},
		Source: func() Source[item] {
			return ListSource(func(_ context.Context, o Order) ([]item, error) {
				asked++
				rows := make([]item, 1000)
				for i := range rows {
					rows[i] = item{int64(i + 1), fmt.Sprintf("load %d row %d", asked, i+1)}
				}
				return rows, nil
			}, func(r item) int64 { return r.id })
		},
	})
	u.Window.SetContent(table)
	table.Restart()
	table.Focus()
	key(table, fyne.KeyEnd)
	if row, ok := table.Selected(); asked != 1 || !ok || row.name != "load 1 row 1000" {
		t.Fatalf("after a load and a way to the end it was asked %d times; %q is chosen", asked, row.name)
	}
	table.Reload()
	if row, ok := table.Selected(); asked != 2 || !ok || row.name != "load 2 row 1000" {
		t.Fatalf("after a second load it was asked %d times; %q is chosen", asked, row.name)
	}
	cells := 0
	for _, err := range table.Sheet().Rows(t.Context(), func(int64, int64) {}) {
		if err != nil {
			t.Fatal(err)
		}
		cells++
	}
	if asked != 3 || cells != 1000 {
		t.Errorf("for a file of %d rows it was asked %d times", cells, asked-2)
	}
}

// TestPartsByKeys: the tabs of a record's parts take the keys as the mouse.
func TestPartsByKeys(t *testing.T) {
	u := newUI(t)
	var heard fyne.KeyName
	u.Window.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { heard = e.Name })
	p := NewParts("parts", NewPart("a", "First", widget.NewLabel("a")), NewPart("b", "Second", widget.NewLabel("b")))
	u.Window.SetContent(p)
	c := u.Window.Canvas()
	c.FocusNext()
	press := func(n fyne.KeyName) { c.Focused().TypedKey(&fyne.KeyEvent{Name: n}) }
	for _, step := range []struct {
		key  fyne.KeyName
		open int
	}{{fyne.KeyLeft, 0}, {fyne.KeyRight, 1}, {fyne.KeyRight, 1}, {fyne.KeyLeft, 0}} {
		if press(step.key); p.SelectedIndex() != step.open || c.Focused() != fyne.Focusable(p.All[step.open].tab) {
			t.Fatalf("%s leads to part %d; the keys are with %v", step.key, p.SelectedIndex(), c.Focused())
		}
	}
	c.FocusNext()
	if p.SelectedIndex() != 0 {
		t.Error("the keys alone changed the part")
	}
	if press(fyne.KeySpace); p.SelectedIndex() != 1 {
		t.Error("Space does not show the part")
	}
	if press(fyne.KeyF2); heard != fyne.KeyF2 {
		t.Error("a function key does not reach the window")
	}
}

// TestATipGoesWithItsPart: what a key puts in the place of a part takes its tooltip
// away, which Fyne does at the next move of the mouse alone.
func TestATipGoesWithItsPart(t *testing.T) {
	u, d := newUI(t), newFakeDesk(5)
	table := newTable(u, d, nil)
	u.Window.SetContent(u.Frame(table))
	table.Restart()
	table.view.body.MouseIn(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(210, 5)}})
	if table.view.body.tip == "" || pointed == nil {
		t.Fatal("the pointer lies over no tip")
	}
	u.tips.Objects = []fyne.CanvasObject{widget.NewLabel("a tip")} // as after its delay
	u.HideTips()
	if len(u.tips.Objects) != 0 || table.view.body.tip != "" || pointed != nil {
		t.Errorf("the tip is still there: %d shown, %q under the pointer", len(u.tips.Objects), table.view.body.tip)
	}
}

func TestTableMarksRowsThatAreGone(t *testing.T) {
	u, d := newUI(t), newFakeDesk(5)
	d.gone[3] = true
	table := newTable(u, d, nil)
	table.Restart()
	if n := len(shown(table)); n != 4 {
		t.Errorf("%d rows are drawn", n)
	}
	asked := len(d.fetched)
	table.view.drawRows()
	if len(d.fetched) != asked {
		t.Error("a row that is gone is asked for again and again")
	}
}

func TestFit(t *testing.T) {
	newUI(t)
	if got := fit("short", 200, false); got != "short" {
		t.Errorf("%q", got)
	}
	if got := fit("two\nlines", 200, false); got != "two lines" {
		t.Errorf("%q", got)
	}
	got := fit("一个很长的商品名称一个很长的商品名称", 100, false)
	if !strings.HasSuffix(got, "…") || textWidth(got, false) > 100 {
		t.Errorf("%q is %v wide", got, textWidth(got, false))
	}
}

var kindOfTest = data.DefineProblem("kit_test", data.ErrInvalid, "It is wrong.", "Do it right.")

func TestProblemStaysUntilRead(t *testing.T) {
	u := newUI(t)
	u.Problem(kindOfTest.New())
	if text := labels(u.problems.object); !strings.Contains(text, "It is wrong.") || !strings.Contains(text, "Do it right.") {
		t.Errorf("shown: %q", text)
	}
	u.Problem(context.Canceled)
	if n := len(u.problems.object.Objects); n != 1 {
		t.Errorf("what a person canceled is shown as an error: %d", n)
	}
	for _, b := range all[*Button](u.problems.object) {
		test.Tap(b)
	}
	if u.problems.object.Visible() {
		t.Error("the panel stays after it was closed")
	}
	if got := fyne.CurrentApp().Clipboard().Content(); !strings.Contains(got, "Do it right.") {
		t.Errorf("copied %q", got)
	}
}

func TestSheetsDoNotLieOnEachOther(t *testing.T) {
	u := newUI(t)
	done := 0
	first := u.Open(Sheet{Name: "first", Title: "First", Body: widget.NewLabel("1"), Do: "Do", OnDo: func() { done++ }})
	second := u.Open(Sheet{Name: "second", Title: "Second", Body: widget.NewLabel("2"), Do: "Do", OnDo: func() { done += 10 }})
	if n := len(u.Window.Canvas().Overlays().List()); n != 1 {
		t.Errorf("%d overlays at once", n)
	}
	u.Save()
	second.Problem(kindOfTest.New())
	if !strings.Contains(labels(second.problem), "It is wrong.") {
		t.Error("the sheet does not say what is wrong")
	}
	second.Close()
	u.Save()
	if done != 11 {
		t.Errorf("the main buttons did %d, want 11", done)
	}
	first.Close()
	if u.SheetOpen() || u.Window.Canvas().Overlays().Top() != nil {
		t.Error("a sheet is left")
	}
}

func TestFormSheetShowsErrorsAndSaves(t *testing.T) {
	u := newUI(t)
	entry := NewEntry(u)
	saved, fails := "", true
	sheet := u.OpenForm(FormSheet{
		Name: "form", Title: "Form",
		Fields: []*Field{{Label: "Name", Object: entry, Check: func() error {
			if entry.Text == "" {
				return kindOfTest.New()
			}
			return nil
		}}},
		Work: func(context.Context) error {
			if fails {
				return errors.New("full")
			}
			saved = entry.Text
			return nil
		},
	})
	u.Save()
	if sheet.Closed() || saved != "" {
		t.Fatal("an empty field was saved")
	}
	entry.SetText("Lin")
	u.Save()
	if sheet.Closed() || !strings.Contains(labels(sheet.problem), "full") {
		t.Fatal("a failed save does not stay open with its reason")
	}
	fails = false
	u.Save()
	if !sheet.Closed() || saved != "Lin" {
		t.Errorf("saved %q, closed %v", saved, sheet.Closed())
	}
}

func TestEnterAndEscapeLoseNothingTyped(t *testing.T) {
	u := newUI(t)
	entry := NewEntry(u)
	submitted := false
	u.Open(Sheet{Name: "s", Title: "S", Body: entry, Do: "Do", OnDo: func() { submitted = true }, FocusedAt: entry})
	for _, r := range "draft" {
		entry.TypedRune(r)
	}
	for _, name := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEscape} {
		entry.TypedKey(&fyne.KeyEvent{Name: name})
	}
	if submitted || entry.Text != "draft" || !u.SheetOpen() {
		t.Errorf("submitted %v, text %q, open %v", submitted, entry.Text, u.SheetOpen())
	}
	if u.Window.Canvas().Focused() == fyne.Focusable(entry) {
		t.Error("Escape did not lead to the Cancel button")
	}
}

func TestEscapeClosesASheetWithNothingTyped(t *testing.T) {
	u := newUI(t)
	if u.Key(fyne.KeyEscape) {
		t.Error("Escape was used without a sheet")
	}
	entry, cancelled := NewEntry(u), false
	u.Open(Sheet{Name: "below", Title: "Below", Body: NewEntry(u)})
	u.Open(Sheet{Name: "s", Title: "S", Body: entry, OnCancel: func() { cancelled = true }, FocusedAt: entry})
	entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if !cancelled || len(u.sheets) != 1 || !u.SheetOpen() {
		t.Errorf("cancelled %v, sheets left %d", cancelled, len(u.sheets))
	}
}

func TestSearchSaysEachTextOnce(t *testing.T) {
	u := newUI(t)
	var said []string
	s := NewSearch(u, "", func(text string) { said = append(said, text) })
	s.SetText(" ana ")
	s.Flush()
	s.Flush()
	s.SetQuiet("bob")
	s.Flush()
	if !slices.Equal(said, []string{"ana"}) {
		t.Errorf("said %v", said)
	}
}

func TestJobsReportAndCancel(t *testing.T) {
	u := newUI(t)
	t.Cleanup(Inline())
	var got error
	u.Jobs.Run("Work", func(_ context.Context, progress func(int64, int64, string)) error {
		progress(1, 2, "progress.reading")
		if !u.Jobs.object.Visible() || !strings.Contains(u.Jobs.title.Text, "reading") || u.Jobs.bar.Value != 1 {
			t.Errorf("shown: %q %v", u.Jobs.title.Text, u.Jobs.bar.Value)
		}
		u.Jobs.cancelFirst()
		return context.Cause(context.Background())
	}, func(err error) { got = err })
	if got != nil || u.Jobs.Busy() || u.Jobs.object.Visible() {
		t.Errorf("after the end: %v, busy %v", got, u.Jobs.Busy())
	}
	u.Jobs.Run("Work", func(ctx context.Context, _ func(int64, int64, string)) error {
		u.Jobs.cancelFirst()
		return ctx.Err()
	}, func(err error) { got = err })
	if !errors.Is(got, context.Canceled) {
		t.Errorf("a canceled job ended with %v", got)
	}
	u.Jobs.Run("Work", func(context.Context, func(int64, int64, string)) error { panic("broken") }, func(err error) { got = err })
	if got == nil || !strings.Contains(got.Error(), "broken") {
		t.Errorf("a panic ended with %v", got)
	}
}

func TestMomentReadsWhatIsTyped(t *testing.T) {
	u := newUI(t)
	m := NewMoment(u, "Asia/Shanghai")
	want := time.Date(2026, 11, 21, 6, 5, 0, 0, time.UTC)
	m.Entry.SetText("2026-11-21 14:05")
	if got, err := m.Get(); err != nil || !got.Equal(want) {
		t.Errorf("%v %v", got, err)
	}
	m.Set(want)
	if m.Entry.Text != "2026-11-21 14:05" {
		t.Errorf("written %q", m.Entry.Text)
	}
	day := data.Day{Year: 2026, Month: 11, Day: 21}
	shanghai, _ := time.LoadLocation("Asia/Shanghai")
	m.Entry.SetText("2026-11-21")
	if got, err := m.Get(); err != nil || !got.Equal(day.Begin(shanghai)) {
		t.Errorf("a day alone: %v %v", got, err)
	}
	due := NewMoment(u, "Asia/Shanghai").Due()
	due.Entry.SetText("2026/11/21")
	got, err := due.Get()
	if err != nil || !got.Equal(day.End(shanghai)) {
		t.Errorf("a day on which something is due: %v %v", got, err)
	}
	if due.Set(got); due.Entry.Text != "2026-11-21" {
		t.Errorf("a day is written %q", due.Entry.Text)
	}
	// Of an hour that clocks skip or show twice the field asks which is meant, and it
	// reads what it wrote of one.
	york := NewMoment(u, "America/New_York")
	for text, do := range map[string]string{"2026-03-08 02:30": "Write 2026-03-08 01:30 or 2026-03-08 03:30.", "2026-11-01 01:30": "Write 2026-11-01 01:30 -04:00 for"} {
		york.Entry.SetText(text)
		if _, err := york.Get(); err == nil || !strings.Contains(err.Error(), do) {
			t.Errorf("%s: %v", text, err)
		}
	}
	second := time.Date(2026, 11, 1, 6, 30, 0, 0, time.UTC)
	york.Set(second)
	if got, err := york.Get(); err != nil || !got.Equal(second) || york.Entry.Text != "2026-11-01 01:30 -05:00" {
		t.Errorf("%q is read %v %v", york.Entry.Text, got, err)
	}
	m.Entry.SetText("31 February")
	if _, err := m.Get(); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("%v", err)
	}
	m.Entry.SetText("")
	if got, err := m.Get(); err != nil || !got.IsZero() {
		t.Errorf("%v %v", got, err)
	}
}

func TestAmount(t *testing.T) {
	u := newUI(t)
	a := NewAmount(u)
	a.Set(data.Money{Minor: 4599, Currency: "USD"})
	if got, err := a.Get(); err != nil || got != (data.Money{Minor: 4599, Currency: "USD"}) {
		t.Errorf("%v %v", got, err)
	}
	a.Entry.SetText("a lot")
	if _, err := a.Get(); !errors.Is(err, data.ErrInvalid) {
		t.Errorf("%v", err)
	}
}

func TestUrgencyHasASignAndWords(t *testing.T) {
	newUI(t)
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	for left, want := range map[time.Duration]string{
		-5 * time.Hour: "! overdue 5 h", 9 * time.Hour: "! 9 h left", 49 * time.Hour: "· 2 d 1 h left", 120 * time.Hour: "5 d left",
	} {
		if got, _ := Urgency(now.Add(left), now); got != want {
			t.Errorf("%v: %q, want %q", left, got, want)
		}
	}
}

func TestHitsMoveAndOpen(t *testing.T) {
	newUI(t)
	opened := ""
	h := NewHits(newUI(t))
	h.Set([]Hit{{Text: "Orders"}, {Text: "1", Open: func() { opened += "1" }}, {Text: "Disputes"}, {Text: "2", Open: func() { opened += "2" }}})
	h.Open()
	h.Move(1)
	h.Open()
	h.Move(1)
	h.Open()
	h.Move(-1)
	h.Open()
	if opened != "1221" {
		t.Errorf("opened %s", opened)
	}
	h.Set(nil)
	if h.Object.Visible() {
		t.Error("an empty list is shown")
	}
}

func TestKeptValuesAreWritten(t *testing.T) {
	u := newUI(t)
	written := map[string]string{}
	u.KeepIn(nil, func(all map[string]json.RawMessage) {
		for k, v := range all {
			written[k] = string(v)
		}
	})
	u.Keep("tab", "orders")
	u.KeepNow()
	if written["tab"] != `"orders"` {
		t.Errorf("written %v", written)
	}
	var tab string
	if !u.Kept("tab", &tab) || tab != "orders" {
		t.Errorf("kept %q", tab)
	}
}

// all lists the objects of a kind below an object.
func all[T fyne.CanvasObject](o fyne.CanvasObject) []T {
	var found []T
	for _, one := range test.LaidOutObjects(o) {
		if match, ok := one.(T); ok {
			found = append(found, match)
		}
	}
	return found
}

func find[T fyne.CanvasObject](o fyne.CanvasObject) T {
	var none T
	if found := all[T](o); len(found) > 0 {
		return found[0]
	}
	return none
}

func labels(o fyne.CanvasObject) string {
	var texts []string
	for _, l := range all[*Line](o) {
		texts = append(texts, l.String())
	}
	for _, l := range all[*widget.Label](o) {
		texts = append(texts, l.Text)
	}
	return strings.Join(texts, "\n")
}

func BenchmarkScrollAMillion(b *testing.B) {
	test.NewTempApp(b)
	fyne.CurrentApp().Settings().SetTheme(look.Theme{Mode: look.Light})
	defer Inline()()
	w := test.NewTempWindow(b, container.NewStack())
	w.Resize(fyne.NewSize(1200, 700))
	u := NewUI(w)
	d := newFakeDesk(1_000_000)
	table := newTable(u, d, nil)
	table.Restart()
	b.ResetTimer()
	for i := range b.N {
		table.view.scrollTo(float64(i * 7919 % 28_000_000))
		table.view.drawRows()
	}
}
