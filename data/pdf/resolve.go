package pdf

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/segmenter"
)

// A resolved block is its text as it will be shown: every rune has a font that
// covers it, and what none covers has become its code in brackets.
type resolved struct {
	block  Block
	src    strings.Builder
	runes  []rune
	offset []int32 // of each rune in src, and the end
	family []uint8 // of each rune
	span   []int32 // of each rune

	coded []rune // shown by their code
}

// noFamily marks a rune or a cluster that no font covers.
const noFamily = 255

// maxGrapheme is how many runes one character of a reader may have. A longer one
// is a heap of marks upon marks: the rest are shown by their codes.
const maxGrapheme = 64

// resolve chooses the fonts of a block.
func (s *shapeState) resolve(b Block) (*resolved, error) {
	in := &resolved{block: b}
	total := 0
	for _, span := range b.Spans {
		total += len(span.Text)
	}
	in.src.Grow(total + 16)
	for i, span := range b.Spans {
		if err := s.resolveSpan(in, int32(i), span.Text); err != nil {
			return nil, err
		}
	}
	in.offset = append(in.offset, int32(in.src.Len()))
	return in, s.hanPunctuation(in)
}

func (s *shapeState) resolveSpan(in *resolved, span int32, text string) error {
	s.runes = s.runes[:0]
	for _, r := range text { // an invalid byte comes as U+FFFD
		s.runes = append(s.runes, r)
	}
	s.seg.Init(s.runes)
	iter := s.seg.GraphemeIterator()
	for iter.Next() {
		if err := s.resolveGrapheme(in, span, iter.Grapheme().Text); err != nil {
			return err
		}
	}
	return nil
}

// resolveGrapheme adds what a reader sees as one character: in one font if there
// is one that covers it, else rune by rune.
func (s *shapeState) resolveGrapheme(in *resolved, span int32, g []rune) error {
	if len(g) == 2 && g[0] == '\r' && g[1] == '\n' {
		in.add('\n', 0, span)
		return nil
	}
	if len(g) > maxGrapheme {
		if err := s.resolveGrapheme(in, span, g[:maxGrapheme]); err != nil {
			return err
		}
		for _, r := range g[maxGrapheme:] {
			in.addCode(r, span)
		}
		return nil
	}
	if len(g) > 1 {
		family, err := s.covering(g)
		if err != nil {
			return err
		}
		if family != noFamily {
			for _, r := range g {
				in.add(r, family, span)
			}
			return nil
		}
	}
	for i := range g {
		if err := s.resolveRune(in, span, g[i:i+1]); err != nil {
			return err
		}
	}
	return nil
}

func (s *shapeState) resolveRune(in *resolved, span int32, g []rune) error {
	r := g[0]
	switch {
	case isLineBreak(r):
		in.add('\n', 0, span)
		return nil
	case r == '\t':
		in.addText("    ", span)
		return nil
	case r == ' ' && len(in.runes) > 0 && in.runes[len(in.runes)-1] != '\n':
		// A space stays in the run before it, except after emoji, whose spaces are wide.
		if last := in.family[len(in.family)-1]; !s.fonts.files[last].Emoji {
			in.add(r, last, span)
			return nil
		}
	case mustShow(r):
		in.addCode(r, span)
		return nil
	}
	family, err := s.covering(g)
	if err != nil {
		return err
	}
	if family == noFamily {
		in.addCode(r, span)
		return nil
	}
	in.add(r, family, span)
	return nil
}

// addCode adds a rune's code in its place.
func (in *resolved) addCode(r rune, span int32) {
	in.coded = append(in.coded, r)
	in.addText(fmt.Sprintf("[U+%04X]", r), span)
}

// addText adds ASCII that the program itself puts in.
func (in *resolved) addText(text string, span int32) {
	for _, r := range text {
		in.add(r, 0, span)
	}
}

func (in *resolved) add(r rune, family uint8, span int32) {
	in.offset = append(in.offset, int32(in.src.Len()))
	in.src.WriteRune(r)
	in.runes = append(in.runes, r)
	in.family = append(in.family, family)
	in.span = append(in.span, span)
}

// paragraphs gives the ranges of runes between line breaks, at least one.
func (in *resolved) paragraphs() [][2]int {
	var all [][2]int
	from := 0
	for i, r := range in.runes {
		if r == '\n' {
			all = append(all, [2]int{from, i})
			from = i + 1
		}
	}
	return append(all, [2]int{from, len(in.runes)})
}

