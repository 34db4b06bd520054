package kit

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"casebinder/gui/native"
	"casebinder/gui/words"
)

// searchWait is the pause after which a search begins. An input method writes
// several runes at once and takes some back: a pause lets it finish.
const searchWait = 150 * time.Millisecond

func copiedWords() string { return words.T("toast.copied") }

// typed hands a shortcut that a widget does not use on to the window.
func (u *UI) typed(s fyne.Shortcut) {
	if c, ok := u.Window.Canvas().(interface{ TypedShortcut(fyne.Shortcut) }); ok {
		c.TypedShortcut(s)
	}
}

// TypedCopy does copy where a shortcut asks for it, and hands others on to the window.
func (u *UI) TypedCopy(s fyne.Shortcut, copy func()) {
	if _, copied := s.(*fyne.ShortcutCopy); copied {
		copy()
		return
	}
	u.typed(s)
}

// Entry is a text field in which Enter, Escape and Backspace do nothing but
// what the input method wants: none of them submits or clears. In a sheet Enter
// moves on to the next field.
type Entry struct {
	widget.Entry
	ui      *UI
	seeks   bool // what is typed looks for something and is no loss
	focused bool
	// Escaped hears that Escape was pressed in the field; may be nil.
	Escaped func()
	// Shortcut hears shortcuts before the field does and reports whether it used
	// them; may be nil.
	Shortcut func(*desktop.CustomShortcut) bool
}

// NewEntry makes a field of one line.
func NewEntry(u *UI) *Entry {
	e := &Entry{ui: u}
	e.OnCursorChanged = e.placeCaret
	e.ExtendBaseWidget(e)
	return e
}

// NewTextArea makes a field of several lines, rows high.
func NewTextArea(u *UI, rows int) *Entry {
	e := &Entry{ui: u}
	e.OnCursorChanged = e.placeCaret
	e.MultiLine = true
	e.Wrapping = fyne.TextWrapWord
	e.SetMinRowsVisible(rows)
	e.ExtendBaseWidget(e)
	return e
}

// AcceptsTab is for Fyne: Tab goes on to the next field, also from one of several
// lines. Nobody could leave that by keys otherwise.
func (e *Entry) AcceptsTab() bool { return false }

// FocusGained is for Fyne.
func (e *Entry) FocusGained() {
	e.Entry.FocusGained()
	e.focused = true
	e.placeCaret()
}

// FocusLost is for Fyne.
func (e *Entry) FocusLost() {
	e.Entry.FocusLost()
	e.focused = false
}

// placeCaret tells input methods where the caret of the field is that has the keys.
func (e *Entry) placeCaret() {
	if !native.PlacesCaret || !e.focused {
		return
	}
	corner, size, in := fyne.CurrentApp().Driver().AbsolutePositionForObject(e), e.Size(), e.CursorPosition()
	height := fyne.MeasureText("M", theme.TextSize(), e.TextStyle).Height
	// What is scrolled out of the field is told at its edge.
	in.X, in.Y = min(max(in.X, 0), size.Width), min(max(in.Y, 0), max(size.Height-height, 0))
	native.PlaceCaret(e.ui.Window, corner.Add(in), height)
}

// TypedRune is for Fyne.
func (e *Entry) TypedRune(r rune) {
	defer e.noteTyped(e.Text)
	e.Entry.TypedRune(r)
}

// noteTyped tells the sheet in which the field stands that a person typed, when
// the text is another than before.
func (e *Entry) noteTyped(before string) {
	if !e.seeks && e.Text != before {
		e.ui.noteTyped()
	}
}

// TypedShortcut hands shortcuts that are not for editing on to the window.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	if custom, ok := s.(*desktop.CustomShortcut); ok {
		if e.Shortcut != nil && e.Shortcut(custom) {
			return
		}
		switch custom.KeyName {
		case fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd, fyne.KeyBackspace, fyne.KeyDelete:
		default:
			e.ui.typed(s)
			return
		}
	}
	defer e.noteTyped(e.Text)
	e.Entry.TypedShortcut(s)
}

