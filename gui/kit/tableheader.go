package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"casebinder/gui/look"
	"casebinder/gui/words"
)

// tableHeader draws the titles. A click sorts, a drag at a border resizes, the
// right button offers the columns.
type tableHeader[R any] struct {
	widget.BaseWidget
	view   *tableView[R]
	box    *fyne.Container
	grip   *columnState[R] // whose right border is under the mouse or dragged
	moving bool
}

var (
	_ fyne.Tappable          = (*tableHeader[int])(nil)
	_ fyne.SecondaryTappable = (*tableHeader[int])(nil)
	_ fyne.Draggable         = (*tableHeader[int])(nil)
	_ desktop.Cursorable     = (*tableHeader[int])(nil)
	_ desktop.Hoverable      = (*tableHeader[int])(nil)
)

func newTableHeader[R any](v *tableView[R]) *tableHeader[R] {
	h := &tableHeader[R]{view: v, box: container.NewWithoutLayout()}
	h.ExtendBaseWidget(h)
	return h
}

// CreateRenderer is for Fyne.
func (h *tableHeader[R]) CreateRenderer() fyne.WidgetRenderer {
	return &headerRenderer[R]{h}
}

type headerRenderer[R any] struct{ h *tableHeader[R] }

func (r *headerRenderer[R]) Destroy()                     {}
func (r *headerRenderer[R]) Layout(size fyne.Size)        { r.h.draw() }
func (r *headerRenderer[R]) MinSize() fyne.Size           { return fyne.NewSize(10, headerRow) }
func (r *headerRenderer[R]) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.h.box} }
func (r *headerRenderer[R]) Refresh()                     { r.h.draw() }

func (h *tableHeader[R]) draw() {
	size := h.Size()
	h.box.Resize(size)
	back := canvas.NewRectangle(look.Color(look.Header))
	back.Resize(size)
	under := canvas.NewRectangle(look.Color(look.Hairline))
	under.Resize(fyne.NewSize(size.Width, 1))
	under.Move(fyne.NewPos(0, size.Height-1))
	objects := []fyne.CanvasObject{back, under}
	for _, c := range h.view.table.columns {
		if c.shown {
			objects = append(objects, h.title(c)...)
		}
	}
	h.box.Objects = objects
	h.box.Refresh()
}

func (h *tableHeader[R]) title(c *columnState[R]) []fyne.CanvasObject {
	order := h.view.table.order
	arrow := ""
	if c.Sort != "" && c.Sort == order.Sort {
		arrow = "▼"
		if order.Ascending {
			arrow = "▲"
		}
	}
	room := c.w - 2*cellPad
	x := c.x - h.view.left + cellPad
	var objects []fyne.CanvasObject
	if arrow != "" {
		room -= arrowRoom
		a := NewText(arrow, Muted, 9, false)
		a.Resize(a.MinSize())
		a.Move(fyne.NewPos(c.x-h.view.left+c.w-cellPad-9, (headerRow-a.MinSize().Height)/2))
		objects = append(objects, a)
	}
	role := Muted
	if arrow != "" {
		role = Plain
	}
	t := NewText(fit(words.T(c.Title), room, false), role, look.Text, false)
	t.Resize(t.MinSize())
	if c.Right {
		x += room - t.MinSize().Width
	}
	t.Move(fyne.NewPos(x, (headerRow-t.MinSize().Height)/2))
	border := canvas.NewRectangle(look.Color(look.Hairline))
	border.Move(fyne.NewPos(c.x-h.view.left+c.w-1, 6))
	border.Resize(fyne.NewSize(1, headerRow-12))
	return append(objects, t, border)
}

// gripAt is the column whose right border is near a place.
func (h *tableHeader[R]) gripAt(x float32) *columnState[R] {
	x += h.view.left
	for _, c := range h.view.table.columns {
		if edge := c.x + c.w; c.shown && x > edge-gripReach && x < edge+gripReach {
			return c
		}
	}
	return nil
}

// Cursor is for Fyne.
func (h *tableHeader[R]) Cursor() desktop.Cursor {
	if h.grip != nil {
		return desktop.HResizeCursor
	}
	return desktop.DefaultCursor
}

// MouseIn is for Fyne.
func (h *tableHeader[R]) MouseIn(e *desktop.MouseEvent) { h.MouseMoved(e) }

// MouseMoved is for Fyne.
func (h *tableHeader[R]) MouseMoved(e *desktop.MouseEvent) {
	if !h.moving {
		h.grip = h.gripAt(e.Position.X)
	}
}

// MouseOut is for Fyne.
func (h *tableHeader[R]) MouseOut() {
	if !h.moving {
		h.grip = nil
	}
}

// Tapped sorts.
func (h *tableHeader[R]) Tapped(e *fyne.PointEvent) {
	if c := h.view.columnAt(e.Position.X); c != nil && h.gripAt(e.Position.X) == nil {
		h.view.table.sortBy(c)
	}
}

// TappedSecondary offers the columns.
func (h *tableHeader[R]) TappedSecondary(e *fyne.PointEvent) {
	t := h.view.table
	t.ui.showItems(e.AbsolutePosition, t.columnMenu(h.view.columnAt(e.Position.X)))
}

// Dragged resizes the column whose border was taken hold of.
func (h *tableHeader[R]) Dragged(e *fyne.DragEvent) {
	if !h.moving {
		h.grip = h.gripAt(e.Position.X - e.Dragged.DX)
		h.moving = true
	}
	if h.grip == nil {
		return
	}
	h.grip.width, h.grip.own = max(h.grip.w+e.Dragged.DX, minColumn), true
	h.view.drawAll()
}

// DragEnd keeps the widths.
func (h *tableHeader[R]) DragEnd() {
	if h.grip != nil {
		h.view.table.keepColumns()
	}
	h.grip, h.moving = nil, false
}
