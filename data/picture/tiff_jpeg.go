package picture

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"io"
)

// jpegs decodes a page whose blocks are JPEGs (TIFF Technical Note 2).
func (p *tiffPage) jpegs(ctx context.Context) (image.Image, error) {
	if p.planar || p.bits != 8 {
		return nil, unsupported("a TIFF with JPEGs of this kind")
	}
	out := image.NewNRGBA(image.Rect(0, 0, p.w, p.h))
	across, down := (p.w+p.blockW-1)/p.blockW, (p.h+p.blockH-1)/p.blockH
	for n := range across * down {
		raw, err := p.full(p.at[n], int(min(max(p.size[n], 0), p.source.size)))
		if err != nil {
			return nil, err
		}
		img, err := p.oneJPEG(ctx, raw)
		if err != nil {
			return nil, err
		}
		x0, y0 := n%across*p.blockW, n/across*p.blockH
		w, h := min(p.blockW, p.w-x0, img.Bounds().Dx()), min(p.blockH, p.h-y0, img.Bounds().Dy())
		for y := range h {
			readRow(img, 0, y, out.Pix[out.PixOffset(x0, y0+y):][:4*w])
		}
	}
	return p.finished(out), nil
}

// oneJPEG decodes a JPEG of a TIFF, with the tables that all share.
func (p *tiffPage) oneJPEG(ctx context.Context, raw []byte) (image.Image, error) {
	if len(raw) < 4 || raw[0] != 0xFF || raw[1] != 0xD8 {
		return nil, badHeader("a part of it is no JPEG")
	}
	head := []byte{0xFF, 0xD8}
	if p.means == meansRGB || p.means == meansInks { // colors as they are: Adobe's segment says so
		head = append(head, "\xFF\xEE\x00\x0EAdobe\x00\x64\x00\x00\x00\x00\x00"...)
	}
	if n := len(p.tables); n > 4 && p.tables[0] == 0xFF && p.tables[1] == 0xD8 {
		head = append(head, bytes.TrimSuffix(p.tables[2:], []byte{0xFF, 0xD9})...)
	}
	whole := append(head, raw[2:]...)
	size, err := jpeg.DecodeConfig(bytes.NewReader(whole))
	if err != nil {
		return nil, err
	}
	if size.Width > p.blockW+64 || size.Height > p.blockH+64 {
		return nil, badHeader("a part of it is larger than it says")
	}
	img, err := jpeg.Decode(&ctxReader{ctx, section(whole)})
	if err != nil {
		return nil, err
	}
	if inks, ok := img.(*image.CMYK); ok {
		for i, v := range inks.Pix {
			inks.Pix[i] = 255 - v
		}
	}
	return plain(img), nil
}

// oldJPEG decodes what writers before 1995 made of a TIFF and a JPEG, where the
// JPEG lies in it as one piece.
func (p *tiffPage) oldJPEG(ctx context.Context) (image.Image, error) {
	at, size := int64(p.value(p.source, tagOldJPEG, 0)), int64(p.value(p.source, tagOldJPEGSize, 0))
	if at <= 0 || at >= p.source.size {
		return nil, unsupported("a TIFF with a JPEG in the manner of TIFF 6.0")
	}
	if size <= 0 || at+size > p.source.size {
		size = p.source.size - at
	}
	part := io.NewSectionReader(p.source, at, size)
	config, err := jpeg.DecodeConfig(buffered(part))
	if err != nil || config.Width != p.w || config.Height != p.h {
		return nil, unsupported("a TIFF with a JPEG in the manner of TIFF 6.0")
	}
	if _, err := part.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	img, err := jpeg.Decode(buffered(&ctxReader{ctx, part}))
	if err != nil {
		return nil, err
	}
	return plain(img), nil
}

// subsampled decodes YCbCr that is not a JPEG: units of some pixels' lightness and
// one color (TIFF 6.0, section 21).
func (p *tiffPage) subsampled(ctx context.Context) (image.Image, error) {
	sx, sy := p.subX, p.subY
	if sx != 1 && sx != 2 && sx != 4 || sy != 1 && sy != 2 && sy != 4 {
		return nil, unsupported("a TIFF with colors of this kind")
	}
	out := image.NewNRGBA(image.Rect(0, 0, p.w, p.h))
	across, down := (p.w+p.blockW-1)/p.blockW, (p.h+p.blockH-1)/p.blockH
	unit := sx*sy + 2
	for n := range across * down {
		x0, y0 := n%across*p.blockW, n/across*p.blockH
		rows := p.blockH
		if !p.tiled {
			rows = min(rows, p.h-y0)
		}
		wide := (p.blockW + sx - 1) / sx
		block, err := p.block(ctx, n, (rows+sy-1)/sy, wide*unit)
		if err != nil {
			return nil, err
		}
		if p.predicted {
			p.addUp(block, wide*unit, 3)
		}
		for y := range min(rows, p.h-y0) {
			row := out.Pix[out.PixOffset(x0, y0+y):]
			for x := range min(p.blockW, p.w-x0) {
				u := block[(y/sy*wide+x/sx)*unit:]
				r, g, b := color.YCbCrToRGB(u[y%sy*sx+x%sx], u[sx*sy], u[sx*sy+1])
				row[4*x], row[4*x+1], row[4*x+2], row[4*x+3] = r, g, b, 255
			}
		}
	}
	return out, nil
}
