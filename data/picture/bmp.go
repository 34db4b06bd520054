package picture

import (
	"context"
	"image"
	"image/color"
	"io"
	"math/bits"
)

// How the pixels of a BMP are stored.
const (
	bmpPlain = iota
	bmpRLE8
	bmpRLE4
	bmpMasks
	bmpAlphaMasks = 6 // 4 and 5 are a JPEG and a PNG, for printers
)

// bmpHeader is what the header of a BMP says, of whatever version: that of OS/2
// (12 bytes, or 16 to 64), that of Windows (40), or a later one.
type bmpHeader struct {
	size          int // of the header, which begins at byte 14
	width, height int
	topDown       bool
	bits          int
	packing       int
	colors        int   // of the palette, as told; 0 for as many as there can be
	pixels        int64 // where they begin
	masks         [4]uint32
}

// readBMP reads the header.
func readBMP(head []byte) (h bmpHeader, err error) {
	if len(head) < 26 {
		return h, errShort
	}
	h.size, h.pixels = int(le.Uint32(head[14:])), int64(le.Uint32(head[10:]))
	if h.size == 12 {
		h.width, h.height, h.bits = int(le.Uint16(head[18:])), int(le.Uint16(head[20:])), int(le.Uint16(head[24:]))
		return h, nil
	}
	if h.size < 16 || h.size > 1024 {
		return h, badHeader("its header has no size that is known")
	}
	if len(head) < 30 {
		return h, errShort
	}
	h.width, h.height = int(int32(le.Uint32(head[18:]))), int(int32(le.Uint32(head[22:])))
	if h.topDown = h.height < 0; h.topDown {
		h.height = -h.height
	}
	h.bits = int(le.Uint16(head[28:]))
	if h.size < 40 || len(head) < 54 {
		return h, nil
	}
	h.packing, h.colors = int(le.Uint32(head[30:])), int(min(le.Uint32(head[46:]), 1<<16))
	if h.size == 64 && h.packing > bmpRLE4 {
		return h, unsupported("a BMP of OS/2 that is packed")
	}
	if h.packing == bmpMasks || h.packing == bmpAlphaMasks {
		h.readMasks(head)
	}
	return h, nil
}

// readMasks reads which bits are red, green and blue, and where told which are
// opaque.
func (h *bmpHeader) readMasks(head []byte) {
	n := 3
	if h.size >= 56 || h.packing == bmpAlphaMasks {
		n = 4
	}
	for i := range n {
		if at := 54 + 4*i; at+4 <= len(head) {
			h.masks[i] = le.Uint32(head[at:])
		}
	}
}

// inspectBMP reads the size; the rest is for the decoder.
func inspectBMP(s source, info Info) (Info, error) {
	info.Format, info.Lossless, info.perPixel10 = FormatBMP, true, 50
	head, err := s.at(0, 128)
	if err != nil {
		return info, err
	}
	h, err := readBMP(head)
	if err != nil {
		return info, err
	}
	info.Width, info.Height = h.width, h.height
	if h.bits > 0 && h.bits <= 8 {
		info.Bits, info.Components = h.bits, 1
	}
	info.Alpha = h.masks[3] != 0
	return info, nil
}

// decodeBMP decodes a BMP.
func decodeBMP(ctx context.Context, s source) (image.Image, error) {
	head, err := s.at(0, 128)
	if err != nil {
		return nil, err
	}
	h, err := readBMP(head)
	if err != nil {
		return nil, err
	}
	in := buffered(&ctxReader{ctx, io.NewSectionReader(s, h.pixels, max(s.size-h.pixels, 0))})
	switch {
	case h.packing == bmpRLE8 && h.bits == 8, h.packing == bmpRLE4 && h.bits == 4, h.packing == bmpPlain && h.bits <= 8:
		palette, err := h.palette(s)
		if err != nil {
			return nil, err
		}
		img := image.NewPaletted(image.Rect(0, 0, h.width, h.height), palette)
		if h.packing == bmpPlain {
			return img, h.indexes(in, img)
		}
		return img, h.runs(in, img)
	case h.packing == bmpPlain, h.packing == bmpMasks, h.packing == bmpAlphaMasks:
		return h.trueColor(in)
	}
	return nil, unsupported("a BMP of this variant")
}

// palette reads the colors; what a pixel may name beyond them is black.
func (h *bmpHeader) palette(s source) (color.Palette, error) {
	if h.bits != 1 && h.bits != 2 && h.bits != 4 && h.bits != 8 {
		return nil, unsupported("a BMP with this number of bits")
	}
	each := 4
	if h.size == 12 {
		each = 3
	}
	n := 1 << h.bits
	if h.colors > 0 {
		n = min(n, h.colors)
	}
	at := int64(14 + h.size)
	n = min(n, int(max(h.pixels-at, 0))/each)
	p, err := s.at(at, n*each)
	if err != nil {
		return nil, err
	}
	colors := make(color.Palette, 1<<h.bits)
	for i := range colors {
		c := color.NRGBA{A: 255}
		if j := i * each; i < n && j+3 <= len(p) {
			c = color.NRGBA{p[j+2], p[j+1], p[j], 255}
		}
		colors[i] = c
	}
	return colors, nil
}

