package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/gui/look"
	"casebinder/gui/words"
)

// A KeyMenu is a list of things to do, each done by its digit: the tenth by 0.
// Enter does the one that is chosen; up and down choose. At first none is: one Enter
// too many writes nothing down. It takes no text, so that no input method comes between.
type KeyMenu struct {
	widget.BaseWidget
	ui      *UI
	actions []Action
	buttons []*Button
	at      int // -1: none
	first   int // to which the first arrow goes
}

// NewKeyMenu makes one of at most ten actions; first is what comes next as a rule, to
// which the first arrow goes.
func NewKeyMenu(u *UI, first int, actions ...Action) *KeyMenu {
	m := &KeyMenu{ui: u, actions: actions, at: -1, first: first}
	for i, a := range actions {
		b := NewButton(a.Name, string(digitOf(i))+"    "+a.says(), a.Do)
		b.Alignment = widget.ButtonAlignLeading
		if a.Why() != "" {
			b.Disable()
		}
		m.buttons = append(m.buttons, b)
	}
	m.ExtendBaseWidget(m)
	return m
}

func digitOf(i int) rune { return '0' + rune((i+1)%10) }

// choose marks an action as the one that Enter does.
func (m *KeyMenu) choose(at int) {
	m.at = at
	for i, b := range m.buttons {
		b.Importance = widget.MediumImportance
		if i == at {
			b.Importance = widget.HighImportance
		}
		b.Refresh()
	}
}

func (m *KeyMenu) do(i int) {
	if i >= 0 && i < len(m.buttons) && !m.buttons[i].Disabled() {
		m.actions[i].Do()
	}
}

// CreateRenderer is for Fyne.
func (m *KeyMenu) CreateRenderer() fyne.WidgetRenderer {
	rows := Stacked(look.Tight)
	for _, b := range m.buttons {
		rows.Add(b)
	}
	return widget.NewSimpleRenderer(container.NewVBox(rows))
}

// FocusGained is for Fyne.
func (m *KeyMenu) FocusGained() {}

// FocusLost is for Fyne.
func (m *KeyMenu) FocusLost() {}

// TypedRune does what a digit stands for.
func (m *KeyMenu) TypedRune(r rune) {
	for i := range m.actions {
		if digitOf(i) == r {
			m.do(i)
			return
		}
	}
}

// TypedKey moves the choice, and does it.
func (m *KeyMenu) TypedKey(e *fyne.KeyEvent) {
	n := len(m.actions)
	arrow := e.Name == fyne.KeyUp || e.Name == fyne.KeyDown
	switch {
	case arrow && m.at < 0:
		m.choose(m.first)
	case e.Name == fyne.KeyUp:
		m.choose((m.at + n - 1) % n)
	case e.Name == fyne.KeyDown:
		m.choose((m.at + 1) % n)
	case isEnter(e.Name) && m.at < 0:
		m.ui.Toast(words.T("keymenu.none"), nil)
	case isEnter(e.Name):
		m.do(m.at)
	default:
		m.ui.key(e.Name)
	}
}
