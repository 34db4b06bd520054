package kit

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

// A form with two wrong fields has the keys in the first of them, scrolled into view; what is
// said of each goes away as it is filled in, whoever fills it in.
func TestWhatIsWrongGoesAwayAsItIsMended(t *testing.T) {
	u := newUI(t)
	name, country := NewEntry(u), NewSelectEntry([]string{"US", "DE"})
	kind := NewChoice([]Option[int]{{1, "one"}, {2, "two"}}, 0, nil)
	filled := func(text *string) func() error {
		return func() error {
			if strings.TrimSpace(*text) == "" {
				return ProblemRequired.New("field", "it")
			}
			return nil
		}
	}
	right := NewEntry(u)
	rows := []*Field{
		{Label: "Right", Object: right},
		{Label: "Name", Object: name, Check: filled(&name.Text)},
		{Label: "Country", Object: country, Check: filled(&country.Text)},
		ChoiceRow("Kind", kind),
	}
	form := NewForm(rows...)
	scroll := container.NewVScroll(form.Object)
	u.Window.SetContent(u.Frame(container.NewGridWrap(fyne.NewSize(400, 50), scroll)))
	if form.Check() {
		t.Fatal("empty fields are right")
	}
	if u.Window.Canvas().Focused() != fyne.Focusable(name) {
		t.Errorf("the keys are at %T", u.Window.Canvas().Focused())
	}
	if scroll.Offset.Y == 0 {
		t.Error("the field that is wrong is not in view")
	}
	said := func() (names []string) {
		for _, f := range rows {
			if f.fault.Visible() {
				names = append(names, f.Label)
			}
		}
		return names
	}
	wrong := func(want string) {
		t.Helper()
		if got := strings.Join(said(), " "); got != want {
			t.Errorf("wrong are %q, want %q", got, want)
		}
	}
	wrong("Name Country Kind")
	test.Type(name, "L")
	wrong("Country Kind")
	country.SetText("US")
	wrong("Kind")
	kind.SetSelected("two")
	wrong("")
	if name.SetText(""); !form.Mark() && len(said()) != 1 {
		t.Errorf("an emptied field is said to be %v", said())
	}
}

// Enter leads through a page of fields without a sheet to its main button.
func TestEnterGoesThroughAPage(t *testing.T) {
	u := newUI(t)
	first, last := NewEntry(u), NewSelectEntry([]string{"USD"})
	pressed := 0
	start := NewButton("", "Start", func() { pressed++ })
	u.Window.SetContent(u.Frame(container.NewVBox(NewButton("", "Language", func() {}), first, last, NewButton("", "Choose", func() {}), start, NewButton("", "Sample", func() {}))))
	u.EndAt(start)
	c := u.Window.Canvas()
	c.Focus(first)
	for i, want := range []fyne.Focusable{first, last, start} {
		if c.Focused() != want {
			t.Fatalf("step %d: the keys are at %T", i, c.Focused())
		}
		c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
	if pressed != 1 {
		t.Errorf("the main button was pressed %d times", pressed)
	}
}
