package pdf

import (
	"testing"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"

	"casebinder/assets"
)

// Letters of Arabic are joined to each other: HarfBuzz 6.0 (hb-shape) gives these
// glyphs and widths, in units of 1/1000 of the size, for the face that bundles use.
func TestArabicLettersAreJoined(t *testing.T) {
	face, err := NotoFonts(assets.FS).face(2 * 1)
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]struct {
		width  int
		glyphs []uint32
	}{
		"ققق":   {1750, []uint32{286, 55, 286, 52, 286, 53}},
		"ييي":   {1408, []uint32{317, 102, 317, 18, 317, 21}},
		"ننن":   {1342, []uint32{281, 81, 281, 16, 281, 19}},
		"قال":   {1433, []uint32{68, 9, 286, 53}},
		"عليكم": {2246, []uint32{77, 60, 317, 18, 70, 49}},
	} {
		out := (&shaping.HarfbuzzShaper{}).Shape(shaping.Input{
			Text: []rune(word), RunEnd: len([]rune(word)), Direction: di.DirectionRTL, Face: font.NewFace(face.font),
			Size: fixed.I(face.upem), Script: language.Arabic, Language: "ar",
		})
		if got := max(out.Advance, -out.Advance).Round(); got != want.width {
			t.Errorf("%s is %d wide, want %d", word, got, want.width)
		}
		for i, g := range out.Glyphs {
			if i < len(want.glyphs) && uint32(g.GlyphID) != want.glyphs[i] {
				t.Errorf("%s: glyph %d is %d, want %d", word, i, g.GlyphID, want.glyphs[i])
			}
		}
	}
}
