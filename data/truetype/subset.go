package truetype

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/go-text/typesetting/font/opentype"
)

// A Subset collects the glyphs of one face that a document uses, and
// glyphs made of several. Glyph 0 is always .notdef.
type Subset struct {
	glyphs []subsetGlyph
	byGID  map[uint32]uint16
	byComp map[string]uint16
}

// A subsetGlyph is a glyph of the face, or a composite when parts is not nil.
type subsetGlyph struct {
	gid     uint32
	made    bool
	parts   []Component
	advance int // of a made one, in font units
}

// NewSubset gives one with .notdef alone.
func NewSubset() *Subset {
	s := &Subset{byGID: map[uint32]uint16{}, byComp: map[string]uint16{}}
	s.Glyph(0)
	return s
}

// Glyph gives the number in the subset of a glyph of the face.
func (s *Subset) Glyph(gid uint32) uint16 {
	if n, ok := s.byGID[gid]; ok {
		return n
	}
	n := uint16(len(s.glyphs))
	s.byGID[gid] = n
	s.glyphs = append(s.glyphs, subsetGlyph{gid: gid})
	return n
}

// Composite gives the number in the subset of a glyph made of others; equal keys
// are the same glyph. Its advance is in font units.
func (s *Subset) Composite(key string, parts []Component, advance int) uint16 {
	if n, ok := s.byComp[key]; ok {
		return n
	}
	n := uint16(len(s.glyphs))
	s.byComp[key] = n
	s.glyphs = append(s.glyphs, subsetGlyph{made: true, parts: parts, advance: advance})
	return n
}

// A Component is a glyph of the face as a part of one that is made, and how far
// it is moved, in font units.
type Component struct {
	GID    uint32
	DX, DY int16
}

// Metrics are what a font says of itself as a whole, in thousandths of the em.
type Metrics struct {
	Box             [4]int // left, bottom, right, top of all glyphs laid over each other
	Ascent, Descent int
}

// copyOutline gives a glyph's outline for the subset: components renumbered
// (and added to the subset) and hinting programs left out.
func (s *Subset) copyOutline(f *source, gid uint32) ([]byte, error) {
	data, err := f.outline(gid)
	if err != nil || len(data) == 0 {
		return nil, err
	}
	if contours := binary.BigEndian.Uint16(data); contours != compositeGlyph {
		return dropInstructions(data, int(contours))
	}
	out := bytes.Clone(data)
	end, err := eachComponent(out, func(flags uint16, at int) {
		binary.BigEndian.PutUint16(out[at:], flags&^hasInstructions)
		binary.BigEndian.PutUint16(out[at+2:], s.Glyph(uint32(binary.BigEndian.Uint16(out[at+2:]))))
	})
	if err != nil {
		return nil, err
	}
	return out[:end], nil
}

// dropInstructions copies a simple outline without its hinting program.
func dropInstructions(data []byte, contours int) ([]byte, error) {
	at := glyphHeaderBytes + 2*contours
	if at+2 > len(data) {
		return nil, errTables
	}
	n := int(binary.BigEndian.Uint16(data[at:]))
	if at+2+n > len(data) {
		return nil, errTables
	}
	out := make([]byte, 0, len(data)-n)
	out = append(out, data[:at]...)
	out = append(out, 0, 0)
	return append(out, data[at+2+n:]...), nil
}

