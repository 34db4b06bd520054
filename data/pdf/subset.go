package pdf

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/go-text/typesetting/font/opentype"
)

// A subset collects the glyphs of one TrueType face that a document uses, and
// glyphs made of several. Glyph 0 is always .notdef.
type subset struct {
	glyphs []subsetGlyph
	byGID  map[uint32]uint16
	byComp map[string]uint16
}

// A subsetGlyph is a glyph of the face, or a composite when parts is not nil.
type subsetGlyph struct {
	gid     uint32
	made    bool
	parts   []component
	advance int // of a made one, in font units
}

func newSubset() *subset {
	s := &subset{byGID: map[uint32]uint16{}, byComp: map[string]uint16{}}
	s.glyph(0)
	return s
}

// glyph gives the number in the subset of a glyph of the face.
func (s *subset) glyph(gid uint32) uint16 {
	if n, ok := s.byGID[gid]; ok {
		return n
	}
	n := uint16(len(s.glyphs))
	s.byGID[gid] = n
	s.glyphs = append(s.glyphs, subsetGlyph{gid: gid})
	return n
}

// composite gives the number in the subset of a glyph made of others.
func (s *subset) composite(key string, parts []component, advance int) uint16 {
	if n, ok := s.byComp[key]; ok {
		return n
	}
	n := uint16(len(s.glyphs))
	s.byComp[key] = n
	s.glyphs = append(s.glyphs, subsetGlyph{made: true, parts: parts, advance: advance})
	return n
}

// fontMetrics are what a font descriptor says, in thousandths of the em.
type fontMetrics struct {
	box             [4]int
	ascent, descent int
}

// A sourceFont is the tables of a face that a subset is cut from.
type sourceFont struct {
	head, hhea, maxp, hmtx, loca, glyf []byte
	longLoca                           bool
	metrics                            int // long entries in hmtx
}

var errFontTables = errors.New("its tables contradict each other")

func openSource(file opentype.Resource) (*sourceFont, error) {
	loader, err := opentype.NewLoader(file)
	if err != nil {
		return nil, err
	}
	f := &sourceFont{}
	for _, t := range []struct {
		name string
		into *[]byte
		min  int
	}{{"head", &f.head, 54}, {"hhea", &f.hhea, 36}, {"maxp", &f.maxp, 32}, {"hmtx", &f.hmtx, 4}, {"loca", &f.loca, 4}, {"glyf", &f.glyf, 0}} {
		if *t.into, err = loader.RawTable(opentype.MustNewTag(t.name)); err != nil {
			return nil, fmt.Errorf("table %s: %w", t.name, err)
		}
		if len(*t.into) < t.min {
			return nil, fmt.Errorf("table %s: %w", t.name, errFontTables)
		}
	}
	f.longLoca = binary.BigEndian.Uint16(f.head[50:]) == 1
	f.metrics = int(binary.BigEndian.Uint16(f.hhea[34:]))
	if f.metrics == 0 || len(f.hmtx) < 4*f.metrics {
		return nil, errFontTables
	}
	return f, nil
}

// outline gives the glyf data of a glyph; it is empty for a space.
func (f *sourceFont) outline(gid uint32) ([]byte, error) {
	var from, to int
	if f.longLoca {
		if int(gid)*4+8 > len(f.loca) {
			return nil, errFontTables
		}
		from, to = int(binary.BigEndian.Uint32(f.loca[gid*4:])), int(binary.BigEndian.Uint32(f.loca[gid*4+4:]))
	} else {
		if int(gid)*2+4 > len(f.loca) {
			return nil, errFontTables
		}
		from, to = 2*int(binary.BigEndian.Uint16(f.loca[gid*2:])), 2*int(binary.BigEndian.Uint16(f.loca[gid*2+2:]))
	}
	if from > to || to > len(f.glyf) || to-from > 0 && to-from < 10 {
		return nil, errFontTables
	}
	return f.glyf[from:to], nil
}

func (f *sourceFont) advance(gid uint32) int {
	i := min(int(gid), f.metrics-1)
	return int(binary.BigEndian.Uint16(f.hmtx[4*i:]))
}

// Flags of a component of a composite glyph.
const (
	argsAreWords     = 0x0001
	argsAreXY        = 0x0002
	hasScale         = 0x0008
	moreComponents   = 0x0020
	hasXYScale       = 0x0040
	hasTwoByTwo      = 0x0080
	hasInstructions  = 0x0100
	useMyMetrics     = 0x0200
	compositeGlyph   = 0xFFFF // number of contours: -1
	maxGlyfNesting   = 8
	checksumMagic    = 0xB1B0AFBA
	sfntTrueType     = 0x00010000
	glyphHeaderBytes = 10
)

// componentAt reads the component at p of a composite glyph: where its glyph
// number stands and where the next one begins.
func componentAt(data []byte, p int) (flags uint16, next int, err error) {
	if p+4 > len(data) {
		return 0, 0, errFontTables
	}
	flags = binary.BigEndian.Uint16(data[p:])
	next = p + 6
	if flags&argsAreWords != 0 {
		next += 2
	}
	switch {
	case flags&hasScale != 0:
		next += 2
	case flags&hasXYScale != 0:
		next += 4
	case flags&hasTwoByTwo != 0:
		next += 8
	}
	if next > len(data) {
		return 0, 0, errFontTables
	}
	return flags, next, nil
}

