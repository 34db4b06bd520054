package picture

import (
	"context"
	"image"
	"image/draw"
	"io"

	"golang.org/x/image/webp"
)

// inspectWebP reads the chunks of a WebP file: VP8 (lossy), VP8L (lossless) or
// VP8X with either, or with frames.
func inspectWebP(s source, info Info) (Info, error) {
	info.Format = FormatWebP
	info.perPixel10 = 80
	off, frames := int64(12), 0
	for range maxParts {
		p, err := s.at(off, 34)
		if err != nil {
			return info, err
		}
		if len(p) < 18 {
			break
		}
		n := int64(le.Uint32(p[4:]))
		switch body := p[8:]; string(p[:4]) {
		case "VP8X":
			info.Alpha = body[0]&0x10 != 0
			info.Width, info.Height = 1+int(uint24(body[4:])), 1+int(uint24(body[7:]))
		case "VP8 ":
			if info.Width == 0 {
				info.Width, info.Height = int(le.Uint16(body[6:])&0x3FFF), int(le.Uint16(body[8:])&0x3FFF)
			}
		case "VP8L":
			info.Lossless, info.Alpha = true, info.Alpha || body[4]&0x10 != 0
			if bits := le.Uint32(body[1:]); info.Width == 0 {
				info.Width, info.Height = 1+int(bits&0x3FFF), 1+int(bits>>14&0x3FFF)
			}
		case "ANMF":
			if frames++; frames == 1 && len(p) >= 28 {
				info.frame = off
				info.Lossless = string(p[24:28]) == "VP8L"
			}
		case "EXIF":
			if n <= maxEXIF {
				exif, err := s.at(off+8, int(n))
				if err != nil {
					return info, err
				}
				info.Orientation = orientation(exif)
			}
		}
		off += 8 + n + n&1
	}
	info.Frames = max(1, frames)
	return info, nil
}

func uint24(p []byte) uint32 { return uint32(p[0]) | uint32(p[1])<<8 | uint32(p[2])<<16 }

// decodeWebP decodes a still, or the first frame of an animation on its canvas.
func decodeWebP(ctx context.Context, s source, info Info) (image.Image, error) {
	if info.frame == 0 {
		img, err := webp.Decode(buffered(s.stream(ctx)))
		return videoRange(img), err
	}
	p, err := s.full(info.frame, 24)
	if err != nil {
		return nil, err
	}
	n := int64(le.Uint32(p[4:])) - 16
	if n < 8 || n > 1<<30 {
		return nil, badHeader("its first frame is empty")
	}
	x, y := 2*int(uint24(p[8:])), 2*int(uint24(p[11:]))
	w, h := 1+int(uint24(p[14:])), 1+int(uint24(p[17:]))
	canvasW, canvasH := info.stored()
	if x+w > canvasW || y+h > canvasH {
		return nil, badHeader("its first frame does not lie on its canvas")
	}
	frame, err := webp.Decode(buffered(&ctxReader{ctx, stillWebP(s, info.frame+24, n, w, h)}))
	if err != nil {
		return nil, err
	}
	if frame.Bounds().Dx() != w || frame.Bounds().Dy() != h {
		return nil, badHeader("its first frame has another size than it says")
	}
	frame = videoRange(frame)
	if w == canvasW && h == canvasH {
		return frame, nil
	}
	canvas := image.NewNRGBA(image.Rect(0, 0, canvasW, canvasH))
	draw.Draw(canvas, image.Rect(x, y, x+w, y+h), frame, frame.Bounds().Min, draw.Src)
	return canvas, nil
}

// videoRange gives the pixels of a lossy WebP as RGB. Its numbers are those of
// video, black at 16 and white at 235, where the decoder hands them out as if they
// were a JPEG's.
func videoRange(img image.Image) image.Image {
	switch img := img.(type) {
	case *image.YCbCr:
		return nclx{limited: true}.apply(img)
	case *image.NYCbCrA:
		out := nclx{limited: true}.apply(&img.YCbCr).(*image.NRGBA) //nolint:forcetypeassert // of a limited range it always is
		w, h := out.Rect.Dx(), out.Rect.Dy()
		for y := range h {
			for x := range w {
				out.Pix[y*out.Stride+4*x+3] = img.A[y*img.AStride+x]
			}
		}
		return out
	}
	return img
}

// stillWebP puts the header of a still before a frame's chunks.
func stillWebP(s source, off, n int64, w, h int) *io.SectionReader {
	head := append([]byte("RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00"), 0x10, 0, 0, 0)
	for _, v := range []int{w - 1, h - 1} {
		head = append(head, byte(v), byte(v>>8), byte(v>>16))
	}
	if kind, err := s.at(off, 4); err != nil || string(kind) != "ALPH" {
		head = head[:12] // without alpha, or with that of VP8L: the plain form
	}
	le.PutUint32(head[4:], uint32(int64(len(head))-8+n))
	return chain{section(head), io.NewSectionReader(s, off, n)}.whole()
}
