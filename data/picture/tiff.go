package picture

import (
	"encoding/binary"
	"io"
	"slices"
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

	tagFillOrder    = 266
	tagStrips       = 273
	tagRowsPerStrip = 278
	tagStripSizes   = 279
	tagPlanar       = 284
	tagFax3         = 292
	tagPredictor    = 317
	tagColorMap     = 320
	tagTileWidth    = 322
	tagTileHeight   = 323
	tagTiles        = 324
	tagTileSizes    = 325
	tagSampleFormat = 339
	tagJPEGTables   = 347
	tagOldJPEG      = 513
	tagOldJPEGSize  = 514
	tagSubsampling  = 530
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
	case meansInks:
		info.Components = 4
	}
	info.Alpha = info.Components != 4 && d.value(s, tagSamples, 1) > info.Components
	if c := d.value(s, tagCompression, 1); c == 6 || c == 7 {
		info.Lossless = false
	}
	info.perPixel10 = 80 // the strips and the picture
	if info.Bits >= 16 {
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
