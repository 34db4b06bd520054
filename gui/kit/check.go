package kit

import (
	"fyne.io/fyne/v2"
	ttwidget "github.com/dweymouth/fyne-tooltip/widget"
)

// Check is a box to tick, which may have a tooltip. What it makes nothing of goes on
// to the window: the toolkit's own keeps each key.
type Check struct{ ttwidget.Check }

// NewCheck makes one; changed may be nil.
func NewCheck(text string, changed func(bool)) *Check {
	c := &Check{}
	c.Text, c.OnChanged = Visual(text), changed
	c.ExtendBaseWidget(c)
	return c
}

// TypedKey is for Fyne.
func (c *Check) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeySpace {
		c.Check.TypedKey(e)
		return
	}
	unused(c, e)
}
