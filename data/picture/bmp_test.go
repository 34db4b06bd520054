package picture

import (
	"bytes"
	"encoding/binary"
	"image/color"
	"testing"
)

// bmpFile puts a BMP together: a header of some bytes after the width and height,
// a palette, the pixels.
func bmpFile(header []byte, palette, pixels []byte) []byte {
	out := append([]byte("BM"), make([]byte, 12)...)
	binary.LittleEndian.PutUint32(out[10:], uint32(14+len(header)+len(palette)))
	return append(append(append(out, header...), palette...), pixels...)
}

// words are numbers of 16 bits, low byte first.
func words(v ...uint16) (b []byte) {
	for _, w := range v {
		b = binary.LittleEndian.AppendUint16(b, w)
	}
	return b
}

// TestBMPsOfAllAges reads three by two pixels, red, green, blue above black, white,
// red, from each way in which Windows and OS/2 stored them.
func TestBMPsOfAllAges(t *testing.T) {
	const r, g, b, k, w = 0, 1, 2, 3, 4
	colors := []color.NRGBA{{255, 0, 0, 255}, {0, 255, 0, 255}, {0, 0, 255, 255}, {0, 0, 0, 255}, {255, 255, 255, 255}}
	var four, three []byte
	for _, c := range colors {
		four, three = append(four, c.B, c.G, c.R, 0), append(three, c.B, c.G, c.R)
	}
	windows := func(bits, packing, colors uint16) []byte {
		return words(40, 0, 3, 0, 2, 0, 1, bits, packing, 0, 0, 0, 0, 0, 0, 0, colors, 0, 0, 0)
	}
	for name, file := range map[string][]byte{
		"8 bits":      bmpFile(windows(8, 0, 5), four, []byte{k, w, r, 0, r, g, b, 0}),
		"4 bits":      bmpFile(windows(4, 0, 5), four, []byte{k<<4 | w, r << 4, 0, 0, r<<4 | g, b << 4, 0, 0}),
		"OS/2":        bmpFile(words(12, 0, 3, 2, 1, 4), three, []byte{k<<4 | w, r << 4, 0, 0, r<<4 | g, b << 4, 0, 0}),
		"runs":        bmpFile(windows(8, 1, 5), four, []byte{1, k, 1, w, 1, r, 0, 0, 0, 3, r, g, b, 0, 0, 1}),
		"runs of 4":   bmpFile(windows(4, 2, 5), four, []byte{2, k<<4 | w, 1, r << 4, 0, 0, 0, 3, r<<4 | g, b << 4, 0, 1}),
		"5 5 5":       bmpFile(windows(16, 0, 0), nil, words(0, 0x7FFF, 0x7C00, 0, 0x7C00, 0x3E0, 0x1F, 0)),
		"5 6 5":       bmpFile(windows(16, 3, 0), words(0xF800, 0, 0x7E0, 0, 0x1F, 0), words(0, 0xFFFF, 0xF800, 0, 0xF800, 0x7E0, 0x1F, 0)),
		"no mark":     bmpFile(windows(8, 1, 5), four, []byte{1, k, 1, w, 1, r, 0, 0, 1, r, 1, g, 1, b}),
		"from above":  bmpFile(words(40, 0, 3, 0, 0xFFFE, 0xFFFF, 1, 8, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0), four, []byte{r, g, b, 0, k, w, r, 0}),
		"masks of 32": bmpFile(windows(32, 3, 0), words(0xFF, 0, 0xFF00, 0, 0, 0xFF), words(0, 0, 0xFFFF, 0xFF, 0xFF, 0, 0xFF, 0, 0xFF00, 0, 0, 0xFF)),
	} {
		img, info, err := Decode(t.Context(), bytes.NewReader(file))
		if err != nil || info.Width != 3 || info.Height != 2 {
			t.Errorf("%s: %d by %d, %v", name, info.Width, info.Height, err)
			continue
		}
		for i, want := range []int{r, g, b, k, w, r} {
			if got := color.NRGBAModel.Convert(img.At(i%3, i/3)); got != colors[want] {
				t.Errorf("%s: pixel %d is %v, not %v", name, i, got, colors[want])
			}
		}
	}
}
