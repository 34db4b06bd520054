package main

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

func TestMain(m *testing.M) {
	root = "../../.."
	os.Exit(m.Run())
}

// kept is the face that lies in the repository.
func kept(t *testing.T, s style) ([]byte, *font.Face) {
	t.Helper()
	file, err := readFile(s.path())
	if err != nil {
		t.Fatal(err)
	}
	face, err := font.ParseTTF(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return file, face
}

func gathered(t *testing.T, s style) *merger {
	t.Helper()
	m, err := gather(s)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestTheKeptFacesAreWhatTheToolMakes(t *testing.T) {
	for _, s := range styles() {
		file, _ := kept(t, s)
		again, err := made(s)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(file, again) {
			t.Errorf("%s: %d bytes are kept, %d others are made: run the tool again", s.path(), len(file), len(again))
		}
	}
}

// shaped is what go-text makes of a word: each glyph with where it goes.
func shaped(face *font.Face, word string, script language.Script, right bool) []shaping.Glyph {
	runes := []rune(word)
	in := shaping.Input{Text: runes, RunEnd: len(runes), Face: face, Size: fixed.I(em), Script: script, Direction: di.DirectionLTR}
	if right {
		in.Direction = di.DirectionRTL
	}
	shaper := shaping.HarfbuzzShaper{}
	return shaper.Shape(in).Glyphs
}

// A reading is what HarfBuzz 6.0 makes of a word with the face that a script comes
// from: each glyph with its advance and how far it is moved.
type reading struct {
	Style, Face, Script, Word string
	Right                     bool // to left
	Glyphs                    [][4]int
}

func TestEachScriptIsShapedAsHarfBuzzShapesItsOwnFace(t *testing.T) {
	raw, err := os.ReadFile("testdata/harfbuzz.json")
	if err != nil {
		t.Fatal(err)
	}
	var readings []reading
	if err := json.Unmarshal(raw, &readings); err != nil || len(readings) < 100 {
		t.Fatal(len(readings), err)
	}
	for _, s := range styles() {
		_, face := kept(t, s)
		m := gathered(t, s)
		for _, want := range readings {
			if want.Style != s.name {
				continue
			}
			from := m.sources[slices.IndexFunc(m.sources, func(s *source) bool { return s.path == want.Face })]
			script, err := language.ParseScript(want.Script)
			if err != nil {
				t.Fatal(err)
			}
			got := shaped(face, want.Word, script, want.Right)
			same := slices.EqualFunc(got, want.Glyphs, func(g shaping.Glyph, w [4]int) bool {
				return int(g.GlyphID) == from.number[w[0]] && g.Advance.Round() == w[1] && g.XOffset.Round() == w[2] && g.YOffset.Round() == w[3]
			})
			if !same {
				t.Errorf("%s: %s is %v, not %v", s.name, want.Word, got, want.Glyphs)
			}
		}
	}
}

// What each script must do to be right at all, whatever face it came from.
func TestScriptsJoin(t *testing.T) {
	for _, s := range styles() {
		_, face := kept(t, s)
		shape := func(word string) []shaping.Glyph {
			script := language.LookupScript([]rune(word)[0])
			return shaped(face, word, script, script == language.Hebrew || script == language.Arabic)
		}
		for word, glyphs := range map[string]int{
			"क्षि": 2, // the sign that stands before it, and the conjunct
			"त्र":  1,
			"र्क":  2, // reph above
			"น้ำ":  4, // the vowel comes apart: a ring above, and its body
		} {
			if got := shape(word); len(got) != glyphs {
				t.Errorf("%s: %s has %d glyphs, not %d", s.name, word, len(got), glyphs)
			}
		}
		for _, letter := range "بتثجحخسشصضطظعغفقكلمنهيپگ" {
			alone := shape(string(letter))
			for _, g := range shape(strings.Repeat(string(letter), 3)) {
				if g.Advance > 0 && slices.ContainsFunc(alone, func(a shaping.Glyph) bool { return a.GlyphID == g.GlyphID }) {
					t.Errorf("%s: %c does not join", s.name, letter)
				}
			}
		}
		marks := shape("ปี่") // a consonant, a vowel above, and a tone above that
		if len(marks) != 3 || marks[1].Advance != 0 || marks[2].YBearing+marks[2].Height <= marks[1].YBearing {
			t.Errorf("%s: Thai marks do not stand on each other: %v", s.name, marks)
		}
	}
}

func TestEveryGlyphIsDrawnAsInItsOwnFace(t *testing.T) {
	for _, s := range styles() {
		_, face := kept(t, s)
		for _, source := range gathered(t, s).sources {
			scale := em / float64(source.face.Upem())
			for i, g := range source.glyphs {
				was, is := font.GID(g), font.GID(source.number[g])
				if a, b := float64(source.face.HorizontalAdvance(was))*scale, float64(face.HorizontalAdvance(is)); math.Abs(a-b) > 0.5 {
					t.Fatalf("%s, glyph %d of %s: the advance is %v, not %v", s.name, g, source.path, b, a)
				}
				if i%499 != 0 { // each would take a minute
					continue
				}
				if off := apart(outline(source.face, was, scale), outline(face, is, 1)); off > 2 {
					t.Errorf("%s, glyph %d of %s: the outlines are %.1f units apart", s.name, g, source.path, off)
				}
			}
		}
	}
}

// outline gives points along each contour of a glyph, from its start back to it.
func outline(face *font.Face, gid font.GID, scale float64) [][]point {
	drawn, _ := face.GlyphDataOutline(gid)
	at := func(p opentype.SegmentPoint) point { return point{float64(p.X) * scale, float64(p.Y) * scale} }
	var all [][]point
	var pen point
	to := func(p piece) {
		if p.line {
			p.one, p.two = pen, p.end
		}
		const steps = 24
		last := &all[len(all)-1]
		for i := range steps {
			*last = append(*last, cubicAt(pen, p, float64(i+1)/steps))
		}
		pen = p.end
	}
	closed := func() {
		if len(all) > 0 {
			to(piece{line: true, end: all[len(all)-1][0]})
		}
	}
	for _, s := range drawn.Segments {
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			closed()
			pen = at(s.Args[0])
			all = append(all, []point{pen})
		case opentype.SegmentOpLineTo:
			to(piece{line: true, end: at(s.Args[0])})
		case opentype.SegmentOpQuadTo:
			to(raised(quad{pen, at(s.Args[0]), at(s.Args[1])}))
		case opentype.SegmentOpCubeTo:
			to(piece{one: at(s.Args[0]), two: at(s.Args[1]), end: at(s.Args[2])})
		}
	}
	closed()
	return all
}

// apart is how far the contours of one outline lie from those of the other at
// most, looked at from both.
func apart(a, b [][]point) float64 {
	most := 1.0 // less does not matter
	for _, pair := range [][2][][]point{{a, b}, {b, a}} {
		for _, points := range pair[0] {
			for _, p := range points {
				most = max(most, distance(p, pair[1], most))
			}
		}
	}
	return most
}

// distance is how far a point lies from contours, or enough.
func distance(p point, contours [][]point, enough float64) float64 {
	nearest := math.Inf(1)
	for _, points := range contours {
		for i := range points[1:] {
			if nearest = min(nearest, toLine(p, points[i], points[i+1])); nearest <= enough {
				return nearest
			}
		}
	}
	return nearest
}

func FuzzLayout(f *testing.F) {
	for _, p := range styles()[0].parts[2:4] {
		s, err := p.read()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(s.tables["GSUB"], true)
		f.Add(s.tables["GPOS"], false)
	}
	f.Fuzz(func(_ *testing.T, raw []byte, sub bool) {
		name := "GPOS"
		if sub {
			name = "GSUB"
		}
		_, _ = readLayout(name, raw, "thai", "hebr")
		_, _ = readMarks(raw)
	})
}
