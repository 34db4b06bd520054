package gui

import (
	"context"
	"runtime"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"casebinder/gui/look"
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
