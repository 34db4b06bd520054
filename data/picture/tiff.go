package picture

import (
	"context"
	"encoding/binary"
	"image"
	"io"
	"slices"

	"golang.org/x/image/tiff"
)

// Tags of TIFF 6.0 that matter here.
const (
	tagSubfile     = 254 // NewSubfileType: 1 is a reduced copy of another page
	tagWidth       = 256
	tagHeight      = 257
	tagBits        = 258
	tagCompression = 259
	tagPhotometric = 262
	tagOrientation = 274
	tagSamples     = 277
	tagExtra       = 338
	photometricCMY = 5 // "Separated": CMYK
)

const maxPages = 10_000

// directory is one directory of a TIFF: its entries of 12 bytes as they are.
type directory struct {
	order   binary.ByteOrder
	entries [][]byte
	next    int64
}

// readDirectory reads the directory at off.
func readDirectory(s source, order binary.ByteOrder, off int64) (directory, error) {
	p, err := s.full(off, 2)
	if err != nil {
		return directory{}, err
	}
	n := int(order.Uint16(p))
	if p, err = s.full(off+2, 12*n); err != nil {
		return directory{}, err
	}
	d := directory{order: order}
	for i := range n {
		d.entries = append(d.entries, p[12*i:12*i+12])
	}
	if p, err = s.at(off+2+12*int64(n), 4); err != nil {
		return d, err
	}
	if len(p) == 4 {
		d.next = int64(order.Uint32(p))
	}
	return d, nil
}

// value is the first number of a tag, or what stands for it when it is absent.
// Lists that do not fit into an entry are read at their place.
func (d directory) value(s source, tag uint16, absent int) int {
	for _, e := range d.entries {
		if d.order.Uint16(e) != tag {
			continue
		}
		v, count := e[8:], d.order.Uint32(e[4:])
		switch typ := d.order.Uint16(e[2:]); {
		case typ == 1 && count > 0:
			return int(v[0])
		case typ == 3 && count > 2:
			if p, err := s.full(int64(d.order.Uint32(v)), 2); err == nil {
				return int(d.order.Uint16(p))
			}
		case typ == 3 && count > 0:
			return int(d.order.Uint16(v))
		case typ == 4 && count == 1:
			return int(d.order.Uint32(v))
		}
		break
	}
	return absent
}

func tiffStart(s source) (order binary.ByteOrder, first int64, err error) {
	p, err := s.full(0, 8)
	if err != nil {
		return nil, 0, err
	}
	order = be
	if p[0] == 'I' {
		order = le
	}
	return order, int64(order.Uint32(p[4:])), nil
}

// inspectTIFF reads the first directory and counts the others.
func inspectTIFF(s source, info Info) (Info, error) {
	info.Format, info.Lossless = FormatTIFF, true
	order, off, err := tiffStart(s)
	if err != nil {
		return info, err
	}
	d, err := readDirectory(s, order, off)
	if err != nil {
		return info, err
	}
	info.Width, info.Height = d.value(s, tagWidth, 0), d.value(s, tagHeight, 0)
	if info.Width > 1<<31-1 || info.Height > 1<<31-1 {
		return info, badHeader("its size makes no sense")
	}
	info.Bits = d.value(s, tagBits, 1)
	info.Orientation = d.value(s, tagOrientation, 1)
	switch d.value(s, tagPhotometric, 0) {
	case 0, 1, 3:
		info.Components = 1
	case photometricCMY:
		info.Components = 4
	}
	info.Alpha = info.Components != 4 && d.value(s, tagSamples, 1) > info.Components
	if c := d.value(s, tagCompression, 1); c == 6 || c == 7 {
		info.Lossless = false
	}
	info.perPixel10 = 80 // the strips and the picture
	if info.Bits == 16 {
		info.perPixel10 = 200
	}
	info.Frames = max(1, len(directories(s, order, off)))
	return info, nil
}

// Pages gives each page of a picture that has several, which only a TIFF has, as a
// file of its own; nil for every other file. Reduced copies of pages are left out.
// What is no picture is no error here.
func Pages(r io.ReadSeeker) ([]*io.SectionReader, error) {
	s, err := open(r)
	if err != nil {
		return nil, err
	}
	head, err := s.at(0, 8)
	if err != nil || sniff(head) != FormatTIFF {
		return nil, err
	}
	order, off, err := tiffStart(s)
	if err != nil {
		return nil, nil //nolint:nilerr // it is told when it is shown
	}
	var pages []*io.SectionReader
	for _, at := range directories(s, order, off) {
		d, err := readDirectory(s, order, at)
		if err != nil {
			break // as well
		}
		if len(pages) > 0 && d.value(s, tagSubfile, 0)&1 != 0 {
			continue
		}
		start := slices.Clone(head)
		order.PutUint32(start[4:], uint32(at))
		pages = append(pages, chain{section(start), io.NewSectionReader(s, 8, s.size-8)}.whole())
	}
	return pages, nil
}

