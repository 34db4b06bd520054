package kit

import (
	"time"

	"casebinder/data"
	"casebinder/gui/words"
)

var ProblemRequired = data.DefineProblem("form_required", data.ErrInvalid,
	"{field} is empty.",
	"Fill it in and try again.")

// A TimeField is a field for a moment that gives back exactly what was set when
// nobody typed into it: the form shows minutes, a camera writes seconds.
type TimeField struct {
	*Moment
	set  time.Time
	text string
}

func NewTimeField(u *UI, t time.Time, zone string) *TimeField {
	if zone == "" {
		zone = "UTC"
	}
	f := &TimeField{Moment: NewMoment(u, zone), set: t}
	f.Set(t)
	f.text = f.Entry.Text
	return f
}

// NewDueField is a TimeField for a date until which something is due.
func NewDueField(u *UI, t time.Time, zone string) *TimeField {
	f := NewTimeField(u, t, zone)
	f.Due()
	return f
}

func (f *TimeField) Value() (time.Time, error) {
	if f.Entry.Text == f.text {
		return f.set, nil
	}
	return f.Get()
}

// TimeRow is a form's line for a moment; needed refuses an empty one.
func TimeRow(label string, f *TimeField, needed bool) *Field {
	return &Field{Label: label, Object: f.Object, Check: func() error {
		t, err := f.Value()
		if err == nil && needed && t.IsZero() {
			return ProblemRequired.New("field", label)
		}
		return err
	}}
}

// AmountRow is a form's line for money.
func AmountRow(label string, a *Amount) *Field {
	return &Field{Label: label, Object: a.Object, Check: func() error {
		_, err := a.Get()
		return err
	}}
}

// ChoiceRow is a form's line for a choice that must be made.
func ChoiceRow[V comparable](label string, c *Choice[V]) *Field {
	return &Field{Label: label, Object: c, Check: func() error {
		var none V
		if c.Value() == none {
			return ProblemRequired.New("field", label)
		}
		return nil
	}}
}

// AmountOf makes a field for money that begins with an amount in a currency.
func AmountOf(u *UI, m data.Money, currency string) *Amount {
	a := NewAmount(u)
	a.Currency.SetText(currency)
	a.Set(m)
	return a
}

// TextField makes a field of one line with its text, or of several.
func TextField(u *UI, text string, rows int) *Entry {
	e := NewEntry(u)
	if rows > 1 {
		e = NewTextArea(u, rows)
	}
	e.SetText(text)
	return e
}

// FilterOptions puts "any" before the values of a filter.
func FilterOptions[V comparable](anyKey string, options []Option[V]) []Option[V] {
	var none V
	return append([]Option[V]{{Value: none, Text: words.T(anyKey)}}, options...)
}
