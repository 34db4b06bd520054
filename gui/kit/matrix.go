package kit

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	ttwidget "github.com/dweymouth/fyne-tooltip/widget"

	"casebinder/gui/look"
)

// A MatrixCell is one place of a Matrix.
type MatrixCell struct {
	Value int    // area of its square; 0 draws none
	Part  int    // of Value: the square is filled up to it
	Text  string // the figures in words: nothing is told by the picture alone
	More  string // a second line, where there is room for it
	Tip   string
	Do    func() // a click, or Enter; may be nil
}

// A Matrix is a chart of two measures, one along each side: in each place stands a
// square whose area is how many there are, filled as far as the part of them. Its
// figures are written below each, so that it reads without colors. It takes the room
// that it gets.
type Matrix struct {
	widget.BaseWidget
	columns []string
	rows    []string
	cells   []*matrixCell // row by row
	at      int
	focused bool
	ui      *UI
}

// Room of a matrix.
const (
	matrixLabel = 112 // left of the rows
	matrixLine  = 18  // of a text
	matrixPad   = 4
)

// NewMatrix makes a chart; cells stand row by row, as many as rows times columns.
func NewMatrix(u *UI, columns, rows []string, cells []MatrixCell) *Matrix {
	m := &Matrix{ui: u, columns: columns, rows: rows}
	most := 0
	for _, c := range cells {
		most = max(most, c.Value)
	}
	for i, c := range cells {
		m.cells = append(m.cells, newMatrixCell(m, i, c, most))
	}
	m.ExtendBaseWidget(m)
	return m
}

// CreateRenderer is for Fyne.
func (m *Matrix) CreateRenderer() fyne.WidgetRenderer {
	r := &matrixRenderer{m: m}
	for _, text := range append(append([]string{}, m.columns...), m.rows...) {
		t := NewText(text, Muted, look.Text, false)
		r.labels = append(r.labels, t)
		r.objects = append(r.objects, t)
	}
	for _, c := range m.cells {
		r.objects = append(r.objects, c)
	}
	return r
}

// move puts the mark on another place.
func (m *Matrix) move(by int) {
	if at := m.at + by; at >= 0 && at < len(m.cells) {
		m.mark(at)
	}
}

func (m *Matrix) mark(at int) {
	before := m.at
	m.at = at
	m.cells[before].Refresh()
	m.cells[at].Refresh()
}

// TypedKey moves through the places.
func (m *Matrix) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		m.move(-1)
	case fyne.KeyRight:
		m.move(1)
	case fyne.KeyUp:
		m.move(-len(m.columns))
	case fyne.KeyDown:
		m.move(len(m.columns))
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if m.at < len(m.cells) {
			m.cells[m.at].Tapped(nil)
		}
	default:
		m.ui.Key(e.Name)
	}
}

// TypedRune is for Fyne.
func (m *Matrix) TypedRune(rune) {}

// FocusGained is for Fyne.
func (m *Matrix) FocusGained() { m.focus(true) }

// FocusLost is for Fyne.
func (m *Matrix) FocusLost() { m.focus(false) }

func (m *Matrix) focus(on bool) {
	if m.focused = on; m.at < len(m.cells) {
		m.cells[m.at].Refresh()
	}
}

type matrixRenderer struct {
	m       *Matrix
	labels  []*canvas.Text // of the columns, then of the rows
	objects []fyne.CanvasObject
}

func (r *matrixRenderer) Destroy()                     {}
func (r *matrixRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *matrixRenderer) Refresh()                     { r.Layout(r.m.Size()) }

func (r *matrixRenderer) MinSize() fyne.Size {
	return fyne.NewSize(matrixLabel+float32(len(r.m.columns))*96, matrixLine+float32(len(r.m.rows))*(2*matrixLine+28))
}

func (r *matrixRenderer) Layout(size fyne.Size) {
	m := r.m
	if len(m.columns) == 0 || len(m.rows) == 0 {
		return
	}
	w := (size.Width - matrixLabel) / float32(len(m.columns))
	h := (size.Height - matrixLine - matrixPad) / float32(len(m.rows))
	top := float32(matrixLine + matrixPad)
	for i, t := range r.labels {
		t.Color = Muted.ink()
		if i < len(m.columns) {
			t.Text = fit(m.columns[i], w-matrixPad, false)
			Put(t, matrixLabel+float32(i)*w+(w-t.MinSize().Width)/2, 0)
			continue
		}
		row := float32(i - len(m.columns))
		t.Text = fit(m.rows[i-len(m.columns)], matrixLabel-matrixPad, false)
		Put(t, 0, top+row*h+(h-t.MinSize().Height)/2)
	}
	for i, c := range m.cells {
		c.Move(fyne.NewPos(matrixLabel+float32(i%len(m.columns))*w, top+float32(i/len(m.columns))*h))
		c.Resize(fyne.NewSize(w, h))
	}
}

