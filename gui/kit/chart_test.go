package kit

import (
	"math"
	"slices"
	"strconv"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"casebinder/gui/look"
)

func day(n int) time.Time { return time.Date(2026, 11, n, 0, 0, 0, 0, time.UTC) }

func lines() LineOptions {
	point := func(n int, v float64) LinePoint {
		return LinePoint{At: day(n), Value: v, Text: strconv.FormatFloat(v, 'f', -1, 64)}
	}
	return LineOptions{
		Series: []LineSeries{
			{Name: "Rate", Points: []LinePoint{point(1, 1), {At: day(2), Value: math.NaN()}, point(3, 4)}},
			{Name: "Typed", Alone: true, Points: []LinePoint{point(3, 4.5)}},
		},
		Limits: []LineLimit{{5, "Limit 5"}}, Marks: []LineMark{{day(3), "Case lost"}},
		Value: func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) },
		Time:  func(at time.Time) string { return at.Format("Jan 2") }, Empty: "nothing",
	}
}

func TestALineChartTellsEachTimeInWords(t *testing.T) {
	u := newUI(t)
	o := lines()
	opened := 0
	o.Series[0].Points[2].Do = func() { opened++ }
	c := NewLineChart(u, o)
	c.Resize(fyne.NewSize(500, 300))
	test.WidgetRenderer(c)
	c.FocusGained()
	if got, want := c.Reading(), "Nov 3 · Rate 4 · Typed 4.5 · [1] Case lost"; got != want {
		t.Errorf("reads %q, want %q", got, want)
	}
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	if got, want := c.Reading(), "Nov 1 · Rate 1"; got != want || opened != 1 {
		t.Errorf("reads %q, want %q; opened %d times", got, want, opened)
	}
	c.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(480, 100)}})
	if got := c.Reading(); got[:5] != "Nov 3" {
		t.Errorf("under the pointer it reads %q", got)
	}
	c.Set(LineOptions{Empty: "nothing"})
	if got := c.Reading(); got != "" {
		t.Errorf("an empty chart reads %q", got)
	}
}

func TestALineIsBrokenWhereNoValueIs(t *testing.T) {
	u := newUI(t)
	o := lines()
	o.Series, o.Limits, o.Marks = o.Series[:1], nil, nil
	drawn := func(o LineOptions) int {
		c := NewLineChart(u, o)
		c.Resize(fyne.NewSize(500, 300))
		r := test.WidgetRenderer(c).(*lineRenderer)
		picture := r.draw(500, 300)
		n := 0
		middle := int(c.plot.x + c.plot.w/2)
		for y := int(c.plot.y); y < 300; y++ {
			if red, _, blue, _ := picture.At(middle, y).RGBA(); blue > red+0x2000 { // the grid is gray
				n++
			}
		}
		return n
	}
	whole := lines()
	whole.Series, whole.Limits, whole.Marks = whole.Series[:1], nil, nil
	whole.Series[0].Points[1].Value = 2
	if broken, joined := drawn(o), drawn(whole); broken != 0 || joined == 0 {
		t.Errorf("the middle of the line has %d points of ink with a gap, %d without", broken, joined)
	}
}

// Two limits in one chart are told apart without colors: each has its words at its line,
// none stands on another's, and their dashes differ.
func TestLimitsAreToldApart(t *testing.T) {
	u := newUI(t)
	for _, values := range [][]float64{{0.5, 2}, {1, 2.2}, {2, 2.1}, {4.4, 4.5, 4.6}, {0.1, 4.5}} {
		o := lines()
		o.Limits, o.Marks = nil, nil
		for _, v := range values {
			o.Limits = append(o.Limits, LineLimit{v, "limit " + strconv.FormatFloat(v, 'f', -1, 64)})
		}
		c := NewLineChart(u, o)
		c.Resize(fyne.NewSize(500, 240))
		r := test.WidgetRenderer(c).(*lineRenderer)
		var boxes [][2]fyne.Position
		for i, l := range o.Limits {
			at := slices.IndexFunc(r.texts, func(x *canvas.Text) bool { return x.Text == l.Text })
			if at < 0 {
				t.Fatalf("%q is not in the chart of %v", l.Text, values)
			}
			from := r.texts[at].Position()
			box := [2]fyne.Position{from, from.AddXY(textWidth(l.Text, false), chartLine)}
			if y := c.plot.yOf(l.Value); y < box[0].Y-2 || y > box[1].Y+2 {
				t.Errorf("%q stands at %v, its line at %v", l.Text, from, y)
			}
			for _, b := range boxes {
				if box[0].X < b[1].X && b[0].X < box[1].X && box[0].Y < b[1].Y && b[0].Y < box[1].Y {
					t.Errorf("of %v, %q stands on another's words", values, l.Text)
				}
			}
			boxes = append(boxes, box)
			for _, other := range o.Limits {
				if y := c.plot.yOf(other.Value); len(values) == 2 && values[1] > 2*values[0] && y > box[0].Y && y < box[1].Y {
					t.Errorf("of %v, the line of %v goes through %q", values, other.Value, l.Text)
				}
			}
			if i > 0 && limitDash(i) == limitDash(i-1) {
				t.Error("two limits have the same dashes")
			}
		}
	}
}

func TestStepsOfAnAxis(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		want      []float64
	}{
		{0, 0, []float64{0, 1}},
		{0, 4, []float64{0, 1, 2, 3, 4}},
		{0, 87, []float64{0, 50, 100}},
		{-3, 9, []float64{-5, 0, 5, 10}},
		{0.5, 0.02, []float64{0, 0.005, 0.01, 0.015, 0.02}},
	} {
		got := niceSteps(c.low, c.high)
		if !slices.EqualFunc(got, c.want, func(a, b float64) bool { return math.Abs(a-b) < 1e-9 }) {
			t.Errorf("from %v to %v: %v, want %v", c.low, c.high, got, c.want)
		}
	}
}

func TestBarsAreOpenedByClickAndKey(t *testing.T) {
	u := newUI(t)
	var opened []string
	bar := func(name string, v float64) Bar {
		return Bar{Label: name, Value: v, Text: name, Do: func() { opened = append(opened, name) }}
	}
	c := NewBarChart(u, 0, []Bar{bar("a", 3), bar("b", 9), {Label: "c"}})
	c.Resize(fyne.NewSize(400, 100))
	c.Tapped(&fyne.PointEvent{Position: fyne.NewPos(10, barRow+2)})
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	c.Tapped(&fyne.PointEvent{Position: fyne.NewPos(10, 2*barRow+2)})
	c.Tapped(&fyne.PointEvent{Position: fyne.NewPos(10, 9*barRow)})
	if !slices.Equal(opened, []string{"b", "a"}) || c.most != 9 {
		t.Errorf("opened %v; the longest is %v", opened, c.most)
	}
}

// Three years of days, as the account's numbers have them.
func BenchmarkLineChart(b *testing.B) {
	test.NewTempApp(b).Settings().SetTheme(look.Theme{Mode: look.Light})
	o := lines()
	o.Series[0].Points = nil
	for i := range 3 * 365 {
		o.Series[0].Points = append(o.Series[0].Points, LinePoint{At: day(1).AddDate(0, 0, i), Value: float64(i % 17)})
	}
	c := NewLineChart(nil, o)
	c.Resize(fyne.NewSize(1000, 400))
	r := test.WidgetRenderer(c).(*lineRenderer)
	for b.Loop() {
		r.Layout(c.Size())
		r.draw(1000, 400)
	}
}
