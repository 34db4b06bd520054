package kit

import (
	"fmt"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"casebinder/gui/look"
	"casebinder/gui/words"
)

// Sizes of a table's parts.
const (
	minColumn   = 36
	cellPad     = 8 // left and right of a cell's text
	barWidth    = 10
	headerRow   = 28
	gripReach   = 5 // how near to a border a drag takes hold of it
	tracedRows  = 3
	badgeHeight = 20
)

// tableView draws a table: the titles, the rows that are seen, two scroll
// bars, and what an empty table says. Scrolling is counted in float64, as a
// float32 loses pixels past some hundred thousand rows.
type tableView[R any] struct {
	table  *Table[R]
	object *fyne.Container
	header *tableHeader[R]
	body   *tableBody[R]
	rows   *fyne.Container
	slots  []*slot
	bar    *scrollBar
	across *scrollBar
	notice *fyne.Container
	top    float64 // pixels above the first that is seen
	left   float32 // pixels left of the first that is seen
	hover  int
	rowH   float32
}

// slot is the drawing of one row. Row i is drawn by slot i modulo their number.
type slot struct {
	box    *fyne.Container
	back   *canvas.Rectangle
	line   *canvas.Rectangle
	seen   *canvas.Rectangle // the part of the row that is in view, for the trace
	texts  []*canvas.Text
	washes []*canvas.Rectangle
	shown  int // the row it draws; -1: none
}

func newTableView[R any](t *Table[R]) *tableView[R] {
	v := &tableView[R]{table: t, hover: -1, rowH: t.options.RowHeight}
	if v.rowH == 0 {
		v.rowH = look.Row
	}
	v.header = newTableHeader(v)
	v.rows = container.NewWithoutLayout()
	v.body = newTableBody(v)
	v.bar = newScrollBar(true, func(at float64) { v.scrollTo(at); v.drawRows() })
	v.across = newScrollBar(false, func(at float64) { v.scrollAcross(float32(at)) })
	v.notice = container.NewStack()
	v.object = container.New(v, container.NewClip(v.header), v.body, container.NewClip(v.rows), v.bar, v.across, v.notice)
	return v
}

// MinSize is for Fyne: a table takes what it gets.
func (v *tableView[R]) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(120, headerRow+3*v.rowH)
}

// Layout is for Fyne.
func (v *tableView[R]) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	inner := fyne.NewSize(max(size.Width-barWidth, 0), max(size.Height-headerRow-barWidth, 0))
	place := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	}
	place(objects[0], 0, 0, size.Width, headerRow)
	place(objects[1], 0, headerRow, inner.Width, inner.Height)
	place(objects[2], 0, headerRow, inner.Width, inner.Height)
	place(v.bar, size.Width-barWidth, headerRow, barWidth, inner.Height)
	place(v.across, 0, size.Height-barWidth, inner.Width, barWidth)
	place(v.notice, 0, headerRow, size.Width, inner.Height)
	v.rebuild()
}

// rebuild makes the slots for the rows that are seen.
func (v *tableView[R]) rebuild() {
	need := int(math.Ceil(float64(v.body.Size().Height/v.rowH))) + 1
	columns := len(v.table.columns)
	if len(v.slots) != need || (need > 0 && len(v.slots[0].texts) != columns) {
		v.slots = v.slots[:0]
		v.rows.Objects = v.rows.Objects[:0]
		for i := range need {
			s := newSlot(columns)
			v.slots = append(v.slots, s)
			v.rows.Objects = append(v.rows.Objects, s.box)
			if i < tracedRows {
				Trace(fmt.Sprintf("%s.row.%d", v.table.options.Name, i), s.seen)
			}
		}
	}
	v.drawAll()
}

func newSlot(columns int) *slot {
	s := &slot{back: canvas.NewRectangle(nil), line: canvas.NewRectangle(nil), seen: canvas.NewRectangle(nil), shown: -1}
	s.box = container.NewWithoutLayout(s.back, s.line, s.seen)
	for range columns {
		wash := canvas.NewRectangle(nil)
		wash.CornerRadius = 4
		wash.Hide()
		text := canvas.NewText("", nil)
		text.TextSize = look.Text
		s.washes = append(s.washes, wash)
		s.texts = append(s.texts, text)
		s.box.Add(wash)
		s.box.Add(text)
	}
	return s
}

