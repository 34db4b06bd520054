package picture

import (
	"context"
	"image"
)

// samplesOf decodes a page whose blocks are samples.
func (p *tiffPage) samplesOf(ctx context.Context) (image.Image, error) {
	if p.means == meansYCbCr {
		return p.subsampled(ctx)
	}
	perPixel := p.samples
	if p.planar {
		perPixel = 1
	}
	rowBytes := (p.blockW*perPixel*p.bits + 7) / 8
	out := image.NewNRGBA(image.Rect(0, 0, p.w, p.h))
	pixels := make([]byte, p.blockW*p.samples) // of a row, 8 bits each
	across, down := (p.w+p.blockW-1)/p.blockW, (p.h+p.blockH-1)/p.blockH
	for n := range across * down {
		x0, y0 := n%across*p.blockW, n/across*p.blockH
		rows := p.blockH
		if !p.tiled {
			rows = min(rows, p.h-y0)
		}
		var planes [][]byte
		for s := 0; s == 0 || p.planar && s < p.samples; s++ {
			plane, err := p.block(ctx, s*across*down+n, rows, rowBytes)
			if err != nil {
				return nil, err
			}
			if p.predicted {
				p.addUp(plane, rowBytes, perPixel)
			}
			planes = append(planes, plane)
		}
		for y := range min(rows, p.h-y0) {
			for s, plane := range planes {
				p.widen(plane[y*rowBytes:(y+1)*rowBytes], pixels[s:], perPixel)
			}
			w := min(p.blockW, p.w-x0)
			p.colors(pixels, out.Pix[out.PixOffset(x0, y0+y):][:4*w])
		}
	}
	return p.finished(out), nil
}

// finished gives a page of gray as such.
func (p *tiffPage) finished(img *image.NRGBA) image.Image {
	if p.means > meansBlackIsZero || p.alpha > 0 {
		return img
	}
	out := image.NewGray(img.Rect)
	for i := range out.Pix {
		out.Pix[i] = img.Pix[4*i]
	}
	return out
}

// addUp undoes the prediction of each sample by the one before.
func (p *tiffPage) addUp(plane []byte, rowBytes, perPixel int) {
	for from := 0; from+rowBytes <= len(plane); from += rowBytes {
		row := plane[from : from+rowBytes]
		switch p.bits {
		case 8:
			for i := perPixel; i < len(row); i++ {
				row[i] += row[i-perPixel]
			}
		case 16:
			for i := 2 * perPixel; i+1 < len(row); i += 2 {
				p.order.PutUint16(row[i:], p.order.Uint16(row[i:])+p.order.Uint16(row[i-2*perPixel:]))
			}
		case 32:
			for i := 4 * perPixel; i+3 < len(row); i += 4 {
				p.order.PutUint32(row[i:], p.order.Uint32(row[i:])+p.order.Uint32(row[i-4*perPixel:]))
			}
		}
	}
}

// widen writes a row's samples as bytes, those of a plane each samples apart. What
// is fewer than 8 bits is stretched, but for the places in a palette.
func (p *tiffPage) widen(row, out []byte, perPixel int) {
	step := p.samples / perPixel
	most := 1<<min(p.bits, 8) - 1
	for i := range len(row) * 8 / p.bits {
		if i*step >= len(out) {
			break
		}
		v := byte(0)
		switch p.bits {
		case 8:
			v = row[i]
		case 16:
			v = narrow16(p.order.Uint16(row[2*i:]))
		case 32:
			v = byte(p.order.Uint32(row[4*i:]) >> 24)
		default:
			bit := i * p.bits
			v = row[bit/8] >> (8 - p.bits - bit%8) & byte(most)
			if p.means != meansPalette {
				v = byte(int(v) * 255 / most)
			}
		}
		out[i*step] = v
	}
}

func narrow16(v uint16) byte { return byte((uint32(v) + 128) / 257) }

// colors turns samples into pixels.
func (p *tiffPage) colors(samples, out []byte) {
	for i := 0; i+3 < len(out); i += 4 {
		in := samples[i/4*p.samples:]
		out[i+3] = 255
		switch p.means {
		case meansWhiteIsZero:
			out[i], out[i+1], out[i+2] = ^in[0], ^in[0], ^in[0]
		case meansBlackIsZero:
			out[i], out[i+1], out[i+2] = in[0], in[0], in[0]
		case meansPalette:
			n := len(p.palette) / 3
			if v := int(in[0]); v < n {
				out[i], out[i+1], out[i+2] = byte(p.palette[v]>>8), byte(p.palette[n+v]>>8), byte(p.palette[2*n+v]>>8)
			}
		case meansInks:
			copy(out[i:], in[:4])
			cmykPixels(out[i : i+4])
		default:
			copy(out[i:], in[:3])
		}
		if p.alpha > 0 {
			a := in[p.alpha]
			out[i+3] = a
			if p.premultiplied && a > 0 {
				for j := range 3 {
					out[i+j] = byte(min(255, (int(out[i+j])*255+int(a)/2)/int(a)))
				}
			}
		}
	}
}
