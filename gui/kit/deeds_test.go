package kit

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"casebinder/gui/words"
)

// threeDeeds are three of a list: one that opens, one that is gray, one that bins.
func threeDeeds(did *[]string) Deeds {
	do := func(what string) func() { return func() { *did = append(*did, what) } }
	return Deeds{
		{Text: "Open", Do: do("open")},
		{Text: "Add a scan", Keys: KeysTurn, Off: func() string { return "no tracking number yet" }, Do: do("scan")},
		{Text: "Move to the bin", Keys: KeysBin, Rule: true, Do: do("bin")},
	}
}

// Rows that are no table and rows of a table offer the same by mouse and keys.
func TestEachKindOfListHasTheSameDeeds(t *testing.T) {
	var did []string
	deeds := func() Deeds { return threeDeeds(&did) }
	u := newUI(t)
	list := []string{"row one"}
	kinds := map[string]func() (fyne.CanvasObject, desktop.Mouseable, fyne.Focusable){
		"table": func() (fyne.CanvasObject, desktop.Mouseable, fyne.Focusable) {
			table := newTable(u, newFakeDesk(1), func(o *TableOptions[item]) { o.Deeds = func(item) Deeds { return deeds() } })
			table.Restart()
			return table, table.view.body, table.view.body
		},
		"row": func() (fyne.CanvasObject, desktop.Mouseable, fyne.Focusable) {
			row := NewRow(u, NewText("row one", Plain, 13, false), func() string { return "row one" }, deeds)
			u.Window.SetContent(u.Frame(row))
			return row, row, row
		},
		"list": func() (fyne.CanvasObject, desktop.Mouseable, fyne.Focusable) {
			at := -1
			l := NewList(u, ListOptions{
				Name: "l", Count: func() int { return len(list) }, Make: func() fyne.CanvasObject { return NewText("", Plain, 13, false) },
				Draw: func(int, fyne.CanvasObject) {}, At: func() int { return at }, Chose: func(i int) { at = i },
				Deeds: func(int) Deeds { return deeds() }, Line: func(i int) string { return list[i] },
			})
			u.Window.SetContent(u.Frame(l))
			u.Window.Resize(fyne.NewSize(400, 300))
			for _, o := range test.LaidOutObjects(l) {
				if i, ok := o.(*Item); ok && i.Deeds != nil {
					return l, i, l
				}
			}
			t.Fatal("the list draws nothing")
			return nil, nil, nil
		},
	}
	for name, make := range kinds {
		_, mouse, keys := make()
		click := func(b desktop.MouseButton) {
			mouse.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(20, 5)}, Button: b})
		}
		did = nil
		click(desktop.MouseButtonPrimary)
		click(desktop.MouseButtonPrimary)
		keys.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		keys.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
		keys.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
		if want := []string{"open", "open", "bin"}; !slices.Equal(did, want) {
			t.Errorf("%s: a double click, Enter, Delete and a grayed deed's key did %v, want %v", name, did, want)
		}
		for what, ask := range map[string]func(){
			"the right button": func() { click(desktop.MouseButtonSecondary) },
			"the menu key":     func() { keys.TypedKey(&fyne.KeyEvent{Name: desktop.KeyMenu}) },
		} {
			ask()
			if u.Window.Canvas().Overlays().Top() == nil {
				t.Fatalf("%s: %s shows no menu", name, what)
			}
			menu := MenuOf(u.Offered())
			first, gray, last := menu[0].Label, menu[1].Label, menu[len(menu)-1]
			if !strings.HasPrefix(first, "Open ") || !strings.HasSuffix(first, " Enter") {
				t.Errorf("%s, %s: the first line is %q", name, what, first)
			}
			if !strings.Contains(gray, "no tracking number yet") || !menu[1].Disabled {
				t.Errorf("%s, %s: a grayed line is %q", name, what, gray)
			}
			last.Action()
			if got := fyne.CurrentApp().Clipboard().Content(); !strings.Contains(got, "one") && !strings.Contains(got, "1") {
				t.Errorf("%s, %s: the last line, %q, copied %q", name, what, last.Label, got)
			}
			fyne.CurrentApp().Clipboard().SetContent("")
		}
		keys.(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutCopy{})
		if fyne.CurrentApp().Clipboard().Content() == "" {
			t.Errorf("%s: Ctrl+C copied nothing", name)
		}
	}
}

