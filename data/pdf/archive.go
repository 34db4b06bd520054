package pdf

import (
	"encoding/binary"
	"fmt"
)

// srgb is an ICC profile (version 4.2) of sRGB, IEC 61966-2-1: the primaries as
// adapted to D50 by Bradford's method, and the curve by its formula. It is made of
// whole numbers, so that it is the same everywhere.
func srgb() []byte {
	curve := append([]byte("para\x00\x00\x00\x00\x00\x03\x00\x00"), // Y = (aX+b)^g from d on, else cX
		fixed16(157286, 62119, 3417, 5072, 2651)...) // g 2.4, a 1/1.055, b 0.055/1.055, c 1/12.92, d 0.04045
	tags := []struct {
		name string
		body []byte
	}{
		{"desc", localized("sRGB")},
		{"cprt", localized("No copyright, use freely")},
		{"wtpt", append([]byte("XYZ \x00\x00\x00\x00"), fixed16(63190, 65536, 54061)...)},
		{"chad", append([]byte("sf32\x00\x00\x00\x00"), fixed16(68669, 1500, -3285, 1936, 64912, -1117, -605, 986, 49292)...)},
		{"rXYZ", append([]byte("XYZ \x00\x00\x00\x00"), fixed16(28579, 14582, 913)...)},
		{"gXYZ", append([]byte("XYZ \x00\x00\x00\x00"), fixed16(25235, 46981, 6364)...)},
		{"bXYZ", append([]byte("XYZ \x00\x00\x00\x00"), fixed16(9376, 3973, 46784)...)},
		{"rTRC", curve},
		{"gTRC", nil}, // as the one before
		{"bTRC", nil},
	}
	const head = 128
	table := binary.BigEndian.AppendUint32(nil, uint32(len(tags)))
	at := head + 4 + 12*len(tags)
	var bodies []byte
	from, size := 0, 0
	for _, t := range tags {
		if t.body != nil {
			from, size = at+len(bodies), len(t.body)
			bodies = append(bodies, t.body...)
			bodies = append(bodies, make([]byte, (4-len(bodies)%4)%4)...)
		}
		table = append(table, t.name...)
		table = binary.BigEndian.AppendUint32(table, uint32(from))
		table = binary.BigEndian.AppendUint32(table, uint32(size))
	}
	out := make([]byte, head, at+len(bodies))
	binary.BigEndian.PutUint32(out, uint32(at+len(bodies)))
	copy(out[8:], "\x04\x20\x00\x00mntrRGB XYZ ")
	copy(out[24:], []byte{0x07, 0xD0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0}) // 2000-01-01
	copy(out[36:], "acsp")
	copy(out[68:], fixed16(63190, 65536, 54061)) // what colors are relative to: D50
	return append(append(out, table...), bodies...)
}

// fixed16 writes numbers of 16 bits before and 16 behind the point.
func fixed16(values ...int32) (b []byte) {
	for _, v := range values {
		b = binary.BigEndian.AppendUint32(b, uint32(v))
	}
	return b
}

// localized is a text in English, as ICC keeps it.
func localized(s string) []byte {
	b := []byte("mluc\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x0CenUS")
	b = binary.BigEndian.AppendUint32(b, uint32(2*len(s)))
	b = binary.BigEndian.AppendUint32(b, 28)
	for _, c := range s {
		b = binary.BigEndian.AppendUint16(b, uint16(c))
	}
	return b
}

// outputIntent is the catalog's entry that says what device colors mean.
func (d *Document) outputIntent() string {
	if !d.opts.PDFA {
		return ""
	}
	return fmt.Sprintf("/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)/DestOutputProfile %d 0 R>>]",
		d.profile(srgb(), 3))
}

// pageLabels is the catalog's entry for numbers that do not begin at 1.
func (d *Document) pageLabels() string {
	if d.firstPage() == 1 {
		return ""
	}
	return fmt.Sprintf("/PageLabels<</Nums[0<</S/D/St %d>>]>>", d.firstPage())
}

func (d *Document) firstPage() int { return max(d.opts.FirstPage, 1) }

// An archiveCheck looks at what of an annex is taken over, for what an archive PDF
// may not hold. It keeps the first thing it finds.
type archiveCheck struct{ found string }

func (c *archiveCheck) find(what string) {
	if c.found == "" {
		c.found = what
	}
}

const (
	archiveFont    = "a font is not part of the file"
	archiveColor   = "it has colors for print (CMYK) or spot colors"
	archiveLayers  = "it has layers"
	archiveContent = "its content cannot be checked"
)

// name looks at a name anywhere in an object.
func (c *archiveCheck) name(n string) {
	switch n {
	case "DeviceCMYK", "Separation", "DeviceN", "CMYK":
		c.find(archiveColor)
	case "LZWDecode", "JPXDecode", "Crypt", "LZW":
		c.find("it is packed in a way that is not allowed")
	case "OCG", "OCMD":
		c.find(archiveLayers)
	case "PS":
		c.find(archiveContent)
	}
}

// dict looks at a dictionary; typ and subtype are its Type and Subtype, has tells
// of its entries.
func (c *archiveCheck) dict(typ, subtype string, has func(key string) bool) {
	switch typ {
	case "Font":
		switch {
		case subtype == "Type3": // its letters are drawn by content
			c.find(archiveContent)
		case subtype != "Type0" && !has("FontDescriptor"):
			c.find(archiveFont)
		}
	case "FontDescriptor":
		if !has("FontFile") && !has("FontFile2") && !has("FontFile3") {
			c.find(archiveFont)
		}
	}
	if has("TR") || has("TR2") || has("HTP") || has("HTO") {
		c.find("it changes how printers mix colors")
	}
}

// content looks at what a page or form draws: operators that set colors for print,
// and pictures inside of the content, which are not looked into.
func (c *archiveCheck) content(b []byte) {
	eachToken(b, func(token []byte) bool {
		if token[0] == '/' {
			c.name(string(token[1:]))
			return c.found == ""
		}
		switch string(token) {
		case "k", "K":
			c.find(archiveColor)
		case "BI", "BX":
			c.find(archiveContent)
		}
		return c.found == ""
	})
}

// lengthOf counts the bytes at the beginning of which something is so.
func lengthOf(b []byte, so func(byte) bool) int {
	for i, ch := range b {
		if !so(ch) {
			return i
		}
	}
	return len(b)
}

// regular tells of bytes that a name, number or operator is made of.
func regular(ch byte) bool {
	switch ch {
	case ' ', '\t', '\r', '\n', '\f', 0, '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return false
	}
	return true
}

// stringLength gives the length of a string in parentheses, which may nest.
func stringLength(b []byte) int {
	open := 0
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '(':
			open++
		case ')':
			if open--; open == 0 {
				return i + 1
			}
		}
	}
	return len(b)
}
