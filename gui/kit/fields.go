package kit

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/data"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// Moment is a field for a date and time, which shows in whose zone it is. The date
// can be picked from a calendar.
type Moment struct {
	Object fyne.CanvasObject
	Entry  *Entry
	ui     *UI
	zone   *time.Location
	due    bool // a day is kept by its end
}

// NewMoment makes a field for a moment in a zone ("" is this computer's).
func NewMoment(u *UI, zone string) *Moment {
	loc := time.Local
	if zone != "" {
		if l, err := time.LoadLocation(zone); err == nil {
			loc = l
		}
	}
	m := &Moment{Entry: NewEntry(u), ui: u, zone: loc}
	m.Entry.SetPlaceHolder(words.T("moment.form"))
	label := NewText(words.ZoneTitle(zone, u.Now()), Muted, look.Small, false)
	var pick fyne.CanvasObject
	pick = dayButton("", m.Entry, func() { m.pick(pick) })
	m.Object = container.NewBorder(nil, nil, nil, container.NewHBox(pick, container.NewPadded(container.NewCenter(label))), m.Entry)
	return m
}

// pick shows the calendar. A time of day that is typed already stays.
func (m *Moment) pick(under fyne.CanvasObject) {
	today := data.OnDay(m.ui.Now().In(m.zone))
	at, clock := today, ""
	if t, err := m.Get(); err == nil && !t.IsZero() {
		at = data.OnDay(t.In(m.zone))
		if _, hour, timed := strings.Cut(strings.Replace(strings.TrimSpace(m.Entry.Text), "T", " ", 1), " "); timed {
			hour, _, _ = strings.Cut(hour, " ") // its offset may be none of another day
			clock = " " + hour
		}
	}
	m.ui.pickDay(under, today, at, m.Entry, func(day data.Day) {
		m.Entry.SetText(day.String() + clock)
		m.ui.noteTyped()
	})
}

// Due makes the field one for a date until which something is due: a day is kept
// by its end.
func (m *Moment) Due() *Moment { m.due = true; return m }

// Set shows a moment; the zero time empties the field.
func (m *Moment) Set(t time.Time) {
	if t.IsZero() {
		m.Entry.SetText("")
		return
	}
	m.Entry.SetText(data.ClockText(t, m.zone))
}

// problemMoment is for what cannot be read as a date.
var problemMoment = data.DefineProblem("moment_typed", data.ErrInvalid,
	"“{value}” is not a date and time.",
	"Write year, month, day, hour and minute, such as 2026-11-21 14:05. The time may be left out.")

// Get reads the field: the zero time when it is empty, a day where no time of day
// is given, a data.Problem when it cannot be read or clocks do not tell which it is.
func (m *Moment) Get() (time.Time, error) {
	text := strings.TrimSpace(m.Entry.Text)
	if text == "" {
		return time.Time{}, nil
	}
	t, known, err := data.ParseTyped(text, m.zone)
	if day, ok := data.DayOf(t); ok && m.due {
		t = day.End(m.zone)
	}
	if known {
		return t, err
	}
	return time.Time{}, problemMoment.New("value", text)
}

// Amount is a field for money with its currency.
type Amount struct {
	Object   fyne.CanvasObject
	Entry    *Entry
	Currency *SelectEntry
}

// currencies are offered; any other three letters can be typed.
var currencies = []string{"USD", "EUR", "GBP", "CNY", "RUB", "BRL", "JPY", "KRW", "AUD", "CAD", "MXN", "PLN", "SAR", "ILS", "UAH", "CLP", "HKD", "TWD", "SGD"}

// Currencies lists the currencies that a choice offers.
func Currencies() []string { return append([]string(nil), currencies...) }

// NewAmount makes a field for money.
func NewAmount(u *UI) *Amount {
	a := &Amount{Entry: NewEntry(u), Currency: NewSelectEntry(currencies)}
	a.Entry.SetPlaceHolder(words.T("hint.example", "value", "12.50"))
	a.Object = container.NewBorder(nil, nil, nil, container.NewGridWrap(fyne.NewSize(96, a.Entry.MinSize().Height), a.Currency), a.Entry)
	return a
}

// Set shows an amount; of the zero Money the field is empty.
func (a *Amount) Set(m data.Money) {
	a.Entry.SetText("")
	if m.Minor != 0 || !m.IsZero() {
		a.Entry.SetText(m.Decimal())
	}
	if m.Currency != "" {
		a.Currency.SetText(m.Currency)
	}
}

// Get reads the field: zero Money when it is empty, a data.Problem when it
// cannot be read.
func (a *Amount) Get() (data.Money, error) {
	if strings.TrimSpace(a.Entry.Text) == "" {
		return data.Money{}, nil
	}
	return data.ParseDecimal(a.Entry.Text, a.Currency.Text)
}
