package picture

import (
	"bytes"
	"context"
	_ "embed"
	"image"
)

// avifWasm is libavif 1.1.1 with libaom 3.10.0 and libyuv as WebAssembly, as it
// stands in github.com/gen2brain/avif v0.4.4 (lib/decode.wasm.gz). That module's Go
// code is not used: it prefers a libavif of the system, whose pixels depend on the
// machine, and sets no limits. Licenses: assets/licenses.
//
//go:embed avif.wasm.gz
var avifWasm []byte

// avifDecoder decodes AVIF.
var avifDecoder = newCodec("AVIF", avifWasm)

const maxAVIFSide = 32768 // pixels, libavif's own limit

// decodeAVIF decodes the primary picture as it is stored, cropped but not turned:
// of an animation that is its still, as a rule the first frame.
func decodeAVIF(ctx context.Context, s source, info Info, share *hold) (image.Image, error) {
	if max(info.coded.X, info.coded.Y) > maxAVIFSide {
		return nil, unsupported("an AVIF with more than 32768 pixels on an edge")
	}
	return avifDecoder.decode(ctx, s, share, func(c *codecCall, file []byte) (image.Image, error) {
		// The decoder takes the frames of a file that calls itself an animation. The
		// header that was judged is that of the still.
		copy(file[8:12], "avif")
		return c.avif(file, info)
	})
}

// avifNoFrame stands where the decoder writes how long a frame lasts. It says by
// nothing else that it decoded none; no length is this number that is none.
var avifNoFrame = bytes.Repeat([]byte{0xFF}, 8)

// avif asks for the size and depth of the picture, then for its pixels.
func (c *codecCall) avif(file []byte, info Info) (image.Image, error) {
	in, err := c.put(file)
	if err != nil {
		return nil, err
	}
	words, err := c.alloc(4 * 4)
	if err != nil {
		return nil, err
	}
	length, err := c.put(avifNoFrame)
	if err != nil {
		return nil, err
	}
	ask := func(headOnly, out uint32) error {
		w := uint64(words)
		ok, err := c.call("decode", uint64(in), uint64(len(file)), uint64(headOnly), 0, w, w+4, w+8, w+12, uint64(length), uint64(out))
		if err == nil && ok == 0 {
			err = c.refuse()
		}
		return err
	}
	if err := ask(1, 0); err != nil {
		return nil, err
	}
	var head [3]uint32 // width, height, bits
	if err := c.words(words, head[:]); err != nil {
		return nil, err
	}
	if err := sizeIs(head[0], head[1], info.coded.X, info.coded.Y); err != nil {
		return nil, err
	}
	if int(head[2]) != info.Bits {
		return nil, badHeader("it has another depth than its header says")
	}
	size := 4 * info.coded.X * info.coded.Y
	if info.Bits > 8 {
		size *= 2
	}
	out, err := c.alloc(size)
	if err != nil {
		return nil, err
	}
	if err := ask(0, out); err != nil {
		return nil, err
	}
	if frame, err := c.view(length, len(avifNoFrame)); err != nil || bytes.Equal(frame, avifNoFrame) {
		return nil, c.refuse()
	}
	view, err := c.view(out, size)
	if err != nil {
		return nil, err
	}
	return avifPixels(view, info), nil
}

// avifPixels copies the pixels that are shown: red, green, blue and alpha, by which
// the others are multiplied, in bytes or in words of which the low byte comes first.
func avifPixels(view []byte, info Info) image.Image {
	sample := 1
	if info.Bits > 8 {
		sample = 2
	}
	at := func(p []byte, i int) byte {
		if sample == 1 {
			return p[i]
		}
		return round8(le.Uint16(p[2*i:]))
	}
	size := image.Rectangle{Max: info.crop.Size()}
	gray := image.Gray{Rect: size, Stride: size.Max.X}
	colors := image.RGBA{Rect: size, Stride: 4 * size.Max.X}
	if info.Components == 1 && !info.Alpha {
		gray.Pix = make([]byte, size.Max.X*size.Max.Y)
	} else {
		colors.Pix = make([]byte, 4*size.Max.X*size.Max.Y)
	}
	for y := range size.Max.Y {
		row := view[4*sample*((info.crop.Min.Y+y)*info.coded.X+info.crop.Min.X):]
		switch {
		case gray.Pix != nil:
			for x := range size.Max.X {
				gray.Pix[y*gray.Stride+x] = at(row, 4*x)
			}
		case sample == 1:
			copy(colors.Pix[y*colors.Stride:(y+1)*colors.Stride], row)
		default:
			for i := range 4 * size.Max.X {
				colors.Pix[y*colors.Stride+i] = at(row, i)
			}
		}
	}
	if gray.Pix != nil {
		return &gray
	}
	return &colors
}