// directories lists where the pages are; a chain that loops ends where it meets
// itself.
func directories(s source, order binary.ByteOrder, off int64) (list []int64) {
	seen := map[int64]bool{}
	for off != 0 && !seen[off] && len(seen) < maxPages {
		p, err := s.full(off, 2)
		if err != nil {
			break
		}
		seen[off] = true
		list = append(list, off)
		next, err := s.full(off+2+12*int64(order.Uint16(p)), 4)
		if err != nil {
			break
		}
		off = int64(order.Uint32(next))
	}
	return list
}

// decodeTIFF decodes the first page.
func decodeTIFF(ctx context.Context, s source, info Info) (image.Image, error) {
	if info.Components != 4 {
		return tiff.Decode(s.stream(ctx))
	}
	asRGBA, err := separatedAsRGBA(s)
	if err != nil {
		return nil, err
	}
	img, err := tiff.Decode(asRGBA.stream(ctx))
	if err != nil {
		return nil, err
	}
	return inksToRGB(img)
}

// separatedAsRGBA gives a TIFF with four inks as one of RGB with plain alpha, which
// the decoder reads: the same four samples under other names. A directory with
// the other names stands behind the file's end.
func separatedAsRGBA(s source) (source, error) {
	order, off, err := tiffStart(s)
	if err != nil {
		return s, err
	}
	if s.size > 1<<32-1<<20 {
		return s, unsupported("a TIFF of 4 GB")
	}
	d, err := readDirectory(s, order, off)
	if err != nil {
		return s, err
	}
	if d.value(s, tagSamples, 1) != 4 {
		return s, unsupported("a TIFF with more or fewer inks than four")
	}
	entry := func(tag, value uint16) []byte {
		e := make([]byte, 12)
		order.PutUint16(e, tag)
		order.PutUint16(e[2:], 3)
		order.PutUint32(e[4:], 1)
		order.PutUint16(e[8:], value)
		return e
	}
	kept := slices.DeleteFunc(slices.Clone(d.entries), func(e []byte) bool {
		tag := order.Uint16(e)
		return tag == tagPhotometric || tag == tagExtra
	})
	kept = append(kept, entry(tagPhotometric, 2), entry(tagExtra, 2))
	slices.SortStableFunc(kept, func(a, b []byte) int { return int(order.Uint16(a)) - int(order.Uint16(b)) })
	tail := make([]byte, 2)
	order.PutUint16(tail, uint16(len(kept)))
	tail = append(append(tail, slices.Concat(kept...)...), 0, 0, 0, 0)
	head, err := s.full(0, 8)
	if err != nil {
		return s, err
	}
	order.PutUint32(head[4:], uint32(s.size))
	all := chain{section(head), io.NewSectionReader(s, 8, s.size-8), section(tail)}.whole()
	return source{all, all.Size()}, nil
}

// inksToRGB turns the four samples of a pixel from inks to light.
func inksToRGB(img image.Image) (image.Image, error) {
	switch img := img.(type) {
	case *image.NRGBA:
		cmykPixels(img.Pix)
		return img, nil
	case *image.NRGBA64:
		w, h := img.Rect.Dx(), img.Rect.Dy()
		out := image.NewNRGBA(image.Rect(0, 0, w, h))
		for y := range h {
			for i := range 4 * w {
				out.Pix[y*out.Stride+i] = narrow(img.Pix[y*img.Stride+2*i:])
			}
		}
		cmykPixels(out.Pix)
		return out, nil
	}
	return nil, unsupported("a TIFF with inks stored in this way")
}

// cmykPixels turns pixels of cyan, magenta, yellow and black into RGB, opaque.
func cmykPixels(pix []byte) {
	for i := 0; i+3 < len(pix); i += 4 {
		k := 255 - uint32(pix[i+3])
		for j := range 3 {
			pix[i+j] = byte(((255-uint32(pix[i+j]))*k + 127) / 255)
		}
		pix[i+3] = 255
	}
}

// narrow rounds a big-endian sample of 16 bits to 8.
func narrow(p []byte) byte { return byte((uint32(p[0])<<8 + uint32(p[1]) + 128) / 257) }
