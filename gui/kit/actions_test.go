package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"casebinder/gui/look"
)

// A narrow bar puts into its menu what it cannot show, and nothing is in both.
func TestAnActionBarKeepsWhatDoesNotFitInItsMenu(t *testing.T) {
	w := test.NewTempWindow(t, nil)
	u := NewUI(w)
	did := ""
	one := func(name string, rare bool) Action {
		return Action{Name: name, Text: "Words of " + name, Rare: rare, Do: func() { did = name }}
	}
	bar := NewActionBar(u, "more", one("a", false), one("b", false), one("c", false), one("d", true))
	w.SetContent(bar.Object)
	names := func() (names string) {
		for _, a := range bar.rest() {
			names += a.Name
		}
		return names
	}
	single, more := bar.buttons[0].MinSize().Width, bar.more.MinSize().Width
	for _, c := range []struct {
		width float32
		rest  string
	}{
		{3*single + more + 40, "d"},
		{2*single + more + 20, "cd"},
		{single + more + 10, "bcd"},
		{10, "bcd"}, // the first stays: it is the bar's least
	} {
		bar.Object.Resize(fyne.NewSize(c.width, 40))
		if got := names(); got != c.rest {
			t.Errorf("at %v the menu has %q, want %q", c.width, got, c.rest)
		}
	}
	bar.open()
	if w.Canvas().Overlays().Top() == nil {
		t.Error("the menu did not open")
	}
	MenuOf(bar.rest())[0].Action()
	if did != "b" {
		t.Errorf("did %q", did)
	}
}

// A bar in which all stands has no button for an empty menu.
func TestAnActionBarWithoutARestHasNoMenu(t *testing.T) {
	w := test.NewTempWindow(t, nil)
	do := func() {}
	bar := NewActionBar(NewUI(w), "more", Action{Name: "a", Text: "First", Do: do}, Action{Name: "b", Text: "Second", Do: do})
	w.SetContent(bar.Object)
	both := bar.buttons[0].MinSize().Width + look.Tight + bar.buttons[1].MinSize().Width
	for width, menu := range map[float32]bool{both: false, both - 1: true} {
		bar.Object.Resize(fyne.NewSize(width, 40))
		if bar.more.Visible() != menu || (len(bar.rest()) > 0) != menu {
			t.Errorf("at %v: the menu's button is shown: %v, and %d actions stand in it", width, bar.more.Visible(), len(bar.rest()))
		}
	}
}
