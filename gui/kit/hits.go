package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"casebinder/gui/look"
	"casebinder/gui/words"
)

func countWords(n int) string {
	if n > 999 {
		return "999+"
	}
	return words.Number(int64(n))
}

// Hit is one line of a list of hits; one without Open is the title of a group.
type Hit struct {
	Text string // bold
	More string // muted, behind it
	Open func()
}

// Hits is a list of hits below a search field, which scrolls where there are more
// than fit. The field keeps the keys and moves the mark.
type Hits struct {
	Object *fyne.Container
	box    *fyne.Container
	scroll *container.Scroll
	ui     *UI
	hits   []Hit
	lines  []*hitLine
	marked int
}

// hitRow is the height of a hit.
const hitRow = 26

// NewHits makes an empty, hidden list.
func NewHits(u *UI) *Hits {
	h := &Hits{ui: u, box: container.New(tightColumn{}), marked: -1}
	back := canvas.NewRectangle(nil)
	h.scroll = container.NewVScroll(h.box)
	h.Object = container.NewStack(back, container.NewPadded(h.scroll))
	h.Object.Hide()
	return h
}

// Set shows hits; none hides the list. The first that can be opened is marked.
func (h *Hits) Set(hits []Hit) { h.SetAt(hits, 0) }

// SetAt shows hits and marks the first that can be opened at a place or behind it.
func (h *Hits) SetAt(hits []Hit, at int) {
	h.hits, h.lines, h.marked = hits, nil, at-1
	h.box.Objects = nil
	for i, hit := range hits {
		line := newHitLine(h, i, hit)
		h.lines = append(h.lines, line)
		h.box.Objects = append(h.box.Objects, line)
	}
	back := h.Object.Objects[0].(*canvas.Rectangle)
	back.FillColor = look.Color(theme.ColorNameOverlayBackground)
	back.StrokeColor, back.StrokeWidth = look.Color(theme.ColorNameInputBorder), 1
	back.CornerRadius = 6
	if len(hits) == 0 {
		h.Object.Hide()
		return
	}
	h.Object.Show()
	h.Object.Refresh()
	if at == 0 {
		h.scroll.ScrollToTop()
	}
	h.Move(1)
}

// Marked is the place of the mark.
func (h *Hits) Marked() int { return h.marked }

// Page moves the mark down (1) or up (-1) by as many hits as are in view.
func (h *Hits) Page(by int) {
	n := max(int(h.scroll.Size().Height/hitRow)-1, 1)
	target := min(max(h.marked+by*n, 0), len(h.hits)-1)
	for i := target; i >= 0 && i < len(h.hits); i -= by {
		if h.hits[i].Open != nil {
			h.mark(i)
			return
		}
	}
}

// Move moves the mark to the next (1) or the one before (-1).
func (h *Hits) Move(by int) {
	for i := h.marked + by; i >= 0 && i < len(h.hits); i += by {
		if h.hits[i].Open != nil {
			h.mark(i)
			return
		}
	}
}

func (h *Hits) mark(i int) {
	if h.marked >= 0 && h.marked < len(h.lines) {
		h.lines[h.marked].paint(false)
	}
	h.marked = i
	h.lines[i].paint(true)
	h.show(i)
}

// show scrolls until a hit is in view.
func (h *Hits) show(i int) {
	y, height := float32(i)*hitRow, h.scroll.Size().Height
	if height <= 0 {
		return
	}
	offset := h.scroll.Offset.Y
	offset = max(min(offset, y), y+hitRow-height)
	if i == 1 { // the title above the first
		offset = 0
	}
	if offset != h.scroll.Offset.Y {
		h.scroll.ScrollToOffset(fyne.NewPos(0, offset))
	}
}

// Open opens the marked hit.
func (h *Hits) Open() {
	if h.marked >= 0 && h.marked < len(h.hits) {
		h.hits[h.marked].Open()
	}
}

// Height is what the list wants.
func (h *Hits) Height() float32 { return float32(len(h.hits))*hitRow + 2*theme.Padding() }

type hitLine struct {
	widget.BaseWidget
	hits  *Hits
	index int
	hit   Hit
	back  *canvas.Rectangle
	text  *canvas.Text
	more  *canvas.Text
}

func newHitLine(h *Hits, i int, hit Hit) *hitLine {
	l := &hitLine{hits: h, index: i, hit: hit, back: canvas.NewRectangle(nil)}
	l.text = NewText("", Plain, look.Text, hit.Open != nil)
	l.more = NewText("", Muted, look.Text, false)
	if hit.Open == nil {
		l.text = NewText("", Muted, look.Small, false)
	}
	l.back.CornerRadius = 4
	l.ExtendBaseWidget(l)
	return l
}

func (l *hitLine) paint(marked bool) {
	l.back.FillColor = nil
	if marked {
		l.back.FillColor = look.Color(look.RowMark)
	}
	l.back.Refresh()
}

// CreateRenderer is for Fyne.
func (l *hitLine) CreateRenderer() fyne.WidgetRenderer { return &hitRenderer{l} }

type hitRenderer struct{ l *hitLine }

func (r *hitRenderer) Destroy()           {}
func (r *hitRenderer) MinSize() fyne.Size { return fyne.NewSize(100, hitRow) }
func (r *hitRenderer) Refresh()           { r.Layout(r.l.Size()) }
func (r *hitRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.l.back, r.l.text, r.l.more}
}

func (r *hitRenderer) Layout(size fyne.Size) {
	l := r.l
	l.back.Resize(size)
	l.text.Text = fit(l.hit.Text, size.Width-2*cellPad, l.text.TextStyle.Bold)
	text := l.text.MinSize()
	l.text.Resize(text)
	l.text.Move(fyne.NewPos(cellPad, (hitRow-text.Height)/2))
	l.more.Text = fit(l.hit.More, size.Width-text.Width-3*cellPad, false)
	more := l.more.MinSize()
	l.more.Resize(more)
	l.more.Move(fyne.NewPos(2*cellPad+text.Width, (hitRow-more.Height)/2))
}

// Tapped opens the hit.
func (l *hitLine) Tapped(*fyne.PointEvent) {
	if l.hit.Open != nil {
		l.hit.Open()
	}
}

// TappedSecondary shows what can be done with the hit, as in every list.
func (l *hitLine) TappedSecondary(e *fyne.PointEvent) {
	if l.hit.Open == nil {
		return
	}
	l.hits.mark(l.index)
	Deeds{{Text: words.T("row.open"), Do: l.hit.Open}}.Menu(l.hits.ui, e.AbsolutePosition, 1, func() {
		l.hits.ui.Copy(words.Join("\t", l.hit.Text, l.hit.More), copiedWords())
	})
}

// MouseIn marks it.
func (l *hitLine) MouseIn(*desktop.MouseEvent) {
	if l.hit.Open != nil && l.hits.marked != l.index {
		l.hits.mark(l.index)
	}
}

// MouseMoved is for Fyne.
func (l *hitLine) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (l *hitLine) MouseOut() {}
