package redact

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"golang.org/x/image/draw"

	"casebinder/data"
	"casebinder/data/picture"
	"casebinder/gui/kit"
	"casebinder/gui/look"
)

const (
	markZoomStep = 1.25
	markZoomMost = 16 // units of the screen for a pixel of the original
	gripSize     = 9  // of a handle, in units of the screen
	gripNear     = 8  // how near a handle or a line the mouse must be
	dragLeast    = 3  // units of the screen; less is a click
)

// markCanvas shows a picture with its marks, as they will be burned in, and lets
// them be drawn and moved. It draws only what is in view.
type markCanvas struct {
	widget.BaseWidget
	on      fyne.Canvas // of the window
	marks   *marks
	scroll  *container.Scroll
	levels  []*image.RGBA // the picture, and each half as large as the one before
	zoom    float32       // units of the screen for a pixel of the original
	fitted  bool          // the zoom follows the room
	tool    data.EditKind
	changed func() // marks, choice, tool or zoom are others
	leave   func() // Escape
	menu    func(at fyne.Position)
	focused bool

	view    *canvas.Image
	outline *canvas.Rectangle
	line    *canvas.Line
	handles []*canvas.Rectangle
	ring    *canvas.Rectangle

	ground  *image.RGBA // what is in view, without marks
	shownAt shownPart
	shift   bool
	drag    markDrag
}

// shownPart is the part of the picture that the ground shows.
type shownPart struct {
	area  image.Rectangle // pixels of the screen from the picture's corner
	scale float64         // pixels of the screen for a pixel of the original
}

// markDrag is what the mouse does with its button down.
type markDrag struct {
	on     bool
	from   fyne.Position // where the button went down
	moved  bool          // far enough to be more than a click
	kind   dragKind
	grip   grip
	before data.Edit // of the mark that is moved or resized
	made   data.Edit // the mark that is being drawn
	ok     bool      // there is enough of it
}

type dragKind int

const (
	dragDraw dragKind = iota
	dragMove
	dragGrip
)

var (
	_ fyne.Focusable     = (*markCanvas)(nil)
	_ fyne.Tabbable      = (*markCanvas)(nil)
	_ fyne.Draggable     = (*markCanvas)(nil)
	_ fyne.Scrollable    = (*markCanvas)(nil)
	_ fyne.Shortcutable  = (*markCanvas)(nil)
	_ desktop.Mouseable  = (*markCanvas)(nil)
	_ desktop.Keyable    = (*markCanvas)(nil)
	_ desktop.Cursorable = (*markCanvas)(nil)
)

func newMarkCanvas(on fyne.Canvas, img image.Image, m *marks) *markCanvas {
	c := &markCanvas{on: on, marks: m, levels: levelsOf(img), zoom: 1, fitted: true, tool: data.EditBox, changed: func() {}, leave: func() {}, menu: func(fyne.Position) {}}
	c.view = &canvas.Image{FillMode: canvas.ImageFillStretch, ScaleMode: canvas.ImageScalePixels}
	c.outline = canvas.NewRectangle(color.Transparent)
	c.outline.StrokeWidth = 1
	c.line = canvas.NewLine(color.Transparent)
	c.ring = canvas.NewRectangle(color.Transparent)
	for range 8 {
		c.handles = append(c.handles, canvas.NewRectangle(color.Transparent))
	}
	c.ExtendBaseWidget(c)
	c.scroll = container.NewScroll(c)
	c.scroll.OnScrolled = func(fyne.Position) { c.paint() }
	return c
}

// object is the canvas in its frame.
func (c *markCanvas) object() fyne.CanvasObject {
	back := canvas.NewRectangle(look.Color(look.RowDim))
	return container.New(kit.OnResize(c.resized), back, c.scroll, c.ring)
}

