package pdf

import (
	"fmt"
	"strings"

	"casebinder/data/truetype"
)

// A Style is how a span of text looks.
type Style struct {
	Size  Length // of the em; 0 means 10 points
	Bold  bool
	Color Color
}

// A Span is text in one style. Text may hold line breaks.
type Span struct {
	Text  string
	Style Style
	Link  string // the name of a destination to jump to, or ""
}

// Align says where the lines of a block stand in its width.
type Align int

// Start is the side where the text of a paragraph begins: the right in Arabic
// and Hebrew.
const (
	AlignStart Align = iota
	AlignLeft
	AlignCenter
	AlignRight
)

// Direction is the direction of a paragraph's lines.
type Direction int

// Auto takes the direction of the first letter of each paragraph.
const (
	DirectionAuto Direction = iota
	DirectionLTR
	DirectionRTL
)

// A Block is what is laid out together: spans that run on, broken into
// paragraphs by line breaks in their text.
type Block struct {
	Spans     []Span
	Align     Align
	Direction Direction
	Leading   Length // from line to line; 0 means 1.45 times the largest size in the line
	Language  string // BCP 47, "" for unknown; chooses between variants of glyphs
}

// Plain is a block of one span.
func Plain(text string, style Style) Block {
	return Block{Spans: []Span{{Text: text, Style: style}}}
}

// A Typesetter lays out text. It keeps buffers and caches: use one for many
// blocks, from one goroutine at a time.
type Typesetter struct {
	fonts *Fonts
	shape shapeState
}

// NewTypesetter gives a typesetter for fonts.
func NewTypesetter(fonts *Fonts) *Typesetter {
	return &Typesetter{fonts: fonts, shape: newShapeState(fonts)}
}

// Text is a block that was laid out: lines of positioned glyphs. It is never
// changed by drawing and may be drawn many times.
type Text struct {
	fonts *Fonts
	src   string // what is shown, with substitutes in place
	comps []composite
	lines []textLine
	width Length
	coded []rune
}

// A textLine is one line of a Text.
type textLine struct {
	height, baseline Length // baseline from the top of the line
	left, width      Length // where the ink begins and how wide it is, without spaces at its end
	runs             []textRun
}

// A textRun is a part of a line in one face, style and direction, at an absolute
// place. The runs of a line are in logical order.
type textRun struct {
	face     int
	stroke   bool
	style    Style
	link     string
	x, width Length
	clusters []cluster // in visual order, from left to right
}

// A cluster is the smallest piece that keeps text and glyphs together.
type cluster struct {
	gid      uint32 // the glyph, when comp < 0
	comp     int32  // else an index into Text.comps
	from, to int32  // its text in Text.src
	advance  int32  // in thousandths of the em
}

// A composite is a cluster of several or shifted glyphs; it becomes one glyph in
// the embedded font, so that its text is extracted as one piece.
type composite struct {
	parts []truetype.Component
	key   string // equal for equal parts
}

func newComposite(parts []truetype.Component) composite {
	var b strings.Builder
	for _, p := range parts {
		for _, v := range [4]uint16{uint16(p.GID >> 16), uint16(p.GID), uint16(p.DX), uint16(p.DY)} {
			b.WriteByte(byte(v >> 8))
			b.WriteByte(byte(v))
		}
	}
	return composite{parts, b.String()}
}

// Layout breaks a block into lines no wider than width. A single character that
// is wider stands alone in its line, and no line holds more than 2,000
// characters. An empty text has one empty line. The only
// error is a font that cannot be read.
func (t *Typesetter) Layout(b Block, width Length) (*Text, error) {
	out := &Text{fonts: t.fonts}
	in, err := t.shape.resolve(b)
	if err != nil {
		return nil, fmt.Errorf("laying out text: %w", err)
	}
	out.src, out.coded = in.src.String(), in.coded
	for _, para := range in.paragraphs() {
		if err := t.shape.paragraph(out, in, para, width); err != nil {
			return nil, fmt.Errorf("laying out text: %w", err)
		}
	}
	for i := range out.lines {
		out.width = max(out.width, out.lines[i].width)
	}
	return out, nil
}

// Lines gives the number of lines, at least one.
func (t *Text) Lines() int { return len(t.lines) }

// Width gives the width of the widest line.
func (t *Text) Width() Length { return t.width }

// Height gives the height of all lines together.
func (t *Text) Height() Length { return t.HeightOf(0, len(t.lines)) }

// HeightOf gives the height of the lines from <= i < to.
func (t *Text) HeightOf(from, to int) Length {
	var h Length
	for _, l := range t.lines[from:to] {
		h += l.height
	}
	return h
}

// Fit says how far lines go that begin with line from and must fit a height: the
// lines from <= i < to do. It is from when not even one does.
func (t *Text) Fit(from int, height Length) (to int) {
	for to = from; to < len(t.lines); to++ {
		if height -= t.lines[to].height; height < 0 {
			break
		}
	}
	return to
}

// Coded lists the characters that are shown by their code, such as [U+1F9FF],
// since no font has them or they would hide or turn text.
func (t *Text) Coded() []rune { return t.coded }

// String gives the text as it is shown, substitutes included.
func (t *Text) String() string { return t.src }

// size gives the size of a style with its default.
func (s Style) size() Length {
	if s.Size <= 0 {
		return 10 * Point
	}
	return s.Size
}
