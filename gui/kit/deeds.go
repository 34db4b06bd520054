package kit

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"casebinder/gui/words"
)

// Keys of the deeds that many lists have.
const (
	KeysBin  = "Delete"
	KeysTurn = "Space"
	KeysEdit = "F2"

	keysOpen = "Enter"
	keysCopy = "Ctrl+C"
)

// Deeds are what can be done with a row of a list, in one way on each list of the
// window, be it a table or not:
//   - a double click and Enter do the first of them;
//   - the right button chooses the row under the pointer and shows all of them, the
//     menu key and Shift+F10 show those of the chosen row; the last line copies the row;
//   - the key that stands behind a deed does it, Delete what puts the row into the bin;
//   - Delete of what no bin takes says why, see Stays;
//   - Ctrl+C copies the row as text, its cells apart by tabs;
//   - what cannot be done now stands gray and says why, also where its key is pressed.
type Deeds []Action

// Open does the first deed.
func (d Deeds) Open(u *UI) {
	if len(d) > 0 && !d[0].Mute {
		d[0].Press(u)
	}
}

// Shown are the deeds of which a menu or a row of buttons tells.
func (d Deeds) Shown() Deeds {
	return slices.DeleteFunc(slices.Clone(d), func(a Action) bool { return a.Mute })
}

// Stays is why a row goes into no bin: Delete says it. why is the key of the words.
func Stays(why string) Action {
	return Action{Text: words.T(why), Keys: KeysBin, Mute: true}
}

// Counted are the deeds of a row that is a figure: it can be copied.
func Counted[R any](R) Deeds { return Deeds{Stays("stays.figure")} }

// Key does what a key stands for, and reports whether it stands for a deed.
func (d Deeds) Key(u *UI, key fyne.KeyName) bool {
	for _, a := range d {
		if a.Keys != "" && a.Keys == string(key) {
			if a.Mute {
				u.Toast(a.Text, nil)
				return true
			}
			a.Press(u)
			return true
		}
		if Deeds(a.Sub).Key(u, key) {
			return true
		}
	}
	return false
}

// Typed does what a key stands for in a list: Enter opens, the menu key has menu show
// the deeds, another does its deed. It reports whether the key was used.
func (d Deeds) Typed(u *UI, key fyne.KeyName, menu func()) bool {
	switch {
	case isEnter(key) && len(d) > 0 && !d[0].Mute:
		d.Open(u)
	case IsMenuKey(key):
		menu()
	default:
		return d.Key(u, key)
	}
	return true
}

// Menu shows the deeds at a place of the window; copy copies n rows as text.
func (d Deeds) Menu(u *UI, at fyne.Position, n int, copy func()) {
	actions := d.Shown()
	if len(actions) > 0 && actions[0].Keys == "" && n == 1 {
		actions[0].Keys = keysOpen
	}
	u.ShowMenu(at, append(folded(actions), Action{Text: words.N("table.copy", n), Keys: keysCopy, Rule: true, Do: copy})...)
}

// mostLines is how many lines a menu has before the rare ones go into one of their
// own: more do not fit a small window.
const mostLines = 14

func folded(actions []Action) []Action {
	if len(actions) <= mostLines {
		return actions
	}
	var lines []Action
	at := -1
	for _, a := range actions {
		if !a.Rare || a.Keys != "" {
			lines = append(lines, a)
			continue
		}
		if at < 0 {
			at = len(lines)
			lines = append(lines, Action{Text: strings.TrimSuffix(words.T("action.more"), " ▾"), Rule: true})
		}
		a.Rule = a.Rule && len(lines[at].Sub) > 0
		lines[at].Sub = append(lines[at].Sub, a)
	}
	return lines
}

// First are deeds whose first does something else, which the others follow.
func (d Deeds) First(a Action) Deeds { return append(Deeds{a}, d...) }

// A Lister is what has the keys of a list.
type Lister interface {
	fyne.Focusable
	fyne.Shortcutable
	ListsRows() // says so, and does nothing
}

// ListsRows is for Lister.
func (*Row) ListsRows() {}

// ListsRows is for Lister.
func (*List) ListsRows() {}

// ListsRows is for Lister.
func (*tableBody[R]) ListsRows() {}

// InList reports whether a list has the keys: what is taken back then is a deed, in a
// sheet too, and not what was typed.
func (u *UI) InList() bool {
	_, is := u.Window.Canvas().Focused().(Lister)
	return is
}

// IsMenuKey reports whether a key asks for the menu of what has the keys.
func IsMenuKey(key fyne.KeyName) bool {
	return key == desktop.KeyMenu || key == fyne.KeyF10 && shiftHeld()
}

// Clicks tells a double click from two clicks.
type Clicks[K comparable] struct {
	on K
	at time.Time
}

// Second notes a click on a thing and reports whether it makes a double click with
// the one before.
func (c *Clicks[K]) Second(on K) bool {
	now := time.Now()
	if on == c.on && now.Sub(c.at) < doubleClick {
		c.at = time.Time{}
		return true
	}
	c.on, c.at = on, now
	return false
}

// doubleClick is how soon a second click makes a double one.
const doubleClick = 400 * time.Millisecond
