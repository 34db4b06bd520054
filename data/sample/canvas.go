package sample

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"
	"strings"
	"sync"

	"casebinder/assets"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/f64"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"

	xdraw "golang.org/x/image/draw"
)

// canvas is a picture in the making: filled shapes with soft edges, and text.
type canvas struct {
	*image.RGBA
	faces map[faceKey]font.Face
}

type faceKey struct {
	file string
	size int
}

type point struct{ x, y float64 }

func newCanvas(w, h int, background color.Color) *canvas {
	c := &canvas{RGBA: image.NewRGBA(image.Rect(0, 0, w, h)), faces: map[faceKey]font.Face{}}
	draw.Draw(c, c.Bounds(), image.NewUniform(background), image.Point{}, draw.Src)
	return c
}

// rgb makes an opaque color from 0xRRGGBB.
func rgb(hex uint32) color.RGBA {
	return color.RGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 255}
}

// fade makes a color transparent: alpha from 0 to 255.
func fade(c color.RGBA, alpha uint8) color.NRGBA {
	return color.NRGBA{R: c.R, G: c.G, B: c.B, A: alpha}
}

// mix is the color between a and b; t from 0 (a) to 1 (b).
func mix(a, b color.RGBA, t float64) color.RGBA {
	t = min(max(t, 0), 1)
	part := func(x, y uint8) uint8 { return uint8(float64(x) + (float64(y)-float64(x))*t + 0.5) }
	return color.RGBA{R: part(a.R, b.R), G: part(a.G, b.G), B: part(a.B, b.B), A: 255}
}

// fill paints closed shapes. It works on their bounding box alone.
func (c *canvas) fill(ink color.Color, shapes ...[]point) {
	box := bounds(shapes).Intersect(c.Bounds())
	if box.Empty() {
		return
	}
	r := vector.NewRasterizer(box.Dx(), box.Dy())
	for _, shape := range shapes {
		for i, p := range shape {
			x, y := float32(p.x-float64(box.Min.X)), float32(p.y-float64(box.Min.Y))
			if i == 0 {
				r.MoveTo(x, y)
			} else {
				r.LineTo(x, y)
			}
		}
		r.ClosePath()
	}
	r.Draw(c.RGBA, box, image.NewUniform(ink), image.Point{})
}

// bounds is the smallest rectangle of whole pixels around shapes.
func bounds(shapes [][]point) image.Rectangle {
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, shape := range shapes {
		for _, p := range shape {
			x0, y0, x1, y1 = min(x0, p.x), min(y0, p.y), max(x1, p.x), max(y1, p.y)
		}
	}
	if x1 < x0 {
		return image.Rectangle{}
	}
	return image.Rect(int(math.Floor(x0)), int(math.Floor(y0)), int(math.Ceil(x1))+1, int(math.Ceil(y1))+1)
}

func (c *canvas) rect(ink color.Color, x, y, w, h float64) {
	c.fill(ink, []point{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}})
}

// round paints a rectangle with round corners.
func (c *canvas) round(ink color.Color, x, y, w, h, radius float64) {
	var shape []point
	corner := func(cx, cy, from float64) {
		for i := range 9 {
			angle := from + float64(i)*math.Pi/16
			shape = append(shape, point{cx + radius*math.Cos(angle), cy + radius*math.Sin(angle)})
		}
	}
	corner(x+w-radius, y+h-radius, 0)
	corner(x+radius, y+h-radius, math.Pi/2)
	corner(x+radius, y+radius, math.Pi)
	corner(x+w-radius, y+radius, 3*math.Pi/2)
	c.fill(ink, shape)
}

// frame paints the edge of a rectangle.
func (c *canvas) frame(ink color.Color, x, y, w, h, thick float64) {
	c.rect(ink, x, y, w, thick)
	c.rect(ink, x, y+h-thick, w, thick)
	c.rect(ink, x, y, thick, h)
	c.rect(ink, x+w-thick, y, thick, h)
}

// oval lists the edge of an ellipse.
func oval(cx, cy, rx, ry float64) []point {
	const steps = 96
	shape := make([]point, steps)
	for i := range shape {
		angle := 2 * math.Pi * float64(i) / steps
		shape[i] = point{cx + rx*math.Cos(angle), cy + ry*math.Sin(angle)}
	}
	return shape
}

// stroke paints a line through points, with round joints.
func (c *canvas) stroke(ink color.Color, thick float64, line []point) {
	half := thick / 2
	for i, p := range line {
		if thick > 3 { // a thin line's joints are not seen
			c.fill(ink, oval(p.x, p.y, half, half))
		}
		if i == 0 {
			continue
		}
		q := line[i-1]
		length := math.Hypot(p.x-q.x, p.y-q.y)
		if length == 0 {
			continue
		}
		nx, ny := -(p.y-q.y)/length*half, (p.x-q.x)/length*half
		c.fill(ink, []point{{q.x + nx, q.y + ny}, {p.x + nx, p.y + ny}, {p.x - nx, p.y - ny}, {q.x - nx, q.y - ny}})
	}
}

// shadow darkens an ellipse, softly towards its edge; strength from 0 to 255.
func (c *canvas) shadow(cx, cy, rx, ry, strength float64) {
	const inner, outer = 0.72, 1.22 // of the radius: full and no darkness
	box := bounds([][]point{{{cx - rx*outer, cy - ry*outer}, {cx + rx*outer, cy + ry*outer}}}).Intersect(c.Bounds())
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			dx, dy := (float64(x)-cx)/rx, (float64(y)-cy)/ry
			t := (outer - math.Sqrt(dx*dx+dy*dy)) / (outer - inner)
			if t <= 0 {
				continue
			}
			t = min(t, 1)
			keep := 1 - strength/255*t*t*(3-2*t)
			i := c.PixOffset(x, y)
			for k := range 3 {
				c.Pix[i+k] = uint8(float64(c.Pix[i+k]) * keep)
			}
		}
	}
}

