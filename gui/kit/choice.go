package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"casebinder/gui/look"
	"casebinder/gui/words"
)

// Option is one choice of a Choice or of Chips.
type Option[V comparable] struct {
	Value V
	Text  string
}

// Options makes options of a vocabulary's values, with their words.
func Options[V ~string](vocabulary string, values []V) []Option[V] {
	all := make([]Option[V], len(values))
	for i, v := range values {
		all[i] = Option[V]{v, words.Of(vocabulary, v)}
	}
	return all
}

// Choice is a select whose options carry values.
type Choice[V comparable] struct {
	widget.Select
	options []Option[V]
}

// NewChoice makes a select; changed, which may be nil, is not called for Set.
func NewChoice[V comparable](options []Option[V], value V, changed func(V)) *Choice[V] {
	c := &Choice[V]{}
	c.ExtendBaseWidget(c)
	c.PlaceHolder = " "
	c.SetChoices(options)
	c.Set(value)
	c.OnChanged = func(string) {
		if changed != nil {
			changed(c.Value())
		}
	}
	return c
}

// TypedKey is for Fyne: what the list makes nothing of goes on to the sheet.
func (c *Choice[V]) TypedKey(e *fyne.KeyEvent) {
	if isEnter(e.Name) || isOfAll(e.Name) {
		unused(c, e)
		return
	}
	c.Select.TypedKey(e)
}

// SetChoices swaps the options.
func (c *Choice[V]) SetChoices(options []Option[V]) {
	c.options = options
	c.Options = c.Options[:0]
	for _, o := range options {
		c.Options = append(c.Options, o.Text)
	}
	c.Refresh()
}

// Widths between which a Choice asks for room, as its options want.
const (
	choiceLeast = 80
	choiceMost  = 230
)

// MinSize is for Fyne: as wide as the longest option, within reason.
func (c *Choice[V]) MinSize() fyne.Size {
	size := c.Select.MinSize()
	widest := float32(choiceLeast)
	for _, o := range c.options {
		widest = max(widest, textWidth(o.Text, false)+44) // 44: the arrow and the air around
	}
	return fyne.NewSize(min(widest, choiceMost), size.Height)
}

// Value is the chosen value; the zero value when none is.
func (c *Choice[V]) Value() V {
	if i := c.SelectedIndex(); i >= 0 && i < len(c.options) {
		return c.options[i].Value
	}
	var none V
	return none
}

// Set chooses a value without telling.
func (c *Choice[V]) Set(value V) {
	told := c.OnChanged
	c.OnChanged = nil
	defer func() { c.OnChanged = told }()
	for i, o := range c.options {
		if o.Value == value {
			c.SetSelectedIndex(i)
			return
		}
	}
	c.ClearSelected()
}

// Chips is a row of choices of which one holds.
type Chips[V comparable] struct {
	Object  *fyne.Container
	options []Option[V]
	value   V
	changed func(V)
	name    string
}

// NewChips makes a row of chips; name is for the trace: "disputes.filter".
func NewChips[V comparable](name string, options []Option[V], value V, changed func(V)) *Chips[V] {
	c := &Chips[V]{Object: container.NewHBox(), options: options, value: value, changed: changed, name: name}
	c.draw()
	return c
}

// Value is the chosen value.
func (c *Chips[V]) Value() V { return c.value }

// Set chooses a value without telling.
func (c *Chips[V]) Set(value V) {
	c.value = value
	c.draw()
}

// SetOptions swaps the options, as when their counts changed.
func (c *Chips[V]) SetOptions(options []Option[V]) {
	c.options = options
	c.draw()
}

func (c *Chips[V]) draw() {
	c.Object.Objects = nil
	for _, o := range c.options {
		b := NewChip("", o.Text, func() {
			c.Set(o.Value)
			c.changed(o.Value)
		})
		b.SetOn(o.Value == c.value)
		c.Object.Add(b)
	}
	c.Object.Refresh()
}

// CreateRenderer is for Fyne.
func (c *Choice[V]) CreateRenderer() fyne.WidgetRenderer {
	r := choiceLook{c.Select.CreateRenderer()}
	r.line()
	return r
}

// choiceLook draws around a select the line that stands around every field.
type choiceLook struct{ fyne.WidgetRenderer }

// Refresh is for Fyne.
func (r choiceLook) Refresh() {
	r.WidgetRenderer.Refresh()
	r.line()
}

func (r choiceLook) line() {
	if box, ok := r.Objects()[0].(*canvas.Rectangle); ok {
		box.StrokeWidth, box.StrokeColor = 1, look.Color(theme.ColorNameInputBorder)
		box.Refresh()
	}
}
