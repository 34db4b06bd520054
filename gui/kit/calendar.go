package kit

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	ttwidget "github.com/dweymouth/fyne-tooltip/widget"

	"casebinder/data"
	"casebinder/gui/look"
	"casebinder/gui/words"
)

// The measures of a calendar: six weeks of seven days below a head and the names
// of the days, and a line that leads to today.
const (
	calendarCell  = 34 // width of a day
	calendarRow   = 26 // height of a day and of each line around
	calendarWeeks = 6
	calendarTop   = 2 * calendarRow
	calendarFoot  = calendarTop + calendarWeeks*calendarRow
)

// A Calendar is one month from which a day is picked, with the mouse or the keys:
// arrows go to other days and weeks, Page Up and Down to other months, Home to
// today; Enter picks and Escape leaves.
type Calendar struct {
	widget.BaseWidget
	today  data.Day
	at     data.Day // the keys are on it; its month is shown
	hover  int      // the cell below the mouse; -1 for none
	picked func(data.Day)
	left   func() // left without a day; may be nil
}

// NewCalendar makes one that shows a day's month.
func NewCalendar(today, at data.Day, picked func(data.Day), left func()) *Calendar {
	c := &Calendar{today: today, at: at, hover: -1, picked: picked, left: left}
	c.ExtendBaseWidget(c)
	return c
}

// At is the day on which the keys are.
func (c *Calendar) At() data.Day { return c.at }

// first is the day in the upper left corner: the week's first day, on or before
// the month's.
func (c *Calendar) first() data.Day {
	begin := time.Date(c.at.Year, c.at.Month, 1, 0, 0, 0, 0, time.UTC)
	back := (int(begin.Weekday()) - int(words.WeekStart()) + 7) % 7
	return data.OnDay(begin.AddDate(0, 0, -back))
}

// dayIn is the day that stands in a cell.
func (c *Calendar) dayIn(cell int) data.Day { return addDays(c.first(), cell) }

func addDays(d data.Day, n int) data.Day {
	return data.OnDay(time.Date(d.Year, d.Month, d.Day+n, 0, 0, 0, 0, time.UTC))
}

// addMonths keeps the day of the month as far as the other month has it.
func addMonths(d data.Day, n int) data.Day {
	last := time.Date(d.Year, d.Month+time.Month(n)+1, 0, 0, 0, 0, 0, time.UTC)
	return data.Day{Year: last.Year(), Month: last.Month(), Day: min(d.Day, last.Day())}
}

// goTo moves the keys to a day of the years that four digits can write.
func (c *Calendar) goTo(d data.Day) {
	if d.Year >= 1 && d.Year <= 9999 {
		c.at = d
		c.Refresh()
	}
}

// calendarSteps are the keys that move, with the days and months that they go.
var calendarSteps = map[fyne.KeyName][2]int{
	fyne.KeyLeft: {-1, 0}, fyne.KeyRight: {1, 0}, fyne.KeyUp: {-7, 0}, fyne.KeyDown: {7, 0},
	fyne.KeyPageUp: {0, -1}, fyne.KeyPageDown: {0, 1},
}

// TypedKey is for Fyne.
func (c *Calendar) TypedKey(e *fyne.KeyEvent) {
	switch step, moves := calendarSteps[e.Name]; {
	case moves:
		c.goTo(addMonths(addDays(c.at, step[0]), step[1]))
	case e.Name == fyne.KeyHome:
		c.goTo(c.today)
	case e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter || e.Name == fyne.KeySpace:
		c.picked(c.at)
	case e.Name == fyne.KeyEscape && c.left != nil:
		c.left()
	}
}

// TypedRune is for Fyne.
func (c *Calendar) TypedRune(rune) {}

// FocusGained is for Fyne.
func (c *Calendar) FocusGained() {}

// FocusLost is for Fyne.
func (c *Calendar) FocusLost() {}

// cellAt is the cell at a place; -1 for none.
func cellAt(p fyne.Position) int {
	column, row := int(p.X/calendarCell), int((p.Y-calendarTop)/calendarRow)
	if p.Y < calendarTop || row >= calendarWeeks || column < 0 || column > 6 {
		return -1
	}
	return row*7 + column
}

