package kit

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// Day is a field for a day alone, which is typed or picked from a calendar.
type Day struct {
	Object  fyne.CanvasObject
	Entry   *Entry
	ui      *UI
	weekday *canvas.Text
	value   string // the last day that could be read, 2026-12-28; "" for none
	changed func(string)
}

// problemDay is for what cannot be read as a day.
var problemDay = data.DefineProblem("day_typed", data.ErrInvalid,
	"“{value}” is not a day.",
	"Write year, month and day, such as 2026-11-21, or pick the day from the calendar.")

// NewDay makes one; changed hears the day as 2026-12-28, "" when it was taken
// away. name is for the trace: its calendar is opened by name+".pick".
func NewDay(u *UI, name, value string, changed func(string)) *Day {
	d := &Day{ui: u, Entry: NewEntry(u), changed: changed, weekday: NewText("", Muted, look.Small, false)}
	d.Entry.SetPlaceHolder(words.T("day.form"))
	Trace(name, d.Entry)
	var pick fyne.CanvasObject
	pick = dayButton(name+".pick", d.Entry, func() {
		at := data.OnDay(u.Now())
		if day, err := data.ParseDay(d.value); err == nil {
			at = day
		}
		u.pickDay(pick, data.OnDay(u.Now()), at, d.Entry, func(day data.Day) {
			d.Entry.SetText(day.String())
			u.noteTyped()
		})
	})
	d.Object = container.NewBorder(nil, nil, nil, container.NewHBox(container.NewCenter(d.weekday), pick), d.Entry)
	d.Set(value)
	d.Entry.OnChanged = func(string) { d.typed() }
	return d
}

// read gives what is typed as a day; false where it is none. Nothing typed is "".
func (d *Day) read() (string, bool) {
	text := strings.TrimSpace(d.Entry.Text)
	if text == "" {
		return "", true
	}
	day, ok := data.TypedDay(text)
	if !ok {
		return "", false
	}
	return day.String(), true
}

// typed tells of a day as soon as it can be read.
func (d *Day) typed() {
	value, ok := d.read()
	if !ok || value == d.value {
		d.draw()
		return
	}
	d.value = value
	d.draw()
	d.changed(value)
}

// draw says which day of the week it is.
func (d *Day) draw() {
	d.weekday.Text = ""
	if value, ok := d.read(); ok {
		if day, err := data.ParseDay(value); err == nil {
			d.weekday.Text = words.WeekdayShort(time.Date(day.Year, day.Month, day.Day, 0, 0, 0, 0, time.UTC).Weekday())
		}
	}
	d.weekday.Refresh()
}

// Value is the day; "" for none, and for what cannot be read: ask Check.
func (d *Day) Value() string {
	value, _ := d.read()
	return value
}

// Check gives a data.Problem where what was typed is no day.
func (d *Day) Check() error {
	if _, ok := d.read(); !ok {
		return problemDay.New("value", strings.TrimSpace(d.Entry.Text))
	}
	return nil
}

// Set shows a day, 2026-12-28, without telling; "" takes it away.
func (d *Day) Set(value string) {
	told := d.Entry.OnChanged
	d.Entry.OnChanged = nil
	d.value = value
	d.Entry.SetText(value)
	d.Entry.OnChanged = told
	d.draw()
}
