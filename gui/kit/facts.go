package kit

import (
	"cmp"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	ttwidget "github.com/dweymouth/fyne-tooltip/widget"

	"casebinder/data"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// Fact is a label with its value in a grid of facts. A click on it copies.
type Fact struct {
	Label string
	Value string // "" leaves the fact out
	Copy  string // what a click copies; "" means Value
	Tip   string // tooltip; "" means the whole value where it is cut
	Role  Role
	Wide  bool // takes a whole line

	Room float32 // of the label, in pixels; 0 is enough for a word or two
}

// Facts is a grid of facts in two columns.
type Facts struct {
	Object *fyne.Container
	ui     *UI
}

// NewFacts makes a grid.
func NewFacts(u *UI, facts ...Fact) *Facts {
	f := &Facts{ui: u, Object: container.New(&factGrid{})}
	f.Set(facts...)
	return f
}

// Set swaps the facts.
func (f *Facts) Set(facts ...Fact) {
	f.Object.Objects = nil
	for _, one := range facts {
		if one.Value != "" {
			f.Object.Objects = append(f.Object.Objects, newFact(f.ui, one))
		}
	}
	f.Object.Refresh()
}

// factGrid lays facts out in two columns; wide ones take both, and so does one whose
// value would be cut in one of them.
type factGrid struct{ width float32 }

const (
	factHeight = 24
	factLabel  = 92
)

// isWide reports whether a fact takes a whole line.
func (g *factGrid) isWide(f *fact) bool {
	return f.Wide || g.width > 0 && f.wants() > g.width/2-look.Gap
}

func (g *factGrid) rows(objects []fyne.CanvasObject, place func(o fyne.CanvasObject, column, row int, wide bool)) int {
	row, column := 0, 0
	for _, o := range objects {
		wide := g.isWide(o.(*fact))
		if wide && column == 1 {
			row, column = row+1, 0
		}
		place(o, column, row, wide)
		if wide || column == 1 {
			row, column = row+1, 0
		} else {
			column = 1
		}
	}
	return row + column
}

// Layout is for Fyne.
func (g *factGrid) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	g.width = size.Width
	half := size.Width / 2
	g.rows(objects, func(o fyne.CanvasObject, column, row int, wide bool) {
		w := half - look.Gap
		if wide {
			w = size.Width
		}
		o.Move(fyne.NewPos(float32(column)*half, float32(row)*factHeight))
		f := o.(*fact)
		f.room = min(cmp.Or(f.Room, factLabel), (half-look.Gap)/2) // of all lines, so that their values stand below each other
		o.Resize(fyne.NewSize(w, factHeight))
	})
}

// MinSize is for Fyne.
func (g *factGrid) MinSize(objects []fyne.CanvasObject) fyne.Size {
	n := g.rows(objects, func(fyne.CanvasObject, int, int, bool) {})
	return fyne.NewSize(240, float32(n)*factHeight)
}

// fact draws one fact.
type fact struct {
	ttwidget.ToolTipWidget
	Fact
	ui    *UI
	room  float32 // of the label, as laid out
	back  *canvas.Rectangle
	label *canvas.Text
	value *canvas.Text
}

func newFact(u *UI, f Fact) *fact {
	w := &fact{Fact: f, ui: u, back: canvas.NewRectangle(nil)}
	w.label = NewText("", Muted, look.Text, false)
	w.value = NewText("", f.Role, look.Text, false)
	w.ExtendBaseWidget(w)
	return w
}

// wants is how wide the fact is when nothing of it is cut.
func (w *fact) wants() float32 { return cmp.Or(w.Room, factLabel) + textWidth(w.Value, false) + 2 }

// CreateRenderer is for Fyne.
func (w *fact) CreateRenderer() fyne.WidgetRenderer { return &factRenderer{w} }

type factRenderer struct{ w *fact }

func (r *factRenderer) Destroy() {}
func (r *factRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.w.back, r.w.label, r.w.value}
}
func (r *factRenderer) MinSize() fyne.Size { return fyne.NewSize(120, factHeight) }
func (r *factRenderer) Refresh()           { r.Layout(r.w.Size()) }

