package gui

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"casebinder/gui/guitest"
)

// hitTexts are the lines of the hits, the first text of each.
func hitTexts(a *app) []string {
	var texts []string
	for _, hit := range a.find.lines() {
		texts = append(texts, hit.Text)
	}
	return texts
}

// Of 123 orders that hold the word the list says 8 of 123, and by its last line it
// goes on until all are there: 8, 58, 108, 123.
func TestASearchSaysHowManyThereAreAndGoesOn(t *testing.T) {
	a := newDesk(t)
	var lines []string
	for i := range 123 {
		lines = append(lines, fmt.Sprintf("77-%05d-10001,2026-11-10 10:00,sample%03d,45.99,USD", i, i))
	}
	guitest.Orders(t, a.desk.(quietDesk).Desk, lines...)
	a.find.entry.SetText("77")
	a.find.entry.Flush()
	key := func(name fyne.KeyName) { a.find.entry.TypedKey(&fyne.KeyEvent{Name: name}) }
	for i, want := range []struct {
		title string
		shown int
		more  bool
	}{{"8 of 123", 8, true}, {"58 of 123", 58, true}, {"108 of 123", 108, true}, {"123", 123, false}} {
		texts := hitTexts(a)
		last := texts[want.shown+1:]
		if !strings.HasSuffix(texts[0], want.title) || (len(last) > 0) != want.more {
			t.Fatalf("step %d: the group is titled %q, and below its hits stand %q", i, texts[0], last)
		}
		if !want.more {
			break
		}
		for range 20 { // a page at a time to the last line
			key(fyne.KeyPageDown)
		}
		if at := a.find.hits.Marked(); at != want.shown+1 {
			t.Fatalf("Page Down ends at line %d, want %d", at, want.shown+1)
		}
		key(fyne.KeyReturn)
	}
	if len(a.find.found.Orders) != 123 || a.find.hits.Marked() != 109 {
		t.Errorf("%d orders are shown, the mark is on line %d", len(a.find.found.Orders), a.find.hits.Marked())
	}
	seen := map[string]bool{}
	for _, o := range test.LaidOutObjects(a.find.hits.Object) {
		if text, ok := o.(*canvas.Text); ok && strings.HasPrefix(text.Text, "77-") {
			seen[text.Text] = true
		}
	}
	if len(seen) != 123 {
		t.Errorf("%d numbers are drawn", len(seen))
	}
	key(fyne.KeyReturn)
	if a.current != "orders" || a.find.hits.Object.Visible() {
		t.Error("Enter on a hit opens no order")
	}
	if _, err := a.desk.SearchTotals(context.Background(), ""); err != nil {
		t.Error(err)
	}
}
