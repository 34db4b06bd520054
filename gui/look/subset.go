package look

import (
	"encoding/binary"
	"errors"
	"slices"
)

var errFont = errors.New("not a TrueType font that can be cut down")

// group is a run of characters with consecutive glyphs, as a character map of
// format 12 lists them.
type group struct{ first, last, glyph uint32 }

// subset gives a TrueType font that has only the characters for which keep is
// true. Outlines of other glyphs are emptied; their numbers stay, so that no
// other table changes. Substitutions (GSUB) go, as they could lead to a glyph
// that was emptied; so do the tables for vertical text.
func subset(font []byte, keep func(rune) bool) ([]byte, error) {
	tables, err := readTables(font)
	if err != nil {
		return nil, err
	}
	groups, err := readGroups(tables["cmap"])
	if err != nil {
		return nil, err
	}
	groups = keepGroups(groups, keep)
	offsets, err := readOffsets(tables)
	if err != nil {
		return nil, err
	}
	used, err := usedGlyphs(groups, tables["glyf"], offsets)
	if err != nil {
		return nil, err
	}
	tables["cmap"] = writeGroups(groups)
	tables["glyf"], tables["loca"] = writeGlyphs(tables["glyf"], offsets, used)
	head := slices.Clone(tables["head"])
	binary.BigEndian.PutUint16(head[50:], 1) // indexToLocFormat: long
	tables["head"] = head
	for _, gone := range []string{"GSUB", "vhea", "vmtx", "BASE", "STAT"} {
		delete(tables, gone)
	}
	return writeTables(binary.BigEndian.Uint32(font), tables), nil
}

func readTables(font []byte) (map[string][]byte, error) {
	if len(font) < 12 {
		return nil, errFont
	}
	tables := map[string][]byte{}
	for i := range int(binary.BigEndian.Uint16(font[4:])) {
		at := 12 + 16*i
		if at+16 > len(font) {
			return nil, errFont
		}
		offset, size := uint64(binary.BigEndian.Uint32(font[at+8:])), uint64(binary.BigEndian.Uint32(font[at+12:]))
		if offset+size > uint64(len(font)) {
			return nil, errFont
		}
		tables[string(font[at:at+4])] = font[offset : offset+size]
	}
	if len(tables["head"]) < 52 || len(tables["maxp"]) < 6 {
		return nil, errFont
	}
	return tables, nil
}

// readGroups reads the map of format 12 in a cmap table.
func readGroups(cmap []byte) ([]group, error) {
	if len(cmap) < 4 {
		return nil, errFont
	}
	for i := range int(binary.BigEndian.Uint16(cmap[2:])) {
		record := 4 + 8*i
		if record+8 > len(cmap) {
			return nil, errFont
		}
		sub := int(binary.BigEndian.Uint32(cmap[record+4:]))
		if sub+16 > len(cmap) || binary.BigEndian.Uint16(cmap[sub:]) != 12 {
			continue
		}
		n := int(binary.BigEndian.Uint32(cmap[sub+12:]))
		if sub+16+12*n > len(cmap) {
			return nil, errFont
		}
		groups := make([]group, n)
		for k := range groups {
			at := cmap[sub+16+12*k:]
			groups[k] = group{binary.BigEndian.Uint32(at), binary.BigEndian.Uint32(at[4:]), binary.BigEndian.Uint32(at[8:])}
		}
		return groups, nil
	}
	return nil, errFont
}

