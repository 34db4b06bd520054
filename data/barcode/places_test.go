package barcode

import (
	"context"
	"image"
	"math"
	"slices"
	"testing"

	"casebinder/data"
)

// wide tells for each digit of an interleaved 2 of 5 which of its five lines are wide.
// (ISO/IEC 16390.)
var wide = [10]string{"00110", "10001", "01001", "11000", "00101", "10100", "01100", "00011", "10010", "01010"}

// modules gives the light (1) and dark (0) lines of a code, a module each.
func modules(digits string) []float64 {
	var all []float64
	line := func(shade float64, n int) { all = append(all, slices.Repeat([]float64{shade}, n)...) }
	width := func(c byte) int { return 1 + 2*int(c-'0') }
	for range 2 {
		line(0, 1)
		line(1, 1)
	}
	for i := 0; i < len(digits); i += 2 {
		bars, gaps := wide[digits[i]-'0'], wide[digits[i+1]-'0']
		for k := range bars {
			line(0, width(bars[k]))
			line(1, width(gaps[k]))
		}
	}
	line(0, 3)
	line(1, 1)
	line(0, 1)
	return all
}

// A print is a code on a label, drawn by hand: where its middle lies, how large a
// module is in pixels, and how it lies.
type print struct {
	digits  string
	x, y    float64
	module  float64
	degrees float64
	shook   float64 // pixels across the lines over which the light is spread
	covered bool    // the left half is
}

// draw draws codes on gray cardboard, 60 modules high, on white labels.
func draw(w, h int, prints ...print) gray {
	g := gray{pix: slices.Repeat([]byte{150}, w*h), w: w, h: h}
	for _, p := range prints {
		lines := modules(p.digits)
		sin, cos := math.Sincos(p.degrees * math.Pi / 180)
		width, height := float64(len(lines))*p.module, 60*p.module
		for y := range h {
			for x := range w {
				dx, dy := float64(x)+.5-p.x, float64(y)+.5-p.y
				u, v := dx*cos+dy*sin, -dx*sin+dy*cos
				if math.Abs(u) > width/2+12*p.module || math.Abs(v) > height/2+12*p.module {
					continue
				}
				shade, spread := 0., max(1, p.shook)
				for k := range 8 { // the light of a pixel comes from some places
					at := u + spread*(float64(k)-3.5)/8
					i := int(math.Floor((at + width/2) / p.module))
					if math.Abs(v) < height/2 && i >= 0 && i < len(lines) && !(p.covered && u < 0) {
						shade += lines[i] / 8
					} else {
						shade += 1. / 8
					}
				}
				g.pix[y*w+x] = byte(40 + 190*shade)
			}
		}
	}
	return g
}

func (g gray) image() image.Image {
	return &image.Gray{Pix: g.pix, Stride: g.w, Rect: image.Rect(0, 0, g.w, g.h)}
}

func TestReadPlaces(t *testing.T) {
	m, err := start(context.Background(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.close)
	const one, other = "80329607607878", "68531348717076"
	small := print{digits: one, x: 900, y: 600, module: 1.6}
	for name, c := range map[string]struct {
		prints []print
		want   []string
	}{
		"small":          {[]print{small}, []string{one}},
		"aslant":         {[]print{{digits: one, x: 800, y: 500, module: 2, degrees: 33}}, []string{one}},
		"on its side":    {[]print{{digits: one, x: 800, y: 500, module: 2, degrees: 90}}, []string{one}},
		"on its head":    {[]print{{digits: one, x: 800, y: 500, module: 2, degrees: 201}}, []string{one}},
		"shook":          {[]print{{digits: one, x: 800, y: 500, module: 3, degrees: 7, shook: 4}}, []string{one}},
		"two parcels":    {[]print{{digits: one, x: 500, y: 500, module: 2, degrees: -20}, {digits: other, x: 1300, y: 800, module: 1.8, degrees: 75}}, []string{one, other}},
		"half covered":   {[]print{{digits: one, x: 800, y: 500, module: 3, covered: true}}, nil},
		"shook too much": {[]print{{digits: one, x: 800, y: 500, module: 2, shook: 16}}, nil},
		"nothing":        {nil, nil},
	} {
		codes, err := m.readImage(draw(1800, 1200, c.prints...).image())
		if err != nil {
			t.Fatal(name, err)
		}
		var got []string
		for _, n := range Numbers(codes) {
			got = append(got, n.Text)
		}
		slices.Sort(got)
		slices.Sort(c.want)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: read %q, want %q", name, got, c.want)
		}
	}
}

// A code of squares that lies aslant is cut out straight.
func TestReadSquaresAslant(t *testing.T) {
	m, err := start(context.Background(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.close)
	img, err := decode(t.Context(), "testdata/turned.jpg")
	if err != nil {
		t.Fatal(err)
	}
	for _, degrees := range []float64{17, 40, -65} {
		codes, err := m.readImage(grayOf(img, firstEdge).turned(1, degrees).image())
		if want := (data.ReadCode{Format: "PDF417", Text: "MRDX|798369477725|8230523880924618|24500|0.42KG|1/1"}); err != nil || !slices.Contains(codes, want) {
			t.Errorf("turned by %v: %q, error %v", degrees, codes, err)
		}
	}
}

// The middle, the way and the size of a code are those that were drawn.
func TestBars(t *testing.T) {
	g := draw(1200, 900, print{digits: "80329607607878", x: 640, y: 400, module: 3, degrees: 30})
	places := g.grid().bars()
	if len(places) != 1 {
		t.Fatalf("places %+v, want one", places)
	}
	p := g.aligned(places[0])
	w, h := 3*float64(len(modules("80329607607878"))), 3*60.
	near := func(a, b, by float64) bool { return math.Abs(a-b) <= by }
	if !near(p.x, 640, 8) || !near(p.y, 400, 8) || !near(turnBetween(p.across, math.Pi/6), 0, .03) || !near(p.w, w, 120) || !near(p.h, h, 40) {
		t.Errorf("place %.0f,%.0f turned %.2f, %.0f by %.0f; drawn 640,400, %.2f, %.0f by %.0f", p.x, p.y, p.across, p.w, p.h, math.Pi/6, w, h)
	}
	if found := (gray{pix: make([]byte, 12), w: 4, h: 3}).grid(); len(found.bars()) > 0 || len(found.squares(gray{}, nil)) > 0 {
		t.Error("a picture smaller than a cell has places")
	}
}
