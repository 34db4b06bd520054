package redact

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"

	"casebinder/data"
	"casebinder/gui/kit"
	"casebinder/gui/look"
)

// MouseDown is for Fyne: the button goes down on a handle, a mark or the picture. The
// right one chooses the mark and shows what can be done.
func (c *markCanvas) MouseDown(ev *desktop.MouseEvent) {
	c.focus()
	if ev.Button == desktop.MouseButtonSecondary {
		if !c.drag.on {
			x, y := c.original(ev.Position)
			c.marks.chosen = c.marks.hit(x, y, c.near())
			c.redraw()
			c.menu(ev.AbsolutePosition)
		}
		return
	}
	c.drag = markDrag{on: true, from: ev.Position}
	if g, ok := c.gripAt(ev.Position); ok {
		c.drag.kind, c.drag.grip, c.drag.before = dragGrip, g, c.marks.list[c.marks.chosen]
		return
	}
	x, y := c.original(ev.Position)
	if i := c.marks.hit(x, y, c.near()); i >= 0 && ev.Modifier&fyne.KeyModifierShortcutDefault == 0 {
		c.marks.chosen = i
		c.drag.kind, c.drag.before = dragMove, c.marks.list[i]
		c.redraw()
	}
}

// near is how many pixels of the original are near enough for the mouse.
func (c *markCanvas) near() float64 { return gripNear / float64(c.zoom) }

// gripAt is the handle of the chosen mark at a point.
func (c *markCanvas) gripAt(p fyne.Position) (grip, bool) {
	e, ok := c.marks.mark()
	if !ok {
		return grip{}, false
	}
	for _, g := range grips(e) {
		x, y := g.at(e)
		if d := c.place(x, y).Subtract(p); d.X*d.X+d.Y*d.Y <= gripNear*gripNear {
			return g, true
		}
	}
	return grip{}, false
}

// Dragged is for Fyne.
func (c *markCanvas) Dragged(ev *fyne.DragEvent) {
	d := &c.drag
	if !d.on {
		return
	}
	if by := ev.Position.Subtract(d.from); !d.moved {
		if by.X*by.X+by.Y*by.Y < dragLeast*dragLeast {
			return
		}
		d.moved = true
		if d.kind != dragDraw {
			c.marks.step()
		}
	}
	from, to := c.pixel(d.from), c.pixel(ev.Position)
	switch d.kind {
	case dragDraw:
		d.made, d.ok = c.marks.drawn(c.tool, from, to)
	case dragMove:
		c.marks.list[c.marks.chosen] = c.marks.moved(d.before, to.X-from.X, to.Y-from.Y)
	case dragGrip:
		x, y := d.grip.at(d.before)
		to = to.Add(image.Pt(int(x), int(y))).Sub(from)
		c.marks.list[c.marks.chosen] = c.marks.resized(d.before, d.grip, to)
	}
	c.redraw()
}

// DragEnd is for Fyne.
func (c *markCanvas) DragEnd() {
	d := c.drag
	c.drag = markDrag{}
	if d.on && d.moved && d.kind == dragDraw && d.ok {
		c.marks.add(d.made)
	}
	c.redraw()
}

// MouseUp is for Fyne: a click on the bare picture sets a number, or chooses
// nothing.
func (c *markCanvas) MouseUp(*desktop.MouseEvent) {
	d := c.drag
	if !d.on || d.moved {
		return // DragEnd comes
	}
	c.drag = markDrag{}
	if d.kind != dragDraw {
		return
	}
	if c.tool == data.EditNumber {
		at := c.pixel(d.from)
		if e, ok := c.marks.drawn(c.tool, at, at); ok {
			c.marks.add(e)
		}
	} else {
		c.marks.chosen = -1
	}
	c.redraw()
}

// abort lets go of what is being drawn or moved.
func (c *markCanvas) abort() bool {
	d := c.drag
	if !d.on {
		return false
	}
	c.drag = markDrag{}
	if d.moved && d.kind != dragDraw {
		c.marks.undo()
		c.marks.future = nil
	}
	c.redraw()
	return true
}

// Cursor is for Fyne.
func (c *markCanvas) Cursor() desktop.Cursor { return desktop.CrosshairCursor }

// Scrolled is for Fyne: the wheel scrolls, with Ctrl it zooms.
func (c *markCanvas) Scrolled(ev *fyne.ScrollEvent) {
	d, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	if !ok || d.CurrentKeyModifiers()&fyne.KeyModifierShortcutDefault == 0 {
		c.scroll.Scrolled(ev)
		return
	}
	switch {
	case ev.Scrolled.DY > 0:
		c.zoomBy(1, ev.Position)
	case ev.Scrolled.DY < 0:
		c.zoomBy(-1, ev.Position)
	}
}

// focus takes the keys.
func (c *markCanvas) focus() {
	if c.on.Focused() != c {
		c.on.Focus(c)
	}
}

// FocusGained is for Fyne.
func (c *markCanvas) FocusGained() { c.setRing(true) }

// FocusLost is for Fyne.
func (c *markCanvas) FocusLost() { c.setRing(false) }