// row gives where the y-th stored row belongs.
func (h *bmpHeader) row(y int) int {
	if h.topDown {
		return y
	}
	return h.height - 1 - y
}

// indexes reads rows of indexes into the palette.
func (h *bmpHeader) indexes(in io.Reader, img *image.Paletted) error {
	row := make([]byte, (h.width*h.bits+31)/32*4)
	for y := range h.height {
		if _, err := io.ReadFull(in, row); err != nil {
			return err
		}
		out := img.Pix[h.row(y)*img.Stride:]
		for x := range h.width {
			bit := x * h.bits
			out[x] = row[bit/8] >> (8 - h.bits - bit%8) & (1<<h.bits - 1)
		}
	}
	return nil
}

// runs reads rows that are packed by run lengths. A file that ends without saying
// so is taken as it is; pixels that are stepped over keep the first color.
func (h *bmpHeader) runs(in io.ByteReader, img *image.Paletted) error {
	x, y := 0, 0
	put := func(v byte) {
		if x < h.width && y < h.height {
			img.Pix[h.row(y)*img.Stride+x] = v
		}
		x++
	}
	for y < h.height {
		count, err1 := in.ReadByte()
		value, err2 := in.ReadByte()
		if err1 != nil || err2 != nil {
			return nil //nolint:nilerr // it is shown as far as it goes
		}
		switch {
		case count > 0:
			for i := range int(count) {
				put(h.nibble(value, i))
			}
		case value == 0:
			x, y = 0, y+1
		case value == 1:
			return nil
		case value == 2:
			dx, err1 := in.ReadByte()
			dy, err2 := in.ReadByte()
			if err1 != nil || err2 != nil {
				return nil //nolint:nilerr // as well
			}
			x, y = x+int(dx), y+int(dy)
		default:
			if !h.literal(in, int(value), put) {
				return nil
			}
		}
	}
	return nil
}

// nibble is the i-th pixel of a byte that is repeated.
func (h *bmpHeader) nibble(v byte, i int) byte {
	switch {
	case h.bits == 8:
		return v
	case i%2 == 0:
		return v >> 4
	}
	return v & 15
}

// literal reads n pixels as they are, up to an even number of bytes; false where
// the file ends.
func (h *bmpHeader) literal(in io.ByteReader, n int, put func(byte)) bool {
	size := (n*h.bits + 7) / 8
	var v byte
	for i := range size + size%2 {
		var err error
		if v, err = in.ReadByte(); err != nil {
			return false
		}
		if h.bits == 8 && i < n {
			put(v)
		}
		if h.bits == 4 && 2*i < n {
			put(v >> 4)
		}
		if h.bits == 4 && 2*i+1 < n {
			put(v & 15)
		}
	}
	return true
}

// trueColor reads rows of 16, 24 or 32 bits a pixel.
func (h *bmpHeader) trueColor(in io.Reader) (image.Image, error) {
	masks := h.masks
	switch {
	case h.bits != 16 && h.bits != 24 && h.bits != 32:
		return nil, unsupported("a BMP with this number of bits")
	case h.bits == 16 && h.packing == bmpPlain:
		masks = [4]uint32{0x7C00, 0x3E0, 0x1F}
	case h.bits == 24 || h.packing == bmpPlain:
		masks = [4]uint32{0xFF0000, 0xFF00, 0xFF}
	}
	img := image.NewNRGBA(image.Rect(0, 0, h.width, h.height))
	row := make([]byte, (h.width*h.bits+31)/32*4)
	each := h.bits / 8
	var pixel [4]byte
	for y := range h.height {
		if _, err := io.ReadFull(in, row); err != nil {
			return nil, err
		}
		out := img.Pix[h.row(y)*img.Stride:]
		for x := range h.width {
			copy(pixel[:], row[x*each:x*each+each])
			v := le.Uint32(pixel[:])
			for i := range 3 {
				out[4*x+i] = masked(v, masks[i])
			}
			out[4*x+3] = 255
			if masks[3] != 0 {
				out[4*x+3] = masked(v, masks[3])
			}
		}
	}
	return img, nil
}

// masked gives the bits of a value below a mask, stretched to 8.
func masked(v, mask uint32) byte {
	if mask == 0 {
		return 0
	}
	low := bits.TrailingZeros32(mask)
	most := uint64(mask >> low)
	return byte((uint64(v&mask>>low)*255 + most/2) / most)
}
