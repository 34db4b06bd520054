package kit

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
	ttwidget "github.com/dweymouth/fyne-tooltip/widget"
)

// doubleClick is how soon a second click makes a double one.
const doubleClick = 400 * time.Millisecond

// tableBody takes the mouse and the keys for the rows. It lies under them and
// draws nothing.
type tableBody[R any] struct {
	ttwidget.ToolTipWidget
	view      *tableView[R]
	focused   bool
	clickedAt time.Time
	clicked   int
	tip       string
}

var (
	_ fyne.Focusable    = (*tableBody[int])(nil)
	_ fyne.Scrollable   = (*tableBody[int])(nil)
	_ fyne.Shortcutable = (*tableBody[int])(nil)
	_ desktop.Mouseable = (*tableBody[int])(nil)
	_ desktop.Hoverable = (*tableBody[int])(nil)
)

func newTableBody[R any](v *tableView[R]) *tableBody[R] {
	b := &tableBody[R]{view: v, clicked: -1}
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer is for Fyne.
func (b *tableBody[R]) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(spacer(0, 0))
}

// MouseDown selects; the second of two quick clicks opens; the right button
// shows what can be done with the row.
func (b *tableBody[R]) MouseDown(e *desktop.MouseEvent) {
	t := b.view.table
	t.ui.Window.Canvas().Focus(b)
	i := b.view.rowAt(e.Position)
	if i < 0 {
		return
	}
	now := time.Now()
	double := e.Modifier == 0 && e.Button == desktop.MouseButtonPrimary && i == b.clicked && now.Sub(b.clickedAt) < doubleClick
	b.clicked, b.clickedAt = i, now
	together := t.click(i, e)
	if i != t.selectedAt {
		t.choose(i)
	}
	switch {
	case together && e.Button == desktop.MouseButtonSecondary:
		widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", t.options.Several()...), t.ui.Window.Canvas(), e.AbsolutePosition)
	case e.Button == desktop.MouseButtonSecondary:
		b.menu(i, e.AbsolutePosition)
	case double:
		b.clicked = -1
		b.open(i)
	}
}

// MouseUp is for Fyne.
func (b *tableBody[R]) MouseUp(*desktop.MouseEvent) {}

func (b *tableBody[R]) menu(i int, at fyne.Position) {
	t := b.view.table
	l, ok := t.feed.at(i)
	if !ok || l.gone || t.options.Menu == nil {
		return
	}
	items := t.options.Menu(l.row)
	if len(items) > 0 {
		widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), t.ui.Window.Canvas(), at)
	}
}

func (b *tableBody[R]) open(i int) {
	t := b.view.table
	if l, ok := t.feed.at(i); ok && !l.gone && t.options.OnOpen != nil {
		t.options.OnOpen(l.row)
	}
}

// MouseIn is for Fyne.
func (b *tableBody[R]) MouseIn(e *desktop.MouseEvent) { b.hover(e) }

// MouseMoved is for Fyne.
func (b *tableBody[R]) MouseMoved(e *desktop.MouseEvent) { b.hover(e) }

// MouseOut is for Fyne.
func (b *tableBody[R]) MouseOut() {
	b.ToolTipWidget.MouseOut()
	b.tip = ""
	b.view.hover = -1
	b.view.drawRows()
}

func (b *tableBody[R]) hover(e *desktop.MouseEvent) {
	pointed = b
	if tip := b.view.tipAt(e.Position); tip != b.tip {
		b.tip = tip
		b.ToolTipWidget.MouseOut()
		b.SetToolTip(tip)
		b.ToolTipWidget.MouseIn(e)
	} else {
		b.ToolTipWidget.MouseMoved(e)
	}
	if i := b.view.rowAt(e.Position); i != b.view.hover {
		b.view.hover = i
		b.view.drawRows()
	}
}

// Scrolled is for Fyne.
func (b *tableBody[R]) Scrolled(e *fyne.ScrollEvent) {
	b.ToolTipWidget.MouseOut()
	b.tip = ""
	v := b.view
	if e.Scrolled.DX != 0 {
		v.scrollAcross(v.left - e.Scrolled.DX)
	}
	if e.Scrolled.DY != 0 {
		v.scrollTo(v.top - float64(e.Scrolled.DY)*2)
		v.hover = v.rowAt(e.Position)
		v.drawRows()
	}
}

// FocusGained is for Fyne.
func (b *tableBody[R]) FocusGained() {
	b.focused = true
	b.view.drawRows()
}

// FocusLost is for Fyne.
func (b *tableBody[R]) FocusLost() {
	b.focused = false
	b.view.drawRows()
}

// TypedRune is for Fyne.
func (b *tableBody[R]) TypedRune(rune) {}

// TypedKey moves the selection and opens it.
func (b *tableBody[R]) TypedKey(e *fyne.KeyEvent) {
	t, v := b.view.table, b.view
	if e.Name == fyne.KeyEscape && len(t.chosen.ids) > 0 {
		t.chooseOnly(t.selectedAt)
		return
	}
	if t.rowKey(e.Name) || t.ui.key(e.Name) {
		return
	}
	n := t.feed.size()
	if n == 0 {
		return
	}
	switch e.Name {
	case fyne.KeyLeft:
		v.scrollAcross(v.left - 60)
	case fyne.KeyRight:
		v.scrollAcross(v.left + 60)
	case fyne.KeyReturn, fyne.KeyEnter:
		b.open(t.selectedAt)
	default:
		b.move(e.Name, n)
	}
}

// move goes to another of n rows; with Shift held, all up to it are chosen together.
func (b *tableBody[R]) move(key fyne.KeyName, n int) {
	t, v := b.view.table, b.view
	at := t.selectedAt
	if at < 0 {
		at = t.anchor
	}
	page := max(int(v.body.Size().Height/v.rowH)-1, 1)
	switch key {
	case fyne.KeyUp:
		at--
	case fyne.KeyDown:
		at++
	case fyne.KeyPageUp:
		at -= page
	case fyne.KeyPageDown:
		at += page
	case fyne.KeyHome:
		at = 0
	case fyne.KeyEnd:
		at = n - 1
	default:
		return
	}
	at = max(0, min(at, n-1))
	v.reveal(at)
	if t.several() && shiftHeld() {
		t.span(at)
	} else {
		t.chooseOnly(at)
	}
	t.choose(at)
}

// rowKey hands a key to the chosen row and reports whether it was used.
func (t *Table[R]) rowKey(key fyne.KeyName) bool {
	row, ok := t.Selected()
	return ok && t.options.OnKey != nil && t.options.OnKey(row, key)
}

// TypedShortcut copies the selected row, cells apart by tabs, as Excel takes it.
func (b *tableBody[R]) TypedShortcut(s fyne.Shortcut) {
	if _, isCopy := s.(*fyne.ShortcutCopy); isCopy {
		b.view.table.copyRow()
		return
	}
	if _, isAll := s.(*fyne.ShortcutSelectAll); isAll && b.view.table.several() {
		b.view.table.chooseAll()
		return
	}
	b.view.table.ui.typed(s)
}

func (t *Table[R]) copyRow() {
	l, ok := t.feed.at(t.selectedAt)
	if !ok || l.gone {
		return
	}
	var cells []string
	for _, c := range t.columns {
		if c.shown {
			cells = append(cells, l.cells[c.index].text)
		}
	}
	t.ui.Copy(strings.Join(cells, "\t"), copiedWords())
}
