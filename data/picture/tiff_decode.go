package picture

import (
	"bytes"
	"compress/zlib"
	"context"
	"image"
	"io"
	"math/bits"
	"slices"

	"golang.org/x/image/ccitt"
	"golang.org/x/image/tiff/lzw"
)

// Ways in which a TIFF is packed.
const (
	packedNot      = 1
	packedFax3     = 3
	packedFax4     = 4
	packedLZW      = 5
	packedOldJPEG  = 6
	packedJPEG     = 7
	packedDeflate  = 8
	packedPackBits = 32773
	packedDeflate2 = 32946
)

// What the samples of a TIFF mean.
const (
	meansWhiteIsZero = 0
	meansBlackIsZero = 1
	meansRGB         = 2
	meansPalette     = 3
	meansInks        = 5
	meansYCbCr       = 6
)

// A tiffPage is how the pixels of a page of a TIFF are stored: in blocks, which
// are tiles or strips, and of which each has one or all samples.
type tiffPage struct {
	source
	directory
	w, h           int
	bits, samples  int
	packing, means int
	planar         bool // each sample has blocks of its own
	predicted      bool
	reversed       bool // bits in bytes
	blockW, blockH int
	tiled          bool
	at, size       []int64 // of blocks
	palette        []int64
	tables         []byte // of all JPEGs
	subX, subY     int    // pixels to a color of YCbCr that is not a JPEG
	alpha          int    // which sample; 0 for none
	premultiplied  bool
}

// decodeTIFF decodes the first page.
func decodeTIFF(ctx context.Context, s source) (image.Image, error) {
	p, err := readPage(s)
	if err != nil {
		return nil, err
	}
	if p.packing == packedOldJPEG {
		return p.oldJPEG(ctx)
	}
	if err := p.layout(); err != nil {
		return nil, err
	}
	if p.packing == packedJPEG {
		return p.jpegs(ctx)
	}
	return p.samplesOf(ctx)
}

// readPage reads what the first directory says of its pixels.
func readPage(s source) (*tiffPage, error) {
	order, off, err := tiffStart(s)
	if err != nil {
		return nil, err
	}
	d, err := readDirectory(s, order, off)
	if err != nil {
		return nil, err
	}
	p := &tiffPage{source: s, directory: d}
	p.w, p.h = d.value(s, tagWidth, 0), d.value(s, tagHeight, 0)
	p.bits, p.samples = d.value(s, tagBits, 1), d.value(s, tagSamples, 1)
	p.packing, p.means = d.value(s, tagCompression, packedNot), d.value(s, tagPhotometric, meansWhiteIsZero)
	p.planar = d.value(s, tagPlanar, 1) == 2 && p.samples > 1
	p.reversed = d.value(s, tagFillOrder, 1) == 2
	p.predicted = d.value(s, tagPredictor, 1) == 2
	p.tables = d.bytes(s, tagJPEGTables)
	if sub := d.values(s, tagSubsampling, 2); len(sub) == 2 {
		p.subX, p.subY = int(sub[0]), int(sub[1])
	} else {
		p.subX, p.subY = 2, 2
	}
	if p.means == meansPalette {
		p.palette = d.values(s, tagColorMap, 3<<16)
	}
	colors := 3
	if p.means <= meansBlackIsZero || p.means == meansPalette {
		colors = 1
	} else if p.means == meansInks {
		colors = 4
	}
	if extra := d.value(s, tagExtra, 0); p.samples > colors && (extra == 1 || extra == 2) && colors < 4 {
		p.alpha, p.premultiplied = colors, extra == 1
	}
	return p, p.known(colors)
}

// known refuses what is not read.
func (p *tiffPage) known(colors int) error {
	format := p.value(p.source, tagSampleFormat, 1)
	switch {
	case p.samples < colors || p.samples > 16:
		return unsupported("a TIFF with this number of colors")
	case !slices.Contains([]int{1, 2, 4, 8, 16, 32}, p.bits):
		return unsupported("a TIFF with this number of bits")
	case format != 1 && format != 4:
		return unsupported("a TIFF with numbers that are signed or have a point")
	case p.means > meansYCbCr || p.means == 4 || p.means == meansYCbCr && !p.knownYCbCr():
		return unsupported("a TIFF with colors of this kind")
	case p.packing == packedFax3 && p.value(p.source, tagFax3, 0)&1 != 0:
		return unsupported("a TIFF of a fax in two dimensions")
	case p.value(p.source, tagPredictor, 1) > 2:
		return unsupported("a TIFF that is packed in this way")
	}
	return nil
}

// knownYCbCr tells whether colors of this kind are stored in a way that is read.
func (p *tiffPage) knownYCbCr() bool {
	return p.packing == packedJPEG || p.packing == packedOldJPEG || p.bits == 8 && !p.planar && p.samples == 3
}

// fax tells of the ways in which a TIFF is packed like a fax.
func (p *tiffPage) fax() bool { return p.packing == packedFax3 || p.packing == packedFax4 }

