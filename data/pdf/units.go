package pdf

import (
	"math"
	"strconv"
)

// A Length is a distance on the page in thousandths of a point (1/72 inch).
type Length int64

// Lengths to multiply by. Use [Pt] for a fraction: Pt(10.5).
const (
	Point Length = 1000
	MM    Length = 2835 // 1 mm, to a thousandth of a point
)

// A4 upright, the size of a page for which no other is asked.
const (
	A4Width  Length = 595276
	A4Height Length = 841890
)

// Pt gives a length of p points, rounded to a thousandth.
func Pt(p float64) Length { return Length(math.Round(p * 1000)) }

// A Color is an sRGB color. The zero value is black.
type Color struct{ R, G, B uint8 }

// Colors by name, for text and lines.
var (
	Black = Color{}
	White = Color{255, 255, 255}
	Gray  = Color{110, 110, 110}
)

// appendLength writes a length in points, without needless digits.
func appendLength(b []byte, l Length) []byte {
	if l < 0 {
		b = append(b, '-')
		l = -l
	}
	b = strconv.AppendInt(b, int64(l/1000), 10)
	frac := int(l % 1000)
	if frac == 0 {
		return b
	}
	b = append(b, '.', byte('0'+frac/100), byte('0'+frac/10%10), byte('0'+frac%10))
	for b[len(b)-1] == '0' {
		b = b[:len(b)-1]
	}
	return b
}

// ink is a color as the document may use it. In black and white what is nearly
// white is white, so that tinted areas do not hide their text, and all else is
// black.
func (d *Document) ink(c Color) Color {
	if !d.opts.Black && !d.opts.Gray {
		return c
	}
	luma := (299*int(c.R) + 587*int(c.G) + 114*int(c.B) + 500) / 1000 // Rec. 601, as JPEG has it
	switch {
	case !d.opts.Black:
		return Color{uint8(luma), uint8(luma), uint8(luma)}
	case luma > 225:
		return White
	}
	return Black
}

// appendColor writes the three components as numbers from 0 to 1.
func appendColor(b []byte, c Color) []byte {
	for _, v := range [3]uint8{c.R, c.G, c.B} {
		b = appendLength(b, Length((int(v)*1000+127)/255))
		b = append(b, ' ')
	}
	return b
}
