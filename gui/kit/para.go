package kit

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"casebinder/gui/words"
)

// Para is text that can be selected with the mouse. What has the keys then hands on
// those of which it makes nothing; the toolkit's own part keeps them, Escape too.
// Chinese and scripts from the right break in it as in a Line, and are copied as they
// were given.
type Para struct {
	widget.Label
	air
	row    *Item   // in which it stands; nil: in none
	given  string  // Text has line breaks beyond it
	broken float32 // width for which it was broken
}

// newPara makes one.
func newPara(text string) *Para {
	p := &Para{given: text}
	p.Text = Visual(text)
	p.Selectable = true
	p.ExtendBaseWidget(p)
	return p
}

// MinSize is for Fyne.
func (p *Para) MinSize() fyne.Size { return p.inner(p.Label.MinSize()) }

// Resize is for Fyne.
func (p *Para) Resize(size fyne.Size) {
	size = p.outer(size)
	p.breakFor(size.Width - 2*theme.InnerPadding())
	p.Label.Resize(size)
}

// SetText swaps the text.
func (p *Para) SetText(text string) {
	width := p.broken
	p.given, p.broken = text, 0
	if p.Label.SetText(Visual(text)); width > 0 {
		p.breakFor(width)
	}
}

// String is the text as it was given.
func (p *Para) String() string { return p.given }

func (p *Para) breakFor(width float32) {
	if p.Wrapping != fyne.TextWrapWord || width <= 0 || p.broken == width {
		return
	}
	p.broken = width
	if !breaksItself(p.given) {
		return
	}
	if text := visualLines(p.given, width, theme.Size(cmp.Or(p.SizeName, theme.SizeNameText)), p.TextStyle.Bold); text != p.Text {
		p.Label.SetText(text)
	}
}

// asGiven is a selected part of the text without the breaks that were made for its
// width.
func (p *Para) asGiven(selected string) string {
	if selected == "" || p.given == p.Text {
		return selected
	}
	if HasRight(p.given) {
		return p.fromRight(selected)
	}
	letters := func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}
	want := strings.Map(letters, selected)
	at := strings.Index(strings.Map(letters, p.given), want)
	if at < 0 || want == "" {
		return selected
	}
	from, to, n := -1, len(p.given), 0
	for i, r := range p.given {
		if unicode.IsSpace(r) {
			continue
		}
		if n == at && from < 0 {
			from = i
		}
		if n += utf8.RuneLen(r); n == at+len(want) {
			to = i + utf8.RuneLen(r)
			break
		}
	}
	return p.given[max(from, 0):to]
}

// fromRight is a selected part of a text that holds a script from the right: its words
// stand in the order in which they are drawn, and are copied in that in which they were
// given. What cannot be told apart is copied whole.
func (p *Para) fromRight(selected string) string {
	at := strings.Index(p.Text, selected)
	given := strings.Fields(p.given)
	used, parts := make([]bool, len(given)), make([]string, len(given))
	from := 0
	for _, word := range strings.Fields(p.Text) {
		from += strings.Index(p.Text[from:], word)
		i := 0
		for i < len(given) && (used[i] || given[i] != unmarked(word)) {
			i++
		}
		if at < 0 || i == len(given) {
			return p.given
		}
		used[i] = true
		if a, b := max(from, at), min(from+len(word), at+len(selected)); a < b {
			parts[i] = unmarked(word[a-from : b-from])
		}
		from += len(word)
	}
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), " ")
}

// unmarked is a word without the signs that only say how it runs.
func unmarked(word string) string {
	return strings.Map(func(r rune) rune {
		if isControl(r) {
			return -1
		}
		return r
	}, word)
}

// Move is for Fyne.
func (p *Para) Move(pos fyne.Position) { p.Label.Move(p.at(pos)) }

// CreateRenderer is for Fyne.
func (p *Para) CreateRenderer() fyne.WidgetRenderer {
	r := &paraRenderer{WidgetRenderer: p.Label.CreateRenderer()}
	for _, o := range r.WidgetRenderer.Objects() {
		if s, ok := o.(selection); ok {
			r.hand = &hand{para: p, selection: s}
			r.hand.ExtendBaseWidget(r.hand)
			o = r.hand
		}
		r.objects = append(r.objects, o)
	}
	return r
}

// selection is the toolkit's part of a text that selects.
type selection interface {
	fyne.Widget
	fyne.Focusable
	fyne.DoubleTappable
	fyne.Draggable
	fyne.Shortcutable
	desktop.Mouseable
	SelectedText() string
}

