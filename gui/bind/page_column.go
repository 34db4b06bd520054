package bind

import (
	"cmp"
	"strconv"

	"casebinder/data/pages"
	"casebinder/gui/kit"
	"casebinder/gui/look"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// pageColumn draws the pages under each other, and takes clicks on links and
// keys.
type pageColumn struct {
	widget.BaseWidget
	p        *pagesPart
	pages    *fyne.Container
	width    float32 // of a page
	across   float32 // of the column
	slots    map[int]*pageSlot
	overLink bool
}

// pageSlot draws one page.
type pageSlot struct {
	box     *fyne.Container
	paper   *canvas.Rectangle
	picture *canvas.Image
	number  *canvas.Text
	of      *drawnPage
}

var (
	_ fyne.Focusable     = (*pageColumn)(nil)
	_ fyne.Tappable      = (*pageColumn)(nil)
	_ fyne.Scrollable    = (*pageColumn)(nil)
	_ fyne.Shortcutable  = (*pageColumn)(nil)
	_ desktop.Cursorable = (*pageColumn)(nil)
	_ desktop.Hoverable  = (*pageColumn)(nil)
)

func newPageColumn(p *pagesPart) *pageColumn {
	c := &pageColumn{p: p, pages: container.NewWithoutLayout(), slots: map[int]*pageSlot{}}
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer is for Fyne.
func (c *pageColumn) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(pageLayout{c}, c.pages))
}

type pageLayout struct{ c *pageColumn }

// Layout is for Fyne.
func (l pageLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	if l.c.across != size.Width {
		l.c.across = size.Width
		l.c.draw()
	}
}

// MinSize is for Fyne.
func (l pageLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.c.width+2*pageGap, l.c.height())
}

// fit gives pages their width in a room.
func (c *pageColumn) fit(room float32) {
	c.width = max(room-2*pageGap-4, 80) * c.p.zoom
	c.across = max(room, c.width+2*pageGap)
}

func (c *pageColumn) pageHigh() float32      { return c.width*pageShape + pageGap }
func (c *pageColumn) height() float32        { return float32(c.p.pages())*c.pageHigh() + pageGap }
func (c *pageColumn) topOf(page int) float32 { return pageGap + float32(page-1)*c.pageHigh() }
func (c *pageColumn) at(y float32) int {
	return max(1, min(int((y-pageGap)/c.pageHigh())+1, max(c.p.pages(), 1)))
}

func (c *pageColumn) seen() (first, last int) {
	return c.at(c.p.scroll.Offset.Y), c.at(c.p.scroll.Offset.Y + c.p.scroll.Size().Height)
}

// draw puts the pages that are in view in their places.
func (c *pageColumn) draw() {
	c.pages.Objects = c.pages.Objects[:0]
	if c.p.shown == nil || c.width <= 0 {
		c.pages.Refresh()
		return
	}
	first, last := c.seen()
	shown := map[int]*pageSlot{}
	for page := first; page <= last; page++ {
		s := c.slots[page]
		if s == nil {
			s = c.newSlot(page)
		}
		shown[page] = s
		c.place(s, page)
		c.pages.Objects = append(c.pages.Objects, s.box)
	}
	c.slots = shown
	c.pages.Refresh()
}

func (c *pageColumn) newSlot(page int) *pageSlot {
	s := &pageSlot{paper: canvas.NewRectangle(look.Color(look.Hairline)), number: kit.NewText(strconv.Itoa(page), kit.Muted, look.Heading, false)}
	s.box = container.NewWithoutLayout(s.paper, s.number)
	return s
}

func (c *pageColumn) place(s *pageSlot, page int) {
	size := fyne.NewSize(c.width, c.width*pageShape)
	s.box.Move(fyne.NewPos((c.across-c.width)/2, c.topOf(page)))
	s.box.Resize(size)
	s.paper.Resize(size)
	kit.Put(s.number, (size.Width-s.number.MinSize().Width)/2, size.Height/2)
	d := c.p.drawn[page]
	if d == nil {
		return
	}
	if s.of != d {
		s.of = d
		s.picture = canvas.NewImageFromImage(d.image)
		s.picture.FillMode, s.picture.ScaleMode = canvas.ImageFillContain, canvas.ImageScaleSmooth
		if c.p.pixels() == d.image.Rect.Dx() {
			s.picture.ScaleMode = canvas.ImageScalePixels // drawn as large as it is
		}
		s.box.Objects = []fyne.CanvasObject{s.paper, s.picture}
	}
	s.picture.Resize(size)
}

