package picture

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/sync/semaphore"

	"casebinder/data"
)

// The limits of what is decoded.
const (
	MaxPixels     = 200_000_000   // of any picture
	MaxHEICPixels = 75_000_000    // of a HEIC
	MaxMemory     = 1_250_000_000 // bytes, of all pictures that are being decoded together
)

// decoding counts the memory of the pictures that are being decoded.
var decoding = semaphore.NewWeighted(MaxMemory)

// Decode decodes a picture upright: the first frame of an animation, the first
// page of a TIFF. The image is an *image.YCbCr, *image.Gray or *image.NRGBA whose
// bounds begin at 0, 0.
//
// It waits until memory for it is free, see [MaxMemory]. [ProblemFormat],
// [ProblemDamaged] and [ProblemLimit] say what is wrong with the file; otherwise
// the error is the reader's or the context's.
func Decode(ctx context.Context, r io.ReadSeeker) (image.Image, Info, error) {
	s, err := open(r)
	if err != nil {
		return nil, Info{}, err
	}
	info, err := inspect(s)
	if err != nil {
		return nil, Info{}, err
	}
	need, err := info.memory()
	if err != nil {
		return nil, info, err
	}
	if err := decoding.Acquire(ctx, need); err != nil {
		return nil, info, err
	}
	h := &hold{bytes: need}
	defer h.release()
	img, err := info.decode(ctx, s, h)
	if err != nil {
		if ctx.Err() != nil {
			return nil, info, ctx.Err()
		}
		return nil, info, decodeProblem(err)
	}
	return img, info, nil
}

// hold is a share of the memory for decoding, given back once.
type hold struct {
	bytes  int64
	passed bool // somebody else gives it back
}

func (h *hold) release() {
	if !h.passed {
		decoding.Release(h.bytes)
	}
}

// Thumb decodes a picture and shrinks it to at most limit pixels on its longer
// edge; a smaller one stays as it is. It takes the memory of [Decode].
func Thumb(ctx context.Context, r io.ReadSeeker, limit int) (image.Image, Info, error) {
	img, info, err := Decode(ctx, r)
	if err != nil {
		return nil, info, err
	}
	return Shrink(img, limit), info, ctx.Err()
}

// memory is how many bytes decoding takes at most, or why it may not.
func (i Info) memory() (int64, error) {
	tenths := int64(max(10, i.perPixel10))
	if i.Orientation != 1 {
		tenths += min(tenths, 40) // the upright copy
	}
	limit := min(MaxPixels, MaxMemory*10/tenths)
	if i.Format == FormatHEIC {
		limit = MaxHEICPixels
	}
	pixels := int64(i.Width) * int64(i.Height)
	if i.Width > MaxPixels || i.Height > MaxPixels || pixels > limit {
		kind := i.Format
		if i.Progressive {
			kind = "progressive " + kind
		}
		return 0, ProblemLimit.New("width", i.Width, "height", i.Height, "format", kind, "limit", limit/1_000_000)
	}
	return pixels * tenths / 10, nil
}

// stored gives the size before the orientation was applied.
func (i Info) stored() (width, height int) {
	if i.Orientation >= 5 {
		return i.Height, i.Width
	}
	return i.Width, i.Height
}

// decode decodes and turns upright.
func (i Info) decode(ctx context.Context, s source, share *hold) (img image.Image, err error) {
	defer func() {
		if p := recover(); p != nil {
			img, err = nil, badHeader(fmt.Sprintf("its parts contradict each other (%v)", p))
		}
	}()
	switch i.Format {
	case FormatJPEG:
		img, err = decodeJPEG(ctx, s, i)
	case FormatPNG:
		img, err = png.Decode(buffered(s.stream(ctx)))
	case FormatGIF:
		img, err = decodeGIF(ctx, s, i)
	case FormatWebP:
		img, err = decodeWebP(ctx, s, i)
	case FormatBMP:
		img, err = decodeBMP(ctx, s)
	case FormatTIFF:
		img, err = decodeTIFF(ctx, s)
	case FormatHEIC:
		img, err = decodeHEIC(ctx, s, i, share)
	case FormatAVIF:
		img, err = decodeAVIF(ctx, s, i, share)
	default:
		return nil, unsupported(i.Format)
	}
	if err != nil {
		return nil, err
	}
	w, h := i.stored()
	if img.Bounds().Dx() != w || img.Bounds().Dy() != h {
		return nil, badHeader("it has another size than its header says")
	}
	return upright(plain(img), i.Orientation), ctx.Err()
}

// decodeProblem says what is wrong with a file that could not be decoded.
func decodeProblem(err error) error {
	if _, ok := data.AsProblem(err); ok {
		return err
	}
	var jpegVariant jpeg.UnsupportedError
	var pngVariant png.UnsupportedError
	switch {
	case errors.As(err, &jpegVariant):
		return ProblemFormat.Wrap(err, "format", "a JPEG with "+string(jpegVariant))
	case errors.As(err, &pngVariant):
		return ProblemFormat.Wrap(err, "format", "a PNG with "+string(pngVariant))
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return ProblemDamaged.Wrap(err, "detail", errShort)
	}
	return ProblemDamaged.Wrap(err, "detail", err)
}

// decodeJPEG decodes a JPEG. Four colors without Adobe's segment are plain CMYK:
// the segment is put in for the decoder, and what it inverts is inverted back.
func decodeJPEG(ctx context.Context, s source, info Info) (image.Image, error) {
	if info.Components != 4 || info.adobe {
		return jpeg.Decode(buffered(s.stream(ctx)))
	}
	head := section([]byte("\xFF\xD8\xFF\xEE\x00\x0EAdobe\x00\x64\x00\x00\x00\x00\x00"))
	whole := chain{head, io.NewSectionReader(s, 2, s.size-2)}.whole()
	img, err := jpeg.Decode(buffered(&ctxReader{ctx, whole}))
	if inks, ok := img.(*image.CMYK); ok {
		for i, v := range inks.Pix {
			inks.Pix[i] = 255 - v
		}
	}
	return img, err
}

// decodeGIF decodes the first frame and puts it on its screen.
func decodeGIF(ctx context.Context, s source, info Info) (image.Image, error) {
	frame, err := gif.Decode(buffered(s.stream(ctx)))
	if err != nil {
		return nil, err
	}
	screen := image.Rect(0, 0, info.Width, info.Height)
	if frame.Bounds() == screen {
		return frame, nil
	}
	at := frame.Bounds().Min
	if !frame.Bounds().In(screen) {
		return nil, badHeader("its first frame does not lie on its screen")
	}
	canvas := image.NewNRGBA(screen)
	from := plain(frame).(*image.NRGBA) //nolint:forcetypeassert // a frame has a palette
	for y := range from.Rect.Dy() {
		copy(canvas.Pix[canvas.PixOffset(at.X, at.Y+y):], from.Pix[y*from.Stride:y*from.Stride+4*from.Rect.Dx()])
	}
	return canvas, nil
}
