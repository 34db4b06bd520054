package picture

import (
	"bytes"
	"context"
	"image"
	"image/draw"
)

// DecodeDIB decodes a picture as Windows keeps it on its clipboard (CF_DIB and
// CF_DIBV5): a BMP without the file's own header. Where no pixel is opaque at all the
// picture is taken as opaque: most programs leave the byte for it empty.
func DecodeDIB(ctx context.Context, dib []byte) (image.Image, error) {
	file, err := bmpOf(dib)
	if err != nil {
		return nil, err
	}
	img, _, err := Decode(ctx, bytes.NewReader(file))
	if err != nil {
		return nil, err
	}
	if seen, ok := img.(*image.NRGBA); ok && Invisible(seen) {
		for i := 3; i < len(seen.Pix); i += 4 {
			seen.Pix[i] = 255
		}
	}
	return img, nil
}

// Invisible reports whether a picture has pixels and shows none of them.
func Invisible(img image.Image) bool {
	if o, ok := img.(interface{ Opaque() bool }); ok && o.Opaque() || img.Bounds().Empty() {
		return false
	}
	seen, ok := img.(*image.NRGBA)
	if !ok {
		seen = image.NewNRGBA(img.Bounds())
		draw.Draw(seen, seen.Rect, img, img.Bounds().Min, draw.Src)
	}
	for y := range seen.Rect.Dy() {
		row := seen.Pix[y*seen.Stride:][:4*seen.Rect.Dx()]
		for i := 3; i < len(row); i += 4 {
			if row[i] != 0 {
				return false
			}
		}
	}
	return true
}

// bmpOf puts the header of a file before a picture of the clipboard.
func bmpOf(dib []byte) ([]byte, error) {
	file := make([]byte, 14, 14+len(dib))
	file = append(file, dib...)
	file[0], file[1] = 'B', 'M'
	h, err := readBMP(file)
	if err != nil {
		return nil, err
	}
	row := (int64(h.width)*int64(h.bits) + 31) / 32 * 4
	at := int64(14+h.size) + h.paletteSize()
	// The masks stand behind the short header. Behind the long one, which holds them
	// itself, some programs repeat them: then the pixels begin later, and that much more
	// is there.
	if masks := int64(12); h.packing == bmpMasks && (h.size == 40 || h.size > 40 && at+masks+row*int64(h.height) <= int64(len(file))) {
		at += masks
	}
	le.PutUint32(file[10:], uint32(min(at, int64(len(file)))))
	return file, nil
}

// paletteSize is how many bytes the colors take.
func (h *bmpHeader) paletteSize() int64 {
	n, each := int64(h.colors), int64(4)
	if h.size == 12 {
		each = 3
	}
	if n == 0 && h.bits <= 8 {
		n = 1 << h.bits
	}
	return n * each
}
