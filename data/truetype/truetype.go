// Package truetype reads and writes the tables of font files, and cuts TrueType
// fonts down to the glyphs that a document shows, numbered anew.
//
// Its one rule: it knows tables and glyphs alone, and the same font and choice
// give the same bytes. What is cut has glyf outlines and is not variable.
package truetype

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"

	"github.com/go-text/typesetting/font/opentype"
)

// Open opens a font file. An embedded one is read in place, without a copy.
func Open(fsys fs.FS, path string) (opentype.Resource, io.Closer, error) {
	file, err := fsys.Open(path)
	if err != nil {
		return nil, nil, err
	}
	if r, ok := file.(opentype.Resource); ok {
		return r, file, nil
	}
	raw, err := io.ReadAll(file)
	if err != nil {
		file.Close()
		return nil, nil, err
	}
	return bytes.NewReader(raw), file, nil
}

// Tables reads the tables of a font file, each under its name of four letters:
// those that are named, which must all be there, or all when none is.
func Tables(file opentype.Resource, names ...string) (map[string][]byte, error) {
	loader, err := opentype.NewLoader(file)
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		for _, tag := range loader.Tables() {
			names = append(names, tag.String())
		}
	}
	tables := make(map[string][]byte, len(names))
	for _, name := range names {
		if tables[name], err = loader.RawTable(opentype.MustNewTag(name)); err != nil {
			return nil, fmt.Errorf("table %s: %w", name, err)
		}
	}
	return tables, nil
}

const (
	checksumMagic = 0xB1B0AFBA
	sfntTrueType  = 0x00010000
	sfntCompact   = 0x4F54544F // OTTO: outlines in a table CFF
	checksumEnds  = 12         // of head
)

// Write writes tables as a font file, sorted by name, each at a multiple of four
// bytes, with its checksum. A table head must be among them, and hold a checksum
// of zero.
func Write(tables map[string][]byte) ([]byte, error) {
	if len(tables["head"]) < checksumEnds {
		return nil, fmt.Errorf("table head: %w", errTables)
	}
	names := slices.Sorted(maps.Keys(tables))
	n := len(names)
	log := 0
	for 2<<log <= n {
		log++
	}
	size := 12 + 16*n
	for _, table := range tables {
		size += len(table) + 3
	}
	kind := uint32(sfntTrueType)
	if tables["CFF "] != nil {
		kind = sfntCompact
	}
	out := binary.BigEndian.AppendUint32(make([]byte, 0, size), kind)
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
		out = pad(append(out, tables[name]...))
	}
	binary.BigEndian.PutUint32(out[head+8:], checksumMagic-tableSum(out))
	return out, nil
}

// pad fills up to a multiple of four bytes.
func pad(b []byte) []byte {
	for len(b)%4 != 0 {
		b = append(b, 0)
	}
	return b
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

// A source is the tables of a font that another is cut from.
type source struct {
	head, hhea, maxp, hmtx, loca, glyf []byte
	longLoca                           bool
	metrics                            int // long entries in hmtx
}

var errTables = errors.New("its tables contradict each other")

// sourceTables are those that a source is made of.
var sourceTables = []string{"head", "hhea", "maxp", "hmtx", "loca", "glyf"}

func newSource(tables map[string][]byte) (*source, error) {
	f := &source{}
	for i, t := range []struct {
		into *[]byte
		min  int
	}{{&f.head, 54}, {&f.hhea, 36}, {&f.maxp, 32}, {&f.hmtx, 4}, {&f.loca, 4}, {&f.glyf, 0}} {
		*t.into = tables[sourceTables[i]]
		if len(*t.into) < t.min {
			return nil, fmt.Errorf("table %s: %w", sourceTables[i], errTables)
		}
	}
	f.longLoca = binary.BigEndian.Uint16(f.head[50:]) == 1
	f.metrics = int(binary.BigEndian.Uint16(f.hhea[34:]))
	if f.metrics == 0 || len(f.hmtx) < 4*f.metrics {
		return nil, errTables
	}
	return f, nil
}

// outline gives the glyf data of a glyph; it is empty for a space.
func (f *source) outline(gid uint32) ([]byte, error) {
	var from, to int
	if f.longLoca {
		if int(gid)*4+8 > len(f.loca) {
			return nil, errTables
		}
		from, to = int(binary.BigEndian.Uint32(f.loca[gid*4:])), int(binary.BigEndian.Uint32(f.loca[gid*4+4:]))
	} else {
		if int(gid)*2+4 > len(f.loca) {
			return nil, errTables
		}
		from, to = 2*int(binary.BigEndian.Uint16(f.loca[gid*2:])), 2*int(binary.BigEndian.Uint16(f.loca[gid*2+2:]))
	}
	if from > to || to > len(f.glyf) || to-from > 0 && to-from < glyphHeaderBytes {
		return nil, errTables
	}
	return f.glyf[from:to], nil
}

func (f *source) advance(gid uint32) int {
	i := min(int(gid), f.metrics-1)
	return int(binary.BigEndian.Uint16(f.hmtx[4*i:]))
}

// Flags of a component of a composite glyph (OpenType, table glyf), and other
// figures of that table.
const (
	argsAreWords     = 0x0001
	argsAreXY        = 0x0002
	hasScale         = 0x0008
	moreComponents   = 0x0020
	hasXYScale       = 0x0040
	hasTwoByTwo      = 0x0080
	hasInstructions  = 0x0100
	compositeGlyph   = 0xFFFF // number of contours: -1
	maxGlyfNesting   = 8
	glyphHeaderBytes = 10
)

// eachComponent calls do for each component of a composite glyph: its flags and
// where it begins; the glyph's number stands two bytes further. It gives where
// the last one ends.
func eachComponent(data []byte, do func(flags uint16, at int)) (end int, err error) {
	for at := glyphHeaderBytes; ; {
		if at+4 > len(data) {
			return 0, errTables
		}
		flags := binary.BigEndian.Uint16(data[at:])
		next := at + 6
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
			return 0, errTables
		}
		do(flags, at)
		if flags&moreComponents == 0 {
			return next, nil
		}
		at = next
	}
}
