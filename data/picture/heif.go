package picture

import (
	"bytes"
	"context"
	_ "embed"
	"image"
)

// heifWasm is libheif 1.18.2 with libde265 1.0.15 as WebAssembly, as it stands in
// github.com/gen2brain/heic v0.4.5 (lib/heif.wasm.gz). That module's Go code is not
// used: it prefers a libheif of the system, whose pixels depend on the machine,
// and sets no limits. Licenses: assets/licenses.
//
//go:embed heif.wasm.gz
var heifWasm []byte

// heifDecoder decodes HEIC.
var heifDecoder = newCodec("HEIC", heifWasm)

// The numbers by which libheif names color spaces and subsampling.
const (
	heifYCbCr, heifRGB, heifMono = 0, 1, 2
	heifNoChroma                 = 0
	heif420, heif422, heif444    = 1, 2, 3
)

// decodeHEIC decodes the primary picture; the decoder turns it upright. Its alpha,
// if it has one, is left out.
func decodeHEIC(ctx context.Context, s source, info Info, share *hold) (image.Image, error) {
	return heifDecoder.decode(ctx, s, share, func(c *codecCall, file []byte) (image.Image, error) {
		return c.heic(file, info)
	})
}

// heic asks for the kind of the picture, then for its planes.
func (c *codecCall) heic(file []byte, info Info) (image.Image, error) {
	in, err := c.put(file)
	if err != nil {
		return nil, err
	}
	words, err := c.alloc(5 * 4)
	if err != nil {
		return nil, err
	}
	ask := func(headOnly, out uint32) error {
		w := uint64(words)
		ok, err := c.call("decode", uint64(in), uint64(len(file)), uint64(headOnly), w, w+4, w+8, w+12, w+16, uint64(out))
		if err == nil && ok == 0 {
			err = c.refuse()
		}
		return err
	}
	if err := ask(1, 0); err != nil {
		return nil, err
	}
	var head [5]uint32
	if err := c.words(words, head[:]); err != nil {
		return nil, err
	}
	if err := sizeIs(head[0], head[1], info.Width, info.Height); err != nil {
		return nil, err
	}
	planes, err := planesOf(head, info)
	if err != nil {
		return nil, err
	}
	out, err := c.alloc(planes.size)
	if err != nil {
		return nil, err
	}
	if err := ask(0, out); err != nil {
		return nil, err
	}
	view, err := c.view(out, planes.size)
	if err != nil {
		return nil, err
	}
	return planes.image(bytes.Clone(view), info.matrix), nil // the view dies with the module
}

// heifPlanes is how the decoder lays a picture out.
type heifPlanes struct {
	kind             uint32
	rect             image.Rectangle
	stride, cStride  int
	ySize, cSize     int
	size             int
	ratio            image.YCbCrSubsampleRatio
	premultipliedRGB bool
}

func planesOf(head [5]uint32, info Info) (heifPlanes, error) {
	// libheif makes a row even, of 64 pixels at least, and pads it to 16 bytes.
	pad := func(n, bytes int) int { return (max(64, n+n&1)*bytes + 15) &^ 15 }
	w, h := info.Width, info.Height
	p := heifPlanes{kind: head[2], rect: image.Rect(0, 0, w, h), stride: pad(w, 1), premultipliedRGB: head[4] == 1}
	cw, ch := w, h
	switch head[2] {
	case heifMono:
	case heifRGB:
		p.stride = pad(w, 4)
	case heifYCbCr:
		switch head[3] {
		case heifNoChroma: // the decoder fails on it
			return p, unsupported("a HEIC without colors")
		case heif420:
			p.ratio, cw, ch = image.YCbCrSubsampleRatio420, (w+1)/2, (h+1)/2
		case heif422:
			p.ratio, cw = image.YCbCrSubsampleRatio422, (w+1)/2
		case heif444:
			p.ratio = image.YCbCrSubsampleRatio444
		default:
			return p, unsupported("a HEIC with colors stored in this way")
		}
		p.cStride = pad(cw, 1)
		p.cSize = p.cStride * ch
	default:
		return p, unsupported("a HEIC with colors stored in this way")
	}
	p.ySize = p.stride * h
	p.size = p.ySize + 2*p.cSize
	return p, nil
}

func (p heifPlanes) image(pix []byte, colors nclx) image.Image {
	switch p.kind {
	case heifMono:
		return &image.Gray{Pix: pix, Stride: p.stride, Rect: p.rect}
	case heifRGB:
		if p.premultipliedRGB {
			return &image.RGBA{Pix: pix, Stride: p.stride, Rect: p.rect}
		}
		return &image.NRGBA{Pix: pix, Stride: p.stride, Rect: p.rect}
	}
	img := &image.YCbCr{
		Y: pix[:p.ySize:p.ySize], Cb: pix[p.ySize : p.ySize+p.cSize : p.ySize+p.cSize], Cr: pix[p.ySize+p.cSize:],
		YStride: p.stride, CStride: p.cStride, SubsampleRatio: p.ratio, Rect: p.rect,
	}
	return colors.apply(img)
}

// apply gives colors that are not coded as JPEG's are (BT.601, full range) as RGB.
func (n nclx) apply(img *image.YCbCr) image.Image {
	// Red from Cr, green from Cb and Cr, blue from Cb, in 1/65536.
	var k [4]int32
	switch n.matrix {
	case 1: // BT.709
		k = [4]int32{103206, 12276, 30679, 121609}
	case 9: // BT.2020
		k = [4]int32{96639, 10784, 37444, 123299}
	default:
		if !n.limited {
			return img
		}
		k = [4]int32{91881, 22554, 46802, 116130}
	}
	out := image.NewNRGBA(image.Rectangle{Max: img.Rect.Size()})
	for y := range out.Rect.Max.Y {
		row := out.Pix[y*out.Stride:]
		for x := range out.Rect.Max.X {
			at := img.COffset(x, y)
			luma, cb, cr := int32(img.Y[y*img.YStride+x]), int32(img.Cb[at])-128, int32(img.Cr[at])-128
			if n.limited {
				luma, cb, cr = (luma-16)*255*64/219, cb*255*64/224, cr*255*64/224
			} else {
				luma, cb, cr = luma*64, cb*64, cr*64
			}
			row[4*x] = clamp6(int64(luma)<<16 + int64(k[0])*int64(cr))
			row[4*x+1] = clamp6(int64(luma)<<16 - int64(k[1])*int64(cb) - int64(k[2])*int64(cr))
			row[4*x+2] = clamp6(int64(luma)<<16 + int64(k[3])*int64(cb))
			row[4*x+3] = 255
		}
	}
	return out
}

// clamp6 rounds a number of 1/64 of 1/65536 to a byte.
func clamp6(v int64) byte { return byte(max(0, min(255, (v+1<<21)>>22))) }
