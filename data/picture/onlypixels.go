package picture

import (
	"bufio"
	"compress/zlib"
	"fmt"
	"io"
	"slices"
)

// onlyPixels walks a file and names the first thing in it that is not needed to
// show its pixels.
func onlyPixels(s source) error {
	head, err := s.at(0, 12)
	if err != nil {
		return err
	}
	switch sniff(head) {
	case FormatJPEG:
		return onlyPixelsJPEG(s)
	case FormatPNG:
		return onlyPixelsPNG(s)
	}
	return badHeader("it is neither a JPEG nor a PNG")
}

func onlyPixelsPNG(s source) error {
	var pixels chain
	expanded := int64(-1)
	off := int64(len(pngSignature))
	for range 1 << 24 {
		p, err := s.full(off, 8)
		if err != nil {
			return err
		}
		kind, n := string(p[4:]), int64(be.Uint32(p))
		switch kind {
		case "IHDR":
			if expanded, err = expandedPNG(s, off+8); err != nil {
				return err
			}
		case "PLTE", "tRNS":
		case "IDAT":
			pixels = append(pixels, io.NewSectionReader(s, off+8, n))
		case "IEND":
			if n != 0 || off+12 != s.size {
				return badHeader("bytes behind its end")
			}
			return exactly(pixels, expanded)
		default:
			return badHeader(fmt.Sprintf("a chunk %q", kind))
		}
		off += 12 + n
	}
	return badHeader("more chunks than pixels need")
}

// expandedPNG is how many bytes the pixels take before they are packed.
func expandedPNG(s source, off int64) (int64, error) {
	p, err := s.full(off, 13)
	if err != nil {
		return 0, err
	}
	samples := map[byte]int64{0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[p[9]]
	if samples == 0 || p[12] != 0 {
		return 0, badHeader("pixels stored in another way than copies are")
	}
	row := (int64(be.Uint32(p))*samples*int64(p[8]) + 7) / 8
	return int64(be.Uint32(p[4:])) * (1 + row), nil
}

// exactly checks that packed pixels are as many as they should be, and that
// nothing is stored behind them.
func exactly(packed chain, expanded int64) error {
	parts := make([]io.Reader, len(packed))
	for i, p := range packed {
		parts[i] = p
	}
	in := bufio.NewReaderSize(io.MultiReader(parts...), 64<<10)
	out, err := zlib.NewReader(in)
	if err != nil {
		return badHeader("pixels that cannot be unpacked")
	}
	n, err := io.Copy(io.Discard, io.LimitReader(out, expanded+1))
	if err != nil || n != expanded {
		return badHeader("more or fewer pixels than its size says")
	}
	if rest, _ := io.CopyN(io.Discard, in, 1); rest > 0 {
		return badHeader("bytes behind its pixels")
	}
	return nil
}

func onlyPixelsJPEG(s source) error {
	off := int64(2)
	for range maxParts {
		p, err := s.full(off, 2)
		if err != nil {
			return err
		}
		if p[0] != 0xFF {
			return badHeader("bytes between its segments")
		}
		marker := p[1]
		if marker == 0xD9 {
			if off+2 != s.size {
				return badHeader("bytes behind its end")
			}
			return nil
		}
		if !slices.Contains(pixelMarkers, marker) {
			return needless(marker)
		}
		if _, _, off, err = jpegSegment(s, off); err != nil {
			return err
		}
		if marker == 0xDA {
			if off, err = scanEnd(s, off); err != nil {
				return err
			}
		}
	}
	return badHeader("more segments than pixels need")
}

// pixelMarkers begin the segments without which there are no pixels: tables, the
// two kinds of frame that are written, and scans.
var pixelMarkers = []byte{0xC0, 0xC2, 0xC4, 0xDA, 0xDB, 0xDD}

// needless names a segment that pixels do not need.
func needless(marker byte) error {
	switch {
	case marker == 0xFE:
		return badHeader("a comment")
	case marker >= 0xE0 && marker <= 0xEF:
		return badHeader(fmt.Sprintf("a segment APP%d", marker-0xE0))
	}
	return badHeader(fmt.Sprintf("a segment %#x", marker))
}

// scanEnd finds the marker behind a scan's data.
func scanEnd(s source, off int64) (int64, error) {
	const chunk = 1 << 16
	for {
		p, err := s.at(off, chunk)
		if err != nil {
			return 0, err
		}
		if len(p) < 2 {
			return 0, errShort
		}
		for i := range len(p) - 1 {
			if next := p[i+1]; p[i] == 0xFF && next != 0 && (next < 0xD0 || next > 0xD7) {
				return off + int64(i), nil
			}
		}
		off += int64(len(p) - 1)
	}
}