func (r *factRenderer) Layout(size fyne.Size) {
	w := r.w
	w.back.Resize(size)
	w.back.CornerRadius = 4
	w.label.Color, w.value.Color = Muted.ink(), w.Role.ink()
	w.label.Text = fit(w.Label, w.room-look.Gap, false)
	w.value.Text = fit(w.Value, size.Width-w.room-2, false)
	w.label.Move(fyne.NewPos(0, (factHeight-w.label.MinSize().Height)/2))
	w.value.Move(fyne.NewPos(w.room, (factHeight-w.value.MinSize().Height)/2))
	w.label.Resize(w.label.MinSize())
	w.value.Resize(w.value.MinSize())
	tip := w.Tip
	if tip == "" && isCut(w.Value, size.Width-w.room-2, false) {
		tip = w.Value
	}
	w.SetToolTip(tip)
	canvas.Refresh(w)
}

// Tapped copies the value.
func (w *fact) Tapped(*fyne.PointEvent) {
	text := w.Copy
	if text == "" {
		text = w.Value
	}
	w.ui.Copy(text, words.T("toast.copied_value", "value", fit(text, 240, false)))
}

// MouseIn is for Fyne.
func (w *fact) MouseIn(e *desktop.MouseEvent) {
	pointed = w
	w.back.FillColor = look.Color(look.RowHover)
	w.back.Refresh()
	w.ToolTipWidget.MouseIn(e)
}

// MouseOut is for Fyne.
func (w *fact) MouseOut() {
	w.back.FillColor = nil
	w.back.Refresh()
	w.ToolTipWidget.MouseOut()
}

// Cursor is for Fyne.
func (w *fact) Cursor() desktop.Cursor { return desktop.PointerCursor }

// Urgency says how urgent a due date is: a sign with words, and a role that
// colors it: "! overdue 5 h", "! 9 h left", "· 2 d left".
func Urgency(due, now time.Time) (string, Role) {
	text := words.Left(due, now)
	switch data.UrgencyOf(due, now) {
	case data.UrgencyOverdue:
		return "! " + text, Danger
	case data.UrgencyLastDay:
		return "! " + text, Warn
	case data.Urgency72Hours:
		return "· " + text, Warn
	case data.UrgencyNone:
		return "", Plain
	case data.UrgencyPast:
		return text, Muted
	case data.UrgencyWeek, data.UrgencyLater:
	}
	return text, Plain
}

// NewBadge is a word on a wash of its role's color.
func NewBadge(text string, role Role) fyne.CanvasObject {
	label := NewText(text, role, look.Text, false)
	back := canvas.NewRectangle(role.wash())
	back.CornerRadius = 4
	if text == "" {
		back.Hide()
	}
	return container.New(badgeRoom{}, container.NewStack(back, container.NewHBox(spacer(2, badgeHeight), container.NewCenter(label), spacer(2, 0))))
}

// badgeRoom keeps a badge as large as its word wherever it stands: as high as the
// buttons beside it, it would look like one of them.
type badgeRoom struct{}

// MinSize is for Fyne.
func (badgeRoom) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// Layout is for Fyne.
func (badgeRoom) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	least := objects[0].MinSize()
	putAt(objects[0], 0, least.Width, least.Height)
	objects[0].Move(fyne.NewPos(0, max(0, (size.Height-least.Height)/2)))
}

// NewTitle is a title above texts, and begins where they begin.
func NewTitle(text string) fyne.CanvasObject { return AsText(NewText(text, Plain, look.Heading, true)) }

// AsText gives an object the air that texts have at their sides, so that it begins where
// those above and below it begin.
func AsText(o fyne.CanvasObject) *fyne.Container {
	air := theme.InnerPadding()
	return container.New(layout.NewCustomPaddedLayout(0, 0, air, air), o)
}

// NewPanel puts content on a panel with a hairline around it.
func NewPanel(content fyne.CanvasObject) fyne.CanvasObject {
	back := canvas.NewRectangle(look.Color(look.Panel))
	back.StrokeColor = look.Color(look.Hairline)
	back.StrokeWidth = 1
	back.CornerRadius = 6
	return container.NewStack(back, container.NewPadded(content))
}
