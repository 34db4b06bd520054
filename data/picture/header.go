package picture

import (
	"bytes"
	"encoding/binary"
)

const (
	pngSignature = "\x89PNG\r\n\x1a\n"
	maxParts     = 20_000  // segments, chunks or blocks of a file that are walked
	maxSubBlocks = 500_000 // of a GIF, 127 MB
	maxEXIF      = 1 << 20
)

// inspectJPEG walks the segments before the first scan.
func inspectJPEG(s source, info Info) (Info, error) {
	info.Format = FormatJPEG
	off := int64(2)
	for range maxParts {
		marker, start, end, err := jpegSegment(s, off)
		if err != nil {
			return info, err
		}
		switch {
		case marker == 0xDA:
			if info.Width == 0 {
				return info, badHeader("its picture starts before its size is said")
			}
			return info, nil
		case marker == 0xD9:
			return info, badHeader("it ends before its picture")
		case marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC:
			if err := readSOF(s, marker, start, end, &info); err != nil {
				return info, err
			}
		case marker == 0xE1 || marker == 0xEE:
			if err := readAPP(s, marker, start, end, &info); err != nil {
				return info, err
			}
		}
		off = end
	}
	return info, badHeader("it has too many segments")
}

// jpegSegment finds the segment that begins at off: its marker, and where its
// content lies.
func jpegSegment(s source, off int64) (marker byte, start, end int64, err error) {
	p, err := s.full(off, 2)
	if err != nil {
		return 0, 0, 0, err
	}
	// Fill bytes, and junk that decoders step over as well.
	for skipped := 0; p[0] != 0xFF || p[1] == 0xFF || p[1] == 0; skipped++ {
		if skipped > 4096 {
			return 0, 0, 0, badHeader("a segment is not where it should be")
		}
		off++
		if p, err = s.full(off, 2); err != nil {
			return 0, 0, 0, err
		}
	}
	marker = p[1]
	if marker == 0xD9 || marker == 0xD8 || marker == 0x01 || marker >= 0xD0 && marker <= 0xD7 {
		return marker, off + 2, off + 2, nil
	}
	if p, err = s.full(off+2, 2); err != nil {
		return 0, 0, 0, err
	}
	n := int64(be.Uint16(p))
	if n < 2 || off+2+n > s.size {
		return 0, 0, 0, errShort
	}
	return marker, off + 4, off + 2 + n, nil
}

// readSOF reads the segment that gives the size and the kind of coding.
func readSOF(s source, marker byte, start, end int64, info *Info) error {
	if info.Width != 0 {
		return badHeader("it has two sizes")
	}
	p, err := s.full(start, int(end-start))
	if err != nil {
		return err
	}
	if len(p) < 6 || len(p) < 6+3*int(p[5]) {
		return errShort
	}
	info.Bits = int(p[0])
	info.Height, info.Width = int(be.Uint16(p[1:])), int(be.Uint16(p[3:]))
	info.Components = int(p[5])
	info.Progressive = marker == 0xC2
	switch {
	case marker > 0xC2:
		return unsupported("a JPEG with lossless or arithmetic coding")
	case info.Bits != 8:
		return unsupported("a JPEG of more than 8 bits")
	case info.Components != 1 && info.Components != 3 && info.Components != 4:
		return unsupported("a JPEG with this number of colors")
	case info.Height == 0:
		return unsupported("a JPEG that gives its height at its end")
	}
	maxH, maxV := 1, 1
	for i := range info.Components {
		maxH, maxV = max(maxH, int(p[7+3*i]>>4)), max(maxV, int(p[7+3*i]&15))
	}
	tenths := 0
	for i := range info.Components {
		tenths += 10 * max(1, int(p[7+3*i]>>4)) * max(1, int(p[7+3*i]&15)) / (maxH * maxV)
	}
	if info.Components == 1 {
		tenths = 10
	}
	info.perPixel10 = tenths
	if info.Progressive {
		info.perPixel10 += 4 * tenths // a coefficient takes four bytes
	}
	if info.Components == 4 {
		info.perPixel10 += 80 // CMYK, then RGB
	}
	return nil
}

// readAPP reads EXIF's orientation and Adobe's word on the colors.
func readAPP(s source, marker byte, start, end int64, info *Info) error {
	p, err := s.full(start, int(end-start))
	if err != nil {
		return nil //nolint:nilerr // an empty segment
	}
	if marker == 0xEE {
		info.adobe = info.adobe || len(p) >= 12 && string(p[:5]) == "Adobe"
		return nil
	}
	if exif, ok := bytes.CutPrefix(p, []byte("Exif\x00\x00")); ok && info.Orientation == 1 {
		info.Orientation = orientation(exif)
	}
	return nil
}

// orientation reads EXIF's tag 0x0112 of the first directory; 1 where it is not
// there or cannot be read.
func orientation(exif []byte) int {
	exif = bytes.TrimPrefix(exif, []byte("Exif\x00\x00")) // some WebP and PNG writers leave it there
	if len(exif) < 8 {
		return 1
	}
	var order binary.ByteOrder = be
	if exif[0] == 'I' {
		order = le
	}
	if order.Uint16(exif[2:]) != 42 {
		return 1
	}
	at := int64(order.Uint32(exif[4:]))
	if at+2 > int64(len(exif)) {
		return 1
	}
	n := int64(order.Uint16(exif[at:]))
	for i := range n {
		e := at + 2 + 12*i
		if e+12 > int64(len(exif)) {
			break
		}
		if order.Uint16(exif[e:]) == 0x0112 {
			if v := int(order.Uint16(exif[e+8:])); v >= 1 && v <= 8 {
				return v
			}
			break
		}
	}
	return 1
}

