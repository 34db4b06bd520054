package kit

import (
	"fyne.io/fyne/v2"
)

// KeyButton is a button that the keys are given to for the next step: Enter
// presses it too, and function keys go on to the window, which those of the
// toolkit keep.
type KeyButton struct {
	Button
	OnRune func(r rune)                // a letter or digit that is typed while it has the keys; may be nil
	OnKey  func(key fyne.KeyName) bool // a key of which it makes nothing itself; false: it goes on to the window; may be nil
	ui     *UI
}

// NewKeyButton makes one with a name for the trace.
func NewKeyButton(u *UI, name, text string, do func()) *KeyButton {
	b := &KeyButton{ui: u}
	b.Text, b.OnTapped = text, do
	b.ExtendBaseWidget(b)
	Trace(name, b)
	return b
}

// TypedRune is for Fyne.
func (b *KeyButton) TypedRune(r rune) {
	if b.OnRune != nil {
		b.OnRune(r)
	}
}

// TypedKey is for Fyne.
func (b *KeyButton) TypedKey(e *fyne.KeyEvent) {
	switch {
	case e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter:
		b.Button.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	case b.OnKey != nil && b.OnKey(e.Name):
	case !b.ui.key(e.Name):
		b.Button.TypedKey(e)
	}
}
