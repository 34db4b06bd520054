package look

import (
	"bytes"
	"image/color"
	"io/fs"
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
		for _, r := range "Aé中訂單糾紛爭議速卖通運單號争议鑫Яß€▲▼✓★☆←→" {
			glyph, ok := face.NominalGlyph(r)
			was, has := before.NominalGlyph(r)
			if glyph != was || ok != has {
				t.Errorf("%s: %c is glyph %d, was %d", resource.Name(), r, glyph, was)
				continue
			}
			if !ok {
				continue
			}
			if face.HorizontalAdvance(glyph) != before.HorizontalAdvance(glyph) || points(face, glyph) != points(before, glyph) {
				t.Errorf("%s draws %c in another way", resource.Name(), r)
			}
		}
		for _, r := range "黒説済録拠込働" { // of Japan alone: buyers write them
			if _, ok := face.NominalGlyph(r); !ok && !style.Bold {
				t.Errorf("%s lost %c", resource.Name(), r)
			}
		}
		for _, r := range narrowed {
			if _, ok := face.NominalGlyph(r); ok {
				t.Errorf("%s still has %c as wide as a Chinese character", resource.Name(), r)
			}
		}
	}
}

// points is how many segments a glyph's outline has.
func points(face *gotext.Face, glyph gotext.GID) int {
	outline, ok := face.GlyphData(glyph).(gotext.GlyphOutline)
	if !ok {
		return -1
	}
	return len(outline.Segments)
}

func TestEveryWordOfTheWindowCanBeDrawn(t *testing.T) {
	faces := []*gotext.Face{parse(t, Theme{}.Font(fyne.TextStyle{}).Content()), parse(t, Theme{}.Font(fyne.TextStyle{Bold: true}).Content())}
	for _, language := range []string{"zh-CN", "zh-TW"} {
		names, err := fs.Glob(assets.FS, "lang/*"+language+".json")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			text, err := fs.ReadFile(assets.FS, name)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range string(text) {
				for i, face := range faces {
					if glyph, ok := face.NominalGlyph(r); r >= firstHan && (!ok || points(face, glyph) <= 0) {
						t.Errorf("%s: font %d cannot draw %c", name, i, r)
					}
				}
			}
		}
	}
}

func TestFontsAreSmall(t *testing.T) {
	for style, most := range map[fyne.TextStyle]int{{}: 7_000_000, {Bold: true}: 5_000_000} {
		if n := len(Theme{}.Font(style).Content()); n > most {
			t.Errorf("the font of %+v has %d bytes, more than %d", style, n, most)
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
