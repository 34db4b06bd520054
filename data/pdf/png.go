package pdf

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
)

const pngSignature = "\x89PNG\r\n\x1a\n"

// Color types of a PNG.
const (
	pngGray      = 0
	pngRGB       = 2
	pngPalette   = 3
	pngGrayAlpha = 4
	pngRGBA      = 6
)

// A pngFile is what a PNG's chunks say.
type pngFile struct {
	width, height int
	bits, kind    int
	interlaced    bool
	palette       []byte
	trans         []byte // the tRNS chunk
	transparent   bool   // a pixel is not opaque; known after the check
	orientation   Orientation
}

func (p *pngFile) info() ImageInfo {
	components := 3
	if p.kind == pngGray || p.kind == pngGrayAlpha {
		components = 1
	}
	w, h := p.width, p.height
	if p.orientation >= 5 {
		w, h = h, w
	}
	return ImageInfo{"png", w, h, components, max(p.orientation, 1)}
}

// channels is the number of samples of a pixel as stored.
func (p *pngFile) channels() int {
	return [7]int{pngGray: 1, pngRGB: 3, pngPalette: 1, pngGrayAlpha: 2, pngRGBA: 4}[p.kind]
}

// held tells of the rare kinds that are decoded as a whole.
func (p *pngFile) held() bool { return p.interlaced || len(p.trans) > 0 && p.kind != pngPalette }

// rowBytes is the length of a row without its filter byte.
func (p *pngFile) rowBytes() int { return (p.width*p.channels()*p.bits + 7) / 8 }

// A pngChunks reads chunk after chunk and checks their sums. While it is in IDAT
// it is the reader of their joined data.
type pngChunks struct {
	r    *bufio.Reader
	name string
	left uint32 // of the chunk that is being read
	crc  uint32
}

// next goes to the next chunk. What was left of the one before is skipped.
func (c *pngChunks) next() error {
	if err := c.finish(); err != nil {
		return err
	}
	var head [8]byte
	if _, err := io.ReadFull(c.r, head[:]); err != nil {
		return truncated(err)
	}
	c.left, c.name = binary.BigEndian.Uint32(head[:]), string(head[4:])
	if c.left > 1<<31-1 {
		return damaged("a chunk has an impossible length")
	}
	c.crc = crc32.ChecksumIEEE(head[4:])
	return nil
}

// finish reads the rest of a chunk and compares its sum.
func (c *pngChunks) finish() error {
	if c.name == "" {
		return nil
	}
	var buf [4096]byte
	for c.left > 0 {
		n, err := c.r.Read(buf[:min(len(buf), int(c.left))])
		if n == 0 && err != nil {
			return truncated(err)
		}
		c.take(buf[:n])
	}
	var sum [4]byte
	if _, err := io.ReadFull(c.r, sum[:]); err != nil {
		return truncated(err)
	}
	if binary.BigEndian.Uint32(sum[:]) != c.crc {
		return damaged("the checksum of a chunk does not agree")
	}
	c.name = ""
	return nil
}

func (c *pngChunks) take(b []byte) {
	c.left -= uint32(len(b))
	c.crc = crc32.Update(c.crc, crc32.IEEETable, b)
}

// body reads a whole chunk that is at most limit bytes long.
func (c *pngChunks) body(limit uint32) ([]byte, error) {
	if c.left > limit {
		return nil, damaged("a chunk is too long")
	}
	b := make([]byte, c.left)
	if _, err := io.ReadFull(c.r, b); err != nil {
		return nil, truncated(err)
	}
	c.take(b)
	return b, nil
}

// Read gives the data of the IDAT chunks as if they were one.
func (c *pngChunks) Read(b []byte) (int, error) {
	for c.name == "IDAT" && c.left == 0 {
		if err := c.next(); err != nil {
			return 0, err
		}
	}
	if c.name != "IDAT" {
		return 0, io.EOF
	}
	n, err := c.r.Read(b[:min(len(b), int(c.left))])
	c.take(b[:n])
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// openPNG reads up to the first IDAT chunk.
func openPNG(r io.ReadSeeker) (*pngFile, *pngChunks, error) {
	if _, err := r.Seek(int64(len(pngSignature)), io.SeekStart); err != nil {
		return nil, nil, fmt.Errorf("reading a picture: %w", err)
	}
	c := &pngChunks{r: bufio.NewReaderSize(r, 64<<10)}
	p := &pngFile{}
	for {
		if err := c.next(); err != nil {
			return nil, nil, err
		}
		if (p.width == 0) != (c.name == "IHDR") {
			return nil, nil, damaged("its header is not where it must be")
		}
		if err := p.chunk(c); err != nil {
			return nil, nil, err
		}
		if c.name == "IDAT" {
			return p, c, nil
		}
	}
}

// chunk takes what a chunk says of the picture; of an IDAT chunk it reads nothing.
func (p *pngFile) chunk(c *pngChunks) (err error) {
	switch c.name {
	case "IHDR":
		return p.header(c)
	case "PLTE":
		if p.palette, err = c.body(768); err == nil && (len(p.palette) == 0 || len(p.palette)%3 != 0) {
			err = damaged("its palette is cut")
		}
	case "tRNS":
		p.trans, err = c.body(256)
	case "eXIf":
		return p.exif(c)
	case "IDAT":
		if p.kind == pngPalette && p.palette == nil {
			return damaged("its palette is missing")
		}
	case "IEND":
		return damaged("it has no picture in it")
	}
	return err
}

// exif reads the orientation out of the chunk that holds EXIF; one that is too
// long or says nothing is left alone.
func (p *pngFile) exif(c *pngChunks) error {
	const most = 64 << 10
	if c.left > most {
		return nil
	}
	body, err := c.body(most)
	if err == nil && p.orientation == 0 {
		p.orientation = exifOrientation(append([]byte("Exif\x00\x00"), body...))
	}
	return err
}

// header reads the IHDR chunk.
func (p *pngFile) header(c *pngChunks) error {
	b, err := c.body(13)
	if err != nil {
		return err
	}
	if len(b) != 13 {
		return damaged("its header is cut")
	}
	w, h := binary.BigEndian.Uint32(b), binary.BigEndian.Uint32(b[4:])
	if w == 0 || h == 0 || w > 1<<31-1 || h > 1<<31-1 {
		return damaged("it has no width or height")
	}
	if w > MaxWidth || uint64(w)*uint64(h) > MaxPixels {
		return tooLarge(int(w), int(h), MaxPixels)
	}
	p.width, p.height, p.bits, p.kind = int(w), int(h), int(b[8]), int(b[9])
	allowed := map[int][]int{
		pngGray: {1, 2, 4, 8, 16}, pngRGB: {8, 16}, pngPalette: {1, 2, 4, 8}, pngGrayAlpha: {8, 16}, pngRGBA: {8, 16},
	}
	for _, bits := range allowed[p.kind] {
		if bits == p.bits && b[10] == 0 && b[11] == 0 && b[12] <= 1 {
			p.interlaced = b[12] == 1
			return nil
		}
	}
	return damaged("its header holds values that do not exist")
}