func (c *markCanvas) setRing(on bool) {
	c.focused, c.shift = on, false
	c.ring.StrokeColor, c.ring.StrokeWidth = color.Transparent, 0
	if on {
		c.ring.StrokeColor, c.ring.StrokeWidth = look.Color(theme.ColorNamePrimary), 1
	}
	c.ring.Refresh()
}

// AcceptsTab is for Fyne: Tab goes from mark to mark.
func (c *markCanvas) AcceptsTab() bool { return len(c.marks.list) > 0 }

// KeyDown is for Fyne.
func (c *markCanvas) KeyDown(k *fyne.KeyEvent) { c.shiftKey(k, true) }

// KeyUp is for Fyne.
func (c *markCanvas) KeyUp(k *fyne.KeyEvent) { c.shiftKey(k, false) }

func (c *markCanvas) shiftKey(k *fyne.KeyEvent, down bool) {
	if k.Name == desktop.KeyShiftLeft || k.Name == desktop.KeyShiftRight {
		c.shift = down
	}
}

// TypedRune is for Fyne: a digit takes a tool, + and - zoom.
func (c *markCanvas) TypedRune(r rune) {
	switch {
	case r >= '1' && r <= '5':
		c.choose(markTools[r-'1'])
	case r == '0':
		c.fit()
	case r == '+' || r == '=':
		c.zoomBy(1, c.middle())
	case r == '-' || r == '_':
		c.zoomBy(-1, c.middle())
	}
}

// arrows are the keys that move, and where to.
var arrows = map[fyne.KeyName]image.Point{
	fyne.KeyLeft: {X: -1}, fyne.KeyRight: {X: 1}, fyne.KeyUp: {Y: -1}, fyne.KeyDown: {Y: 1},
}

// TypedKey is for Fyne.
func (c *markCanvas) TypedKey(k *fyne.KeyEvent) {
	if c.drag.on && k.Name != fyne.KeyEscape {
		return // the mouse has hold of a mark
	}
	if kit.IsMenuKey(k.Name) {
		c.menu(kit.Below(c.scroll))
		return
	}
	switch k.Name {
	case fyne.KeyEscape:
		if !c.abort() {
			c.leave()
		}
	case fyne.KeyDelete, fyne.KeyBackspace:
		c.did(c.marks.remove())
	case fyne.KeyTab:
		by := 1
		if c.shift {
			by = -1
		}
		c.did(c.marks.next(by))
	case fyne.KeyPageUp:
		c.did(c.marks.count(1))
	case fyne.KeyPageDown:
		c.did(c.marks.count(-1))
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyInsert:
		c.putMark()
	default:
		if by, ok := arrows[k.Name]; ok {
			c.arrow(by)
		}
	}
}

// did shows what a key changed.
func (c *markCanvas) did(changed bool) {
	if changed {
		c.show()
		c.redraw()
	}
}

// arrow moves the chosen mark, or what is in view.
func (c *markCanvas) arrow(by image.Point) {
	if _, ok := c.marks.mark(); !ok {
		at := c.scroll.Offset.AddXY(float32(by.X)*60, float32(by.Y)*60)
		room, whole := c.scroll.Size(), c.Size()
		c.scroll.ScrollToOffset(fyne.NewPos(max(0, min(at.X, whole.Width-room.Width)), max(0, min(at.Y, whole.Height-room.Height))))
		c.paint()
		return
	}
	if c.shift {
		by = by.Mul(10)
	}
	c.did(c.marks.nudge(by.X, by.Y))
}

// putMark puts a mark of the tool into the middle of the view, for those who use
// no mouse.
func (c *markCanvas) putMark() {
	at := c.pixel(c.middle())
	side := int(min(c.scroll.Size().Width, c.scroll.Size().Height) / c.zoom / 6)
	side = max(side, 8)
	half := image.Pt(side, side/2)
	if e, ok := c.marks.drawn(c.tool, at.Sub(half), at.Add(half)); ok {
		if e.Kind == data.EditNumber {
			e.X, e.Y = min(max(at.X, 0), c.marks.size.X-1), min(max(at.Y, 0), c.marks.size.Y-1)
		}
		c.marks.add(e)
		c.redraw()
	}
}

// Undo takes the last step back; the window calls it for Ctrl+Z.
func (c *markCanvas) Undo() {
	if !c.drag.on {
		c.did(c.marks.undo())
	}
}

// Redo takes it again.
func (c *markCanvas) Redo() {
	if !c.drag.on {
		c.did(c.marks.redo())
	}
}

// TypedShortcut is for Fyne.
func (c *markCanvas) TypedShortcut(s fyne.Shortcut) {
	switch k := s.(type) {
	case *fyne.ShortcutUndo:
		c.Undo()
	case *fyne.ShortcutRedo:
		c.Redo()
	case *desktop.CustomShortcut:
		if k.Modifier&fyne.KeyModifierShortcutDefault == 0 || c.drag.on {
			return
		}
		shifted := k.Modifier&fyne.KeyModifierShift != 0
		if k.KeyName == fyne.KeyZ && shifted {
			c.Redo()
		}
		if by, ok := arrows[k.KeyName]; ok {
			if shifted {
				by = by.Mul(10)
			}
			c.did(c.marks.stretch(by.X, by.Y))
		}
	}
}
