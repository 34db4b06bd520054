package pdf

import (
	"bufio"
	"errors"
	"io"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zlib"
)

// checkPNG reads a PNG from end to end: every checksum, every row.
func checkPNG(r io.ReadSeeker) (*pngFile, error) {
	p, c, err := openPNG(r)
	if err != nil {
		return nil, err
	}
	if p.held() && p.width > MaxHeldPixels/p.height {
		return nil, tooLarge(p.width, p.height, MaxHeldPixels)
	}
	rows, err := newPNGRows(p, c)
	if err != nil {
		return nil, err
	}
	if err := p.checkRows(rows); err != nil {
		return nil, err
	}
	var more [1]byte
	if n, err := rows.z.Read(more[:]); n != 0 || err != io.EOF {
		return nil, damaged("there is more in it than rows")
	}
	for c.name != "IEND" {
		if c.name == "eXIf" {
			if err := p.exif(c); err != nil {
				return nil, err
			}
		}
		if err := c.next(); err != nil {
			return nil, err
		}
	}
	return p, c.finish()
}

// checkRows reads all rows, and looks for a pixel that is not opaque where a PDF
// needs to know it.
func (p *pngFile) checkRows(rows *pngRows) error {
	if p.interlaced {
		n, err := io.Copy(io.Discard, io.LimitReader(rows.z, p.interlacedBytes()+1))
		switch {
		case err != nil:
			return pngError(err)
		case n != p.interlacedBytes():
			return damaged("rows are missing")
		}
		return nil
	}
	p.transparent = p.kind == pngPalette && len(p.trans) > 0
	for range p.height {
		row, err := rows.next()
		if err != nil {
			return err
		}
		p.transparent = p.transparent || p.seesThrough(row)
	}
	return nil
}

// interlacedBytes is the length of the seven passes of an interlaced picture.
func (p *pngFile) interlacedBytes() (n int64) {
	passes := [7][4]int{{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}}
	for _, s := range passes {
		w, h := (p.width-s[0]+s[2]-1)/s[2], (p.height-s[1]+s[3]-1)/s[3]
		if w > 0 && h > 0 {
			n += int64(h) * int64(1+(w*p.channels()*p.bits+7)/8)
		}
	}
	return n
}

// seesThrough tells whether a row with an alpha channel has a pixel that is not
// opaque.
func (p *pngFile) seesThrough(row []byte) bool {
	if p.kind != pngGrayAlpha && p.kind != pngRGBA {
		return false
	}
	size, sample := p.channels()*p.bits/8, p.bits/8
	for at := size - sample; at < len(row); at += size {
		if row[at] != 255 {
			return true
		}
	}
	return false
}

// pngRows undoes the filters of rows, one by one.
type pngRows struct {
	z          io.ReadCloser
	row, above []byte // with the filter byte
	pixel      int
}

func newPNGRows(p *pngFile, c *pngChunks) (*pngRows, error) {
	z, err := zlib.NewReader(bufio.NewReader(c))
	if err != nil {
		return nil, pngError(err)
	}
	return &pngRows{
		z: z, row: make([]byte, p.rowBytes()+1), above: make([]byte, p.rowBytes()+1),
		pixel: max(1, p.channels()*p.bits/8),
	}, nil
}

// next gives the next row; it is overwritten by the call after the next.
func (r *pngRows) next() ([]byte, error) {
	r.row, r.above = r.above, r.row
	if _, err := io.ReadFull(r.z, r.row); err != nil {
		return nil, pngError(err)
	}
	row, above := r.row[1:], r.above[1:]
	switch r.row[0] {
	case 0:
	case 1:
		for i := r.pixel; i < len(row); i++ {
			row[i] += row[i-r.pixel]
		}
	case 2:
		for i := range row {
			row[i] += above[i]
		}
	case 3:
		for i := range row {
			left := 0
			if i >= r.pixel {
				left = int(row[i-r.pixel])
			}
			row[i] += byte((left + int(above[i])) / 2)
		}
	case 4:
		paeth(row, above, r.pixel)
	default:
		return nil, damaged("a row has an unknown filter")
	}
	return row, nil
}

// paeth undoes filter 4: each byte is relative to the left, upper or upper left
// one, whichever is nearest to left + upper - upper left.
func paeth(row, above []byte, pixel int) {
	for i := range row {
		var left, corner int
		if i >= pixel {
			left, corner = int(row[i-pixel]), int(above[i-pixel])
		}
		up := int(above[i])
		dl, du, dc := abs(up-corner), abs(left-corner), abs(left+up-2*corner)
		switch {
		case dl <= du && dl <= dc:
			row[i] += byte(left)
		case du <= dc:
			row[i] += byte(up)
		default:
			row[i] += byte(corner)
		}
	}
}

func abs(v int) int {
	if v < 0 {
		return -v
	}
	return v
}

// pngError gives a damaged file its problem; problems and I/O errors pass.
func pngError(err error) error {
	if errors.Is(err, zlib.ErrChecksum) || errors.Is(err, zlib.ErrHeader) || errors.Is(err, zlib.ErrDictionary) || isCorrupt(err) {
		return ProblemImageDamaged.Wrap(err, "detail", "its pixels cannot be unpacked")
	}
	return truncated(err)
}

// isCorrupt tells of an error of the decompressor about its input.
func isCorrupt(err error) bool {
	var corrupt flate.CorruptInputError
	return errors.As(err, &corrupt)
}