// paraRenderer draws what the toolkit draws, the hand in place of the part that selects.
type paraRenderer struct {
	fyne.WidgetRenderer
	objects []fyne.CanvasObject
	hand    *hand // nil where nothing can be selected
}

// Objects is for Fyne.
func (r *paraRenderer) Objects() []fyne.CanvasObject { return r.objects }

// Layout is for Fyne.
func (r *paraRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	if r.hand != nil {
		r.hand.Resize(size)
	}
}

// Refresh is for Fyne.
func (r *paraRenderer) Refresh() {
	r.WidgetRenderer.Refresh()
	if r.hand != nil {
		r.hand.Refresh()
	}
}

// hand has the mouse and the keys for the part that selects, and draws what that
// draws: where the part itself were in the window, it would take the keys.
type hand struct {
	widget.BaseWidget
	para      *Para
	selection selection
}

var (
	_ fyne.Focusable         = (*hand)(nil)
	_ fyne.Draggable         = (*hand)(nil)
	_ fyne.DoubleTappable    = (*hand)(nil)
	_ fyne.SecondaryTappable = (*hand)(nil)
	_ fyne.Shortcutable      = (*hand)(nil)
	_ desktop.Mouseable      = (*hand)(nil)
	_ desktop.Cursorable     = (*hand)(nil)
)

// CreateRenderer is for Fyne.
func (h *hand) CreateRenderer() fyne.WidgetRenderer { return h.selection.CreateRenderer() }

// take gives the keys to the text in which something is being selected.
func (h *hand) take() {
	if c := h.canvas(); c != nil && c.Focused() != fyne.Focusable(h) {
		c.Focus(h)
	}
	h.Refresh()
}

func (h *hand) canvas() fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(h) }

// Cursor is for Fyne.
func (h *hand) Cursor() desktop.Cursor { return desktop.TextCursor }

// MouseDown is for Fyne.
func (h *hand) MouseDown(e *desktop.MouseEvent) {
	if e.Button == desktop.MouseButtonPrimary {
		h.selection.MouseDown(e)
		h.take()
	}
}

// MouseUp is for Fyne.
func (h *hand) MouseUp(e *desktop.MouseEvent) {
	h.selection.MouseUp(e)
	h.Refresh()
}

// DoubleTapped selects a word.
func (h *hand) DoubleTapped(e *fyne.PointEvent) {
	h.selection.DoubleTapped(e)
	h.take()
}

// Dragged selects.
func (h *hand) Dragged(e *fyne.DragEvent) {
	h.selection.Dragged(e)
	h.take()
}

// DragEnd is for Fyne.
func (h *hand) DragEnd() {
	h.selection.DragEnd()
	h.Refresh()
}

// TappedSecondary offers to copy what is selected, else what can be done with the row
// in which the text stands, else to copy all of the text.
func (h *hand) TappedSecondary(e *fyne.PointEvent) {
	text := h.para.asGiven(h.selection.SelectedText())
	if r := h.para.row; r != nil && text == "" {
		r.Choose()
		r.Menu(e.AbsolutePosition)
		return
	}
	if text == "" {
		text = h.para.given
	}
	if c := h.canvas(); c != nil {
		copied := Action{Text: words.T("text.copy"), Keys: keysCopy, Do: func() { fyne.CurrentApp().Clipboard().SetContent(text) }}
		widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", MenuOf([]Action{copied})...), c, e.AbsolutePosition)
	}
}

// FocusGained is for Fyne.
func (h *hand) FocusGained() {
	h.selection.FocusGained()
	h.Refresh()
}

// FocusLost is for Fyne.
func (h *hand) FocusLost() {
	h.selection.FocusLost()
	h.Refresh()
}

// TypedRune is for Fyne.
func (h *hand) TypedRune(rune) {}

// TypedKey is for Fyne: no key selects.
func (h *hand) TypedKey(e *fyne.KeyEvent) { unused(h, e) }

// TypedShortcut copies what is selected.
func (h *hand) TypedShortcut(s fyne.Shortcut) {
	if _, copied := s.(*fyne.ShortcutCopy); copied {
		h.selection.TypedShortcut(s)
		if text := h.selection.SelectedText(); text != "" {
			fyne.CurrentApp().Clipboard().SetContent(h.para.asGiven(text))
		}
		return
	}
	if c, ok := h.canvas().(interface{ TypedShortcut(fyne.Shortcut) }); ok {
		c.TypedShortcut(s)
	}
}