// layout finds the blocks.
func (p *tiffPage) layout() error {
	p.blockW, p.blockH = p.w, min(p.value(p.source, tagRowsPerStrip, p.h), p.h)
	offsets, sizes := tagStrips, tagStripSizes
	if w := p.value(p.source, tagTileWidth, 0); w > 0 {
		p.tiled, p.blockW, p.blockH = true, w, p.value(p.source, tagTileHeight, 0)
		offsets, sizes = tagTiles, tagTileSizes
	}
	if p.blockW <= 0 || p.blockH <= 0 || p.blockW > 1<<20 || p.blockH > 1<<20 ||
		int64(p.blockW)*int64(p.blockH) > max(4*int64(p.w)*int64(p.h), 1<<22) {
		return badHeader("its blocks make no sense")
	}
	across, down := (p.w+p.blockW-1)/p.blockW, (p.h+p.blockH-1)/p.blockH
	n := across * down
	if p.planar {
		n *= p.samples
	}
	if n > 1<<22 {
		return badHeader("it has too many blocks")
	}
	p.at, p.size = p.values(p.source, uint16(offsets), n), p.values(p.source, uint16(sizes), n)
	if len(p.at) < n {
		return errShort
	}
	if len(p.size) < n && n == 1 { // old writers leave it out
		p.size = []int64{p.source.size - p.at[0]}
	}
	if len(p.size) < n {
		return errShort
	}
	return nil
}

// block gives the plain bytes of a block, rows of them; what a file lacks at its
// end stays zero.
func (p *tiffPage) block(ctx context.Context, i, rows, rowBytes int) ([]byte, error) {
	out := make([]byte, rows*rowBytes)
	at, size := p.at[i], min(p.size[i], p.source.size-p.at[i])
	if at <= 0 || size <= 0 {
		return nil, errShort
	}
	in, err := p.unpacked(&ctxReader{ctx, io.NewSectionReader(p.source, at, size)}, rows)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	n, err := io.ReadFull(in, out)
	if p.fax() && err != nil && n == 0 && ctx.Err() == nil {
		return nil, unsupported("a TIFF of a fax that is packed in this way")
	}
	if err != nil && (n == 0 || ctx.Err() != nil) {
		return nil, err
	}
	if n < len(out)/2 {
		return nil, errShort
	}
	return out, nil
}

// unpacked reads the plain bytes of a block of so many rows out of its packed ones.
func (p *tiffPage) unpacked(in io.Reader, rows int) (io.ReadCloser, error) {
	if p.reversed && !p.fax() {
		in = reversedBits{in}
	}
	switch p.packing {
	case packedNot:
		return io.NopCloser(in), nil
	case packedLZW:
		return lzw.NewReader(buffered(in), lzw.MSB, 8), nil
	case packedDeflate, packedDeflate2:
		return zlib.NewReader(buffered(in))
	case packedPackBits:
		return io.NopCloser(&packBits{in: buffered(in)}), nil
	case packedFax3, packedFax4:
		order, kind := ccitt.MSB, ccitt.Group4
		if p.reversed {
			order = ccitt.LSB
		}
		if p.packing == packedFax3 {
			kind = ccitt.Group3
		}
		return io.NopCloser(ccitt.NewReader(buffered(in), order, kind, p.blockW, rows, &ccitt.Options{Invert: true})), nil
	}
	return nil, unsupported("a TIFF that is packed in this way")
}

// reversedBits turns the bits of each byte.
type reversedBits struct{ r io.Reader }

func (r reversedBits) Read(b []byte) (int, error) {
	n, err := r.r.Read(b)
	for i := range n {
		b[i] = bits.Reverse8(b[i])
	}
	return n, err
}

// packBits unpacks Apple's run lengths (TIFF 6.0, section 9).
type packBits struct {
	in interface {
		io.Reader
		io.ByteReader
	}
	left   int
	repeat bool
	value  byte
}

func (r *packBits) Read(b []byte) (int, error) {
	for i := range b {
		for r.left == 0 {
			n, err := r.in.ReadByte()
			if err != nil {
				return i, err
			}
			switch {
			case n < 128:
				r.left, r.repeat = int(n)+1, false
			case n > 128:
				r.left, r.repeat = 257-int(n), true
				if r.value, err = r.in.ReadByte(); err != nil {
					return i, err
				}
			}
		}
		r.left--
		if !r.repeat {
			v, err := r.in.ReadByte()
			if err != nil {
				return i, err
			}
			r.value = v
		}
		b[i] = r.value
	}
	return len(b), nil
}

// bytes gives a tag that is a string of bytes.
func (d directory) bytes(s source, tag uint16) []byte {
	for _, e := range d.entries {
		if n := d.order.Uint32(e[4:]); d.order.Uint16(e) == tag && n > 4 && n < 1<<20 {
			p, err := s.full(int64(d.order.Uint32(e[8:])), int(n))
			if err == nil {
				return bytes.Clone(p)
			}
		}
	}
	return nil
}

// values gives the first n numbers of a tag, fewer where it has fewer.
func (d directory) values(s source, tag uint16, n int) []int64 {
	for _, e := range d.entries {
		if d.order.Uint16(e) != tag {
			continue
		}
		size := map[uint16]int{1: 1, 3: 2, 4: 4}[d.order.Uint16(e[2:])]
		n = int(min(int64(n), int64(d.order.Uint32(e[4:]))))
		if size == 0 || n <= 0 {
			return nil
		}
		p := e[8:]
		if size*n > 4 {
			var err error
			if p, err = s.full(int64(d.order.Uint32(p)), size*n); err != nil {
				return nil
			}
		}
		list := make([]int64, n)
		for i := range list {
			switch size {
			case 1:
				list[i] = int64(p[i])
			case 2:
				list[i] = int64(d.order.Uint16(p[2*i:]))
			case 4:
				list[i] = int64(d.order.Uint32(p[4*i:]))
			}
		}
		return list
	}
	return nil
}