// inspectPNG reads IHDR, and the chunks before the pixels for an animation, a
// transparent color and an orientation.
func inspectPNG(s source, info Info) (Info, error) {
	info.Format, info.Lossless = FormatPNG, true
	p, err := s.full(8, 25)
	if err != nil {
		return info, err
	}
	if string(p[4:8]) != "IHDR" || be.Uint32(p) != 13 {
		return info, badHeader("it does not begin with its size")
	}
	w, h := be.Uint32(p[8:]), be.Uint32(p[12:])
	if w > 1<<31-1 || h > 1<<31-1 {
		return info, badHeader("its size makes no sense")
	}
	info.Width, info.Height = int(w), int(h)
	info.Bits = int(p[16])
	kind := p[17]
	info.Progressive = p[20] == 1
	if kind == 0 || kind == 3 || kind == 4 {
		info.Components = 1
	}
	info.Alpha = kind&4 != 0
	if err := pngChunks(s, 33, &info); err != nil {
		return info, err
	}
	info.perPixel10 = pngPerPixel(kind, &info)
	return info, nil
}

// pngPerPixel is what decoding a PNG takes, in tenths of a byte a pixel.
func pngPerPixel(kind byte, info *Info) int {
	tenths := 40
	switch {
	case kind == 3 || kind == 0 && info.Bits <= 8 && info.Alpha:
		tenths = 50
	case kind == 0 && info.Bits <= 8:
		tenths = 10
	case info.Bits == 16:
		tenths = 120
	}
	if info.Progressive {
		tenths += tenths * 3 / 4
	}
	return tenths
}

// pngChunks walks the chunks; EXIF may stand behind the pixels.
func pngChunks(s source, off int64, info *Info) error {
	s.ReaderAt = &window{ReaderAt: s.ReaderAt}
	pixels := false
	for range maxParts {
		p, err := s.at(off, 12)
		if err != nil {
			return err
		}
		if len(p) < 8 {
			return nil // what is missing shows when it is decoded
		}
		n := int64(be.Uint32(p))
		switch string(p[4:8]) {
		case "IEND":
			return nil
		case "IDAT":
			pixels = true
		case "acTL":
			if len(p) == 12 {
				info.Frames = max(1, int(be.Uint32(p[8:])))
			}
		case "tRNS":
			info.Alpha = true
		case "eXIf":
			if n <= maxEXIF {
				exif, err := s.at(off+8, int(n))
				if err != nil {
					return err
				}
				info.Orientation = orientation(exif)
			}
		}
		off += 12 + n
	}
	if pixels {
		return nil // in small pieces: what may stand behind them is not looked for
	}
	return badHeader("it has too many chunks")
}

// inspectGIF reads the size of the screen and counts the frames.
func inspectGIF(s source, info Info) (Info, error) {
	info.Format, info.Lossless, info.Components = FormatGIF, true, 1
	info.perPixel10 = 60
	s.ReaderAt = &window{ReaderAt: s.ReaderAt}
	p, err := s.full(0, 13)
	if err != nil {
		return info, err
	}
	info.Width, info.Height = int(le.Uint16(p[6:])), int(le.Uint16(p[8:]))
	off := int64(13)
	if p[10]&0x80 != 0 {
		off += 3 << (p[10]&7 + 1)
	}
	info.Frames = 0
	walked := 0
	for walked < maxSubBlocks {
		walked++
		block, err := s.at(off, 10)
		if err != nil {
			return info, err
		}
		if len(block) == 0 || block[0] == 0x3B {
			break
		}
		switch block[0] {
		case 0x21:
			info.Alpha = info.Alpha || len(block) > 3 && block[1] == 0xF9 && block[3]&1 != 0
			off, err = gifSubBlocks(s, off+2, &walked)
		case 0x2C:
			if len(block) < 10 {
				return info, errShort
			}
			info.Frames++
			off += 11
			if block[9]&0x80 != 0 {
				off += 3 << (block[9]&7 + 1)
			}
			off, err = gifSubBlocks(s, off, &walked)
		default:
			off = s.size // trailing bytes are of no account to a viewer
		}
		if err != nil {
			return info, err
		}
	}
	if walked >= maxSubBlocks {
		info.Frames = 0
		return info, nil
	}
	info.Frames = max(1, info.Frames)
	return info, nil
}

// gifSubBlocks steps over a chain of sub-blocks.
func gifSubBlocks(s source, off int64, walked *int) (int64, error) {
	for ; *walked < maxSubBlocks; *walked++ {
		p, err := s.at(off, 1)
		if err != nil {
			return 0, err
		}
		if len(p) == 0 || p[0] == 0 {
			return off + 1, nil
		}
		off += 1 + int64(p[0])
	}
	return off, nil
}
