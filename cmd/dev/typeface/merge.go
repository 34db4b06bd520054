package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"slices"
	"unicode/utf16"

	"github.com/go-text/typesetting/font"

	"casebinder/data/truetype"
)

// A part is what a made face takes from one face. An earlier part wins where two
// have a character.
type part struct {
	path    string          // of the face
	keep    func(rune) bool // the characters that are taken
	scripts []string        // whose shaping is taken, by their names in OpenType; all glyphs come along
	shaping []string        // GSUB and GPOS, or one of them
}

// A source is a part that was read.
type source struct {
	part
	face   *font.Face
	tables map[string][]byte
	runes  map[rune]int // to glyphs of the face
	gsub   *layout
	gpos   *layout
	marks  marks
	glyphs []int       // that are taken, sorted
	number map[int]int // of each in the made face
}

func (p part) read() (*source, error) {
	raw, err := readFile(p.path)
	if err != nil {
		return nil, err
	}
	s := &source{part: p, runes: map[rune]int{}, number: map[int]int{}}
	if s.tables, err = truetype.Tables(bytes.NewReader(raw)); err != nil {
		return nil, err
	}
	if s.face, err = font.ParseTTF(bytes.NewReader(raw)); err != nil {
		return nil, err
	}
	for _, table := range []struct {
		into **layout
		name string
	}{{&s.gsub, "GSUB"}, {&s.gpos, "GPOS"}} {
		var scripts []string
		if slices.Contains(p.shaping, table.name) {
			scripts = p.scripts
		}
		if *table.into, err = readLayout(table.name, s.tables[table.name], scripts...); err != nil {
			return nil, err
		}
	}
	if len(p.scripts) > 0 {
		s.marks, err = readMarks(s.tables["GDEF"])
	}
	return s, err
}

// A merger is a style whose parts were read and whose glyphs were numbered.
type merger struct {
	style   style
	sources []*source
	runes   map[rune]int // to glyphs of the made face
}

// gather reads the parts of a style.
func gather(style style) (*merger, error) {
	m := &merger{style: style, runes: map[rune]int{}}
	total := 0
	for i, p := range style.parts {
		s, err := p.read()
		if err == nil {
			err = s.choose(m.runes, i == 0)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.path, err)
		}
		m.sources = append(m.sources, s)
		for k, g := range s.glyphs {
			s.number[g] = total + k
		}
		for r, g := range s.runes {
			m.runes[r] = s.number[g]
		}
		total += len(s.glyphs)
	}
	if total > math.MaxUint16 {
		return nil, fmt.Errorf("%d glyphs are more than a face may have", total)
	}
	return m, nil
}

// write writes the made face.
func (m *merger) write() ([]byte, error) {
	tables, err := shapes(m.sources)
	if err != nil {
		return nil, err
	}
	draw(m.sources, m.style, tables)
	tables["cmap"] = characterMap(m.runes)
	tables["name"] = names(m.style)
	return truetype.Write(tables)
}

// made makes a face.
func made(style style) ([]byte, error) {
	m, err := gather(style)
	if err != nil {
		return nil, err
	}
	return m.write()
}

// choose settles which characters and glyphs a part gives.
func (s *source) choose(taken map[rune]int, first bool) error {
	used := map[int]bool{}
	if first {
		used[0] = true // what stands for a missing character
	}
	for it := s.face.Cmap.Iter(); it.Next(); {
		r, g := it.Char()
		if _, other := taken[r]; !other && s.keep(r) {
			s.runes[r] = int(g)
			used[int(g)] = true
		}
	}
	if len(s.runes) == 0 {
		return fmt.Errorf("it has none of the characters that are wanted")
	}
	maps.Copy(used, s.gpos.used)
	if len(s.gsub.used) > 0 { // its substitutions count on the distance of glyphs
		for g := range int(binary.BigEndian.Uint16(s.tables["maxp"][4:])) {
			used[g] = true
		}
	}
	s.glyphs = slices.Sorted(maps.Keys(used))
	return nil
}

// shapes writes the tables GSUB, GPOS and GDEF.
func shapes(sources []*source) (map[string][]byte, error) {
	all := marks{class: map[int]int{}, attach: map[int]int{}}
	var gsubs, gposs []*layout
	subs, positions := 0, 0
	for _, s := range sources {
		sets, classes := len(all.sets), all.most()
		for _, l := range []struct {
			*layout
			before *int
			list   *[]*layout
		}{{s.gsub, &subs, &gsubs}, {s.gpos, &positions, &gposs}} {
			if len(l.lookups) == 0 {
				continue
			}
			if err := l.shift(s.number, *l.before, sets, classes); err != nil {
				return nil, fmt.Errorf("%s: %w", s.path, err)
			}
			*l.before += len(l.lookups)
			*l.list = append(*l.list, l.layout)
		}
		all.add(s.marks, s.number, classes)
	}
	gsub, err := writeLayout(gsubs)
	if err != nil {
		return nil, err
	}
	gpos, err := writeLayout(gposs)
	if err != nil {
		return nil, err
	}
	return map[string][]byte{"GSUB": gsub, "GPOS": gpos, "GDEF": all.write()}, nil
}

