package look

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"image/color"
	"io/fs"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
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
	for style, extra := range map[fyne.TextStyle]string{{}: "黒説済録拠込働똠찦", {Bold: true}: ""} {
		face := parse(t, Theme{}.Font(style).Content())
		covered := "Aé中訂單糾紛爭議速卖通運單號争议鑫Яß€▲▼✓★☆←→" + "배송환불ㅋ" + "שלוםָּ₪" + "ที่กำน้ำ฿๓" + "हिन्दी॥" + "السلام،؟گپ" + "🥰🧾🪙"
		for _, r := range covered + extra {
			if glyph, ok := face.NominalGlyph(r); !ok || points(face, glyph) <= 0 {
				t.Errorf("%+v cannot draw %c", style, r)
			}
		}
		for _, r := range "“”‘’…×·" { // as wide as a Chinese character in the face that they would come from
			if _, ok := face.NominalGlyph(r); ok {
				t.Errorf("%+v has %c, which tears Latin text apart", style, r)
			}
		}
		for _, r := range "😀👍🎉" { // the toolkit's are colored
			if _, ok := face.NominalGlyph(r); ok {
				t.Errorf("%+v has %c in black", style, r)
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

// Where a machine has no fonts of its own, what neither the window's face nor the
// toolkit's can draw is a box.
func TestEveryWordOfTheWindowCanBeDrawn(t *testing.T) {
	emoji, symbols := parse(t, theme.DefaultEmojiFont().Content()), parse(t, theme.DefaultSymbolFont().Content())
	faces := map[string][]*gotext.Face{
		"regular": {parse(t, regular.Content()), parse(t, theme.DefaultTextFont().Content()), emoji, symbols},
		"bold":    {parse(t, bold.Content()), parse(t, theme.DefaultTextBoldFont().Content()), emoji, symbols},
	}
	drawn := func(where, text string) {
		for style, faces := range faces {
			for _, r := range text {
				if r >= ' ' && !slices.ContainsFunc(faces, func(f *gotext.Face) bool { _, ok := f.NominalGlyph(r); return ok }) {
					t.Errorf("%s: the %s face cannot draw %c (%U)", where, style, r, r)
				}
			}
		}
	}
	for _, pattern := range []string{"lang/*.json", "sample/*.toml"} {
		names, err := fs.Glob(assets.FS, pattern)
		if err != nil || len(names) == 0 {
			t.Fatal(names, err)
		}
		for _, name := range names {
			text, err := fs.ReadFile(assets.FS, name)
			if err != nil {
				t.Fatal(err)
			}
			drawn(name, string(text))
		}
	}
	err := filepath.WalkDir("..", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if word, ok := n.(*ast.BasicLit); ok && word.Kind == token.STRING {
				if text, err := strconv.Unquote(word.Value); err == nil {
					drawn(path, text)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestFontsAreSmall(t *testing.T) {
	for style, most := range map[fyne.TextStyle]int{{}: 8_500_000, {Bold: true}: 4_300_000} {
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

// The line around fields, buttons and chips tells where they are: WCAG asks for 3.
func TestTheLineAroundFieldsCanBeSeen(t *testing.T) {
	for _, mode := range []Mode{Light, Dark} {
		th := Theme{Mode: mode}
		get := func(n fyne.ThemeColorName) color.Color { return th.Color(n, theme.VariantLight) }
		for _, ground := range []fyne.ThemeColorName{
			theme.ColorNameBackground, theme.ColorNameOverlayBackground, theme.ColorNameInputBackground, Panel, Header,
		} {
			if got := contrast(get(theme.ColorNameInputBorder), get(ground)); got < 3 {
				t.Errorf("%s: the line on %s has a contrast of %.2f, less than 3", mode, ground, got)
			}
		}
	}
}

func TestTextCanBeRead(t *testing.T) {
	for _, mode := range []Mode{Light, Dark} {
		th := Theme{Mode: mode}
		get := func(n fyne.ThemeColorName) color.Color { return th.Color(n, theme.VariantLight) }
		pairs := [][2]fyne.ThemeColorName{
			{Red, RedWash},
			{Amber, AmbWash},
			{Green, GrnWash},
			{ToastInk, Toast},
			{theme.ColorNameForeground, Ours},
			{theme.ColorNameForeground, Theirs},
			{Muted, Ours},
			{Muted, Theirs},
			{theme.ColorNameForegroundOnPrimary, theme.ColorNamePrimary},
			{theme.ColorNameForeground, theme.ColorNameButton},
			{theme.ColorNamePlaceHolder, theme.ColorNameInputBackground},
			{theme.ColorNameDisabled, theme.ColorNameDisabledButton},
		}
		for _, ground := range []fyne.ThemeColorName{
			theme.ColorNameBackground, theme.ColorNameOverlayBackground, theme.ColorNameMenuBackground, Panel, Header, RowHover,
		} {
			for _, ink := range []fyne.ThemeColorName{
				theme.ColorNameForeground, theme.ColorNameHyperlink, theme.ColorNameDisabled, Muted, Red, Amber, Green, theme.ColorNameError,
			} {
				pairs = append(pairs, [2]fyne.ThemeColorName{ink, ground})
			}
		}
		for _, ground := range []fyne.ThemeColorName{RowMark, RowDim} { // chosen rows and pressed chips
			for _, ink := range []fyne.ThemeColorName{theme.ColorNameForeground, theme.ColorNameHyperlink, Muted, Red, Amber, Green} {
				pairs = append(pairs, [2]fyne.ThemeColorName{ink, ground})
			}
		}
		for _, pair := range pairs {
			if got := contrast(get(pair[0]), get(pair[1])); got < 4.5 {
				t.Errorf("%s: %s on %s has a contrast of %.1f, less than 4.5", mode, pair[0], pair[1], got)
			}
		}
	}
}
