package truetype

import (
	"bytes"
	"encoding/binary"
	"unicode"

	"github.com/go-text/typesetting/font/opentype"
)

// group is a run of characters with consecutive glyphs, as a character map of
// format 12 lists them.
type group struct{ first, last, glyph uint32 }

// Keep writes a font that has only the characters for which keep is true.
// Outlines of other glyphs are emptied; their numbers stay, so that no other
// table changes. Substitutions (GSUB) go, as they could lead to a glyph that
// was emptied; so do the tables for vertical text.
func Keep(file opentype.Resource, keep func(rune) bool) ([]byte, error) {
	tables, err := Tables(file)
	if err != nil {
		return nil, err
	}
	f, err := newSource(tables)
	if err != nil {
		return nil, err
	}
	groups, err := readGroups(tables["cmap"])
	if err != nil {
		return nil, err
	}
	groups = keepGroups(groups, keep)
	used, err := f.reached(groups)
	if err != nil {
		return nil, err
	}
	tables["cmap"] = writeGroups(groups)
	if tables["glyf"], tables["loca"], err = f.only(used); err != nil {
		return nil, err
	}
	head := bytes.Clone(f.head)
	binary.BigEndian.PutUint32(head[8:], 0)  // the checksum of all
	binary.BigEndian.PutUint16(head[50:], 1) // long loca
	tables["head"] = head
	for _, gone := range []string{"GSUB", "vhea", "vmtx", "BASE", "STAT"} {
		delete(tables, gone)
	}
	return Write(tables)
}

// readGroups reads the map of format 12 in a cmap table.
func readGroups(cmap []byte) ([]group, error) {
	if len(cmap) < 4 {
		return nil, errTables
	}
	for i := range int(binary.BigEndian.Uint16(cmap[2:])) {
		record := 4 + 8*i
		if record+8 > len(cmap) {
			return nil, errTables
		}
		sub := int(binary.BigEndian.Uint32(cmap[record+4:]))
		if sub+16 > len(cmap) || binary.BigEndian.Uint16(cmap[sub:]) != 12 {
			continue
		}
		n := int(binary.BigEndian.Uint32(cmap[sub+12:]))
		if sub+16+12*n > len(cmap) {
			return nil, errTables
		}
		groups := make([]group, n)
		for k := range groups {
			at := cmap[sub+16+12*k:]
			groups[k] = group{binary.BigEndian.Uint32(at), binary.BigEndian.Uint32(at[4:]), binary.BigEndian.Uint32(at[8:])}
			if g := groups[k]; g.first > g.last || g.last > unicode.MaxRune || k > 0 && g.first <= groups[k-1].last {
				return nil, errTables
			}
		}
		return groups, nil
	}
	return nil, errTables
}

// keepGroups splits groups so that only characters that are kept are left.
func keepGroups(groups []group, keep func(rune) bool) []group {
	var kept []group
	for _, g := range groups {
		open := false
		for r := g.first; r <= g.last; r++ {
			switch {
			case !keep(rune(r)):
				open = false
			case open:
				kept[len(kept)-1].last = r
			default:
				kept = append(kept, group{r, r, g.glyph + r - g.first})
				open = true
			}
		}
	}
	return kept
}

// reached marks the glyphs of the characters, the one that stands for a missing
// character, and the parts of those that are composites.
func (f *source) reached(groups []group) ([]bool, error) {
	used := make([]bool, binary.BigEndian.Uint16(f.maxp[4:]))
	queue := []uint32{0}
	for _, g := range groups {
		for r := g.first; r <= g.last; r++ {
			queue = append(queue, g.glyph+r-g.first)
		}
	}
	for len(queue) > 0 {
		id := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if id >= uint32(len(used)) {
			return nil, errTables
		}
		if used[id] {
			continue
		}
		used[id] = true
		outline, err := f.outline(id)
		if err != nil {
			return nil, err
		}
		if len(outline) == 0 || binary.BigEndian.Uint16(outline) != compositeGlyph {
			continue
		}
		if _, err := eachComponent(outline, func(_ uint16, at int) {
			queue = append(queue, uint32(binary.BigEndian.Uint16(outline[at+2:])))
		}); err != nil {
			return nil, err
		}
	}
	return used, nil
}

// only writes the outlines that are used, and where each begins.
func (f *source) only(used []bool) (glyf, loca []byte, err error) {
	loca = make([]byte, 0, 4*len(used)+4)
	for id, u := range used {
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		if !u {
			continue
		}
		outline, err := f.outline(uint32(id))
		if err != nil {
			return nil, nil, err
		}
		glyf = pad(append(glyf, outline...))
	}
	return glyf, binary.BigEndian.AppendUint32(loca, uint32(len(glyf))), nil
}

// writeGroups writes a cmap table with one map of format 12, for Windows and
// the full range of Unicode.
func writeGroups(groups []group) []byte {
	b := []byte{0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12, 0, 12, 0, 0} // version, one map, its place and format
	b = binary.BigEndian.AppendUint32(b, uint32(16+12*len(groups)))
	b = binary.BigEndian.AppendUint32(b, 0) // language
	b = binary.BigEndian.AppendUint32(b, uint32(len(groups)))
	for _, g := range groups {
		b = binary.BigEndian.AppendUint32(b, g.first)
		b = binary.BigEndian.AppendUint32(b, g.last)
		b = binary.BigEndian.AppendUint32(b, g.glyph)
	}
	return b
}
