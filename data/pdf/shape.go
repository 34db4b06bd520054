package pdf

import (
	"math"
	"slices"

	"github.com/go-text/typesetting/bidi"
	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/segmenter"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"

	"casebinder/data/truetype"
)

// shapeState are the buffers and caches of a Typesetter.
type shapeState struct {
	fonts    *Fonts
	faces    map[int]*font.Face
	families map[rune]uint8
	shaper   shaping.HarfbuzzShaper
	seg      segmenter.Segmenter
	para     bidi.Paragraph
	runes    []rune
	levels   []uint8
	scripts  []language.Script
	breaks   []bool
	starts   []bool
	items    []item
	logical  []placed
}

func newShapeState(fonts *Fonts) shapeState {
	return shapeState{fonts: fonts, faces: map[int]*font.Face{}, families: map[rune]uint8{}}
}

// An item is a range of a window with one face, style, script and level.
type item struct {
	from, to int
	level    uint8
	face     int
	stroke   bool
	span     int32
}

// A placed cluster is a cluster with what breaking lines needs to know.
type placed struct {
	cluster
	item     int
	from, to int // runes of the window
	width    int64
	space    bool
}

// windowRunes is how much of a paragraph is shaped at once, so that the memory
// and time for a paragraph without end stay in proportion to its length.
const windowRunes = 1500

// paragraph lays out the runes of one paragraph, window by window. The last line
// of a window that is not the end of the paragraph is laid out again with what
// follows. Isolates of the writing direction do not reach over windows.
func (s *shapeState) paragraph(out *Text, in *resolved, para [2]int, width Length) error {
	if para[0] == para[1] {
		out.lines = append(out.lines, emptyLine(in, para[0]))
		return nil
	}
	base := baseLevel(in.block.Direction, in.runes[para[0]:para[1]])
	size := windowRunes
	for at := para[0]; at < para[1]; {
		end := min(at+size, para[1])
		if err := s.window(out, in, at, end, base); err != nil {
			return err
		}
		lines := s.fill(in.runes[at:end], width)
		if end < para[1] {
			if len(lines) == 1 {
				size *= 2
				continue
			}
			lines = lines[:len(lines)-1]
		}
		for _, l := range lines {
			out.lines = append(out.lines, s.line(in, l, base, width))
		}
		if end == para[1] {
			break
		}
		at += s.logical[lines[len(lines)-1][1]].from
		size = windowRunes
	}
	return nil
}

func emptyLine(in *resolved, at int) textLine {
	size := in.style(at).size()
	height := lineHeight(in.block.Leading, size)
	return textLine{height: height, baseline: baselineOf(height, size)}
}

func lineHeight(leading, size Length) Length {
	if leading > 0 {
		return leading
	}
	return size * 145 / 100
}

// baselineOf centers Noto's ascent (1.069 em) and descent (0.293 em) in a line.
func baselineOf(height, size Length) Length {
	return (height-size*1362/1000)/2 + size*1069/1000
}

// window shapes the runes from <= i < to into s.items and s.logical.
func (s *shapeState) window(out *Text, in *resolved, from, to int, base uint8) error {
	runes := in.runes[from:to]
	s.findLevels(runes, base)
	s.findScripts(runes)
	s.breaks, s.starts = lineBreaks(&s.seg, runes, s.breaks, s.starts)
	s.items, s.logical = s.items[:0], s.logical[:0]
	for start := 0; start < len(runes); {
		end := start + 1
		for end < len(runes) && s.levels[end] == s.levels[start] && s.scripts[end] == s.scripts[start] &&
			in.family[from+end] == in.family[from+start] && in.span[from+end] == in.span[from+start] {
			end++
		}
		span := in.span[from+start]
		face, stroke := s.fonts.styled(int(in.family[from+start]), in.block.Spans[span].Style.Bold)
		it := item{start, end, s.levels[start], face, stroke, span}
		if err := s.shapeItem(out, in, from, runes, it); err != nil {
			return err
		}
		start = end
	}
	return nil
}

// shapeItem turns an item into clusters and appends them in logical order.
func (s *shapeState) shapeItem(out *Text, in *resolved, at int, runes []rune, it item) error {
	face := s.faces[it.face]
	if face == nil {
		loaded, err := s.fonts.face(it.face)
		if err != nil {
			return err
		}
		face = font.NewFace(loaded.font)
		s.faces[it.face] = face
	}
	direction := di.DirectionLTR
	if it.level%2 == 1 {
		direction = di.DirectionRTL
	}
	shaped := s.shaper.ShapeNoExtents(shaping.Input{
		Text: runes, RunStart: it.from, RunEnd: it.to, Direction: direction, Face: face,
		Size: fixed.I(1000), Script: s.scripts[it.from], Language: language.NewLanguage(in.block.Language),
	})
	s.items = append(s.items, it)
	size := int64(in.block.Spans[it.span].Style.size())
	first := len(s.logical)
	for g := 0; g < len(shaped.Glyphs); {
		end := g + 1
		for end < len(shaped.Glyphs) && shaped.Glyphs[end].TextIndex() == shaped.Glyphs[g].TextIndex() {
			end++
		}
		c := makeCluster(out, shaped.Glyphs[g:end], int(face.Upem()))
		from := shaped.Glyphs[g].TextIndex()
		to := from + shaped.Glyphs[g].RunesCount()
		c.from, c.to = in.offset[at+from], in.offset[at+to]
		s.logical = append(s.logical, placed{
			cluster: c, item: len(s.items) - 1, from: from, to: to,
			width: int64(c.advance) * size, space: isSpace(runes[from:to]),
		})
		g = end
	}
	if it.level%2 == 1 {
		slices.Reverse(s.logical[first:])
	}
	return nil
}

