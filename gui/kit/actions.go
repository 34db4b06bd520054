package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casebinder/gui/look"
	"casebinder/gui/words"
)

// An Action is something that a person can do with the record in view.
type Action struct {
	Name string        // in the trace: "order.reply"
	Text string        // words
	Keys string        // that do it, behind the words: "F2"; "" for none
	Rare bool          // stands in the menu alone, also where there is room
	Rule bool          // a line stands above it in the menu
	Mute bool          // its key does it, and no line of a menu tells of it
	Off  func() string // why it cannot be done now: it stands gray and says so; "" where it can; may be nil
	Sub  []Action      // what its line opens in the menu instead of doing something; of a rare one
	Do   func()
}

// Why is why the action cannot be done now; "" where it can.
func (a Action) Why() string {
	if a.Off == nil {
		return ""
	}
	return a.Off()
}

// Press does the action, or says why it cannot be done now.
func (a Action) Press(u *UI) {
	if why := a.Why(); why != "" {
		u.Toast(words.T("action.off", "what", a.Text, "why", why), nil)
		return
	}
	a.Do()
}

// says is the action's line in a menu, without its keys.
func (a Action) says() string {
	if why := a.Why(); why != "" {
		return words.T("action.off", "what", a.Text, "why", why)
	}
	return a.Text
}

// An ActionBar is a line of buttons for what can be done with a record: those
// that are used most, as far as they fit, and a menu of the rest. It never asks
// for more room than its first button and the menu's take.
type ActionBar struct {
	Object  fyne.CanvasObject
	ui      *UI
	actions []Action
	buttons []*Button // of those that are not rare, in their order
	more    *Button
}

// NewActionBar makes one; name is the trace's for the button of its menu.
func NewActionBar(u *UI, name string, actions ...Action) *ActionBar {
	b := &ActionBar{ui: u, actions: actions}
	var row []fyne.CanvasObject
	for _, a := range actions {
		if a.Rare {
			continue
		}
		button := NewButton(a.Name, a.Text, func() { a.Press(u) })
		b.buttons = append(b.buttons, button)
		row = append(row, button)
	}
	b.more = NewButton(name, words.T("action.more"), b.open)
	b.Object = container.New(actionRow{b}, append(row, b.more)...)
	return b
}

// First is the first button, for the keys.
func (b *ActionBar) First() fyne.Focusable { return b.buttons[0] }

// open shows what does not stand in the bar.
func (b *ActionBar) open() {
	rest := b.rest()
	b.ui.HideTips()
	menu := b.ui.newMenu(rest)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b.more)
	size := menu.MinSize()
	x := min(at.X, max(b.ui.Window.Canvas().Size().Width-size.Width, 0))
	menu.ShowAtPosition(fyne.NewPos(x, max(at.Y-size.Height, 0)))
}

// rest is what does not stand in the bar now.
func (b *ActionBar) rest() []Action {
	var rest []Action
	button := 0
	for _, a := range b.actions {
		shown := false
		if !a.Rare {
			shown = b.buttons[button].Visible()
			button++
		}
		if !shown {
			rest = append(rest, a)
		}
	}
	return rest
}

// actionRow lays the buttons out from the left, hides those that do not fit, and
// puts the menu's behind them.
type actionRow struct{ bar *ActionBar }

// MinSize is for Fyne.
func (l actionRow) MinSize([]fyne.CanvasObject) fyne.Size {
	first, more := l.bar.buttons[0].MinSize(), l.bar.more.MinSize()
	return fyne.NewSize(first.Width+look.Tight+more.Width, max(first.Height, more.Height))
}

// Layout is for Fyne.
func (l actionRow) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	more := l.bar.more.MinSize().Width
	if l.bar.allFit(size.Width) {
		l.bar.more.Hide()
	} else {
		l.bar.more.Show()
	}
	x, full := float32(0), false
	for i, b := range l.bar.buttons {
		width := b.MinSize().Width
		full = full || i > 0 && l.bar.more.Visible() && x+width+look.Tight+more > size.Width
		if full {
			b.Hide()
			continue
		}
		b.Show()
		putAt(b, x, width, size.Height)
		x += width + look.Tight
	}
	putAt(l.bar.more, x, more, size.Height)
}

// allFit reports whether all actions stand in the bar, so that there is nothing for
// the menu.
func (b *ActionBar) allFit(width float32) bool {
	need := float32(-look.Tight)
	for _, button := range b.buttons {
		need += button.MinSize().Width + look.Tight
	}
	return len(b.buttons) == len(b.actions) && need <= width
}

func putAt(o fyne.CanvasObject, x, width, height float32) {
	o.Move(fyne.NewPos(x, 0))
	o.Resize(fyne.NewSize(width, height))
}