// linkAt is the link under a place of the column.
func (c *pageColumn) linkAt(pos fyne.Position) (pages.Link, bool) {
	page := c.at(pos.Y)
	d := c.p.drawn[page]
	if d == nil || d.image.Rect.Empty() || c.p.shown == nil {
		return pages.Link{}, false
	}
	// The picture is as large as its shape allows, in the middle of the page.
	size := fyne.NewSize(c.width, c.width*pageShape)
	shape := float32(d.image.Rect.Dy()) / float32(d.image.Rect.Dx())
	w, h := size.Width, size.Width*shape
	if h > size.Height {
		w, h = size.Height/shape, size.Height
	}
	x := (pos.X - (c.across-c.width)/2 - (size.Width-w)/2) / w
	y := (pos.Y - c.topOf(page) - (size.Height-h)/2) / h
	for _, link := range d.links {
		if r := link.Rect; float64(x) >= r.Left && float64(x) <= r.Right && float64(y) >= r.Top && float64(y) <= r.Bottom {
			return link, true
		}
	}
	return pages.Link{}, false
}

// Tapped follows a link.
func (c *pageColumn) Tapped(e *fyne.PointEvent) {
	c.p.focus()
	if link, ok := c.linkAt(e.Position); ok {
		c.p.goPage(link.Page)
	}
}

// MouseIn is for Fyne.
func (c *pageColumn) MouseIn(e *desktop.MouseEvent) { c.MouseMoved(e) }

// MouseMoved notes what is under the mouse.
func (c *pageColumn) MouseMoved(e *desktop.MouseEvent) { _, c.overLink = c.linkAt(e.Position) }

// MouseOut is for Fyne.
func (c *pageColumn) MouseOut() { c.overLink = false }

// Cursor is a hand over a link.
func (c *pageColumn) Cursor() desktop.Cursor {
	if c.overLink {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// Scrolled scrolls, and zooms while Ctrl is held.
func (c *pageColumn) Scrolled(e *fyne.ScrollEvent) {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok && d.CurrentKeyModifiers()&fyne.KeyModifierShortcutDefault != 0 {
		c.p.zoomBy(int(cmp.Compare(e.Scrolled.DY, 0)))
		return
	}
	c.p.scroll.Scrolled(&fyne.ScrollEvent{PointEvent: e.PointEvent, Scrolled: fyne.NewDelta(e.Scrolled.DX*2, e.Scrolled.DY*2)})
}

// FocusGained is for Fyne.
func (c *pageColumn) FocusGained() { c.p.setRing(2) }

// FocusLost is for Fyne.
func (c *pageColumn) FocusLost() { c.p.setRing(0) }

// TypedRune is for Fyne.
func (c *pageColumn) TypedRune(rune) {}

// TypedShortcut is for Fyne.
func (c *pageColumn) TypedShortcut(s fyne.Shortcut) { c.p.b.env.UI.Typed(s) }

// TypedKey scrolls.
func (c *pageColumn) TypedKey(e *fyne.KeyEvent) {
	if c.p.b.env.UI.Key(e.Name) {
		return
	}
	view := c.p.scroll.Size().Height
	y := c.p.scroll.Offset.Y
	switch e.Name {
	case fyne.KeyEscape:
		c.p.b.TypedKey(e.Name)
		return
	case fyne.KeyUp:
		y -= view / 10
	case fyne.KeyDown:
		y += view / 10
	case fyne.KeyPageUp:
		y -= view * 0.9
	case fyne.KeyPageDown, fyne.KeySpace:
		y += view * 0.9
	case fyne.KeyHome:
		y = 0
	case fyne.KeyEnd:
		y = c.height()
	case fyne.KeyLeft:
		c.p.goPage(c.p.page() - 1)
		return
	case fyne.KeyRight:
		c.p.goPage(c.p.page() + 1)
		return
	default:
		return
	}
	c.p.scrollTo(y)
	c.p.scrolled()
}
