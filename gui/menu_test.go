package gui

import (
	"context"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"casebinder/data"
	"casebinder/gui/guitest"
	"casebinder/gui/look"
	"casebinder/gui/route"
	"casebinder/gui/words"
)

// The keys of a menu's lines stand in their words, below each other, and the toolkit
// still obeys them by their names.
func TestKeysStandInTheMenus(t *testing.T) {
	if runtime.GOOS == "darwin" {
		t.Skip("the system draws the menus")
	}
	a := newDesk(t)
	for _, language := range words.Languages() {
		a.setLanguage(language)
		file := a.window.MainMenu().Items[0]
		var ends []float32
		for _, item := range file.Items {
			if keys := a.lines.keys[item]; keys != "" {
				if !strings.HasSuffix(item.Label, "  "+keys) {
					t.Errorf("%s: %q does not end with %s", language, item.Label, keys)
				}
				if _, drawn := item.Shortcut.(fyne.KeyboardShortcut); drawn {
					t.Errorf("%s: the toolkit would draw the keys of %q too", language, item.Label)
				}
				ends = append(ends, fyne.MeasureText(item.Label, look.Text, fyne.TextStyle{}).Width)
			}
		}
		if file.Items[0].Shortcut.ShortcutName() != "CustomDesktop:Control+I" {
			t.Errorf("the import obeys %s", file.Items[0].Shortcut.ShortcutName())
		}
		for _, end := range ends {
			if end < ends[0]-4 || end > ends[0]+4 {
				t.Errorf("%s: the keys end at %v", language, ends)
				break
			}
		}
	}
}

// What runs is not offered again: its lines are gray and say why, until it ends.
func TestTheMenuGraysWhatRuns(t *testing.T) {
	a := newDesk(t)
	first := a.window.MainMenu().Items[0].Items[0]
	during, gray := "", false
	a.ui.Jobs.RunAs("import", "orders.csv", func(context.Context, func(int64, int64, string)) error {
		during, gray = first.Label, first.Disabled
		return nil
	}, func(error) {})
	if want := words.T("menu.running.import", "what", words.T("menu.import")); !gray || !strings.HasPrefix(during, want) {
		t.Errorf("while an import runs the line is %q, gray: %v", during, gray)
	}
	if first.Disabled || !strings.HasPrefix(first.Label, words.T("menu.import")) || a.ui.Jobs.Running("import") {
		t.Errorf("after it the line is %q, gray: %v", first.Label, first.Disabled)
	}
}

// What needs a record is gray without one, says what is missing, and its keys say it too.
func TestTheMenuGraysWhatNeedsARecord(t *testing.T) {
	s := newStart(t, filepath.Join(t.TempDir(), "desk"))
	s.openDir(s.options.DeskDir, func(ctx context.Context, d Desk) error { return d.FillSample(ctx, words.Language(), nil) })
	a := s.app
	line := func(key string) *fyne.MenuItem {
		for _, menu := range a.window.MainMenu().Items {
			for _, item := range menu.Items {
				if a.lines.says[item] == words.T(key) {
					return item
				}
			}
		}
		t.Fatal(key)
		return nil
	}
	state := func(want map[string]string) {
		t.Helper()
		for key, why := range want {
			item := line(key)
			if says := strings.Contains(item.Label, "("); item.Disabled != (why != "") || says != item.Disabled || says && !strings.Contains(item.Label, words.T(why)) {
				t.Errorf("on %s %q, gray: %v; want %s", a.current, item.Label, item.Disabled, why)
			}
		}
	}
	a.show("buyers")
	state(map[string]string{"menu.new": "off.buyers_come", "menu.export": "off.pick_case", "menu.order_write": "off.pick_order", "menu.save": "off.no_sheet"})
	line("menu.export").Action()
	if said := guitest.TextsOf(a.window.Content()); !slices.ContainsFunc(said, func(s string) bool { return strings.Contains(s, words.T("off.pick_case")) }) {
		t.Errorf("the key of what is gray says nothing: %q", said)
	}
	rows, err := a.desk.DisputeFirst(t.Context(), data.DisputeQuery{}, 1)
	if err != nil || len(rows) == 0 {
		t.Fatal(err)
	}
	a.goTo(route.Dispute{ID: rows[0].ID})
	state(map[string]string{"menu.new": "", "menu.export": "", "menu.order_write": "", "menu.save": "off.no_sheet"})
	order := a.orderInView().ID
	line("menu.order_write").Action()
	if !a.ui.SheetOpen() || a.current != "orders" || a.orderInView().ID != order {
		t.Errorf("writing about the order of a dispute opened %q on %s, of order %d instead of %d", a.ui.TopSheet(), a.current, a.orderInView().ID, order)
	}
	state(map[string]string{"menu.save": ""})
	a.ui.Escape()
	state(map[string]string{"menu.save": "off.no_sheet", "menu.export": "off.pick_case", "menu.order_write": ""})
}
