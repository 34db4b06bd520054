package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"casebinder/gui/words"
)

// Day is a field for a day that is picked from a calendar.
type Day struct {
	Object  fyne.CanvasObject
	ui      *UI
	pick    *widget.Button
	clear   *widget.Button
	value   string // 2026-12-28; "" for none
	changed func(string)
	popup   *widget.PopUp
}

// dayForm is how a day is kept.
const dayForm = "2006-01-02"

// NewDay makes one; changed hears the day as 2026-12-28, "" when it was taken
// away. name is for the trace.
func NewDay(u *UI, name, value string, changed func(string)) *Day {
	d := &Day{ui: u, value: value, changed: changed}
	d.pick = NewButton(name, "", d.open)
	d.pick.Icon = theme.CalendarIcon()
	d.pick.Alignment = widget.ButtonAlignLeading
	d.clear = widget.NewButtonWithIcon("", theme.CancelIcon(), func() { d.set("") })
	d.clear.Importance = widget.LowImportance
	d.Object = container.NewBorder(nil, nil, nil, d.clear, d.pick)
	d.draw()
	return d
}

func (d *Day) draw() {
	t, err := time.Parse(dayForm, d.value)
	if err != nil {
		d.pick.SetText(words.T("day.pick"))
		d.clear.Hide()
		return
	}
	d.pick.SetText(words.T("day.picked", "date", d.value, "weekday", words.T("weekday."+t.Weekday().String())))
	d.clear.Show()
}

// Value is the day that is picked; "" for none.
func (d *Day) Value() string { return d.value }

// Set picks a day, 2026-12-28, without telling; "" takes it away.
func (d *Day) Set(value string) {
	d.value = value
	d.draw()
}

func (d *Day) set(value string) {
	if d.popup != nil {
		d.popup.Hide()
		d.popup = nil
	}
	if value == d.value {
		return
	}
	d.value = value
	d.draw()
	d.changed(value)
}

// open shows the calendar below the field.
func (d *Day) open() {
	at := d.ui.Now()
	if t, err := time.Parse(dayForm, d.value); err == nil {
		at = t
	}
	calendar := widget.NewCalendar(at, func(t time.Time) { d.set(t.Format(dayForm)) })
	d.popup = widget.NewPopUp(calendar, d.ui.Window.Canvas())
	pos := fyne.CurrentApp().Driver().AbsolutePositionForObject(d.pick)
	size, room := d.popup.MinSize(), d.ui.Window.Canvas().Size()
	pos.Y = min(pos.Y+d.pick.Size().Height, max(room.Height-size.Height, 0))
	pos.X = min(pos.X, max(room.Width-size.Width, 0))
	d.popup.ShowAtPosition(pos)
}