// add adds what another face says of its glyphs.
func (m *marks) add(other marks, number map[int]int, classes int) {
	for g, c := range other.class {
		if n, ok := number[g]; ok {
			m.class[n] = c
		}
	}
	for g, c := range other.attach {
		if n, ok := number[g]; ok && c != 0 {
			m.attach[n] = c + classes
		}
	}
	for _, set := range other.sets {
		var renumbered []int
		for _, g := range set {
			if n, ok := number[g]; ok {
				renumbered = append(renumbered, n)
			}
		}
		m.sets = append(m.sets, renumbered)
	}
}

// draw writes the outlines, the advances and what a face says of itself. The
// first part gives the height of lines.
func draw(sources []*source, style style, tables map[string][]byte) {
	var programs [][]byte
	var hmtx []byte
	for _, s := range sources {
		scale := float64(em) / float64(s.face.Upem())
		for _, g := range s.glyphs {
			outline := contours(s.face, font.GID(g))
			programs = append(programs, program(outline))
			advance := math.Round(float64(s.face.HorizontalAdvance(font.GID(g))) * scale)
			hmtx = binary.BigEndian.AppendUint16(hmtx, uint16(advance))
			hmtx = binary.BigEndian.AppendUint16(hmtx, uint16(int16(leftmost(outline))))
		}
	}
	first := sources[0].tables
	head, hhea := bytes.Clone(first["head"]), bytes.Clone(first["hhea"])
	binary.BigEndian.PutUint32(head[8:], 0)  // the checksum of all
	binary.BigEndian.PutUint16(head[50:], 0) // there is no loca
	binary.BigEndian.PutUint16(hhea[34:], uint16(len(programs)))
	tables["head"], tables["hhea"], tables["hmtx"], tables["OS/2"] = head, hhea, hmtx, first["OS/2"]
	tables["CFF "] = compact(style.file(), programs)
	tables["maxp"] = binary.BigEndian.AppendUint16([]byte{0, 0, 0x50, 0}, uint16(len(programs)))
	tables["post"] = append([]byte{0, 3, 0, 0}, make([]byte, 28)...)
}

func leftmost(outline []contour) float64 {
	left := math.Inf(1)
	for _, c := range outline {
		left = min(left, c.start.x)
		for _, p := range c.pieces {
			left = min(left, p.end.x)
		}
	}
	if math.IsInf(left, 1) {
		return 0
	}
	return left
}

// characterMap writes a cmap table with one map of format 12, for Windows and the
// full range of Unicode.
func characterMap(glyphs map[rune]int) []byte {
	var groups [][3]int // first and last character, first glyph
	for _, r := range slices.Sorted(maps.Keys(glyphs)) {
		if n := len(groups); n > 0 && groups[n-1][1] == int(r)-1 && groups[n-1][2]+int(r)-groups[n-1][0] == glyphs[r] {
			groups[n-1][1] = int(r)
			continue
		}
		groups = append(groups, [3]int{int(r), int(r), glyphs[r]})
	}
	b := []byte{0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12, 0, 12, 0, 0} // version, one map, its place and format
	b = binary.BigEndian.AppendUint32(b, uint32(16+12*len(groups)))
	b = binary.BigEndian.AppendUint32(b, 0) // language
	b = binary.BigEndian.AppendUint32(b, uint32(len(groups)))
	for _, g := range groups {
		for _, v := range g {
			b = binary.BigEndian.AppendUint32(b, uint32(v))
		}
	}
	return b
}

// names writes a name table, in English and for Windows.
func names(style style) []byte {
	texts := []struct {
		id   int
		text string
	}{
		{0, copyright},
		{1, family},
		{2, style.name},
		{3, family + " " + style.name},
		{4, family + " " + style.name},
		{5, "Version 1.0"},
		{6, style.file()},
		{13, "This Font Software is licensed under the SIL Open Font License, Version 1.1."},
		{14, "https://openfontlicense.org"},
	}
	out := []byte{0, 0, 0, byte(len(texts)), 0, byte(6 + 12*len(texts))}
	var all []byte
	for _, t := range texts {
		from := len(all)
		for _, u := range utf16.Encode([]rune(t.text)) {
			all = binary.BigEndian.AppendUint16(all, u)
		}
		for _, v := range []int{3, 1, 0x409, t.id, len(all) - from, from} {
			out = binary.BigEndian.AppendUint16(out, uint16(v))
		}
	}
	return append(out, all...)
}
