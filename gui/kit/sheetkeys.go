package kit

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
	ttwidget "github.com/dweymouth/fyne-tooltip/widget"
)

// mostFields is how many fields are walked through at most; no sheet has as many.
const mostFields = 200

// isField reports whether one fills something in with what has the keys, and leaves it
// by Enter: no button, and none of the toolkit's own, which make nothing of that key
// and keep it.
func isField(f fyne.Focusable) bool {
	switch f.(type) {
	case nil, *Button, *WordLink, *partTab, *signButton, *KeyButton, *ttwidget.Button, *Check, *hand, *Row:
		return false
	}
	return !strings.HasPrefix(fmt.Sprintf("%T", f), "*widget.")
}

// A SelectEntry is a field with choices in which others can be typed. What it makes
// nothing of goes on to the sheet.
type SelectEntry struct{ widget.SelectEntry }

// NewSelectEntry makes one.
func NewSelectEntry(options []string) *SelectEntry {
	e := &SelectEntry{}
	e.ExtendBaseWidget(e)
	e.SetOptions(options)
	return e
}

// TypedKey is for Fyne.
func (e *SelectEntry) TypedKey(k *fyne.KeyEvent) {
	if isEnter(k.Name) || isOfAll(k.Name) {
		unused(e, k)
		return
	}
	e.SelectEntry.TypedKey(k)
}

// focusFirst gives the keys of a sheet that was opened to its first field, of one
// without fields to the button that goes on, or to Cancel where that has no way back.
func (o *OpenSheet) focusFirst() {
	c := o.ui.Window.Canvas()
	if o.sheet.FocusedAt != nil {
		c.Focus(o.sheet.FocusedAt)
		if c.Focused() == o.sheet.FocusedAt {
			return
		}
	}
	if o.sheet.Danger {
		o.FocusCancel()
		return
	}
	for range mostFields {
		c.FocusNext()
		if f := c.Focused(); f == nil || isField(f) || o.isLast(f) {
			return
		}
	}
}

// isLast reports whether the keys are at the button with which a sheet ends: the main
// one, or Cancel where there is none that can be pressed.
func (o *OpenSheet) isLast(f fyne.Focusable) bool {
	if o.do != nil && !o.do.Disabled() {
		return f == fyne.Focusable(o.do)
	}
	return f == fyne.Focusable(o.cancel)
}

// EndAt says with which button the fields of a page end that stands in the window
// without a sheet, such as that of the first start.
func (u *UI) EndAt(main *Button) { u.main = main }

// enter moves the keys on from a field to the next one, behind the last to the main
// button, which another Enter presses: an Enter that was meant for an input method
// never saves. It reports whether a sheet is open, or a page of fields.
func (u *UI) enter() bool {
	isLast := func(f fyne.Focusable) bool { return f == fyne.Focusable(u.main) }
	switch n := len(u.sheets); {
	case n > 0 && u.sheets[n-1].popup.Visible():
		isLast = u.sheets[n-1].isLast
	case n > 0 || u.main == nil:
		return false
	}
	c := u.Window.Canvas()
	for range mostFields {
		c.FocusNext()
		if f := c.Focused(); f == nil || isField(f) || isLast(f) {
			if o, ok := f.(fyne.CanvasObject); ok {
				reveal(c, o)
			}
			return true
		}
	}
	return true
}

// isEnter reports whether a key is one of the two of this name.
func isEnter(name fyne.KeyName) bool { return name == fyne.KeyReturn || name == fyne.KeyEnter }

// isOfAll tells the keys that no button, link or list keeps: Escape leaves, F1 helps.
func isOfAll(name fyne.KeyName) bool { return name == fyne.KeyEscape || name == fyne.KeyF1 }

// unused hands a key that a widget without a UI makes nothing of on to the window.
func unused(o fyne.CanvasObject, e *fyne.KeyEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(e)
	}
}
