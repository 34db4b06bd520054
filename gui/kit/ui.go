package kit

import (
	"encoding/json"
	"log/slog"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetooltip "github.com/dweymouth/fyne-tooltip"
)

// UI is the window in which the parts of the kit appear.
type UI struct {
	Window fyne.Window
	Jobs   *Jobs
	Now    func() time.Time   // the desk's clock
	OnKey  func(fyne.KeyName) // a function key was pressed, wherever the keys are
	Viewed func()             // another record or sheet is in view; may be nil

	toasts   *toastLayer
	tips     *fyne.Container // the layer of tooltips
	problems *problemPanel
	framed   fyne.CanvasObject // the window's content
	sheets   []*OpenSheet      // the last one is shown
	main     *Button           // with which the fields of a page without a sheet end
	leaving  *OpenSheet        // asks whether what was typed may be lost
	offered  []Action          // by the menu that was shown last

	mu   sync.Mutex
	kept map[string]json.RawMessage
	save func(map[string]json.RawMessage)
	wait *time.Timer
}

// NewUI makes the parts of a window.
func NewUI(w fyne.Window) *UI {
	u := &UI{Window: w, Now: time.Now, kept: map[string]json.RawMessage{}}
	u.Jobs = newJobs(u)
	u.toasts = newToastLayer()
	u.problems = newProblemPanel(u)
	w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { u.key(e.Name) })
	return u
}

// Frame puts the content of the window under the layers for toasts, problems
// and tooltips. Problems lie below the content, so that nothing is covered.
func (u *UI) Frame(content fyne.CanvasObject) fyne.CanvasObject {
	body := container.New(frame{}, content, u.problems.object)
	u.problems.moved = func() { body.Layout.Layout(body.Objects, body.Size()) }
	u.framed = content
	framed := fynetooltip.AddWindowToolTipLayer(container.NewStack(body, u.toasts.object), u.Window.Canvas())
	u.tips = tipsIn(framed)
	return framed
}

// Wants is the size that the content of the window asks for. The window itself asks
// for less: see frame.
func (u *UI) Wants() fyne.Size { return u.framed.MinSize() }

// frameLeast is the smallest window.
var frameLeast = fyne.NewSize(640, 420)

// frame lays out the window's content, and the problems below it. It asks for no
// more than the smallest window, whatever it holds: a window that asked for the
// size of a long line would grow under the person's hands.
type frame struct{}

// MinSize is for Fyne.
func (frame) MinSize([]fyne.CanvasObject) fyne.Size { return frameLeast }

// Layout is for Fyne.
func (frame) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	content, below := objects[0], objects[1]
	height := float32(0)
	if below.Visible() {
		below.Resize(fyne.NewSize(size.Width, below.Size().Height)) // its words wrap: they tell their height once they know their width
		height = min(below.MinSize().Height, size.Height/2)
	}
	below.Move(fyne.NewPos(0, size.Height-height))
	below.Resize(fyne.NewSize(size.Width, height))
	content.Move(fyne.NewPos(0, 0))
	content.Resize(fyne.NewSize(size.Width, size.Height-height))
}

// Saw tells that another record or sheet is in view.
func (u *UI) Saw() {
	if u.Viewed != nil {
		u.Viewed()
	}
}

// KeepIn says what was kept before (widths of columns and the like) and who
// keeps what changes; save is called beside the main goroutine.
func (u *UI) KeepIn(kept map[string]json.RawMessage, save func(map[string]json.RawMessage)) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if kept == nil {
		kept = map[string]json.RawMessage{}
	}
	u.kept, u.save = kept, save
}

// Kept fills into from what was kept under a key, and reports whether there
// was something of that shape.
func (u *UI) Kept(key string, into any) bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	text, ok := u.kept[key]
	return ok && json.Unmarshal(text, into) == nil
}

// Keep remembers a value for the next start. It is written a second later, so
// that dragging a column is one change.
func (u *UI) Keep(key string, value any) {
	text, err := json.Marshal(value)
	if err != nil {
		slog.Error("keeping a setting of the window", "key", key, "error", err)
		return
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	u.kept[key] = text
	if u.save == nil {
		return
	}
	if u.wait != nil {
		u.wait.Stop()
	}
	u.wait = after(time.Second, func() { Go(u.KeepNow) })
}

// KeepNow writes what waits to be kept. Call it before the window closes.
func (u *UI) KeepNow() {
	defer logPanic()
	u.mu.Lock()
	if u.wait == nil {
		u.mu.Unlock()
		return
	}
	u.wait.Stop()
	u.wait = nil
	all := make(map[string]json.RawMessage, len(u.kept))
	for k, v := range u.kept {
		all[k] = v
	}
	save := u.save
	u.mu.Unlock()
	save(all)
}

// Copy puts text into the clipboard and says so.
func (u *UI) Copy(text, said string) {
	fyne.CurrentApp().Clipboard().SetContent(text)
	u.Toast(said, nil)
}

// Key hands a function key, and Escape and Enter to an open sheet, on to the window
// and reports whether it was used.
func (u *UI) Key(name fyne.KeyName) bool { return u.key(name) }

// Typed hands a shortcut that a widget does not use on to the window.
func (u *UI) Typed(s fyne.Shortcut) { u.typed(s) }

// key hands a function key, and Escape and Enter to an open sheet, on to the window
// and reports whether it was used.
func (u *UI) key(name fyne.KeyName) bool {
	if name == fyne.KeyEscape {
		return u.Escape()
	}
	if isEnter(name) {
		return u.enter()
	}
	if len(name) < 2 || name[0] != 'F' || u.OnKey == nil {
		return false
	}
	if name[1] < '1' || name[1] > '9' {
		return false
	}
	u.OnKey(name)
	return true
}

// Aside hides the sheet that is open while another part of the system, such
// as a file dialog, lies over the window. The returned function shows it again.
func (u *UI) Aside() (back func()) {
	if len(u.sheets) == 0 {
		return func() {}
	}
	top := u.sheets[len(u.sheets)-1]
	top.popup.Hide()
	return func() {
		if !top.closed {
			top.popup.Show()
		}
	}
}

// SheetOpen reports whether a sheet lies over the window.
func (u *UI) SheetOpen() bool { return len(u.sheets) > 0 }

// TopSheet names the sheet that lies over the window; "" where none does.
func (u *UI) TopSheet() string {
	if n := len(u.sheets); n > 0 {
		return u.sheets[n-1].sheet.Name
	}
	return ""
}

// Save presses the main button of the sheet that is open, if there is one.
func (u *UI) Save() {
	if n := len(u.sheets); n > 0 {
		u.sheets[n-1].press()
	}
}
