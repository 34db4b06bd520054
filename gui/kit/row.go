package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"casebinder/gui/look"
)

// An Item is a row of a list that has the keys itself, such as those of the toolkit:
// it takes the mouse, with Deeds as every list has them.
type Item struct {
	widget.BaseWidget
	Content fyne.CanvasObject
	Choose  func()        // by either button
	Press   func()        // by the left button beside; may be nil
	Text    func() string // of the whole row, for the clipboard
	Deeds   func() Deeds  // asked for when they are wanted
	ui      *UI
	clicks  Clicks[string]
}

var _ desktop.Mouseable = (*Item)(nil)

// NewItem makes one; its functions are set by who draws it.
func NewItem(u *UI, content fyne.CanvasObject) *Item {
	i := &Item{ui: u, Content: content}
	i.ExtendBaseWidget(i)
	return i
}

// CreateRenderer is for Fyne.
func (i *Item) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(i.Content) }

// NewReading makes a row of what is read alone: nothing has the keys.
func NewReading(u *UI, content fyne.CanvasObject, text func() string, deeds func() Deeds) *Item {
	i := NewItem(u, content)
	i.Choose, i.Text, i.Deeds = func() {}, text, deeds
	within(i, content)
	return i
}

// setTight is for Dense.
func (i *Item) setTight() { Dense(i.Content) }

// MouseDown chooses the row; the second of two quick clicks opens it, the right button
// shows its menu.
func (i *Item) MouseDown(e *desktop.MouseEvent) {
	i.Choose()
	switch {
	case e.Button == desktop.MouseButtonSecondary:
		i.Menu(e.AbsolutePosition)
	case i.Press != nil:
		i.Press()
	case i.clicks.Second(i.Text()):
		i.Deeds().Open(i.ui)
	}
}

// MouseUp is for Fyne.
func (i *Item) MouseUp(*desktop.MouseEvent) {}

// Menu shows what can be done with the row.
func (i *Item) Menu(at fyne.Position) { i.Deeds().Menu(i.ui, at, 1, i.copy) }

func (i *Item) copy() { i.ui.Copy(i.Text(), copiedWords()) }

// A Row is a row of a list that is no table: what it shows, and Deeds as every list
// has them. Up and down go to the rows beside it, see Rows.
type Row struct {
	Item
	Rune func(rune)        // hears what is typed; nil: nothing does
	edge *canvas.Rectangle // around the row that has the keys
	list []*Row            // in which it stands
	at   int
}

var (
	_ fyne.Focusable    = (*Row)(nil)
	_ fyne.Shortcutable = (*Row)(nil)
)

// NewRow makes a row; text is what Ctrl+C copies of it.
func NewRow(u *UI, content fyne.CanvasObject, text func() string, deeds func() Deeds) *Row {
	r := &Row{edge: canvas.NewRectangle(nil)}
	r.ui, r.Content, r.Text, r.Deeds = u, content, text, deeds
	r.Choose = func() { u.Window.Canvas().Focus(r) }
	r.edge.StrokeWidth, r.edge.CornerRadius = 1.5, 4
	r.list = []*Row{r}
	r.ExtendBaseWidget(r)
	within(&r.Item, content)
	return r
}

// Rows makes one list of rows: the arrows go from one to the next.
func Rows(rows ...*Row) []fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, len(rows))
	for i, r := range rows {
		r.list, r.at = rows, i
		objects[i] = r
	}
	return objects
}

// within tells texts that can be selected in whose row they stand: the right button
// on them is one on the row.
func within(i *Item, o fyne.CanvasObject) {
	switch v := o.(type) {
	case *Para:
		v.row = i
	case *fyne.Container:
		for _, child := range v.Objects {
			within(i, child)
		}
	}
}

// CreateRenderer is for Fyne.
func (r *Row) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(r.edge, r.Content))
}

// FocusGained is for Fyne.
func (r *Row) FocusGained() {
	r.edge.StrokeColor = look.Color(theme.ColorNamePrimary)
	r.edge.Refresh()
}

// FocusLost is for Fyne.
func (r *Row) FocusLost() {
	r.edge.StrokeColor = nil
	r.edge.Refresh()
}

// TypedRune is for Fyne.
func (r *Row) TypedRune(typed rune) {
	if r.Rune != nil {
		r.Rune(typed)
	}
}

// TypedKey goes to another row, opens the menu, or does a deed.
func (r *Row) TypedKey(e *fyne.KeyEvent) {
	c := r.ui.Window.Canvas()
	switch {
	case e.Name == fyne.KeyUp && r.at > 0:
		c.Focus(r.list[r.at-1])
	case e.Name == fyne.KeyDown && r.at+1 < len(r.list):
		c.Focus(r.list[r.at+1])
	case r.Deeds().Typed(r.ui, e.Name, func() { r.Menu(Below(r)) }):
	default:
		r.ui.key(e.Name)
	}
}

// Below is where the menu of a row or of a list stands that a key asks for.
func Below(o fyne.CanvasObject) fyne.Position {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(o).AddXY(look.Gap, look.Gap)
}

// TypedShortcut copies the row.
func (r *Row) TypedShortcut(s fyne.Shortcut) {
	r.ui.TypedCopy(s, r.copy)
}