// isSpace tells of clusters that may hang over the end of a line.
func isSpace(runes []rune) bool {
	for _, r := range runes {
		if r != ' ' && r != 0x3000 && r != 0x1680 && (r < 0x2000 || r > 0x200B || r == 0x2007) && r != 0x205F {
			return false
		}
	}
	return true
}

// makeCluster makes one cluster of the glyphs that were shaped from one piece of
// text.
func makeCluster(out *Text, glyphs []shaping.Glyph, upem int) cluster {
	c := cluster{comp: -1}
	var parts []truetype.Component
	pen := 0
	for _, g := range glyphs {
		if g.GlyphID != font.EmptyGlyph {
			x, y := pen+units(g.XOffset), units(g.YOffset)
			parts = append(parts, truetype.Component{GID: uint32(g.GlyphID), DX: fontUnits(x, upem), DY: fontUnits(y, upem)})
		}
		pen += units(g.Advance)
	}
	c.advance = int32(pen)
	switch {
	case len(parts) == 0:
		c.comp = int32(len(out.comps))
		out.comps = append(out.comps, newComposite(nil))
	case len(parts) == 1 && parts[0].DX == 0 && parts[0].DY == 0:
		c.gid = parts[0].GID
	default:
		c.comp = int32(len(out.comps))
		out.comps = append(out.comps, newComposite(parts))
	}
	return c
}

// units rounds a shaper's 26.6 number to thousandths of the em.
func units(v fixed.Int26_6) int { return int((v + 32) >> 6) }

// fontUnits scales thousandths of the em to the units of a font.
func fontUnits(v, upem int) int16 {
	scaled := v * upem
	if scaled < 0 {
		scaled -= 500
	} else {
		scaled += 500
	}
	return int16(max(math.MinInt16, min(math.MaxInt16, scaled/1000)))
}

// maxLine is the most clusters in a line: spaces and what has no width could
// otherwise go on without end.
const maxLine = 2000

// fill breaks the clusters of a window into lines: ranges of s.logical.
func (s *shapeState) fill(runes []rune, width Length) [][2]int {
	var lines [][2]int
	limit := int64(width) * 1000
	start, candidate, sum := 0, 0, int64(0)
	for i := 0; i < len(s.logical); i++ {
		c := &s.logical[i]
		if i > start && s.breaks[c.from] {
			candidate = i
		}
		if (c.space || sum+c.width <= limit || i == start) && i-start < maxLine {
			sum += c.width
			continue
		}
		if candidate <= start {
			candidate = i
			for candidate > start && !s.starts[s.logical[candidate].from] {
				candidate--
			}
			if candidate == start {
				candidate = i
			}
		}
		lines = append(lines, [2]int{start, candidate})
		start, sum = candidate, 0
		i = candidate - 1
	}
	return append(lines, [2]int{start, len(s.logical)})
}

// line places the clusters of one line.
func (s *shapeState) line(in *resolved, r [2]int, base uint8, width Length) textLine {
	ink := r[1]
	for ink > r[0] && s.logical[ink-1].space {
		ink--
	}
	runs, levels := s.cutRuns(in, r[0], ink)
	hanging, _ := s.cutRuns(in, ink, r[1])
	for range hanging {
		levels = append(levels, base)
	}
	runs = append(runs, hanging...)

	var out textLine
	var inkWidth, hangWidth int64
	size := Length(0)
	for i := r[0]; i < r[1]; i++ {
		if i < ink {
			inkWidth += s.logical[i].width
		} else {
			hangWidth += s.logical[i].width
		}
		size = max(size, in.block.Spans[s.items[s.logical[i].item].span].Style.size())
	}
	out.height = lineHeight(in.block.Leading, size)
	out.baseline = baselineOf(out.height, size)
	out.width = roundUnits(inkWidth)
	out.left = aligned(in.block.Align, base, width-out.width)
	x := int64(out.left) * 1000
	if base == 1 {
		x -= hangWidth
	}
	for _, i := range visualOrder(levels) {
		w := s.runWidth(&runs[i])
		runs[i].x, runs[i].width = roundUnits(x), roundUnits(w)
		x += w
	}
	out.runs = runs
	return out
}

func roundUnits(v int64) Length { return Length((v + 500) / 1000) }

func (s *shapeState) runWidth(r *textRun) (w int64) {
	size := int64(r.style.size())
	for i := range r.clusters {
		w += int64(r.clusters[i].advance) * size
	}
	return w
}

// aligned gives the left edge of a line with room beside it.
func aligned(a Align, base uint8, room Length) Length {
	switch {
	case a == AlignCenter:
		return room / 2
	case a == AlignRight, a == AlignStart && base == 1:
		return room
	}
	return 0
}

// cutRuns cuts clusters into runs of one item each, with their levels.
func (s *shapeState) cutRuns(in *resolved, from, to int) (runs []textRun, levels []uint8) {
	for from < to {
		end := from + 1
		for end < to && s.logical[end].item == s.logical[from].item {
			end++
		}
		it := s.items[s.logical[from].item]
		span := &in.block.Spans[it.span]
		run := textRun{face: it.face, stroke: it.stroke, style: span.Style, link: span.Link, clusters: make([]cluster, 0, end-from)}
		for i := from; i < end; i++ {
			run.clusters = append(run.clusters, s.logical[i].cluster)
		}
		if it.level%2 == 1 {
			slices.Reverse(run.clusters)
		}
		runs = append(runs, run)
		levels = append(levels, it.level)
		from = end
	}
	return runs, levels
}
