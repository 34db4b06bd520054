package look

import (
	"bytes"
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	gotext "github.com/go-text/typesetting/font"

	"casebinder/assets"
)

func parse(t *testing.T, content []byte) *gotext.Face {
	t.Helper()
	face, err := gotext.ParseTTF(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return face
}

func TestFontsCoverWhatTheWindowWrites(t *testing.T) {
	for _, style := range []fyne.TextStyle{{}, {Bold: true}} {
		resource := Theme{}.Font(style)
		face := parse(t, resource.Content())
		original, err := assets.FS.ReadFile("fonts/" + resource.Name())
		if err != nil {
			t.Fatal(err)
		}
		before := parse(t, original)
		for _, r := range "Aé中訂單糾紛爭議速卖通運單號Яß€▲▼✓★☆←→" {
			glyph, ok := face.NominalGlyph(r)
			was, has := before.NominalGlyph(r)
			if glyph != was || ok != has {
				t.Errorf("%s: %c is glyph %d, was %d", resource.Name(), r, glyph, was)
			}
			if !ok && r > 0x2e80 {
				t.Errorf("%s lacks %c", resource.Name(), r)
			}
		}
		for _, r := range narrowed {
			if _, ok := face.NominalGlyph(r); ok {
				t.Errorf("%s still has %c as wide as a Chinese character", resource.Name(), r)
			}
		}
	}
}

func TestFiguresAreTabular(t *testing.T) {
	for _, style := range []fyne.TextStyle{{}, {Bold: true}} {
		face := parse(t, Theme{}.Font(style).Content())
		zero, _ := face.NominalGlyph('0')
		for r := '1'; r <= '9'; r++ {
			glyph, _ := face.NominalGlyph(r)
			if face.HorizontalAdvance(glyph) != face.HorizontalAdvance(zero) {
				t.Errorf("%c is not as wide as 0", r)
			}
		}
	}
}

func TestWithoutRefusesWhatIsNoFont(t *testing.T) {
	for _, text := range []string{"", "no font at all, only some text", "\x00\x01\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00cmap\x00\x00\x00\x00\xff\xff\xff\x00\x00\x00\x00\x04"} {
		if _, err := without([]byte(text), narrowed); err == nil {
			t.Errorf("%q is taken for a font", text)
		}
	}
}

// contrast is WCAG's ratio of two colors' relative luminances.
func contrast(a, b color.Color) float64 {
	lum := func(c color.Color) float64 {
		r, g, b, _ := c.RGBA()
		line := func(v uint32) float64 {
			s := float64(v) / 0xffff
			if s <= 0.04045 {
				return s / 12.92
			}
			return math.Pow((s+0.055)/1.055, 2.4)
		}
		return 0.2126*line(r) + 0.7152*line(g) + 0.0722*line(b)
	}
	x, y := lum(a), lum(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestTextCanBeRead(t *testing.T) {
	for _, mode := range []Mode{Light, Dark} {
		th := Theme{Mode: mode}
		get := func(n fyne.ThemeColorName) color.Color { return th.Color(n, theme.VariantLight) }
		for _, pair := range [][2]fyne.ThemeColorName{
			{theme.ColorNameForeground, theme.ColorNameBackground},
			{theme.ColorNameForeground, RowMark},
			{theme.ColorNameForeground, RowDim},
			{Muted, theme.ColorNameBackground},
			{Muted, Header},
			{Red, RedWash},
			{Amber, AmbWash},
			{Green, GrnWash},
			{Red, RowMark},
			{ToastInk, Toast},
			{theme.ColorNameForegroundOnPrimary, theme.ColorNamePrimary},
			{theme.ColorNamePlaceHolder, theme.ColorNameInputBackground},
		} {
			if got := contrast(get(pair[0]), get(pair[1])); got < 4.5 {
				t.Errorf("%s: %s on %s has a contrast of %.1f, less than 4.5", mode, pair[0], pair[1], got)
			}
		}
	}
}
