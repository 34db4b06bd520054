package pdf

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image/png"
	"io"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zlib"
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
		var err error
		switch c.name {
		case "IHDR":
			err = p.header(c)
		case "PLTE":
			if p.palette, err = c.body(768); err == nil && (len(p.palette) == 0 || len(p.palette)%3 != 0) {
				err = damaged("its palette is cut")
			}
		case "tRNS":
			p.trans, err = c.body(256)
		case "eXIf":
			err = p.exif(c)
		case "IDAT":
			if p.kind == pngPalette && p.palette == nil {
				err = damaged("its palette is missing")
			}
			return p, c, err
		case "IEND":
			err = damaged("it has no picture in it")
		}
		if err != nil {
			return nil, nil, err
		}
	}
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

func readPNGHeader(r io.ReadSeeker) (*pngFile, error) {
	p, _, err := openPNG(r)
	return p, err
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
	if p.interlaced {
		if n, err := io.Copy(io.Discard, io.LimitReader(rows.z, p.interlacedBytes()+1)); err != nil {
			return nil, pngError(err)
		} else if n != p.interlacedBytes() {
			return nil, damaged("rows are missing")
		}
	} else {
		p.transparent = p.kind == pngPalette && len(p.trans) > 0
		for range p.height {
			row, err := rows.next()
			if err != nil {
				return nil, err
			}
			p.transparent = p.transparent || p.seesThrough(row)
		}
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

// addPNG checks a PNG, then copies or converts it.
func (d *Document) addPNG(r io.ReadSeeker) (*Image, error) {
	p, err := checkPNG(r)
	if err != nil {
		return nil, err
	}
	switch {
	case p.held():
		return d.addDecodedPNG(r, p)
	case p.kind == pngGrayAlpha || p.kind == pngRGBA:
		return d.addAlphaPNG(r, p)
	}
	mask := ""
	if p.transparent {
		object, err := d.pngRowStream(r, p, imageDict(p.width, p.height, "/DeviceGray", 8), 1, 8, p.paletteAlpha)
		if err != nil {
			return nil, err
		}
		mask = fmt.Sprintf("/SMask %d 0 R", object)
	}
	object, err := d.copyPNG(r, p, mask)
	if err != nil {
		return nil, err
	}
	return &Image{p.info(), object}, nil
}

// addDecodedPNG is for the rare kinds.
func (d *Document) addDecodedPNG(r io.ReadSeeker, p *pngFile) (*Image, error) {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("reading a picture: %w", err)
	}
	img, err := png.Decode(bufio.NewReader(r))
	if err != nil {
		return nil, ProblemImageDamaged.Wrap(err, "detail", "its pixels cannot be unpacked")
	}
	added, err := d.AddPixels(img)
	if err == nil {
		added.ImageInfo.Width, added.ImageInfo.Height, added.Orientation = p.info().Width, p.info().Height, p.info().Orientation
		added.Format = "png"
	}
	return added, err
}

// copyPNG copies the deflated rows as they are: PDF knows PNG's filters.
func (d *Document) copyPNG(r io.ReadSeeker, p *pngFile, mask string) (int, error) {
	_, c, err := openPNG(r)
	if err != nil {
		return 0, err
	}
	space := "/DeviceRGB"
	switch p.kind {
	case pngGray:
		space = "/DeviceGray"
	case pngPalette:
		space = fmt.Sprintf("[/Indexed/DeviceRGB %d<%x>]", len(p.palette)/3-1, p.palette)
	}
	object, length := d.newObject(), d.newObject()
	d.begin(object)
	d.printf("<<%s%s/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors %d/BitsPerComponent %d/Columns %d>>/Length %d 0 R>>\nstream\n",
		imageDict(p.width, p.height, space, p.bits), mask, p.channels(), p.bits, p.width, length)
	body := &bodyWriter{d: d}
	if _, err := io.CopyBuffer(onlyWriter{body}, c, d.buffer()); err != nil {
		return 0, d.broken(err)
	}
	body.end()
	d.write([]byte("\nendstream\nendobj\n"))
	d.object(length, "%d", body.n)
	return object, d.err
}

// addAlphaPNG writes color and transparency apart, row by row.
func (d *Document) addAlphaPNG(r io.ReadSeeker, p *pngFile) (*Image, error) {
	mask := ""
	sample := p.bits / 8
	size := p.channels() * sample
	if p.transparent {
		object, err := d.pngRowStream(r, p, imageDict(p.width, p.height, "/DeviceGray", p.bits), 1, p.bits, func(row, out []byte) []byte {
			for at := size - sample; at < len(row); at += size {
				out = append(out, row[at:at+sample]...)
			}
			return out
		})
		if err != nil {
			return nil, err
		}
		mask = fmt.Sprintf("/SMask %d 0 R", object)
	}
	space := "/DeviceRGB"
	if p.kind == pngGrayAlpha {
		space = "/DeviceGray"
	}
	object, err := d.pngRowStream(r, p, imageDict(p.width, p.height, space, p.bits)+mask, p.channels()-1, p.bits, func(row, out []byte) []byte {
		for at := 0; at < len(row); at += size {
			out = append(out, row[at:at+size-sample]...)
		}
		return out
	})
	if err != nil {
		return nil, err
	}
	return &Image{p.info(), object}, nil
}

// pngRowStream reads a PNG again and writes what convert makes of its rows.
func (d *Document) pngRowStream(r io.ReadSeeker, p *pngFile, dict string, colors, bits int, convert func(row, out []byte) []byte) (int, error) {
	_, c, err := openPNG(r)
	if err != nil {
		return 0, err
	}
	rows, err := newPNGRows(p, c)
	if err != nil {
		return 0, err
	}
	object := d.newObject()
	var out []byte
	return object, d.rowStream(object, dict, colors, p.width, bits, p.height, func(int) ([]byte, error) {
		row, err := rows.next()
		if err != nil {
			return nil, err
		}
		out = convert(row, out[:0])
		return out, nil
	})
}

// paletteAlpha gives the transparency of a row of palette indices.
func (p *pngFile) paletteAlpha(row, out []byte) []byte {
	for x := range p.width {
		at := x * p.bits
		index := int(row[at/8]>>(8-p.bits-at%8)) & (1<<p.bits - 1)
		alpha := byte(255)
		if index < len(p.trans) {
			alpha = p.trans[index]
		}
		out = append(out, alpha)
	}
	return out
}

// isCorrupt tells of an error of the decompressor about its input.
func isCorrupt(err error) bool {
	var corrupt flate.CorruptInputError
	return errors.As(err, &corrupt)
}