// matrixCell draws one place.
type matrixCell struct {
	ttwidget.ToolTipWidget
	MatrixCell
	m       *Matrix
	index   int
	most    int // the largest value of all places
	hovered bool
	back    *canvas.Rectangle
	square  *canvas.Rectangle
	fill    *canvas.Rectangle
	text    *canvas.Text
	more    *canvas.Text
}

func newMatrixCell(m *Matrix, i int, c MatrixCell, most int) *matrixCell {
	w := &matrixCell{MatrixCell: c, m: m, index: i, most: most}
	w.back, w.square, w.fill = canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	w.text, w.more = NewText("", Plain, look.Text, true), NewText("", Muted, look.Text, false)
	w.ExtendBaseWidget(w)
	w.SetToolTip(c.Tip)
	return w
}

// CreateRenderer is for Fyne.
func (w *matrixCell) CreateRenderer() fyne.WidgetRenderer { return &matrixCellRenderer{w} }

// Tapped is for Fyne.
func (w *matrixCell) Tapped(*fyne.PointEvent) {
	w.m.mark(w.index)
	if w.Do != nil {
		w.Do()
	}
}

// MouseIn is for Fyne.
func (w *matrixCell) MouseIn(e *desktop.MouseEvent) {
	w.hovered = true
	pointed = w
	w.Refresh()
	w.ToolTipWidget.MouseIn(e)
}

// MouseOut is for Fyne.
func (w *matrixCell) MouseOut() {
	w.hovered = false
	w.Refresh()
	w.ToolTipWidget.MouseOut()
}

// Cursor is for Fyne.
func (w *matrixCell) Cursor() desktop.Cursor {
	if w.Do == nil {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

type matrixCellRenderer struct{ w *matrixCell }

func (r *matrixCellRenderer) Destroy()           {}
func (r *matrixCellRenderer) MinSize() fyne.Size { return fyne.NewSize(60, 2*matrixLine) }
func (r *matrixCellRenderer) Refresh()           { r.Layout(r.w.Size()) }
func (r *matrixCellRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.w.back, r.w.square, r.w.fill, r.w.text, r.w.more}
}

// Layout is for Fyne.
func (r *matrixCellRenderer) Layout(size fyne.Size) {
	w := r.w
	w.paint()
	w.back.Move(fyne.NewPos(1, 1))
	w.back.Resize(fyne.NewSize(max(size.Width-2, 0), max(size.Height-2, 0)))
	lines := float32(matrixLine)
	if w.More != "" && size.Height >= 3*matrixLine+matrixPad {
		lines += matrixLine - matrixPad
		w.more.Show()
	} else {
		w.more.Hide()
	}
	room := max(min(size.Width, size.Height-lines)-4*matrixPad, 0)
	side := float32(0)
	if w.Value > 0 && w.most > 0 {
		side = max(room*float32(math.Sqrt(float64(w.Value)/float64(w.most))), 3)
	}
	left, bottom := (size.Width-side)/2, matrixPad+(room+side)/2
	w.square.Resize(fyne.NewSize(side, side))
	w.square.Move(fyne.NewPos(left, bottom-side))
	filled := float32(0)
	if w.Value > 0 && w.Part > 0 {
		filled = max(side*float32(w.Part)/float32(w.Value), 1)
	}
	w.fill.Resize(fyne.NewSize(side, filled))
	w.fill.Move(fyne.NewPos(left, bottom-filled))
	w.text.Text = fit(w.Text, size.Width-2*matrixPad, true)
	Put(w.text, (size.Width-w.text.MinSize().Width)/2, size.Height-lines-2*matrixPad)
	w.more.Text = fit(w.More, size.Width-2*matrixPad, false)
	Put(w.more, (size.Width-w.more.MinSize().Width)/2, size.Height-matrixLine-matrixPad-1)
	canvas.Refresh(w)
}

// paint gives a place its colors.
func (w *matrixCell) paint() {
	w.back.CornerRadius = 4
	w.back.StrokeColor, w.back.StrokeWidth = look.Color(look.Hairline), 1
	w.back.FillColor = color.Transparent
	switch {
	case w.m.focused && w.m.at == w.index:
		w.back.StrokeColor, w.back.StrokeWidth = look.Color(theme.ColorNamePrimary), 2
	case w.hovered:
		w.back.FillColor = look.Color(look.RowHover)
	}
	w.square.FillColor = look.Color(look.RowDim)
	w.square.StrokeColor, w.square.StrokeWidth = look.Color(theme.ColorNamePrimary), 1.5
	w.fill.FillColor = look.Color(theme.ColorNamePrimary)
	w.text.Color, w.more.Color = Plain.ink(), Muted.ink()
	if w.Value == 0 {
		w.text.Color = Muted.ink()
	}
	if w.Value == 0 {
		w.square.Hide()
	}
	if w.Part == 0 {
		w.fill.Hide()
	}
}
