package pdf

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"path"
	"strings"
	"unicode/utf16"

	"github.com/go-text/typesetting/font"

	"casebinder/data/truetype"
)

// A fontTable gives the codes of a document's text. Each face becomes one
// composite font or, beyond 65,000 codes, several.
type fontTable struct {
	fonts    *Fonts
	embedded []*embeddedFont
	byFace   map[int]*faceCodes
}

// faceCodes are the codes that a face has been given.
type faceCodes struct {
	face    *fontFace
	metrics *font.Face
	codes   map[codeKey]code
	current int // the embedded font that takes new codes
}

// A codeKey is one look with one text: the same glyph for another text has
// another code, so that text is extracted exactly.
type codeKey struct {
	gid  uint32
	comp string
	text string
}

type code struct {
	font  int
	cid   uint16
	width int
}

// An embeddedFont is one font object with the glyphs and codes it holds.
type embeddedFont struct {
	object int
	face   *fontFace
	subset *truetype.Subset
	codes  []codeInfo // by CID
}

type codeInfo struct {
	gid   uint16 // in the subset
	width int    // in thousandths of the em
	text  string
}

// maxCodes leaves room below the 65,535 glyphs that a TrueType font may have.
const maxCodes = 60000

func newFontTable(fonts *Fonts) *fontTable {
	return &fontTable{fonts: fonts, byFace: map[int]*faceCodes{}}
}

// code gives the font and code to show a cluster with, and the width that the
// font says it has. A face that cannot be loaded was reported by Layout.
func (t *fontTable) code(d *Document, text *Text, face int, c *cluster) (number int, cid uint16, width int) {
	key := codeKey{gid: c.gid, text: text.src[c.from:c.to]}
	var parts []truetype.Component
	if c.comp >= 0 {
		key.gid, key.comp, parts = 1<<31, text.comps[c.comp].key, text.comps[c.comp].parts
	}
	fc := t.byFace[face]
	if fc == nil {
		loaded, err := text.fonts.face(face)
		if err != nil {
			if d.err == nil {
				d.err = err
			}
			return 0, 0, 0
		}
		fc = &faceCodes{face: loaded, metrics: font.NewFace(loaded.font), codes: map[codeKey]code{}, current: -1}
		t.byFace[face] = fc
	}
	if known, ok := fc.codes[key]; ok {
		return known.font, known.cid, known.width
	}
	made := t.newCode(d, fc, key, parts, c)
	return made.font, made.cid, made.width
}

func (t *fontTable) newCode(d *Document, fc *faceCodes, key codeKey, parts []truetype.Component, c *cluster) code {
	if fc.current < 0 || len(t.embedded[fc.current].codes) >= maxCodes {
		fc.current = len(t.embedded)
		t.embedded = append(t.embedded, &embeddedFont{
			object: d.newObject(), face: fc.face, subset: truetype.NewSubset(), codes: []codeInfo{{}},
		})
	}
	e := t.embedded[fc.current]
	key.text = strings.Clone(key.text)
	info := codeInfo{text: key.text, width: int(c.advance)}
	if c.comp >= 0 {
		info.gid = e.subset.Composite(key.comp, parts, int(c.advance)*fc.face.upem/1000)
	} else {
		info.gid = e.subset.Glyph(c.gid)
		info.width = (int(fc.metrics.HorizontalAdvance(font.GID(c.gid)))*1000 + fc.face.upem/2) / fc.face.upem
	}
	made := code{fc.current, uint16(len(e.codes)), info.width}
	e.codes = append(e.codes, info)
	fc.codes[key] = made
	return made
}

// write writes all fonts.
func (t *fontTable) write(d *Document) {
	for i, e := range t.embedded {
		if err := e.write(d); err != nil && d.err == nil {
			d.err = fmt.Errorf("embedding font %s: %w", e.face.path, err)
		}
		t.embedded[i].subset = nil
	}
}

// write writes one composite font: the subset, its widths, and its text.
func (e *embeddedFont) write(d *Document) error {
	source, closer, err := truetype.Open(e.face.from.fsys, e.face.path)
	if err != nil {
		return err
	}
	defer closer.Close()
	file, m, err := e.subset.Build(source)
	if err != nil {
		return err
	}
	name := subsetTag(file) + "+" + strings.TrimSuffix(path.Base(e.face.path), path.Ext(e.face.path))
	fontFile := d.stream(fmt.Sprintf("/Length1 %d", len(file)), file)
	descriptor := d.newObject()
	d.object(descriptor, "<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[%d %d %d %d]/ItalicAngle 0/Ascent %d/Descent %d/CapHeight 714/StemV 80/FontFile2 %d 0 R>>",
		name, m.Box[0], m.Box[1], m.Box[2], m.Box[3], m.Ascent, m.Descent, fontFile)

	gids := make([]byte, 2*len(e.codes))
	widths := make([]byte, 0, 4*len(e.codes))
	for cid, c := range e.codes {
		binary.BigEndian.PutUint16(gids[2*cid:], c.gid)
		widths = append(appendInt(widths, c.width), ' ')
	}
	gidMap := d.stream("", gids)
	descendant := d.newObject()
	d.object(descendant, "<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor %d 0 R/CIDToGIDMap %d 0 R/DW 1000/W[0[%s]]>>",
		name, descriptor, gidMap, widths)
	unicode := d.stream("", e.toUnicode())
	d.object(e.object, "<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>",
		name, descendant, unicode)
	return nil
}

// toUnicode maps each code to its text.
func (e *embeddedFont) toUnicode() []byte {
	var b bytes.Buffer
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for from := 1; from < len(e.codes); from += 100 {
		group := e.codes[from:min(from+100, len(e.codes))]
		fmt.Fprintf(&b, "%d beginbfchar\n", len(group))
		for i, c := range group {
			line := append(appendHex16([]byte{'<'}, uint16(from+i)), "> <"...)
			for _, u := range utf16.Encode([]rune(c.text)) {
				line = appendHex16(line, u)
			}
			b.Write(append(line, ">\n"...))
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return b.Bytes()
}

// subsetTag names a subset by its content.
func subsetTag(file []byte) string {
	sum := sha256.Sum256(file)
	tag := make([]byte, 6)
	for i := range tag {
		tag[i] = 'A' + sum[i]%26
	}
	return string(tag)
}