// Tapped picks a day, or goes to another month.
func (c *Calendar) Tapped(e *fyne.PointEvent) {
	p := e.Position
	cell := cellAt(p)
	switch {
	case cell >= 0:
		c.picked(c.dayIn(cell))
	case p.Y >= calendarFoot:
		c.picked(c.today)
	case p.Y >= calendarRow: // the names of the days
	case p.X < calendarCell:
		c.goTo(addMonths(c.at, -12))
	case p.X < 2*calendarCell:
		c.goTo(addMonths(c.at, -1))
	case p.X >= 6*calendarCell:
		c.goTo(addMonths(c.at, 12))
	case p.X >= 5*calendarCell:
		c.goTo(addMonths(c.at, 1))
	}
}

// MouseIn is for Fyne.
func (c *Calendar) MouseIn(e *desktop.MouseEvent) { c.MouseMoved(e) }

// MouseMoved shows which day would be picked.
func (c *Calendar) MouseMoved(e *desktop.MouseEvent) {
	if cell := cellAt(e.Position); cell != c.hover {
		c.hover = cell
		c.Refresh()
	}
}

// MouseOut is for Fyne.
func (c *Calendar) MouseOut() {
	c.hover = -1
	c.Refresh()
}

// CreateRenderer is for Fyne.
func (c *Calendar) CreateRenderer() fyne.WidgetRenderer {
	r := &calendarRenderer{c: c, title: NewText("", Plain, look.Text, true), today: NewText("", Link, look.Text, false)}
	r.title.Alignment, r.today.Alignment = fyne.TextAlignCenter, fyne.TextAlignCenter
	for _, sign := range []string{"«", "‹", "›", "»"} {
		t := NewText(sign, Plain, look.Heading, false)
		t.Alignment = fyne.TextAlignCenter
		r.arrows = append(r.arrows, t)
	}
	for range 7 {
		t := NewText("", Muted, look.Small, false)
		t.Alignment = fyne.TextAlignCenter
		r.names = append(r.names, t)
	}
	for range 7 * calendarWeeks {
		back := canvas.NewRectangle(nil)
		back.CornerRadius = 4
		t := NewText("", Plain, look.Text, false)
		t.Alignment = fyne.TextAlignCenter
		r.backs, r.days = append(r.backs, back), append(r.days, t)
	}
	r.Refresh()
	return r
}

type calendarRenderer struct {
	c             *Calendar
	title, today  *canvas.Text
	arrows, names []*canvas.Text
	backs         []*canvas.Rectangle
	days          []*canvas.Text
}

func (r *calendarRenderer) Destroy() {}
func (r *calendarRenderer) MinSize() fyne.Size {
	return fyne.NewSize(7*calendarCell, calendarFoot+calendarRow)
}

func (r *calendarRenderer) Objects() []fyne.CanvasObject {
	all := []fyne.CanvasObject{r.title, r.today}
	for _, back := range r.backs {
		all = append(all, back)
	}
	for _, list := range [][]*canvas.Text{r.arrows, r.names, r.days} {
		for _, t := range list {
			all = append(all, t)
		}
	}
	return all
}

// Layout is for Fyne.
func (r *calendarRenderer) Layout(fyne.Size) {
	put := func(t *canvas.Text, x, y, width float32) {
		height := t.MinSize().Height
		t.Resize(fyne.NewSize(width, height))
		t.Move(fyne.NewPos(x, y+(calendarRow-height)/2))
	}
	put(r.title, 2*calendarCell, 0, 3*calendarCell)
	put(r.today, 0, calendarFoot, 7*calendarCell)
	for i, x := range []float32{0, 1, 5, 6} {
		put(r.arrows[i], x*calendarCell, 0, calendarCell)
	}
	for i, t := range r.names {
		put(t, float32(i)*calendarCell, calendarRow, calendarCell)
	}
	for i, t := range r.days {
		x, y := float32(i%7)*calendarCell, calendarTop+float32(i/7)*calendarRow
		put(t, x, y, calendarCell)
		r.backs[i].Move(fyne.NewPos(x+1, y+1))
		r.backs[i].Resize(fyne.NewSize(calendarCell-2, calendarRow-2))
	}
}

