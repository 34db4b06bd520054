package gui

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"casebinder/gui/kit"
	"casebinder/gui/words"
)

// keyTo types a key as the window does: to what has the keys, else to the window.
func keyTo(a *app, name fyne.KeyName) {
	c, e := a.window.Canvas(), &fyne.KeyEvent{Name: name}
	if f := c.Focused(); f != nil {
		f.TypedKey(e)
	} else if c.OnTypedKey() != nil {
		c.OnTypedKey()(e)
	}
}

// checkKeys proves of the sheet on top that something in it has the keys, that
// Enter comes to its end, and that Escape closes it.
func checkKeys(t *testing.T, a *app, what string) {
	t.Helper()
	c := a.window.Canvas()
	first := c.Focused()
	if first == nil {
		t.Errorf("%s: nothing has the keys", what)
	}
	if _, button := first.(*kit.Button); !button {
		ended := false
		for range 300 {
			if e, ok := c.Focused().(*kit.Entry); ok && e.MultiLine || keepsEnter(c.Focused()) {
				c.FocusNext() // Tab goes on
			} else {
				keyTo(a, fyne.KeyReturn)
			}
			if _, ended = c.Focused().(*kit.Button); ended || !a.ui.SheetOpen() {
				break
			}
		}
		if _, scans := first.(*kit.Search); !ended && a.ui.SheetOpen() && !scans { // Enter there looks for what was typed
			t.Errorf("%s: Enter does not come to a button; the keys are at %T", what, c.Focused())
		}
	}
	for range 4 { // one for what lies over it, one for what was typed
		if a.ui.SheetOpen() {
			keyTo(a, fyne.KeyEscape)
		}
	}
	if a.ui.SheetOpen() {
		t.Errorf("%s: Escape does not close it; the keys are at %T", what, c.Focused())
		closeAll(a)
	}
}

// keepsEnter tells of what makes something else of Enter: a link is followed, a tab
// or a row is opened, what has digits waits for a choice, and the toolkit's own parts keep it.
func keepsEnter(f fyne.Focusable) bool {
	_, link := f.(*kit.WordLink)
	_, digits := f.(*kit.KeyMenu)
	_, row := f.(*kit.Row)
	kind := fmt.Sprintf("%T", f)
	return link || digits || row || kind == "*kit.partTab" || strings.HasPrefix(kind, "*widget.")
}

func closeAll(a *app) {
	for range 5 {
		a.window.Canvas().Unfocus()
		keyTo(a, fyne.KeyEscape)
	}
}

// leading are the buttons in view that lead to a sheet, which their dots say.
func leading(o fyne.CanvasObject) []*kit.Button {
	var list []*kit.Button
	for _, one := range test.LaidOutObjects(o) {
		if b, ok := one.(*kit.Button); ok && !b.Disabled() && (strings.HasSuffix(b.Text, "…") || strings.HasSuffix(b.Text, "...")) {
			list = append(list, b)
		}
	}
	return list
}

// Each sheet of the window that a menu or a button with dots opens on the sample
// desk: something in it has the keys, and Escape closes it. Each list on them and on the
// tabs has the deeds of all lists, and takes back what Delete did.
func TestKeysGoThroughEverySheet(t *testing.T) {
	t.Setenv("CASEBINDER_DIALOGS", "fyne")
	s := newStart(t, filepath.Join(t.TempDir(), "desk"))
	s.openDir(s.options.DeskDir, func(ctx context.Context, d Desk) error { return d.FillSample(ctx, words.Language(), nil) })
	a := s.app
	opened := map[string]bool{}
	lists := &listsTest{T: t, app: a, kinds: map[string]bool{}, said: map[string]bool{}}
	look := func(what string) {
		if a.ui.SheetOpen() {
			opened[what] = true
			lists.check(what)
			checkKeys(t, a, what)
		}
		for _, over := range a.window.Canvas().Overlays().List() {
			over.Hide()
			a.window.Canvas().Overlays().Remove(over)
		}
	}
	skip := []string{words.T("menu.quit"), words.T("menu.desk"), words.T("menu.restore"), words.T("menu.paste")}
	for _, menu := range a.window.MainMenu().Items {
		if menu.Label == words.T("menu.view") {
			continue
		}
		for _, item := range menu.Items {
			if item.Action != nil && !item.Disabled && !slices.ContainsFunc(skip, func(s string) bool { return strings.HasPrefix(item.Label, s) }) {
				item.Action()
				look(item.Label)
			}
		}
	}
	for _, name := range tabNames {
		a.show(name)
		a.screen().New()
		look(name + ", new")
		for _, o := range test.LaidOutObjects(a.window.Content()) { // the first row, as by the arrow down
			if f, ok := o.(fyne.Focusable); ok && strings.Contains(fmt.Sprintf("%T", o), "tableBody") {
				f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
				break
			}
		}
		lists.check(name)
		for _, b := range leading(a.window.Content()) {
			what := name + ": " + b.Text
			test.Tap(b)
			look(what)
		}
	}
	if len(opened) < 20 {
		t.Errorf("only %d sheets were opened: %v", len(opened), opened)
	}
	if len(lists.said) < 6 {
		t.Errorf("Delete said only %v", lists.said)
	}
	if len(lists.kinds) < 12 || lists.binned < 3 {
		t.Errorf("only %d lists were tried, on %d of which Delete was taken back: %v", len(lists.kinds), lists.binned, lists.kinds)
	}
	t.Logf("%d sheets: %v", len(opened), opened)
	t.Logf("%d lists, %d with Delete: %v", len(lists.kinds), lists.binned, lists.kinds)
}
