package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"casebinder/gui/look"
)

// middle is where the middle of what a widget shows stands, as its parent placed it.
func middle(o fyne.CanvasObject) float32 { return o.Position().Y + o.Size().Height/2 }

func TestLinksStandOnTheLineOfTheTextBesideThem(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.Theme{Mode: look.Light})
	text, link, button := Section("Tasks"), NewWordLink("", "8190", func() {}), NewLink("", "New task...", func() {})
	row := Stacked(0, text, link, button)
	Dense(row)
	height := text.MinSize().Height
	for _, o := range []fyne.CanvasObject{link, button} {
		if o.MinSize().Height != height {
			t.Errorf("%T asks for %v in dense text, the text for %v", o, o.MinSize().Height, height)
		}
	}
	for _, o := range []fyne.CanvasObject{text, link, button} { // as the line of a row places them
		o.Resize(fyne.NewSize(100, height))
		o.Move(fyne.NewPos(0, 10))
	}
	for _, o := range []fyne.CanvasObject{link, button} {
		if middle(o) != middle(text) {
			t.Errorf("the middle of %T is at %v, of the text at %v", o, middle(o), middle(text))
		}
	}
	action := NewButton("", "Do", func() {})
	before := action.MinSize()
	Dense(Stacked(0, action))
	if action.MinSize() != before {
		t.Error("an action became smaller in dense text")
	}
}

func TestBadgeStaysAsHighAsItsWord(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.Theme{Mode: look.Light})
	badge := NewBadge("open", Plain).(*fyne.Container)
	least := badge.MinSize()
	badge.Resize(fyne.NewSize(300, 40))
	inner := badge.Objects[0]
	if inner.Size() != least {
		t.Errorf("the badge is %v, its word wants %v", inner.Size(), least)
	}
	if middle(inner) != 20 {
		t.Errorf("the badge's middle is at %v of 40", middle(inner))
	}
}
