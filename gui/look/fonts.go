package look

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"sync"

	"fyne.io/fyne/v2"

	"casebinder/assets"
)

// narrowed are marks that the Chinese font draws as wide as a Chinese
// character, which tears Latin text apart ("don’ t", "1 ×  2"). The window's
// font goes without them, so that they come from the toolkit's Latin font.
var narrowed = []rune("¡§¨ª¯°±´¶·¸º¿×÷‘’“”†‡•′″")

var (
	regular = sync.OnceValue(func() fyne.Resource { return font("NotoSansSC-Regular.ttf") })
	bold    = sync.OnceValue(func() fyne.Resource { return font("NotoSansSC-Bold.ttf") })
)

// font reads an embedded font. It is part of the program: one that cannot be
// read is a fault of the build.
func font(name string) fyne.Resource {
	content, err := assets.FS.ReadFile("fonts/" + name)
	if err == nil {
		content, err = without(content, narrowed)
	}
	if err != nil {
		panic(fmt.Errorf("reading the font %s: %w", name, err))
	}
	return fyne.NewStaticResource(name, content)
}

// group is a run of characters with consecutive glyphs, as a cmap of format
// 12 lists them.
type group struct{ first, last, glyph uint32 }

var errNoCmap = errors.New("no character map of format 12")

// without gives a TrueType font that does not have some characters: its
// character map is replaced by one without them at the end of the file.
func without(font []byte, runes []rune) ([]byte, error) {
	if len(font) < 12 {
		return nil, errNoCmap
	}
	entry := -1
	for i := range int(binary.BigEndian.Uint16(font[4:])) {
		if at := 12 + 16*i; at+16 <= len(font) && string(font[at:at+4]) == "cmap" {
			entry = at
		}
	}
	if entry < 0 {
		return nil, errNoCmap
	}
	groups, err := readGroups(font, int(binary.BigEndian.Uint32(font[entry+8:])))
	if err != nil {
		return nil, err
	}
	for _, r := range runes {
		groups = dropRune(groups, uint32(r))
	}
	table := writeGroups(groups)
	for len(font)%4 != 0 {
		font = append(font, 0)
	}
	binary.BigEndian.PutUint32(font[entry+8:], uint32(len(font)))
	binary.BigEndian.PutUint32(font[entry+12:], uint32(len(table)))
	return append(font, table...), nil
}

// readGroups reads the format 12 map of a cmap table.
func readGroups(font []byte, cmap int) ([]group, error) {
	if cmap+4 > len(font) {
		return nil, errNoCmap
	}
	for i := range int(binary.BigEndian.Uint16(font[cmap+2:])) {
		record := cmap + 4 + 8*i
		if record+8 > len(font) {
			return nil, errNoCmap
		}
		sub := cmap + int(binary.BigEndian.Uint32(font[record+4:]))
		if sub+16 > len(font) || binary.BigEndian.Uint16(font[sub:]) != 12 {
			continue
		}
		n := int(binary.BigEndian.Uint32(font[sub+12:]))
		if n < 0 || sub+16+12*n > len(font) {
			return nil, errNoCmap
		}
		groups := make([]group, n)
		for k := range groups {
			at := font[sub+16+12*k:]
			groups[k] = group{binary.BigEndian.Uint32(at), binary.BigEndian.Uint32(at[4:]), binary.BigEndian.Uint32(at[8:])}
		}
		return groups, nil
	}
	return nil, errNoCmap
}

// dropRune takes a character out of the group that holds it.
func dropRune(groups []group, r uint32) []group {
	i := slices.IndexFunc(groups, func(g group) bool { return r >= g.first && r <= g.last })
	if i < 0 {
		return groups
	}
	g := groups[i]
	var rest []group
	if r > g.first {
		rest = append(rest, group{g.first, r - 1, g.glyph})
	}
	if r < g.last {
		rest = append(rest, group{r + 1, g.last, g.glyph + r + 1 - g.first})
	}
	return slices.Replace(groups, i, i+1, rest...)
}

// writeGroups writes a cmap table with one map of format 12, for Windows and
// the full range of Unicode.
func writeGroups(groups []group) []byte {
	b := binary.BigEndian.AppendUint16(nil, 0) // version
	b = binary.BigEndian.AppendUint16(b, 1)    // one map
	b = binary.BigEndian.AppendUint16(b, 3)
	b = binary.BigEndian.AppendUint16(b, 10)
	b = binary.BigEndian.AppendUint32(b, 12) // it follows at once
	b = binary.BigEndian.AppendUint16(b, 12) // its format
	b = binary.BigEndian.AppendUint16(b, 0)
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