// Refresh is for Fyne.
func (r *calendarRenderer) Refresh() {
	c := r.c
	r.title.Text, r.title.Color = words.Month(c.at.Year, c.at.Month), Plain.ink()
	r.today.Text, r.today.Color = words.T("day.today", "date", c.today.String()), Link.ink()
	for i, t := range r.names {
		t.Text, t.Color = words.WeekdayShort((words.WeekStart()+time.Weekday(i))%7), Muted.ink()
	}
	for _, t := range r.arrows {
		t.Color = Plain.ink()
	}
	first := c.first()
	for i := range r.days {
		r.drawDay(i, addDays(first, i))
	}
	r.Layout(c.Size())
	canvas.Refresh(c)
}

// drawDay draws a cell: a ring is around today, the day of the keys is filled.
func (r *calendarRenderer) drawDay(i int, day data.Day) {
	t, back := r.days[i], r.backs[i]
	t.Text, t.Color, t.TextStyle.Bold = strconv.Itoa(day.Day), Plain.ink(), day == r.c.today
	if day.Month != r.c.at.Month {
		t.Color = Muted.ink()
	}
	back.FillColor, back.StrokeColor, back.StrokeWidth = nil, nil, 0
	switch {
	case day == r.c.at:
		back.FillColor = look.Color(theme.ColorNamePrimary)
		t.Color = look.Color(theme.ColorNameForegroundOnPrimary)
	case i == r.c.hover:
		back.FillColor = look.Color(theme.ColorNameHover)
	}
	if day == r.c.today {
		back.StrokeColor, back.StrokeWidth = look.Color(theme.ColorNamePrimary), 1.5
	}
}

// pickDay shows a calendar below an object, and hands over the day that is picked
// there. The keys go to it, and back to a field when it closes.
func (u *UI) pickDay(under fyne.CanvasObject, today, at data.Day, back fyne.Focusable, picked func(data.Day)) {
	var popup *widget.PopUp
	leave := func() {
		popup.Hide()
		u.Window.Canvas().Focus(back)
	}
	calendar := NewCalendar(today, at, func(d data.Day) {
		leave()
		picked(d)
	}, leave)
	popup = widget.NewPopUp(calendar, u.Window.Canvas())
	Trace("calendar", calendar)
	pos := fyne.CurrentApp().Driver().AbsolutePositionForObject(under)
	size, room := popup.MinSize(), u.Window.Canvas().Size()
	pos.Y += under.Size().Height
	if pos.Y+size.Height > room.Height { // above, where there is no room below
		pos.Y = max(pos.Y-under.Size().Height-size.Height, 0)
	}
	pos.X = max(min(pos.X+under.Size().Width, room.Width)-size.Width, 0)
	popup.ShowAtPosition(pos)
	u.Window.Canvas().Focus(calendar)
}

// dayButton is the button with the calendar's sign beside a field; Alt and the
// arrow down in the field do the same.
func dayButton(name string, e *Entry, open func()) fyne.CanvasObject {
	e.Shortcut = func(s *desktop.CustomShortcut) bool {
		if s.KeyName != fyne.KeyDown || s.Modifier != fyne.KeyModifierAlt {
			return false
		}
		open()
		return true
	}
	b := &signButton{}
	b.Icon, b.OnTapped = theme.CalendarIcon(), open
	b.ExtendBaseWidget(b)
	b.SetToolTip(words.T("day.pick", "keys", SystemKeys("Alt+↓")))
	b.Importance = widget.LowImportance
	if name != "" {
		Trace(name, b)
	}
	return b
}

// signButton is a button with a sign and a tooltip, which Enter presses too.
type signButton struct{ ttwidget.Button }

// TypedKey is for Fyne.
func (b *signButton) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter {
		b.OnTapped()
		return
	}
	b.Button.TypedKey(e)
}