// levelsOf gives a picture on white paper, and halves of it, so that a small view
// is as smooth as a large one.
func levelsOf(img image.Image) []*image.RGBA {
	size := img.Bounds().Size()
	first := image.NewRGBA(image.Rectangle{Max: size})
	draw.Draw(first, first.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(first, first.Rect, img, img.Bounds().Min, draw.Over)
	all := []*image.RGBA{first}
	for size.X > 256 || size.Y > 256 {
		before := all[len(all)-1]
		size = image.Pt(max(size.X/2, 1), max(size.Y/2, 1))
		half := image.NewRGBA(image.Rectangle{Max: size})
		draw.ApproxBiLinear.Scale(half, half.Rect, before, before.Rect, draw.Src, nil)
		all = append(all, half)
	}
	return all
}

// CreateRenderer is for Fyne.
func (c *markCanvas) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{c.view, c.outline, c.line}
	for _, h := range c.handles {
		objects = append(objects, h)
	}
	return widget.NewSimpleRenderer(container.New(markLayout{c}, objects...))
}

// markLayout asks for the picture's room; the canvas places its parts itself.
type markLayout struct{ c *markCanvas }

// Layout is for Fyne.
func (l markLayout) Layout([]fyne.CanvasObject, fyne.Size) { l.c.paint() }

// MinSize is for Fyne.
func (l markLayout) MinSize([]fyne.CanvasObject) fyne.Size { return l.c.whole() }

// whole is the size of the whole picture on the screen.
func (c *markCanvas) whole() fyne.Size {
	return fyne.NewSize(float32(c.marks.size.X)*c.zoom, float32(c.marks.size.Y)*c.zoom)
}

// corner is where the picture's upper left corner lies: it is in the middle of a
// room that is larger.
func (c *markCanvas) corner() fyne.Position {
	room, whole := c.Size(), c.whole()
	return fyne.NewPos(max((room.Width-whole.Width)/2, 0), max((room.Height-whole.Height)/2, 0))
}

// original is the place on the original, in its pixels, of a point of the canvas.
func (c *markCanvas) original(p fyne.Position) (x, y float64) {
	at := p.Subtract(c.corner())
	return float64(at.X) / float64(c.zoom), float64(at.Y) / float64(c.zoom)
}

// pixel is the border between pixels of the original that is nearest to a point.
func (c *markCanvas) pixel(p fyne.Position) image.Point {
	x, y := c.original(p)
	return image.Pt(int(math.Round(x)), int(math.Round(y)))
}

// place is the point of the canvas of a place on the original.
func (c *markCanvas) place(x, y float64) fyne.Position {
	return c.corner().Add(fyne.NewPos(float32(x)*c.zoom, float32(y)*c.zoom))
}

// resized follows the room that the canvas has.
func (c *markCanvas) resized() {
	if c.fitted {
		c.fit()
		return
	}
	c.paint()
}

// fit shows the whole picture.
func (c *markCanvas) fit() {
	room := c.scroll.Size()
	if room.Width <= 0 || room.Height <= 0 {
		return
	}
	c.fitted = true
	c.setZoom(min(room.Width/float32(c.marks.size.X), room.Height/float32(c.marks.size.Y), markZoomMost))
}

// leastZoom keeps the whole picture, and no less, on the screen.
func (c *markCanvas) leastZoom() float32 {
	room := c.scroll.Size()
	return min(1, room.Width/float32(c.marks.size.X), room.Height/float32(c.marks.size.Y))
}

// zoomBy makes the picture larger or smaller by a step, around a point of the
// canvas that stays where it is.
func (c *markCanvas) zoomBy(steps int, around fyne.Position) {
	x, y := c.original(around)
	seen := around.Subtract(c.scroll.Offset)
	c.fitted = false
	zoom := c.zoom * float32(math.Pow(markZoomStep, float64(steps)))
	for _, whole := range []float32{0.25, 0.5, 1, 2, 4, 8} {
		if zoom > whole*0.93 && zoom < whole*1.07 {
			zoom = whole
		}
	}
	c.setZoom(max(c.leastZoom(), min(zoom, markZoomMost)))
	to := c.place(x, y).Subtract(seen)
	c.scroll.ScrollToOffset(fyne.NewPos(max(to.X, 0), max(to.Y, 0)))
	c.paint()
}