// style gives the style that holds at a rune, or at the end of the text.
func (in *resolved) style(at int) Style {
	switch {
	case at < len(in.span):
		return in.block.Spans[in.span[at]].Style
	case len(in.span) > 0:
		return in.block.Spans[in.span[len(in.span)-1]].Style
	case len(in.block.Spans) > 0:
		return in.block.Spans[0].Style
	}
	return Style{}
}

// covering gives the first family that has glyphs for all runes, or noFamily.
// What asks for emoji presentation tries the emoji first.
func (s *shapeState) covering(g []rune) (uint8, error) {
	if len(g) == 1 {
		if family, known := s.families[g[0]]; known {
			return family, nil
		}
	}
	family, err := s.findCovering(g)
	if len(g) == 1 && err == nil {
		s.families[g[0]] = family
	}
	return family, err
}

func (s *shapeState) findCovering(g []rune) (uint8, error) {
	wanted := slices.Contains(g, 0xFE0F)
	for pass := range 2 {
		for family, file := range s.fonts.files {
			if pass == 0 && (!wanted || !file.Emoji) {
				continue
			}
			if ok, err := s.covers(family, g); ok || err != nil {
				return uint8(family), err
			}
		}
	}
	return noFamily, nil
}

func (s *shapeState) covers(family int, g []rune) (bool, error) {
	f, err := s.fonts.face(2 * family)
	if err != nil {
		return false, err
	}
	for _, r := range g {
		if isIgnorable(r) {
			continue
		}
		if _, ok := f.font.NominalGlyph(r); !ok {
			return false, nil
		}
	}
	return true, nil
}

// hanPunctuation gives quotes, dashes and dots that Latin and Chinese share the
// full width of Chinese where they stand beside Chinese.
func (s *shapeState) hanPunctuation(in *resolved) error {
	for i, r := range in.runes {
		switch r {
		case '“', '”', '‘', '’', '…', '—', '·':
		default:
			continue
		}
		for _, beside := range [2]int{i - 1, i + 1} {
			if beside < 0 || beside >= len(in.runes) || !isEastAsian(in.runes[beside]) {
				continue
			}
			ok, err := s.covers(int(in.family[beside]), in.runes[i:i+1])
			if err != nil {
				return err
			}
			if ok {
				in.family[i] = in.family[beside]
				break
			}
		}
	}
	return nil
}

func isEastAsian(r rune) bool {
	switch language.LookupScript(r) {
	case language.Han, language.Hiragana, language.Katakana, language.Bopomofo:
		return true
	}
	return r >= 0x3000 && r <= 0x303F || r >= 0xFF01 && r <= 0xFF60
}

func isLineBreak(r rune) bool {
	switch r {
	case '\n', '\r', '\v', '\f', 0x85, 0x2028, 0x2029:
		return true
	}
	return false
}

// mustShow tells of runes that would hide or turn text: they are shown by code.
func mustShow(r rune) bool {
	return r < ' ' || r >= 0x7F && r < 0xA0 || r >= 0x202A && r <= 0x202E || r >= 0xE0000 && r < 0xE0080
}

// isIgnorable tells of runes without ink of their own, which need no glyph.
func isIgnorable(r rune) bool {
	switch {
	case r >= 0x200B && r <= 0x200F, r >= 0x2060 && r <= 0x2064, r >= 0x2066 && r <= 0x2069,
		r >= 0xFE00 && r <= 0xFE0F, r >= 0x180B && r <= 0x180E, r >= 0xE0100 && r <= 0xE01EF:
		return true
	}
	return r == 0xAD || r == 0x34F || r == 0x61C || r == 0xFEFF
}

// lineBreaks marks, for each rune of a window, whether a line may begin with it
// (UAX 14), and whether a reader's character begins with it (UAX 29).
func lineBreaks(seg *segmenter.Segmenter, runes []rune, breaks, starts []bool) ([]bool, []bool) {
	breaks = append(breaks[:0], make([]bool, len(runes)+1)...)
	starts = append(starts[:0], make([]bool, len(runes)+1)...)
	seg.Init(runes)
	for lines := seg.LineIterator(); lines.Next(); {
		breaks[lines.Line().Offset] = true
	}
	for graphemes := seg.GraphemeIterator(); graphemes.Next(); {
		starts[graphemes.Grapheme().Offset] = true
	}
	return breaks, starts
}