// keepGroups splits groups so that only characters that are kept are left.
func keepGroups(groups []group, keep func(rune) bool) []group {
	var kept []group
	for _, g := range groups {
		open := false
		for r := g.first; r <= g.last && r <= 0x10ffff; r++ {
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

// readOffsets reads where each glyph's outline begins; the last one is where
// they end.
func readOffsets(tables map[string][]byte) ([]uint32, error) {
	n := int(binary.BigEndian.Uint16(tables["maxp"][4:])) + 1
	loca, glyf := tables["loca"], tables["glyf"]
	offsets := make([]uint32, n)
	long := binary.BigEndian.Uint16(tables["head"][50:]) == 1
	if long && len(loca) < 4*n || !long && len(loca) < 2*n {
		return nil, errFont
	}
	for i := range offsets {
		if long {
			offsets[i] = binary.BigEndian.Uint32(loca[4*i:])
		} else {
			offsets[i] = 2 * uint32(binary.BigEndian.Uint16(loca[2*i:]))
		}
		if offsets[i] > uint32(len(glyf)) || i > 0 && offsets[i] < offsets[i-1] {
			return nil, errFont
		}
	}
	return offsets, nil
}

// usedGlyphs marks the glyphs of the characters, the one that stands for a
// missing character, and the parts of those that are put together.
func usedGlyphs(groups []group, glyf []byte, offsets []uint32) ([]bool, error) {
	used := make([]bool, len(offsets)-1)
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
			return nil, errFont
		}
		if used[id] {
			continue
		}
		used[id] = true
		parts, err := partsOf(glyf[offsets[id]:offsets[id+1]])
		if err != nil {
			return nil, err
		}
		queue = append(queue, parts...)
	}
	return used, nil
}

// Flags of a part of a glyph that is put together (OpenType, table glyf).
const (
	partWords  = 0x0001 // its place is given in 16 bits
	partScale  = 0x0008
	partMore   = 0x0020
	partXY     = 0x0040
	partMatrix = 0x0080
)

// partsOf lists the glyphs of which an outline is put together; none when it
// is drawn itself.
func partsOf(outline []byte) ([]uint32, error) {
	if len(outline) < 10 || int16(binary.BigEndian.Uint16(outline)) >= 0 {
		return nil, nil
	}
	var parts []uint32
	for at := 10; ; {
		if at+4 > len(outline) {
			return nil, errFont
		}
		flags := binary.BigEndian.Uint16(outline[at:])
		parts = append(parts, uint32(binary.BigEndian.Uint16(outline[at+2:])))
		at += 6
		if flags&partWords != 0 {
			at += 2
		}
		switch {
		case flags&partScale != 0:
			at += 2
		case flags&partXY != 0:
			at += 4
		case flags&partMatrix != 0:
			at += 8
		}
		if flags&partMore == 0 {
			return parts, nil
		}
	}
}

// writeGlyphs writes the outlines that are used and where each begins.
func writeGlyphs(old []byte, offsets []uint32, used []bool) (glyf, loca []byte) {
	size := 0
	for id, u := range used {
		if u {
			size += int(offsets[id+1]-offsets[id]) + 3
		}
	}
	glyf, loca = make([]byte, 0, size), make([]byte, 0, 4*len(offsets))
	for id, u := range used {
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		if u {
			glyf = append(glyf, old[offsets[id]:offsets[id+1]]...)
			for len(glyf)%4 != 0 {
				glyf = append(glyf, 0)
			}
		}
	}
	return glyf, binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
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

// writeTables writes a font file. Its checksums are zero: nothing here reads
// them.
func writeTables(version uint32, tables map[string][]byte) []byte {
	tags := make([]string, 0, len(tables))
	size := 12
	for tag, table := range tables {
		tags = append(tags, tag)
		size += 16 + len(table) + 3
	}
	slices.Sort(tags)
	font := make([]byte, 12+16*len(tags), size)
	binary.BigEndian.PutUint32(font, version)
	binary.BigEndian.PutUint16(font[4:], uint16(len(tags)))
	for i, tag := range tags {
		for len(font)%4 != 0 {
			font = append(font, 0)
		}
		entry := font[12+16*i:]
		copy(entry, tag)
		binary.BigEndian.PutUint32(entry[8:], uint32(len(font)))
		binary.BigEndian.PutUint32(entry[12:], uint32(len(tables[tag])))
		font = append(font, tables[tag]...)
	}
	return font
}