func (c *markCanvas) setZoom(zoom float32) {
	c.zoom = zoom
	c.Resize(c.whole().Max(c.scroll.Size()))
	c.scroll.Refresh()
	c.paint()
	c.changed()
}

// middle is the point of the canvas in the middle of the view.
func (c *markCanvas) middle() fyne.Position {
	room := c.scroll.Size()
	return c.scroll.Offset.AddXY(room.Width/2, room.Height/2)
}

// part is what is in view: where on the canvas, and which pixels.
func (c *markCanvas) part() (fyne.Position, fyne.Size, shownPart) {
	corner, whole, room := c.corner(), c.whole(), c.scroll.Size()
	from := c.scroll.Offset.Subtract(corner)
	x0, y0 := max(from.X, 0), max(from.Y, 0)
	x1, y1 := min(from.X+room.Width, whole.Width), min(from.Y+room.Height, whole.Height)
	screen := float64(c.on.Scale())
	px := func(v float32) int { return int(math.Round(float64(v) * screen)) }
	area := image.Rect(px(x0), px(y0), px(x1), px(y1))
	back := func(v int) float32 { return float32(float64(v) / screen) }
	pos := corner.AddXY(back(area.Min.X), back(area.Min.Y))
	return pos, fyne.NewSize(back(area.Dx()), back(area.Dy())), shownPart{area, screen * float64(c.zoom)}
}

// paint draws what is in view, with its marks.
func (c *markCanvas) paint() {
	pos, size, part := c.part()
	if c.levels == nil || part.area.Empty() || part.scale <= 0 {
		return
	}
	if c.ground == nil || c.shownAt != part {
		c.ground, c.shownAt = c.groundOf(part), part
	}
	view := image.NewRGBA(c.ground.Rect)
	copy(view.Pix, c.ground.Pix)
	c.paintMarks(view, part)
	c.view.Image = view
	c.view.Move(pos)
	c.view.Resize(size)
	c.view.Refresh()
	c.paintChoice()
}

// drop lets go of the picture when the sheet is gone.
func (c *markCanvas) drop() { c.levels, c.ground, c.view.Image = nil, nil, nil }

// groundOf draws the picture alone.
func (c *markCanvas) groundOf(part shownPart) *image.RGBA {
	ground := image.NewRGBA(image.Rectangle{Max: part.area.Size()})
	level := c.levels[0]
	for _, l := range c.levels {
		if float64(l.Rect.Dx()) < part.scale*float64(c.marks.size.X) {
			break
		}
		level = l
	}
	scale := part.scale * float64(c.marks.size.X) / float64(level.Rect.Dx()) // pixels of the screen for one of the level
	scaleY := part.scale * float64(c.marks.size.Y) / float64(level.Rect.Dy())
	var by draw.Interpolator = draw.ApproxBiLinear
	if scale >= 2 {
		by = draw.NearestNeighbor
	}
	by.Transform(ground, [6]float64{scale, 0, -float64(part.area.Min.X), 0, scaleY, -float64(part.area.Min.Y)}, level, level.Rect, draw.Src, nil)
	return ground
}