// TypedKey hands function keys on to the window.
func (e *Entry) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape && e.Escaped != nil {
		e.Escaped()
		return
	}
	if isEnter(k.Name) && (e.MultiLine || e.OnSubmitted != nil) || !e.ui.key(k.Name) {
		defer e.noteTyped(e.Text)
		e.Entry.TypedKey(k)
	}
}

// Search is a field that looks for what is typed, after a short pause.
type Search struct {
	Entry
	timer   *time.Timer
	changed func(text string)
	said    string
	hint    string // the placeholder, whole
	// Key hears keys before the field does and reports whether it used them;
	// may be nil.
	Key func(fyne.KeyName) bool
	// Pasted hears that the text was pasted; may be nil.
	Pasted func()
}

// NewSearch makes a search field; changed hears the trimmed text on the main
// goroutine.
func NewSearch(u *UI, placeholder string, changed func(text string)) *Search {
	s := &Search{changed: changed}
	s.ui, s.seeks = u, true
	s.hint, s.PlaceHolder = placeholder, placeholder
	s.Icon = theme.SearchIcon()
	s.ExtendBaseWidget(s)
	s.OnChanged = func(string) { s.wait() }
	s.OnCursorChanged = s.placeCaret
	return s
}

// CreateRenderer is for Fyne.
func (s *Search) CreateRenderer() fyne.WidgetRenderer {
	return searchLook{s.Entry.CreateRenderer()}
}

// searchLook draws what the toolkit draws, with the sign of a search level with
// the words.
type searchLook struct{ fyne.WidgetRenderer }

// Layout is for Fyne.
func (r searchLook) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	for _, o := range r.Objects() {
		if sign, ok := o.(*canvas.Image); ok {
			sign.Move(fyne.NewPos(sign.Position().X, (size.Height-sign.Size().Height)/2))
		}
	}
}

// TypedKey is for Fyne.
func (s *Search) TypedKey(e *fyne.KeyEvent) {
	if s.Key == nil || !s.Key(e.Name) {
		s.Entry.TypedKey(e)
	}
}

// TypedShortcut is for Fyne.
func (s *Search) TypedShortcut(shortcut fyne.Shortcut) {
	if _, paste := shortcut.(*fyne.ShortcutPaste); paste && s.Pasted != nil {
		s.Pasted()
	}
	s.Entry.TypedShortcut(shortcut)
}

// Resize is for Fyne. A placeholder that the field has no room for is cut: the field
// would show a scroll bar for it.
func (s *Search) Resize(size fyne.Size) {
	s.Entry.Resize(size)
	room := size.Width - theme.IconInlineSize() - 3*theme.InnerPadding() - 2*theme.InputBorderSize()
	if fits := cutTo(s.hint, room, s.TextStyle); fits != s.PlaceHolder && room > 0 {
		s.SetPlaceHolder(fits)
	}
}

// cutTo cuts a line of text to a width.
func cutTo(text string, width float32, style fyne.TextStyle) string {
	fits := func(t string) bool { return fyne.MeasureText(t, theme.TextSize(), style).Width <= width }
	for n := len([]rune(text)); !fits(words.Shorten(text, n)) && n > 1; {
		n--
		if fits(words.Shorten(text, n)) {
			return words.Shorten(text, n)
		}
	}
	return text
}

func (s *Search) wait() {
	if s.timer != nil {
		s.timer.Stop()
	}
	s.timer = after(searchWait, s.Flush)
}

// Flush looks at once for what stands in the field.
func (s *Search) Flush() {
	text := strings.TrimSpace(s.Text)
	if text == s.said {
		return
	}
	s.said = text
	s.changed(text)
}

// SetQuiet sets the text without looking for it.
func (s *Search) SetQuiet(text string) {
	s.said = strings.TrimSpace(text)
	s.SetText(text)
}