// madeOutline gives the outline of a composite: its parts, each moved.
func (s *Subset) madeOutline(f *source, parts []Component) ([]byte, error) {
	box := [4]int{1 << 15, 1 << 15, -1 << 15, -1 << 15}
	var body []byte
	for _, p := range parts {
		data, err := f.outline(p.GID)
		if err != nil {
			return nil, err
		}
		if len(data) == 0 {
			continue
		}
		for i := range 4 {
			v := int(int16(binary.BigEndian.Uint16(data[2+2*i:])))
			if i%2 == 0 {
				v += int(p.DX)
			} else {
				v += int(p.DY)
			}
			if i < 2 {
				box[i] = min(box[i], v)
			} else {
				box[i] = max(box[i], v)
			}
		}
		body = binary.BigEndian.AppendUint16(body, argsAreWords|argsAreXY|moreComponents)
		body = binary.BigEndian.AppendUint16(body, s.Glyph(p.GID))
		body = binary.BigEndian.AppendUint16(body, uint16(p.DX))
		body = binary.BigEndian.AppendUint16(body, uint16(p.DY))
	}
	if len(body) == 0 {
		return nil, nil
	}
	body[len(body)-7] &^= moreComponents // the last one's flags
	out := binary.BigEndian.AppendUint16(nil, compositeGlyph)
	for _, v := range box {
		out = binary.BigEndian.AppendUint16(out, uint16(max(-1<<15, min(1<<15-1, v))))
	}
	return append(out, body...), nil
}

// Build writes the subset as a TrueType file and gives the metrics of the whole
// face that it is cut from.
func (s *Subset) Build(face opentype.Resource) (file []byte, m Metrics, err error) {
	tables, err := Tables(face, sourceTables...)
	if err != nil {
		return nil, m, err
	}
	f, err := newSource(tables)
	if err != nil {
		return nil, m, err
	}
	var glyf, loca, hmtx []byte
	for i := 0; i < len(s.glyphs); i++ { // grows while components are found
		g := s.glyphs[i]
		var outline []byte
		advance := g.advance
		if g.made {
			outline, err = s.madeOutline(f, g.parts)
		} else {
			outline, err = s.copyOutline(f, g.gid)
			advance = f.advance(g.gid)
		}
		if err != nil {
			return nil, m, fmt.Errorf("glyph %d: %w", g.gid, err)
		}
		left := uint16(0)
		if len(outline) > 0 {
			left = binary.BigEndian.Uint16(outline[2:])
		}
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		hmtx = binary.BigEndian.AppendUint16(hmtx, uint16(max(0, min(0xFFFF, advance))))
		hmtx = binary.BigEndian.AppendUint16(hmtx, left)
		glyf = pad(append(glyf, outline...))
	}
	if len(s.glyphs) > 0xFFFF {
		return nil, m, errors.New("too many glyphs")
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	file, err = f.assemble(len(s.glyphs), glyf, loca, hmtx)
	return file, f.describe(), err
}

// assemble puts a font file together with the source's general tables.
func (f *source) assemble(glyphs int, glyf, loca, hmtx []byte) ([]byte, error) {
	head, hhea, maxp := bytes.Clone(f.head), bytes.Clone(f.hhea), bytes.Clone(f.maxp)
	binary.BigEndian.PutUint32(head[8:], 0)  // the checksum of all, below
	binary.BigEndian.PutUint16(head[50:], 1) // long loca
	binary.BigEndian.PutUint16(hhea[34:], uint16(glyphs))
	binary.BigEndian.PutUint16(maxp[4:], uint16(glyphs))
	for _, at := range []int{10, 12} { // points and contours of composites
		binary.BigEndian.PutUint16(maxp[at:], 0xFFFF)
	}
	binary.BigEndian.PutUint16(maxp[26:], 0)   // no instructions
	binary.BigEndian.PutUint16(maxp[28:], 255) // components of a glyph
	binary.BigEndian.PutUint16(maxp[30:], maxGlyfNesting)
	return Write(map[string][]byte{"head": head, "hhea": hhea, "maxp": maxp, "hmtx": hmtx, "loca": loca, "glyf": glyf})
}

// describe gives the metrics of the whole face.
func (f *source) describe() (m Metrics) {
	upem := max(1, int(binary.BigEndian.Uint16(f.head[18:])))
	scaled := func(b []byte) int { return int(int16(binary.BigEndian.Uint16(b))) * 1000 / upem }
	for i := range 4 {
		m.Box[i] = scaled(f.head[36+2*i:])
	}
	m.Ascent, m.Descent = scaled(f.hhea[4:]), scaled(f.hhea[6:])
	return m
}
