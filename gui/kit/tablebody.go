package kit

import (
	"context"
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
	ttwidget "github.com/dweymouth/fyne-tooltip/widget"

	"casebinder/gui/words"
)

// tableBody takes the mouse and the keys for the rows. It lies under them and
// draws nothing.
type tableBody[R any] struct {
	ttwidget.ToolTipWidget
	view    *tableView[R]
	focused bool
	clicks  Clicks[int64] // by id: rows may move between two clicks
	tip     string
}

var (
	_ fyne.Focusable    = (*tableBody[int])(nil)
	_ fyne.Scrollable   = (*tableBody[int])(nil)
	_ fyne.Shortcutable = (*tableBody[int])(nil)
	_ desktop.Mouseable = (*tableBody[int])(nil)
	_ desktop.Hoverable = (*tableBody[int])(nil)
)

func newTableBody[R any](v *tableView[R]) *tableBody[R] {
	b := &tableBody[R]{view: v}
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
	plain := e.Modifier == 0 && e.Button == desktop.MouseButtonPrimary
	t.click(i, e)
	if i != t.selectedAt {
		t.choose(i)
	}
	switch {
	case e.Button == desktop.MouseButtonSecondary:
		t.menu(e.AbsolutePosition)
	case plain && b.clicks.Second(t.idAt(i)):
		t.deeds().Open(t.ui)
	}
}

// MouseUp is for Fyne.
func (b *tableBody[R]) MouseUp(*desktop.MouseEvent) {}

// deeds are what can be done with the chosen row, or with those chosen together.
func (t *Table[R]) deeds() Deeds {
	if t.ChosenCount() > 1 {
		return t.options.Several()
	}
	if row, ok := t.Selected(); ok && t.options.Deeds != nil {
		return t.options.Deeds(row)
	}
	return nil
}

// menu shows them.
func (t *Table[R]) menu(at fyne.Position) {
	if _, ok := t.Selected(); ok {
		t.deeds().Menu(t.ui, at, max(t.ChosenCount(), 1), t.copyRows)
	}
}

// menuByKey shows them below the chosen row.
func (t *Table[R]) menuByKey() {
	v := t.view
	v.reveal(t.selectedAt)
	y := min(max(float32(float64(t.selectedAt+1)*float64(v.rowH)-v.top), 0), v.body.Size().Height)
	t.menu(fyne.CurrentApp().Driver().AbsolutePositionForObject(v.body).AddXY(cellPad, y))
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
	b.ToolTipWidget.MouseOut() // it would tell of another row
	b.tip = ""
	if e.Name == fyne.KeyEscape && len(t.chosen.ids) > 0 {
		t.chooseOnly(t.selectedAt)
		return
	}
	n := t.feed.size()
	if _, some := t.Selected(); some {
		if isEnter(e.Name) && t.ChosenCount() > 1 { // it opens the row on which the keys stand
			t.chooseOnly(t.selectedAt)
		}
		if t.deeds().Typed(t.ui, e.Name, t.menuByKey) {
			return
		}
	}
	if t.ui.key(e.Name) || n == 0 {
		return
	}
	switch e.Name {
	case fyne.KeyLeft:
		v.scrollAcross(v.left - 60)
	case fyne.KeyRight:
		v.scrollAcross(v.left + 60)
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

// TypedShortcut copies the chosen rows, cells apart by tabs, as Excel takes them.
func (b *tableBody[R]) TypedShortcut(s fyne.Shortcut) {
	if _, isCopy := s.(*fyne.ShortcutCopy); isCopy {
		b.view.table.copyRows()
		return
	}
	if _, isAll := s.(*fyne.ShortcutSelectAll); isAll && b.view.table.several() {
		b.view.table.chooseAll()
		return
	}
	b.view.table.ui.typed(s)
}

// copyRows copies the selected row, or those chosen together, one a line.
func (t *Table[R]) copyRows() {
	if t.ChosenCount() > 1 {
		t.copyChosen()
		return
	}
	if l, ok := t.feed.at(t.selectedAt); ok && !l.gone {
		t.ui.Copy(t.lineText(l), copiedWords())
	}
}

// lineText is a row as text.
func (t *Table[R]) lineText(l line[R]) string {
	var cells []string
	for _, c := range t.columns {
		if c.shown {
			cells = append(cells, words.OneSpaced(l.cells[c.index].text))
		}
	}
	return strings.Join(cells, "\t")
}

// copyChosen copies the rows chosen together, of which not all need be loaded.
func (t *Table[R]) copyChosen() {
	ids, source, order := t.Chosen(), t.options.Source(), t.order
	Do(func(ctx context.Context) (map[int32]line[R], error) {
		bring := source.Rows
		if source.Whole != nil {
			var err error
			if _, bring, err = source.list(ctx, order); err != nil {
				return nil, err
			}
		}
		lines := map[int32]line[R]{}
		for some := range slices.Chunk(ids, sheetStep) {
			narrow := make([]int32, len(some))
			for i, id := range some {
				narrow[i] = int32(id)
			}
			part, err := t.feed.fetch(ctx, source.ID, bring, narrow)
			if err != nil {
				return nil, err
			}
			maps.Copy(lines, part)
		}
		return lines, nil
	}, func(lines map[int32]line[R], err error) {
		if err != nil {
			t.ui.Problem(err)
			return
		}
		var texts []string
		for _, id := range ids {
			if l, ok := lines[int32(id)]; ok && !l.gone {
				texts = append(texts, t.lineText(l))
			}
		}
		t.ui.Copy(strings.Join(texts, "\n"), words.N("table.copied", len(texts)))
	})
}
