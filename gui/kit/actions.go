package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"casebinder/gui/look"
	"casebinder/gui/words"
)

// An Action is something that a person can do with the record in view.
type Action struct {
	Name string      // in the trace: "order.reply"
	Text string      // words
	Keys string      // that do it, behind the words: "F2"; "" for none
	Rare bool        // stands in the menu alone, also where there is room
	Rule bool        // a line stands above it in the menu
	Off  func() bool // reports that it cannot be done now: gray in the menu; may be nil
	Sub  []Action    // what its line opens in the menu instead of doing something; of a rare one
	Do   func()
}

// Item is the action's line in a menu.
func (a Action) Item() *fyne.MenuItem {
	text := a.Text
	if a.Keys != "" {
		text += "    " + SystemKeys(a.Keys)
	}
	item := fyne.NewMenuItem(text, a.Do)
	item.Disabled = a.Off != nil && a.Off()
	if len(a.Sub) > 0 {
		item.ChildMenu = fyne.NewMenu("", MenuOf(a.Sub)...)
	}
	return item
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
		button := NewButton(a.Name, a.Text, a.Do)
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
	menu := widget.NewPopUpMenu(fyne.NewMenu("", MenuOf(rest)...), b.ui.Window.Canvas())
	traceItems(rest, menu.Items)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b.more)
	size := menu.MinSize()
	x := min(at.X, max(b.ui.Window.Canvas().Size().Width-size.Width, 0))
	menu.ShowAtPosition(fyne.NewPos(x, max(at.Y-size.Height, 0)))
}

// traceItems names the lines of a menu for the trace: "order.path.item".
func traceItems(actions []Action, items []fyne.CanvasObject) {
	at := 0
	for i, a := range actions {
		if a.Rule && i > 0 {
			at++ // the line above it
		}
		if a.Name != "" && at < len(items) {
			Trace(a.Name+".item", items[at])
		}
		at++
	}
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

// MenuBelow shows a menu below what opened it.
func MenuBelow(u *UI, under fyne.CanvasObject, items ...*fyne.MenuItem) {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(under).AddXY(0, under.Size().Height)
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), u.Window.Canvas(), at)
}

// MenuOf gives the lines of a menu of actions.
func MenuOf(actions []Action) []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, a := range actions {
		if a.Rule && len(items) > 0 {
			items = append(items, fyne.NewMenuItemSeparator())
		}
		items = append(items, a.Item())
	}
	return items
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