// copyOutline gives a glyph's outline for the subset: components renumbered
// (and added to the subset) and hinting programs left out.
func (s *subset) copyOutline(f *sourceFont, gid uint32) ([]byte, error) {
	data, err := f.outline(gid)
	if err != nil || len(data) == 0 {
		return nil, err
	}
	if contours := binary.BigEndian.Uint16(data); contours != compositeGlyph {
		return dropInstructions(data, int(contours))
	}
	out := bytes.Clone(data)
	for p := glyphHeaderBytes; ; {
		flags, next, err := componentAt(out, p)
		if err != nil {
			return nil, err
		}
		binary.BigEndian.PutUint16(out[p:], flags&^hasInstructions)
		part := uint32(binary.BigEndian.Uint16(out[p+2:]))
		binary.BigEndian.PutUint16(out[p+2:], s.glyph(part))
		p = next
		if flags&moreComponents == 0 {
			return out[:p], nil
		}
	}
}

// dropInstructions copies a simple outline without its hinting program.
func dropInstructions(data []byte, contours int) ([]byte, error) {
	at := glyphHeaderBytes + 2*contours
	if at+2 > len(data) {
		return nil, errFontTables
	}
	n := int(binary.BigEndian.Uint16(data[at:]))
	if at+2+n > len(data) {
		return nil, errFontTables
	}
	out := make([]byte, 0, len(data)-n)
	out = append(out, data[:at]...)
	out = append(out, 0, 0)
	return append(out, data[at+2+n:]...), nil
}

// madeOutline gives the outline of a composite: its parts, each moved.
func (s *subset) madeOutline(f *sourceFont, parts []component) ([]byte, error) {
	box := [4]int{1 << 15, 1 << 15, -1 << 15, -1 << 15}
	var body []byte
	for _, p := range parts {
		data, err := f.outline(p.gid)
		if err != nil {
			return nil, err
		}
		if len(data) == 0 {
			continue
		}
		for i := range 4 {
			v := int(int16(binary.BigEndian.Uint16(data[2+2*i:])))
			if i%2 == 0 {
				v += int(p.dx)
			} else {
				v += int(p.dy)
			}
			if i < 2 {
				box[i] = min(box[i], v)
			} else {
				box[i] = max(box[i], v)
			}
		}
		body = binary.BigEndian.AppendUint16(body, argsAreWords|argsAreXY|moreComponents)
		body = binary.BigEndian.AppendUint16(body, s.glyph(p.gid))
		body = binary.BigEndian.AppendUint16(body, uint16(p.dx))
		body = binary.BigEndian.AppendUint16(body, uint16(p.dy))
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

// build writes the subset as a TrueType file.
func (s *subset) build(source opentype.Resource) (file []byte, m fontMetrics, err error) {
	f, err := openSource(source)
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
		glyf = append(glyf, outline...)
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
	}
	if len(s.glyphs) > 0xFFFF {
		return nil, m, errors.New("too many glyphs")
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	return f.assemble(len(s.glyphs), glyf, loca, hmtx), f.describe(), nil
}

// assemble puts a font file together with the source's general tables.
func (f *sourceFont) assemble(glyphs int, glyf, loca, hmtx []byte) []byte {
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
	return writeSFNT(map[string][]byte{"head": head, "hhea": hhea, "maxp": maxp, "hmtx": hmtx, "loca": loca, "glyf": glyf})
}

// describe gives the metrics of the whole face.
func (f *sourceFont) describe() (m fontMetrics) {
	upem := max(1, int(binary.BigEndian.Uint16(f.head[18:])))
	scaled := func(b []byte) int { return int(int16(binary.BigEndian.Uint16(b))) * 1000 / upem }
	for i := range 4 {
		m.box[i] = scaled(f.head[36+2*i:])
	}
	m.ascent, m.descent = scaled(f.hhea[4:]), scaled(f.hhea[6:])
	return m
}

// writeSFNT writes tables as a font file, sorted by name, each at a multiple of
// four bytes.
func writeSFNT(tables map[string][]byte) []byte {
	names := slices.Sorted(maps.Keys(tables))
	n := len(names)
	log := 0
	for 2<<log <= n {
		log++
	}
	out := binary.BigEndian.AppendUint32(nil, sfntTrueType)
	for _, v := range []int{n, 16 << log, log, 16*n - 16<<log} {
		out = binary.BigEndian.AppendUint16(out, uint16(v))
	}
	offset, head := 12+16*n, 0
	for _, name := range names {
		if name == "head" {
			head = offset
		}
		out = append(out, name...)
		out = binary.BigEndian.AppendUint32(out, tableSum(tables[name]))
		out = binary.BigEndian.AppendUint32(out, uint32(offset))
		out = binary.BigEndian.AppendUint32(out, uint32(len(tables[name])))
		offset += (len(tables[name]) + 3) &^ 3
	}
	for _, name := range names {
		out = append(out, tables[name]...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	binary.BigEndian.PutUint32(out[head+8:], checksumMagic-tableSum(out))
	return out
}

// tableSum adds the 32-bit words of a table, padded with zeros.
func tableSum(b []byte) (sum uint32) {
	for len(b) >= 4 {
		sum += binary.BigEndian.Uint32(b)
		b = b[4:]
	}
	var last [4]byte
	copy(last[:], b)
	return sum + binary.BigEndian.Uint32(last[:])
}
