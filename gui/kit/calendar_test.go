package kit

import (
	"errors"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"casebinder/data"
	"casebinder/gui/words"
)

// The first days of a month's page, worked by hand: 1 November 2026 is a Sunday,
// and 1 June 2026 a Monday.
func TestAWeekBeginsAsTheLanguageHasIt(t *testing.T) {
	newUI(t)
	t.Cleanup(func() { words.Set(words.English) })
	for _, c := range []struct {
		language    string
		at          data.Day
		first, name string
		month       string
	}{
		{words.English, data.Day{Year: 2026, Month: 11, Day: 21}, "2026-11-01", "Sun", "November 2026"},
		{words.Simplified, data.Day{Year: 2026, Month: 11, Day: 21}, "2026-10-26", "周一", "2026年11月"},
		{words.Traditional, data.Day{Year: 2026, Month: 11, Day: 21}, "2026-11-01", "週日", "2026年11月"},
		{words.English, data.Day{Year: 2026, Month: 6, Day: 1}, "2026-05-31", "Sun", "June 2026"},
		{words.Simplified, data.Day{Year: 2026, Month: 6, Day: 1}, "2026-06-01", "周一", "2026年6月"},
	} {
		words.Set(c.language)
		calendar := NewCalendar(data.Day{Year: 2026, Month: 11, Day: 30}, c.at, nil, nil)
		r := test.WidgetRenderer(calendar).(*calendarRenderer)
		if got := calendar.first().String(); got != c.first || r.names[0].Text != c.name || r.title.Text != c.month {
			t.Errorf("%s, %s: begins with %s under %q in %q, want %s under %q in %q", c.language, c.at, got, r.names[0].Text, r.title.Text, c.first, c.name, c.month)
		}
	}
}

func TestKeysGoThroughACalendar(t *testing.T) {
	newUI(t)
	var picked []string
	left := 0
	c := NewCalendar(data.Day{Year: 2026, Month: 11, Day: 30}, data.Day{Year: 2026, Month: 1, Day: 31},
		func(d data.Day) { picked = append(picked, d.String()) }, func() { left++ })
	for _, step := range []struct {
		key  fyne.KeyName
		want string
	}{
		{fyne.KeyRight, "2026-02-01"},
		{fyne.KeyLeft, "2026-01-31"},
		{fyne.KeyPageDown, "2026-02-28"}, // February has no 31st
		{fyne.KeyDown, "2026-03-07"},
		{fyne.KeyUp, "2026-02-28"},
		{fyne.KeyPageUp, "2026-01-28"},
		{fyne.KeyPageUp, "2025-12-28"},
		{fyne.KeyHome, "2026-11-30"},
	} {
		c.TypedKey(&fyne.KeyEvent{Name: step.key})
		if got := c.At().String(); got != step.want {
			t.Errorf("after %s the keys are on %s, want %s", step.key, got, step.want)
		}
	}
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if len(picked) != 1 || picked[0] != "2026-11-30" || left != 1 {
		t.Errorf("Enter picked %v and Escape left %d times", picked, left)
	}
	// The second row's third cell of November 2026, which begins with a Sunday.
	c.Tapped(&fyne.PointEvent{Position: fyne.NewPos(2.5*calendarCell, calendarTop+1.5*calendarRow)})
	c.Tapped(&fyne.PointEvent{Position: fyne.NewPos(6.5*calendarCell, 5)}) // another year
	if picked[len(picked)-1] != "2026-11-10" || c.At().String() != "2027-11-30" {
		t.Errorf("the mouse picked %v and went to %s", picked, c.At())
	}
}

// calendarOn opens the calendar of a field by its keys.
func calendarOn(t *testing.T, u *UI, e *Entry) *Calendar {
	t.Helper()
	u.Window.Canvas().Focus(e)
	e.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierAlt})
	c, ok := u.Window.Canvas().Focused().(*Calendar)
	if !ok {
		t.Fatal("Alt and the arrow down open no calendar")
	}
	return c
}

func TestAPickedDayKeepsTheTimeOfDay(t *testing.T) {
	u := newUI(t)
	u.Now = func() time.Time { return time.Date(2026, 11, 30, 20, 0, 0, 0, time.UTC) }
	m := NewMoment(u, "Asia/Shanghai")
	sheet := u.Open(Sheet{Name: "when", Title: "When", Body: m.Object})
	key := func(c *Calendar, name fyne.KeyName) { c.TypedKey(&fyne.KeyEvent{Name: name}) }
	c := calendarOn(t, u, m.Entry)
	if c.At().String() != "2026-12-01" { // in Shanghai it is the next day already
		t.Errorf("an empty field opens on %s", c.At())
	}
	key(c, fyne.KeyReturn)
	if got, err := m.Get(); m.Entry.Text != "2026-12-01" || err != nil || !data.IsDay(got) {
		t.Errorf("picked %q: %v %v", m.Entry.Text, got, err)
	}
	m.Entry.SetText("2026-11-21 14:05")
	c = calendarOn(t, u, m.Entry)
	key(c, fyne.KeyRight)
	key(c, fyne.KeyReturn)
	if m.Entry.Text != "2026-11-22 14:05" {
		t.Errorf("the time of day was lost: %q", m.Entry.Text)
	}
	key(calendarOn(t, u, m.Entry), fyne.KeyEscape)
	if !sheet.Shown() || u.Window.Canvas().Focused() != fyne.Focusable(m.Entry) || m.Entry.Text != "2026-11-22 14:05" {
		t.Errorf("Escape in the calendar: the sheet is shown: %v, the field holds %q", sheet.Shown(), m.Entry.Text)
	}
	if !sheet.unsaved() {
		t.Error("a picked day is not taken for something typed")
	}
}

func TestADayIsTypedOrPicked(t *testing.T) {
	u := newUI(t)
	u.Now = func() time.Time { return time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC) }
	var told []string
	d := NewDay(u, "day", "2026-11-21", func(v string) { told = append(told, v) })
	u.Window.SetContent(u.Frame(d.Object))
	if d.weekday.Text != "Sat" || d.Check() != nil {
		t.Errorf("2026-11-21 is a %q", d.weekday.Text)
	}
	d.Entry.SetText("2026-11-2")
	if d.Value() != "" || !errors.Is(d.Check(), data.ErrInvalid) || len(told) != 0 {
		t.Errorf("half a day: %q %v %v", d.Value(), d.Check(), told)
	}
	d.Entry.SetText("2026/11/25")
	d.Entry.SetText("")
	calendarOn(t, u, d.Entry).TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	want := []string{"2026-11-25", "", "2026-11-30"}
	if len(told) != 3 || told[0] != want[0] || told[1] != want[1] || told[2] != want[2] {
		t.Errorf("told %q, want %q", told, want)
	}
	d.Set("2026-12-24")
	if len(told) != 3 || d.Value() != "2026-12-24" {
		t.Error("a day that the program set was told, or is not there")
	}
}
