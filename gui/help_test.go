package gui

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"casebinder/gui/route"
	"casebinder/gui/words"
)

// F1 begins with what to do on the screen in view, in each language, and goes on
// with the keys that work there.
func TestF1SaysWhatToDoHere(t *testing.T) {
	a := newDesk(t)
	sheet := func() string {
		t.Helper()
		overlay := a.window.Canvas().Overlays().Top()
		if overlay == nil {
			t.Fatal("F1 shows nothing")
		}
		return strings.Join(strings.Fields(written(overlay)), " ")
	}
	for _, language := range words.Languages() {
		a.setLanguage(language)
		for _, name := range tabNames {
			a.show(name)
			a.help()
			if text, want := sheet(), words.T("here."+name); !strings.Contains(squeezed(text), squeezed(want)) {
				t.Errorf("%s, %s: F1 says %q, and not %q", language, name, text, want)
			}
			a.ui.Escape()
		}
	}
	a.setLanguage(words.English)
	a.show("today")
	a.products.Open()
	a.help()
	if text := sheet(); !strings.Contains(squeezed(text), squeezed(words.T("here.products"))) || !strings.Contains(text, "Space F2 Delete") {
		t.Errorf("over the products F1 says %q", text)
	}
	a.ui.Escape()
	if got := a.ui.TopSheet(); got != "products" {
		t.Errorf("after F1 the sheet %q is on top, not the products", got)
	}
	a.ui.Escape()
	a.goTo(route.Packing{})
	a.help()
	if text := sheet(); !strings.Contains(squeezed(text), squeezed(words.T("here.pack"))) {
		t.Errorf("over the packing table F1 says %q", text)
	}
}

// A button or a list that has the keys of a sheet leaves F1 to the window.
func TestF1WorksWhereAButtonHasTheKeys(t *testing.T) {
	a := newDesk(t)
	for _, open := range []func(){a.settings.Open, func() { a.rules.Policies() }, a.safety.Open} {
		open()
		below := a.ui.TopSheet()
		focused := a.window.Canvas().Focused()
		if focused == nil {
			t.Fatalf("nothing in %q has the keys", below)
		}
		focused.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF1})
		if got := a.ui.TopSheet(); got != "shortcuts" {
			t.Errorf("F1 over %q, with the keys in a %T, shows %q", below, focused, got)
		}
		a.ui.Escape()
		a.ui.Escape()
	}
}

// squeezed is a text without the places where a screen broke its lines.
func squeezed(text string) string { return strings.Join(strings.Fields(text), "") }

// The window says all the time that the sample's data is invented, and says no such
// thing of a real desk.
func TestTheSampleSaysThatItIsInvented(t *testing.T) {
	if a := newDesk(t); a.window.Title() != "Casebinder" || drawn(a.window.Content(), words.T("sample.status")) {
		t.Errorf("a real desk is called %q", a.window.Title())
	}
	s := newStart(t, filepath.Join(t.TempDir(), "desk"))
	s.openDir(s.options.DeskDir, func(ctx context.Context, d Desk) error { return d.FillSample(ctx, words.Language(), nil) })
	for _, language := range words.Languages() {
		s.app.setLanguage(language)
		for _, name := range tabNames {
			s.app.show(name)
			if !drawn(s.app.window.Content(), words.T("sample.status")) {
				t.Errorf("%s, %s: nothing says that the sample is invented", language, name)
			}
		}
		if !strings.Contains(s.app.window.Title(), words.T("sample.title")) {
			t.Errorf("%s: the title is %q", language, s.app.window.Title())
		}
	}
}

// drawn reports whether a line of text stands on an object.
func drawn(o fyne.CanvasObject, line string) bool {
	return slices.ContainsFunc(test.LaidOutObjects(o), func(o fyne.CanvasObject) bool {
		text, ok := o.(*canvas.Text)
		return ok && text.Text == line
	})
}
