package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"casebinder/gui/look"
)

// Tab is one of a row of tabs: words, a count of what waits, and an accent
// below the one that is open.
type Tab struct {
	widget.BaseWidget
	text    string
	count   int
	open    bool
	hovered bool
	focused bool
	tapped  func()
	label   *canvas.Text
	accent  *canvas.Rectangle
	back    *canvas.Rectangle
}

var _ desktop.Hoverable = (*Tab)(nil)

// NewTab makes a tab.
func NewTab(text string, tapped func()) *Tab {
	t := newTab(text)
	t.tapped = tapped
	t.ExtendBaseWidget(t)
	return t
}

func newTab(text string) *Tab {
	t := &Tab{text: text, tapped: func() {}, label: NewText(text, Plain, look.Text, false)}
	t.accent, t.back = canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	return t
}

// SetOpen says whether it is the tab that is shown.
func (t *Tab) SetOpen(open bool) {
	t.open = open
	t.Refresh()
}

// SetCount says how much waits there; 0 is not shown.
func (t *Tab) SetCount(n int) {
	if t.count != n {
		t.count = n
		t.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (t *Tab) CreateRenderer() fyne.WidgetRenderer {
	return newTabRenderer(t, t)
}

// tabRenderer draws a tab, which may be a part of a widget of its own.
type tabRenderer struct {
	t    *Tab
	self fyne.CanvasObject
}

func newTabRenderer(t *Tab, self fyne.CanvasObject) *tabRenderer {
	r := &tabRenderer{t, self}
	r.paint()
	return r
}

func (r *tabRenderer) Destroy() {}
func (r *tabRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.t.back, r.t.label, r.t.accent}
}

func (r *tabRenderer) MinSize() fyne.Size {
	return fyne.NewSize(fyne.MeasureText(r.t.words(), look.Text, fyne.TextStyle{Bold: true}).Width+24, 36)
}

func (r *tabRenderer) Layout(size fyne.Size) {
	r.t.back.Resize(size)
	text := r.t.label.MinSize()
	r.t.label.Resize(text)
	r.t.label.Move(fyne.NewPos((size.Width-text.Width)/2, (size.Height-text.Height)/2))
	r.t.accent.Resize(fyne.NewSize(size.Width-16, 3))
	r.t.accent.Move(fyne.NewPos(8, size.Height-3))
}

func (r *tabRenderer) Refresh() {
	r.paint()
	r.Layout(r.t.Size())
	canvas.Refresh(r.self)
}

func (r *tabRenderer) paint() {
	t := r.t
	t.label.Text = t.words()
	t.label.TextStyle.Bold = t.open
	t.label.Color = look.Color(look.Muted)
	t.accent.FillColor, t.back.FillColor = nil, nil
	if t.open {
		t.label.Color = look.Color(theme.ColorNameForeground)
		t.accent.FillColor = look.Color(theme.ColorNamePrimary)
	}
	t.back.StrokeColor, t.back.StrokeWidth = nil, 0
	if t.focused {
		t.back.StrokeColor, t.back.StrokeWidth = look.Color(theme.ColorNamePrimary), 2
	}
	if t.hovered {
		t.back.FillColor = look.Color(theme.ColorNameHover)
	}
}

func (t *Tab) words() string {
	if t.count > 0 {
		return t.text + " (" + countWords(t.count) + ")"
	}
	return t.text
}

// Tapped is for Fyne.
func (t *Tab) Tapped(*fyne.PointEvent) { t.tapped() }

// MouseIn is for Fyne.
func (t *Tab) MouseIn(*desktop.MouseEvent) { t.hovered = true; t.Refresh() }

// MouseMoved is for Fyne.
func (t *Tab) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (t *Tab) MouseOut() { t.hovered = false; t.Refresh() }