// height is how high all rows are.
func (v *tableView[R]) height() float64 { return float64(v.table.feed.size()) * float64(v.rowH) }

// seen is the first and the last index that are at least partly in view.
func (v *tableView[R]) seen() (first, last int) {
	h := float64(v.body.Size().Height)
	if h <= 0 {
		h = 20 * float64(v.rowH)
	}
	return int(v.top / float64(v.rowH)), int((v.top + h - 1) / float64(v.rowH))
}

// scrollTo moves so that at pixels lie above the view.
func (v *tableView[R]) scrollTo(at float64) {
	most := v.height() - float64(v.body.Size().Height)
	v.top = math.Round(max(0, min(at, most)))
}

// shift moves the view by rows that came or went above it.
func (v *tableView[R]) shift(rows int) { v.scrollTo(v.top + float64(rows)*float64(v.rowH)) }

// reveal scrolls as little as needed to show a row whole.
func (v *tableView[R]) reveal(i int) {
	from := float64(i) * float64(v.rowH)
	to, h := from+float64(v.rowH), float64(v.body.Size().Height)
	switch {
	case from < v.top:
		v.scrollTo(from)
	case h > 0 && to > v.top+h:
		v.scrollTo(to - h)
	}
}

func (v *tableView[R]) scrollAcross(at float32) {
	v.left = max(0, min(at, v.width()-v.body.Size().Width))
	v.header.Refresh()
	v.drawAll()
}

// drawAll draws everything anew; drawRows only what is seen of the rows.
func (v *tableView[R]) drawAll() {
	v.layoutColumns()
	for _, s := range v.slots {
		s.shown = -1
	}
	v.header.Refresh()
	v.drawRows()
	v.drawNotice()
}

func (v *tableView[R]) drawRows() {
	if len(v.slots) == 0 {
		return
	}
	v.scrollTo(v.top)
	first, last := v.seen()
	v.table.feed.need(first, last+1)
	for i := first; i < first+len(v.slots); i++ {
		v.drawRow(v.slots[i%len(v.slots)], i)
	}
	v.bar.set(v.top, float64(v.body.Size().Height), v.height())
	v.across.set(float64(v.left), float64(v.body.Size().Width), float64(v.width()))
	v.rows.Refresh()
	v.traceRows(first)
}

// traceRows names the topmost rows, whichever slots draw them.
func (v *tableView[R]) traceRows(first int) {
	if !Tracing() {
		return
	}
	for k := range min(tracedRows, len(v.slots)) {
		Trace(fmt.Sprintf("%s.row.%d", v.table.options.Name, k), v.slots[(first+k)%len(v.slots)].seen)
	}
}

func (v *tableView[R]) drawRow(s *slot, i int) {
	if i >= v.table.feed.size() {
		s.box.Hide()
		s.shown = -1
		return
	}
	w := max(v.width(), v.body.Size().Width)
	s.box.Resize(fyne.NewSize(w, v.rowH))
	s.box.Move(fyne.NewPos(-v.left, float32(float64(i)*float64(v.rowH)-v.top)))
	s.back.Resize(fyne.NewSize(w, v.rowH))
	s.back.FillColor = v.rowColor(i)
	s.seen.Move(fyne.NewPos(v.left, 0))
	s.seen.Resize(fyne.NewSize(v.body.Size().Width, v.rowH))
	s.line.FillColor = look.Color(look.Hairline)
	s.line.Move(fyne.NewPos(0, v.rowH-1))
	s.line.Resize(fyne.NewSize(w, 1))
	l, ok := v.table.feed.at(i)
	for k, c := range v.table.columns {
		v.drawCell(s.washes[k], s.texts[k], c, l, ok)
	}
	s.shown = i
	s.box.Show()
}