// Escape comes through where text was selected or a box has the keys.
func TestSelectedTextAndBoxesHandKeysOn(t *testing.T) {
	u := newUI(t)
	for _, name := range []string{"text", "box"} {
		text, box := Prose("several words to select"), NewCheck("a box", nil)
		o := u.Open(Sheet{Name: "s", Title: "s", Width: 400, Body: Stacked(0, text, box)})
		if name == "text" {
			for _, part := range test.WidgetRenderer(text).Objects() {
				if h, ok := part.(*hand); ok {
					h.DoubleTapped(&fyne.PointEvent{Position: fyne.NewPos(20, 14)})
				}
			}
			if got := text.SelectedText(); got != "several" {
				t.Errorf("a double click selected %q", got)
			}
		} else {
			u.Window.Canvas().Focus(box)
		}
		f := u.Window.Canvas().Focused()
		if _, button := f.(*Button); button || f == nil {
			t.Fatalf("%s: the keys are at %T", name, f)
		}
		f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if !o.Closed() {
			t.Errorf("%s: Escape did not come through", name)
			o.Close()
		}
	}
}

// What is chosen together is copied together, in the order of the list.
func TestRowsChosenTogetherAreCopied(t *testing.T) {
	u, d := newUI(t), newFakeDesk(50)
	table := newTable(u, d, func(o *TableOptions[item]) {
		o.Several = func() Deeds { return nil }
		o.OnChosen = func() {}
	})
	table.Restart()
	key(table, fyne.KeyDown)
	table.span(2)
	table.view.body.TypedShortcut(&fyne.ShortcutCopy{})
	if got := strings.Split(fyne.CurrentApp().Clipboard().Content(), "\n"); len(got) != 3 {
		t.Errorf("copied %q", got)
	}
	if words.N("table.copied", 3) != "3 rows copied." {
		t.Errorf("says %q", words.N("table.copied", 3))
	}
}

// A long menu folds what is done rarely and has no key, and loses nothing.
func TestALongMenuFoldsWhatIsRare(t *testing.T) {
	u := newUI(t)
	var deeds Deeds
	for i := range 20 {
		a := Action{Text: string(rune('a' + i)), Rare: i%2 == 1, Do: func() {}}
		if i == 19 {
			a.Keys = KeysBin
		}
		deeds = append(deeds, a)
	}
	deeds.Menu(u, fyne.NewPos(0, 0), 1, func() {})
	shown := u.Offered()
	folded := 0
	for _, a := range shown {
		folded += len(a.Sub)
	}
	if len(shown) != 10+1+1+1 || folded != 9 || shown[len(shown)-2].Keys != KeysBin {
		t.Errorf("%d lines, %d of them folded, before the last %q", len(shown), folded, shown[len(shown)-2].Text)
	}
	deeds[:mostLines].Menu(u, fyne.NewPos(0, 0), 1, func() {})
	if got := len(u.Offered()); got != mostLines+1 {
		t.Errorf("a menu of %d lines has %d", mostLines+1, got)
	}
}

// A table beside whose rows a pane stands begins with its first row chosen, and a
// choice that was made stays.
func TestATablePicksItsFirstRow(t *testing.T) {
	u, d := newUI(t), newFakeDesk(5)
	var told []int64
	table := newTable(u, d, func(o *TableOptions[item]) {
		o.PickFirst = true
		o.OnSelect = func(i item, ok bool) {
			if ok {
				told = append(told, i.id)
			}
		}
	})
	table.Restart()
	first := table.SelectedID()
	table.Select(3)
	table.Reload()
	if first != 1 || table.SelectedID() != 3 || len(told) == 0 || told[0] != 1 {
		t.Errorf("at first %d, then %d; told %v", first, table.SelectedID(), told)
	}
}

// Only the newest deed is offered to be taken back: Undo takes back no other.
func TestOneToastOffersUndo(t *testing.T) {
	u := newUI(t)
	offers := func() (n int) {
		for _, o := range u.toasts.stack.Objects {
			for _, part := range test.LaidOutObjects(o) {
				if b, ok := part.(*Button); ok && b.Text == words.T("do.undo") {
					n++
				}
			}
		}
		return n
	}
	u.Toast("one", func() {})
	u.Toast("two", func() {})
	u.Toast("said", nil)
	if offers() != 1 || len(u.toasts.stack.Objects) != 2 {
		t.Errorf("%d of %d toasts offer Undo", offers(), len(u.toasts.stack.Objects))
	}
	u.Turned()
	if offers() != 0 {
		t.Errorf("after Undo %d toasts offer it", offers())
	}
}
