package kit

import (
	"math"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// A LinePoint is a value at a time. A value that is not a number breaks the line.
type LinePoint struct {
	At    time.Time
	Value float64
	Text  string // the value in words
	Do    func() // a click, or Enter; may be nil
}

// A LineSeries is one line, its points from the oldest to the newest. Lines are
// told apart by their signs as well as by their colors.
type LineSeries struct {
	Name   string
	Points []LinePoint
	Alone  bool // the points without a line between them: what was typed in
}

// A LineLimit is a dashed line across with its words at it, such as a threshold. Each of
// several is dashed in its own way.
type LineLimit struct {
	Value float64
	Text  string
}

// A LineMark is something that happened: an upright line with its number, which
// stands with its words below the names of the lines.
type LineMark struct {
	At   time.Time
	Text string
}

// LineOptions is what a chart of lines shows. All words are the caller's.
type LineOptions struct {
	Series []LineSeries
	Limits []LineLimit
	Marks  []LineMark
	Value  func(v float64) string    // at the steps of the upright axis
	Time   func(at time.Time) string // at the steps of the other axis, and of the point that is read
	Empty  string                    // where there is no point
}

// A LineChart draws values over time. Under the pointer, and with the keys ← → Home
// End, it tells in words what each line's value was at a time; it takes the room
// that it gets.
type LineChart struct {
	widget.BaseWidget
	o       LineOptions
	ui      *UI
	times   []time.Time // of all points, each once
	read    int         // index in times of what is told; -1: nothing
	focused bool
	plot    plot
}

// NewLineChart makes a chart.
func NewLineChart(u *UI, o LineOptions) *LineChart {
	c := &LineChart{ui: u, read: -1}
	c.take(o)
	c.ExtendBaseWidget(c)
	return c
}

// Set changes what the chart shows.
func (c *LineChart) Set(o LineOptions) {
	c.take(o)
	c.Refresh()
}

func (c *LineChart) take(o LineOptions) {
	c.o, c.times, c.read = o, nil, -1
	for _, s := range o.Series {
		for _, p := range s.Points {
			if !math.IsNaN(p.Value) {
				c.times = append(c.times, p.At)
			}
		}
	}
	slices.SortFunc(c.times, time.Time.Compare)
	c.times = slices.CompactFunc(c.times, time.Time.Equal)
}

// Reading is what the chart tells of the time that is read: "" where none is.
func (c *LineChart) Reading() string {
	if c.read < 0 || c.read >= len(c.times) {
		return ""
	}
	at := c.times[c.read]
	parts := []string{c.o.Time(at)}
	for _, s := range c.o.Series {
		for _, p := range s.Points {
			if p.At.Equal(at) && !math.IsNaN(p.Value) {
				parts = append(parts, strings.TrimSpace(s.Name+" "+p.Text))
			}
		}
	}
	for i, m := range c.o.Marks {
		if c.nearest(m.At) == c.read {
			parts = append(parts, markNumber(i)+" "+m.Text)
		}
	}
	return strings.Join(parts, " · ")
}

// nearest is the index of the time of a point that is nearest to at.
func (c *LineChart) nearest(at time.Time) int {
	i, found := slices.BinarySearchFunc(c.times, at, time.Time.Compare)
	if found || i == 0 {
		return min(i, len(c.times)-1)
	}
	if i == len(c.times) || at.Sub(c.times[i-1]) <= c.times[i].Sub(at) {
		return i - 1
	}
	return i
}

func (c *LineChart) tell(i int) {
	if i = min(max(i, -1), len(c.times)-1); i != c.read {
		c.read = i
		c.Refresh()
	}
}

// open does what belongs to the point that is read.
func (c *LineChart) open() bool {
	if c.read < 0 {
		return false
	}
	for _, s := range c.o.Series {
		for _, p := range s.Points {
			if p.At.Equal(c.times[c.read]) && p.Do != nil {
				p.Do()
				return true
			}
		}
	}
	return false
}

// MouseIn is for Fyne.
func (c *LineChart) MouseIn(e *desktop.MouseEvent) { c.MouseMoved(e) }

// MouseMoved is for Fyne.
func (c *LineChart) MouseMoved(e *desktop.MouseEvent) {
	if len(c.times) > 0 && c.plot.w > 0 {
		c.tell(c.nearest(c.plot.timeAt(e.Position.X)))
	}
}

// MouseOut is for Fyne.
func (c *LineChart) MouseOut() {
	if !c.focused {
		c.tell(-1)
	}
}

// Tapped is for Fyne.
func (c *LineChart) Tapped(e *fyne.PointEvent) {
	if len(c.times) > 0 && c.plot.w > 0 {
		c.tell(c.nearest(c.plot.timeAt(e.Position.X)))
		c.open()
	}
}

// TypedKey moves through the times.
func (c *LineChart) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		c.tell(max(c.read-1, 0))
	case fyne.KeyRight:
		c.tell(c.read + 1)
	case fyne.KeyHome:
		c.tell(0)
	case fyne.KeyEnd:
		c.tell(len(c.times) - 1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if !c.open() { // the key is the sheet's
			c.ui.Key(e.Name)
		}
	default:
		c.ui.Key(e.Name)
	}
}

// TypedRune is for Fyne.
func (c *LineChart) TypedRune(rune) {}

// FocusGained is for Fyne.
func (c *LineChart) FocusGained() {
	c.focused = true
	if c.read < 0 {
		c.read = len(c.times) - 1
	}
	c.Refresh()
}

// FocusLost is for Fyne.
func (c *LineChart) FocusLost() {
	c.focused, c.read = false, -1
	c.Refresh()
}

// CreateRenderer is for Fyne.
func (c *LineChart) CreateRenderer() fyne.WidgetRenderer {
	r := &lineRenderer{c: c}
	r.raster = canvas.NewRaster(r.draw)
	return r
}
