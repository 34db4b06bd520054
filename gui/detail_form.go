package gui

import (
	"time"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/words"
)

var problemRequired = data.DefineProblem("form_required", data.ErrInvalid,
	"{field} is empty.",
	"Fill it in and try again.")

// A timeField is a field for a moment that gives back exactly what was set when
// nobody typed into it: the form shows minutes, a camera writes seconds.
type timeField struct {
	*kit.Moment
	set  time.Time
	text string
}

func newTimeField(u *kit.UI, t time.Time, zone string) *timeField {
	if zone == "" {
		zone = "UTC"
	}
	f := &timeField{Moment: kit.NewMoment(u, zone), set: t}
	f.Set(t)
	f.text = f.Entry.Text
	return f
}

func (f *timeField) value() (time.Time, error) {
	if f.Entry.Text == f.text {
		return f.set, nil
	}
	return f.Get()
}

// timeRow is a form's line for a moment; needed refuses an empty one.
func timeRow(label string, f *timeField, needed bool) *kit.Field {
	return &kit.Field{Label: label, Object: f.Object, Check: func() error {
		t, err := f.value()
		if err == nil && needed && t.IsZero() {
			return problemRequired.New("field", label)
		}
		return err
	}}
}

// amountRow is a form's line for money.
func amountRow(label string, a *kit.Amount) *kit.Field {
	return &kit.Field{Label: label, Object: a.Object, Check: func() error {
		_, err := a.Get()
		return err
	}}
}

// choiceRow is a form's line for a choice that must be made.
func choiceRow[V comparable](label string, c *kit.Choice[V]) *kit.Field {
	return &kit.Field{Label: label, Object: c, Check: func() error {
		var none V
		if c.Value() == none {
			return problemRequired.New("field", label)
		}
		return nil
	}}
}

// newAmount makes a field for money that begins with an amount in a currency.
func newAmount(u *kit.UI, m data.Money, currency string) *kit.Amount {
	a := kit.NewAmount(u)
	a.Currency.SetText(currency)
	a.Set(m)
	return a
}

// textField makes a field of one line with its text, or of several.
func textField(u *kit.UI, text string, rows int) *kit.Entry {
	e := kit.NewEntry(u)
	if rows > 1 {
		e = kit.NewTextArea(u, rows)
	}
	e.SetText(text)
	return e
}

// filterOptions puts "any" before the values of a filter.
func filterOptions[V comparable](anyKey string, options []kit.Option[V]) []kit.Option[V] {
	var none V
	return append([]kit.Option[V]{{Value: none, Text: words.T(anyKey)}}, options...)
}

// shopOptions lists shops for a choice.
func shopOptions(shops []data.Shop) []kit.Option[int64] {
	list := make([]kit.Option[int64], 0, len(shops))
	for _, s := range shops {
		list = append(list, kit.Option[int64]{Value: s.ID, Text: s.Name + " · " + s.Platform.Title()})
	}
	return list
}