// light makes a photo of a drawing: light falls from the upper left, corners
// are darker, and the sensor adds grain.
func (c *canvas) light(grain uint32) {
	b := c.Bounds()
	w, h := float64(b.Dx()), float64(b.Dy())
	state := grain*2654435761 + 12345
	for y := range b.Dy() {
		for x := range b.Dx() {
			dx, dy := float64(x)/w-0.42, float64(y)/h-0.38
			bright := 1.05 - 0.42*(dx*dx+dy*dy)
			state = state*1664525 + 1013904223
			noise := float64(state>>24)/255*8 - 4
			i := c.PixOffset(x, y)
			for k := range 3 {
				c.Pix[i+k] = uint8(min(max(float64(c.Pix[i+k])*bright+noise, 0), 255))
			}
		}
	}
}

// place puts a flat picture onto the canvas, turned by an angle around its
// middle, as a label lies on a parcel.
func (c *canvas) place(flat image.Image, cx, cy, scale, angle float64) {
	b := flat.Bounds()
	sin, cos := math.Sincos(angle)
	mx, my := float64(b.Dx())/2, float64(b.Dy())/2
	turn := f64.Aff3{
		scale * cos, -scale * sin, cx - scale*(cos*mx-sin*my),
		scale * sin, scale * cos, cy - scale*(sin*mx+cos*my),
	}
	xdraw.BiLinear.Transform(c.RGBA, turn, flat, b, xdraw.Over, nil)
}

// Fonts that the pictures are lettered with.
const (
	fontText = "NotoSans-Regular.ttf"
	fontBold = "NotoSans-Bold.ttf"
	fontHan  = "NotoSansSC-Regular.ttf"
	fontKR   = "NotoSansKR-Regular.ttf"
)

var fontFiles sync.Map // name -> *sfnt.Font

func loadFont(name string) (*sfnt.Font, error) {
	if f, ok := fontFiles.Load(name); ok {
		return f.(*sfnt.Font), nil
	}
	raw, err := assets.FS.ReadFile("fonts/" + name)
	if err != nil {
		return nil, fmt.Errorf("reading font %s: %w", name, err)
	}
	f, err := opentype.Parse(raw)
	if err != nil {
		return nil, fmt.Errorf("reading font %s: %w", name, err)
	}
	fontFiles.Store(name, f)
	return f, nil
}

// face finds a font in a size in pixels. The fonts are embedded and tested, so
// that a missing one is a fault of the build.
func (c *canvas) face(name string, size int) font.Face {
	key := faceKey{name, size}
	if f, ok := c.faces[key]; ok {
		return f
	}
	parsed, err := loadFont(name)
	if err != nil {
		panic(err)
	}
	f, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: float64(size), DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		panic(err)
	}
	c.faces[key] = f
	return f
}

// fontOf chooses the font that has a character.
func fontOf(r rune, latin string) string {
	switch {
	case r >= 0xAC00 && r <= 0xD7AF:
		return fontKR
	case r >= 0x2E80 && r <= 0x9FFF, r >= 0xF900 && r <= 0xFAFF, r >= 0xFF00 && r <= 0xFFEF:
		return fontHan
	}
	return latin
}

// text letters one line; x and y are its start on the baseline. It returns the
// x where the line ends.
func (c *canvas) text(ink color.Color, latin string, size int, x, y float64, words string) float64 {
	dot := fixed.Point26_6{X: fixed.Int26_6(x * 64), Y: fixed.Int26_6(y * 64)}
	for _, r := range words {
		d := font.Drawer{Dst: c.RGBA, Src: image.NewUniform(ink), Face: c.face(fontOf(r, latin), size), Dot: dot}
		d.DrawString(string(r))
		dot = d.Dot
	}
	return float64(dot.X) / 64
}

func (c *canvas) width(latin string, size int, words string) float64 {
	var total fixed.Int26_6
	for _, r := range words {
		advance, _ := c.face(fontOf(r, latin), size).GlyphAdvance(r)
		total += advance
	}
	return float64(total) / 64
}

// wrap breaks words into lines of at most width pixels, between words or
// between Han characters.
func (c *canvas) wrap(latin string, size int, width float64, words string) (lines []string) {
	for _, paragraph := range strings.Split(words, "\n") {
		line := ""
		for _, piece := range pieces(paragraph) {
			if line != "" && c.width(latin, size, line+strings.TrimRight(piece, " ")) > width {
				lines = append(lines, strings.TrimRight(line, " "))
				line = ""
			}
			line += piece
		}
		lines = append(lines, strings.TrimRight(line, " "))
	}
	return lines
}

// pieces cuts a text where a line may break, keeping blanks at the end.
func pieces(text string) (list []string) {
	start := 0
	for i, r := range text {
		end := i + len(string(r))
		if r == ' ' || fontOf(r, "") != "" {
			list = append(list, text[start:end])
			start = end
		}
	}
	if start < len(text) {
		list = append(list, text[start:])
	}
	return list
}

// sampleMark says on the picture what it is.
func (c *canvas) sampleMark() {
	const words = "SAMPLE, drawn by Casebinder"
	b := c.Bounds()
	size := max(b.Dx()/64, 15)
	w := c.width(fontText, size, words)
	x, y := float64(b.Dx())-w-float64(size)*1.6, float64(b.Dy())-float64(size)*2.2
	c.round(fade(rgb(0x202428), 150), x-float64(size)*0.6, y, w+float64(size)*1.2, float64(size)*1.6, float64(size)*0.4)
	c.text(rgb(0xffffff), fontText, size, x, y+float64(size)*1.15, words)
}