func (v *tableView[R]) rowColor(i int) (c interface{ RGBA() (r, g, b, a uint32) }) {
	switch {
	case i == v.table.selectedAt && v.body.focused:
		return look.Color(look.RowMark)
	case i == v.table.selectedAt:
		return look.Color(look.RowDim)
	case len(v.table.chosen.ids) > 0 && v.table.isChosen(v.table.idAt(i)):
		return look.Color(look.RowDim)
	case i == v.hover:
		return look.Color(look.RowHover)
	}
	return look.Color(theme.ColorNameBackground)
}

func (v *tableView[R]) drawCell(wash *canvas.Rectangle, text *canvas.Text, c *columnState[R], l line[R], ok bool) {
	if !c.shown || !ok || l.gone || c.index >= len(l.cells) {
		wash.Hide()
		text.Hide()
		return
	}
	content := l.cells[c.index]
	room := c.w - 2*cellPad
	x := c.x + cellPad
	if c.Badge && content.text != "" {
		room -= cellPad
		x += cellPad / 2
	}
	text.TextStyle.Bold = c.Bold
	text.Text = fit(content.text, room, c.Bold)
	text.Color = content.role.ink()
	size := text.MinSize()
	if c.Right {
		x += room - size.Width
	}
	text.Move(fyne.NewPos(x, float32(math.Round(float64(v.rowH-size.Height)/2))))
	text.Resize(size)
	text.Show()
	if c.Badge && content.text != "" && content.role != Plain && content.role != Muted {
		wash.FillColor = content.role.wash()
		wash.Move(fyne.NewPos(x-cellPad/2-2, (v.rowH-badgeHeight)/2))
		wash.Resize(fyne.NewSize(size.Width+cellPad+4, badgeHeight))
		wash.Show()
	} else {
		wash.Hide()
	}
}

// drawNotice says what there is to say when there are no rows.
func (v *tableView[R]) drawNotice() {
	f := &v.table.feed
	var content fyne.CanvasObject
	switch {
	case f.err != nil:
		content = NewProblem(v.table.ui, f.err, v.table.Reload)
	case f.size() > 0:
	case f.ids == nil:
		content = NewText(words.T("table.loading"), Muted, look.Text, false)
	case v.table.options.Empty != nil:
		content = NewEmpty(v.table.options.Name+".empty", v.table.options.Empty())
	}
	v.notice.Objects = nil
	if content != nil {
		v.notice.Objects = []fyne.CanvasObject{container.NewCenter(content)}
		if f.err != nil {
			v.notice.Objects = []fyne.CanvasObject{container.NewVBox(content)}
		}
	}
	v.notice.Refresh()
}

// NewEmpty draws what an empty place says: what would stand here and the
// first step.
func NewEmpty(name string, e Empty) fyne.CanvasObject {
	text := widget.NewLabelWithStyle(e.Text, fyne.TextAlignCenter, fyne.TextStyle{})
	text.Importance = widget.LowImportance
	column := container.NewVBox(text)
	if e.Button != "" {
		b := NewButton("", e.Button, e.Do)
		b.Importance = widget.HighImportance
		column.Add(container.NewCenter(b))
		Trace(name, b)
	}
	return column
}

// rowAt is the row under a place in the body, or -1.
func (v *tableView[R]) rowAt(pos fyne.Position) int {
	i := int((v.top + float64(pos.Y)) / float64(v.rowH))
	if i < 0 || i >= v.table.feed.size() {
		return -1
	}
	return i
}

// columnAt is the column under a place, or nil.
func (v *tableView[R]) columnAt(x float32) *columnState[R] {
	x += v.left
	for _, c := range v.table.columns {
		if c.shown && x >= c.x && x < c.x+c.w {
			return c
		}
	}
	return nil
}

// tipAt is what a tooltip says at a place: the whole text where the cell cuts
// it, or what the column adds to it.
func (v *tableView[R]) tipAt(pos fyne.Position) string {
	c := v.columnAt(pos.X)
	l, ok := v.table.feed.at(v.rowAt(pos))
	if c == nil || !ok || l.gone {
		return ""
	}
	content := l.cells[c.index]
	if content.tip != "" {
		return content.tip
	}
	if isCut(content.text, c.w-2*cellPad, c.Bold) {
		return content.text
	}
	return ""
}