// paintMarks draws the marks as they will be burned in: squares first, then boxes,
// then what points.
func (c *markCanvas) paintMarks(view *image.RGBA, part shownPart) {
	list := c.marks.list
	if c.drag.on && c.drag.kind == dragDraw && c.drag.moved && c.drag.ok {
		list = append(append([]data.Edit(nil), list...), c.drag.made)
	}
	rect := func(r image.Rectangle) image.Rectangle {
		at := func(v, from int) int { return int(math.Round(float64(v)*part.scale)) - from }
		return image.Rect(at(r.Min.X, part.area.Min.X), at(r.Min.Y, part.area.Min.Y), at(r.Max.X, part.area.Min.X), at(r.Max.Y, part.area.Min.Y))
	}
	for _, e := range list {
		if e.Kind == data.EditPixels {
			for _, s := range picture.Squares(c.levels[0], c.marks.size, e) {
				draw.Draw(view, rect(s.Rectangle), image.NewUniform(s.Color), image.Point{}, draw.Src)
			}
		}
	}
	for _, e := range list {
		if e.Kind == data.EditBox {
			draw.Draw(view, rect(around(e)), image.Black, image.Point{}, draw.Src)
		}
	}
	fromX, fromY := float64(part.area.Min.X)/part.scale, float64(part.area.Min.Y)/part.scale
	for _, e := range list {
		if !e.Hides() {
			_ = picture.SketchMark(view, c.marks.size, e, part.scale, fromX, fromY) // only a font that is not in the program can fail
		}
	}
}

// paintChoice draws the handles of the chosen mark.
func (c *markCanvas) paintChoice() {
	ink := look.Color(theme.ColorNamePrimary)
	e, ok := c.marks.mark()
	c.outline.Hidden, c.line.Hidden = true, true
	for _, h := range c.handles {
		h.Hidden = true
	}
	if ok {
		c.outlineOf(e, ink)
		for i, g := range grips(e) {
			x, y := g.at(e)
			h := c.handles[i]
			h.FillColor, h.StrokeColor, h.StrokeWidth, h.CornerRadius, h.Hidden = color.White, ink, 2, 2, false
			h.Resize(fyne.NewSquareSize(gripSize))
			h.Move(c.place(x, y).SubtractXY(gripSize/2.0, gripSize/2.0))
			h.Refresh()
		}
	}
	c.outline.Refresh()
	c.line.Refresh()
}

func (c *markCanvas) outlineOf(e data.Edit, ink color.Color) {
	r := around(e)
	if e.Kind == data.EditNumber {
		n := int(c.marks.numberSize() * 1.15)
		r = image.Rect(e.X-n, e.Y-n, e.X+n+1, e.Y+n+1)
	}
	from, to := c.place(float64(r.Min.X), float64(r.Min.Y)), c.place(float64(r.Max.X), float64(r.Max.Y))
	if e.Kind == data.EditArrow {
		c.line.StrokeColor, c.line.StrokeWidth, c.line.Hidden = ink, 1, false
		c.line.Position1, c.line.Position2 = c.place(float64(e.X), float64(e.Y)), c.place(float64(e.X+e.W), float64(e.Y+e.H))
		return
	}
	c.outline.StrokeColor, c.outline.Hidden = ink, false
	c.outline.Move(from)
	c.outline.Resize(fyne.NewSize(to.X-from.X, to.Y-from.Y))
}

// redraw shows marks that changed and says so.
func (c *markCanvas) redraw() {
	c.paint()
	c.changed()
}

// choose takes a tool.
func (c *markCanvas) choose(tool data.EditKind) {
	c.tool = tool
	c.changed()
}

// show scrolls the chosen mark into view.
func (c *markCanvas) show() {
	e, ok := c.marks.mark()
	if !ok {
		return
	}
	r := around(e)
	from, to, room, at := c.place(float64(r.Min.X), float64(r.Min.Y)), c.place(float64(r.Max.X), float64(r.Max.Y)), c.scroll.Size(), c.scroll.Offset
	follow := func(at, from, to, room, whole float32) float32 {
		switch {
		case from < at:
			at = from - 20
		case to > at+room:
			at = min(to-room+20, from)
		}
		return max(0, min(at, whole-room))
	}
	next := fyne.NewPos(follow(at.X, from.X, to.X, room.Width, c.Size().Width), follow(at.Y, from.Y, to.Y, room.Height, c.Size().Height))
	if next != at {
		c.scroll.ScrollToOffset(next)
	}
}
