package truetype

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/go-text/typesetting/font"

	"casebinder/assets"
)

const (
	latin = "fonts/NotoSans-Regular.ttf"
	thai  = "fonts/NotoSansThai-Regular.ttf"
)

func read(t testing.TB, path string) []byte {
	t.Helper()
	whole, err := assets.FS.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return whole
}

// parse reads a font with the library that draws the window's text, after its
// checksums have been found right.
func parse(t *testing.T, file []byte) *font.Face {
	t.Helper()
	if sum := tableSum(file); sum != checksumMagic {
		t.Errorf("the whole file adds up to %#x, not %#x", sum, checksumMagic)
	}
	face, err := font.ParseTTF(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return face
}

// Glyph numbers count up as glyphs are asked for, and a part that nobody asked
// for comes after them.
func TestSubsetNumbersAnew(t *testing.T) {
	whole := read(t, latin)
	before := parse(t, whole)
	glyph := func(r rune) uint32 { gid, _ := before.NominalGlyph(r); return uint32(gid) }
	s := NewSubset()
	z := s.Glyph(glyph('Z'))
	umlaut := s.Glyph(glyph('ä'))
	made := s.Composite("Z above Z", []Component{{GID: glyph('Z')}, {GID: glyph('Z'), DY: 700}}, 600)
	if again := s.Glyph(glyph('Z')); z != 1 || umlaut != 2 || made != 3 || again != 1 {
		t.Errorf("numbers %d, %d, %d and %d", z, umlaut, made, again)
	}
	file, m, err := s.Build(bytes.NewReader(whole))
	if err != nil {
		t.Fatal(err)
	}
	if m.Ascent != 1069 || m.Descent != -293 { // Noto Sans: 1069 and -293 of 1000
		t.Errorf("ascent %d, descent %d", m.Ascent, m.Descent)
	}
	tables, err := Tables(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	f, err := newSource(tables)
	if err != nil {
		t.Fatal(err)
	}
	if n := binary.BigEndian.Uint16(f.maxp[4:]); n < 6 { // .notdef, the three, a and the dieresis
		t.Errorf("%d glyphs", n)
	}
	if f.advance(3) != 600 || f.advance(1) != int(before.HorizontalAdvance(font.GID(glyph('Z')))) {
		t.Errorf("widths %d and %d", f.advance(3), f.advance(1))
	}
	var parts []uint16
	outline, err := f.outline(3)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := eachComponent(outline, func(_ uint16, at int) {
		parts = append(parts, binary.BigEndian.Uint16(outline[at+2:]))
	}); err != nil || len(parts) != 2 || parts[0] != 1 || parts[1] != 1 {
		t.Errorf("parts %v, %v", parts, err)
	}
}

func TestRefusesWhatIsNoFont(t *testing.T) {
	whole := read(t, thai)
	for _, bad := range [][]byte{nil, []byte("no font at all, only some text"), whole[:200], whole[:len(whole)-900]} {
		if _, err := Tables(bytes.NewReader(bad)); err == nil {
			t.Errorf("%d bytes are taken for a font", len(bad))
		}
		if _, _, err := NewSubset().Build(bytes.NewReader(bad)); err == nil && len(bad) < 1000 {
			t.Errorf("a subset is cut from %d bytes that are no font", len(bad))
		}
	}
}

func FuzzFont(f *testing.F) {
	whole := read(f, thai)
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add([]byte("\x00\x01\x00\x00"))
	f.Fuzz(func(_ *testing.T, file []byte) {
		_, _ = Tables(bytes.NewReader(file))
		s := NewSubset()
		for gid := range uint32(50) {
			s.Glyph(gid)
		}
		_, _, _ = s.Build(bytes.NewReader(file))
	})
}
